/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/signature.h"

#define GRID 4096.0f /* steps of the pad: exact in binary, so that writing and reading change nothing */

typedef struct {
  guint first, n; /* in points */
} Stroke;

struct _AccSignature
{
  gatomicrefcount references;
  AccSignatureKind kind;
  char *text;      /* NULL for strokes */
  GArray *points;  /* AccPoint; NULL but for strokes */
  GArray *strokes; /* Stroke */
};

static AccSignature *
new_of_kind (AccSignatureKind kind)
{
  AccSignature *self = g_new0 (AccSignature, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  return self;
}

AccSignature *
acc_signature_new_typed (const char *name)
{
  AccSignature *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = new_of_kind (ACC_SIGNATURE_TYPED);
  self->text = g_strdup (name);
  return self;
}

AccSignature *
acc_signature_new_witnessed (const char *banker)
{
  AccSignature *self;

  g_return_val_if_fail (banker != NULL, NULL);

  self = new_of_kind (ACC_SIGNATURE_WITNESSED);
  self->text = g_strdup (banker);
  return self;
}

/* Clipped to the pad and laid on the grid; what is no number stands at the edge. */
static float
place (float value)
{
  if (!(value > 0))
    return 0;
  return (float) (int) (MIN (value, 1.0f) * GRID + 0.5f) / GRID;
}

static guint64
count_points (GPtrArray *strokes)
{
  guint64 n = 0;

  for (guint i = 0; i < strokes->len; i++)
    n += ((GArray *) g_ptr_array_index (strokes, i))->len;
  return n;
}

/* Takes the points that come next when @total are thinned evenly; @seen counts over all strokes. */
static void
take_stroke (AccSignature *self, GArray *points, guint64 total, guint64 *seen)
{
  Stroke stroke = { self->points->len, 0 };
  guint64 kept = MIN (total, ACC_SIGNATURE_POINTS_MAX);

  for (guint i = 0; i < points->len; i++)
    {
      AccPoint point = g_array_index (points, AccPoint, i);
      guint64 before = *seen * kept / total;

      *seen += 1;
      if (*seen * kept / total == before)
        continue;
      point.x = place (point.x);
      point.y = place (point.y);
      g_array_append_val (self->points, point);
      stroke.n++;
    }
  if (stroke.n > 0)
    g_array_append_val (self->strokes, stroke);
}

AccSignature *
acc_signature_new_strokes (GPtrArray *strokes)
{
  AccSignature *self;
  guint64 total, seen = 0;

  g_return_val_if_fail (strokes != NULL, NULL);

  total = count_points (strokes);
  if (total == 0)
    return NULL;
  self = new_of_kind (ACC_SIGNATURE_STROKES);
  self->points = g_array_new (FALSE, FALSE, sizeof (AccPoint));
  self->strokes = g_array_new (FALSE, FALSE, sizeof (Stroke));
  for (guint i = 0; i < strokes->len; i++)
    take_stroke (self, g_ptr_array_index (strokes, i), total, &seen);
  return self;
}

AccSignature *
acc_signature_ref (AccSignature *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
acc_signature_unref (AccSignature *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->text);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->strokes, g_array_unref);
  g_free (self);
}

AccSignatureKind
acc_signature_get_kind (const AccSignature *self)
{
  g_return_val_if_fail (self != NULL, ACC_SIGNATURE_TYPED);

  return self->kind;
}

const char *
acc_signature_get_text (const AccSignature *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

guint
acc_signature_get_n_strokes (const AccSignature *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->strokes != NULL ? self->strokes->len : 0;
}

const AccPoint *
acc_signature_get_stroke (const AccSignature *self, guint stroke, guint *n_points)
{
  const Stroke *found;

  g_return_val_if_fail (self != NULL && n_points != NULL, NULL);
  g_return_val_if_fail (stroke < acc_signature_get_n_strokes (self), NULL);

  found = &g_array_index (self->strokes, Stroke, stroke);
  *n_points = found->n;
  return &g_array_index (self->points, AccPoint, found->first);
}
