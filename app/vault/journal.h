/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A journal: one hash chain per writer, in the table "journal" that both stores have. Each entry's hash
 * covers every field and the hash before it; the desk's entries are signed as well. The store's thread, inside
 * the transaction that makes the change it tells of. Nothing personal goes into one. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct {
  const char *writer; /* "kiosk:<id>", "desk" */
  const char *kind;   /* "submitted", "taken in", "approved"… */
  const char *number; /* the letter's, or NULL */
  const char *facts;  /* JSON object, or NULL */
  const char *signer; /* banker's name, or NULL where the writer has no key */
} AccJournalEntry;

/* Signs the @hash (64 hexadecimal digits) of an entry; gives 64 bytes, or NULL with @error. */
typedef GBytes *(*AccJournalSign) (const char *hash, gpointer data, GError **error);

/* Adds an entry to its writer's chain. @sign is NULL where the entry has no signer, and only there. */
gboolean acc_journal_append (AccStore *store, const AccJournalEntry *entry, AccJournalSign sign, gpointer data,
                             GError **error);

/* The newest entry's hash of @writer and the count of its entries (its sequence); "" and 0 for none. */
char *acc_journal_head (AccStore *store, const char *writer, gint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Who signs a journal; for walking it. */
typedef struct {
  /* Before entries that were read are verified: gets ready for whoever may have signed them. */
  gboolean (*prepare) (gpointer data, GError **error);
  /* Whether it is a signature of @signer over @hash. From several threads at once. */
  gboolean (*verify) (const char *signer, const char *hash, GBytes *signature, gpointer data);
  const char *const *unsigned_writers; /* whose entries nobody signs; NULL-terminated */
} AccJournalSigned;

/* Walks every chain and adds a sentence for each entry that is wrong to @findings (of char *). @by NULL:
 * signatures are not looked at. That the newest entries are gone shows only against a head kept elsewhere. */
gboolean acc_journal_check (AccStore *store, const char *store_name, const AccJournalSigned *by, gpointer data,
                            GPtrArray *findings, GError **error);

G_END_DECLS
