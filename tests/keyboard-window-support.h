/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window with fields of every kind and the keyboard below them, and a finger on its keys. Main thread. */
#pragma once

#include <gtk/gtk.h>

#define KEY_HELD 150 /* milliseconds until a key is held */

typedef struct {
  GtkWidget *window, *line, *mail, *digits, *story, *other, *keyboard;
} Fixture;

/* With the focus in the story. As set_up: on a small screen. */
void keyboard_open (Fixture *fixture, int width, int height);
void keyboard_set_up (Fixture *fixture, gconstpointer data);
void keyboard_tear_down (Fixture *fixture, gconstpointer data);

/* The key that shows @text now; asserts that it is there. */
GtkWidget *key (Fixture *fixture, const char *text);
void tap (Fixture *fixture, const char *text);

/* One tap after another, each key being named by what it shows; parted by spaces. */
void tap_all (Fixture *fixture, const char *keys);

/* Holds a key until its accents are open. */
void hold_open (Fixture *fixture, const char *text);
gboolean is_open (gpointer keyboard);

char *dup_story (Fixture *fixture) G_GNUC_WARN_UNUSED_RESULT;
void assert_story (Fixture *fixture, const char *text);
void set_story (Fixture *fixture, const char *text);
void assert_line (Fixture *fixture, const char *text);
