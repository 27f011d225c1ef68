/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/inbox.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "inbox/letter-table-private.h"
#include "inbox/slip-table.h"
#include "vault/hash.h"
#include "vault/journal.h"

/* "AcIn". Its letters are written once and read once, so few pages are kept: a whole letter's, as a rule. */
const AccStoreKind acc_inbox_kind = { "inbox", 0x4163496e, 5, NULL, 256 };

char *
acc_inbox_path (const char *store_dir)
{
  return g_build_filename (store_dir, "inbox.db", NULL);
}

char *
acc_inbox_branch_key_path (const char *store_dir)
{
  return g_build_filename (store_dir, "branch.pub", NULL);
}

AccStore *
acc_inbox_open (const char *store_dir, AccStoreMode mode, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (store_dir != NULL, NULL);
  path = acc_inbox_path (store_dir);
  return acc_store_open (path, &acc_inbox_kind, mode, error);
}

void
acc_inbox_letter_free (AccInboxLetter *letter)
{
  if (letter == NULL)
    return;
  g_clear_pointer (&letter->sealed, acc_sealed_free);
  g_free (letter->kiosk);
  g_free (letter->submitted_at);
  g_free (letter->slip_hash);
  g_free (letter);
}

/* All that stands in clear beside the body, so that a change of any of it contradicts the journal. */
static char *
write_facts (const AccInboxLetter *letter)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *key_hash = acc_hash_bytes (letter->sealed->key);
  const struct {
    const char *name, *value;
  } facts[] = {
    { "body_hash", letter->sealed->body_hash },
    { "pdf_hash", letter->sealed->pdf_hash },
    { "key_hash", key_hash },
    { "submitted_at", letter->submitted_at },
    { "slip_hash", letter->slip_hash },
  };

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      if (facts[i].value == NULL)
        continue;
      json_builder_set_member_name (builder, facts[i].name);
      json_builder_add_string_value (builder, facts[i].value);
    }
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, letter->n_pages);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static gboolean
append_entry (AccStore *inbox, const AccInboxLetter *letter, GError **error)
{
  g_autofree char *writer = g_strconcat ("kiosk:", letter->kiosk, NULL);
  g_autofree char *facts = write_facts (letter);
  const AccJournalEntry entry = { writer, "submitted", letter->sealed->number, facts, NULL };

  return acc_journal_append (inbox, &entry, NULL, NULL, error);
}

/* A slip that has been given out stays the letter's only one. */
static gboolean
check_slip (AccStore *inbox, const AccInboxLetter *letter, GError **error)
{
  g_autofree char *slip_hash = NULL;

  if (letter->slip_hash == NULL)
    return TRUE;
  if (!acc_slip_table_find_hash (inbox, letter->sealed->number, &slip_hash, error))
    return FALSE;
  if (g_strcmp0 (slip_hash, letter->slip_hash) == 0)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
               _ ("letter %s was already sent; it can be given no other slip than the one that it was sent with"),
               letter->sealed->number);
  return FALSE;
}

/* Whether @letter is there already. */
static gboolean
find_same (AccStore *inbox, const AccInboxLetter *letter, gboolean *found, GError **error)
{
  g_autofree char *pdf_hash = NULL;

  *found = FALSE;
  if (!acc_letter_table_find_pdf_hash (inbox, letter->sealed->number, &pdf_hash, error))
    return FALSE;
  if (pdf_hash != NULL && g_strcmp0 (pdf_hash, letter->sealed->pdf_hash) != 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("letter %s was already sent with other words"),
                   letter->sealed->number);
      return FALSE;
    }
  *found = pdf_hash != NULL;
  return !*found || check_slip (inbox, letter, error);
}

static gboolean
insert (AccStore *inbox, const AccInboxLetter *letter, GError **error)
{
  return acc_letter_table_insert (inbox, letter, error)
         && (letter->slip_hash == NULL
             || acc_slip_table_insert (inbox, letter->sealed->number, letter->slip_hash, letter->submitted_at, error))
         && append_entry (inbox, letter, error);
}

static gboolean
add (AccStore *inbox, gpointer data, GError **error)
{
  const AccInboxLetter *letter = data;
  gboolean found;

  if (!find_same (inbox, letter, &found, error))
    return FALSE;
  return found || insert (inbox, letter, error);
}

/* After an error at COMMIT the letter may be there: the journal file was gone when its folder could not be synced.
 * It counts as kept once that sync has succeeded. */
static gboolean
was_kept (AccStore *inbox, const AccInboxLetter *letter)
{
  g_autofree char *folder = acc_store_dup_folder (inbox);
  gboolean found;

  return find_same (inbox, letter, &found, NULL) && found && acc_file_sync_folder (folder, NULL);
}

gboolean
acc_inbox_add (AccStore *inbox, const AccInboxLetter *letter, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox), FALSE);
  g_return_val_if_fail (letter != NULL && letter->sealed != NULL && letter->kiosk != NULL, FALSE);
  g_return_val_if_fail (letter->format == ACC_SEAL_FORMAT && letter->submitted_at != NULL, FALSE);

  if (acc_store_transact (inbox, add, (gpointer) letter, &local))
    return TRUE;
  if (!g_error_matches (local, ACC_ERROR, ACC_ERROR_CONFLICT) && was_kept (inbox, letter))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
acc_inbox_knows (AccStore *inbox, const char *number, gboolean *known, GError **error)
{
  g_autofree char *pdf_hash = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && number != NULL && known != NULL, FALSE);

  *known = FALSE;
  if (!acc_letter_table_find_pdf_hash (inbox, number, &pdf_hash, error))
    return FALSE;
  *known = pdf_hash != NULL;
  return TRUE;
}

AccInboxLetter *
acc_inbox_next (AccStore *inbox, gint64 after_sequence, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (inbox), NULL);
  return acc_letter_table_select_next (inbox, after_sequence, error);
}

AccInboxLetter *
acc_inbox_find (AccStore *inbox, const char *number, GError **error)
{
  AccInboxLetter *letter;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && number != NULL, NULL);

  letter = acc_letter_table_select (inbox, number, &local);
  if (letter == NULL && local == NULL)
    g_set_error (&local, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("letter %s is not in the inbox"), number);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return letter;
}

static gboolean
remove_letter (AccStore *inbox, gpointer data, GError **error)
{
  return acc_letter_table_delete (inbox, data, error);
}

gboolean
acc_inbox_remove (AccStore *inbox, const char *number, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (inbox) && number != NULL, FALSE);
  return acc_store_transact (inbox, remove_letter, (gpointer) number, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

GStrv
acc_inbox_list_departments (AccStore *inbox, GError **error)
{
  GStrv names;

  g_return_val_if_fail (ACC_IS_STORE (inbox), NULL);

  names = acc_letter_table_select_departments (inbox, error);
  if (names != NULL)
    qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}

static gboolean
replace_departments (AccStore *inbox, gpointer data, GError **error)
{
  return acc_letter_table_replace_departments (inbox, data, error);
}

gboolean
acc_inbox_set_departments (AccStore *inbox, const char *const *names, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (inbox) && names != NULL, FALSE);
  return acc_store_transact (inbox, replace_departments, (gpointer) names, error);
}
