/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "acc-schemas.h"
#include "base/error.h"

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
