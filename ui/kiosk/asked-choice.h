/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether someone at the bank asked for the letter: yes, no, or nothing said, which is what stands there at first. Emits
 * "changed" when the client chooses. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/letter.h"

G_BEGIN_DECLS

#define ACC_TYPE_ASKED_CHOICE (acc_asked_choice_get_type ())
G_DECLARE_FINAL_TYPE (AccAskedChoice, acc_asked_choice, ACC, ASKED_CHOICE, GtkWidget)

void acc_asked_choice_set_asked (AccAskedChoice *self, AccAsked asked); /* is no choice of the client's */
AccAsked acc_asked_choice_get_asked (AccAskedChoice *self);

G_END_DECLS
