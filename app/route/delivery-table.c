/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/delivery-table.h"

#include "archive/rules.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "store/statement.h"
#include "vault/hash.h"

static const struct {
  const char *text;
  gboolean open; /* may be handed over, now or again */
  gboolean done; /* has left the branch */
} states[] = {
  /* Kept, not yet tried. */
  [ACC_DELIVERY_PREPARED] = { "prepared", TRUE, FALSE },
  /* Under way, or cut short: then it is prepared again, or unsure, as the door can repeat it or not. */
  [ACC_DELIVERY_SENDING] = { "sending", TRUE, FALSE },
  /* The door has it, durably. */
  [ACC_DELIVERY_HANDED_OVER] = { "handed over", FALSE, TRUE },
  /* The recipient has said so. */
  [ACC_DELIVERY_ACKNOWLEDGED] = { "acknowledged", FALSE, TRUE },
  /* Failed in a way that may pass. */
  [ACC_DELIVERY_WAITING] = { "waiting", TRUE, FALSE },
  /* A person must act first. */
  [ACC_DELIVERY_REFUSED] = { "refused", FALSE, FALSE },
  /* It may have arrived: never sent again by itself. */
  [ACC_DELIVERY_UNSURE] = { "unsure", FALSE, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (states) == ACC_DELIVERY_N);

const char *
acc_delivery_state_to_text (AccDeliveryState state)
{
  g_return_val_if_fail (state < ACC_DELIVERY_N, NULL);

  return states[state].text;
}

gboolean
acc_delivery_state_from_text (const char *text, AccDeliveryState *state)
{
  for (guint i = 0; i < ACC_DELIVERY_N; i++)
    if (g_strcmp0 (states[i].text, text) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
acc_delivery_state_is_open (AccDeliveryState state)
{
  g_return_val_if_fail (state < ACC_DELIVERY_N, FALSE);

  return states[state].open;
}

gboolean
acc_delivery_state_is_done (AccDeliveryState state)
{
  g_return_val_if_fail (state < ACC_DELIVERY_N, FALSE);

  return states[state].done;
}

void
acc_delivery_row_free (AccDeliveryRow *row)
{
  if (row == NULL)
    return;
  g_free (row->number);
  g_free (row->role);
  g_free (row->door);
  g_clear_pointer (&row->recipient, g_bytes_unref);
  g_free (row->cover_hash);
  g_free (row->cover_body_hash);
  g_free (row->cover_made_at);
  g_free (row->changed_at);
  g_free (row->next_try);
  g_free (row->reason);
  g_free (row);
}

gboolean
acc_delivery_table_add (AccStore *desk, const AccDeliveryRow *row, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccStatement) insert
      = acc_statement_new (desk,
                           "INSERT INTO delivery (number, position, role, door, state, recipient, cover, changed_at,"
                           " after_position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif (?9, 0))",
                           error);

  acc_statement_bind_text (insert, 1, row->number);
  acc_statement_bind_int (insert, 2, row->position);
  acc_statement_bind_text (insert, 3, row->role);
  acc_statement_bind_text (insert, 4, row->door);
  acc_statement_bind_text (insert, 5, states[row->state].text);
  acc_statement_bind_bytes (insert, 6, row->recipient);
  acc_statement_bind_int (insert, 7, row->cover);
  acc_statement_bind_text (insert, 8, now);
  acc_statement_bind_int (insert, 9, row->after);
  return acc_statement_run (insert, error);
}

static AccDeliveryRow *
read_row (AccStatement *select, GError **error)
{
  g_autoptr (AccDeliveryRow) row = g_new0 (AccDeliveryRow, 1);

  row->id = acc_statement_get_int (select, 0);
  row->number = g_strdup (acc_statement_get_text (select, 1));
  row->position = (guint)acc_statement_get_int (select, 2);
  row->role = g_strdup (acc_statement_get_text (select, 3));
  row->door = g_strdup (acc_statement_get_text (select, 4));
  row->recipient = acc_statement_dup_bytes (select, 6);
  row->cover = acc_statement_get_int (select, 7);
  row->cover_hash = g_strdup (acc_statement_get_text (select, 8));
  row->changed_at = g_strdup (acc_statement_get_text (select, 9));
  row->cover_body_hash = g_strdup (acc_statement_get_text (select, 10));
  row->cover_made_at = g_strdup (acc_statement_get_text (select, 11));
  row->tries = (guint) acc_statement_get_int (select, 12);
  row->next_try = g_strdup (acc_statement_get_text (select, 13));
  row->reason = g_strdup (acc_statement_get_text (select, 14));
  row->after = (guint) acc_statement_get_int (select, 15);
  if (row->recipient != NULL && acc_delivery_state_from_text (acc_statement_get_text (select, 5), &row->state))
    return g_steal_pointer (&row);
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "Delivery %u of letter %s has the unknown state “%s”.",
               row->position, row->number, acc_statement_get_text (select, 5));
  return NULL;
}

#define FIELDS \
  "SELECT d.id, d.number, d.position, d.role, d.door, d.state, d.recipient, d.cover, c.pdf_hash, d.changed_at," \
  " c.body_hash, c.made_at, d.tries, d.next_try, d.reason, d.after_position" \
  " FROM delivery AS d "
#define COVER "LEFT JOIN document AS c ON c.id = d.cover "
#define COLUMNS FIELDS COVER
#define OPEN "('prepared', 'sending', 'waiting')"
/* Those alone, however many have gone: SQLite would rather go through all letters that were routed. */
#define BY_OPEN "INDEXED BY delivery_open "
#define DONE "('handed over', 'acknowledged')"

static GPtrArray *
read_rows (AccStatement *select, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)acc_delivery_row_free);
  gboolean more;

  do
    {
      if (!acc_statement_step (select, &more, error))
        return NULL;
      if (more)
        {
          AccDeliveryRow *row = read_row (select, error);

          if (row == NULL)
            return NULL;
          g_ptr_array_add (rows, row);
        }
  } while (more);
  return g_steal_pointer (&rows);
}

