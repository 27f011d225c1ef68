/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff's page: how it is asked for, its code, and each thing that may be done there. */
#include <glib/gstdio.h>

#include "base/clock.h"
#include "base/worker.h"
#include "inbox/exit-code.h"
#include "inbox/inbox.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/locked.h"
#include "kiosk/self-check.h"
#include "memory-support.h"
#include "staff-support.h"
#include "support.h"
#include "window-support.h"

#define WRONG "11111111"
#define SLIP_KEY "slip.key"
#define HANGING 4 /* seconds; the check itself gives a printer that hangs one more */

static void
begin (Kiosk *kiosk)
{
  *kiosk = (Kiosk){ .store_dir = make_branch () };
  write_branch_key (kiosk->store_dir);
  add_code (kiosk->store_dir);
  open_kiosk (kiosk);
}

static void
test_five_taps_into_the_corner_ask_for_it (void)
{
  static const struct {
    double x, y;
    guint taps;
    const char *language;
    gboolean asks;
  } rows[] = {
    { 40, 40, 4, "English", FALSE },        { 40, 40, 5, "English", TRUE },
    { 1366 - 40, 40, 5, "English", FALSE }, { 1366 - 40, 40, 5, "العربية", TRUE },
    { 40, 300, 5, "English", FALSE },       { 40, 40, 5, "العربية", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Kiosk kiosk;

      begin (&kiosk);
      g_signal_emit_by_name (test_find_button (kiosk.window, rows[i].language), "clicked");
      test_settle (kiosk.window);
      for (guint tap = 0; tap < rows[i].taps; tap++)
        test_click (kiosk.window, rows[i].x, rows[i].y);
      g_assert_cmpint (find_staff (kiosk.window) != NULL, ==, rows[i].asks);
      kiosk_clear (&kiosk);
    }
}

static void
test_a_chord_asks_for_it_and_escape_leaves (void)
{
  Kiosk kiosk;

  begin (&kiosk);
  acc_locked_window (GTK_WINDOW (kiosk.window));
  test_key (kiosk.window, "ctrl+alt+shift+e");
  g_assert_nonnull (find_staff (kiosk.window));
  test_key (kiosk.window, "Escape");
  g_assert_null (find_staff (kiosk.window));
  kiosk_clear (&kiosk);
}

static void
test_a_wrong_code_opens_nothing (void)
{
  Kiosk kiosk;

  begin (&kiosk);
  ask_for_staff (&kiosk);
  for (guint i = 0; i < 5; i++)
    {
      type_code (&kiosk, WRONG);
      test_wait (is_refused, kiosk.window);
      g_assert_false (is_open (kiosk.window));
      g_assert_false (gtk_widget_is_sensitive (test_find (kiosk.window, "restart_button")));
    }
  g_assert_true (test_shows_text (kiosk.window, "5 seconds"));
  type_code (&kiosk, STAFF_CODE);
  test_wait (is_refused, kiosk.window);
  g_assert_false (is_open (kiosk.window));
  kiosk_clear (&kiosk);
}

static void
test_a_code_is_typed_with_keys_and_only_digits_count (void)
{
  GtkEditable *code;
  Kiosk kiosk;

  begin (&kiosk);
  ask_for_staff (&kiosk);
  code = GTK_EDITABLE (test_find (kiosk.window, "exit_code"));
  test_key (kiosk.window, "2");
  test_key (kiosk.window, "a");
  test_key (kiosk.window, "0");
  g_assert_cmpstr (gtk_editable_get_text (code), ==, "20");
  g_assert_false (gtk_widget_is_sensitive (test_find (kiosk.window, "enter_code")));
  press (&kiosk, "delete_digit");
  press (&kiosk, "delete_digit");
  for (const char *digit = STAFF_CODE; *digit != '\0'; digit++)
    {
      const char key[] = { *digit, '\0' };

      test_key (kiosk.window, key);
    }
  test_key (kiosk.window, "Return");
  test_wait (is_checked, kiosk.window);
  kiosk_clear (&kiosk);
}

static void
test_the_clients_letter_is_untouched_behind_it (void)
{
  Kiosk kiosk;

  begin (&kiosk);
  say_who (&kiosk);
  open_staff (&kiosk);
  press (&kiosk, "leave_button");
  g_assert_null (find_staff (kiosk.window));
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_STORY);
  g_assert_true (gtk_widget_get_mapped (page_of (&kiosk)));
  g_assert_cmpstr (acc_form_get_text (form_of (&kiosk), ACC_FIELD_TO_NAME, 0), ==, "Wilhelmina Quist");
  kiosk_clear (&kiosk);
}

static gboolean
is_out_of_service (gpointer window)
{
  return acc_kiosk_window_get_page (window) == NULL;
}

