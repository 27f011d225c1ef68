/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that ends while its threads are at work, and one that never opens. */
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/station.h"
#include "support.h"
#include "window-support.h"

static gboolean
has_thread (const char *name)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while ((task = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", task, "comm", NULL);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL) && g_str_equal (g_strstrip (comm), name))
        return TRUE;
    }
  return FALSE;
}

static void
test_no_thread_outlives_a_kiosk_that_sets_a_letter (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  tell_story (&kiosk);
  thank_banker (&kiosk);
  sign_by_typing (&kiosk);
  act (&kiosk, "letter.next");
  g_assert_true (has_thread ("paper"));
  kiosk_clear (&kiosk);
  g_assert_false (has_thread ("paper"));
  g_assert_false (has_thread ("store"));
}

static void
on_opened (GObject *station, GAsyncResult *result, gpointer error)
{
  g_assert_false (acc_station_open_finish (ACC_STATION (station), result, error));
}

static gboolean
is_refused (gpointer error)
{
  return *(GError **) error != NULL;
}

/* Whoever asks, and however often. */
static void
test_a_station_that_cannot_open_never_says_that_it_has (void)
{
  g_autoptr (AccStation) station = acc_station_new ("/nonexistent");

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      acc_station_open_async (station, on_opened, &error);
      test_wait (is_refused, &error);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-end/no-thread-outlives-a-kiosk-that-sets-a-letter",
                   test_no_thread_outlives_a_kiosk_that_sets_a_letter);
  g_test_add_func ("/kiosk-end/a-station-that-cannot-open-never-says-that-it-has",
                   test_a_station_that_cannot_open_never_says_that_it_has);
  return g_test_run ();
}
