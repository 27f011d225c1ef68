/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-layout.h"

#include <string.h>

#include "paper/quotes.h"

#define SAME_LINE 0.5 /* of the lower box's height that two on a line share */
#define GAP 2.0       /* heights between two boxes that are still one area */

void
acc_pdf_layout_free (AccPdfLayout *layout)
{
  if (layout == NULL)
    return;
  g_free (layout->text);
  g_free (layout->boxes);
  g_free (layout);
}

/* ---- finding ---- */

/* What two letters have in common that differ in case or accent, or two quotes that differ in shape; 0 for what does not count at all. */
static gunichar
fold (gunichar c)
{
  gunichar base;

  if (g_unichar_isspace (c))
    return ' ';
  if (g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
    return 0;
  g_unichar_fully_decompose (c, TRUE, &base, 1);
  return acc_quotes_fold_mark (g_unichar_tolower (base));
}

/* A text as it is compared: one space for many; and for each of its characters, which of the text's it is. */
typedef struct {
  GArray *letters, *places; /* gunichar, guint */
} Folded;

static void
folded_clear (Folded *folded)
{
  g_array_unref (folded->letters);
  g_array_unref (folded->places);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folded, folded_clear)

static gboolean
ends_in_space (const Folded *folded)
{
  return folded->letters->len == 0 || g_array_index (folded->letters, gunichar, folded->letters->len - 1) == ' ';
}

/* With @spaces, one for many; else without any: some scripts break lines where they have none, and poppler sees some that
 * nobody set. */
static void
fold_text (Folded *folded, const char *text, gboolean spaces)
{
  guint place = 0;

  folded->letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  folded->places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), place++)
    {
      gunichar c = fold (g_utf8_get_char (at));

      if (c == 0 || (c == ' ' && (!spaces || ends_in_space (folded))))
        continue;
      g_array_append_val (folded->letters, c);
      g_array_append_val (folded->places, place);
    }
  g_array_append_val (folded->places, place);
}

/* How many letters of @what are compared: not the space at its end. */
static guint
count_letters (const Folded *what)
{
  return what->letters->len - (what->letters->len > 0 && ends_in_space (what) ? 1 : 0);
}

static gboolean
stands_at (const Folded *in, guint at, const Folded *what, guint n)
{
  return n > 0 && at + n <= in->letters->len
         && memcmp (&g_array_index (in->letters, gunichar, at), what->letters->data, n * sizeof (gunichar)) == 0;
}

GArray *
acc_pdf_layout_find (const AccPdfLayout *layout, const char *words)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (AccPdfRange));
  g_auto (Folded) in = { NULL }, what = { NULL };
  guint n;

  g_return_val_if_fail (layout != NULL && words != NULL, found);

  fold_text (&in, layout->text, TRUE);
  fold_text (&what, words, TRUE);
  n = count_letters (&what);
  for (guint i = 0; n > 0 && i + n <= in.letters->len; i++)
    if (stands_at (&in, i, &what, n))
      {
        const AccPdfRange range = { g_array_index (in.places, guint, i), g_array_index (in.places, guint, i + n - 1) + 1 };

        g_array_append_val (found, range);
        i += n - 1;
      }
  return found;
}

/* ---- a part of a paragraph ---- */

/* The first of @what's letters that is character @place of its text, or later. */
static guint
find_letter (const Folded *what, guint place)
{
  guint letter = 0;

  while (letter < what->letters->len && g_array_index (what->places, guint, letter) < place)
    letter++;
  return letter;
}

gboolean
acc_pdf_layout_find_part (const AccPdfLayout *layout, const char *paragraph, AccPdfRange part, AccPdfRange *found)
{
  g_auto (Folded) in = { NULL }, what = { NULL };
  guint from, to;

  g_return_val_if_fail (layout != NULL && paragraph != NULL && part.start <= part.end && found != NULL, FALSE);

  fold_text (&in, layout->text, FALSE);
  fold_text (&what, paragraph, FALSE);
  from = find_letter (&what, part.start);
  to = find_letter (&what, part.end);
  for (guint i = 0; i < in.letters->len; i++)
    if (stands_at (&in, i, &what, what.letters->len))
      {
        found->start = g_array_index (in.places, guint, i + from);
        found->end = to > from ? g_array_index (in.places, guint, i + to - 1) + 1 : found->start;
        return TRUE;
      }
  return FALSE;
}

