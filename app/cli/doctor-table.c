/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/doctor-table.h"

#include "store/statement.h"

#define NEWEST_KEY "(SELECT id FROM branch_key ORDER BY sequence DESC LIMIT 1)"
#define NEWEST_ENTRY "SELECT at FROM journal ORDER BY rowid DESC LIMIT 1"
#define DELIVERIES(state) "SELECT count (*) FROM delivery WHERE state = '" state "'"

static const char *const questions[ACC_ASK_N] = {
  [ACC_ASK_INBOX_COUNT] = "SELECT count (*) FROM letter",
  [ACC_ASK_INBOX_OLDEST] = "SELECT submitted_at FROM letter ORDER BY sequence LIMIT 1",
  [ACC_ASK_INBOX_NEWEST_ENTRY] = NEWEST_ENTRY,
  [ACC_ASK_ACCEPTED_KEYS] = "SELECT group_concat (id, ' ') FROM accepted_key",
  /* taken in, and nobody has been thanked yet */
  [ACC_ASK_OPEN_COUNT] = "SELECT count (*) FROM letter WHERE state IN ('waiting', 'claimed', 'approved')",
  [ACC_ASK_OPEN_OLDEST]
  = "SELECT submitted_at FROM letter WHERE state IN ('waiting', 'claimed', 'approved') ORDER BY sequence LIMIT 1",
  [ACC_ASK_HELD_COUNT] = "SELECT count (*) FROM letter WHERE state = 'held'",
  [ACC_ASK_DESK_NEWEST_ENTRY] = NEWEST_ENTRY,
  [ACC_ASK_BRANCH_KEY] = "SELECT " NEWEST_KEY,
  /* taken in after a rotation, but sealed before it */
  [ACC_ASK_OLD_KEY_COUNT] = "SELECT count (*) FROM letter_key WHERE branch_key <> " NEWEST_KEY,
  /* who has not signed in since a rotation */
  [ACC_ASK_SHARE_HOLDERS] = "SELECT group_concat (DISTINCT name) FROM branch_key_share JOIN banker"
                            " ON banker.id = branch_key_share.banker WHERE disabled_at IS NULL",
  [ACC_ASK_DIRECTORY_MOMENT] = "SELECT imported_at FROM directory ORDER BY sequence DESC LIMIT 1",
  [ACC_ASK_DIRECTORY_SOURCE] = "SELECT source FROM directory ORDER BY sequence DESC LIMIT 1",
  [ACC_ASK_DELIVERIES_WAITING] = DELIVERIES ("waiting"),
  [ACC_ASK_DELIVERIES_REFUSED] = DELIVERIES ("refused"),
  [ACC_ASK_DELIVERIES_UNSURE] = DELIVERIES ("unsure"),
};

char *
acc_doctor_ask (AccStore *store, AccAsk ask, GError **error)
{
  g_autoptr (AccStatement) question = acc_statement_new (store, questions[ask], error);
  const char *answer = NULL;
  gboolean row = FALSE;

  if (!acc_statement_step (question, &row, error))
    return NULL;
  if (row)
    answer = acc_statement_get_text (question, 0);
  return g_strdup (answer != NULL ? answer : "");
}
