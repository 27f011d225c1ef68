/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade erase | retain: the end of a letter */
#include "archive/heads.h"
#include "archive/retention.h"
#include "archive/slips.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "letter/number.h"
#include "route/erasure-receipt.h"

#include <glib/gstdio.h>

static AccFolderDoor *
open_outbox (AccConfig *config)
{
  return ACC_FOLDER_DOOR (acc_folder_door_new (acc_config_get (config, ACC_CONFIG_FOLDER_OUTBOX)));
}

/* ---- erase ---- */

/* What keeping the receipt needs. */
typedef struct {
  AccErasureReceiptPlace place;
  AccLetterhead *letterhead;
  const char *path;
  gboolean begun; /* what lies at @path is ours, even if writing it failed at the last */
} Receipt;

static gboolean
is_free (const char *path, GError **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               "%s is there already, and the receipt goes over no file: name another one with --receipt.", path);
  return FALSE;
}

static gboolean
keep_receipt (const AccErasure *erasure, gpointer data, GError **error)
{
  Receipt *receipt = data;
  g_autoptr (GBytes) pdf = acc_erasure_receipt_write (erasure, &receipt->place, receipt->letterhead, error);

  receipt->begun = pdf != NULL && is_free (receipt->path, error);
  return receipt->begun && acc_file_write (receipt->path, pdf, 0600, error);
}

static gboolean
is_in_inbox (AccStore *inbox, const char *number, gboolean *there, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccInboxLetter) letter = acc_inbox_find (inbox, number, &local);

  *there = letter != NULL;
  if (letter != NULL || g_error_matches (local, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Body and key have to leave inbox.db too. That another letter had to stay there is verify's to tell. */
static gboolean
take_in (AccStore *desk, AccIdentity *identity, const AccOptions *options, const char *number, GError **error)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error);
  g_autoptr (GError) local = NULL;
  gboolean there;

  if (inbox == NULL || !is_in_inbox (inbox, number, &there, error))
    return FALSE;
  if (!there || acc_archive_take_in (desk, inbox, identity, NULL, &local))
    return TRUE;
  if (!is_in_inbox (inbox, number, &there, error))
    return FALSE;
  if (there)
    g_propagate_error (error, g_steal_pointer (&local));
  return !there;
}

/* An inbox that is away keeps nobody from being forgotten: the slips are told the next time. */
static void
tell_slips (AccStore *desk, const AccOptions *options)
{
  g_autoptr (AccStore) inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, NULL);

  if (inbox != NULL)
    acc_slips_tell (desk, inbox, NULL);
}

static gboolean
erase (AccStore *desk, AccIdentity *identity, const AccOptions *options, Receipt *receipt, AccFolderDoor *outbox,
       const char *number, GError **error)
{
  g_autoptr (AccErasure) erasure = NULL;
  g_autofree char *text = NULL;

  if (!is_free (receipt->path, error))
    return FALSE;
  erasure = acc_erase (desk, identity, number, options->reason, keep_receipt, receipt, error);
  if (erasure == NULL)
    {
      if (receipt->begun) /* it would tell of what has not happened */
        g_unlink (receipt->path);
      return FALSE;
    }
  tell_slips (desk, options);
  text = acc_erasure_receipt_text (erasure, &receipt->place);
  acc_cli_print ("%sThe receipt to print is %s; it is kept nowhere else.\n", text, receipt->path);
  if (acc_erasure_take_back (erasure, outbox, error))
    return TRUE;
  g_prefix_error (error, "The letter is erased, but not yet gone from the outbox; erase it again: ");
  return FALSE;
}

/* Perhaps it was cut short after the commit. */
static gboolean
finish (const AccRecord *record, AccFolderDoor *outbox, GError **error)
{
  if (!acc_folder_door_take_back (outbox, record->number, error))
    return FALSE;
  acc_cli_print ("Letter %s was erased on %.10s; nothing of it is left in the outbox.\n", record->number,
                 record->changed_at);
  return TRUE;
}

