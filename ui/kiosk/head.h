/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of every page: whose kiosk it is, where on the way the client is, how the window looks, and the way back to the
 * start. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/layout.h"
#include "letter/form.h"
#include "paper/letterhead.h"

G_BEGIN_DECLS

#define ACC_TYPE_HEAD (acc_head_get_type ())
G_DECLARE_FINAL_TYPE (AccHead, acc_head, ACC, HEAD, GtkWidget)

/* The bank's name and emblem, once. */
void acc_head_set_letterhead (AccHead *self, AccLetterhead *letterhead);

/* On the welcome, which a head begins with, there is no way yet, and nothing to start again. */
void acc_head_set_step (AccHead *self, AccStep step);

/* Upright, the way stands in a row of its own; where there is little room, it is brief. */
void acc_head_set_layout (AccHead *self, const AccLayout *layout);

G_END_DECLS
