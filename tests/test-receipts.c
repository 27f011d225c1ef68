/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts on real stores: who has said that it is there, what that moves, what is kept and what may be told. */
#include "route-support.h"
#include "support.h"

#include "archive/slips.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"
#include "review/decision.h"
#include "route/erasure.h"
#include "route/next-level.h"
#include "route/outbox.h"
#include "route/receipts.h"
#include "route/routing.h"
#include "route/silences.h"
#include "staff/directory-table.h"
#include "store/statement.h"

#include <glib/gstdio.h>
#include <string.h>

#define SUPERVISOR 1
#define EMPLOYEE 2
#define OWN_SUPERVISOR 3
#define N_MAX 8
#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* ---- a door that does as it is told ---- */

/* The folder door, but what it says of each position. */
struct _TestDoor {
  GObject parent_instance;
  AccDoor *folder;
  AccDoorResult result[N_MAX];
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
  TestDoor *self = (TestDoor *) door;
  AccDoorResult result = self->result[package->position];

  if (result == ACC_DOOR_HANDED_OVER)
    return acc_door_deliver (self->folder, package, cancellable, place, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "the line was cut");
  return result;
}

static void
test_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = test_door_get_name;
  iface->deliver = test_door_deliver;
}

static void
test_door_finalize (GObject *object)
{
  g_object_unref (((TestDoor *) object)->folder);
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

/* ---- one routed letter ---- */

/* Who is thanked, and how the client may be reached. */
typedef struct {
  const char *employees[2];
  const char *contact;
} Kind;

static const Kind one = { { "J", NULL }, "" };
static const Kind one_with_contact = { { "J", NULL }, "canary contact" };
static const Kind two = { { "J", "T" }, "" };
static const Kind with_supervisor = { { "J", "S" }, "" };

typedef struct {
  RouteBranch branch;
  RouteSession session;
  AccStore *inbox;
  TestDoor *door;
  AccDoors *doors;
} Scene;

static void
prepare (Scene *scene, const Kind *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory
    = acc_directory_table_load (scene->session.desk, scene->session.identity, NULL, &error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, kind->employees[0]), NULL };
  g_autoptr (AccPlan) plan = NULL;
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 cover", 14);
  char paragraph[] = "Please read.";
  AccCoverDone covers[N_MAX];

  if (kind->employees[1] != NULL)
    employees[1] = acc_directory_find_id (directory, kind->employees[1]);
  plan = acc_plan_new (acc_opened_letter_get_letter (scene->session.letter), directory, employees,
                       acc_identity_get_banker (scene->session.identity));
  for (guint i = 0; i < N_MAX; i++)
    covers[i] = (AccCoverDone) { paragraph, pdf };
  acc_routing_prepare (scene->session.desk, scene->session.identity, scene->session.letter, plan, covers, scene->doors,
                       &error);
  g_assert_no_error (error);
}

static gboolean
hand_over (Scene *scene, GError **error)
{
  return acc_routing_hand_over (scene->session.desk, scene->session.identity, scene->session.letter, scene->doors,
                                error);
}

static void
scene_set_up_unsent (Scene *scene, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (GError) error = NULL;

  route_freeze_clock ();
  route_set_contact (kind->contact);
  route_branch_set_up_approved (&scene->branch, kind->employees[1] != NULL);
  route_session_open (&scene->session, &scene->branch);
  scene->inbox = acc_inbox_open (scene->branch.store_dir, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  scene->door = g_object_new (test_door_get_type (), NULL);
  scene->door->folder = acc_folder_door_new (scene->branch.outbox);
  scene->doors = acc_doors_new_of (ACC_DOOR (scene->door));
  prepare (scene, kind);
}

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene_set_up_unsent (scene, data);
  hand_over (scene, &error);
  g_assert_no_error (error);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  g_clear_object (&scene->doors);
  g_clear_object (&scene->door);
  g_clear_object (&scene->inbox);
  route_session_close (&scene->session);
  route_branch_remove (&scene->branch);
}

static gboolean
record (const Scene *scene, guint position, const char *on, const char *message, GError **error)
{
  return acc_receipts_record (scene->session.desk, scene->session.identity, scene->session.letter,
                              &(AccHeard) { position, on, message }, error);
}

