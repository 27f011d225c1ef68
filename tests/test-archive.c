/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive-support.h"
#include "archive/setup.h"
#include "base/error.h"
#include "base/file.h"
#include "letter/number.h"
#include "store/statement.h"
#include "vault/hash.h"
#include "vault/journal.h"

/* ---- setting up ---- */

static guint
get_mode (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void
test_set_up_makes_the_whole_folder (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *name;
    guint mode;
  } files[] = {
    { "inbox.db", 0600 },   { "desk.db", 0600 },       { "pepper", 0600 },
    { "branch.pub", 0644 }, { "accolade.conf", 0644 }, { "ballast", 0600 },
  };
  g_autoptr (GDir) folder = g_dir_open (scene->store_dir, 0, NULL);
  g_autofree char *pepper = acc_archive_pepper_path (scene->store_dir);
  g_autofree char *desk = acc_archive_path (scene->store_dir);
  g_autoptr (GBytes) pepper_bytes = acc_file_read (pepper, 64, NULL);
  g_autofree char *head = NULL;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_cmphex (get_mode (scene->store_dir, files[i].name), ==, files[i].mode);
  while (g_dir_read_name (folder) != NULL)
    n++;
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (files));
  g_assert_cmpuint (g_bytes_get_size (pepper_bytes), ==, 32);
  g_assert_true (g_file_get_contents (desk, &head, NULL, NULL));
  g_assert_cmpmem (head + 68, 4, "AcDk", 4);
}

