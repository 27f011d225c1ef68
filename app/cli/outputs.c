/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/outputs.h"

#include "base/error.h"

#include <glib/gstdio.h>

static gboolean
is_same (const char *path, const char *other)
{
  GStatBuf one, two;

  return path != NULL && other != NULL && g_stat (path, &one) == 0 && g_stat (other, &two) == 0
         && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

/* Also by another way to it: where kiosk and desk are two users, the inbox is a link to another folder. */
static gboolean
is_in_store (const char *store, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) files = store != NULL ? g_dir_open (store, 0, NULL) : NULL;
  const char *name;

  if (files == NULL)
    return FALSE;
  if (is_same (folder, store))
    return TRUE;
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *file = g_build_filename (store, name, NULL);

      if (is_same (file, path))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_read (const AccOptions *options, const char *path)
{
  const char *const read[] = { options->passphrase_file, options->new_passphrase_file };

  for (gsize i = 0; i < G_N_ELEMENTS (read); i++)
    if (is_same (read[i], path))
      return TRUE;
  for (guint i = 0; options->rest[i] != NULL; i++)
    if (is_same (options->rest[i], path))
      return TRUE;
  return FALSE;
}

gboolean
acc_cli_check_output (const AccOptions *options, const char *option, const char *path, GError **error)
{
  if (path == NULL || *path == '\0')
    return TRUE;
  if (is_in_store (options->store, path))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 "%s: %s lies in the store, and would take the place of what is there. "
                 "Name a file elsewhere.",
                 option, path);
  else if (is_read (options, path))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: %s is what the command reads. Name another file.", option,
                 path);
  else
    return TRUE;
  return FALSE;
}

gboolean
acc_cli_check_outputs (const AccOptions *options, GError **error)
{
  return acc_cli_check_output (options, "--quarantine", options->quarantine, error)
         && acc_cli_check_output (options, "-o", options->output, error)
         && acc_cli_check_output (options, "--png", options->png, error)
         && acc_cli_check_output (options, "--pdf", options->pdf, error)
         && acc_cli_check_output (options, "--receipt", options->receipt, error);
}
