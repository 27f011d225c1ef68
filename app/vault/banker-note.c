/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/banker-note.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "store/statement.h"
#include "vault/journal.h"

char *
acc_banker_facts (const char *name, ...)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  va_list pairs;

  json_builder_begin_object (builder);
  va_start (pairs, name);
  while (name != NULL)
    {
      const char *text = va_arg (pairs, const char *);

      if (text != NULL)
        {
          json_builder_set_member_name (builder, name);
          json_builder_add_string_value (builder, text);
        }
      name = va_arg (pairs, const char *);
    }
  va_end (pairs);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static gboolean
check_signer (AccStore *desk, const AccBanker *banker, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (
      desk, "SELECT 1 FROM banker WHERE id = ?1 AND disabled_at IS NULL AND sign_public = ?2", error);
  gboolean may_sign = FALSE;

  acc_statement_bind_int (find, 1, banker->id);
  acc_statement_bind_data (find, 2, banker->sign_public, sizeof banker->sign_public);
  if (!acc_statement_step (find, &may_sign, error))
    return FALSE;
  if (!may_sign)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED,
                 _ ("%s was disabled or given a new passphrase since signing in"), banker->name);
  return may_sign;
}

static GBytes *
sign_hash (const char *hash, gpointer data, GError **error)
{
  return acc_identity_sign (data, hash, strlen (hash));
}

gboolean
acc_banker_note (AccStore *desk, AccIdentity *identity, const char *kind, const char *number, const char *facts,
                 GError **error)
{
  AccJournalEntry entry = { ACC_DESK_WRITER, kind, number, facts, NULL };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && kind != NULL, FALSE);

  entry.signer = acc_identity_get_banker (identity)->name;
  return check_signer (desk, acc_identity_get_banker (identity), error)
         && acc_journal_append (desk, &entry, sign_hash, identity, error);
}
