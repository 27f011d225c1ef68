/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "archive/archive.h"
#include "archive/opened-letter.h"
#include "archive/setup.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "inbox/submit.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "paper/letterhead.h"
#include "review/decision-private.h"
#include "review/decision.h"
#include "store/statement.h"
#include "support.h"
#include "vault/bankers.h"
#include "vault/journal.h"

#define PASSPHRASE "a long enough phrase"

/* ---- a branch with three bankers ---- */

enum { ANA, DANIEL, RUAIRI, N_BANKERS }; /* Ana is the manager */

static const char *const names[N_BANKERS] = { "Ana Held", "Daniel Reyes", "Ruairi Keane" };
static const char *const staff_ids[N_BANKERS] = { "HV1043", "HV1036", "HV1050" };

typedef struct {
  char *folder, *path;
  AccStore *desks[N_BANKERS]; /* each at a desk of their own */
  AccIdentity *bankers[N_BANKERS];
  AccStore *inbox;
  AccBranchKey *key;
  GBytes *json, *pdf;
} Scene;

typedef struct {
  AccIdentity *manager;
  GBytes *pepper;
} Adding;

static gboolean
add_bankers (AccStore *desk, gpointer data, GError **error)
{
  Adding *adding = data;

  for (guint i = DANIEL; i < N_BANKERS; i++)
    if (!acc_bankers_add (desk, adding->manager, adding->pepper, names[i], PASSPHRASE, FALSE, staff_ids[i], error))
      return FALSE;
  return acc_bankers_link (desk, names[ANA], staff_ids[ANA], error);
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
fill_letter (AccLetterFields *fields)
{
  acc_letter_fields_init (fields);
  set_text (&fields->to[0].name, "Jessica Okafor");
  set_text (&fields->to[0].department, "Fraud Operations");
  set_text (&fields->act, "She stayed with us for an hour.");
  set_text (&fields->from[0].name, "Maria López");
  fields->from[0].signature = acc_signature_new_typed ("Maria López");
  fields->consent_file = TRUE;
  set_text (&fields->served_on, "2026-11-20");
  set_text (&fields->date, "2026-11-21");
}

static AccLetter *
make_letter (const AccLetterFields *fields)
{
  g_autoptr (GError) error = NULL;
  AccLetter *letter = acc_letter_new (fields, &error);

  g_assert_no_error (error);
  return letter;
}

/* One letter on real paper; the scene's letters are sealed copies of it under other numbers. */
static void
scene_write_letter (Scene *scene)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccReadyLetter) ready = NULL;

  g_assert_no_error (error);
  fill_letter (&fields);
  letter = make_letter (&fields);
  ready = acc_ready_letter_new (letter, number, letterhead, "Market Street", &error);
  g_assert_no_error (error);
  scene->json = acc_letter_to_json (letter);
  scene->pdf = g_bytes_ref (acc_ready_letter_get_pdf (ready));
}

static void
scene_sign_in (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pepper_path = acc_archive_pepper_path (scene->path);
  Adding adding = { NULL, acc_file_read (pepper_path, 1024, &error) };

  g_assert_no_error (error);
  for (guint i = 0; i < N_BANKERS; i++)
    {
      scene->bankers[i] = acc_archive_sign_in (scene->path, names[i], PASSPHRASE, &scene->desks[i], &error);
      g_assert_no_error (error);
      adding.manager = scene->bankers[ANA];
      if (i == ANA)
        acc_store_transact (scene->desks[ANA], add_bankers, &adding, &error);
      g_assert_no_error (error);
    }
  g_bytes_unref (adding.pepper);
}

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *recovery_key = NULL, *key_path = NULL;

  scene->folder = test_folder_new ();
  scene->path = g_build_filename (scene->folder, "store", NULL);
  acc_archive_set_up (scene->path, "Market Street", names[ANA], PASSPHRASE, &recovery_key, &error);
  g_assert_no_error (error);
  scene_sign_in (scene);
  scene->inbox = acc_inbox_open (scene->path, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  key_path = acc_inbox_branch_key_path (scene->path);
  scene->key = acc_branch_key_load (key_path, &error);
  g_assert_no_error (error);
  scene_write_letter (scene);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  for (guint i = 0; i < N_BANKERS; i++)
    {
      g_clear_object (&scene->bankers[i]);
      g_clear_object (&scene->desks[i]);
    }
  g_clear_object (&scene->inbox);
  acc_branch_key_unref (scene->key);
  g_bytes_unref (scene->json);
  g_bytes_unref (scene->pdf);
  g_free (scene->path);
  test_folder_free (scene->folder);
}

