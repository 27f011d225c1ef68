/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker prepares for a client: the note, who gets it, and for how long. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory-file.h"
#include "letter/handover-watch.h"
#include "support.h"

#define FILE_NAME "handover"
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define LIFE (10 * MINUTE)
#define INBOX "/nowhere/inbox.db"
#define NOBODY 65534
#define RACES 200

/* A folder in memory, and what is left there. */
typedef struct {
  char *home; /* below /dev/shm */
  char *path;
  int folder;
} Memory;

static void
memory_set_up (Memory *memory, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  memory->home = g_strdup ("/dev/shm/accolade-test-XXXXXX");
  g_assert_nonnull (g_mkdtemp (memory->home));
  memory->path = g_build_filename (memory->home, "accolade", NULL);
  memory->folder = acc_memory_folder_open (memory->path, &error);
  g_assert_no_error (error);
}

/* As [kiosk] handover names one. */
static void
memory_set_up_shared (Memory *memory, gconstpointer data)
{
  memory_set_up (memory, data);
  g_assert_cmpint (g_chmod (memory->path, 02770), ==, 0);
}

static void
memory_tear_down (Memory *memory, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  close (memory->folder);
  g_free (memory->path);
  test_folder_free (memory->home);
}

static guint
count_files (Memory *memory)
{
  g_autoptr (GDir) folder = g_dir_open (memory->path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
leave (Memory *memory, const char *name)
{
  g_autoptr (AccHandover) handover = acc_handover_new (name, " Fraud Operations", "Ana Held");
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_handover_leave (memory->folder, FILE_NAME, handover, &error));
  g_assert_no_error (error);
}

static AccHandover *
look (Memory *memory)
{
  return acc_handover_look (memory->folder, FILE_NAME, NULL);
}

static void
assert_none (Memory *memory, AccError code)
{
  g_autoptr (GError) looked = NULL, taken = NULL;

  g_assert_null (acc_handover_look (memory->folder, FILE_NAME, &looked));
  g_assert_error (looked, ACC_ERROR, (int) code);
  g_assert_null (acc_handover_take (memory->folder, FILE_NAME, &taken));
  g_assert_error (taken, ACC_ERROR, (int) code);
  g_assert_cmpuint (count_files (memory), ==, 0); /* whoever takes leaves nothing, whatever it was */
}

/* ---- the note ---- */

static void
a_note_is_used_once (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) seen = NULL, taken = NULL;
  struct stat status;

  assert_none (memory, ACC_ERROR_NOT_FOUND);
  leave (memory, "Łucja\n“L” Ó\xE2\x80\xAE’Brien"); /* U+202E */
  g_assert_cmpint (fstatat (memory->folder, FILE_NAME, &status, 0), ==, 0);
  g_assert_cmpuint (status.st_mode, ==, S_IFREG | 0600);
  seen = look (memory);
  g_assert_cmpstr (seen->name, ==, "Łucja “L” Ó’Brien");
  g_assert_cmpstr (seen->department, ==, "Fraud Operations");
  g_assert_cmpstr (seen->banker, ==, "Ana Held");
  taken = acc_handover_take (memory->folder, FILE_NAME, NULL);
  g_assert_true (acc_handover_equal (seen, taken));
  assert_none (memory, ACC_ERROR_NOT_FOUND);
}

