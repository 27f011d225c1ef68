/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text as poppler can be held to: its characters (gunichar) without what poppler adds or loses, which are spaces,
 * control and format characters and combining marks. Shared by those who compare a PDF with what it should say. Pure;
 * any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The characters of @text in order, NFKC or NFKD as @mode says: a GArray of gunichar. */
GArray *acc_reading_new (const char *text, GNormalizeMode mode) G_GNUC_WARN_UNUSED_RESULT;
void acc_reading_append (GArray *reading, const char *text, GNormalizeMode mode);

/* Whether @what stands in @in at or after @from; *@end is where it ends. Nothing is found anywhere. */
gboolean acc_reading_find (const GArray *in, guint from, const GArray *what, guint *end);

/* Whether each word of @text stands somewhere in @in (NFKC). */
gboolean acc_reading_has_words (const GArray *in, const char *text);

/* Makes a multiset of it: sorted, brackets all turned to one side. */
void acc_reading_sort (GArray *reading);

/* What is in @one and not in @other, as often as it is missing there; both sorted. */
GArray *acc_reading_subtract (const GArray *one, const GArray *other) G_GNUC_WARN_UNUSED_RESULT;

/* How often lam and alef, which are set as one glyph, follow each other in @reading as it stands in the text. */
guint acc_reading_count_lam_alef (const GArray *reading);

/* Whether poppler, not the PDF, lost what is @missing of @set (sorted, as set with @n_lam_alef): right-to-left letters
 * only, and few of them. */
gboolean acc_reading_is_lost_by_poppler (const GArray *missing, const GArray *set, guint n_lam_alef);

/* Whether a letter bears a mark for which there is no letter of its own: it stands higher than its line, and poppler
 * may send the rest of the line elsewhere. */
gboolean acc_reading_has_free_mark (const char *text);

/* Where poppler begins a line with such a mark, its selection passes over the letter that bears it or the one behind
 * it, though the PDF has both. Adds to @beside these neighbours of each mark in @text, NFKD, and returns how many
 * characters may be lost of them: one of the two neighbours of each mark. */
guint acc_reading_append_beside_marks (GArray *beside, const char *text);

/* What is left of @missing without what poppler may have passed over of @beside (both sorted), @n_lost at most: if more
 * of it is missing, all is. */
GArray *acc_reading_subtract_beside_marks (const GArray *missing, const GArray *beside,
                                           guint n_lost) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
