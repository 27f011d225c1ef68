/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generated-support.h"

#include "base/text.h"

#define STORY (ACC_STORY_MAX / 3)             /* characters of one part of the story, at most */
#define FEEDS ((ACC_STORY_LINES - 3) / 3 / 2) /* line feeds of one part, or pairs of them */
#define ALPHABET 30 /* different letters of one language in one letter, at most: each needs an outline of its own */

/* What the words of a language are made of, and marks that may follow a letter. */
static const struct {
  const char *language;
  gunichar first, last, first_mark, last_mark;
  guint word; /* letters, in the mean */
} scripts[] = {
  { "en", 'a', 'z', 0, 0, 5 },
  { "fr", 0xc0, 0x17f, 0x300, 0x304, 6 },
  { "el", 0x391, 0x3ce, 0x301, 0x301, 6 },
  { "ru", 0x410, 0x44f, 0x301, 0x301, 6 },
  { "he", 0x5d0, 0x5ea, 0x5b4, 0x5bc, 5 },
  { "ar", 0x621, 0x63a, 0x64b, 0x652, 5 },
  { "hi", 0x915, 0x939, 0x93e, 0x94c, 5 },
  { "th", 0xe01, 0xe2e, 0xe34, 0xe39, 9 },
  { "zh", 0x4e00, 0x9fa5, 0, 0, 14 },
  { "ja", 0x3041, 0x3096, 0, 0, 14 },
  { "ko", 0xac00, 0xd7a3, 0, 0, 4 },
};

/* How a part of the story is told. */
static const struct {
  guint words;   /* at most; of a long letter LONG times as many */
  guint longer;  /* times a word of the language */
  guint foreign; /* in 100 words: of another script */
  guint feeds;   /* in 100 words: with a line feed after them */
  const char *feed;
} tellings[] = {
  { 12, 1, 0, 0, "" },      /* a line or two */
  { 30, 1, 0, 5, "\n" },    /* some paragraphs */
  { 70, 1, 0, 0, "" },      /* one long one */
  { 20, 1, 5, 35, "\n" },   /* many short ones */
  { 25, 1, 0, 20, "\n\n" }, /* … with blank lines between them */
  { 4, 14, 0, 10, "\n" },   /* words longer than a line */
  { 25, 1, 75, 4, "\n" },   /* several scripts in one */
};

#define LONG 8
#define LONG_ONE_IN 15 /* letters */
#define GUESTS 2       /* scripts of foreign words in one letter … */
#define ALL_ONE_IN 20  /* … but sometimes all of them */

typedef struct {
  GRand *random;
  guint script;                           /* of the letter */
  guint times;                            /* as long as others */
  guint guest, n_guests;                  /* the first of the other scripts */
  gunichar first[G_N_ELEMENTS (scripts)]; /* of those that are used of each */
} Writer;

static guint
choose (Writer *writer, guint n)
{
  return g_rand_int_range (writer->random, 0, n);
}

static void
append_word (Writer *writer, GString *text, guint script, guint longer)
{
  guint length = 1 + choose (writer, 2 * scripts[script].word * longer);

  for (guint i = 0; i < length; i++)
    {
      gunichar c = writer->first[script] + choose (writer, ALPHABET);

      if (c > scripts[script].last || !g_unichar_isalpha (c))
        c = scripts[script].first;
      g_string_append_unichar (text, c);
      if (scripts[script].first_mark > 0 && choose (writer, 4) == 0)
        g_string_append_unichar (
          text, g_rand_int_range (writer->random, scripts[script].first_mark, scripts[script].last_mark + 1));
    }
}

static guint
choose_guest (Writer *writer)
{
  return (writer->guest + choose (writer, writer->n_guests)) % G_N_ELEMENTS (scripts);
}

static char *
write_story (Writer *writer)
{
  static const char *const between[] = { " ", " ", " ", " ", ", ", ". ", " (", ") ", " – ", " “", "” ", "? " };
  guint telling = choose (writer, G_N_ELEMENTS (tellings));
  guint n_words = 1 + choose (writer, tellings[telling].words * writer->times);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *cut = NULL;
  guint n_feeds = 0;

  for (guint i = 0; i < n_words; i++)
    {
      guint script = choose (writer, 100) < tellings[telling].foreign ? choose_guest (writer) : writer->script;
      gboolean feed = i > 0 && n_feeds < FEEDS && choose (writer, 100) < tellings[telling].feeds;

      if (i > 0)
        g_string_append (text, feed ? tellings[telling].feed : between[choose (writer, G_N_ELEMENTS (between))]);
      append_word (writer, text, script, tellings[telling].longer);
      n_feeds += feed;
    }
  cut = g_utf8_substring (text->str, 0, MIN (g_utf8_strlen (text->str, -1), STORY));
  return g_strdup (g_strchomp (cut));
}

static char *
write_name (Writer *writer)
{
  g_autoptr (GString) name = g_string_new (NULL);

  append_word (writer, name, writer->script, 1);
  g_string_append_c (name, ' ');
  append_word (writer, name, writer->script, 1);
  return g_strdup (name->str);
}

static void
set_text (char **place, char *text)
{
  g_free (*place);
  *place = text;
}

static void
fill_letter (Writer *writer, AccLetterFields *fields)
{
  set_text (&fields->to[0].name, write_name (writer));
  set_text (&fields->to[0].department, write_name (writer));
  set_text (&fields->need, write_story (writer));
  set_text (&fields->act, write_story (writer));
  set_text (&fields->difference, write_story (writer));
  set_text (&fields->date, g_strdup ("2026-11-21"));
  set_text (&fields->served_on, g_strdup ("2026-11-20"));
  set_text (&fields->language, g_strdup (scripts[writer->script].language));
  fields->n_from = 1 + choose (writer, ACC_PEOPLE_MAX);
  for (guint i = 0; i < fields->n_from; i++)
    {
      set_text (&fields->from[i].name, write_name (writer));
      fields->from[i].signature = acc_signature_new_typed (fields->from[i].name);
    }
  fields->consent_version = ACC_CONSENT_VERSION;
  fields->consent_file = TRUE;
  fields->paper = choose (writer, 2) == 0 ? ACC_PAPER_LETTER : ACC_PAPER_A4;
}

AccLetter *
test_generate_letter (GRand *random)
{
  Writer writer = { .random = random, .script = g_rand_int_range (random, 0, G_N_ELEMENTS (scripts)) };
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    writer.first[i]
      = g_rand_int_range (random, scripts[i].first, MAX (scripts[i].first, scripts[i].last - ALPHABET) + 1);
  writer.times = choose (&writer, LONG_ONE_IN) == 0 ? LONG : 1;
  writer.guest = choose (&writer, G_N_ELEMENTS (scripts));
  writer.n_guests = choose (&writer, ALL_ONE_IN) == 0 ? G_N_ELEMENTS (scripts) : GUESTS;
  acc_letter_fields_init (&fields);
  fill_letter (&writer, &fields);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}
