/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/kept-secrets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "store/statement.h"
#include "vault/banker-note.h"
#include "vault/hash.h"

#define CONTEXT "secret "

/* Frozen: in the journal, and in check-rules.c. */
#define SET_KIND "secret set"
#define ERASED_KIND "secret erased"
#define ANEW_KIND "secret encrypted anew"

static const char *const words[ACC_KEPT_SECRET_N] = {
  [ACC_KEPT_SECRET_MAIL] = "mail",           /* the account at the mail server */
  [ACC_KEPT_SECRET_DIRECTORY] = "directory", /* the account at the LDAP server */
};

typedef struct {
  AccIdentity *identity;
  AccKeptSecret which;
  const char *secret;
} Change;

const char *
acc_kept_secret_to_word (AccKeptSecret which)
{
  g_return_val_if_fail ((guint) which < ACC_KEPT_SECRET_N, "");
  return words[which];
}

gboolean
acc_kept_secret_from_word (const char *word, AccKeptSecret *which)
{
  g_return_val_if_fail (word != NULL && which != NULL, FALSE);

  for (guint i = 0; i < ACC_KEPT_SECRET_N; i++)
    if (strcmp (words[i], word) == 0)
      {
        *which = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
check_secret (const char *secret, GError **error)
{
  if (strlen (secret) <= ACC_KEPT_SECRET_BYTES_MAX && g_utf8_validate (secret, -1, NULL)
      && strpbrk (secret, "\r\n") == NULL)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("secret: it must be one line of UTF-8 text of at most %d bytes"),
               ACC_KEPT_SECRET_BYTES_MAX);
  return FALSE;
}

static gboolean
check_manager (AccIdentity *identity, GError **error)
{
  if (acc_identity_get_banker (identity)->manager)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("only a manager may set what the desk signs in with"));
  return FALSE;
}

/* Each secret is bound to its name: the directory's in the place of the mail's does not open. */
static char *
make_context (AccKeptSecret which)
{
  return g_strconcat (CONTEXT, words[which], NULL);
}

static gboolean
keep (AccStore *desk, const Change *self, const char *kind, GError **error)
{
  g_autofree char *context = make_context (self->which);
  g_autoptr (GBytes) plain = g_bytes_new_static (self->secret, strlen (self->secret));
  g_autoptr (GBytes) body = acc_identity_encrypt (self->identity, context, plain);
  g_autofree char *hash = acc_hash_bytes (body);
  g_autofree char *facts = acc_banker_facts ("secret", words[self->which], "body_hash", hash, NULL);
  g_autoptr (AccStatement) insert
    = acc_statement_new (desk, "INSERT INTO secret (name, body) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET body = ?2",
                         error);

  acc_statement_bind_text (insert, 1, words[self->which]);
  acc_statement_bind_bytes (insert, 2, body);
  return acc_statement_run (insert, error) && acc_archive_note (desk, self->identity, kind, NULL, facts, error);
}

static gboolean
erase (AccStore *desk, const Change *self, GError **error)
{
  g_autofree char *facts = acc_banker_facts ("secret", words[self->which], NULL);
  g_autoptr (AccStatement) delete = acc_statement_new (desk, "DELETE FROM secret WHERE name = ?1", error);

  acc_statement_bind_text (delete, 1, words[self->which]);
  return acc_statement_run (delete, error) && acc_archive_note (desk, self->identity, ERASED_KIND, NULL, facts, error);
}

static gboolean
change (AccStore *desk, gpointer data, GError **error)
{
  const Change *self = data;

  return *self->secret != '\0' ? keep (desk, self, SET_KIND, error) : erase (desk, self, error);
}

gboolean
acc_kept_secret_set (AccStore *desk, AccIdentity *identity, AccKeptSecret which, const char *secret, GError **error)
{
  Change self = { identity, which, secret };

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);
  g_return_val_if_fail ((guint) which < ACC_KEPT_SECRET_N && secret != NULL, FALSE);

  return check_secret (secret, error) && check_manager (identity, error)
         && acc_store_transact (desk, change, &self, error);
}

/* The encrypted secret; NULL in *@body where there is none. */
static gboolean
load_body (AccStore *desk, AccKeptSecret which, GBytes **body, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (desk, "SELECT body FROM secret WHERE name = ?1", error);
  gboolean row = FALSE;

  *body = NULL;
  acc_statement_bind_text (find, 1, words[which]);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  if (row)
    *body = acc_statement_dup_bytes (find, 0);
  return TRUE;
}

static char *
open_body (AccIdentity *identity, AccKeptSecret which, GBytes *body, GError **error)
{
  g_autofree char *context = make_context (which);
  GBytes *plain = acc_identity_decrypt (identity, context, body, error);
  g_autofree char *data = NULL;
  char *secret;
  gsize size;

  if (plain == NULL)
    return NULL;
  data = g_bytes_unref_to_data (plain, &size);
  secret = size > 0 ? g_strndup (data, size) : g_strdup ("");
  acc_wipe (data, size);
  return secret;
}

char *
acc_kept_secret_load (AccStore *desk, AccIdentity *identity, AccKeptSecret which, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail ((guint) which < ACC_KEPT_SECRET_N, NULL);

  if (!load_body (desk, which, &body, error))
    return NULL;
  return body != NULL ? open_body (identity, which, body, error) : g_strdup ("");
}

char *
acc_kept_secret_load_version (AccStore *desk, AccKeptSecret which, GError **error)
{
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (ACC_IS_STORE (desk), NULL);
  g_return_val_if_fail ((guint) which < ACC_KEPT_SECRET_N, NULL);

  if (!load_body (desk, which, &body, error))
    return NULL;
  return body != NULL ? acc_hash_bytes (body) : g_strdup ("");
}

static gboolean
encrypt_anew (AccStore *desk, gpointer data, GError **error)
{
  Change *self = data;
  g_autoptr (GBytes) body = NULL;
  char *secret;
  gboolean kept;

  if (!load_body (desk, self->which, &body, error))
    return FALSE;
  if (body == NULL || acc_identity_is_newest (self->identity, body))
    return TRUE;
  secret = open_body (self->identity, self->which, body, NULL);
  if (secret == NULL)
    return TRUE;
  self->secret = secret;
  kept = keep (desk, self, ANEW_KIND, error);
  acc_wipe (secret, strlen (secret));
  g_free (secret);
  return kept;
}

gboolean
acc_kept_secrets_encrypt_anew (AccStore *desk, AccIdentity *identity, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), FALSE);

  for (guint i = 0; i < ACC_KEPT_SECRET_N; i++)
    {
      Change self = { identity, i, NULL };

      if (!acc_store_transact (desk, encrypt_anew, &self, error))
        return FALSE;
    }
  return TRUE;
}
