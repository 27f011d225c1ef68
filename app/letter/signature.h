/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A signature: none yet, typed, drawn, or witnessed by a banker. Immutable, reference-counted; any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum { ACC_SIGNATURE_TYPED, ACC_SIGNATURE_STROKES, ACC_SIGNATURE_WITNESSED } AccSignatureKind;

/* x and y in 0…1 of the pad, y down; ms since the first touch. */
typedef struct {
  float x, y;
  guint32 ms;
} AccPoint;

#define ACC_SIGNATURE_POINTS_MAX 4000 /* more are thinned evenly */
#define ACC_SIGNATURE_PAD_ASPECT 3.0  /* the pad's width over its height */

typedef struct _AccSignature AccSignature;

AccSignature *acc_signature_new_typed (const char *name) G_GNUC_WARN_UNUSED_RESULT;
AccSignature *acc_signature_new_witnessed (const char *banker) G_GNUC_WARN_UNUSED_RESULT;

/* From strokes, a GPtrArray of GArray of AccPoint. Points outside the pad are clipped to it, too many are
 * thinned. Every point lies on a grid of 1/4096 of the pad. NULL if nothing was drawn; one dot is a mark. */
AccSignature *acc_signature_new_strokes (GPtrArray *strokes) G_GNUC_WARN_UNUSED_RESULT;

AccSignature *acc_signature_ref (AccSignature *self);
void acc_signature_unref (AccSignature *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSignature, acc_signature_unref)

AccSignatureKind acc_signature_get_kind (const AccSignature *self);
const char *acc_signature_get_text (const AccSignature *self); /* typed name or witness; NULL for strokes */
guint acc_signature_get_n_strokes (const AccSignature *self);
const AccPoint *acc_signature_get_stroke (const AccSignature *self, guint stroke, guint *n_points);

G_END_DECLS
