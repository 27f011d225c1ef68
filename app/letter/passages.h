/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages of a letter's own words, for an edition without them. Pure; any thread. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_PASSAGES_MAX 40 /* of one letter: more is not a letter with words taken out */

/* From byte @start up to byte @end of the answer @field: a part of the story, the words for the banker, or a name: of
 * whoever signs (with which the signature goes), of the banker who is thanked, or what somebody is called. */
typedef struct {
  AccField field;
  gsize start, end;
  guint index; /* of the person, where @field has several */
} AccPassage;

/* The @n passages as an edition takes them, a GArray of AccPassage: in the letter's order, overlapping ones as one, none of
 * them ending within a letter and its marks, a name as a whole. ACC_ERROR_INPUT where there is none, one is not of
 * @letter's words, or it is the name of whom the letter is for: who gets it must be known. */
GArray *acc_passages_new (AccLetter *letter, const AccPassage *passages, guint n, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether passages of @field are names. */
gboolean acc_passages_is_name (AccField field);

/* Why the text of @field of that person must stay, a sentence; NULL if it may be taken out. */
const char *acc_passages_find_objection (AccLetter *letter, AccField field, guint index);

/* "story.act:12-40 from[0].name:0-8", frozen: decisions are kept with it; and back again. NULL with ACC_ERROR_STORE_DAMAGED
 * where it is none, or none of @letter's. */
char *acc_passages_to_text (GArray *passages) G_GNUC_WARN_UNUSED_RESULT;
GArray *acc_passages_from_text (AccLetter *letter, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the @passages of @letter say, one after the other: those that are names, or the others. */
GStrv acc_passages_dup_words (GArray *passages, AccLetter *letter, gboolean names) G_GNUC_WARN_UNUSED_RESULT;

/* The letter with one ACC_PASSAGE_MARK in the place of each passage, however long that is, and of the signature of each
 * writer whose name goes; so is a banker who is taken out and witnessed a signature. *@marks: where in the new letter's
 * answers they stand, of AccPassage; a client may have written the same character. */
#define ACC_PASSAGE_MARK "█"
AccLetter *acc_passages_take_out (GArray *passages, AccLetter *letter, GArray **marks,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
