/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/directory-table.h"

#include "archive/archive.h"
#include "base/clock.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "staff/person-private.h"
#include "staff/staff-csv.h"
#include "store/statement.h"
#include "vault/hash.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CONTEXT "directory"
#define FACT(name) "json_extract (iif (json_valid (facts), facts, '{}'), '$." name "')"
/* Frozen: in the journal. */
#define ENTRY_KIND "directory imported"
#define ANEW_KIND "directory encrypted anew"
#define SAME_TIME_SECONDS 3600 /* between a snapshot and its entry, which are written at once: days are what counts */

typedef struct {
  AccIdentity *identity;
  AccDirectory *directory;
  AccDirectory *before; /* what it must come after; NULL: anything */
} Import;

static AccDirectory *
open_snapshot (AccIdentity *identity, GBytes *body, GError **error)
{
  g_autoptr (GBytes) csv = acc_identity_decrypt (identity, CONTEXT, body, error);
  g_autoptr (GError) local = NULL;
  AccDirectory *directory;

  if (csv == NULL)
    return NULL;
  directory = acc_staff_csv_read (csv, &local);
  if (directory == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("The staff directory in the store cannot be read: %s"),
                 local->message);
  return directory;
}

AccDirectory *
acc_directory_table_load (AccStore *desk, AccIdentity *identity, char **imported_at, GError **error)
{
  g_autoptr (AccStatement) find = NULL;
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *at = NULL;
  AccDirectorySource source = ACC_DIRECTORY_FROM_CSV;
  gint64 sequence = 0;
  gboolean row = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);

  find = acc_statement_new (
    desk, "SELECT body, imported_at, source, sequence FROM directory ORDER BY sequence DESC LIMIT 1", error);
  if (!acc_statement_step (find, &row, error))
    return NULL;
  if (row)
    {
      body = acc_statement_dup_bytes (find, 0);
      at = g_strdup (acc_statement_get_text (find, 1));
      source = acc_directory_source_from_word (acc_statement_get_text (find, 2));
      sequence = acc_statement_get_int (find, 3);
    }
  g_clear_pointer (&find, acc_statement_free); /* an open read would keep others from committing */

  directory = row ? open_snapshot (identity, body, error) : acc_directory_new (g_ptr_array_new ());
  if (directory != NULL && at != NULL)
    acc_directory_set_snapshot (directory, sequence, at);
  if (directory != NULL)
    acc_directory_set_source (directory, source);
  if (directory != NULL && imported_at != NULL)
    *imported_at = at != NULL ? g_steal_pointer (&at) : g_strdup ("");
  return g_steal_pointer (&directory);
}

static gboolean
find_newest (AccStore *desk, gint64 *sequence, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (desk, "SELECT coalesce (max (sequence), 0) FROM directory", error);
  gboolean row = FALSE;

  if (!acc_statement_step (find, &row, error))
    return FALSE;
  *sequence = row ? acc_statement_get_int (find, 0) : 0;
  return TRUE;
}

AccDirectory *
acc_directory_table_load_newer (AccStore *desk, AccIdentity *identity, AccDirectory *known, GError **error)
{
  gint64 newest = 0;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_DIRECTORY (known), NULL);

  if (!find_newest (desk, &newest, error))
    return NULL;
  return newest == acc_directory_get_sequence (known) ? g_object_ref (known)
                                                      : acc_directory_table_load (desk, identity, NULL, error);
}

/* The snapshot's hash stands in the journal too, so that putting an older one back is found. A file's source is left out:
 * so it was when a file was all there could be. */
static char *
make_facts (gint64 people, const char *body_hash, const char *source)
{
  const char *csv = acc_directory_source_to_word (ACC_DIRECTORY_FROM_CSV);
  g_autofree char *from = source == NULL || g_str_equal (source, csv) ? g_strdup ("")
                                                                      : g_strdup_printf (",\"source\":\"%s\"", source);

  return g_strdup_printf ("{\"people\":%" G_GINT64_FORMAT ",\"snapshot\":\"%s\"%s}", people,
                          body_hash != NULL ? body_hash : "", from);
}

static gboolean
check_before (AccStore *desk, AccDirectory *before, GError **error)
{
  gint64 newest = 0;

  if (!find_newest (desk, &newest, error))
    return FALSE;
  if (newest == acc_directory_get_sequence (before))
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                       _ ("Another directory was imported meanwhile. Look at what would change once more."));
  return FALSE;
}

