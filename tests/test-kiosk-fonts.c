/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk where fonts are missing: they are hidden for real, from this process alone, so only where that is allowed. */
#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>

#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/self-check.h"
#include "staff-support.h"
#include "window-support.h"

#define FONTS "/usr/share/fonts"

/* A folder of fonts that the windows themselves can do without, and what staff must read when it is hidden. */
typedef struct {
  const char *name;
  const char *folder;
  const char *words;
} Row;

static const Row rows[] = {
  { "chinese", FONTS "/truetype/wqy", "WenQuanYi Micro Hei (fonts-wqy-microhei)" },
  { "japanese", FONTS "/opentype/noto", "Noto Serif CJK JP (fonts-noto-cjk)" },
  { "handwriting", FONTS "/opentype/dancingscript", "Dancing Script (fonts-dancingscript)" },
};

static gboolean may_hide;

static void
hide (const char *folder)
{
  g_assert_cmpint (mount ("tmpfs", folder, "tmpfs", 0, NULL), ==, 0);
}

static void
show (const char *folder)
{
  g_assert_cmpint (umount2 (folder, MNT_DETACH), ==, 0);
}

static gboolean
is_in_service (gpointer window)
{
  return acc_kiosk_window_get_page (window) != NULL;
}

static void
press_look_again (Kiosk *kiosk)
{
  GtkWidget *look_again = test_find (kiosk->window, "look_again");

  g_signal_emit_by_name (look_again, "clicked");
}

static void
assert_told (Kiosk *kiosk, const char *words)
{
  const char *reason = gtk_label_get_text (GTK_LABEL (test_find (kiosk->window, "reason")));

  g_assert_null (letter_of (kiosk));
  if (strstr (reason, words) == NULL)
    g_error ("“%s” is not told by “%s”", words, reason);
}

/* The staff's page says it too, of its fonts and of nothing else; and there is nobody here to give more time to. */
static void
assert_checked (Kiosk *kiosk, const char *words)
{
  g_autoptr (GPtrArray) results = NULL;

  open_staff (kiosk);
  g_assert_true (test_shows_text (GTK_WIDGET (find_staff (kiosk->window)), words));
  results = acc_self_check_run (kiosk->store_dir, NULL);
  for (guint i = 0; i < results->len; i++)
    {
      const AccSelfCheckResult *result = g_ptr_array_index (results, i);

      if (g_str_equal (result->what, "Fonts") != (result->wrong != NULL))
        g_error ("%s: %s", result->what, result->wrong != NULL ? result->wrong : "nothing wrong");
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (find_staff (kiosk->window)), "staff.assist", NULL));
  g_assert_null (find_staff (kiosk->window));
}

/* A process of its own for each row: fonts that are all there are not read again. */
static void
test_missing_fonts_are_told_before_a_client_starts (gconstpointer data)
{
  const Row *row = data;
  Kiosk kiosk = { 0 };

  if (!may_hide)
    {
      g_test_skip ("fonts can be hidden only in a mount namespace");
      return;
    }
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  kiosk.store_dir = make_branch ();
  write_branch_key (kiosk.store_dir);
  add_code (kiosk.store_dir);
  hide (row->folder);
  open_kiosk (&kiosk);
  assert_told (&kiosk, row->words);
  assert_checked (&kiosk, row->words);
  show (row->folder);
  press_look_again (&kiosk);
  test_wait (is_in_service, kiosk.window);
  kiosk_clear (&kiosk);
}

static void
test_with_all_fonts_a_letter_is_written_at_once (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  write_letter (&kiosk);
  kiosk_clear (&kiosk);
}

/* The caches of the machine are not to hear of it. */
int
main (int argc, char **argv)
{
  may_hide = unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
             && mount ("tmpfs", "/var/cache/fontconfig", "tmpfs", 0, NULL) == 0;
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/fonts/missing-ones-are-told-before-a-client-starts/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_missing_fonts_are_told_before_a_client_starts);
    }
  g_test_add_func ("/fonts/with-all-of-them-a-letter-is-written-at-once",
                   test_with_all_fonts_a_letter_is_written_at_once);
  return g_test_run ();
}
