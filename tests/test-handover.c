/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker prepares for a client: the note, for how long it is good, and who gets it. */
#include "letter/handover.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory-file.h"
#include "memory-support.h"

#define FILE_NAME "handover"
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define LIFE (10 * MINUTE)

static void
thaw_and_tear_down (Memory *memory, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  memory_tear_down (memory, data);
}

static AccHandover *
leave (Memory *memory, const char *name)
{
  g_autoptr (AccHandover) handover = acc_handover_new (name, " Fraud Operations");
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_handover_leave (memory->folder, FILE_NAME, handover, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&handover);
}

static AccHandover *
look (Memory *memory)
{
  gint64 taken_back;

  return acc_handover_look (memory->folder, FILE_NAME, &taken_back, NULL);
}

static gboolean
take (Memory *memory, const AccHandover *handover)
{
  return acc_handover_take (memory->folder, FILE_NAME, handover, NULL);
}

static void
assert_none (Memory *memory, AccError code)
{
  g_autoptr (GError) error = NULL;
  gint64 taken_back;

  g_assert_null (acc_handover_look (memory->folder, FILE_NAME, &taken_back, &error));
  g_assert_error (error, ACC_ERROR, (int) code);
  g_assert_cmpint (taken_back, ==, 0);
  g_assert_cmpuint (memory_count_files (memory), ==, 0); /* whoever looks leaves nothing else there, whatever it was */
}

/* ---- the note ---- */

static void
a_note_is_used_once (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) left = NULL, seen = NULL;
  struct stat status;

  assert_none (memory, ACC_ERROR_NOT_FOUND);
  left = leave (memory, "Łucja\n“L” Ó\xE2\x80\xAE’Brien"); /* U+202E */
  g_assert_cmpint (fstatat (memory->folder, FILE_NAME, &status, 0), ==, 0);
  g_assert_cmpuint (status.st_mode, ==, S_IFREG | 0600);
  seen = look (memory);
  g_assert_true (acc_handover_equal (seen, left));
  g_assert_cmpstr (seen->name, ==, "Łucja “L” Ó’Brien");
  g_assert_cmpstr (seen->department, ==, "Fraud Operations");
  g_assert_true (take (memory, seen));
  g_assert_false (take (memory, seen));
  assert_none (memory, ACC_ERROR_NOT_FOUND);
}

static void
one_note_waits_at_a_time (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) first = leave (memory, "First Name");
  g_autoptr (AccHandover) second = acc_handover_new ("Second Name", ""), seen = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (acc_handover_leave (memory->folder, FILE_NAME, second, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_cmpuint (memory_count_files (memory), ==, 1);
  seen = look (memory);
  g_assert_true (acc_handover_equal (seen, first));
}

/* Whoever gives one up gives up that one, and not what has come in its place. */
static void
another_note_is_not_taken_for_it (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) first = leave (memory, "First Name");
  g_autoptr (AccHandover) second = NULL, seen = NULL;

  g_assert_true (take (memory, first));
  second = leave (memory, "First Name");
  g_assert_false (take (memory, first));
  seen = look (memory);
  g_assert_true (acc_handover_equal (seen, second));
}

/* ---- taken back ---- */