static void
one_note_waits_at_a_time (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) second = acc_handover_new ("Second Name", "", "Ana Held");
  g_autoptr (AccHandover) seen = NULL;
  g_autoptr (GError) error = NULL;

  leave (memory, "First Name");
  g_assert_false (acc_handover_leave (memory->folder, FILE_NAME, second, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (count_files (memory), ==, 1);
  seen = look (memory);
  g_assert_cmpstr (seen->name, ==, "First Name");
}

/* … also where two desks look at the same instant, and both see none. */
static void
what_is_there_is_not_replaced (Memory *memory, gconstpointer data)
{
  g_autoptr (GBytes) first = g_bytes_new_static ("first", 5), second = g_bytes_new_static ("second", 6), seen = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_memory_file_create (memory->folder, FILE_NAME, first, NULL));
  g_assert_false (acc_memory_file_create (memory->folder, FILE_NAME, second, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (count_files (memory), ==, 1);
  seen = acc_memory_file_read (memory->folder, FILE_NAME, 100, NULL);
  g_assert_true (g_bytes_equal (seen, first));
}

/* What no letter would take in the end. */
static const struct {
  const char *name, *department, *banker;
} refused[] = {
  { "", "Fraud Operations", "Ana Held" },
  { " \xC2\xA0", "Fraud Operations", "Ana Held" },
  { "Jessica Okafor", "Fraud Operations", "" },
  { "Jessica Okafor", "4111 1111 1111 1111", "Ana Held" },
  { "Jessica Okafor", "Fraud Operations", "GB82 WEST 1234 5698 7654 32" },
  { "\xE2\x80\x8B", "Fraud Operations", "Ana Held" }, /* U+200B: nothing that can be seen */
};

static void
what_no_letter_takes_is_not_left (Memory *memory, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (AccHandover) handover
        = acc_handover_new (refused[i].name, refused[i].department, refused[i].banker);
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_handover_leave (memory->folder, FILE_NAME, handover, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_cmpuint (count_files (memory), ==, 0);
    }
}

/* ---- what is no note ---- */

static GBytes *
good_note (Memory *memory)
{
  GBytes *bytes;

  leave (memory, "Jessica Okafor");
  bytes = acc_memory_file_take (memory->folder, FILE_NAME, 8192, NULL);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
put_bytes (Memory *memory, const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  g_assert_true (acc_memory_file_write (memory->folder, FILE_NAME, bytes, NULL));
}

/* What stands in the good note, and what stands there instead. */
static const struct {
  const char *good, *bad;
  AccError code;
} spoiled[] = {
  { "\"format\":1", "\"format\":2", ACC_ERROR_INPUT },
  { "\"format\":1", "\"format\":1.0", ACC_ERROR_INPUT },
  { "\"format\":1,", "", ACC_ERROR_INPUT },
  { "\"name\":\"Jessica Okafor\"", "\"name\":\"\"", ACC_ERROR_INPUT },
  { "\"name\":\"Jessica Okafor\"", "\"name\":\" Jessica Okafor\"", ACC_ERROR_INPUT },
  { "\"name\":\"Jessica Okafor\"", "\"name\":[\"Jessica Okafor\"]", ACC_ERROR_INPUT },
  { "\"name\":\"Jessica Okafor\"", "\"name\":null", ACC_ERROR_INPUT },
  { "\"name\":\"Jessica Okafor\"", "\"name\":\"x\",\"name\":\"Jessica Okafor\"", ACC_ERROR_INPUT },
  { "Jessica Okafor", "Jessica\\u0000Okafor", ACC_ERROR_INPUT },
  { "Jessica Okafor", "Jessica\xE2\x80\xAEOkafor", ACC_ERROR_INPUT },
  { "Jessica Okafor", "Jessica \xFFOkafor", ACC_ERROR_INPUT },
  { "Jessica Okafor", "4111 1111 1111 1111", ACC_ERROR_INPUT },
  { "\"department\":", "\"client\":\"x\",\"department\":", ACC_ERROR_INPUT },
  { "\"banker\":\"Ana Held\"", "\"banker\":\"\"", ACC_ERROR_INPUT },
  { "\"expires\":", "\"expires\":-", ACC_ERROR_NOT_FOUND },
  { "\"expires\":", "\"expires\":9", ACC_ERROR_NOT_FOUND }, /* years from now */
  { "\"expires\":", "\"expires\":99999999999999999999", ACC_ERROR_INPUT },
  { "\"boot\":\"", "\"boot\":\"0", ACC_ERROR_NOT_FOUND }, /* the machine was started anew */
  { "{\"format\"", " {\"format\"", ACC_ERROR_INPUT },
  { "}", "}\n", ACC_ERROR_INPUT },
  { "{", "[{", ACC_ERROR_INPUT },
};

static void
a_spoiled_note_is_none (Memory *memory, gconstpointer data)
{
  g_autoptr (GBytes) good = good_note (memory);
  g_autofree char *text = g_strndup (g_bytes_get_data (good, NULL), g_bytes_get_size (good));

  for (guint i = 0; i < G_N_ELEMENTS (spoiled); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, spoiled[i].good, 2);
      g_autofree char *bad = g_strjoinv (spoiled[i].bad, parts);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      put_bytes (memory, bad, strlen (bad));
      assert_none (memory, spoiled[i].code);
    }
}

static void
a_note_that_was_cut_anywhere_is_none (Memory *memory, gconstpointer data)
{
  g_autoptr (GBytes) good = good_note (memory);
  const char *text = g_bytes_get_data (good, NULL);

  for (gsize size = 0; size < g_bytes_get_size (good); size++)
    {
      put_bytes (memory, text, size);
      assert_none (memory, ACC_ERROR_INPUT);
    }
}

static void
put_link (Memory *memory)
{
  g_autofree char *elsewhere = g_build_filename (memory->home, "elsewhere", NULL);

  g_assert_cmpint (renameat (memory->folder, FILE_NAME, AT_FDCWD, elsewhere), ==, 0);
  g_assert_cmpint (symlinkat (elsewhere, memory->folder, FILE_NAME), ==, 0);
}

static void
put_second_name (Memory *memory)
{
  g_autofree char *other = g_build_filename (memory->home, "elsewhere", NULL);

  g_unlink (other);
  g_assert_cmpint (linkat (memory->folder, FILE_NAME, AT_FDCWD, other, 0), ==, 0);
}

static void
put_fifo (Memory *memory)
{
  acc_memory_file_erase (memory->folder, FILE_NAME);
  g_assert_cmpint (mkfifoat (memory->folder, FILE_NAME, 0600), ==, 0);
}

static void
put_folder (Memory *memory)
{
  acc_memory_file_erase (memory->folder, FILE_NAME);
  g_assert_cmpint (mkdirat (memory->folder, FILE_NAME, 0700), ==, 0);
}

static void
put_gigabyte (Memory *memory)
{
  int fd = openat (memory->folder, FILE_NAME, O_WRONLY);

  g_assert_cmpint (ftruncate (fd, 1 << 30), ==, 0);
  close (fd);
}

static void
put_what_a_group_may_write (Memory *memory)
{
  g_assert_cmpint (fchmodat (memory->folder, FILE_NAME, 0660, 0), ==, 0);
}

static void
put_what_all_may_write (Memory *memory)
{
  g_assert_cmpint (fchmodat (memory->folder, FILE_NAME, 0602, 0), ==, 0);
}

static void
put_another_users (Memory *memory)
{
  if (geteuid () == 0)
    g_assert_cmpint (fchownat (memory->folder, FILE_NAME, NOBODY, NOBODY, 0), ==, 0);
  else
    put_what_all_may_write (memory); /* only root can give a file away */
}

/* Each of a note that was good: it is none, it is waited for by nobody, and whoever takes or leaves one makes room. */
static void
what_the_desk_did_not_write_is_none (Memory *memory, gconstpointer data)
{
  static void (*const puts[]) (Memory *memory)
    = { put_link,     put_second_name,            put_fifo,              put_folder,
        put_gigabyte, put_what_a_group_may_write, put_what_all_may_write, put_another_users };

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      leave (memory, "Jessica Okafor");
      puts[i] (memory);
      assert_none (memory, ACC_ERROR_INPUT);
      leave (memory, "Jessica Okafor");
      puts[i] (memory);
      leave (memory, "Somebody Else"); /* no conflict */
      acc_memory_file_erase (memory->folder, FILE_NAME);
    }
}

/* ---- its time ---- */

static void
a_note_is_good_for_ten_minutes_since_boot (Memory *memory, gconstpointer data)
{
  static const struct {
    gint64 now, boot; /* later by */
    gboolean good;
  } rows[] = {
    { 0, 0, TRUE },
    { 0, LIFE - 1, TRUE },
    { 365 * 24 * 60 * MINUTE, LIFE - 1, TRUE }, /* the wall clock says nothing */
    { 0, LIFE, FALSE },
    { -MINUTE, LIFE, FALSE },
    { 0, -1, FALSE }, /* a note from later than now */
  };
  const gint64 now = 365 * 24 * 60 * MINUTE, boot = 60 * MINUTE;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccHandover) taken = NULL;

      acc_clock_freeze (now, boot);
      leave (memory, "Jessica Okafor");
      acc_clock_freeze (now + rows[i].now, boot + rows[i].boot);
      taken = acc_handover_take (memory->folder, FILE_NAME, NULL);
      g_assert_cmpint (taken != NULL, ==, rows[i].good);
      g_assert_cmpuint (count_files (memory), ==, 0);
    }
}

