/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store in use: statements, transactions, others at work, schema steps. */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store-support.h"
#include "store/statement.h"
#include "store/store-private.h"

static const AccStoreKind desk = { "desk", 0x41434332, 2 };

/* Statements */

static void
test_values_come_back_as_they_were (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) find = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0a\0", 3);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  gboolean row = FALSE;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  find = acc_statement_new (store, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7", &error);
  acc_statement_bind_text (find, 1, "María 😀");
  acc_statement_bind_text (find, 2, NULL);
  acc_statement_bind_int (find, 3, G_MININT64);
  acc_statement_bind_bytes (find, 4, bytes);
  acc_statement_bind_bytes (find, 5, empty);
  acc_statement_bind_bytes (find, 6, NULL);
  acc_statement_bind_text (find, 7, "");
  g_assert_true (acc_statement_step (find, &row, &error));
  g_assert_true (row);
  g_assert_cmpstr (acc_statement_get_text (find, 0), ==, "María 😀");
  g_assert_null (acc_statement_get_text (find, 1));
  g_assert_cmpint (acc_statement_get_int (find, 2), ==, G_MININT64);
  first = acc_statement_dup_bytes (find, 3);
  g_assert_true (g_bytes_equal (first, bytes));
  second = acc_statement_dup_bytes (find, 4);
  g_assert_nonnull (second);
  g_assert_cmpuint (g_bytes_get_size (second), ==, 0);
  g_assert_null (acc_statement_dup_bytes (find, 5));
  g_assert_cmpstr (acc_statement_get_text (find, 6), ==, "");
  g_assert_true (acc_statement_step (find, &row, &error));
  g_assert_false (row);
  g_clear_pointer (&find, acc_statement_free);
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_text_is_never_cut_short_in_silence (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) insert = NULL;
  g_autoptr (AccStatement) find = NULL;
  gboolean row = FALSE;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);

  insert = acc_statement_new (store, "INSERT INTO department (name) VALUES (?1)", &error);
  acc_statement_bind_text (insert, 1,
                           "Fraud\xff"
                           "Operations");
  g_assert_false (acc_statement_run (insert, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_clear_error (&error);
  acc_statement_bind_text (insert, 1, "Fraud Operations"); /* the statement can be used again */
  g_assert_true (acc_statement_run (insert, &error));
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 1);

  find = acc_statement_new (store, "SELECT CAST(x'410042ff43' AS TEXT), CAST(x'00' AS TEXT)", &error);
  g_assert_true (acc_statement_step (find, &row, &error));
  g_assert_cmpstr (acc_statement_get_text (find, 0), ==,
                   "A\xef\xbf\xbd"
                   "B\xef\xbf\xbd"
                   "C");
  g_assert_cmpstr (acc_statement_get_text (find, 1), ==, "\xef\xbf\xbd");
  g_clear_pointer (&find, acc_statement_free);
  g_clear_pointer (&insert, acc_statement_free);
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_a_failed_prepare_is_told_once_at_the_step (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GError) error = NULL;
  AccStatement *none;
  gboolean row = TRUE;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  none = acc_statement_new (store, "SELECT secret_word FROM not_there", &error);
  g_assert_null (none);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_assert_nonnull (strstr (error->message, place.path));
  g_assert_null (strstr (error->message, "SELECT"));
  acc_statement_bind_text (none, 1, "x");
  acc_statement_bind_int (none, 1, 1);
  acc_statement_bind_bytes (none, 1, NULL);
  acc_statement_bind_data (none, 1, NULL, 0);
  g_assert_false (acc_statement_step (none, &row, &error));
  g_assert_false (row);
  g_assert_false (acc_statement_run (none, &error));
  g_assert_cmpint (acc_statement_change (none, &error), ==, -1);
  g_assert_null (acc_statement_get_text (none, 0));
  g_assert_cmpint (acc_statement_get_int (none, 0), ==, 0);
  g_assert_null (acc_statement_dup_bytes (none, 0));
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_a_kept_statement_begins_anew (void)
{
  static const char add[] = "INSERT INTO department (name) VALUES (coalesce (?1, 'none'))";
  static const char list[] = "SELECT name FROM department ORDER BY name";
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (AccStore) other = NULL;
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  other = test_store_open (place.path, ACC_STORE_WRITE);
  for (guint i = 0; i < 2; i++) /* nothing bound: what was bound before is gone */
    {
      g_autoptr (AccStatement) insert = acc_statement_new_kept (store, add, &error);

      acc_statement_bind_text (insert, 1, i == 0 ? "Fraud" : NULL);
      g_assert_true (acc_statement_run (insert, &error));
    }
  for (guint i = 0; i < 2; i++) /* left half read: it begins with the first row again */
    {
      g_autoptr (AccStatement) find = acc_statement_new_kept (store, list, &error);
      g_autoptr (AccStatement) at_once = acc_statement_new_kept (store, list, &error);

      g_assert_true (acc_statement_step (find, &row, &error));
      g_assert_true (acc_statement_step (at_once, &row, &error));
      g_assert_cmpstr (acc_statement_get_text (find, 0), ==, "Fraud");
      g_assert_cmpstr (acc_statement_get_text (at_once, 0), ==, "Fraud");
    }
  test_store_execute (other, "ALTER TABLE department ADD COLUMN floor TEXT"); /* holds no lock, and sees the change */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AccStatement) insert = acc_statement_new_kept (store, add, &error);

      acc_statement_bind_text (insert, 1, "Payments"); /* the second is there already: the next is none the worse */
      g_assert_true (acc_statement_run (insert, i == 0 ? &error : NULL) == (i == 0));
    }
  g_assert_no_error (error);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 3);
  g_clear_object (&other);
  g_clear_object (&store);
  test_place_clear (&place);
}

