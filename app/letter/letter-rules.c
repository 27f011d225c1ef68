/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/error.h"
#include "letter/guard.h"
#include "letter/letter-private.h"

#define LANGUAGE_MAX 35 /* RFC 5646, section 4.4.1 */

static gboolean refuse (GError **error, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, const char *path, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s %s", path, what);
  return FALSE;
}

static guint
count_lines (const char *text)
{
  guint n = 1;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* A letter's words are never changed, so what would be dropped as one types is refused here, by its name. */
static gboolean
check_hidden (const char *text, AccTextKind kind, const char *path, GError **error)
{
  g_autoptr (GArray) dropped = acc_text_list_dropped (text, -1, kind);
  g_autofree char *names = NULL;

  if (dropped->len == 0)
    return TRUE;
  names = acc_text_name_characters ((const gunichar *) (void *) dropped->data, dropped->len);
  return refuse (error, path, "has characters that are hidden, change the direction or mean nothing: %s. Take them out",
                 names);
}

static gboolean
refuse_length (const char *text, AccTextKind kind, const char *path, GError **error)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  glong most = kind == ACC_TEXT_LINE ? ACC_NAME_MAX : ACC_STORY_MAX;

  if (g_utf8_strlen (composed, -1) > most)
    return refuse (error, path, "is longer than %ld characters: shorten it", most);
  if (kind == ACC_TEXT_STORY && count_lines (text) > ACC_STORY_LINES)
    return refuse (error, path, "has more than %d lines: shorten it", ACC_STORY_LINES);
  return refuse (error, path, "has more than %d marks on one letter: take some out",
                 kind == ACC_TEXT_LINE ? ACC_NAME_MARKS : ACC_STORY_MARKS);
}

static gboolean
check_numbers (const char *text, const char *path, GError **error)
{
  AccGuardFind find;

  if (!acc_guard_find_certain (text, &find))
    return TRUE;
  return refuse (error, path, "has %s in it: take it out", acc_guard_describe (find.kind));
}

/* Puts the text into *@slot as it is kept, or says why it cannot be. */
static gboolean
take_text (char **slot, AccTextKind kind, const char *path, GError **error)
{
  g_autofree char *typed = g_steal_pointer (slot);
  g_autofree char *trimmed = NULL, *cleaned = NULL;
  AccTextChange change;

  *slot = g_strdup ("");
  if (!g_utf8_validate (typed, -1, NULL))
    return refuse (error, path, "is not valid UTF-8");
  trimmed = acc_text_trim (typed);
  if (!check_hidden (trimmed, kind, path, error))
    return FALSE;
  if (acc_text_is_blank (trimmed))
    return TRUE;
  cleaned = acc_text_clean (trimmed, -1, kind, &change);
  if ((change & ACC_TEXT_CUT) != 0)
    return refuse_length (trimmed, kind, path, error);
  if (!check_numbers (cleaned, path, error))
    return FALSE;
  g_free (*slot);
  *slot = g_steal_pointer (&cleaned);
  return TRUE;
}

static gboolean
take_texts (AccLetterFields *fields, GError **error)
{
  guint n;
  const AccTextField *texts = acc_letter_text_fields (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < acc_letter_text_count (&texts[i], fields); j++)
      {
        char **slot = acc_letter_text_slot (fields, texts[i].field, j);
        g_autofree char *path = acc_field_path (texts[i].field, j);

        if (!take_text (slot, texts[i].kind, path, error))
          return FALSE;
        if (texts[i].required && **slot == '\0')
          return refuse (error, path, "is empty");
      }
  return TRUE;
}

static gboolean
check_people (AccLetterFields *fields, GError **error)
{
  if (fields->n_to < 1 || fields->n_to > ACC_PEOPLE_MAX)
    return refuse (error, "to", "must have one to %d people", ACC_PEOPLE_MAX);
  if (fields->n_from < 1 || fields->n_from > ACC_PEOPLE_MAX)
    return refuse (error, "from", "must have one to %d people", ACC_PEOPLE_MAX);
  return TRUE;
}

/* Nothing is guessed: whoever is not to be called otherwise is called by the name as written. */
static gboolean
check_called (AccLetterFields *fields, GError **error)
{
  for (guint i = 0; i < fields->n_to; i++)
    if (fields->to[i].called[0] == '\0')
      {
        g_free (fields->to[i].called);
        fields->to[i].called = g_strdup (fields->to[i].name);
      }
  return TRUE;
}

