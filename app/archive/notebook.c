/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/notebook-private.h"

#include <glib/gi18n-lib.h>

#include "archive/rules.h"
#include "base/clock.h"
#include "base/error.h"
#include "vault/bankers.h"

/* ---- reading and writing ---- */

static gboolean
is_about_a_letter (AccStore *desk, const char *number, gboolean *is, GError **error)
{
  g_autoptr (AccRecord) record = NULL;
  g_autoptr (GError) failure = NULL;

  record = acc_archive_find (desk, number, &failure);
  *is = record != NULL && record->state != ACC_STATE_ERASED;
  if (record != NULL || g_error_matches (failure, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What is erased counts no more. */
static gboolean
leave_erased_out (AccStore *desk, AccNotebookEntry *entry, GError **error)
{
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();

  for (guint i = 0; entry->letters[i] != NULL; i++)
    {
      gboolean is = FALSE;

      if (!is_about_a_letter (desk, entry->letters[i], &is, error))
        return FALSE;
      if (is)
        g_strv_builder_add (left, entry->letters[i]);
    }
  g_strfreev (entry->letters);
  entry->letters = g_strv_builder_end (left);
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const AccNotebookEntry *const *) a)->name, (*(const AccNotebookEntry *const *) b)->name);
}

typedef struct {
  AccIdentity *identity;
  GPtrArray *entries;
  GStrvBuilder *lost; /* ids of those that do not open */
  guint n_lost;
} Found;

static void
sort_out (const AccNotebookRow *row, gpointer data)
{
  Found *found = data;
  AccNotebookEntry *entry = acc_notebook_entry_open (row->body, row->id, found->identity);

  if (entry != NULL)
    g_ptr_array_add (found->entries, entry);
  else
    {
      g_strv_builder_add (found->lost, row->id);
      found->n_lost++;
    }
}

static GPtrArray *
load (AccStore *desk, AccIdentity *identity, GStrv *lost, guint *n_lost, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_notebook_entry_free);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Found found = { identity, entries, builder, 0 };

  if (!acc_notebook_table_walk (desk, acc_identity_get_banker (identity)->id, sort_out, &found, error))
    return NULL;
  if (lost != NULL)
    *lost = g_strv_builder_end (builder);
  if (n_lost != NULL)
    *n_lost = found.n_lost;
  return g_steal_pointer (&entries);
}

GPtrArray *
acc_notebook_load (AccStore *desk, AccIdentity *identity, guint *n_lost, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);

  entries = load (desk, identity, NULL, n_lost, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (!leave_erased_out (desk, g_ptr_array_index (entries, i), error))
      return NULL;
  if (entries != NULL)
    g_ptr_array_sort (entries, compare_names);
  return g_steal_pointer (&entries);
}

static gboolean
write_entry (AccStore *desk, AccIdentity *identity, const AccNotebookEntry *entry, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (GBytes) body = acc_notebook_entry_close (entry, now, identity);

  return acc_notebook_table_put (
    desk, &(AccNotebookRow) { acc_identity_get_banker (identity)->id, entry->id, now, body }, error);
}

/* ---- the verbs ---- */

typedef struct {
  AccIdentity *identity;
  const AccNotebookEntry *entry;
  const char *const *ids;
} Change;

static gboolean
keep (AccStore *desk, gpointer data, GError **error)
{
  const Change *self = data;

  return write_entry (desk, self->identity, self->entry, error);
}

gboolean
acc_notebook_keep (AccStore *desk, AccIdentity *identity, const AccNotebookEntry *entry, GError **error)
{
  g_autoptr (AccNotebookEntry) cleaned = NULL;
  Change self = { identity, NULL, NULL };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && entry != NULL, FALSE);

  self.entry = cleaned = acc_notebook_entry_copy (entry);
  return acc_notebook_entry_clean (cleaned, error) && acc_store_transact (desk, keep, &self, error);
}

static gboolean
remove_all (AccStore *desk, gpointer data, GError **error)
{
  const Change *self = data;
  gboolean removed = TRUE;

  for (guint i = 0; removed && self->ids[i] != NULL; i++)
    removed = acc_notebook_table_remove (desk, acc_identity_get_banker (self->identity)->id, self->ids[i], error);
  return removed;
}

gboolean
acc_notebook_remove (AccStore *desk, AccIdentity *identity, const char *id, GError **error)
{
  const char *const ids[] = { id, NULL };
  Change self = { identity, NULL, ids };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && id != NULL, FALSE);

  return acc_store_transact (desk, remove_all, &self, error);
}

gboolean
acc_notebook_remove_lost (AccStore *desk, AccIdentity *identity, GError **error)
{
  g_auto (GStrv) lost = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  Change self = { identity, NULL, NULL };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);

  entries = load (desk, identity, &lost, NULL, error);
  self.ids = (const char *const *) lost;
  return entries != NULL && acc_store_transact (desk, remove_all, &self, error);
}

static AccNotebookEntry *
find_person (GPtrArray *entries, const AccNotebookEntry *person)
{
  for (guint i = 0; i < entries->len; i++)
    if (acc_notebook_entry_is_same_person (g_ptr_array_index (entries, i), person))
      return g_ptr_array_index (entries, i);
  return NULL;
}

static void
add_number (AccNotebookEntry *entry, const char *number)
{
  guint n = g_strv_length (entry->letters);

  entry->letters = g_renew (char *, entry->letters, n + 2);
  entry->letters[n] = g_strdup (number);
  entry->letters[n + 1] = NULL;
}

gboolean
acc_notebook_add_letter_within (AccStore *desk, AccIdentity *identity, const AccNotebookEntry *person,
                                const char *number, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (AccNotebookEntry) noted = NULL;
  const AccNotebookEntry *entry;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (person != NULL && number != NULL, FALSE);

  entries = load (desk, identity, NULL, NULL, error);
  if (entries == NULL)
    return FALSE;
  entry = find_person (entries, person);
  noted = acc_notebook_entry_copy (entry != NULL ? entry : person);
  if (g_strv_contains ((const char *const *) noted->letters, number))
    return TRUE;
  add_number (noted, number);
  return write_entry (desk, identity, noted, error);
}

/* ---- verify ---- */

static const AccBanker *
find_banker (GPtrArray *bankers, gint64 id)
{
  for (guint i = 0; i < bankers->len; i++)
    if (((const AccBanker *) g_ptr_array_index (bankers, i))->id == id)
      return g_ptr_array_index (bankers, i);
  return NULL;
}

typedef struct {
  GPtrArray *bankers, *findings;
} Check;

static void
check_row (const AccNotebookRow *row, gpointer data)
{
  const Check *self = data;
  const AccBanker *banker = find_banker (self->bankers, row->banker);

  if (banker == NULL || row->id == NULL || row->changed_at == NULL || row->body == NULL
      || !acc_notebook_entry_is_as_signed (row->body, row->id, row->changed_at, banker))
    {
      g_autofree char *record = g_strdup_printf ("notebook entry %s", row->id != NULL ? row->id : "");

      acc_rules_add_finding (self->findings, "desk.db", record, _ ("it is not as its banker signed it"));
    }
}

gboolean
acc_notebook_check (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) bankers = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && findings != NULL, FALSE);

  bankers = acc_bankers_list (desk, error);
  return bankers != NULL && acc_notebook_table_walk_all (desk, check_row, &(Check) { bankers, findings }, error);
}
