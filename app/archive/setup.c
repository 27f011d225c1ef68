/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/setup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "archive/place.h"
#include "archive/record-table-private.h"
#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "inbox/accepted-key-table.h"
#include "inbox/inbox.h"
#include "vault/bankers.h"
#include "vault/hash.h"

#define PEPPER_SIZE 32

/* @text in its one spelling; NULL with @error if cleaning would change what the person means. */
static char *
clean_name (const char *text, const char *field, GError **error)
{
  g_autofree char *cleaned = acc_text_clean (text, -1, ACC_TEXT_LINE, NULL);
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_autofree char *name = acc_text_trim (cleaned);

  if (acc_text_is_blank (name))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: a name is needed"), field);
      return NULL;
    }
  if (g_strcmp0 (name, normal) != 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   _ ("%s: a name has at most %d characters, none of them hidden, and no space at its ends"), field,
                   ACC_NAME_MAX);
      return NULL;
    }
  return g_steal_pointer (&name);
}

typedef struct {
  const char *branch, *banker, *passphrase;
  GBytes *pepper;
  AccIdentity *identity;
  char *recovery_key;
} Founding;

static void
founding_clear (Founding *self)
{
  g_clear_pointer (&self->pepper, g_bytes_unref);
  g_clear_object (&self->identity);
  if (self->recovery_key != NULL)
    acc_wipe (self->recovery_key, strlen (self->recovery_key));
  g_free (self->recovery_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Founding, founding_clear)

static gboolean
found_branch (AccStore *desk, gpointer data, GError **error)
{
  Founding *self = data;
  const AccFounding founding = { self->branch, self->banker, self->passphrase, self->pepper };

  if (!acc_record_table_insert_branch (desk, self->branch, error))
    return FALSE;
  self->identity = acc_bankers_found_branch (desk, &founding, &self->recovery_key, error);
  return self->identity != NULL;
}

static gboolean
make_stores (const char *folder, Founding *founding, GError **error)
{
  g_autofree char *inbox_path = acc_inbox_path (folder);
  g_autofree char *desk_path = acc_archive_path (folder);
  g_autoptr (AccStore) inbox = acc_store_create (inbox_path, &acc_inbox_kind, error);
  g_autoptr (AccStore) desk = inbox != NULL ? acc_store_create (desk_path, &acc_archive_kind, error) : NULL;

  return desk != NULL && acc_store_transact (desk, found_branch, founding, error)
         && acc_accepted_key_set_only (inbox, acc_identity_get_branch_key (founding->identity), error);
}

static gboolean
write_files (const char *folder, const Founding *founding, GError **error)
{
  g_autofree char *template = acc_config_template (founding->branch);
  g_autoptr (GBytes) config = g_bytes_new (template, strlen (template));
  g_autoptr (GBytes) key = acc_branch_key_to_file (acc_identity_get_branch_key (founding->identity));
  g_autofree char *key_path = acc_inbox_branch_key_path (folder);
  g_autofree char *pepper_path = acc_archive_pepper_path (folder);
  g_autofree char *config_path = g_build_filename (folder, "accolade.conf", NULL);

  return acc_file_write (key_path, key, 0644, error) && acc_file_write (pepper_path, founding->pepper, 0600, error)
         && acc_file_write (config_path, config, 0644, error);
}

static gboolean
make_store (AccPlace *place, Founding *founding, GError **error)
{
  const char *folder = acc_place_get_folder (place);

  return make_stores (folder, founding, error) && write_files (folder, founding, error)
         && acc_place_take (place, error);
}

gboolean
acc_archive_set_up (const char *store_dir, const char *branch, const char *banker, const char *passphrase,
                    char **recovery_key, GError **error)
{
  g_autoptr (AccPlace) place = NULL;
  g_autofree char *branch_name = NULL;
  g_autofree char *banker_name = NULL;
  g_auto (Founding) founding = { NULL };

  g_return_val_if_fail (store_dir != NULL && branch != NULL && banker != NULL, FALSE);
  g_return_val_if_fail (passphrase != NULL && recovery_key != NULL, FALSE);

  branch_name = clean_name (branch, "branch", error);
  banker_name = branch_name != NULL ? clean_name (banker, "banker", error) : NULL;
  place = banker_name != NULL ? acc_place_new (store_dir, error) : NULL;
  if (place == NULL)
    return FALSE;

  founding.branch = branch_name;
  founding.banker = banker_name;
  founding.passphrase = passphrase;
  founding.pepper = acc_random_bytes (PEPPER_SIZE);
  if (!make_store (place, &founding, error))
    return FALSE;
  *recovery_key = g_steal_pointer (&founding.recovery_key);
  return TRUE;
}
