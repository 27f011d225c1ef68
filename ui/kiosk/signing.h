/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where somebody signs: drawn on a pad, or typed. Whichever is on top is the signature; the other is kept for a change of
 * mind. Emits "changed" when the client changes it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "letter/signature.h"

G_BEGIN_DECLS

#define ACC_TYPE_SIGNING (acc_signing_get_type ())
G_DECLARE_FINAL_TYPE (AccSigning, acc_signing, ACC, SIGNING, GtkWidget)

/* NULL: none yet. It is no choice of the client's: nothing is emitted. */
void acc_signing_set_signature (AccSigning *self, AccSignature *signature);

/* NULL: nothing is drawn, or typed. */
AccSignature *acc_signing_dup_signature (AccSigning *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
