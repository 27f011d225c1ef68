/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "decision-support.h"
#include "review/decision-private.h"
#include "store/statement.h"
#include "vault/bankers.h"
#include "vault/journal.h"

#include <string.h>

/* Tries one move; TRUE if it was made. Nothing may be left of a refused one. */
static gboolean
try_move (Scene *scene, guint banker, const char *number, AccState from, AccMove move)
{
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, banker, number);
  const AccMoveRule *rule = acc_move_find_rule (move, from);
  const AccBanker *who = acc_identity_get_banker (scene->bankers[banker]);
  gboolean expected = rule != NULL
                      && acc_move_allowed (rule, who, acc_opened_letter_get_record (letter)->claimed_by, ACC_NAMED_NOT,
                                           "because", NULL);
  gint64 kept = scene_count (scene, "SELECT count (*) FROM decision");
  gint64 noted = scene_count (scene, "SELECT count (*) FROM journal");
  g_autoptr (GError) error = NULL;
  gboolean done = acc_decide (scene->desks[banker], scene->bankers[banker], letter, move, ACC_NAMED_NOT, "because",
                              &error);
  g_autoptr (AccRecord) record = scene_record (scene, number);

  g_test_message ("%s %ss a %s letter", scene_names[banker], acc_move_to_text (move), acc_state_to_text (from));
  g_assert_cmpint (done, ==, expected);
  g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM decision"), ==, kept + expected);
  g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM journal"), ==, noted + expected);
  if (expected)
    g_assert_cmpint (record->state, ==, rule->to);
  else
    {
      g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
      g_assert_cmpint (record->state, ==, from);
    }
  return done;
}

static void
test_store_follows_the_whole_table (Scene *scene, gconstpointer data)
{
  for (AccState from = 0; from < ACC_STATE_ERASED; from++)
    {
      g_autofree char *number = scene_bring_into (scene, from);

      for (AccMove move = 0; move < ACC_MOVE_N; move++)
        for (guint banker = 0; banker < N_BANKERS; banker++)
          if (try_move (scene, banker, number, from, move))
            {
              g_free (number);
              number = scene_bring_into (scene, from);
            }
    }
  assert_decisions_sound (scene); /* destroying the keys of erased letters is not review's */
}

/* Every rule, by every banker, who is named or not and says why or not: nothing is left of what is refused. */
static void
test_rules_ask_who_is_named_and_why (Scene *scene, gconstpointer data)
{
  static const AccNamed named[] = { ACC_NAMED_NOT, ACC_NAMED, ACC_NAMED_DISCLOSED };
  static const char *const reasons[] = { NULL, "because" };

  for (guint i = 0; i < acc_move_n_rules * N_BANKERS * G_N_ELEMENTS (named) * G_N_ELEMENTS (reasons); i++)
    {
      const AccMoveRule *rule = &acc_move_rules[i % acc_move_n_rules];
      guint banker = i / acc_move_n_rules % N_BANKERS;
      AccNamed who = named[i / acc_move_n_rules / N_BANKERS % G_N_ELEMENTS (named)];
      const char *reason = reasons[i / acc_move_n_rules / N_BANKERS / G_N_ELEMENTS (named)];
      g_autofree char *number = scene_bring_into (scene, rule->from);
      g_autoptr (AccOpenedLetter) letter = scene_open (scene, banker, number);
      gboolean expected = acc_move_allowed (rule, acc_identity_get_banker (scene->bankers[banker]),
                                            acc_opened_letter_get_record (letter)->claimed_by, who, reason, NULL);
      gint64 kept = scene_count (scene, "SELECT count (*) FROM decision");
      gint64 noted = scene_count (scene, "SELECT count (*) FROM journal");

      g_assert_cmpint (acc_decide (scene->desks[banker], scene->bankers[banker], letter, rule->move, who, reason, NULL),
                       ==, expected);
      g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM decision"), ==, kept + expected);
      g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM journal"), ==, noted + expected);
    }
  assert_decisions_sound (scene);
}

typedef struct {
  Scene *scene;
  guint banker;
  AccOpenedLetter *letter;
  AccMove move;
  GError *error;
} Attempt;

static gpointer
attempt (gpointer data)
{
  Attempt *self = data;
  Scene *scene = self->scene;

  acc_decide (scene->desks[self->banker], scene->bankers[self->banker], self->letter, self->move, ACC_NAMED_NOT,
              "because", &self->error);
  return NULL;
}

