/* SPDX-License-Identifier: GPL-3.0-or-later */
/* acc_routing_check: deliveries against their letters, their covers and the journal. */
#include "route/routing.h"

#include "archive/rules.h"
#include "base/error.h"
#include "route/delivery-table.h"
#include "route/outbox-private.h"
#include "route/receipts-private.h"
#include "store/statement.h"
#include "vault/hash.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROWS_MAX 100 /* looked at in one read */
#define DONE "('handed over', 'acknowledged')"
#define STOPPED "('refused', 'unsure')"                /* also the kinds of their entries */
#define PREPARED \
  "LEFT JOIN journal p ON p.rowid = (SELECT rowid FROM journal WHERE number = x.number AND +writer = 'desk' " \
  "AND kind = 'prepared' LIMIT 1) "
#define LETTER "LEFT JOIN letter l ON l.number = x.number "

/* The program that wrote schema step 1 told only how many deliveries it prepared. */
#define TOLD_COUNT_ONLY "json_type (iif (json_valid (p.facts), p.facts, '{}'), '$.deliveries') IS 'integer'"

static const AccRule delivery_rules[] = {
  /* A foreign key can be lost with a hand on the file. */
  { "l.number IS NULL", N_ ("it belongs to no letter") },
  /* A cover goes with its own letter only. */
  { "c.id IS NULL OR c.number <> x.number OR c.kind <> 'cover'", N_ ("it has no cover of its own") },
  { "x.role NOT IN ('supervisor', 'employee', 'own-supervisor', 'personnel') OR x.door = '' OR x.position < 1 "
    "OR x.tries < 0 OR x.state NOT IN ('prepared', 'sending', 'handed over', 'acknowledged', 'waiting', 'refused', "
    "'unsure')",
    N_ ("its role, state, door or position does not exist") },
  /* Tried at least once, or it cannot have left; and nothing went wrong in the end. */
  { "x.state IN " DONE " AND x.tries = 0", N_ ("it was handed over without a try") },
  { "x.state IN " DONE " AND x.reason IS NOT NULL", N_ ("it was handed over, but says why it was not") },
  /* Nothing leaves before the approval. */
  { "l.state IN ('waiting', 'claimed')", N_ ("it is there although its letter is not approved") },
  /* Routed means all of the plan. */
  { "l.state IN ('routed', 'acknowledged') AND x.after_position IS NULL AND x.state NOT IN " DONE,
    N_ ("it was not handed over although its letter is routed") },
  /* What stops it is noted, and so is each order that lets it go on; an erased letter's stops without a word. */
  { "l.state IS NOT 'erased' AND (SELECT total (iif (kind IN " STOPPED ", 1, -1)) FROM journal j "
    "WHERE j.number = x.number AND +j.writer = 'desk' AND j.kind IN ('refused', 'unsure', 'ordered again', "
    "'marked as sent') AND " ACC_RULES_FACT ("j", "position") " = x.position) <> (x.state IN " STOPPED ")",
    N_ ("the journal does not tell of what stopped it, or of who let it go on") },
  { "x.state IN " STOPPED " AND x.tries = 0", N_ ("it was stopped without a try") },
  /* Heard of, or not. */
  { "(x.state = 'acknowledged') <> EXISTS (SELECT 1 FROM receipt WHERE number = x.number AND position = x.position)",
    N_ ("it is acknowledged without a receipt, or has one and is not") },
  /* Of an erased letter it tells of nobody. */
  { "l.state = 'erased' AND (length (x.recipient) > 0 OR x.reason IS NOT NULL)",
    N_ ("it still tells of people although its letter is erased") },
};

/* An erased letter keeps its deliveries, so that what the journal tells of is still there. */
static const AccRule letter_rules[] = {
  { "x.state IN ('routed', 'acknowledged') AND NOT EXISTS (SELECT 1 FROM delivery WHERE number = x.number)",
    N_ ("it is routed but has no delivery") },
  { "(SELECT count (*) FROM journal WHERE number = x.number AND kind IN ('handed over', "
    "'marked as sent')) <> (SELECT count (*) FROM delivery WHERE number = x.number AND state IN " DONE ")",
    N_ ("what the journal says was handed over is not what is kept so") },
  { "iif (" TOLD_COUNT_ONLY ", " ACC_RULES_FACT ("p", "deliveries") ", json_array_length ("
    ACC_RULES_FACT ("p", "deliveries") ")) IS NOT "
    "nullif ((SELECT count (*) FROM delivery WHERE number = x.number AND after_position IS NULL), 0)",
    N_ ("its deliveries are not as many as the journal says were prepared") },
  { "(SELECT count (*) FROM journal WHERE number = x.number AND kind = '" ACC_OUTBOX_PREPARED_FURTHER "') <> "
    "(SELECT count (*) FROM delivery WHERE number = x.number AND after_position IS NOT NULL)",
    N_ ("its further deliveries are not as many as the journal says were prepared") },
  { "(SELECT count (*) FROM journal WHERE number = x.number AND kind = '" ACC_RECEIPTS_HEARD_BACK "') <> "
    "(SELECT count (*) FROM receipt WHERE number = x.number)",
    N_ ("its receipts are not as many as the journal tells of") },
  { "x.state IN ('routed', 'acknowledged') AND NOT (" TOLD_COUNT_ONLY ") "
    "AND json_array_length (" ACC_RULES_FACT ("p", "departments") ") IS NOT "
    "(SELECT count (*) FROM routed_department WHERE number = x.number)",
    N_ ("it is not counted for the departments that the journal tells of") },
};

