/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that end, in the desk's real window, after whoever took them has gone: another banker is told nothing of them, and
 * none of them becomes that other's. */
#include "desk-support.h"

#include <string.h>

#include "archive/archive.h"
#include "base/error.h"
#include "desk/desk-app.h"
#include "desk/desk-edition.h"
#include "desk/desk-session-private.h"
#include "desk/desk-window-private.h"
#include "support.h"
#include "window-support.h"

#define TAKE_OUT "Take words out…"

static gboolean
is_idle (Desk *desk, gconstpointer data)
{
  return !desk->window->busy && !desk->window->refreshing && desk->window->opening == NULL;
}

static gboolean
has_letter (Desk *desk, gconstpointer data)
{
  return desk->window->draft != NULL && desk->window->opening == NULL;
}

static void
open_letter (Desk *desk)
{
  desk_init (desk);
  g_free (desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL));
  desk_sign_in (desk, DESK_ANA);
  desk_wait_for (desk, "Approve and route", desk_offers, "Approve and route");
}

static void
sign_in_again (Desk *desk, const char *banker)
{
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
  desk_choose_banker (desk, banker);
  desk_type_passphrase (desk, DESK_PASSPHRASE);
  desk_click (desk, "Sign in");
  desk_wait_for (desk, "the letter", has_letter, NULL);
}

static void
assert_nothing_told (Desk *desk)
{
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (desk->window->toast_text)), ==, "");
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (desk->window->toast)));
  g_assert_null (desk->window->problem);
}

static void
a_step_that_ends_after_signing_out_is_not_told (void)
{
  g_auto (Desk) desk = { 0 };

  open_letter (&desk);
  desk_click (&desk, "Approve and route");
  g_assert_true (desk.window->busy);
  acc_desk_window_leave (desk.window);
  desk_wait_for (&desk, "its end", is_idle, NULL);
  assert_nothing_told (&desk);
}

static void
route (Desk *desk)
{
  desk_click (desk, "Approve and route");
}

static void
take_out (Desk *desk)
{
  GtkTextBuffer *story;
  GtkTextIter from, start, end;

  desk_click (desk, TAKE_OUT);
  story = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Select the words to take out")));
  gtk_text_buffer_get_start_iter (story, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, "on the line", 0, &start, &end, NULL));
  gtk_text_buffer_select_range (story, &start, &end);
  desk_click (desk, "_Mark these words");
  gtk_text_buffer_set_text (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Why"))), "It is private.", -1);
  desk_click (desk, "Take them out");
}

/* Both are written on the paper's thread first, which is held until Daniel has signed in. */
static void
a_step_of_somebody_else_is_neither_told_nor_done (void)
{
  static void (*const steps[]) (Desk *) = { route, take_out };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (Desk) desk = { 0 };
      g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
      const AccRecord *record;

      open_letter (&desk);
      desk_hold_paper (&desk, gate);
      steps[i] (&desk);
      g_assert_true (desk.window->busy);
      acc_desk_window_leave (desk.window);
      sign_in_again (&desk, DESK_DANIEL);
      g_async_queue_push (gate, gate);
      desk_wait_for (&desk, "its end", is_idle, NULL);
      assert_nothing_told (&desk);
      record = acc_desk_letter_get_record (acc_review_draft_get_letter (desk.window->draft));
      g_assert_cmpint (record->state, ==, ACC_STATE_WAITING);
      desk_wait_for (&desk, "Approve and route", desk_offers, "Approve and route");
    }
}

static gboolean
has_ended (Desk *desk, gconstpointer task)
{
  return g_task_get_completed ((GTask *) task);
}

static void
turn (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

/* Runs until @worker has done, and told, what it was given before. */
static void
pass_through (Desk *desk, AccWorker *worker)
{
  g_autoptr (GTask) task = g_task_new (desk->session, NULL, NULL, NULL);

  acc_worker_run (worker, task, turn);
  desk_wait_for (desk, "its turn", has_ended, task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer error)
{
  g_autoptr (GBytes) pdf = acc_desk_session_read_edition_finish (ACC_DESK_SESSION (source), result, error);

  g_assert_null (pdf);
}

static gboolean
has_error (Desk *desk, gconstpointer error)
{
  return *(GError *const *) error != NULL;
}

/* Large print is written on paper first, too. */
static void
large_print_is_kept_by_nobody_else (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  g_autoptr (GError) error = NULL, missing = NULL;
  g_autoptr (GBytes) kept = NULL;
  AccDeskLetter *letter;

  open_letter (&desk);
  desk_hold_paper (&desk, gate);
  letter = acc_review_draft_get_letter (desk.window->draft);
  acc_desk_session_read_edition_async (desk.session, letter, ACC_DOCUMENT_LARGE_PRINT, NULL, on_read, &error);
  pass_through (&desk, desk.session->store_worker);
  acc_desk_window_leave (desk.window);
  sign_in_again (&desk, DESK_DANIEL);
  g_async_queue_push (gate, gate);
  desk_wait_for (&desk, "its end", has_error, &error);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  letter = acc_review_draft_get_letter (desk.window->draft);
  kept = acc_documents_find_edition (desk.session->desk, acc_desk_letter_get_opened (letter), ACC_DOCUMENT_LARGE_PRINT,
                                     &missing);
  g_assert_null (kept);
  g_assert_error (missing, ACC_ERROR, ACC_ERROR_NOT_FOUND);
}

/* As after the lock: it is theirs, and they are told. */
static void
a_step_goes_on_for_whoever_comes_back (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();

  open_letter (&desk);
  desk_hold_paper (&desk, gate);
  route (&desk);
  acc_desk_window_leave (desk.window);
  sign_in_again (&desk, DESK_ANA);
  g_async_queue_push (gate, gate);
  desk_see (&desk, "Routed to 3 people");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-late/signed-out", a_step_that_ends_after_signing_out_is_not_told);
  g_test_add_func ("/desk-late/somebody-else", a_step_of_somebody_else_is_neither_told_nor_done);
  g_test_add_func ("/desk-late/large-print", large_print_is_kept_by_nobody_else);
  g_test_add_func ("/desk-late/back", a_step_goes_on_for_whoever_comes_back);
  return g_test_run ();
}
