/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/notebook.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "archive/rules.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "store/statement.h"
#include "vault/bankers.h"
#include "vault/hash.h"

/* Frozen: format, staff_id, name, department, good_at, call_again, letters. */
#define FORMAT 1
#define VALUES "(issssbas)"

/* Frozen: what a signature is over, before the entry's id, when it was changed, and what is encrypted. */
#define SIGNED "accolade notebook entry 1\n%s\n%s\n"

#define SIGNATURE_SIZE 64 /* Ed25519; it leads the body */
#define BATCH 100

AccNotebookEntry *
acc_notebook_entry_new (const char *staff_id, const char *name, const char *department)
{
  AccNotebookEntry *entry;

  g_return_val_if_fail (staff_id != NULL && name != NULL && department != NULL, NULL);

  entry = g_new0 (AccNotebookEntry, 1);
  entry->id = g_uuid_string_random ();
  entry->staff_id = g_strdup (staff_id);
  entry->name = g_strdup (name);
  entry->department = g_strdup (department);
  entry->good_at = g_strdup ("");
  entry->letters = g_new0 (char *, 1);
  return entry;
}

AccNotebookEntry *
acc_notebook_entry_copy (const AccNotebookEntry *entry)
{
  AccNotebookEntry *copy;

  g_return_val_if_fail (entry != NULL, NULL);

  copy = acc_notebook_entry_new (entry->staff_id, entry->name, entry->department);
  g_free (copy->id);
  copy->id = g_strdup (entry->id);
  g_free (copy->good_at);
  copy->good_at = g_strdup (entry->good_at);
  copy->call_again = entry->call_again;
  g_strfreev (copy->letters);
  copy->letters = g_strdupv (entry->letters);
  return copy;
}

void
acc_notebook_entry_free (AccNotebookEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->staff_id);
  g_free (entry->name);
  g_free (entry->department);
  g_free (entry->good_at);
  g_strfreev (entry->letters);
  g_free (entry);
}

/* ---- finding ---- */

