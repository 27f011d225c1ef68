/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who approved a letter, for what is counted over many letters. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* When the banker of the id @banker approved the letter @number last, RFC 3339, in *@at; NULL where they did not. */
gboolean acc_approval_find (AccStore *desk, const char *number, gint64 banker, char **at, GError **error);

G_END_DECLS
