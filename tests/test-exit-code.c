/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's exit code, and what staff close with it. */
#include <string.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/closed-table.h"
#include "inbox/exit-code.h"
#include "inbox/inbox.h"
#include "store/statement.h"
#include "support.h"
#include "vault/code-hash.h"

#define CODE "20261122"
#define WRONG "20261123"
#define SECOND G_USEC_PER_SEC
#define COMMENT "# Ours: asked for by the branch."

typedef struct {
  char *folder;
} Fixture;

static char *
path_of (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "accolade.conf", NULL);
}

static char *
read_configuration (Fixture *fixture)
{
  g_autofree char *path = path_of (fixture);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
write_configuration (Fixture *fixture, const char *text)
{
  g_autofree char *path = path_of (fixture);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  g_assert_true (acc_file_write (path, bytes, 0640, NULL));
}

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = acc_config_template ("Market Street branch");
  g_autofree char *path = NULL;
  g_autoptr (AccStore) inbox = NULL;

  fixture->folder = test_folder_new ();
  path = acc_inbox_path (fixture->folder);
  inbox = acc_store_create (path, &acc_inbox_kind, NULL);
  g_assert_nonnull (inbox);
  write_configuration (fixture, text);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  test_folder_free (fixture->folder);
}

static void
set_code (Fixture *fixture, const char *code)
{
  g_autoptr (GError) error = NULL;

  acc_exit_code_set (fixture->folder, code, &error);
  g_assert_no_error (error);
}

/* What a try is answered: "" where it opens. */
static char *
try_code (Fixture *fixture, const char *code)
{
  g_autoptr (GError) error = NULL;

  return g_strdup (acc_exit_code_try (fixture->folder, code, &error) ? "" : error->message);
}

static void
assert_answer (Fixture *fixture, const char *code, const char *words)
{
  g_autofree char *answer = try_code (fixture, code);

  if (*words == '\0' ? *answer != '\0' : strstr (answer, words) == NULL)
    g_error ("“%s” is not in “%s”", words, answer);
}

static void
only_six_to_twelve_digits_are_a_code (Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "", "12345", "1234567890123", "12345a", " 123456", "123456 ", "१२३४५६", "-12345" };
  static const char *const right[] = { "123456", "000000", "123456789012" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_exit_code_set (fixture->folder, wrong[i], &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      set_code (fixture, right[i]);
      assert_answer (fixture, right[i], "");
    }
}

static void
the_code_is_kept_as_a_hash_and_the_rest_of_the_file_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autofree char *more = NULL;
  g_autoptr (AccConfig) config = NULL;

  before = read_configuration (fixture);
  more = g_strconcat (before, COMMENT "\n[retention]\ndays=7\n", NULL);
  write_configuration (fixture, more);
  set_code (fixture, CODE);
  set_code (fixture, CODE);
  after = read_configuration (fixture);
  config = acc_config_load (fixture->folder, NULL);
  g_assert_nonnull (config);
  g_assert_cmpuint (acc_config_get_int (config, ACC_CONFIG_RETENTION_DAYS), ==, 7);
  g_assert_cmpstr (acc_config_get (config, ACC_CONFIG_BRANCH_NAME), ==, "Market Street branch");
  g_assert_true (acc_code_hash_is_sane (acc_config_get (config, ACC_CONFIG_KIOSK_EXIT_CODE)));
  g_assert_nonnull (strstr (after, COMMENT));
  g_assert_nonnull (strstr (after, "#id=kiosk-1"));
  g_assert_null (strstr (after, CODE));
}

static void
no_two_hashes_of_a_code_are_alike (void)
{
  g_autofree char *one = acc_code_hash_new (CODE, NULL);
  g_autofree char *other = acc_code_hash_new (CODE, NULL);

  g_assert_cmpstr (one, !=, other);
  g_assert_true (acc_code_hash_matches (one, CODE) && acc_code_hash_matches (other, CODE));
  g_assert_false (acc_code_hash_matches (one, WRONG));
  g_assert_false (acc_code_hash_matches (one, ""));
}

