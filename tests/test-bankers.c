/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bankers: who is set up, who may sign in and how often, and the recovery key. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/statement.h"
#include "support.h"
#include "vault-support.h"
#include "vault/journal.h"
#include "vault/recovery.h"
#include "vault/seal.h"
#include "vault/throttle.h"
#include "vault/unseal.h"

#define BANKER "Daniel Reyes"
#define BANKER_PASSPHRASE "tea at half past four"
#define WRONG "not the passphrase"
#define NUMBER "6f1c2d3e-4b5a-4c6d-8e7f-0123456789ab"

/* Signs in and expects @code; gives the message. */
static char *
refused (TestBranch *branch, const char *name, const char *passphrase, AccError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccIdentity) identity = acc_bankers_sign_in (branch->desk, branch->pepper, name, passphrase, &error);

  g_assert_error (error, ACC_ERROR, (int) code);
  g_assert_null (identity);
  return g_strdup (error->message);
}

static AccIdentity *
must_sign_in (TestBranch *branch, const char *name, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  AccIdentity *identity = acc_bankers_sign_in (branch->desk, branch->pepper, name, passphrase, &error);

  g_assert_no_error (error);
  g_assert_nonnull (identity);
  return identity;
}

/* Who is who */

static void
test_signing_in_gives_the_branchs_key_and_ones_own (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) manager = NULL;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (AccSealed) sealed = NULL;
  g_autoptr (AccLetterKey) key = NULL;
  g_autoptr (GBytes) words = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) signature = NULL;
  const AccBanker *facts;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  manager = must_sign_in (&branch, TEST_MANAGER, TEST_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);

  facts = acc_identity_get_banker (manager);
  g_assert_cmpstr (facts->name, ==, TEST_MANAGER);
  g_assert_true (facts->manager);
  g_assert_cmpmem (facts->sign_public, 32, acc_identity_get_banker (branch.manager)->sign_public, 32);
  facts = acc_identity_get_banker (banker);
  g_assert_cmpstr (facts->name, ==, BANKER);
  g_assert_false (facts->manager);
  g_assert_null (facts->staff_id);

  /* one branch, two signatures */
  g_assert_cmpstr (acc_branch_key_get_id (acc_identity_get_branch_key (manager)), ==,
                   acc_branch_key_get_id (acc_identity_get_branch_key (banker)));
  sealed = acc_seal (acc_identity_get_branch_key (branch.manager), NUMBER, words, words);
  key = acc_letter_key_open (banker, sealed->key, NULL);
  g_assert_nonnull (key);
  signature = acc_identity_sign (banker, "x", 1);
  g_assert_true (acc_signature_verify (facts->sign_public, "x", 1, signature));
  g_assert_false (acc_signature_verify (acc_identity_get_banker (manager)->sign_public, "x", 1, signature));
  test_branch_clear (&branch);
}

static void
test_names_are_compared_folded_and_the_only_banker_needs_none (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) folded = NULL;
  g_autoptr (AccIdentity) only = NULL;
  g_autoptr (AccIdentity) left = NULL;
  g_autofree char *several = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *disabled = NULL;
  g_autofree char *nobody = NULL;

  test_branch_init (&branch);
  folded = must_sign_in (&branch, "  ána   HELD ", TEST_PASSPHRASE);
  only = must_sign_in (&branch, NULL, TEST_PASSPHRASE);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);

  several = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_INPUT);
  g_assert_cmpstr (several, ==, "say which banker with --banker: Ana Held, Daniel Reyes");
  unknown = refused (&branch, "Ana Hold", TEST_PASSPHRASE, ACC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (unknown, "Ana Hold"));

  test_execute (branch.desk, "UPDATE banker SET disabled_at = '2026-11-20T10:00:00+00:00' WHERE id = 2");
  disabled = refused (&branch, BANKER, BANKER_PASSPHRASE, ACC_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (disabled, BANKER));
  left = must_sign_in (&branch, NULL, TEST_PASSPHRASE);
  test_execute (branch.desk, "UPDATE banker SET disabled_at = '2026-11-20T10:00:00+00:00' WHERE id = 1");
  nobody = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_NOT_FOUND);
  test_branch_clear (&branch);
}

