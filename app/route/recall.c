/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/recall.h"

#include "review/approvals.h"
#include "route/delivery-note.h"
#include "route/delivery-table.h"

/* Of one that was approved. */
typedef struct {
  char *approved_at;
  GStrv employees, covers;
} Approved;

static void
approved_clear (Approved *approved)
{
  g_free (approved->approved_at);
  g_strfreev (approved->employees);
  g_strfreev (approved->covers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Approved, approved_clear)

/* Every note names all whom the letter was sent for. */
static gboolean
read_notes (AccStore *desk, AccOpenedLetter *letter, Approved *approved, GError **error)
{
  g_autoptr (GPtrArray) rows
    = acc_delivery_table_list (desk, acc_opened_letter_get_record (letter)->number, error);
  g_autoptr (GStrvBuilder) covers = g_strv_builder_new ();

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);
      g_autoptr (AccDeliveryNote) note = acc_delivery_note_open (row->recipient, letter, row->position, error);

      if (note == NULL)
        return FALSE;
      g_strv_builder_add (covers, note->paragraph);
      if (approved->employees == NULL)
        approved->employees = g_strdupv (note->employees);
    }
  approved->covers = g_strv_builder_end (covers);
  return TRUE;
}

static gboolean
may_be_approved (AccState state)
{
  return state == ACC_STATE_APPROVED || state == ACC_STATE_ROUTED || state == ACC_STATE_ACKNOWLEDGED;
}

gboolean
acc_recall (AccHistory *history, AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error)
{
  const AccRecord *record;
  g_auto (Approved) approved = { 0 };

  g_return_val_if_fail (history != NULL && ACC_IS_STORE (desk), FALSE);
  g_return_val_if_fail (ACC_IS_IDENTITY (identity) && ACC_IS_OPENED_LETTER (letter), FALSE);

  record = acc_opened_letter_get_record (letter);
  if (may_be_approved (record->state)
      && !acc_approval_find (desk, record->number, acc_identity_get_banker (identity)->id, &approved.approved_at, error))
    return FALSE;
  if (approved.approved_at != NULL && !read_notes (desk, letter, &approved, error))
    return FALSE;
  acc_history_add (history, &(AccPastLetter) { .number = record->number,
                                               .kiosk = record->kiosk,
                                               .submitted_at = record->submitted_at,
                                               .letter = acc_opened_letter_get_letter (letter),
                                               .approved_at = approved.approved_at,
                                               .employees = (const char *const *) approved.employees,
                                               .covers = (const char *const *) approved.covers });
  return TRUE;
}
