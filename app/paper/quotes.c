/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/quotes.h"

#include "paper/scripts-private.h"

#include <string.h>

#define NO_BREAK 0x00a0
#define NARROW 0x202f /* narrow no-break space */
#define APOSTROPHE 0x2019
#define EN_DASH 0x2013
#define EM_DASH 0x2014
#define GERESH 0x05f3
#define GERSHAYIM 0x05f4
#define OPEN_MAX 8 /* quotations within one another; what lies deeper is left as it was typed */

typedef enum {
  SPACED = 1 << 0,   /* a narrow space inside of the quotes and before ; : ! ? (Imprimerie nationale, Lexique) */
  UNSPACED = 1 << 1, /* words follow one another without spaces: the place tells nothing of a quote */
  DASH = 1 << 2,     /* a spaced hyphen is an en dash */
  JOINED = 1 << 3,   /* two hyphens within a sentence are an em dash */
} Habits;

/* What is typed as "…", and as '…' or within "…": CLDR 42's quotation marks and alternate ones (common/main, delimiters),
 * but where a row says otherwise. The first row that has the language, or its beginning, counts. */
static const struct {
  const char *languages;
  const char *quotes; /* opening, closing, alternate opening, alternate closing */
  Habits habits;
  const char *elided; /* words that may begin with an apostrophe */
} rows[] = {
  { "en", "“”‘’", DASH | JOINED, "tis twas twere twill em til till cause bout round n" },
  { "es-419 es-AR es-BO es-CL es-CO es-CR es-CU es-DO es-EC es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-PY es-SV es-UY "
    "es-VE", "“”‘’", DASH, "" },
  { "es it ca eu el sq pt-PT", "«»“”", DASH, "" }, /* es: RAE, Ortografía 2010, «, then “ */
  { "fr", "«»«»", DASH | SPACED, "" },
  { "de-CH de-LI", "«»‹›", DASH, "s ne nen n" }, /* as Swiss print has it; CLDR: „“ */
  { "de", "„“‚‘", DASH, "s ne nen n" },
  { "cs sk sl hr mk et is lb", "„“‚‘", DASH, "" },
  { "nl", "“”‘’", DASH, "s t n k m r" }, /* CLDR: ‘’ for both */
  { "af", "“”‘’", DASH, "n" },
  { "pl ro", "„”«»", DASH, "" },
  { "hu", "„”»«", DASH, "" },
  { "bs", "„”‘’", DASH, "" },
  { "sr", "„“‘‘", DASH, "" },
  { "bg lt", "„“„“", DASH, "" },
  { "ka", "„“«»", DASH, "" },
  { "ru uk be", "«»„“", DASH, "" },
  { "hy", "«»«»", DASH, "" },
  { "am", "«»‹›", DASH, "" },
  { "sv fi", "””’’", DASH, "" },
  { "nb nn no", "«»‘’", DASH, "" },
  { "pt da lv tr az gl ga cy id ms tl vi sw zu mt", "“”‘’", DASH, "" },
  { "ar fa", "«»‹›", DASH, "" }, /* ar: CLDR ”“; guillemets, which Arabic print has as well, mirror themselves */
  { "ur", "”“’‘", DASH, "" },
  { "he yi", "””’’", DASH, "" },
  { "hi mr bn gu pa ta te kn ml", "“”‘’", DASH, "" },
  { "ko", "“”‘’", 0, "" },
  { "th lo km my", "“”‘’", UNSPACED, "" },
  { "zh-Hant zh-TW zh-HK zh-MO ja", "「」『』", UNSPACED, "" },
  { "zh", "“”‘’", UNSPACED, "" },
};

typedef struct {
  gboolean alternate;
  gunichar typed;
} Quotation;

/* A paragraph that is being set. */
typedef struct {
  gunichar *text;
  glong n, at;
  Habits habits;
  gunichar quotes[4]; /* none: 0 */
  const char *elided;
  gboolean hebrew;
  Quotation open[OPEN_MAX];
  guint n_open;
  gboolean opened; /* the character before is a quote that opens */
  gboolean left;   /* a quote in doubt stands before: nor is what may be its other one set */
  GString *set;
} Paragraph;

