/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/proofreader.h"

#include "base/error.h"
#include "base/text.h"
#include "paper/pages-private.h"
#include "paper/scripts-private.h"

#include <glib/gi18n-lib.h>

#define RTL_LOST_ONE_IN 100
#define LAM 0x0644
#define ALEF 0x0627

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
is_compared (gunichar c)
{
  return !g_unichar_isspace (c) && !g_unichar_iscntrl (c) && !g_unichar_ismark (c) &&
         g_unichar_type (c) != G_UNICODE_FORMAT;
}

static void
append_compared (GArray *characters, const char *text, GNormalizeMode mode)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, mode);

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_compared (c))
        g_array_append_val (characters, c);
    }
}

static GArray *
list_compared (const char *text, GNormalizeMode mode)
{
  GArray *characters = g_array_new (FALSE, FALSE, sizeof (gunichar));

  append_compared (characters, text, mode);
  return characters;
}

/* Nothing, such as the line of a branch without a name, is found anywhere. */
static gboolean
find (const GArray *in, guint from, const GArray *what, guint *end)
{
  *end = from;
  if (what->len == 0)
    return TRUE;
  for (guint i = from; i + what->len <= in->len; i++)
    if (memcmp (&g_array_index (in, gunichar, i), what->data, what->len * sizeof (gunichar)) == 0)
      {
        *end = i + what->len;
        return TRUE;
      }
  return FALSE;
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

static int
compare_characters (gconstpointer a, gconstpointer b)
{
  gunichar one = *(const gunichar *) a, other = *(const gunichar *) b;

  return one < other ? -1 : one > other;
}

/* Brackets turn round where text runs from right to left. */
static void
fold_and_sort (GArray *characters)
{
  for (guint i = 0; i < characters->len; i++)
    {
      gunichar *c = &g_array_index (characters, gunichar, i), mirror;

      if (g_unichar_get_mirror_char (*c, &mirror))
        *c = MIN (*c, mirror);
    }
  g_array_sort (characters, compare_characters);
}

/* What is in @one and not in @other, as often as it is missing there; both sorted. */
static GArray *
subtract (const GArray *one, const GArray *other)
{
  GArray *rest = g_array_new (FALSE, FALSE, sizeof (gunichar));
  guint j = 0;

  for (guint i = 0; i < one->len; i++)
    {
      gunichar c = g_array_index (one, gunichar, i);

      while (j < other->len && g_array_index (other, gunichar, j) < c)
        j++;
      if (j < other->len && g_array_index (other, gunichar, j) == c)
        j++;
      else
        g_array_append_val (rest, c);
    }
  return rest;
}

static guint
count_from_right (const GArray *characters)
{
  guint n = 0;

  for (guint i = 0; i < characters->len; i++)
    {
      char text[7] = { 0 };

      g_unichar_to_utf8 (g_array_index (characters, gunichar, i), text);
      n += acc_text_has_right_to_left (text);
    }
  return n;
}

/* Lam and alef are always set as one glyph. @characters as they stand in the text. */
static guint
count_lam_alef (const GArray *characters)
{
  guint n = 0;

  for (guint i = 1; i < characters->len; i++)
    n += g_array_index (characters, gunichar, i - 1) == LAM && g_array_index (characters, gunichar, i) == ALEF;
  return n;
}

static guint
count_alefs (const GArray *characters)
{
  guint n = 0;

  for (guint i = 0; i < characters->len; i++)
    n += g_array_index (characters, gunichar, i) == ALEF;
  return n;
}

/* poppler's selection of a page reads the glyph of lam and alef as lam alone, though the PDF says both. And it takes a
 * pointed letter close to its like for the same one drawn twice, and drops it: about one in 20,000. A missing font
 * would lose them all, a missing glyph is the ledger's to find. */
static gboolean
is_lost_by_poppler (const GArray *missing, const GArray *set, guint n_lam_alef)
{
  guint unexplained = missing->len - MIN (count_alefs (missing), n_lam_alef);

  return count_from_right (missing) == missing->len && unexplained * RTL_LOST_ONE_IN <= count_from_right (set);
}

/* Every letter of the page, as often as it was set: no more and no less, in whatever order. */
static gboolean
check_letters (const Proof *proof, const char *text, GError **error)
{
  g_autoptr (GArray) set = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autoptr (GArray) read = list_compared (text, G_NORMALIZE_NFKD);
  guint n_lam_alef;

  for (guint i = 0; i < acc_pages_get_n_lines (proof->pages); i++)
    {
      AccLine line;

      acc_pages_get_line (proof->pages, i, &line);
      if (is_read (proof->pages, i, proof->page))
        append_compared (set, line.text, G_NORMALIZE_NFKD);
    }
  n_lam_alef = count_lam_alef (set);
  fold_and_sort (set);
  fold_and_sort (read);

  g_autoptr (GArray) missing = subtract (set, read);
  g_autoptr (GArray) added = subtract (read, set);

  if (missing->len > 0 && !is_lost_by_poppler (missing, set, n_lam_alef))
    return refuse (error, proof, _ ("These characters cannot be read back from the PDF"), missing);
  return added->len == 0 || refuse (error, proof, _ ("The PDF shows characters that were not typed"), added);
}

/* Whether a letter bears a mark for which there is no letter of its own. */
static gboolean
has_free_mark (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_ismark (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* The words of a line, in whatever order. */
static gboolean
has_words (const Proof *proof, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GArray) word = list_compared (words[i], G_NORMALIZE_NFKC);
      guint end;

      if (!find (proof->read, 0, word, &end))
        return FALSE;
    }
  return TRUE;
}

/* What may be said for a line that is not there letter for letter: all its letters have been counted already. */
static gboolean
is_excused (const Proof *proof, const char *text)
{
  return proof->free_marks || (proof->from_right && has_words (proof, text));
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

      g_autoptr (GArray) set = list_compared (line.text, G_NORMALIZE_NFKC);
      gboolean in_order = is_paragraph (proof, &line);

      if (find (proof->read, in_order ? after : 0, set, &end))
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

  g_autoptr (GArray) read = list_compared (text, G_NORMALIZE_NFKC);
  const Proof proof = {
    .pages = pages,
    .page = page,
    .read = read,
    .from_right = any_line (pages, page, acc_text_has_right_to_left),
    .free_marks = any_line (pages, page, has_free_mark),
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