static gboolean
begins_a_word (const char *folded, const char *word)
{
  for (const char *at = folded; (at = strstr (at, word)) != NULL; at = g_utf8_next_char (at))
    if (at == folded || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
      return TRUE;
  return FALSE;
}

gboolean
acc_notebook_entry_matches (const AccNotebookEntry *entry, const char *query)
{
  g_autofree char *text = NULL, *folded = NULL, *folded_query = NULL;
  g_auto (GStrv) words = NULL;
  gboolean matches = TRUE;

  g_return_val_if_fail (entry != NULL && query != NULL, FALSE);

  text = g_strjoin ("\n", entry->name, entry->department, entry->good_at, NULL);
  folded = acc_text_fold (text);
  folded_query = acc_text_fold (query);
  words = g_strsplit (folded_query, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    matches = matches && (*words[i] == '\0' || begins_a_word (folded, words[i]));
  return matches;
}

/* Whom they are about: the directory's word where both have one, since two people may have one name. */
static gboolean
is_same_person (const AccNotebookEntry *a, const AccNotebookEntry *b)
{
  g_autofree char *name_a = acc_text_fold (a->name), *name_b = acc_text_fold (b->name);
  g_autofree char *department_a = acc_text_fold (a->department), *department_b = acc_text_fold (b->department);

  if (*a->staff_id != '\0' && *b->staff_id != '\0')
    return g_str_equal (a->staff_id, b->staff_id);
  return g_str_equal (name_a, name_b) && g_str_equal (department_a, department_b);
}

static AccNotebookEntry *
find_person (GPtrArray *entries, const AccNotebookEntry *person)
{
  for (guint i = 0; i < entries->len; i++)
    if (is_same_person (g_ptr_array_index (entries, i), person))
      return g_ptr_array_index (entries, i);
  return NULL;
}

/* ---- closing and opening ---- */

/* Bound to its place: an entry cannot be put under another's id. */
static char *
dup_context (const char *id)
{
  return g_strconcat ("notebook ", id, NULL);
}

static GBytes *
close_entry (AccIdentity *identity, const AccNotebookEntry *entry)
{
  g_autoptr (GVariant) values
    = g_variant_ref_sink (g_variant_new ("(issssb^as)", FORMAT, entry->staff_id, entry->name, entry->department,
                                         entry->good_at, entry->call_again, entry->letters));
  g_autofree char *context = dup_context (entry->id);
  char *json = json_gvariant_serialize_data (values, NULL);
  g_autoptr (GBytes) plain = g_bytes_new_static (json, strlen (json));
  GBytes *body = acc_identity_encrypt_own (identity, context, plain);

  acc_wipe (json, strlen (json));
  g_free (json);
  return body;
}

static AccNotebookEntry *
read_entry (const char *id, GBytes *plain)
{
  gsize size;
  const char *json = g_bytes_get_data (plain, &size);
  g_autoptr (GVariant) values = json_gvariant_deserialize_data (json, (gssize) size, VALUES, NULL);
  g_autoptr (AccNotebookEntry) entry = g_new0 (AccNotebookEntry, 1);
  int format = 0;

  if (values == NULL)
    return NULL;
  g_variant_get (values, "(issssb^as)", &format, &entry->staff_id, &entry->name, &entry->department, &entry->good_at,
                 &entry->call_again, &entry->letters);
  entry->id = g_strdup (id);
  return format == FORMAT ? g_steal_pointer (&entry) : NULL;
}

static GByteArray *
make_signed (const char *id, const char *changed_at, GBytes *box)
{
  g_autofree char *head = g_strdup_printf (SIGNED, id, changed_at);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (bytes, g_bytes_get_data (box, NULL), (guint) g_bytes_get_size (box));
  return bytes;
}

/* The signature, and what is encrypted behind it. */
static GBytes *
sign_box (AccIdentity *identity, const char *id, const char *changed_at, GBytes *box)
{
  g_autoptr (GByteArray) bytes = make_signed (id, changed_at, box);
  g_autoptr (GBytes) signature = acc_identity_sign (identity, bytes->data, bytes->len);
  GByteArray *body = g_byte_array_new ();

  g_byte_array_append (body, g_bytes_get_data (signature, NULL), SIGNATURE_SIZE);
  g_byte_array_append (body, g_bytes_get_data (box, NULL), (guint) g_bytes_get_size (box));
  return g_byte_array_free_to_bytes (body);
}

static GBytes *
dup_box (GBytes *body)
{
  gsize size = g_bytes_get_size (body);

  return size > SIGNATURE_SIZE ? g_bytes_new_from_bytes (body, SIGNATURE_SIZE, size - SIGNATURE_SIZE)
                               : g_bytes_new (NULL, 0);
}

/* NULL where it does not open any more. */
static AccNotebookEntry *
open_entry (AccIdentity *identity, const char *id, GBytes *body)
{
  g_autofree char *context = dup_context (id);
  g_autoptr (GBytes) box = dup_box (body);
  g_autoptr (GBytes) plain = acc_identity_decrypt_own (identity, context, box, NULL);

  return plain != NULL ? read_entry (id, plain) : NULL;
}

/* ---- the table ---- */

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

/* Calls @each, which owns neither, with the id of every entry of the banker and with what it holds: NULL where it does not
 * open. */
static gboolean
walk (AccStore *desk, AccIdentity *identity, void (*each) (const char *id, AccNotebookEntry *entry, gpointer data),
      gpointer data, GError **error)
{
  g_autoptr (AccStatement) list
    = acc_statement_new (desk, "SELECT entry, body FROM notebook WHERE banker = ?1 ORDER BY entry", error);
  gboolean row = FALSE, read;

  acc_statement_bind_int (list, 1, acc_identity_get_banker (identity)->id);
  while ((read = acc_statement_step (list, &row, error)) && row)
    {
      const char *id = acc_statement_get_text (list, 0);
      g_autoptr (GBytes) body = acc_statement_dup_bytes (list, 1);

      each (id, open_entry (identity, id, body), data);
    }
  return read;
}

typedef struct {
  GPtrArray *entries;
  GStrvBuilder *lost; /* ids */
  guint n_lost;
} Found;

static void
sort_out (const char *id, AccNotebookEntry *entry, gpointer data)
{
  Found *found = data;

  if (entry != NULL)
    g_ptr_array_add (found->entries, entry);
  else
    {
      g_strv_builder_add (found->lost, id);
      found->n_lost++;
    }
}

static GPtrArray *
load (AccStore *desk, AccIdentity *identity, GStrv *lost, guint *n_lost, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_notebook_entry_free);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  Found found = { entries, builder, 0 };

  if (!walk (desk, identity, sort_out, &found, error))
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
  g_autoptr (GBytes) box = close_entry (identity, entry);
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (GBytes) body = sign_box (identity, entry->id, now, box);
  g_autoptr (AccStatement) put
    = acc_statement_new (desk,
                         "INSERT INTO notebook (banker, entry, body, changed_at) VALUES (?1, ?2, ?3, ?4) "
                         "ON CONFLICT (banker, entry) DO UPDATE SET body = ?3, changed_at = ?4",
                         error);

  acc_statement_bind_int (put, 1, acc_identity_get_banker (identity)->id);
  acc_statement_bind_text (put, 2, entry->id);
  acc_statement_bind_bytes (put, 3, body);
  acc_statement_bind_text (put, 4, now);
  return acc_statement_run (put, error);
}

/* ---- the verbs ---- */

typedef struct {
  AccIdentity *identity;
  const AccNotebookEntry *entry;
  const char *const *ids;
} Change;

static void
clean (char **text, AccTextKind kind)
{
  g_autofree char *cleaned = acc_text_clean (*text, -1, kind, NULL);

  g_free (*text);
  *text = acc_text_trim (cleaned);
}

static gboolean
check (AccNotebookEntry *entry, GError **error)
{
  clean (&entry->name, ACC_TEXT_LINE);
  clean (&entry->department, ACC_TEXT_LINE);
  clean (&entry->good_at, ACC_TEXT_STORY);
  if (acc_text_is_blank (entry->name))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("Write the name of the person whom you want to note."));
      return FALSE;
    }
  if (g_utf8_strlen (entry->good_at, -1) > ACC_NOTEBOOK_WORDS_MAX)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("Good at: %d characters fit here."), ACC_NOTEBOOK_WORDS_MAX);
      return FALSE;
    }
  return TRUE;
}

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
  return check (cleaned, error) && acc_store_transact (desk, keep, &self, error);
}