GPtrArray *
acc_delivery_table_list (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccStatement) select
      = acc_statement_new (desk, COLUMNS "WHERE d.number = ?1 ORDER BY d.position", error);

  acc_statement_bind_text (select, 1, number);
  return read_rows (select, error);
}

AccDeliveryRow *
acc_delivery_table_find (AccStore *desk, gint64 id, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (desk, COLUMNS "WHERE d.id = ?1", error);
  g_autoptr (GPtrArray) rows = NULL;

  acc_statement_bind_int (select, 1, id);
  rows = read_rows (select, error);
  if (rows == NULL || rows->len > 0)
    return rows != NULL ? g_ptr_array_steal_index (rows, 0) : NULL;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "This delivery is not there any more.");
  return NULL;
}

GPtrArray *
acc_delivery_table_list_after (AccStore *desk, gint64 id, guint limit, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (desk, COLUMNS "WHERE d.id > ?1 ORDER BY d.id LIMIT ?2", error);

  acc_statement_bind_int (select, 1, id);
  acc_statement_bind_int (select, 2, limit);
  return read_rows (select, error);
}

GPtrArray *
acc_delivery_table_list_open (AccStore *desk, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new (
      desk,
      FIELDS BY_OPEN COVER "JOIN letter AS l ON l.number = d.number WHERE (l.state = 'approved'"
                           " OR (d.after_position IS NOT NULL AND l.state IN ('routed', 'acknowledged')))"
                           " AND d.state IN " OPEN " ORDER BY d.id",
      error);

  return read_rows (select, error);
}