static void
a_note_whose_time_is_over_makes_room (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) seen = NULL;

  acc_clock_freeze (0, 0);
  leave (memory, "First Name");
  acc_clock_freeze (0, LIFE);
  leave (memory, "Second Name");
  seen = look (memory);
  g_assert_cmpstr (seen->name, ==, "Second Name");
}

/* ---- who gets it ---- */

/* A kiosk that waits for @start to be closed, and ends with 1 if it had the note, 2 if it had half of it. */
static pid_t
start_kiosk (Memory *memory, const int start[2])
{
  pid_t child = fork ();

  if (child == 0)
    {
      g_autoptr (AccHandover) taken = NULL;
      char byte;

      close (start[1]);
      if (read (start[0], &byte, 1) != 0)
        _exit (3);
      taken = acc_handover_take (memory->folder, FILE_NAME, NULL);
      _exit (taken == NULL ? 0 : strcmp (taken->name, "Jessica Okafor") == 0 ? 1 : 2);
    }
  g_assert_cmpint (child, >, 0);
  return child;
}

static void
of_two_kiosks_at_once_one_has_it (Memory *memory, gconstpointer data)
{
  for (guint i = 0; i < RACES; i++)
    {
      pid_t kiosks[2];
      int start[2], had = 0;

      leave (memory, "Jessica Okafor");
      g_assert_cmpint (pipe (start), ==, 0);
      for (guint k = 0; k < G_N_ELEMENTS (kiosks); k++)
        kiosks[k] = start_kiosk (memory, start);
      close (start[0]);
      close (start[1]);
      for (guint k = 0; k < G_N_ELEMENTS (kiosks); k++)
        {
          int status;

          g_assert_cmpint (waitpid (kiosks[k], &status, 0), ==, kiosks[k]);
          g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) <= 1);
          had += WEXITSTATUS (status);
        }
      g_assert_cmpint (had, ==, 1);
      g_assert_cmpuint (count_files (memory), ==, 0);
    }
}

