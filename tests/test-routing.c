/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routing on real stores: from an approved letter to the outbox, cut short anywhere. */
#include "route-support.h"
#include "steps-support.h"
#include "support.h"

#include "base/error.h"
#include "base/file.h"
#include "route/cover.h"
#include "route/delivery-note.h"
#include "route/folder-door.h"
#include "route/routing.h"
#include "staff/directory-table.h"
#include "store/statement.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* ---- a door that can fail ---- */

typedef enum { FAIL_NEVER, FAIL_REFUSE, FAIL_KILL_BEFORE, FAIL_KILL_AFTER } Failure;

/* The folder door, but the delivery number @at goes wrong. */
struct _TestDoor {
  GObject parent_instance;
  AccDoor *folder;
  Failure failure;
  guint at, n;
};

G_DECLARE_FINAL_TYPE (TestDoor, test_door, TEST, DOOR, GObject)
static void test_door_iface_init (AccDoorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestDoor, test_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, test_door_iface_init))

static const char *
test_door_get_name (AccDoor *door)
{
  return "folder";
}

static AccDoorResult
test_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place, GError **error)
{
  TestDoor *self = (TestDoor *)door;
  gboolean now = ++self->n == self->at;
  AccDoorResult result;

  if (now && self->failure == FAIL_KILL_BEFORE)
    raise (SIGKILL);
  if (now && self->failure == FAIL_REFUSE)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "the outbox is out of reach");
      return ACC_DOOR_LATER;
    }
  result = acc_door_deliver (self->folder, package, cancellable, place, error);
  if (now && self->failure == FAIL_KILL_AFTER)
    raise (SIGKILL);
  return result;
}

static void
test_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = test_door_get_name;
  iface->repeats = TRUE;
  iface->deliver = test_door_deliver;
}

static void
test_door_finalize (GObject *object)
{
  g_clear_object (&((TestDoor *)object)->folder);
  G_OBJECT_CLASS (test_door_parent_class)->finalize (object);
}

static void
test_door_class_init (TestDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_door_finalize;
}

static void
test_door_init (TestDoor *self)
{
}

static AccDoor *
test_door_new (const char *outbox, Failure failure, guint at)
{
  TestDoor *self = g_object_new (test_door_get_type (), NULL);

  self->folder = acc_folder_door_new (outbox);
  self->failure = failure;
  self->at = at;
  return ACC_DOOR (self);
}

/* ---- one letter's way ---- */

/* The same facts give the same covers: written once for each kind of letter. */
static GArray *
covers_of (const RouteSession *session, AccPlan *plan)
{
  static GArray *kept[ACC_PEOPLE_MAX + 1];
  GArray **covers = &kept[acc_plan_get_n_employees (plan)];

  if (*covers == NULL)
    *covers = route_write_covers (session, plan);
  g_assert_cmpuint ((*covers)->len, ==, acc_plan_get_n_recipients (plan));
  return *covers;
}

static gboolean
prepare (const RouteSession *session, AccDoor *door, GError **error)
{
  g_autoptr (AccPlan) plan = route_plan_of (session);
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);
  GArray *covers = covers_of (session, plan);

  return acc_routing_prepare (session->desk, session->identity, session->letter, plan,
                              (const AccCoverDone *)covers->data, doors, error);
}

static gboolean
hand_over (const RouteSession *session, AccDoor *door, GError **error)
{
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);

  return acc_routing_hand_over (session->desk, session->identity, session->letter, doors, error);
}

static void
route (const RouteSession *session, AccDoor *door)
{
  g_autoptr (GError) error = NULL;

  prepare (session, door, &error);
  g_assert_no_error (error);
  hand_over (session, door, &error);
  g_assert_no_error (error);
}

static gint64
count (AccStore *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (desk, sql, &error);
  gboolean row;

  acc_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return acc_statement_get_int (statement, 0);
}