static gint64
look_for_mark (Memory *memory)
{
  g_autoptr (GError) error = NULL;
  gint64 taken_back;

  g_assert_null (acc_handover_look (memory->folder, FILE_NAME, &taken_back, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  return taken_back;
}

static char *
read_text (Memory *memory)
{
  g_autoptr (GBytes) bytes = acc_memory_file_read (memory->folder, FILE_NAME, 8192, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* That it was taken back is all that is left of it, until it would have ended. */
static void
a_mark_names_nobody_and_ends_with_the_notes_time (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) left = NULL;
  g_autofree char *text = NULL;

  acc_clock_freeze (0, 0);
  left = leave (memory, "Jessica Okafor");
  g_assert_true (acc_handover_take_back (memory->folder, FILE_NAME, left, NULL));
  g_assert_false (acc_handover_take_back (memory->folder, FILE_NAME, left, NULL));
  g_assert_false (take (memory, left));
  text = read_text (memory);
  g_assert_null (strstr (text, "Jessica"));
  g_assert_null (strstr (text, "Fraud"));
  acc_clock_freeze (0, LIFE - 1);
  g_assert_cmpint (look_for_mark (memory), ==, left->expires);
  acc_clock_freeze (0, LIFE);
  assert_none (memory, ACC_ERROR_NOT_FOUND);
}

static void
a_mark_makes_room (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) first = leave (memory, "First Name"), second = NULL, seen = NULL;

  g_assert_true (acc_handover_take_back (memory->folder, FILE_NAME, first, NULL));
  second = leave (memory, "Second Name");
  seen = look (memory);
  g_assert_true (acc_handover_equal (seen, second));
  g_assert_false (acc_handover_take_back (memory->folder, FILE_NAME, first, NULL)); /* the next one stays */
  g_assert_true (take (memory, second));
}

/* As with a note. */
static void
a_spoiled_mark_is_none (Memory *memory, gconstpointer data)
{
  static const struct {
    const char *good, *bad;
    AccError code;
  } rows[] = {
    { "\"format\":1", "\"format\":2", ACC_ERROR_INPUT },
    { "\"taken_back\":", "\"name\":\"x\",\"taken_back\":", ACC_ERROR_INPUT },
    { "\"taken_back\":", "\"taken_back\":9", ACC_ERROR_NOT_FOUND },
    { "\"taken_back\":", "\"taken_back\":-", ACC_ERROR_NOT_FOUND },
    { "\"taken_back\":", "\"taken_back\":0.", ACC_ERROR_INPUT },
    { "\"boot\":\"", "\"boot\":\"0", ACC_ERROR_NOT_FOUND },
    { "}", "}\n", ACC_ERROR_INPUT },
  };
  g_autoptr (AccHandover) left = leave (memory, "Jessica Okafor");
  g_autofree char *text = NULL;

  g_assert_true (acc_handover_take_back (memory->folder, FILE_NAME, left, NULL));
  text = read_text (memory);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, rows[i].good, 2);
      g_autofree char *bad = g_strjoinv (rows[i].bad, parts);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      memory_put_text (memory, FILE_NAME, bad, -1);
      assert_none (memory, rows[i].code);
    }
}

/* What no letter would take in the end. */
static const struct {
  const char *name, *department;
} refused[] = {
  { "", "Fraud Operations" },
  { " \xC2\xA0", "Fraud Operations" },
  { "\xE2\x80\x8B", "Fraud Operations" }, /* U+200B: nothing that can be seen */
  { "GB82 WEST 1234 5698 7654 32", "Fraud Operations" },
  { "Jessica Okafor", "4111 1111 1111 1111" },
};

static void
what_no_letter_takes_is_not_left (Memory *memory, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (AccHandover) handover = acc_handover_new (refused[i].name, refused[i].department);
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_handover_leave (memory->folder, FILE_NAME, handover, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_cmpuint (memory_count_files (memory), ==, 0);
    }
}

/* ---- what is no note ---- */

static char *
good_note (Memory *memory)
{
  g_autoptr (AccHandover) left = leave (memory, "Jessica Okafor");
  g_autoptr (GBytes) bytes = acc_memory_file_take (memory->folder, FILE_NAME, 8192, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
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
  g_autofree char *text = good_note (memory);

  for (guint i = 0; i < G_N_ELEMENTS (spoiled); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, spoiled[i].good, 2);
      g_autofree char *bad = g_strjoinv (spoiled[i].bad, parts);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      memory_put_text (memory, FILE_NAME, bad, -1);
      assert_none (memory, spoiled[i].code);
    }
}

static void
a_note_that_was_cut_anywhere_is_none (Memory *memory, gconstpointer data)
{
  g_autofree char *text = good_note (memory);

  for (gsize size = 0; size < strlen (text); size++)
    {
      memory_put_text (memory, FILE_NAME, text, (gssize) size);
      assert_none (memory, ACC_ERROR_INPUT);
    }
}