static void
assert_recorded (const Scene *scene, guint position, const char *message)
{
  g_autoptr (GError) error = NULL;

  record (scene, position, NULL, message, &error);
  g_assert_no_error (error);
}

static void
assert_answer (const Scene *scene, const char *sql, const char *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->session.desk, sql, &error);
  gboolean row;

  acc_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row ? acc_statement_get_text (statement, 0) : NULL, ==, answer);
}

#define STATES "SELECT group_concat(state, ', ') FROM (SELECT state FROM delivery ORDER BY position)"
#define LETTER "SELECT state FROM letter"
#define JOURNAL(kind) "SELECT count(*) FROM journal WHERE signature IS NOT NULL AND kind = '" kind "'"

static GPtrArray *
find_faults (AccStore *desk)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (desk, findings, &error);
  g_assert_no_error (error);
  acc_decision_check (desk, 0, findings, &error);
  g_assert_no_error (error);
  return findings;
}

static void
assert_sound (const Scene *scene)
{
  g_autoptr (GPtrArray) findings = find_faults (scene->session.desk);
  g_autoptr (GError) error = NULL;

  acc_archive_check (scene->session.desk, scene->inbox, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
assert_slip (const Scene *scene, AccSlipState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccSlip) slip = NULL;

  acc_slips_tell (scene->session.desk, scene->inbox, &error);
  g_assert_no_error (error);
  slip = acc_slip_table_find (scene->inbox, ROUTE_NUMBER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (slip->state, ==, state);
}

static void
assert_outbox (const Scene *scene, const char *names)
{
  g_autofree char *found = route_list_folder (scene->branch.outbox);

  g_assert_cmpstr (found, ==, names);
}

/* ---- what an acknowledgement moves ---- */

#define PACKAGE(name) ROUTE_NUMBER "-" name

static void
only_who_is_thanked_moves_the_letter (Scene *scene, gconstpointer data)
{
  assert_slip (scene, ACC_SLIP_ON_ITS_WAY);
  assert_outbox (scene, PACKAGE ("1-supervisor") " " PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));

  assert_recorded (scene, SUPERVISOR, NULL);
  assert_answer (scene, STATES, "acknowledged, handed over, handed over");
  assert_answer (scene, LETTER, "routed");
  assert_slip (scene, ACC_SLIP_ON_ITS_WAY);
  assert_outbox (scene, PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));

  assert_recorded (scene, EMPLOYEE, NULL);
  assert_answer (scene, STATES, "acknowledged, acknowledged, handed over");
  assert_answer (scene, LETTER, "acknowledged");
  assert_slip (scene, ACC_SLIP_ARRIVED);
  assert_outbox (scene, PACKAGE ("3-own-supervisor"));

  assert_recorded (scene, OWN_SUPERVISOR, NULL);
  assert_outbox (scene, "");
  assert_answer (scene, JOURNAL ("heard back"), "3");
  assert_answer (scene, JOURNAL ("acknowledged"), "1");
  assert_sound (scene);
}

static void
all_who_are_thanked_have_to_say_so (Scene *scene, gconstpointer data)
{
  guint heard = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = acc_routing_list (scene->session.desk, scene->session.letter, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!g_str_equal (delivery->name, "Person J") && !g_str_equal (delivery->name, "Person T")
          && !g_str_equal (delivery->name, "Person S"))
        continue;
      if (data == &two && g_str_equal (delivery->name, "Person S")) /* only a supervisor in that letter */
        continue;
      assert_answer (scene, LETTER, "routed");
      assert_recorded (scene, delivery->position, NULL);
      heard++;
    }
  g_assert_cmpuint (heard, ==, 2);
  assert_answer (scene, LETTER, "acknowledged");
  assert_sound (scene);
}

