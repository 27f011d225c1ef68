/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A finger on the keyboard that is on the screen. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kit/keyboard-layout.h"

/* The languages that come with keys: NULL-terminated. */
extern const char *const keyboard_languages[];

/* One's keys, which are sound. */
AccKeyboardLayout *load_layout (const char *language) G_GNUC_WARN_UNUSED_RESULT;

/* The key that shows @text now; NULL if none does. */
GtkWidget *find_key (GtkWidget *keyboard, const char *text);

/* Taps the key that shows @text. */
void tap_key (GtkWidget *keyboard, const char *text);

/* Taps whatever it takes to write @text, as somebody does who knows the keyboard's pages. */
void tap_text (GtkWidget *keyboard, const char *text);
