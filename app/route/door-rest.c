/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/door-rest.h"

#include "base/clock.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)

/* Seconds after each time that it was found shut; the last one from then on. */
static const guint rests[] = {
  1 * MINUTE, /* a server that restarts */
  5 * MINUTE,
  15 * MINUTE,
  1 * HOUR,   /* somebody has to look; accounts are locked after a few wrong passwords an hour */
  4 * HOUR,
};

typedef struct {
  char *reason;
  guint n;      /* times in a row */
  gint64 until; /* microseconds since boot */
} Rest;

struct _AccDoorRests {
  GHashTable *by_name; /* char * to Rest */
};

static void
rest_free (gpointer data)
{
  Rest *rest = data;

  g_free (rest->reason);
  g_free (rest);
}

AccDoorRests *
acc_door_rests_new (void)
{
  AccDoorRests *self = g_new0 (AccDoorRests, 1);

  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, rest_free);
  return self;
}

void
acc_door_rests_free (AccDoorRests *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

void
acc_door_rests_add (AccDoorRests *self, const char *name, const char *reason)
{
  Rest *rest;

  g_return_if_fail (self != NULL && name != NULL && reason != NULL);

  rest = g_hash_table_lookup (self->by_name, name);
  if (rest == NULL)
    {
      rest = g_new0 (Rest, 1);
      g_hash_table_insert (self->by_name, g_strdup (name), rest);
    }
  g_free (rest->reason);
  rest->reason = g_strdup (reason);
  rest->until = acc_clock_boot () + (gint64) rests[MIN (rest->n, G_N_ELEMENTS (rests) - 1)] * G_USEC_PER_SEC;
  rest->n++;
}

void
acc_door_rests_remove (AccDoorRests *self, const char *name)
{
  g_return_if_fail (self != NULL && name != NULL);

  g_hash_table_remove (self->by_name, name);
}

void
acc_door_rests_remove_all (AccDoorRests *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->by_name);
}

const char *
acc_door_rests_find (AccDoorRests *self, const char *name)
{
  const Rest *rest;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  rest = g_hash_table_lookup (self->by_name, name);
  return rest != NULL && acc_clock_boot () < rest->until ? rest->reason : NULL;
}