/* ---- the place ---- */

static AccHandoverWatch *
watch_new (Memory *memory)
{
  return acc_handover_watch_new (memory->path, INBOX);
}

static void
leave_by (AccHandoverWatch *watch, const char *name)
{
  g_autoptr (AccHandover) handover = acc_handover_new (name, "", "Ana Held");
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_handover_watch_leave (watch, handover, &error));
  g_assert_no_error (error);
}

static void
wait_until (AccHandoverWatch *watch, gboolean waits)
{
  while ((acc_handover_watch_get (watch) != NULL) != waits)
    g_main_context_iteration (NULL, TRUE); /* the test's own limit of time ends it */
}

static void
count_change (gpointer data)
{
  ++*(guint *) data;
}

static void
the_kiosk_sees_what_the_desk_does (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = watch_new (memory);
  g_autoptr (AccHandoverWatch) kiosk = watch_new (memory);
  g_autoptr (AccHandoverWatch) other = watch_new (memory);
  g_autoptr (AccHandover) taken = NULL;
  guint changes = 0;

  g_signal_connect_swapped (kiosk, "changed", G_CALLBACK (count_change), &changes);
  leave_by (desk, "First Name");
  wait_until (kiosk, TRUE);
  g_assert_cmpstr (acc_handover_watch_get (kiosk)->name, ==, "First Name");
  acc_handover_watch_erase (desk);
  g_assert_null (acc_handover_watch_get (desk));
  wait_until (kiosk, FALSE);

  leave_by (desk, "Second Name");
  wait_until (kiosk, TRUE);
  wait_until (other, TRUE);
  taken = acc_handover_watch_take (kiosk);
  g_assert_cmpstr (taken->name, ==, "Second Name");
  g_assert_null (acc_handover_watch_get (kiosk));
  g_assert_null (acc_handover_watch_take (kiosk));
  g_assert_null (acc_handover_watch_take (other)); /* which may not have been told yet */
  wait_until (desk, FALSE);
  g_assert_cmpuint (changes, ==, 4);
  g_assert_cmpuint (count_files (memory), ==, 0);
}