static void
the_letter_waits_for_its_other_deliveries (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_REFUSED;
  g_assert_false (hand_over (scene, NULL));
  assert_answer (scene, STATES, "refused, handed over, handed over");
  assert_recorded (scene, EMPLOYEE, NULL);
  assert_answer (scene, LETTER, "approved");
  assert_sound (scene);

  acc_outbox_mark_as_sent (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &error);
  g_assert_no_error (error);
  assert_answer (scene, STATES, "handed over, acknowledged, handed over");
  assert_answer (scene, LETTER, "acknowledged");
  assert_answer (scene, JOURNAL ("routed"), "1");
  assert_slip (scene, ACC_SLIP_ARRIVED);
  assert_sound (scene);
}

static void
hearing_back_proves_what_was_unsure (Scene *scene, gconstpointer data)
{
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  g_assert_false (hand_over (scene, NULL));
  assert_answer (scene, STATES, "handed over, unsure, handed over");
  assert_answer (scene, LETTER, "approved");

  assert_recorded (scene, EMPLOYEE, "Thank you.");
  assert_answer (scene, STATES, "handed over, acknowledged, handed over");
  assert_answer (scene, LETTER, "acknowledged");
  assert_answer (scene, JOURNAL ("marked as sent"), "1");
  assert_answer (scene, JOURNAL ("routed"), "1");
  assert_sound (scene);
}

static void
what_a_kill_leaves_in_the_outbox_is_swept (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *away = g_strconcat (scene->branch.outbox, "-away", NULL);

  g_assert_cmpint (g_rename (scene->branch.outbox, away), ==, 0); /* nothing can be taken out of it now */
  assert_recorded (scene, SUPERVISOR, NULL);
  g_assert_cmpint (g_rename (away, scene->branch.outbox), ==, 0);
  assert_outbox (scene, PACKAGE ("1-supervisor") " " PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));

  for (guint round = 0; round < 2; round++)
    {
      acc_receipts_sweep (scene->session.desk, ACC_FOLDER_DOOR (scene->door->folder), &error);
      g_assert_no_error (error);
      assert_outbox (scene, PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));
    }
}

/* ---- what is refused ---- */

static const struct {
  guint position;
  const char *on, *message;
  int code;
  const char *says;
} refusals[] = {
  { 9, NULL, NULL, ACC_ERROR_NOT_FOUND, "no delivery 9" },
  { 0, NULL, NULL, ACC_ERROR_NOT_FOUND, "no delivery 0" },
  { EMPLOYEE, "2026-11-20", NULL, ACC_ERROR_INPUT, "2026-11-21" }, /* it went out the day after */
  { EMPLOYEE, "2026-11-22", NULL, ACC_ERROR_INPUT, "2026-11-22" }, /* tomorrow */
  { EMPLOYEE, "yesterday", NULL, ACC_ERROR_INPUT, "yesterday" },
  { EMPLOYEE, "2026-02-30", NULL, ACC_ERROR_INPUT, "2026-02-30" },
};

static void
what_cannot_be_is_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (ACC_STORY_MAX + 1, 'a');
  g_autoptr (GError) too_long = NULL, twice = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (record (scene, refusals[i].position, refusals[i].on, refusals[i].message, &error));
      g_assert_error (error, ACC_ERROR, refusals[i].code);
      g_assert_nonnull (strstr (error->message, refusals[i].says));
    }
  g_assert_false (record (scene, EMPLOYEE, NULL, long_text, &too_long));
  g_assert_error (too_long, ACC_ERROR, ACC_ERROR_INPUT);
  assert_answer (scene, STATES, "handed over, handed over, handed over");
  assert_answer (scene, "SELECT count(*) FROM receipt", "0");

  assert_recorded (scene, EMPLOYEE, " \n ");
  g_assert_false (record (scene, EMPLOYEE, NULL, "\t", &twice));
  g_assert_error (twice, ACC_ERROR, ACC_ERROR_CONFLICT);
  assert_answer (scene, "SELECT count(*) FROM receipt", "1");
  assert_sound (scene);
}

static void
what_has_not_gone_cannot_have_arrived (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (record (scene, EMPLOYEE, NULL, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "prepared"));
}

/* ---- what is kept ---- */

