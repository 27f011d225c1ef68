/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kiosk takes for a banker's note: refused with a sentence and erased, or one that could stand in a letter, is
 * offered for its minutes and no longer, and is taken once. */
#include "letter/handover.h"

#include "base/clock.h"
#include "base/memory-file.h"
#include "fuzz.h"
#include "letter/guard.h"

#define FILE_NAME "note"
#define NOW (60 * G_USEC_PER_SEC)
#define MOST (ACC_HANDOVER_MINUTES * 60 * G_USEC_PER_SEC)

char *__wrap_acc_clock_boot_id (void);

/* On every machine, for the seeds' sake. */
char *
__wrap_acc_clock_boot_id (void)
{
  return g_strdup ("this start");
}

static int
open_folder (void)
{
  g_autofree char *home = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (home, "folder", NULL);
  int folder = acc_memory_folder_open (path, NULL);

  g_assert_cmpint (folder, >=, 0);
  acc_clock_freeze (0, NOW);
  return folder;
}

static void
check_text (const char *text)
{
  AccGuardFind find;

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_false (acc_guard_find_certain (text, &find));
}

static void
check_note (int folder, const AccHandover *note)
{
  gint64 taken_back;
  g_autoptr (AccHandover) again = acc_handover_look (folder, FILE_NAME, &taken_back, NULL);

  g_assert_true (acc_handover_equal (note, again) && taken_back == 0);
  g_assert_true (*note->name != '\0' && note->expires > NOW && note->expires <= NOW + MOST);
  check_text (note->name);
  check_text (note->department);
  g_assert_true (acc_handover_take (folder, FILE_NAME, note, NULL));
  g_assert_false (acc_handover_take (folder, FILE_NAME, note, NULL));
}

/* It stays where it is for its minutes, and is no note. */
static void
check_mark (int folder, gint64 taken_back)
{
  g_assert_true (taken_back > NOW && taken_back <= NOW + MOST);
  g_assert_true (acc_memory_file_erase (folder, FILE_NAME));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static int folder = -1;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) left = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccHandover) note = NULL;
  gint64 taken_back;

  if (folder < 0)
    folder = open_folder ();
  g_assert_true (acc_memory_file_write (folder, FILE_NAME, bytes, NULL));
  note = acc_handover_look (folder, FILE_NAME, &taken_back, &error);
  if (note != NULL)
    check_note (folder, note);
  else
    fuzz_check_refusal (error);
  if (taken_back != 0)
    check_mark (folder, taken_back);
  left = acc_memory_file_read (folder, FILE_NAME, 0, NULL);
  g_assert_null (left);
  return 0;
}
