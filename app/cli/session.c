/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/session.h"

#include "base/error.h"
#include "base/file.h"
#include "letter/letter-json.h"

#include <string.h>

#define PASSPHRASE_BYTES_MAX 4096
#define TEXT_BYTES_MAX 65536

gboolean
acc_cli_need (const char *value, const char *option, GError **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s is missing", option);
  return FALSE;
}

void
acc_cli_secret_free (AccCliSecret *secret)
{
  if (secret != NULL)
    acc_wipe (secret, strlen (secret));
  g_free (secret);
}

AccCliSecret *
acc_cli_read_passphrase (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = acc_file_read (path, PASSPHRASE_BYTES_MAX, error);
  const char *data;
  gsize size, line;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  for (line = 0; line < size && data[line] != '\n' && data[line] != '\r'; line++)
    ;
  if (line == 0 || !g_utf8_validate (data, line, NULL))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: its first line must be the passphrase, as UTF-8 text.",
                   path);
      return NULL;
    }
  return g_strndup (data, line);
}

AccIdentity *
acc_cli_sign_in (const AccOptions *options, AccStore **desk, GError **error)
{
  g_autoptr (AccCliSecret) passphrase = NULL;
  g_autoptr (GError) local = NULL;
  AccIdentity *identity;

  if (!acc_cli_need (options->store, "--store", error)
      || !acc_cli_need (options->passphrase_file, "--passphrase-file", error))
    return NULL;
  passphrase = acc_cli_read_passphrase (options->passphrase_file, error);
  if (passphrase == NULL)
    return NULL;
  identity = acc_archive_sign_in (options->store, options->banker, passphrase, desk, &local);
  /* nobody types it here: the file is what to look into */
  if (g_error_matches (local, ACC_ERROR, ACC_ERROR_PASSPHRASE))
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: %s", options->passphrase_file, local->message);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return identity;
}

AccLetterhead *
acc_cli_load_letterhead (const AccOptions *options, AccConfig *config, GError **error)
{
  if (options->letterhead != NULL)
    return acc_letterhead_load (options->letterhead, error);
  return acc_letterhead_load_named (acc_config_get (config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
}

AccLetter *
acc_cli_read_letter (const char *path, GError **error)
{
  g_autoptr (GBytes) json = acc_file_read (path, ACC_LETTER_JSON_MAX, error);
  g_autoptr (AccLetter) letter = NULL;

  if (json == NULL)
    return NULL;
  letter = acc_letter_from_json (json, error);
  if (letter == NULL)
    g_prefix_error (error, "%s: ", path);
  return g_steal_pointer (&letter);
}

char *
acc_cli_read_text (const char *path, const char *option, GError **error)
{
  g_autoptr (GBytes) bytes = acc_file_read (path, TEXT_BYTES_MAX, error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (g_utf8_validate_len (data, size, NULL))
    return g_strndup (data != NULL ? data : "", size); /* an empty file has no data */
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: %s is not UTF-8 text.", option, path);
  return NULL;
}