static void
words_come_back_as_they_were_said (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, full = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  const AccReceipt *receipt;

  acc_clock_freeze (acc_clock_now () + 2 * DAY, acc_clock_boot ());
  record (scene, EMPLOYEE, "2026-11-22", "  canary words\r\nof Żaneta \342\200\256 ", &error);
  g_assert_no_error (error);
  for (guint i = 1; i < 20; i++)
    assert_recorded (scene, EMPLOYEE, "canary more");
  g_assert_false (record (scene, EMPLOYEE, NULL, "canary one too many", &full));
  g_assert_error (full, ACC_ERROR, ACC_ERROR_CONFLICT);

  receipts = acc_receipts_list (scene->session.desk, scene->session.letter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 20);
  receipt = g_ptr_array_index (receipts, 0);
  g_assert_cmpuint (receipt->sequence, ==, 1);
  g_assert_cmpuint (receipt->position, ==, EMPLOYEE);
  g_assert_cmpstr (receipt->heard_on, ==, "2026-11-22");
  g_assert_true (g_str_has_prefix (receipt->recorded_at, "2026-11-23T10:42:00"));
  g_assert_cmpstr (receipt->banker, ==, ROUTE_BANKER);
  g_assert_cmpint (receipt->source, ==, ACC_RECEIPT_BY_BANKER);
  g_assert_cmpstr (receipt->message, ==, "canary words\nof Żaneta");
  g_assert_cmpstr (receipt->passed_on_at, ==, "");
  assert_sound (scene);
}

static void
nothing_said_is_in_clear (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = acc_archive_path (scene->branch.store_dir);

  assert_recorded (scene, EMPLOYEE, "canary words");
  bytes = acc_file_read (path, 64 * 1024 * 1024, &error);
  g_assert_no_error (error);
  g_assert_null (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "canary words"));
}

static gboolean
keep_nothing (const AccErasure *erasure, gpointer data, GError **error)
{
  return TRUE;
}

static void
erasing_takes_the_words (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, late = NULL;
  g_autoptr (AccErasure) erasure = NULL;

  assert_recorded (scene, EMPLOYEE, "canary words");
  erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "The client asked.", keep_nothing,
                       NULL, &error);
  g_assert_no_error (error);
  assert_answer (scene, "SELECT sum (length (body)) FROM receipt", "0");
  assert_sound (scene);

  g_assert_false (record (scene, SUPERVISOR, NULL, NULL, &late));
  g_assert_error (late, ACC_ERROR, ACC_ERROR_CONFLICT);
}

/* ---- checking ---- */

/* A hand on the file: each is found, and the letter named. */
static const char *const changes[] = {
  /* Who has it. */
  "UPDATE receipt SET position = 3 WHERE sequence = 1",
  "UPDATE delivery SET state = 'handed over' WHERE position = 2",
  "UPDATE delivery SET state = 'acknowledged' WHERE position = 3",
  /* Since when. */
  "UPDATE receipt SET heard_on = '2026-11-22' WHERE sequence = 1",
  "UPDATE receipt SET recorded_at = '2026-11-22T10:42:00+00:00' WHERE sequence = 1",
  "UPDATE receipt SET source = 'reply' WHERE sequence = 1",
  /* What was said. */
  "UPDATE receipt SET body = (SELECT body FROM receipt WHERE sequence = 2) WHERE sequence = 1",
  "UPDATE receipt SET body = x''",
  "UPDATE receipt SET sequence = 9 WHERE sequence = 1",
  /* Whether it was. */
  "DELETE FROM receipt WHERE sequence = 1",
  "DELETE FROM receipt",
  "DELETE FROM journal WHERE kind = 'heard back' AND json_extract (facts, '$.receipt') = 1",
  "INSERT INTO receipt SELECT number, 3, 3, heard_on, recorded_at, source, body FROM receipt WHERE sequence = 1",
  /* After whose silence. */
  "UPDATE delivery SET after_position = 1 WHERE position = 2",
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
check_finds_every_change (Scene *scene, gconstpointer data)
{
  assert_recorded (scene, EMPLOYEE, "Thank you.");
  assert_recorded (scene, SUPERVISOR, "Well done.");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      Change change = { .sql = changes[i] };
      g_autoptr (GError) error = NULL;

      acc_store_transact (scene->session.desk, change_and_check, &change, &error);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
      g_test_message ("%s: %u", changes[i], change.n_found);
      g_assert_cmpuint (change.n_found, >, 0);
    }
  assert_sound (scene);
}

