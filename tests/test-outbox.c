/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox on real stores: what waits, what a person must act on, and what may have arrived. */
#include "route-support.h"
#include "support.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/delivery-table.h"
#include "route/erasure.h"
#include "route/outbox.h"
#include "route/routing.h"
#include "staff/directory-table.h"
#include "store/statement.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SUPERVISOR 1
#define EMPLOYEE 2
#define OWN_SUPERVISOR 3
#define N_DELIVERIES 3

/* ---- a door that does as it is told ---- */

typedef enum { KILL_NEVER, KILL_BEFORE, KILL_AFTER } Kill;

/* Remembers what it was given. */
struct _TestDoor {
  GObject parent_instance;
  AccDoorResult result[N_DELIVERIES + 1]; /* by position */
  Kill kill;
  guint n[N_DELIVERIES + 1];
  GBytes *message[N_DELIVERIES + 1];
  gboolean differed; /* a later try had other bytes */
  const char *words; /* of its failures; NULL: its own */
};

G_DECLARE_FINAL_TYPE (TestDoor, test_door, TEST, DOOR, GObject)
static void test_door_iface_init (AccDoorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestDoor, test_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, test_door_iface_init))

static const char *
test_door_get_name (AccDoor *door)
{
  return "test";
}

static void
remember (TestDoor *self, const AccPackage *package)
{
  GBytes **message = &self->message[package->position];

  self->n[package->position]++;
  if (*message == NULL)
    *message = g_bytes_ref (package->message);
  self->differed |= !g_bytes_equal (*message, package->message);
}

static AccDoorResult
test_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place, GError **error)
{
  TestDoor *self = (TestDoor *)door;
  AccDoorResult result = self->result[package->position];

  if (self->kill == KILL_BEFORE)
    raise (SIGKILL);
  remember (self, package);
  if (self->kill == KILL_AFTER)
    raise (SIGKILL);
  if (result == ACC_DOOR_HANDED_OVER)
    *place = g_strdup ("test.example");
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "%s %s", self->words != NULL ? self->words : "no room for",
                 package->address);
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
  TestDoor *self = (TestDoor *)object;

  for (guint i = 0; i <= N_DELIVERIES; i++)
    g_clear_pointer (&self->message[i], g_bytes_unref);
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

/* ---- one prepared letter ---- */

typedef struct {
  RouteBranch branch;
  RouteSession session;
  TestDoor *door;
  AccDoors *doors;
} Scene;

static void
prepare (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory
      = acc_directory_table_load (scene->session.desk, scene->session.identity, NULL, &error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J"), NULL };
  g_autoptr (AccPlan) plan = acc_plan_new (acc_opened_letter_get_letter (scene->session.letter), directory, employees,
                                           acc_identity_get_banker (scene->session.identity));
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 cover", 14);
  char paragraph[] = "Please read.";
  const AccCoverDone covers[] = { { paragraph, pdf }, { paragraph, pdf }, { paragraph, pdf } };

  g_assert_cmpuint (acc_plan_get_n_recipients (plan), ==, N_DELIVERIES);
  acc_routing_prepare (scene->session.desk, scene->session.identity, scene->session.letter, plan, covers, scene->doors,
                       &error);
  g_assert_no_error (error);
}

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  route_freeze_clock ();
  route_branch_set_up_approved (&scene->branch, FALSE);
  route_session_open (&scene->session, &scene->branch);
  scene->door = g_object_new (test_door_get_type (), NULL);
  scene->doors = acc_doors_new_of (ACC_DOOR (scene->door));
  prepare (scene);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  route_session_close (&scene->session);
  g_clear_object (&scene->doors);
  g_clear_object (&scene->door);
  route_branch_remove (&scene->branch);
}

/* What the desk does each minute. */
static guint
go_round (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccOutbox) outbox
      = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, &error);
  g_autoptr (GError) failure = NULL;
  guint n = 0;

  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr (AccSending) sending = acc_outbox_next (outbox, TRUE);

      if (sending == NULL)
        break;
      acc_sending_deliver (sending, NULL);
      acc_outbox_end (outbox, sending, &error);
      g_assert_no_error (error);
      n++;
    }
  failure = acc_outbox_steal_failure (outbox);
  return n;
}

