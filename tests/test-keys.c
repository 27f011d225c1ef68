/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that change: passphrases, disabled bankers, the branch's key, recovery; and what verify says of keys that nobody
 * rightful gave. */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/statement.h"
#include "support.h"
#include "vault-support.h"
#include "vault/banker-table.h"
#include "vault/branch-key-table.h"
#include "vault/journal.h"
#include "vault/recovery.h"
#include "vault/rotation.h"
#include "vault/seal.h"
#include "vault/share.h"
#include "vault/unseal.h"

#define BANKER "Daniel Reyes"
#define BANKER_PASSPHRASE "tea at half past four"
#define NEW_PASSPHRASE "another long passphrase"
#define NUMBER "6f1c2d3e-4b5a-4c6d-8e7f-0123456789ab"

static AccIdentity *
must_sign_in (TestBranch *branch, const char *name, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  AccIdentity *identity = acc_bankers_sign_in (branch->desk, branch->pepper, name, passphrase, &error);

  g_assert_no_error (error);
  return identity;
}

static void
assert_refused (TestBranch *branch, const char *name, const char *passphrase, AccError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_bankers_sign_in (branch->desk, branch->pepper, name, passphrase, &error));
  g_assert_error (error, ACC_ERROR, (int) code);
}

static void
rotate (TestBranch *branch, AccIdentity *identity, const char *recovery_key)
{
  g_autoptr (GError) error = NULL;

  acc_rotation_begin (branch->desk, identity, branch->pepper, TEST_PASSPHRASE, recovery_key, &error);
  g_assert_no_error (error);
}

/* A letter's key, sealed to the newest key of @identity; and whether @identity opens it. */
static GBytes *
seal (AccIdentity *identity)
{
  g_autoptr (GBytes) words = g_bytes_new_static ("{}", 2);
  g_autoptr (AccSealed) sealed = acc_seal (acc_identity_get_branch_key (identity), NUMBER, words, words);

  return g_bytes_ref (sealed->key);
}

static gboolean
opens (AccIdentity *identity, GBytes *sealed_key)
{
  g_autoptr (AccLetterKey) key = acc_letter_key_open (identity, sealed_key, NULL);

  return key != NULL;
}

static char *
find_faults (TestBranch *branch)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_bankers_check (branch->desk, findings, &error));
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("\n", (char **) findings->pdata);
}

static void
assert_sound (TestBranch *branch)
{
  g_autofree char *faults = find_faults (branch);

  g_assert_cmpstr (faults, ==, "");
}

static gboolean
set_passphrase (TestBranch *branch, AccIdentity *identity, const char *name, const char *passphrase, GError **error)
{
  gboolean reset = FALSE;

  return acc_bankers_set_passphrase (branch->desk, identity, branch->pepper, name, passphrase, &reset, error);
}

/* Passphrases */

