/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which field of a window has the focus, and where its user's hands are: on the screen, or at keys. Emits "changed".
 * Private to the kit; main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_FIELD_WATCH (acc_field_watch_get_type ())
G_DECLARE_FINAL_TYPE (AccFieldWatch, acc_field_watch, ACC, FIELD_WATCH, GObject)

AccFieldWatch *acc_field_watch_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The window, lent, until another one or NULL is set. */
void acc_field_watch_set_root (AccFieldWatch *self, GtkRoot *root);

/* Whether a mouse is taken for a finger: some panels say that they are one. */
void acc_field_watch_set_any_pointer (AccFieldWatch *self, gboolean any);

/* The field in focus; NULL for none. */
GtkWidget *acc_field_watch_get_field (AccFieldWatch *self);

/* Whether a finger has touched the window since the last one to be forgotten. */
gboolean acc_field_watch_is_touched (AccFieldWatch *self);

/* Whether the hands are at keys, or want no keyboard on the screen: from a key press until a finger touches a field. */
gboolean acc_field_watch_is_aside (AccFieldWatch *self);
void acc_field_watch_step_aside (AccFieldWatch *self);

/* Forgets where the hands were. */
void acc_field_watch_forget (AccFieldWatch *self);

G_END_DECLS
