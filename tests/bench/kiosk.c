/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/kiosk.h"

#include "base/file.h"
#include "kiosk/kiosk-app.h"
#include "kit/sheet.h"
#include "letter/letter-json.h"
#include "support.h"
#include "turns-support.h"
#include "window-support.h"

#define JSON_MAX (1024 * 1024)

typedef struct {
  gboolean (*shows) (gpointer data);
  gpointer data;
  gint64 seen, seen_processor;
} Watch;

AccLetter *
bench_kiosk_open (Kiosk *kiosk, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = acc_file_read (path, JSON_MAX, &error);
  AccLetter *letter = json != NULL ? acc_letter_from_json (json, &error) : NULL;
  g_autofree char *config = NULL, *config_path = NULL;

  g_assert_no_error (error);
  gtk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_kiosk_init ();
  *kiosk = (Kiosk){ .store_dir = make_branch (), .width = 1920, .height = 1080 };
  write_branch_key (kiosk->store_dir);
  config = g_strdup_printf ("[kiosk]\nlanguages=%s\n", acc_letter_get_fields (letter)->language);
  config_path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_file_set_contents (config_path, config, -1, &error);
  g_assert_no_error (error);
  open_kiosk (kiosk);
  return letter;
}

void
bench_say_who (Kiosk *kiosk, AccLetter *letter)
{
  const AccAddressee *to = &acc_letter_get_fields (letter)->to[0];

  act (kiosk, "letter.next");
  answer_and_go_on (kiosk, "name", to->name);
  answer_and_go_on (kiosk, "called", to->called);
  answer_and_go_on (kiosk, "department", to->department);
  tick (kiosk, "phone");
  act (kiosk, "letter.next");
  g_assert_cmpint (step_of (kiosk), ==, ACC_STEP_STORY);
}

static void
on_after_paint (GdkFrameClock *clock, Watch *watch)
{
  if (watch->seen != 0 || !watch->shows (watch->data))
    return;
  watch->seen = g_get_monotonic_time ();
  watch->seen_processor = turns_thread_time ();
}

static gboolean
is_seen (gpointer data)
{
  return ((Watch *) data)->seen != 0;
}

BenchSeen
bench_see (Kiosk *kiosk, void (*begin) (gpointer data), gboolean (*shows) (gpointer data), gpointer data)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (kiosk->window);
  Watch watch = { shows, data, 0, 0 };
  /* After GTK's own handlers: those paint. */
  gulong handler = g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint), &watch);
  gint64 began = g_get_monotonic_time (), began_processor = turns_thread_time ();

  begin (data);
  test_wait (is_seen, &watch);
  g_signal_handler_disconnect (clock, handler);
  return (BenchSeen){ watch.seen - began, watch.seen_processor - began_processor };
}

static gboolean
on_rested (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
bench_rest (guint milliseconds)
{
  gboolean rested = FALSE;

  g_timeout_add (milliseconds, on_rested, &rested);
  while (!rested)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct {
  AccSheet *sheet;
  AccPages *before; /* lent; never looked into */
  void (*strike) (gpointer data);
  gpointer data;
} Typing;

static void
strike_key (gpointer data)
{
  Typing *self = data;

  self->strike (self->data);
}

static gboolean
is_on_sheet (gpointer data)
{
  Typing *self = data;

  return acc_sheet_get_pages (self->sheet) != self->before;
}

static void
type_one (Kiosk *kiosk, Typing *typing)
{
  g_autoptr (AccPages) before = g_object_ref (acc_sheet_get_pages (typing->sheet));
  BenchSeen seen;

  typing->before = before;
  seen = bench_see (kiosk, strike_key, is_on_sheet, typing);
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", seen.time, seen.processor_time);
}

void
bench_type_story (Kiosk *kiosk, AccLetter *letter, guint count, gboolean (*ready) (gpointer data, const char *at),
                  void (*strike) (gpointer data), gpointer data)
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  const char *const parts[] = { fields->need, fields->act, fields->difference };
  Typing typing = { ACC_SHEET (test_find (kiosk->window, "sheet")), NULL, strike, data };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *at = parts[i];

      test_settle (kiosk->window);
      for (guint typed = 0; typed < count / 3; at = g_utf8_next_char (at))
        {
          if (*at == '\0')
            at = parts[i];
          if (!ready (data, at))
            continue;
          type_one (kiosk, &typing);
          typed++;
        }
      act (kiosk, "letter.next");
    }
}
