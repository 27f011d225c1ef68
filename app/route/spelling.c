/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/spelling.h"

#include <enchant.h>
#include <string.h>

/* Of the same language hunspell's dictionaries know more than aspell's. */
#define PROVIDERS "hunspell,nuspell,aspell"

struct _AccSpelling {
  EnchantBroker *broker;
  EnchantDict *dictionary;
  GHashTable *accepted; /* enchant's own session could not be made to forget */
};

/* ---- the dictionary ---- */

typedef struct {
  const char *language;
  char *local;  /* "en_GB": as the locale has it */
  char *chosen; /* the best so far */
} Choice;

static gboolean
is_of_language (const char *tag, const char *language)
{
  gsize length = strlen (language);

  return strncmp (tag, language, length) == 0 && (tag[length] == '\0' || tag[length] == '_' || tag[length] == '-');
}

static int
rank (const Choice *choice, const char *tag)
{
  if (g_strcmp0 (tag, choice->local) == 0)
    return 2;
  /* Where the language has its name from: de_DE, es_ES, fr_FR, pl_PL. */
  return g_str_equal (tag, "en_GB") || (strlen (tag) == 5 && g_ascii_strncasecmp (tag, tag + 3, 2) == 0) ? 1 : 0;
}

static void
consider (const char *const tag, const char *const provider, const char *const about, const char *const file, void *data)
{
  Choice *choice = data;

  if (!is_of_language (tag, choice->language))
    return;
  if (choice->chosen != NULL
      && (rank (choice, tag) < rank (choice, choice->chosen)
          || (rank (choice, tag) == rank (choice, choice->chosen) && strcmp (tag, choice->chosen) >= 0)))
    return;
  g_free (choice->chosen);
  choice->chosen = g_strdup (tag);
}

static char *
choose_dictionary (EnchantBroker *broker, const char *language)
{
  const char *const *locales = g_get_language_names ();
  Choice choice = { .language = language };

  for (guint i = 0; choice.local == NULL && locales[i] != NULL; i++)
    if (strlen (locales[i]) == 5 && is_of_language (locales[i], language))
      choice.local = g_strdup (locales[i]);
  enchant_broker_list_dicts (broker, consider, &choice);
  g_free (choice.local);
  return choice.chosen;
}

AccSpelling *
acc_spelling_new (const char *language)
{
  g_autoptr (AccSpelling) self = NULL;
  g_autofree char *tag = NULL;

  g_return_val_if_fail (language != NULL && *language != '\0', NULL);

  self = g_new0 (AccSpelling, 1);
  self->accepted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->broker = enchant_broker_init ();
  enchant_broker_set_ordering (self->broker, "*", PROVIDERS);
  tag = choose_dictionary (self->broker, language);
  if (tag != NULL)
    self->dictionary = enchant_broker_request_dict (self->broker, tag);
  return self->dictionary != NULL ? g_steal_pointer (&self) : NULL;
}

void
acc_spelling_free (AccSpelling *self)
{
  if (self == NULL)
    return;
  if (self->dictionary != NULL)
    enchant_broker_free_dict (self->broker, self->dictionary);
  enchant_broker_free (self->broker);
  g_hash_table_unref (self->accepted);
  g_free (self);
}

/* ---- the words ---- */

typedef struct {
  const char *start, *end;
  guint position; /* characters before it */
} Word;

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static gboolean
is_in_word (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

static gboolean
is_in_token (gunichar c)
{
  return c != 0 && !g_unichar_isspace (c);
}

/* The next word after @word, whose end and position are where to begin; FALSE after the last. An apostrophe between letters
 * belongs to it. */
static gboolean
find_next (Word *word)
{
  const char *at = word->end;

  for (; *at != '\0' && !is_in_word (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    word->position++;
  word->start = at;
  while (is_in_word (g_utf8_get_char (at))
         || (at > word->start && is_apostrophe (g_utf8_get_char (at)) && is_in_word (g_utf8_get_char (g_utf8_next_char (at)))))
    at = g_utf8_next_char (at);
  word->end = at;
  return word->start < word->end;
}

/* Whether what stands around it without a space, such as an address or a number of some kind, is no word of a language. */
static gboolean
is_part_of_something_else (const char *text, const Word *word)
{
  const char *at = word->start;

  while (at > text && is_in_token (g_utf8_get_char (g_utf8_prev_char (at))))
    at = g_utf8_prev_char (at);
  for (; is_in_token (g_utf8_get_char (at)); at = g_utf8_next_char (at))
    if (g_unichar_isdigit (g_utf8_get_char (at)) || strchr ("@/\\_", *at) != NULL)
      return TRUE;
  return FALSE;
}

/* An abbreviation. Scripts without capitals have none such. */
static gboolean
is_in_capitals (const Word *word)
{
  for (const char *at = word->start; at < word->end; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)) && !g_unichar_isupper (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
is_known (AccSpelling *self, const Word *word)
{
  g_autofree char *plain = g_strndup (word->start, (gsize) (word->end - word->start));

  if (g_hash_table_contains (self->accepted, plain) || enchant_dict_check (self->dictionary, plain, -1) == 0)
    return TRUE;
  /* Not every dictionary knows the apostrophe that is set in print. */
  if (strstr (plain, "’") == NULL)
    return FALSE;
  return enchant_dict_check (self->dictionary, g_strdelimit (plain, "’", '\''), -1) == 0;
}

static void
find_free (gpointer data)
{
  AccSpellingFind *find = data;

  g_free (find->word);
  g_free (find);
}

static AccSpellingFind *
find_new (const Word *word)
{
  AccSpellingFind *find = g_new0 (AccSpellingFind, 1);

  find->word = g_strndup (word->start, (gsize) (word->end - word->start));
  find->start = word->position;
  find->end = word->position + (guint) g_utf8_strlen (find->word, -1);
  return find;
}

GPtrArray *
acc_spelling_check (AccSpelling *self, const char *text)
{
  GPtrArray *finds = g_ptr_array_new_with_free_func (find_free);
  Word word = { .end = text };

  g_return_val_if_fail (self != NULL && text != NULL && g_utf8_validate (text, -1, NULL), finds);

  while (find_next (&word))
    {
      g_autofree char *letters = g_strndup (word.start, (gsize) (word.end - word.start));
      gboolean single = g_utf8_strlen (letters, -1) == 1;

      if (!single && !is_in_capitals (&word) && !is_part_of_something_else (text, &word) && !is_known (self, &word))
        g_ptr_array_add (finds, find_new (&word));
      word.position += (guint) g_utf8_strlen (letters, -1);
    }
  return finds;
}

void
acc_spelling_accept (AccSpelling *self, const char *text)
{
  Word word = { .end = text };

  g_return_if_fail (self != NULL && text != NULL && g_utf8_validate (text, -1, NULL));

  while (find_next (&word))
    g_hash_table_add (self->accepted, g_strndup (word.start, (gsize) (word.end - word.start)));
}

void
acc_spelling_forget (AccSpelling *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->accepted);
}

GStrv
acc_spelling_suggest (AccSpelling *self, const char *word)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char **suggestions;
  gsize n = 0;

  g_return_val_if_fail (self != NULL && word != NULL && *word != '\0', NULL);

  suggestions = enchant_dict_suggest (self->dictionary, word, -1, &n);
  for (gsize i = 0; i < MIN (n, ACC_SPELLING_SUGGESTIONS_MAX); i++)
    g_strv_builder_add (builder, suggestions[i]);
  if (suggestions != NULL)
    enchant_dict_free_string_list (self->dictionary, suggestions);
  return g_strv_builder_end (builder);
}
