/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/hold.h"

#include <glib/gi18n-lib.h>

#include "base/language.h"
#include "review/checks-private.h"

const AccField acc_hold_fields[] = { ACC_FIELD_STORY_NEED, ACC_FIELD_STORY_ACT, ACC_FIELD_STORY_DIFFERENCE,
                                     ACC_FIELD_BANKER_WORDS };
const guint acc_hold_n_fields = G_N_ELEMENTS (acc_hold_fields);

static gboolean
find_words (AccLetter *letter, const char *group, AccField *field, AccPhraseHit *hit)
{
  g_autoptr (AccPhrases) phrases = acc_phrases_load (acc_letter_get_fields (letter)->language, group, NULL);

  for (guint i = 0; i < acc_hold_n_fields; i++)
    {
      g_autoptr (GArray) found = acc_phrases_find (phrases, acc_letter_get_text (letter, acc_hold_fields[i], 0));

      if (found->len == 0)
        continue;
      *field = acc_hold_fields[i];
      *hit = g_array_index (found, AccPhraseHit, 0);
      return TRUE;
    }
  return FALSE;
}

gboolean
acc_hold_find_threat (AccLetter *letter, AccField *field, AccPhraseHit *hit)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter) && field != NULL && hit != NULL, FALSE);
  return find_words (letter, "threat", field, hit);
}

gboolean
acc_hold_find_violence (AccLetter *letter, AccField *field, AccPhraseHit *hit)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter) && field != NULL && hit != NULL, FALSE);
  return find_words (letter, "violence", field, hit);
}

gboolean
acc_hold_find_insult (AccLetter *letter, AccField *field, AccPhraseHit *hit)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter) && field != NULL && hit != NULL, FALSE);
  return find_words (letter, "insult", field, hit);
}

/* The same words by which the kiosk offered to keep the sentence apart: the client has left it in the letter. */
gboolean
acc_hold_find_complaint (AccLetter *letter, AccField *field, AccPhraseHit *hit)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter) && field != NULL && hit != NULL, FALSE);
  return find_words (letter, "complaint", field, hit);
}

gboolean
acc_hold_is_read (AccLetter *letter, const char *languages_read)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter), FALSE);
  return languages_read == NULL || acc_language_is_among (acc_letter_get_fields (letter)->language, languages_read);
}

char *
acc_hold_name_language (AccLetter *letter)
{
  const char *tag;
  g_autoptr (AccLanguage) language = NULL;

  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);

  tag = acc_letter_get_fields (letter)->language;
  language = acc_language_find (tag);
  if (g_str_equal (tag, ACC_LANGUAGE_UNKNOWN))
    return NULL;
  return g_strdup (language != NULL ? language->name : tag);
}

static char *
describe_language (AccLetter *letter)
{
  g_autofree char *name = acc_hold_name_language (letter);

  if (name == NULL)
    return g_strdup (_ ("Held as it came in, since the kiosk does not know the letter’s language."));
  return g_strdup_printf (_ ("Held as it came in, since nobody here reads the letter’s language: %s."), name);
}

/* What holds it, the gravest first: one of them is told. */
static const struct {
  gboolean (*find) (AccLetter *letter, AccField *field, AccPhraseHit *hit);
  const char *reason; /* "%s": the sentence */
} words_that_hold[] = {
  { acc_hold_find_violence, N_ ("Held as it came in, since it may threaten violence: “%s”") },
  { acc_hold_find_threat, N_ ("Held as it came in, since it may threaten legal steps: “%s”") },
  { acc_hold_find_insult, N_ ("Held as it came in, since it may insult somebody: “%s”") },
  { acc_hold_find_complaint, N_ ("Held as it came in, since it may hold a complaint: “%s”") },
};

static void
add_words (AccLetter *letter, GString *reason)
{
  AccPhraseHit hit;
  AccField field;

  for (guint i = 0; i < G_N_ELEMENTS (words_that_hold); i++)
    {
      g_autofree char *quote = NULL;

      if (!words_that_hold[i].find (letter, &field, &hit))
        continue;
      quote = acc_check_quote (acc_letter_get_text (letter, field, 0), &hit, ACC_QUOTE_SENTENCE);
      g_string_append (reason, _ (words_that_hold[i].reason));
      g_string_replace (reason, "%s", quote, 1);
      return;
    }
}

char *
acc_hold_find_reason (AccLetter *letter, const char *languages_read)
{
  g_autoptr (GString) reason = g_string_new (NULL);

  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);

  add_words (letter, reason);
  if (!acc_hold_is_read (letter, languages_read))
    {
      g_autofree char *language = describe_language (letter);

      g_string_append_printf (reason, "%s%s", reason->len > 0 ? " " : "", language);
    }
  return reason->len > 0 ? g_strdup (reason->str) : NULL;
}