static void
test_a_banker_changes_their_own_passphrase (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (AccIdentity) again = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  sealed = seal (branch.manager);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_false (set_passphrase (&branch, banker, BANKER, "short", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (set_passphrase (&branch, banker, "daniel REYES", NEW_PASSPHRASE, &error));

  assert_refused (&branch, BANKER, BANKER_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  again = must_sign_in (&branch, BANKER, NEW_PASSPHRASE);
  g_assert_true (opens (again, sealed));
  g_assert_cmpmem (acc_identity_get_banker (again)->sign_public, 32, acc_identity_get_banker (banker)->sign_public, 32);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM journal"
                                            " WHERE kind = 'passphrase changed' AND signer = '" BANKER "'"),
                   ==, 1);
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static void
test_a_manager_resets_a_lost_one_and_the_old_signatures_stay_valid (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) before = NULL;
  g_autoptr (AccIdentity) after = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) old_signature = NULL;
  g_autoptr (GBytes) new_signature = NULL;
  g_autoptr (GPtrArray) bankers = NULL;
  g_autoptr (GError) error = NULL;
  const AccBanker *banker;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  sealed = seal (branch.manager);
  before = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  old_signature = acc_identity_sign (before, "x", 1);
  for (int i = 0; i < 5; i++)
    assert_refused (&branch, BANKER, "not the passphrase", ACC_ERROR_PASSPHRASE);
  g_assert_true (set_passphrase (&branch, branch.manager, BANKER, NEW_PASSPHRASE, &error));

  after = must_sign_in (&branch, BANKER, NEW_PASSPHRASE); /* at once: the wait is over */
  g_assert_true (opens (after, sealed));
  new_signature = acc_identity_sign (after, "x", 1);
  bankers = acc_bankers_list (branch.desk, &error);
  banker = g_ptr_array_index (bankers, 1);
  g_assert_false (acc_signature_verify (banker->sign_public, "x", 1, old_signature));
  g_assert_true (acc_banker_verify (banker, "x", 1, old_signature));
  g_assert_true (acc_banker_verify (banker, "x", 1, new_signature));
  g_assert_false (acc_banker_verify (g_ptr_array_index (bankers, 0), "x", 1, old_signature));
  assert_sound (&branch);

  /* a session from before decides nothing any more */
  g_assert_false (set_passphrase (&branch, before, BANKER, BANKER_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  test_branch_clear (&branch);
}

static void
test_who_may_not_give_passphrases (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_false (set_passphrase (&branch, banker, TEST_MANAGER, NEW_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (set_passphrase (&branch, branch.manager, "Nobody", NEW_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (acc_bankers_disable (branch.desk, branch.manager, BANKER, &error));
  g_assert_false (set_passphrase (&branch, branch.manager, BANKER, NEW_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  test_branch_clear (&branch);
}

/* The branch's key */

static void
test_a_new_key_reaches_every_banker_and_the_old_letters_still_open (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (AccIdentity) again = NULL;
  g_autoptr (AccIdentity) manager = NULL;
  g_autoptr (GBytes) old_letter = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GBytes) newest_letter = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  old_letter = seal (branch.manager);
  rotate (&branch, branch.manager, NULL);
  letter = seal (branch.manager);
  rotate (&branch, branch.manager, NULL); /* once more, before the banker has come by */
  newest_letter = seal (branch.manager);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM branch_key_share"), ==, 2);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM branch_key"), ==, 3);

  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM branch_key_share"), ==, 0);
  again = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  manager = must_sign_in (&branch, TEST_MANAGER, TEST_PASSPHRASE);
  for (gsize i = 0; i < 3; i++)
    {
      AccIdentity *identity = (AccIdentity *[]) { banker, again, manager }[i];

      g_assert_true (opens (identity, old_letter));
      g_assert_true (opens (identity, letter));
      g_assert_true (opens (identity, newest_letter));
    }
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static void
test_only_who_may_and_knows_the_passphrase_rotates (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (AccIdentity) elsewhere = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  elsewhere = must_sign_in (&branch, TEST_MANAGER, TEST_PASSPHRASE);
  g_assert_false (acc_rotation_begin (branch.desk, banker, branch.pepper, BANKER_PASSPHRASE, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (acc_rotation_begin (branch.desk, branch.manager, branch.pepper, "not the passphrase", NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM branch_key"), ==, 1);

  /* a session that lacks the newest key changes no keys: it would lose that one */
  rotate (&branch, branch.manager, NULL);
  g_assert_false (acc_rotation_begin (branch.desk, elsewhere, branch.pepper, TEST_PASSPHRASE, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (set_passphrase (&branch, elsewhere, TEST_MANAGER, NEW_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static void
test_a_rotation_is_open_until_it_is_finished (void)
{
  TestBranch branch;
  g_autoptr (GError) error = NULL;
  gboolean open = TRUE;

  test_branch_init (&branch);
  g_assert_true (acc_rotation_is_open (branch.desk, &open, &error) && !open);
  rotate (&branch, branch.manager, NULL);
  g_assert_true (acc_rotation_is_open (branch.desk, &open, &error) && open);
  g_assert_true (acc_rotation_finish (branch.desk, branch.manager, &error));
  g_assert_true (acc_rotation_is_open (branch.desk, &open, &error) && !open);
  test_branch_clear (&branch);
}

static void
test_a_share_is_for_one_banker_who_holds_the_key_before (void)
{
  TestBranch branch, elsewhere;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (AccIdentity) other = NULL;
  g_autoptr (GPtrArray) shares = NULL;
  const AccShareRow *share;
  guint8 secret[crypto_box_SECRETKEYBYTES];

  test_branch_init (&branch);
  test_branch_init (&elsewhere);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  test_branch_add (&branch, "Ida Rot", BANKER_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  other = must_sign_in (&branch, "Ida Rot", BANKER_PASSPHRASE);
  rotate (&branch, branch.manager, NULL);
  shares = acc_share_table_list (branch.desk, acc_identity_get_banker (banker)->id, NULL);
  g_assert_cmpuint (shares->len, ==, 1);
  share = g_ptr_array_index (shares, 0);

  g_assert_true (acc_share_open (banker, share->branch_key, share->sealed, secret));
  g_assert_false (acc_share_open (other, share->branch_key, share->sealed, secret));
  g_assert_false (acc_share_open (elsewhere.manager, share->branch_key, share->sealed, secret));
  g_assert_false (acc_share_open (banker, "0123456789abcdef", share->sealed, secret));
  for (gsize offset = 0; offset < g_bytes_get_size (share->sealed); offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (share->sealed, offset, 0);

      g_assert_false (acc_share_open (banker, share->branch_key, flipped, secret));
    }
  test_branch_clear (&elsewhere);
  test_branch_clear (&branch);
}

static void
test_a_changed_share_is_told_and_a_new_passphrase_heals_it (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  rotate (&branch, branch.manager, NULL);
  letter = seal (branch.manager);
  test_execute (branch.desk, "UPDATE branch_key_share SET sealed = zeroblob (136)");
  assert_refused (&branch, BANKER, BANKER_PASSPHRASE, ACC_ERROR_STORE_DAMAGED);
  g_assert_true (set_passphrase (&branch, branch.manager, BANKER, NEW_PASSPHRASE, &error));
  banker = must_sign_in (&branch, BANKER, NEW_PASSPHRASE);
  g_assert_true (opens (banker, letter));
  test_branch_clear (&branch);
}

static void
test_a_disabled_banker_is_given_no_key (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_true (acc_bankers_disable (branch.desk, branch.manager, BANKER, &error));
  rotate (&branch, branch.manager, NULL);
  letter = seal (branch.manager);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM branch_key_share"), ==, 0);
  assert_refused (&branch, BANKER, BANKER_PASSPHRASE, ACC_ERROR_NOT_ALLOWED);
  g_assert_false (opens (banker, letter));
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static void
test_the_branch_has_no_more_keys_than_a_wrapping_holds (void)
{
  TestBranch branch;
  g_autoptr (GBytes) copy = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  for (int i = 1; i < ACC_BRANCH_SECRETS_MAX; i++)
    {
      const guint8 secret[crypto_box_SECRETKEYBYTES] = { 0, i };

      acc_identity_add_branch_secret (branch.manager, secret);
      g_assert_true (
          acc_branch_key_table_add (branch.desk, acc_identity_get_branch_key (branch.manager), copy, &error));
    }
  g_assert_false (acc_rotation_begin (branch.desk, branch.manager, branch.pepper, TEST_PASSPHRASE, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "63"));
  test_branch_clear (&branch);
}

/* Recovery */

static char *
recover (TestBranch *branch, const char *recovery_key, const char *name, GError **error)
{
  const AccRecovery recovery = { recovery_key, name, NEW_PASSPHRASE, branch->pepper };
  char *recovered = NULL;

  acc_bankers_recover (branch->desk, &recovery, &recovered, error);
  return recovered;
}

static void
test_the_printed_key_gives_a_manager_everything_back (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) recovered = NULL;
  g_autoptr (GBytes) old_letter = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  old_letter = seal (branch.manager);
  rotate (&branch, branch.manager, NULL); /* the printed key opens this one as well */
  letter = seal (branch.manager);
  g_bytes_unref (branch.pepper);
  branch.pepper = g_bytes_new_static ("another pepper of 32 bytes......", 32);

  name = recover (&branch, branch.recovery_key, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, TEST_MANAGER);
  recovered = must_sign_in (&branch, TEST_MANAGER, NEW_PASSPHRASE);
  g_assert_true (opens (recovered, old_letter));
  g_assert_true (opens (recovered, letter));
  assert_sound (&branch);

  /* with the old pepper nobody else can sign in; the manager gives new passphrases */
  assert_refused (&branch, BANKER, BANKER_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  g_assert_true (set_passphrase (&branch, recovered, BANKER, BANKER_PASSPHRASE, &error));
  g_object_unref (must_sign_in (&branch, BANKER, BANKER_PASSPHRASE));
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static void
test_a_wrong_recovery_key_changes_nothing (void)
{
  TestBranch branch, elsewhere;
  const char *keys[3] = { "", "not a key" };

  test_branch_init (&branch);
  test_branch_init (&elsewhere);
  keys[2] = elsewhere.recovery_key;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_bankers_may_recover (branch.desk, keys[i], NEW_PASSPHRASE, NULL));
      g_assert_null (recover (&branch, keys[i], NULL, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE);
    }
  g_object_unref (must_sign_in (&branch, TEST_MANAGER, TEST_PASSPHRASE));
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM banker_key"), ==, 0);
  test_branch_clear (&elsewhere);
  test_branch_clear (&branch);
}

static void
test_recovery_goes_to_a_manager_who_may_sign_in (void)
{
  TestBranch branch;
  g_autoptr (GError) error = NULL;
  g_autofree char *enabled = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_null (recover (&branch, branch.recovery_key, BANKER, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (recover (&branch, branch.recovery_key, "Nobody", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* none is left: the first is let in again */
  test_execute (branch.desk, "UPDATE banker SET disabled_at = '2026-11-20T10:00:00+00:00' WHERE id = 1");
  enabled = recover (&branch, branch.recovery_key, NULL, &error);
  g_assert_cmpstr (enabled, ==, TEST_MANAGER);
  g_object_unref (must_sign_in (&branch, TEST_MANAGER, NEW_PASSPHRASE));
  test_branch_clear (&branch);
}

static void
test_a_rotation_can_make_a_new_recovery_key (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) recovered = NULL;
  g_autoptr (GBytes) old_letter = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autofree char *recovery_key = acc_recovery_key_new ();
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  old_letter = seal (branch.manager);
  rotate (&branch, branch.manager, recovery_key);
  letter = seal (branch.manager);
  assert_sound (&branch);
  g_assert_null (recover (&branch, branch.recovery_key, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE);
  g_clear_error (&error);
  name = recover (&branch, recovery_key, NULL, &error);
  g_assert_no_error (error);
  recovered = must_sign_in (&branch, TEST_MANAGER, NEW_PASSPHRASE);
  g_assert_true (opens (recovered, old_letter));
  g_assert_true (opens (recovered, letter));
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static void
test_a_changed_recovery_copy_stops_a_rotation_but_not_one_with_a_new_key (void)
{
  TestBranch branch;
  g_autofree char *recovery_key = acc_recovery_key_new ();
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_execute (branch.desk, "UPDATE branch_key SET recovery = zeroblob (length (recovery))");
  g_assert_false (acc_rotation_begin (branch.desk, branch.manager, branch.pepper, TEST_PASSPHRASE, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  rotate (&branch, branch.manager, recovery_key);
  assert_sound (&branch);
  test_branch_clear (&branch);
}

/* Keys that nobody rightful gave */

/* The forger may write the file, and has a branch's keys of their own. */
static const struct {
  const char *sql;
  const char *named;
} forgeries[] = {
  { "UPDATE banker SET sign_public = zeroblob (32) WHERE id = 1", "desk.db banker Ana Held: the keys are not those" },
  { "UPDATE banker SET sign_public = zeroblob (32) WHERE id = 2",
    "desk.db banker Daniel Reyes: the keys are not those" },
  { "UPDATE banker SET manager = 1 WHERE id = 2",
    "Daniel Reyes: the journal does not say the same about being a manager" },
  { "UPDATE banker SET disabled_at = 'x' WHERE id = 2",
    "Daniel Reyes: the journal does not say the same about being disabled" },
  { "UPDATE banker_key SET sign_public = zeroblob (32)", "desk.db banker Ida Rot: the keys are not those" },
  { "DELETE FROM banker_key", "desk.db banker Ida Rot: the keys are not those" },
  { "INSERT INTO banker_key SELECT id, 1, zeroblob (32), 'x' FROM banker WHERE id = 2",
    "Daniel Reyes: the keys are not" },
  { "INSERT INTO banker SELECT 9, 'Eve', 'eve', NULL, 1, NULL, sign_public, salt, ops, memory, wrapped, 0, 0, 0, ''"
    " FROM banker WHERE id = 2",
    "desk.db banker Eve: no manager's journal entry added this banker" },
  { "UPDATE branch_key SET id = '0123456789abcdef' WHERE sequence = 2",
    "branch key 0123456789abcdef: it is not the key" },
  { "INSERT INTO branch_key SELECT '0123456789abcdef', 9, public_key, recovery, created_at FROM branch_key"
    " WHERE sequence = 1",
    "desk.db branch key 0123456789abcdef: it is not the key" },
  { "UPDATE branch_key SET recovery = zeroblob (length (recovery)) WHERE sequence = 1",
    "a recovery copy has been changed" },
  /* entries, as far as their chain would be forged anew */
  { "UPDATE journal SET signature = zeroblob (64) WHERE kind = 'set up'", "entry 1 of desk: whoever signed it" },
  { "UPDATE journal SET signature = zeroblob (64) WHERE kind = 'banker added'", "entry 2 of desk: whoever signed it" },
  { "UPDATE journal SET signature = zeroblob (64) WHERE kind = 'passphrase reset'",
    "entry 4 of desk: whoever signed it" },
  { "UPDATE journal SET signature = zeroblob (64) WHERE kind = 'key rotated'", "entry 5 of desk: whoever signed it" },
  { "UPDATE journal SET signer = 'Daniel Reyes' WHERE kind = 'key rotated'", "entry 5 of desk: whoever signed it" },
  { "UPDATE journal SET facts = json_remove (facts, '$.sign_key') WHERE kind = 'banker added'",
    "entry 2 of desk: it does not say" },
  { "UPDATE journal SET facts = json_set (facts, '$.proof', 'ab') WHERE kind = 'recovered'",
    "entry 6 of desk: whoever signed it" },
  { "UPDATE journal SET facts = json_remove (facts, '$.proof') WHERE kind = 'recovered'",
    "entry 6 of desk: whoever signed it" },
};

static void
test_each_key_that_nobody_rightful_gave_is_named (void)
{
  TestBranch branch;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  test_branch_add (&branch, "Ida Rot", BANKER_PASSPHRASE);
  g_assert_true (set_passphrase (&branch, branch.manager, "Ida Rot", NEW_PASSPHRASE, &error));
  rotate (&branch, branch.manager, NULL);
  name = recover (&branch, branch.recovery_key, NULL, &error);
  g_assert_no_error (error);
  assert_sound (&branch);
  test_execute (branch.desk, "PRAGMA foreign_keys = OFF"); /* a forger's tool need not care */
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *faults = NULL;

      test_execute (branch.desk, "BEGIN");
      test_execute (branch.desk, forgeries[i].sql);
      faults = find_faults (&branch);
      if (strstr (faults, forgeries[i].named) == NULL)
        g_error ("%s: expected “%s”, found “%s”", forgeries[i].sql, forgeries[i].named, faults);
      test_execute (branch.desk, "ROLLBACK");
    }
  assert_sound (&branch);
  test_branch_clear (&branch);
}

static GBytes *
sign_hash (const char *hash, gpointer data, GError **error)
{
  return acc_identity_sign (data, hash, strlen (hash));
}

/* Whoever may write the file, and is a banker, adds an entry of their own. */
static void
test_a_banker_gives_themselves_no_key (void)
{
  static const char *const kinds[] = {
    "banker added", "passphrase reset", "banker disabled", "key rotated", "recovered",
  };
  static const char facts[] = "{\"banker\":\"" BANKER "\",\"sign_key\":\"00\",\"branch_key\":\"0123456789abcdef\"}";
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const AccJournalEntry entry = { "desk", kinds[i], NULL, facts, BANKER };
      g_autofree char *faults = NULL;

      test_execute (branch.desk, "BEGIN");
      g_assert_true (acc_journal_append (branch.desk, &entry, sign_hash, banker, NULL));
      faults = find_faults (&branch);
      g_assert_nonnull (strstr (faults, "entry 3 of desk: whoever signed it could not give this key"));
      test_execute (branch.desk, "ROLLBACK");
    }
  test_branch_clear (&branch);
}

/* Canaries */

static void
test_no_passphrase_or_key_is_written_in_clear (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *recovery_key = acc_recovery_key_new ();
  g_autofree char *name = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_true (set_passphrase (&branch, branch.manager, BANKER, NEW_PASSPHRASE, &error));
  rotate (&branch, branch.manager, recovery_key);
  banker = must_sign_in (&branch, BANKER, NEW_PASSPHRASE);
  name = recover (&branch, recovery_key, NULL, &error);
  g_assert_no_error (error);

  test_assert_absent (branch.path, TEST_PASSPHRASE);
  test_assert_absent (branch.path, BANKER_PASSPHRASE);
  test_assert_absent (branch.path, NEW_PASSPHRASE);
  test_assert_absent (branch.path, recovery_key);
  test_assert_absent (branch.path, branch.recovery_key);
  for (guint i = 0; i < acc_identity_get_secrets (banker)->n_branch; i++)
    {
      g_autofree char *bytes = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (branch.path, &bytes, &size, NULL));
      g_assert_null (memmem (bytes, size, acc_identity_get_secrets (banker)->branch[i], crypto_box_SECRETKEYBYTES));
    }
  test_branch_clear (&branch);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (void);
  } tests[] = {
    { "/passphrase/a-banker-changes-their-own-passphrase", test_a_banker_changes_their_own_passphrase },
    { "/passphrase/a-manager-resets-a-lost-one-and-the-old-signatures-stay-valid",
      test_a_manager_resets_a_lost_one_and_the_old_signatures_stay_valid },
    { "/passphrase/who-may-not-give-passphrases", test_who_may_not_give_passphrases },
    { "/rotation/a-new-key-reaches-every-banker-and-the-old-letters-still-open",
      test_a_new_key_reaches_every_banker_and_the_old_letters_still_open },
    { "/rotation/only-who-may-and-knows-the-passphrase-rotates", test_only_who_may_and_knows_the_passphrase_rotates },
    { "/rotation/a-rotation-is-open-until-it-is-finished", test_a_rotation_is_open_until_it_is_finished },
    { "/rotation/a-share-is-for-one-banker-who-holds-the-key-before",
      test_a_share_is_for_one_banker_who_holds_the_key_before },
    { "/rotation/a-changed-share-is-told-and-a-new-passphrase-heals-it",
      test_a_changed_share_is_told_and_a_new_passphrase_heals_it },
    { "/rotation/a-disabled-banker-is-given-no-key", test_a_disabled_banker_is_given_no_key },
    { "/rotation/the-branch-has-no-more-keys-than-a-wrapping-holds",
      test_the_branch_has_no_more_keys_than_a_wrapping_holds },
    { "/recovery/the-printed-key-gives-a-manager-everything-back",
      test_the_printed_key_gives_a_manager_everything_back },
    { "/recovery/a-wrong-recovery-key-changes-nothing", test_a_wrong_recovery_key_changes_nothing },
    { "/recovery/recovery-goes-to-a-manager-who-may-sign-in", test_recovery_goes_to_a_manager_who_may_sign_in },
    { "/recovery/a-rotation-can-make-a-new-recovery-key", test_a_rotation_can_make_a_new_recovery_key },
    { "/recovery/a-changed-recovery-copy-stops-a-rotation-but-not-one-with-a-new-key",
      test_a_changed_recovery_copy_stops_a_rotation_but_not_one_with_a_new_key },
    { "/pins/each-key-that-nobody-rightful-gave-is-named", test_each_key_that_nobody_rightful_gave_is_named },
    { "/pins/a-banker-gives-themselves-no-key", test_a_banker_gives_themselves_no_key },
    { "/keys/no-passphrase-or-key-is-written-in-clear", test_no_passphrase_or_key_is_written_in_clear },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].test);
  return g_test_run ();
}
