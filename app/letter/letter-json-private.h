/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of a letter in the making: a letter's own, with what only its form knows, and without signatures. Nothing is
 * required of it but its shape. Any thread. */
#pragma once

#include "letter/letter-json.h"

G_BEGIN_DECLS

typedef struct {
  AccLetterFields fields; /* a signature may be NULL */
  gboolean first_name_only, one_piece;
} AccLetterAnswers;

JsonNode *acc_letter_answers_to_json_node (const AccLetterAnswers *answers) G_GNUC_WARN_UNUSED_RESULT;

/* As strict as acc_letter_from_json; a signature is an unknown field. @answers, initialized by the caller, may be filled
 * in part where it fails. */
gboolean acc_letter_answers_read_json (AccLetterAnswers *answers, GBytes *json, GError **error);

G_END_DECLS