static gboolean
add_department_twice (AccStore *store, gpointer data, GError **error)
{
  g_autoptr (AccStatement) insert = acc_statement_new (store, "INSERT INTO department (name) VALUES (?1)", error);

  acc_statement_bind_text (insert, 1, "Payments");
  if (!acc_statement_run (insert, error))
    return FALSE;
  return acc_statement_run (insert, error);
}

static void
test_a_failed_change_is_rolled_back_and_named (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) update = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  g_assert_false (acc_store_transact (store, add_department_twice, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, place.path));
  g_assert_null (strstr (error->message, "Payments"));
  g_clear_error (&error);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 0);

  test_store_execute (store, "INSERT INTO department (name) VALUES ('A'), ('B'), ('C')");
  update = acc_statement_new (store, "UPDATE department SET name = name || '!' WHERE name > 'A'", &error);
  g_assert_cmpint (acc_statement_change (update, &error), ==, 2);

  acc_store_execute (store, "INSERT INTO letter_key (sequence, branch_key, key) VALUES (1, 'y', x'00')", &error);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT); /* there is no such letter */
  g_clear_pointer (&update, acc_statement_free);
  g_clear_object (&store);
  test_place_clear (&place);
}

/* Others at work */

#define ROUNDS 40

static gboolean
add_one (AccStore *store, gpointer data, GError **error)
{
  g_autofree char *name
      = g_strdup_printf ("%05" G_GINT64_FORMAT, test_store_count (store, "SELECT count(*) FROM department"));
  g_autoptr (AccStatement) insert = acc_statement_new (store, "INSERT INTO department (name) VALUES (?1)", error);

  acc_statement_bind_text (insert, 1, name);
  return acc_statement_run (insert, error);
}

/* Reads the count and adds the row of that number: a lost update would be a conflict. */
static int
add_many (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = acc_store_open (path, &test_inbox, ACC_STORE_WRITE, &error);

  for (int i = 0; store != NULL && error == NULL && i < ROUNDS; i++)
    acc_store_transact (store, add_one, NULL, &error);
  return test_status_of (error);
}

static void
test_two_processes_write_in_turn (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  pid_t children[2];

  test_place_init (&place);
  test_store_create (place.path);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        _exit (add_many (place.path));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = -1;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  store = test_store_open (place.path, ACC_STORE_READ);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 2 * ROUNDS);
  g_clear_object (&store);
  test_place_clear (&place);
}

static gpointer
add_many_in_thread (gpointer path)
{
  return GINT_TO_POINTER (add_many (path));
}

static void
test_two_threads_write_in_turn (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  GThread *threads[2];

  test_place_init (&place);
  test_store_create (place.path);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", add_many_in_thread, place.path);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (threads[i])), ==, TEST_STATUS_FINE);
  store = test_store_open (place.path, ACC_STORE_READ);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 2 * ROUNDS);
  g_clear_object (&store);
  test_place_clear (&place);
}

/* One try to write, without waiting for others. */
static int
try_to_write (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = acc_store_open (path, &test_inbox, ACC_STORE_WRITE, &error);

  if (store != NULL)
    {
      sqlite3_busy_timeout (acc_store_get_db (store), 0);
      acc_store_transact (store, add_one, NULL, &error);
    }
  return test_status_of (error);
}