static void
move_clock (gint64 seconds)
{
  acc_clock_freeze (acc_clock_now () + seconds * G_USEC_PER_SEC, acc_clock_boot () + ABS (seconds) * G_USEC_PER_SEC);
}

static void
assert_answer (Scene *scene, const char *sql, const char *answer)
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
find_faults (Scene *scene)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (scene->session.desk, findings, &error);
  g_assert_no_error (error);
  return findings;
}

static void
assert_sound (Scene *scene)
{
  g_autoptr (GPtrArray) findings = find_faults (scene);

  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

typedef gboolean (*Order) (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                           GError **error);

static void
give (Scene *scene, Order order, guint position)
{
  g_autoptr (GError) error = NULL;

  order (scene->session.desk, scene->session.identity, scene->session.letter, position, &error);
  g_assert_no_error (error);
}

/* ---- waiting ---- */

static void
what_fails_waits_longer_each_time (Scene *scene, gconstpointer data)
{
  guint before = 0, tries = 0;

  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  g_assert_cmpuint (go_round (scene), ==, N_DELIVERIES);
  assert_answer (scene, STATES, "handed over, waiting, handed over");
  while (acc_outbox_wait_after (++tries) > 0)
    {
      guint wait = acc_outbox_wait_after (tries);

      g_assert_cmpuint (wait, >=, before);
      move_clock (wait - 1);
      g_assert_cmpuint (go_round (scene), ==, 0);
      assert_sound (scene);
      move_clock (1);
      g_assert_cmpuint (go_round (scene), ==, 1);
      before = wait;
    }
  g_assert_cmpuint (tries, ==, scene->door->n[EMPLOYEE]);
  assert_answer (scene, STATES, "handed over, refused, handed over");
  assert_answer (scene, LETTER, "approved");
  assert_answer (scene, JOURNAL ("refused"), "1");
  move_clock (30 * 24 * 3600);
  g_assert_cmpuint (go_round (scene), ==, 0);
  g_assert_false (scene->door->differed);
  assert_sound (scene);
}

static void
a_clock_that_was_put_back_keeps_nothing_waiting (Scene *scene, gconstpointer data)
{
  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  go_round (scene);
  move_clock (-400 * 24 * 3600);
  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  g_assert_cmpuint (go_round (scene), ==, 1);
  assert_answer (scene, LETTER, "routed");
}

static void
a_banker_need_not_wait (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_LATER;
  go_round (scene);
  scene->door->result[SUPERVISOR] = ACC_DOOR_HANDED_OVER;
  g_assert_cmpuint (go_round (scene), ==, 0);
  g_assert_true (acc_routing_hand_over (scene->session.desk, scene->session.identity, scene->session.letter,
                                        scene->doors, &error));
  g_assert_no_error (error);
  assert_answer (scene, LETTER, "routed");
  assert_answer (scene, "SELECT count(*) FROM delivery WHERE next_try IS NOT NULL OR reason IS NOT NULL", "0");
  assert_sound (scene);
}

static void
the_reason_is_told_to_the_banker_alone (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  const AccDelivery *delivery;

  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  go_round (scene);
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  delivery = g_ptr_array_index (deliveries, EMPLOYEE - 1);
  g_assert_cmpuint (delivery->position, ==, EMPLOYEE);
  g_assert_cmpstr (delivery->reason, ==, "no room for j@harbourvale.example");
  g_assert_cmpstr (delivery->next_try, ==, "2026-11-21T10:43:00Z");
  assert_answer (scene, "SELECT count(*) FROM delivery WHERE reason LIKE '%harbourvale%' OR reason LIKE '%room%'", "0");
}

/* ---- a person must act ---- */

static void
one_refusal_holds_no_other (Scene *scene, gconstpointer data)
{
  scene->door->result[SUPERVISOR] = ACC_DOOR_REFUSED;
  go_round (scene);
  assert_answer (scene, STATES, "refused, handed over, handed over");
  assert_answer (scene, LETTER, "approved");
  g_assert_cmpuint (go_round (scene), ==, 0);
  assert_sound (scene);

  scene->door->result[SUPERVISOR] = ACC_DOOR_HANDED_OVER;
  give (scene, acc_outbox_send_again, SUPERVISOR);
  assert_answer (scene, STATES, "prepared, handed over, handed over");
  assert_sound (scene);
  g_assert_cmpuint (go_round (scene), ==, 1);
  g_assert_false (scene->door->differed);
  assert_answer (scene, LETTER, "routed");
  assert_answer (scene, JOURNAL ("ordered again"), "1");
  assert_answer (scene, JOURNAL ("handed over"), "3");
  assert_sound (scene);
}

static void
what_may_have_arrived_is_sent_again_by_order_only (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  go_round (scene);
  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  assert_answer (scene, STATES, "handed over, unsure, handed over");
  move_clock (100 * 24 * 3600);
  g_assert_cmpuint (go_round (scene), ==, 0);
  g_assert_false (acc_routing_hand_over (scene->session.desk, scene->session.identity, scene->session.letter,
                                         scene->doors, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (scene->door->n[EMPLOYEE], ==, 1);
  assert_sound (scene);

  give (scene, acc_outbox_send_again, EMPLOYEE);
  g_assert_cmpuint (go_round (scene), ==, 1);
  g_assert_false (scene->door->differed);
  assert_answer (scene, LETTER, "routed");
  assert_sound (scene);
}

static void
what_did_arrive_is_marked (Scene *scene, gconstpointer data)
{
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  scene->door->result[OWN_SUPERVISOR] = ACC_DOOR_REFUSED;
  go_round (scene);
  give (scene, acc_outbox_mark_as_sent, EMPLOYEE);
  assert_answer (scene, STATES, "handed over, handed over, refused");
  assert_answer (scene, LETTER, "approved");
  assert_sound (scene);
  give (scene, acc_outbox_mark_as_sent, OWN_SUPERVISOR);
  assert_answer (scene, LETTER, "routed");
  assert_answer (scene, JOURNAL ("marked as sent"), "2");
  assert_answer (scene, "SELECT count(*) FROM routed_department", "1");
  g_assert_cmpuint (scene->door->n[EMPLOYEE], ==, 1);
  assert_sound (scene);
}

static void
orders_are_for_what_is_stuck (Scene *scene, gconstpointer data)
{
  static const Order orders[] = { acc_outbox_send_again, acc_outbox_mark_as_sent };

  for (guint i = 0; i < 2; i++)
    for (guint round = 0; round < 2; round++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GError) none = NULL;

        g_assert_false (orders[i](scene->session.desk, scene->session.identity, scene->session.letter, 1, &error));
        g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
        g_assert_false (orders[i](scene->session.desk, scene->session.identity, scene->session.letter, 9, &none));
        g_assert_error (none, ACC_ERROR, ACC_ERROR_NOT_FOUND);
        go_round (scene);
      }
  assert_answer (scene, STATES, "handed over, handed over, handed over");
  assert_sound (scene);
}

/* ---- cut short ---- */

/* A desk of its own, which the door kills at the first delivery. */
static void
be_killed (Scene *scene)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      Scene other = { .branch = scene->branch, .door = scene->door, .doors = scene->doors };

      route_session_open (&other.session, &other.branch);
      go_round (&other);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
}

static void
a_kill_leaves_it_unsure (Scene *scene, gconstpointer data)
{
  const Kill *when = data;

  route_session_close (&scene->session);
  scene->door->kill = *when;
  be_killed (scene);
  scene->door->kill = KILL_NEVER;
  route_session_open (&scene->session, &scene->branch);
  assert_answer (scene, STATES, "sending, prepared, prepared");
  assert_sound (scene);

  g_assert_cmpuint (go_round (scene), ==, 2);
  assert_answer (scene, STATES, "unsure, handed over, handed over");
  g_assert_cmpuint (scene->door->n[SUPERVISOR], ==, 0);
  assert_answer (scene, JOURNAL ("unsure"), "1");
  assert_sound (scene);
  give (scene, acc_outbox_mark_as_sent, SUPERVISOR);
  assert_answer (scene, LETTER, "routed");
}

static void
a_kill_before_a_door_that_repeats_costs_nothing (Scene *scene, gconstpointer data)
{
  route_session_close (&scene->session);
  scene->door->kill = KILL_AFTER;
  be_killed (scene);
  scene->door->kill = KILL_NEVER;
  route_session_open (&scene->session, &scene->branch);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = TRUE;
  g_assert_cmpuint (go_round (scene), ==, 3);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = FALSE;
  assert_answer (scene, LETTER, "routed");
  assert_sound (scene);
}

/* Another desk is at it: its delivery is neither sent twice nor taken for one that was cut short. */
static void
two_desks_send_each_delivery_once (Scene *scene, gconstpointer data)
{
  Scene other = { .branch = scene->branch, .door = scene->door, .doors = scene->doors };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccOutbox) outbox = NULL;
  g_autoptr (AccSending) sending = NULL;

  route_session_open (&other.session, &other.branch);
  outbox = acc_outbox_new (other.session.desk, other.session.identity, other.doors, NULL, &error);
  sending = acc_outbox_next (outbox, TRUE);
  g_assert_nonnull (sending);
  g_assert_cmpuint (go_round (scene), ==, 2);
  assert_answer (scene, STATES, "sending, handed over, handed over");

  acc_sending_deliver (sending, NULL);
  g_assert_true (acc_outbox_end (outbox, sending, &error));
  g_assert_null (acc_outbox_next (outbox, TRUE));
  assert_answer (scene, LETTER, "routed");
  for (guint i = 1; i <= N_DELIVERIES; i++)
    g_assert_cmpuint (scene->door->n[i], ==, 1);
  assert_sound (scene);
  route_session_close (&other.session);
}

