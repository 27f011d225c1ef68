/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journals that somebody has written into: the walk over both stores ends, and each finding is a sentence.
 * One entry a line, its fields parted by tabs. The first field says how it comes in: "kiosk" and "desk" as the program
 * writes it (kind, number, facts); "inbox.db" and "desk.db" past the program (sequence, writer, kind, number, facts,
 * signer, previous, hash, signature). A field "-" is NULL, and "@" is the number of the one letter that is there. */
#include <string.h>

#include "archive-support.h"
#include "fuzz.h"
#include "store/statement.h"
#include "vault/journal.h"

#define ENTRIES_MAX 20
#define FIELDS 10

static Scene scene;
static char *letter;

static void
set_up (void)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  scene_set_up (&scene, NULL);
  letter = submit_plain (&scene);
  take_in (&scene, 1);
  acc_archive_check (scene.desk, scene.inbox, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* The fields of @line; what is not there is "". */
static void
cut (GBytes *line, GBytes *fields[FIELDS])
{
  gsize left;
  const char *at = g_bytes_get_data (line, &left);

  for (guint i = 0; i < FIELDS; i++)
    {
      const char *tab = left > 0 ? memchr (at, '\t', left) : NULL;
      gsize size = tab != NULL ? (gsize) (tab - at) : left;

      if (size == 1 && *at == '@')
        fields[i] = g_bytes_new (letter, strlen (letter));
      else
        fields[i] = size == 1 && *at == '-' ? NULL : g_bytes_new (at, size);
      if (left > 0)
        at += tab != NULL ? size + 1 : size;
      left -= tab != NULL ? size + 1 : size;
    }
}

static char *
dup_text (GBytes *field)
{
  gsize size = field != NULL ? g_bytes_get_size (field) : 0;

  if (size == 0)
    return field != NULL ? g_strdup ("") : NULL;
  return g_utf8_make_valid (g_bytes_get_data (field, NULL), (gssize) size);
}

/* What the program itself writes, with any words. */
static void
note (GBytes *const fields[FIELDS], gboolean by_desk)
{
  g_autofree char *kind = dup_text (fields[1]);
  g_autofree char *number = dup_text (fields[2]);
  g_autofree char *facts = dup_text (fields[3]);
  const AccJournalEntry entry = { "kiosk:front", kind != NULL ? kind : "", number, facts, NULL };
  g_autoptr (GError) error = NULL;

  if (by_desk)
    acc_archive_note (scene.desk, scene.identity, entry.kind, number, facts, &error);
  else
    acc_journal_append (scene.inbox, &entry, NULL, NULL, &error);
  /* a row that was planted may stand in the way */
}

/* Any bytes at all as text: SQLite looks at none of it. */
static void
plant (AccStore *store, GBytes *const fields[FIELDS])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) insert = acc_statement_new (
    store,
    "INSERT OR REPLACE INTO journal (sequence, writer, at, kind, number, facts, signer, previous, hash, signature) "
    "VALUES (?1, cast (?2 AS TEXT), '', cast (?3 AS TEXT), cast (?4 AS TEXT), cast (?5 AS TEXT), cast (?6 AS TEXT), "
    "cast (?7 AS TEXT), cast (?8 AS TEXT), ?9)",
    &error);
  g_autofree char *sequence = dup_text (fields[1]);

  acc_statement_bind_int (insert, 1, sequence != NULL ? g_ascii_strtoll (sequence, NULL, 10) : 0);
  for (int i = 2; i < FIELDS; i++)
    acc_statement_bind_bytes (insert, i, fields[i]);
  acc_statement_run (insert, &error); /* what may not be NULL is refused */
}

static void
add_entry (const guint8 *text, gsize size)
{
  static const char *const ways[] = { "kiosk", "desk", "inbox.db", "desk.db" };
  g_autoptr (GBytes) line = g_bytes_new (text, size);
  GBytes *fields[FIELDS];
  g_autofree char *way = NULL;

  cut (line, fields);
  way = dup_text (fields[0]);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (way, ways[i]) == 0 && i < 2)
      note (fields, i == 1);
    else if (g_strcmp0 (way, ways[i]) == 0)
      plant (i == 2 ? scene.inbox : scene.desk, fields);
  for (guint i = 0; i < FIELDS; i++)
    g_clear_pointer (&fields[i], g_bytes_unref);
}

static void
check (void)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!acc_archive_check (scene.desk, scene.inbox, findings, &error))
    fuzz_check_refusal (error);
  for (guint i = 0; i < findings->len; i++)
    g_assert_true (g_utf8_validate (g_ptr_array_index (findings, i), -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (letter == NULL)
    set_up ();
  run_sql (scene.desk, "BEGIN");
  run_sql (scene.inbox, "BEGIN");
  for (guint n = 0; size > 0 && n < ENTRIES_MAX; n++)
    {
      const guint8 *end = memchr (data, '\n', size);
      gsize length = end != NULL ? (gsize) (end - data) : size;

      add_entry (data, length);
      data += end != NULL ? length + 1 : length;
      size -= end != NULL ? length + 1 : length;
    }
  check ();
  run_sql (scene.desk, "ROLLBACK");
  run_sql (scene.inbox, "ROLLBACK");
  return 0;
}