/* Whoever may write the configuration may not stall the kiosk by a hash that costs an hour. */
static void
a_hash_of_another_cost_is_not_believed (void)
{
  static const char *const wrong[] = {
    "", "$argon2id$", "$argon2id$v=19$m=4194304,t=900,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g",
    "$argon2i$v=19$m=65536,t=3,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g",
    "$argon2id$v=19$m=65536,t=3,p=1$", "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (acc_code_hash_matches (wrong[i], CODE));
}

static void
without_a_code_nobody_gets_in (Fixture *fixture, gconstpointer data)
{
  assert_answer (fixture, "", "accolade kiosk exit-code");
  assert_answer (fixture, "000000", "accolade kiosk exit-code");
}

static void
each_wrong_try_costs_more_and_the_right_one_forgets_them (Fixture *fixture, gconstpointer data)
{
  gint64 now = 1000 * SECOND;

  set_code (fixture, CODE);
  acc_clock_freeze (0, now);
  for (guint i = 0; i < 4; i++)
    assert_answer (fixture, WRONG, "that is not the exit code");
  assert_answer (fixture, WRONG, "wait 5 seconds");
  assert_answer (fixture, CODE, "too many wrong exit codes: wait 5 seconds");
  acc_clock_freeze (0, now += 5 * SECOND);
  assert_answer (fixture, WRONG, "wait 15 seconds");
  acc_clock_freeze (G_MAXINT64 / 2, now); /* the wall clock helps nobody */
  assert_answer (fixture, CODE, "wait 15 seconds");
  acc_clock_freeze (0, now += 15 * SECOND);
  assert_answer (fixture, CODE, "");
  for (guint i = 0; i < 4; i++)
    assert_answer (fixture, WRONG, "that is not the exit code");
}

/* The count is on disk before the code is looked at: where it cannot be written, no code opens. */
static void
what_cannot_be_counted_is_not_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (fixture->folder, ACC_STORE_WRITE, NULL);
  g_autoptr (AccStatement) refuse = acc_statement_new (
    inbox, "CREATE TRIGGER refuse BEFORE INSERT ON throttle BEGIN SELECT raise (FAIL, 'no'); END", NULL);

  set_code (fixture, CODE);
  g_assert_true (acc_statement_run (refuse, NULL));
  g_clear_pointer (&refuse, acc_statement_free);
  g_clear_object (&inbox);
  assert_answer (fixture, CODE, "no");
}

static void
a_closed_kiosk_stays_closed_until_it_is_opened (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (AccStore) inbox = acc_inbox_open (fixture->folder, ACC_STORE_WRITE, NULL);

      g_assert_true (acc_closed_check (inbox, "kiosk-1", NULL));
      g_assert_true (acc_closed_set (inbox, "kiosk-1", TRUE, NULL));
      g_assert_true (acc_closed_set (inbox, "kiosk-1", TRUE, NULL));
      g_clear_object (&inbox); /* a restart changes nothing */
      inbox = acc_inbox_open (fixture->folder, ACC_STORE_WRITE, NULL);
      {
        g_autoptr (GError) error = NULL;
        gboolean closed = FALSE;

        g_assert_false (acc_closed_check (inbox, "kiosk-1", &error));
        g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
        g_assert_true (acc_closed_find (inbox, "kiosk-1", &closed, NULL) && closed);
      }
      g_assert_true (acc_closed_check (inbox, "kiosk-2", NULL));
      g_assert_true (acc_closed_set (inbox, "kiosk-1", FALSE, NULL));
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/exit-code/only-six-to-twelve-digits-are-a-code", only_six_to_twelve_digits_are_a_code);
  ADD ("/exit-code/is-kept-as-a-hash-and-the-rest-of-the-file-stays",
       the_code_is_kept_as_a_hash_and_the_rest_of_the_file_stays);
  g_test_add_func ("/exit-code/no-two-hashes-of-a-code-are-alike", no_two_hashes_of_a_code_are_alike);
  g_test_add_func ("/exit-code/a-hash-of-another-cost-is-not-believed", a_hash_of_another_cost_is_not_believed);
  ADD ("/exit-code/without-one-nobody-gets-in", without_a_code_nobody_gets_in);
  ADD ("/exit-code/each-wrong-try-costs-more-and-the-right-one-forgets-them",
       each_wrong_try_costs_more_and_the_right_one_forgets_them);
  ADD ("/exit-code/what-cannot-be-counted-is-not-checked", what_cannot_be_counted_is_not_checked);
  ADD ("/closed/a-closed-kiosk-stays-closed-until-it-is-opened", a_closed_kiosk_stays_closed_until_it_is_opened);
  return g_test_run ();
}
