/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a finger on the built-in keyboard to the painted sheet: bench-touch COUNT LETTER.json
 * Types COUNT characters into the three parts of a story at a real kiosk, a third into each: of what the letter says there,
 * those that the first page of the keyboard has. A key is struck when the finger leaves it, since one that stays asks for
 * accents: so each is a press of the X server's pointer, and from before it is lifted to the end of the frame whose sheet
 * has the letter. Prints the microseconds of each, and the processor time of the main thread in them. */
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <stdlib.h>

#include "bench/kiosk.h"
#include "keyboard-support.h"
#include "kit/keyboard.h"
#include "window-support.h"

#define REST_MIN 50 /* milliseconds that a finger rests on a key: a quick one, and a slow one */
#define REST_MAX 90
#define LONG_PRESS 60000 /* milliseconds */

typedef struct {
  Display *display;
  GtkWidget *keyboard;
} Touch;

/* Without a window manager, the window's place is the screen's. */
static void
press (Touch *self, GtkWidget *key)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (key));
  const graphene_point_t middle = { (float) gtk_widget_get_width (key) / 2, (float) gtk_widget_get_height (key) / 2 };
  graphene_point_t at;

  g_assert_true (gtk_widget_compute_point (key, window, &middle, &at));
  XTestFakeMotionEvent (self->display, -1, (int) at.x, (int) at.y, 0);
  XTestFakeButtonEvent (self->display, Button1, True, 0);
  XFlush (self->display);
}

static gboolean
touch (gpointer data, const char *at)
{
  Touch *self = data;
  g_autofree char *letter = g_strndup (at, (gsize) (g_utf8_next_char (at) - at));
  GtkWidget *key = *at == ' ' ? test_find (self->keyboard, "space") : find_key (self->keyboard, letter);

  if (key == NULL)
    return FALSE;
  press (self, key);
  bench_rest ((guint) g_random_int_range (REST_MIN, REST_MAX));
  return TRUE;
}

static void
lift (gpointer data)
{
  Touch *self = data;

  XTestFakeButtonEvent (self->display, Button1, False, 0);
  XFlush (self->display);
}

int
main (int argc, char **argv)
{
  Touch one;
  Kiosk kiosk;
  g_autoptr (AccLetter) letter = NULL;

  if (argc != 3)
    return 2;
  g_random_set_seed (1);
  letter = bench_kiosk_open (&kiosk, argv[2]);
  /* A frame may take longer than that under valgrind, and the finger would ask for accents. */
  g_object_set (gtk_settings_get_default (), "gtk-long-press-time", LONG_PRESS, NULL);
  one.display = XOpenDisplay (NULL);
  one.keyboard = test_find (kiosk.window, "keyboard");
  acc_keyboard_set_use (ACC_KEYBOARD (one.keyboard), "on");
  bench_say_who (&kiosk, letter);
  bench_type_story (&kiosk, letter, (guint) strtoul (argv[1], NULL, 10), touch, lift, &one);
  XCloseDisplay (one.display);
  kiosk_clear (&kiosk);
  return 0;
}
