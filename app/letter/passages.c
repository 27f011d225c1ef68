/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/passages.h"

#include "base/error.h"
#include "base/text.h"
#include "letter/letter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a client wrote on the page, in the letter's order. Whom it is for stays: nobody could get it else. */
static const struct {
  AccField field;
  gboolean is_name; /* taken out as a whole: half a name tells the other half */
} answers[] = {
  /* clang-format off */
  { ACC_FIELD_TO_CALLED, TRUE },
  { ACC_FIELD_STORY_NEED, FALSE },
  { ACC_FIELD_STORY_ACT, FALSE },
  { ACC_FIELD_STORY_DIFFERENCE, FALSE },
  { ACC_FIELD_BANKER_NAME, TRUE },
  { ACC_FIELD_BANKER_WORDS, FALSE },
  { ACC_FIELD_FROM_NAME, TRUE },
  /* clang-format on */
};

static guint
count_people (AccLetter *letter, AccField field)
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);

  return field == ACC_FIELD_TO_CALLED ? fields->n_to : field == ACC_FIELD_FROM_NAME ? fields->n_from : 1;
}

gboolean
acc_passages_is_name (AccField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (answers[i].field == field)
      return answers[i].is_name;
  return FALSE;
}

const char *
acc_passages_find_objection (AccLetter *letter, AccField field, guint index)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter) && index < ACC_PEOPLE_MAX, NULL);

  if (field == ACC_FIELD_TO_NAME
      || (field == ACC_FIELD_TO_CALLED && index < count_people (letter, field)
          && g_str_equal (acc_letter_get_text (letter, ACC_FIELD_TO_NAME, index),
                          acc_letter_get_called (letter, index))))
    return _ ("The name of whom the letter is for cannot be taken out: who gets it must be known.");
  return NULL;
}

static gboolean
is_of (const AccPassage *passage, AccLetter *letter)
{
  const char *text;
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    known = known || (answers[i].field == passage->field && passage->index < count_people (letter, passage->field));
  if (!known)
    return FALSE;
  text = acc_letter_get_text (letter, passage->field, passage->index);
  return passage->start < passage->end && passage->end <= strlen (text) && (text[passage->start] & 0xc0) != 0x80
         && (text[passage->end] & 0xc0) != 0x80;
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
  const char *text = acc_letter_get_text (letter, passage->field, passage->index);

  if (acc_passages_is_name (passage->field))
    {
      passage->start = 0;
      passage->end = strlen (text);
    }
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
  if (one->index != other->index)
    return one->index < other->index ? -1 : 1;
  return one->start < other->start ? -1 : one->start > other->start;
}

static gboolean
check_may (const AccPassage *passage, AccLetter *letter, GError **error)
{
  const char *objection
    = passage->index < ACC_PEOPLE_MAX ? acc_passages_find_objection (letter, passage->field, passage->index) : NULL;

  if (objection != NULL)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, objection);
  return objection == NULL;
}

GArray *
acc_passages_new (AccLetter *letter, const AccPassage *passages, guint n, GError **error)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (AccPassage));
  g_autoptr (GArray) merged = g_array_new (FALSE, FALSE, sizeof (AccPassage));

  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (passages != NULL || n == 0, NULL);

  for (guint i = 0; i < n; i++)
    if (!check_may (&passages[i], letter, error))
      return NULL;
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

      if (last != NULL && last->field == next->field && last->index == next->index && next->start <= last->end)
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
      g_autofree char *path = acc_field_path (passage->field, passage->index);

      g_string_append_printf (text, "%s%s:%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT, i == 0 ? "" : " ", path, passage->start,
                              passage->end);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Which answer of which person the first @length bytes of @path are. */
static void
read_path (const char *path, gsize length, AccPassage *passage)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers) * ACC_PEOPLE_MAX; i++)
    {
      AccField field = answers[i / ACC_PEOPLE_MAX].field;
      g_autofree char *known = acc_field_path (field, i % ACC_PEOPLE_MAX);

      if (passage->field != ACC_FIELD_NONE || strlen (known) != length || !g_str_has_prefix (path, known))
        continue;
      passage->field = field;
      passage->index = i % ACC_PEOPLE_MAX;
    }
}

