/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help that does not lead: which parts of the story are told, and what in it may be a complaint. Plain rules in any
 * language; no score, and nothing hangs on them. Pure; any thread. */
#pragma once

#include "letter/form.h"

G_BEGIN_DECLS

/* Whether @text has enough words to tell something: the light beside its answer. */
gboolean acc_help_is_told (const char *text);

/* The first sentence of @text that may be a complaint, by the plain words of @language (resources/languages, group
 * [complaint]; a language without them finds none): its first byte and the one after its last. FALSE: there is none. */
gboolean acc_help_find_complaint (const char *text, const char *language, gsize *start, gsize *end);

/* The same in the story of @form: the first answer that has one, or ACC_FIELD_NONE. */
AccField acc_help_find_in_story (AccForm *form, gsize *start, gsize *end);

/* @form with that sentence at the end of what is kept apart, and no longer in the story; itself where there is none. */
AccForm *acc_help_keep_apart (AccForm *form) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
