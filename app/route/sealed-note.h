/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store keeps of a letter's way that tells of people, as JSON under the letter's key: erased with the letter. Each
 * note is bound to what it is about, a word and a number ("delivery", 2), so that none can stand in another's place. Any
 * thread. */
#pragma once

#include "archive/opened-letter.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  AccOpenedLetter *letter;
  const char *word; /* frozen: bound into what is encrypted */
  guint number;
} AccSealedPlace;

/* @note, a JSON object, encrypted for @place; its text is wiped from memory. */
GBytes *acc_sealed_note_close (const AccSealedPlace *place, JsonNode *note) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE if it is another place's, or was changed: ACC_ERROR_STORE_DAMAGED. *@note is NULL where it holds no JSON object. */
gboolean acc_sealed_note_open (const AccSealedPlace *place, GBytes *cipher, JsonNode **note, GError **error);

/* The text @name of @object: "" where an older version has written none. FALSE if it is no text. */
gboolean acc_sealed_note_read_text (JsonObject *object, const char *name, char **text);

G_END_DECLS
