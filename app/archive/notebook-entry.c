/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/notebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

AccNotebookEntry *
acc_notebook_entry_new (const char *staff_id, const char *name, const char *department)
{
  AccNotebookEntry *entry;

  g_return_val_if_fail (staff_id != NULL && name != NULL && department != NULL, NULL);

  entry = g_new0 (AccNotebookEntry, 1);
  entry->id = g_uuid_string_random ();
  entry->staff_id = g_strdup (staff_id);
  entry->name = g_strdup (name);
  entry->department = g_strdup (department);
  entry->good_at = g_strdup ("");
  entry->letters = g_new0 (char *, 1);
  return entry;
}

AccNotebookEntry *
acc_notebook_entry_copy (const AccNotebookEntry *entry)
{
  AccNotebookEntry *copy;

  g_return_val_if_fail (entry != NULL, NULL);

  copy = acc_notebook_entry_new (entry->staff_id, entry->name, entry->department);
  g_free (copy->id);
  copy->id = g_strdup (entry->id);
  g_free (copy->good_at);
  copy->good_at = g_strdup (entry->good_at);
  copy->call_again = entry->call_again;
  g_strfreev (copy->letters);
  copy->letters = g_strdupv (entry->letters);
  return copy;
}

void
acc_notebook_entry_free (AccNotebookEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->staff_id);
  g_free (entry->name);
  g_free (entry->department);
  g_free (entry->good_at);
  g_strfreev (entry->letters);
  g_free (entry);
}

/* ---- finding ---- */

static gboolean
begins_a_word (const char *folded, const char *word)
{
  for (const char *at = folded; (at = strstr (at, word)) != NULL; at = g_utf8_next_char (at))
    if (at == folded || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
      return TRUE;
  return FALSE;
}

gboolean
acc_notebook_entry_matches (const AccNotebookEntry *entry, const char *query)
{
  g_autofree char *text = NULL, *folded = NULL, *folded_query = NULL;
  g_auto (GStrv) words = NULL;
  gboolean matches = TRUE;

  g_return_val_if_fail (entry != NULL && query != NULL, FALSE);

  text = g_strjoin ("\n", entry->name, entry->department, entry->good_at, NULL);
  folded = acc_text_fold (text);
  folded_query = acc_text_fold (query);
  words = g_strsplit (folded_query, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    matches = matches && (*words[i] == '\0' || begins_a_word (folded, words[i]));
  return matches;
}

/* The directory's word goes where both have one: two people may have one name. */
gboolean
acc_notebook_entry_is_same_person (const AccNotebookEntry *a, const AccNotebookEntry *b)
{
  g_autofree char *name_a = acc_text_fold (a->name), *name_b = acc_text_fold (b->name);
  g_autofree char *department_a = acc_text_fold (a->department), *department_b = acc_text_fold (b->department);

  if (*a->staff_id != '\0' && *b->staff_id != '\0')
    return g_str_equal (a->staff_id, b->staff_id);
  return g_str_equal (name_a, name_b) && g_str_equal (department_a, department_b);
}

/* ---- before it is kept ---- */

static void
clean (char **text, AccTextKind kind)
{
  g_autofree char *cleaned = acc_text_clean (*text, -1, kind, NULL);

  g_free (*text);
  *text = acc_text_trim (cleaned);
}

gboolean
acc_notebook_entry_clean (AccNotebookEntry *entry, GError **error)
{
  clean (&entry->name, ACC_TEXT_LINE);
  clean (&entry->department, ACC_TEXT_LINE);
  clean (&entry->good_at, ACC_TEXT_STORY);
  if (acc_text_is_blank (entry->name))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("Write the name of the person whom you want to note."));
      return FALSE;
    }
  if (g_utf8_strlen (entry->good_at, -1) > ACC_NOTEBOOK_WORDS_MAX)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("Good at: %d characters fit here."), ACC_NOTEBOOK_WORDS_MAX);
      return FALSE;
    }
  return TRUE;
}
