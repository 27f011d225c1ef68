/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-chips.h"

#include <glib/gi18n-lib.h>

#define STATE_BIT(state) (1u << (state))

/* One row a chip: the states it shows, whether only the banker's own, the late or the unheard ones, its name and count, and what an empty
 * list says. */
static const struct {
  guint states;
  gboolean mine, late, silent;
  const char *label;
  const char *empty;
} chips[ACC_N_CHIPS] = {
  /* what nobody has taken up yet */
  [ACC_CHIP_WAITING] = { STATE_BIT (ACC_STATE_WAITING), FALSE, FALSE, FALSE, N_ ("Waiting %u"),
                         N_ ("Every letter has been read. New ones appear here by themselves.") },
  /* what this banker has taken up */
  [ACC_CHIP_MINE] = { STATE_BIT (ACC_STATE_CLAIMED), TRUE, FALSE, FALSE, N_ ("Mine %u"),
                      N_ ("You are not working on a letter.") },
  /* what a manager must look at */
  [ACC_CHIP_HELD] = { STATE_BIT (ACC_STATE_HELD), FALSE, FALSE, FALSE, N_ ("Held %u"), N_ ("No letter is held.") },
  /* what could not go out yet */
  [ACC_CHIP_APPROVED] = { STATE_BIT (ACC_STATE_APPROVED), FALSE, FALSE, FALSE, N_ ("Approved %u"),
                          N_ ("Every approved letter is on its way.") },
  [ACC_CHIP_ROUTED] = { STATE_BIT (ACC_STATE_ROUTED) | STATE_BIT (ACC_STATE_ACKNOWLEDGED), FALSE, FALSE, FALSE,
                        N_ ("Routed %u"), N_ ("The letters you route will be kept here.") },
  [ACC_CHIP_DECLINED] = { STATE_BIT (ACC_STATE_DECLINED), FALSE, FALSE, FALSE, N_ ("Declined %u"),
                          N_ ("No letter has been declined.") },
  [ACC_CHIP_ALL] = { STATE_BIT (ACC_STATE_N) - 1, FALSE, FALSE, FALSE, N_ ("All %u"),
                     N_ ("No letter has come in yet. The first one will appear here by itself.") },
  /* what nobody has finished in twice the time */
  [ACC_CHIP_LATE] = { STATE_BIT (ACC_STATE_N) - 1, FALSE, TRUE, FALSE, N_ ("Late %u"), N_ ("No client waits too long.") },
  /* what was handed over, and nobody said that they have it */
  [ACC_CHIP_SILENT] = { STATE_BIT (ACC_STATE_ROUTED), FALSE, FALSE, TRUE, N_ ("Nothing heard %u"),
                        N_ ("Nothing is overdue: whoever has a letter has said so, or has time yet.") },
};

gboolean
acc_chip_is_late (AccQueueItem *item, const AccChipView *view)
{
  return view->wait > 0 && acc_queue_item_get_wait (item) >= view->wait;
}

guint
acc_chip_count_silence (AccQueueItem *item, const AccChipView *view)
{
  if (view->silent == NULL || acc_queue_item_get_state (item) != ACC_STATE_ROUTED)
    return 0;
  return GPOINTER_TO_UINT (g_hash_table_lookup (view->silent, acc_queue_item_get_number (item)));
}

gboolean
acc_chip_shows (AccChip chip, AccQueueItem *item, const AccChipView *view)
{
  g_return_val_if_fail (chip < ACC_N_CHIPS, FALSE);

  if ((chips[chip].states & STATE_BIT (acc_queue_item_get_state (item))) == 0)
    return FALSE;
  if (chips[chip].late)
    return view->wait > 0 && acc_queue_item_get_wait (item) >= 2 * view->wait;
  if (chips[chip].silent)
    return acc_chip_count_silence (item, view) > 0;
  return !chips[chip].mine || g_strcmp0 (acc_queue_item_get_claimed_by (item), view->banker) == 0;
}

guint
acc_chip_count (AccChip chip, const guint *counts, guint n_mine)
{
  guint n = 0;

  g_return_val_if_fail (chip < ACC_N_CHIPS, 0);

  if (chips[chip].mine)
    return n_mine;
  for (AccState state = 0; state < ACC_STATE_N; state++)
    if ((chips[chip].states & STATE_BIT (state)) != 0)
      n += counts[state];
  return n;
}

char *
acc_chip_dup_label (AccChip chip, guint n)
{
  g_return_val_if_fail (chip < ACC_N_CHIPS, NULL);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (chips[chip].label), n);
#pragma GCC diagnostic pop
}

char *
acc_chip_dup_label_uncounted (AccChip chip)
{
  GString *label;

  g_return_val_if_fail (chip < ACC_N_CHIPS, NULL);

  label = g_string_new (_ (chips[chip].label));
  g_string_replace (label, "%u", "…", 1);
  return g_string_free (label, FALSE);
}

const char *
acc_chip_get_empty (AccChip chip)
{
  g_return_val_if_fail (chip < ACC_N_CHIPS, NULL);
  return _ (chips[chip].empty);
}
