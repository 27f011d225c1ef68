/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk's real window on a branch with many letters: bench-desk STORE PASSPHRASE
 * Signs in, waits until all letters are read, scrolls, opens letters, and types into the search. Prints lines of a word and
 * microseconds, by the clock and of the main thread's processor time:
 *   key      what unwrapping the branch's key takes by itself, the quickest of some
 *   usable   from "Sign in" to a frame with letters in the queue
 *   first    … to the first letter open, which the desk chooses by itself
 *   whole    … to all of them read and to be searched
 *   reading  each frame until then      scroll  each frame while the list is scrolled
 *   open     from choosing a letter to the frame that shows its facts
 *   search   from a key in the search to the frame that shows the answer */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "bench-words.h"
#include "desk-support.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "desk/queue-pane-private.h"
#include "turns-support.h"
#include "window-support.h"

#define KEYS 5
#define SCROLLS 300
#define OPENS 30
#define QUESTIONS 25
#define PAUSE_MIN 17 /* milliseconds: the display's next frame, so that no key waits for the frame of the one before it */
#define PAUSE_MAX 40

typedef struct {
  gint64 wall, processor;
} Moment;

static const char *frames_are; /* what they are printed as; NULL: they are not */
static Moment frame_began;
static guint n_painted;

static Moment
now (void)
{
  return (Moment) { g_get_monotonic_time (), turns_thread_time () };
}

static void
tell (const char *what, Moment since)
{
  Moment until = now ();

  printf ("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", what, until.wall - since.wall, until.processor - since.processor);
}

static void
on_frame_begins (GdkFrameClock *clock, gpointer data)
{
  frame_began = now ();
}

static void
on_frame_ends (GdkFrameClock *clock, gpointer data)
{
  n_painted++;
  if (frames_are != NULL)
    tell (frames_are, frame_began);
}

static AccQueuePane *
get_queue (Desk *desk)
{
  return ACC_QUEUE_PANE (desk->window->queue);
}

static guint
count_shown (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_queue (desk)->selection));
}

/* ---- what is waited for ---- */

static gboolean
has_letters (Desk *desk, gconstpointer data)
{
  return count_shown (desk) > 0;
}

static gboolean
has_all (Desk *desk, gconstpointer data)
{
  return get_queue (desk)->n_letters > 0 && get_queue (desk)->n_read >= get_queue (desk)->n_letters;
}

static gboolean
has_opened (Desk *desk, gconstpointer number)
{
  return desk->window->opening == NULL && desk->window->draft != NULL
         && strcmp (acc_desk_letter_get_record (acc_review_draft_get_letter (desk->window->draft))->number, number) == 0;
}

static gboolean
has_answer (Desk *desk, gconstpointer data)
{
  return get_queue (desk)->asking == NULL;
}

static gboolean
has_painted (Desk *desk, gconstpointer before)
{
  return n_painted > GPOINTER_TO_UINT (before);
}

static void
wait_for_frame (Desk *desk)
{
  gtk_widget_queue_draw (desk->window->queue);
  desk_wait_for (desk, "a frame", has_painted, GUINT_TO_POINTER (n_painted));
}

/* ---- what is measured ---- */

static void
measure_key (const char *store, const char *passphrase)
{
  for (guint i = 0; i < KEYS; i++)
    {
      Moment began = now ();
      g_autoptr (AccStore) desk = NULL;
      g_autoptr (AccIdentity) identity = acc_archive_sign_in (store, NULL, passphrase, &desk, NULL);

      tell ("key", began);
    }
}

