/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a new store's folder comes to lie: it is made beside and moved there when it is whole, never over a store.
 * Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AccPlace AccPlace;

/* ACC_ERROR_INPUT unless @store_dir does not exist or is an empty folder. */
AccPlace *acc_place_new (const char *store_dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *acc_place_get_store_dir (AccPlace *self); /* absolute */
const char *acc_place_get_folder (AccPlace *self);    /* to be filled with files: no folders */

/* Moves the folder into place, durably. */
gboolean acc_place_take (AccPlace *self, GError **error);

/* Removes the folder, unless it was moved into place. */
void acc_place_free (AccPlace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPlace, acc_place_free)

G_END_DECLS
