/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store's bytes as they stood at one moment, while others go on reading and writing. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct {
  gint64 version; /* as acc_store_data_version has it */
  gint64 size;    /* bytes */
} AccStoreMoment;

/* How the store stands now. What is read of it after this and before acc_store_copy ends is of the same moment, if that
 * succeeds. */
gboolean acc_store_get_moment (AccStore *self, AccStoreMoment *moment, GError **error);

/* Takes the next piece. No lock is held while it works, so it may take its time. */
typedef gboolean (*AccStoreTake) (gconstpointer piece, gsize size, gpointer data, GError **error);

/* Gives the whole file to @take, in order, as it stood at @moment. Each piece is read under a lock of its own, which
 * lasts milliseconds. ACC_ERROR_CONFLICT if another connection has changed the store since: what @take was given is
 * worth nothing then, and the caller begins again. Inside acc_store_transact others cannot change it, but wait. */
gboolean acc_store_copy (AccStore *self, const AccStoreMoment *moment, AccStoreTake take, gpointer data,
                         GError **error);

G_END_DECLS
