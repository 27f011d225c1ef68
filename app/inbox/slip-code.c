/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/slip-code.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "inbox/inbox.h"
#include "letter/number.h"
#include "vault/hash.h"

#define GROUPS 3
#define GROUP_LENGTH 4
#define CODE_LENGTH (GROUPS * GROUP_LENGTH)
#define KEY_SIZE 32
#define KEY_FILE_MAX 4096 /* what is longer is none either */

/* "7K3M-9QXW-2DTE" of its twelve characters. */
static char *
write_groups (const char *characters)
{
  GString *code = g_string_new (NULL);

  for (guint i = 0; i < CODE_LENGTH; i++)
    {
      if (i > 0 && i % GROUP_LENGTH == 0)
        g_string_append_c (code, '-');
      g_string_append_c (code, characters[i]);
    }
  return g_string_free (code, FALSE);
}

char *
acc_slip_code_new (void)
{
  g_autoptr (GBytes) random = acc_random_bytes (CODE_LENGTH);
  const guint8 *bytes = g_bytes_get_data (random, NULL);
  char characters[CODE_LENGTH];

  for (guint i = 0; i < CODE_LENGTH; i++)
    characters[i] = acc_number_symbols[bytes[i] & 31];
  return write_groups (characters);
}

char *
acc_slip_code_parse (const char *text, GError **error)
{
  char characters[CODE_LENGTH];
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (; *text != '\0'; text++)
    {
      if (*text == '-' || g_ascii_isspace (*text))
        continue;
      if (n == CODE_LENGTH || acc_number_symbol (*text) == '\0')
        break;
      characters[n++] = acc_number_symbol (*text);
    }
  if (*text == '\0' && n == CODE_LENGTH)
    return write_groups (characters);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT,
                       _ ("A code has 12 letters and digits. Please look at your slip again."));
  return NULL;
}

/* ---- the key ---- */

char *
acc_slip_key_path (const char *store_dir)
{
  g_autofree char *inbox = NULL, *real = NULL, *folder = NULL;

  g_return_val_if_fail (store_dir != NULL, NULL);

  inbox = acc_inbox_path (store_dir);
  real = realpath (inbox, NULL);
  folder = g_path_get_dirname (real != NULL ? real : inbox);
  return g_build_filename (folder, "slip.key", NULL);
}

/* Two programs may be the first at once: the one key that comes into place is everybody's. */
static gboolean
make_key (const char *path, GError **error)
{
  g_autofree char *own = g_strdup_printf ("%s.%d", path, (int) getpid ());
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) key = acc_random_bytes (KEY_SIZE);
  gboolean made;

  if (!acc_file_write (own, key, 0600, error))
    return FALSE;
  made = link (own, path) == 0 || errno == EEXIST;
  if (!made)
    acc_error_set_from_errno (error, errno, "write", path);
  g_unlink (own);
  return made && acc_file_sync_folder (folder, error);
}

GBytes *
acc_slip_key_load (const char *store_dir, GError **error)
{
  g_autofree char *path = acc_slip_key_path (store_dir);
  g_autoptr (GBytes) key = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !make_key (path, error))
    return NULL;
  key = acc_file_read (path, KEY_FILE_MAX, error);
  if (key != NULL && g_bytes_get_size (key) != KEY_SIZE)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                   _ ("%s: this is not the key of the slips: put it back from where it was kept, or remove it; the "
                      "slips that were given out before are unknown then"),
                   path);
      return NULL;
    }
  return g_steal_pointer (&key);
}

char *
acc_slip_code_hash (GBytes *key, const char *code)
{
  g_return_val_if_fail (key != NULL && code != NULL, NULL);
  return acc_hash_keyed (key, code);
}
