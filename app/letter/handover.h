/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker prepares for a client: whom the letter is for, so that the client need not spell it. From desk to kiosk it
 * goes as a note in a file of base/memory-file.h, which is used once, and is worth nothing after ten minutes by the clock
 * since boot. Nothing of the client's is in it. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_HANDOVER_MINUTES 10

typedef struct {
  char *name, *department; /* of whom the letter is for; the department may be "" */
  char *banker;            /* who has prepared it */
  gint64 expires;          /* microseconds since boot */
} AccHandover;

/* With the texts as a letter may hold them: cleaned and trimmed. */
AccHandover *acc_handover_new (const char *name, const char *department, const char *banker) G_GNUC_WARN_UNUSED_RESULT;
AccHandover *acc_handover_copy (const AccHandover *handover) G_GNUC_WARN_UNUSED_RESULT;
void acc_handover_free (AccHandover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccHandover, acc_handover_free)

gboolean acc_handover_equal (const AccHandover *a, const AccHandover *b); /* either may be NULL */

/* Puts the note down as the file @file of @folder, and says until when it is good. ACC_ERROR_INPUT: one of the texts is
 * missing, or cannot stand in a letter; ACC_ERROR_CONFLICT: another one waits there. */
gboolean acc_handover_leave (int folder, const char *file, AccHandover *handover, GError **error);

/* The note that waits. ACC_ERROR_NOT_FOUND if none does, or its time is over; ACC_ERROR_INPUT for anything that
 * acc_handover_leave would not have written. */
AccHandover *acc_handover_look (int folder, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same, and it is gone. Of several who take it at once, one has it. */
AccHandover *acc_handover_take (int folder, const char *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