/* ---- the message back, for the client ---- */

static gboolean
pass_on (const Scene *scene, guint sequence, GError **error)
{
  return acc_receipts_pass_on (scene->session.desk, scene->session.identity, scene->session.letter, sequence, error);
}

static void
a_client_who_agreed_is_told_once (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, wordless = NULL, unknown = NULL, twice = NULL;
  g_autoptr (AccPassing) passing = NULL;
  g_autoptr (GPtrArray) receipts = NULL;

  assert_recorded (scene, SUPERVISOR, NULL);
  assert_recorded (scene, EMPLOYEE, "Thank you.");
  passing = acc_receipts_open_passing (scene->session.desk, scene->session.letter, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (passing->client, ==, "canary client");
  g_assert_cmpstr (passing->contact, ==, "canary contact");
  g_assert_cmpstr (passing->from, ==, "Person J");
  g_assert_cmpstr (passing->message, ==, "Thank you.");

  g_assert_false (pass_on (scene, 1, &wordless));
  g_assert_error (wordless, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (wordless->message, "Person S"));
  g_assert_false (pass_on (scene, 3, &unknown));
  g_assert_error (unknown, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_assert_true (pass_on (scene, 2, &error));
  g_assert_no_error (error);
  g_assert_false (pass_on (scene, 2, &twice));
  g_assert_error (twice, ACC_ERROR, ACC_ERROR_CONFLICT);

  receipts = acc_receipts_list (scene->session.desk, scene->session.letter, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((const AccReceipt *) g_ptr_array_index (receipts, 0))->passed_on_at, ==, "");
  g_assert_true (g_str_has_prefix (((const AccReceipt *) g_ptr_array_index (receipts, 1))->passed_on_at, "2026-11-21T"));
  assert_answer (scene, JOURNAL ("passed on"), "1");
  assert_sound (scene);
}

static void
a_client_who_did_not_agree_is_left_alone (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, refused = NULL;

  assert_recorded (scene, EMPLOYEE, "Thank you.");
  g_assert_null (acc_receipts_open_passing (scene->session.desk, scene->session.letter, 1, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (error->message, "canary client"));
  g_assert_false (pass_on (scene, 1, &refused));
  g_assert_error (refused, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  assert_answer (scene, JOURNAL ("passed on"), "0");
}

/* ---- nothing is heard ---- */

static void
wait_days (guint days)
{
  acc_clock_freeze (acc_clock_now () + days * DAY, acc_clock_boot () + days * DAY);
}

/* The directory of today. */
static void
import (const Scene *scene, const char *rows)
{
  g_autoptr (AccDirectory) directory = route_directory_new (rows);
  g_autoptr (GError) error = NULL;

  acc_directory_table_save (scene->session.desk, scene->inbox, scene->session.identity, directory, &error);
  g_assert_no_error (error);
}

/* "POSITION NAME DAYS -> NEXT; …" */
static char *
list_silences (const Scene *scene, guint days)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) silences = acc_silences_list (scene->session.desk, scene->session.identity, days, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);

      g_assert_cmpstr (silence->number, ==, ROUTE_NUMBER);
      g_string_append_printf (text, "%s%u %s %u%s%s", i > 0 ? "; " : "", silence->position, silence->name, silence->days,
                              *silence->next != '\0' ? " -> " : "", silence->next);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_silences (const Scene *scene, guint days, const char *expected)
{
  g_autofree char *found = list_silences (scene, days);

  g_assert_cmpstr (found, ==, expected);
}

static AccNextLevel *
find_next_level (const Scene *scene, guint position)
{
  g_autoptr (GError) error = NULL;
  AccNextLevel *level
    = acc_next_level_new (scene->session.desk, scene->session.identity, scene->session.letter, position, &error);

  g_assert_no_error (error);
  return level;
}

static gboolean
ask_next_level (const Scene *scene, AccNextLevel *level, GError **error)
{
  char paragraph[] = "Please see to it.";
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 further", 16);

  return acc_next_level_prepare (level, scene->session.desk, &(AccCoverDone) { paragraph, pdf }, scene->doors, error);
}

static void
only_who_should_answer_is_waited_for (Scene *scene, gconstpointer data)
{
  wait_days (13);
  assert_silences (scene, 14, "");
  wait_days (1);
  assert_silences (scene, 14, "1 Person S 14 -> Person H; 2 Person J 14");
  assert_recorded (scene, EMPLOYEE, NULL);
  assert_silences (scene, 14, "1 Person S 14 -> Person H");
  assert_recorded (scene, SUPERVISOR, NULL);
  assert_silences (scene, 14, "");
}

static void
the_next_level_is_asked_and_followed (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL, again = NULL, highest = NULL;
  g_autoptr (GError) error = NULL, late = NULL;
  const AccRecipient *recipient;

  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  again = find_next_level (scene, SUPERVISOR);
  recipient = acc_next_level_get_recipient (level);
  g_assert_cmpint (recipient->role, ==, ACC_ROLE_SUPERVISOR);
  g_assert_cmpstr (recipient->person->name, ==, "Person H");
  g_assert_cmpstr (recipient->employee->name, ==, "Person J");
  g_assert_cmpuint (recipient->employees->len, ==, 1);
  ask_next_level (scene, level, &error);
  g_assert_no_error (error);
  g_assert_false (ask_next_level (scene, again, &late));
  g_assert_error (late, ACC_ERROR, ACC_ERROR_CONFLICT);
  assert_answer (scene, STATES, "handed over, handed over, handed over, prepared");
  assert_answer (scene, "SELECT after_position FROM delivery WHERE position = 4", "1");
  assert_answer (scene, LETTER, "routed");
  assert_sound (scene);
  assert_silences (scene, 14, "2 Person J 14");

  hand_over (scene, &error);
  g_assert_no_error (error);
  assert_answer (scene, STATES, "handed over, handed over, handed over, handed over");
  assert_answer (scene, LETTER, "routed");
  assert_outbox (scene, PACKAGE ("1-supervisor") " " PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor") " " PACKAGE (
                          "4-supervisor"));
  assert_sound (scene);

  wait_days (14);
  assert_silences (scene, 14, "2 Person J 28; 4 Person H 14");
  highest = find_next_level (scene, 4);
  g_assert_null (acc_next_level_get_recipient (highest));
  g_assert_cmpstr (acc_next_level_get_sentence (highest), ==, "The directory has nobody above Person H.");
  assert_recorded (scene, 4, NULL);
  assert_recorded (scene, SUPERVISOR, NULL); /* the first one after all */
  assert_recorded (scene, EMPLOYEE, NULL);
  assert_answer (scene, LETTER, "acknowledged");
  assert_silences (scene, 14, "");
  assert_sound (scene);
}

/* A door that fails holds the further delivery as it does any other, and the letter stays where it is. */
static void
a_further_delivery_is_durable (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) error = NULL;

  assert_recorded (scene, EMPLOYEE, NULL);
  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  ask_next_level (scene, level, &error);
  g_assert_no_error (error);
  scene->door->result[4] = ACC_DOOR_REFUSED;
  g_assert_false (hand_over (scene, NULL));
  assert_answer (scene, "SELECT state FROM delivery WHERE position = 4", "refused");
  assert_answer (scene, LETTER, "acknowledged");
  assert_sound (scene);

  scene->door->result[4] = ACC_DOOR_UNSURE;
  acc_outbox_send_again (scene->session.desk, scene->session.identity, scene->session.letter, 4, &error);
  g_assert_no_error (error);
  g_assert_false (hand_over (scene, NULL));
  assert_answer (scene, "SELECT state FROM delivery WHERE position = 4", "unsure");
  assert_recorded (scene, 4, "I have it.");
  assert_answer (scene, "SELECT state FROM delivery WHERE position = 4", "acknowledged");
  assert_answer (scene, JOURNAL ("acknowledged"), "1");
  assert_sound (scene);
}

/* The directory of the day on which somebody asks, and what is said of the supervisor's silence. */
static const struct {
  const char *staff, *next, *sentence;
} levels[] = {
  { ROUTE_STAFF, "Person H", "Person H is the next one up from Person S." },
  { "J,Fraud,S,,|S,Fraud,H,,|H,Bank,X,,2026-12-01|X,Bank,,,|B,Branch,M,,|M,Branch,X,,", "Person X",
    "Person H, above Person S, is not here today: Person X is the next one up." },
  { "J,Fraud,S,,|S,Fraud,H,,|H,Bank,,,2026-12-01|B,Branch,M,,|M,Branch,S,,", NULL,
    "Nobody above Person S is here today: have the directory brought up to date." },
  { "J,Fraud,S,,|S,Fraud,,,|B,Branch,M,,|M,Branch,S,,", NULL, "The directory has nobody above Person S." },
  { "J,Fraud,X,,|X,Fraud,,,|B,Branch,M,,|M,Branch,X,,", NULL,
    "Person S is not in the directory any more, so nobody above is known." },
  { "J,Fraud,S,,|S,Fraud,M,,|B,Branch,M,,|M,Branch,,,", NULL,
    "Person M, the next one up from Person S, has the letter already." },
  { "J,Fraud,S,,|S,Fraud,B,,|B,Branch,M,,|M,Branch,,,", NULL, "The next one up from Person S is you." },
};

static void
the_next_level_is_told_in_words (Scene *scene, gconstpointer data)
{
  wait_days (14);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (AccNextLevel) level = NULL;
      const AccRecipient *recipient;

      import (scene, levels[i].staff);
      level = find_next_level (scene, SUPERVISOR);
      recipient = acc_next_level_get_recipient (level);
      g_assert_cmpstr (acc_next_level_get_sentence (level), ==, levels[i].sentence);
      g_assert_cmpstr (recipient != NULL ? recipient->person->name : NULL, ==, levels[i].next);
    }
}

