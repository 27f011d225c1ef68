/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/heads.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/key-file.h"
#include "base/text.h"
#include "store/statement.h"
#include "vault/hash.h"
#include "vault/journal.h"

#define FILE_MAX ((gsize) 256 * 1024)
#define WRITER_MAX 64 /* bytes; a kiosk's account can write any name into its journal */
#define WRITERS_MAX 100
#define DATE_LENGTH 10

void
acc_head_free (AccHead *head)
{
  g_free (head->store);
  g_free (head->writer);
  g_free (head->hash);
  g_free (head->at);
  g_free (head);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) acc_head_free);
}

static AccHead *
find_head (GPtrArray *heads, const char *store, const char *writer)
{
  for (guint i = 0; i < heads->len; i++)
    {
      AccHead *head = g_ptr_array_index (heads, i);

      if (g_str_equal (head->store, store) && g_str_equal (head->writer, writer))
        return head;
    }
  return NULL;
}

/* ---- the journals ---- */

static gboolean
add_head (GPtrArray *heads, AccStore *store, const char *name, const char *writer, GError **error)
{
  g_autoptr (AccHead) head = g_new0 (AccHead, 1);

  head->hash = acc_journal_head (store, writer, &head->count, error);
  if (head->hash == NULL)
    return FALSE;
  head->store = g_strdup (name);
  head->writer = g_strdup (writer);
  head->at = acc_clock_stamp ();
  g_ptr_array_add (heads, g_steal_pointer (&head));
  return TRUE;
}

/* From writer to writer by the index: the journal itself is not walked. */
static gboolean
read_store (GPtrArray *heads, AccStore *store, const char *name, GError **error)
{
  g_autoptr (AccStatement) next = acc_statement_new (
    store,
    "SELECT writer FROM journal WHERE writer > ?1 AND length (cast (writer AS BLOB)) BETWEEN 1 AND ?2 "
    "ORDER BY writer LIMIT 1",
    error);
  g_autofree char *writer = g_strdup ("");
  gboolean row = TRUE;

  for (guint n = 0; row && n < WRITERS_MAX; n++)
    {
      acc_statement_bind_text (next, 1, writer);
      acc_statement_bind_int (next, 2, WRITER_MAX);
      if (!acc_statement_step (next, &row, error))
        return FALSE;
      if (!row)
        break;
      g_free (writer);
      writer = g_strdup (acc_statement_get_text (next, 0));
      if (!add_head (heads, store, name, writer, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
acc_heads_read (AccStore *desk, AccStore *inbox, GError **error)
{
  g_autoptr (GPtrArray) heads = new_list ();

  if ((desk != NULL && !read_store (heads, desk, "desk", error))
      || (inbox != NULL && !read_store (heads, inbox, "inbox", error)))
    return NULL;
  return g_steal_pointer (&heads);
}

gboolean
acc_head_is_there (const AccHead *head, AccStore *desk, AccStore *inbox, gboolean *there, GError **error)
{
  AccStore *store = g_str_equal (head->store, "desk") ? desk : inbox;
  g_autoptr (AccStatement) find = acc_statement_new (
    store, "SELECT 1 FROM journal WHERE writer = ?1 AND sequence = ?2 AND hash = ?3", error);

  acc_statement_bind_text (find, 1, head->writer);
  acc_statement_bind_int (find, 2, head->count);
  acc_statement_bind_text (find, 3, head->hash);
  return acc_statement_step (find, there, error);
}

/* ---- as text ---- */

static const struct {
  const char *key;
  gsize place;
} texts[] = {
  { "store", G_STRUCT_OFFSET (AccHead, store) },
  { "writer", G_STRUCT_OFFSET (AccHead, writer) },
  { "hash", G_STRUCT_OFFSET (AccHead, hash) },
  { "at", G_STRUCT_OFFSET (AccHead, at) },
};

void
acc_heads_write (GPtrArray *heads, GKeyFile *file)
{
  for (guint i = 0; i < heads->len; i++)
    {
      const AccHead *head = g_ptr_array_index (heads, i);
      g_autofree char *group = g_strdup_printf ("head %u", i + 1);

      for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
        g_key_file_set_string (file, group, texts[j].key, G_STRUCT_MEMBER (const char *, head, texts[j].place));
      g_key_file_set_int64 (file, group, "count", head->count);
    }
}

static gboolean
is_sound (const AccHead *head)
{
  gsize digits = head->hash != NULL ? strspn (head->hash, "0123456789abcdef") : 0;

  return (g_strcmp0 (head->store, "desk") == 0 || g_strcmp0 (head->store, "inbox") == 0) && head->writer != NULL
         && head->count > 0 && digits == 2 * ACC_HASH_SIZE && head->hash[digits] == '\0' && head->at != NULL;
}

static AccHead *
parse_head (GKeyFile *file, const char *group)
{
  g_autoptr (AccHead) head = g_new0 (AccHead, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, head, texts[i].place) = g_key_file_get_string (file, group, texts[i].key, NULL);
  head->count = g_key_file_get_int64 (file, group, "count", NULL);
  return is_sound (head) ? g_steal_pointer (&head) : NULL;
}

GPtrArray *
acc_heads_parse (GKeyFile *file, GError **error)
{
  g_autoptr (GPtrArray) heads = new_list ();
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      AccHead *head = NULL;

      if (!g_str_has_prefix (groups[i], "head "))
        continue;
      head = parse_head (file, groups[i]);
      if (head == NULL)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("[%s] is not the head of a journal"), groups[i]);
          return NULL;
        }
      g_ptr_array_add (heads, head);
    }
  return g_steal_pointer (&heads);
}

/* ---- the file beside the store ---- */

char *
acc_heads_path (const char *store_dir)
{
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (store_dir != NULL, NULL);
  absolute = g_canonicalize_filename (store_dir, NULL);
  return g_strconcat (absolute, "-heads", NULL);
}

GPtrArray *
acc_heads_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) heads = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return new_list ();
  bytes = acc_file_read (path, FILE_MAX, error);
  if (bytes == NULL)
    return NULL;
  file = acc_key_file_parse (bytes, G_KEY_FILE_NONE, NULL);
  if (file != NULL)
    heads = acc_heads_parse (file, NULL);
  if (heads == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: this is not a list of journals' heads"), path);
  return g_steal_pointer (&heads);
}

