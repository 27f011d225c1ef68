/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "archive/notebook.h"
#include "archive/rules.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "vault/banker-note.h"
#include "vault/bankers.h"
#include "vault/hash.h"
#include "vault/journal.h"

static const char *
get_store_name (AccCheck *self, AccStore *store)
{
  return store == self->desk ? "desk.db" : "inbox.db";
}

void
acc_check_add (AccCheck *self, AccStore *store, const char *record, const char *sentence)
{
  acc_rules_add_finding (self->findings, get_store_name (self, store), record, sentence);
}

/* One read. *@last moves on as long as there are rows: a damaged table may lead back. */
static gboolean
check_rows (AccCheck *self, AccStatement *rows, AccStatement *find, AccCheckRow check, gint64 *last, GError **error)
{
  gboolean row = TRUE;

  acc_statement_bind_int (rows, 1, *last);
  while (acc_statement_step (rows, &row, error))
    {
      gint64 id = acc_statement_get_int (rows, 0);

      if (!row || id <= *last)
        return TRUE;
      *last = id;
      if (!check (self, rows, find, error))
        return FALSE;
    }
  return FALSE;
}

gboolean
acc_check_walk (AccCheck *self, AccStore *store, const AccCheckWalk *walk, GError **error)
{
  AccStore *other = store == self->desk ? self->inbox : self->desk;
  g_autoptr (AccStatement) rows = acc_statement_new (store, walk->rows, error);
  g_autoptr (AccStatement) find = rows != NULL ? acc_statement_new (other, walk->find, error) : NULL;
  /* under way it holds the other store's lock: to take that for each row would cost more than to look */
  g_autoptr (AccStatement) hold = find != NULL ? acc_statement_new (other, "SELECT 1 FROM sqlite_schema", error) : NULL;
  gint64 last = G_MININT64, before;
  gboolean held = FALSE;

  do
    {
      before = last;
      if (!acc_statement_step (hold, &held, error) || !check_rows (self, rows, find, walk->check, &last, error)
          || !acc_statement_run (hold, error))
        return FALSE;
    }
  while (last > before);
  return TRUE;
}

/* ---- SQLite's word and the journals ---- */

static gboolean
check_files (AccCheck *self, GError **error)
{
  AccStore *const stores[] = { self->desk, self->inbox };

  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      char *finding = acc_store_check (stores[i]);

      if (finding != NULL)
        g_ptr_array_add (self->findings, finding);
    }
  return TRUE;
}

/* A foreign trigger would work unseen; a missing index lets a number stand twice. */
static gboolean
check_schemas (AccCheck *self, GError **error)
{
  return acc_store_check_schema (self->desk, &acc_archive_kind, self->findings, error)
         && acc_store_check_schema (self->inbox, &acc_inbox_kind, self->findings, error);
}

static const AccBanker *
find_banker (GPtrArray *bankers, const char *name)
{
  for (guint i = 0; bankers != NULL && i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      if (g_strcmp0 (banker->name, name) == 0)
        return banker;
    }
  return NULL;
}

/* Who signed an entry was a banker before it was read. */
static gboolean
read_bankers (gpointer data, GError **error)
{
  AccCheck *self = data;

  g_clear_pointer (&self->bankers, g_ptr_array_unref);
  self->bankers = acc_bankers_list (self->desk, error);
  return self->bankers != NULL;
}

static gboolean
verify_signature (const char *signer, const char *hash, GBytes *signature, gpointer data)
{
  const AccCheck *self = data;
  const AccBanker *banker = find_banker (self->bankers, signer);

  return banker != NULL && acc_banker_verify (banker, hash, strlen (hash), signature);
}

gboolean
acc_check_desk_journal (AccCheck *self, GError **error)
{
  /* retention goes by the clock: nobody is signed in, and its own facts are checked where decisions are */
  static const char *const unsigned_writers[] = { "retention", NULL };
  const AccJournalSigned by = { read_bankers, verify_signature, unsigned_writers };
  guint n_findings = self->findings->len;
  gint64 newest = 0;
  g_autofree char *head = acc_journal_head (self->desk, ACC_DESK_WRITER, &newest, error);

  if (head == NULL || !acc_journal_check (self->desk, "desk.db", &by, self, self->findings, error))
    return FALSE;
  self->verified = self->findings->len == n_findings ? newest : 0;
  return TRUE;
}

