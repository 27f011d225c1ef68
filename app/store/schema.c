/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "acc-schemas.h"
#include "base/error.h"
#include "base/text.h"

/* Asked from our own bundle, not from all that is registered: an overlay named in the environment
 * (G_RESOURCE_OVERLAYS) must not put other steps in their place. */
static GResource *
get_bundle (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      acc_schemas_register_resource ();
      g_once_init_leave (&once, 1);
    }
  return acc_schemas_get_resource ();
}

static char *
load_step (const AccStoreKind *kind, int version)
{
  g_autofree char *path = g_strdup_printf ("/org/accolade/schemas/%s-%d.sql", kind->name, version);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (get_bundle (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
}

typedef struct {
  const AccStoreKind *kind;
  int version;
  const char *sql;
} Step;

static gboolean
run_step (AccStore *self, gpointer data, GError **error)
{
  const Step *step = data;
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %u; PRAGMA user_version = %d;",
                                            step->kind->application_id, step->version);

  if (!acc_store_execute (self, step->sql, error))
    return FALSE;
  g_assert (!sqlite3_get_autocommit (acc_store_get_db (self))); /* a step must not end its transaction itself */
  return acc_store_execute (self, marks, error);
}

gboolean
acc_schema_run_step (AccStore *self, const AccStoreKind *kind, int version, const char *sql, GError **error)
{
  Step step = { kind, version, sql };

  return acc_store_transact (self, run_step, &step, error);
}

gboolean
acc_schema_upgrade (AccStore *self, const AccStoreKind *kind, int version, GError **error)
{
  for (int next = version + 1; next <= kind->newest; next++)
    {
      g_autofree char *sql = load_step (kind, next);

      if (sql == NULL)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                       _ ("%s: this program lacks the step to version %d of the file"), acc_store_get_path (self),
                       next);
          return FALSE;
        }
      if (!acc_schema_run_step (self, kind, next, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- whether a store has that schema ---- */

#define OBJECTS "SELECT type || ' ' || name, coalesce (sql, '') FROM sqlite_schema"

static int
keep_object (gpointer data, int n, char **values, char **names)
{
  g_hash_table_replace (data, g_strdup (values[0]), g_strdup (values[1]));
  return 0;
}

/* What stands in the schema of @db, by type and name. */
static GHashTable *
list_objects (sqlite3 *db, int *code)
{
  g_autoptr (GHashTable) objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  *code = sqlite3_exec (db, OBJECTS, keep_object, objects, NULL);
  return *code == SQLITE_OK ? g_steal_pointer (&objects) : NULL;
}

/* What the steps make, in a database of their own in memory. */
static GHashTable *
list_expected (const AccStoreKind *kind)
{
  sqlite3 *db = NULL;
  GHashTable *objects = NULL;
  int code = sqlite3_open (":memory:", &db);

  for (int version = 1; code == SQLITE_OK && version <= kind->newest; version++)
    {
      g_autofree char *sql = load_step (kind, version);

      code = sql != NULL ? sqlite3_exec (db, sql, NULL, NULL, NULL) : SQLITE_ERROR;
    }
  if (code == SQLITE_OK)
    objects = list_objects (db, &code);
  sqlite3_close (db);
  return objects;
}

static void
add_finding (GPtrArray *findings, const AccStoreKind *kind, const char *object, const char *sentence)
{
  g_autofree char *shown = acc_text_clean (object, -1, ACC_TEXT_LINE, NULL);

  g_ptr_array_add (findings, g_strdup_printf (_ ("%s.db schema: %s: %s"), kind->name, shown, sentence));
}

gboolean
acc_store_check_schema (AccStore *self, const AccStoreKind *kind, GPtrArray *findings, GError **error)
{
  g_autoptr (GHashTable) expected = NULL, found = NULL;
  GHashTableIter iter;
  gpointer object, sql;
  int code = SQLITE_OK;

  g_return_val_if_fail (ACC_IS_STORE (self) && kind != NULL && findings != NULL, FALSE);

  expected = list_expected (kind);
  found = list_objects (acc_store_get_db (self), &code);
  if (expected == NULL || found == NULL)
    {
      acc_store_set_error (self, found == NULL ? code : SQLITE_NOMEM, error);
      return FALSE;
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &object, &sql))
    {
      const char *made = g_hash_table_lookup (expected, object);

      if (made == NULL)
        add_finding (findings, kind, object, _ ("Accolade has not made it"));
      else if (!g_str_equal (made, sql))
        add_finding (findings, kind, object, _ ("it is not as Accolade makes it"));
    }
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    if (!g_hash_table_contains (found, object))
      add_finding (findings, kind, object, _ ("it is missing"));
  return TRUE;
}