/* Puts each head that is @known in the place of the one that was read, if its journal no longer has it; one whose
 * journal was not read, or has no entry left, is added. */
static gboolean
keep_known (GPtrArray *heads, GPtrArray *known, AccStore *desk, AccStore *inbox, GError **error)
{
  for (guint i = known->len; i > 0; i--)
    {
      g_autoptr (AccHead) old = g_ptr_array_steal_index (known, i - 1);
      AccHead *now = find_head (heads, old->store, old->writer);
      gboolean there = FALSE;

      if (now == NULL)
        {
          g_ptr_array_add (heads, g_steal_pointer (&old));
          continue;
        }
      if (!acc_head_is_there (old, desk, inbox, &there, error))
        return FALSE;
      if (there)
        continue;
      g_ptr_array_remove (heads, now);
      g_ptr_array_add (heads, g_steal_pointer (&old));
    }
  return TRUE;
}

/* As SQLite does with its journals: what an administrator writes belongs to whoever works with the store. */
static void
give_to_owner (const char *path, const char *store_dir)
{
  struct stat status;

  if (geteuid () == 0 && stat (store_dir, &status) == 0 && lchown (path, status.st_uid, status.st_gid) != 0)
    g_debug ("%s stays the administrator's", path);
}

gboolean
acc_heads_keep (AccStore *desk, AccStore *inbox, GError **error)
{
  g_autofree char *store_dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize size;

  g_return_val_if_fail (ACC_IS_STORE (desk) && (inbox == NULL || ACC_IS_STORE (inbox)), FALSE);

  store_dir = g_path_get_dirname (acc_store_get_path (desk));
  path = acc_heads_path (store_dir);
  known = acc_heads_load (path, error);
  heads = known != NULL ? acc_heads_read (desk, inbox, error) : NULL;
  if (heads == NULL || !keep_known (heads, known, desk, inbox, error))
    return FALSE;
  acc_heads_write (heads, file);
  text = g_key_file_to_data (file, &size, NULL);
  bytes = g_bytes_new (text, size);
  if (!acc_file_write (path, bytes, 0600, error))
    return FALSE;
  give_to_owner (path, store_dir);
  return TRUE;
}

static void
add_finding (GPtrArray *findings, const AccHead *head, gint64 count)
{
  g_autofree char *writer = acc_text_to_line (head->writer);
  g_autofree char *day = g_strndup (head->at, DATE_LENGTH);
  g_autofree char *shown_day = acc_text_to_line (day);

  if (count < head->count)
    g_ptr_array_add (findings,
                     g_strdup_printf (_ ("%s.db: the journal of %s ends at %" PRId64 ", but %" PRId64
                                         " entries were known on %s: the store is older than it once was, or its "
                                         "newest entries were taken away"),
                                      head->store, writer, count, head->count, shown_day));
  else
    g_ptr_array_add (findings,
                     g_strdup_printf (_ ("%s.db: entry %" PRId64 " of the journal of %s is not the one that "
                                         "was known on %s: its history has been rewritten"),
                                      head->store, head->count, writer, shown_day));
}

/* The file is read first: journals only grow, so what it knows is in them by now. */
gboolean
acc_heads_check (const char *store_dir, AccStore *desk, AccStore *inbox, GPtrArray *findings, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (store_dir != NULL && ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && findings != NULL, FALSE);

  path = acc_heads_path (store_dir);
  known = acc_heads_load (path, &local);
  if (known == NULL)
    {
      g_ptr_array_add (findings, g_strdup (local->message));
      return TRUE;
    }
  for (guint i = 0; i < known->len; i++)
    {
      const AccHead *head = g_ptr_array_index (known, i);
      g_autofree char *hash = NULL;
      gboolean there = FALSE;
      gint64 count = 0;

      if (!acc_head_is_there (head, desk, inbox, &there, error))
        return FALSE;
      if (there)
        continue;
      hash = acc_journal_head (g_str_equal (head->store, "desk") ? desk : inbox, head->writer, &count, error);
      if (hash == NULL)
        return FALSE;
      add_finding (findings, head, count);
    }
  return TRUE;
}
