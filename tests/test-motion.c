/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing moves by itself where motion is not wished for, and elsewhere nothing for long or as fast as a flash, on every
 * page that a client meets. On a screen of 1920x1920. */
#include "base/clock.h"
#include "base/language.h"
#include "kiosk/kiosk-app.h"
#include "kit/countdown.h"
#include "pages-support.h"
#include "window-support.h"

#define WATCHED 600 /* milliseconds: more than a caret takes to go and to come back */
#define ONCE 1      /* frames that something may bring that happens once, such as a list that has been read */
#define BEGINS 500  /* … and more than a page takes until all of it is there */
#define LONGEST 5   /* seconds that something may move by itself: WCAG 2.2, 2.2.2 */
#define FADES 1     /* … in which a page may still be coming */
#define LATE 2      /* … by which a busy machine may be late */
#define FLASHES 3   /* a second: WCAG 2.2, 2.3.2; each is a change and the change back */
#define FASTEST 100 /* milliseconds: the quickest caret that may be set */

static const PageScreen screen = { 1366, 768, 1, "en", "on" };

typedef struct {
  guint n_pages, n_movers;
} Seen;

/* ---- what is drawn without anybody having done anything ---- */

static void
on_frame (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

static gboolean
on_end (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* How many frames the window asks for within so many milliseconds. */
static guint
count_frames (GtkWidget *window, guint milliseconds)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean has_ended = FALSE;
  guint n_frames = 0;
  gulong drawn = g_signal_connect (clock, "paint", G_CALLBACK (on_frame), &n_frames);

  g_timeout_add (milliseconds, on_end, &has_ended);
  while (!has_ended)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, drawn);
  return n_frames;
}

/* A countdown's figure changes each second: nobody is hurried by what is not told. */
static guint
count_countdowns (GtkWidget *widget)
{
  guint n = ACC_IS_COUNTDOWN (widget) ? 1 : 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_countdowns (child);
  return n;
}

/* ---- on every page ---- */

static void
look_for_motion (Kiosk *kiosk, const char *page, gpointer data)
{
  Seen *seen = data;
  guint n_frames;

  seen->n_pages++;
  count_frames (kiosk->window, BEGINS);
  n_frames = count_frames (kiosk->window, WATCHED);
  if (n_frames > ONCE + count_countdowns (kiosk->window))
    g_error ("%s: %u frames by itself", page, n_frames);
}

/* A page may come with a fade or a scroll; what goes on then may not flash, and ends. */
static void
look_for_long_motion (Kiosk *kiosk, const char *page, gpointer data)
{
  Seen *seen = data;
  gint64 began = acc_clock_boot (), since = 0;
  guint n_frames, n_told = 2 * count_countdowns (kiosk->window);

  seen->n_pages++;
  while ((n_frames = count_frames (kiosk->window, 1000)) > ONCE + n_told)
    {
      if (since > FADES * G_USEC_PER_SEC && n_frames > 2 * FLASHES + ONCE)
        g_error ("%s: %u changes within a second", page, n_frames);
      since = acc_clock_boot () - began;
      if (since > (LONGEST + LATE) * G_USEC_PER_SEC)
        g_error ("%s: moves by itself for more than %d seconds", page, LONGEST);
    }
  if (since > FADES * G_USEC_PER_SEC)
    seen->n_movers++;
}

static void
nothing_moves_where_motion_is_not_wished_for (void)
{
  Seen seen = { 0 };

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  walk_pages (&screen, look_for_motion, &seen);
  g_assert_cmpuint (seen.n_pages, >, 20);
}

static void
nothing_moves_for_long_or_flashes (void)
{
  Seen seen = { 0 };

  /* What tells of a scroll fades after three seconds, frame by frame: no flash, but it would hide one. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, "gtk-overlay-scrolling", FALSE, NULL);
  walk_pages (&screen, look_for_long_motion, &seen);
  g_assert_cmpuint (seen.n_pages, >, 20);
  g_assert_cmpuint (seen.n_movers, >, 0); /* the carets: what is looked for is seen */
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init ();
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink-time", FASTEST, NULL);

  g_test_add_func ("/motion/nothing-moves-where-motion-is-not-wished-for", nothing_moves_where_motion_is_not_wished_for);
  g_test_add_func ("/motion/nothing-moves-for-long-or-flashes", nothing_moves_for_long_or_flashes);
  return g_test_run ();
}