/* A letter that has just been taken in, and not read back; gives its number. */
static char *
scene_take_in (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccInboxLetter) letter = g_new0 (AccInboxLetter, 1);
  char *number = acc_number_new ();

  letter->sealed = acc_seal (scene->key, number, scene->json, scene->pdf);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = acc_clock_stamp ();
  letter->n_pages = 1;
  acc_inbox_add (scene->inbox, letter, &error);
  g_assert_no_error (error);
  acc_archive_take_in (scene->desks[ANA], scene->inbox, scene->bankers[ANA], NULL, &error);
  g_assert_no_error (error);
  return number;
}

static gboolean
note_read_back (AccStore *desk, gpointer data, GError **error)
{
  const struct {
    AccIdentity *identity;
    const char *number;
  } *letter = data;

  return acc_archive_note (desk, letter->identity, "read back", letter->number, "{\"outcome\":\"same bytes\"}", error);
}

/* One that was read back as well, as acc_intake does. */
static char *
scene_receive (Scene *scene)
{
  char *number = scene_take_in (scene);
  struct {
    AccIdentity *identity;
    const char *number;
  } letter = { scene->bankers[ANA], number };
  g_autoptr (GError) error = NULL;

  acc_store_transact (scene->desks[ANA], note_read_back, &letter, &error);
  g_assert_no_error (error);
  return number;
}

static AccOpenedLetter *
scene_open (Scene *scene, guint banker, const char *number)
{
  g_autoptr (GError) error = NULL;
  AccOpenedLetter *letter = acc_opened_letter_new (scene->desks[banker], scene->bankers[banker], number, &error);

  g_assert_no_error (error);
  return letter;
}

static void
scene_decide (Scene *scene, guint banker, const char *number, AccMove move)
{
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, banker, number);
  g_autoptr (GError) error = NULL;

  acc_decide (scene->desks[banker], scene->bankers[banker], letter, move, ACC_NAMED_NOT, "because", &error);
  g_assert_no_error (error);
}

static void
scene_run (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->desks[ANA], sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static gint64
scene_count (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->desks[ANA], sql, &error);
  gboolean row = FALSE;

  acc_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return row ? acc_statement_get_int (statement, 0) : 0;
}

static AccRecord *
scene_record (Scene *scene, const char *number)
{
  g_autoptr (GError) error = NULL;
  AccRecord *record = acc_archive_find (scene->desks[ANA], number, &error);

  g_assert_no_error (error);
  return record;
}

/* Whose signature is looked at: every decision's own; or, as by "accolade verify", that of the journal's entry which
 * pins it, where the journal is sound. */
typedef enum { EACH, VOUCHED, N_WAYS } Way;

static char *
scene_findings (Scene *scene, Way way)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 verified = 0;

  if (way == VOUCHED)
    acc_archive_check_journals (scene->desks[ANA], scene->inbox, &verified, others, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verified > 0, ==, way == VOUCHED && others->len == 0);
  acc_decision_check (scene->desks[ANA], verified, findings, &error);
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("|", (GStrv) findings->pdata);
}

static void
assert_decisions_sound (Scene *scene)
{
  for (Way way = EACH; way < N_WAYS; way++)
    {
      g_autofree char *findings = scene_findings (scene, way);

      g_assert_cmpstr (findings, ==, "");
    }
}

static void
assert_sound (Scene *scene)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  assert_decisions_sound (scene);
  acc_archive_check (scene->desks[ANA], scene->inbox, others, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (others->len > 0 ? g_ptr_array_index (others, 0) : NULL, ==, NULL);
}