/* Both see the letter waiting, both press the button. */
static void
test_two_bankers_at_once_one_wins_and_the_other_is_told (Scene *scene, gconstpointer data)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autofree char *number = scene_receive (scene);
      Attempt attempts[2] = { { scene, DANIEL, scene_open (scene, DANIEL, number), ACC_MOVE_CLAIM, NULL },
                              { scene, RUAIRI, scene_open (scene, RUAIRI, number),
                                round % 2 ? ACC_MOVE_CLAIM : ACC_MOVE_DECLINE, NULL } };
      GThread *threads[2];
      g_autoptr (AccRecord) record = NULL;
      guint winner;

      for (guint i = 0; i < 2; i++)
        threads[i] = g_thread_new ("banker", attempt, &attempts[i]);
      for (guint i = 0; i < 2; i++)
        g_thread_join (threads[i]);
      winner = attempts[0].error == NULL ? 0 : 1;
      g_assert_no_error (attempts[winner].error);
      g_assert_error (attempts[1 - winner].error, ACC_ERROR, ACC_ERROR_CONFLICT);
      record = scene_record (scene, number);
      g_assert_cmpint (record->state, ==, acc_move_find_rule (attempts[winner].move, ACC_STATE_WAITING)->to);
      for (guint i = 0; i < 2; i++)
        {
          g_clear_object (&attempts[i].letter);
          g_clear_error (&attempts[i].error);
        }
    }
  g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM decision"), ==, 10);
  assert_sound (scene);
}

static void
test_slower_banker_is_told_what_has_happened (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);
  g_autoptr (AccOpenedLetter) seen = scene_open (scene, DANIEL, number);
  g_autoptr (GError) error = NULL;

  scene_decide (scene, RUAIRI, number, ACC_MOVE_CLAIM);
  g_assert_false (acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], seen, ACC_MOVE_APPROVE, ACC_NAMED_NOT, NULL,
                              &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "Another banker has claimed this letter since it was opened.");
  g_clear_error (&error);
  g_assert_false (acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], seen, ACC_MOVE_CLAIM, ACC_NAMED_NOT, NULL,
                              &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "This letter has changed since it was opened: it is claimed now.");
}

static void
test_letter_that_was_never_read_back_is_not_approved (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_take_in (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (AccRecord) now = NULL;
  g_autoptr (GError) error = NULL;

  scene_decide (scene, DANIEL, number, ACC_MOVE_CLAIM);
  g_assert_false (acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_APPROVE, ACC_NAMED_NOT, NULL,
                              &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_assert_cmpstr (error->message, ==, "The PDF of this letter has not been read back yet: open the letter again.");
  now = scene_record (scene, number);
  g_assert_cmpint (now->state, ==, ACC_STATE_CLAIMED);
}

/* The state counts that the letter is in now: claim and approve on one opened letter. */
static void
test_claimer_goes_on_with_the_letter_that_was_opened (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GPtrArray) decisions = NULL;
  static const AccMove steps[] = { ACC_MOVE_CLAIM, ACC_MOVE_APPROVE, ACC_MOVE_ROUTE, ACC_MOVE_ACKNOWLEDGE };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, steps[i], ACC_NAMED_NOT, NULL, &error);
      g_assert_no_error (error);
    }
  decisions = acc_decision_list (scene->desks[DANIEL], letter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (decisions->len, ==, G_N_ELEMENTS (steps));
  for (guint i = 0; i < decisions->len; i++)
    {
      const AccDecision *decision = g_ptr_array_index (decisions, i);

      g_assert_cmpint (decision->move, ==, steps[i]);
      g_assert_cmpstr (decision->banker, ==, scene_names[DANIEL]);
      g_assert_cmpstr (decision->reason, ==, "");
      g_assert_cmpuint (strlen (decision->at), >=, 20);
    }
}

static void
test_named_banker_does_not_approve_but_another_does (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GError) error = NULL;

  acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_CLAIM, ACC_NAMED, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_APPROVE, ACC_NAMED, NULL,
                              &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  scene_decide (scene, DANIEL, number, ACC_MOVE_RELEASE);
  scene_decide (scene, RUAIRI, number, ACC_MOVE_CLAIM);
  scene_decide (scene, RUAIRI, number, ACC_MOVE_APPROVE);
  assert_sound (scene);
}

static void
test_disclosed_approval_stands_in_the_journal (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_bring_into (scene, ACC_STATE_CLAIMED);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autofree char *findings = NULL;
  g_autoptr (GError) error = NULL;

  acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_APPROVE, ACC_NAMED_DISCLOSED, NULL,
              &error);
  g_assert_no_error (error);
  g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM decision WHERE named = 1"), ==, 1);
  g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM journal WHERE kind = 'approved' "
                                       "AND json_extract (facts, '$.disclosed') = 1"),
                   ==, 1);
  assert_sound (scene);
  scene_run (scene, "UPDATE journal SET facts = replace (facts, ',\"disclosed\":true', '') WHERE kind = 'approved'");
  findings = scene_findings (scene, VOUCHED);
  g_assert_nonnull (strstr (findings, "its banker was not allowed to make it"));
}