static gboolean
is_of_language (const char *language, const char *list)
{
  for (gsize length; *list != '\0'; list += length + strspn (list + length, " "))
    {
      length = strcspn (list, " ");
      if (g_ascii_strncasecmp (language, list, length) == 0 && (language[length] == '\0' || language[length] == '-'))
        return TRUE;
    }
  return FALSE;
}

static void
take_language (Paragraph *self, const char *text, const char *language)
{
  self->elided = "";
  self->hebrew = is_of_language (language, "he yi");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *quote = rows[i].quotes;

      if (!is_of_language (language, rows[i].languages))
        continue;
      self->habits = rows[i].habits;
      self->elided = rows[i].elided;
      /* What a quote that is not mirrored would say to words from the right is in doubt. */
      if (acc_text_has_right_to_left (text) && !is_of_language (language, "ar fa ur he yi"))
        return;
      for (guint k = 0; k < G_N_ELEMENTS (self->quotes); k++, quote = g_utf8_next_char (quote))
        self->quotes[k] = g_utf8_get_char (quote);
      return;
    }
}

/* The character @away from the one that is being set; 0 beyond the paragraph's ends. */
static gunichar
look (const Paragraph *self, glong away)
{
  glong at = self->at + away;

  return at < 0 || at >= self->n ? 0 : self->text[at];
}

static gboolean
is_blank (gunichar c)
{
  return c == 0 || g_unichar_isspace (c);
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == '\'';
}

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

static gboolean
is_amount (gunichar c)
{
  return g_unichar_isdigit (c) || g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL;
}