/* ---- a door that is shut ---- */

/* One is tried for all of them, and after some time again; none of it counts against a delivery. */
static void
a_shut_door_is_left_alone_longer_each_time (Scene *scene, gconstpointer data)
{
  guint tries = 1;

  scene->door->result[SUPERVISOR] = scene->door->result[EMPLOYEE] = ACC_DOOR_SHUT;
  scene->door->result[OWN_SUPERVISOR] = ACC_DOOR_SHUT;
  g_assert_cmpuint (go_round (scene), ==, 1);
  for (guint minute = 1; minute <= 24 * 60; minute++)
    {
      move_clock (60);
      tries += go_round (scene);
    }
  g_assert_cmpuint (tries, >=, 6);
  g_assert_cmpuint (tries, <=, 12); /* in a day */
  g_assert_cmpuint (scene->door->n[EMPLOYEE] + scene->door->n[OWN_SUPERVISOR], ==, 0);
  assert_answer (scene, STATES, "waiting, waiting, waiting");
  assert_answer (scene, "SELECT count(*) FROM delivery WHERE tries > 0 OR next_try IS NOT NULL", "0");
  assert_answer (scene, JOURNAL ("refused"), "0");
  assert_sound (scene);

  memset (scene->door->result, 0, sizeof scene->door->result);
  move_clock (24 * 3600);
  g_assert_cmpuint (go_round (scene), ==, 3);
  assert_answer (scene, LETTER, "routed");
  assert_sound (scene);
}

