/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way along the top: a dot and a name for each step, done, current, still to come. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_TYPE_WAY (acc_way_get_type ())
G_DECLARE_FINAL_TYPE (AccWay, acc_way, ACC, WAY, GtkWidget)

void acc_way_set_step (AccWay *self, AccStep step);

/* Whether only the present step's name is shown, for want of room. */
void acc_way_set_brief (AccWay *self, gboolean brief);

G_END_DECLS