static gboolean
insert_snapshot (AccStore *desk, gpointer data, GError **error)
{
  Import *import = data;
  guint people = acc_directory_get_n_people (import->directory);
  g_autoptr (GBytes) csv = acc_staff_csv_write (import->directory);
  g_autoptr (GBytes) body = acc_identity_encrypt (import->identity, CONTEXT, csv);
  g_autofree char *hash = acc_hash_bytes (body);
  g_autofree char *at = acc_clock_stamp ();
  const char *source = acc_directory_source_to_word (acc_directory_get_source (import->directory));
  g_autofree char *facts = make_facts (people, hash, source);
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk,
                         "INSERT INTO directory (imported_at, source, people, body, body_hash)"
                         " VALUES (?1, ?5, ?2, ?3, ?4)",
                         error);

  if (import->before != NULL && !check_before (desk, import->before, error))
    return FALSE;
  acc_statement_bind_text (insert, 1, at);
  acc_statement_bind_int (insert, 2, people);
  acc_statement_bind_bytes (insert, 3, body);
  acc_statement_bind_text (insert, 4, hash);
  acc_statement_bind_text (insert, 5, source);
  return acc_statement_run (insert, error) && acc_archive_note (desk, import->identity, ENTRY_KIND, NULL, facts, error);
}

static gboolean
save (AccStore *desk, AccStore *inbox, Import *import, GError **error)
{
  g_auto (GStrv) departments = NULL;

  if (!acc_store_transact (desk, insert_snapshot, import, error))
    return FALSE;
  departments = acc_directory_list_departments (import->directory);
  return acc_inbox_set_departments (inbox, (const char *const *) departments, error);
}

gboolean
acc_directory_table_save (AccStore *desk, AccStore *inbox, AccIdentity *identity, AccDirectory *directory,
                          GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_DIRECTORY (directory), FALSE);

  return save (desk, inbox, &(Import){ identity, directory, NULL }, error);
}

gboolean
acc_directory_may_import (AccIdentity *identity, GError **error)
{
  g_return_val_if_fail (ACC_IS_IDENTITY (identity), FALSE);

  if (acc_identity_get_banker (identity)->manager)
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("Importing the directory needs a manager."));
  return FALSE;
}

gboolean
acc_directory_table_import (AccStore *desk, AccStore *inbox, AccIdentity *identity, AccStaffDifference *difference,
                            GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail (ACC_IS_STAFF_DIFFERENCE (difference), FALSE);

  return save (desk, inbox,
               &(Import){ identity, acc_staff_difference_get_after (difference),
                          acc_staff_difference_get_before (difference) },
               error);
}

typedef struct {
  AccIdentity *identity;
  gint64 sequence; /* the walk goes on after it */
  gboolean found;
  gint64 people; /* of what was found */
  char *source;
} Anew;

static void
anew_clear (Anew *self)
{
  g_clear_pointer (&self->source, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Anew, anew_clear)

/* The next snapshot after self->sequence. */
static gboolean
find_next (AccStore *desk, Anew *self, GBytes **body, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new (
      desk, "SELECT sequence, people, body, source FROM directory WHERE sequence > ?1 ORDER BY sequence LIMIT 1", error);

  acc_statement_bind_int (find, 1, self->sequence);
  if (!acc_statement_step (find, &self->found, error))
    return FALSE;
  if (self->found)
    {
      self->sequence = acc_statement_get_int (find, 0);
      self->people = acc_statement_get_int (find, 1);
      g_free (self->source);
      self->source = g_strdup (acc_statement_get_text (find, 3));
      *body = acc_statement_dup_bytes (find, 2);
    }
  return TRUE;
}

/* As the snapshot's own, and which one it was before. */
static char *
make_anew_facts (const Anew *self, const char *hash, const char *before)
{
  g_autofree char *facts = make_facts (self->people, hash, self->source);

  facts[strlen (facts) - 1] = '\0';
  return g_strdup_printf ("%s,\"before\":\"%s\"}", facts, before);
}

static gboolean
encrypt_next (AccStore *desk, gpointer data, GError **error)
{
  Anew *self = data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (GBytes) anew = NULL;
  g_autofree char *before = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *facts = NULL;
  g_autoptr (AccStatement) update = NULL;

  if (!find_next (desk, self, &body, error))
    return FALSE;
  if (self->found && !acc_identity_is_newest (self->identity, body))
    csv = acc_identity_decrypt (self->identity, CONTEXT, body, NULL);
  if (csv == NULL)
    return TRUE;
  anew = acc_identity_encrypt (self->identity, CONTEXT, csv);
  before = acc_hash_bytes (body);
  hash = acc_hash_bytes (anew);
  facts = make_anew_facts (self, hash, before);
  update = acc_statement_new (desk, "UPDATE directory SET body = ?2, body_hash = ?3 WHERE sequence = ?1", error);
  acc_statement_bind_int (update, 1, self->sequence);
  acc_statement_bind_bytes (update, 2, anew);
  acc_statement_bind_text (update, 3, hash);
  return acc_statement_run (update, error) && acc_archive_note (desk, self->identity, ANEW_KIND, NULL, facts, error);
}

gboolean
acc_directory_table_encrypt_anew (AccStore *desk, AccIdentity *identity, GError **error)
{
  g_auto (Anew) anew = { identity, 0, TRUE };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);

  while (anew.found)
    if (!acc_store_transact (desk, encrypt_next, &anew, error))
      return FALSE;
  return TRUE;
}

