/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large file written piece by piece as PATH.part, which gets its name when it is whole: whoever looks sees no file or
 * all of it. What an interrupted run has left is taken over. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AccPart AccPart;

/* Opens @path, mode 0600, for this process alone. ACC_ERROR_BUSY while another writes it. */
AccPart *acc_part_new (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

int acc_part_get_descriptor (AccPart *self); /* lent */
gboolean acc_part_rewind (AccPart *self, GError **error);

/* Starts writing what is in the file so far to the disk, and waits for all but the last of it: whoever else syncs a file
 * is held up by no more than that. */
void acc_part_flush (AccPart *self);

/* Names the file @path, durably; never over another (ACC_ERROR_INPUT). */
gboolean acc_part_keep (AccPart *self, const char *path, GError **error);

/* Removes the file, unless it was kept. */
void acc_part_free (AccPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPart, acc_part_free)

G_END_DECLS