static void
fill_place (AccErasureReceiptPlace *place, AccConfig *config)
{
  gboolean is_a4 = g_str_equal (acc_config_get (config, ACC_CONFIG_BRANCH_PAPER), "a4");

  place->branch = acc_config_get (config, ACC_CONFIG_BRANCH_NAME);
  place->paper = is_a4 ? ACC_PAPER_A4 : ACC_PAPER_LETTER;
  place->backup_days = acc_config_get_int (config, ACC_CONFIG_RETENTION_BACKUP_DAYS);
}

gboolean
acc_command_erase (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccLetterhead) letterhead = NULL;
  g_autoptr (AccFolderDoor) outbox = NULL;
  g_autoptr (AccRecord) record = NULL;
  g_autofree char *number = NULL, *usual = NULL;
  Receipt receipt = { { NULL } };

  if (!acc_cli_need (options->reason, "--reason", error)
      || (identity = acc_cli_sign_in (options, &desk, error)) == NULL
      || (number = acc_cli_letters_find (options->store, options->rest[0], error)) == NULL
      || (config = acc_config_load (options->store, error)) == NULL
      || (letterhead = acc_cli_load_letterhead (options, config, error)) == NULL
      || !take_in (desk, identity, options, number, error)
      || (record = acc_archive_find (desk, number, error)) == NULL)
    return FALSE;

  outbox = open_outbox (config);
  if (record->state == ACC_STATE_ERASED)
    return finish (record, outbox, error);
  usual = g_strconcat (number, "-receipt.pdf", NULL);
  fill_place (&receipt.place, config);
  receipt.letterhead = letterhead;
  receipt.path = options->receipt != NULL ? options->receipt : usual;
  return erase (desk, identity, options, &receipt, outbox, number, error);
}

/* ---- retain ---- */

static void
print_expiry (const AccExpiry *expiry, const char *what)
{
  g_autofree char *short_number = acc_number_short (expiry->number);

  acc_cli_print ("%s\t%s\t%s\t%s\n", expiry->number, short_number, acc_state_to_text (expiry->state), what);
}

/* A kill between taking in and removing may have left a letter in both stores: there it goes first. */
static gboolean
expire (AccStore *desk, AccStore *inbox, const AccRetention *retention, const AccExpiry *expiry, GError **error)
{
  gboolean expired;

  if (!acc_inbox_remove (inbox, expiry->number, error)
      || !acc_erasure_expire (desk, retention, expiry->number, &expired, error))
    return FALSE;
  if (expired)
    print_expiry (expiry, "removed");
  return TRUE;
}

static gboolean
retain (AccStore *desk, AccStore *inbox, const AccOptions *options, const AccRetention *retention, GError **error)
{
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (GPtrArray) over = acc_retention_list (desk, retention, &held, error);

  if (over == NULL || (!options->yes && !acc_retention_check_clock (desk, over->len > 0, error)))
    return FALSE;
  for (guint i = 0; i < over->len; i++)
    if (!expire (desk, inbox, retention, g_ptr_array_index (over, i), error))
      return FALSE;
  acc_heads_keep (desk, inbox, NULL);
  if (!acc_slips_tell (desk, inbox, error))
    return FALSE;
  for (guint i = 0; i < held->len; i++)
    print_expiry (g_ptr_array_index (held, i), "kept, because it is held");
  return TRUE;
}

gboolean
acc_command_retain (const AccOptions *options, GError **error)
{
  g_autoptr (AccStore) desk = NULL, inbox = NULL;
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccFolderDoor) outbox = NULL;
  AccRetention retention;

  if (!acc_cli_need (options->store, "--store", error) || (config = acc_config_load (options->store, error)) == NULL
      || (desk = acc_archive_open (options->store, ACC_STORE_WRITE, error)) == NULL
      || (inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error)) == NULL)
    return FALSE;
  retention.days = acc_config_get_int (config, ACC_CONFIG_RETENTION_DAYS);
  retention.most_days = acc_config_get_int (config, ACC_CONFIG_RETENTION_MOST_DAYS);
  outbox = open_outbox (config);
  return retain (desk, inbox, options, &retention, error) && acc_erasure_sweep (desk, outbox, error);
}
