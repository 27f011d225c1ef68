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
#include "kiosk/kiosk-app.h"
#include "kit/keyboard.h"
#include "kit/sheet.h"
#include "support.h"
#include "window-support.h"

#define REST_MIN 50 /* milliseconds that a finger rests on a key: a quick one, and a slow one */
#define REST_MAX 90

typedef struct {
  Display *display;
  AccSheet *sheet;
  AccPages *before; /* lent; never looked into */
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

static void
lift (gpointer data)
{
  Touch *self = data;

  XTestFakeButtonEvent (self->display, Button1, False, 0);
  XFlush (self->display);
}

static gboolean
is_on_sheet (gpointer data)
{
  Touch *self = data;

  return acc_sheet_get_pages (self->sheet) != self->before;
}

static GtkWidget *
find_letter (GtkWidget *keyboard, const char *at)
{
  g_autofree char *letter = g_strndup (at, (gsize) (g_utf8_next_char (at) - at));

  return *at == ' ' ? test_find (keyboard, "space") : find_key (keyboard, letter);
}

static void
type (Kiosk *kiosk, Touch *touch, const char *text, guint count)
{
  GtkWidget *keyboard = test_find (kiosk->window, "keyboard");

  for (const char *at = text; count > 0; at = g_utf8_next_char (at))
    {
      GtkWidget *key = find_letter (keyboard, *at != '\0' ? at : (at = text));
      g_autoptr (AccPages) before = g_object_ref (acc_sheet_get_pages (touch->sheet));
      BenchSeen seen;

      if (key == NULL)
        continue;
      count--;
      touch->before = before;
      press (touch, key);
      bench_rest ((guint) g_random_int_range (REST_MIN, REST_MAX));
      seen = bench_see (kiosk, lift, is_on_sheet, touch);
      g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", seen.time, seen.processor_time);
    }
}

int
main (int argc, char **argv)
{
  Touch touch = { NULL };
  Kiosk kiosk;
  g_autoptr (AccLetter) letter = NULL;
  const AccLetterFields *fields;
  guint third;

  if (argc != 3)
    return 2;
  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_kiosk_init ();
  g_random_set_seed (1);
  third = (guint) strtoul (argv[1], NULL, 10) / 3;
  letter = bench_kiosk_open (&kiosk, argv[2]);
  fields = acc_letter_get_fields (letter);
  touch.display = XOpenDisplay (NULL);
  touch.sheet = ACC_SHEET (test_find (kiosk.window, "sheet"));
  acc_keyboard_set_use (ACC_KEYBOARD (test_find (kiosk.window, "keyboard")), "on");
  bench_say_who (&kiosk, letter);

  const char *const parts[] = { fields->need, fields->act, fields->difference };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      test_settle (kiosk.window);
      type (&kiosk, &touch, parts[i], third);
      act (&kiosk, "letter.next");
    }
  XCloseDisplay (touch.display);
  kiosk_clear (&kiosk);
  return 0;
}
