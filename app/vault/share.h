/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secret of a branch's new key on its way to a banker: sealed to the banker's own key, so that nobody else can
 * open it, and that box encrypted under the branch's key before, so that only a banker can have made it. Private to the
 * vault, and to its tests. The store's thread. */
#pragma once

#include "vault/identity-private.h"

G_BEGIN_DECLS

/* By @from, who does not have the new key yet. NULL if the banker's own key is none. */
GBytes *acc_share_close (AccIdentity *from, const AccBanker *to, const guint8 secret[crypto_box_SECRETKEYBYTES])
  G_GNUC_WARN_UNUSED_RESULT;

/* FALSE if it is not for @self, or not the secret of the key @branch_key_id. */
gboolean acc_share_open (AccIdentity *self, const char *branch_key_id, GBytes *sealed,
                         guint8 secret[crypto_box_SECRETKEYBYTES]);

G_END_DECLS
