/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/signature-pad.h"

struct _AccSignaturePad {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (AccSignaturePad, acc_signature_pad, GTK_TYPE_WIDGET)

static void acc_signature_pad_class_init (AccSignaturePadClass *class) {}
static void acc_signature_pad_init (AccSignaturePad *self) {}
GtkWidget *acc_signature_pad_new (void) { return g_object_new (ACC_TYPE_SIGNATURE_PAD, NULL); }
AccSignature *acc_signature_pad_dup_signature (AccSignaturePad *self) { return NULL; }
void acc_signature_pad_set_signature (AccSignaturePad *self, AccSignature *signature) {}
void acc_signature_pad_clear (AccSignaturePad *self) {}
