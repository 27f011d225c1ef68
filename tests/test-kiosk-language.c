/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client who reads another language than the branch. */
#include "base/language.h"
#include "base/memory-file.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "letter/draft.h"
#include "support.h"
#include "window-support.h"

#include <glib/gstdio.h>
#include <unistd.h>

static void
speak (Kiosk *kiosk, const char *name)
{
  GtkWidget *button = test_find_button (kiosk->window, name);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  test_settle (kiosk->window);
}

/* A kiosk whose accolade.conf has @lines more. */
static void
open_with (Kiosk *kiosk, const char *lines)
{
  g_autofree char *path = NULL;

  *kiosk = (Kiosk){ 0 };
  kiosk->store_dir = make_branch ();
  write_branch_key (kiosk->store_dir);
  path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_assert_true (g_file_set_contents (path, lines, -1, NULL));
  open_kiosk (kiosk);
}

static const char *
language_of (Kiosk *kiosk)
{
  return acc_form_get_fields (form_of (kiosk))->language;
}

/* The welcome in each language, and which way it runs. */
static const struct {
  const char *name, *tag, *begin;
  GtkTextDirection direction;
} rows[] = {
  { "Español", "es", "Escribir una carta", GTK_TEXT_DIR_LTR },    { "Français", "fr", "Écrire une lettre", GTK_TEXT_DIR_LTR },
  { "Deutsch", "de", "Einen Brief schreiben", GTK_TEXT_DIR_LTR }, { "Polski", "pl", "Napisz list", GTK_TEXT_DIR_LTR },
  { "العربية", "ar", "كتابة رسالة", GTK_TEXT_DIR_RTL },              { "English", "en", "Write a letter", GTK_TEXT_DIR_LTR },
};

static void
each_language_changes_everything_at_once (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      speak (&kiosk, rows[i].name);
      g_assert_nonnull (test_find_button (kiosk.window, rows[i].begin));
      g_assert_cmpint (gtk_widget_get_direction (page_of (&kiosk)), ==, rows[i].direction);
      g_assert_cmpstr (language_of (&kiosk), ==, rows[i].tag);
      gtk_test_accessible_assert_state (GTK_ACCESSIBLE (test_find_button (kiosk.window, rows[i].name)),
                                        GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
    }
  kiosk_clear (&kiosk);
}

static void
the_next_client_begins_in_the_branch_s_language (void)
{
  Kiosk kiosk;

  open_with (&kiosk, "[kiosk]\nlanguages=pl;es\n");
  g_assert_nonnull (test_find_button (kiosk.window, "Napisz list"));
  g_assert_null (test_find_button (kiosk.window, "Deutsch"));
  speak (&kiosk, "Español");
  write_letter (&kiosk);
  g_assert_cmpstr (language_of (&kiosk), ==, "es");
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  g_assert_true (test_shows_text (kiosk.window, "Su carta se ha enviado"));
  act (&kiosk, "letter.finish");
  g_assert_nonnull (test_find_button (kiosk.window, "Napisz list"));
  g_assert_cmpstr (language_of (&kiosk), ==, "pl");
  kiosk_clear (&kiosk);
}

static void
what_was_written_stays_when_the_language_changes (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  act (&kiosk, "letter.next");
  answer_and_go_on (&kiosk, "name", "Wilhelmina Quist");
  while (step_of (&kiosk) != ACC_STEP_WELCOME)
    act (&kiosk, "letter.back");
  speak (&kiosk, "Deutsch");
  act (&kiosk, "letter.next");
  g_assert_true (test_shows_text (page_of (&kiosk), "Wilhelmina Quist"));
  g_assert_true (test_shows_text (page_of (&kiosk), "Wer hat Ihnen geholfen?"));
  kiosk_clear (&kiosk);
}

/* What the client writes need not be in the interface's language; the letter says which it is, and is worded so. */
static void
a_letter_in_another_language_is_asked_about (void)
{
  GtkWidget *spanish;
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  answer_and_go_on (&kiosk, "need", "Mi tarjeta fue bloqueada un viernes por la tarde, y tenía que pagar el hotel.");
  answer_and_go_on (&kiosk, "act", "Ella revisó todos los movimientos con mucha paciencia.");
  answer_and_go_on (&kiosk, "difference", "La tarjeta volvió a funcionar esa misma noche.");
  thank_banker (&kiosk);
  sign_by_typing (&kiosk);
  while (step_of (&kiosk) != ACC_STEP_READ)
    act (&kiosk, "letter.next");
  test_wait (can_send, kiosk.window);
  g_assert_cmpstr (language_of (&kiosk), ==, "en");
  g_assert_true (gtk_widget_get_visible (test_find (page_of (&kiosk), "language")));
  spanish = gtk_widget_get_next_sibling (gtk_widget_get_first_child (test_find (page_of (&kiosk), "languages")));
  g_assert_cmpstr (gtk_check_button_get_label (GTK_CHECK_BUTTON (spanish)), ==, "Español");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (spanish), TRUE);
  g_assert_cmpstr (language_of (&kiosk), ==, "es");
  test_wait (can_send, kiosk.window);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  kiosk_clear (&kiosk);
}

