/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/read-back.h"

#include "base/error.h"
#include "base/text.h"
#include "paper/composition-private.h"
#include "paper/pages-private.h"
#include "paper/pdf-process.h"
#include "paper/pdf-writer.h"
#include "paper/quotes.h"
#include "paper/reading-private.h"
#include "paper/scripts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BANK_LETTERS_MAX 80 /* a bank's name, a branch's, the foot's word: what another letterhead may say */
#define USED 0xffffffff      /* no character */
#define WORDS_SHOWN 3
#define WORD_SHOWN_MAX 40   /* characters */
#define ANSWER_SHOWN_MAX 120

/* The PDF as it was read, and the letter that it should be: its quotes may be set otherwise today, so all are taken for
 * one. */
typedef struct {
  AccPages *pages;
  GArray *whole;       /* gunichar, NFKC: all pages, one after another; USED where an answer was found */
  GArray *ends;        /* guint: where in it each page ends */
  GPtrArray *words;    /* of char *: the PDF's words */
  gboolean from_right; /* text from the right: poppler turns the words of other lines round as well */
  gboolean free_marks; /* marks that stand higher than their line: poppler may send the rest of it elsewhere */
} Comparison;

static void
comparison_clear (Comparison *self)
{
  g_clear_pointer (&self->whole, g_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

static void
add_page (Comparison *self, const char *text)
{
  g_autofree char *folded = acc_quotes_fold (text);
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", folded, 0, 0);

  acc_reading_append (self->whole, folded, G_NORMALIZE_NFKC);
  g_array_append_val (self->ends, self->whole->len);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    g_ptr_array_add (self->words, g_steal_pointer (&words[i]));
}

/* All within the time that one request may take. */
static gboolean
read_pages (Comparison *self, GBytes *pdf, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + ACC_PDF_SECONDS * G_TIME_SPAN_SECOND;
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, error);

  if (process == NULL)
    return FALSE;
  for (guint page = 0; page < acc_pdf_process_get_n_pages (process); page++)
    {
      g_autofree char *text = acc_pdf_process_read_text (process, page, error);

      if (text == NULL)
        return FALSE;
      if (g_get_monotonic_time () > deadline)
        {
          g_set_error_literal (error, ACC_ERROR, ACC_ERROR_DOCUMENT, _ ("The document takes too long to be read."));
          return FALSE;
        }
      add_page (self, text);
    }
  return TRUE;
}

/* What a person at the desk calls each answer that is set on the paper. */
static const char *const told[ACC_FIELD_N] = {
  [ACC_FIELD_NONE] = N_ ("the date"),
  [ACC_FIELD_TO_NAME] = N_ ("the name of whom it thanks"),
  [ACC_FIELD_TO_CALLED] = N_ ("the name of whom it thanks"),
  [ACC_FIELD_TO_DEPARTMENT] = N_ ("the department"),
  [ACC_FIELD_STORY_NEED] = N_ ("the story"),
  [ACC_FIELD_STORY_ACT] = N_ ("the story"),
  [ACC_FIELD_STORY_DIFFERENCE] = N_ ("the story"),
  [ACC_FIELD_BANKER_NAME] = N_ ("the banker's name"),
  [ACC_FIELD_BANKER_WORDS] = N_ ("the words for the banker"),
  [ACC_FIELD_FROM_NAME] = N_ ("the client's name"),
  [ACC_FIELD_SERVED_ON] = N_ ("the day of the service"),
};

static gboolean
refuse_answer (const AccBlock *block, const char *words, GError **error)
{
  g_autofree char *line = acc_text_to_line (words), *cut = NULL;

  if (g_utf8_strlen (line, -1) > ANSWER_SHOWN_MAX)
    {
      cut = g_utf8_substring (line, 0, ANSWER_SHOWN_MAX);
      g_free (line);
      line = g_strconcat (cut, " …", NULL);
    }
  /* Translators: a word, and what it stands in, such as "the department". */
  g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS, _ ("The PDF does not say “%s”, which the record has in %s."), line,
               _ (told[block->field]));
  return FALSE;
}

/* The longest beginning of @what that stands in the text from @from to @to: how long it is, and where it ends. */
static guint
find_beginning (const Comparison *self, guint from, guint to, const GArray *what, guint *end)
{
  const GArray text = { .data = self->whole->data, .len = to };
  guint low = 0, high = what->len, middle_end;

  while (low < high)
    {
      const guint middle = low + (high - low + 1) / 2;
      const GArray beginning = { .data = what->data, .len = middle };

      if (acc_reading_find (&text, from, &beginning, &middle_end))
        {
          low = middle;
          *end = middle_end;
        }
      else
        high = middle - 1;
    }
  return low;
}