/* Each of a note that was good: it is none, it is waited for by nobody, and whoever looks or leaves one makes room. */
static void
what_the_desk_did_not_write_is_none (Memory *memory, gconstpointer data)
{
  for (guint i = 0; memory_spoilers[i] != NULL; i++)
    {
      g_autoptr (AccHandover) first = leave (memory, "Jessica Okafor");
      g_autoptr (AccHandover) second = NULL, third = NULL;

      memory_spoilers[i](memory, FILE_NAME);
      g_assert_false (take (memory, first));
      second = leave (memory, "Jessica Okafor");
      memory_spoilers[i](memory, FILE_NAME);
      assert_none (memory, ACC_ERROR_INPUT);
      second = (acc_handover_free (second), leave (memory, "Jessica Okafor"));
      memory_spoilers[i](memory, FILE_NAME);
      third = leave (memory, "Somebody Else"); /* no conflict */
      g_assert_true (take (memory, third));
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
      g_autoptr (AccHandover) left = NULL, seen = NULL;

      acc_clock_freeze (now, boot);
      left = leave (memory, "Jessica Okafor");
      acc_clock_freeze (now + rows[i].now, boot + rows[i].boot);
      seen = look (memory);
      g_assert_cmpint (seen != NULL, ==, rows[i].good);
      g_assert_cmpint (take (memory, left), ==, rows[i].good);
      g_assert_cmpuint (memory_count_files (memory), ==, 0);
    }
}

static void
a_note_whose_time_is_over_makes_room (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) first = NULL, second = NULL, seen = NULL;

  acc_clock_freeze (0, 0);
  first = leave (memory, "First Name");
  acc_clock_freeze (0, LIFE);
  second = leave (memory, "Second Name");
  seen = look (memory);
  g_assert_true (acc_handover_equal (seen, second));
}

/* ---- who gets it ---- */

#define DESKS 2
#define KIOSKS 2
#define NOTES 150 /* of each desk */
#define TAKEN_BACK 5 /* one of so many */

/* What processes that race count together. */
typedef struct {
  gint is_over;
  gint left[DESKS * NOTES], taken[DESKS * NOTES];
} Tally;

static void
count_taken (Tally *tally, const AccHandover *handover)
{
  g_atomic_int_inc (&tally->taken[g_ascii_strtoull (handover->name + strlen ("Colleague "), NULL, 10)]);
}

/* Leaves notes of its own, and takes some of them back. */
static void
be_desk (Memory *memory, Tally *tally, guint desk)
{
  for (guint i = desk * NOTES; i < (desk + 1) * NOTES; i++)
    {
      g_autofree char *name = g_strdup_printf ("Colleague %u", i);
      g_autoptr (AccHandover) handover = acc_handover_new (name, "");
      g_autoptr (GError) error = NULL;

      while (!acc_handover_leave (memory->folder, FILE_NAME, handover, &error))
        {
          g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
          g_clear_error (&error);
          g_thread_yield ();
        }
      g_atomic_int_inc (&tally->left[i]);
      if (i % TAKEN_BACK == 0 && take (memory, handover))
        count_taken (tally, handover);
    }
}

/* Takes whatever waits, until the desks have gone and nothing does. */
static void
be_kiosk (Memory *memory, Tally *tally, guint kiosk)
{
  for (;;)
    {
      gboolean is_over = g_atomic_int_get (&tally->is_over);
      g_autoptr (AccHandover) seen = look (memory);

      if (seen != NULL && take (memory, seen))
        count_taken (tally, seen);
      else if (seen == NULL && is_over)
        return;
      g_thread_yield ();
    }
}

/* Puts what is no note in every gap. */
static void
be_stranger (Memory *memory, Tally *tally, guint stranger)
{
  while (!g_atomic_int_get (&tally->is_over))
    {
      mkfifoat (memory->folder, FILE_NAME, 0600);
      g_thread_yield ();
    }
}