/* The client has agreed to what is on the screen, and the kiosk may not have been told yet. */
static void
what_is_taken_is_what_was_seen (Memory *memory, gconstpointer data)
{
  g_autofree char *file = acc_memory_file_name (FILE_NAME, INBOX);
  g_autoptr (AccHandover) second = acc_handover_new ("Second Name", "", "Ana Held");
  g_autoptr (AccHandoverWatch) desk = watch_new (memory);
  g_autoptr (AccHandoverWatch) kiosk = watch_new (memory);

  leave_by (desk, "First Name");
  wait_until (kiosk, TRUE);
  acc_memory_file_erase (memory->folder, file);
  g_assert_true (acc_handover_leave (memory->folder, file, second, NULL));
  g_assert_null (acc_handover_watch_take (kiosk));
  g_assert_null (acc_handover_watch_get (kiosk));
}

static void
whoever_watches_erases_a_note_whose_time_is_over (Memory *memory, gconstpointer data)
{
  g_autofree char *file = acc_memory_file_name (FILE_NAME, INBOX);
  g_autoptr (AccHandover) handover = acc_handover_new ("Jessica Okafor", "", "Ana Held");
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  acc_clock_freeze (0, 0);
  g_assert_true (acc_handover_leave (memory->folder, file, handover, NULL));
  acc_clock_freeze (0, LIFE - 20000);
  kiosk = watch_new (memory);
  g_assert_nonnull (acc_handover_watch_get (kiosk));
  acc_clock_freeze (0, LIFE);
  wait_until (kiosk, FALSE);
  g_assert_cmpuint (count_files (memory), ==, 0);
}

/* Of another branch, or another program's. */
static void
nobody_touches_another_file (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  put_bytes (memory, "{}", 2);
  kiosk = watch_new (memory);
  acc_handover_watch_erase (kiosk);
  g_assert_cmpuint (count_files (memory), ==, 1);
}

/* What somebody puts in the place of the note that waits. */
static void
whoever_watches_erases_what_is_none (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = watch_new (memory);
  g_autoptr (AccHandoverWatch) kiosk = NULL;
  g_autofree char *file = acc_memory_file_name (FILE_NAME, INBOX);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("{}", 2);

  leave_by (desk, "Jessica Okafor");
  g_assert_true (acc_memory_file_write (memory->folder, file, bytes, NULL));
  kiosk = watch_new (memory);
  g_assert_null (acc_handover_watch_get (kiosk));
  g_assert_cmpuint (count_files (memory), ==, 0);
  wait_until (desk, FALSE);
}

static void
a_note_does_not_outlive_the_desk_that_left_it (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = watch_new (memory);
  g_autoptr (AccHandoverWatch) kiosk = watch_new (memory);

  leave_by (desk, "Jessica Okafor");
  wait_until (kiosk, TRUE);
  g_clear_object (&kiosk);
  g_assert_cmpuint (count_files (memory), ==, 1);
  g_clear_object (&desk);
  g_assert_cmpuint (count_files (memory), ==, 0);
}

