/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "inbox/inbox.h"
#include "inbox/submit.h"
#include "letter/number.h"
#include "store/statement.h"
#include "support.h"
#include "vault/hash.h"
#include "vault/journal.h"

#define KILLS 20

/* ---- an inbox of one's own ---- */

typedef struct {
  char *folder;
  AccStore *inbox;
  AccBranchKey *key;
} Scene;

#define BASE_POINT 9 /* of Curve25519 (RFC 7748) */

/* Any public key seals: what the kiosk does needs no secret one. */
static AccBranchKey *
make_key (guint8 point)
{
  const guint8 public_key[32] = { point };

  return acc_branch_key_new (public_key);
}

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  scene->folder = test_folder_new ();
  scene->key = make_key (BASE_POINT);
  path = acc_inbox_path (scene->folder);
  scene->inbox = acc_store_create (path, &acc_inbox_kind, &error);
  g_assert_no_error (error);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  g_clear_object (&scene->inbox);
  acc_branch_key_unref (scene->key);
  test_folder_free (scene->folder);
}

static AccInboxLetter *
seal_words (AccBranchKey *key, const char *number, const char *words)
{
  AccInboxLetter *letter = g_new0 (AccInboxLetter, 1);
  g_autoptr (GBytes) json = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) pdf = g_bytes_new (words, strlen (words));

  letter->sealed = acc_seal (key, number, json, pdf);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = g_strdup ("2026-11-21T10:42:00+00:00");
  letter->n_pages = 2;
  return letter;
}

static void
add_words (Scene *scene, const char *number, const char *words)
{
  g_autoptr (AccInboxLetter) letter = seal_words (scene->key, number, words);
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_inbox_add (scene->inbox, letter, &error));
  g_assert_no_error (error);
}

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

static gint64
count_letters (Scene *scene)
{
  return ask_int (scene->inbox, "SELECT count (*) FROM letter");
}

static gint64
count_entries (Scene *scene)
{
  return ask_int (scene->inbox, "SELECT count (*) FROM journal");
}

/* ---- the file ---- */

static void
test_file_says_whose_it_is (Scene *scene, gconstpointer data)
{
  g_autofree char *path = acc_inbox_path (scene->folder);
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 72);
  g_assert_cmpmem (bytes + 68, 4, "AcIn", 4); /* the header's application id */
}

static void
test_missing_inbox_is_not_made (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = g_build_filename (scene->folder, "elsewhere", NULL);

  g_assert_null (acc_inbox_open (elsewhere, ACC_STORE_WRITE, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NO_STORE);
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

static void
test_kiosk_keeps_little_of_it_in_memory (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) opened = acc_inbox_open (scene->folder, ACC_STORE_WRITE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ask_int (opened, "PRAGMA cache_size"), ==, -256); /* KiB: a kiosk runs for weeks */
}

/* ---- adding ---- */

static void
test_letter_is_kept_as_it_was_sealed (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) letter = seal_words (scene->key, number, "a letter");
  g_autoptr (AccInboxLetter) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_inbox_add (scene->inbox, letter, &error));
  found = acc_inbox_find (scene->inbox, number, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->sealed->number, ==, number);
  g_assert_true (g_bytes_equal (found->sealed->body, letter->sealed->body));
  g_assert_true (g_bytes_equal (found->sealed->key, letter->sealed->key));
  g_assert_cmpstr (found->sealed->branch_key, ==, acc_branch_key_get_id (scene->key));
  g_assert_cmpstr (found->sealed->body_hash, ==, letter->sealed->body_hash);
  g_assert_cmpstr (found->sealed->pdf_hash, ==, letter->sealed->pdf_hash);
  g_assert_cmpuint (found->format, ==, ACC_SEAL_FORMAT);
  g_assert_cmpstr (found->kiosk, ==, "front");
  g_assert_cmpstr (found->submitted_at, ==, "2026-11-21T10:42:00+00:00");
  g_assert_cmpuint (found->n_pages, ==, 2);
}

