/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a key of our own keyboard does to the field in focus, as a key of GTK's would: typing.h's rules hold. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether @widget takes text: an editable line or view. */
gboolean acc_keystroke_is_field (GtkWidget *widget);

gboolean acc_keystroke_takes_lines (GtkWidget *field);
gboolean acc_keystroke_takes_digits (GtkWidget *field); /* … before anything else, by its input purpose */
gboolean acc_keystroke_takes_latin (GtkWidget *field);  /* … an address of mail or of the web */

/* Puts @text in the place of the selection, or at the caret. */
void acc_keystroke_type (GtkWidget *field, const char *text);

/* Takes away the selection, or what stands before the caret, as Backspace does. */
void acc_keystroke_delete (GtkWidget *field);

G_END_DECLS
