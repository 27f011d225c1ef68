/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/check-private.h"

#include <glib/gi18n-lib.h>

#include "archive/record-table-private.h"
#include "archive/rules.h"
#include "archive/slips.h"
#include "vault/branch-key.h"

#define FACT(name) ACC_RULES_FACT ("j", name)
/* By its client, before the desk had it. */
#define TAKEN_BACK(row) "SELECT 1 FROM journal WHERE number = " row ".number AND kind IN ('withdrawn', 'erased')"

static gboolean
find_text (AccStatement *find, const char *text, gboolean *found, GError **error)
{
  acc_statement_bind_text (find, 1, text);
  return acc_statement_step (find, found, error);
}

/* ---- the inbox's letters ---- */

static gboolean
check_waiting_letter (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  gboolean known = FALSE;

  if (!find_text (find, acc_statement_get_text (row, 2), &known, error))
    return FALSE;
  if (!known)
    acc_check_add (self, self->inbox, acc_statement_get_text (row, 1),
                   _ ("it is sealed for a key that this branch does not have"));
  return TRUE;
}

static const AccCheckWalk waiting = {
  "SELECT x.sequence, 'letter ' || x.number, k.branch_key FROM letter x JOIN letter_key k ON k.sequence = x.sequence "
  "WHERE x.sequence > ?1 ORDER BY x.sequence LIMIT 100",
  "SELECT 1 FROM branch_key WHERE id = ?1",
  check_waiting_letter,
};

gboolean
acc_check_waiting (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox, &waiting, error);
}

static gboolean
check_accepted_key (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  gboolean known = FALSE;

  if (!find_text (find, acc_statement_get_text (row, 2), &known, error))
    return FALSE;
  if (!known)
    acc_check_add (self, self->inbox, acc_statement_get_text (row, 1), _ ("this branch does not have it"));
  return TRUE;
}

static const AccCheckWalk accepted = {
  "SELECT x.rowid, 'accepted key ' || x.id, x.id FROM accepted_key x WHERE x.rowid > ?1 ORDER BY x.rowid LIMIT 100",
  "SELECT 1 FROM branch_key WHERE id = ?1",
  check_accepted_key,
};

gboolean
acc_check_accepted (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox, &accepted, error);
}

/* ---- what the kiosks' journals tell ---- */

static gboolean
check_submitted_entry (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  const char *record = acc_statement_get_text (row, 1);
  gboolean found = FALSE;

  if (!find_text (find, acc_statement_get_text (row, 2), &found, error))
    return FALSE;
  if (!found)
    acc_check_add (self, self->inbox, record, _ ("its letter is neither in the inbox nor in the archive"));
  else if (g_strcmp0 (acc_statement_get_text (find, 0), acc_statement_get_text (row, 3)) != 0
           || g_strcmp0 (acc_statement_get_text (find, 1), acc_statement_get_text (row, 4)) != 0)
    acc_check_add (self, self->inbox, record, _ ("its letter in the archive is another one"));
  return TRUE;
}

/* The inbox is looked at first: a letter that the desk takes in meanwhile is in the archive before it leaves. Of a
 * letter that still waits, a rule compares the two. */
static const AccCheckWalk submitted = {
  "SELECT j.rowid, 'journal entry ' || j.sequence || ' of ' || j.writer, j.number, " FACT ("body_hash") ", "
  FACT ("pdf_hash") " FROM journal j WHERE j.kind = 'submitted' "
  "AND NOT EXISTS (SELECT 1 FROM letter WHERE number = j.number) AND NOT EXISTS (" TAKEN_BACK ("j") ") AND j.rowid > ?1 ORDER BY j.rowid LIMIT 100",
  "SELECT " FACT ("body_hash") ", l.pdf_hash FROM letter l LEFT JOIN journal j ON j.number = l.number "
  "AND +j.writer = 'desk' AND j.kind = 'taken in' WHERE l.number = ?1",
  check_submitted_entry,
};

gboolean
acc_check_submitted (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox, &submitted, error);
}

static gboolean
check_archive_letter (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  gboolean told = FALSE;

  if (!find_text (find, acc_statement_get_text (row, 2), &told, error))
    return FALSE;
  if (!told)
    acc_check_add (self, self->desk, acc_statement_get_text (row, 1),
                   _ ("no kiosk's journal says that it was submitted"));
  return TRUE;
}

static const AccCheckWalk taken_in = {
  "SELECT sequence, 'letter ' || number, number FROM letter WHERE sequence > ?1 ORDER BY sequence LIMIT 100",
  "SELECT 1 FROM journal WHERE number = ?1 AND kind = 'submitted'",
  check_archive_letter,
};

gboolean
acc_check_taken_in (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk, &taken_in, error);
}

/* ---- what the clients' slips say ---- */

enum { SLIP_STATE = 3, SLIP_CHANGED_AT, SLIP_SENT_AT, SLIP_BACK, SLIP_BACK_AT, SLIP_WAITS, SLIP_TOLD };

/* Of a letter that the desk does not have: its client has taken it back, or it lies in the inbox. */
static gboolean
is_kiosks_word (AccStatement *row)
{
  const char *state = acc_statement_get_text (row, SLIP_STATE), *at = acc_statement_get_text (row, SLIP_CHANGED_AT);
  const char *back = acc_statement_get_text (row, SLIP_BACK);

  if (back != NULL)
    return g_strcmp0 (state, back) == 0 && g_strcmp0 (at, acc_statement_get_text (row, SLIP_BACK_AT)) == 0;
  return acc_statement_get_int (row, SLIP_WAITS) > 0 && g_strcmp0 (at, acc_statement_get_text (row, SLIP_SENT_AT)) == 0
         && (g_strcmp0 (state, acc_slip_state_to_text (ACC_SLIP_WAITING)) == 0
             || g_strcmp0 (state, acc_slip_state_to_text (ACC_SLIP_TAKEN_IN)) == 0);
}

