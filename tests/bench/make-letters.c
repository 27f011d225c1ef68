/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A branch with many letters: bench-make-letters STORE PASSPHRASE-FILE COUNT [open]
 * Fills a set-up branch's archive with COUNT letters of 20 kB, each sealed, taken in and, most of them, claimed, approved
 * and routed to one recipient, signed as at the desk. Many go into one transaction, which is all that differs from what
 * the desk writes: `accolade verify` finds nothing wrong with it. With "open" the letters can be opened, too: each has words
 * of its own (bench-words.h), a PDF of 2 kB that is none, and a note that it was read back. */
#include <stdlib.h>
#include <string.h>

#include "archive/documents.h"
#include "archive/record-table-private.h"
#include "archive/slips.h"
#include "base/clock.h"
#include "base/file.h"
#include "bench-words.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "review/decision-private.h"
#include "route/delivery-table.h"
#include "vault/hash.h"
#include "vault/journal.h"

#define CHUNK 500
#define BODY 20000
#define BODY_OPEN 2000
#define COVER 12000
#define WRITER "kiosk:front"
#define DEPARTMENT "Fraud Operations"

/* What becomes of every ten letters. */
static const struct {
  guint n_moves; /* of the list below */
} fates[10] = {
  { 0 },                                                  /* waits */
  { 1 },                                                  /* claimed */
  { 3 }, { 3 }, { 3 }, { 3 }, { 3 }, { 3 }, { 3 }, { 3 }, /* routed */
};

static const AccMove moves[] = { ACC_MOVE_CLAIM, ACC_MOVE_APPROVE, ACC_MOVE_ROUTE };

typedef struct {
  AccStore *desk, *inbox;
  AccIdentity *identity;
  AccBranchKey *key;
  GPtrArray *letters; /* of AccInboxLetter: the chunk */
  guint n_made;
  GRand *words; /* NULL: nothing to be opened */
} Maker;

static void
stop (const GError *error)
{
  g_printerr ("bench-make-letters: %s\n", error->message);
  exit (1);
}

static GBytes *
write_json (const Maker *maker)
{
  g_autoptr (AccLetter) letter = maker->words != NULL ? bench_words_write_letter (maker->words) : NULL;

  return letter != NULL ? acc_letter_to_json (letter) : g_bytes_new_static ("{}", 2); /* verify cannot look into it */
}

static AccInboxLetter *
make_letter (const Maker *maker)
{
  AccInboxLetter *letter = g_new0 (AccInboxLetter, 1);
  g_autofree char *number = acc_number_new ();
  g_autoptr (GBytes) json = write_json (maker);
  g_autoptr (GBytes) pdf = acc_random_bytes (maker->words != NULL ? BODY_OPEN : BODY);

  letter->sealed = acc_seal (maker->key, number, json, pdf);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = acc_clock_stamp ();
  letter->n_pages = 1;
  return letter;
}

/* As acc_inbox_add notes it, and the facts that taking in shares with it. */
static char *
write_facts (const AccInboxLetter *letter, const char *more)
{
  g_autofree char *key_hash = acc_hash_bytes (letter->sealed->key);

  return g_strdup_printf ("{\"body_hash\":\"%s\",\"pdf_hash\":\"%s\",\"key_hash\":\"%s\",\"submitted_at\":\"%s\"%s,"
                          "\"pages\":%u}",
                          letter->sealed->body_hash, letter->sealed->pdf_hash, key_hash, letter->submitted_at, more,
                          letter->n_pages);
}

