/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many clients at one kiosk: test-steady COUNT. Every other one sends a letter, the rest give up half-way. Prints, after
 * each eighth, what the process holds, in bytes, and what processor time a session took: "SESSIONS HEAP RESIDENT
 * DESCRIPTORS MICROSECONDS". */
#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

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

static gsize
get_resident (void)
{
  g_autofree char *statm = NULL;
  gsize pages = 0;

  g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL);
  g_assert_cmpint (sscanf (statm, "%*u %zu", &pages), ==, 1);
  return pages * (gsize) sysconf (_SC_PAGESIZE);
}

/* Prints how it stands after @sessions, @n of them since the last time. */
static void
tell (guint sessions, guint n)
{
  static gint64 last;
  gint64 now = turns_thread_time ();

  malloc_trim (0);
  g_print ("%u %zu %zu %u %" G_GINT64_FORMAT "\n", sessions, mallinfo2 ().uordblks, get_resident (),
           count_descriptors (), (now - last) / n);
  last = turns_thread_time ();
}

static gboolean
is_welcome (gpointer window)
{
  return acc_kiosk_window_get_step (window) == ACC_STEP_WELCOME;
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

int
main (int argc, char **argv)
{
  guint sessions;
  Kiosk kiosk;

  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (argc != 2)
    return 2;
  sessions = (guint) g_ascii_strtoull (argv[1], NULL, 10);

  kiosk_init (&kiosk);
  for (guint i = 1; i <= sessions; i++)
    {
      if (i % 2 == 0)
        send (&kiosk);
      else
        give_up (&kiosk);
      test_settle (kiosk.window);
      if (i % MAX (sessions / 8, 1) == 0)
        tell (i, MAX (sessions / 8, 1));
    }
  kiosk_clear (&kiosk);
  return 0;
}
