/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory in the desk's store: what is kept, checked, and found if it was changed. */
#include "archive/archive.h"
#include "archive/setup.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "staff/directory-table.h"
#include "staff/person-private.h"
#include "staff/staff-csv.h"
#include "store/statement.h"
#include "support.h"

#include <string.h>

#define HEADER "id,name,email,department,supervisor_id\n"
#define ANN "a,Ann Ash,ann@bank.example,Cards,\n"
#define BEN "b,Ben Birch,ben@bank.example,Cards,a\n"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static AccDirectory *
read_bytes (GBytes *csv)
{
  g_autoptr (GError) error = NULL;
  AccDirectory *directory = acc_staff_csv_read (csv, &error);

  g_assert_no_error (error);
  return directory;
}

/* A branch of its own, with the first banker signed in. */
typedef struct {
  char *folder, *path;
  AccStore *desk, *inbox;
  AccIdentity *identity;
} Branch;

static void
branch_open (Branch *branch)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *recovery = NULL;

  branch->folder = test_folder_new ();
  branch->path = g_build_filename (branch->folder, "store", NULL);
  acc_archive_set_up (branch->path, "Market Street", "Ana Held", "correct horse battery", &recovery, &error);
  g_assert_no_error (error);
  branch->identity = acc_archive_sign_in (branch->path, "Ana Held", "correct horse battery", &branch->desk, &error);
  g_assert_no_error (error);
  branch->inbox = acc_inbox_open (branch->path, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
}

static void
branch_close (Branch *branch)
{
  g_clear_object (&branch->identity);
  g_clear_object (&branch->inbox);
  g_clear_object (&branch->desk);
  g_free (branch->path);
  test_folder_free (branch->folder);
}

static void
branch_run (Branch *branch, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (branch->desk, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
branch_import (Branch *branch, const char *text)
{
  g_autoptr (GBytes) csv = bytes_of (text);
  g_autoptr (AccDirectory) directory = read_bytes (csv);
  g_autoptr (GError) error = NULL;

  acc_directory_table_save (branch->desk, branch->inbox, branch->identity, directory, &error);
  g_assert_no_error (error);
}

static char *
branch_findings (Branch *branch)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_directory_table_check (branch->desk, findings, &error);
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("|", (GStrv) findings->pdata);
}

static void
test_store_gives_the_newest_directory_back (void)
{
  Branch branch = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) none = NULL, loaded = NULL;
  g_autofree char *never = NULL, *imported_at = NULL, *findings = NULL;
  g_auto (GStrv) departments = NULL;
  g_autofree char *joined = NULL;

  branch_open (&branch);
  none = acc_directory_table_load (branch.desk, branch.identity, &never, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acc_directory_get_n_people (none), ==, 0);
  g_assert_cmpstr (never, ==, "");

  branch_import (&branch, HEADER ANN);
  branch_import (&branch, HEADER ANN "b,Zuleika Canary,b@bank.example,Wires,a\n");
  loaded = acc_directory_table_load (branch.desk, branch.identity, &imported_at, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acc_directory_get_n_people (loaded), ==, 2);
  g_assert_cmpstr (acc_directory_find_id (loaded, "b")->name, ==, "Zuleika Canary");
  g_assert_cmpuint (strlen (imported_at), >=, 20);
  g_assert_cmpstr (acc_directory_get_imported_at (loaded), ==, imported_at);
  g_assert_cmpstr (acc_directory_get_imported_at (none), ==, "");

  departments = acc_inbox_list_departments (branch.inbox, &error);
  g_assert_no_error (error);
  joined = g_strjoinv ("|", departments);
  g_assert_cmpstr (joined, ==, "Cards|Wires");
  findings = branch_findings (&branch);
  g_assert_cmpstr (findings, ==, "");
  branch_close (&branch);
}

