/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One delivery of a letter as a row: to whom and by which door, what has become of it and why, and what a banker may order.
 * Its buttons are the actions of "delivery", about its position. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-letter.h"
#include "route/routing.h"
#include "route/silences.h"

G_BEGIN_DECLS

#define ACC_TYPE_DELIVERY_ENTRY (acc_delivery_entry_get_type ())
G_DECLARE_FINAL_TYPE (AccDeliveryEntry, acc_delivery_entry, ACC, DELIVERY_ENTRY, GtkListBoxRow)

/* @letter, whose delivery it is, knows what came back; @silence: that nothing did for too long, or NULL. */
GtkWidget *acc_delivery_entry_new (const AccDelivery *delivery, AccDeskLetter *letter, const AccSilence *silence) G_GNUC_WARN_UNUSED_RESULT;

/* Why @delivery is not there yet, and what is to be done about it; "": there is nothing to say. */
char *acc_delivery_entry_describe_reason (const AccDelivery *delivery) G_GNUC_WARN_UNUSED_RESULT;

/* It stands above the entries already, for all of them. It is still said with the row. */
void acc_delivery_entry_hide_reason (AccDeliveryEntry *self);

G_END_DECLS
