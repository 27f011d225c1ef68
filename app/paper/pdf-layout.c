/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-layout.h"

#include <string.h>

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

/* What two letters have in common that differ in case or accent; 0 for what does not count at all. */
static gunichar
fold (gunichar c)
{
  gunichar base;

  if (g_unichar_isspace (c))
    return ' ';
  if (g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
    return 0;
  g_unichar_fully_decompose (c, TRUE, &base, 1);
  return g_unichar_tolower (base);
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

static void
fold_text (Folded *folded, const char *text)
{
  guint place = 0;

  folded->letters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  folded->places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), place++)
    {
      gunichar c = fold (g_utf8_get_char (at));

      if (c == 0 || (c == ' ' && ends_in_space (folded)))
        continue;
      g_array_append_val (folded->letters, c);
      g_array_append_val (folded->places, place);
    }
  g_array_append_val (folded->places, place);
}

GArray *
acc_pdf_layout_find (const AccPdfLayout *layout, const char *words)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (AccPdfRange));
  g_auto (Folded) in = { NULL }, what = { NULL };
  guint n;

  g_return_val_if_fail (layout != NULL && words != NULL, found);

  fold_text (&in, layout->text);
  fold_text (&what, words);
  n = what.letters->len;
  if (n > 0 && ends_in_space (&what))
    n--;
  for (guint i = 0; n > 0 && i + n <= in.letters->len; i++)
    if (memcmp (&g_array_index (in.letters, gunichar, i), what.letters->data, n * sizeof (gunichar)) == 0)
      {
        const AccPdfRange range = { g_array_index (in.places, guint, i), g_array_index (in.places, guint, i + n - 1) + 1 };

        g_array_append_val (found, range);
        i += n - 1;
      }
  return found;
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