/* What the journal says of a snapshot. */
typedef struct {
  guint order; /* of its import */
  gint64 at;   /* Unix time */
} Noted;

static Noted *
noted_new (guint order, gint64 at)
{
  Noted *noted = g_new0 (Noted, 1);

  noted->order = order;
  noted->at = at;
  return noted;
}

/* What is walked along, in the order of the snapshots' numbers: an older one must not take the place of the newest, nor be
 * taken for one of another day. */
typedef struct {
  GHashTable *noted; /* facts to Noted */
  guint order;       /* of the last one */
} Walk;

static gboolean
is_noted (Walk *walk, const char *facts, gint64 at)
{
  const Noted *noted = g_hash_table_lookup (walk->noted, facts);
  gboolean right = noted != NULL && noted->order > walk->order && ABS (noted->at - at) <= SAME_TIME_SECONDS;

  if (noted != NULL)
    walk->order = MAX (walk->order, noted->order);
  g_hash_table_remove (walk->noted, facts);
  return right;
}

static void
check_snapshot (AccStatement *snapshot, Walk *walk, GPtrArray *findings)
{
  g_autoptr (GBytes) body = acc_statement_dup_bytes (snapshot, 2);
  g_autofree char *hash = body != NULL ? acc_hash_bytes (body) : g_strdup ("");
  g_autofree char *facts = make_facts (acc_statement_get_int (snapshot, 1), hash, acc_statement_get_text (snapshot, 4));
  long sequence = (long) acc_statement_get_int (snapshot, 0);

  if (strcmp (hash, acc_statement_get_text (snapshot, 3)) != 0)
    g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db: directory %ld does not match its hash"), sequence));
  else if (!is_noted (walk, facts, acc_statement_get_int (snapshot, 5)))
    g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db: directory %ld has no journal entry"), sequence));
}

/* By what make_facts has of each; one that was encrypted anew counts as it is now. */
static GHashTable *
load_noted (AccStore *desk, GError **error)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (AccStatement) entries
    = acc_statement_new (desk,
                         "SELECT coalesce (facts, ''), kind = ?2, " FACT ("people") ", " FACT ("snapshot") ", "
                         FACT ("before") ", " FACT ("source") ", unixepoch (at)"
                         " FROM journal WHERE kind IN (?1, ?2) ORDER BY writer, sequence",
                         error);
  guint order = 0;
  gboolean row = FALSE;

  acc_statement_bind_text (entries, 1, ENTRY_KIND);
  acc_statement_bind_text (entries, 2, ANEW_KIND);
  while (acc_statement_step (entries, &row, error))
    {
      gint64 people = acc_statement_get_int (entries, 2);
      const char *source = acc_statement_get_text (entries, 5);
      g_autofree char *before = NULL;
      const Noted *was;

      if (!row)
        return g_steal_pointer (&all);
      if (acc_statement_get_int (entries, 1) == 0)
        {
          g_hash_table_insert (all, g_strdup (acc_statement_get_text (entries, 0)),
                               noted_new (++order, acc_statement_get_int (entries, 6)));
          continue;
        }
      before = make_facts (people, acc_statement_get_text (entries, 4), source);
      was = g_hash_table_lookup (all, before);
      g_hash_table_insert (all, make_facts (people, acc_statement_get_text (entries, 3), source),
                           noted_new (was != NULL ? was->order : 0, was != NULL ? was->at : 0));
      g_hash_table_remove (all, before);
    }
  return NULL;
}

gboolean
acc_directory_table_check (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_autoptr (GHashTable) noted = NULL;
  Walk walk = { NULL, 0 };
  gint64 after = G_MININT64;

  g_return_val_if_fail (ACC_IS_STORE (desk) && findings != NULL, FALSE);

  walk.noted = noted = load_noted (desk, error);
  if (noted == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (AccStatement) next
        = acc_statement_new (desk,
                             "SELECT sequence, people, body, body_hash, source, unixepoch (imported_at)"
                             " FROM directory WHERE sequence > ?1 ORDER BY sequence LIMIT 1",
                             error);
      gboolean row = FALSE;

      acc_statement_bind_int (next, 1, after);
      if (!acc_statement_step (next, &row, error))
        return FALSE;
      if (!row)
        break;
      check_snapshot (next, &walk, findings);
      after = acc_statement_get_int (next, 0);
    }
  if (g_hash_table_size (noted) > 0)
    g_ptr_array_add (findings, g_strdup_printf (_ ("desk.db: directories missing that the journal tells of: %u"),
                                                g_hash_table_size (noted)));
  return TRUE;
}
