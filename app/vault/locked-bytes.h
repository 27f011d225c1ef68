/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept in clear for longer than a banker is signed in. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A copy of @size bytes of @data in memory that is locked where the system allows it, and wiped with its last reference. */
GBytes *acc_locked_bytes_new (gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