/* ---- deciding ---- */

/* How a letter comes into each state when Daniel has claimed it, where anybody has. */
static const struct {
  AccMove move;
  guint banker;
} ways[ACC_STATE_N][5] = {
  [ACC_STATE_WAITING] = { { ACC_MOVE_N, 0 } },
  [ACC_STATE_CLAIMED] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_APPROVED] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_APPROVE, DANIEL }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_ROUTED]
  = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_APPROVE, DANIEL }, { ACC_MOVE_ROUTE, RUAIRI }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_ACKNOWLEDGED] = { { ACC_MOVE_CLAIM, DANIEL },
                               { ACC_MOVE_APPROVE, DANIEL },
                               { ACC_MOVE_ROUTE, RUAIRI },
                               { ACC_MOVE_ACKNOWLEDGE, RUAIRI },
                               { ACC_MOVE_N, 0 } },
  [ACC_STATE_HELD] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_HOLD, RUAIRI }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_DECLINED] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_DECLINE, DANIEL }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_WITHDRAWN] = { { ACC_MOVE_WITHDRAW, RUAIRI }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_ERASED] = { { ACC_MOVE_ERASE, ANA }, { ACC_MOVE_N, 0 } },
};

static char *
scene_bring_into (Scene *scene, AccState state)
{
  char *number = scene_receive (scene);

  for (guint i = 0; ways[state][i].move != ACC_MOVE_N; i++)
    scene_decide (scene, ways[state][i].banker, number, ways[state][i].move);
  return number;
}

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

  g_test_message ("%s %ss a %s letter", names[banker], acc_move_to_text (move), acc_state_to_text (from));
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
      g_assert_cmpstr (decision->banker, ==, names[DANIEL]);
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

/* ---- verifying ---- */

static void
test_check_finds_every_tampering (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *sql, *finding;
  } cases[] = {
    { "UPDATE decision SET move = 'hold' WHERE id = 2", "no rule allows its move" },
    { "UPDATE decision SET move = 'x' WHERE id = 2", "no rule allows its move" },
    { "UPDATE decision SET state_to = 'routed' WHERE id = 2", "no rule allows its move" },
    { "UPDATE decision SET at = at || ' ' WHERE id = 2", "does not match its hash" },
    { "UPDATE decision SET named = 1 WHERE id = 2", "does not match its hash" },
    { "UPDATE decision SET banker = 3 WHERE id = 2", "does not match its hash" },
    { "UPDATE decision SET pdf_hash = upper (pdf_hash) WHERE id = 2",
      "does not match its hash" },
    { "UPDATE decision SET reason = x'00' WHERE id = 2", "does not match its hash" },
    { "UPDATE decision SET hash = upper (hash) WHERE id = 2", "does not match its hash" },
    { "UPDATE decision SET signature = zeroblob (64) WHERE id = 2", "its signature is not its banker's" },
    { "UPDATE decision SET signature = cast (substr (signature, 1, 63) || x'00' AS BLOB) WHERE id = 2",
      "its signature is not its banker's" },
    { "UPDATE decision SET signature = x'' WHERE id = 2", "its signature is not its banker's" },
    { "UPDATE decision SET signature = (SELECT signature FROM decision WHERE id = 3) WHERE id = 4",
      "its signature is not its banker's" },
    { "UPDATE decision SET previous = '' WHERE id = 2", "does not match its hash" },
    { "UPDATE decision SET id = 9 WHERE id = 2", "does not follow the one before" },
    { "DELETE FROM decision WHERE id = 2", "does not follow the one before" },
    { "DELETE FROM decision WHERE id = 4", "decisions missing that the journal tells of: 1" },
    { "UPDATE letter SET state = 'claimed'", "it is claimed, but its decisions make it declined" },
    { "UPDATE letter SET claimed_by = 1", "its decisions say that another banker has it" },
    { "UPDATE letter SET pdf_hash = upper (pdf_hash)", "it was made on another PDF" },
    { "DELETE FROM journal WHERE kind = 'released'", "it has no journal entry" },
    { "UPDATE journal SET signer = 'Ruairi Keane' WHERE kind = 'released'", "it has no journal entry" },
    { "UPDATE banker SET manager = 0", "its banker was not allowed to make it" },
  };
  g_autofree char *number = scene_receive (scene);

  scene_decide (scene, DANIEL, number, ACC_MOVE_CLAIM);
  scene_decide (scene, ANA, number, ACC_MOVE_RELEASE);
  scene_decide (scene, RUAIRI, number, ACC_MOVE_CLAIM);
  scene_decide (scene, RUAIRI, number, ACC_MOVE_DECLINE);
  assert_sound (scene);
  for (guint i = 0; i < N_WAYS * G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *findings = NULL;

      scene_run (scene, "SAVEPOINT before");
      scene_run (scene, cases[i / N_WAYS].sql);
      findings = scene_findings (scene, i % N_WAYS);
      scene_run (scene, "ROLLBACK TO before");
      scene_run (scene, "RELEASE before");
      g_test_message ("%s: %s", cases[i / N_WAYS].sql, findings);
      g_assert_nonnull (strstr (findings, cases[i / N_WAYS].finding));
      g_assert_nonnull (strstr (findings, number));
    }
  assert_sound (scene);
}