static void
test_set_up_is_in_the_journal_and_sound (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  assert_answer (scene->desk, "SELECT name FROM branch", BRANCH);
  assert_answer (scene->desk, "SELECT kind || ' by ' || signer FROM journal", "set up by " BANKER);
  assert_answer (scene->desk, "SELECT json_extract (facts, '$.branch_key') FROM journal",
                 acc_branch_key_get_id (scene->key));
  g_assert_true (acc_archive_check (scene->desk, scene->inbox, findings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

static guint
count_names (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
assert_set_up_refused (const char *place, const char *branch, const char *banker, const char *passphrase,
                       const char *reason)
{
  g_autofree char *recovery_key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (acc_archive_set_up (place, branch, banker, passphrase, &recovery_key, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” does not say “%s”", error->message, reason);
  g_assert_null (recovery_key);
}

static void
test_set_up_never_goes_over_anything (Scene *scene, gconstpointer data)
{
  g_autofree char *file = g_build_filename (scene->folder, "file", NULL);
  g_autofree char *full = g_build_filename (scene->folder, "full", NULL);
  g_autofree char *inside = g_build_filename (full, "notes", NULL);
  g_autofree char *link = g_build_filename (scene->folder, "link", NULL);
  g_autofree char *nowhere = g_build_filename (scene->folder, "no", "where", NULL);
  guint before;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_cmpint (g_mkdir (full, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "x", 1, NULL));
  g_assert_cmpint (symlink (full, link), ==, 0);
  before = count_names (scene->folder);

  assert_set_up_refused (scene->store_dir, BRANCH, BANKER, PASSPHRASE, "already holds a store");
  assert_set_up_refused (full, BRANCH, BANKER, PASSPHRASE, "is not empty");
  assert_set_up_refused (file, BRANCH, BANKER, PASSPHRASE, "is not a folder");
  assert_set_up_refused (link, BRANCH, BANKER, PASSPHRASE, "is not a folder");
  assert_set_up_refused (nowhere, BRANCH, BANKER, PASSPHRASE, "where");
  g_assert_cmpuint (count_names (scene->folder), ==, before);
}

static void
test_set_up_uses_an_empty_folder (Scene *scene, gconstpointer data)
{
  g_autofree char *place = g_build_filename (scene->folder, "empty", NULL);
  g_autofree char *with_slash = g_strconcat (place, "/", NULL);
  g_autofree char *recovery_key = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) desk = NULL;

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  g_assert_true (acc_archive_set_up (with_slash, BRANCH, BANKER, PASSPHRASE, &recovery_key, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (recovery_key), >, 20);
  desk = acc_archive_open (place, ACC_STORE_READ, &error);
  g_assert_no_error (error);
}

static void
test_set_up_that_fails_leaves_nothing (Scene *scene, gconstpointer data)
{
  g_autofree char *place = g_build_filename (scene->folder, "new", NULL);
  g_autofree char *long_name = g_strnfill (81, 'x');
  const struct {
    const char *branch, *banker, *passphrase, *reason;
  } refused[] = {
    { "", BANKER, PASSPHRASE, "branch: a name is needed" },
    { "\xe3\x85\xa4", BANKER, PASSPHRASE, "branch: a name is needed" }, /* a filler that cannot be seen */
    { "Old\nHarbour", BANKER, PASSPHRASE, "branch: " },
    { BRANCH, "  ", PASSPHRASE, "banker: a name is needed" },
    { BRANCH, "Ana\xe2\x80\xaeteraud", PASSPHRASE, "banker: " },         /* turns the direction of writing */
    { BRANCH, "Ana\xff", PASSPHRASE, "banker: " },                       /* not UTF-8 */
    { BRANCH, " Ana", PASSPHRASE, "banker: " },
    { long_name, BANKER, PASSPHRASE, "branch: " },
    { BRANCH, BANKER, "short", "passphrase" },
  };
  guint before = count_names (scene->folder);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      assert_set_up_refused (place, refused[i].branch, refused[i].banker, refused[i].passphrase, refused[i].reason);
      g_assert_cmpuint (count_names (scene->folder), ==, before);
    }
}

/* ---- signing in ---- */

static void
test_sign_in_needs_store_pepper_and_passphrase (Scene *scene, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (scene->folder, "nowhere", NULL);
  g_autofree char *pepper = acc_archive_pepper_path (scene->store_dir);
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (acc_identity_get_banker (scene->identity)->name, ==, BANKER);
  g_assert_null (acc_archive_sign_in (scene->store_dir, BANKER, "not the right phrase", &desk, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (acc_archive_sign_in (nowhere, BANKER, PASSPHRASE, &desk, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NO_STORE);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (pepper, "salt", 4, NULL));
  g_assert_null (acc_archive_sign_in (scene->store_dir, BANKER, PASSPHRASE, &desk, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_assert_nonnull (strstr (error->message, "pepper"));
  g_assert_null (desk);
}

/* ---- states ---- */

static void
test_state_names_are_frozen (void)
{
  static const char *const texts[] = {
    "waiting", "claimed", "approved", "routed", "acknowledged", "held", "declined", "withdrawn", "erased",
  };
  AccState state = ACC_STATE_N;

  g_assert_cmpuint (G_N_ELEMENTS (texts), ==, ACC_STATE_N);
  for (guint i = 0; i < ACC_STATE_N; i++)
    {
      g_assert_cmpstr (acc_state_to_text (i), ==, texts[i]);
      g_assert_true (acc_state_from_text (texts[i], &state));
      g_assert_cmpuint (state, ==, i);
      g_assert_cmpstr (acc_state_to_label (i), !=, "");
    }
  g_assert_false (acc_state_from_text ("Waiting", &state));
  g_assert_false (acc_state_from_text (NULL, &state));
}

static void
test_state_moves_only_from_where_it_is (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autofree char *stranger = acc_number_new ();
  gint64 banker = acc_identity_get_banker (scene->identity)->id;
  g_autoptr (AccRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  take_in (scene, 1);
  g_assert_true (acc_archive_set_state (scene->desk, number, ACC_STATE_WAITING, ACC_STATE_CLAIMED, banker, &error));
  g_assert_false (acc_archive_set_state (scene->desk, number, ACC_STATE_WAITING, ACC_STATE_CLAIMED, banker, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, number));
  record = acc_archive_find (scene->desk, number, NULL);
  g_assert_cmpuint (record->state, ==, ACC_STATE_CLAIMED);
  g_assert_cmpint (record->claimed_by, ==, banker);

  g_clear_error (&error);
  g_assert_true (acc_archive_set_state (scene->desk, number, ACC_STATE_CLAIMED, ACC_STATE_WAITING, 0, &error));
  assert_answer (scene->desk, "SELECT count (*) FROM letter WHERE claimed_by IS NULL", "1");
  g_assert_false (acc_archive_set_state (scene->desk, stranger, ACC_STATE_WAITING, ACC_STATE_HELD, 0, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
}

/* ---- taking in ---- */

static void
test_taking_in_moves_every_letter (Scene *scene, gconstpointer data)
{
  g_autofree char *first = submit_plain (scene);
  g_autofree char *second = submit_plain (scene);
  g_autoptr (AccInboxLetter) sent = acc_inbox_find (scene->inbox, first, NULL);
  g_autoptr (AccRecord) record = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  take_in (scene, 2);
  take_in (scene, 0);
  assert_answer (scene->inbox, "SELECT count (*) FROM letter", "0");
  assert_answer (scene->inbox, "SELECT count (*) FROM journal", "2");

  record = acc_archive_find (scene->desk, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (record->state, ==, ACC_STATE_WAITING);
  g_assert_cmpstr (record->kiosk, ==, "front");
  g_assert_cmpstr (record->submitted_at, ==, sent->submitted_at);
  g_assert_cmpstr (record->changed_at, ==, record->taken_at);
  g_assert_cmpuint (record->n_pages, ==, 1);
  g_assert_cmpstr (record->pdf_hash, ==, sent->sealed->pdf_hash);
  assert_answer (scene->desk, "SELECT count (*) FROM document WHERE kind = 'original'", "2");
  assert_answer (scene->desk, "SELECT count (*) FROM letter_key", "2");

  records = acc_archive_list (scene->desk, record->sequence, 10, &error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((AccRecord *) g_ptr_array_index (records, 0))->number, ==, second);
}

static void
test_taking_in_is_signed_with_the_kiosks_head (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autoptr (AccInboxLetter) sent = acc_inbox_find (scene->inbox, number, NULL);
  gint64 count = 0;
  g_autofree char *head = acc_journal_head (scene->inbox, "kiosk:front", &count, NULL);
  g_autofree char *key_hash = acc_hash_bytes (sent->sealed->key);

  take_in (scene, 1);
  assert_answer (scene->desk, "SELECT number FROM journal WHERE kind = 'taken in'", number);
  assert_answer (scene->desk, "SELECT writer || ' ' || signer FROM journal WHERE kind = 'taken in'", "desk " BANKER);
  assert_answer (scene->desk, "SELECT json_extract (facts, '$.body_hash') FROM journal WHERE kind = 'taken in'",
                 sent->sealed->body_hash);
  assert_answer (scene->desk, "SELECT json_extract (facts, '$.key_hash') FROM journal WHERE kind = 'taken in'",
                 key_hash);
  assert_answer (scene->desk, "SELECT json_extract (facts, '$.head') FROM journal WHERE kind = 'taken in'", head);
  assert_answer (scene->desk, "SELECT json_extract (facts, '$.writer') FROM journal WHERE kind = 'taken in'",
                 "kiosk:front");
  assert_answer (scene->desk, "SELECT hash FROM kiosk_head WHERE writer = 'kiosk:front' AND count = 1", head);
}

/* Puts the letter back as it was before it was removed: the desk was killed in between. */
static void
put_back (Scene *scene, const AccInboxLetter *letter)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO letter (number, format, kiosk, submitted_at, pages, body, body_hash, pdf_hash) "
    "VALUES ('%s', 1, '%s', '%s', %u, ?1, '%s', '%s')",
    letter->sealed->number, letter->kiosk, letter->submitted_at, letter->n_pages, letter->sealed->body_hash,
    letter->sealed->pdf_hash);
  g_autofree char *key_sql = g_strdup_printf (
    "INSERT INTO letter_key (sequence, branch_key, key) VALUES (last_insert_rowid (), '%s', ?1)",
    letter->sealed->branch_key);
  g_autoptr (AccStatement) insert = acc_statement_new (scene->inbox, sql, NULL);
  g_autoptr (AccStatement) insert_key = acc_statement_new (scene->inbox, key_sql, NULL);

  acc_statement_bind_bytes (insert, 1, letter->sealed->body);
  g_assert_true (acc_statement_run (insert, NULL));
  acc_statement_bind_bytes (insert_key, 1, letter->sealed->key);
  g_assert_true (acc_statement_run (insert_key, NULL));
}

static void
test_letter_that_is_here_already_is_only_removed (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autoptr (AccInboxLetter) sent = acc_inbox_find (scene->inbox, number, NULL);

  take_in (scene, 1);
  put_back (scene, sent);
  take_in (scene, 0);
  assert_answer (scene->inbox, "SELECT count (*) FROM letter", "0");
  assert_answer (scene->desk, "SELECT count (*) FROM letter", "1");
  assert_answer (scene->desk, "SELECT count (*) FROM journal WHERE kind = 'taken in'", "1");
}

/* Whatever is left must be named, noted once, and hold up nobody else. */
static void
assert_left (Scene *scene, const char *named, const char *reason)
{
  g_autofree char *other = submit_plain (scene);
  g_autoptr (GError) error = NULL;
  guint n_taken = 0;

  for (guint round = 0; round < 3; round++)
    {
      g_clear_error (&error);
      g_assert_false (acc_archive_take_in (scene->desk, scene->inbox, scene->identity, &n_taken, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
      g_assert_cmpuint (n_taken, ==, round == 0 ? 1 : 0);
      if (strstr (error->message, reason) == NULL || strstr (error->message, named) == NULL)
        g_error ("“%s” does not say “%s” of %s", error->message, reason, named);
    }
  assert_answer (scene->inbox, "SELECT count (*) FROM letter", "1");
  assert_answer (scene->desk, "SELECT count (*) FROM journal WHERE kind = 'left in the inbox'", "1");
  g_assert_true (acc_inbox_remove (scene->inbox, other, NULL));
}

static void
test_letter_that_no_kiosk_wrote_stays_in_the_inbox (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *sql, *reason;
  } faults[] = {
    { "UPDATE letter SET format = 2", "a newer Accolade" },
    { "DELETE FROM letter_key", "its key is missing" },
    { "UPDATE letter SET body = zeroblob (100)", "its body has been changed" },
    { "UPDATE letter SET pdf_hash = replace (hex (zeroblob (32)), '0', 'x')", "the hash of its PDF is none" },
    { "UPDATE letter SET kiosk = 'front' || char (10) || 'desk'", "its kiosk has no proper name" },
    { "UPDATE letter SET kiosk = ' '", "its kiosk has no proper name" },
    { "UPDATE letter SET submitted_at = 'yesterday'", "the time of its sending is none" },
    { "UPDATE letter SET pages = 1000000", "its number of pages cannot be" },
    { "UPDATE letter_key SET branch_key = '0123456789abcdef'", "a key that this branch does not have" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *number = submit_plain (scene);

      run_sql (scene->inbox, faults[i].sql);
      assert_left (scene, number, faults[i].reason);
      g_assert_true (acc_inbox_remove (scene->inbox, number, NULL));
      assert_answer (scene->desk, "SELECT count (*) FROM journal WHERE kind = 'left in the inbox'", "1");
      run_sql (scene->desk, "DELETE FROM journal WHERE kind = 'left in the inbox'");
    }
}

static void
test_letter_with_no_number_is_named_by_its_place (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  run_sql (scene->inbox, "UPDATE letter SET number = '../../../../../etc/passwd-and-more-x'");
  assert_left (scene, "letter 1 of inbox.db", "its number is not a letter's number");
}

static void
test_number_that_another_letter_has_stays_in_the_inbox (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autoptr (AccInboxLetter) forged = seal_letter (scene->key, number, letter, "%PDF-1.5 of another letter");
  g_autofree char *before = NULL;

  take_in (scene, 1);
  before = ask_sql (scene->desk, "SELECT body_hash FROM document");
  put_back (scene, forged);
  assert_left (scene, number, "another letter of this number is in the archive");
  assert_answer (scene->desk, "SELECT body_hash FROM document ORDER BY id LIMIT 1", before);
}

int
main (int argc, char **argv)
{
  static const SceneTest tests[] = {
    { "/archive/set-up-makes-the-whole-folder", test_set_up_makes_the_whole_folder },
    { "/archive/set-up-is-in-the-journal-and-sound", test_set_up_is_in_the_journal_and_sound },
    { "/archive/set-up-never-goes-over-anything", test_set_up_never_goes_over_anything },
    { "/archive/set-up-uses-an-empty-folder", test_set_up_uses_an_empty_folder },
    { "/archive/set-up-that-fails-leaves-nothing", test_set_up_that_fails_leaves_nothing },
    { "/archive/sign-in-needs-store-pepper-and-passphrase", test_sign_in_needs_store_pepper_and_passphrase },
    { "/archive/state-moves-only-from-where-it-is", test_state_moves_only_from_where_it_is },
    { "/archive/taking-in-moves-every-letter", test_taking_in_moves_every_letter },
    { "/archive/taking-in-is-signed-with-the-kiosks-head", test_taking_in_is_signed_with_the_kiosks_head },
    { "/archive/letter-that-is-here-already-is-only-removed", test_letter_that_is_here_already_is_only_removed },
    { "/archive/letter-that-no-kiosk-wrote-stays-in-the-inbox", test_letter_that_no_kiosk_wrote_stays_in_the_inbox },
    { "/archive/letter-with-no-number-is-named-by-its-place", test_letter_with_no_number_is_named_by_its_place },
    { "/archive/number-that-another-letter-has-stays-in-the-inbox",
      test_number_that_another_letter_has_stays_in_the_inbox },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/archive/state-names-are-frozen", test_state_names_are_frozen);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
