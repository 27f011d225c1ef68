/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For those who compose a paper: its blocks, added in reading order. A block that was added is lent until the next is. */
#pragma once

#include "paper/composition.h"

G_BEGIN_DECLS

struct _AccComposition
{
  GObject parent_instance;

  GArray *entries; /* blocks, as composition.c keeps them */
  AccPaper paper;
  char *branch, *foot, *foot_edition, *foot_more, *proof, *language, *date, *title;
  AccWording *wording;
  gboolean keeps_signature_room, large_print;
};

/* Takes @text, which @field's answer is, or the bank. */
AccBlock *acc_composition_add (AccComposition *self, AccBlockRole role, AccField field, char *text);

/* The wording of @key around one answer, remembering where in it the answer stands. */
AccBlock *acc_composition_add_around (AccComposition *self, AccBlockRole role, AccField field, const char *key,
                                      const char *answer);

/* Takes @text, in which each AccSpan of @typed is a mark for a bar. The quotes around a mark are set as they are around a
 * word, so the bar's words come last. */
AccBlock *acc_composition_add_barred (AccComposition *self, AccBlockRole role, AccField field, char *text, GArray *typed);

/* Each line of @text that is not blank is a paragraph. While the answer is being @written, the last line is one even where
 * it is blank: that is where the caret stands. */
void acc_composition_add_paragraphs (AccComposition *self, AccField field, const char *text, gboolean written);

/* What stands in each foot: the short number; where @number is NULL, that this is a specimen. */
char *acc_composition_make_foot (AccWording *wording, const char *number) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
