/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every byte of every cell that holds something of one routed letter, and of one that waits in the inbox, is flipped in
 * turn: verify finds it and names the record, or the cell is listed below with the reason why its change is harmless.
 *
 * test-check-bytes --random COUNT SEED flips random bits of random bytes instead, and prints how many were missed. */
#include <stdlib.h>
#include <string.h>

#include "archive/check-private.h"
#include "archive/slips.h"
#include "base/clock.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"
#include "letter/letter-json.h"
#include "review/decision.h"
#include "route-support.h"
#include "route/cover.h"
#include "route/folder-door.h"
#include "route/receipts.h"
#include "route/routing.h"
#include "staff/directory-table.h"
#include "support.h"
#include "vault/bankers.h"
#include "vault/hash.h"
#include "vault/journal.h"
#include "vault/throttle.h"

#define HARMLESS_BYTES 32 /* of what is not seen, so many are tried: that one of them is not seen is enough */
#define WAITING_NUMBER "20000000-0000-4000-8000-000000000002"

/* ---- the stores ---- */

typedef struct {
  RouteBranch branch;
  AccStore *desk, *inbox;
} Stores;

/* As `accolade banker link` does it. */
static gboolean
note_link (AccStore *desk, gpointer data, GError **error)
{
  return acc_archive_note (desk, data, "banker linked", NULL, "{\"banker\":\"" ROUTE_BANKER "\",\"staff_id\":\"B\"}",
                           error);
}

/* A letter that the desk has not taken in yet. */
static void
submit_waiting (AccStore *inbox, const char *store_dir)
{
  g_autofree char *key_path = acc_inbox_branch_key_path (store_dir);
  g_autoptr (AccInboxLetter) waiting = g_new0 (AccInboxLetter, 1);
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (GBytes) json = acc_letter_to_json (letter);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 of a letter that waits", 31);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccBranchKey) key = acc_branch_key_load (key_path, &error);

  g_assert_no_error (error);
  waiting->sealed = acc_seal (key, WAITING_NUMBER, json, pdf);
  waiting->format = ACC_SEAL_FORMAT;
  waiting->kiosk = g_strdup ("1");
  waiting->submitted_at = acc_clock_stamp ();
  waiting->n_pages = 1;
  waiting->slip_hash = acc_hash_texts (NULL, 0);
  acc_inbox_add (inbox, waiting, &error);
  g_assert_no_error (error);
}

static void
route_letter (const RouteBranch *branch)
{
  RouteSession session;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDoor) door = acc_folder_door_new (branch->outbox);
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccPlan) plan = NULL;
  const AccPerson *employees[] = { NULL };
  AccCoverDone covers[ACC_PEOPLE_MAX * 3] = { { NULL } };
  const AccBanker *banker;
  AccLetter *letter;

  route_session_open (&session, branch);
  acc_store_transact (session.desk, note_link, session.identity, &error);
  g_assert_no_error (error);
  banker = acc_identity_get_banker (session.identity);
  letter = acc_opened_letter_get_letter (session.letter);
  directory = acc_directory_table_load (session.desk, session.identity, NULL, &error);
  g_assert_no_error (error);
  employees[0] = acc_directory_find_id (directory, "J");
  plan = acc_plan_new (letter, directory, employees, banker);
  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);

      covers[i].paragraph = acc_cover_propose (letter, recipient, "Market Street", NULL);
      covers[i].cover_pdf = acc_cover_write (letter, ROUTE_NUMBER, recipient, banker, covers[i].paragraph, FALSE,
                                             letterhead, "Market Street", &error);
      g_assert_no_error (error);
    }
  acc_routing_prepare (session.desk, session.identity, session.letter, plan, covers, doors, &error);
  g_assert_no_error (error);
  acc_routing_hand_over (session.desk, session.identity, session.letter, doors, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (covers); i++)
    {
      g_free (covers[i].paragraph);
      g_clear_pointer (&covers[i].cover_pdf, g_bytes_unref);
    }
  route_session_close (&session);
}

