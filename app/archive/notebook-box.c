/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/notebook-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "vault/hash.h"

/* Frozen: format, staff_id, name, department, good_at, call_again, letters. */
#define FORMAT 1
#define VALUES "(issssbas)"

/* Frozen: what a signature is over, before the entry's id, when it was changed, and what is encrypted. */
#define SIGNED "accolade notebook entry 1\n%s\n%s\n"

#define SIGNATURE_SIZE 64 /* Ed25519; it leads the body */

/* Bound to its place: an entry cannot be put under another's id. */
static char *
dup_context (const char *id)
{
  return g_strconcat ("notebook ", id, NULL);
}

static GByteArray *
make_signed (const char *id, const char *changed_at, GBytes *box)
{
  g_autofree char *head = g_strdup_printf (SIGNED, id, changed_at);
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (bytes, g_bytes_get_data (box, NULL), (guint) g_bytes_get_size (box));
  return bytes;
}

/* The signature, and what is encrypted behind it. */
static GBytes *
sign_box (AccIdentity *identity, const char *id, const char *changed_at, GBytes *box)
{
  g_autoptr (GByteArray) bytes = make_signed (id, changed_at, box);
  g_autoptr (GBytes) signature = acc_identity_sign (identity, bytes->data, bytes->len);
  GByteArray *body = g_byte_array_new ();

  g_byte_array_append (body, g_bytes_get_data (signature, NULL), SIGNATURE_SIZE);
  g_byte_array_append (body, g_bytes_get_data (box, NULL), (guint) g_bytes_get_size (box));
  return g_byte_array_free_to_bytes (body);
}

static GBytes *
dup_box (GBytes *body)
{
  gsize size = g_bytes_get_size (body);

  return size > SIGNATURE_SIZE ? g_bytes_new_from_bytes (body, SIGNATURE_SIZE, size - SIGNATURE_SIZE)
                               : g_bytes_new (NULL, 0);
}

static GBytes *
encrypt (AccIdentity *identity, const AccNotebookEntry *entry)
{
  g_autoptr (GVariant) values
    = g_variant_ref_sink (g_variant_new ("(issssb^as)", FORMAT, entry->staff_id, entry->name, entry->department,
                                         entry->good_at, entry->call_again, entry->letters));
  g_autofree char *context = dup_context (entry->id);
  char *json = json_gvariant_serialize_data (values, NULL);
  g_autoptr (GBytes) plain = g_bytes_new_static (json, strlen (json));
  GBytes *body = acc_identity_encrypt_own (identity, context, plain);

  acc_wipe (json, strlen (json));
  g_free (json);
  return body;
}

static AccNotebookEntry *
read_entry (const char *id, GBytes *plain)
{
  gsize size;
  const char *json = g_bytes_get_data (plain, &size);
  g_autoptr (GVariant) values = json_gvariant_deserialize_data (json, (gssize) size, VALUES, NULL);
  g_autoptr (AccNotebookEntry) entry = g_new0 (AccNotebookEntry, 1);
  int format = 0;

  if (values == NULL)
    return NULL;
  g_variant_get (values, "(issssb^as)", &format, &entry->staff_id, &entry->name, &entry->department, &entry->good_at,
                 &entry->call_again, &entry->letters);
  entry->id = g_strdup (id);
  return format == FORMAT ? g_steal_pointer (&entry) : NULL;
}

GBytes *
acc_notebook_entry_close (const AccNotebookEntry *entry, const char *changed_at, AccIdentity *identity)
{
  g_autoptr (GBytes) box = encrypt (identity, entry);

  return sign_box (identity, entry->id, changed_at, box);
}

AccNotebookEntry *
acc_notebook_entry_open (GBytes *body, const char *id, AccIdentity *identity)
{
  g_autofree char *context = dup_context (id);
  g_autoptr (GBytes) box = dup_box (body);
  g_autoptr (GBytes) plain = acc_identity_decrypt_own (identity, context, box, NULL);

  return plain != NULL ? read_entry (id, plain) : NULL;
}

gboolean
acc_notebook_entry_is_as_signed (GBytes *body, const char *id, const char *changed_at, const AccBanker *banker)
{
  g_autoptr (GBytes) box = dup_box (body);
  g_autoptr (GByteArray) bytes = make_signed (id, changed_at, box);
  g_autoptr (GBytes) signature
    = g_bytes_get_size (body) > SIGNATURE_SIZE ? g_bytes_new_from_bytes (body, 0, SIGNATURE_SIZE) : NULL;

  return acc_banker_verify (banker, bytes->data, bytes->len, signature);
}
