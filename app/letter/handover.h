/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker prepares for a client: whom the letter is for, so that the client need not spell it. From desk to kiosk it
 * goes as a note in a file of base/memory-file.h, which is used once, and is worth nothing after ten minutes by the clock
 * since boot. Nothing of the client's is in it. Where a desk has taken it back, a mark without any name stands in its place for
 * the rest of that time, by which other desks know that no client has begun. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_HANDOVER_MINUTES 10

typedef struct {
  char *name, *department; /* of whom the letter is for; the department may be "" */
  gint64 expires;          /* microseconds since boot */
} AccHandover;

/* With the texts as a letter may hold them: cleaned and trimmed. */
AccHandover *acc_handover_new (const char *name, const char *department) G_GNUC_WARN_UNUSED_RESULT;
AccHandover *acc_handover_copy (const AccHandover *handover) G_GNUC_WARN_UNUSED_RESULT;
void acc_handover_free (AccHandover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccHandover, acc_handover_free)

gboolean acc_handover_equal (const AccHandover *a, const AccHandover *b); /* either may be NULL */

/* Of several who do one of these at once, on any side, each sees what those before it have left. ACC_ERROR_BUSY where
 * others hold the folder for too long. */

/* Puts the note down as the file @file of @folder, and says until when it is good. ACC_ERROR_INPUT: the name is missing, or
 * one of the texts cannot stand in a letter; ACC_ERROR_CONFLICT: another note waits there. */
gboolean acc_handover_leave (int folder, const char *file, AccHandover *handover, GError **error);

/* The note that waits. ACC_ERROR_NOT_FOUND if none does, or its time is over; ACC_ERROR_INPUT for anything that no desk
 * would have written. In both cases what is there is erased, but where somebody holds the folder, who is at it, and but for
 * a mark: @taken_back is when the note of which it tells would have expired, else 0. */
AccHandover *acc_handover_look (int folder, const char *file, gint64 *taken_back, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The very note that acc_handover_leave or acc_handover_look gave goes, for this caller alone. ACC_ERROR_NOT_FOUND: it waits
 * no longer; what may have come in its place stays. */
gboolean acc_handover_take (int folder, const char *file, const AccHandover *handover, GError **error);

/* The same for a desk, to which the folder belongs; the mark stands in its place. */
gboolean acc_handover_take_back (int folder, const char *file, const AccHandover *handover, GError **error);

G_END_DECLS