static pid_t
start (void (*be) (Memory *memory, Tally *tally, guint i), Memory *memory, Tally *tally, guint i)
{
  pid_t child = fork ();

  if (child == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL); /* a test that fails leaves nobody behind */
      be (memory, tally, i);
      _exit (0);
    }
  g_assert_cmpint (child, >, 0);
  return child;
}

static void
await (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

/* Two desks, two kiosks and somebody else, all at once: whatever a desk was told it has left is taken once, by a kiosk or
 * by itself. */
static void
each_note_that_was_left_is_taken_once (Memory *memory, gconstpointer data)
{
  Tally *tally = mmap (NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t desks[DESKS], kiosks[KIOSKS], stranger = start (be_stranger, memory, tally, 0);
  guint lost = 0, doubled = 0;

  for (guint i = 0; i < DESKS; i++)
    desks[i] = start (be_desk, memory, tally, i);
  for (guint i = 0; i < KIOSKS; i++)
    kiosks[i] = start (be_kiosk, memory, tally, i);
  for (guint i = 0; i < DESKS; i++)
    await (desks[i]);
  g_atomic_int_set (&tally->is_over, TRUE);
  await (stranger);
  for (guint i = 0; i < KIOSKS; i++)
    await (kiosks[i]);
  for (guint i = 0; i < DESKS * NOTES; i++)
    {
      g_assert_cmpint (tally->left[i], ==, 1);
      lost += tally->taken[i] == 0;
      doubled += tally->taken[i] > 1;
    }
  g_test_message ("of %u notes %u were lost, %u taken twice", DESKS * NOTES, lost, doubled);
  g_assert_cmpuint (lost, ==, 0);
  g_assert_cmpuint (doubled, ==, 0);
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
  munmap (tally, sizeof *tally);
}

/* Another account of the folder's group, which never lets go: the desk says so, and is not held up by looking. */
static void
who_holds_the_folder_stops_nobody_else_for_long (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandover) left = leave (memory, "First Name");
  g_autoptr (AccHandover) second = acc_handover_new ("Second Name", ""), seen = NULL;
  g_autoptr (GError) error = NULL;
  int lock = acc_memory_folder_lock (memory->folder, 0, NULL);

  g_assert_cmpint (lock, >=, 0);
  seen = look (memory);
  g_assert_true (acc_handover_equal (seen, left));
  g_assert_false (acc_handover_leave (memory->folder, FILE_NAME, second, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (acc_handover_take (memory->folder, FILE_NAME, left, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
  memory_put_text (memory, FILE_NAME, "{}", -1);
  g_assert_null (look (memory)); /* … and what is no note is erased by whoever can */
  g_assert_cmpuint (memory_count_files (memory), ==, 1);
  close (lock);
  assert_none (memory, ACC_ERROR_INPUT);
}

#define ADD(path, test) g_test_add (path, Memory, NULL, memory_set_up, test, thaw_and_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/handover/used-once", a_note_is_used_once);
  ADD ("/handover/one-at-a-time", one_note_waits_at_a_time);
  ADD ("/handover/not-another", another_note_is_not_taken_for_it);
  ADD ("/handover/mark", a_mark_names_nobody_and_ends_with_the_notes_time);
  ADD ("/handover/mark-makes-room", a_mark_makes_room);
  ADD ("/handover/spoiled-mark", a_spoiled_mark_is_none);
  ADD ("/handover/what-no-letter-takes", what_no_letter_takes_is_not_left);
  ADD ("/handover/spoiled", a_spoiled_note_is_none);
  ADD ("/handover/cut-anywhere", a_note_that_was_cut_anywhere_is_none);
  ADD ("/handover/not-the-desks", what_the_desk_did_not_write_is_none);
  ADD ("/handover/ten-minutes", a_note_is_good_for_ten_minutes_since_boot);
  ADD ("/handover/makes-room", a_note_whose_time_is_over_makes_room);
  ADD ("/handover/taken-once", each_note_that_was_left_is_taken_once);
  ADD ("/handover/holds-the-folder", who_holds_the_folder_stops_nobody_else_for_long);
  return g_test_run ();
}
