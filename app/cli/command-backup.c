/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade backup | restore */
#include "backup/backup.h"
#include "backup/restore.h"
#include "base/config.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"

#include <string.h>

/* A list of heads that cannot be written is for doctor to tell: the backup itself is there. */
static void
keep_heads (const char *store_dir)
{
  g_autoptr (AccStore) desk = acc_archive_open (store_dir, ACC_STORE_READ, NULL);
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_READ, NULL);

  if (desk != NULL && inbox != NULL)
    acc_heads_keep (desk, inbox, NULL);
}

/* STORE-backup tells doctor when the last one was made, and a person where it went. */
static void
note_backup (const char *store_dir, const AccManifest *manifest, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (store_dir, NULL);
  g_autofree char *note = g_strconcat (absolute, "-backup", NULL);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", manifest->made_at, path);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  acc_file_write (note, bytes, 0600, NULL);
}

gboolean
acc_command_backup (const AccOptions *options, GError **error)
{
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccManifest) manifest = NULL;
  g_autofree char *path = NULL, *shown = NULL;
  g_autofree char *pepper = NULL;
  AccBackupTerms terms = { ACC_VERSION, 0 };

  if (!acc_cli_need (options->store, "--store", error)
      || (config = acc_config_load (options->store, error)) == NULL)
    return FALSE;
  terms.keep_days = acc_config_get_int (config, ACC_CONFIG_RETENTION_BACKUP_DAYS);
  manifest = acc_backup_write (options->store, options->rest[0], &terms, &path, error);
  if (manifest == NULL)
    return FALSE;
  keep_heads (options->store);
  note_backup (options->store, manifest, path);
  pepper = acc_archive_pepper_path (options->store);
  shown = acc_text_to_line (path);
  acc_cli_print ("%s\nLetters in it: %" G_GINT64_FORMAT " taken in, %" G_GINT64_FORMAT " waiting. Delete it after %s.\n"
                 "%s is not in it, so that nobody can guess passphrases from it: keep that file apart.\n",
                 shown, manifest->n_taken_in, manifest->n_waiting, manifest->delete_after, pepper);
  return TRUE;
}

gboolean
acc_command_restore (const AccOptions *options, GError **error)
{
  g_autoptr (AccManifest) manifest = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *pepper = NULL;

  if (!acc_cli_need (options->store, "--store", error))
    return FALSE;
  manifest = acc_restore (options->rest[0], options->store, &newer, error);
  if (manifest == NULL)
    return FALSE;
  pepper = acc_archive_pepper_path (options->store);
  acc_cli_print ("%s is restored in %s as it was at %s. Letters in it: %" G_GINT64_FORMAT " taken in, %" G_GINT64_FORMAT
                 " waiting.\nTo sign in, put the pepper file back as %s, or run accolade key recover.\n",
                 manifest->branch, options->store, manifest->made_at, manifest->n_taken_in, manifest->n_waiting,
                 pepper);
  if (newer != NULL)
    acc_cli_print_error ("accolade: %s\n", newer);
  return acc_cli_verify_store (options->store, error);
}
