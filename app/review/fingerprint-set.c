/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/fingerprint-set.h"

#include <string.h>

#define MARK_BITS 64
#define MARK_WORDS 1024 /* 8 kB stay near the processor; 32 marks among 65,536 bits take one stranger in 64 for none */

typedef struct {
  guint32 hashes[ACC_FINGERPRINT_SMALLEST];
} Smallest;

struct _AccFingerprintSet {
  GArray *smallest;  /* of Smallest, by place */
  GPtrArray *owners; /* by place; NULL: the place is free */
  GArray *free;      /* of guint: places */
};

AccFingerprintSet *
acc_fingerprint_set_new (void)
{
  AccFingerprintSet *set = g_new0 (AccFingerprintSet, 1);

  set->smallest = g_array_new (FALSE, FALSE, sizeof (Smallest));
  set->owners = g_ptr_array_new ();
  set->free = g_array_new (FALSE, FALSE, sizeof (guint));
  return set;
}

void
acc_fingerprint_set_free (AccFingerprintSet *set)
{
  if (set == NULL)
    return;
  g_array_unref (set->smallest);
  g_ptr_array_unref (set->owners);
  g_array_unref (set->free);
  g_free (set);
}

static guint
take_place (AccFingerprintSet *set)
{
  guint place = set->owners->len;

  if (set->free->len > 0)
    {
      place = g_array_index (set->free, guint, set->free->len - 1);
      g_array_set_size (set->free, set->free->len - 1);
      return place;
    }
  g_array_set_size (set->smallest, place + 1);
  g_ptr_array_add (set->owners, NULL);
  return place;
}

guint
acc_fingerprint_set_add (AccFingerprintSet *set, const AccFingerprint *fingerprint, gpointer owner)
{
  guint place;

  g_return_val_if_fail (set != NULL && fingerprint != NULL && owner != NULL, 0);

  place = take_place (set);
  acc_fingerprint_get_smallest (fingerprint, g_array_index (set->smallest, Smallest, place).hashes);
  g_ptr_array_index (set->owners, place) = owner;
  return place;
}

void
acc_fingerprint_set_remove (AccFingerprintSet *set, guint place)
{
  g_return_if_fail (set != NULL && place < set->owners->len && g_ptr_array_index (set->owners, place) != NULL);

  memset (&g_array_index (set->smallest, Smallest, place), 0, sizeof (Smallest));
  g_ptr_array_index (set->owners, place) = NULL;
  g_array_append_val (set->free, place);
}

/* Small hashes differ in their low bits. */
static inline guint
find_word (guint32 hash)
{
  return hash / MARK_BITS % MARK_WORDS;
}

static gboolean
meets (const guint64 *marks, const Smallest *smallest)
{
  guint64 met = 0;

  for (guint i = 0; i < ACC_FINGERPRINT_SMALLEST; i++)
    met |= marks[find_word (smallest->hashes[i])] >> (smallest->hashes[i] % MARK_BITS);
  return met & 1;
}

GPtrArray *
acc_fingerprint_set_find (AccFingerprintSet *set, const AccFingerprint *fingerprint)
{
  GPtrArray *owners = g_ptr_array_new ();
  guint64 marks[MARK_WORDS] = { 0 };
  Smallest here;

  g_return_val_if_fail (set != NULL && fingerprint != NULL, owners);

  acc_fingerprint_get_smallest (fingerprint, here.hashes);
  for (guint i = 0; i < ACC_FINGERPRINT_SMALLEST; i++)
    marks[find_word (here.hashes[i])] |= G_GUINT64_CONSTANT (1) << (here.hashes[i] % MARK_BITS);
  for (guint place = 0; place < set->owners->len; place++)
    if (meets (marks, &g_array_index (set->smallest, Smallest, place)) && g_ptr_array_index (set->owners, place) != NULL)
      g_ptr_array_add (owners, g_ptr_array_index (set->owners, place));
  return owners;
}