static void
test_a_second_writer_is_told_that_it_is_busy (void)
{
  TestPlace place;
  g_autoptr (AccStore) writer = NULL;
  g_autoptr (AccStore) other = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  writer = test_store_open (place.path, ACC_STORE_WRITE);
  test_store_execute (writer, "BEGIN IMMEDIATE");
  g_assert_cmpint (test_in_a_child (try_to_write, place.path), ==, TEST_STATUS_OF (ACC_ERROR_BUSY));
  /* looking at the file's head in this process must not drop this process's lock */
  other = test_store_open (place.path, ACC_STORE_READ);
  g_clear_object (&other);
  g_assert_cmpint (test_in_a_child (try_to_write, place.path), ==, TEST_STATUS_OF (ACC_ERROR_BUSY));
  test_store_execute (writer, "ROLLBACK");
  g_assert_cmpint (test_in_a_child (try_to_write, place.path), ==, TEST_STATUS_FINE);
  g_clear_object (&writer);
  test_place_clear (&place);
}

static void
test_data_version_tells_of_others_changes (void)
{
  TestPlace place;
  g_autoptr (AccStore) reader = NULL;
  gint64 version;

  test_place_init (&place);
  test_store_create (place.path);
  reader = test_store_open (place.path, ACC_STORE_READ);
  version = acc_store_data_version (reader);
  g_assert_cmpint (version, >=, 0);
  g_assert_cmpint (acc_store_data_version (reader), ==, version);
  g_assert_cmpint (test_in_a_child (try_to_write, place.path), ==, TEST_STATUS_FINE);
  g_assert_cmpint (acc_store_data_version (reader), !=, version);
  g_clear_object (&reader);
  test_place_clear (&place);
}

static void
test_a_reader_cannot_write (void)
{
  TestPlace place;
  g_autoptr (AccStore) reader = NULL;
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  reader = test_store_open (place.path, ACC_STORE_READ);
  g_assert_false (acc_store_transact (reader, add_one, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_clear_object (&reader);
  test_place_clear (&place);
}

/* Interrupted */

/* Changes more than SQLite's cache holds, so that the file itself is half changed, and is killed. */
static int
write_and_die (gpointer path)
{
  g_autoptr (AccStore) store = acc_store_open (path, &test_inbox, ACC_STORE_WRITE, NULL);

  acc_store_execute (store,
                     "BEGIN IMMEDIATE; DELETE FROM department;"
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
                     " INSERT INTO department (name) SELECT printf ('%01000d', i) FROM n",
                     NULL);
  kill (getpid (), SIGKILL);
  return 0;
}

static void
test_killed_in_a_transaction_leaves_the_old_state (void)
{
  static const AccStoreMode modes[] = { ACC_STORE_READ, ACC_STORE_WRITE };

  for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
    {
      TestPlace place;
      g_autoptr (AccStore) store = NULL;
      g_autofree char *fault = NULL;
      g_autofree char *before = NULL;
      g_autofree char *killed = NULL;
      g_autofree char *after = NULL;
      g_autofree char *journal = NULL;

      test_place_init (&place);
      test_store_create (place.path);
      journal = g_strconcat (place.path, "-journal", NULL);
      store = test_store_open (place.path, ACC_STORE_WRITE);
      /* the long one fills the free pages, whose content SQLite need not put back */
      test_store_execute (store, "INSERT INTO department (name) VALUES (hex (zeroblob (30000))), ('Fraud')");
      g_assert_cmpint (test_store_count (store, "PRAGMA freelist_count"), ==, 0);
      g_clear_object (&store);
      before = test_look_at (place.folder);

      g_assert_cmpint (test_in_a_child (write_and_die, place.path), ==, -SIGKILL);
      killed = test_look_at (place.folder);
      g_assert_cmpstr (killed, !=, before);
      g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));

      store = test_store_open (place.path, modes[m]);
      g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 2);
      fault = acc_store_check (store);
      g_assert_null (fault);
      g_clear_object (&store);
      after = test_look_at (place.folder);
      g_assert_cmpstr (before, ==, after);
      test_place_clear (&place);
    }
}

/* Schema steps */