static gboolean
is_in_service (gpointer window)
{
  return acc_kiosk_window_get_page (window) != NULL;
}

static void
answer_yes (Kiosk *kiosk)
{
  press (kiosk, "yes_button");
}

static void
test_a_closed_kiosk_stays_closed_over_a_restart_until_staff_open_it (void)
{
  Kiosk kiosk;

  begin (&kiosk);
  say_who (&kiosk);
  open_staff (&kiosk);
  press (&kiosk, "close_button");
  answer_yes (&kiosk);
  test_wait (is_out_of_service, kiosk.window);
  test_wait (is_checked, kiosk.window);
  assert_nothing_left (&kiosk);

  gtk_window_destroy (GTK_WINDOW (kiosk.window));
  open_kiosk (&kiosk);
  g_assert_true (is_out_of_service (kiosk.window));
  g_assert_true (test_shows_text (kiosk.window, "Staff have put this kiosk out of service"));

  open_staff (&kiosk);
  press (&kiosk, "open_button");
  test_wait (is_in_service, kiosk.window);
  test_wait (is_checked, kiosk.window);
  kiosk_clear (&kiosk);
}

static void
on_ending (GtkWidget *window, int status, int *told)
{
  *told = status;
}

static gboolean
is_told (gpointer told)
{
  return *(int *) told != -1;
}

