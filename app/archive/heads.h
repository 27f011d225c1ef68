/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads of journals as they were known outside the store: a store that is put back to an older state contradicts them.
 * Kept in a file beside the store's folder, STORE-heads, and in every backup. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct {
  char *store; /* "desk" or "inbox" */
  char *writer;
  gint64 count;
  char *hash; /* of entry @count */
  char *at;   /* when it was seen, RFC 3339 */
} AccHead;
void acc_head_free (AccHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccHead, acc_head_free)

/* Every journal's head as it is now: GPtrArray of AccHead. @desk or @inbox may be NULL. */
GPtrArray *acc_heads_read (AccStore *desk, AccStore *inbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @head is in its journal still, in @desk or @inbox. */
gboolean acc_head_is_there (const AccHead *head, AccStore *desk, AccStore *inbox, gboolean *there, GError **error);

/* As groups "head 1", "head 2"… of a key file, and back; NULL with ACC_ERROR_INPUT if one cannot be meant. */
void acc_heads_write (GPtrArray *heads, GKeyFile *file);
GPtrArray *acc_heads_parse (GKeyFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *acc_heads_path (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT; /* STORE-heads */
GPtrArray *acc_heads_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT; /* none if there is no file */

/* Notes the heads of @desk, and of @inbox unless it is NULL, in the file beside desk's folder. A head noted before that
 * its journal no longer has stays: it is what tells. */
gboolean acc_heads_keep (AccStore *desk, AccStore *inbox, GError **error);

/* Adds a sentence to @findings (of char *) for each head noted beside @store_dir that its journal no longer has. */
gboolean acc_heads_check (const char *store_dir, AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error);

G_END_DECLS
