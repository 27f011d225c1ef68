/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/passages.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What is a client's own telling, in the letter's order. Whom it thanks and who signs it is no passage: without them it
 * would be no letter, but one to be declined. */
static const struct {
  AccField field;
  gsize place; /* in AccLetterFields */
} answers[] = {
  { ACC_FIELD_STORY_NEED, G_STRUCT_OFFSET (AccLetterFields, need) },
  { ACC_FIELD_STORY_ACT, G_STRUCT_OFFSET (AccLetterFields, act) },
  { ACC_FIELD_STORY_DIFFERENCE, G_STRUCT_OFFSET (AccLetterFields, difference) },
  { ACC_FIELD_BANKER_WORDS, G_STRUCT_OFFSET (AccLetterFields, banker_words) },
};

static char **
get_slot (AccLetterFields *fields, guint answer)
{
  return G_STRUCT_MEMBER_P (fields, answers[answer].place);
}

static gboolean
is_of (const AccPassage *passage, AccLetter *letter)
{
  const char *text = acc_letter_get_text (letter, passage->field, 0);
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    known = known || answers[i].field == passage->field;
  return known && passage->start < passage->end && passage->end <= strlen (text)
         && (text[passage->start] & 0xc0) != 0x80 && (text[passage->end] & 0xc0) != 0x80;
}

/* What follows belongs to the letter before it. */
static gboolean
goes_on (const char *text, gsize byte)
{
  gunichar c = text[byte] != '\0' ? g_utf8_get_char (text + byte) : 0;

  return c != 0 && (g_unichar_ismark (c) || g_unichar_iszerowidth (c));
}

/* A mark left alone would tell of the letter that bore it. */
static void
widen (AccPassage *passage, AccLetter *letter)
{
  const char *text = acc_letter_get_text (letter, passage->field, 0);

  while (passage->start > 0 && goes_on (text, passage->start))
    passage->start = g_utf8_prev_char (text + passage->start) - text;
  while (goes_on (text, passage->end))
    passage->end = g_utf8_next_char (text + passage->end) - text;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const AccPassage *one = a, *other = b;

  if (one->field != other->field)
    return one->field < other->field ? -1 : 1;
  return one->start < other->start ? -1 : one->start > other->start;
}

GArray *
acc_passages_new (AccLetter *letter, const AccPassage *passages, guint n, GError **error)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (AccPassage));
  g_autoptr (GArray) merged = g_array_new (FALSE, FALSE, sizeof (AccPassage));

  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (passages != NULL || n == 0, NULL);

  for (guint i = 0; i < n && i < ACC_PASSAGES_MAX && is_of (&passages[i], letter); i++)
    {
      g_array_append_val (sorted, passages[i]);
      widen (&g_array_index (sorted, AccPassage, i), letter);
    }
  if (n == 0 || sorted->len < n)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   _ ("Choose the words to take out in the client's story: up to %d passages."), ACC_PASSAGES_MAX);
      return NULL;
    }
  g_array_sort (sorted, compare);
  for (guint i = 0; i < n; i++)
    {
      const AccPassage *next = &g_array_index (sorted, AccPassage, i);
      AccPassage *last = merged->len > 0 ? &g_array_index (merged, AccPassage, merged->len - 1) : NULL;

      if (last != NULL && last->field == next->field && next->start <= last->end)
        last->end = MAX (last->end, next->end);
      else
        g_array_append_vals (merged, next, 1);
    }
  return g_steal_pointer (&merged);
}

char *
acc_passages_to_text (GArray *passages)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (passages != NULL, NULL);

  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);
      g_autofree char *path = acc_field_path (passage->field, 0);

      g_string_append_printf (text, "%s%s:%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT, i == 0 ? "" : " ", path, passage->start,
                              passage->end);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
