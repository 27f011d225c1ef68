/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Room kept aside on a store's disk: a file of real blocks beside it, given up when the disk is full, so that work which
 * makes room again can still be written. It holds nothing. Private to the store. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the ballast at @path whole where the disk has room for several of it. Without it everything works until the disk
 * is full, so a failure is no error. */
void acc_ballast_keep (const char *path);

/* Gives the ballast at @path up if hardly anything is left beside it. */
void acc_ballast_give_when_short (const char *path);

/* Gives it up: what has just failed for lack of room may succeed the next time. */
void acc_ballast_give (const char *path);

G_END_DECLS
