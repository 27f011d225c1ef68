/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a cover no dictionary of its language knows, and what may have been meant: the door to enchant. Nothing
 * is learned and nothing is kept. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_SPELLING_SUGGESTIONS_MAX 3

typedef struct {
  guint start, end; /* characters of the text, the second one after the word */
  char *word;
} AccSpellingFind;

typedef struct _AccSpelling AccSpelling;

/* For @language, such as "en": its dictionary as it is spelled where this program runs, else any of that language. NULL
 * where none is installed: then nothing is checked. */
AccSpelling *acc_spelling_new (const char *language) G_GNUC_WARN_UNUSED_RESULT;
void acc_spelling_free (AccSpelling *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSpelling, acc_spelling_free)

/* The words of @text are right: people's names, the bank's. And no longer. */
void acc_spelling_accept (AccSpelling *self, const char *text);
void acc_spelling_forget (AccSpelling *self);

/* The unknown words of @text in order: GPtrArray of AccSpellingFind. A word with a digit or without a small letter, an
 * address and a single character are none. */
GPtrArray *acc_spelling_check (AccSpelling *self, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* At most ACC_SPELLING_SUGGESTIONS_MAX, the likeliest first. */
GStrv acc_spelling_suggest (AccSpelling *self, const char *word) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
