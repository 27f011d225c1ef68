/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade key rotate | recover */
#include "archive/branch-keys.h"
#include "archive/kept-secrets.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "staff/directory-table.h"
#include "vault/bankers.h"
#include "vault/rotation.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define PEPPER_SIZE 32

/* ---- rotate ---- */

/* A new recovery key on its way to its file, beside the old one until it counts: whenever this is cut short, one of the
 * two opens the branch. */
typedef struct {
  AccStore *desk;
  const char *passphrase; /* of the manager who signed in */
  const char *path;       /* NULL: no new one is wanted; "-": it is printed */
  char *beside;
} Handing;

static void
handing_clear (Handing *self)
{
  g_free (self->beside);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Handing, handing_clear)

/* A rename would put a file in the place of a device or a link. */
static gboolean
prepare_handing (Handing *self, GError **error)
{
  gboolean there, is_file;

  if (self->path == NULL || g_str_equal (self->path, "-"))
    return TRUE;
  there = g_file_test (self->path, G_FILE_TEST_EXISTS) || g_file_test (self->path, G_FILE_TEST_IS_SYMLINK);
  is_file = g_file_test (self->path, G_FILE_TEST_IS_REGULAR) && !g_file_test (self->path, G_FILE_TEST_IS_SYMLINK);
  if (there && !is_file)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "--recovery-file: “%s” is not a file: name a file to write to.",
                   self->path);
      return FALSE;
    }
  self->beside = g_strconcat (self->path, ".new", NULL);
  return TRUE;
}

/* Once the key beside counts it takes the old one's place. */
static gboolean
settle_recovery_key (const Handing *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_rename (self->beside, self->path) == 0)
    return acc_file_sync_folder (folder, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
               "The recovery key that counts now is in “%s”; it could not be renamed to “%s”: %s.", self->beside,
               self->path, g_strerror (errno));
  return FALSE;
}

/* What an interrupted run has left beside may be the key that counts: it must not be written over. */
static gboolean
settle_what_was_left (const Handing *self, GError **error)
{
  g_autoptr (AccCliSecret) key = NULL;

  if (self->beside == NULL || !g_file_test (self->beside, G_FILE_TEST_EXISTS))
    return TRUE;
  key = acc_cli_read_passphrase (self->beside, NULL);
  return key == NULL || !acc_bankers_may_recover (self->desk, key, self->passphrase, NULL)
         || settle_recovery_key (self, error);
}

/* Before it counts: a recovery key that nobody has seen would be lost. */
static gboolean
hand_over_recovery_key (const Handing *self, const char *key, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (self->beside != NULL)
    {
      text = g_strconcat (key, "\n", NULL);
      bytes = g_bytes_new_with_free_func (text, strlen (text), NULL, NULL);
      return acc_file_write (self->beside, bytes, 0600, error);
    }
  acc_cli_print (
    "The new recovery key, which counts once the branch has its new key; it is shown this once:\n\n  %s\n\n", key);
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "The new recovery key could not be printed, so nothing was changed.");
  return FALSE;
}

/* After a failure, unless the key may count all the same: an error at COMMIT tells nothing. */
static void
take_recovery_key_back (const Handing *self, const char *key)
{
  g_autoptr (GError) refusal = NULL;

  if (self->beside != NULL && !acc_bankers_may_recover (self->desk, key, self->passphrase, &refusal)
      && g_error_matches (refusal, ACC_ERROR, ACC_ERROR_PASSPHRASE))
    g_unlink (self->beside);
}

static gboolean
begin (const AccOptions *options, AccIdentity *identity, const Handing *handing, GError **error)
{
  g_autoptr (GBytes) pepper = acc_archive_read_pepper (options->store, error);
  g_autoptr (AccCliSecret) key = handing->path != NULL ? acc_recovery_key_new () : NULL;

  if (pepper == NULL)
    return FALSE;
  if ((key == NULL || hand_over_recovery_key (handing, key, error))
      && acc_rotation_begin (handing->desk, identity, pepper, handing->passphrase, key, error))
    return handing->beside == NULL || settle_recovery_key (handing, error);
  if (key != NULL)
    take_recovery_key_back (handing, key);
  return FALSE;
}

static gboolean
finish_work (AccStore *desk, gpointer data, GError **error)
{
  return acc_rotation_finish (desk, data, error);
}

/* Once the kiosk no longer seals for the older key, so that no letter is left with it. What is not as a kiosk writes it
 * stays in the inbox, as ever: "verify" names it. */
