/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"

#define THREADS_MAX 8
#define ITEMS_EACH 4 /* fewer are done before a thread has started */

typedef struct {
  GPtrArray *items;
  GFunc work;
  gpointer data;
  guint next; /* the first item that nobody has taken; atomic */
} Round;

static gpointer
take_items (gpointer data)
{
  Round *round = data;
  guint i;

  while ((i = g_atomic_int_add (&round->next, 1)) < round->items->len)
    round->work (g_ptr_array_index (round->items, i), round->data);
  return NULL;
}

void
acc_parallel_each (GPtrArray *items, GFunc work, gpointer data)
{
  Round round = { items, work, data, 0 };
  GThread *threads[THREADS_MAX];
  guint wanted, n = 0;

  g_return_if_fail (items != NULL && work != NULL);

  wanted = MIN (MIN (g_get_num_processors (), THREADS_MAX), items->len / ITEMS_EACH);
  while (n + 1 < wanted && (threads[n] = g_thread_try_new ("parallel", take_items, &round, NULL)) != NULL)
    n++;
  take_items (&round); /* this thread too, and alone where no other can be had */
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
}
