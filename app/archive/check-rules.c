/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/check-private.h"

#include <glib/gi18n-lib.h>

/* Rows looked at in one read: some milliseconds. */
#define WINDOW "500"

#define FACT(name) "json_extract (iif (json_valid (j.facts), j.facts, '{}'), '$." name "')"
#define ORIGINAL "FROM document d WHERE d.number = x.number AND d.kind = 'original'"
#define KEY "FROM letter_key k WHERE k.number = x.number"
#define TAKEN_IN "FROM journal j WHERE j.number = x.number AND j.writer = 'desk' AND j.kind = 'taken in'"
#define SUBMITTED \
  "FROM journal j WHERE j.number = x.number AND j.writer = 'kiosk:' || x.kiosk AND j.kind = 'submitted'"

/* The rows that are looked at, and how a sentence names one. */
typedef struct {
  const char *table, *record;
} Rows;

static const Rows letters = { "letter", "'letter ' || x.number" };
static const Rows letter_keys = { "letter_key", "'key of letter ' || x.number" };
static const Rows documents = { "document", "'document ' || x.id" };
static const Rows entries = { "journal", "'journal entry ' || x.sequence || ' of ' || x.writer" };
static const Rows branches = { "branch", "'branch'" };

typedef struct {
  const Rows *rows;
  const char *wrong; /* SQL: which of them, as x */
  const char *sentence;
} Rule;

static const Rule desk_rules[] = {
  /* letters: their parts */
  { &letters,
    "x.state NOT IN ('waiting', 'claimed', 'approved', 'routed', 'acknowledged', 'held', 'declined', 'withdrawn', "
    "'erased')",
    N_ ("its state is not known") },
  { &letters, "x.state <> 'erased' AND NOT EXISTS (SELECT 1 " ORIGINAL ")", N_ ("its original is missing") },
  { &letters, "(SELECT count (*) " ORIGINAL ") > 1", N_ ("it has more than one original") },
  { &letters, "x.state <> 'erased' AND NOT EXISTS (SELECT 1 " KEY ")", N_ ("its key is missing") },
  { &letters, "x.state = 'erased' AND EXISTS (SELECT 1 " KEY ")", N_ ("it is erased, but its key is still there") },
  { &letters, "EXISTS (SELECT 1 " ORIGINAL " AND d.pdf_hash <> x.pdf_hash)",
    N_ ("its PDF is not that of its original") },
  /* letters: their banker */
  { &letters, "x.claimed_by NOT IN (SELECT id FROM banker)", N_ ("it is claimed by nobody known") },
  { &letters, "x.state = 'claimed' AND x.claimed_by IS NULL", N_ ("it is claimed, but by nobody") },
  /* letters: what the journal says */
  { &letters, "NOT EXISTS (SELECT 1 " TAKEN_IN ")", N_ ("no journal entry says that it was taken in") },
  { &letters,
    "EXISTS (SELECT 1 " TAKEN_IN ") AND NOT EXISTS (SELECT 1 " TAKEN_IN " AND " FACT ("kiosk") " IS x.kiosk AND "
    FACT ("submitted_at") " IS x.submitted_at AND " FACT ("taken_at") " IS x.taken_at AND "
    FACT ("pages") " IS x.pages AND " FACT ("pdf_hash") " IS x.pdf_hash)",
    N_ ("its kiosk, times, pages or PDF are not those of the journal") },
  /* documents */
  { &documents, "x.kind NOT IN ('original', 'blacked-out', 'large-print', 'cover')", N_ ("its kind is not known") },
  { &documents, "x.format <> 1", N_ ("its format is not known") },
  { &documents, "x.number NOT IN (SELECT number FROM letter)", N_ ("it belongs to no letter") },
  { &documents,
    "x.kind = 'original' AND EXISTS (SELECT 1 " TAKEN_IN ") AND NOT EXISTS (SELECT 1 " TAKEN_IN " AND "
    FACT ("body_hash") " IS x.body_hash)",
    N_ ("it is not the original that the journal says was taken in") },
  { &documents, "x.kind = 'original' AND x.made_at <> (SELECT l.taken_at FROM letter l WHERE l.number = x.number)",
    N_ ("its time is not that at which its letter was taken in") },
  /* keys; whether they are the right ones is checked by their hashes */
  { &letter_keys, "x.number NOT IN (SELECT number FROM letter)", N_ ("it belongs to no letter") },
  { &letter_keys, "x.branch_key NOT IN (SELECT id FROM branch_key)", N_ ("it is sealed for an unknown key") },
  /* the journal's own tale */
  { &entries, "x.kind = 'taken in' AND coalesce (x.number, '') NOT IN (SELECT number FROM letter)",
    N_ ("the letter that it says was taken in is not there") },
  { &entries,
    "x.kind = 'taken in' AND EXISTS (SELECT 1 FROM journal j WHERE j.rowid = x.rowid AND " FACT ("count") " > 0 AND "
    "NOT EXISTS (SELECT 1 FROM kiosk_head h WHERE h.writer = " FACT ("writer") " AND h.count = " FACT ("count")
    " AND h.hash = " FACT ("head") "))",
    N_ ("the head of the kiosk's journal that it tells of is not kept") },
  { &branches, "NOT EXISTS (SELECT 1 FROM journal j WHERE j.kind = 'set up' AND " FACT ("branch") " IS x.name)",
    N_ ("no journal entry says that a branch of this name was set up") },
};

