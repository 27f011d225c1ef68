/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that needs nothing but its own item, such as hashes and signatures: done on every processor at once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Calls @work (item, data) for each of @items, from several threads, and returns when all are done. @work changes
 * nothing but its item. Any thread. */
void acc_parallel_each (GPtrArray *items, GFunc work, gpointer data);

G_END_DECLS
