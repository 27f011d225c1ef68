/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets a branch up: both stores, keys, the first banker, the recovery key. Never over an existing store: the whole
 * folder is made beside and renamed into place. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

/* Makes @store_dir (it must not exist, or be empty). *@recovery_key is printed once and kept nowhere. */
gboolean acc_archive_set_up (const char *store_dir, const char *branch, const char *banker, const char *passphrase,
                             char **recovery_key, GError **error);

G_END_DECLS