static gboolean
take_in_rest (AccStore *desk, AccStore *inbox, AccIdentity *identity, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (acc_archive_take_in (desk, inbox, identity, NULL, &local)
      || g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Everything that follows on a new key; it may have been interrupted anywhere, and goes on there. */
static gboolean
follow (const AccOptions *options, AccStore *desk, AccIdentity *identity, GError **error)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error);
  g_autofree char *left = NULL;
  guint n_letters = 0;

  if (inbox == NULL || !acc_branch_keys_give_to_kiosk (inbox, identity, error)
      || !take_in_rest (desk, inbox, identity, error)
      || !acc_branch_keys_seal_letters (desk, identity, &n_letters, &left, error)
      || !acc_directory_table_encrypt_anew (desk, identity, error)
      || !acc_kept_secrets_encrypt_anew (desk, identity, error)
      || !acc_store_transact (desk, finish_work, identity, error))
    return FALSE;
  acc_cli_print ("The kiosk seals for the new key; letters whose keys were sealed to it anew: %u.\n"
                 "Every other banker is given it when they sign in the next time.\n",
                 n_letters);
  if (left != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "Letter %s: its key has been changed, and stays as it is.",
                 left);
  return left == NULL;
}

static void
tell_of_keys (gboolean open, const char *recovery_file)
{
  if (open)
    acc_cli_print ("A rotation had begun and was interrupted: it is finished now, and no further key is made.\n");
  else
    acc_cli_print ("The branch has a new key.\n");
  if (open && recovery_file != NULL)
    acc_cli_print (
      "No further recovery key is made either: the one that was handed over when it began counts, if there was "
      "one.\n");
  else if (recovery_file != NULL)
    acc_cli_print ("The recovery key is a new one, and the old one opens nothing any more. Print it, lock it away,\n"
                   "and delete the file.\n");
}

gboolean
acc_command_key_rotate (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_cli_sign_in (options, &desk, error);
  g_autoptr (AccCliSecret) passphrase = NULL;
  g_auto (Handing) handing = { desk, NULL, options->recovery_file };
  gboolean open = FALSE;

  if (identity == NULL
      || (g_strcmp0 (options->recovery_file, "-") != 0
          && !acc_cli_check_output (options, "--recovery-file", options->recovery_file, error)))
    return FALSE;
  if (!acc_identity_get_banker (identity)->manager)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, "Rotating the branch's key needs a manager.");
      return FALSE;
    }
  handing.passphrase = passphrase = acc_cli_read_passphrase (options->passphrase_file, error);
  if (passphrase == NULL || !prepare_handing (&handing, error) || !settle_what_was_left (&handing, error)
      || !acc_rotation_is_open (desk, &open, error) || (!open && !begin (options, identity, &handing, error)))
    return FALSE;
  tell_of_keys (open, options->recovery_file);
  return follow (options, desk, identity, error);
}

/* ---- recover ---- */

/* The pepper that is there, or a new one where it is missing or not the right one. What cannot be read for another
 * reason may be right. */
static GBytes *
settle_pepper (const char *store, AccStore *desk, gboolean *is_new, GError **error)
{
  g_autofree char *path = acc_archive_pepper_path (store);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) pepper = acc_archive_read_pepper (store, &local);

  *is_new = FALSE;
  if (pepper != NULL && acc_bankers_knows_pepper (desk, pepper))
    return g_steal_pointer (&pepper);
  if (pepper == NULL && g_file_test (path, G_FILE_TEST_EXISTS)
      && !g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  *is_new = TRUE;
  g_clear_pointer (&pepper, g_bytes_unref);
  pepper = acc_random_bytes (PEPPER_SIZE);
  return acc_file_write (path, pepper, 0600, error) ? g_steal_pointer (&pepper) : NULL;
}

gboolean
acc_command_key_recover (const AccOptions *options, GError **error)
{
  g_autoptr (AccCliSecret) recovery_key = NULL;
  g_autoptr (AccCliSecret) passphrase = NULL;
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (GBytes) pepper = NULL;
  g_autofree char *recovered = NULL;
  AccRecovery recovery = { NULL };
  gboolean is_new = FALSE;

  if (!acc_cli_need (options->store, "--store", error)
      || !acc_cli_need (options->recovery_file, "--recovery-file", error)
      || !acc_cli_need (options->new_passphrase_file, "--new-passphrase-file", error)
      || (recovery_key = acc_cli_read_passphrase (options->recovery_file, error)) == NULL
      || (passphrase = acc_cli_read_passphrase (options->new_passphrase_file, error)) == NULL
      || (desk = acc_archive_open (options->store, ACC_STORE_WRITE, error)) == NULL
      || !acc_bankers_may_recover (desk, recovery_key, passphrase, error)
      || (pepper = settle_pepper (options->store, desk, &is_new, error)) == NULL)
    return FALSE;
  recovery = (AccRecovery) { recovery_key, options->banker, passphrase, pepper };
  if (!acc_bankers_recover (desk, &recovery, &recovered, error))
    return FALSE;
  acc_cli_print ("%s can sign in with the new passphrase, and has a new signing key.\n", recovered);
  if (is_new)
    acc_cli_print (
      "The pepper was missing or another one: there is a new one in the store. Keep a copy of it elsewhere.\n"
      "Every other banker needs a new passphrase from %s: accolade banker passphrase NAME.\n",
      recovered);
  return TRUE;
}