static gboolean
read_passage (const char *text, AccPassage *passage)
{
  const char *colon = strchr (text, ':');
  char *dash = NULL, *end = NULL;

  *passage = (AccPassage){ ACC_FIELD_NONE };
  if (colon != NULL)
    read_path (text, colon - text, passage);
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
acc_passages_dup_words (GArray *passages, AccLetter *letter, gboolean names)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_return_val_if_fail (passages != NULL && ACC_IS_LETTER (letter), NULL);

  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);
      g_autofree char *text = g_strndup (acc_letter_get_text (letter, passage->field, passage->index) + passage->start,
                                         passage->end - passage->start);

      if (acc_passages_is_name (passage->field) == names)
        g_strv_builder_add (words, text);
    }
  return g_strv_builder_end (words);
}

/* Those of one answer: from the end, so that what stands before keeps its place; @marks then gets the places from the
 * start. */
static void
take_out_of (GArray *passages, const AccPassage *answer, char **slot, GArray *marks)
{
  g_autoptr (GString) text = g_string_new (*slot);
  gssize moved = 0;

  for (guint i = passages->len; i-- > 0;)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);

      if (passage->field != answer->field || passage->index != answer->index)
        continue;
      g_string_erase (text, passage->start, passage->end - passage->start);
      g_string_insert (text, passage->start, ACC_PASSAGE_MARK);
    }
  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);
      AccPassage mark = *passage;

      if (passage->field != answer->field || passage->index != answer->index)
        continue;
      mark.start = passage->start + moved;
      mark.end = mark.start + strlen (ACC_PASSAGE_MARK);
      g_array_append_val (marks, mark);
      moved += (gssize) strlen (ACC_PASSAGE_MARK) - (gssize) (passage->end - passage->start);
    }
  g_free (*slot);
  *slot = g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_taken (GArray *passages, AccField field, guint index)
{
  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);

      if (passage->field == field && passage->index == index)
        return TRUE;
    }
  return FALSE;
}

/* How somebody signed goes with the name: a drawn one tells of it, and that it was drawn is one guess less. That a banker
 * was there tells nothing. */
static void
take_out_signatures (GArray *passages, AccLetter *letter, AccLetterFields *left)
{
  g_autofree char *banker = is_taken (passages, ACC_FIELD_BANKER_NAME, 0)
                              ? acc_text_fold (acc_letter_get_text (letter, ACC_FIELD_BANKER_NAME, 0))
                              : NULL;

  for (guint i = 0; i < left->n_from; i++)
    {
      AccSignature *signature = left->from[i].signature, *other = NULL;
      gboolean witnessed = acc_signature_get_kind (signature) == ACC_SIGNATURE_WITNESSED;
      g_autofree char *witness = witnessed ? acc_text_fold (acc_signature_get_text (signature)) : NULL;

      if (witnessed && g_strcmp0 (witness, banker) == 0)
        other = acc_signature_new_witnessed (ACC_PASSAGE_MARK);
      else if (!witnessed && is_taken (passages, ACC_FIELD_FROM_NAME, i))
        other = acc_signature_new_typed (ACC_PASSAGE_MARK);
      if (other == NULL)
        continue;
      acc_signature_unref (signature);
      left->from[i].signature = other;
    }
}

/* Were the rest tidied up in any way, the marks would stand elsewhere. */
static gboolean
check_same (AccLetter *letter, AccLetterFields *left, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    for (guint k = 0; k < count_people (letter, answers[i].field); k++)
      if (!g_str_equal (acc_letter_get_text (letter, answers[i].field, k),
                        *acc_letter_text_slot (left, answers[i].field, k)))
        {
          g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT,
                               _ ("The letter cannot be set without these words. Choose whole words."));
          return FALSE;
        }
  return TRUE;
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
    for (guint k = 0; k < count_people (letter, answers[i].field); k++)
      take_out_of (passages, &(AccPassage){ .field = answers[i].field, .index = k },
                   acc_letter_text_slot (&left, answers[i].field, k), places);
  take_out_signatures (passages, letter, &left);
  other = acc_letter_new (&left, error);
  if (other == NULL || !check_same (other, &left, error))
    return NULL;
  *marks = g_steal_pointer (&places);
  return g_steal_pointer (&other);
}
