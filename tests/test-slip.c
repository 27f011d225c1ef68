/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's slip: its code, what it opens at the kiosk, and what stops those who guess. */
#include "base/clock.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "inbox/slip-code.h"
#include "inbox/slip.h"
#include "letter/number.h"
#include "store/statement.h"
#include "support.h"
#include "vault/throttle.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND G_GINT64_CONSTANT (1000000) /* in microseconds */
#define MORNING (G_GINT64_CONSTANT (1795248000) * SECOND)

#define CANARY "Jessica Okafor stayed on the line"

typedef struct {
  char *folder;
  AccStore *inbox;
  GBytes *key;
} Scene;

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  scene->folder = test_folder_new ();
  path = acc_inbox_path (scene->folder);
  scene->inbox = acc_store_create (path, &acc_inbox_kind, &error);
  g_assert_no_error (error);
  scene->key = acc_slip_key_load (scene->folder, &error);
  g_assert_no_error (error);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  g_clear_object (&scene->inbox);
  g_clear_pointer (&scene->key, g_bytes_unref);
  test_folder_free (scene->folder);
  acc_clock_freeze (-1, -1);
}

/* ---- codes ---- */

static void
test_a_code_has_sixty_random_bits_in_three_groups (Scene *scene, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint32 symbols[12] = { 0 };

  for (int i = 0; i < 2000; i++)
    {
      char *code = acc_slip_code_new ();

      g_assert_true (g_regex_match_simple ("^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}\\z", code, 0, 0));
      for (guint j = 0, place = 0; code[j] != '\0'; j++)
        if (code[j] != '-')
          symbols[place++] |= 1u << (strchr (acc_number_symbols, code[j]) - acc_number_symbols);
      g_assert_true (g_hash_table_add (seen, code));
    }
  for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
    g_assert_cmphex (symbols[i], ==, G_MAXUINT32); /* each of the 32 stood in each of the 12 places */
}

/* What somebody types, and the code that it is; NULL: none. */
static const struct {
  const char *typed, *code;
} readings[] = {
  { "7K3M-9QXW-2DTE", "7K3M-9QXW-2DTE" },
  { "7k3m9qxw2dte", "7K3M-9QXW-2DTE" },
  { "  7k3m 9qxw\t2dte ", "7K3M-9QXW-2DTE" },
  { "7-K-3-M-9-Q-X-W-2-D-T-E", "7K3M-9QXW-2DTE" },
  { "oOiIlL", NULL },
  { "OOOO-IIII-LLLL", "0000-1111-1111" },
  { "oooo-iiii-llll", "0000-1111-1111" },
  { "7K3M-9QXW-2DT", NULL },
  { "7K3M-9QXW-2DTE5", NULL },
  { "7K3M-9QXW-2DTU", NULL }, /* U is no symbol */
  { "7K3M-9QXW-2DT\303\211", NULL },
  { "7K3M_9QXW_2DTE", NULL },
  { "", NULL },
};

static void
test_a_code_is_read_forgivingly (Scene *scene, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *code = acc_slip_code_parse (readings[i].typed, &error);

      g_assert_cmpstr (code, ==, readings[i].code);
      if (code == NULL)
        g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

/* ---- the key ---- */

static void
test_the_key_is_made_once_and_is_its_owner_s_alone (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = acc_slip_key_load (scene->folder, &error);
  g_autofree char *path = acc_slip_key_path (scene->folder);
  GStatBuf status;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (scene->key, again));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
}

static void
test_many_who_are_the_first_have_one_key (Scene *scene, gconstpointer data)
{
  g_autofree char *path = acc_slip_key_path (scene->folder);
  g_autoptr (GBytes) key = NULL;
  pid_t children[8];

  g_assert_cmpint (g_unlink (path), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        {
          g_autoptr (GBytes) own = acc_slip_key_load (scene->folder, NULL);
          g_autoptr (GBytes) then = own != NULL ? acc_slip_key_load (scene->folder, NULL) : NULL;

          _exit (then != NULL && g_bytes_equal (own, then) ? 0 : 1);
        }
    }
  key = acc_slip_key_load (scene->folder, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status = -1;
      g_autoptr (GBytes) now = NULL;

      waitpid (children[i], &status, 0);
      g_assert_cmpint (status, ==, 0);
      now = acc_slip_key_load (scene->folder, NULL);
      g_assert_true (g_bytes_equal (key, now));
    }
}