static void
each_delivery_says_why_its_door_is_shut (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) deliveries = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_SHUT;
  go_round (scene);
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      g_assert_cmpstr (delivery->state, ==, "waiting");
      g_assert_true (g_str_has_prefix (delivery->reason, "no room for "));
      g_assert_cmpstr (delivery->next_try, ==, "");
    }
}

/* Another session's doors, or those with another password. */
static void
other_doors_are_tried_at_once (Scene *scene, gconstpointer data)
{
  scene->door->result[SUPERVISOR] = ACC_DOOR_SHUT;
  go_round (scene);
  g_assert_cmpuint (go_round (scene), ==, 0);
  scene->door->result[SUPERVISOR] = ACC_DOOR_HANDED_OVER;
  g_object_unref (scene->doors);
  scene->doors = acc_doors_new_of (ACC_DOOR (scene->door));
  g_assert_cmpuint (go_round (scene), ==, 3);
  assert_answer (scene, LETTER, "routed");
}

/* ---- without keys ---- */

static gboolean
keep_nothing (const AccErasure *erasure, gpointer data, GError **error)
{
  return TRUE;
}

/* What is due, for after the sign-out; the banker's session has ended then. */
static GPtrArray *
pack_and_sign_out (Scene *scene)
{
  GPtrArray *packed = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_sending_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccOutbox) outbox
      = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, &error);
  gsize room = 1 << 20;
  AccSending *sending;

  g_assert_no_error (error);
  while ((sending = acc_outbox_pack (outbox, &room)) != NULL)
    g_ptr_array_add (packed, sending);
  g_clear_object (&outbox);
  route_session_close (&scene->session);
  return packed;
}

