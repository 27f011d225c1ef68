/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look of every window: one style sheet per program, colours by name in a file of their own, so that a
 * dark or high-contrast look is another table of the same names. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "paper/letterhead.h"

G_BEGIN_DECLS

/* Registers the kit's resources and types, chooses the windows' fonts, and loads colours.css and kit.css for @display. Repeatable. */
void acc_look_init (GdkDisplay *display);

/* Loads a program's own sheet, such as "/org/accolade/kiosk/kiosk.css", once for @display. */
void acc_look_add_sheet (GdkDisplay *display, const char *resource_path);

/* Puts the letterhead's gold and accent in the place of ours. */
void acc_look_apply_letterhead (GdkDisplay *display, AccLetterhead *letterhead);

/* How much larger than usual text is to be, 1.0 for not at all: GTK's setting gtk-xft-dpi, which the platform gives and
 * which may be set for the program. What a sheet sizes in points follows it. */
double acc_look_get_text_scale (GtkSettings *settings);

/* The emblem at @size pixels, as a widget hidden from assistive technology: the bank's name stands beside it. */
GtkWidget *acc_look_emblem_new (AccLetterhead *letterhead, int size) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a caret shall blink, by what @settings said before GTK's own carets were kept from it. */
gboolean acc_look_caret_blinks (GtkSettings *settings);

/* Lets the words on every button below @root take more lines than one: in some language they are longer than its place. */
void acc_look_wrap_buttons (GtkWidget *root);

/* Gives @widget the CSS class, or takes it away. */
void acc_look_set_class (GtkWidget *widget, const char *class, gboolean on);

G_END_DECLS
