/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The opening half: not linked into the kiosk. Private to the vault. Any thread. */
#pragma once

#include "vault/sodium-private.h"

G_BEGIN_DECLS

/* Opens @box into @plain, which has room for the size of @box less ACC_BOX_EXTRA; FALSE if any byte of box,
 * key or @bound is another. */
gboolean acc_box_open_into (const guint8 key[ACC_KEY_SIZE], GBytes *bound, GBytes *box, guint8 *plain, gsize size);

/* The same into new bytes; NULL if it does not open. */
GBytes *acc_box_open (const guint8 key[ACC_KEY_SIZE], GBytes *bound, GBytes *box) G_GNUC_WARN_UNUSED_RESULT;

/* Zeroed memory that is locked where the system allows it, guarded, and wiped by sodium_free. */
gpointer acc_secret_new (gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