read_passage (const char *text, AccPassage *passage)
{
  const char *colon = strchr (text, ':');
  char *dash = NULL, *end = NULL;

  passage->field = ACC_FIELD_NONE;
  for (guint i = 0; colon != NULL && i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *path = acc_field_path (answers[i].field, 0);

      if (strlen (path) == (gsize) (colon - text) && g_str_has_prefix (text, path))
        passage->field = answers[i].field;
    }
  if (passage->field == ACC_FIELD_NONE || !g_ascii_isdigit (colon[1]))
    return FALSE;
  passage->start = g_ascii_strtoull (colon + 1, &dash, 10);
  if (*dash != '-' || !g_ascii_isdigit (dash[1]))
    return FALSE;
  passage->end = g_ascii_strtoull (dash + 1, &end, 10);
  return *end == '\0';
}

GArray *
acc_passages_from_text (AccLetter *letter, const char *text, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GArray) read = g_array_new (FALSE, FALSE, sizeof (AccPassage));
  GArray *passages = NULL;
  gboolean whole = TRUE;

  g_return_val_if_fail (ACC_IS_LETTER (letter) && text != NULL, NULL);

  words = g_strsplit (text, " ", ACC_PASSAGES_MAX + 1);
  for (guint i = 0; whole && words[i] != NULL; i++)
    {
      AccPassage passage;

      whole = read_passage (words[i], &passage);
      if (whole)
        g_array_append_val (read, passage);
    }
  if (whole)
    passages = acc_passages_new (letter, (const AccPassage *) (gconstpointer) read->data, read->len, NULL);
  if (passages == NULL)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED,
                         _ ("which words were taken out of the letter cannot be read"));
  return passages;
}

GStrv
acc_passages_dup_words (GArray *passages, AccLetter *letter)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_return_val_if_fail (passages != NULL && ACC_IS_LETTER (letter), NULL);

  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);
      g_autofree char *text = g_strndup (acc_letter_get_text (letter, passage->field, 0) + passage->start,
                                         passage->end - passage->start);

      g_strv_builder_add (words, text);
    }
  return g_strv_builder_end (words);
}

/* From the end, so that what stands before keeps its place; *@marks then gets the places from the start. */
static void
take_out_of (GArray *passages, AccField field, char **slot, GArray *marks)
{
  g_autoptr (GString) text = g_string_new (*slot);
  gssize moved = 0;

  for (guint i = passages->len; i-- > 0;)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);

      if (passage->field != field)
        continue;
      g_string_erase (text, passage->start, passage->end - passage->start);
      g_string_insert (text, passage->start, ACC_PASSAGE_MARK);
    }
  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);
      const AccPassage mark = { field, passage->start + moved, passage->start + moved + strlen (ACC_PASSAGE_MARK) };

      if (passage->field != field)
        continue;
      g_array_append_val (marks, mark);
      moved += (gssize) strlen (ACC_PASSAGE_MARK) - (gssize) (passage->end - passage->start);
    }
  g_free (*slot);
  *slot = g_string_free (g_steal_pointer (&text), FALSE);
}

AccLetter *
acc_passages_take_out (GArray *passages, AccLetter *letter, GArray **marks, GError **error)
{
  g_auto (AccLetterFields) left = { 0 };
  g_autoptr (AccLetter) other = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (AccPassage));

  g_return_val_if_fail (passages != NULL && ACC_IS_LETTER (letter) && marks != NULL, NULL);

  acc_letter_fields_copy (&left, acc_letter_get_fields (letter));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    take_out_of (passages, answers[i].field, get_slot (&left, i), places);
  other = acc_letter_new (&left, error);
  if (other == NULL)
    return NULL;
  /* Were the rest tidied up in any way, the marks would stand elsewhere. */
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (!g_str_equal (acc_letter_get_text (other, answers[i].field, 0), *get_slot (&left, i)))
      {
        g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT,
                             _ ("The letter cannot be set without these words. Choose whole words."));
        return NULL;
      }
  *marks = g_steal_pointer (&places);
  return g_steal_pointer (&other);
}