/* A desk that does as it likes: the row is whole, its hash right, its entry noted; only the banker may not. */
typedef struct {
  Scene *scene;
  const char *number;
  guint banker, signer;
  AccMove move;
  gboolean named;
  gboolean unpinned; /* as the journal told of decisions before it pinned their signatures */
  gboolean no_key;   /* nobody signs: neither the decision nor the entry */
} Forgery;

static GBytes *
sign_nothing (const char *hash, gpointer data, GError **error)
{
  guint8 nothing[64] = { 0 };

  return g_bytes_new (nothing, sizeof nothing);
}

static gboolean
forge (AccStore *desk, gpointer data, GError **error)
{
  const Forgery *forgery = data;
  AccIdentity *signer = forgery->scene->bankers[forgery->signer];
  gint64 banker = acc_identity_get_banker (forgery->scene->bankers[forgery->banker])->id;
  g_autoptr (GPtrArray) before = acc_decision_table_select (desk, forgery->number, error);
  const AccDecisionRow *last = before->len > 0 ? g_ptr_array_index (before, before->len - 1) : NULL;
  g_autoptr (AccRecord) record = acc_archive_find (desk, forgery->number, error);
  const AccMoveRule *rule = acc_move_find_rule (forgery->move, record->state);
  g_autoptr (AccDecisionRow) row = g_new0 (AccDecisionRow, 1);
  g_autofree char *facts = NULL;
  AccJournalEntry entry = { "desk", acc_move_to_kind (rule->move), forgery->number, NULL,
                            acc_identity_get_banker (signer)->name };

  row->number = g_strdup (forgery->number);
  row->move = g_strdup (acc_move_to_text (rule->move));
  row->from = g_strdup (acc_state_to_text (rule->from));
  row->to = g_strdup (acc_state_to_text (rule->to));
  row->banker = banker;
  row->at = acc_clock_stamp ();
  row->named = forgery->named;
  row->pdf_hash = g_strdup (record->pdf_hash);
  row->previous = g_strdup (last != NULL ? last->hash : "");
  row->hash = acc_decision_row_hash (row);
  row->signature = forgery->no_key ? sign_nothing (row->hash, NULL, NULL)
                                   : acc_identity_sign (signer, row->hash, strlen (row->hash));
  entry.facts = facts = acc_decision_row_facts (row, FALSE, !forgery->unpinned);
  return acc_archive_set_state (desk, forgery->number, rule->from, rule->to,
                                acc_move_next_claimer (rule, record->claimed_by, banker), error)
         && acc_decision_table_insert (desk, row, error)
         && (forgery->no_key ? acc_journal_append (desk, &entry, sign_nothing, NULL, error)
                             : acc_archive_note (desk, signer, entry.kind, entry.number, facts, error));
}