/* Words of these scripts have apostrophes; in others the key means something else. */
static gboolean
has_apostrophes (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_ARMENIAN:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
is_hebrew (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HEBREW && g_unichar_isalpha (c);
}

static gboolean
is_open (const Paragraph *self, gunichar typed)
{
  for (guint i = 0; i < self->n_open; i++)
    if (self->open[i].typed == typed)
      return TRUE;
  return FALSE;
}

static void
keep (Paragraph *self, gunichar c)
{
  g_string_append_unichar (self->set, c);
  self->opened = FALSE;
}

static void
leave (Paragraph *self, gunichar typed)
{
  keep (self, typed);
  self->left = TRUE;
}

static void
open_quotation (Paragraph *self, gunichar typed)
{
  gboolean within = self->n_open > 0 && !self->open[self->n_open - 1].alternate;
  gboolean alternate = typed == '\'' || within;

  if (self->n_open == OPEN_MAX || self->quotes[0] == 0)
    {
      leave (self, typed);
      return;
    }
  self->open[self->n_open++] = (Quotation){ alternate, typed };
  keep (self, self->quotes[alternate ? 2 : 0]);
  self->opened = TRUE;
  if (self->habits & SPACED && !is_blank (look (self, 1)))
    g_string_append_unichar (self->set, NARROW);
}

/* What was opened within it and not closed is closed with it. */
static void
close_quotation (Paragraph *self, gunichar typed)
{
  gboolean alternate = typed == '\'';

  if (self->quotes[0] == 0 || (self->left && !is_open (self, typed)))
    {
      leave (self, typed);
      return;
    }
  if (is_open (self, typed))
    {
      while (self->open[self->n_open - 1].typed != typed)
        self->n_open--;
      alternate = self->open[--self->n_open].alternate;
    }
  if (self->habits & SPACED && !is_blank (look (self, -1)))
    g_string_append_unichar (self->set, NARROW);
  keep (self, self->quotes[alternate ? 3 : 1]);
}

/* A quote between two blanks: the second of two, or one after which nothing has been typed yet. */
static void
set_lone_quotation (Paragraph *self, gunichar typed)
{
  if (is_open (self, typed))
    close_quotation (self, typed);
  else if (look (self, 1) == 0 || self->habits & SPACED)
    open_quotation (self, typed);
  else
    leave (self, typed);
}

/* By what stands before and after it. */
static void
set_quotation (Paragraph *self, gunichar typed)
{
  gunichar before = look (self, -1), after = look (self, 1);
  GUnicodeType type = g_unichar_type (before);
  gboolean from_blank = is_blank (before) || self->opened || type == G_UNICODE_OPEN_PUNCTUATION
                        || type == G_UNICODE_INITIAL_PUNCTUATION || is_dash (before) || before == '/' || before == 0xbf
                        || before == 0xa1; /* ¿ ¡ */
  gboolean to_word = g_unichar_isalnum (after) || (is_quote (after) && from_blank);

  if (self->habits & UNSPACED)
    (is_open (self, typed) ? close_quotation : open_quotation) (self, typed);
  else if (from_blank && to_word)
    open_quotation (self, typed);
  else if (from_blank && is_dash (before) && is_open (self, typed))
    close_quotation (self, typed);
  else if (from_blank && is_blank (after))
    set_lone_quotation (self, typed);
  else if (from_blank)
    open_quotation (self, typed);
  else if (!to_word || is_open (self, typed))
    close_quotation (self, typed);
  else
    leave (self, typed);
}

/* 6'2", 5' 10", and at the second quote as at the first. */
static gboolean
is_measure (const Paragraph *self, gunichar typed)
{
  glong away = typed == '\'' ? 1 : -1, digits = 0;

  if (!g_unichar_isdigit (look (self, -1)))
    return FALSE;
  while (is_blank (look (self, away)) && typed == '\'' && look (self, away) != 0)
    away++;
  for (; g_unichar_isdigit (look (self, away)); away += typed == '\'' ? 1 : -1)
    digits++;
  if (typed == '\'')
    return digits > 0 && look (self, away) == '"';
  while (is_blank (look (self, away)) && look (self, away) != 0)
    away--;
  return look (self, away) == '\'' && g_unichar_isdigit (look (self, away - 1));
}

/* One letter follows, to the end of the word: an abbreviation such as צה"ל. */
static gboolean
is_gershayim (const Paragraph *self)
{
  return self->hebrew && is_hebrew (look (self, -1)) && is_hebrew (look (self, 1))
         && !g_unichar_isalnum (look (self, 2)) && !is_quote (look (self, 2));
}

static void
set_double (Paragraph *self)
{
  if (is_gershayim (self))
    keep (self, GERSHAYIM);
  else if (is_measure (self, '"') || (g_unichar_isdigit (look (self, -1)) && !is_open (self, '"')))
    keep (self, '"');
  else
    set_quotation (self, '"');
}

/* '90s, 'twas, rock 'n' roll; but not 'till'. */
static gboolean
is_elision (const Paragraph *self)
{
  g_auto (GStrv) elided = g_strsplit (self->elided, " ", -1);
  glong n = 1;

  if (g_unichar_isalnum (look (self, -1)))
    return FALSE;
  if (g_unichar_isdigit (look (self, 1)) && g_unichar_isdigit (look (self, 2)) && !g_unichar_isdigit (look (self, 3)))
    return TRUE;
  while (g_unichar_isalpha (look (self, n)))
    n++;
  if (n == 1 || (n > 2 && look (self, n) == '\''))
    return FALSE;

  g_autofree char *typed = g_ucs4_to_utf8 (self->text + self->at + 1, n - 1, NULL, NULL, NULL);
  g_autofree char *word = g_utf8_strdown (typed, -1);
  return g_strv_contains ((const char *const *) elided, word);
}

static void
set_single (Paragraph *self)
{
  gunichar before = look (self, -1), after = look (self, 1);
  gboolean word_before = g_unichar_isalnum (before);

  if (self->hebrew && is_hebrew (before) && (g_unichar_isalnum (after) || !is_open (self, '\'')))
    keep (self, GERESH);
  else if (is_measure (self, '\''))
    keep (self, '\'');
  else if ((word_before && has_apostrophes (after)) || is_elision (self))
    keep (self, APOSTROPHE);
  else if (word_before && !is_open (self, '\'') && !(self->habits & UNSPACED))
    keep (self, has_apostrophes (before) && !g_unichar_isalnum (after) ? APOSTROPHE : '\'');
  else
    set_quotation (self, '\'');
}

/* One hyphen, or two, between spaces and words; two within a sentence, where the language has that. */
static void
set_hyphen (Paragraph *self)
{
  glong n = 1;

  while (look (self, n) == '-')
    n++;

  gunichar before = look (self, -1), after = look (self, n);
  gboolean between = is_blank (before) && is_blank (after);
  gunichar word = between ? look (self, -2) : before, next = between ? look (self, n + 1) : after;
  gboolean amounts = is_amount (word) && is_amount (next);
  gboolean sentence = !is_blank (word) && !is_blank (next) && !amounts && !is_dash (word) && !is_dash (next);

  if (between && sentence && n <= 2 && self->habits & DASH)
    {
      if (before == ' ') /* a line does not begin with a dash */
        {
          g_string_truncate (self->set, self->set->len - 1);
          keep (self, NO_BREAK);
        }
      keep (self, EN_DASH);
    }
  else if (n == 2 && sentence && self->habits & JOINED && g_unichar_isalpha (word) && g_unichar_isalpha (next))
    keep (self, EM_DASH);
  else
    for (glong i = 0; i < n; i++)
      keep (self, '-');
  self->at += n - 1;
}

/* A typed space that no line may break at. */
static void
set_space (Paragraph *self)
{
  gunichar before = look (self, -1), after = look (self, 1);
  gboolean quotation = self->opened || before == 0xab || after == 0xbb || (after == '"' && is_open (self, '"')); /* « » */

  if (!(self->habits & SPACED) || is_blank (before) || after == 0)
    keep (self, ' ');
  else if (quotation || after == ';' || after == '!' || after == '?')
    keep (self, NARROW);
  else
    keep (self, after == ':' ? NO_BREAK : ' ');
}

char *
acc_quotes_set (const char *text, const char *language)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  Paragraph self = { .set = NULL };

  take_language (&self, text, language);
  if (strpbrk (text, "\"'-") == NULL && !(self.habits & SPACED))
    return NULL;

  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (text, -1, &self.n);

  self.text = characters;
  self.set = g_string_new (NULL);
  for (self.at = 0; self.at < self.n; self.at++)
    switch (self.text[self.at])
      {
      case '"':
        set_double (&self);
        break;
      case '\'':
        set_single (&self);
        break;
      case '-':
        set_hyphen (&self);
        break;
      case ' ':
        set_space (&self);
        break;
      default:
        keep (&self, self.text[self.at]);
      }
  if (g_str_equal (self.set->str, text))
    g_string_free (g_steal_pointer (&self.set), TRUE);
  return self.set == NULL ? NULL : g_string_free (self.set, FALSE);
}