static void
run_sql (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->session.desk, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static gboolean
send_packed (Scene *scene, AccSending *sending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) desk = acc_archive_open (scene->branch.store_dir, ACC_STORE_WRITE, &error);

  g_assert_no_error (error);
  if (!acc_sending_begin (sending, desk, NULL))
    return FALSE;
  acc_sending_deliver (sending, NULL);
  g_assert_true (acc_sending_keep_end (sending, desk, &error));
  g_assert_no_error (error);
  return TRUE;
}

/* A print service says what it likes. */
static void
what_a_door_says_in_no_text_is_kept_all_the_same (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);
  g_autoptr (GPtrArray) deliveries = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_UNSURE;
  scene->door->words = "tray \xff of";
  g_assert_true (send_packed (scene, g_ptr_array_index (packed, 0)));
  g_ptr_array_set_size (packed, 0);
  route_session_open (&scene->session, &scene->branch);
  g_assert_cmpuint (go_round (scene), ==, 2);
  assert_answer (scene, STATES, "unsure, handed over, handed over");
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  g_assert_true (g_str_has_prefix (((const AccDelivery *) g_ptr_array_index (deliveries, 0))->reason, "tray \357\277\275 of"));
  assert_sound (scene);
}

static void
what_ends_without_keys_is_signed_at_the_next_sign_in (Scene *scene, gconstpointer data)
{
  static const struct {
    AccDoorResult result;
    const char *states;
  } rows[] = {
    { ACC_DOOR_LATER, "handed over, waiting, handed over" },
    { ACC_DOOR_REFUSED, "handed over, refused, handed over" },
    { ACC_DOOR_UNSURE, "handed over, unsure, handed over" },
    { ACC_DOOR_SHUT, "handed over, waiting, handed over" },
    { ACC_DOOR_HANDED_OVER, "handed over, handed over, handed over" },
  };
  const guint which = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);

  scene->door->result[EMPLOYEE] = rows[which].result;
  g_assert_cmpuint (packed->len, ==, N_DELIVERIES);
  for (guint i = 0; i < packed->len; i++)
    g_assert_true (send_packed (scene, g_ptr_array_index (packed, i)));
  g_ptr_array_set_size (packed, 0);
  route_session_open (&scene->session, &scene->branch);
  assert_answer (scene, STATES, "sending, sending, sending");
  assert_answer (scene, JOURNAL ("handed over"), "0");
  assert_answer (scene, "SELECT count(*) FROM delivery WHERE reason LIKE '%example%' OR reason LIKE '%room%'", "0");
  assert_sound (scene);
  scene->door->result[EMPLOYEE] = ACC_DOOR_SHUT; /* where it is tried again at once */
  go_round (scene);
  assert_answer (scene, STATES, rows[which].states);
  assert_answer (scene, JOURNAL ("handed over"), rows[which].result == ACC_DOOR_HANDED_OVER ? "3" : "2");
  assert_answer (scene, LETTER, rows[which].result == ACC_DOOR_HANDED_OVER ? "routed" : "approved");
  assert_sound (scene);
}

static void
what_is_packed_has_a_bound (Scene *scene, gconstpointer data)
{
  g_autoptr (AccOutbox) outbox
      = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, NULL);
  g_autoptr (AccSending) sending = NULL;
  gsize room = 100;

  g_assert_null (acc_outbox_pack (outbox, &room));
  g_clear_object (&outbox);
  outbox = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, NULL);
  room = 1 << 20;
  sending = acc_outbox_pack (outbox, &room);
  g_assert_nonnull (sending);
  g_assert_cmpuint (room, <, 1 << 20);
  assert_answer (scene, STATES, "prepared, prepared, prepared"); /* as if it had not been packed */
  g_assert_cmpuint (go_round (scene), ==, 3);
  g_assert_false (acc_sending_begin (sending, scene->session.desk, NULL)); /* it has gone since */
  g_assert_cmpuint (scene->door->n[SUPERVISOR], ==, 1);
  assert_sound (scene);
}

static void
what_is_erased_is_not_sent_without_keys_either (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);
  g_autoptr (AccErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  route_session_open (&scene->session, &scene->branch);
  erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "asked for", keep_nothing, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (packed->len, ==, N_DELIVERIES);
  for (guint i = 0; i < packed->len; i++)
    g_assert_false (send_packed (scene, g_ptr_array_index (packed, i)));
  g_assert_cmpuint (scene->door->n[SUPERVISOR] + scene->door->n[EMPLOYEE] + scene->door->n[OWN_SUPERVISOR], ==, 0);
  assert_sound (scene);
}