static void
test_staff_end_it_with_the_status_that_its_session_knows (void)
{
  static const struct {
    const char *button;
    int status;
  } rows[] = { { "restart_button", 0 }, { "shut_down_button", 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int told = -1;
      Kiosk kiosk;

      begin (&kiosk);
      say_who (&kiosk);
      g_signal_connect (kiosk.window, "ending", G_CALLBACK (on_ending), &told);
      open_staff (&kiosk);
      press (&kiosk, rows[i].button);
      press (&kiosk, "no_button");
      test_settle (kiosk.window);
      g_assert_cmpint (told, ==, -1);
      press (&kiosk, rows[i].button);
      answer_yes (&kiosk);
      test_wait (is_told, &told);
      g_assert_cmpint (told, ==, rows[i].status);
      assert_nothing_left (&kiosk);
      kiosk_clear (&kiosk);
    }
}

/* ---- the self-check ---- */

static void
remove_file (const char *store_dir, const char *name)
{
  g_autofree char *path = g_build_filename (store_dir, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
spoil_settings (const char *store_dir)
{
  g_autofree char *path = g_build_filename (store_dir, "accolade.conf", NULL);

  g_assert_true (g_file_set_contents (path, "[kiosk]\nid=a b\n", -1, NULL));
}

static void
spoil_inbox (const char *store_dir)
{
  g_autofree char *path = acc_inbox_path (store_dir);

  g_assert_true (g_file_set_contents (path, "this is no store", -1, NULL));
}

static void
spoil_key (const char *store_dir)
{
  remove_file (store_dir, "branch.pub");
}

static void
spoil_letterhead (const char *store_dir)
{
  g_autofree char *path = g_build_filename (store_dir, "accolade.conf", NULL);

  g_assert_true (g_file_set_contents (path, "[branch]\nletterhead=/nonexistent\n", -1, NULL));
}

static void
spoil_slip_key (const char *store_dir)
{
  g_autofree char *path = g_build_filename (store_dir, SLIP_KEY, NULL);

  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
}

/* One that no print service knows, or that no print service is there to know. */
static void
spoil_printer (const char *store_dir)
{
  g_autofree char *path = g_build_filename (store_dir, "accolade.conf", NULL);

  g_assert_true (g_file_set_contents (path, "[kiosk]\nreceipt_printer=nowhere\n", -1, NULL));
}

static void
name_handover (const char *store_dir, const char *folder)
{
  g_autofree char *path = g_build_filename (store_dir, "accolade.conf", NULL);
  g_autofree char *conf = g_strdup_printf ("[kiosk]\nhandover=%s\n", folder);

  g_assert_true (g_file_set_contents (path, conf, -1, NULL));
}

static void
spoil_handover (const char *store_dir)
{
  name_handover (store_dir, "/nonexistent");
}

/* A print service that takes whoever comes and never says a word. */
static GSocket *
listen_in_silence (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autofree char *server = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  server = g_strdup_printf ("127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_setenv ("CUPS_SERVER", server, TRUE);
  return socket;
}

static gboolean
is_called (gpointer socket)
{
  return g_socket_condition_check (socket, G_IO_IN) != 0;
}

/* Whoever ends the kiosk while it asks a printer that hangs is not made to wait for it. */
static void
test_the_end_waits_for_no_printer (void)
{
  g_autoptr (GSocket) silent = listen_in_silence ();
  gint64 began;
  Kiosk kiosk;

  begin (&kiosk);
  spoil_printer (kiosk.store_dir);
  g_assert_true (acc_exit_code_set (kiosk.store_dir, STAFF_CODE, NULL));
  ask_for_staff (&kiosk);
  type_code (&kiosk, STAFF_CODE);
  test_wait (is_called, silent);
  began = acc_clock_boot ();
  acc_worker_end_all ();
  g_assert_cmpint (acc_clock_boot () - began, <, HANGING * G_USEC_PER_SEC);
  kiosk_clear (&kiosk);
}

static void
spoil_nothing (const char *store_dir)
{
}

static void
test_the_self_check_names_what_is_wrong_and_nothing_else (void)
{
  static const struct {
    void (*spoil) (const char *store_dir);
    const char *what; /* NULL: nothing is wrong */
  } rows[] = {
    { spoil_nothing, NULL },
    { spoil_settings, "Settings" },
    { spoil_inbox, "The letters’ box can be written" },
    { spoil_key, "The branch’s key" },
    { spoil_slip_key, "The key of the slips" },
    { spoil_letterhead, "Letterhead" },
    { spoil_printer, "Receipt printer" },
    { spoil_handover, "Prepared letters" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char *store_dir = make_branch ();
      g_autoptr (GPtrArray) results = NULL;

      write_branch_key (store_dir);
      add_code (store_dir);
      rows[i].spoil (store_dir);
      results = acc_self_check_run (store_dir, NULL);
      g_assert_cmpuint (results->len, >=, 8);
      for (guint j = 0; j < results->len; j++)
        {
          const AccSelfCheckResult *result = g_ptr_array_index (results, j);

          if ((result->wrong != NULL) != (g_strcmp0 (result->what, rows[i].what) == 0))
            g_error ("%s: %s", result->what, result->wrong != NULL ? result->wrong : "nothing wrong");
        }
      test_folder_free (store_dir);
    }
}

static void
test_the_self_check_finds_a_folder_of_the_desk_well (void)
{
  char *store_dir = make_branch ();
  g_autoptr (GPtrArray) results = NULL;
  const AccSelfCheckResult *last;
  Memory memory;

  memory_set_up_shared (&memory, NULL);
  name_handover (store_dir, memory.path);
  results = acc_self_check_run (store_dir, NULL);
  last = g_ptr_array_index (results, results->len - 1);
  g_assert_cmpstr (last->what, ==, "Prepared letters");
  g_assert_null (last->wrong);
  memory_tear_down (&memory, NULL);
  test_folder_free (store_dir);
}

/* At the welcome, before anybody has written a word. */
static void
test_a_key_that_goes_away_is_told_before_the_next_client (void)
{
  Kiosk kiosk;

  begin (&kiosk);
  spoil_key (kiosk.store_dir);
  test_wait (is_out_of_service, kiosk.window);
  g_assert_true (test_shows_text (kiosk.window, "branch.pub"));
  write_branch_key (kiosk.store_dir);
  test_wait (is_in_service, kiosk.window);
  kiosk_clear (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-staff/five-taps-into-the-corner-ask-for-it", test_five_taps_into_the_corner_ask_for_it);
  g_test_add_func ("/kiosk-staff/a-chord-asks-for-it-and-escape-leaves", test_a_chord_asks_for_it_and_escape_leaves);
  g_test_add_func ("/kiosk-staff/a-wrong-code-opens-nothing", test_a_wrong_code_opens_nothing);
  g_test_add_func ("/kiosk-staff/a-code-is-typed-with-keys-and-only-digits-count",
                   test_a_code_is_typed_with_keys_and_only_digits_count);
  g_test_add_func ("/kiosk-staff/the-clients-letter-is-untouched-behind-it",
                   test_the_clients_letter_is_untouched_behind_it);
  g_test_add_func ("/kiosk-staff/a-closed-kiosk-stays-closed-over-a-restart-until-staff-open-it",
                   test_a_closed_kiosk_stays_closed_over_a_restart_until_staff_open_it);
  g_test_add_func ("/kiosk-staff/staff-end-it-with-the-status-that-its-session-knows",
                   test_staff_end_it_with_the_status_that_its_session_knows);
  g_test_add_func ("/kiosk-staff/the-self-check-names-what-is-wrong-and-nothing-else",
                   test_the_self_check_names_what_is_wrong_and_nothing_else);
  g_test_add_func ("/kiosk-staff/the-self-check-finds-a-folder-of-the-desk-well",
                   test_the_self_check_finds_a_folder_of_the_desk_well);
  g_test_add_func ("/kiosk-staff/a-key-that-goes-away-is-told-before-the-next-client",
                   test_a_key_that_goes_away_is_told_before_the_next_client);
  g_test_add_func ("/kiosk-staff/the-end-waits-for-no-printer", test_the_end_waits_for_no_printer);
  return g_test_run ();
}
