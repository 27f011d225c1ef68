/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store as a file: made, refused, without rights, without room, damaged. Real limits, real users. */
#include <glib/gstdio.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store-support.h"
#include "store/sqlite-error.h"
#include "store/store-private.h"

#define NOBODY 65534

/* Creating */

static void
test_new_store_is_private_marked_and_sound (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *fault = NULL;
  struct stat status;

  test_place_init (&place);
  test_store_create (place.path);
  g_assert_cmpint (stat (place.path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);

  bytes = test_read_bytes (place.path);
  g_assert_cmpmem (bytes->data, 16, "SQLite format 3", 16);
  g_assert_cmpmem (bytes->data + 68, 4, "\x41\x43\x43\x31", 4);
  g_assert_cmpmem (bytes->data + 60, 4, "\0\0\0\5", 4);
  g_assert_cmpmem (bytes->data + 18, 2, "\1\1", 2); /* no write-ahead log */

  store = test_store_open (place.path, ACC_STORE_WRITE);
  fault = acc_store_check (store);
  g_assert_null (fault);
  g_assert_cmpstr (acc_store_get_path (store), ==, place.path);
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_every_connection_has_the_settings (void)
{
  static const struct {
    const char *pragma;
    gint64 value;
  } settings[] = {
    { "PRAGMA foreign_keys", 1 },    { "PRAGMA synchronous", 3 }, { "PRAGMA secure_delete", 1 },
    { "PRAGMA trusted_schema", 0 },  { "PRAGMA temp_store", 2 },  { "PRAGMA cell_size_check", 1 },
  };
  static const AccStoreMode modes[] = { ACC_STORE_READ, ACC_STORE_WRITE };
  TestPlace place;

  test_place_init (&place);
  test_store_create (place.path);
  for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
    {
      g_autoptr (AccStore) store = test_store_open (place.path, modes[m]);

      for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
        g_assert_cmpint (test_store_count (store, settings[i].pragma), ==, settings[i].value);
      /* defensive: SQLite's own tables cannot be written, whatever one asks for */
      test_store_execute (store, "PRAGMA writable_schema = ON");
      g_assert_false (acc_store_execute (store, "DELETE FROM sqlite_schema", NULL));
    }
  test_place_clear (&place);
}

static void
test_create_leaves_what_is_there (void)
{
  TestPlace place;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_place_init (&place);
  test_write_bytes (place.path, "letters", 7);
  before = test_look_at (place.folder);
  g_assert_null (acc_store_create (place.path, &test_inbox, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, place.path));
  after = test_look_at (place.folder);
  g_assert_cmpstr (before, ==, after);
  test_place_clear (&place);
}

static void
test_a_name_is_never_a_uri (void)
{
  TestPlace place;
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (AccStore) store = NULL;

  test_place_init (&place);
  g_assert_cmpint (g_chdir (place.folder), ==, 0);
  test_store_create ("file:x?mode=memory");
  g_assert_true (g_file_test ("file:x?mode=memory", G_FILE_TEST_IS_REGULAR));
  test_store_create (":memory:");
  g_assert_true (g_file_test (":memory:", G_FILE_TEST_IS_REGULAR));
  store = test_store_open (":memory:", ACC_STORE_WRITE);
  g_assert_true (g_path_is_absolute (acc_store_get_path (store)));
  g_clear_object (&store);
  g_assert_cmpint (g_chdir (here), ==, 0);
  test_place_clear (&place);
}

/* Files that are refused */

typedef enum { MAKE_NOTHING, MAKE_FOLDER, MAKE_FIFO, MAKE_LINK, MAKE_TEXT, MAKE_CHANGED, MAKE_CUT } Making;

/* What is made where the store should be, and how it is refused. */
static const struct {
  const char *what;
  Making making;
  const char *text; /* of the file, of the changed bytes, or the link's target */
  gsize size;       /* of the changed bytes, or of what is left */
  gsize offset;     /* of the changed bytes */
  AccError code;
} refused[] = {
  { "nothing there", MAKE_NOTHING, NULL, 0, 0, ACC_ERROR_NO_STORE },
  { "a dangling link", MAKE_LINK, "/nowhere/at/all", 0, 0, ACC_ERROR_NO_STORE },
  { "a folder", MAKE_FOLDER, NULL, 0, 0, ACC_ERROR_STORE_DAMAGED },
  { "a FIFO", MAKE_FIFO, NULL, 0, 0, ACC_ERROR_STORE_DAMAGED },
  { "a device", MAKE_LINK, "/dev/zero", 0, 0, ACC_ERROR_STORE_DAMAGED },
  { "an empty file", MAKE_TEXT, "", 0, 0, ACC_ERROR_STORE_DAMAGED },
  { "a text", MAKE_TEXT, "Dear Jessica,\n", 0, 0, ACC_ERROR_STORE_FOREIGN },
  { "another program's database", MAKE_CHANGED, "\0\0\0\0", 4, 68, ACC_ERROR_STORE_FOREIGN },
  { "our other store", MAKE_CHANGED, "\x41\x43\x43\x32", 4, 68, ACC_ERROR_STORE_FOREIGN },
  { "a newer version", MAKE_CHANGED, "\0\0\0\6", 4, 60, ACC_ERROR_STORE_NEWER },
  { "a much newer version", MAKE_CHANGED, "\x7f\xff\xff\xff", 4, 60, ACC_ERROR_STORE_NEWER },
  { "an impossible version", MAKE_CHANGED, "\xff\xff\xff\xff", 4, 60, ACC_ERROR_STORE_DAMAGED },
  { "no version", MAKE_CHANGED, "\0\0\0\0", 4, 60, ACC_ERROR_STORE_DAMAGED },
  { "a write-ahead log", MAKE_CHANGED, "\2\2", 2, 18, ACC_ERROR_STORE_DAMAGED },
  { "a flipped bit in the first byte", MAKE_CHANGED, "s", 1, 0, ACC_ERROR_STORE_DAMAGED },
  { "an impossible page size", MAKE_CHANGED, "\x11", 1, 16, ACC_ERROR_STORE_DAMAGED },
  { "a header cut short", MAKE_CUT, NULL, 80, 0, ACC_ERROR_STORE_DAMAGED },
  { "a header and nothing more", MAKE_CUT, NULL, 100, 0, ACC_ERROR_STORE_DAMAGED },
  { "the first page only", MAKE_CUT, NULL, 4096, 0, ACC_ERROR_STORE_DAMAGED },
  { "some pages cut off", MAKE_CUT, NULL, 4096 * 5 + 77, 0, ACC_ERROR_STORE_DAMAGED },
};

static void
make_refused (const char *path, gsize i)
{
  g_autoptr (GByteArray) bytes = NULL;
  int code = 0;

  switch (refused[i].making)
    {
    case MAKE_NOTHING:
      break;
    case MAKE_FOLDER:
      code = g_mkdir (path, 0700);
      break;
    case MAKE_FIFO:
      code = mkfifo (path, 0600);
      break;
    case MAKE_LINK:
      code = symlink (refused[i].text, path);
      break;
    case MAKE_TEXT:
      test_write_bytes (path, refused[i].text, strlen (refused[i].text));
      break;
    case MAKE_CHANGED:
      test_store_create (path);
      bytes = test_read_bytes (path);
      memcpy (bytes->data + refused[i].offset, refused[i].text, refused[i].size);
      test_write_bytes (path, bytes->data, bytes->len);
      break;
    case MAKE_CUT:
      test_store_create (path);
      code = truncate (path, refused[i].size);
      break;
    }
  g_assert_cmpint (code, ==, 0);
}

static void
test_a_refused_file_is_left_untouched (void)
{
  static const AccStoreMode modes[] = { ACC_STORE_READ, ACC_STORE_WRITE };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    for (gsize m = 0; m < G_N_ELEMENTS (modes); m++)
      {
        TestPlace place;
        g_autoptr (GError) error = NULL;
        g_autofree char *before = NULL;
        g_autofree char *after = NULL;

        test_place_init (&place);
        make_refused (place.path, i);
        g_test_message ("%s", refused[i].what);
        before = test_look_at (place.folder);
        g_assert_null (acc_store_open (place.path, &test_inbox, modes[m], &error));
        g_assert_error (error, ACC_ERROR, (int) refused[i].code);
        g_assert_nonnull (strstr (error->message, place.path));
        after = test_look_at (place.folder);
        g_assert_cmpstr (before, ==, after);
        test_place_clear (&place);
      }
}

static void
test_a_flipped_header_byte_is_refused_or_harmless (void)
{
  TestPlace place;
  g_autoptr (GByteArray) bytes = NULL;
  guint n_refused = 0;

  test_place_init (&place);
  test_store_create (place.path);
  bytes = test_read_bytes (place.path);
  for (gsize offset = 0; offset < 100; offset++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AccStore) store = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      bytes->data[offset] ^= 0x40;
      test_write_bytes (place.path, bytes->data, bytes->len);
      bytes->data[offset] ^= 0x40;

      before = test_look_at (place.folder);
      store = acc_store_open (place.path, &test_inbox, ACC_STORE_WRITE, &error);
      n_refused += store == NULL;
      if (store != NULL)
        g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM letter"), ==, 0);
      else
        g_assert_true (error->code >= ACC_ERROR_STORE_DAMAGED && error->code <= ACC_ERROR_STORE_NEWER);
      g_clear_object (&store);
      after = test_look_at (place.folder);
      g_assert_cmpstr (before, ==, after);
    }
  /* magic, page size, forms, fractions, schema format, vacuum, encoding, version, whose, reserved */
  g_assert_cmpuint (n_refused, >=, 16 + 2 + 3 + 3 + 4 + 4 + 4 + 4 + 4 + 4 + 20);
  test_place_clear (&place);
}

/* Rights and room */

/* Gives root's rights up where the tests run as root: root may write everywhere. */
static void
become_nobody (void)
{
  if (geteuid () != 0)
    return;
  if (setgroups (0, NULL) != 0 || setresgid (NOBODY, NOBODY, NOBODY) != 0 || setresuid (NOBODY, NOBODY, NOBODY) != 0)
    _exit (254);
}

static int
open_to_write_as_nobody (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = NULL;

  become_nobody ();
  store = acc_store_open (path, &test_inbox, ACC_STORE_WRITE, &error);
  return test_status_of (error);
}

static int
open_to_read_as_nobody (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = NULL;

  become_nobody ();
  store = acc_store_open (path, &test_inbox, ACC_STORE_READ, &error);
  return test_status_of (error);
}

static void
give_to_nobody (const char *path, int mode)
{
  if (geteuid () == 0)
    g_assert_cmpint (chown (path, NOBODY, NOBODY), ==, 0);
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
test_a_file_or_folder_without_write_permission_is_refused (void)
{
  static const struct {
    int folder_mode, file_mode;
    int to_write, to_read;
  } rows[] = {
    { 0700, 0600, TEST_STATUS_FINE, TEST_STATUS_FINE },
    { 0700, 0400, TEST_STATUS_OF (ACC_ERROR_SYSTEM), TEST_STATUS_FINE },
    { 0500, 0600, TEST_STATUS_OF (ACC_ERROR_SYSTEM), TEST_STATUS_FINE },
    { 0500, 0400, TEST_STATUS_OF (ACC_ERROR_SYSTEM), TEST_STATUS_FINE },
    { 0700, 0000, TEST_STATUS_OF (ACC_ERROR_SYSTEM), TEST_STATUS_OF (ACC_ERROR_SYSTEM) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TestPlace place;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      test_place_init (&place);
      test_store_create (place.path);
      before = test_look_at (place.folder);
      give_to_nobody (place.path, rows[i].file_mode);
      give_to_nobody (place.folder, rows[i].folder_mode);
      g_assert_cmpint (test_in_a_child (open_to_write_as_nobody, place.path), ==, rows[i].to_write);
      g_assert_cmpint (test_in_a_child (open_to_read_as_nobody, place.path), ==, rows[i].to_read);
      give_to_nobody (place.folder, 0700);
      give_to_nobody (place.path, 0600);
      after = test_look_at (place.folder);
      g_assert_cmpstr (before, ==, after);
      test_place_clear (&place);
    }
}

/* Changes more than SQLite's cache holds, so that the file itself is half changed, and is killed. */
static int
write_and_die (gpointer path)
{
  g_autoptr (AccStore) store = acc_store_open (path, &test_inbox, ACC_STORE_WRITE, NULL);

  acc_store_execute (store,
                     "BEGIN IMMEDIATE; DELETE FROM department;"
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
                     " INSERT INTO department (name) SELECT printf ('%01000d', i) FROM n",
                     NULL);
  kill (getpid (), SIGKILL);
  return 0;
}

static void
test_an_interrupted_change_needs_someone_who_may_write (void)
{
  TestPlace place;
  g_autofree char *journal = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  g_assert_cmpint (test_in_a_child (write_and_die, place.path), ==, -SIGKILL);
  journal = g_strconcat (place.path, "-journal", NULL);
  before = test_look_at (place.folder);
  give_to_nobody (journal, 0400);
  give_to_nobody (place.path, 0400);
  give_to_nobody (place.folder, 0500);
  g_assert_cmpint (test_in_a_child (open_to_read_as_nobody, place.path), ==, TEST_STATUS_OF (ACC_ERROR_SYSTEM));
  g_assert_cmpint (test_in_a_child (open_to_write_as_nobody, place.path), ==, TEST_STATUS_OF (ACC_ERROR_SYSTEM));
  give_to_nobody (place.folder, 0700);
  give_to_nobody (place.path, 0600);
  give_to_nobody (journal, 0600);
  after = test_look_at (place.folder);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (test_in_a_child (open_to_read_as_nobody, place.path), ==, TEST_STATUS_FINE);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  test_place_clear (&place);
}

static void
test_looking_at_an_interrupted_change_leaves_it_as_it_is (void)
{
  TestPlace place;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  g_assert_cmpint (test_in_a_child (write_and_die, place.path), ==, -SIGKILL);
  before = test_look_at (place.folder);
  g_assert_null (acc_store_open (place.path, &test_inbox, ACC_STORE_LOOK, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  after = test_look_at (place.folder);
  g_assert_cmpstr (before, ==, after);
  test_place_clear (&place);
}

/* The desk's folder has a link to the inbox in the kiosk's: the journal that a dead writer left there is found. */
static void
test_a_link_leads_to_the_store_and_to_its_journal (void)
{
  TestPlace place, elsewhere;
  g_autoptr (AccStore) store = NULL;
  g_autofree char *folder = NULL;

  test_place_init (&place);
  test_place_init (&elsewhere);
  test_store_create (elsewhere.path);
  g_assert_cmpint (test_in_a_child (write_and_die, elsewhere.path), ==, -SIGKILL);
  g_assert_cmpint (symlink (elsewhere.path, place.path), ==, 0);
  store = test_store_open (place.path, ACC_STORE_READ);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 0);
  g_assert_cmpstr (acc_store_get_path (store), ==, place.path);
  folder = acc_store_dup_folder (store);
  g_assert_cmpstr (folder, ==, elsewhere.folder);
  g_clear_object (&store);
  test_place_clear (&elsewhere);
  test_place_clear (&place);
}

static void
limit_files_to (gint64 size)
{
  struct rlimit limit = { size, size };

  signal (SIGXFSZ, SIG_IGN);
  if (setrlimit (RLIMIT_FSIZE, &limit) != 0)
    _exit (254);
}

static gboolean
add_large (AccStore *store, gpointer data, GError **error)
{
  return acc_store_execute (store, "INSERT INTO department (name) VALUES (printf ('%01000000d', 1))", error);
}

static int
write_beyond_the_limit (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = acc_store_open (path, &test_inbox, ACC_STORE_WRITE, &error);

  limit_files_to (300 * 1024);
  if (store != NULL)
    acc_store_transact (store, add_large, NULL, &error);
  return test_status_of (error);
}

static int
create_beyond_the_limit (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = NULL;

  limit_files_to (20 * 1024);
  store = acc_store_create (path, &test_inbox, &error);
  return test_status_of (error);
}

static void
test_no_room_leaves_the_old_state (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *other = NULL;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  test_store_execute (store, "INSERT INTO department (name) VALUES ('Payments')");
  g_clear_object (&store);

  g_assert_cmpint (test_in_a_child (write_beyond_the_limit, place.path), ==, TEST_STATUS_OF (ACC_ERROR_STORE_FULL));
  store = test_store_open (place.path, ACC_STORE_WRITE);
  g_assert_cmpint (test_store_count (store, "SELECT count(*) FROM department"), ==, 1);
  fault = acc_store_check (store);
  g_assert_null (fault);
  g_clear_object (&store);

  other = g_build_filename (place.folder, "other.db", NULL);
  g_assert_cmpint (test_in_a_child (create_beyond_the_limit, other), ==, TEST_STATUS_OF (ACC_ERROR_STORE_FULL));
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  test_place_clear (&place);
}

/* Checking */

static void
test_check_names_damage_and_broken_references (void)
{
  TestPlace place;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *damage = NULL;
  gint64 root;

  test_place_init (&place);
  test_store_create (place.path);
  store = test_store_open (place.path, ACC_STORE_WRITE);
  test_store_execute (store, "PRAGMA foreign_keys = OFF;"
                             "INSERT INTO letter_key (sequence, branch_key, key) VALUES (1, 'y', x'00')");
  reference = acc_store_check (store);
  g_assert_nonnull (reference);
  g_assert_nonnull (strstr (reference, place.path));
  g_assert_nonnull (strstr (reference, "letter_key"));
  root = test_store_count (store, "SELECT rootpage FROM sqlite_schema WHERE name = 'slip'");
  g_clear_object (&store);

  bytes = test_read_bytes (place.path);
  bytes->data[(root - 1) * 4096] ^= 0x05; /* what kind of page it is */
  test_write_bytes (place.path, bytes->data, bytes->len);
  store = test_store_open (place.path, ACC_STORE_READ);
  damage = acc_store_check (store);
  g_assert_nonnull (damage);
  g_assert_nonnull (strstr (damage, place.path));
  g_clear_object (&store);
  test_place_clear (&place);
}

static void
test_each_result_of_sqlite_has_a_code_and_names_the_file (void)
{
  static const struct {
    int result;
    AccError code;
  } rows[] = {
    { SQLITE_ERROR, ACC_ERROR_STORE_DAMAGED },
    { SQLITE_INTERNAL, ACC_ERROR_SYSTEM },
    { SQLITE_PERM, ACC_ERROR_SYSTEM },
    { SQLITE_ABORT, ACC_ERROR_BUSY },
    { SQLITE_BUSY, ACC_ERROR_BUSY },
    { SQLITE_BUSY_RECOVERY, ACC_ERROR_BUSY },
    { SQLITE_LOCKED, ACC_ERROR_BUSY },
    { SQLITE_NOMEM, ACC_ERROR_SYSTEM },
    { SQLITE_READONLY, ACC_ERROR_SYSTEM },
    { SQLITE_READONLY_ROLLBACK, ACC_ERROR_SYSTEM },
    { SQLITE_READONLY_DIRECTORY, ACC_ERROR_SYSTEM },
    { SQLITE_INTERRUPT, ACC_ERROR_BUSY },
    { SQLITE_IOERR, ACC_ERROR_SYSTEM },
    { SQLITE_IOERR_FSYNC, ACC_ERROR_SYSTEM },
    { SQLITE_CORRUPT, ACC_ERROR_STORE_DAMAGED },
    { SQLITE_CORRUPT_INDEX, ACC_ERROR_STORE_DAMAGED },
    { SQLITE_FULL, ACC_ERROR_STORE_FULL },
    { SQLITE_CANTOPEN, ACC_ERROR_SYSTEM },
    { SQLITE_PROTOCOL, ACC_ERROR_BUSY },
    { SQLITE_SCHEMA, ACC_ERROR_BUSY },
    { SQLITE_TOOBIG, ACC_ERROR_INPUT },
    { SQLITE_CONSTRAINT, ACC_ERROR_CONFLICT },
    { SQLITE_CONSTRAINT_UNIQUE, ACC_ERROR_CONFLICT },
    { SQLITE_CONSTRAINT_FOREIGNKEY, ACC_ERROR_CONFLICT },
    { SQLITE_MISMATCH, ACC_ERROR_CONFLICT },
    { SQLITE_MISUSE, ACC_ERROR_SYSTEM },
    { SQLITE_NOLFS, ACC_ERROR_SYSTEM },
    { SQLITE_AUTH, ACC_ERROR_SYSTEM },
    { SQLITE_FORMAT, ACC_ERROR_STORE_DAMAGED },
    { SQLITE_RANGE, ACC_ERROR_SYSTEM },
    { SQLITE_NOTADB, ACC_ERROR_STORE_DAMAGED },
    { 12345678, ACC_ERROR_SYSTEM }, /* of a later SQLite */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      acc_sqlite_error_set (&error, NULL, rows[i].result, "/srv/desk.db");
      g_assert_error (error, ACC_ERROR, (int) rows[i].code);
      g_assert_true (g_str_has_prefix (error->message, "/srv/desk.db: "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-files/new-store-is-private-marked-and-sound", test_new_store_is_private_marked_and_sound);
  g_test_add_func ("/store-files/every-connection-has-the-settings", test_every_connection_has_the_settings);
  g_test_add_func ("/store-files/create-leaves-what-is-there", test_create_leaves_what_is_there);
  g_test_add_func ("/store-files/a-name-is-never-a-uri", test_a_name_is_never_a_uri);
  g_test_add_func ("/store-files/a-refused-file-is-left-untouched", test_a_refused_file_is_left_untouched);
  g_test_add_func ("/store-files/a-flipped-header-byte-is-refused-or-harmless",
                   test_a_flipped_header_byte_is_refused_or_harmless);
  g_test_add_func ("/store-files/a-file-or-folder-without-write-permission-is-refused",
                   test_a_file_or_folder_without_write_permission_is_refused);
  g_test_add_func ("/store-files/an-interrupted-change-needs-someone-who-may-write",
                   test_an_interrupted_change_needs_someone_who_may_write);
  g_test_add_func ("/store-files/looking-at-an-interrupted-change-leaves-it-as-it-is",
                   test_looking_at_an_interrupted_change_leaves_it_as_it_is);
  g_test_add_func ("/store-files/a-link-leads-to-the-store-and-to-its-journal",
                   test_a_link_leads_to_the_store_and_to_its_journal);
  g_test_add_func ("/store-files/no-room-leaves-the-old-state", test_no_room_leaves_the_old_state);
  g_test_add_func ("/store-files/check-names-damage-and-broken-references",
                   test_check_names_damage_and_broken_references);
  g_test_add_func ("/store-files/each-result-of-sqlite-has-a-code-and-names-the-file",
                   test_each_result_of_sqlite_has_a_code_and_names_the_file);
  return g_test_run ();
}