/* Whoever can write the store, but has no key, makes nobody sign that something has arrived. */
static void
a_forged_end_is_none (Scene *scene, gconstpointer data)
{
  static const char *const forgeries[] = {
    "UPDATE delivery SET reason = 'handed over' WHERE position = 2",
    "UPDATE delivery SET reason = 'aGFuZGVkIG92ZXI=' WHERE position = 2",
    "UPDATE delivery SET reason = (SELECT reason FROM delivery WHERE position = 1) WHERE position = 2",
    "UPDATE delivery SET tries = tries + 1 WHERE position = 2", /* another try's */
    "UPDATE delivery SET reason = NULL WHERE position = 2",
  };
  const char *forgery = forgeries[GPOINTER_TO_UINT (data)];
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);

  for (guint i = 0; i < packed->len; i++)
    g_assert_true (send_packed (scene, g_ptr_array_index (packed, i)));
  g_ptr_array_set_size (packed, 0);
  route_session_open (&scene->session, &scene->branch);
  run_sql (scene, forgery);
  g_assert_cmpuint (go_round (scene), ==, 0);
  assert_answer (scene, STATES, "handed over, unsure, handed over");
  assert_sound (scene);
}

/* ---- a store made from a backup ---- */

static void
what_a_backup_has_to_be_sent_is_unsure (Scene *scene, gconstpointer data)
{
  const gboolean *repeats = data;
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_REFUSED;
  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  go_round (scene);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = *repeats;
  g_assert_true (acc_delivery_table_mark_restored (scene->session.desk, &error));
  assert_answer (scene, STATES, "refused, sending, handed over");
  assert_sound (scene);
  move_clock (24 * 3600);
  g_assert_cmpuint (go_round (scene), ==, 0);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = FALSE;
  assert_answer (scene, STATES, "refused, unsure, handed over");
  assert_answer (scene, JOURNAL ("unsure"), "1");
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  g_assert_nonnull (strstr (((AccDelivery *) g_ptr_array_index (deliveries, EMPLOYEE - 1))->reason, "from a backup"));
  assert_sound (scene);
  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  give (scene, acc_outbox_send_again, EMPLOYEE);
  g_assert_cmpuint (go_round (scene), ==, 1);
  assert_sound (scene);
}

/* ---- the right to be forgotten ---- */

static void
what_is_erased_is_never_sent (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccErasure) erasure = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_LATER;
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  scene->door->result[OWN_SUPERVISOR] = ACC_DOOR_REFUSED;
  go_round (scene);
  erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "asked for", keep_nothing, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (erasure->deliveries->len, ==, 1); /* the one that may have arrived */
  move_clock (24 * 3600);
  g_assert_cmpuint (go_round (scene), ==, 0);
  for (guint i = 1; i <= N_DELIVERIES; i++)
    {
      g_autoptr (GError) again = NULL;

      g_assert_cmpuint (scene->door->n[i], ==, 1);
      g_assert_false (acc_outbox_send_again (scene->session.desk, scene->session.identity, scene->session.letter, i,
                                             &again));
    }
  assert_answer (scene, "SELECT count(*) FROM delivery WHERE reason IS NOT NULL OR next_try IS NOT NULL", "0");
  assert_sound (scene);
}

/* ---- what the journal tells ---- */

/* A hand on the file. */
static const char *const changes[] = {
  /* Sent again, or not, without an order. */
  "UPDATE delivery SET state = 'prepared' WHERE state = 'unsure'",
  "UPDATE delivery SET state = 'waiting' WHERE state = 'refused'",
  "UPDATE delivery SET state = 'unsure' WHERE state = 'waiting'",
  "UPDATE delivery SET state = 'handed over', reason = NULL WHERE state = 'unsure'",
  "DELETE FROM journal WHERE kind = 'unsure'",
  "UPDATE delivery SET tries = 0 WHERE state = 'refused'",
  /* To somebody else. */
  "UPDATE delivery SET recipient = x'00' WHERE state = 'refused'",
};