/* The banker's supervisor has it; the letter waits for whom it thanks. */
static void
hear_back (const RouteBranch *branch)
{
  RouteSession session;
  g_autoptr (GError) error = NULL;

  route_session_open (&session, branch);
  acc_receipts_record (session.desk, session.identity, session.letter, &(AccHeard) { 3, NULL, "Well done." }, &error);
  g_assert_no_error (error);
  route_session_close (&session);
}

/* As somebody writes who goes past the program: no rule of the schema holds. Verify reads only, and SQLite does not ask
 * by those rules where it cannot write. */
static void
drop_rules (AccStore *store)
{
  run_sql (store, "PRAGMA foreign_keys = OFF");
  run_sql (store, "PRAGMA ignore_check_constraints = ON");
}

/* The client of the routed letter has asked to take it back, and was told that it had left. */
static void
answer_request (const Stores *stores)
{
  RouteSession session;
  gint64 wait = 0, cost = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccSlip) slip = acc_slip_table_find (stores->inbox, ROUTE_NUMBER, &error), asked = NULL;

  g_assert_no_error (error);
  asked = acc_slip_ask (stores->inbox, "1", slip, ACC_REQUEST_WITHDRAW, &error);
  g_assert_no_error (error);
  route_session_open (&session, &stores->branch);
  acc_slips_answer (session.desk, stores->inbox, session.identity, asked, ACC_ANSWER_TOO_LATE, &error);
  g_assert_no_error (error);
  route_session_close (&session);
  acc_throttle_count_code (stores->inbox, "slip", &wait, &cost, &error); /* somebody has tried another code */
  g_assert_no_error (error);
}

