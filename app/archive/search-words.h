/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as a word when letters are searched: a run of letters, digits and their marks, folded (acc_text_fold), so
 * that "alvarez" finds "Álvarez". Where a script writes without spaces (Han, kana, Thai and its like) each character is a
 * word of its own, and neighbours of the question must be neighbours in the letter: what is found does not hang on where a
 * dictionary would cut. Neither parts of words nor stems: "saving" finds "savings", "avings" does not. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_SEARCH_TEXT_MAX 80 /* characters of a question that count */

/* The words of @text, folded, with a space between them: all that the index ever sees. */
void acc_search_words_append (GString *words, const char *text);

/* What was typed, as it is compared: at most ACC_SEARCH_TEXT_MAX characters of it. NULL where it holds no word. */
typedef struct _AccSearchQuestion AccSearchQuestion;
AccSearchQuestion *acc_search_question_new (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
AccSearchQuestion *acc_search_question_ref (AccSearchQuestion *self);
void acc_search_question_unref (AccSearchQuestion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSearchQuestion, acc_search_question_unref)

/* As FTS5 reads it: every word a quoted beginning, all of them asked for. No character of it is the person's own choice of
 * syntax. Lent. */
const char *acc_search_question_get_match (AccSearchQuestion *self);

/* The next place of @text, from byte *@end on, that the question speaks of; FALSE at its end. Bytes, and whole words. */
gboolean acc_search_question_find (AccSearchQuestion *self, const char *text, gsize *start, gsize *end);

G_END_DECLS