static gboolean
remove_all (AccStore *desk, gpointer data, GError **error)
{
  const Change *self = data;
  gboolean removed = TRUE;

  for (guint i = 0; removed && self->ids[i] != NULL; i++)
    {
      g_autoptr (AccStatement) delete
        = acc_statement_new (desk, "DELETE FROM notebook WHERE banker = ?1 AND entry = ?2", error);

      acc_statement_bind_int (delete, 1, acc_identity_get_banker (self->identity)->id);
      acc_statement_bind_text (delete, 2, self->ids[i]);
      removed = acc_statement_run (delete, error);
    }
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

static gboolean
is_as_signed (const AccBanker *banker, const char *id, const char *changed_at, GBytes *body)
{
  g_autoptr (GBytes) box = dup_box (body);
  g_autoptr (GByteArray) bytes = make_signed (id, changed_at, box);
  g_autoptr (GBytes) signature
    = g_bytes_get_size (body) > SIGNATURE_SIZE ? g_bytes_new_from_bytes (body, 0, SIGNATURE_SIZE) : NULL;

  return acc_banker_verify (banker, bytes->data, bytes->len, signature);
}

/* The entry that @row stands at: row number, banker, id, time and body. */
static void
check_row (AccStatement *row, GPtrArray *bankers, GPtrArray *findings)
{
  const AccBanker *banker = find_banker (bankers, acc_statement_get_int (row, 1));
  const char *id = acc_statement_get_text (row, 2), *changed_at = acc_statement_get_text (row, 3);
  g_autoptr (GBytes) body = acc_statement_dup_bytes (row, 4);

  if (banker == NULL || id == NULL || changed_at == NULL || body == NULL || !is_as_signed (banker, id, changed_at, body))
    {
      g_autofree char *record = g_strdup_printf ("notebook entry %s", id != NULL ? id : "");

      acc_rules_add_finding (findings, "desk.db", record, _ ("it is not as its banker signed it"));
    }
}

/* Some rows after row *@last, which moves on; a damaged table may lead back. */
static gboolean
check_batch (AccStore *desk, GPtrArray *bankers, gint64 *last, GPtrArray *findings, GError **error)
{
  g_autoptr (AccStatement) rows = acc_statement_new (desk,
                                                     "SELECT rowid, banker, entry, changed_at, body FROM notebook "
                                                     "WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
                                                     error);
  gboolean row = FALSE, read;

  acc_statement_bind_int (rows, 1, *last);
  acc_statement_bind_int (rows, 2, BATCH);
  while ((read = acc_statement_step (rows, &row, error)) && row && acc_statement_get_int (rows, 0) > *last)
    {
      *last = acc_statement_get_int (rows, 0);
      check_row (rows, bankers, findings);
    }
  return read;
}

gboolean
acc_notebook_check (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) bankers = NULL;
  gint64 last = G_MININT64, before;

  g_return_val_if_fail (ACC_IS_STORE (desk) && findings != NULL, FALSE);

  bankers = acc_bankers_list (desk, error);
  if (bankers == NULL)
    return FALSE;
  do
    {
      before = last;
      if (!check_batch (desk, bankers, &last, findings, error))
        return FALSE;
    }
  while (last != before);
  return TRUE;
}
