/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk on a disk that can keep no more letters. Real file systems, so only where mounting is allowed. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/worker.h"
#include "inbox/inbox.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/self-check.h"
#include "staff-support.h"
#include "support.h"
#include "window-support.h"

#define LEFT (2 * 1024 * 1024) /* too little for another letter, enough for the one that is being written */

static char *
filler_path (const char *folder)
{
  return g_build_filename (folder, "filler", NULL);
}

static void
fill_bytes (const char *folder)
{
  g_autofree char *path = filler_path (folder);
  int descriptor = open (path, O_WRONLY | O_CREAT, 0600);

  g_assert_cmpint (descriptor, >=, 0);
  g_assert_cmpint (posix_fallocate (descriptor, 0, 32 * 1024 * 1024 - LEFT), ==, 0);
  close (descriptor);
}

static void
free_bytes (const char *folder)
{
  g_autofree char *path = filler_path (folder);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
make_read_only (const char *folder)
{
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
}

static void
make_writable (const char *folder)
{
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT, NULL), ==, 0);
}

static void
take_names (const char *folder)
{
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT, "nr_inodes=12"), ==, 0);
}

static void
give_names (const char *folder)
{
  g_assert_cmpint (mount (NULL, folder, NULL, MS_REMOUNT, "nr_inodes=1000"), ==, 0);
}

/* What ails the disk, how it is mended, the word that staff are told by, and their page’s row for it, if that can be
 * opened. */
static const struct {
  void (*spoil) (const char *folder), (*mend) (const char *folder);
  const char *word, *what;
  gboolean before_opening; /* Linux makes nothing read-only in which a file is open for writing */
} ailments[] = {
  { fill_bytes, free_bytes, "Make room", "Room on the disk", FALSE },
  { take_names, give_names, "Make room", "Room on the disk", FALSE },
  { make_read_only, make_writable, "read-only", NULL, TRUE },
};

/* A branch on a small disk of its own; FALSE where that is not allowed. */
static gboolean
make_small_branch (Kiosk *kiosk)
{
  *kiosk = (Kiosk){ .store_dir = test_folder_new () };
  if (mount ("tmpfs", kiosk->store_dir, "tmpfs", 0, "size=32m,nr_inodes=1000") != 0)
    {
      g_test_skip (g_strerror (errno));
      test_folder_free (kiosk->store_dir);
      return FALSE;
    }
  make_inbox (kiosk->store_dir);
  write_branch_key (kiosk->store_dir);
  return TRUE;
}

static void
clear_small_branch (Kiosk *kiosk)
{
  g_autofree char *place = g_strdup (kiosk->store_dir);

  kiosk_clear (kiosk); /* the folder itself is busy */
  umount2 (place, MNT_DETACH);
  g_rmdir (place);
}

static gboolean
is_in_service (gpointer window)
{
  return acc_kiosk_window_get_page (window) != NULL;
}

static gboolean
is_out_of_service (gpointer window)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (test_find (window, "modes"))), "out-of-service") == 0;
}

static void
assert_staff_are_told (Kiosk *kiosk, const char *word)
{
  const char *reason = gtk_label_get_text (GTK_LABEL (test_find (kiosk->window, "reason")));

  g_assert_true (is_out_of_service (kiosk->window));
  if (strstr (reason, word) == NULL || strstr (reason, kiosk->store_dir) == NULL)
    g_error ("“%s” is not told by “%s”", word, reason);
  g_assert_null (letter_of (kiosk));
}

static void
press_look_again (Kiosk *kiosk)
{
  GtkWidget *look_again = test_find (kiosk->window, "look_again");

  g_assert_true (gtk_widget_is_sensitive (look_again));
  g_signal_emit_by_name (look_again, "clicked");
}

static void
test_a_kiosk_does_not_open_where_nothing_can_be_kept (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ailments); i++)
    {
      Kiosk kiosk;

      if (!make_small_branch (&kiosk))
        return;
      ailments[i].spoil (kiosk.store_dir);
      open_kiosk (&kiosk);
      assert_staff_are_told (&kiosk, ailments[i].word);
      ailments[i].mend (kiosk.store_dir);
      press_look_again (&kiosk);
      test_wait (is_in_service, kiosk.window);
      clear_small_branch (&kiosk);
    }
}

static void
assert_row (const char *store_dir, const char *what, const char *word)
{
  g_autoptr (GPtrArray) results = acc_self_check_run (store_dir, NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const AccSelfCheckResult *result = g_ptr_array_index (results, i);
      const gboolean expected = g_str_equal (result->what, what);

      if (expected != (result->wrong != NULL) || (expected && strstr (result->wrong, word) == NULL))
        g_error ("%s: %s", result->what, result->wrong != NULL ? result->wrong : "nothing wrong");
    }
}

/* Whether a word is said that the page says of the whole. */
static gboolean
is_well (gpointer window)
{
  return is_checked (window) && test_shows_text (GTK_WIDGET (find_staff (window)), "All is well");
}