gboolean
acc_check_inbox_journal (AccCheck *self, GError **error)
{
  return acc_journal_check (self->inbox, "inbox.db", NULL, NULL, self->findings, error);
}

/* ---- the branch's keys ---- */

/* A key's name is the start of its hash. */
static gboolean
check_branch_keys (AccCheck *self, GError **error)
{
  g_autoptr (AccStatement) keys
    = acc_statement_new (self->desk, "SELECT id, public_key FROM branch_key ORDER BY sequence", error);
  gboolean row = FALSE;

  while (acc_statement_step (keys, &row, error))
    {
      g_autoptr (GBytes) public_key = row ? acc_statement_dup_bytes (keys, 1) : NULL;
      g_autofree char *hash = public_key != NULL ? acc_hash_bytes (public_key) : g_strdup ("");
      g_autofree char *record = NULL;

      if (!row)
        return TRUE;
      record = g_strdup_printf ("branch key %s", acc_statement_get_text (keys, 0));
      if (!g_str_has_prefix (hash, acc_statement_get_text (keys, 0)))
        acc_check_add (self, self->desk, record, _ ("it is not the public key of this name"));
    }
  return FALSE;
}

static gboolean
check_notebooks (AccCheck *self, GError **error)
{
  return acc_notebook_check (self->desk, self->findings, error);
}

/* ---- all of it ---- */

typedef gboolean (*Pass) (AccCheck *self, GError **error);

static const Pass of_records[] = {
  check_files,            /* SQLite's own structures and references */
  check_schemas,          /* the tables, indices and triggers that Accolade makes, and no others */
  acc_check_desk_tables,  /* desk.db's rows: against each other, the journal, and their hashes */
  acc_check_inbox_tables, /* inbox.db's */
  check_branch_keys,      /* public keys against their names */
  check_notebooks,        /* what bankers keep for themselves, against their signatures */
  acc_check_accepted,     /* the kiosk may seal for no other key */
  acc_check_waiting,      /* what waits can be opened by this branch */
  acc_check_submitted,    /* what was submitted is somewhere */
  acc_check_taken_in,     /* what is here was submitted */
  acc_check_slips,        /* clients are told where their letters are */
  acc_check_answers,      /* and what came of what they asked */
  acc_check_heads,        /* the kiosks' history is the one that was seen */
  acc_check_key_file,     /* the kiosk seals for this branch */
};

static const Pass of_journals[] = {
  acc_check_desk_journal,  /* chain and signatures */
  acc_check_inbox_journal, /* chains */
};

/* A pass that meets damage has found something; the others go on. */
static gboolean
run_passes (AccCheck *self, const Pass *passes, gsize n, GError **error)
{
  g_autoptr (GError) local = NULL;

  for (gsize i = 0; i < n && local == NULL; i++)
    {
      passes[i](self, &local);
      if (g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
        {
          g_ptr_array_add (self->findings, g_strdup (local->message));
          g_clear_error (&local);
        }
    }
  g_clear_pointer (&self->bankers, g_ptr_array_unref);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
acc_archive_check_records (AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error)
{
  AccCheck self = { desk, inbox, findings };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && findings != NULL, FALSE);
  return run_passes (&self, of_records, G_N_ELEMENTS (of_records), error);
}

gboolean
acc_archive_check_journals (AccStore *desk, AccStore *inbox, gint64 *verified, GPtrArray *findings, GError **error)
{
  AccCheck self = { desk, inbox, findings };
  gboolean done;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && findings != NULL, FALSE);
  done = run_passes (&self, of_journals, G_N_ELEMENTS (of_journals), error);
  if (verified != NULL)
    *verified = self.verified;
  return done;
}

gboolean
acc_archive_check (AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error)
{
  return acc_archive_check_records (desk, inbox, findings, error)
         && acc_archive_check_journals (desk, inbox, NULL, findings, error);
}
