/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What letter, rules and form share of a letter's fields. */
#pragma once

#include "base/text.h"
#include "letter/letter.h"

G_BEGIN_DECLS

/* A text of the letter: where it lies and how it is kept. */
typedef struct {
  AccField field;
  AccTextKind kind;
  gboolean required;
  gsize offset; /* in AccLetterFields */
  gsize stride; /* from one person's to the next; 0: there is one */
} AccTextField;

/* All texts in the order of the JSON. */
const AccTextField *acc_letter_text_fields (guint *n);

/* How many of @text there are in @fields: one, or one a person. */
guint acc_letter_text_count (const AccTextField *text, const AccLetterFields *fields);

/* The string itself, which the fields own. NULL if @field is no text. */
char **acc_letter_text_slot (AccLetterFields *fields, AccField field, guint index);

/* Cleans and trims what @fields holds and checks every rule of a letter that may be sent. */
gboolean acc_letter_rules_apply (AccLetterFields *fields, GError **error);

G_END_DECLS