/* From page @first on; a paragraph that goes on over the end of a page has a foot and a head between its parts. */
static gboolean
find_from_page (const Comparison *self, guint first, const GArray *what, gboolean use)
{
  guint from = first == 0 ? 0 : g_array_index (self->ends, guint, first - 1);
  GArray rest = *what;

  for (guint page = first; page < self->ends->len && rest.len > 0; page++)
    {
      guint to = g_array_index (self->ends, guint, page), end = 0;
      guint part = find_beginning (self, from, to, &rest, &end);

      if (part == 0)
        return FALSE;
      for (guint i = end - part; use && i < end; i++)
        g_array_index (self->whole, gunichar, i) = USED;
      rest.data += part * sizeof (gunichar);
      rest.len -= part;
      from = to;
    }
  return rest.len == 0;
}

/* The page on which the longest beginning of @what stands: where it begins, if it stands there at all. */
static guint
find_first_page (const Comparison *self, const GArray *what)
{
  guint first = 0, longest = 0, from = 0;

  for (guint page = 0; page < self->ends->len; page++)
    {
      guint to = g_array_index (self->ends, guint, page), end;
      guint part = find_beginning (self, from, to, what, &end);

      if (part > longest)
        {
          longest = part;
          first = page;
        }
      from = to;
    }
  return first;
}

/* Whether @text stands there in one piece, or over the end of a page. @use: once only, for whoever asks first. */
static gboolean
find_text (const Comparison *self, const char *text, gboolean use)
{
  g_autoptr (GArray) what = acc_reading_new (text, G_NORMALIZE_NFKC);
  guint first = find_first_page (self, what);

  if (find_from_page (self, first, what, FALSE))
    return !use || find_from_page (self, first, what, TRUE);
  return self->from_right && acc_reading_has_words (self->whole, text);
}

/* The first word at which the PDF leaves @text. */
static char *
find_first_other (const Comparison *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) beginning = g_string_new (NULL);
  guint i;

  for (i = 0; words[i] != NULL && words[i + 1] != NULL; i++)
    {
      g_string_append (beginning, words[i]);
      if (!find_text (self, beginning->str, FALSE))
        break;
    }
  return g_strdup (words[i]);
}

/* What of the letter is the client's, as it stands on the paper. */
typedef struct {
  const AccBlock *block;
  char *text;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->text);
  g_free (answer);
}

/* Takes @text. */
static void
add_answer (GPtrArray *answers, const AccBlock *block, char *text)
{
  Answer *answer = g_new (Answer, 1);

  answer->block = block;
  answer->text = acc_quotes_fold (text);
  g_ptr_array_add (answers, answer);
  g_free (text);
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const Answer *one = *(const Answer *const *) a, *other = *(const Answer *const *) b;
  gsize length = strlen (one->text), other_length = strlen (other->text);

  return length > other_length ? -1 : length < other_length;
}

/* The longest first: a short one may stand within it. */
static GPtrArray *
list_answers (AccComposition *composition)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func (answer_free);

  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);
      gsize lead, length;

      acc_composition_get_answer (composition, i, &lead, &length);
      if (block->role == ACC_BLOCK_DATE)
        add_answer (answers, block, g_strdup (block->text));
      else if (block->field != ACC_FIELD_NONE)
        add_answer (answers, block, g_strndup (block->text + lead, length));
      if (block->note != NULL && block->signature != NULL)
        add_answer (answers, block, g_strdup (acc_signature_get_text (block->signature)));
    }
  g_ptr_array_sort (answers, compare_lengths);
  return answers;
}

/* Each answer letter for letter, but for those that poppler does not read back in order. */
static gboolean
check_answers (const Comparison *self, GPtrArray *answers, GError **error)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);
      g_autofree char *other = NULL;

      if (self->free_marks || acc_text_is_complex (answer->text) || acc_text_has_right_to_left (answer->text)
          || find_text (self, answer->text, TRUE))
        continue;
      other = find_first_other (self, answer->text);
      return refuse_answer (answer->block, other, error);
    }
  return TRUE;
}

/* The letters of all answers, as often as they occur, are among those of the PDF. */
static gboolean
check_letters (const GArray *read, GPtrArray *answers, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autoptr (GArray) beside_marks = g_array_new (FALSE, FALSE, sizeof (gunichar));
  guint n_lost = 0;

  for (guint i = 0; i < answers->len; i++)
    {
      const Answer *answer = g_ptr_array_index (answers, i);
      g_autoptr (GArray) sorted = NULL, unread = NULL, missing = NULL;

      acc_reading_append (all, answer->text, G_NORMALIZE_NFKD);
      n_lost += acc_reading_append_beside_marks (beside_marks, answer->text);
      sorted = g_array_copy (all);
      acc_reading_sort (sorted);
      acc_reading_sort (beside_marks);
      unread = acc_reading_subtract (sorted, read);
      missing = acc_reading_subtract_beside_marks (unread, beside_marks, n_lost);
      if (missing->len > 0 && !acc_reading_is_lost_by_poppler (missing, sorted, acc_reading_count_lam_alef (all)))
        return refuse_answer (answer->block, answer->text, error);
    }
  return TRUE;
}

