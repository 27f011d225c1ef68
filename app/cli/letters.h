/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letters of both stores together, as the commands show them. Main thread. */
#pragma once

#include "archive/opened-letter.h"
#include "base/config.h"
#include "cli/options.h"

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

/* A banker who has signed in, with a letter of the archive open: what a command about one letter works on. */
typedef struct {
  AccStore *desk;
  AccIdentity *identity;
  AccConfig *config;
  AccOpenedLetter *letter;
} AccCliAtLetter;
void acc_cli_at_letter_clear (AccCliAtLetter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccCliAtLetter, acc_cli_at_letter_clear)

/* Signs in and opens the letter that the first argument names. */
gboolean acc_cli_at_letter_open (AccCliAtLetter *self, const AccOptions *options, GError **error);

/* The second argument, a delivery's position or a receipt's number, as "show --json" tells it; @what is "position" or
 * "receipt". */
gboolean acc_cli_read_ordinal (const AccOptions *options, const char *what, guint *ordinal, GError **error);

/* Everything known of letter @number, opened, as JSON ("letter" is the letter itself); *@pdf its original. */
JsonNode *acc_cli_letters_open (const char *store_dir, AccStore *desk, AccIdentity *identity, const char *number,
                                GBytes **pdf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for people to read. */
void acc_cli_letters_print (JsonNode *opened);

G_END_DECLS