static void
test_who_may_be_added (void)
{
  static const struct {
    const char *name, *passphrase, *staff_id;
    AccError code;
    const char *tells;
  } rows[] = {
    { "Ana Held", BANKER_PASSPHRASE, NULL, ACC_ERROR_INPUT, "Ana Held" },  /* there already */
    { "ANA  HÉLD", BANKER_PASSPHRASE, NULL, ACC_ERROR_INPUT, "Ana Held" }, /* the same to a reader */
    { "", BANKER_PASSPHRASE, NULL, ACC_ERROR_INPUT, "empty" },
    { "\xe2\x80\x8b \xc2\xa0", BANKER_PASSPHRASE, NULL, ACC_ERROR_INPUT, "banker: " },
    { "Ida\xe2\x80\xae Rot", BANKER_PASSPHRASE, NULL, ACC_ERROR_INPUT, "cannot be seen" }, /* a change of direction */
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", BANKER_PASSPHRASE, NULL,
      ACC_ERROR_INPUT, "80" },
    { "Ida Rot", BANKER_PASSPHRASE, "E7", ACC_ERROR_INPUT, BANKER }, /* this id is Daniel's */
    { "Ida Rot", "", NULL, ACC_ERROR_INPUT, "passphrase: " },
    { "Ida Rot", "123456789", NULL, ACC_ERROR_INPUT, "10" },
    { "Ida Rot", &"ääääääääää"[2], NULL, ACC_ERROR_INPUT, "10" }, /* nine characters in 18 bytes */
    { "Ida Rot", "            ", NULL, ACC_ERROR_INPUT, "passphrase: " },
    { "Ida Rot", "tea at \xff half past", NULL, ACC_ERROR_INPUT, "UTF-8" },
  };
  TestBranch branch;
  g_autoptr (GError) error = NULL;
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (AccIdentity) identity = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_true (acc_bankers_link (branch.desk, BANKER, "E7", &error));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_false (acc_bankers_add (branch.desk, branch.manager, branch.pepper, rows[i].name, rows[i].passphrase,
                                       FALSE, rows[i].staff_id, &error));
      g_assert_error (error, ACC_ERROR, (int) rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].tells));
      g_clear_error (&error);
    }
  g_assert_false (
      acc_bankers_add (branch.desk, branch.manager, branch.pepper, "Ida Rot", endless, FALSE, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM banker"), ==, 2);

  /* ten characters will do, and are the same however they are composed */
  g_assert_true (acc_bankers_add (branch.desk, branch.manager, branch.pepper, "Ida Rot",
                                  "\xc3\xa4"
                                  "bcdefghij",
                                  TRUE, "E8", &error));
  identity = must_sign_in (&branch, "Ida Rot",
                           "a\xcc\x88"
                           "bcdefghij");
  g_assert_true (acc_identity_get_banker (identity)->manager);
  g_assert_cmpstr (acc_identity_get_banker (identity)->staff_id, ==, "E8");
  test_branch_clear (&branch);
}

static void
test_only_a_manager_adds (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_false (
      acc_bankers_add (branch.desk, banker, branch.pepper, "Ida Rot", BANKER_PASSPHRASE, TRUE, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (error->message, BANKER));
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM banker"), ==, 2);
  test_branch_clear (&branch);
}

static void
test_a_manager_disables_others_and_one_manager_is_always_left (void)
{
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;
  g_autoptr (AccIdentity) second = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_true (acc_bankers_add (branch.desk, branch.manager, branch.pepper, "Ida Rot", BANKER_PASSPHRASE, TRUE, NULL,
                                  &error));
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  second = must_sign_in (&branch, "Ida Rot", BANKER_PASSPHRASE);

  g_assert_false (acc_bankers_disable (branch.desk, banker, TEST_MANAGER, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (acc_bankers_disable (branch.desk, branch.manager, "ana held", &error)); /* herself */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (acc_bankers_disable (branch.desk, branch.manager, "Nobody", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (acc_bankers_disable (branch.desk, branch.manager, BANKER, &error));
  g_assert_false (acc_bankers_disable (branch.desk, branch.manager, BANKER, &error)); /* already */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_true (acc_bankers_disable (branch.desk, second, TEST_MANAGER, &error));

  /* still signed in, but no manager any more: two who disable each other cannot both succeed */
  g_assert_false (acc_bankers_disable (branch.desk, branch.manager, "Ida Rot", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM banker"), ==, 3);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM banker WHERE disabled_at IS NULL"), ==, 1);
  test_branch_clear (&branch);
}

static void
test_bankers_are_listed_and_linked (void)
{
  TestBranch branch;
  g_autoptr (GPtrArray) bankers = NULL;
  g_autoptr (GError) error = NULL;
  const AccBanker *first, *second;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_true (acc_bankers_link (branch.desk, "daniel reyes", "E7", &error));
  g_assert_true (acc_bankers_link (branch.desk, BANKER, "E7", &error)); /* again: the same */
  g_assert_false (acc_bankers_link (branch.desk, TEST_MANAGER, "E7", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (acc_bankers_link (branch.desk, "Ida Rot", "E9", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Ida Rot"));
  g_clear_error (&error);

  bankers = acc_bankers_list (branch.desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bankers->len, ==, 2);
  first = g_ptr_array_index (bankers, 0);
  second = g_ptr_array_index (bankers, 1);
  g_assert_cmpstr (first->name, ==, TEST_MANAGER);
  g_assert_true (first->manager);
  g_assert_null (first->staff_id);
  g_assert_cmpmem (first->sign_public, 32, acc_identity_get_banker (branch.manager)->sign_public, 32);
  g_assert_cmpstr (second->name, ==, BANKER);
  g_assert_cmpstr (second->staff_id, ==, "E7");
  g_assert_false (second->disabled);
  test_branch_clear (&branch);
}

static void
test_pepper_and_record_belong_to_the_passphrase (void)
{
  TestBranch branch;
  g_autoptr (GBytes) other = g_bytes_new_static ("0123456789abcdef0123456789abcdeF", 32);
  g_autoptr (GBytes) cut = g_bytes_new_static (TEST_PEPPER, 31);
  g_autoptr (GError) error = NULL;
  g_autofree char *swapped = NULL;

  test_branch_init (&branch);
  g_assert_null (acc_bankers_sign_in (branch.desk, other, NULL, TEST_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM); /* known by its hash: it is not the passphrase that is wrong */
  g_assert_nonnull (strstr (error->message, "accolade key recover"));
  g_clear_error (&error);
  g_assert_null (acc_bankers_sign_in (branch.desk, cut, NULL, TEST_PASSPHRASE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);

  /* one banker's keys under another's name */
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  test_execute (branch.desk,
                "UPDATE banker SET (salt, wrapped) = (SELECT salt, wrapped FROM banker WHERE id = 2) WHERE id = 1");
  swapped = refused (&branch, TEST_MANAGER, BANKER_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  test_branch_clear (&branch);
}

static void
test_a_record_that_cannot_be_meant_is_refused_and_stops_nobody_else (void)
{
  static const char *const changes[] = {
    "ops = 0",
    "ops = 17",
    "ops = -9223372036854775807 - 1",
    "memory = 1024",
    "memory = 1073741825",
    "memory = 9223372036854775807",
    "salt = x'00'",
    "salt = zeroblob (1000000)",
    "wrapped = x''",
    "wrapped = zeroblob (105)",
    "wrapped = zeroblob (1000000)",
    "sign_public = zeroblob (31)",
  };
  TestBranch branch;
  g_autoptr (AccIdentity) banker = NULL;

  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE banker SET %s WHERE id = 1", changes[i]);
      g_autoptr (GPtrArray) bankers = NULL;
      g_autofree char *message = NULL;

      test_execute (branch.desk, "SAVEPOINT sound");
      test_execute (branch.desk, sql);
      message = refused (&branch, TEST_MANAGER, TEST_PASSPHRASE, ACC_ERROR_STORE_DAMAGED);
      g_assert_nonnull (strstr (message, TEST_MANAGER));
      bankers = acc_bankers_list (branch.desk, NULL);
      g_assert_cmpuint (bankers->len, ==, 2);
      g_assert_cmpint (test_query (branch.desk, "SELECT tries FROM banker WHERE id = 1"), ==, 0);
      test_execute (branch.desk, "ROLLBACK TO sound");
      test_execute (branch.desk, "RELEASE sound");
    }
  test_execute (branch.desk, "UPDATE banker SET ops = 0 WHERE id = 1");
  banker = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  test_branch_clear (&branch);
}

/* The throttle */

#define SECOND G_GINT64_CONSTANT (1000000) /* in microseconds */
#define MORNING (G_GINT64_CONSTANT (1795248000) * SECOND)

static void
freeze_at (gint64 boot_seconds)
{
  acc_clock_freeze (MORNING, boot_seconds * SECOND);
}

/* What each wrong try in a row must cost, in seconds and in words. */
static const struct {
  gint64 seconds;
  const char *words;
} steps[] = {
  { 0, NULL },
  { 0, NULL },
  { 0, NULL },
  { 0, NULL },
  { 5, "5 seconds" },
  { 15, "15 seconds" },
  { 60, "1 minute" },
  { 300, "5 minutes" },
  { 900, "15 minutes" },
  { 1800, "30 minutes" },
  { 1800, "30 minutes" },
  { 1800, "30 minutes" },
};

static void
test_each_wrong_try_costs_what_the_table_says (void)
{
  TestBranch branch;
  gint64 boot = 1000;

  freeze_at (boot);
  test_branch_init (&branch);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *wrong = refused (&branch, NULL, WRONG, ACC_ERROR_PASSPHRASE);

      g_assert_nonnull (strstr (wrong, TEST_MANAGER));
      g_assert_cmpint (test_query (branch.desk, "SELECT tries FROM banker"), ==, i + 1);
      if (steps[i].seconds == 0)
        {
          g_assert_null (strstr (wrong, "wait"));
          continue;
        }
      g_assert_nonnull (strstr (wrong, steps[i].words));

      /* until the last second even the right one is not looked at, and no try is counted */
      for (gint64 before = steps[i].seconds; before >= 1; before -= steps[i].seconds > 1 ? steps[i].seconds - 1 : 1)
        {
          g_autofree char *wait = NULL;

          freeze_at (boot + steps[i].seconds - before);
          wait = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
          g_assert_nonnull (strstr (wait, before == 1 ? "1 second" : steps[i].words));
          g_assert_cmpint (test_query (branch.desk, "SELECT tries FROM banker"), ==, i + 1);
        }
      boot += steps[i].seconds;
      freeze_at (boot);
    }
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
lock (TestBranch *branch)
{
  gint64 wait = 0, cost = 0;
  gint64 boot = acc_clock_boot () / SECOND;

  for (int i = 0; i < 10; i++)
    {
      g_assert_true (acc_throttle_count (branch->desk, 1, &wait, &cost, NULL));
      g_assert_cmpint (wait, ==, 0);
      boot += cost;
      if (i < 9)
        freeze_at (boot);
    }
  freeze_at (boot - cost); /* the tenth has just been made */
}

/* A program killed after the count and before the check has made its try. */
static void
test_tries_are_counted_before_they_are_checked (void)
{
  TestBranch branch;
  g_autofree char *locked = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  gint64 boot;

  freeze_at (1000);
  test_branch_init (&branch);
  lock (&branch);
  boot = acc_clock_boot () / SECOND;
  locked = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (locked, "30 minutes"));
  freeze_at (boot + 1800);
  identity = must_sign_in (&branch, NULL, TEST_PASSPHRASE);
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
test_success_starts_the_count_anew (void)
{
  TestBranch branch;

  freeze_at (1000);
  test_branch_init (&branch);
  for (int round = 0; round < 2; round++)
    {
      g_autoptr (AccIdentity) identity = NULL;

      for (int i = 0; i < 4; i++)
        g_free (refused (&branch, NULL, WRONG, ACC_ERROR_PASSPHRASE));
      identity = must_sign_in (&branch, NULL, TEST_PASSPHRASE); /* the fifth */
      g_assert_cmpint (test_query (branch.desk, "SELECT tries + wait_seconds FROM banker"), ==, 0);
    }
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
test_a_reboot_starts_the_wait_again (void)
{
  TestBranch branch;
  g_autofree char *almost = NULL;
  g_autofree char *rebooted = NULL;
  g_autofree char *again = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  gint64 boot;

  freeze_at (1000);
  test_branch_init (&branch);
  lock (&branch);
  boot = acc_clock_boot () / SECOND;
  freeze_at (boot + 1799);
  almost = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (almost, "1 second"));

  test_execute (branch.desk, "UPDATE banker SET wait_boot = '00000000-0000-4000-8000-000000000000'");
  rebooted = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (rebooted, "30 minutes"));
  freeze_at (boot + 1799 + 1799);
  again = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (again, "1 second"));
  freeze_at (boot + 1799 + 1800);
  identity = must_sign_in (&branch, NULL, TEST_PASSPHRASE);
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

/* Where the kernel told no boot's id, a clock that has gone back does. */
static void
test_a_boot_clock_that_went_back_is_a_reboot (void)
{
  TestBranch branch;
  g_autofree char *rebooted = NULL;

  freeze_at (100000);
  test_branch_init (&branch);
  lock (&branch);
  freeze_at (20);
  rebooted = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (rebooted, "30 minutes"));
  g_assert_cmpint (test_query (branch.desk, "SELECT wait_until FROM banker"), ==, (20 + 1800) * SECOND);
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
test_the_wall_clock_moves_no_wait (void)
{
  static const gint64 moved[] = { 0, MORNING - 7200 * SECOND, MORNING + 7200 * SECOND, MORNING * 2 };
  TestBranch branch;

  freeze_at (1000);
  test_branch_init (&branch);
  lock (&branch);
  for (gsize i = 0; i < G_N_ELEMENTS (moved); i++)
    {
      g_autofree char *message = NULL;

      acc_clock_freeze (moved[i], acc_clock_boot ());
      message = refused (&branch, NULL, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
      g_assert_nonnull (strstr (message, "30 minutes"));
    }
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
test_one_locked_banker_locks_nobody_else (void)
{
  TestBranch branch;
  g_autofree char *locked = NULL;
  g_autoptr (AccIdentity) other = NULL;

  freeze_at (1000);
  test_branch_init (&branch);
  test_branch_add (&branch, BANKER, BANKER_PASSPHRASE);
  lock (&branch);
  locked = refused (&branch, TEST_MANAGER, TEST_PASSPHRASE, ACC_ERROR_PASSPHRASE);
  other = must_sign_in (&branch, BANKER, BANKER_PASSPHRASE);
  g_assert_cmpint (test_query (branch.desk, "SELECT tries FROM banker WHERE id = 1"), ==, 10);
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
test_a_damaged_count_neither_frees_nor_locks_for_ever (void)
{
  static const char *const changes[] = {
    "tries = 9223372036854775807",
    "tries = -9223372036854775807 - 1",
    "tries = 11, wait_until = 9223372036854775807, wait_seconds = 1800",
    "tries = 11, wait_until = -9223372036854775807 - 1, wait_seconds = 1800",
    "tries = 11, wait_until = 1000, wait_seconds = 9223372036854775807",
    "tries = 11, wait_until = 1000, wait_seconds = -5",
  };
  TestBranch branch;

  test_branch_init (&branch);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE banker SET wait_boot = '', %s", changes[i]);
      gint64 wait = 0, cost = 0;

      freeze_at (1000);
      test_execute (branch.desk, sql);
      g_assert_true (acc_throttle_count (branch.desk, 1, &wait, &cost, NULL));
      g_assert_cmpint (wait, >=, 0);
      g_assert_cmpint (wait, <=, 1800);
      freeze_at (1000 + 1800);
      g_assert_true (acc_throttle_count (branch.desk, 1, &wait, &cost, NULL));
      g_assert_cmpint (wait, ==, 0);
    }
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static const AccStoreKind desk_kind = { "desk", 0x41434332, 2 };

/* Many programs at once have no more tries than one. */
static void
test_guessing_in_parallel_gains_nothing (void)
{
  TestBranch branch;
  pid_t children[8];

  freeze_at (1000);
  test_branch_init (&branch);
  g_clear_object (&branch.desk);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        {
          g_autoptr (AccStore) desk = acc_store_open (branch.path, &desk_kind, ACC_STORE_WRITE, NULL);
          g_autoptr (GError) error = NULL;
          AccIdentity *identity = acc_bankers_sign_in (desk, branch.pepper, NULL, WRONG, &error);

          _exit (identity == NULL && g_error_matches (error, ACC_ERROR, ACC_ERROR_PASSPHRASE) ? 0 : 1);
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = -1;

      waitpid (children[i], &status, 0);
      g_assert_cmpint (status, ==, 0);
    }
  branch.desk = acc_store_open (branch.path, &desk_kind, ACC_STORE_WRITE, NULL);
  g_assert_cmpint (test_query (branch.desk, "SELECT tries FROM banker"), ==, 5);
  test_branch_clear (&branch);
  acc_clock_freeze (-1, -1);
}

static void
test_waits_are_told_in_words (void)
{
  static const struct {
    gint64 seconds;
    const char *words;
  } rows[] = {
    { 1, "1 second" },   { 2, "2 seconds" },   { 59, "59 seconds" }, { 60, "1 minute" },
    { 61, "2 minutes" }, { 299, "5 minutes" }, { 300, "5 minutes" }, { 1800, "30 minutes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = acc_throttle_words (rows[i].seconds);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* The recovery key */

/* The newest branch key's recovery copy, id and public key, as they are stored. */
static GBytes *
read_copy (TestBranch *branch, char **id, GBytes **public_key)
{
  g_autoptr (AccStatement) find
      = acc_statement_new (branch->desk, "SELECT recovery, id, public_key FROM branch_key", NULL);
  gboolean row = FALSE;

  g_assert_true (acc_statement_step (find, &row, NULL) && row);
  *id = g_strdup (acc_statement_get_text (find, 1));
  *public_key = acc_statement_dup_bytes (find, 2);
  return acc_statement_dup_bytes (find, 0);
}

static void
test_the_printed_key_opens_without_passphrase_and_pepper (void)
{
  TestBranch branch;
  g_autofree char *id = NULL;
  g_autoptr (GBytes) public_key = NULL;
  g_autoptr (GBytes) copy = NULL;
  guint8 key[ACC_RECOVERY_SIZE], other[ACC_RECOVERY_SIZE];
  guint8 secret[crypto_box_SECRETKEYBYTES], derived[crypto_box_PUBLICKEYBYTES];

  test_branch_init (&branch);
  g_assert_true (
      g_regex_match_simple ("^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$", branch.recovery_key, 0, 0));
  copy = read_copy (&branch, &id, &public_key);
  g_assert_true (acc_recovery_from_text (branch.recovery_key, key));
  g_assert_true (acc_recovery_open (key, id, copy, secret));
  crypto_scalarmult_base (derived, secret);
  g_assert_cmpmem (derived, sizeof derived, g_bytes_get_data (public_key, NULL), g_bytes_get_size (public_key));
  g_assert_cmpmem (derived, sizeof derived, acc_branch_key_get_public (acc_identity_get_branch_key (branch.manager)),
                   32);

  memcpy (other, key, sizeof key);
  other[19] ^= 1;
  g_assert_false (acc_recovery_open (other, id, copy, secret));
  g_assert_false (acc_recovery_open (key, "0123456789abcdef", copy, secret));
  for (gsize offset = 0; offset < g_bytes_get_size (copy); offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (copy, offset, 0);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (copy, 0, offset);

      g_assert_false (acc_recovery_open (key, id, flipped, secret));
      g_assert_false (acc_recovery_open (key, id, cut, secret));
    }
  test_branch_clear (&branch);
}

static void
test_a_recovery_key_is_read_as_people_write_it (void)
{
  static const guint8 key[ACC_RECOVERY_SIZE] = { 0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf,
                                                 0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf };
  static const char *const spellings[] = {
    "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
    "0123456789abcdefghjkmnpqrstvwxyz",
    " oL23 4567\n89AB-cdef ghjk MNPQ rstv wxyz\n",
    "Oi23-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ",
  };
  static const char *const others[] = {
    "",
    "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY",    /* one too few */
    "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYZ-0", /* one too many */
    "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXYU",   /* there is no U */
    "0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV-WXY\xc3\xa9",
  };
  g_autofree char *text = acc_recovery_to_text (key);
  guint8 read[ACC_RECOVERY_SIZE];

  g_assert_cmpstr (text, ==, spellings[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_assert_true (acc_recovery_from_text (spellings[i], read));
      g_assert_cmpmem (read, sizeof read, key, sizeof key);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (acc_recovery_from_text (others[i], read));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bankers/signing-in-gives-the-branchs-key-and-ones-own",
                   test_signing_in_gives_the_branchs_key_and_ones_own);
  g_test_add_func ("/bankers/names-are-compared-folded-and-the-only-banker-needs-none",
                   test_names_are_compared_folded_and_the_only_banker_needs_none);
  g_test_add_func ("/bankers/who-may-be-added", test_who_may_be_added);
  g_test_add_func ("/bankers/only-a-manager-adds", test_only_a_manager_adds);
  g_test_add_func ("/bankers/a-manager-disables-others-and-one-manager-is-always-left",
                   test_a_manager_disables_others_and_one_manager_is_always_left);
  g_test_add_func ("/bankers/bankers-are-listed-and-linked", test_bankers_are_listed_and_linked);
  g_test_add_func ("/bankers/pepper-and-record-belong-to-the-passphrase",
                   test_pepper_and_record_belong_to_the_passphrase);
  g_test_add_func ("/bankers/a-record-that-cannot-be-meant-is-refused-and-stops-nobody-else",
                   test_a_record_that_cannot_be_meant_is_refused_and_stops_nobody_else);
  g_test_add_func ("/throttle/each-wrong-try-costs-what-the-table-says", test_each_wrong_try_costs_what_the_table_says);
  g_test_add_func ("/throttle/tries-are-counted-before-they-are-checked",
                   test_tries_are_counted_before_they_are_checked);
  g_test_add_func ("/throttle/success-starts-the-count-anew", test_success_starts_the_count_anew);
  g_test_add_func ("/throttle/a-reboot-starts-the-wait-again", test_a_reboot_starts_the_wait_again);
  g_test_add_func ("/throttle/a-boot-clock-that-went-back-is-a-reboot", test_a_boot_clock_that_went_back_is_a_reboot);
  g_test_add_func ("/throttle/the-wall-clock-moves-no-wait", test_the_wall_clock_moves_no_wait);
  g_test_add_func ("/throttle/one-locked-banker-locks-nobody-else", test_one_locked_banker_locks_nobody_else);
  g_test_add_func ("/throttle/a-damaged-count-neither-frees-nor-locks-for-ever",
                   test_a_damaged_count_neither_frees_nor_locks_for_ever);
  g_test_add_func ("/throttle/guessing-in-parallel-gains-nothing", test_guessing_in_parallel_gains_nothing);
  g_test_add_func ("/throttle/waits-are-told-in-words", test_waits_are_told_in_words);
  g_test_add_func ("/recovery/the-printed-key-opens-without-passphrase-and-pepper",
                   test_the_printed_key_opens_without_passphrase_and_pepper);
  g_test_add_func ("/recovery/a-recovery-key-is-read-as-people-write-it",
                   test_a_recovery_key_is_read_as_people_write_it);
  return g_test_run ();
}
