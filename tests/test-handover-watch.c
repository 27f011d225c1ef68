/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where desk and kiosk hand a prepared letter over: what each sees of what the other does. */
#include "letter/handover-watch.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory-file.h"
#include "memory-support.h"

#define LIFE (ACC_HANDOVER_MINUTES * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define INBOX "/nowhere/inbox.db"
#define NOBODY 65534

/* The note's file, as any watch of INBOX names it. */
static char *
file_name (void)
{
  return acc_memory_file_name ("handover", INBOX);
}

static AccHandoverWatch *
watch_new (Memory *memory)
{
  return acc_handover_watch_new (memory->path, INBOX);
}

static void
leave_by (AccHandoverWatch *watch, const char *name)
{
  g_autoptr (AccHandover) handover = acc_handover_new (name, "");
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
  acc_handover_watch_take_back (desk);
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
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
}

/* While the main loop does not run, nobody is told: what each side sees is no longer so. */
typedef struct {
  AccHandoverWatch *first_desk, *second_desk, *kiosk;
} Overtaken;

/* The first desk's note is taken by another kiosk, and the second desk leaves one. */
static void
overtake (Overtaken *overtaken, Memory *memory)
{
  g_autoptr (AccHandoverWatch) faster = NULL;
  g_autoptr (AccHandover) taken = NULL;

  overtaken->first_desk = watch_new (memory);
  overtaken->kiosk = watch_new (memory);
  leave_by (overtaken->first_desk, "First Name");
  wait_until (overtaken->kiosk, TRUE);
  faster = watch_new (memory);
  taken = acc_handover_watch_take (faster);
  g_assert_nonnull (taken);
  overtaken->second_desk = watch_new (memory);
  leave_by (overtaken->second_desk, "Second Name");
}

static void
overtaken_clear (Overtaken *overtaken)
{
  g_clear_object (&overtaken->first_desk);
  g_clear_object (&overtaken->kiosk);
  g_clear_object (&overtaken->second_desk);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Overtaken, overtaken_clear)

static void
take_by_kiosk (Overtaken *overtaken)
{
  g_assert_null (acc_handover_watch_take (overtaken->kiosk)); /* the client has agreed to what was on the screen */
}

static void
begin_without (Overtaken *overtaken)
{
  acc_handover_watch_erase (overtaken->kiosk);
}

static void
take_back (Overtaken *overtaken)
{
  acc_handover_watch_take_back (overtaken->first_desk);
}

static void
end_desk (Overtaken *overtaken)
{
  g_clear_object (&overtaken->first_desk);
}

static void
who_was_overtaken_does_not_touch_the_next_note (Memory *memory, gconstpointer data)
{
  static void (*const acts[]) (Overtaken *overtaken) = { take_by_kiosk, begin_without, take_back, end_desk };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_auto (Overtaken) overtaken = { 0 };
      g_autoptr (AccHandoverWatch) next = NULL;

      overtake (&overtaken, memory);
      acts[i](&overtaken);
      next = watch_new (memory);
      g_assert_nonnull (acc_handover_watch_get (next));
      g_assert_cmpstr (acc_handover_watch_get (next)->name, ==, "Second Name");
    }
}

static void
whoever_watches_erases_a_note_whose_time_is_over (Memory *memory, gconstpointer data)
{
  g_autofree char *file = file_name ();
  g_autoptr (AccHandover) handover = acc_handover_new ("Jessica Okafor", "");
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  acc_clock_freeze (0, 0);
  g_assert_true (acc_handover_leave (memory->folder, file, handover, NULL));
  acc_clock_freeze (0, LIFE - 20000);
  kiosk = watch_new (memory);
  g_assert_nonnull (acc_handover_watch_get (kiosk));
  acc_clock_freeze (0, LIFE);
  wait_until (kiosk, FALSE);
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
}

/* Of another branch, or another program's. */
static void
nobody_touches_another_file (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) kiosk = NULL;

  memory_put_text (memory, "handover", "{}", -1);
  kiosk = watch_new (memory);
  acc_handover_watch_erase (kiosk);
  g_assert_cmpuint (memory_count_files (memory), ==, 1);
}

/* What somebody puts in the place of the note that waits. */
static void
whoever_watches_erases_what_is_none (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = watch_new (memory);
  g_autoptr (AccHandoverWatch) kiosk = NULL;
  g_autofree char *file = file_name ();

  leave_by (desk, "Jessica Okafor");
  memory_put_text (memory, file, "{}", -1);
  kiosk = watch_new (memory);
  g_assert_null (acc_handover_watch_get (kiosk));
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
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
  g_clear_object (&desk);
  kiosk = watch_new (memory);
  g_assert_null (acc_handover_watch_get (kiosk));
}

/* ---- several desks ---- */

typedef struct {
  AccHandoverWatch *desk, *kiosk;
} Pair;

static void
client_begins (Pair *pair)
{
  acc_handover_free (acc_handover_watch_take (pair->kiosk));
}

static void
client_begins_without (Pair *pair)
{
  acc_handover_watch_erase (pair->kiosk);
}

static void
desk_takes_back (Pair *pair)
{
  acc_handover_watch_take_back (pair->desk);
}

static void
desk_ends (Pair *pair)
{
  g_clear_object (&pair->desk);
}

