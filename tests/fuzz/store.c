/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store file that is damaged, foreign, or made by a hostile kiosk: refused and left as it is, or walked to its end.
 * The first byte says whether the rest is the file, or changes to an inbox that is whole: an offset (2 bytes) and the
 * byte to put there. */
#include <string.h>

#include "archive-support.h"
#include "fuzz.h"
#include "vault/journal.h"

#define CHANGE_SIZE 3

static Scene scene;
static GBytes *whole;
static char *path;

static void
set_up (void)
{
  g_autofree char *number = NULL;
  char *data = NULL;
  gsize size = 0;

  scene_set_up (&scene, NULL);
  number = submit_plain (&scene);
  path = acc_inbox_path (scene.store_dir);
  g_clear_object (&scene.inbox);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  whole = g_bytes_new_take (data, size);
}

static GBytes *
make_file (FuzzInput *input)
{
  gsize size;
  guint8 *file;

  if (fuzz_take_byte (input) % 2 == 1)
    return fuzz_take_rest (input);
  file = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  while (input->left >= CHANGE_SIZE)
    {
      gsize at = (gsize) fuzz_take_byte (input) << 8;

      at |= fuzz_take_byte (input);
      file[at % size] = fuzz_take_byte (input);
    }
  return g_bytes_new_take (file, size);
}

static void
walk (AccStore *inbox)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *finding = acc_store_check (inbox);
  gint64 last = 0;

  acc_journal_check (inbox, "inbox.db", NULL, NULL, findings, NULL);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AccInboxLetter) letter = acc_inbox_next (inbox, last, &error);

      if (letter == NULL)
        break;
      g_assert_cmpint (letter->sequence, >, last);
      last = letter->sequence;
    }
}

static void
check_untouched (GBytes *file)
{
  g_autofree char *left = NULL;
  gsize left_size = 0;

  g_assert_true (g_file_get_contents (path, &left, &left_size, NULL));
  g_assert_cmpmem (left, left_size, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

static void
open_and_walk (AccStoreMode mode)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (scene.store_dir, mode, &error);

  if (inbox != NULL)
    walk (inbox);
  else
    fuzz_check_refusal (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  g_autoptr (GBytes) file = NULL;

  if (whole == NULL)
    set_up ();
  file = make_file (&input);
  fuzz_write (path, g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  open_and_walk (ACC_STORE_LOOK);
  check_untouched (file);
  open_and_walk (ACC_STORE_READ); /* brings an older file up to date first */
  return 0;
}
