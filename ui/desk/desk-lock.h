/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a banker's session ends by itself: after some minutes in which nobody was at the desk, and after four hours in any
 * case. Emits "due" with a sentence, each second until the session has ended: what is under way may be done first.
 * Counted by the clock since boot. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_DESK_LOCK (acc_desk_lock_get_type ())
G_DECLARE_FINAL_TYPE (AccDeskLock, acc_desk_lock, ACC, DESK_LOCK, GObject)

AccDeskLock *acc_desk_lock_new (GtkWindow *window) G_GNUC_WARN_UNUSED_RESULT;

/* A session has begun, and ends after @minutes without anybody. */
void acc_desk_lock_begin (AccDeskLock *self, guint minutes);
void acc_desk_lock_end (AccDeskLock *self);

G_END_DECLS