static const Rule inbox_rules[] = {
  { &letters, "x.format <> 1", N_ ("its format is not known") },
  { &letters, "NOT EXISTS (SELECT 1 " KEY ")", N_ ("its key is missing") },
  { &letters, "NOT EXISTS (SELECT 1 " SUBMITTED ")", N_ ("no journal entry says that it was submitted") },
  { &letters,
    "EXISTS (SELECT 1 " SUBMITTED ") AND NOT EXISTS (SELECT 1 " SUBMITTED " AND " FACT ("body_hash")
    " IS x.body_hash AND " FACT ("pdf_hash") " IS x.pdf_hash AND " FACT ("submitted_at") " IS x.submitted_at AND "
    FACT ("pages") " IS x.pages)",
    N_ ("its body, PDF, time or pages are not those of the journal") },
  { &letter_keys, "x.number NOT IN (SELECT number FROM letter)", N_ ("it belongs to no letter") },
};

/* The last row number of the window after @after; FALSE in *@more when there is none. */
static gboolean
find_window (AccStatement *bound, gint64 after, gint64 *last, gboolean *more, GError **error)
{
  gboolean row = FALSE;

  acc_statement_bind_int (bound, 1, after);
  if (!acc_statement_step (bound, &row, error))
    return FALSE;
  *more = row && acc_statement_get_text (bound, 0) != NULL;
  *last = acc_statement_get_int (bound, 0);
  return !row || acc_statement_run (bound, error);
}

static gboolean
check_window (AccCheck *self, AccStore *store, AccStatement *find, const char *sentence, GError **error)
{
  gboolean row = FALSE;

  while (acc_statement_step (find, &row, error))
    {
      if (!row)
        return TRUE;
      acc_check_add (self, store, acc_statement_get_text (find, 0), sentence);
    }
  return FALSE;
}

static gboolean
check_rule (AccCheck *self, AccStore *store, const Rule *rule, GError **error)
{
  const char *table = rule->rows->table;
  g_autofree char *window = g_strdup_printf (
    "SELECT coalesce ((SELECT rowid FROM %s WHERE rowid > ?1 ORDER BY rowid LIMIT 1 OFFSET " WINDOW "), "
    "(SELECT max (rowid) FROM %s WHERE rowid > ?1))",
    table, table);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s x WHERE x.rowid > ?1 AND x.rowid <= ?2 AND (%s)",
                                          rule->rows->record, table, rule->wrong);
  g_autoptr (AccStatement) bound = acc_statement_new (store, window, error);
  g_autoptr (AccStatement) find = bound != NULL ? acc_statement_new (store, sql, error) : NULL;
  gint64 after = G_MININT64, last = 0;
  gboolean more = TRUE;

  if (find == NULL)
    return FALSE;
  while (find_window (bound, after, &last, &more, error) && more)
    {
      acc_statement_bind_int (find, 1, after);
      acc_statement_bind_int (find, 2, last);
      if (!check_window (self, store, find, _ (rule->sentence), error))
        return FALSE;
      after = last;
    }
  return !more;
}

static gboolean
check_rules (AccCheck *self, AccStore *store, const Rule *rules, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!check_rule (self, store, &rules[i], error))
      return FALSE;
  return TRUE;
}

gboolean
acc_check_desk_rules (AccCheck *self, GError **error)
{
  return check_rules (self, self->desk, desk_rules, G_N_ELEMENTS (desk_rules), error);
}

gboolean
acc_check_inbox_rules (AccCheck *self, GError **error)
{
  return check_rules (self, self->inbox, inbox_rules, G_N_ELEMENTS (inbox_rules), error);
}
