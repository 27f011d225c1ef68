/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/proofreader.h"

#include "base/error.h"
#include "base/text.h"
#include "paper/pages-private.h"
#include "paper/reading-private.h"
#include "paper/scripts-private.h"

#include <glib/gi18n-lib.h>

/* A page as set and as read back, each as characters without what poppler adds or loses: spaces, format
 * characters, combining marks. */
typedef struct {
  AccPages *pages;
  guint page;
  GArray *read; /* gunichar, NFKC, in poppler's order */
  gboolean from_right; /* text from the right on the page: poppler turns the words of other lines round as well */
  gboolean free_marks; /* marks that stand higher than their line: poppler may send the rest of it elsewhere */
} Proof;

/* Whether the line is text on that page. A typed signature is drawn, and its name stands below it as text. */
static gboolean
is_read (AccPages *pages, guint number, guint page)
{
  const AccSetLine *line = acc_pages_line (pages, number);

  return line->line.page == page && !acc_pages_text (pages, line->text)->path;
}

static gboolean
refuse (GError **error, const Proof *proof, const char *what, const GArray *characters)
{
  g_autoptr (GArray) once = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (guint i = 0; i < characters->len; i++)
    if (i == 0 || g_array_index (characters, gunichar, i) != g_array_index (characters, gunichar, i - 1))
      g_array_append_val (once, g_array_index (characters, gunichar, i));

  g_autofree char *names = acc_text_name_characters ((const gunichar *) once->data, once->len);

  g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS, "%s (%s %u): %s.", what, _ ("page"), proof->page + 1,
               names);
  return FALSE;
}

/* Every letter of the page, as often as it was set: no more and no less, in whatever order. */
static gboolean
check_letters (const Proof *proof, const char *text, GError **error)
{
  g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autoptr (GArray) beside_marks = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autoptr (GArray) read = acc_reading_new (text, G_NORMALIZE_NFKD);
  guint n_lam_alef, n_lost = 0;

  for (guint i = 0; i < acc_pages_get_n_lines (proof->pages); i++)
    {
      AccLine line;

      acc_pages_get_line (proof->pages, i, &line);
      if (!is_read (proof->pages, i, proof->page))
        continue;
      acc_reading_append (set, line.text, G_NORMALIZE_NFKD);
      n_lost += acc_reading_append_beside_marks (beside_marks, line.text);
    }
  n_lam_alef = acc_reading_count_lam_alef (set);
  acc_reading_sort (set);
  acc_reading_sort (beside_marks);
  acc_reading_sort (read);

  g_autoptr (GArray) unread = acc_reading_subtract (set, read);
  g_autoptr (GArray) missing = acc_reading_subtract_beside_marks (unread, beside_marks, n_lost);
  g_autoptr (GArray) added = acc_reading_subtract (read, set);

  if (missing->len > 0 && !acc_reading_is_lost_by_poppler (missing, set, n_lam_alef))
    return refuse (error, proof, _ ("These characters cannot be read back from the PDF"), missing);
  return added->len == 0 || refuse (error, proof, _ ("The PDF shows characters that were not typed"), added);
}

/* What may be said for a line that is not there letter for letter: all its letters have been counted already. */
static gboolean
is_excused (const Proof *proof, const char *text)
{
  return proof->free_marks || (proof->from_right && acc_reading_has_words (proof->read, text));
}

static gboolean
is_paragraph (const Proof *proof, const AccLine *line)
{
  AccComposition *composition = acc_pages_get_composition (proof->pages);

  return line->block != G_MAXUINT && acc_composition_get_block (composition, line->block)->role == ACC_BLOCK_PARAGRAPH;
}

/* Each left-to-right line letter for letter, and the lines of the story one after the other. */
static gboolean
check_order (const Proof *proof, GError **error)
{
  guint after = 0;

  for (guint i = 0; i < acc_pages_get_n_lines (proof->pages); i++)
    {
      AccLine line;
      guint end = 0;

      acc_pages_get_line (proof->pages, i, &line);
      if (line.complex || !is_read (proof->pages, i, proof->page))
        continue;

      g_autoptr (GArray) set = acc_reading_new (line.text, G_NORMALIZE_NFKC);
      gboolean in_order = is_paragraph (proof, &line);

      if (acc_reading_find (proof->read, in_order ? after : 0, set, &end))
        after = in_order ? end : after;
      else if (!is_excused (proof, line.text))
        return refuse (error, proof, _ ("A line of the PDF cannot be read back as it was typed"), set);
    }
  return TRUE;
}

/* Whether any line of the page is as @test says. */
static gboolean
any_line (AccPages *pages, guint page, gboolean (*test) (const char *text))
{
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      if (is_read (pages, i, page) && test (line.text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_page (AccPages *pages, guint page, AccPdfProcess *process, GError **error)
{
  g_autofree char *text = acc_pdf_process_read_text (process, page, error);

  if (text == NULL)
    return FALSE;

  g_autoptr (GArray) read = acc_reading_new (text, G_NORMALIZE_NFKC);
  const Proof proof = {
    .pages = pages,
    .page = page,
    .read = read,
    .from_right = any_line (pages, page, acc_text_has_right_to_left),
    .free_marks = any_line (pages, page, acc_reading_has_free_mark),
  };

  return check_letters (&proof, text, error) && check_order (&proof, error);
}

gboolean
acc_proofread (AccPages *pages, GBytes *pdf, GError **error)
{
  g_return_val_if_fail (ACC_IS_PAGES (pages), FALSE);
  g_return_val_if_fail (pdf != NULL, FALSE);

  if (!acc_pages_check_ledger (pages, error))
    return FALSE;

  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, error);

  if (process == NULL)
    return FALSE;
  if (acc_pdf_process_get_n_pages (process) != acc_pages_get_count (pages))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_DOCUMENT, _ ("The PDF has %u pages instead of %u."),
                   acc_pdf_process_get_n_pages (process), acc_pages_get_count (pages));
      return FALSE;
    }
  for (guint page = 0; page < acc_pages_get_count (pages); page++)
    if (!check_page (pages, page, process, error))
      return FALSE;
  return TRUE;
}