static void
test_journal_tells_of_it (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) letter = seal_words (scene->key, number, "a letter");
  g_autoptr (AccStatement) entry = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *key_hash = acc_hash_bytes (letter->sealed->key);
  g_autofree char *expected = NULL;
  gboolean row = FALSE;

  g_assert_true (acc_inbox_add (scene->inbox, letter, &error));
  entry = acc_statement_new (scene->inbox, "SELECT writer, kind, number, facts FROM journal", &error);
  g_assert_true (acc_statement_step (entry, &row, &error));
  g_assert_true (row);
  expected = g_strdup_printf ("{\"body_hash\":\"%s\",\"pdf_hash\":\"%s\",\"key_hash\":\"%s\","
                              "\"submitted_at\":\"2026-11-21T10:42:00+00:00\",\"pages\":2}",
                              letter->sealed->body_hash, letter->sealed->pdf_hash, key_hash);
  g_assert_cmpstr (acc_statement_get_text (entry, 0), ==, "kiosk:front");
  g_assert_cmpstr (acc_statement_get_text (entry, 1), ==, "submitted");
  g_assert_cmpstr (acc_statement_get_text (entry, 2), ==, number);
  g_assert_cmpstr (acc_statement_get_text (entry, 3), ==, expected);

  g_assert_true (acc_journal_check (scene->inbox, "inbox.db", NULL, NULL, findings, &error));
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_same_letter_again_adds_nothing (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) letter = seal_words (scene->key, number, "a letter");

  g_assert_true (acc_inbox_add (scene->inbox, letter, NULL));
  g_assert_true (acc_inbox_add (scene->inbox, letter, NULL));
  add_words (scene, number, "a letter"); /* sealed anew */
  g_assert_cmpint (count_letters (scene), ==, 1);
  g_assert_cmpint (count_entries (scene), ==, 1);
}

