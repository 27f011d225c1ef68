/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that read like letters to an index: made-up words, the second half as common as the first, and so on (Zipf), and
 * names and departments that come again. The same from run to run for the same @rand. */
#pragma once

#include "letter/letter.h"

void bench_words_init (GRand *rand);

/* About 120 words. */
AccLetter *bench_words_write_letter (GRand *rand);

/* What somebody might look for: one to three words, common or rare, or a name. */
char *bench_words_write_question (GRand *rand);