static void
test_the_staffs_page_says_which_check_fails (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ailments); i++)
    {
      Kiosk kiosk;

      if (ailments[i].before_opening)
        continue;
      if (!make_small_branch (&kiosk))
        return;
      add_code (kiosk.store_dir);
      open_kiosk (&kiosk);
      ailments[i].spoil (kiosk.store_dir);
      open_staff (&kiosk);
      g_assert_true (test_shows_text (GTK_WIDGET (find_staff (kiosk.window)), "cannot be used"));
      g_assert_true (test_shows_text (GTK_WIDGET (find_staff (kiosk.window)), ailments[i].word));
      assert_row (kiosk.store_dir, ailments[i].what, ailments[i].word);
      ailments[i].mend (kiosk.store_dir);
      press (&kiosk, "check_button");
      test_wait (is_well, kiosk.window);
      clear_small_branch (&kiosk);
    }
}

/* Where no wrong code could be counted, the right one is not tried either: the reason stands on the page before. */
static void
test_a_disk_that_cannot_be_written_is_told_and_opens_nothing (void)
{
  Kiosk kiosk;

  if (!make_small_branch (&kiosk))
    return;
  add_code (kiosk.store_dir);
  open_kiosk (&kiosk);
  gtk_window_destroy (GTK_WINDOW (kiosk.window));
  acc_worker_end_all ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  make_read_only (kiosk.store_dir);
  assert_row (kiosk.store_dir, "The letters’ box can be written", "read-only");
  open_kiosk (&kiosk);
  assert_staff_are_told (&kiosk, "read-only");
  ask_for_staff (&kiosk);
  type_code (&kiosk, STAFF_CODE);
  test_wait (is_refused, kiosk.window);
  g_assert_false (is_open (kiosk.window));
  clear_small_branch (&kiosk);
}

static void
start_again (Kiosk *kiosk)
{
  GtkWidget *yes;

  act (kiosk, "letter.start-again");
  yes = test_find (kiosk->window, "yes_button");
  g_signal_emit_by_name (yes, "clicked");
}

static void
test_no_client_begins_where_nothing_can_be_kept (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ailments); i++)
    {
      Kiosk kiosk;

      if (ailments[i].before_opening)
        continue;
      if (!make_small_branch (&kiosk))
        return;
      open_kiosk (&kiosk);
      test_wait (is_in_service, kiosk.window);
      act (&kiosk, "letter.next");
      ailments[i].spoil (kiosk.store_dir);
      test_settle (kiosk.window);
      g_assert_true (is_in_service (kiosk.window)); /* who has begun may go on */
      start_again (&kiosk);
      test_wait (is_out_of_service, kiosk.window);
      assert_staff_are_told (&kiosk, ailments[i].word);
      ailments[i].mend (kiosk.store_dir);
      press_look_again (&kiosk);
      test_wait (is_in_service, kiosk.window);
      clear_small_branch (&kiosk);
    }
}

/* As in an installation: what the kiosk reads is root's, and its store holds a link to the inbox. */
static void
test_a_folder_of_links_need_not_be_writable (void)
{
  g_autofree char *path = NULL, *real = NULL;
  char *elsewhere;
  Kiosk kiosk;

  if (!make_small_branch (&kiosk))
    return;
  elsewhere = test_folder_new ();
  path = acc_inbox_path (kiosk.store_dir);
  real = acc_inbox_path (elsewhere);
  make_inbox (elsewhere);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink (real, path), ==, 0);
  make_read_only (kiosk.store_dir);
  open_kiosk (&kiosk);
  g_assert_true (is_in_service (kiosk.window));
  write_letter (&kiosk);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  clear_small_branch (&kiosk);
  test_folder_free (elsewhere);
}

/* Nobody touches the window. */
static void
test_the_welcome_page_looks_by_itself (void)
{
  Kiosk kiosk;

  if (!make_small_branch (&kiosk))
    return;
  open_kiosk (&kiosk);
  test_wait (is_in_service, kiosk.window);
  fill_bytes (kiosk.store_dir);
  test_wait (is_out_of_service, kiosk.window);
  free_bytes (kiosk.store_dir);
  test_wait (is_in_service, kiosk.window);
  clear_small_branch (&kiosk);
}

static void
test_a_letter_under_way_is_kept_on_the_last_room (void)
{
  Kiosk kiosk;

  if (!make_small_branch (&kiosk))
    return;
  open_kiosk (&kiosk);
  test_wait (is_in_service, kiosk.window);
  write_letter (&kiosk);
  fill_bytes (kiosk.store_dir);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  assert_one_letter (&kiosk);
  act (&kiosk, "letter.finish");
  test_wait (is_out_of_service, kiosk.window);
  clear_small_branch (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-room/a-kiosk-does-not-open-where-nothing-can-be-kept",
                   test_a_kiosk_does_not_open_where_nothing_can_be_kept);
  g_test_add_func ("/kiosk-room/no-client-begins-where-nothing-can-be-kept",
                   test_no_client_begins_where_nothing_can_be_kept);
  g_test_add_func ("/kiosk-room/the-staffs-page-says-which-check-fails", test_the_staffs_page_says_which_check_fails);
  g_test_add_func ("/kiosk-room/a-disk-that-cannot-be-written-is-told-and-opens-nothing",
                   test_a_disk_that_cannot_be_written_is_told_and_opens_nothing);
  g_test_add_func ("/kiosk-room/a-folder-of-links-need-not-be-writable", test_a_folder_of_links_need_not_be_writable);
  g_test_add_func ("/kiosk-room/the-welcome-page-looks-by-itself", test_the_welcome_page_looks_by_itself);
  g_test_add_func ("/kiosk-room/a-letter-under-way-is-kept-on-the-last-room",
                   test_a_letter_under_way_is_kept_on_the_last_room);
  return g_test_run ();
}
