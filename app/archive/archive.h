/* SPDX-License-Identifier: GPL-3.0-or-later */
/* desk.db: what the desk keeps. Letters taken in, their documents and keys, and the desk's signed journal;
 * staff/, review/ and route/ keep their own tables in the same file. The store's thread. */
#pragma once

#include "archive/state.h"
#include "letter/letter.h"
#include "store/store.h"
#include "vault/unseal.h"

G_BEGIN_DECLS

extern const AccStoreKind acc_archive_kind;

char *acc_archive_path (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;        /* DIR/desk.db */
char *acc_archive_pepper_path (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT; /* DIR/pepper */

AccStore *acc_archive_open (const char *store_dir, AccStoreMode mode, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The pepper of @store_dir; an error says what to do where it is missing. */
GBytes *acc_archive_read_pepper (const char *store_dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens desk.db and pepper of @store_dir and signs in; *@desk is then open for writing. Tells the kiosk whom it may seal
 * for, where no desk has done so yet. */
AccIdentity *acc_archive_sign_in (const char *store_dir, const char *banker, const char *passphrase, AccStore **desk,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A letter as it is kept: in clear, nothing personal. */
typedef struct {
  char *number;
  gint64 sequence; /* the order in which letters were taken in */
  AccState state;
  char *kiosk, *submitted_at, *taken_at, *changed_at;
  gint64 claimed_by; /* a banker's id, or 0 */
  guint n_pages;
  char *pdf_hash;
} AccRecord;
void acc_record_free (AccRecord *record);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccRecord, acc_record_free)

AccRecord *acc_archive_find (AccStore *desk, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The records after @sequence, at most @limit, in order: GPtrArray of AccRecord. */
GPtrArray *acc_archive_list (AccStore *desk, gint64 after_sequence, guint limit, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Of the letters after @sequence up to @last_sequence, those waiting or claimed of which the journal has no entry of @kind:
 * as acc_archive_list. Every one that waits is looked at: not too many at a time. */
GPtrArray *acc_archive_list_unnoted (AccStore *desk, const char *kind, gint64 after_sequence, gint64 last_sequence,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* *@sequence: the newest letter's; 0: there is none. */
gboolean acc_archive_find_newest (AccStore *desk, gint64 *sequence, GError **error);

/* Copies every letter of the inbox that is not here yet, each in one transaction with its signed journal entry
 * and the inbox's journal head, then removes it from the inbox. Repeatable. A letter that is not as a kiosk writes it
 * stays in the inbox; after the others are done the first such one is ACC_ERROR_STORE_DAMAGED, with its number.
 * *@n_taken, which may be NULL, is set even then: the archive is as good as before, so a window shows the sentence and
 * goes on. */
gboolean acc_archive_take_in (AccStore *desk, AccStore *inbox, AccIdentity *identity, guint *n_taken, GError **error);

/* Sets the state of @number from @from to @to and who has claimed it (0: nobody); ACC_ERROR_CONFLICT if the letter is
 * no longer in @from. Inside the transaction that also writes decision and journal: review/ calls it, nobody else. */
gboolean acc_archive_set_state (AccStore *desk, const char *number, AccState from, AccState to, gint64 claimed_by,
                                GError **error);

/* One signed entry of the desk's journal, inside the caller's transaction. */
gboolean acc_archive_note (AccStore *desk, AccIdentity *identity, const char *kind, const char *number,
                           const char *facts, GError **error);

/* Adds a sentence to @findings (of char *) for each record of the archive's own tables and of the inbox that is wrong:
 * bodies against hashes, keys against letters, chains and signatures, references. No sign-in. */
gboolean acc_archive_check (AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error);

/* Its two halves, which may run at once on stores of their own. *@verified, which may be NULL: the entries of the desk's
 * journal up to this number are in order, whole and signed by whom they name; 0 if there is a finding in it. */
gboolean acc_archive_check_records (AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error);
gboolean acc_archive_check_journals (AccStore *desk, AccStore *inbox, gint64 *verified, GPtrArray *findings,
                                     GError **error);

G_END_DECLS
