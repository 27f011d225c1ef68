/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "vault/bankers.h"
#include "vault/hash.h"
#include "vault/journal.h"

#define FACT(name) "json_extract (iif (json_valid (j.facts), j.facts, '{}'), '$." name "')"

static const char *
get_store_name (AccCheck *self, AccStore *store)
{
  return store == self->desk ? "desk.db" : "inbox.db";
}

void
acc_check_add (AccCheck *self, AccStore *store, const char *record, const char *sentence)
{
  g_autofree char *shown = acc_text_clean (record != NULL ? record : "?", -1, ACC_TEXT_LINE, NULL);

  g_ptr_array_add (self->findings, g_strdup_printf ("%s %s: %s", get_store_name (self, store), shown, sentence));
}

gboolean
acc_check_walk (AccCheck *self, AccStore *store, const char *sql, AccCheckRow check, GError **error)
{
  g_autoptr (AccStatement) next = acc_statement_new (store, sql, error);
  gint64 last = G_MININT64;
  gboolean row = TRUE;

  while (row)
    {
      acc_statement_bind_int (next, 1, last);
      if (!acc_statement_step (next, &row, error))
        return FALSE;
      last = acc_statement_get_int (next, 0);
      if (row && !check (self, next, error))
        return FALSE;
    }
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

/* The list is read again for a name that is not on it: the banker may have been added during the walk. */
static gboolean
verify_signature (const char *signer, const char *hash, GBytes *signature, gpointer data)
{
  AccCheck *self = data;
  const AccBanker *banker = find_banker (self->bankers, signer);

  if (banker == NULL)
    {
      g_clear_pointer (&self->bankers, g_ptr_array_unref);
      self->bankers = acc_bankers_list (self->desk, NULL);
      banker = find_banker (self->bankers, signer);
    }
  return banker != NULL && acc_signature_verify (banker->sign_public, hash, strlen (hash), signature);
}

static gboolean
check_desk_journal (AccCheck *self, GError **error)
{
  return acc_journal_check (self->desk, "desk.db", verify_signature, self, self->findings, error);
}

static gboolean
check_inbox_journal (AccCheck *self, GError **error)
{
  return acc_journal_check (self->inbox, "inbox.db", NULL, NULL, self->findings, error);
}

/* ---- what only a hash can see in desk.db ---- */

static gboolean
check_document (AccCheck *self, AccStatement *row, GError **error)
{
  g_autoptr (GBytes) body = acc_statement_dup_bytes (row, 1);
  g_autofree char *hash = acc_hash_bytes (body);
  g_autofree char *record = g_strdup_printf ("document %" G_GINT64_FORMAT, acc_statement_get_int (row, 0));

  if (g_strcmp0 (hash, acc_statement_get_text (row, 2)) != 0)
    acc_check_add (self, self->desk, record, _ ("its body has been changed"));
  return TRUE;
}

static gboolean
check_documents (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk,
                         "SELECT id, body, body_hash FROM document WHERE id > ?1 ORDER BY id LIMIT 1", check_document,
                         error);
}

static gboolean
check_letter_key (AccCheck *self, AccStatement *row, GError **error)
{
  g_autoptr (GBytes) key = acc_statement_dup_bytes (row, 2);
  g_autofree char *hash = acc_hash_bytes (key);
  g_autofree char *record = g_strdup_printf ("key of letter %s", acc_statement_get_text (row, 1));
  const char *told = acc_statement_get_text (row, 3);

  if (told != NULL && g_strcmp0 (hash, told) != 0)
    acc_check_add (self, self->desk, record, _ ("it is not the key that the journal tells of"));
  return TRUE;
}

/* The newest entry that tells of the key counts: a key is wrapped anew when the branch's key changes. */
static gboolean
check_letter_keys (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk,
                         "SELECT k.rowid, k.number, k.key, (SELECT " FACT ("key_hash") " FROM journal j "
                         "WHERE j.number = k.number AND j.writer = 'desk' AND " FACT ("key_hash") " IS NOT NULL "
                         "ORDER BY j.sequence DESC LIMIT 1) FROM letter_key k "
                         "WHERE k.rowid > ?1 ORDER BY k.rowid LIMIT 1",
                         check_letter_key, error);
}

static gboolean
check_branch_key (AccCheck *self, AccStatement *row, GError **error)
{
  g_autoptr (GBytes) public_key = acc_statement_dup_bytes (row, 2);
  g_autofree char *hash = acc_hash_bytes (public_key);
  const char *id = acc_statement_get_text (row, 1);
  g_autofree char *record = g_strdup_printf ("branch key %s", id);

  if (strncmp (hash, id, strlen (id)) != 0)
    acc_check_add (self, self->desk, record, _ ("it is not the public key of this name"));
  return TRUE;
}

static gboolean
check_branch_keys (AccCheck *self, GError **error)
{
  return acc_check_walk (self, self->desk,
                         "SELECT rowid, id, public_key FROM branch_key WHERE rowid > ?1 ORDER BY rowid LIMIT 1",
                         check_branch_key, error);
}

/* ---- all of it ---- */

static gboolean (*const passes[]) (AccCheck *self, GError **error) = {
  check_files,           /* SQLite's own structures and references */
  acc_check_desk_rules,  /* desk.db's rows against each other */
  acc_check_inbox_rules, /* inbox.db's */
  check_documents,       /* bodies against their hashes */
  check_letter_keys,     /* keys against the journal */
  check_branch_keys,     /* public keys against their names */
  check_desk_journal,    /* chain and signatures */
  check_inbox_journal,   /* chains */
  acc_check_waiting,     /* inbox letters' bodies and keys */
  acc_check_submitted,   /* what was submitted is somewhere */
  acc_check_taken_in,    /* what is here was submitted */
  acc_check_heads,       /* the kiosks' history is the one that was seen */
  acc_check_key_file,    /* the kiosk seals for this branch */
};

/* A pass that meets damage has found something; the others go on. */
gboolean
acc_archive_check (AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error)
{
  AccCheck self = { desk, inbox, findings, NULL };
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && findings != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (passes) && local == NULL; i++)
    {
      passes[i](&self, &local);
      if (g_error_matches (local, ACC_ERROR, ACC_ERROR_STORE_DAMAGED))
        {
          g_ptr_array_add (findings, g_strdup (local->message));
          g_clear_error (&local);
        }
    }
  g_clear_pointer (&self.bankers, g_ptr_array_unref);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
