/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds a letter as it comes in, until a manager has looked at it: words of a legal threat or of a complaint (the
 * lists of the letter's language, resources/languages) and a language that nobody here reads. Pure but for those files; any
 * thread. */
#pragma once

#include "letter/letter.h"
#include "review/phrases.h"

G_BEGIN_DECLS

/* Where the client's words are such ones: the text's field and the passage in it. FALSE: nowhere. */
gboolean acc_hold_find_threat (AccLetter *letter, AccField *field, AccPhraseHit *hit);
gboolean acc_hold_find_violence (AccLetter *letter, AccField *field, AccPhraseHit *hit);
gboolean acc_hold_find_insult (AccLetter *letter, AccField *field, AccPhraseHit *hit);
gboolean acc_hold_find_complaint (AccLetter *letter, AccField *field, AccPhraseHit *hit);

/* @languages_read: [branch] languages; NULL: whatever a letter is in. */
gboolean acc_hold_is_read (AccLetter *letter, const char *languages_read);

/* Why @letter must be held, sentences for the manager; NULL where it need not. */
char *acc_hold_find_reason (AccLetter *letter, const char *languages_read) G_GNUC_WARN_UNUSED_RESULT;

/* The fields in which a client tells something, in the order of the letter. */
extern const AccField acc_hold_fields[];
extern const guint acc_hold_n_fields;

/* The name of the letter's language, or its tag where there is none; NULL where the client said that the kiosk does not
 * know it. */
char *acc_hold_name_language (AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