static void
each_branch_has_notes_of_its_own (Memory *memory, gconstpointer data)
{
  g_autofree char *inbox = g_build_filename (memory->home, "inbox.db", NULL);
  g_autofree char *link = g_build_filename (memory->home, "link.db", NULL);
  g_autoptr (AccHandoverWatch) desk = NULL, same = NULL, other = NULL;

  g_assert_true (g_file_set_contents (inbox, "", 0, NULL));
  g_assert_cmpint (symlink (inbox, link), ==, 0);
  desk = acc_handover_watch_new (memory->path, inbox);
  leave_by (desk, "Jessica Okafor");
  same = acc_handover_watch_new (memory->path, link);
  other = watch_new (memory);
  g_assert_nonnull (acc_handover_watch_get (same));
  g_assert_null (acc_handover_watch_get (other));
}

static void
what_is_left_in_a_shared_folder_its_group_may_read (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = NULL;
  struct stat status;
  g_autoptr (GDir) folder = NULL;
  g_autofree char *file = NULL;

  desk = watch_new (memory);
  leave_by (desk, "Jessica Okafor");
  folder = g_dir_open (memory->path, 0, NULL);
  file = g_build_filename (memory->path, g_dir_read_name (folder), NULL);
  g_assert_cmpint (g_lstat (file, &status), ==, 0);
  g_assert_cmpuint (status.st_mode, ==, S_IFREG | 0640);
}

/* Another account, of the folder's group: it reads what the desk has left, cannot change it, and makes it go. What it
 * leaves itself is believed by nobody. */
static void
be_kiosk (Memory *memory)
{
  g_autoptr (AccHandoverWatch) kiosk = NULL;
  g_autoptr (AccHandover) taken = NULL;
  g_autofree char *name = acc_memory_file_name (FILE_NAME, INBOX);
  g_autofree char *file = g_build_filename (memory->path, name, NULL);

  g_assert_cmpint (setgid (NOBODY), ==, 0);
  g_assert_cmpint (setuid (NOBODY), ==, 0);
  g_assert_cmpint (g_open (file, O_WRONLY | O_CLOEXEC, 0), ==, -1);
  kiosk = watch_new (memory);
  taken = acc_handover_watch_take (kiosk);
  g_assert_cmpstr (taken->name, ==, "Jessica Okafor");
  g_assert_false (acc_handover_watch_leave (kiosk, taken, NULL));
  g_assert_true (acc_handover_leave (memory->folder, FILE_NAME, taken, NULL));
}

static void
two_accounts_hand_over (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = NULL;
  int status;
  pid_t child;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can become another user");
      return;
    }
  g_assert_cmpint (g_chmod (memory->home, 0755), ==, 0);
  g_assert_cmpint (chown (memory->path, 0, NOBODY), ==, 0);
  desk = watch_new (memory);
  leave_by (desk, "Jessica Okafor");
  child = fork ();
  if (child == 0)
    {
      be_kiosk (memory);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  wait_until (desk, FALSE);
  assert_none (memory, ACC_ERROR_INPUT);
}

static void
assert_no_place (const char *folder, const char *inbox)
{
  g_autoptr (AccHandoverWatch) watch = acc_handover_watch_new (folder, inbox);
  g_autoptr (AccHandover) handover = acc_handover_new ("Jessica Okafor", "", "Ana Held");
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_handover_watch_get (watch));
  g_assert_null (acc_handover_watch_take (watch));
  acc_handover_watch_erase (watch);
  g_assert_false (acc_handover_watch_leave (watch, handover, &error));
  g_assert_nonnull (error);
}

