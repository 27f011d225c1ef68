/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox on real stores: what waits, what a person must act on, and what may have arrived. */
#include "outbox-support.h"
#include "steps-support.h"
#include "support.h"

#include "base/error.h"
#include "route/outbox.h"
#include "route/routing.h"
#include "store/statement.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- waiting ---- */

static void
what_fails_waits_longer_each_time (Scene *scene, gconstpointer data)
{
  guint before = 0, tries = 0;

  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  g_assert_cmpuint (scene_go_round (scene), ==, N_DELIVERIES);
  scene_assert_answer (scene, STATES, "handed over, waiting, handed over");
  while (acc_outbox_wait_after (++tries) > 0)
    {
      guint wait = acc_outbox_wait_after (tries);

      g_assert_cmpuint (wait, >=, before);
      scene_move_clock (wait - 1);
      g_assert_cmpuint (scene_go_round (scene), ==, 0);
      scene_assert_sound (scene);
      scene_move_clock (1);
      g_assert_cmpuint (scene_go_round (scene), ==, 1);
      before = wait;
    }
  g_assert_cmpuint (tries, ==, scene->door->n[EMPLOYEE]);
  scene_assert_answer (scene, STATES, "handed over, refused, handed over");
  scene_assert_answer (scene, LETTER, "approved");
  scene_assert_answer (scene, JOURNAL ("refused"), "1");
  scene_move_clock (30 * 24 * 3600);
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  g_assert_false (scene->door->differed);
  scene_assert_sound (scene);
}

static void
a_clock_that_was_put_back_keeps_nothing_waiting (Scene *scene, gconstpointer data)
{
  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  scene_go_round (scene);
  scene_move_clock (-400 * 24 * 3600);
  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  g_assert_cmpuint (scene_go_round (scene), ==, 1);
  scene_assert_answer (scene, LETTER, "routed");
}

static void
a_banker_need_not_wait (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_LATER;
  scene_go_round (scene);
  scene->door->result[SUPERVISOR] = ACC_DOOR_HANDED_OVER;
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  g_assert_true (acc_routing_hand_over (scene->session.desk, scene->session.identity, scene->session.letter,
                                        scene->doors, &error));
  g_assert_no_error (error);
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_answer (scene, "SELECT count(*) FROM delivery WHERE next_try IS NOT NULL OR reason IS NOT NULL", "0");
  scene_assert_sound (scene);
}

static void
the_reason_is_told_to_the_banker_alone (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) deliveries = NULL;
  const AccDelivery *delivery;

  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  scene_go_round (scene);
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  delivery = g_ptr_array_index (deliveries, EMPLOYEE - 1);
  g_assert_cmpuint (delivery->position, ==, EMPLOYEE);
  g_assert_cmpstr (delivery->reason, ==, "no room for j@harbourvale.example");
  g_assert_cmpstr (delivery->next_try, ==, "2026-11-21T10:43:00Z");
  scene_assert_answer (scene, "SELECT count(*) FROM delivery WHERE reason LIKE '%harbourvale%' OR reason LIKE '%room%'", "0");
}

/* ---- a person must act ---- */

static void
one_refusal_holds_no_other (Scene *scene, gconstpointer data)
{
  scene->door->result[SUPERVISOR] = ACC_DOOR_REFUSED;
  scene_go_round (scene);
  scene_assert_answer (scene, STATES, "refused, handed over, handed over");
  scene_assert_answer (scene, LETTER, "approved");
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  scene_assert_sound (scene);

  scene->door->result[SUPERVISOR] = ACC_DOOR_HANDED_OVER;
  scene_give (scene, acc_outbox_send_again, SUPERVISOR);
  scene_assert_answer (scene, STATES, "prepared, handed over, handed over");
  scene_assert_sound (scene);
  g_assert_cmpuint (scene_go_round (scene), ==, 1);
  g_assert_false (scene->door->differed);
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_answer (scene, JOURNAL ("ordered again"), "1");
  scene_assert_answer (scene, JOURNAL ("handed over"), "3");
  scene_assert_sound (scene);
}

