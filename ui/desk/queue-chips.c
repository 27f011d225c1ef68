/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-chips.h"

#include <glib/gi18n-lib.h>

#define STATE_BIT(state) (1u << (state))

/* One row a chip: the states it shows, whether only the banker's own or the late ones, its name and count, and what an empty
 * list says. */
static const struct {
  guint states;
  gboolean mine, late;
  const char *label;
  const char *empty;
} chips[ACC_N_CHIPS] = {
  /* what nobody has taken up yet */
  [ACC_CHIP_WAITING] = { STATE_BIT (ACC_STATE_WAITING), FALSE, FALSE, N_ ("Waiting %u"),
                         N_ ("Every letter has been read. New ones appear here by themselves.") },
  /* what this banker has taken up */
  [ACC_CHIP_MINE] = { STATE_BIT (ACC_STATE_CLAIMED), TRUE, FALSE, N_ ("Mine %u"),
                      N_ ("You are not working on a letter.") },
  /* what a manager must look at */
  [ACC_CHIP_HELD] = { STATE_BIT (ACC_STATE_HELD), FALSE, FALSE, N_ ("Held %u"), N_ ("No letter is held.") },
  /* what could not go out yet */
  [ACC_CHIP_APPROVED] = { STATE_BIT (ACC_STATE_APPROVED), FALSE, FALSE, N_ ("Approved %u"),
                          N_ ("Every approved letter is on its way.") },
  [ACC_CHIP_ROUTED] = { STATE_BIT (ACC_STATE_ROUTED) | STATE_BIT (ACC_STATE_ACKNOWLEDGED), FALSE, FALSE,
                        N_ ("Routed %u"), N_ ("The letters you route will be kept here.") },
  [ACC_CHIP_DECLINED] = { STATE_BIT (ACC_STATE_DECLINED), FALSE, FALSE, N_ ("Declined %u"),
                          N_ ("No letter has been declined.") },
  [ACC_CHIP_ALL] = { STATE_BIT (ACC_STATE_N) - 1, FALSE, FALSE, N_ ("All %u"),
                     N_ ("No letter has come in yet. The first one will appear here by itself.") },
  /* what nobody has finished in twice the time */
  [ACC_CHIP_LATE] = { STATE_BIT (ACC_STATE_N) - 1, FALSE, TRUE, N_ ("Late %u"), N_ ("No client waits too long.") },
};

gboolean
acc_chip_is_late (AccQueueItem *item, const AccChipView *view)
{
  return view->wait > 0 && acc_queue_item_get_wait (item) >= view->wait;
}

gboolean
acc_chip_shows (AccChip chip, AccQueueItem *item, const AccChipView *view)
{
  g_return_val_if_fail (chip < ACC_N_CHIPS, FALSE);

  if ((chips[chip].states & STATE_BIT (acc_queue_item_get_state (item))) == 0)
    return FALSE;
  if (chips[chip].late)
    return view->wait > 0 && acc_queue_item_get_wait (item) >= 2 * view->wait;
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

const char *
acc_chip_get_empty (AccChip chip)
{
  g_return_val_if_fail (chip < ACC_N_CHIPS, NULL);
  return _ (chips[chip].empty);
}