/* All that would be set today, letterhead and foot as well, in order; a typed signature is curves, no text. */
static GArray *
list_set (AccPages *pages, GNormalizeMode mode)
{
  GArray *set = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      const AccSetLine *line = acc_pages_line (pages, i);

      g_autofree char *folded = acc_quotes_fold (line->line.text);

      if (!acc_pages_text (pages, line->text)->path)
        acc_reading_append (set, folded, mode);
    }
  return set;
}

/* Whether all that is the bank's stands there as it would today; but for the check code, which is of the letter's words and
 * the same under any letterhead. */
static gboolean
has_head (const Comparison *self)
{
  AccComposition *composition = acc_pages_get_composition (self->pages);

  for (guint i = 0; i < acc_pages_get_n_lines (self->pages); i++)
    {
      const AccSetLine *line = acc_pages_line (self->pages, i);

      if (acc_pages_text (self->pages, line->text)->path || line->line.field != ACC_FIELD_NONE
          || (line->line.block != ACC_BLOCK_NONE
              && acc_composition_get_block (composition, line->line.block)->role == ACC_BLOCK_DATE)
          || g_str_equal (line->line.text, acc_composition_get_foot (composition)))
        continue;

      g_autofree char *folded = acc_quotes_fold (line->line.text);

      if (line->line.complex || self->free_marks || !find_text (self, folded, FALSE))
        return FALSE;
    }
  return TRUE;
}

/* The first words of the PDF that the letter does not have, for a sentence. */
static char *
describe_added (const Comparison *self)
{
  g_autoptr (GArray) set = list_set (self->pages, G_NORMALIZE_NFKC);
  g_autoptr (GString) shown = g_string_new (NULL);
  guint n = 0, end;

  for (guint i = 0; i < self->words->len && n < WORDS_SHOWN; i++)
    {
      g_autoptr (GArray) word = acc_reading_new (g_ptr_array_index (self->words, i), G_NORMALIZE_NFKC);
      g_autofree char *line = NULL, *cut = NULL;

      if (acc_reading_find (set, 0, word, &end))
        continue;
      line = acc_text_to_line (g_ptr_array_index (self->words, i));
      cut = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), WORD_SHOWN_MAX));
      g_string_append_printf (shown, "%s“%s”", n++ > 0 ? ", " : "", cut);
    }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

static gboolean
check_nothing_added (const Comparison *self, const GArray *read, GError **error)
{
  g_autoptr (GArray) set = list_set (self->pages, G_NORMALIZE_NFKD);
  guint n_lam_alef = acc_reading_count_lam_alef (set);
  g_autoptr (GArray) missing = NULL, added = NULL;
  g_autofree char *words = NULL;
  gboolean other_head;

  acc_reading_sort (set);
  missing = acc_reading_subtract (set, read);
  added = acc_reading_subtract (read, set);
  /* The client's letters are all there: what is missing is the bank's. */
  other_head = missing->len > 0 && !acc_reading_is_lost_by_poppler (missing, set, n_lam_alef) && !has_head (self);
  if (added->len <= (other_head ? BANK_LETTERS_MAX : 0))
    return TRUE;
  words = describe_added (self);
  g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS, _ ("The PDF has words that are not in the letter's record%s%s."),
               *words != '\0' ? ": " : "", words);
  return FALSE;
}

static gboolean
any_block (AccComposition *composition, gboolean (*test) (const char *text))
{
  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    if (test (acc_composition_get_block (composition, i)->text))
      return TRUE;
  return FALSE;
}

static gboolean
compare (AccPages *pages, GBytes *pdf, GError **error)
{
  AccComposition *composition = acc_pages_get_composition (pages);
  g_autoptr (GPtrArray) answers = list_answers (composition);
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_auto (Comparison) self = {
    .pages = pages,
    .whole = g_array_new (FALSE, FALSE, sizeof (gunichar)),
    .ends = g_array_new (FALSE, FALSE, sizeof (guint)),
    .words = g_ptr_array_new_with_free_func (g_free),
    .from_right = any_block (composition, acc_text_has_right_to_left),
    .free_marks = any_block (composition, acc_reading_has_free_mark),
  };

  if (!read_pages (&self, pdf, error))
    return FALSE;
  for (guint i = 0; i < self.words->len; i++)
    acc_reading_append (read, g_ptr_array_index (self.words, i), G_NORMALIZE_NFKD);
  acc_reading_sort (read);
  return check_answers (&self, answers, error) && check_letters (read, answers, error)
         && check_nothing_added (&self, read, error);
}

gboolean
acc_read_back (AccPages *pages, GBytes *pdf, gboolean *same_bytes, GError **error)
{
  g_autoptr (GBytes) today = NULL;

  g_return_val_if_fail (ACC_IS_PAGES (pages), FALSE);
  g_return_val_if_fail (pdf != NULL && same_bytes != NULL, FALSE);

  today = acc_pdf_write (pages, error);
  if (today == NULL)
    return FALSE;
  *same_bytes = g_bytes_equal (today, pdf);
  return *same_bytes || compare (pages, pdf, error);
}