static void
test_same_number_with_other_words_is_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) other = seal_words (scene->key, number, "another letter");
  g_autofree char *expected = g_strdup_printf ("letter %s was already sent with other words", number);
  g_autoptr (GError) error = NULL;

  add_words (scene, number, "a letter");
  g_assert_false (acc_inbox_add (scene->inbox, other, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, expected);
  g_assert_cmpint (count_letters (scene), ==, 1);

  g_clear_error (&error); /* nor once the desk has taken it in */
  g_assert_true (acc_inbox_remove (scene->inbox, number, NULL));
  g_assert_false (acc_inbox_add (scene->inbox, other, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpint (count_letters (scene), ==, 0);
}

static void
test_removed_letter_stays_known (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autofree char *stranger = acc_number_new ();
  gboolean known = FALSE;

  add_words (scene, number, "a letter");
  g_assert_true (acc_inbox_remove (scene->inbox, number, NULL));
  g_assert_cmpint (count_letters (scene), ==, 0);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM letter_key"), ==, 0);
  g_assert_cmpint (count_entries (scene), ==, 1);

  g_assert_true (acc_inbox_knows (scene->inbox, number, &known, NULL));
  g_assert_true (known);
  add_words (scene, number, "a letter"); /* a client's second try comes late */
  g_assert_cmpint (count_letters (scene), ==, 0);

  g_assert_true (acc_inbox_knows (scene->inbox, stranger, &known, NULL));
  g_assert_false (known);
}

/* A reader that stays makes the commit fail; the same letter is then sent again. */
static void
test_retry_after_an_error_gives_one_letter (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) letter = seal_words (scene->key, number, "a letter");
  g_autoptr (AccStore) reader = NULL;
  g_autoptr (AccStatement) reading = NULL;
  g_autofree char *earlier = acc_number_new ();
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  add_words (scene, earlier, "an earlier letter");
  reader = acc_inbox_open (scene->folder, ACC_STORE_READ, &error);
  g_assert_no_error (error);
  reading = acc_statement_new (reader, "SELECT number FROM letter", &error);
  g_assert_true (acc_statement_step (reading, &row, &error));

  g_assert_false (acc_inbox_add (scene->inbox, letter, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
  g_assert_cmpint (count_letters (scene), ==, 1);

  g_clear_error (&error);
  g_clear_pointer (&reading, acc_statement_free);
  g_assert_true (acc_inbox_add (scene->inbox, letter, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_letters (scene), ==, 2);
  g_assert_cmpint (count_entries (scene), ==, 2);
}

/* ---- reading ---- */

static void
test_walk_goes_in_the_order_of_sending (Scene *scene, gconstpointer data)
{
  char *numbers[5];
  gint64 last = 0;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      numbers[i] = acc_number_new ();
      add_words (scene, numbers[i], "a letter");
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (AccInboxLetter) letter = acc_inbox_next (scene->inbox, last, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (letter->sealed->number, ==, numbers[i]);
      g_assert_cmpint (letter->sequence, >, last);
      last = letter->sequence;
      g_free (numbers[i]);
    }
  g_assert_null (acc_inbox_next (scene->inbox, last, &error));
  g_assert_no_error (error);
}

static void
test_unknown_number_is_not_found (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_inbox_find (scene->inbox, number, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, number));
}

static void
test_letter_without_its_key_can_still_be_named (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) found = NULL;
  g_autoptr (AccStatement) delete = NULL;
  g_autoptr (GError) error = NULL;

  add_words (scene, number, "a letter");
  delete = acc_statement_new (scene->inbox, "DELETE FROM letter_key", &error);
  g_assert_true (acc_statement_run (delete, &error));
  found = acc_inbox_next (scene->inbox, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->sealed->number, ==, number);
  g_assert_null (found->sealed->key);
}

/* By somebody who writes past the program: it is in nobody's way, and goes when the desk has it. */
static void
test_letter_that_no_journal_tells_of_can_be_removed (Scene *scene, gconstpointer data)
{
  g_autofree char *planted = acc_number_new ();
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) found = NULL;
  g_autoptr (AccStatement) forget = NULL;
  g_autoptr (GError) error = NULL;

  add_words (scene, planted, "a planted letter");
  forget = acc_statement_new (scene->inbox, "DELETE FROM journal", &error);
  g_assert_true (acc_statement_run (forget, &error));
  add_words (scene, number, "a letter");
  found = acc_inbox_find (scene->inbox, number, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found->sealed->key);

  g_assert_true (acc_inbox_remove (scene->inbox, planted, &error));
  g_assert_cmpint (count_letters (scene), ==, 1);
  g_assert_true (acc_inbox_remove (scene->inbox, number, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_letters (scene), ==, 0);
}

static void
test_departments_are_replaced_and_sorted (Scene *scene, gconstpointer data)
{
  static const char *const first[] = { "Payments", "Card Services", NULL };
  static const char *const second[] = { "Mortgages", "Fraud Operations", "Mortgages", NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) none = acc_inbox_list_departments (scene->inbox, &error);
  g_auto (GStrv) names = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_true (acc_inbox_set_departments (scene->inbox, first, &error));
  g_assert_true (acc_inbox_set_departments (scene->inbox, second, &error));
  names = acc_inbox_list_departments (scene->inbox, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (names, ((const char *const[]) { "Fraud Operations", "Mortgages", NULL }));
}

/* ---- submitting a real letter ---- */

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static AccReadyLetter *
make_ready (const char *number, const char *act)
{
  g_auto (AccLetterFields) fields;
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccLetterhead) letterhead = NULL;
  g_autoptr (GError) error = NULL;
  AccReadyLetter *ready;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, "Jessica Okafor");
  set_text (&fields.to[0].department, "Fraud Operations");
  set_text (&fields.act, act);
  set_text (&fields.from[0].name, "Maria López");
  fields.from[0].signature = acc_signature_new_typed ("Maria López");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_assert_no_error (error);
  ready = acc_ready_letter_new (letter, number, letterhead, "Old Harbour", &error);
  g_assert_no_error (error);
  g_assert_true (acc_ready_letter_get_letter (ready) == letter);
  return ready;
}

static void
test_ready_letter_is_the_pdf_that_is_read (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccReadyLetter) ready = make_ready (number, "She stayed on the line until it was solved.");
  g_autoptr (AccReadyLetter) again = make_ready (number, "She stayed on the line until it was solved.");
  GBytes *pdf = acc_ready_letter_get_pdf (ready);

  g_assert_cmpstr (acc_ready_letter_get_number (ready), ==, number);
  g_assert_cmpuint (acc_pages_get_count (acc_ready_letter_get_pages (ready)), ==, 1);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
  g_assert_true (g_bytes_equal (pdf, acc_ready_letter_get_pdf (again)));
}

static void
test_ready_letter_needs_a_proper_number (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccReadyLetter) ready = make_ready (number, "She stayed on the line.");
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_ready_letter_new (acc_ready_letter_get_letter (ready), "../../etc/passwd", letterhead,
                                       "Old Harbour", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
}

