/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk tells the clients' slips, and how it answers what they ask. */
#include "archive/slips.h"
#include "base/error.h"
#include "decision-support.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"
#include "store/statement.h"
#include "support.h"

static AccSlip *
find_slip (Scene *scene, const char *number)
{
  g_autoptr (GError) error = NULL;
  AccSlip *slip = acc_slip_table_find (scene->inbox, number, &error);

  g_assert_no_error (error);
  g_assert_nonnull (slip);
  return slip;
}

static void
tell (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  acc_slips_tell (scene->desks[ANA], scene->inbox, &error);
  g_assert_no_error (error);
}

static void
run_at_inbox (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->inbox, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static AccSlip *
ask_for (Scene *scene, const char *number, AccRequestKind kind)
{
  g_autoptr (AccSlip) slip = find_slip (scene, number);
  g_autoptr (GError) error = NULL;
  AccSlip *then = acc_slip_ask (scene->inbox, "front", slip, kind, &error);

  g_assert_no_error (error);
  return then;
}

static guint
count_open (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = acc_slips_list_open (scene->desks[ANA], scene->inbox, &error);

  g_assert_no_error (error);
  return open->len;
}

/* What a client is told of a letter in each state. */
static const AccSlipState expected[ACC_STATE_N] = {
  [ACC_STATE_WAITING] = ACC_SLIP_TAKEN_IN,       [ACC_STATE_CLAIMED] = ACC_SLIP_TAKEN_IN,
  [ACC_STATE_APPROVED] = ACC_SLIP_APPROVED,      [ACC_STATE_ROUTED] = ACC_SLIP_ON_ITS_WAY,
  [ACC_STATE_ACKNOWLEDGED] = ACC_SLIP_ARRIVED,   [ACC_STATE_HELD] = ACC_SLIP_TAKEN_IN,
  [ACC_STATE_DECLINED] = ACC_SLIP_DECLINED,      [ACC_STATE_WITHDRAWN] = ACC_SLIP_WITHDRAWN,
  [ACC_STATE_ERASED] = ACC_SLIP_ERASED,
};

static void
test_each_state_is_told (Scene *scene, gconstpointer data)
{
  char *numbers[ACC_STATE_N];

  for (AccState state = 0; state < ACC_STATE_N; state++)
    numbers[state] = scene_bring_into (scene, state);
  tell (scene);
  for (AccState state = 0; state < ACC_STATE_N; state++)
    {
      g_autofree char *number = numbers[state];
      g_autoptr (AccSlip) slip = find_slip (scene, number);
      g_autoptr (AccRecord) record = scene_record (scene, number);

      g_assert_cmpint (slip->state, ==, expected[state]);
      g_assert_cmpstr (slip->changed_at, ==, record->changed_at);
    }
}

static void
test_what_could_not_be_told_is_told_the_next_time (Scene *scene, gconstpointer data)
{
  g_autofree char *first = scene_bring_into (scene, ACC_STATE_CLAIMED), *second = NULL;
  g_autoptr (AccSlip) slip = NULL;

  tell (scene);
  scene_decide (scene, DANIEL, first, ACC_MOVE_DECLINE); /* and the inbox is away */
  second = scene_take_in (scene);                        /* the next letter comes in */
  slip = find_slip (scene, first);
  g_assert_cmpint (slip->state, ==, ACC_SLIP_DECLINED);
}

static void
test_many_entries_are_told_in_parts (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);
  g_autoptr (AccSlip) slip = NULL;

  for (int i = 0; i < 130; i++)
    {
      scene_decide (scene, DANIEL, number, ACC_MOVE_CLAIM);
      scene_decide (scene, DANIEL, number, ACC_MOVE_RELEASE);
    }
  scene_decide (scene, DANIEL, number, ACC_MOVE_DECLINE);
  tell (scene);
  slip = find_slip (scene, number);
  g_assert_cmpint (slip->state, ==, ACC_SLIP_DECLINED);
}