static void
test_banker_disabled_since_signing_in_decides_nothing (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_receive (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GError) error = NULL;

  scene_run (scene, "UPDATE banker SET disabled_at = '2026-11-21T10:00:00Z' WHERE name = 'Daniel Reyes'");
  g_assert_false (acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_CLAIM, ACC_NAMED_NOT, NULL,
                              &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
}

/* What was decided before stays good. */
static void
test_decisions_of_a_banker_who_left_stay_good (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_bring_into (scene, ACC_STATE_APPROVED);

  scene_run (scene, "UPDATE banker SET disabled_at = '2026-11-21T10:00:00Z' WHERE name = 'Daniel Reyes'");
  g_assert_nonnull (number);
  assert_sound (scene);
}

static void
test_reason_is_kept_sealed_and_read_back (Scene *scene, gconstpointer data)
{
  static const char reason[] = "A canary reason: é, “quoted”,\nand a second line.";
  g_autofree char *number = scene_bring_into (scene, ACC_STATE_CLAIMED);
  g_autofree char *padded = g_strconcat ("  ", reason, "\n", NULL);
  g_autofree char *path = acc_archive_path (scene->path);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GPtrArray) decisions = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_DECLINE, ACC_NAMED_NOT, padded, &error);
  g_assert_no_error (error);
  decisions = acc_decision_list (scene->desks[RUAIRI], letter, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((const AccDecision *) g_ptr_array_index (decisions, 1))->reason, ==, reason);
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (bytes, size, "canary", 6));
}

static void
test_reason_is_asked_for_and_bounded (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_bring_into (scene, ACC_STATE_CLAIMED);
  g_autofree char *huge = g_strnfill (ACC_STORY_MAX + 1, 'x');
  const char *const reasons[] = { NULL, "", " \t\n", "\xe3\x85\xa4", huge };
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_decide (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_MOVE_DECLINE, ACC_NAMED_NOT,
                                  reasons[i], &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_true (g_str_has_prefix (error->message, "reason: "));
    }
}

static void
test_decision_state_and_journal_are_one (Scene *scene, gconstpointer data)
{
  static const char *const tables[] = { "journal", "decision" };
  g_autofree char *number = scene_receive (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, ANA, number);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *trigger = g_strdup_printf (
        "CREATE TRIGGER refuse BEFORE INSERT ON %s BEGIN SELECT raise (ABORT, 'no'); END", tables[i]);
      g_autoptr (AccRecord) record = NULL;
      g_autoptr (GError) error = NULL;

      scene_run (scene, trigger);
      g_assert_false (acc_decide (scene->desks[ANA], scene->bankers[ANA], letter, ACC_MOVE_CLAIM, ACC_NAMED_NOT, NULL,
                                  &error));
      g_assert_nonnull (error);
      record = scene_record (scene, number);
      g_assert_cmpint (record->state, ==, ACC_STATE_WAITING);
      g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM decision"), ==, 0);
      g_assert_cmpint (scene_count (scene, "SELECT count (*) FROM journal WHERE kind = 'claimed'"), ==, 0);
      scene_run (scene, "DROP TRIGGER refuse");
    }
  scene_decide (scene, ANA, number, ACC_MOVE_CLAIM);
  assert_sound (scene);
}

#define ADD(path, function) g_test_add (path, Scene, NULL, scene_set_up, function, scene_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/decision/store-follows-the-whole-table", test_store_follows_the_whole_table);
  ADD ("/decision/rules-ask-who-is-named-and-why", test_rules_ask_who_is_named_and_why);
  ADD ("/decision/of-two-bankers-at-once-one-wins", test_two_bankers_at_once_one_wins_and_the_other_is_told);
  ADD ("/decision/never-read-back", test_letter_that_was_never_read_back_is_not_approved);
  ADD ("/decision/slower-banker-is-told", test_slower_banker_is_told_what_has_happened);
  ADD ("/decision/claimer-goes-on-with-what-was-opened", test_claimer_goes_on_with_the_letter_that_was_opened);
  ADD ("/decision/named-banker-does-not-approve", test_named_banker_does_not_approve_but_another_does);
  ADD ("/decision/disclosed-approval-stands-in-the-journal", test_disclosed_approval_stands_in_the_journal);
  ADD ("/decision/disabled-banker-decides-nothing", test_banker_disabled_since_signing_in_decides_nothing);
  ADD ("/decision/of-a-banker-who-left-stays-good", test_decisions_of_a_banker_who_left_stay_good);
  ADD ("/decision/reason-is-kept-sealed", test_reason_is_kept_sealed_and_read_back);
  ADD ("/decision/reason-is-asked-for-and-bounded", test_reason_is_asked_for_and_bounded);
  ADD ("/decision/state-and-journal-are-one", test_decision_state_and_journal_are_one);
  return g_test_run ();
}