static void
assert_state (const RouteSession *session, AccState state)
{
  g_autoptr (AccRecord) record = acc_archive_find (session->desk, ROUTE_NUMBER, NULL);

  g_assert_cmpstr (acc_state_to_text (record->state), ==, acc_state_to_text (state));
}

static GPtrArray *
find_faults (AccStore *desk)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (desk, findings, &error);
  g_assert_no_error (error);
  return findings;
}

static void
assert_sound (AccStore *desk)
{
  g_autoptr (GPtrArray) findings = find_faults (desk);

  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static const char *const packages_of_two[]
    = { "1-supervisor", "2-employee", "3-supervisor", "4-employee", "5-own-supervisor" };

static void
assert_outbox_is_whole (const RouteBranch *branch, const RouteSession *session)
{
  g_autofree char *names = route_list_folder (branch->outbox);

  g_assert_cmpstr (names, ==,
                   ROUTE_NUMBER "-1-supervisor " ROUTE_NUMBER "-2-employee " ROUTE_NUMBER "-3-supervisor " ROUTE_NUMBER
                                "-4-employee " ROUTE_NUMBER "-5-own-supervisor");
  for (guint i = 0; i < G_N_ELEMENTS (packages_of_two); i++)
    {
      g_autoptr (GBytes) pdf = route_read_outbox (branch, packages_of_two[i], ".pdf");

      g_assert_true (g_bytes_equal (pdf, acc_opened_letter_get_pdf (session->letter)));
    }
}

/* ---- tests ---- */

static void
every_recipient_gets_the_letter_and_a_cover (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);

  assert_outbox_is_whole (&branch, &session);
  assert_state (&session, ACC_STATE_ROUTED);
  assert_sound (session.desk);
  for (guint i = 0; i < G_N_ELEMENTS (packages_of_two); i++)
    {
      g_autoptr (GBytes) cover = route_read_outbox (&branch, packages_of_two[i], "-cover.pdf");
      g_autoptr (GBytes) message = route_read_outbox (&branch, packages_of_two[i], ".eml");

      g_assert_true (g_bytes_get_size (cover) > 100 && memcmp (g_bytes_get_data (cover, NULL), "%PDF", 4) == 0);
      g_assert_true (g_strstr_len (g_bytes_get_data (message, NULL), g_bytes_get_size (message), "To: ") != NULL);
    }
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
each_delivery_goes_to_the_right_person (void)
{
  static const char *const expected[]
      = { "supervisor s@", "employee j@", "supervisor u@", "employee t@", "own-supervisor m@" };
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  g_autoptr (GPtrArray) deliveries = NULL;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);

  deliveries = acc_routing_list (session.desk, session.letter, NULL);
  g_assert_cmpuint (deliveries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);
      g_autofree char *got = g_strdup_printf ("%s %s", delivery->role, delivery->email);
      g_autofree char *to = g_strdup_printf ("<%s>", delivery->email);
      g_autoptr (GBytes) message = route_read_outbox (&branch, packages_of_two[i], ".eml");

      g_assert_true (g_str_has_prefix (got, expected[i]));
      g_assert_nonnull (g_strstr_len (g_bytes_get_data (message, NULL), g_bytes_get_size (message), to));
      g_assert_cmpstr (delivery->state, ==, "handed over");
      g_assert_true (g_str_has_suffix (delivery->place, packages_of_two[i]));
    }
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
journal_tells_each_delivery (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);

  g_assert_cmpint (count (session.desk, "SELECT count(*) FROM journal WHERE kind = 'prepared'"), ==, 1);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM journal WHERE kind = 'handed over' AND number = '" ROUTE_NUMBER
          "' AND signer = '" ROUTE_BANKER "' AND length(signature) = 64 AND json_extract(facts, '$.door') = 'folder'"
          " AND json_extract(facts, '$.position') = %u",
          i);

      g_assert_cmpint (count (session.desk, sql), ==, 1);
    }
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
nothing_personal_is_in_clear (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);
  route_session_close (&session);

  path = acc_archive_path (branch.store_dir);
  bytes = acc_file_read (path, 64 * 1024 * 1024, NULL);
  for (const char *const *word = (const char *const[]){ "canary", "Person J", "j@harbourvale", "Jessica", NULL };
       *word != NULL; word++)
    g_assert_null (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), *word, strlen (*word)));
  route_branch_remove (&branch);
}