/* Of whom nothing was heard; @when compares the time at which it was handed over with ?1. */
#define SILENT(when) \
  "JOIN letter AS l ON l.number = d.number WHERE d.state = 'handed over'" \
  " AND l.state IN ('routed', 'acknowledged') AND d.role IN ('supervisor', 'employee')" \
  " AND unixepoch (d.changed_at) " when \
  " AND NOT EXISTS (SELECT 1 FROM delivery WHERE number = d.number AND after_position = d.position)" \
  " AND NOT EXISTS (SELECT 1 FROM journal AS j WHERE j.number = d.number AND +j.writer = 'desk'" \
  " AND j.kind = ?2 AND " ACC_RULES_FACT ("j", "position") " = d.position)"

gboolean
acc_delivery_table_find_silent_after (AccStore *desk, gint64 since, const char *kind, gint64 *first, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, "SELECT min (unixepoch (d.changed_at)) FROM delivery AS d " SILENT ("> ?1"), error);
  gboolean row = FALSE;

  acc_statement_bind_int (select, 1, since);
  acc_statement_bind_text (select, 2, kind);
  if (!acc_statement_step (select, &row, error))
    return FALSE;
  *first = row ? acc_statement_get_int (select, 0) : 0;
  return TRUE;
}

GPtrArray *
acc_delivery_table_list_silent (AccStore *desk, gint64 since, const char *kind, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk, COLUMNS SILENT ("<= ?1") " ORDER BY unixepoch (d.changed_at), d.id", error);

  acc_statement_bind_int (select, 1, since);
  acc_statement_bind_text (select, 2, kind);
  return read_rows (select, error);
}

gboolean
acc_delivery_table_is_noted (AccStore *desk, const AccDeliveryRow *row, const char *kind, gboolean *noted, GError **error)
{
  g_autoptr (AccStatement) select
    = acc_statement_new (desk,
                         "SELECT 1 FROM journal AS j WHERE j.number = ?1 AND +j.writer = 'desk' AND j.kind = ?2"
                         " AND " ACC_RULES_FACT ("j", "position") " = ?3 LIMIT 1",
                         error);

  acc_statement_bind_text (select, 1, row->number);
  acc_statement_bind_text (select, 2, kind);
  acc_statement_bind_int (select, 3, row->position);
  return acc_statement_step (select, noted, error);
}

GStrv
acc_delivery_table_list_complete (AccStore *desk, GError **error)
{
  g_autoptr (AccStatement) select
      = acc_statement_new (desk,
                           "SELECT l.number FROM letter AS l WHERE l.state = 'approved'"
                           " AND EXISTS (SELECT 1 FROM delivery WHERE number = l.number)"
                           " AND NOT EXISTS (SELECT 1 FROM delivery WHERE number = l.number AND state NOT IN " DONE ")"
                           " ORDER BY l.sequence",
                           error);
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  gboolean more;

  do
    {
      if (!acc_statement_step (select, &more, error))
        return NULL;
      if (more)
        g_strv_builder_add (numbers, acc_statement_get_text (select, 0));
    }
  while (more);
  return g_strv_builder_end (numbers);
}

/* Moves one delivery, @at NULL: at no time of its own; whoever comes second is told. */
static gboolean
move_at (AccStore *desk, AccStatement *update, gint64 id, const char *at, GError **error)
{
  gint64 changed;

  acc_statement_bind_int (update, 1, id);
  if (at != NULL)
    acc_statement_bind_text (update, 2, at);
  changed = acc_statement_change (update, error);
  if (changed == 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, "Another session has moved this delivery in the meantime.");
  return changed == 1;
}

static gboolean
move (AccStore *desk, AccStatement *update, gint64 id, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();

  return move_at (desk, update, id, now, error);
}

gboolean
acc_delivery_table_start (AccStore *desk, gint64 id, GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET state = 'sending', tries = tries + 1, changed_at = ?2"
                           " WHERE id = ?1 AND state IN ('prepared', 'waiting')",
                           error);

  return move (desk, update, id, error);
}

gboolean
acc_delivery_table_restore (AccStore *desk, gint64 id, GError **error)
{
  g_autoptr (AccStatement) update = acc_statement_new (
      desk, "UPDATE delivery SET state = 'prepared', changed_at = ?2 WHERE id = ?1 AND state = 'sending'", error);

  return move (desk, update, id, error);
}