/* Declined by mistake, and again, until a manager lets it wait: the slip says each time what is so. */
static void
test_a_slip_follows_a_decline_that_is_taken_back (Scene *scene, gconstpointer data)
{
  static const struct {
    guint banker;
    AccMove move;
    AccSlipState state;
  } steps[] = {
    { DANIEL, ACC_MOVE_CLAIM, ACC_SLIP_TAKEN_IN },    { DANIEL, ACC_MOVE_DECLINE, ACC_SLIP_DECLINED },
    { DANIEL, ACC_MOVE_TAKE_BACK, ACC_SLIP_TAKEN_IN }, { DANIEL, ACC_MOVE_DECLINE, ACC_SLIP_DECLINED },
    { ANA, ACC_MOVE_REOPEN, ACC_SLIP_TAKEN_IN },       { RUAIRI, ACC_MOVE_CLAIM, ACC_SLIP_TAKEN_IN },
    { RUAIRI, ACC_MOVE_APPROVE, ACC_SLIP_APPROVED },
  };
  g_autofree char *number = scene_receive (scene);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (AccSlip) slip = NULL;

      scene_decide (scene, steps[i].banker, number, steps[i].move);
      tell (scene);
      slip = find_slip (scene, number);
      g_assert_cmpint (slip->state, ==, steps[i].state);
    }
  assert_sound (scene);
}

static void
test_a_desk_put_back_from_a_backup_tells_anew (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_bring_into (scene, ACC_STATE_DECLINED);
  g_autoptr (AccSlip) slip = NULL;

  tell (scene);
  run_at_inbox (scene, "UPDATE told SET entry = 1000000");
  run_at_inbox (scene, "UPDATE slip SET state = 'arrived'");
  tell (scene);
  slip = find_slip (scene, number);
  g_assert_cmpint (slip->state, ==, ACC_SLIP_DECLINED);
}

/* ---- requests ---- */

static void
test_a_request_is_listed_until_it_is_done (Scene *scene, gconstpointer data)
{
  static const struct {
    AccRequestKind kind;
    AccMove move;
    guint banker;
    gboolean does;
  } cases[] = {
    { ACC_REQUEST_WITHDRAW, ACC_MOVE_CLAIM, DANIEL, FALSE },
    { ACC_REQUEST_WITHDRAW, ACC_MOVE_WITHDRAW, DANIEL, TRUE },
    { ACC_REQUEST_WITHDRAW, ACC_MOVE_ERASE, ANA, TRUE },
    { ACC_REQUEST_ERASE, ACC_MOVE_WITHDRAW, DANIEL, FALSE },
    { ACC_REQUEST_ERASE, ACC_MOVE_ERASE, ANA, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = scene_receive (scene);
      g_autoptr (AccSlip) asked = ask_for (scene, number, cases[i].kind), then = NULL;
      guint before = count_open (scene);

      g_assert_cmpint (asked->state, ==, ACC_SLIP_TAKEN_IN);
      scene_decide (scene, cases[i].banker, number, cases[i].move);
      tell (scene);
      then = find_slip (scene, number);
      g_assert_cmpint (then->answer, ==, cases[i].does ? ACC_ANSWER_DONE : ACC_ANSWER_NONE);
      g_assert_cmpuint (count_open (scene), ==, cases[i].does ? before - 1 : before);
    }
}

static void
test_an_answer_is_signed_and_told (Scene *scene, gconstpointer data)
{
  static const AccRequestAnswer answers[] = { ACC_ANSWER_TOO_LATE, ACC_ANSWER_REFUSED };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *number = scene_bring_into (scene, ACC_STATE_ROUTED);
      g_autoptr (AccSlip) asked = ask_for (scene, number, ACC_REQUEST_WITHDRAW), then = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (acc_slips_answer (scene->desks[DANIEL], scene->inbox, scene->bankers[DANIEL], asked, answers[i],
                                       &error));
      g_assert_no_error (error);
      then = find_slip (scene, number);
      g_assert_cmpint (then->answer, ==, answers[i]);
      g_assert_nonnull (then->answered_at);
      g_assert_cmpuint (count_open (scene), ==, 0);
      g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM journal WHERE kind = 'answered' AND signature "
                                           "IS NOT NULL AND signer = 'Daniel Reyes'"), ==, i + 1);

      /* once, and not in place of another */
      g_assert_false (acc_slips_answer (scene->desks[DANIEL], scene->inbox, scene->bankers[DANIEL], asked, answers[i],
                                        &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
    }
  assert_sound (scene);
}

