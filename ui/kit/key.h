/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key of our own keyboard: a button to assistive technology, which never takes the focus. Its text becomes smaller
 * where it would not fit. Emits "struck" when the keyboard says that it was. Private to the kit; main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_KEY_LEAST 44 /* pixels, each way */

#define ACC_TYPE_KEY (acc_key_get_type ())
G_DECLARE_FINAL_TYPE (AccKey, acc_key, ACC, KEY, GtkWidget)

GtkWidget *acc_key_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What stands on it; a mark alone stands on a base. One without a name in its template is named so, too. */
void acc_key_set_text (AccKey *self, const char *text);
const char *acc_key_get_text (AccKey *self);

/* Whether it is struck again and again while it is held, where that is wanted at all. */
gboolean acc_key_get_repeats (AccKey *self);

void acc_key_strike (AccKey *self);

/* Under the finger; and switched on, until it is struck again. */
void acc_key_set_pressed (AccKey *self, gboolean pressed);
void acc_key_set_on (AccKey *self, gboolean on);

G_END_DECLS
