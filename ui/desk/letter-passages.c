/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/letter-passages.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "kit/pdf-view.h"
#include "paper/quotes.h"
#include "paper/typesetter.h"
#include "review/checks.h"
#include "review/decision.h"

/* ---- on the page ---- */

/* The paragraph from byte @from to byte @to of its answer, as the page has it: with its language's quotes and dashes. */
static AccPdfPassage *
make_part (const AccPassage *passage, const char *text, gsize from, gsize to, const char *language)
{
  g_autofree char *typed = g_strndup (text + from, to - from);
  char *set = acc_quotes_set (typed, language);
  gsize start = MAX (passage->start, from) - from, end = MIN (passage->end, to) - from;

  if (set == NULL)
    return acc_pdf_passage_new (g_steal_pointer (&typed), start, end);
  start = acc_quotes_find_set (typed, set, start);
  end = acc_quotes_find_set (typed, set, end);
  return acc_pdf_passage_new (set, start, end);
}

static void
add_parts (GPtrArray *parts, AccLetter *letter, const AccPassage *passage)
{
  const char *text = acc_letter_get_text (letter, passage->field, passage->index);
  gsize length = strlen (text);

  for (gsize from = 0; from < length;)
    {
      const char *feed = strchr (text + from, '\n');
      gsize to = feed != NULL ? (gsize) (feed - text) : length;

      if (passage->start < to && passage->end > from)
        g_ptr_array_add (parts, make_part (passage, text, from, to, acc_letter_get_fields (letter)->language));
      from = to + 1;
    }
}

GPtrArray *
acc_letter_passages_locate (AccLetter *letter, const AccPassage *passages, guint n, GArray **first)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (acc_pdf_passage_free);

  g_return_val_if_fail (ACC_IS_LETTER (letter) && first != NULL, parts);

  *first = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < n; i++)
    {
      g_array_append_val (*first, parts->len);
      add_parts (parts, letter, &passages[i]);
    }
  return parts;
}

static GArray *
list_spots (GArray *stretches)
{
  GArray *spots = g_array_new (FALSE, FALSE, sizeof (AccPdfSpot));

  for (guint i = 0; i < stretches->len; i++)
    {
      const AccStretch *stretch = &g_array_index (stretches, AccStretch, i);
      const AccArea *area = &stretch->area;
      const AccPdfSpot spot = { stretch->page, { (float) area->x, (float) area->y, (float) (area->x + area->width),
                                                 (float) (area->y + area->height) } };

      g_array_append_val (spots, spot);
    }
  return spots;
}

GPtrArray *
acc_letter_passages_set (GPtrArray *places)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (acc_pdf_passage_free);

  g_return_val_if_fail (places != NULL, parts);

  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (parts, acc_pdf_passage_new_placed (list_spots (g_ptr_array_index (places, i))));
  return parts;
}

/* ---- which they are ---- */

GArray *
acc_letter_passages_of_checks (GPtrArray *checks)
{
  GArray *passages = g_array_new (FALSE, TRUE, sizeof (AccPassage));

  g_return_val_if_fail (checks != NULL, passages);

  for (guint i = 0; i < checks->len; i++)
    {
      const AccCheckResult *check = g_ptr_array_index (checks, i);
      const AccPassage passage = { check->field, check->start, check->end };

      if (check->field != ACC_FIELD_NONE)
        g_array_append_val (passages, passage);
    }
  return passages;
}

GArray *
acc_letter_passages_taken_out (AccDeskLetter *letter)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (AccPassage));
  GPtrArray *decisions;

  g_return_val_if_fail (ACC_IS_DESK_LETTER (letter), all);

  decisions = acc_desk_letter_get_decisions (letter);
  for (guint i = 0; i < decisions->len; i++)
    {
      const AccDecision *decision = g_ptr_array_index (decisions, i);
      g_autoptr (GArray) passages = decision->passages[0] != '\0'
                                      ? acc_passages_from_text (acc_desk_letter_get_letter (letter), decision->passages, NULL)
                                      : NULL;

      for (guint k = 0; passages != NULL && k < passages->len; k++)
        if (!acc_passages_is_name (g_array_index (passages, AccPassage, k).field))
          g_array_append_vals (all, &g_array_index (passages, AccPassage, k), 1);
    }
  return all;
}

/* ---- in words ---- */

static const struct {
  AccField field;
  const char *words;
} answers[] = {
  { ACC_FIELD_STORY_NEED, N_ ("What the client needed: %u") },
  { ACC_FIELD_STORY_ACT, N_ ("What was done: %u") },
  { ACC_FIELD_STORY_DIFFERENCE, N_ ("What it changed: %u") },
  { ACC_FIELD_BANKER_WORDS, N_ ("Words for the banker: %u") },
  { ACC_FIELD_NONE, N_ ("Names: %u") }, /* whosever */
};

static guint
count_of (GArray *passages, AccField field)
{
  guint n = 0;

  for (guint i = 0; i < passages->len; i++)
    {
      AccField of = g_array_index (passages, AccPassage, i).field;

      n += field == ACC_FIELD_NONE ? acc_passages_is_name (of) : of == field;
    }
  return n;
}

char *
acc_letter_passages_describe (GArray *passages)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (passages != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *n = g_strdup_printf ("%u", count_of (passages, answers[i].field));

      if (n[0] == '0')
        continue;
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append (text, _ (answers[i].words));
      g_string_replace (text, "%u", n, 1);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- as an action's target ---- */

GVariant *
acc_letter_passages_to_target (const AccPassage *passage)
{
  g_return_val_if_fail (passage != NULL, NULL);
  return g_variant_new (ACC_LETTER_PASSAGE_TYPE, (guint32) passage->field, (guint32) passage->index,
                        (guint64) passage->start, (guint64) passage->end);
}

AccPassage
acc_letter_passages_from_target (GVariant *target)
{
  guint32 field, index;
  guint64 start, end;

  g_variant_get (target, ACC_LETTER_PASSAGE_TYPE, &field, &index, &start, &end);
  return (AccPassage){ field, start, end, index };
}
