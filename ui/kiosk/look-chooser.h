/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a client chooses the size of the text and the colours (kit/look-choice.h); each choice is seen at once.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_LOOK_CHOOSER (acc_look_chooser_get_type ())
G_DECLARE_FINAL_TYPE (AccLookChooser, acc_look_chooser, ACC, LOOK_CHOOSER, GtkWidget)

GtkWidget *acc_look_chooser_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