static void
stores_set_up (Stores *stores)
{
  g_autoptr (GError) error = NULL;

  route_branch_set_up_approved (&stores->branch, FALSE);
  route_letter (&stores->branch);
  hear_back (&stores->branch);
  stores->desk = acc_archive_open (stores->branch.store_dir, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  stores->inbox = acc_inbox_open (stores->branch.store_dir, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  submit_waiting (stores->inbox, stores->branch.store_dir);
  answer_request (stores);
  drop_rules (stores->desk);
  drop_rules (stores->inbox);
}

static void
stores_tear_down (Stores *stores)
{
  g_clear_object (&stores->desk);
  g_clear_object (&stores->inbox);
  route_branch_remove (&stores->branch);
}

/* ---- the check: all that `accolade verify` asks ---- */

static GPtrArray *
check (const Stores *stores)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 verified = 0;

  if (!acc_archive_check_records (stores->desk, stores->inbox, findings, &error)
      || !acc_archive_check_journals (stores->desk, stores->inbox, &verified, findings, &error)
      || !acc_bankers_check (stores->desk, findings, &error)
      || !acc_directory_table_check (stores->desk, findings, &error)
      || !acc_decision_check (stores->desk, verified, findings, &error)
      || !acc_routing_check (stores->desk, findings, &error))
    g_ptr_array_add (findings, g_strdup (error->message));
  return findings;
}

/* ---- parts of it, asked first: what a part finds, the whole finds ---- */

static gboolean
check_documents (AccCheck *self, GError **error)
{
  return acc_rules_check (self->desk, "desk.db", &acc_check_documents, self->findings, error);
}

static gboolean
check_inbox_letters (AccCheck *self, GError **error)
{
  return acc_rules_check (self->inbox, "inbox.db", &acc_check_inbox_letters, self->findings, error);
}

/* Where the journal is sound. */
static gboolean
check_decisions (AccCheck *self, GError **error)
{
  return acc_decision_check (self->desk, G_MAXINT64, self->findings, error);
}

static gboolean
check_deliveries (AccCheck *self, GError **error)
{
  return acc_routing_check (self->desk, self->findings, error);
}

static gboolean
check_desk_chain (AccCheck *self, GError **error)
{
  return acc_journal_check (self->desk, "desk.db", NULL, NULL, self->findings, error);
}

static gboolean
check_directory (AccCheck *self, GError **error)
{
  return acc_directory_table_check (self->desk, self->findings, error);
}

/* In the order in which they are asked. */
static const struct {
  const char *store, *table;
  gboolean (*check) (AccCheck *self, GError **error);
} parts[] = {
  { "desk.db", "document", check_documents },       { "inbox.db", "letter", check_inbox_letters },
  { "desk.db", "letter", acc_check_desk_tables },   { "desk.db", "letter_key", acc_check_desk_tables },
  { "desk.db", "decision", check_decisions },       { "desk.db", "delivery", check_deliveries },
  { "desk.db", "journal", check_desk_chain },       { "desk.db", "journal", acc_check_desk_journal },
  { "inbox.db", "journal", acc_check_inbox_journal }, { "desk.db", "directory", check_directory },
  { "desk.db", "receipt", check_deliveries },
};

static gboolean
names (GPtrArray *findings, const char *record)
{
  for (guint i = 0; i < findings->len; i++)
    if (strstr (g_ptr_array_index (findings, i), record) != NULL)
      return TRUE;
  return FALSE;
}

/* ---- cells ---- */

/* How a finding names a row of a table; a table that is not here may name anything. */
static const struct {
  const char *table, *record;
} records[] = {
  { "letter", "letter " },           { "letter_key", "letter " },     { "document", "of letter" },
  { "decision", "decision" },        { "delivery", "delivery" },      { "routed_department", "department" },
  { "journal", "journal entr" },     { "kiosk_head", "journal head" }, { "directory", "director" },
  { "branch_key", "branch" },        { "branch", "branch" },        { "slip", "slip" },
  { "request", "request" },          { "receipt", "receipt" },
};

/* What verify does not see, and why that harms nobody. */
static const struct {
  const char *store, *table, *column, *reason;
} harmless[] = {
  /* row numbers: only the order in which rows are read */
  { "desk.db", "letter", "sequence", "the queue's order; what was taken in when stands in the journal" },
  { "desk.db", "document", "id", "a row's number; covers are bound to their deliveries by their hashes" },
  { "desk.db", "decision", "id", "a row's number; the order is the chain's" },
  { "desk.db", "delivery", "id", "a row's number" },
  { "desk.db", "branch_key", "sequence", "a row's number, while there is one" },
  { "inbox.db", "slip", "sequence", "a row's number" },
  { "inbox.db", "request", "sequence", "the order in which requests are shown" },
  { "inbox.db", "told", "id", "a row's number: the slips are told once more" },
  { "inbox.db", "told", "entry", "which of the desk's entries the slips are told next" },
  /* keeping of retries */
  { "desk.db", "delivery", "tries", "how often it was tried" },
  { "desk.db", "delivery", "next_try", "when to try again" },
  /* times that nothing is decided by */
  { "desk.db", "kiosk_head", "seen_at", "shown nowhere" },
  { "desk.db", "branch", "created_at", "shown nowhere" },
  { "desk.db", "branch_key", "created_at", "shown nowhere" },
  { "inbox.db", "accepted_key", "accepted_at", "shown nowhere" },
  /* what lets one banker in, and nobody else: another banker or the recovery key opens the branch */
  { "desk.db", "banker", "folded", "the name as it is looked for: this banker could not sign in" },
  { "desk.db", "banker", "salt", "this banker could not sign in" },
  { "desk.db", "banker", "ops", "this banker could not sign in" },
  { "desk.db", "banker", "memory", "this banker could not sign in" },
  { "desk.db", "banker", "wrapped", "this banker could not sign in" },
  { "desk.db", "banker", "tries", "the throttle, which whoever may write the file can bypass" },
  { "desk.db", "banker", "wait_until", "the throttle" },
  { "desk.db", "banker", "wait_seconds", "the throttle" },
  { "desk.db", "banker", "wait_boot", "the throttle" },
  { "inbox.db", "throttle", "guards", "the throttle" },
  { "inbox.db", "throttle", "tries", "the throttle" },
  { "inbox.db", "throttle", "wait_until", "the throttle" },
  { "inbox.db", "throttle", "wait_seconds", "the throttle" },
  { "inbox.db", "throttle", "wait_boot", "the throttle" },
  /* what a client may choose from; the choice stands in the sealed letter */
  { "inbox.db", "department", "name", "a list to choose from, written anew with each directory" },
  { "desk.db", "directory", "sequence", "a row's number, while there is one; of several the journal tells the order" },
  { "desk.db", "directory", "imported_at", "the minute; the journal tells the hour" },
};

typedef struct {
  AccStore *store;
  const char *store_name;
  char *table, *column;
  gint64 row;
  char *type; /* integer, text, blob, null */
  GBytes *bytes;
  gint64 number;
} Cell;

static void
cell_free (Cell *cell)
{
  g_free (cell->table);
  g_free (cell->column);
  g_free (cell->type);
  g_clear_pointer (&cell->bytes, g_bytes_unref);
  g_free (cell);
}

static int
find_harmless (const Cell *cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (g_str_equal (harmless[i].store, cell->store_name) && g_str_equal (harmless[i].table, cell->table)
        && g_str_equal (harmless[i].column, cell->column))
      return (int) i;
  return -1;
}

static const char *
find_record (const Cell *cell)
{
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    if (g_str_equal (records[i].table, cell->table))
      return records[i].record;
  return "";
}

static GPtrArray *
list_texts (AccStore *store, const char *sql)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) select = acc_statement_new (store, sql, &error);
  gboolean row = FALSE;

  while (acc_statement_step (select, &row, &error) && row)
    g_ptr_array_add (texts, g_strdup (acc_statement_get_text (select, 0)));
  g_assert_no_error (error);
  return texts;
}