/* What the desk has done since the slips were told last is told the next time. */
static gboolean
is_desks_word (AccStatement *row, AccStatement *find)
{
  AccState state;

  if (acc_statement_get_int (find, 2) > acc_statement_get_int (row, SLIP_TOLD)
      || !acc_state_from_text (acc_statement_get_text (find, 0), &state)) /* of which a rule tells */
    return TRUE;
  return g_strcmp0 (acc_slip_state_to_text (acc_slips_state_of (state)), acc_statement_get_text (row, SLIP_STATE)) == 0
         && g_strcmp0 (acc_statement_get_text (find, 1), acc_statement_get_text (row, SLIP_CHANGED_AT)) == 0;
}

static gboolean
check_slip (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  gboolean found = FALSE;

  if (!find_text (find, acc_statement_get_text (row, 2), &found, error))
    return FALSE;
  if (found ? !is_desks_word (row, find) : !is_kiosks_word (row))
    acc_check_add (self, self->inbox, acc_statement_get_text (row, 1), _ ("it does not say where its letter is"));
  return TRUE;
}

static const AccCheckWalk slips = {
  "SELECT x.rowid, 'slip of letter ' || x.number, x.number, x.state, x.changed_at, " FACT ("submitted_at") ", b.kind, "
  ACC_RULES_FACT ("b", "at") ", (SELECT count (*) FROM letter WHERE number = x.number), "
  "coalesce ((SELECT max (entry) FROM told), 0) FROM slip x "
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number = x.number AND kind = 'submitted' LIMIT 1) "
  "LEFT JOIN journal b ON b.rowid = (SELECT rowid FROM journal WHERE number = x.number "
  "AND kind IN ('withdrawn', 'erased') LIMIT 1) WHERE x.rowid > ?1 ORDER BY x.rowid LIMIT 100",
  "SELECT l.state, l.changed_at, (SELECT max (rowid) FROM journal WHERE number = l.number) FROM letter l "
  "WHERE l.number = ?1",
  check_slip,
};

gboolean
acc_check_slips (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox, &slips, error);
}

static gboolean
check_answer (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  gboolean told = FALSE;

  for (int i = 2; i <= 5; i++)
    acc_statement_bind_text (find, i, acc_statement_get_text (row, i + 1));
  if (!find_text (find, acc_statement_get_text (row, 2), &told, error))
    return FALSE;
  if (!told)
    acc_check_add (self, self->inbox, acc_statement_get_text (row, 1), _ ("the desk has not answered it so"));
  return TRUE;
}

static const AccCheckWalk answers = {
  "SELECT x.rowid, 'request on letter ' || x.number, x.number, x.answered_at, x.answer, x.kind, x.asked_at "
  "FROM request x WHERE x.answer IS NOT NULL AND x.rowid > ?1 ORDER BY x.rowid LIMIT 100",
  "SELECT 1 FROM journal j WHERE number = ?1 AND +writer IN ('desk', 'retention') AND at = ?2 AND (?3 = 'done' "
  "AND (kind IN ('erased', 'expired') OR (kind = 'withdrawn' AND ?4 = 'withdraw')) OR kind = 'answered' "
  "AND " FACT ("answer") " = ?3 AND " FACT ("request") " = ?4 AND " FACT ("asked_at") " = ?5)",
  check_answer,
};

gboolean
acc_check_answers (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->inbox, &answers, error);
}

static gboolean
check_head (AccCheck *self, AccStatement *row, AccStatement *find, GError **error)
{
  gboolean found = FALSE;

  acc_statement_bind_int (find, 2, acc_statement_get_int (row, 3));
  acc_statement_bind_text (find, 3, acc_statement_get_text (row, 4));
  if (!find_text (find, acc_statement_get_text (row, 2), &found, error))
    return FALSE;
  if (!found)
    acc_check_add (self, self->desk, acc_statement_get_text (row, 1),
                   _ ("inbox.db no longer has it, so its history has been rewritten"));
  return TRUE;
}

static const AccCheckWalk heads = {
  "SELECT rowid, 'journal head ' || count || ' of ' || writer, writer, count, hash FROM kiosk_head WHERE rowid > ?1 "
  "ORDER BY rowid LIMIT 100",
  "SELECT 1 FROM journal WHERE writer = ?1 AND sequence = ?2 AND hash = ?3",
  check_head,
};

gboolean
acc_check_heads (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk, &heads, error);
}

/* ---- the branch's public key ---- */

gboolean
acc_check_key_file (AccCheck *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (acc_store_get_path (self->inbox));
  g_autofree char *path = acc_inbox_branch_key_path (folder);
  g_autoptr (GError) local = NULL;
  g_autoptr (AccBranchKey) key = acc_branch_key_load (path, &local);
  g_autoptr (AccStatement) find = NULL;
  gboolean row = FALSE;

  if (key == NULL)
    {
      g_ptr_array_add (self->findings, g_strdup_printf ("branch.pub: %s", local->message));
      return TRUE;
    }
  find = acc_statement_new (self->desk, "SELECT id FROM branch_key ORDER BY sequence DESC LIMIT 1", error);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  if (!row || g_strcmp0 (acc_statement_get_text (find, 0), acc_branch_key_get_id (key)) != 0)
    g_ptr_array_add (self->findings, g_strdup (_ ("branch.pub: this is not the newest key of this branch")));
  return TRUE;
}
