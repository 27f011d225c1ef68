/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finger on the keyboard that is on the screen. Main thread. */
#pragma once

#include <gtk/gtk.h>

/* The key that shows @text now; NULL if none does. */
GtkWidget *find_key (GtkWidget *keyboard, const char *text);

/* Taps the key that shows @text. */
void tap_key (GtkWidget *keyboard, const char *text);

/* Taps whatever it takes to write @text, as somebody does who knows the keyboard's pages. */
void tap_text (GtkWidget *keyboard, const char *text);