static void
a_place_that_is_not_fit_is_refused (Memory *memory, gconstpointer data)
{
  /* others than one group, or not all of that group; without the group's mark the files are not its own */
  static const mode_t modes[] = { 02771, 02774, 02772, 02750, 02760, 02730, 02700, 0770, 0700 };
  g_autofree char *unfit = g_build_filename (memory->home, "unfit", NULL);
  g_autofree char *linked = g_build_filename (memory->home, "linked", NULL);
  g_autofree char *nowhere = g_build_filename (memory->home, "nowhere", NULL);
  g_autofree char *inbox = g_build_filename (memory->home, "inbox.db", NULL);
  g_autofree char *on_disk = g_strdup ("/var/tmp/accolade-test-XXXXXX");

  g_assert_nonnull (g_mkdtemp (on_disk));
  g_assert_cmpint (g_mkdir (unfit, 0700), ==, 0);
  g_assert_cmpint (symlink (memory->path, linked), ==, 0);
  g_assert_true (g_file_set_contents (inbox, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_assert_cmpint (g_chmod (unfit, modes[i]), ==, 0);
      assert_no_place (unfit, inbox);
    }
  assert_no_place (linked, inbox);
  assert_no_place (nowhere, inbox);
  assert_no_place (on_disk, inbox);
  g_unsetenv ("XDG_RUNTIME_DIR");
  assert_no_place ("", inbox); /* no session */
  g_setenv ("XDG_RUNTIME_DIR", memory->home, TRUE);
  if (geteuid () == 0)
    {
      g_assert_cmpint (chown (inbox, NOBODY, NOBODY), ==, 0);
      assert_no_place ("", inbox); /* the kiosk is another user, whose session is another */
      g_assert_cmpint (chown (memory->path, NOBODY, NOBODY), ==, 0);
      assert_no_place (memory->path, inbox); /* the kiosk would not believe the desk */
    }
  g_unsetenv ("XDG_RUNTIME_DIR");
  g_assert_cmpint (g_rmdir (on_disk), ==, 0);
}

#define ADD(path, test) g_test_add (path, Memory, NULL, memory_set_up, test, memory_tear_down)
#define ADD_SHARED(path, test) g_test_add (path, Memory, NULL, memory_set_up_shared, test, memory_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* before any thread is started: it forks */
  ADD ("/handover/of-two-kiosks-one-has-it", of_two_kiosks_at_once_one_has_it);
  ADD ("/handover/used-once", a_note_is_used_once);
  ADD ("/handover/one-at-a-time", one_note_waits_at_a_time);
  ADD ("/handover/not-replaced", what_is_there_is_not_replaced);
  ADD ("/handover/what-no-letter-takes", what_no_letter_takes_is_not_left);
  ADD ("/handover/spoiled", a_spoiled_note_is_none);
  ADD ("/handover/cut-anywhere", a_note_that_was_cut_anywhere_is_none);
  ADD ("/handover/not-the-desks", what_the_desk_did_not_write_is_none);
  ADD ("/handover/ten-minutes", a_note_is_good_for_ten_minutes_since_boot);
  ADD ("/handover/makes-room", a_note_whose_time_is_over_makes_room);
  ADD_SHARED ("/handover-watch/seen", the_kiosk_sees_what_the_desk_does);
  ADD_SHARED ("/handover-watch/taken-as-seen", what_is_taken_is_what_was_seen);
  ADD_SHARED ("/handover-watch/time-is-over", whoever_watches_erases_a_note_whose_time_is_over);
  ADD_SHARED ("/handover-watch/another-file", nobody_touches_another_file);
  ADD_SHARED ("/handover-watch/none", whoever_watches_erases_what_is_none);
  ADD_SHARED ("/handover-watch/desk-ends", a_note_does_not_outlive_the_desk_that_left_it);
  ADD_SHARED ("/handover-watch/branches", each_branch_has_notes_of_its_own);
  ADD_SHARED ("/handover-watch/shared-folder", what_is_left_in_a_shared_folder_its_group_may_read);
  ADD_SHARED ("/handover-watch/two-accounts", two_accounts_hand_over);
  ADD_SHARED ("/handover-watch/no-place", a_place_that_is_not_fit_is_refused);
  return g_test_run ();
}
