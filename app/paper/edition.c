/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/edition.h"

#include "paper/pdf-writer.h"
#include "paper/proofreader.h"

AccPages *
acc_edition_typeset (const AccEdition *edition, AccLetterhead *letterhead, GError **error)
{
  g_return_val_if_fail (edition != NULL && ACC_IS_LETTER (edition->letter) && edition->branch != NULL, NULL);
  g_return_val_if_fail (ACC_IS_LETTERHEAD (letterhead), NULL);

  /* From here on nothing knows of the words that were taken out. */
  g_autoptr (GArray) marks = NULL;
  g_autoptr (AccLetter) letter
    = edition->passages != NULL ? acc_passages_take_out (edition->passages, edition->letter, &marks, error)
                                : g_object_ref (edition->letter);
  g_autoptr (AccWording) wording
    = letter != NULL ? acc_wording_load (letterhead, acc_letter_get_fields (letter)->language, error) : NULL;
  const AccEditionText text = { letter, marks, edition->large_print };
  g_autoptr (AccComposition) composition = NULL;

  if (wording == NULL)
    return NULL;
  composition = acc_composition_new_edition (&text, wording, edition->branch, edition->number);
  return acc_typeset (composition, letterhead, error);
}

GBytes *
acc_edition_write (const AccEdition *edition, AccLetterhead *letterhead, GError **error)
{
  g_autoptr (AccPages) pages = acc_edition_typeset (edition, letterhead, error);
  g_autoptr (GBytes) pdf = pages != NULL ? acc_pdf_write (pages, error) : NULL;

  if (pdf == NULL || !acc_proofread (pages, pdf, error))
    return NULL;
  return g_steal_pointer (&pdf);
}
