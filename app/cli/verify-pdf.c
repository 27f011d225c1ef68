/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one PDF is: a letter of this branch as it was sent, one that was changed since, or none. Its bytes tell the first
 * without a sign-in; which words were changed needs the letter opened. */
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "letter/letter-json.h"
#include "paper/pdf-process.h"
#include "paper/read-back.h"

#include <string.h>

static const AccCliLetter *
find_by_bytes (GPtrArray *letters, GBytes *pdf)
{
  g_autofree char *hash = acc_hash_bytes (pdf);

  for (guint i = 0; i < letters->len; i++)
    {
      const AccCliLetter *letter = g_ptr_array_index (letters, i);

      if (g_str_equal (letter->pdf_hash, hash))
        return letter;
    }
  return NULL;
}

static char *
read_text (GBytes *pdf, GError **error)
{
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (process == NULL)
    return NULL;
  for (guint page = 0; page < acc_pdf_process_get_n_pages (process); page++)
    {
      g_autofree char *one = acc_pdf_process_read_text (process, page, error);

      if (one == NULL)
        return NULL;
      g_string_append (text, one);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The letter whose number stands in the PDF; NULL without @error where there is none. */
static const AccCliLetter *
find_by_number (GPtrArray *letters, GBytes *pdf, GError **error)
{
  g_autofree char *text = read_text (pdf, error);

  for (guint i = 0; text != NULL && i < letters->len; i++)
    {
      const AccCliLetter *letter = g_ptr_array_index (letters, i);

      if (strstr (text, letter->short_number) != NULL)
        return letter;
    }
  return NULL;
}

static AccLetter *
open_letter (const AccOptions *options, const char *number, GError **error)
{
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) identity = acc_cli_sign_in (options, &desk, error);
  g_autoptr (JsonNode) opened = NULL;
  g_autoptr (GBytes) pdf = NULL, json = NULL;
  char *text;

  if (identity == NULL || (opened = acc_cli_letters_open (options->store, desk, identity, number, &pdf, error)) == NULL)
    return NULL;
  text = json_to_string (json_object_get_member (json_node_get_object (opened), "letter"), FALSE);
  json = g_bytes_new_take (text, strlen (text));
  return acc_letter_from_json (json, error);
}

/* NULL in @difference: the words are the letter's. */
static gboolean
compare_words (const AccOptions *options, const char *number, GBytes *pdf, GError **difference, GError **error)
{
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccLetterhead) letterhead = NULL;
  g_autoptr (AccLetter) letter = open_letter (options, number, error);
  g_autoptr (AccPages) pages = NULL;
  gboolean same_bytes;

  if (letter == NULL || (config = acc_config_load (options->store, error)) == NULL
      || (letterhead = acc_cli_load_letterhead (options, config, error)) == NULL
      || (pages = acc_typeset_letter (letter, acc_config_get (config, ACC_CONFIG_BRANCH_NAME), number, letterhead, error))
           == NULL)
    return FALSE;
  acc_read_back (pages, pdf, &same_bytes, difference);
  return TRUE;
}

static gboolean
refuse_changed (const AccOptions *options, const AccCliLetter *letter, GBytes *pdf, GError **error)
{
  const char *path = options->rest[0];
  g_autoptr (GError) difference = NULL;

  if (options->passphrase_file == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS,
                 "%s: it bears the number of letter %s, but has other bytes: it was changed, or saved anew. With"
                 " --passphrase-file, verify tells which words differ.", path, letter->short_number);
  else if (!compare_words (options, letter->number, pdf, &difference, error))
    g_prefix_error (error, "%s: letter %s, to which it should be compared: ", path, letter->short_number);
  else if (difference != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS, "%s: it is not letter %s as it was sent. %s", path,
                 letter->short_number, difference->message);
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS,
                 "%s: its words are those of letter %s, but its bytes are others: it was saved anew.", path,
                 letter->short_number);
  return FALSE;
}

gboolean
acc_cli_verify_pdf (const AccOptions *options, GError **error)
{
  const char *path = options->rest[0];
  g_autoptr (GBytes) pdf = acc_file_read (path, ACC_PDF_BYTES_MAX, error);
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GError) unread = NULL;
  const AccCliLetter *letter;

  if (pdf == NULL || (letters = acc_cli_letters_list (options->store, error)) == NULL)
    return FALSE;
  if ((letter = find_by_bytes (letters, pdf)) != NULL)
    {
      g_print ("This is letter %s (%s), unchanged: %s.\n", letter->short_number, letter->number, letter->state);
      return TRUE;
    }
  if ((letter = find_by_number (letters, pdf, &unread)) != NULL)
    return refuse_changed (options, letter, pdf, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND,
               "%s: none of this branch's letters has these bytes%s. It was changed, or it is from elsewhere.", path,
               unread == NULL ? ", and it bears the number of none" : "");
  return FALSE;
}
