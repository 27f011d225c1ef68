/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client said beside the letter: when and how they were helped, what they agree to, whether they were asked to write.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_TYPE_LETTER_FACTS (acc_letter_facts_get_type ())
G_DECLARE_FINAL_TYPE (AccLetterFacts, acc_letter_facts, ACC, LETTER_FACTS, GtkWidget)

void acc_letter_facts_show (AccLetterFacts *self, const AccLetterFields *fields);

G_END_DECLS
