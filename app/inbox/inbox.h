/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inbox.db: what the kiosk writes. Sealed letters not yet taken in, their keys in a table of their own, the
 * clear list of departments, the kiosk's journal. The store's thread. */
#pragma once

#include "store/store.h"
#include "vault/seal.h"

G_BEGIN_DECLS

extern const AccStoreKind acc_inbox_kind;

/* DIR/inbox.db and DIR/branch.pub; free the path. */
char *acc_inbox_path (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;
char *acc_inbox_branch_key_path (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;

AccStore *acc_inbox_open (const char *store_dir, AccStoreMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A letter as it lies in the inbox. */
typedef struct {
  AccSealed *sealed;
  gint64 sequence;
  guint format;       /* ACC_SEAL_FORMAT, or what a newer kiosk wrote */
  char *kiosk;
  char *submitted_at; /* RFC 3339 */
  guint n_pages;
  char *slip_hash;    /* acc_slip_code_hash; NULL: no slip is given out, or it is not asked for */
} AccInboxLetter;
void acc_inbox_letter_free (AccInboxLetter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccInboxLetter, acc_inbox_letter_free)

/* Adds the sealed letter, its slip and the journal entry in one transaction. The same number again is the same letter:
 * TRUE, and nothing is added; with another PDF or another slip it is ACC_ERROR_CONFLICT. (Sealing anew gives another body
 * each time, so the PDF tells whether it is the same.) */
gboolean acc_inbox_add (AccStore *inbox, const AccInboxLetter *letter, GError **error);

/* Whether letter @number has ever been submitted here (in the inbox, or taken in since). */
gboolean acc_inbox_knows (AccStore *inbox, const char *number, gboolean *known, GError **error);

/* The next letter after @sequence, NULL with no error at the end: a keyset walk in short reads. */
AccInboxLetter *acc_inbox_next (AccStore *inbox, gint64 after_sequence, GError **error) G_GNUC_WARN_UNUSED_RESULT;
AccInboxLetter *acc_inbox_find (AccStore *inbox, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Removes what the desk has taken in; its journal entries stay. */
gboolean acc_inbox_remove (AccStore *inbox, const char *number, GError **error);

/* The department names that the kiosk offers, sorted; and replacing them all. */
GStrv acc_inbox_list_departments (AccStore *inbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean acc_inbox_set_departments (AccStore *inbox, const char *const *names, GError **error);

G_END_DECLS