static void
list_column (GPtrArray *cells, AccStore *store, const char *store_name, const char *table, const char *column)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT rowid, typeof (%s), cast (%s AS BLOB), cast (%s AS INTEGER) FROM %s", column, column, column, table);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) select = acc_statement_new (store, sql, &error);
  gboolean row = FALSE;

  while (acc_statement_step (select, &row, &error) && row)
    {
      Cell *cell = g_new0 (Cell, 1);

      *cell = (Cell) { store, store_name, g_strdup (table), g_strdup (column) };
      cell->row = acc_statement_get_int (select, 0);
      cell->type = g_strdup (acc_statement_get_text (select, 1));
      cell->bytes = acc_statement_dup_bytes (select, 2);
      cell->number = acc_statement_get_int (select, 3);
      g_ptr_array_add (cells, cell);
    }
  g_assert_no_error (error);
}

/* Every cell of every table that Accolade makes. */
static void
list_cells (GPtrArray *cells, AccStore *store, const char *store_name)
{
  g_autoptr (GPtrArray) tables
    = list_texts (store, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");

  for (guint i = 0; i < tables->len; i++)
    {
      const char *table = g_ptr_array_index (tables, i);
      g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
      g_autoptr (GPtrArray) columns = list_texts (store, sql);

      for (guint j = 0; j < columns->len; j++)
        list_column (cells, store, store_name, table, g_ptr_array_index (columns, j));
    }
}

static GPtrArray *
list_all_cells (const Stores *stores)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func ((GDestroyNotify) cell_free);

  list_cells (cells, stores->desk, "desk.db");
  list_cells (cells, stores->inbox, "inbox.db");
  return cells;
}

/* ---- flips ---- */

typedef struct {
  const Stores *stores;
  const Cell *cell;
  guint n_tried, n_missed;
  /* of a single flip; FALSE: every byte */
  gboolean single;
  gsize at;
  guint8 mask;
} Flips;