static const char *
find_last (AccStore *desk, const char *department, AccRoutedDepartments *departments)
{
  g_autoptr (GError) error = NULL;
  GHashTable *last = acc_routing_list_departments (desk, departments, &error);

  g_assert_no_error (error);
  return g_hash_table_lookup (last, department);
}

/* From when all of a letter is handed over, by its department's name folded. */
static void
departments_are_known_once_routed (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  g_auto (AccRoutedDepartments) departments = { NULL };
  g_autoptr (GError) error = NULL;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  prepare (&session, door, &error);
  g_assert_no_error (error);
  g_assert_null (find_last (session.desk, "cards", &departments));
  route (&session, door);
  g_assert_cmpstr (find_last (session.desk, "cards", &departments), ==, "2026-11-21T10:42:00+00:00");
  g_assert_nonnull (find_last (session.desk, "fraud operations", &departments));
  g_assert_null (find_last (session.desk, "branch", &departments));
  g_assert_null (find_last (session.desk, "Fraud Operations", &departments));
  route_session_close (&session);
  route_branch_remove (&branch);
}

/* What was read once is not read again, however much it is; and what was added since is found. */
static void
departments_cost_the_same_however_many_were_routed (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  g_auto (AccRoutedDepartments) departments = { NULL }, anew = { NULL };
  guint n_few, n_many;

  route_branch_set_up_approved (&branch, TRUE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);
  g_assert_nonnull (find_last (session.desk, "cards", &departments));
  steps_take ();
  g_assert_nonnull (find_last (session.desk, "cards", &departments));
  n_few = steps_take ();
  run_sql (session.desk, "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 3000)"
                         " INSERT INTO routed_department (number, department, routed_at)"
                         " SELECT (SELECT number FROM letter), printf ('Office %d', n), '2026-11-22T08:00:00+00:00' FROM more");
  g_assert_cmpstr (find_last (session.desk, "office 2999", &departments), ==, "2026-11-22T08:00:00+00:00");
  steps_take ();
  g_assert_nonnull (find_last (session.desk, "cards", &departments));
  n_many = steps_take ();
  g_assert_cmpuint (n_few, >, 0);
  g_assert_cmpuint (n_few, ==, n_many);

  run_sql (session.desk, "INSERT INTO routed_department (number, department, routed_at)"
                         " SELECT number, 'CARDS', '2026-11-23T08:00:00+00:00' FROM letter");
  g_assert_cmpstr (find_last (session.desk, "cards", &departments), ==, "2026-11-23T08:00:00+00:00");
  find_last (session.desk, "cards", &anew);
  g_assert_cmpuint (g_hash_table_size (anew.last), ==, g_hash_table_size (departments.last));
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
calling_again_does_nothing (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  gint64 entries;

  route_branch_set_up_approved (&branch, FALSE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);
  entries = count (session.desk, "SELECT count(*) FROM journal");
  g_autofree char *moved = g_strconcat (branch.outbox, "-fetched", NULL);

  g_assert_cmpint (g_rename (branch.outbox, moved), ==, 0);
  route (&session, door);
  g_assert_false (g_file_test (branch.outbox, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count (session.desk, "SELECT count(*) FROM journal"), ==, entries);
  g_assert_cmpint (count (session.desk, "SELECT count(*) FROM delivery"), ==, 3);
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
only_an_approved_letter_is_prepared (void)
{
  static const AccMove moves[] = { ACC_MOVE_N, ACC_MOVE_CLAIM };
  RouteBranch branch;

  route_branch_set_up (&branch, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (AccDoor) door = acc_folder_door_new (branch.outbox);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) unprepared = NULL;
      RouteSession session;

      if (moves[i] != ACC_MOVE_N)
        route_branch_decide (&branch, &moves[i], 1);
      route_session_open (&session, &branch);
      g_assert_false (prepare (&session, door, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
      g_assert_false (hand_over (&session, door, &unprepared));
      g_assert_error (unprepared, ACC_ERROR, ACC_ERROR_CONFLICT);
      g_assert_cmpint (count (session.desk, "SELECT count(*) FROM delivery"), ==, 0);
      g_assert_cmpint (count (session.desk, "SELECT count(*) FROM document WHERE kind = 'cover'"), ==, 0);
      route_session_close (&session);
    }
  g_assert_false (g_file_test (branch.outbox, G_FILE_TEST_EXISTS));
  route_branch_remove (&branch);
}

static void
a_plan_with_a_gap_is_not_prepared (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  g_autoptr (AccDoors) doors = NULL;
  g_autoptr (AccDirectory) directory = route_directory_new (ROUTE_STAFF);
  const AccPerson *nobody[] = { NULL };
  g_autoptr (AccPlan) plan = NULL;
  AccCoverDone none = { NULL };
  g_autoptr (GError) error = NULL;

  route_branch_set_up_approved (&branch, FALSE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  doors = acc_doors_new_of (door);
  plan = acc_plan_new (acc_opened_letter_get_letter (session.letter), directory, nobody,
                       acc_identity_get_banker (session.identity));
  g_assert_false (acc_routing_prepare (session.desk, session.identity, session.letter, plan, &none, doors, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "Nobody is chosen"));
  route_session_close (&session);
  route_branch_remove (&branch);
}

static void
a_delivery_that_fails_waits_and_is_resumed (void)
{
  for (guint at = 1; at <= 5; at += 2)
    {
      RouteBranch branch;
      RouteSession session;
      g_autoptr (AccDoor) broken = NULL;
      g_autoptr (AccDoor) door = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) deliveries = NULL;

      route_branch_set_up_approved (&branch, TRUE);
      route_session_open (&session, &branch);
      broken = test_door_new (branch.outbox, FAIL_REFUSE, at);
      g_assert_true (prepare (&session, broken, NULL));
      g_assert_false (hand_over (&session, broken, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
      assert_state (&session, ACC_STATE_APPROVED);
      assert_sound (session.desk);
      deliveries = acc_routing_list (session.desk, session.letter, NULL);
      g_assert_cmpstr (((AccDelivery *)g_ptr_array_index (deliveries, at - 1))->state, ==, "waiting");
      g_assert_cmpstr (((AccDelivery *)g_ptr_array_index (deliveries, at - 1))->place, ==, "");
      g_assert_cmpstr (((AccDelivery *)g_ptr_array_index (deliveries, at - 1))->reason, ==,
                       "the outbox is out of reach");
      g_assert_cmpint (count (session.desk, "SELECT count(*) FROM delivery WHERE reason LIKE '%reach%'"), ==, 0);
      g_assert_cmpint (count (session.desk, "SELECT count(*) FROM delivery WHERE state = 'handed over'"), ==, 4);

      door = test_door_new (branch.outbox, FAIL_NEVER, 0);
      route (&session, door);
      g_assert_cmpuint (((TestDoor *)door)->n, ==, 1); /* the others have gone already */
      assert_outbox_is_whole (&branch, &session);
      assert_state (&session, ACC_STATE_ROUTED);
      assert_sound (session.desk);
      route_session_close (&session);
      route_branch_remove (&branch);
    }
}

/* Routes in a process of its own, which the door kills. */
static void
route_and_be_killed (const RouteBranch *branch, Failure failure, guint at)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      RouteSession session;
      g_autoptr (AccDoor) door = test_door_new (branch->outbox, failure, at);

      route_session_open (&session, branch);
      hand_over (&session, door, NULL);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

static void
a_kill_between_deliveries_loses_and_doubles_nothing (void)
{
  for (guint i = 0; i < 6; i++)
    {
      guint at = 1 + i / 2 * 2; /* the first, one in the middle, the last */
      RouteBranch branch;
      RouteSession session;
      g_autoptr (AccDoor) door = NULL;

      route_branch_set_up_approved (&branch, TRUE);
      door = test_door_new (branch.outbox, FAIL_NEVER, 0);
      route_session_open (&session, &branch);
      g_assert_true (prepare (&session, door, NULL));
      route_session_close (&session);
      route_and_be_killed (&branch, i % 2 == 0 ? FAIL_KILL_BEFORE : FAIL_KILL_AFTER, at);

      route_session_open (&session, &branch);
      assert_state (&session, ACC_STATE_APPROVED);
      assert_sound (session.desk);
      route (&session, door);
      g_assert_cmpuint (((TestDoor *)door)->n, ==, 6 - at);
      assert_outbox_is_whole (&branch, &session);
      assert_state (&session, ACC_STATE_ROUTED);
      assert_sound (session.desk);
      g_assert_cmpint (count (session.desk, "SELECT count(*) FROM journal WHERE kind = 'handed over'"), ==, 5);
      route_session_close (&session);
      route_branch_remove (&branch);
    }
}

static void
an_outbox_out_of_reach_is_named (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = NULL;

  route_branch_set_up_approved (&branch, FALSE);
  parent = g_path_get_dirname (branch.outbox);
  g_assert_true (g_file_set_contents (parent, "a file", -1, NULL));
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  g_assert_true (prepare (&session, door, NULL));
  g_assert_false (hand_over (&session, door, &error));
  g_assert_nonnull (strstr (error->message, branch.outbox));

  g_assert_cmpint (g_unlink (parent), ==, 0);
  route (&session, door);
  assert_state (&session, ACC_STATE_ROUTED);
  route_session_close (&session);
  route_branch_remove (&branch);
}

/* ---- checking ---- */

/* A hand on the file, and whether it must be found. */
static const char *const changes[] = {
  /* Whom it went to. */
  "UPDATE delivery SET recipient = x'00' WHERE position = 1",
  "UPDATE delivery SET role = 'own-supervisor' WHERE position = 1",
  "UPDATE delivery SET position = 9 WHERE position = 1",
  /* What went with it. */
  "UPDATE delivery SET cover = (SELECT cover FROM delivery WHERE position = 2) WHERE position = 1",
  "UPDATE delivery SET cover = (SELECT id FROM document WHERE kind = 'original') WHERE position = 1",
  /* How it went. */
  "UPDATE delivery SET door = 'mail' WHERE position = 1",
  "UPDATE delivery SET state = 'waiting' WHERE position = 1",
  "UPDATE delivery SET tries = 0 WHERE position = 1",
  /* Whether it went. */
  "DELETE FROM delivery WHERE position = 1",
  "DELETE FROM delivery",
  "DELETE FROM journal WHERE kind = 'handed over' AND json_extract(facts, '$.position') = 1",
  "UPDATE journal SET signature = NULL WHERE kind = 'handed over'",
  "UPDATE letter SET state = 'claimed'",
};

typedef struct {
  const char *sql;
  guint n_found;
} Change;

/* Changes, checks and takes it back. */
static gboolean
change_and_check (AccStore *desk, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (AccStatement) statement = acc_statement_new (desk, change->sql, error);
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_cmpint (acc_statement_change (statement, error), >, 0);
  findings = find_faults (desk);
  change->n_found = findings->len;
  for (guint i = 0; i < findings->len; i++)
    g_assert_nonnull (strstr (g_ptr_array_index (findings, i), ROUTE_NUMBER));
  g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, "taken back");
  return FALSE;
}

static void
check_finds_every_change (void)
{
  RouteBranch branch;
  RouteSession session;
  g_autoptr (AccDoor) door = NULL;

  route_branch_set_up_approved (&branch, FALSE);
  route_session_open (&session, &branch);
  door = acc_folder_door_new (branch.outbox);
  route (&session, door);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      Change change = { .sql = changes[i] };
      g_autoptr (GError) error = NULL;

      acc_store_transact (session.desk, change_and_check, &change, &error);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
      g_test_message ("%s: %u", changes[i], change.n_found);
      g_assert_cmpuint (change.n_found, >, 0);
    }
  assert_sound (session.desk);
  route_session_close (&session);
  route_branch_remove (&branch);
}

/* ---- what is kept of a delivery ---- */

/* Decrypts, yet is no note that was ever written. */
static const char *const bad_notes[] = {
  "",
  "[]",
  "1 { \"name\": \"x\" }", /* leaks in json-glib */
  "{ \"name\": [ \"x\" ] }",
  "{ \"email\": null }",
  "{ \"role\": 1 }",
  "{ \"disclosed\": \"no\" }",
  "{ \"employees\": \"J\" }",
  "{ \"employees\": [ { } ] }",
  "{ \"departments\": [ null ] }",
};

static void
a_note_of_another_form_is_refused (void)
{
  RouteBranch branch;
  RouteSession session;

  route_branch_set_up (&branch, FALSE);
  route_session_open (&session, &branch);
  for (guint i = 0; i < G_N_ELEMENTS (bad_notes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = g_bytes_new_static (bad_notes[i], strlen (bad_notes[i]));
      g_autoptr (GBytes) closed
          = acc_letter_key_encrypt (acc_opened_letter_get_key (session.letter), ROUTE_NUMBER, "delivery:1", plain);
      g_autoptr (AccDeliveryNote) note = acc_delivery_note_open (closed, session.letter, 1, &error);

      g_test_message ("%s", bad_notes[i]);
      g_assert_null (note);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
    }
  route_session_close (&session);
  route_branch_remove (&branch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  route_freeze_clock ();

  g_test_add_func ("/routing/every-recipient-gets-the-letter-and-a-cover", every_recipient_gets_the_letter_and_a_cover);
  g_test_add_func ("/routing/each-delivery-goes-to-the-right-person", each_delivery_goes_to_the_right_person);
  g_test_add_func ("/routing/journal-tells-each-delivery", journal_tells_each_delivery);
  g_test_add_func ("/routing/nothing-personal-is-in-clear", nothing_personal_is_in_clear);
  g_test_add_func ("/routing/departments-are-known-once-routed", departments_are_known_once_routed);
  g_test_add_func ("/routing/departments-cost-the-same-however-many-were-routed",
                   departments_cost_the_same_however_many_were_routed);
  g_test_add_func ("/routing/calling-again-does-nothing", calling_again_does_nothing);
  g_test_add_func ("/routing/only-an-approved-letter-is-prepared", only_an_approved_letter_is_prepared);
  g_test_add_func ("/routing/a-plan-with-a-gap-is-not-prepared", a_plan_with_a_gap_is_not_prepared);
  g_test_add_func ("/routing/a-delivery-that-fails-waits-and-is-resumed", a_delivery_that_fails_waits_and_is_resumed);
  g_test_add_func ("/routing/a-kill-between-deliveries-loses-and-doubles-nothing",
                   a_kill_between_deliveries_loses_and_doubles_nothing);
  g_test_add_func ("/routing/an-outbox-out-of-reach-is-named", an_outbox_out_of_reach_is_named);
  g_test_add_func ("/routing/check-finds-every-change", check_finds_every_change);
  g_test_add_func ("/routing/a-note-of-another-form-is-refused", a_note_of_another_form_is_refused);
  return g_test_run ();
}