static void
what_may_have_arrived_is_sent_again_by_order_only (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  scene_go_round (scene);
  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  scene_assert_answer (scene, STATES, "handed over, unsure, handed over");
  scene_move_clock (100 * 24 * 3600);
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  g_assert_false (acc_routing_hand_over (scene->session.desk, scene->session.identity, scene->session.letter,
                                         scene->doors, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (scene->door->n[EMPLOYEE], ==, 1);
  scene_assert_sound (scene);

  scene_give (scene, acc_outbox_send_again, EMPLOYEE);
  g_assert_cmpuint (scene_go_round (scene), ==, 1);
  g_assert_false (scene->door->differed);
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_sound (scene);
}

static void
what_did_arrive_is_marked (Scene *scene, gconstpointer data)
{
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  scene->door->result[OWN_SUPERVISOR] = ACC_DOOR_REFUSED;
  scene_go_round (scene);
  scene_give (scene, acc_outbox_mark_as_sent, EMPLOYEE);
  scene_assert_answer (scene, STATES, "handed over, handed over, refused");
  scene_assert_answer (scene, LETTER, "approved");
  scene_assert_sound (scene);
  scene_give (scene, acc_outbox_mark_as_sent, OWN_SUPERVISOR);
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_answer (scene, JOURNAL ("marked as sent"), "2");
  scene_assert_answer (scene, "SELECT count(*) FROM routed_department", "1");
  g_assert_cmpuint (scene->door->n[EMPLOYEE], ==, 1);
  scene_assert_sound (scene);
}

static void
orders_are_for_what_is_stuck (Scene *scene, gconstpointer data)
{
  static const SceneOrder orders[] = { acc_outbox_send_again, acc_outbox_mark_as_sent };

  for (guint i = 0; i < 2; i++)
    for (guint round = 0; round < 2; round++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GError) none = NULL;

        g_assert_false (orders[i](scene->session.desk, scene->session.identity, scene->session.letter, 1, &error));
        g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
        g_assert_false (orders[i](scene->session.desk, scene->session.identity, scene->session.letter, 9, &none));
        g_assert_error (none, ACC_ERROR, ACC_ERROR_NOT_FOUND);
        scene_go_round (scene);
      }
  scene_assert_answer (scene, STATES, "handed over, handed over, handed over");
  scene_assert_sound (scene);
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
      scene_go_round (&other);
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
  scene_assert_answer (scene, STATES, "sending, prepared, prepared");
  scene_assert_sound (scene);

  g_assert_cmpuint (scene_go_round (scene), ==, 2);
  scene_assert_answer (scene, STATES, "unsure, handed over, handed over");
  g_assert_cmpuint (scene->door->n[SUPERVISOR], ==, 0);
  scene_assert_answer (scene, JOURNAL ("unsure"), "1");
  scene_assert_sound (scene);
  scene_give (scene, acc_outbox_mark_as_sent, SUPERVISOR);
  scene_assert_answer (scene, LETTER, "routed");
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
  g_assert_cmpuint (scene_go_round (scene), ==, 3);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = FALSE;
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_sound (scene);
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
  g_assert_cmpuint (scene_go_round (scene), ==, 2);
  scene_assert_answer (scene, STATES, "sending, handed over, handed over");

  acc_sending_deliver (sending, NULL);
  g_assert_true (acc_outbox_end (outbox, sending, &error));
  g_assert_null (acc_outbox_next (outbox, TRUE));
  scene_assert_answer (scene, LETTER, "routed");
  for (guint i = 1; i <= N_DELIVERIES; i++)
    g_assert_cmpuint (scene->door->n[i], ==, 1);
  scene_assert_sound (scene);
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
  g_assert_cmpuint (scene_go_round (scene), ==, 1);
  for (guint minute = 1; minute <= 24 * 60; minute++)
    {
      scene_move_clock (60);
      tries += scene_go_round (scene);
    }
  g_assert_cmpuint (tries, >=, 6);
  g_assert_cmpuint (tries, <=, 12); /* in a day */
  g_assert_cmpuint (scene->door->n[EMPLOYEE] + scene->door->n[OWN_SUPERVISOR], ==, 0);
  scene_assert_answer (scene, STATES, "waiting, waiting, waiting");
  scene_assert_answer (scene, "SELECT count(*) FROM delivery WHERE tries > 0 OR next_try IS NOT NULL", "0");
  scene_assert_answer (scene, JOURNAL ("refused"), "0");
  scene_assert_sound (scene);

  memset (scene->door->result, 0, sizeof scene->door->result);
  scene_move_clock (24 * 3600);
  g_assert_cmpuint (scene_go_round (scene), ==, 3);
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_sound (scene);
}

static void
each_delivery_says_why_its_door_is_shut (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) deliveries = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_SHUT;
  scene_go_round (scene);
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
  scene_go_round (scene);
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  scene->door->result[SUPERVISOR] = ACC_DOOR_HANDED_OVER;
  g_object_unref (scene->doors);
  scene->doors = acc_doors_new_of (ACC_DOOR (scene->door));
  g_assert_cmpuint (scene_go_round (scene), ==, 3);
  scene_assert_answer (scene, LETTER, "routed");
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
  scene_go_round (scene);
  scene_assert_sound (scene);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (AccStatement) begin = acc_statement_new (scene->session.desk, "SAVEPOINT hand", &error);
      g_autoptr (AccStatement) change = acc_statement_new (scene->session.desk, changes[i], &error);
      g_autoptr (AccStatement) back = acc_statement_new (scene->session.desk, "ROLLBACK TO hand", &error);
      g_autoptr (AccStatement) end = acc_statement_new (scene->session.desk, "RELEASE hand", &error);

      g_assert_true (acc_statement_run (begin, &error) && acc_statement_run (change, &error));
      findings = scene_find_faults (scene);
      g_test_message ("%s: %u", changes[i], findings->len);
      g_assert_cmpuint (findings->len, >, 0);
      g_assert_true (acc_statement_run (back, &error) && acc_statement_run (end, &error));
    }
  scene_assert_sound (scene);
}

