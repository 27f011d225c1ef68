/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/exit-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/config.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "vault/code-hash.h"
#include "vault/throttle.h"

#define GUARDS "exit"

static gboolean
is_code (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  return text[digits] == '\0' && digits >= ACC_EXIT_CODE_MIN && digits <= ACC_EXIT_CODE_MAX;
}

gboolean
acc_exit_code_set (const char *store_dir, const char *code, GError **error)
{
  g_autofree char *hash = NULL;

  g_return_val_if_fail (store_dir != NULL && code != NULL, FALSE);

  if (!is_code (code))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("the exit code must be %d to %d digits"), ACC_EXIT_CODE_MIN,
                   ACC_EXIT_CODE_MAX);
      return FALSE;
    }
  hash = acc_code_hash_new (code, error);
  return hash != NULL && acc_config_set (store_dir, ACC_CONFIG_KIOSK_EXIT_CODE, hash, error);
}

static void
set_wrong (GError **error, gint64 cost)
{
  g_autofree char *words = acc_throttle_words (cost);

  if (cost > 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("that is not the exit code: wait %s before the next try"),
                 words);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("that is not the exit code"));
}

static void
set_wait (GError **error, gint64 wait)
{
  g_autofree char *words = acc_throttle_words (wait);

  g_set_error (error, ACC_ERROR, ACC_ERROR_PASSPHRASE, _ ("too many wrong exit codes: wait %s before the next try"),
               words);
}

static gboolean
try_code (AccStore *inbox, const char *hash, const char *code, GError **error)
{
  gint64 wait = 0, cost = 0;

  if (!acc_throttle_count_code (inbox, GUARDS, &wait, &cost, error))
    return FALSE;
  if (wait > 0)
    set_wait (error, wait);
  else if (!acc_code_hash_matches (hash, code))
    set_wrong (error, cost);
  else
    return acc_throttle_reset_code (inbox, GUARDS, error);
  return FALSE;
}

gboolean
acc_exit_code_try (const char *store_dir, const char *code, GError **error)
{
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccStore) inbox = NULL;
  const char *hash;

  g_return_val_if_fail (store_dir != NULL && code != NULL, FALSE);

  config = acc_config_load (store_dir, error);
  if (config == NULL)
    return FALSE;
  hash = acc_config_get (config, ACC_CONFIG_KIOSK_EXIT_CODE);
  if (*hash == '\0')
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND,
                   _ ("this kiosk has no exit code yet: IT sets one with “accolade kiosk exit-code”"));
      return FALSE;
    }
  inbox = acc_inbox_open (store_dir, ACC_STORE_WRITE, error);
  return inbox != NULL && try_code (inbox, hash, code, error);
}
