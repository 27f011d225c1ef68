/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/black-out.h"

#include "archive/documents.h"
#include "base/error.h"
#include "base/text.h"
#include "letter/passages.h"

#include <glib/gi18n-lib.h>

typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  const AccBlackOut *black_out; /* NULL: back to the original */
  AccNamed named;
} Job;

static gboolean
black_out (AccStore *desk, gpointer data, GError **error)
{
  const Job *job = data;
  g_autofree char *passages = acc_passages_to_text (job->black_out->passages);
  g_autofree char *reason = g_strdup_printf ("%s\n%s", passages, job->black_out->reason);

  return acc_decide_within (desk, job->identity, job->letter, ACC_MOVE_BLACK_OUT, job->named, reason, error)
         && acc_documents_add_edition (desk, job->identity, job->letter, ACC_DOCUMENT_BLACKED_OUT, job->black_out->pdf,
                                       error);
}

gboolean
acc_black_out (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, const AccBlackOut *done, GError **error)
{
  Job job = { identity, letter, done, ACC_NAMED_NOT };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);
  g_return_val_if_fail (done != NULL && done->passages != NULL && done->pdf != NULL, FALSE);

  job.named = done->named;
  /* Which passages alone is no reason, though it would be words. */
  if (acc_text_is_blank (done->reason))
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("reason: Say why, in a few words."));
      return FALSE;
    }
  return acc_store_transact (desk, black_out, &job, error);
}

static gboolean
restore (AccStore *desk, gpointer data, GError **error)
{
  const Job *job = data;
  AccDocumentKind kind = ACC_DOCUMENT_ORIGINAL;
  g_autoptr (GError) damage = NULL;
  g_autoptr (GBytes) pdf = acc_documents_get_outgoing (desk, job->letter, &kind, &damage);

  /* An edition that is damaged is one more reason to go back. */
  if (pdf == NULL && !g_error_matches (damage, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&damage));
      return FALSE;
    }
  if (pdf != NULL && kind == ACC_DOCUMENT_ORIGINAL)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                           _ ("It is the original of this letter that leaves the branch already."));
      return FALSE;
    }
  return acc_decide_within (desk, job->identity, job->letter, ACC_MOVE_RESTORE, job->named, NULL, error)
         && acc_documents_choose_original (desk, job->identity, job->letter, error);
}

gboolean
acc_black_out_undo (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccNamed named, GError **error)
{
  Job job = { identity, letter, NULL, named };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);
  return acc_store_transact (desk, restore, &job, error);
}
