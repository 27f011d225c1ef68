/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps that end, in the desk's real window, after whoever took them has gone: another banker is told nothing of them, and
 * none of them becomes that other's. */
#include "desk-support.h"

#include <string.h>

#include "archive/archive.h"
#include "desk/desk-app.h"
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
  g_test_add_func ("/desk-late/back", a_step_goes_on_for_whoever_comes_back);
  return g_test_run ();
}
