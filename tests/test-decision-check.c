/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever changes or forges a decision is found. */
#include "base/clock.h"
#include "base/error.h"
#include "decision-support.h"
#include "review/decision-private.h"
#include "store/statement.h"
#include "vault/bankers.h"
#include "vault/journal.h"

#include <string.h>

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
    { "UPDATE decision SET signature = cast (substr (signature, 1, 63) || x'ff' AS BLOB) WHERE id = 2",
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
    /* what another has declined; and the controls */
    { ACC_STATE_DECLINED, DANIEL, DANIEL, ACC_MOVE_TAKE_BACK, FALSE, "" },
    { ACC_STATE_DECLINED, DANIEL, RUAIRI, ACC_MOVE_TAKE_BACK, FALSE, "its signature is not its banker's" },
    { ACC_STATE_DECLINED, RUAIRI, RUAIRI, ACC_MOVE_TAKE_BACK, FALSE, "its banker was not allowed to make it" },
    { ACC_STATE_DECLINED, ANA, ANA, ACC_MOVE_TAKE_BACK, FALSE, "its banker was not allowed to make it" },
    { ACC_STATE_DECLINED, DANIEL, DANIEL, ACC_MOVE_REOPEN, FALSE, "its banker was not allowed to make it" },
    /* without the reason that it needs */
    { ACC_STATE_DECLINED, ANA, ANA, ACC_MOVE_REOPEN, FALSE, "its banker was not allowed to make it" },
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
  ADD ("/decision-check/finds-every-tampering", test_check_finds_every_tampering);
  ADD ("/decision-check/finds-every-forgery", test_check_finds_every_forgery);
  ADD ("/decision-check/verifies-what-no-entry-pins", test_check_verifies_what_no_entry_pins);
  return g_test_run ();
}