static void
test_submitting_twice_gives_one_letter (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccReadyLetter) ready = make_ready (number, "She stayed on the line until it was solved.");
  g_autoptr (AccReadyLetter) other = make_ready (number, "She did something else.");
  g_autoptr (AccInboxLetter) found = NULL;
  g_autofree char *pdf_hash = acc_hash_bytes (acc_ready_letter_get_pdf (ready));
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_submit (scene->inbox, scene->key, "front", ready, &error));
  g_assert_true (acc_submit (scene->inbox, scene->key, "front", ready, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_letters (scene), ==, 1);
  g_assert_cmpint (count_entries (scene), ==, 1);
  found = acc_inbox_find (scene->inbox, number, &error);
  g_assert_cmpstr (found->sealed->pdf_hash, ==, pdf_hash);

  g_assert_false (acc_submit (scene->inbox, scene->key, "front", other, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
}

static void
assert_sealed_for (Scene *scene, AccReadyLetter *ready, AccBranchKey *branch_key)
{
  g_autoptr (AccInboxLetter) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_submit (scene->inbox, branch_key, "front", ready, &error));
  g_assert_no_error (error);
  found = acc_inbox_find (scene->inbox, acc_ready_letter_get_number (ready), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->sealed->branch_key, ==, acc_branch_key_get_id (branch_key));
}

/* Sealed while it is read: the branch may have a new key by the time it is sent. */
static void
test_letter_sealed_ahead_goes_to_the_key_that_counts (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autofree char *late_number = acc_number_new ();
  g_autoptr (AccReadyLetter) ready = make_ready (number, "She stayed on the line until it was solved.");
  g_autoptr (AccReadyLetter) late = make_ready (late_number, "She stayed on the line until it was solved.");
  g_autoptr (AccBranchKey) new_key = make_key (BASE_POINT + 1);

  acc_ready_letter_seal (ready, scene->key);
  acc_ready_letter_seal (late, scene->key);
  assert_sealed_for (scene, ready, scene->key);
  assert_sealed_for (scene, late, new_key);
}

typedef struct {
  Scene *scene;
  AccReadyLetter *ready;
} Sender;

static gpointer
send_once (gpointer data)
{
  Sender *sender = data;
  g_autoptr (AccStore) inbox = acc_inbox_open (sender->scene->folder, ACC_STORE_WRITE, NULL);

  return GINT_TO_POINTER (acc_submit (inbox, sender->scene->key, "front", sender->ready, NULL));
}

static void
test_submitting_at_the_same_moment_gives_one_letter (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccReadyLetter) ready = make_ready (number, "She stayed on the line until it was solved.");
  Sender sender = { scene, ready };
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("sender", send_once, &sender);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
  g_assert_cmpint (count_letters (scene), ==, 1);
  g_assert_cmpint (count_entries (scene), ==, 1);
}

/* ---- killed while submitting ---- */

typedef struct {
  char number[37];
} Acknowledgement;

/* Never comes back: the parent ends it. */
static void
submit_until_killed (const char *folder, int pipe_end)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (folder, ACC_STORE_WRITE, NULL);
  g_autoptr (AccBranchKey) key = make_key (BASE_POINT);

  g_random_set_seed (getpid ()); /* a fork goes on with its parent's random numbers, so with its letters' */
  for (guint i = 0; inbox != NULL; i++)
    {
      g_autofree char *number = acc_number_new ();
      g_autofree char *words = g_strdup_printf ("letter %u", i);
      g_autoptr (AccInboxLetter) letter = seal_words (key, number, words);
      Acknowledgement acknowledgement;

      g_strlcpy (acknowledgement.number, number, sizeof acknowledgement.number);
      if (!acc_inbox_add (inbox, letter, NULL)
          || write (pipe_end, &acknowledgement, sizeof acknowledgement) != sizeof acknowledgement)
        _exit (1);
    }
  _exit (1);
}