/* Past one character of each; a narrow space that was not typed is none, and a dash may have been two hyphens. */
static void
step (const char **typed, const char **set)
{
  gunichar from = g_utf8_get_char (*typed), to = g_utf8_get_char (*set);

  *set = g_utf8_next_char (*set);
  if (to == NARROW && !g_unichar_isspace (from))
    return;
  if ((to == EN_DASH || to == EM_DASH) && g_str_has_prefix (*typed, "--"))
    *typed += 1;
  *typed = g_utf8_next_char (*typed);
}

gsize
acc_quotes_find_set (const char *typed, const char *set, gsize byte)
{
  g_return_val_if_fail (typed != NULL && set != NULL, 0);

  const char *from = typed, *to = set;

  while (typed != set && *from != '\0' && *to != '\0' && (gsize) (from - typed) < byte)
    step (&from, &to);
  return typed == set ? byte : (gsize) (to - set);
}

gsize
acc_quotes_find_typed (const char *typed, const char *set, gsize byte)
{
  g_return_val_if_fail (typed != NULL && set != NULL, 0);

  const char *from = typed, *to = set;

  while (typed != set && *from != '\0' && *to != '\0' && (gsize) (to - set) < byte)
    step (&from, &to);
  return typed == set ? byte : (gsize) (from - typed);
}

gunichar
acc_quotes_fold_mark (gunichar c)
{
  if (is_quote (c) || c == GERESH || c == GERSHAYIM || g_utf8_strchr ("“”„‘’‚«»‹›「」『』", -1, c) != NULL)
    return '\'';
  return c == EN_DASH || c == EM_DASH ? '-' : c;
}

char *
acc_quotes_fold (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  GString *folded = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = acc_quotes_fold_mark (g_utf8_get_char (at));

      if (c != '-' || folded->len == 0 || folded->str[folded->len - 1] != '-')
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}
