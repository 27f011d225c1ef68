/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/submit.h"

#include "base/clock.h"
#include "inbox/accepted-key-table.h"
#include "inbox/slip-code.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "paper/pdf-writer.h"
#include "paper/proofreader.h"

struct _AccReadyLetter {
  GObject parent_instance;
  char *number;
  AccLetter *letter;
  AccPages *pages;
  GBytes *pdf;
  AccSealed *sealed; /* ahead of sending; NULL if not */
  char *slip_code, *slip_hash; /* NULL: no slip */
};

G_DEFINE_FINAL_TYPE (AccReadyLetter, acc_ready_letter, G_TYPE_OBJECT)

static void
acc_ready_letter_finalize (GObject *object)
{
  AccReadyLetter *self = ACC_READY_LETTER (object);

  g_free (self->number);
  g_clear_object (&self->letter);
  g_clear_object (&self->pages);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->sealed, acc_sealed_free);
  g_free (self->slip_code);
  g_free (self->slip_hash);
  G_OBJECT_CLASS (acc_ready_letter_parent_class)->finalize (object);
}

static void
acc_ready_letter_class_init (AccReadyLetterClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_ready_letter_finalize;
}

static void
acc_ready_letter_init (AccReadyLetter *self)
{
}

AccReadyLetter *
acc_ready_letter_new (AccLetter *letter, const char *number, AccLetterhead *letterhead, const char *branch,
                      GError **error)
{
  g_autoptr (AccReadyLetter) self = NULL;

  g_return_val_if_fail (ACC_IS_LETTER (letter) && !acc_letter_is_sketch (letter), NULL);
  g_return_val_if_fail (ACC_IS_LETTERHEAD (letterhead) && branch != NULL, NULL);

  self = g_object_new (ACC_TYPE_READY_LETTER, NULL);
  if (number != NULL && (self->number = acc_number_parse (number, error)) == NULL)
    return NULL;
  self->letter = g_object_ref (letter);
  self->pages = acc_typeset_letter (letter, branch, self->number, letterhead, error);
  self->pdf = self->pages != NULL ? acc_pdf_write (self->pages, error) : NULL;
  if (self->pdf == NULL || !acc_proofread (self->pages, self->pdf, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
acc_ready_letter_get_number (AccReadyLetter *self)
{
  g_return_val_if_fail (ACC_IS_READY_LETTER (self), NULL);
  return self->number;
}

AccLetter *
acc_ready_letter_get_letter (AccReadyLetter *self)
{
  g_return_val_if_fail (ACC_IS_READY_LETTER (self), NULL);
  return self->letter;
}

AccPages *
acc_ready_letter_get_pages (AccReadyLetter *self)
{
  g_return_val_if_fail (ACC_IS_READY_LETTER (self), NULL);
  return self->pages;
}

GBytes *
acc_ready_letter_get_pdf (AccReadyLetter *self)
{
  g_return_val_if_fail (ACC_IS_READY_LETTER (self), NULL);
  return self->pdf;
}

static AccSealed *
seal (AccReadyLetter *self, AccBranchKey *branch_key)
{
  g_autoptr (GBytes) json = acc_letter_to_json (self->letter);

  return acc_seal (branch_key, self->number, json, self->pdf);
}

void
acc_ready_letter_seal (AccReadyLetter *self, AccBranchKey *branch_key)
{
  g_return_if_fail (ACC_IS_READY_LETTER (self) && self->number != NULL && self->sealed == NULL);
  g_return_if_fail (branch_key != NULL);

  self->sealed = seal (self, branch_key);
}

void
acc_ready_letter_add_slip (AccReadyLetter *self, GBytes *slip_key)
{
  g_return_if_fail (ACC_IS_READY_LETTER (self) && self->number != NULL && self->slip_code == NULL);
  g_return_if_fail (slip_key != NULL);

  self->slip_code = acc_slip_code_new ();
  self->slip_hash = acc_slip_code_hash (slip_key, self->slip_code);
}

const char *
acc_ready_letter_get_slip_code (AccReadyLetter *self)
{
  g_return_val_if_fail (ACC_IS_READY_LETTER (self), NULL);
  return self->slip_code;
}

static gboolean
is_sealed_for (AccReadyLetter *self, AccBranchKey *branch_key)
{
  return self->sealed != NULL && g_str_equal (self->sealed->branch_key, acc_branch_key_get_id (branch_key));
}

gboolean
acc_submit (AccStore *inbox, AccBranchKey *branch_key, const char *kiosk, AccReadyLetter *ready, GError **error)
{
  g_autoptr (AccInboxLetter) letter = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && branch_key != NULL && kiosk != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_READY_LETTER (ready) && ready->number != NULL, FALSE);

  if (!acc_accepted_key_check (inbox, branch_key, error))
    return FALSE;
  letter = g_new0 (AccInboxLetter, 1);
  letter->sealed = is_sealed_for (ready, branch_key) ? acc_sealed_copy (ready->sealed) : seal (ready, branch_key);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup (kiosk);
  letter->submitted_at = acc_clock_stamp ();
  letter->n_pages = acc_pages_get_count (ready->pages);
  letter->slip_hash = g_strdup (ready->slip_hash);
  return acc_inbox_add (inbox, letter, error);
}