static gboolean
submit_chunk (AccStore *inbox, gpointer data, GError **error)
{
  const Maker *maker = data;

  for (guint i = 0; i < maker->letters->len; i++)
    {
      const AccInboxLetter *letter = g_ptr_array_index (maker->letters, i);
      g_autofree char *facts = write_facts (letter, "");
      const AccJournalEntry entry = { WRITER, "submitted", letter->sealed->number, facts, NULL };

      if (!acc_journal_append (inbox, &entry, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_in (const Maker *maker, const AccInboxLetter *letter, GError **error)
{
  gint64 count = 0;
  g_autofree char *head = acc_journal_head (maker->inbox, WRITER, &count, error);
  g_autofree char *more = NULL;
  g_autofree char *facts = NULL;

  if (head == NULL)
    return FALSE;
  more = g_strdup_printf (",\"taken_at\":\"%s\",\"kiosk\":\"front\",\"writer\":\"" WRITER
                          "\",\"head\":\"%s\",\"count\":%" G_GINT64_FORMAT,
                          letter->submitted_at, head, count);
  facts = write_facts (letter, more);
  return acc_record_table_insert (maker->desk, letter, letter->submitted_at, error)
         && acc_archive_note (maker->desk, maker->identity, "taken in", letter->sealed->number, facts, error)
         && acc_record_table_insert_head (maker->desk, WRITER, count, head, error);
}

/* As acc_decide does it; the clock stands still, so that the letter's time is the decision's. */
static gboolean
decide (const Maker *maker, const char *number, AccMove move, GError **error)
{
  g_autoptr (AccRecord) now = acc_archive_find (maker->desk, number, error);
  g_autoptr (GPtrArray) before = now != NULL ? acc_decision_table_select (maker->desk, number, error) : NULL;
  const AccMoveRule *rule = before != NULL ? acc_move_find_rule (move, now->state) : NULL;
  g_autoptr (AccDecisionRow) row = g_new0 (AccDecisionRow, 1);
  g_autofree char *facts = NULL;

  if (rule == NULL)
    return FALSE;
  row->number = g_strdup (number);
  row->move = g_strdup (acc_move_to_text (move));
  row->from = g_strdup (acc_state_to_text (rule->from));
  row->to = g_strdup (acc_state_to_text (rule->to));
  row->banker = acc_identity_get_banker (maker->identity)->id;
  row->at = acc_clock_stamp ();
  row->pdf_hash = g_strdup (now->pdf_hash);
  row->previous = g_strdup (before->len > 0 ? ((AccDecisionRow *) g_ptr_array_index (before, before->len - 1))->hash : "");
  row->hash = acc_decision_row_hash (row);
  row->signature = acc_identity_sign (maker->identity, row->hash, strlen (row->hash));
  facts = acc_decision_row_facts (row, FALSE, TRUE);
  return acc_archive_set_state (maker->desk, number, rule->from, rule->to,
                                acc_move_next_claimer (rule, now->claimed_by, row->banker), error)
         && acc_decision_table_insert (maker->desk, row, error)
         && acc_archive_note (maker->desk, maker->identity, acc_move_to_kind (move), number, facts, error);
}

static gboolean
add_delivery (const Maker *maker, const char *number, GError **error)
{
  g_autoptr (GBytes) cover = acc_random_bytes (COVER);
  g_autoptr (GBytes) recipient = acc_random_bytes (1500);
  g_autofree char *body_hash = acc_hash_bytes (cover);
  const AccDocumentRow document = { number, "cover", body_hash, body_hash, cover };
  AccDeliveryRow row = { .number = (char *) number, .position = 1, .role = (char *) "supervisor",
                         .door = (char *) "folder", .recipient = recipient };

  row.cover = acc_record_table_insert_document (maker->desk, &document, error);
  return row.cover != 0 && acc_delivery_table_add (maker->desk, &row, error);
}

/* As acc_routing_prepare and acc_routing_hand_over do it, for one recipient and without a door. */
static gboolean
deliver (const Maker *maker, const char *number, GError **error)
{
  static const char *const departments[] = { DEPARTMENT, NULL };
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *delivery = NULL, *prepared = NULL, *facts = NULL;
  AccDeliveryRow *row;

  if (!add_delivery (maker, number, error) || (rows = acc_delivery_table_list (maker->desk, number, error)) == NULL)
    return FALSE;
  row = g_ptr_array_index (rows, 0);
  delivery = acc_delivery_row_prepared (row);
  prepared = g_strdup_printf ("{\"departments\":[\"" DEPARTMENT "\"],\"deliveries\":[%s]}", delivery);
  facts = acc_delivery_row_facts (row);
  return acc_archive_note (maker->desk, maker->identity, "prepared", number, prepared, error)
         && acc_delivery_table_start (maker->desk, row->id, error)
         && acc_delivery_table_finish (maker->desk, row->id, row->recipient, row->changed_at, error)
         && acc_archive_note (maker->desk, maker->identity, "handed over", number, facts, error)
         && acc_delivery_table_add_departments (maker->desk, number, departments, row->changed_at, error);
}

static gboolean
keep_chunk (AccStore *desk, gpointer data, GError **error)
{
  Maker *maker = data;

  for (guint i = 0; i < maker->letters->len; i++)
    {
      const AccInboxLetter *letter = g_ptr_array_index (maker->letters, i);
      guint n_moves = fates[maker->n_made++ % G_N_ELEMENTS (fates)].n_moves;

      if (!take_in (maker, letter, error)
          || (maker->words != NULL
              && !acc_archive_note (desk, maker->identity, "read back", letter->sealed->number,
                                    "{\"outcome\":\"same bytes\"}", error)))
        return FALSE;
      for (guint j = 0; j < n_moves; j++)
        if ((moves[j] == ACC_MOVE_ROUTE && !deliver (maker, letter->sealed->number, error))
            || !decide (maker, letter->sealed->number, moves[j], error))
          return FALSE;
    }
  return TRUE;
}

static void
make_chunk (Maker *maker, guint n)
{
  g_autoptr (GError) error = NULL;

  maker->letters = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_inbox_letter_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (maker->letters, make_letter (maker));
  if (!acc_store_transact (maker->inbox, submit_chunk, maker, &error)
      || !acc_store_transact (maker->desk, keep_chunk, maker, &error))
    stop (error);
  g_clear_pointer (&maker->letters, g_ptr_array_unref);
}

int
main (int argc, char **argv)
{
  Maker maker = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *passphrase = NULL, *key_path = NULL;
  guint count;

  if (argc != 4 && (argc != 5 || strcmp (argv[4], "open") != 0))
    {
      g_printerr ("bench-make-letters STORE PASSPHRASE-FILE COUNT [open]\n");
      return 2;
    }
  if (argc == 5)
    {
      maker.words = g_rand_new_with_seed (20261123);
      bench_words_init (maker.words);
    }
  count = (guint) atoi (argv[3]);
  key_path = acc_inbox_branch_key_path (argv[1]);
  if ((file = acc_file_read (argv[2], 4096, &error)) == NULL)
    stop (error);
  passphrase = g_strchomp (g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
  if ((maker.identity = acc_archive_sign_in (argv[1], NULL, passphrase, &maker.desk, &error)) == NULL
      || (maker.inbox = acc_inbox_open (argv[1], ACC_STORE_WRITE, &error)) == NULL
      || (maker.key = acc_branch_key_load (key_path, &error)) == NULL)
    stop (error);
  acc_clock_freeze (acc_clock_now (), acc_clock_boot ());
  while (maker.n_made < count)
    make_chunk (&maker, MIN (CHUNK, count - maker.n_made));
  if (!acc_slips_tell (maker.desk, maker.inbox, &error)) /* as the desk does after each step */
    stop (error);
  g_clear_pointer (&maker.words, g_rand_free);
  acc_branch_key_unref (maker.key);
  g_object_unref (maker.identity);
  g_object_unref (maker.inbox);
  g_object_unref (maker.desk);
  return 0;
}
