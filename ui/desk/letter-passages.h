/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages of a letter as the desk shows them: which of them there are, in words, and where the page has them. Main thread. */
#pragma once

#include <gio/gio.h>

#include "desk/desk-letter.h"
#include "letter/passages.h"

G_BEGIN_DECLS

/* What acc_pdf_view_point_out takes. *@first: for each of the @n passages the position of its first part, of guint; a passage of
 * several paragraphs has several. */
GPtrArray *acc_letter_passages_locate (AccLetter *letter, const AccPassage *passages, guint n,
                                       GArray **first) G_GNUC_WARN_UNUSED_RESULT;

/* The same for passages whose places are known: @places has a GArray of AccStretch for each. */
GPtrArray *acc_letter_passages_set (GPtrArray *places) G_GNUC_WARN_UNUSED_RESULT;

/* The passages that @checks, of AccCheckResult, are about: GArray of AccPassage. */
GArray *acc_letter_passages_of_checks (GPtrArray *checks) G_GNUC_WARN_UNUSED_RESULT;

/* Those that were ever taken out of what leaves: GArray of AccPassage. Not the names, which stand in several places. */
GArray *acc_letter_passages_taken_out (AccDeskLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

/* "What was done: 2 · Words for the banker: 1", and none of the words themselves; "" for none. */
char *acc_letter_passages_describe (GArray *passages) G_GNUC_WARN_UNUSED_RESULT;

/* For "review.show-passage", floating; and back. */
#define ACC_LETTER_PASSAGE_TYPE "(uutt)"
GVariant *acc_letter_passages_to_target (const AccPassage *passage) G_GNUC_WARN_UNUSED_RESULT;
AccPassage acc_letter_passages_from_target (GVariant *target);

G_END_DECLS