static const AccRule department_rules[] = {
  { "l.number IS NULL", N_ ("it belongs to no letter") },
  { "NOT (" TOLD_COUNT_ONLY ") "
    "AND NOT EXISTS (SELECT 1 FROM json_each (coalesce (" ACC_RULES_FACT ("p", "departments") ", '[]')) "
    "WHERE value = x.department)",
    N_ ("the journal does not tell of it") },
  /* Counted only with what has left, and then. */
  { "x.routed_at NOT IN (SELECT changed_at FROM delivery WHERE number = x.number AND state IN " DONE ")",
    N_ ("its time is not that of a delivery that was handed over") },
};

/* The entry that tells of the receipt. */
#define HEARD_BACK \
  "LEFT JOIN journal h ON h.rowid = (SELECT rowid FROM journal WHERE number = x.number AND +writer = 'desk' " \
  "AND kind = '" ACC_RECEIPTS_HEARD_BACK "' AND " ACC_RULES_FACT ("journal", "receipt") " = x.sequence LIMIT 1) "

static const AccRule receipt_rules[] = {
  { "l.number IS NULL", N_ ("it belongs to no letter") },
  { "d.id IS NULL", N_ ("it belongs to no delivery") },
  { "h.rowid IS NULL", N_ ("the journal does not tell of it") },
  { "h.rowid IS NOT NULL AND (" ACC_RULES_FACT ("h", "position") " IS NOT x.position OR " ACC_RULES_FACT ("h", "on")
    " IS NOT x.heard_on OR " ACC_RULES_FACT ("h", "at") " IS NOT x.recorded_at OR " ACC_RULES_FACT ("h", "source")
    " IS NOT x.source OR " ACC_RULES_FACT ("h", "body") " IS NULL)",
    N_ ("it is not what the journal tells of") },
  { "l.state = 'erased' AND length (x.body) > 0", N_ ("it still tells of people although its letter is erased") },
};

static const AccRules tables[] = {
  { "delivery x " LETTER "LEFT JOIN document c ON c.id = x.cover", "'delivery ' || x.position || ' of letter ' || x.number",
    delivery_rules, G_N_ELEMENTS (delivery_rules) },
  { "letter x " PREPARED, "'letter ' || x.number", letter_rules, G_N_ELEMENTS (letter_rules) },
  { "routed_department x " LETTER PREPARED, "'department ' || x.department || ' of letter ' || x.number",
    department_rules, G_N_ELEMENTS (department_rules) },
  { "receipt x " LETTER HEARD_BACK "LEFT JOIN delivery d ON d.number = x.number AND d.position = x.position",
    "'receipt ' || x.sequence || ' of letter ' || x.number", receipt_rules, G_N_ELEMENTS (receipt_rules), "x.body",
    "iif (l.state = 'erased', NULL, " ACC_RULES_FACT ("h", "body") ")", N_ ("it is not what the journal tells of") },
};

/* What the program of schema step 1 told of a delivery that it handed over; of an erased letter's, which has no recipient,
 * up to there. */
static char *
facts_of_step_1 (const AccDeliveryRow *row)
{
  g_autofree char *recipient = acc_hash_bytes (row->recipient);
  g_autofree char *start = g_strdup_printf ("{\"position\":%u,\"role\":\"%s\",\"door\":\"%s\",\"recipient\":\"",
                                            row->position, row->role, row->door);

  if (g_bytes_get_size (row->recipient) == 0)
    return g_steal_pointer (&start);
  return g_strconcat (start, recipient, "\",\"cover\":\"", row->cover_hash, "\"}", NULL);
}

/* What the journal says of a delivery's letter: the facts of signed entries (of char *). */
typedef struct {
  GPtrArray *prepared, *handed_over;
  gboolean old; /* by the program of schema step 1 */
} Told;

