/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages of a letter's own words, for an edition without them. Pure; any thread. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_PASSAGES_MAX 40 /* of one letter: more is not a letter with words taken out */

/* From byte @start up to byte @end of the answer @field: a part of the story, or the words for the banker. */
typedef struct {
  AccField field;
  gsize start, end;
} AccPassage;

/* The @n passages as an edition takes them, a GArray of AccPassage: in the letter's order, overlapping ones as one, none of
 * them ending within a letter and its marks. ACC_ERROR_INPUT where there is none, or one is not of @letter's words. */
GArray *acc_passages_new (AccLetter *letter, const AccPassage *passages, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "story.act:12-40 banker.words:0-8", frozen: decisions are kept with it; and back again. NULL with ACC_ERROR_STORE_DAMAGED
 * where it is none, or none of @letter's. */
char *acc_passages_to_text (GArray *passages) G_GNUC_WARN_UNUSED_RESULT;
GArray *acc_passages_from_text (AccLetter *letter, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the @passages of @letter say, one after the other. */
GStrv acc_passages_dup_words (GArray *passages, AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

/* The letter with one ACC_PASSAGE_MARK in the place of each passage, however long that is. *@marks: where in the new letter's
 * answers they stand, of AccPassage; a client may have written the same character. */
#define ACC_PASSAGE_MARK "█"
AccLetter *acc_passages_take_out (GArray *passages, AccLetter *letter, GArray **marks,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
