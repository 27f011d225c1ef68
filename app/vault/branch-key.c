/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/branch-key.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "vault/hash.h"
#include "vault/sodium-private.h"

#define ID_DIGITS 16
#define FILE_MAX 4096

/* The comment names the key, and is checked: a key with one wrong byte would seal letters to nobody. */
#define COMMENT "# Accolade branch key "
#define COMMENT_END ": it seals letters, it cannot open them\n"

struct _AccBranchKey {
  gatomicrefcount references;
  guint8 public_key[crypto_box_PUBLICKEYBYTES];
  char id[ID_DIGITS + 1];
};

AccBranchKey *
acc_branch_key_new (const guint8 public_key[32])
{
  AccBranchKey *self;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (public_key != NULL, NULL);

  self = g_new0 (AccBranchKey, 1);
  hash = acc_hash_data (public_key, crypto_box_PUBLICKEYBYTES);
  g_atomic_ref_count_init (&self->references);
  memcpy (self->public_key, public_key, sizeof self->public_key);
  g_strlcpy (self->id, hash, sizeof self->id);
  return self;
}

AccBranchKey *
acc_branch_key_ref (AccBranchKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
acc_branch_key_unref (AccBranchKey *self)
{
  g_return_if_fail (self != NULL);
  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

const guint8 *
acc_branch_key_get_public (AccBranchKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->public_key;
}

const char *
acc_branch_key_get_id (AccBranchKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->id;
}

GBytes *
acc_branch_key_to_file (AccBranchKey *self)
{
  g_autofree char *encoded = NULL;
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  encoded = g_base64_encode (self->public_key, sizeof self->public_key);
  text = g_strconcat (COMMENT, self->id, COMMENT_END, encoded, "\n", NULL);
  return g_bytes_new_take (text, strlen (text));
}

/* X25519 with a point of small order gives zero whatever the secret: everybody could open such a seal (RFC 7748, 6.1).
 */
static gboolean
is_usable (const guint8 public_key[crypto_box_PUBLICKEYBYTES])
{
  static const guint8 any_secret[crypto_scalarmult_SCALARBYTES] = { 1 };
  guint8 shared[crypto_scalarmult_BYTES];

  return crypto_scalarmult (shared, any_secret, public_key) == 0;
}

/* The key in @bytes; NULL if this is not exactly what acc_branch_key_to_file writes. */
static AccBranchKey *
parse (GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  gsize before = strlen (COMMENT) + ID_DIGITS + strlen (COMMENT_END);
  guint8 public_key[crypto_box_PUBLICKEYBYTES];
  gsize decoded = 0;
  g_autoptr (AccBranchKey) self = NULL;
  g_autoptr (GBytes) again = NULL;

  if (size <= before
      || sodium_base642bin (public_key, sizeof public_key, text + before, size - before, "\n", &decoded, NULL,
                            sodium_base64_VARIANT_ORIGINAL)
             != 0
      || decoded != sizeof public_key || !is_usable (public_key))
    return NULL;

  self = acc_branch_key_new (public_key);
  again = acc_branch_key_to_file (self);
  return g_bytes_equal (again, bytes) ? g_steal_pointer (&self) : NULL;
}

AccBranchKey *
acc_branch_key_load (const char *path, GError **error)
{
  struct stat status;
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AccBranchKey *self;

  g_return_val_if_fail (path != NULL, NULL);

  acc_sodium_init ();
  if (stat (path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                   _ ("%s: the branch's key is missing, so no letter can be sealed: copy it from the desk's store, or from "
                      "a backup"),
                   path);
      return NULL;
    }
  bytes = acc_file_read (path, FILE_MAX, &read_error);
  if (bytes == NULL && !g_error_matches (read_error, ACC_ERROR, ACC_ERROR_INPUT))
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }
  self = bytes != NULL ? parse (bytes) : NULL;
  if (self == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                 _ ("%s: this is not a branch's key, so no letter can be sealed"), path);
  return self;
}
