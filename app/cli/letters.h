/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters of both stores together, as the commands show them. Main thread. */
#pragma once

#include "archive/archive.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  char *number, *short_number, *state, *submitted_at, *kiosk, *pdf_hash;
  guint n_pages;
} AccCliLetter;

/* The archive's letters, then those still in the inbox ("waiting"): GPtrArray of AccCliLetter. */
GPtrArray *acc_cli_letters_list (const char *store_dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *acc_cli_letters_to_json (GPtrArray *letters) G_GNUC_WARN_UNUSED_RESULT;

/* The number that @text means: a whole one, or a short one of a letter that is here. */
char *acc_cli_letters_find (const char *store_dir, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Everything known of letter @number, opened, as JSON ("letter" is the letter itself); *@pdf its original. */
JsonNode *acc_cli_letters_open (const char *store_dir, AccStore *desk, AccIdentity *identity, const char *number,
                                GBytes **pdf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for people to read. */
void acc_cli_letters_print (JsonNode *opened);

G_END_DECLS
