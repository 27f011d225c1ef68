/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of stores while others write, backups, and what is restored from them. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive-support.h"
#include "backup/backup.h"
#include "backup/restore.h"
#include "base/clock.h"
#include "base/error.h"
#include "store/copy.h"
#include "support.h"

#define BLOCK 512 /* of a tar file */

static const AccBackupTerms terms = { "0.0.0", 30 };

static char *
below (Scene *scene, const char *name)
{
  return g_build_filename (scene->folder, name, NULL);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, size);
}

static void
write_file (const char *path, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
}

/* ---- copying one store ---- */

static gboolean
append_piece (gconstpointer piece, gsize size, gpointer data, GError **error)
{
  g_byte_array_append (data, piece, size);
  return TRUE;
}

static GByteArray *
copy_as_of (AccStore *store, const AccStoreMoment *moment, AccStoreTake take, gpointer data)
{
  g_autoptr (GError) error = NULL;

  acc_store_copy (store, moment, take, data, &error);
  g_assert_no_error (error);
  return data;
}

static void
test_copy_has_every_byte (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autoptr (GByteArray) copy = g_byte_array_new ();
  g_autoptr (GBytes) file = read_file (acc_store_get_path (scene->inbox));
  AccStoreMoment moment;

  g_assert_true (acc_store_get_moment (scene->inbox, &moment, NULL));
  copy_as_of (scene->inbox, &moment, append_piece, copy);
  g_assert_cmpmem (copy->data, copy->len, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

/* As a kiosk that sends in the middle of a copy. */
static gboolean
submit_meanwhile (gconstpointer piece, gsize size, gpointer data, GError **error)
{
  g_autofree char *number = submit_plain (data);

  return TRUE;
}

static void
test_copy_lets_others_write_and_tells (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) reader = acc_inbox_open (scene->store_dir, ACC_STORE_READ, NULL);
  g_autofree char *big = g_strnfill (6 * 1024 * 1024, 'x');
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autoptr (AccInboxLetter) sealed = NULL;
  AccStoreMoment moment;

  /* larger than one piece */
  sealed = seal_letter (scene->key, "10000000-0000-4000-8000-000000000001", letter, big);
  g_assert_true (acc_inbox_add (scene->inbox, sealed, NULL));

  g_assert_true (acc_store_get_moment (reader, &moment, NULL));
  g_assert_false (acc_store_copy (reader, &moment, submit_meanwhile, scene, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  assert_answer (scene->inbox, "SELECT count (*) FROM letter", "2");
}

static void
test_copy_is_of_its_moment (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) reader = acc_inbox_open (scene->store_dir, ACC_STORE_READ, NULL);
  g_autoptr (GByteArray) copy = g_byte_array_new ();
  g_autofree char *number = NULL;
  AccStoreMoment moment;

  g_assert_true (acc_store_get_moment (reader, &moment, NULL));
  number = submit_plain (scene);
  g_assert_false (acc_store_copy (reader, &moment, append_piece, copy, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (copy->len, ==, 0);
}

static gboolean
copy_held (AccStore *store, gpointer data, GError **error)
{
  AccStoreMoment moment;

  return acc_store_get_moment (store, &moment, error) && acc_store_copy (store, &moment, append_piece, data, error);
}

static void
test_copy_inside_a_transaction_is_whole (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) copy = g_byte_array_new ();
  g_autoptr (GBytes) file = read_file (acc_store_get_path (scene->inbox));

  acc_store_transact (scene->inbox, copy_held, copy, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (copy->data, copy->len, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

/* ---- backups ---- */

static char *
back_up (Scene *scene, const char *target)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccManifest) manifest = NULL;
  char *path = NULL;

  manifest = acc_backup_write (scene->store_dir, target, &terms, &path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (manifest);
  return path;
}

static char *
back_up_as (Scene *scene, const char *name)
{
  g_autofree char *target = below (scene, name);

  return back_up (scene, target);
}

static void
assert_no_backup (Scene *scene, const char *store_dir, const char *target, AccError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_assert_null (acc_backup_write (store_dir, target, &terms, &path, &error));
  g_assert_error (error, ACC_ERROR, (int) code);
  g_assert_null (path);
}

static void
test_backup_tells_what_it_holds (Scene *scene, gconstpointer data)
{
  g_autofree char *one = submit_plain (scene);
  g_autofree char *two = NULL;
  g_autofree char *path = NULL;
  g_autofree char *part = below (scene, "a.backup.part");
  g_autoptr (AccManifest) manifest = NULL;
  g_autofree char *origin = NULL;
  GStatBuf status;

  take_in (scene, 1);
  two = submit_plain (scene);
  path = back_up_as (scene, "a.backup");
  manifest = acc_manifest_load (path, NULL);
  g_assert_cmpstr (manifest->branch, ==, BRANCH);
  g_assert_cmpstr (manifest->program, ==, terms.program);
  g_assert_cmpint (manifest->n_taken_in, ==, 1);
  g_assert_cmpint (manifest->n_waiting, ==, 1);
  g_assert_cmpuint (manifest->files->len, ==, 4);
  g_assert_cmpuint (manifest->heads->len, ==, 2);
  origin = ask_sql (scene->desk, "SELECT hash FROM journal WHERE sequence = 1");
  g_assert_cmpstr (manifest->origin, ==, origin);

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_backup_says_until_when_it_may_be_kept (Scene *scene, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (AccManifest) manifest = NULL;

  acc_clock_freeze (G_GINT64_CONSTANT (1795166520) * G_USEC_PER_SEC, 0); /* 2026-11-20, 11:22 */
  path = back_up_as (scene, "a.backup");
  manifest = acc_manifest_load (path, NULL);
  g_assert_cmpstr (manifest->delete_after, ==, "2026-12-20");
}

static void
test_backup_in_a_folder_is_named_after_the_journal (Scene *scene, gconstpointer data)
{
  g_autofree char *hash = ask_sql (scene->desk, "SELECT substr (hash, 1, 8) FROM journal");
  g_autofree char *name = g_strdup_printf ("accolade-2026-11-20T1122-desk-1-%s.backup", hash);
  g_autofree char *expected = below (scene, name);
  g_autofree char *path = NULL;

  acc_clock_freeze (G_GINT64_CONSTANT (1795173720) * G_USEC_PER_SEC, 0);
  path = back_up (scene, scene->folder);
  g_assert_cmpstr (path, ==, expected);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_backup_is_never_written_over_a_file (Scene *scene, gconstpointer data)
{
  g_autofree char *path = below (scene, "a.backup");
  g_autoptr (GBytes) kept = NULL;

  write_file (path, "mine", 4);
  assert_no_backup (scene, scene->store_dir, path, ACC_ERROR_INPUT);
  kept = read_file (path);
  g_assert_cmpuint (g_bytes_get_size (kept), ==, 4);
}

static void
test_backup_does_not_lie_in_the_store (Scene *scene, gconstpointer data)
{
  g_autofree char *named = g_build_filename (scene->store_dir, "a.backup", NULL);
  g_autofree char *below_it = g_build_filename (scene->store_dir, "backups", NULL);
  g_autofree char *link = below (scene, "link");
  g_autofree char *beside = g_strconcat (scene->store_dir, "-backups", NULL);
  g_autofree char *path = NULL;
  g_autoptr (AccManifest) manifest = NULL;

  g_assert_cmpint (g_mkdir (below_it, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (beside, 0700), ==, 0);
  g_assert_cmpint (symlink (scene->store_dir, link), ==, 0);
  assert_no_backup (scene, scene->store_dir, scene->store_dir, ACC_ERROR_INPUT);
  assert_no_backup (scene, scene->store_dir, named, ACC_ERROR_INPUT);
  assert_no_backup (scene, scene->store_dir, below_it, ACC_ERROR_INPUT);
  assert_no_backup (scene, scene->store_dir, link, ACC_ERROR_INPUT);
  assert_no_backup (scene, link, scene->store_dir, ACC_ERROR_INPUT);
  manifest = acc_backup_write (scene->store_dir, beside, &terms, &path, NULL);
  g_assert_nonnull (manifest);
}

static void
test_failed_backup_leaves_nothing (Scene *scene, gconstpointer data)
{
  g_autofree char *path = below (scene, "a.backup");
  g_autofree char *part = below (scene, "a.backup.part");
  g_autofree char *nowhere = below (scene, "nowhere/a.backup");
  g_autofree char *empty = below (scene, "empty");

  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  assert_no_backup (scene, empty, path, ACC_ERROR_NO_STORE);
  assert_no_backup (scene, scene->store_dir, nowhere, ACC_ERROR_INPUT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_backup_takes_over_what_an_interrupted_one_left (Scene *scene, gconstpointer data)
{
  g_autofree char *part = below (scene, "a.backup.part");
  g_autofree char *garbage = g_malloc0 (1024 * 1024);
  g_autofree char *path = NULL;
  g_autoptr (AccManifest) manifest = NULL;

  write_file (part, garbage, 1024 * 1024);
  path = back_up_as (scene, "a.backup");
  manifest = acc_manifest_load (path, NULL);
  g_assert_nonnull (manifest);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_two_backups_do_not_write_one_file (Scene *scene, gconstpointer data)
{
  g_autofree char *path = below (scene, "a.backup");
  g_autofree char *part = below (scene, "a.backup.part");
  g_autofree char *ignored = NULL;
  g_autoptr (GError) error = NULL;
  int other = open (part, O_RDWR | O_CREAT, 0600);

  g_assert_cmpint (flock (other, LOCK_EX), ==, 0);
  g_assert_null (acc_backup_write (scene->store_dir, path, &terms, &ignored, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS)); /* it is the other's */
  close (other);
}

/* Where others may write in the folder, too. */
static void
test_backup_follows_no_link (Scene *scene, gconstpointer data)
{
  g_autofree char *path = below (scene, "a.backup");
  g_autofree char *part = below (scene, "a.backup.part");
  g_autofree char *victim = below (scene, "victim");
  g_autoptr (GBytes) kept = NULL;

  write_file (victim, "mine", 4);
  g_assert_cmpint (symlink (victim, part), ==, 0);
  assert_no_backup (scene, scene->store_dir, path, ACC_ERROR_INPUT);
  g_assert_cmpint (g_unlink (part), ==, 0);
  g_assert_cmpint (link (victim, part), ==, 0);
  g_assert_null (acc_backup_write (scene->store_dir, path, &terms, &(char *) { NULL }, NULL));
  kept = read_file (victim);
  g_assert_cmpuint (g_bytes_get_size (kept), ==, 4);
}

static void
test_backup_lacks_the_pepper (Scene *scene, gconstpointer data)
{
  g_autofree char *pepper_path = acc_archive_pepper_path (scene->store_dir);
  g_autoptr (GBytes) pepper = read_file (pepper_path);
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autoptr (GBytes) backup = read_file (path);
  gsize size;
  gconstpointer bytes = g_bytes_get_data (backup, &size);

  g_assert_null (memmem (bytes, size, g_bytes_get_data (pepper, NULL), g_bytes_get_size (pepper)));
}

/* ---- restoring ---- */

static char *
restore (Scene *scene, const char *backup, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *store_dir = below (scene, name);
  g_autoptr (AccManifest) manifest = NULL;
  char *newer = NULL;

  manifest = acc_restore (backup, store_dir, &newer, &error);
  g_assert_no_error (error);
  return newer;
}

static void
assert_sound (Scene *scene, const char *name)
{
  g_autofree char *store_dir = below (scene, name);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) desk = acc_archive_open (store_dir, ACC_STORE_READ, &error);
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_READ, &error);

  g_assert_no_error (error);
  acc_archive_check (desk, inbox, findings, &error);
  g_assert_no_error (error);
  acc_heads_check (store_dir, desk, inbox, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("found: %s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* Nothing is in the place of the store, nor beside it. Gives the sentence. */
static char *
refusal (Scene *scene, const char *backup, AccError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *home = below (scene, "refused");
  g_autofree char *store_dir = g_build_filename (home, "store", NULL);
  g_autoptr (GDir) entries = NULL;
  g_autofree char *newer = NULL;

  g_mkdir (home, 0700);
  g_assert_null (acc_restore (backup, store_dir, &newer, &error));
  g_assert_error (error, ACC_ERROR, (int) code);
  entries = g_dir_open (home, 0, NULL);
  g_assert_null (g_dir_read_name (entries));
  return g_strdup (error->message);
}

static void
assert_refused (Scene *scene, const char *backup, AccError code)
{
  g_autofree char *sentence = refusal (scene, backup, code);
}

static void
test_restored_store_is_the_same (Scene *scene, gconstpointer data)
{
  static const char *const names[] = { "inbox.db", "desk.db", "branch.pub", "accolade.conf" };
  g_autofree char *one = submit_plain (scene);
  g_autofree char *path = NULL;
  g_autofree char *newer = NULL;

  take_in (scene, 1);
  path = back_up_as (scene, "a.backup");
  newer = restore (scene, path, "again");
  g_assert_cmpstr (newer, ==, NULL);
  assert_sound (scene, "again");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *was = g_build_filename (scene->store_dir, names[i], NULL);
      g_autofree char *is = g_build_filename (scene->folder, "again", names[i], NULL);
      g_autoptr (GBytes) before = read_file (was);
      g_autoptr (GBytes) after = read_file (is);
      GStatBuf mode_before, mode_after;

      g_assert_true (g_bytes_equal (before, after));
      g_assert_cmpint (g_stat (was, &mode_before) | g_stat (is, &mode_after), ==, 0);
      g_assert_cmpint (mode_after.st_mode, ==, mode_before.st_mode);
    }
}

/* The desk takes a letter in between the copy of the inbox and its own: it is in both, and that is well. */
static void
test_letter_in_both_stores_is_well (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autofree char *inbox = g_build_filename (scene->store_dir, "inbox.db", NULL);
  g_autoptr (GBytes) before = read_file (inbox);
  g_autofree char *path = NULL;
  g_autofree char *newer = NULL;

  take_in (scene, 1);
  g_clear_object (&scene->inbox);
  write_file (inbox, g_bytes_get_data (before, NULL), g_bytes_get_size (before));
  path = back_up_as (scene, "a.backup");
  newer = restore (scene, path, "again");
  assert_sound (scene, "again");
}

static void
test_store_is_never_restored_over_another (Scene *scene, gconstpointer data)
{
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autoptr (GError) error = NULL;
  g_autofree char *newer = NULL;

  g_assert_null (acc_restore (path, scene->store_dir, &newer, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
}

static void
test_what_is_no_backup_is_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *path = below (scene, "a.backup");
  g_autofree char *zeroes = g_malloc0 (64 * 1024);

  assert_refused (scene, path, ACC_ERROR_INPUT);
  assert_refused (scene, scene->folder, ACC_ERROR_INPUT);
  assert_refused (scene, "/dev/zero", ACC_ERROR_INPUT);
  assert_refused (scene, acc_store_get_path (scene->desk), ACC_ERROR_BACKUP);
  write_file (path, "", 0);
  assert_refused (scene, path, ACC_ERROR_BACKUP);
  write_file (path, zeroes, 64 * 1024);
  assert_refused (scene, path, ACC_ERROR_BACKUP);
}

static void
test_backup_cut_short_is_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autofree char *cut = below (scene, "cut.backup");
  g_autoptr (GBytes) whole = read_file (path);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (whole, &size);

  /* what ends the archive is of no use to a restore: two empty blocks */
  for (gsize length = 0; length + 2 * BLOCK < size; length += 37 * BLOCK + 7)
    {
      write_file (cut, bytes, length);
      assert_refused (scene, cut, ACC_ERROR_BACKUP);
    }
}

/* A byte that no hash covers (it fills a block up) changes nothing; every other is found. */
static void
test_changed_byte_is_found (Scene *scene, gconstpointer data)
{
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autofree char *changed = below (scene, "changed.backup");
  g_autoptr (GBytes) whole = read_file (path);
  g_autoptr (AccManifest) manifest = acc_manifest_load (path, NULL);
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&whole), &size);
  guint n_found = 0, n = 0;

  for (gsize at = 0; at < size; at += 2999, n++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *store_dir = g_strdup_printf ("%s/store-%u", scene->folder, n);
      g_autoptr (AccManifest) restored = NULL;
      g_autofree char *newer = NULL;

      bytes[at] ^= 1;
      write_file (changed, bytes, size);
      bytes[at] ^= 1;
      restored = acc_restore (changed, store_dir, &newer, &error);
      n_found += restored == NULL;
      if (restored == NULL)
        g_assert_cmpint (error->code == ACC_ERROR_BACKUP || error->code == ACC_ERROR_STORE_NEWER, ==, TRUE);
      else
        g_assert_cmpstr (restored->origin, ==, manifest->origin);
    }
  g_assert_cmpuint (n_found, >, n * 9 / 10);
}

/* ---- archives that somebody made ---- */

typedef struct {
  const char *name;
  char type;
  const char *link;
  const char *size; /* as it stands in the header; NULL: that of the text */
  const char *text;
} Member;

/* One header and its data in POSIX's ustar format. */
static void
add_member (GByteArray *tar, const Member *member)
{
  char header[BLOCK] = { 0 };
  gsize length = strlen (member->text);
  g_autofree char *zeroes = g_malloc0 (BLOCK);
  guint sum = 0;

  g_strlcpy (header, member->name, 100);
  g_strlcpy (header + 100, "0000600", 8);
  g_strlcpy (header + 108, "0000000", 8);
  g_strlcpy (header + 116, "0000000", 8);
  if (member->size != NULL)
    g_strlcpy (header + 124, member->size, 12);
  else
    g_snprintf (header + 124, 12, "%011lo", (gulong) length);
  g_strlcpy (header + 136, "00000000000", 12);
  memset (header + 148, ' ', 8);
  header[156] = member->type;
  if (member->link != NULL)
    g_strlcpy (header + 157, member->link, 100);
  memcpy (header + 257, "ustar\0" "00", 8);
  for (gsize i = 0; i < BLOCK; i++)
    sum += (guint8) header[i];
  g_snprintf (header + 148, 8, "%06o", sum);
  g_byte_array_append (tar, (guint8 *) header, BLOCK);
  g_byte_array_append (tar, (const guint8 *) member->text, length);
  g_byte_array_append (tar, (guint8 *) zeroes, (BLOCK - length % BLOCK) % BLOCK);
}

/* Each stands before the members of a true backup. */
static const Member hostile[] = {
  { "/etc/accolade-test", '0', NULL, NULL, "x" },             /* an absolute name */
  { "../outside", '0', NULL, NULL, "x" },                     /* out of the folder */
  { "pepper", '0', NULL, NULL, "x" },                         /* a file that a store has and a backup has not */
  { "inbox.db-journal", '0', NULL, NULL, "x" },               /* SQLite would play it back */
  { "desk.db", '0', NULL, NULL, "x" },                        /* twice */
  { "desk.db", '2', "/etc/passwd", NULL, "" },                /* a link */
  { "desk.db", '1', "accolade.conf", NULL, "" },              /* another name */
  { "desk.db", '3', NULL, NULL, "" },                         /* a device */
  { "desk.db", '6', NULL, NULL, "" },                         /* a pipe */
  { "desk.db", '5', NULL, NULL, "" },                         /* a folder */
  { "desk.db", '0', NULL, "77777777777", "x" },               /* 8 GB that are not there */
  { "manifest", '0', NULL, "00010000000", "x" },              /* 2 MB of manifest */
  { "manifest", '0', NULL, NULL, "[backup]\nformat=0\n" },    /* of no format */
  { "manifest", '0', NULL, NULL, "{\"format\": 1}" },         /* no key file */
  { "x", 'x', NULL, NULL, "24 GNU.sparse.size=5000\n27 GNU.sparse.map=4900,100\n" }, /* a file with a hole */
  { "", '0', NULL, NULL, "" },                                /* no name */
};

static void
test_hostile_archives_are_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autofree char *made = below (scene, "made.backup");
  g_autoptr (GBytes) whole = read_file (path);

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GByteArray) tar = g_byte_array_new ();
      g_autofree char *sentence = NULL;

      g_test_message ("%s of type %c", hostile[i].name, hostile[i].type);
      add_member (tar, &hostile[i]);
      g_byte_array_append (tar, g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
      write_file (made, tar->data, tar->len);
      sentence = refusal (scene, made, ACC_ERROR_BACKUP);
      if (hostile[i].type != '0') /* for what it is, not because its name comes again */
        g_assert_nonnull (strstr (sentence, "something else than a backup's files"));
    }
}

static void
replace_text (char *bytes, gsize size, const char *from, const char *to)
{
  char *found = memmem (bytes, size, from, strlen (from));

  g_assert_nonnull (found);
  g_assert_cmpuint (strlen (from), ==, strlen (to));
  memcpy (found, to, strlen (to));
}

static void
test_backup_of_a_newer_accolade_is_refused_by_name (Scene *scene, gconstpointer data)
{
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autofree char *newer = below (scene, "newer.backup");
  g_autoptr (GBytes) whole = read_file (path);
  gsize size;
  g_autofree char *bytes = g_bytes_unref_to_data (g_steal_pointer (&whole), &size);

  replace_text (bytes, size, "format=1\n", "format=2\n");
  write_file (newer, bytes, size);
  assert_refused (scene, newer, ACC_ERROR_STORE_NEWER);
}

/* ---- newer heads known elsewhere ---- */

static void
test_restore_tells_of_a_newer_backup_beside (Scene *scene, gconstpointer data)
{
  g_autofree char *one = submit_plain (scene);
  g_autofree char *older = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *told = NULL;
  g_autofree char *quiet = NULL;

  older = back_up_as (scene, "older.backup");
  take_in (scene, 1);
  newest = back_up_as (scene, "newest.backup");
  told = restore (scene, older, "older");
  g_assert_nonnull (strstr (told, "its journal of desk ends at 1, but 2 entries were known at "));
  g_assert_nonnull (strstr (told, newest));
  quiet = restore (scene, newest, "newest");
  g_assert_cmpstr (quiet, ==, NULL);
}

/* In the place of a store that was lost: what was known of it is told, kept aside, and held against it no more. */
static void
test_restore_tells_of_heads_noted_before (Scene *scene, gconstpointer data)
{
  g_autofree char *one = submit_plain (scene);
  g_autofree char *path = back_up_as (scene, "a.backup");
  g_autofree char *noted = below (scene, "again-heads");
  g_autofree char *aside = below (scene, "again-heads.before-restore");
  g_autofree char *heads = acc_heads_path (scene->store_dir);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *told = NULL;

  take_in (scene, 1);
  bytes = read_file (heads);
  write_file (noted, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  told = restore (scene, path, "again");
  g_assert_nonnull (strstr (told, "2 entries were known at "));
  g_assert_nonnull (strstr (told, noted));
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  assert_sound (scene, "again");
}

static void
test_manifest_without_a_hash_is_refused (Scene *scene, gconstpointer data)
{
  g_autoptr (AccManifest) manifest = acc_manifest_new ();
  g_autoptr (AccManifest) read = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = NULL;

  manifest->heads = g_ptr_array_new ();
  manifest->program = g_strdup ("1");
  manifest->branch = g_strdup (BRANCH);
  manifest->origin = g_strdup ("0");
  manifest->made_at = g_strdup ("2026-11-21T10:00:00+00:00");
  manifest->delete_after = g_strdup ("2026-12-21");
  acc_manifest_add_file (manifest, "desk.db", 1, "00");
  whole = acc_manifest_to_bytes (manifest);
  text = g_string_new_len (g_bytes_get_data (whole, NULL), (gssize) g_bytes_get_size (whole));
  g_assert_cmpuint (g_string_replace (text, "sha256=", "#", 0), ==, 1);
  bytes = g_bytes_new (text->str, text->len);
  read = acc_manifest_parse (bytes, "a.backup", &error);
  g_assert_null (read);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BACKUP);
}

static const SceneTest tests[] = {
  { "/copy/every-byte", test_copy_has_every_byte },
  { "/copy/others-write-meanwhile", test_copy_lets_others_write_and_tells },
  { "/copy/its-moment", test_copy_is_of_its_moment },
  { "/copy/inside-a-transaction", test_copy_inside_a_transaction_is_whole },
  { "/backup/what-it-holds", test_backup_tells_what_it_holds },
  { "/backup/until-when", test_backup_says_until_when_it_may_be_kept },
  { "/backup/name", test_backup_in_a_folder_is_named_after_the_journal },
  { "/backup/never-over-a-file", test_backup_is_never_written_over_a_file },
  { "/backup/not-in-the-store", test_backup_does_not_lie_in_the_store },
  { "/backup/failed", test_failed_backup_leaves_nothing },
  { "/backup/interrupted-before", test_backup_takes_over_what_an_interrupted_one_left },
  { "/backup/two-at-once", test_two_backups_do_not_write_one_file },
  { "/backup/links", test_backup_follows_no_link },
  { "/backup/no-pepper", test_backup_lacks_the_pepper },
  { "/restore/the-same", test_restored_store_is_the_same },
  { "/restore/letter-in-both", test_letter_in_both_stores_is_well },
  { "/restore/never-over-a-store", test_store_is_never_restored_over_another },
  { "/restore/no-backup", test_what_is_no_backup_is_refused },
  { "/restore/no-hash", test_manifest_without_a_hash_is_refused },
  { "/restore/cut-short", test_backup_cut_short_is_refused },
  { "/restore/changed", test_changed_byte_is_found },
  { "/restore/hostile", test_hostile_archives_are_refused },
  { "/restore/newer-accolade", test_backup_of_a_newer_accolade_is_refused_by_name },
  { "/restore/newer-backup-beside", test_restore_tells_of_a_newer_backup_beside },
  { "/restore/heads-noted-before", test_restore_tells_of_heads_noted_before },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
