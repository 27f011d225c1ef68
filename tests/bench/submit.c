/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a durable submission costs: bench-submit STORE LETTER.json LETTER.pdf COUNT [PAUSE]
 * Seals and submits the same ready letter COUNT times, each under a number of its own, and after each inserts a row of the
 * same bytes into a table of a bare SQLite file beside the store, with the same pragmas. Prints the microseconds of the
 * three on a line: a kiosk seals while the client reads. With PAUSE (microseconds between letters) the bare rows are left out: a kiosk that others may hold up. */
#include <sqlite3.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/accepted-key-table.h"
#include "inbox/inbox.h"
#include "letter/number.h"

#define FILE_MAX (16 * 1024 * 1024)

typedef struct {
  AccStore *inbox;
  AccBranchKey *key;
  GBytes *json, *pdf;
  sqlite3 *bare;
  sqlite3_stmt *insert;
} Bench;

static void
stop (const char *message)
{
  g_printerr ("%s\n", message);
  exit (1);
}

static void
execute (Bench *self, const char *sql)
{
  if (sqlite3_exec (self->bare, sql, NULL, NULL, NULL) != SQLITE_OK)
    stop (sqlite3_errmsg (self->bare));
}

static void
open_bare (Bench *self, const char *store_dir)
{
  g_autofree char *path = g_strconcat (store_dir, "-bare.db", NULL);

  if (sqlite3_open (path, &self->bare) != SQLITE_OK)
    stop (sqlite3_errmsg (self->bare));
  execute (self, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
                 "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
                 "CREATE TABLE IF NOT EXISTS letter (body BLOB NOT NULL) STRICT");
  if (sqlite3_prepare_v2 (self->bare, "INSERT INTO letter VALUES (?1)", -1, &self->insert, NULL) != SQLITE_OK)
    stop (sqlite3_errmsg (self->bare));
}

static void
open_all (Bench *self, char **paths)
{
  g_autofree char *key_path = acc_inbox_branch_key_path (paths[0]);
  g_autoptr (GError) error = NULL;

  self->json = acc_file_read (paths[1], FILE_MAX, &error);
  self->pdf = self->json != NULL ? acc_file_read (paths[2], FILE_MAX, &error) : NULL;
  self->key = self->pdf != NULL ? acc_branch_key_load (key_path, &error) : NULL;
  self->inbox = self->key != NULL ? acc_inbox_open (paths[0], ACC_STORE_WRITE, &error) : NULL;
  if (self->inbox == NULL)
    stop (error->message);
}

/* As acc_submit does it. */
static void
submit (Bench *self, const AccSealed *sealed)
{
  g_autoptr (AccInboxLetter) letter = NULL;
  g_autoptr (GError) error = NULL;

  if (!acc_accepted_key_check (self->inbox, self->key, &error))
    stop (error->message);
  letter = g_new0 (AccInboxLetter, 1);
  letter->sealed = acc_sealed_copy (sealed);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = acc_clock_stamp ();
  letter->n_pages = 1;
  if (!acc_inbox_add (self->inbox, letter, &error))
    stop (error->message);
}

static void
insert_bare (Bench *self, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  execute (self, "BEGIN IMMEDIATE");
  sqlite3_bind_blob (self->insert, 1, data, (int) size, SQLITE_STATIC);
  if (sqlite3_step (self->insert) != SQLITE_DONE)
    stop (sqlite3_errmsg (self->bare));
  sqlite3_reset (self->insert);
  execute (self, "COMMIT");
}

/* One line. */
static void
measure (Bench *self)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccSealed) sealed = NULL;
  gint64 began = g_get_monotonic_time (), ready, kept;

  sealed = acc_seal (self->key, number, self->json, self->pdf);
  ready = g_get_monotonic_time ();
  submit (self, sealed);
  kept = g_get_monotonic_time ();
  if (self->bare != NULL)
    insert_bare (self, sealed->body);
  g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", ready - began, kept - ready,
           g_get_monotonic_time () - kept);
}

int
main (int argc, char *argv[])
{
  Bench bench = { NULL };
  gulong pause = argc == 6 ? strtoul (argv[5], NULL, 10) : 0;

  if (argc != 5 && argc != 6)
    return 2;
  open_all (&bench, argv + 1);
  if (argc == 5)
    open_bare (&bench, argv[1]);
  for (long i = strtol (argv[4], NULL, 10); i > 0; i--)
    {
      measure (&bench);
      if (pause > 0)
        g_usleep (pause);
    }
  sqlite3_finalize (bench.insert);
  sqlite3_close (bench.bare);
  g_object_unref (bench.inbox);
  acc_branch_key_unref (bench.key);
  g_bytes_unref (bench.json);
  g_bytes_unref (bench.pdf);
  return 0;
}