static void
test_a_missing_step_changes_nothing (void)
{
  static const AccStoreKind unheard = { "unheard-of", 0x41434339, 1 };
  static const AccStoreMode modes[] = { ACC_STORE_READ, ACC_STORE_WRITE };
  TestPlace place;
  g_autofree char *before = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  before = test_look_at (place.folder);
  for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
    {
      g_autofree char *after = NULL;

      g_assert_null (acc_store_open (place.path, &test_inbox_of_tomorrow, modes[m], &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
      g_assert_nonnull (strstr (error->message, place.path));
      g_clear_error (&error);
      after = test_look_at (place.folder);
      g_assert_cmpstr (before, ==, after);
    }

  other = g_build_filename (place.folder, "other.db", NULL);
  g_assert_null (acc_store_create (other, &unheard, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_clear_error (&error);
  g_assert_null (acc_store_create (other, &test_inbox_of_tomorrow, &error)); /* after a first step that went well */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  test_place_clear (&place);
}

static void
test_a_failing_step_is_rolled_back_whole (void)
{
  static const char *const steps[] = {
    "CREATE TABLE extra (x TEXT) STRICT; CREATE TABLE letter (x TEXT) STRICT;",          /* there already */
    "DROP TABLE journal; INSERT INTO department (name) VALUES (NULL), ('A'), ('A');",    /* a constraint */
    "UPDATE slip SET state = 'x'; ALTER TABLE slip ADD COLUMN y TEXT; CREATE TABLE z (", /* half a statement */
  };
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autofree char *before = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  before = test_look_at (place.folder);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_false (acc_schema_run_step (store, &test_inbox_of_tomorrow, 4, steps[i], &error));
      g_assert_nonnull (error);
      after = test_look_at (place.folder);
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpint (test_store_count (store, "PRAGMA user_version"), ==, test_inbox.newest);
    }
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_a_step_that_succeeds_moves_the_version (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GError) error = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  g_assert_true (acc_schema_run_step (store, &test_inbox_of_tomorrow, 6, "CREATE TABLE extra (x TEXT) STRICT", &error));
  g_assert_no_error (error);
  g_clear_object (&store);

  g_assert_null (acc_store_open (place.path, &test_inbox, ACC_STORE_WRITE, &error)); /* for the program of yesterday */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_NEWER);
  g_clear_error (&error);
  store = acc_store_open (place.path, &test_inbox_of_tomorrow, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_the_desk_has_its_schema_too (void)
{
  TestPlace place;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = NULL;
  g_autofree char *fault = NULL;

  test_place_init (&place);
  store = acc_store_create (place.path, &desk, &error);
  g_assert_no_error (error);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM banker"), ==, 0);
  fault = acc_store_check (store);
  g_assert_null (fault);
  g_clear_object (&store);
  test_place_clear (&place);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/values-come-back-as-they-were", test_values_come_back_as_they_were);
  g_test_add_func ("/store/text-is-never-cut-short-in-silence", test_text_is_never_cut_short_in_silence);
  g_test_add_func ("/store/a-failed-prepare-is-told-once-at-the-step", test_a_failed_prepare_is_told_once_at_the_step);
  g_test_add_func ("/store/a-kept-statement-begins-anew", test_a_kept_statement_begins_anew);
  g_test_add_func ("/store/a-failed-change-is-rolled-back-and-named", test_a_failed_change_is_rolled_back_and_named);
  g_test_add_func ("/store/two-processes-write-in-turn", test_two_processes_write_in_turn);
  g_test_add_func ("/store/two-threads-write-in-turn", test_two_threads_write_in_turn);
  g_test_add_func ("/store/a-second-writer-is-told-that-it-is-busy", test_a_second_writer_is_told_that_it_is_busy);
  g_test_add_func ("/store/data-version-tells-of-others-changes", test_data_version_tells_of_others_changes);
  g_test_add_func ("/store/a-reader-cannot-write", test_a_reader_cannot_write);
  g_test_add_func ("/store/killed-in-a-transaction-leaves-the-old-state",
                   test_killed_in_a_transaction_leaves_the_old_state);
  g_test_add_func ("/store/a-missing-step-changes-nothing", test_a_missing_step_changes_nothing);
  g_test_add_func ("/store/a-failing-step-is-rolled-back-whole", test_a_failing_step_is_rolled_back_whole);
  g_test_add_func ("/store/a-step-that-succeeds-moves-the-version", test_a_step_that_succeeds_moves_the_version);
  g_test_add_func ("/store/the-desk-has-its-schema-too", test_the_desk_has_its_schema_too);
  return g_test_run ();
}