/* What the parts find, or else the whole. */
static GPtrArray *
check_cell (const Stores *stores, const Cell *cell)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  AccCheck self = { stores->desk, stores->inbox, findings, NULL };
  const char *record = find_record (cell);

  for (guint i = 0; i < G_N_ELEMENTS (parts) && !names (findings, record); i++)
    if (g_str_equal (parts[i].store, cell->store_name) && g_str_equal (parts[i].table, cell->table))
      parts[i].check (&self, NULL);
  g_clear_pointer (&self.bankers, g_ptr_array_unref);
  return names (findings, record) ? g_steal_pointer (&findings) : check (stores);
}

/* FALSE if the table cannot hold the value beside the others. */
static gboolean
write_cell (const Cell *cell, GBytes *bytes, gint64 number)
{
  gboolean is_text = g_str_equal (cell->type, "text"), is_blob = g_str_equal (cell->type, "blob");
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET %s = %s WHERE rowid = ?2", cell->table, cell->column,
                                          is_text ? "cast (?1 AS TEXT)" : "?1");
  g_autoptr (AccStatement) update = acc_statement_new_kept (cell->store, sql, NULL);

  if (is_text || is_blob)
    acc_statement_bind_bytes (update, 1, bytes);
  else
    acc_statement_bind_int (update, 1, number);
  acc_statement_bind_int (update, 2, cell->row);
  return acc_statement_run (update, NULL);
}

static void
judge (Flips *flips, GPtrArray *findings, const char *what)
{
  const Cell *cell = flips->cell;
  int listed = find_harmless (cell);

  flips->n_tried++;
  if (findings->len == 0)
    flips->n_missed++;
  if (listed >= 0)
    return;
  if (findings->len == 0)
    g_printerr ("# missed: %s %s.%s, row %ld: %s\n", cell->store_name, cell->table, cell->column, (long) cell->row, what);
  else if (!names (findings, find_record (cell)))
    {
      flips->n_missed++;
      g_printerr ("# not named: %s %s.%s, row %ld: %s: %s\n", cell->store_name, cell->table, cell->column,
                  (long) cell->row, what, (const char *) g_ptr_array_index (findings, 0));
    }
}

static void
flip_byte (Flips *flips, gsize at, guint8 mask)
{
  const Cell *cell = flips->cell;
  gsize size = g_bytes_get_size (cell->bytes);
  guint8 *flipped = g_memdup2 (g_bytes_get_data (cell->bytes, NULL), size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (flipped, size);
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *what = g_strdup_printf ("byte %" G_GSIZE_FORMAT " by %02x", at, mask);

  flipped[at] ^= mask;
  if (!write_cell (cell, bytes, 0))
    return;
  findings = check_cell (flips->stores, cell);
  judge (flips, findings, what);
}

static void
flip_number (Flips *flips, gint64 number)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *what = g_strdup_printf ("%ld", (long) number);

  if (number == flips->cell->number || !write_cell (flips->cell, NULL, number))
    return;
  /* a row's own number may be the one by which it is found again */
  findings = check (flips->stores);
  judge (flips, findings, what);
  if (!write_cell (flips->cell, NULL, flips->cell->number))
    {
      Cell moved = *flips->cell;

      moved.row = number;
      g_assert_true (write_cell (&moved, NULL, flips->cell->number));
    }
}

static void
flip_cell (Flips *flips)
{
  const Cell *cell = flips->cell;
  static const guint8 masks[] = { 0x01, 0x20, 0x80 }; /* another character, the other case, no character */
  gsize size = cell->bytes != NULL ? g_bytes_get_size (cell->bytes) : 0;

  if (flips->single)
    flip_byte (flips, flips->at, flips->mask);
  else if (g_str_equal (cell->type, "integer"))
    for (guint bit = 0; bit < 8; bit++)
      flip_number (flips, cell->number ^ (1 << bit));
  else if (!g_str_equal (cell->type, "null"))
    for (gsize at = 0; at < (find_harmless (cell) < 0 ? size : MIN (size, HARMLESS_BYTES)); at++)
      flip_byte (flips, at, masks[at % G_N_ELEMENTS (masks)]);
}

