/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that a language's file lists (resources/languages), found in a text as whole folded words: rules as data, so that
 * another language needs no code. A group of the file says
 *
 *   words=     phrases with ';' between them. A word that ends in '*' stands for all that begin so, "_" for none, one or
 *              two words of any kind.
 *   innocent=  phrases in which those words mean no harm
 *   others=    phrases: in a sentence with one of them somebody else is meant
 *   direct=    phrases that mean the reader, or what the client will do. Words with one of them are never about somebody else; and in a group that has
 *              them, others reach no further than their own place: no comma or other mark lies between, nor more than six
 *              words. So a thief at the beginning of a sentence hides no threat at its end.
 *
 * A group is read once in a program's life. Immutable; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gsize start, end;                   /* bytes of the text: the words themselves */
  gsize sentence_start, sentence_end; /* … and the sentence they stand in, without the spaces around it */
} AccPhraseHit;

typedef struct _AccPhrases AccPhrases;

/* The phrases of @group in the language of @tag; of a language without them: none, which finds nothing. @names, which may be
 * NULL, are innocent, too: a department may be called what it deals with. */
AccPhrases *acc_phrases_load (const char *tag, const char *group, const char *const *names) G_GNUC_WARN_UNUSED_RESULT;
AccPhrases *acc_phrases_new (const char *const *words, const char *const *innocent, const char *const *others,
                             const char *const *direct) G_GNUC_WARN_UNUSED_RESULT; /* each may be NULL */
void acc_phrases_free (AccPhrases *phrases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPhrases, acc_phrases_free)

/* Where @text has one of them, in its order, at most once a sentence: GArray of AccPhraseHit. */
GArray *acc_phrases_find (const AccPhrases *phrases, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* ---- what it is built on ---- */

typedef struct {
  gsize start, end; /* bytes of the text */
  guint sentence;   /* in which one, from 0 */
  guint clause;     /* the same, between marks of any kind */
  char *folded;     /* acc_text_fold, without apostrophes */
} AccPhraseWord;

/* The words of @text: GArray of AccPhraseWord. Of a script that parts no words each character is one. */
GArray *acc_phrases_cut (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @word, one of acc_phrases_cut, is a character of such a script. */
gboolean acc_phrases_parts_no_words (const char *word);

G_END_DECLS
