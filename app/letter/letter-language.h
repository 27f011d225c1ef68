/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a story is written in the language that the letter says (libexttextcat, by groups of letters). It only makes the
 * kiosk ask: which language it is says the client. Any thread. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

/* The tag of the language that the story's words fit better than @fields' own; NULL where they fit that, are too few to
 * tell, or fit none that letters can be in. */
char *acc_letter_language_doubt (const AccLetterFields *fields) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
