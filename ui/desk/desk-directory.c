/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-directory.h"

#include <string.h>

#include "archive/kept-secrets.h"
#include "base/error.h"
#include "base/file.h"
#include "desk/desk-session-private.h"
#include "staff/directory-table.h"
#include "staff/staff-csv.h"
#include "staff/staff-ldap.h"
#include "vault/hash.h"

/* More than a directory may have, so that a file which is too large is refused with the line where it gets so. */
#define FILE_BYTES_MAX ((gsize) 2 * ACC_STAFF_BYTES_MAX)

/* What is read from, and against. */
typedef struct {
  char *path; /* NULL: from the directory server */
  AccConfig *config;
  char *password;       /* of the account at the server */
  AccDirectory *before; /* the newest in the store */
} Reading;

static Reading *
reading_new (AccDeskSession *self, const char *path)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (path);
  reading->config = g_object_ref (self->place->config);
  return reading;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  if (reading->password != NULL)
    acc_wipe (reading->password, strlen (reading->password));
  g_free (reading->password);
  g_free (reading->path);
  g_clear_object (&reading->config);
  g_clear_object (&reading->before);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

gboolean
acc_desk_session_is_by_ldap (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), FALSE);
  return self->place != NULL
         && acc_directory_source_from_word (acc_config_get (self->place->config, ACC_CONFIG_DIRECTORY_SOURCE))
              == ACC_DIRECTORY_FROM_LDAP;
}

const char *
acc_desk_session_get_ldap_address (AccDeskSession *self)
{
  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), "");
  return self->place != NULL ? acc_config_get (self->place->config, ACC_CONFIG_DIRECTORY_ADDRESS) : "";
}

/* ---- reading: the store's thread first, then one that may wait ---- */

static gboolean
check_manager (AccDeskSession *self, GError **error)
{
  return acc_desk_session_check_signed_in (self, error) && acc_directory_may_import (self->identity, error);
}

static gboolean
prepare_reading (AccDeskSession *self, Reading *reading, GError **error)
{
  if (!check_manager (self, error))
    return FALSE;
  reading->before = acc_directory_table_load_newer (self->desk, self->identity, self->directory, error);
  if (reading->before == NULL)
    return FALSE;
  if (reading->path == NULL)
    reading->password = acc_kept_secret_load (self->desk, self->identity, ACC_KEPT_SECRET_DIRECTORY, error);
  return reading->path != NULL || reading->password != NULL;
}

static AccStaffDifference *
read_directory (const Reading *reading, GCancellable *cancellable, GError **error)
{
  g_autoptr (AccDirectory) after = NULL;

  if (reading->path == NULL)
    after = acc_staff_ldap_fetch (reading->config, reading->password, cancellable, error);
  else
    {
      g_autoptr (GBytes) csv = acc_file_read (reading->path, FILE_BYTES_MAX, error);

      after = csv != NULL ? acc_staff_csv_read (csv, error) : NULL;
    }
  return after != NULL ? acc_staff_difference_new (reading->before, after) : NULL;
}

AccStaffDifference *
acc_desk_session_read_directory (AccDeskSession *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (Reading) reading = NULL;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self), NULL);

  reading = reading_new (self, path);
  return prepare_reading (self, reading, error) ? read_directory (reading, cancellable, error) : NULL;
}

static void
on_worker_ending (GCancellable *ending, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
read_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccDeskSession *self = source;
  GCancellable *ending = acc_worker_get_ending (self->directory_worker);
  gulong handler = g_cancellable_connect (ending, G_CALLBACK (on_worker_ending), g_object_ref (cancellable), g_object_unref);
  GError *error = NULL;
  AccStaffDifference *difference = read_directory (data, cancellable, &error);

  g_cancellable_disconnect (ending, handler);
  if (difference != NULL)
    g_task_return_pointer (task, difference, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
prepare_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (prepare_reading (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  AccDeskSession *self = ACC_DESK_SESSION (source);
  g_autoptr (GTask) whole = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (whole, error);
      return;
    }
  if (self->directory_worker == NULL)
    self->directory_worker = acc_worker_new ("directory");
  acc_worker_run (self->directory_worker, whole, read_body);
}

void
acc_desk_session_read_directory_async (AccDeskSession *self, const char *path, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) preparing = NULL;
  GTask *whole;
  Reading *reading;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && G_IS_CANCELLABLE (cancellable));

  whole = g_task_new (self, cancellable, callback, data);
  reading = reading_new (self, path);
  g_task_set_task_data (whole, reading, reading_free);
  preparing = g_task_new (self, cancellable, on_prepared, whole);
  g_task_set_task_data (preparing, reading, NULL); /* it is the whole's, which outlives this */
  acc_worker_run (self->store_worker, preparing, prepare_body);
}

AccStaffDifference *
acc_desk_session_read_directory_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- importing ---- */

gboolean
acc_desk_session_import_directory (AccDeskSession *self, AccStaffDifference *difference, GError **error)
{
  AccDirectory *directory;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (self) && ACC_IS_STAFF_DIFFERENCE (difference), FALSE);

  if (!check_manager (self, error)
      || !acc_directory_table_import (self->desk, self->inbox, self->identity, difference, error))
    return FALSE;
  directory = acc_directory_table_load_newer (self->desk, self->identity, self->directory, error);
  if (directory == NULL)
    return FALSE;
  g_clear_object (&self->directory);
  self->directory = directory;
  return TRUE;
}

static void
import_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (acc_desk_session_import_directory (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
acc_desk_session_import_directory_async (AccDeskSession *self, AccStaffDifference *difference,
                                         GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && ACC_IS_STAFF_DIFFERENCE (difference));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, g_object_ref (difference), g_object_unref);
  acc_worker_run (self->store_worker, task, import_body);
}

gboolean
acc_desk_session_import_directory_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