/* All in one transaction, and taken back. */
static gboolean
flip_and_take_back (AccStore *store, gpointer data, GError **error)
{
  flip_cell (data);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_BUSY, "taken back");
  return FALSE;
}

static void
flip (Flips *flips)
{
  g_autoptr (GError) error = NULL;

  acc_store_transact (flips->cell->store, flip_and_take_back, flips, &error);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
}

static void
test_every_byte (void)
{
  Stores stores;
  g_autoptr (GPtrArray) cells = NULL;
  g_autofree guint *missed_of = g_new0 (guint, G_N_ELEMENTS (harmless));
  guint n_tried = 0, n_missed = 0, n_found = 0;

  stores_set_up (&stores);
  cells = list_all_cells (&stores);
  for (guint i = 0; i < cells->len; i++)
    {
      Flips flips = { .stores = &stores, .cell = g_ptr_array_index (cells, i) };
      int listed = find_harmless (flips.cell);

      flip (&flips);
      n_tried += flips.n_tried;
      if (listed >= 0)
        missed_of[listed] += flips.n_missed + (flips.n_tried == 0);
      else
        n_missed += flips.n_missed;
    }
  g_test_message ("%u flips", n_tried);
  g_assert_cmpuint (n_missed, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (missed_of[i] == 0)
      {
        g_printerr ("# found all the same: %s %s.%s: %s\n", harmless[i].store, harmless[i].table, harmless[i].column,
                    harmless[i].reason);
        n_found++;
      }
  g_assert_cmpuint (n_found, ==, 0);
  stores_tear_down (&stores);
}

static void
test_sound_stores_have_no_findings (void)
{
  Stores stores;
  g_autoptr (GPtrArray) findings = NULL;

  stores_set_up (&stores);
  findings = check (&stores);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
  stores_tear_down (&stores);
}

/* ---- random flips ---- */

static int
flip_at_random (guint count, guint32 seed)
{
  Stores stores;
  g_autoptr (GPtrArray) cells = NULL;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint n_tried = 0, n_missed = 0;

  stores_set_up (&stores);
  cells = list_all_cells (&stores);
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = g_ptr_array_index (cells, i);

      if ((g_str_equal (cell->type, "text") || g_str_equal (cell->type, "blob")) && find_harmless (cell) < 0
          && g_bytes_get_size (cell->bytes) > 0)
        g_ptr_array_add (wanted, (gpointer) cell);
    }
  while (n_tried < count)
    {
      Flips flips = { .stores = &stores, .single = TRUE };

      flips.cell = g_ptr_array_index (wanted, g_rand_int_range (random, 0, (gint32) wanted->len));
      flips.at = g_rand_int_range (random, 0, (gint32) g_bytes_get_size (flips.cell->bytes));
      flips.mask = (guint8) g_rand_int_range (random, 1, 256);
      flip (&flips);
      n_tried += flips.n_tried;
      n_missed += flips.n_missed;
    }
  stores_tear_down (&stores);
  g_print ("%u %u\n", n_tried, n_missed);
  return 0;
}

int
main (int argc, char **argv)
{
  route_freeze_clock ();
  if (argc == 4 && g_str_equal (argv[1], "--random"))
    return flip_at_random ((guint) atoi (argv[2]), (guint32) strtoul (argv[3], NULL, 10));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-bytes/sound-stores-have-no-findings", test_sound_stores_have_no_findings);
  g_test_add_func ("/check-bytes/every-byte-of-a-letter", test_every_byte);
  return g_test_run ();
}