static void
time_goes_by (Pair *pair)
{
  acc_clock_freeze (0, LIFE);
}

static void
another_desk_knows_how_a_note_has_ended (Memory *memory, gconstpointer data)
{
  static const struct {
    void (*ends) (Pair *pair);
    AccHandoverEnd end;
  } rows[] = {
    { client_begins, ACC_HANDOVER_BEGUN },        { client_begins_without, ACC_HANDOVER_BEGUN },
    { desk_takes_back, ACC_HANDOVER_TAKEN_BACK }, { desk_ends, ACC_HANDOVER_TAKEN_BACK },
    { time_goes_by, ACC_HANDOVER_OVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Pair pair = { watch_new (memory), NULL };
      g_autoptr (AccHandoverWatch) other = NULL;

      acc_clock_freeze (0, 0);
      leave_by (pair.desk, "Jessica Okafor");
      pair.kiosk = watch_new (memory);
      other = watch_new (memory);
      g_assert_nonnull (acc_handover_watch_get (other));
      rows[i].ends (&pair);
      wait_until (other, FALSE);
      g_assert_cmpint (acc_handover_watch_get_end (other), ==, (int) rows[i].end);
      g_clear_object (&pair.desk);
      g_clear_object (&pair.kiosk);
    }
}

static gboolean
is_empty (Memory *memory)
{
  return memory_count_files (memory) == 0;
}

static void
whoever_watches_erases_a_mark_whose_time_is_over (Memory *memory, gconstpointer data)
{
  g_autoptr (AccHandoverWatch) desk = watch_new (memory);

  acc_clock_freeze (0, 0);
  leave_by (desk, "Jessica Okafor");
  acc_handover_watch_take_back (desk);
  g_assert_false (is_empty (memory));
  acc_clock_freeze (0, LIFE);
  while (!is_empty (memory))
    g_main_context_iteration (NULL, TRUE);
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
  g_autofree char *file = file_name ();
  struct stat status;

  desk = watch_new (memory);
  leave_by (desk, "Jessica Okafor");
  g_assert_cmpint (fstatat (memory->folder, file, &status, AT_SYMLINK_NOFOLLOW), ==, 0);
  g_assert_cmpuint (status.st_mode, ==, S_IFREG | 0640);
}

/* Another account, of the folder's group: it reads what the desk has left, cannot change it, and makes it go. What it
 * leaves itself is believed by nobody. */
static void
be_kiosk (Memory *memory)
{
  g_autoptr (AccHandoverWatch) kiosk = NULL;
  g_autoptr (AccHandover) taken = NULL;
  g_autofree char *name = file_name ();
  g_autofree char *file = g_build_filename (memory->path, name, NULL);

  g_assert_cmpint (setgid (NOBODY), ==, 0);
  g_assert_cmpint (setuid (NOBODY), ==, 0);
  g_assert_cmpint (g_open (file, O_WRONLY | O_CLOEXEC, 0), ==, -1);
  kiosk = watch_new (memory);
  taken = acc_handover_watch_take (kiosk);
  g_assert_cmpstr (taken->name, ==, "Jessica Okafor");
  g_assert_false (acc_handover_watch_leave (kiosk, taken, NULL));
  g_assert_true (acc_handover_leave (memory->folder, name, taken, NULL));
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
  g_assert_cmpuint (memory_count_files (memory), ==, 0);
}

static void
assert_no_place (const char *folder, const char *inbox)
{
  g_autoptr (AccHandoverWatch) watch = acc_handover_watch_new (folder, inbox);
  g_autoptr (AccHandover) handover = acc_handover_new ("Jessica Okafor", "");
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
  g_autofree char *unfit = g_build_filename (memory->home, "unfit", NULL);
  g_autofree char *inbox = g_build_filename (memory->home, "inbox.db", NULL);

  g_assert_cmpint (g_mkdir (unfit, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inbox, "", 0, NULL));
  assert_no_place (unfit, inbox);
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
}

static void
thaw_and_tear_down (Memory *memory, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  memory_tear_down (memory, data);
}

#define ADD(path, test) g_test_add (path, Memory, NULL, memory_set_up_shared, test, thaw_and_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/handover-watch/seen", the_kiosk_sees_what_the_desk_does);
  ADD ("/handover-watch/overtaken", who_was_overtaken_does_not_touch_the_next_note);
  ADD ("/handover-watch/time-is-over", whoever_watches_erases_a_note_whose_time_is_over);
  ADD ("/handover-watch/another-file", nobody_touches_another_file);
  ADD ("/handover-watch/none", whoever_watches_erases_what_is_none);
  ADD ("/handover-watch/desk-ends", a_note_does_not_outlive_the_desk_that_left_it);
  ADD ("/handover-watch/another-desk", another_desk_knows_how_a_note_has_ended);
  ADD ("/handover-watch/mark-is-over", whoever_watches_erases_a_mark_whose_time_is_over);
  ADD ("/handover-watch/branches", each_branch_has_notes_of_its_own);
  ADD ("/handover-watch/shared-folder", what_is_left_in_a_shared_folder_its_group_may_read);
  ADD ("/handover-watch/two-accounts", two_accounts_hand_over);
  ADD ("/handover-watch/no-place", a_place_that_is_not_fit_is_refused);
  return g_test_run ();
}
