/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place to sign with finger, pen or mouse. Emits "changed" when a stroke ends or the pad is cleared.
 * Action: signature.clear. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/signature.h"

G_BEGIN_DECLS

#define ACC_TYPE_SIGNATURE_PAD (acc_signature_pad_get_type ())
G_DECLARE_FINAL_TYPE (AccSignaturePad, acc_signature_pad, ACC, SIGNATURE_PAD, GtkWidget)

GtkWidget *acc_signature_pad_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* What was drawn; NULL if that is no signature. */
AccSignature *acc_signature_pad_dup_signature (AccSignaturePad *self) G_GNUC_WARN_UNUSED_RESULT;

/* Shows the strokes of @signature (one of another kind, or NULL, leaves the pad empty). Emits nothing. */
void acc_signature_pad_set_signature (AccSignaturePad *self, AccSignature *signature);

void acc_signature_pad_clear (AccSignaturePad *self);

G_END_DECLS