/* Where kiosk and desk are two users, the kiosk's folder is root's and has a link to the inbox. */
static void
test_the_key_lies_beside_the_inbox_itself (Scene *scene, gconstpointer data)
{
  char *kiosk = test_folder_new ();
  g_autofree char *inbox = acc_inbox_path (scene->folder), *link = acc_inbox_path (kiosk);
  g_autofree char *there = g_build_filename (kiosk, "slip.key", NULL);
  g_autoptr (GBytes) key = NULL;

  g_assert_cmpint (symlink (inbox, link), ==, 0);
  key = acc_slip_key_load (kiosk, NULL);
  g_assert_true (g_bytes_equal (key, scene->key));
  g_assert_false (g_file_test (there, G_FILE_TEST_EXISTS));
  test_folder_free (kiosk);
}

static void
test_a_key_that_is_none_is_told (Scene *scene, gconstpointer data)
{
  g_autofree char *path = acc_slip_key_path (scene->folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  g_assert_null (acc_slip_key_load (scene->folder, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_nonnull (strstr (error->message, "slip.key"));
}

/* ---- letters and their slips ---- */

static gint64
ask_int (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) ask = acc_statement_new (store, sql, &error);
  gboolean row = FALSE;

  acc_statement_step (ask, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return acc_statement_get_int (ask, 0);
}

static AccInboxLetter *
seal_words (Scene *scene, const char *number, const char *code)
{
  const guint8 public_key[32] = { 9 }; /* any seals */
  g_autoptr (AccBranchKey) branch_key = acc_branch_key_new (public_key);
  AccInboxLetter *letter = g_new0 (AccInboxLetter, 1);
  g_autoptr (GBytes) json = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) pdf = g_bytes_new_static (CANARY, strlen (CANARY));

  letter->sealed = acc_seal (branch_key, number, json, pdf);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = g_strdup ("2026-11-21T10:42:00+00:00");
  letter->n_pages = 1;
  letter->slip_hash = acc_slip_code_hash (scene->key, code);
  return letter;
}

/* Gives the code; *@number is the letter's. */
static char *
send_letter (Scene *scene, char **number)
{
  char *code = acc_slip_code_new ();
  g_autoptr (AccInboxLetter) letter = NULL;
  g_autoptr (GError) error = NULL;

  *number = acc_number_new ();
  letter = seal_words (scene, *number, code);
  acc_inbox_add (scene->inbox, letter, &error);
  g_assert_no_error (error);
  return code;
}

static AccSlip *
look_up (Scene *scene, const char *code)
{
  g_autoptr (GError) error = NULL;
  AccSlip *slip = acc_slip_look_up (scene->inbox, scene->key, code, &error);

  g_assert_no_error (error);
  g_assert_nonnull (slip);
  return slip;
}

static AccSlip *
ask_for (Scene *scene, const AccSlip *slip, AccRequestKind kind)
{
  g_autoptr (GError) error = NULL;
  AccSlip *then = acc_slip_ask (scene->inbox, "front", slip, kind, &error);

  g_assert_no_error (error);
  g_assert_nonnull (then);
  return then;
}

static void
run_sql (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->inbox, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
assert_in_no_file (Scene *scene, gconstpointer needle, gsize size)
{
  g_autoptr (GDir) folder = g_dir_open (scene->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (scene->folder, name, NULL);
      g_autofree char *content = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &content, &length, NULL));
      g_assert_null (memmem (content, length, needle, size));
    }
}

static void
test_a_code_opens_its_letter_s_slip_and_stands_nowhere (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL, *other = NULL;
  g_autofree char *code = send_letter (scene, &number), *another = send_letter (scene, &other);
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_autoptr (AccSlip) slip = look_up (scene, lower);
  g_auto (GStrv) groups = g_strsplit (code, "-", -1);
  g_autofree char *bare = g_strjoinv ("", groups);

  g_assert_cmpstr (slip->number, ==, number);
  g_assert_cmpint (slip->state, ==, ACC_SLIP_WAITING);
  g_assert_cmpint (slip->asked, ==, ACC_REQUEST_NONE);
  g_assert_cmpstr (slip->changed_at, ==, "2026-11-21T10:42:00+00:00");
  assert_in_no_file (scene, code, strlen (code));
  assert_in_no_file (scene, bare, strlen (bare));
}

static void
test_the_hash_is_nothing_without_the_key (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL, *code = send_letter (scene, &number), *path = acc_slip_key_path (scene->folder);
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  other = acc_slip_key_load (scene->folder, &error);
  g_assert_no_error (error);
  g_assert_null (acc_slip_look_up (scene->inbox, other, code, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE);
}

static void
test_a_letter_has_one_slip_for_good (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL, *code = send_letter (scene, &number);
  g_autoptr (AccInboxLetter) again = seal_words (scene, number, code), other = seal_words (scene, number, "0-0");
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_inbox_add (scene->inbox, again, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM slip"), ==, 1);
  g_assert_false (acc_inbox_add (scene->inbox, other, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
}

static void
test_what_waits_is_gone_at_once (Scene *scene, gconstpointer data)
{
  static const struct {
    AccRequestKind kind;
    AccSlipState state;
    const char *entry;
  } ways[] = {
    { ACC_REQUEST_WITHDRAW, ACC_SLIP_WITHDRAWN, "SELECT count (*) FROM journal WHERE kind = 'withdrawn'" },
    { ACC_REQUEST_ERASE, ACC_SLIP_ERASED, "SELECT count (*) FROM journal WHERE kind = 'erased'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *number = NULL, *code = send_letter (scene, &number);
      g_autoptr (AccSlip) slip = look_up (scene, code);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccInboxLetter) letter = acc_inbox_find (scene->inbox, number, &error);
      g_autoptr (AccSlip) then = NULL, again = NULL, found = NULL;
      gsize body_size, key_size;
      const guint8 *body = g_bytes_get_data (letter->sealed->body, &body_size);
      const guint8 *key = g_bytes_get_data (letter->sealed->key, &key_size);

      then = ask_for (scene, slip, ways[i].kind);
      g_assert_cmpint (then->state, ==, ways[i].state);
      g_assert_cmpint (then->asked, ==, ACC_REQUEST_NONE);
      g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM letter"), ==, 0);
      g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM letter_key"), ==, 0);
      g_assert_cmpint (ask_int (scene->inbox, ways[i].entry), ==, 1);
      assert_in_no_file (scene, body, body_size);
      assert_in_no_file (scene, key, key_size);

      again = ask_for (scene, slip, ways[i].kind); /* a second touch changes nothing */
      g_assert_cmpint (ask_int (scene->inbox, ways[i].entry), ==, 1);
      found = look_up (scene, code); /* and the slip says so from then on */
      g_assert_cmpint (found->state, ==, ways[i].state);
    }
}

static void
test_what_is_taken_in_is_asked_of_the_desk (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL, *code = send_letter (scene, &number);
  g_autoptr (AccSlip) slip = look_up (scene, code), then = NULL, more = NULL, less = NULL;

  run_sql (scene, "UPDATE slip SET state = 'taken in'"); /* a desk has begun: the letter still lies here */
  then = ask_for (scene, slip, ACC_REQUEST_WITHDRAW);
  g_assert_cmpint (then->state, ==, ACC_SLIP_TAKEN_IN);
  g_assert_cmpint (then->asked, ==, ACC_REQUEST_WITHDRAW);
  g_assert_cmpint (then->answer, ==, ACC_ANSWER_NONE);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM letter"), ==, 1);

  more = ask_for (scene, slip, ACC_REQUEST_ERASE);
  g_assert_cmpint (more->asked, ==, ACC_REQUEST_ERASE);
  less = ask_for (scene, slip, ACC_REQUEST_WITHDRAW); /* is in it */
  g_assert_cmpint (less->asked, ==, ACC_REQUEST_ERASE);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM request"), ==, 1);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM journal WHERE kind LIKE 'asked to %'"), ==, 2);
}

static void
test_a_refused_request_can_be_made_again (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL, *code = send_letter (scene, &number);
  g_autoptr (AccSlip) slip = look_up (scene, code), first = NULL, again = NULL;

  run_sql (scene, "UPDATE slip SET state = 'taken in'");
  first = ask_for (scene, slip, ACC_REQUEST_ERASE);
  run_sql (scene, "UPDATE request SET answer = 'refused', answered_at = '2026-11-22T10:42:00+00:00'");
  again = ask_for (scene, slip, ACC_REQUEST_ERASE);
  g_assert_cmpint (again->answer, ==, ACC_ANSWER_NONE);
  g_assert_null (again->answered_at);
}

/* ---- guessing ---- */

static char *
guess (Scene *scene, const char *code, AccError expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccSlip) slip = acc_slip_look_up (scene->inbox, scene->key, code, &error);

  g_assert_null (slip);
  g_assert_error (error, ACC_ERROR, (int) expected);
  return g_strdup (error->message);
}

static void
test_wrong_codes_cost_waits_that_the_right_one_cannot_pass (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL, *code = send_letter (scene, &number), *refused = NULL;
  g_autoptr (AccSlip) slip = NULL;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    {
      g_autofree char *told = guess (scene, "0000-0000-0000", ACC_ERROR_PASSPHRASE);
      g_autofree char *none = guess (scene, "0000", ACC_ERROR_INPUT); /* that is no try */

      g_assert_cmpint (ask_int (scene->inbox, "SELECT tries FROM throttle"), ==, n);
      g_assert_cmpint (strstr (told, "wait 5 seconds") != NULL, ==, n == 5);
    }
  refused = guess (scene, code, ACC_ERROR_PASSPHRASE);
  g_assert_nonnull (strstr (refused, "too many wrong codes"));
  acc_clock_freeze (MORNING, 1005 * SECOND);
  slip = look_up (scene, code);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT tries FROM throttle"), ==, 0);
}

/* ---- the throttle ---- */

static gint64
count_try (Scene *scene, const char *guards, gint64 *cost)
{
  g_autoptr (GError) error = NULL;
  gint64 wait = -1;

  acc_throttle_count_code (scene->inbox, guards, &wait, cost, &error);
  g_assert_no_error (error);
  return wait;
}

static void
test_tries_at_a_code_cost_what_a_banker_s_do (Scene *scene, gconstpointer data)
{
  gint64 boot = 1000, cost = 0;

  for (gint64 n = 1; n <= 12; n++)
    {
      acc_clock_freeze (MORNING, boot * SECOND);
      g_assert_cmpint (count_try (scene, "slip", &cost), ==, 0);
      g_assert_cmpint (cost, ==, acc_throttle_seconds (n));
      if (cost > 0)
        g_assert_cmpint (count_try (scene, "slip", &(gint64) { 0 }), ==, cost); /* and is not counted */
      boot += cost;
    }
}

static void
test_what_is_guarded_is_counted_apart (Scene *scene, gconstpointer data)
{
  gint64 cost = 0;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    g_assert_cmpint (count_try (scene, "slip", &cost), ==, 0);
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 5);
  g_assert_cmpint (count_try (scene, "exit", &cost), ==, 0);
  g_assert_cmpint (cost, ==, 0);
}

static void
test_success_starts_a_code_s_count_anew (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 cost = 0;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    count_try (scene, "slip", &cost);
  acc_throttle_reset_code (scene->inbox, "slip", &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 0);
  g_assert_cmpint (cost, ==, 0);
}

static void
test_neither_reboot_nor_wall_clock_shortens_a_code_s_wait (Scene *scene, gconstpointer data)
{
  gint64 cost = 0;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    count_try (scene, "slip", &cost);
  acc_clock_freeze (MORNING + 86400 * SECOND, 1000 * SECOND);
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 5);
  acc_clock_freeze (MORNING, 10 * SECOND); /* the boot clock went back: a reboot */
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 5);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Scene *scene, gconstpointer data);
  } tests[] = {
    { "/code/a-code-has-sixty-random-bits-in-three-groups", test_a_code_has_sixty_random_bits_in_three_groups },
    { "/code/a-code-is-read-forgivingly", test_a_code_is_read_forgivingly },
    { "/key/the-key-is-made-once-and-is-its-owner-s-alone", test_the_key_is_made_once_and_is_its_owner_s_alone },
    { "/key/many-who-are-the-first-have-one-key", test_many_who_are_the_first_have_one_key },
    { "/key/the-key-lies-beside-the-inbox-itself", test_the_key_lies_beside_the_inbox_itself },
    { "/key/a-key-that-is-none-is-told", test_a_key_that_is_none_is_told },
    { "/slip/a-code-opens-its-letter-s-slip-and-stands-nowhere", test_a_code_opens_its_letter_s_slip_and_stands_nowhere },
    { "/slip/the-hash-is-nothing-without-the-key", test_the_hash_is_nothing_without_the_key },
    { "/slip/a-letter-has-one-slip-for-good", test_a_letter_has_one_slip_for_good },
    { "/slip/what-waits-is-gone-at-once", test_what_waits_is_gone_at_once },
    { "/slip/what-is-taken-in-is-asked-of-the-desk", test_what_is_taken_in_is_asked_of_the_desk },
    { "/slip/a-refused-request-can-be-made-again", test_a_refused_request_can_be_made_again },
    { "/slip/wrong-codes-cost-waits-that-the-right-one-cannot-pass",
      test_wrong_codes_cost_waits_that_the_right_one_cannot_pass },
    { "/throttle/tries-at-a-code-cost-what-a-banker-s-do", test_tries_at_a_code_cost_what_a_banker_s_do },
    { "/throttle/what-is-guarded-is-counted-apart", test_what_is_guarded_is_counted_apart },
    { "/throttle/success-starts-a-code-s-count-anew", test_success_starts_a_code_s_count_anew },
    { "/throttle/neither-reboot-nor-wall-clock-shortens-a-code-s-wait",
      test_neither_reboot_nor_wall_clock_shortens_a_code_s_wait },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Scene, NULL, scene_set_up, tests[i].run, scene_tear_down);
  return g_test_run ();
}
