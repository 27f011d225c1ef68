/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-support.h"

#include <string.h>

#include "store/statement.h"
#include "support.h"

static const AccStoreKind desk_kind = { "desk", 0x41434332, 2 };

static gboolean
found (AccStore *desk, gpointer data, GError **error)
{
  TestBranch *branch = data;

  const AccFounding founding = { "Market Street", TEST_MANAGER, TEST_PASSPHRASE, branch->pepper };

  branch->manager = acc_bankers_found_branch (desk, &founding, &branch->recovery_key, error);
  return branch->manager != NULL;
}

void
test_branch_init (TestBranch *branch)
{
  g_autoptr (GError) error = NULL;

  branch->folder = test_folder_new ();
  branch->path = g_build_filename (branch->folder, "desk.db", NULL);
  branch->pepper = g_bytes_new_static (TEST_PEPPER, 32);
  branch->desk = acc_store_create (branch->path, &desk_kind, &error);
  g_assert_no_error (error);
  acc_store_transact (branch->desk, found, branch, &error);
  g_assert_no_error (error);
}

void
test_branch_clear (TestBranch *branch)
{
  g_clear_object (&branch->manager);
  g_clear_object (&branch->desk);
  g_clear_pointer (&branch->pepper, g_bytes_unref);
  g_clear_pointer (&branch->recovery_key, g_free);
  g_clear_pointer (&branch->path, g_free);
  g_clear_pointer (&branch->folder, test_folder_free);
}

void
test_branch_add (TestBranch *branch, const char *name, const char *passphrase)
{
  g_autoptr (GError) error = NULL;

  acc_bankers_add (branch->desk, branch->manager, branch->pepper, name, passphrase, FALSE, NULL, &error);
  g_assert_no_error (error);
}

void
test_execute (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (store, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

gint64
test_query (AccStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (store, sql, &error);
  gboolean row = FALSE;

  acc_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return acc_statement_get_int (statement, 0);
}

void
test_assert_absent (const char *path, const char *canary)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size = 0;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, >, 0);
  if (memmem (bytes, size, canary, strlen (canary)) != NULL)
    g_error ("“%s” stands in %s", canary, path);
}

GBytes *
test_flip (GBytes *bytes, gsize offset, int bit)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);

  copy[offset] ^= 1 << bit;
  return g_bytes_new_take (copy, size);
}
