/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How staff ask for their page, where nobody comes upon it: five taps within three seconds into the window's upper corner
 * at the side where lines begin, or a chord of four keys. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The chord: Control, Alt, Shift and this. */
#define ACC_STAFF_KEY GDK_KEY_e
#define ACC_STAFF_MODIFIERS ((GdkModifierType) (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))

#define ACC_STAFF_CORNER 96 /* pixels, of a square */

/* Activates @action of @window, a static name, when staff ask. */
void acc_staff_corner_watch (GtkWindow *window, const char *action);

G_END_DECLS