/* @n letters more whose deliveries have gone, as often as not to be followed by another one. */
static void
add_gone (Scene *scene, guint n)
{
  static const char *const additions[] = {
    "INSERT INTO letter (number, state, kiosk, submitted_at, taken_at, changed_at, pages, pdf_hash)"
    " SELECT printf ('%036x', n + (SELECT max (sequence) FROM letter)), 'routed', kiosk, submitted_at, taken_at, changed_at,"
    " pages, pdf_hash FROM more, (SELECT * FROM letter ORDER BY sequence LIMIT 1)",
    "INSERT INTO delivery (number, position, role, door, state, recipient, cover, changed_at, after_position)"
    " SELECT l.number, 1, d.role, d.door, 'handed over', d.recipient, d.cover, d.changed_at, nullif (l.sequence % 2, 0)"
    " FROM letter AS l, (SELECT * FROM delivery ORDER BY id LIMIT 1) AS d"
    " WHERE l.number NOT IN (SELECT number FROM delivery)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (additions); i++)
    {
      g_autofree char *sql = g_strdup_printf (
        "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < %u) %s", n, additions[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccStatement) change = acc_statement_new (scene->session.desk, sql, &error);

      g_assert_true (acc_statement_run (change, &error));
    }
}

static void
a_round_costs_the_same_however_many_have_gone (Scene *scene, gconstpointer data)
{
  guint n_few, n_many;

  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  scene_go_round (scene);
  add_gone (scene, 100);
  steps_take ();
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  n_few = steps_take ();
  add_gone (scene, 1900);
  steps_take ();
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  n_many = steps_take ();
  g_assert_cmpuint (n_few, >, 0);
  g_assert_cmpuint (n_few, ==, n_many);

  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  scene_move_clock (acc_outbox_wait_after (1));
  g_assert_cmpuint (scene_go_round (scene), ==, 1); /* and it is found among them */
}

int
main (int argc, char **argv)
{
  static const Kill before = KILL_BEFORE, after = KILL_AFTER;

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
  ADD ("check-finds-every-change", NULL, check_finds_every_change);
  ADD ("a-round-costs-the-same-however-many-have-gone", NULL, a_round_costs_the_same_however_many_have_gone);
  return g_test_run ();
}
