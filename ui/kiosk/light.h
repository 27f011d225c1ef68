/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small light beside the story: lit when there are words for its part. It shows, it cannot be pressed. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_LIGHT (acc_light_get_type ())
G_DECLARE_FINAL_TYPE (AccLight, acc_light, ACC, LIGHT, GtkWidget)

/* @lit: there are words. @current: this part is being asked for. */
void acc_light_set_state (AccLight *self, gboolean lit, gboolean current);
gboolean acc_light_is_lit (AccLight *self);

G_END_DECLS
