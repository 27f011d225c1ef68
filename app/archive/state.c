/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/state.h"

#include <glib/gi18n-lib.h>

/* The texts are frozen, and words within a sentence; the labels are for windows. */
static const struct {
  const char *text, *label;
} states[] = {
  [ACC_STATE_WAITING] = { N_ ("waiting"), N_ ("Waiting") },                /* taken in, nobody works on it */
  [ACC_STATE_CLAIMED] = { N_ ("claimed"), N_ ("Claimed") },                /* a banker works on it */
  [ACC_STATE_APPROVED] = { N_ ("approved"), N_ ("Approved") },             /* may go out */
  [ACC_STATE_ROUTED] = { N_ ("routed"), N_ ("Routed") },                   /* has left the branch */
  [ACC_STATE_ACKNOWLEDGED] = { N_ ("acknowledged"), N_ ("Acknowledged") }, /* has arrived */
  [ACC_STATE_HELD] = { N_ ("held"), N_ ("Held") },                         /* until a manager releases it */
  [ACC_STATE_DECLINED] = { N_ ("declined"), N_ ("Declined") },             /* with a reason */
  [ACC_STATE_WITHDRAWN] = { N_ ("withdrawn"), N_ ("Withdrawn") },          /* by the client */
  [ACC_STATE_ERASED] = { N_ ("erased"), N_ ("Erased") },                   /* only the journal tells of it */
};
G_STATIC_ASSERT (G_N_ELEMENTS (states) == ACC_STATE_N);

const char *
acc_state_to_text (AccState state)
{
  g_return_val_if_fail ((guint) state < ACC_STATE_N, NULL);
  return states[state].text;
}

gboolean
acc_state_from_text (const char *text, AccState *state)
{
  for (guint i = 0; i < ACC_STATE_N; i++)
    if (g_strcmp0 (text, states[i].text) == 0)
      {
        *state = (AccState) i;
        return TRUE;
      }
  return FALSE;
}

const char *
acc_state_to_word (AccState state)
{
  g_return_val_if_fail ((guint) state < ACC_STATE_N, NULL);
  return _ (states[state].text);
}

const char *
acc_state_to_label (AccState state)
{
  g_return_val_if_fail ((guint) state < ACC_STATE_N, NULL);
  return _ (states[state].label);
}