static void
told_free (Told *told)
{
  g_ptr_array_unref (told->prepared);
  g_ptr_array_unref (told->handed_over);
  g_free (told);
}

static Told *
told_new (void)
{
  Told *told = g_new0 (Told, 1);

  told->prepared = g_ptr_array_new_with_free_func (g_free);
  told->handed_over = g_ptr_array_new_with_free_func (g_free);
  return told;
}

static void
read_told (AccStatement *entry, Told *told)
{
  gboolean handed_over = acc_statement_get_int (entry, 1) != 0;

  if (acc_statement_get_int (entry, 2) != 0)
    g_ptr_array_add (handed_over ? told->handed_over : told->prepared, g_strdup (acc_statement_get_text (entry, 3)));
  told->old |= !handed_over && acc_statement_get_int (entry, 4) != 0;
}

/* GPtrArray of Told, as many as @rows and in their order. */
static GPtrArray *
list_told (AccStatement *entries, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) told_free);
  gboolean more = TRUE;

  g_ptr_array_add (list, told_new ());
  acc_statement_bind_int (entries, 1, ((const AccDeliveryRow *) g_ptr_array_index (rows, 0))->id);
  acc_statement_bind_int (entries, 2, ((const AccDeliveryRow *) g_ptr_array_index (rows, rows->len - 1))->id);
  while (more)
    {
      if (!acc_statement_step (entries, &more, error))
        return NULL;
      while (list->len < rows->len
             && (!more || ((const AccDeliveryRow *) g_ptr_array_index (rows, list->len - 1))->id
                            < acc_statement_get_int (entries, 0)))
        g_ptr_array_add (list, told_new ());
      if (more)
        read_told (entries, g_ptr_array_index (list, list->len - 1));
    }
  return g_steal_pointer (&list);
}

static gboolean
is_in (GPtrArray *facts, const char *text)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_ptr_array_index (facts, i) != NULL && strstr (g_ptr_array_index (facts, i), text) != NULL)
      return TRUE;
  return FALSE;
}

static void
check_noted (const AccDeliveryRow *row, const Told *told, GPtrArray *findings)
{
  g_autofree char *record = g_strdup_printf ("delivery %u of letter %s", row->position, row->number);
  g_autofree char *prepared = acc_delivery_row_prepared (row);
  gboolean old = told->old && row->after == 0;
  g_autofree char *facts = old ? facts_of_step_1 (row) : acc_delivery_row_facts (row);

  if (!old && !is_in (told->prepared, prepared))
    acc_rules_add_finding (findings, "desk.db", record, _ ("it is not what the journal says was prepared"));
  if (acc_delivery_state_is_done (row->state) && !is_in (told->handed_over, facts))
    acc_rules_add_finding (findings, "desk.db", record, _ ("it is not what the journal says was handed over"));
}

static gboolean
check_all_noted (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_autoptr (AccStatement) entries = acc_statement_new (
      desk,
      "SELECT d.id, p.kind IN ('handed over', 'marked as sent'), p.signer IS NOT NULL AND p.signature IS NOT NULL,"
      " p.facts, " TOLD_COUNT_ONLY
      " FROM delivery d CROSS JOIN journal p ON p.number = d.number WHERE d.id >= ?1 AND d.id <= ?2"
      " AND +p.writer = 'desk' AND p.kind IN ('prepared', '" ACC_OUTBOX_PREPARED_FURTHER "', 'ordered again', 'handed over',"
      " 'marked as sent') ORDER BY d.id",
      error);
  gint64 after = G_MININT64;
  gboolean more = entries != NULL;

  while (more)
    {
      g_autoptr (GPtrArray) rows = acc_delivery_table_list_after (desk, after, ROWS_MAX, error);
      g_autoptr (GPtrArray) told = NULL;

      if (rows == NULL)
        return FALSE;
      more = rows->len > 0;
      if (more && (told = list_told (entries, rows, error)) == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          const AccDeliveryRow *row = g_ptr_array_index (rows, i);

          check_noted (row, g_ptr_array_index (told, i), findings);
          after = row->id;
        }
    }
  return entries != NULL;
}

gboolean
acc_routing_check (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);
  g_return_val_if_fail (findings != NULL, FALSE);

  g_autoptr (GError) local = NULL;
  gboolean checked = TRUE;

  for (gsize i = 0; checked && i < G_N_ELEMENTS (tables); i++)
    checked = acc_rules_check (desk, "desk.db", &tables[i], findings, &local);
  checked = checked && check_all_noted (desk, findings, &local);
  if (checked)
    return TRUE;
  if (!g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_ptr_array_add (findings, g_strdup (local->message));
  return TRUE;
}