gboolean
acc_delivery_table_wait (AccStore *desk, gint64 id, const char *reason, const char *next_try, GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET state = 'waiting', reason = ?3, next_try = ?4, changed_at = ?2"
                           " WHERE id = ?1 AND state = 'sending'",
                           error);

  acc_statement_bind_text (update, 3, reason);
  acc_statement_bind_text (update, 4, next_try);
  return move (desk, update, id, error);
}

gboolean
acc_delivery_table_shut (AccStore *desk, gint64 id, gboolean tried, const char *reason, GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET state = 'waiting', tries = tries - ?4, reason = ?3, next_try = NULL,"
                           " changed_at = ?2 WHERE id = ?1 AND state IN " OPEN " AND (state = 'sending') = ?4",
                           error);

  acc_statement_bind_text (update, 3, reason);
  acc_statement_bind_int (update, 4, tried);
  return move (desk, update, id, error);
}

gboolean
acc_delivery_table_keep_end (AccStore *desk, gint64 id, guint tries, const char *end, GError **error)
{
  g_autoptr (AccStatement) update = acc_statement_new (
      desk, "UPDATE delivery SET reason = ?3, changed_at = ?2 WHERE id = ?1 AND state = 'sending' AND tries = ?4",
      error);

  acc_statement_bind_text (update, 3, end);
  acc_statement_bind_int (update, 4, tries);
  return move (desk, update, id, error);
}

gboolean
acc_delivery_table_has_open (AccStore *desk, gboolean *open, GError **error)
{
  g_autoptr (AccStatement) select
      = acc_statement_new (desk, "SELECT 1 FROM delivery " BY_OPEN "WHERE state IN " OPEN " LIMIT 1", error);

  return acc_statement_step (select, open, error);
}

gboolean
acc_delivery_table_mark_restored (AccStore *desk, GError **error)
{
  g_autoptr (AccStatement) update = acc_statement_new (
      desk,
      "UPDATE delivery SET state = 'sending', tries = max (tries, 1), reason = '" ACC_DELIVERY_RESTORED "',"
      " next_try = NULL WHERE state IN " OPEN " AND EXISTS (SELECT 1 FROM letter AS l WHERE l.number = delivery.number"
      " AND (l.state = 'approved' OR (after_position IS NOT NULL AND l.state IN ('routed', 'acknowledged'))))",
      error);

  return acc_statement_run (update, error);
}

gboolean
acc_delivery_table_stop (AccStore *desk, gint64 id, AccDeliveryState state, const char *reason, const char *at,
                         GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET state = ?3, reason = ?4, next_try = NULL, changed_at = ?2"
                           " WHERE id = ?1 AND state = 'sending'",
                           error);

  acc_statement_bind_text (update, 3, states[state].text);
  acc_statement_bind_text (update, 4, reason);
  return move_at (desk, update, id, at, error);
}

gboolean
acc_delivery_table_order (AccStore *desk, gint64 id, GBytes *recipient, AccDeliveryState state, const char *at,
                          GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET state = ?3, recipient = ?4, tries = iif (?3 = 'prepared', 0, tries),"
                           " reason = NULL, next_try = NULL, changed_at = ?2"
                           " WHERE id = ?1 AND state IN ('refused', 'unsure')",
                           error);

  acc_statement_bind_text (update, 3, states[state].text);
  acc_statement_bind_bytes (update, 4, recipient);
  return move_at (desk, update, id, at, error);
}

gboolean
acc_delivery_table_finish (AccStore *desk, gint64 id, GBytes *recipient, const char *at, GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET state = 'handed over', reason = NULL, next_try = NULL, recipient = ?3,"
                           " changed_at = ?2"
                           " WHERE id = ?1 AND state = 'sending'",
                           error);

  acc_statement_bind_bytes (update, 3, recipient);
  return move_at (desk, update, id, at, error);
}

