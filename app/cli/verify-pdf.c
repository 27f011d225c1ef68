/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one PDF is: a letter of this branch as it was sent, an edition of one, one that was changed since, or none. Its bytes
 * tell the first and the editions that the desk made without a sign-in; which words were changed, and whether it is the large
 * print that anybody can have set from the letter, needs the letter opened. */
#include "archive/documents.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/letters.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "paper/edition.h"
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

/* What a PDF of the letter's number turned out to be. */
typedef struct {
  gboolean large_print; /* … it is the nearest to */
  gboolean same_bytes;
  GError *difference;   /* NULL: the words are the letter's */
} Likeness;

static gboolean
compare_way (const AccEdition *edition, AccLetterhead *letterhead, GBytes *pdf, Likeness *likeness, GError **error)
{
  g_autoptr (AccPages) pages = acc_edition_typeset (edition, letterhead, error);

  if (pages == NULL)
    return FALSE;
  g_clear_error (&likeness->difference);
  likeness->large_print = edition->large_print;
  acc_read_back (pages, pdf, &likeness->same_bytes, &likeness->difference);
  return TRUE;
}

/* Where it is neither the letter nor its large print, how it differs from the letter. */
static gboolean
compare_words (const AccOptions *options, const char *number, GBytes *pdf, Likeness *likeness, GError **error)
{
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccLetterhead) letterhead = NULL;
  g_autoptr (AccLetter) letter = open_letter (options, number, error);
  AccEdition edition = { .letter = letter, .number = number };
  gboolean done;

  if (letter == NULL || (config = acc_config_load (options->store, error)) == NULL
      || (letterhead = acc_cli_load_letterhead (options, config, error)) == NULL)
    return FALSE;
  edition.branch = acc_config_get (config, ACC_CONFIG_BRANCH_NAME);
  edition.large_print = TRUE;
  done = compare_way (&edition, letterhead, pdf, likeness, error);
  if (!done || likeness->difference == NULL)
    return done;
  edition.large_print = FALSE;
  return compare_way (&edition, letterhead, pdf, likeness, error);
}

static gboolean
tell_likeness (const char *path, const AccCliLetter *letter, const Likeness *likeness, GError **error)
{
  if (likeness->difference != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: it is not letter %s as it was sent. %s", path,
                 letter->short_number, likeness->difference->message);
  else if (likeness->large_print && likeness->same_bytes)
    {
      acc_cli_print (
        "This is letter %s (%s) in large print, set from its own words: %s. What was sent is the original.\n",
        letter->short_number, letter->number, letter->state);
      return TRUE;
    }
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 "%s: its words are those of letter %s%s, but its bytes are others: it was saved anew.", path,
                 letter->short_number, likeness->large_print ? " in large print" : "");
  return FALSE;
}

static gboolean
refuse_or_compare (const AccOptions *options, const AccCliLetter *letter, GBytes *pdf, GError **error)
{
  const char *path = options->rest[0];
  Likeness likeness = { 0 };
  gboolean done = FALSE;

  if (options->passphrase_file == NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 "%s: it bears the number of letter %s, but has other bytes: it was changed, or saved anew, or it is an"
                 " edition that was not made at the desk. With --passphrase-file, verify tells which.", path,
                 letter->short_number);
  else if (!compare_words (options, letter->number, pdf, &likeness, error))
    g_prefix_error (error, "%s: letter %s, to which it should be compared: ", path, letter->short_number);
  else
    done = tell_likeness (path, letter, &likeness, error);
  g_clear_error (&likeness.difference);
  return done;
}

/* What an edition is called, and what it is not. */
static const struct {
  const char *name, *note;
} editions[] = {
  [ACC_DOCUMENT_BLACKED_OUT] = { "the blacked-out edition of letter", "The bank took words out; the original is kept" },
  [ACC_DOCUMENT_LARGE_PRINT] = { "the large-print edition of letter", "Its words are the letter's" },
  [ACC_DOCUMENT_COVER] = { "a cover for letter", "It is the bank's, and no letter" },
};

/* FALSE without @error: it is none. */
static gboolean
tell_edition (const AccOptions *options, GBytes *pdf, GError **error)
{
  g_autoptr (AccStore) desk = acc_archive_open (options->store, ACC_STORE_READ, error);
  g_autofree char *hash = acc_hash_bytes (pdf);
  g_autofree char *number = NULL, *short_number = NULL;
  g_autoptr (GError) local = NULL;
  AccDocumentKind kind = ACC_DOCUMENT_ORIGINAL;

  if (desk == NULL)
    return FALSE;
  number = acc_documents_find_by_hash (desk, hash, &kind, &local);
  if (number == NULL && !g_error_matches (local, ACC_ERROR, ACC_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  if (number == NULL || kind == ACC_DOCUMENT_ORIGINAL)
    return FALSE;
  short_number = acc_number_short (number);
  acc_cli_print ("This is %s %s (%s), made at the desk and unchanged. %s.\n", editions[kind].name, short_number, number,
                 editions[kind].note);
  return TRUE;
}

gboolean
acc_cli_verify_pdf (const AccOptions *options, GError **error)
{
  const char *path = options->rest[0];
  g_autoptr (GBytes) pdf = acc_file_read (path, ACC_PDF_BYTES_MAX, error);
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (GError) unread = NULL, failure = NULL;
  const AccCliLetter *letter;

  if (pdf == NULL || (letters = acc_cli_letters_list (options->store, error)) == NULL)
    return FALSE;
  if ((letter = find_by_bytes (letters, pdf)) != NULL)
    {
      acc_cli_print ("This is letter %s (%s), unchanged: %s.\n", letter->short_number, letter->number, letter->state);
      return TRUE;
    }
  if (tell_edition (options, pdf, &failure))
    return TRUE;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if ((letter = find_by_number (letters, pdf, &unread)) != NULL)
    return refuse_or_compare (options, letter, pdf, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
               "%s: none of this branch's letters has these bytes%s. It was changed, or it is from elsewhere.", path,
               unread == NULL ? ", and it bears the number of none" : "");
  return FALSE;
}
