/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a key press to the painted sheet: bench-keypress COUNT LETTER.json
 * Types COUNT characters into the three parts of a story at a real kiosk, a third into each, over and over what the letter
 * says there. Each is a key of the X server: from before it is pressed to the end of the frame whose sheet has it. Prints
 * the microseconds of each, and the processor time of the main thread in them. */
#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <gdk/x11/gdkx.h>
#include <stdlib.h>
#include <string.h>

#include "bench/kiosk.h"
#include "window-support.h"

#define PAUSE_MIN 17 /* milliseconds: the display's next frame, so that no key waits for the one before it */
#define PAUSE_MAX 40
#define KEYS 256
#define UNICODE_KEYSYM 0x01000000 /* keysyms of X: Unicode's characters from here on, Latin 1's as they are */

/* A keyboard that has a key for each character. */
typedef struct {
  Display *display;
  gunichar characters[KEYS];
  int key; /* the next one */
} Keyboard;

static gboolean
is_modifier (const XModifierKeymap *modifiers, int key)
{
  return memchr (modifiers->modifiermap, key, 8 * (size_t) modifiers->max_keypermod) != NULL;
}

static int
find_key (const Keyboard *self, gunichar c)
{
  for (int key = 0; key < KEYS; key++)
    if (self->characters[key] == c)
      return key;
  return 0;
}

static KeySym
get_symbol (gunichar c)
{
  return c == '\n' ? XK_Return : c < 0x100 ? c : UNICODE_KEYSYM + c;
}

/* Once, before anything is measured: a change of the keyboard is work for each program. */
static void
add_keys (Keyboard *self, const char *text)
{
  XModifierKeymap *modifiers = XGetModifierMapping (self->display);
  int key, last;

  XDisplayKeycodes (self->display, &key, &last);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (find_key (self, c) != 0)
        continue;
      while (self->characters[key] != 0 || is_modifier (modifiers, key))
        g_assert_cmpint (++key, <=, last);
      self->characters[key] = c;
      XChangeKeyboardMapping (self->display, key, 2, (KeySym[]){ get_symbol (c), get_symbol (c) }, 1);
    }
  XFreeModifiermap (modifiers);
  XSync (self->display, False);
}

static gboolean
wait (gpointer data, const char *at)
{
  Keyboard *self = data;

  self->key = find_key (self, g_utf8_get_char (at));
  bench_rest ((guint) g_random_int_range (PAUSE_MIN, PAUSE_MAX));
  return TRUE;
}

static void
press (gpointer data)
{
  Keyboard *self = data;

  XTestFakeKeyEvent (self->display, (guint) self->key, True, 0);
  XTestFakeKeyEvent (self->display, (guint) self->key, False, 0);
  XFlush (self->display);
}

/* No window manager is there to do it. */
static void
take_focus (Kiosk *kiosk, Keyboard *keyboard)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (kiosk->window));

  XSetInputFocus (keyboard->display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XSync (keyboard->display, False);
  test_settle (kiosk->window);
}

int
main (int argc, char **argv)
{
  Keyboard keyboard = { NULL };
  Kiosk kiosk;
  g_autoptr (AccLetter) letter = NULL;
  const AccLetterFields *fields;

  if (argc != 3)
    return 2;
  g_random_set_seed (1);
  letter = bench_kiosk_open (&kiosk, argv[2]);
  fields = acc_letter_get_fields (letter);
  keyboard.display = XOpenDisplay (NULL);
  take_focus (&kiosk, &keyboard);
  add_keys (&keyboard, fields->need);
  add_keys (&keyboard, fields->act);
  add_keys (&keyboard, fields->difference);
  bench_say_who (&kiosk, letter);
  bench_type_story (&kiosk, letter, (guint) strtoul (argv[1], NULL, 10), wait, press, &keyboard);
  XCloseDisplay (keyboard.display);
  kiosk_clear (&kiosk);
  return 0;
}
