/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came back from a recipient, below their delivery: when, what they said, and whether the client knows. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "route/receipts.h"

G_BEGIN_DECLS

#define ACC_TYPE_RECEIPT_ENTRY (acc_receipt_entry_get_type ())
G_DECLARE_FINAL_TYPE (AccReceiptEntry, acc_receipt_entry, ACC, RECEIPT_ENTRY, GtkWidget)

/* @from: the recipient's name. @contact: whether the client has agreed to be contacted. */
GtkWidget *acc_receipt_entry_new (const AccReceipt *receipt, const char *from, gboolean contact) G_GNUC_WARN_UNUSED_RESULT;

/* What it says, in one sentence or several: for the row that it stands in. */
char *acc_receipt_entry_dup_spoken (AccReceiptEntry *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
