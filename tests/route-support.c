/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route-support.h"
#include "support.h"

#include "archive/setup.h"
#include "base/clock.h"
#include "base/file.h"
#include "inbox/slip-code.h"
#include "inbox/submit.h"
#include "review/decision.h"
#include "review/intake.h"
#include "route/cover.h"
#include "staff/directory-table.h"
#include "staff/staff-csv.h"
#include "vault/bankers.h"

#include <string.h>

#define PASSPHRASE "a passphrase for tests"

void
route_freeze_clock (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 21, 10, 42, 0);

  acc_clock_freeze (g_date_time_to_unix (now) * G_USEC_PER_SEC, G_USEC_PER_SEC);
}

AccDirectory *
route_directory_new (const char *rows)
{
  g_auto (GStrv) people = g_strsplit (rows, "|", -1);
  g_autoptr (GString) text = g_string_new ("id,name,email,department,supervisor_id,since,until\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) csv = NULL;
  AccDirectory *directory;

  for (guint i = 0; people[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (people[i], ",", 2);
      g_autofree char *local = g_ascii_strdown (columns[0], -1);

      g_string_append_printf (text, "%s,Person %s,%s@harbourvale.example,%s\n", columns[0], columns[0], local,
                              columns[1]);
    }
  csv = g_bytes_new (text->str, text->len);
  directory = acc_staff_csv_read (csv, &error);
  g_assert_no_error (error);
  return directory;
}

static void
set (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static const char *client_contact = "";

void
route_set_contact (const char *contact)
{
  client_contact = contact;
}

void
route_letter_fields (AccLetterFields *fields, gboolean two)
{
  static const char *const names[] = { "Jessica Okafor", "Thomas Reed" };

  acc_letter_fields_init (fields);
  fields->n_to = two ? 2 : 1;
  for (guint i = 0; i < fields->n_to; i++)
    {
      set (&fields->to[i].name, names[i]);
      set (&fields->to[i].called, "canary called");
      set (&fields->to[i].department, "canary department");
      fields->to[i].reached = ACC_REACHED_PHONE;
    }
  set (&fields->need, "A canary need.");
  set (&fields->act, "A canary act.");
  set (&fields->from[0].name, "canary client");
  fields->from[0].signature = acc_signature_new_typed ("canary client");
  fields->consent_file = TRUE;
  set (&fields->consent_contact, client_contact);
  set (&fields->served_on, "2026-11-20");
  set (&fields->date, "2026-11-21");
}

AccLetter *
route_letter_new (gboolean two)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  route_letter_fields (&fields, two);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

AccLetterhead *
route_letterhead (void)
{
  g_autoptr (GError) error = NULL;
  AccLetterhead *letterhead = acc_letterhead_load_named ("harbour-vale", &error);

  g_assert_no_error (error);
  return letterhead;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
route_list_folder (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (GStrv)names->pdata);
}

void
route_session_open (RouteSession *session, const RouteBranch *branch)
{
  g_autoptr (GError) error = NULL;

  session->identity = acc_archive_sign_in (branch->store_dir, ROUTE_BANKER, PASSPHRASE, &session->desk, &error);
  g_assert_no_error (error);
  session->letter = acc_opened_letter_new (session->desk, session->identity, ROUTE_NUMBER, &error);
  g_assert_no_error (error);
}

void
route_session_close (RouteSession *session)
{
  g_clear_object (&session->letter);
  g_clear_object (&session->identity);
  g_clear_object (&session->desk);
}

static gboolean
link_banker (AccStore *desk, gpointer data, GError **error)
{
  return acc_bankers_link (desk, ROUTE_BANKER, "B", error);
}

static void
submit_letter (AccStore *inbox, const char *store_dir, AccLetter *letter)
{
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  g_autofree char *key_path = acc_inbox_branch_key_path (store_dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccBranchKey) key = acc_branch_key_load (key_path, &error);
  g_autoptr (AccReadyLetter) ready = NULL;
  g_autoptr (GBytes) slip_key = NULL;

  g_assert_no_error (error);
  ready = acc_ready_letter_new (letter, ROUTE_NUMBER, letterhead, "Market Street", &error);
  g_assert_no_error (error);
  slip_key = acc_slip_key_load (store_dir, &error);
  g_assert_no_error (error);
  acc_ready_letter_add_slip (ready, slip_key);
  acc_submit (inbox, key, "1", ready, &error);
  g_assert_no_error (error);
}

static void
take_in (AccStore *desk, AccStore *inbox, AccIdentity *identity)
{
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  const AccIntakePlace place = { desk, inbox, identity, letterhead, "Market Street" };
  AccIntake intake = { 0 };
  g_autoptr (GError) error = NULL;

  do
    {
      acc_intake (&place, &intake, &error);
      g_assert_no_error (error);
    }
  while (intake.unfinished);
}

static void
fill_stores (const RouteBranch *branch, AccLetter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (branch->store_dir, ACC_STORE_WRITE, &error);
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_archive_sign_in (branch->store_dir, ROUTE_BANKER, PASSPHRASE, &desk, &error);
  g_autoptr (AccDirectory) directory = route_directory_new (ROUTE_STAFF);

  g_assert_no_error (error);
  submit_letter (inbox, branch->store_dir, letter);
  take_in (desk, inbox, identity);
  acc_directory_table_save (desk, inbox, identity, directory, &error);
  g_assert_no_error (error);
  acc_store_transact (desk, link_banker, NULL, &error);
  g_assert_no_error (error);
}

void
route_branch_decide (const RouteBranch *branch, const AccMove *moves, guint n_moves)
{
  RouteSession session = { NULL };
  g_autoptr (GError) error = NULL;

  route_session_open (&session, branch);
  for (guint i = 0; i < n_moves; i++)
    {
      acc_decide (session.desk, session.identity, session.letter, moves[i], ACC_NAMED_NOT, NULL, &error);
      g_assert_no_error (error);
    }
  route_session_close (&session);
}

void
route_branch_set_up (RouteBranch *branch, gboolean two)
{
  g_autoptr (AccLetter) letter = route_letter_new (two);

  route_branch_set_up_with (branch, letter);
}

void
route_branch_set_up_with (RouteBranch *branch, AccLetter *letter)
{
  g_autofree char *recovery = NULL;
  g_autoptr (GError) error = NULL;

  branch->folder = test_folder_new ();
  branch->store_dir = g_build_filename (branch->folder, "store", NULL);
  branch->outbox = g_build_filename (branch->folder, "a", "outbox", NULL);
  acc_archive_set_up (branch->store_dir, "Market Street", ROUTE_BANKER, PASSPHRASE, &recovery, &error);
  g_assert_no_error (error);
  fill_stores (branch, letter);
}

void
route_branch_set_up_approved (RouteBranch *branch, gboolean two)
{
  route_branch_set_up (branch, two);
  route_branch_decide (branch, (const AccMove[]){ ACC_MOVE_CLAIM, ACC_MOVE_APPROVE }, 2);
}

void
route_branch_remove (RouteBranch *branch)
{
  test_folder_free (branch->folder);
  g_free (branch->store_dir);
  g_free (branch->outbox);
}

AccPlan *
route_plan_of (const RouteSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = acc_directory_table_load (session->desk, session->identity, NULL, &error);
  const AccPerson *employees[] = { NULL, NULL };

  g_assert_no_error (error);
  employees[0] = acc_directory_find_id (directory, "J");
  employees[1] = acc_directory_find_id (directory, "T");
  return acc_plan_new (acc_opened_letter_get_letter (session->letter), directory, employees,
                       acc_identity_get_banker (session->identity));
}

static void
clear_cover (gpointer data)
{
  AccCoverDone *cover = data;

  g_free (cover->paragraph);
  g_bytes_unref (cover->cover_pdf);
}

GArray *
route_write_covers (const RouteSession *session, AccPlan *plan)
{
  GArray *covers = g_array_new (FALSE, TRUE, sizeof (AccCoverDone));
  AccLetter *letter = acc_opened_letter_get_letter (session->letter);
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  g_autoptr (GError) error = NULL;

  g_array_set_clear_func (covers, clear_cover);
  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);
      AccCoverDone cover = { .paragraph = acc_cover_propose (letter, recipient, "Market Street", NULL) };

      cover.cover_pdf = acc_cover_write (letter, ROUTE_NUMBER, recipient, acc_identity_get_banker (session->identity),
                                         cover.paragraph, FALSE, letterhead, "Market Street", &error);
      g_assert_no_error (error);
      g_array_append_val (covers, cover);
    }
  return covers;
}

GBytes *
route_read_outbox (const RouteBranch *branch, const char *package, const char *suffix)
{
  g_autofree char *path = g_strconcat (branch->outbox, "/" ROUTE_NUMBER "-", package, "/" ROUTE_NUMBER, suffix, NULL);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = acc_file_read (path, 16 * 1024 * 1024, &error);

  g_assert_no_error (error);
  return bytes;
}