/* A kiosk's user may write anything into the inbox. */
static void
test_a_request_that_means_no_letter_is_left_out (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);

  run_at_inbox (scene, "INSERT INTO slip (number, code_hash, state, changed_at) VALUES "
                       "('00000000-0000-4000-8000-000000000000', hex (zeroblob (32)), 'taken in', '')");
  run_at_inbox (scene, "INSERT INTO request (number, kind, asked_at) VALUES "
                       "('00000000-0000-4000-8000-000000000000', 'erase', 'soon')");
  g_assert_cmpuint (count_open (scene), ==, 0);
}

/* ---- taken back while it waits ---- */

static void
test_what_was_taken_back_stays_verified (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);

  for (AccRequestKind kind = ACC_REQUEST_WITHDRAW; kind < ACC_REQUEST_N; kind++)
    {
      g_autofree char *waiting = scene_submit (scene);
      g_autoptr (AccSlip) slip = ask_for (scene, waiting, kind);
      g_autoptr (GError) error = NULL;
      guint n_taken = 0;

      g_assert_cmpint (slip->state, ==, kind == ACC_REQUEST_ERASE ? ACC_SLIP_ERASED : ACC_SLIP_WITHDRAWN);
      acc_archive_take_in (scene->desks[ANA], scene->inbox, scene->bankers[ANA], &n_taken, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_taken, ==, 0);
    }
  assert_sound (scene);
}

/* The desk may die between the two: the letter then lies in the inbox, and is the desk's all the same. */
static void
test_what_the_desk_has_begun_to_take_is_not_gone_at_once (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_submit (scene);
  g_autoptr (AccSlip) asked = NULL, then = NULL;
  g_autoptr (GError) error = NULL;
  gboolean still_there = FALSE;
  guint n_taken = 0;

  acc_slips_begin_taking (scene->inbox, number, &still_there, &error);
  g_assert_no_error (error);
  g_assert_true (still_there);
  assert_sound (scene);
  asked = ask_for (scene, number, ACC_REQUEST_ERASE);
  g_assert_cmpint (asked->asked, ==, ACC_REQUEST_ERASE);
  g_assert_cmpuint (count_open (scene), ==, 0); /* until the desk has it */
  acc_archive_take_in (scene->desks[ANA], scene->inbox, scene->bankers[ANA], &n_taken, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_taken, ==, 1);
  g_assert_cmpuint (count_open (scene), ==, 1);
  assert_sound (scene);
}

static void
test_what_was_just_taken_back_is_not_taken_in (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_submit (scene);
  g_autoptr (AccSlip) slip = ask_for (scene, number, ACC_REQUEST_ERASE);
  g_autoptr (GError) error = NULL;
  gboolean still_there = TRUE;

  acc_slips_begin_taking (scene->inbox, number, &still_there, &error);
  g_assert_no_error (error);
  g_assert_false (still_there);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Scene *scene, gconstpointer data);
  } tests[] = {
    { "/slips/each-state-is-told", test_each_state_is_told },
    { "/slips/what-could-not-be-told-is-told-the-next-time", test_what_could_not_be_told_is_told_the_next_time },
    { "/slips/many-entries-are-told-in-parts", test_many_entries_are_told_in_parts },
    { "/slips/a-decline-that-is-taken-back", test_a_slip_follows_a_decline_that_is_taken_back },
    { "/slips/a-desk-put-back-from-a-backup-tells-anew", test_a_desk_put_back_from_a_backup_tells_anew },
    { "/slips/a-request-is-listed-until-it-is-done", test_a_request_is_listed_until_it_is_done },
    { "/slips/an-answer-is-signed-and-told", test_an_answer_is_signed_and_told },
    { "/slips/a-request-that-means-no-letter-is-left-out", test_a_request_that_means_no_letter_is_left_out },
    { "/slips/what-was-taken-back-stays-verified", test_what_was_taken_back_stays_verified },
    { "/slips/what-the-desk-has-begun-to-take-is-not-gone-at-once",
      test_what_the_desk_has_begun_to_take_is_not_gone_at_once },
    { "/slips/what-was-just-taken-back-is-not-taken-in", test_what_was_just_taken_back_is_not_taken_in },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Scene, NULL, scene_set_up, tests[i].run, scene_tear_down);
  return g_test_run ();
}