static void
test_check_finds_every_forgery (Scene *scene, gconstpointer data)
{
  static const struct {
    AccState from;
    guint banker, signer;
    AccMove move;
    gboolean named;
    const char *finding;
    gboolean unpinned, no_key;
  } cases[] = {
    /* the control: what may be is not found */
    { ACC_STATE_CLAIMED, DANIEL, DANIEL, ACC_MOVE_APPROVE, FALSE, "" },
    { ACC_STATE_CLAIMED, DANIEL, DANIEL, ACC_MOVE_APPROVE, FALSE, "", TRUE },
    /* in another's name */
    { ACC_STATE_CLAIMED, DANIEL, RUAIRI, ACC_MOVE_APPROVE, FALSE, "its signature is not its banker's" },
    { ACC_STATE_CLAIMED, DANIEL, RUAIRI, ACC_MOVE_APPROVE, FALSE, "its signature is not its banker's", TRUE },
    /* without anybody's key, and an entry to go with it */
    { ACC_STATE_CLAIMED, DANIEL, DANIEL, ACC_MOVE_APPROVE, FALSE, "its signature is not its banker's", FALSE, TRUE },
    /* what another has claimed */
    { ACC_STATE_CLAIMED, RUAIRI, RUAIRI, ACC_MOVE_APPROVE, FALSE, "its banker was not allowed to make it" },
    /* what names oneself */
    { ACC_STATE_CLAIMED, DANIEL, DANIEL, ACC_MOVE_APPROVE, TRUE, "its banker was not allowed to make it" },
    /* what only a manager may */
    { ACC_STATE_HELD, RUAIRI, RUAIRI, ACC_MOVE_FREE, FALSE, "its banker was not allowed to make it" },
    /* without the reason that it needs */
    { ACC_STATE_WAITING, RUAIRI, RUAIRI, ACC_MOVE_DECLINE, FALSE, "its banker was not allowed to make it" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = scene_bring_into (scene, cases[i].from);
      Forgery forgery = { scene, number, cases[i].banker, cases[i].signer, cases[i].move, cases[i].named,
                          cases[i].unpinned, cases[i].no_key };
      g_autoptr (GError) error = NULL;

      scene_run (scene, "SAVEPOINT before");
      forge (scene->desks[ANA], &forgery, &error);
      g_assert_no_error (error);
      for (Way way = EACH; way < N_WAYS; way++)
        {
          g_autofree char *findings = scene_findings (scene, way);
          const char *found = strstr (findings, number);

          g_test_message ("%u: %s", i, findings);
          g_assert_cmpint (found != NULL, ==, *cases[i].finding != '\0');
          if (found != NULL)
            g_assert_nonnull (strstr (found, cases[i].finding));
        }
      scene_run (scene, "ROLLBACK TO before");
      scene_run (scene, "RELEASE before");
    }
}

/* An entry of before signatures were pinned vouches for none, however sound the journal is. */
static void
test_check_verifies_what_no_entry_pins (Scene *scene, gconstpointer data)
{
  g_autofree char *number = scene_bring_into (scene, ACC_STATE_CLAIMED);
  Forgery older = { scene, number, DANIEL, DANIEL, ACC_MOVE_APPROVE, FALSE, TRUE };
  g_autoptr (GError) error = NULL;

  acc_store_transact (scene->desks[ANA], forge, &older, &error);
  g_assert_no_error (error);
  assert_sound (scene);
  scene_run (scene, "UPDATE decision SET signature = zeroblob (64) WHERE move = 'approve'");
  for (Way way = EACH; way < N_WAYS; way++)
    {
      g_autofree char *findings = scene_findings (scene, way);

      g_assert_nonnull (strstr (findings, "its signature is not its banker's"));
    }
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
  ADD ("/decision/check-finds-every-tampering", test_check_finds_every_tampering);
  ADD ("/decision/check-finds-every-forgery", test_check_finds_every_forgery);
  ADD ("/decision/check-verifies-what-no-entry-pins", test_check_verifies_what_no_entry_pins);
  return g_test_run ();
}