static void
measure_sign_in (Desk *desk, const char *passphrase)
{
  GdkFrameClock *clock;
  Moment began;
  gboolean open = FALSE;

  desk_open_window (desk);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (desk->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_frame_begins), NULL);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_frame_ends), NULL);
  desk_type_passphrase (desk, passphrase);
  began = now ();
  desk_click (desk, "Sign in");
  desk_wait_for (desk, "letters", has_letters, NULL);
  wait_for_frame (desk);
  tell ("usable", began);
  frames_are = "reading";
  while (!has_all (desk, NULL) || !open)
    {
      g_main_context_iteration (NULL, TRUE);
      if (open || desk->window->opening != NULL || desk->window->draft == NULL)
        continue;
      open = TRUE;
      tell ("first", began);
    }
  frames_are = NULL;
  tell ("whole", began);
}

static void
measure_scrolling (Desk *desk)
{
  AccQueuePane *queue = get_queue (desk);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (queue->list));

  acc_queue_pane_set_chip (queue, ACC_CHIP_ALL);
  wait_for_frame (desk);
  frames_are = "scroll";
  for (guint i = 0; i < SCROLLS; i++)
    {
      double most = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
      double next = gtk_adjustment_get_value (adjustment) + (i % 10 == 9 ? most / 7 : 90);

      gtk_adjustment_set_value (adjustment, next < most ? next : 0);
      wait_for_frame (desk);
    }
  frames_are = NULL;
}

static void
measure_opening (Desk *desk)
{
  acc_queue_pane_set_chip (get_queue (desk), ACC_CHIP_WAITING);
  wait_for_frame (desk);
  for (guint i = 0; i < OPENS; i++)
    {
      Moment began = now ();

      if (!acc_queue_pane_step (get_queue (desk), 1))
        return;
      desk_wait_for (desk, "the letter", has_opened, acc_queue_pane_get_chosen (get_queue (desk)));
      wait_for_frame (desk);
      tell ("open", began);
    }
}

static gboolean
on_rested (gpointer rested)
{
  *(gboolean *) rested = TRUE;
  return G_SOURCE_REMOVE;
}

/* Nobody types a key a frame: pressed at once, the next key would wait until the frame clock begins another frame, 16.7 ms
 * after the last, and hide what the answer takes. As for the kiosk's keys, keypress.c. */
static void
rest (void)
{
  gboolean rested = FALSE;

  g_timeout_add ((guint) g_random_int_range (PAUSE_MIN, PAUSE_MAX), on_rested, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

/* As keys do it: setting the whole text would empty the entry first, and end the search each time. */
static void
type (Desk *desk, const char *whole)
{
  GtkEditable *search = GTK_EDITABLE (get_queue (desk)->search);

  gtk_editable_set_text (search, "");
  wait_for_frame (desk);
  for (const char *key = whole; *key != '\0'; key = g_utf8_next_char (key))
    {
      int position = (int) g_utf8_strlen (gtk_editable_get_text (search), -1);
      Moment began;

      rest ();
      began = now ();
      gtk_editable_insert_text (search, key, (int) (g_utf8_next_char (key) - key), &position);
      desk_wait_for (desk, "the answer", has_answer, NULL);
      wait_for_frame (desk);
      tell ("search", began);
    }
}

static void
measure_searching (Desk *desk)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123); /* as bench-make-letters: the same words */

  bench_words_init (rand);
  for (guint i = 0; i < QUESTIONS; i++)
    {
      g_autofree char *question = bench_words_write_question (rand);

      type (desk, question);
    }
}

int
main (int argc, char **argv)
{
  Desk desk = { 0 };

  if (argc != 3)
    {
      g_printerr ("bench-desk STORE PASSPHRASE\n");
      return 2;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  g_random_set_seed (1);
  gtk_init ();
  acc_desk_app_load_look (gdk_display_get_default ());
  measure_key (argv[1], argv[2]);
  desk.store = g_strdup (argv[1]);
  desk.session = acc_desk_session_new (desk.store);
  measure_sign_in (&desk, argv[2]);
  measure_scrolling (&desk);
  measure_opening (&desk);
  measure_searching (&desk);
  fflush (stdout);
  _Exit (0); /* what is left is the system's to free */
}
