/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/reading-private.h"

#include "paper/scripts-private.h"

#define RTL_LOST_ONE_IN 100
#define LAM 0x0644
#define ALEF 0x0627

static gboolean
is_compared (gunichar c)
{
  return !g_unichar_isspace (c) && !g_unichar_iscntrl (c) && !g_unichar_ismark (c) &&
         g_unichar_type (c) != G_UNICODE_FORMAT;
}

void
acc_reading_append (GArray *reading, const char *text, GNormalizeMode mode)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, mode);

  for (const char *at = normal; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_compared (c))
        g_array_append_val (reading, c);
    }
}

GArray *
acc_reading_new (const char *text, GNormalizeMode mode)
{
  GArray *reading = g_array_new (FALSE, FALSE, sizeof (gunichar));

  acc_reading_append (reading, text, mode);
  return reading;
}

gboolean
acc_reading_find (const GArray *in, guint from, const GArray *what, guint *end)
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

gboolean
acc_reading_has_words (const GArray *in, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GArray) word = acc_reading_new (words[i], G_NORMALIZE_NFKC);
      guint end;

      if (!acc_reading_find (in, 0, word, &end))
        return FALSE;
    }
  return TRUE;
}

static int
compare_characters (gconstpointer a, gconstpointer b)
{
  gunichar one = *(const gunichar *) a, other = *(const gunichar *) b;

  return one < other ? -1 : one > other;
}

/* Brackets turn round where text runs from right to left. */
void
acc_reading_sort (GArray *reading)
{
  for (guint i = 0; i < reading->len; i++)
    {
      gunichar *c = &g_array_index (reading, gunichar, i), mirror;

      if (g_unichar_get_mirror_char (*c, &mirror))
        *c = MIN (*c, mirror);
    }
  g_array_sort (reading, compare_characters);
}

GArray *
acc_reading_subtract (const GArray *one, const GArray *other)
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
count_from_right (const GArray *reading)
{
  guint n = 0;

  for (guint i = 0; i < reading->len; i++)
    {
      char text[7] = { 0 };

      g_unichar_to_utf8 (g_array_index (reading, gunichar, i), text);
      n += acc_text_has_right_to_left (text);
    }
  return n;
}

guint
acc_reading_count_lam_alef (const GArray *reading)
{
  guint n = 0;

  for (guint i = 1; i < reading->len; i++)
    n += g_array_index (reading, gunichar, i - 1) == LAM && g_array_index (reading, gunichar, i) == ALEF;
  return n;
}

static guint
count_alefs (const GArray *reading)
{
  guint n = 0;

  for (guint i = 0; i < reading->len; i++)
    n += g_array_index (reading, gunichar, i) == ALEF;
  return n;
}

/* poppler's selection of a page reads the glyph of lam and alef as lam alone, though the PDF says both. And it takes a
 * pointed letter close to its like for the same one drawn twice, and drops it: about one in 20,000. A missing font
 * would lose them all, a missing glyph is the ledger's to find. */
gboolean
acc_reading_is_lost_by_poppler (const GArray *missing, const GArray *set, guint n_lam_alef)
{
  guint unexplained = missing->len - MIN (count_alefs (missing), n_lam_alef);

  return count_from_right (missing) == missing->len && unexplained * RTL_LOST_ONE_IN <= count_from_right (set);
}

/* As it is drawn: NFKC would lend a mark to a part of what bears it, such as the j in U+0133. */
gboolean
acc_reading_has_free_mark (const char *text)
{
  g_autofree char *drawn = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  for (const char *at = drawn; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_ismark (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* How many that makes: a ligature is several letters, a sign that is not compared none. */
static guint
append_character (GArray *reading, gunichar c)
{
  char text[7] = { 0 };
  guint before = reading->len;

  g_unichar_to_utf8 (c, text);
  acc_reading_append (reading, text, G_NORMALIZE_NFKD);
  return reading->len - before;
}

guint
acc_reading_append_beside_marks (GArray *beside, const char *text)
{
  g_autofree char *drawn = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  gunichar before = 0;
  gboolean marked = FALSE;
  guint n = 0, n_marked = 0, n_behind;

  for (const char *at = drawn; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean mark = g_unichar_ismark (c);

      if (mark && !marked)
        {
          n_marked = append_character (beside, before);
          n += n_marked;
        }
      else if (!mark && marked)
        {
          n_behind = append_character (beside, c);
          n += MAX (n_behind, n_marked) - n_marked;
        }
      marked = mark;
      if (!mark)
        before = c;
    }
  return n;
}

GArray *
acc_reading_subtract_beside_marks (const GArray *missing, const GArray *beside, guint n_lost)
{
  g_autoptr (GArray) elsewhere = acc_reading_subtract (missing, beside);

  return missing->len - elsewhere->len <= n_lost ? g_steal_pointer (&elsewhere) : g_array_copy ((GArray *) missing);
}
