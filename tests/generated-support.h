/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that nobody wrote: in every script, all answers given, short and long, by chance alone. */
#pragma once

#include "letter/letter.h"

/* One that may be sent. */
AccLetter *test_generate_letter (GRand *random) G_GNUC_WARN_UNUSED_RESULT;