/* As no import takes it, but as an older version may have kept it. */
static AccDirectory *
circle_new (void)
{
  g_autoptr (AccDirectory) directory
    = route_directory_new ("J,Fraud,S,,|S,Fraud,H,,|H,Bank,X,,2026-11-01|X,Bank,,,2026-11-01");
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_person_free);

  for (guint i = 0; i < acc_directory_get_n_people (directory); i++)
    {
      AccPerson *person = acc_person_copy (acc_directory_get_person (directory, i));

      if (g_str_equal (person->id, "X"))
        {
          g_free (person->supervisor_id);
          person->supervisor_id = g_strdup ("H");
        }
      g_ptr_array_add (people, person);
    }
  return acc_directory_new (people);
}

static void
a_circle_ends (Scene *scene, gconstpointer data)
{
  g_autoptr (AccDirectory) circle = circle_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AccNextLevel) level = acc_next_level_new_in (circle, scene->session.desk, scene->session.identity,
                                                          scene->session.letter, SUPERVISOR, &error);

  g_assert_no_error (error);
  g_assert_null (acc_next_level_get_recipient (level));
  g_assert_cmpstr (acc_next_level_get_sentence (level), ==,
                   "The directory leads from Person S up in a circle: have it put right there.");
}

/* Whom the letter thanks may have left: the further delivery still says whom it is about. */
static void
who_has_left_is_still_named (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) error = NULL;

  wait_days (14);
  import (scene, "S,Fraud,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,");
  level = find_next_level (scene, SUPERVISOR);
  g_assert_cmpstr (acc_next_level_get_recipient (level)->employee->name, ==, "Person J");
  ask_next_level (scene, level, &error);
  g_assert_no_error (error);
  hand_over (scene, &error);
  g_assert_no_error (error);
  assert_sound (scene);
}

