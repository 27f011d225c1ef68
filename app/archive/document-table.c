/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/document-table-private.h"

#include "archive/rules.h"
#include "base/error.h"
#include "store/statement.h"

#include <glib/gi18n-lib.h>

/* The first column of the only row. */
static gint64
take_id (AccStatement *select, const char *number, GError **error)
{
  gboolean row = FALSE;

  if (!acc_statement_step (select, &row, error))
    return 0;
  if (row)
    return acc_statement_get_int (select, 0);
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("letter %s has no such edition"), number);
  return 0;
}

gint64
acc_document_table_find (AccStore *desk, const char *number, const char *body_hash, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, "SELECT id FROM document WHERE number = ?1 AND body_hash = ?2", error);

  acc_statement_bind_text (select, 1, number);
  acc_statement_bind_text (select, 2, body_hash);
  return take_id (select, number, error);
}

gint64
acc_document_table_find_newest (AccStore *desk, const char *number, const char *kind, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (
    desk, "SELECT id FROM document WHERE number = ?1 AND kind = ?2 ORDER BY id DESC LIMIT 1", error);

  acc_statement_bind_text (select, 1, number);
  acc_statement_bind_text (select, 2, kind);
  return take_id (select, number, error);
}

char *
acc_document_table_dup_facts (AccStore *desk, gint64 id, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (
    desk,
    "SELECT json_object ('edition', kind, 'document', body_hash, 'pdf_hash', pdf_hash, 'made_at', made_at) FROM document "
    "WHERE id = ?1",
    error);
  gboolean row = FALSE;

  acc_statement_bind_int (select, 1, id);
  if (!acc_statement_step (select, &row, error))
    return NULL;
  g_return_val_if_fail (row, NULL);
  return g_strdup (acc_statement_get_text (select, 0));
}

char *
acc_document_table_find_by_hash (AccStore *desk, const char *pdf_hash, char **kind, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, "SELECT number, kind FROM document WHERE pdf_hash = ?1 LIMIT 1", error);
  gboolean row = FALSE;

  acc_statement_bind_text (select, 1, pdf_hash);
  if (!acc_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, _ ("no document of this branch has these bytes"));
      return NULL;
    }
  *kind = g_strdup (acc_statement_get_text (select, 1));
  return g_strdup (acc_statement_get_text (select, 0));
}

static gboolean
refuse_untold (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (acc_document_table_find_newest (desk, number, "blacked-out", &local) != 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                   _ ("desk.db letter %s: the journal does not tell of its blacked-out edition"), number);
      return FALSE;
    }
  if (g_error_matches (local, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
acc_document_table_find_chosen (AccStore *desk, const char *number, char **kind, char **body_hash, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (
    desk,
    "SELECT " ACC_RULES_FACT ("j", "edition") ", " ACC_RULES_FACT ("j", "document")
    " FROM journal j WHERE j.number = ?1 AND +j.writer = 'desk' AND j.kind = '" ACC_EDITION_ENTRY "' AND "
    ACC_RULES_FACT ("j", "edition") " IS NOT 'large-print' ORDER BY +j.sequence DESC LIMIT 1",
    error);
  gboolean row = FALSE;

  acc_statement_bind_text (select, 1, number);
  if (!acc_statement_step (select, &row, error))
    return FALSE;
  if (!row)
    return refuse_untold (desk, number, error);
  /* an entry that says nothing of an edition is not the word for the original */
  *kind = g_strdup (acc_statement_get_text (select, 0) != NULL ? acc_statement_get_text (select, 0) : "");
  *body_hash = g_strdup (acc_statement_get_text (select, 1) != NULL ? acc_statement_get_text (select, 1) : "");
  return TRUE;
}
