/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/guard.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CARD_MIN 13
#define CARD_MAX 19
#define IBAN_MAX 34

typedef struct {
  gunichar c;
  gsize at;       /* byte */
  gboolean taken; /* part of a find */
} Glyph;

/* Digits in a row. */
typedef struct {
  guint first, n;   /* glyphs */
  gboolean follows; /* one separator after the group before */
  gunichar separator;
} Group;

typedef struct {
  GArray *glyphs; /* Glyph, the last one the end with a c of 0 */
  GArray *groups; /* Group */
  GArray *finds;  /* AccGuardFind */
} Scan;

/* ISO 13616 registry: how long a country's IBAN is. */
static const struct {
  char country[3];
  guint8 length;
} iban_lengths[] = {
  { "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 }, { "BA", 20 }, { "BE", 16 }, { "BG", 22 },
  { "BH", 22 }, { "BI", 27 }, { "BR", 29 }, { "BY", 28 }, { "CH", 21 }, { "CR", 22 }, { "CY", 28 }, { "CZ", 24 },
  { "DE", 22 }, { "DJ", 27 }, { "DK", 18 }, { "DO", 28 }, { "EE", 20 }, { "EG", 29 }, { "ES", 24 }, { "FI", 18 },
  { "FK", 18 }, { "FO", 18 }, { "FR", 27 }, { "GB", 22 }, { "GE", 22 }, { "GI", 23 }, { "GL", 18 }, { "GR", 27 },
  { "GT", 28 }, { "HN", 28 }, { "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IL", 23 }, { "IQ", 23 }, { "IS", 26 },
  { "IT", 27 }, { "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LC", 32 }, { "LI", 21 }, { "LT", 20 },
  { "LU", 20 }, { "LV", 21 }, { "LY", 25 }, { "MC", 27 }, { "MD", 24 }, { "ME", 22 }, { "MK", 19 }, { "MN", 20 },
  { "MR", 27 }, { "MT", 31 }, { "MU", 30 }, { "NI", 28 }, { "NL", 18 }, { "NO", 15 }, { "OM", 23 }, { "PK", 24 },
  { "PL", 28 }, { "PS", 29 }, { "PT", 25 }, { "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "RU", 33 }, { "SA", 24 },
  { "SC", 31 }, { "SD", 18 }, { "SE", 24 }, { "SI", 19 }, { "SK", 24 }, { "SM", 27 }, { "SO", 23 }, { "ST", 25 },
  { "SV", 28 }, { "TL", 23 }, { "TN", 24 }, { "TR", 26 }, { "UA", 29 }, { "VA", 22 }, { "VG", 24 }, { "XK", 20 },
  { "YE", 30 },
};

/* How the digits stand on cards. Other groupings count only where they are a whole run of one separator. */
static const guint8 card_shapes[][6] = {
  { 4, 4, 4, 4, 3 }, /* nineteen digits */
  { 4, 4, 4, 4 },    /* most cards */
  { 4, 6, 5 },       /* American Express */
  { 4, 6, 4 },       /* Diners Club */
  { 4, 3, 3, 3 },    /* thirteen digits */
};

static const struct {
  AccGuardKind kind;
  const char *description;
} descriptions[] = {
  { ACC_GUARD_CARD, N_("a card number") },
  { ACC_GUARD_IBAN, N_("a bank account number (IBAN)") },
  { ACC_GUARD_SOCIAL, N_("a social security or national insurance number") },
};

const char *
acc_guard_describe (AccGuardKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    if (descriptions[i].kind == kind)
      return _(descriptions[i].description);
  g_return_val_if_reached ("");
}

static gunichar
glyph (const Scan *scan, guint i)
{
  return i < scan->glyphs->len ? g_array_index (scan->glyphs, Glyph, i).c : 0;
}

static gboolean
is_word (const Scan *scan, guint i)
{
  return g_unichar_isalnum (glyph (scan, i));
}

static gboolean
is_separator (gunichar c)
{
  return c == ' ' || c == '-' || c == '.' || c == 0x00B7 || c == 0x00A0 || c == 0x2007 || c == 0x2009 || c == 0x202F
         || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* Keeps the glyphs from @first to before @end, unless another number has them: an IBAN's digits can pass for a card. */
static void
add_find (Scan *scan, AccGuardKind kind, guint first, guint end)
{
  Glyph *glyphs = (Glyph *) (void *) scan->glyphs->data;
  AccGuardFind find = { kind, glyphs[first].at, glyphs[end].at };

  if (glyphs[first].taken || glyphs[end - 1].taken)
    return;
  for (guint i = first; i < end; i++)
    glyphs[i].taken = TRUE;
  g_array_append_val (scan->finds, find);
}

/* ---- IBAN ---- */

static guint
iban_length (char first, char second)
{
  for (guint i = 0; i < G_N_ELEMENTS (iban_lengths); i++)
    if (iban_lengths[i].country[0] == first && iban_lengths[i].country[1] == second)
      return iban_lengths[i].length;
  return 0;
}

/* ISO 7064, mod 97-10, over the number with its first four characters at the end. */
static gboolean
passes_mod_97 (const char *iban, guint length)
{
  guint remainder = 0;

  for (guint i = 0; i < length; i++)
    {
      char c = iban[(i + 4) % length];
      guint value = g_ascii_isdigit (c) ? (guint) (c - '0') : (guint) (c - 'A') + 10;

      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
  return remainder == 1;
}

/* The glyph after the IBAN that starts at @first, or 0. */
static guint
match_iban (const Scan *scan, guint first)
{
  char iban[IBAN_MAX];
  guint n = 0, length = 0, i = first;

  for (; n < 4 || n < length; i++)
    {
      gunichar c = glyph (scan, i);

      if (c < 0x80 && g_ascii_isalnum ((char) c))
        iban[n++] = g_ascii_toupper ((char) c);
      else if (n < 4 || !is_separator (c) || is_separator (glyph (scan, i - 1)))
        return 0;
      if (n == 4 && length == 0)
        {
          if (!g_ascii_isdigit (iban[2]) || !g_ascii_isdigit (iban[3]))
            return 0;
          length = iban_length (iban[0], iban[1]);
          if (length == 0)
            return 0;
        }
    }
  return !is_word (scan, i) && passes_mod_97 (iban, length) ? i : 0;
}

/* ---- UK national insurance number ---- */

/* HMRC, NIM39110: which letters may start one. QQ is the specimen on every form. */
static gboolean
is_insurance_prefix (char first, char second)
{
  static const char *const unused[] = { "BG", "GB", "KN", "NK", "NT", "TN", "ZZ" };

  if (first == 'Q' && second == 'Q')
    return TRUE;
  if (!g_ascii_isupper (first) || !g_ascii_isupper (second))
    return FALSE;
  if (strchr ("DFIQUV", first) != NULL || strchr ("DFIQUVO", second) != NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (unused); i++)
    if (unused[i][0] == first && unused[i][1] == second)
      return FALSE;
  return TRUE;
}

/* Two letters, three pairs of digits and a letter A to D, each part perhaps after a separator. */
static guint
match_insurance (const Scan *scan, guint first)
{
  char taken[9];
  guint n = 0, i = first;

  for (; n < 9; i++)
    {
      gunichar c = glyph (scan, i);
      gboolean between = n == 2 || n == 4 || n == 6 || n == 8;

      if (between && is_separator (c) && !is_separator (glyph (scan, i - 1)))
        continue;
      if (c >= 0x80 || !(n < 2 || n == 8 ? g_ascii_isalpha ((char) c) : g_ascii_isdigit ((char) c)))
        return 0;
      taken[n++] = g_ascii_toupper ((char) c);
    }
  if (is_word (scan, i) || taken[8] > 'D' || !is_insurance_prefix (taken[0], taken[1]))
    return 0;
  return i;
}

/* ---- runs of digits ---- */

static const Group *
group_at (const Scan *scan, guint i)
{
  return &g_array_index (scan->groups, Group, i);
}

/* The group after the run that starts at @first; its groups are one separator apart. */
static guint
end_of_run (const Scan *scan, guint first)
{
  guint end = first + 1;

  while (end < scan->groups->len && group_at (scan, end)->follows)
    end++;
  return end;
}

static gboolean
has_one_separator (const Scan *scan, guint first, guint end)
{
  for (guint i = first + 2; i < end; i++)
    if (group_at (scan, i)->separator != group_at (scan, first + 1)->separator)
      return FALSE;
  return TRUE;
}

static guint
count_digits (const Scan *scan, guint first, guint end)
{
  guint n = 0;

  for (guint i = first; i < end; i++)
    n += group_at (scan, i)->n;
  return n;
}

static int
digit (const Scan *scan, const Group *group, guint i)
{
  return g_unichar_digit_value (glyph (scan, group->first + i));
}

/* ISO/IEC 7812-1, annex B. No payment card starts with 0. */
static gboolean
passes_luhn (const Scan *scan, guint first, guint end)
{
  guint n = count_digits (scan, first, end), sum = 0, left = n;

  if (n < CARD_MIN || n > CARD_MAX || digit (scan, group_at (scan, first), 0) == 0)
    return FALSE;
  for (guint i = first; i < end; i++)
    for (guint j = 0; j < group_at (scan, i)->n; j++, left--)
      {
        guint value = (guint) digit (scan, group_at (scan, i), j) * (left % 2 == 0 ? 2 : 1);

        sum += value > 9 ? value - 9 : value;
      }
  return sum % 10 == 0;
}

static gboolean
has_shape (const Scan *scan, guint first, guint end, const guint8 *shape, guint *shape_end)
{
  guint n = 0;

  for (; shape[n] != 0; n++)
    if (first + n >= end || group_at (scan, first + n)->n != shape[n])
      return FALSE;
  *shape_end = first + n;
  return TRUE;
}

/* The group after the card number that starts at @first, or 0. */
static guint
match_card (const Scan *scan, guint first, guint start, guint end)
{
  guint shape_end;

  if (passes_luhn (scan, first, first + 1))
    return first + 1;
  for (guint i = 0; i < G_N_ELEMENTS (card_shapes); i++)
    if (has_shape (scan, first, end, card_shapes[i], &shape_end) && passes_luhn (scan, first, shape_end))
      return shape_end;
  if (first == start && has_one_separator (scan, start, end) && passes_luhn (scan, start, end))
    return end;
  return 0;
}

/* SSA: no area 000, 666 or 900 and above, no group 00, no serial 0000. */
static gboolean
is_social_security (const Scan *scan, guint start, guint end)
{
  static const guint8 shape[] = { 3, 2, 4, 0 };
  guint shape_end, value[3] = { 0, 0, 0 };

  if (!has_shape (scan, start, end, shape, &shape_end) || shape_end != end || !has_one_separator (scan, start, end))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < shape[i]; j++)
      value[i] = value[i] * 10 + (guint) digit (scan, group_at (scan, start + i), j);
  return value[0] != 0 && value[0] != 666 && value[0] < 900 && value[1] != 0 && value[2] != 0;
}

static void
find_in_run (Scan *scan, guint start, guint end)
{
  guint first_glyph = group_at (scan, start)->first;
  guint end_glyph = group_at (scan, end - 1)->first + group_at (scan, end - 1)->n;
  gunichar before = first_glyph > 0 ? glyph (scan, first_glyph - 1) : 0;

  if (before == '+')
    return; /* a telephone number with its country */
  if (is_social_security (scan, start, end) && !g_unichar_isalnum (before) && !is_word (scan, end_glyph))
    {
      add_find (scan, ACC_GUARD_SOCIAL, first_glyph, end_glyph);
      return;
    }
  for (guint i = start; i < end;)
    {
      guint card_end = match_card (scan, i, start, end);

      if (card_end > 0)
        add_find (scan, ACC_GUARD_CARD, group_at (scan, i)->first,
                  group_at (scan, card_end - 1)->first + group_at (scan, card_end - 1)->n);
      i = card_end > 0 ? card_end : i + 1;
    }
}

/* ---- the whole text ---- */

static void
read_glyphs (Scan *scan, const char *text)
{
  const char *at = text;
  Glyph end;

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      Glyph next = { g_utf8_get_char (at), (gsize) (at - text), FALSE };

      g_array_append_val (scan->glyphs, next);
    }
  end = (Glyph){ 0, (gsize) (at - text), FALSE };
  g_array_append_val (scan->glyphs, end);
}

static void
read_groups (Scan *scan)
{
  guint last_end = 0;

  for (guint i = 0; i < scan->glyphs->len; i++)
    {
      Group group = { i, 0, FALSE, 0 };

      for (; g_unichar_isdigit (glyph (scan, i)); i++)
        group.n++;
      if (group.n == 0)
        continue;
      group.separator = group.first > 0 ? glyph (scan, group.first - 1) : 0;
      group.follows = scan->groups->len > 0 && group.first == last_end + 1 && is_separator (group.separator);
      last_end = i;
      g_array_append_val (scan->groups, group);
    }
}

static void
find_words (Scan *scan)
{
  for (guint i = 0; i < scan->glyphs->len; i++)
    {
      guint end;

      if (!g_unichar_isalpha (glyph (scan, i)) || (i > 0 && is_word (scan, i - 1)))
        continue;
      if ((end = match_iban (scan, i)) > 0)
        add_find (scan, ACC_GUARD_IBAN, i, end);
      else if ((end = match_insurance (scan, i)) > 0)
        add_find (scan, ACC_GUARD_SOCIAL, i, end);
    }
}

static int
compare_starts (gconstpointer a, gconstpointer b)
{
  const AccGuardFind *first = a, *second = b;

  return first->start < second->start ? -1 : first->start > second->start;
}

GArray *
acc_guard_find (const char *text)
{
  Scan scan = { .finds = g_array_new (FALSE, FALSE, sizeof (AccGuardFind)) };

  g_return_val_if_fail (text != NULL, scan.finds);

  scan.glyphs = g_array_new (FALSE, FALSE, sizeof (Glyph));
  scan.groups = g_array_new (FALSE, FALSE, sizeof (Group));
  read_glyphs (&scan, text);
  read_groups (&scan);
  find_words (&scan);
  for (guint start = 0; start < scan.groups->len;)
    {
      guint end = end_of_run (&scan, start);

      find_in_run (&scan, start, end);
      start = end;
    }
  g_array_sort (scan.finds, compare_starts);
  g_array_unref (scan.glyphs);
  g_array_unref (scan.groups);
  return scan.finds;
}
