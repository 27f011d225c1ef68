/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of windows need: waiting for what a thread or a frame brings, finding widgets, seeing pixels, and a
 * pointer and keys that are real (xdotool). */
#pragma once

#include <gtk/gtk.h>

/* Runs the main loop until @ready says so; fails after a minute. */
void test_wait (gboolean (*ready) (gpointer data), gpointer data);

/* Gives @window, which is shown, another size: asked for again where it was busy with the one before, or where what it showed
 * then needed more. */
void test_resize (GtkWidget *window, int width, int height);

/* Runs the main loop until the window has drawn what is pending. */
void test_settle (GtkWidget *window);

/* A window of that size, in pixels, with @child and nothing else, once it has drawn it. */
GtkWidget *test_show (GtkWidget *child, int width, int height);

/* The widget of template id @id below @root; asserts that it is there. */
GtkWidget *test_find (GtkWidget *root, const char *id);

/* The first button (of any kind) that bears @label, or NULL. */
GtkWidget *test_find_button (GtkWidget *root, const char *label);

/* Whether any label, entry or text view below @root shows @text. */
gboolean test_shows_text (GtkWidget *root, const char *text);

/* The window as it is drawn now, as a PNG file. */
void test_save_picture (GtkWidget *window, const char *path);

/* How many pixels of the widget's rectangle are darker than the middle. */
guint test_count_dark (GtkWidget *widget, const graphene_rect_t *area);

/* A real press at a point of @widget, a real drag through points, real keys (xdotool's names). */
void test_click (GtkWidget *widget, double x, double y);
void test_drag (GtkWidget *widget, const graphene_point_t *points, guint n_points);
void test_key (GtkWidget *window, const char *keys);

/* A real finger, one movement at a time: down at the middle of @widget, on to another's, up where it is. */
void test_press (GtkWidget *widget);
void test_slide (GtkWidget *widget);
void test_release (GtkWidget *window);

/* Pastes @text from the clipboard, as Ctrl+V does it. */
void test_paste (GtkWidget *control, const char *text);