/* Waits for the first acknowledgement, so that the kill meets work, and a random moment longer. */
static void
kill_at_random (pid_t child, int pipe_end, GHashTable *acknowledged)
{
  Acknowledgement acknowledgement;
  gint64 end = 0;
  gboolean killed = FALSE;
  int status = 0;

  while (read (pipe_end, &acknowledgement, sizeof acknowledgement) == sizeof acknowledgement)
    {
      g_hash_table_add (acknowledged, g_strdup (acknowledgement.number));
      if (end == 0)
        end = g_get_monotonic_time () + g_random_int_range (0, 40000);
      while (!killed && g_get_monotonic_time () >= end)
        killed = kill (child, SIGKILL) == 0;
    }
  g_assert_true (killed);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

static void
test_no_acknowledged_letter_is_lost_to_a_kill (Scene *scene, gconstpointer data)
{
  g_autoptr (GHashTable) acknowledged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer number;

  g_clear_object (&scene->inbox);
  for (guint i = 0; i < KILLS; i++)
    {
      int ends[2];
      pid_t child;

      g_assert_cmpint (pipe (ends), ==, 0);
      child = fork ();
      if (child == 0)
        {
          close (ends[0]);
          submit_until_killed (scene->folder, ends[1]);
        }
      close (ends[1]);
      kill_at_random (child, ends[0], acknowledged);
      close (ends[0]);
    }

  scene->inbox = acc_inbox_open (scene->folder, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (acknowledged), >=, KILLS);
  g_hash_table_iter_init (&iter, acknowledged);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      g_autoptr (AccInboxLetter) letter = acc_inbox_find (scene->inbox, number, &error);
      g_autofree char *body_hash = NULL;

      g_assert_no_error (error);
      body_hash = acc_hash_bytes (letter->sealed->body);
      g_assert_cmpstr (body_hash, ==, letter->sealed->body_hash);
      g_assert_nonnull (letter->sealed->key);
    }
  /* Each kill may leave one that was kept and not yet acknowledged; none is there twice or by half. */
  g_assert_cmpint (count_letters (scene), <=, g_hash_table_size (acknowledged) + KILLS);
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (DISTINCT number) FROM letter"), ==, count_letters (scene));
  g_assert_cmpint (ask_int (scene->inbox, "SELECT count (*) FROM letter_key"), ==, count_letters (scene));
  g_assert_cmpint (count_entries (scene), ==, count_letters (scene));
  g_assert_true (acc_journal_check (scene->inbox, "inbox.db", NULL, NULL, findings, &error));
  g_assert_cmpuint (findings->len, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Scene *scene, gconstpointer data);
  } tests[] = {
    { "/inbox/file-says-whose-it-is", test_file_says_whose_it_is },
    { "/inbox/missing-inbox-is-not-made", test_missing_inbox_is_not_made },
    { "/inbox/kiosk-keeps-little-of-it-in-memory", test_kiosk_keeps_little_of_it_in_memory },
    { "/inbox/letter-is-kept-as-it-was-sealed", test_letter_is_kept_as_it_was_sealed },
    { "/inbox/journal-tells-of-it", test_journal_tells_of_it },
    { "/inbox/same-letter-again-adds-nothing", test_same_letter_again_adds_nothing },
    { "/inbox/same-number-with-other-words-is-refused", test_same_number_with_other_words_is_refused },
    { "/inbox/removed-letter-stays-known", test_removed_letter_stays_known },
    { "/inbox/retry-after-an-error-gives-one-letter", test_retry_after_an_error_gives_one_letter },
    { "/inbox/walk-goes-in-the-order-of-sending", test_walk_goes_in_the_order_of_sending },
    { "/inbox/unknown-number-is-not-found", test_unknown_number_is_not_found },
    { "/inbox/letter-without-its-key-can-still-be-named", test_letter_without_its_key_can_still_be_named },
    { "/inbox/letter-that-no-journal-tells-of-can-be-removed", test_letter_that_no_journal_tells_of_can_be_removed },
    { "/inbox/departments-are-replaced-and-sorted", test_departments_are_replaced_and_sorted },
    { "/inbox/no-acknowledged-letter-is-lost-to-a-kill", test_no_acknowledged_letter_is_lost_to_a_kill },
    { "/submit/ready-letter-is-the-pdf-that-is-read", test_ready_letter_is_the_pdf_that_is_read },
    { "/submit/ready-letter-needs-a-proper-number", test_ready_letter_needs_a_proper_number },
    { "/submit/letter-sealed-ahead-goes-to-the-key-that-counts", test_letter_sealed_ahead_goes_to_the_key_that_counts },
    { "/submit/submitting-twice-gives-one-letter", test_submitting_twice_gives_one_letter },
    { "/submit/submitting-at-the-same-moment-gives-one-letter", test_submitting_at_the_same_moment_gives_one_letter },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Scene, NULL, scene_set_up, tests[i].test, scene_tear_down);
  return g_test_run ();
}
