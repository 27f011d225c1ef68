/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for a code of digits, shown as dots: by its own pad of large keys, or by a keyboard. Emits "entered" (code) for what
 * it may be, and "left" when whoever came thinks better of it. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_CODE_PAD (acc_code_pad_get_type ())
G_DECLARE_FINAL_TYPE (AccCodePad, acc_code_pad, ACC, CODE_PAD, GtkWidget)

/* While @checking nothing can be typed. @message: what was wrong with the last one; NULL: nothing. Forgets what was typed. */
void acc_code_pad_set_state (AccCodePad *self, gboolean checking, const char *message);

/* Empty, and ready to be typed into; once it is shown. */
void acc_code_pad_enter (AccCodePad *self);

G_END_DECLS