static void
nobody_is_proposed_twice (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) silences = NULL;
  guint n_proposed = 0, n_told = 0;

  wait_days (14);
  silences = acc_silences_list (scene->session.desk, scene->session.identity, 14, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);

      n_proposed += g_str_equal (silence->next, "Person H");
      n_told += strstr (silence->sentence, "Person H, the next one up, is proposed for this letter already") != NULL;
    }
  g_assert_cmpuint (n_proposed, ==, 1);
  g_assert_cmpuint (n_told, ==, 1);
}

static void
a_silence_can_be_left_at_that (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, twice = NULL, wrong = NULL;

  wait_days (14);
  acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &error);
  g_assert_no_error (error);
  assert_silences (scene, 14, "2 Person J 14");
  g_assert_false (
    acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &twice));
  g_assert_error (twice, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_false (
    acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, OWN_SUPERVISOR, &wrong));
  g_assert_error (wrong, ACC_ERROR, ACC_ERROR_CONFLICT);
  assert_answer (scene, JOURNAL ("left at that"), "1");
  assert_recorded (scene, SUPERVISOR, NULL);
  assert_sound (scene);
}

static const char *const further_changes[] = {
  "UPDATE delivery SET after_position = 2 WHERE position = 4",
  "UPDATE delivery SET after_position = NULL WHERE position = 4",
  "UPDATE delivery SET role = 'employee' WHERE position = 4",
  "UPDATE delivery SET recipient = x'00' WHERE position = 4",
  "DELETE FROM delivery WHERE position = 4",
  "DELETE FROM journal WHERE kind = 'prepared further'",
};