/* A snapshot says where it came from, and goes on saying so under a new key. */
static void
test_store_keeps_where_it_came_from (void)
{
  Branch branch = { 0 };
  g_autoptr (GBytes) csv = bytes_of (HEADER ANN BEN);
  g_autoptr (AccDirectory) read = read_bytes (csv);
  g_autoptr (AccDirectory) loaded = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *findings = NULL;

  branch_open (&branch);
  branch_import (&branch, HEADER ANN);
  loaded = acc_directory_table_load (branch.desk, branch.identity, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (acc_directory_get_source (loaded), ==, ACC_DIRECTORY_FROM_CSV);

  acc_directory_set_source (read, ACC_DIRECTORY_FROM_LDAP);
  acc_directory_table_save (branch.desk, branch.inbox, branch.identity, read, &error);
  g_assert_no_error (error);
  again = acc_directory_table_load_newer (branch.desk, branch.identity, loaded, &error);
  g_assert_no_error (error);
  g_assert_cmpint (acc_directory_get_source (again), ==, ACC_DIRECTORY_FROM_LDAP);
  findings = branch_findings (&branch);
  g_assert_cmpstr (findings, ==, "");
  branch_close (&branch);
}

static void
test_store_reads_a_snapshot_once (void)
{
  Branch branch = { 0 };
  g_autoptr (AccDirectory) none = NULL, first = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  branch_open (&branch);
  none = acc_directory_table_load (branch.desk, branch.identity, NULL, &error);
  g_assert_no_error (error);
  first = acc_directory_table_load_newer (branch.desk, branch.identity, none, &error);
  g_assert_true (first == none);
  g_clear_object (&first);
  branch_import (&branch, HEADER ANN);
  first = acc_directory_table_load_newer (branch.desk, branch.identity, none, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acc_directory_get_n_people (first), ==, 1);
  again = acc_directory_table_load_newer (branch.desk, branch.identity, first, &error);
  g_assert_true (again == first);
  branch_close (&branch);
}

static void
test_store_refuses_a_difference_to_an_older_directory (void)
{
  Branch branch = { 0 };
  g_autoptr (GBytes) csv = bytes_of (HEADER ANN BEN);
  g_autoptr (AccDirectory) none = NULL, after = read_bytes (csv), kept = NULL;
  g_autoptr (AccStaffDifference) difference = NULL;
  g_autoptr (GError) error = NULL;

  branch_open (&branch);
  none = acc_directory_table_load (branch.desk, branch.identity, NULL, &error);
  g_assert_no_error (error);
  difference = acc_staff_difference_new (none, after);
  branch_import (&branch, HEADER ANN);
  g_assert_false (acc_directory_table_import (branch.desk, branch.inbox, branch.identity, difference, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_clear_error (&error);
  kept = acc_directory_table_load (branch.desk, branch.identity, NULL, &error);
  g_assert_cmpuint (acc_directory_get_n_people (kept), ==, 1);

  g_clear_object (&difference);
  difference = acc_staff_difference_new (kept, after);
  g_assert_true (acc_directory_table_import (branch.desk, branch.inbox, branch.identity, difference, &error));
  g_assert_no_error (error);
  branch_close (&branch);
}

static void
test_store_holds_no_name_in_clear (void)
{
  Branch branch = { 0 };
  g_autofree char *desk = NULL, *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  branch_open (&branch);
  branch_import (&branch, HEADER "a,Zuleika Canary,canary@bank.example,Cards,\n");
  desk = acc_archive_path (branch.path);
  g_file_get_contents (desk, &bytes, &size, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (bytes, size, "Zuleika", 7));
  g_assert_null (memmem (bytes, size, "canary@", 7));
  branch_close (&branch);
}

static void
test_check_finds_every_tampering (void)
{
  static const struct {
    const char *sql, *finding;
  } cases[] = {
    { "UPDATE directory SET body = zeroblob (length (body)) WHERE sequence = 2",
      "directory 2 does not match its hash" },
    { "UPDATE directory SET body_hash = upper (body_hash) WHERE sequence = 1",
      "directory 1 does not match its hash" },
    { "UPDATE directory SET people = 7 WHERE sequence = 1", "directory 1 has no journal entry" },
    { "DELETE FROM directory WHERE sequence = 2", "directories missing that the journal tells of: 1" },
    { "INSERT INTO directory (imported_at, source, people, body, body_hash)"
      " SELECT imported_at, source, people, body, body_hash FROM directory WHERE sequence = 1",
      "directory 3 has no journal entry" },
    /* an older one is put in the place of the newest, or made to look as new */
    { "UPDATE directory SET sequence = 9 WHERE sequence = 1", "directory 9 has no journal entry" },
    { "UPDATE directory SET sequence = -1 WHERE sequence = 2", "directory 1 has no journal entry" },
    { "UPDATE directory SET imported_at = '2199-11-21T10:42:00+00:00' WHERE sequence = 2", "directory 2 has no journal entry" },
    { "UPDATE directory SET imported_at = 'today' WHERE sequence = 2", "directory 2 has no journal entry" },
    { "UPDATE directory SET source = 'ldap' WHERE sequence = 2", "directory 2 has no journal entry" },
    { "UPDATE directory SET source = 'another' WHERE sequence = 1", "directory 1 has no journal entry" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Branch branch = { 0 };
      g_autofree char *findings = NULL;

      branch_open (&branch);
      branch_import (&branch, HEADER ANN);
      branch_import (&branch, HEADER "b,Ben,b@bank.example,Cards,\n");
      branch_run (&branch, cases[i].sql);
      findings = branch_findings (&branch);
      g_test_message ("%s: %s", cases[i].sql, findings);
      g_assert_nonnull (strstr (findings, cases[i].finding));
      branch_close (&branch);
    }
}

static void
test_changed_snapshot_is_not_opened (void)
{
  Branch branch = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) loaded = NULL;

  branch_open (&branch);
  branch_import (&branch, HEADER ANN);
  branch_run (&branch, "UPDATE directory SET body = cast (body || x'00' AS BLOB)");
  loaded = acc_directory_table_load (branch.desk, branch.identity, NULL, &error);
  g_assert_null (loaded);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  branch_close (&branch);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff-store/gives-the-newest-directory-back", test_store_gives_the_newest_directory_back);
  g_test_add_func ("/staff-store/keeps-where-it-came-from", test_store_keeps_where_it_came_from);
  g_test_add_func ("/staff-store/reads-a-snapshot-once", test_store_reads_a_snapshot_once);
  g_test_add_func ("/staff-store/refuses-a-difference-to-an-older-directory",
                   test_store_refuses_a_difference_to_an_older_directory);
  g_test_add_func ("/staff-store/holds-no-name-in-clear", test_store_holds_no_name_in_clear);
  g_test_add_func ("/staff-store/check-finds-every-tampering", test_check_finds_every_tampering);
  g_test_add_func ("/staff-store/changed-snapshot-is-not-opened", test_changed_snapshot_is_not_opened);
  return g_test_run ();
}
