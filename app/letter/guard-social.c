/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/guard-private.h"

#include <string.h>

#define LETTERED_MAX 12

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
guint
acc_guard_match_insurance (const AccGuardScan *scan, guint first)
{
  char taken[9];
  guint n = 0, i = first;

  for (; n < 9; i++)
    {
      gunichar c = acc_guard_glyph (scan, i);
      gboolean between = n == 2 || n == 4 || n == 6 || n == 8;

      if (between && acc_guard_is_separator (c) && !acc_guard_is_separator (acc_guard_glyph (scan, i - 1)))
        continue;
      if (c >= 0x80 || !(n < 2 || n == 8 ? g_ascii_isalpha ((char) c) : g_ascii_isdigit ((char) c)))
        return 0;
      taken[n++] = g_ascii_toupper ((char) c);
    }
  if (acc_guard_is_word (scan, i) || taken[8] > 'D' || !is_insurance_prefix (taken[0], taken[1]))
    return 0;
  return i;
}

/* ---- those with one letter after eight digits ---- */

/* Spain, Orden INT/2058/2008: the letter of an identity number is its remainder by 23; a foreigner's X, Y or Z in front
 * counts as 0, 1 or 2. */
static gboolean
is_dni (const char *taken)
{
  return "TRWAGMYFPDXBNJZSQVHLCKE"[g_ascii_strtoull (taken, NULL, 10) % 23] == taken[8];
}

/* Germany, VKVV § 2: the digits of the weighted products, the letter counting as two, add up to the last one. */
static gboolean
is_pension_number (const char *taken)
{
  static const guint8 weights[] = { 2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1 };
  guint letter = (guint) (taken[8] - 'A') + 1, sum = 0;
  g_autofree char *digits = g_strdup_printf ("%.8s%02u%.2s", taken, letter, taken + 9);

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      guint product = weights[i] * (guint) (digits[i] - '0');

      sum += product / 10 + product % 10;
    }
  return sum % 10 == (guint) (taken[11] - '0');
}

guint
acc_guard_match_lettered (const AccGuardScan *scan, guint first)
{
  char taken[LETTERED_MAX + 1] = "";
  guint n = 0, i = first, dni_end = 0;

  for (; n < LETTERED_MAX; i++)
    {
      gunichar c = acc_guard_glyph (scan, i);

      if (n == 0 && c < 0x80 && strchr ("XYZ", g_ascii_toupper ((char) c)) != NULL)
        {
          taken[n++] = (char) ('0' + g_ascii_toupper ((char) c) - 'X');
          continue;
        }
      if (n > 0 && acc_guard_is_separator (c) && !acc_guard_is_separator (acc_guard_glyph (scan, i - 1)))
        continue;
      if (c >= 0x80 || !(n == 8 ? g_ascii_isalpha ((char) c) : g_ascii_isdigit ((char) c)))
        break;
      taken[n++] = g_ascii_toupper ((char) c);
      if (n == 9 && !acc_guard_is_word (scan, i + 1) && is_dni (taken))
        dni_end = i + 1;
    }
  if (n == LETTERED_MAX && g_unichar_isdigit (acc_guard_glyph (scan, first)) && !acc_guard_is_word (scan, i)
      && is_pension_number (taken))
    return i;
  return dni_end;
}

/* ---- runs of digits ---- */

/* SSA: no area 000, 666 or 900 and above, no group 00, no serial 0000. */
static gboolean
is_us (const char *digits)
{
  return memcmp (digits, "000", 3) != 0 && memcmp (digits, "666", 3) != 0 && digits[0] != '9'
         && memcmp (digits + 3, "00", 2) != 0 && memcmp (digits + 5, "0000", 4) != 0;
}

/* Canada, Employment and Social Development: Luhn; none starts with 0 or 8. */
static gboolean
is_canadian (const char *digits)
{
  return digits[0] != '0' && digits[0] != '8' && acc_guard_passes_luhn (digits, 9);
}

/* France, INSEE: sex, year, month, place and order, and 97 less the remainder of these by 97. */
static gboolean
is_french (const char *digits)
{
  guint64 all = g_ascii_strtoull (digits, NULL, 10);

  return (digits[0] == '1' || digits[0] == '2') && 97 - all / 100 % 97 == all % 100;
}

/* Spain, Tesorería General: province and number, of eight digits or without its leading zero, and their remainder. */
static gboolean
is_spanish (const char *digits)
{
  guint64 all = g_ascii_strtoull (digits, NULL, 10), province = all / 10000000000, number = all / 100 % 100000000;
  guint64 base = number < 10000000 ? number + province * 10000000 : number + province * 100000000;

  return province >= 1 && province <= 66 && base % 97 == all % 100;
}

/* Poland, Ustawa o ewidencji ludności, art. 15: a birthday, whose month tells the century, and a weighted sum. */
static gboolean
is_polish (const char *digits)
{
  static const guint8 weights[] = { 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1 };
  guint month = (guint) (digits[2] - '0') * 10 + (guint) (digits[3] - '0');
  guint day = (guint) (digits[4] - '0') * 10 + (guint) (digits[5] - '0');
  guint sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i] * (guint) (digits[i] - '0');
  return month / 20 <= 1 && month % 20 >= 1 && month % 20 <= 12 && day >= 1 && day <= 31 && sum % 10 == 0;
}

/* How each is written when no word says what it is; where groups of no one's shape are given, any will do. */
static const struct {
  guint digits;
  guint8 shape[4];    /* 0: no matter */
  gunichar separator; /* between its groups; 0: any one */
  gboolean (*is) (const char *digits);
} number_rows[] = {
  { 9, { 3, 2, 4 }, 0, is_us },         /* 078-05-1120 */
  { 9, { 3, 3, 3 }, '-', is_canadian }, /* with spaces it is how telephone numbers stand */
  { 11, { 11 }, 0, is_polish },         /* in one piece */
  { 12, { 0 }, 0, is_spanish },         { 15, { 0 }, 0, is_french },
};

static gboolean
is_social (const AccGuardScan *scan, guint start, guint end, guint row)
{
  char digits[16];
  guint shape_end = end;

  if (acc_guard_copy_digits (scan, start, end, digits, 15) != number_rows[row].digits)
    return FALSE;
  if (number_rows[row].shape[0] != 0
      && (!acc_guard_has_shape (scan, start, end, number_rows[row].shape, &shape_end) || shape_end != end
          || !acc_guard_has_one_separator (scan, start, end)))
    return FALSE;
  if (number_rows[row].separator != 0 && acc_guard_group (scan, end - 1)->separator != number_rows[row].separator)
    return FALSE;
  return number_rows[row].is (digits);
}

void
acc_guard_find_social (AccGuardScan *scan, guint start, guint end)
{
  guint first = acc_guard_start_of (scan, start), after = acc_guard_end_of (scan, end);

  if ((first > 0 && acc_guard_is_word (scan, first - 1)) || acc_guard_is_word (scan, after))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (number_rows); i++)
    if (is_social (scan, start, end, i))
      {
        acc_guard_add (scan, ACC_GUARD_SOCIAL, first, after);
        return;
      }
}
