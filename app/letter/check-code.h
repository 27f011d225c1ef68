/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check code in a letter's foot: whoever holds the record can tell by it, from paper alone, that no word was changed.
 * It tells nothing of anybody, since the number that goes in with the words is random. Pure; any thread. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

/* Of all that stands on @letter's paper in its people's words, its days, and the whole @number (a UUID): 50 bits of their
 * SHA-256, written like a short number. The bank's own words are not in it: a letter keeps its code under another
 * letterhead. */
char *acc_check_code (AccLetter *letter, const char *number) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
