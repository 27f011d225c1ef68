/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text-characters-private.h"

#define ZWNJ 0x200C
#define ZWJ 0x200D
#define TEXT_STYLE 0xFE0E
#define EMOJI_STYLE 0xFE0F
#define KEYCAP 0x20E3
#define COMBINING_CLASS_VIRAMA 9

typedef struct {
  gunichar first, last;
} Range;

/* Assigned and no format characters by their category, yet never seen or standing for something that is not text. */
static const Range hidden_ranges[] = {
  { 0x034F, 0x034F },   /* combining grapheme joiner */
  { 0x115F, 0x1160 },   /* Hangul fillers */
  { 0x17B4, 0x17B5 },   /* Khmer inherent vowels */
  { 0x2065, 0x2065 },   /* reserved among the invisible operators */
  { 0x3164, 0x3164 },   /* Hangul filler */
  { 0xFFA0, 0xFFA0 },   /* halfwidth Hangul filler */
  { 0xFFFC, 0xFFFC },   /* object replacement: a picture that was pasted */
  { 0xE0000, 0xE0FFF }, /* tags; variation selectors are looked at before */
};

static const Range emoji_ranges[] = {
  { 0x00A9, 0x00A9 },   /* copyright */
  { 0x00AE, 0x00AE },   /* registered */
  { 0x203C, 0x203C },   /* double exclamation mark */
  { 0x2049, 0x2049 },   /* exclamation question mark */
  { 0x2122, 0x2122 },   /* trade mark */
  { 0x2139, 0x2139 },   /* information */
  { 0x2190, 0x21FF },   /* arrows */
  { 0x2300, 0x23FF },   /* technical: watch, keyboard */
  { 0x2460, 0x24FF },   /* enclosed letters */
  { 0x25A0, 0x27BF },   /* shapes, symbols, dingbats */
  { 0x2900, 0x297F },   /* more arrows */
  { 0x2B00, 0x2BFF },   /* more symbols */
  { 0x3030, 0x3030 },   /* wavy dash */
  { 0x303D, 0x303D },   /* part alternation mark */
  { 0x3297, 0x3297 },   /* congratulation */
  { 0x3299, 0x3299 },   /* secret */
  { 0x1F000, 0x1FAFF }, /* pictographs, with the skin tones */
};

/* Scripts whose letters take another shape, or part, where a joiner stands between them. */
static const GUnicodeScript joiner_scripts[] = {
  G_UNICODE_SCRIPT_ARABIC,    G_UNICODE_SCRIPT_SYRIAC,    G_UNICODE_SCRIPT_MANDAIC,   G_UNICODE_SCRIPT_NKO,
  G_UNICODE_SCRIPT_MONGOLIAN, G_UNICODE_SCRIPT_PHAGS_PA,  G_UNICODE_SCRIPT_DEVANAGARI, G_UNICODE_SCRIPT_BENGALI,
  G_UNICODE_SCRIPT_GURMUKHI,  G_UNICODE_SCRIPT_GUJARATI,  G_UNICODE_SCRIPT_ORIYA,     G_UNICODE_SCRIPT_TAMIL,
  G_UNICODE_SCRIPT_TELUGU,    G_UNICODE_SCRIPT_KANNADA,   G_UNICODE_SCRIPT_MALAYALAM, G_UNICODE_SCRIPT_SINHALA,
  G_UNICODE_SCRIPT_KHMER,     G_UNICODE_SCRIPT_MYANMAR,   G_UNICODE_SCRIPT_TIBETAN,   G_UNICODE_SCRIPT_BALINESE,
  G_UNICODE_SCRIPT_JAVANESE,  G_UNICODE_SCRIPT_SUNDANESE, G_UNICODE_SCRIPT_CHAKMA,    G_UNICODE_SCRIPT_ADLAM,
};

static gboolean
is_in (gunichar c, const Range *ranges, gsize n_ranges)
{
  for (gsize i = 0; i < n_ranges; i++)
    if (c >= ranges[i].first && c <= ranges[i].last)
      return TRUE;
  return FALSE;
}

static gboolean
is_emoji (gunichar c)
{
  return is_in (c, emoji_ranges, G_N_ELEMENTS (emoji_ranges));
}

static gboolean
is_joiner_script (GUnicodeScript script)
{
  for (guint i = 0; i < G_N_ELEMENTS (joiner_scripts); i++)
    if (joiner_scripts[i] == script)
      return TRUE;
  return FALSE;
}

gunichar
acc_text_next (const char *text, gsize left, gsize *length)
{
  gunichar c;

  /* g_utf8_get_char_validated() takes a NUL within the length for an error. */
  *length = 1;
  if ((guchar) *text < 0x80)
    return (guchar) *text;
  c = g_utf8_get_char_validated (text, (gssize) MIN (left, 6));
  if (c == (gunichar) -1 || c == (gunichar) -2)
    return ACC_TEXT_INVALID;
  *length = (gsize) (g_utf8_next_char (text) - text);
  return c;
}

gboolean
acc_text_is_joiner (gunichar c)
{
  return c == ZWJ || c == ZWNJ;
}

static gboolean
is_selector (gunichar c)
{
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) || (c >= 0x180B && c <= 0x180D)
         || c == 0x180F;
}

gboolean
acc_text_is_hidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
      return TRUE;
    default:
      return is_selector (c) || is_in (c, hidden_ranges, G_N_ELEMENTS (hidden_ranges));
    }
}

/* A selector picks the look of the character right before it, so it must follow one that has two looks. */
static gboolean
may_select (gunichar c, const AccTextContext *context, gunichar next)
{
  GUnicodeScript script = g_unichar_get_script (context->last);

  if (c == TEXT_STYLE || c == EMOJI_STYLE)
    return is_emoji (context->last)
           || (next == KEYCAP && (g_ascii_isdigit (context->last) || context->last == '#' || context->last == '*'));
  if (script == G_UNICODE_SCRIPT_MONGOLIAN)
    return c < 0xFE00;
  return script == G_UNICODE_SCRIPT_HAN && c >= 0xFE00;
}

static gboolean
may_join (gunichar c, const AccTextContext *context, gunichar next)
{
  GUnicodeScript script;

  if (acc_text_is_joiner (context->last))
    return FALSE;
  if (is_emoji (context->base))
    return c == ZWJ && is_emoji (next);
  script = g_unichar_get_script (context->base);
  if (!g_unichar_isalpha (context->base) || !is_joiner_script (script))
    return FALSE;
  /* RFC 5892, appendix A: after a virama whatever follows, else between letters of one script. */
  return g_unichar_combining_class (context->last) == COMBINING_CLASS_VIRAMA
         || (g_unichar_isalpha (next) && g_unichar_get_script (next) == script);
}

gboolean
acc_text_may_stay (gunichar c, const AccTextContext *context, gunichar next)
{
  if (c == '\n')
    return TRUE;
  if (acc_text_is_joiner (c))
    return may_join (c, context, next);
  if (is_selector (c))
    return may_select (c, context, next);
  return !acc_text_is_hidden (c);
}

void
acc_text_context_keep (AccTextContext *context, gunichar c)
{
  context->last = c;
  if (!g_unichar_ismark (c) && !acc_text_is_joiner (c))
    context->base = c;
}