static gboolean
check_story (AccLetterFields *fields, GError **error)
{
  const char *const parts[] = { fields->need, fields->act, fields->difference };
  glong characters = 0;
  guint lines = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      characters += g_utf8_strlen (parts[i], -1);
      lines += parts[i][0] != '\0' ? count_lines (parts[i]) : 0;
    }
  if (lines == 0)
    return refuse (error, "story", "is empty: write a few words in need, act or difference");
  if (characters > ACC_STORY_MAX)
    return refuse (error, "story", "is longer than %d characters in all: shorten it", ACC_STORY_MAX);
  if (lines > ACC_STORY_LINES)
    return refuse (error, "story", "has more than %d lines in all: shorten it", ACC_STORY_LINES);
  return TRUE;
}

static gboolean
leave_banker_out (AccLetterFields *fields, GError **error)
{
  if (!fields->thanks_banker)
    {
      g_free (fields->banker_name);
      g_free (fields->banker_words);
      fields->banker_name = g_strdup ("");
      fields->banker_words = g_strdup ("");
    }
  return TRUE;
}

static gboolean
check_banker (AccLetterFields *fields, GError **error)
{
  if (fields->thanks_banker && fields->banker_name[0] == '\0')
    return refuse (error, "banker.name", "is empty: name the banker, or leave “banker” out");
  return TRUE;
}

static gboolean
check_signature (AccAuthor *author, const char *path, GError **error)
{
  gboolean typed;
  g_autofree char *text = NULL;

  if (author->signature == NULL)
    return refuse (error, path, "is missing: sign the letter, or type the name");
  if (acc_signature_get_kind (author->signature) == ACC_SIGNATURE_STROKES)
    return TRUE;

  typed = acc_signature_get_kind (author->signature) == ACC_SIGNATURE_TYPED;
  text = g_strdup (acc_signature_get_text (author->signature));
  if (!take_text (&text, ACC_TEXT_LINE, path, error))
    return FALSE;
  if (text[0] == '\0')
    return refuse (error, path, "is empty: %s", typed ? "type the name" : "name the banker who was there");
  acc_signature_unref (author->signature);
  author->signature = typed ? acc_signature_new_typed (text) : acc_signature_new_witnessed (text);
  return TRUE;
}

static gboolean
check_signatures (AccLetterFields *fields, GError **error)
{
  for (guint i = 0; i < fields->n_from; i++)
    {
      g_autofree char *path = acc_field_path (ACC_FIELD_FROM_SIGNATURE, i);

      if (!check_signature (&fields->from[i], path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_consent (AccLetterFields *fields, GError **error)
{
  if (fields->consent_version < 1 || fields->consent_version > ACC_CONSENT_VERSION)
    return refuse (error, "consent.version", "must be a version that this program knows: 1 to %d", ACC_CONSENT_VERSION);
  return TRUE;
}

static gboolean
check_dates (AccLetterFields *fields, GError **error)
{
  if (!acc_clock_is_date (fields->date))
    return refuse (error, "date", "must be a day of the calendar, written YYYY-MM-DD");
  if (fields->served_on[0] == '\0')
    {
      g_free (fields->served_on);
      fields->served_on = g_strdup (fields->date);
    }
  if (!acc_clock_is_date (fields->served_on))
    return refuse (error, "served_on", "must be a day of the calendar, written YYYY-MM-DD");
  /* Written this way, days sort as texts do. */
  if (g_strcmp0 (fields->served_on, fields->date) > 0)
    return refuse (error, "served_on", "must not be after the letter's date");
  return TRUE;
}

/* The shape of a BCP 47 tag; whether the language exists is the wording's matter. */
static gboolean
check_language (AccLetterFields *fields, GError **error)
{
  if (strlen (fields->language) > LANGUAGE_MAX
      || !g_regex_match_simple ("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\\z", fields->language, 0, 0))
    return refuse (error, "language", "must be a language tag such as en or es-MX");
  return TRUE;
}

/* In this order, so that the first thing that is wrong on the page is the one that is told. */
static gboolean (*const rules[]) (AccLetterFields *fields, GError **error) = {
  check_people,     /* one to four on each side */
  leave_banker_out, /* what was written before the client thought better of it */
  take_texts,       /* nothing hidden, too long, required and empty, or a number that must not be there */
  check_called,     /* the default is the name */
  check_story,      /* some words, and no more than fit */
  check_banker,     /* thanked by name */
  check_signatures, /* every author has signed */
  check_consent,    /* the text that was agreed to is known */
  check_dates,      /* real days in order */
  check_language,   /* it becomes a file's name */
};

gboolean
acc_letter_rules_apply (AccLetterFields *fields, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!rules[i](fields, error))
      return FALSE;
  return TRUE;
}
