/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place where desk and kiosk hand a prepared letter over, and whether a note waits there: looked at when its file
 * changes, and when its time is over. A note that is none, or whose time is over, is erased by whoever sees it; one that
 * this watch has left does not outlive it. Emits "changed" when another note waits, or none. Main thread. */
#pragma once

#include <glib-object.h>

#include "letter/handover.h"

G_BEGIN_DECLS

#define ACC_TYPE_HANDOVER_WATCH (acc_handover_watch_get_type ())
G_DECLARE_FINAL_TYPE (AccHandoverWatch, acc_handover_watch, ACC, HANDOVER_WATCH, GObject)

/* @folder: absolute, shared by the accounts of desk and kiosk, or "" for the session's own, where one user runs both.
 * @inbox: the branch's, by which its notes are told from another's. Where there is no such place no note is ever seen. */
AccHandoverWatch *acc_handover_watch_new (const char *folder, const char *inbox) G_GNUC_WARN_UNUSED_RESULT;

const AccHandover *acc_handover_watch_get (AccHandoverWatch *self); /* lent; NULL: none waits */

/* As acc_handover_leave. ACC_ERROR_SYSTEM where there is no place for it. */
gboolean acc_handover_watch_leave (AccHandoverWatch *self, const AccHandover *handover, GError **error);

/* The note that acc_handover_watch_get gave, which is used now; NULL: somebody else was faster, or its time is over. What
 * has come in its place stays. */
AccHandover *acc_handover_watch_take (AccHandoverWatch *self) G_GNUC_WARN_UNUSED_RESULT;

/* The same, and it is used by nobody. */
void acc_handover_watch_erase (AccHandoverWatch *self);

/* The same at a desk: others are told that it was. */
void acc_handover_watch_take_back (AccHandoverWatch *self);

typedef enum {
  ACC_HANDOVER_BEGUN,      /* a client has, with it or without */
  ACC_HANDOVER_TAKEN_BACK, /* by a desk, this or another */
  ACC_HANDOVER_OVER,       /* its time is */
} AccHandoverEnd;

/* How the note that acc_handover_watch_get gave last has ended; only where one has. */
AccHandoverEnd acc_handover_watch_get_end (AccHandoverWatch *self);

G_END_DECLS
