/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letter as JSON, format 1 (README.md, "The letter as JSON"). Any thread. */
#pragma once

#include <json-glib/json-glib.h>
#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_LETTER_JSON_MAX (1024 * 1024) /* bytes: four signatures drawn at length take two thirds of it */

/* Strict: UTF-8, no unknown or doubled field, right types; ACC_ERROR_INPUT names the field. */
AccLetter *acc_letter_from_json (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One canonical spelling: fixed order of fields, every field written. acc_letter_from_json of it gives
 * an equal letter. */
JsonNode *acc_letter_to_json_node (AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;
GBytes *acc_letter_to_json (AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
