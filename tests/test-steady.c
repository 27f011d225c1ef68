/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many clients at one kiosk: test-steady kiosk COUNT. Every other one, the first too, sends a letter, the rest give up
 * half-way. Or many sessions at one desk: test-steady desk COUNT. A banker signs in, reads, decides or routes, and signs
 * out. Prints, after each eighth or as many sessions as a third argument says, what the process holds, in bytes, and what
 * processor time a session took: "SESSIONS HEAP RESIDENT DESCRIPTORS MICROSECONDS OWN"; the last is what of the resident
 * memory is no file's and not shared with the X server. */
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "desk-support.h"
#include "desk/desk-app.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "support.h"
#include "turns-support.h"
#include "window-support.h"

static guint
count_descriptors (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
find_resident (gsize *resident, gsize *shared)
{
  g_autofree char *statm = NULL;
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);

  g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL);
  g_assert_cmpint (sscanf (statm, "%*u %zu %zu", resident, shared), ==, 2);
  *resident *= page;
  *shared *= page;
}

/* Prints how it stands after @sessions, @n of them since the last time. */
static void
tell (guint sessions, guint n)
{
  static gint64 last;
  gint64 now = turns_thread_time ();
  gsize resident, shared;

  malloc_trim (0);
  find_resident (&resident, &shared);
  g_print ("%u %zu %zu %u %" G_GINT64_FORMAT " %zu\n", sessions, mallinfo2 ().uordblks, resident, count_descriptors (),
           (now - last) / n, resident - shared);
  last = turns_thread_time ();
}

static gboolean
is_welcome (gpointer window)
{
  return acc_letter_page_get_step (acc_kiosk_window_get_page (window)) == ACC_STEP_WELCOME;
}

static void
send (Kiosk *kiosk)
{
  write_letter (kiosk);
  act (kiosk, "letter.send");
  test_wait (is_sent, kiosk->window);
  act (kiosk, "letter.finish");
}

static void
give_up (Kiosk *kiosk)
{
  GtkWidget *yes;

  say_who (kiosk);
  tell_story (kiosk);
  act (kiosk, "letter.start-again");
  yes = test_find (kiosk->window, "yes_button");
  g_signal_emit_by_name (yes, "clicked");
  test_wait (is_welcome, kiosk->window);
}

/* With large type the story is typed into a field, else on the sheet. */
static void
set_large_type (gboolean large)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (large ? 192 : 96) * PANGO_SCALE, NULL);
}

static void
serve (guint sessions, guint each)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  for (guint i = 1; i <= sessions; i++)
    {
      set_large_type (i % 4 < 2);
      if (i % 2 == 1)
        send (&kiosk);
      else
        give_up (&kiosk);
      test_settle (kiosk.window);
      if (i % each == 0)
        tell (i, each);
    }
  kiosk_clear (&kiosk);
}

static void
give_back (Desk *desk)
{
  desk_click (desk, "Work on this");
  desk_click (desk, "Give back");
  desk_wait_for (desk, "Work on this", desk_offers, "Work on this");
}

static void
decline (Desk *desk)
{
  GtkWidget *words;

  desk_click (desk, "Decline…");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (desk, GTK_TYPE_DROP_DOWN, "Reason")), 1);
  words = desk_find (desk, GTK_TYPE_TEXT_VIEW, "In your words");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (words)), "A trial.", -1);
  desk_click (desk, "Decline");
  desk_wait_for (desk, "Next letter", desk_offers, "Next letter");
}

static void
route (Desk *desk)
{
  desk_click (desk, "Approve and route");
  desk_wait_for (desk, "Next letter", desk_offers, "Next letter");
}

/* A letter comes before each first and third session, so that there is one to read in all of them. */
static void (*const deeds[]) (Desk *desk) = { give_back, decline, give_back, route };

static void
decide (Desk *desk, guint session)
{
  desk_choose_banker (desk, DESK_ANA);
  desk_type_passphrase (desk, DESK_PASSPHRASE);
  desk_click (desk, "Sign in");
  desk_wait_for (desk, "Approve and route", desk_offers, "Approve and route");
  deeds[session % G_N_ELEMENTS (deeds)](desk);
  desk_click (desk, "Sign out");
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
}

static void
work (guint sessions, guint each)
{
  Desk desk = { 0 };

  desk_init (&desk);
  desk_open_window (&desk);
  for (guint i = 0; i < sessions; i++)
    {
      if (i % 2 == 0)
        g_free (desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL));
      decide (&desk, i);
      test_settle (GTK_WIDGET (desk.window));
      if ((i + 1) % each == 0)
        tell (i + 1, each);
    }
  desk_clear (&desk);
}

int
main (int argc, char **argv)
{
  guint sessions, each;

  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (argc != 3 && argc != 4)
    return 2;
  sessions = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  each = argc == 4 ? (guint) g_ascii_strtoull (argv[3], NULL, 10) : sessions / 8;
  if (g_str_equal (argv[1], "desk"))
    {
      acc_desk_app_load_look (gdk_display_get_default ());
      work (sessions, MAX (each, 1));
    }
  else
    {
      acc_kiosk_init ();
      serve (sessions, MAX (each, 1));
    }
  return 0;
}