gboolean
acc_delivery_table_acknowledge (AccStore *desk, gint64 id, GError **error)
{
  g_autoptr (AccStatement) update = acc_statement_new (
    desk, "UPDATE delivery SET state = 'acknowledged' WHERE id = ?1 AND state = 'handed over'", error);

  return move_at (desk, update, id, NULL, error);
}

gboolean
acc_delivery_table_empty (AccStore *desk, const char *number, GError **error)
{
  g_autoptr (AccStatement) update
      = acc_statement_new (desk,
                           "UPDATE delivery SET recipient = x'', reason = NULL, next_try = NULL,"
                           " state = iif (state = 'sending', 'unsure', state) WHERE number = ?1",
                           error);

  acc_statement_bind_text (update, 1, number);
  return acc_statement_run (update, error);
}

gboolean
acc_delivery_table_add_departments (AccStore *desk, const char *number, const char *const *departments, const char *at,
                                    GError **error)
{
  g_autoptr (AccStatement) insert = acc_statement_new (
      desk, "INSERT OR IGNORE INTO routed_department (number, department, routed_at) VALUES (?1, ?2, ?3)", error);

  for (guint i = 0; departments[i] != NULL; i++)
    {
      acc_statement_bind_text (insert, 1, number);
      acc_statement_bind_text (insert, 2, departments[i]);
      acc_statement_bind_text (insert, 3, at);
      if (!acc_statement_run (insert, error))
        return FALSE;
    }
  return insert != NULL;
}

gboolean
acc_delivery_table_read_departments (AccStore *desk, GHashTable *last, gint64 *row, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new_kept (
      desk, "SELECT rowid, department, routed_at FROM routed_department WHERE rowid > ?1 ORDER BY rowid", error);
  gboolean found = FALSE;

  acc_statement_bind_int (select, 1, *row);
  while (acc_statement_step (select, &found, error))
    {
      g_autofree char *name = NULL;
      const char *at, *known;

      if (!found)
        return TRUE;
      name = acc_text_fold (acc_statement_get_text (select, 1));
      at = acc_statement_get_text (select, 2);
      known = g_hash_table_lookup (last, name);
      if (known == NULL || strcmp (at, known) > 0)
        g_hash_table_insert (last, g_steal_pointer (&name), g_strdup (at));
      *row = acc_statement_get_int (select, 0);
    }
  return FALSE;
}

/* An erased letter's delivery has no recipient: the facts up to there. */
static char *
close_facts (const char *facts, const AccDeliveryRow *row)
{
  g_autofree char *recipient = acc_hash_bytes (row->recipient);

  if (g_bytes_get_size (row->recipient) == 0)
    return g_strdup (facts);
  return g_strconcat (facts, recipient, "\"}", NULL);
}

char *
acc_delivery_row_prepared (const AccDeliveryRow *row)
{
  g_autofree char *after = row->after != 0 ? g_strdup_printf ("\"after\":%u,", row->after) : g_strdup ("");
  g_autofree char *facts = g_strdup_printf ("{\"position\":%u,%s\"role\":\"%s\",\"door\":\"%s\",\"cover\":\"%s\","
                                            "\"cover_body\":\"%s\",\"cover_made_at\":\"%s\",\"recipient\":\"",
                                            row->position, after, row->role, row->door, row->cover_hash,
                                            row->cover_body_hash, row->cover_made_at);

  /* handing over writes the recipient anew, with the place */
  return states[row->state].done ? g_steal_pointer (&facts) : close_facts (facts, row);
}

char *
acc_delivery_row_facts (const AccDeliveryRow *row)
{
  g_autofree char *facts = g_strdup_printf (
      "{\"position\":%u,\"role\":\"%s\",\"door\":\"%s\",\"cover\":\"%s\",\"at\":\"%s\",\"recipient\":\"",
      row->position, row->role, row->door, row->cover_hash, row->changed_at);

  return close_facts (facts, row);
}