static void
check_finds_every_change (Scene *scene, gconstpointer data)
{
  scene->door->result[SUPERVISOR] = ACC_DOOR_LATER;
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  scene->door->result[OWN_SUPERVISOR] = ACC_DOOR_REFUSED;
  go_round (scene);
  assert_sound (scene);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (AccStatement) begin = acc_statement_new (scene->session.desk, "SAVEPOINT hand", &error);
      g_autoptr (AccStatement) change = acc_statement_new (scene->session.desk, changes[i], &error);
      g_autoptr (AccStatement) back = acc_statement_new (scene->session.desk, "ROLLBACK TO hand", &error);
      g_autoptr (AccStatement) end = acc_statement_new (scene->session.desk, "RELEASE hand", &error);

      g_assert_true (acc_statement_run (begin, &error) && acc_statement_run (change, &error));
      findings = find_faults (scene);
      g_test_message ("%s: %u", changes[i], findings->len);
      g_assert_cmpuint (findings->len, >, 0);
      g_assert_true (acc_statement_run (back, &error) && acc_statement_run (end, &error));
    }
  assert_sound (scene);
}

int
main (int argc, char **argv)
{
  static const Kill before = KILL_BEFORE, after = KILL_AFTER;
  static const gboolean repeats[] = { FALSE, TRUE };

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test) g_test_add ("/outbox/" path, Scene, data, scene_set_up, test, scene_tear_down)
  ADD ("what-fails-waits-longer-each-time", NULL, what_fails_waits_longer_each_time);
  ADD ("a-clock-that-was-put-back-keeps-nothing-waiting", NULL, a_clock_that_was_put_back_keeps_nothing_waiting);
  ADD ("a-banker-need-not-wait", NULL, a_banker_need_not_wait);
  ADD ("the-reason-is-told-to-the-banker-alone", NULL, the_reason_is_told_to_the_banker_alone);
  ADD ("one-refusal-holds-no-other", NULL, one_refusal_holds_no_other);
  ADD ("what-may-have-arrived-is-sent-again-by-order-only", NULL, what_may_have_arrived_is_sent_again_by_order_only);
  ADD ("what-did-arrive-is-marked", NULL, what_did_arrive_is_marked);
  ADD ("orders-are-for-what-is-stuck", NULL, orders_are_for_what_is_stuck);
  ADD ("a-kill-before-leaves-it-unsure", &before, a_kill_leaves_it_unsure);
  ADD ("a-kill-after-leaves-it-unsure", &after, a_kill_leaves_it_unsure);
  ADD ("a-kill-before-a-door-that-repeats-costs-nothing", NULL, a_kill_before_a_door_that_repeats_costs_nothing);
  ADD ("two-desks-send-each-delivery-once", NULL, two_desks_send_each_delivery_once);
  ADD ("a-shut-door-is-left-alone-longer-each-time", NULL, a_shut_door_is_left_alone_longer_each_time);
  ADD ("each-delivery-says-why-its-door-is-shut", NULL, each_delivery_says_why_its_door_is_shut);
  ADD ("other-doors-are-tried-at-once", NULL, other_doors_are_tried_at_once);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *ends = g_strdup_printf ("/outbox/what-ends-without-keys-is-signed-at-the-next-sign-in/%u", i);
      g_autofree char *forged = g_strdup_printf ("/outbox/a-forged-end-is-none/%u", i);

      g_test_add (ends, Scene, GUINT_TO_POINTER (i), scene_set_up, what_ends_without_keys_is_signed_at_the_next_sign_in,
                  scene_tear_down);
      g_test_add (forged, Scene, GUINT_TO_POINTER (i), scene_set_up, a_forged_end_is_none, scene_tear_down);
    }
  ADD ("what-a-door-says-in-no-text-is-kept-all-the-same", NULL, what_a_door_says_in_no_text_is_kept_all_the_same);
  ADD ("what-is-packed-has-a-bound", NULL, what_is_packed_has_a_bound);
  ADD ("what-is-erased-is-not-sent-without-keys-either", NULL, what_is_erased_is_not_sent_without_keys_either);
  ADD ("what-a-backup-has-to-be-sent-is-unsure", &repeats[0], what_a_backup_has_to_be_sent_is_unsure);
  ADD ("a-door-that-repeats-does-not-by-a-backup", &repeats[1], what_a_backup_has_to_be_sent_is_unsure);
  ADD ("what-is-erased-is-never-sent", NULL, what_is_erased_is_never_sent);
  ADD ("check-finds-every-change", NULL, check_finds_every_change);
  return g_test_run ();
}
