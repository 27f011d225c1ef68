/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether somebody is at a window: how long ago it was last touched, typed at, pointed at or used through assistive
 * technology. Counted by the clock since boot, so that setting the wall clock moves nothing.
 *
 * Emits "seen" at each of these; a handler that returns TRUE keeps the event to itself: nothing below gets it. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_PRESENCE (acc_presence_get_type ())
G_DECLARE_FINAL_TYPE (AccPresence, acc_presence, ACC, PRESENCE, GObject)

AccPresence *acc_presence_new (GtkWindow *window) G_GNUC_WARN_UNUSED_RESULT;

/* Somebody did what no event tells of, such as an answer that assistive technology has written; or a new wait begins. */
void acc_presence_note (AccPresence *self);

/* Microseconds since somebody was seen. */
gint64 acc_presence_get_away (AccPresence *self);

G_END_DECLS