static void
check_finds_every_change_of_a_further_one (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) asked = NULL;

  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  ask_next_level (scene, level, &asked);
  g_assert_no_error (asked);
  for (guint i = 0; i < G_N_ELEMENTS (further_changes); i++)
    {
      Change change = { .sql = further_changes[i] };
      g_autoptr (GError) error = NULL;

      acc_store_transact (scene->session.desk, change_and_check, &change, &error);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
      g_test_message ("%s: %u", further_changes[i], change.n_found);
      g_assert_cmpuint (change.n_found, >, 0);
    }
}

#define ADD(path, kind, test) g_test_add ("/receipts/" path, Scene, &kind, scene_set_up, test, scene_tear_down)
#define ADD_UNSENT(path, test) g_test_add ("/receipts/" path, Scene, &one, scene_set_up_unsent, test, scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("only-who-is-thanked-moves-the-letter", one, only_who_is_thanked_moves_the_letter);
  ADD ("all-who-are-thanked-have-to-say-so", two, all_who_are_thanked_have_to_say_so);
  ADD ("all-who-are-thanked-have-to-say-so/one-being-a-supervisor", with_supervisor, all_who_are_thanked_have_to_say_so);
  ADD_UNSENT ("the-letter-waits-for-its-other-deliveries", the_letter_waits_for_its_other_deliveries);
  ADD_UNSENT ("hearing-back-proves-what-was-unsure", hearing_back_proves_what_was_unsure);
  ADD ("what-a-kill-leaves-in-the-outbox-is-swept", one, what_a_kill_leaves_in_the_outbox_is_swept);
  ADD ("what-cannot-be-is-refused", one, what_cannot_be_is_refused);
  ADD_UNSENT ("what-has-not-gone-cannot-have-arrived", what_has_not_gone_cannot_have_arrived);
  ADD ("words-come-back-as-they-were-said", one, words_come_back_as_they_were_said);
  ADD ("nothing-said-is-in-clear", one, nothing_said_is_in_clear);
  ADD ("erasing-takes-the-words", one, erasing_takes_the_words);
  ADD ("check-finds-every-change", one, check_finds_every_change);
  ADD ("a-client-who-agreed-is-told-once", one_with_contact, a_client_who_agreed_is_told_once);
  ADD ("a-client-who-did-not-agree-is-left-alone", one, a_client_who_did_not_agree_is_left_alone);
  ADD ("only-who-should-answer-is-waited-for", one, only_who_should_answer_is_waited_for);
  ADD ("the-next-level-is-asked-and-followed", one, the_next_level_is_asked_and_followed);
  ADD ("a-further-delivery-is-durable", one, a_further_delivery_is_durable);
  ADD ("the-next-level-is-told-in-words", one, the_next_level_is_told_in_words);
  ADD ("a-circle-ends", one, a_circle_ends);
  ADD ("who-has-left-is-still-named", one, who_has_left_is_still_named);
  ADD ("nobody-is-proposed-twice", two, nobody_is_proposed_twice);
  ADD ("a-silence-can-be-left-at-that", one, a_silence_can_be_left_at_that);
  ADD ("check-finds-every-change-of-a-further-one", one, check_finds_every_change_of_a_further_one);
  return g_test_run ();
}