static void
a_letter_in_the_language_that_it_says_is_not_asked_about (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  g_assert_false (gtk_widget_get_visible (test_find (page_of (&kiosk), "language")));
  kiosk_clear (&kiosk);
}

#define ADDRESSEE "Wilhelmina Quist"

/* What a crash leaves of a letter that was begun in the language @tag. */
static void
leave_draft (const char *memory, const char *store_dir, const char *tag)
{
  g_autoptr (AccForm) empty = acc_form_new (tag, ACC_PAPER_A4);
  g_autoptr (AccForm) form = acc_form_with_text (empty, ACC_FIELD_TO_NAME, 0, ADDRESSEE);
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autofree char *name = acc_memory_file_name ("draft", store_dir);
  g_autoptr (GError) error = NULL;
  int folder = acc_memory_folder_open (memory, &error);

  g_assert_no_error (error);
  g_assert_true (acc_memory_file_write (folder, name, bytes, &error));
  close (folder);
}

/* Which language the kiosk speaks to whoever comes back to it. */
static const struct {
  const char *begun, *speaks, *offer, *next, *question;
  GtkTextDirection direction;
} drafts[] = {
  { "ar", "ar", "رسالة لم تكتمل", "التالي", "مَن ساعدك؟", GTK_TEXT_DIR_RTL },
  { "de", "de", "Ein Brief wurde nicht fertig geschrieben", "Weiter", "Wer hat Ihnen geholfen?", GTK_TEXT_DIR_LTR },
  { "en", "en", "Somebody’s letter was not finished", "Next", "Who helped you?", GTK_TEXT_DIR_LTR },
  /* A letter can be in more languages than the kiosk speaks: then it is the branch's own. */
  { "ja", "pl", "Czyjś list nie został dokończony", "Dalej", "Kto pomógł?", GTK_TEXT_DIR_LTR },
};

static void
a_letter_that_was_left_is_taken_up_in_its_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autofree char *memory = g_strdup ("/dev/shm/accolade-language-XXXXXX");
      g_autofree char *lines = NULL, *path = NULL;
      Kiosk kiosk = { .store_dir = make_branch () };

      g_assert_nonnull (g_mkdtemp (memory));
      lines = g_strdup_printf ("[kiosk]\nlanguages=pl;en;de;ar\ndrafts=%s\n", memory);
      path = g_build_filename (kiosk.store_dir, "accolade.conf", NULL);
      write_branch_key (kiosk.store_dir);
      g_assert_true (g_file_set_contents (path, lines, -1, NULL));
      leave_draft (memory, kiosk.store_dir, drafts[i].begun);
      open_kiosk (&kiosk);
      g_assert_true (test_shows_text (kiosk.window, drafts[i].offer));
      acc_answer_set_text (ACC_ANSWER (test_find (kiosk.window, "name")), ADDRESSEE);
      gtk_widget_activate_action (test_find (kiosk.window, "name"), "draft.open", NULL);
      test_settle (kiosk.window);
      g_assert_cmpstr (acc_language_get (), ==, drafts[i].speaks);
      g_assert_cmpstr (language_of (&kiosk), ==, drafts[i].begun);
      g_assert_true (test_shows_text (page_of (&kiosk), drafts[i].question));
      g_assert_nonnull (test_find_button (kiosk.window, drafts[i].next));
      g_assert_cmpint (gtk_widget_get_direction (page_of (&kiosk)), ==, drafts[i].direction);
      kiosk_clear (&kiosk);
      g_rmdir (memory);
    }
}

static void
a_branch_of_one_language_offers_no_choice (void)
{
  Kiosk kiosk;

  open_with (&kiosk, "[kiosk]\nlanguages=fr\n");
  g_assert_nonnull (test_find_button (kiosk.window, "Écrire une lettre"));
  g_assert_null (test_find_button (kiosk.window, "Français"));
  kiosk_clear (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init (); /* GTK's tests are in the locale C, where nothing is translated */
  acc_kiosk_init ();
  g_test_add_func ("/kiosk-language/each-changes-everything-at-once", each_language_changes_everything_at_once);
  g_test_add_func ("/kiosk-language/the-next-client-begins-in-the-branch-s",
                   the_next_client_begins_in_the_branch_s_language);
  g_test_add_func ("/kiosk-language/what-was-written-stays", what_was_written_stays_when_the_language_changes);
  g_test_add_func ("/kiosk-language/a-branch-of-one-offers-no-choice", a_branch_of_one_language_offers_no_choice);
  g_test_add_func ("/kiosk-language/a-letter-that-was-left-is-taken-up-in-its-own",
                   a_letter_that_was_left_is_taken_up_in_its_language);
  g_test_add_func ("/kiosk-language/a-letter-in-another-is-asked-about", a_letter_in_another_language_is_asked_about);
  g_test_add_func ("/kiosk-language/a-letter-in-its-own-is-not", a_letter_in_the_language_that_it_says_is_not_asked_about);
  return g_test_run ();
}
