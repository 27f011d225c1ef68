/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the keyboard's quotes and hyphens to the marks that a letter is set with. The letter keeps what was typed, and its
 * check code is of that; a composition sets each text as it takes it in, so that layout, PDF and proofreader know the set
 * text alone, and finds its way back to the typed one for the caret. Marks that are typographic already stay, and so does
 * whatever is in doubt. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text, a paragraph, as it is set in @language (BCP 47). NULL where that is as it was typed. */
char *acc_quotes_set (const char *text, const char *language) G_GNUC_WARN_UNUSED_RESULT;

/* Where byte @byte of @typed stands in @set, which acc_quotes_set made of it or which is the same; and back. */
gsize acc_quotes_find_set (const char *typed, const char *set, gsize byte);
gsize acc_quotes_find_typed (const char *typed, const char *set, gsize byte);

/* The one mark that stands for all that may stand for @c: an apostrophe for quotes, a hyphen for dashes; any other is itself. */
gunichar acc_quotes_fold_mark (gunichar c);

/* @text with all marks that may stand for one another made one: for comparing a paper that was set by other rules. */
char *acc_quotes_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
