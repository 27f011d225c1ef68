/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that the letter's JSON uses for choices, in the order of the enumerations; NULL at the end. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

extern const char *const acc_reached_words[];
extern const char *const acc_asked_words[];
extern const char *const acc_paper_words[];
extern const char *const acc_signature_words[];

G_END_DECLS