/* How many of @what's first letters stand together somewhere. */
static guint
find_longest (const Folded *in, const Folded *what)
{
  guint longest = 0;

  for (guint i = 0; i < in->letters->len; i++)
    while (longest < what->letters->len && stands_at (in, i, what, longest + 1))
      longest++;
  return longest;
}

/* The end of the last word of @text that ends at character @place or before; @place itself where there is none, as in a
 * script without spaces. */
static guint
find_word_end (const char *text, guint place)
{
  const char *end = g_utf8_offset_to_pointer (text, place);
  const char *at = end;

  if (*end == '\0' || g_unichar_isspace (g_utf8_get_char (end)))
    return place;
  while (at > text && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (at))))
    at = g_utf8_prev_char (at);
  return at > text ? (guint) g_utf8_pointer_to_offset (text, g_utf8_prev_char (at)) : place;
}

guint
acc_pdf_layout_count_beginning (const AccPdfLayout *layout, const char *paragraph)
{
  g_auto (Folded) in = { NULL }, what = { NULL };
  guint longest;

  g_return_val_if_fail (layout != NULL && paragraph != NULL, 0);

  fold_text (&in, layout->text, FALSE);
  fold_text (&what, paragraph, FALSE);
  longest = find_longest (&in, &what);
  if (longest == 0)
    return 0;
  /* What follows on the page may begin as the next word does. */
  return find_word_end (paragraph, g_array_index (what.places, guint, longest - 1) + 1);
}

/* ---- places ---- */

static double
get_distance (double low, double high, double at)
{
  return at < low ? low - at : at > high ? at - high : 0;
}

guint
acc_pdf_layout_find_nearest (const AccPdfLayout *layout, double x, double y)
{
  guint nearest = 0;
  double least = G_MAXDOUBLE;

  g_return_val_if_fail (layout != NULL, 0);

  for (guint i = 0; i < layout->n; i++)
    {
      const AccPdfPlace *box = &layout->boxes[i];
      /* the line first: whoever points between two columns of a line means that line */
      double distance = 100 * get_distance (box->top, box->bottom, y) + get_distance (box->left, box->right, x);

      if (distance >= least)
        continue;
      least = distance;
      nearest = x > (box->left + box->right) / 2 ? i + 1 : i;
    }
  return nearest;
}

static gboolean
is_next_to (const AccPdfPlace *one, const AccPdfPlace *other)
{
  double height = MIN (one->bottom - one->top, other->bottom - other->top);
  double shared = MIN (one->bottom, other->bottom) - MAX (one->top, other->top);

  return shared >= SAME_LINE * height && other->left <= one->right + GAP * height
         && other->right >= one->left - GAP * height;
}

GArray *
acc_pdf_layout_list_areas (const AccPdfLayout *layout, AccPdfRange range)
{
  GArray *areas = g_array_new (FALSE, FALSE, sizeof (AccPdfPlace));

  g_return_val_if_fail (layout != NULL, areas);

  for (guint i = range.start; i < range.end && i < layout->n; i++)
    {
      const AccPdfPlace *box = &layout->boxes[i];
      AccPdfPlace *last = areas->len > 0 ? &g_array_index (areas, AccPdfPlace, areas->len - 1) : NULL;

      if (box->right <= box->left || box->bottom <= box->top)
        continue;
      if (last == NULL || !is_next_to (last, box))
        g_array_append_vals (areas, box, 1);
      else
        *last = (AccPdfPlace){ MIN (last->left, box->left), MIN (last->top, box->top), MAX (last->right, box->right),
                             MAX (last->bottom, box->bottom) };
    }
  return areas;
}

char *
acc_pdf_layout_dup_text (const AccPdfLayout *layout, AccPdfRange range)
{
  glong length;

  g_return_val_if_fail (layout != NULL, NULL);

  length = g_utf8_strlen (layout->text, -1);
  return g_utf8_substring (layout->text, MIN ((glong) range.start, length), MIN ((glong) range.end, length));
}
