/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a covering letter. */
#include "base/text.h"
#include "paper/composition-blocks-private.h"

static void
add_unless_blank (AccComposition *self, AccBlockRole role, const char *text)
{
  if (!acc_text_is_blank (text))
    acc_composition_add (self, role, ACC_FIELD_NONE, g_strdup (text));
}

AccComposition *
acc_composition_new_cover (const AccCoverText *cover, AccWording *wording)
{
  g_return_val_if_fail (cover != NULL, NULL);
  g_return_val_if_fail (ACC_IS_WORDING (wording), NULL);

  AccComposition *self = g_object_new (ACC_TYPE_COMPOSITION, NULL);

  self->wording = g_object_ref (wording);
  self->paper = cover->paper;
  self->branch = g_utf8_normalize (cover->branch, -1, G_NORMALIZE_NFC);
  self->foot = acc_composition_make_foot (wording, cover->number);
  self->language = g_strdup (cover->language);
  self->date = g_strdup (cover->date);
  self->title = cover->title != NULL ? g_strdup (cover->title)
                                     : acc_wording_fill (wording, "cover-title", "name", cover->to_name, NULL);

  acc_composition_add (self, ACC_BLOCK_DATE, ACC_FIELD_NONE, acc_wording_date (wording, cover->date));
  acc_composition_add (self, ACC_BLOCK_ADDRESSEE, ACC_FIELD_NONE,
                       acc_wording_fill (wording, "cover-for", "name", cover->to_name, NULL));
  add_unless_blank (self, ACC_BLOCK_QUIET, cover->to_line);
  add_unless_blank (self, ACC_BLOCK_HEADING, cover->subject);
  add_unless_blank (self, ACC_BLOCK_SALUTATION, cover->salutation);
  acc_composition_add_paragraphs (self, ACC_FIELD_NONE, cover->paragraph, FALSE);
  acc_composition_add (self, ACC_BLOCK_CLOSING, ACC_FIELD_NONE, acc_wording_fill (wording, "cover-closing", NULL));

  AccBlock *signed_by = acc_composition_add (self, ACC_BLOCK_SIGNATURE, ACC_FIELD_NONE, g_strdup (cover->signed_name));
  if (!acc_text_is_blank (cover->signed_line))
    signed_by->note = g_utf8_normalize (cover->signed_line, -1, G_NORMALIZE_NFC);
  return self;
}
