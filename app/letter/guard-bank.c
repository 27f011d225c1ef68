/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/guard-private.h"

#include <string.h>

#define CARD_MIN 13
#define CARD_MAX 19
#define IBAN_MAX 34

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

/* Whether a separator may stand before glyph @i of an IBAN of which @n characters were read: behind the country, where
 * that is in capitals, and anywhere in the rest; two of them at most. */
static gboolean
may_separate (const AccGuardScan *scan, guint i, guint n)
{
  if (n < 2 || !acc_guard_is_separator (acc_guard_glyph (scan, i)))
    return FALSE;
  if (n < 4)
    return n == 2 && acc_guard_glyph (scan, i - 1) <= 'Z';
  return !acc_guard_is_separator (acc_guard_glyph (scan, i - 1))
         || !acc_guard_is_separator (acc_guard_glyph (scan, i - 2));
}

/* "AT 10 minutes past" is no country's account: most of those is digits. */
static gboolean
is_mostly_digits (const char *iban, guint length)
{
  guint n = 0;

  for (guint i = 0; i < length; i++)
    n += g_ascii_isdigit (iban[i]);
  return 2 * n >= length;
}

/* The glyph after the IBAN that starts at @first, or 0. Its digits may be any script's. */
guint
acc_guard_match_iban (const AccGuardScan *scan, guint first)
{
  char iban[IBAN_MAX];
  guint n = 0, length = 0, i = first;

  for (; n < 4 || n < length; i++)
    {
      gunichar c = acc_guard_glyph (scan, i);

      if (g_unichar_isdigit (c))
        iban[n++] = (char) ('0' + g_unichar_digit_value (c));
      else if (c < 0x80 && g_ascii_isalpha ((char) c))
        iban[n++] = g_ascii_toupper ((char) c);
      else if (!may_separate (scan, i, n))
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
  return !acc_guard_is_word (scan, i) && is_mostly_digits (iban, length) && passes_mod_97 (iban, length) ? i : 0;
}

/* No payment card starts with 0. */
static gboolean
is_card (const AccGuardScan *scan, guint first, guint end)
{
  char digits[CARD_MAX + 2];
  guint n = acc_guard_copy_digits (scan, first, end, digits, CARD_MAX + 1);

  return n >= CARD_MIN && n <= CARD_MAX && digits[0] != '0' && acc_guard_passes_luhn (digits, n);
}

/* The group after the card number that starts at @first, or 0. */
static guint
match_card (const AccGuardScan *scan, guint first, guint start, guint end)
{
  guint shape_end;

  if (is_card (scan, first, first + 1))
    return first + 1;
  for (guint i = 0; i < G_N_ELEMENTS (card_shapes); i++)
    if (acc_guard_has_shape (scan, first, end, card_shapes[i], &shape_end) && is_card (scan, first, shape_end))
      return shape_end;
  if (first == start && acc_guard_has_one_separator (scan, start, end) && is_card (scan, start, end))
    return end;
  return 0;
}

/* One number a line, or what fingers strike for a space, lies between the groups: then only the shapes of cards count.
 */
static gboolean
is_near (const AccGuardScan *scan, guint group)
{
  const AccGuardGroup *before = acc_guard_group (scan, group - 1), *this = acc_guard_group (scan, group);
  guint end = before->first + before->n;

  if (this->follows)
    return TRUE;
  if (this->first == end || this->first > end + 2)
    return FALSE;
  for (guint i = end; i < this->first; i++)
    {
      gunichar c = acc_guard_glyph (scan, i);

      if (!acc_guard_is_separator (c) && c != '\n'
          && (this->first > end + 1 || c > 0x7F || strchr ("/,_", (int) c) == NULL))
        return FALSE;
    }
  return TRUE;
}

void
acc_guard_find_loose_cards (AccGuardScan *scan)
{
  for (guint start = 0, end; start < scan->groups->len; start++)
    for (guint i = 0; i < G_N_ELEMENTS (card_shapes); i++)
      if (acc_guard_has_shape (scan, start, scan->groups->len, card_shapes[i], &end) && is_card (scan, start, end))
        {
          guint group = start + 1;

          while (group < end && is_near (scan, group))
            group++;
          if (group == end)
            acc_guard_add (scan, ACC_GUARD_CARD, acc_guard_start_of (scan, start), acc_guard_end_of (scan, end));
        }
}

/* Poland's account numbers are its IBANs without the country. */
static gboolean
is_polish_account (const AccGuardScan *scan, guint start, guint end)
{
  char iban[IBAN_MAX] = "PL";

  return acc_guard_copy_digits (scan, start, end, iban + 2, 27) == 26 && passes_mod_97 (iban, 28);
}

void
acc_guard_find_bank (AccGuardScan *scan, guint start, guint end)
{
  if (is_polish_account (scan, start, end))
    acc_guard_add (scan, ACC_GUARD_IBAN, acc_guard_start_of (scan, start), acc_guard_end_of (scan, end));
  for (guint i = start; i < end;)
    {
      guint card_end = match_card (scan, i, start, end);

      if (card_end > 0)
        acc_guard_add (scan, ACC_GUARD_CARD, acc_guard_start_of (scan, i), acc_guard_end_of (scan, card_end));
      i = card_end > 0 ? card_end : i + 1;
    }
}
