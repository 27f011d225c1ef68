/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that are known by the words before them, or by their length alone. */
#include "letter/guard-private.h"

#include <string.h>

#include "base/text.h"

#define BEFORE 48  /* glyphs that are looked at for a word */
#define BETWEEN 32 /* bytes, folded, that may lie between the word and the number */
#define DIGITS_MAX 34

typedef enum { MEANS_NOTHING, MEANS_ACCOUNT, MEANS_CODE, MEANS_SOCIAL, MEANS_OTHER } Meaning;

/* Words as acc_text_fold gives them, in the languages of the kiosk; each begins a word, and those of the second kind
 * are all of it. The last one before a number says what it is. */
static const char *const account_stems[]
  = { "account",      "acct", "sort code", "routing", "konto",       "girokonto", "rachun",
      "bankleitzahl", "حساب", "الحساب",    "حسابي",   "card number",
      "acc no", "acc. no", "acc number", "kto-nr", "kto.-nr", "kto nr", "kto. nr", NULL };
static const char *const account_words[] = { "a/c", "iban", "cuenta", "compte", "kontem", "konta", "blz", NULL };
static const char *const code_stems[]
  = { "cvv", "cvc", "pin-", "security code", "passcode", "pass code", "password", "one-time code",
      "one time code", "verification code", "access code", "codigo de seguridad", "contrasena",
      "codigo secreto", "code secret", "cryptogramme", "code de securite", "code confidentiel", "mot de passe",
      "prufziffer", "prufnummer", "kartenprufnummer", "sicherheitscode", "geheimzahl", "kennwort", "passwort",
      "kod zabezp", "kod sms", "haslo", "kod bezp", "رمز الامان", "الرقم السري", "رمز التحقق",
      "geheimnummer", "bestatigungscode", "zugangscode", "freigabecode", "numero secreto", "codigo de verificacion",
      "numero secret", "code de verification", "code de validation", "code recu", "kod weryfik", "kod autoryz",
      "رقمي السري", "كلمة السر", "كلمة المرور", NULL };
static const char *const code_words[] = { "csc", "pin", "otp", "tan", "clave", NULL };
static const char *const social_words[] = { "ssn", NULL };
static const char *const social_stems[] = { "social security",    "social insurance",   "national insurance",
                                            "securite sociale",   "assurance sociale",  "seguridad social",
                                            "sozialversicherung", "rentenversicherung", "pesel",
                                            "ubezpieczeni",       "الضمان الاجتماعي",
                                            "steuer-id",          "steueridentif",      NULL };
static const char *const other_stems[]
  = { "phone",        "telephone",  "telefon",  "tel",          "mobil",       "movil",
      "fax",          "whatsapp",   "call",     "handynummer",  "komork",      "هاتف",
      "الهاتف",       "ref",        "case",     "ticket",       "order",       "invoice",
      "tracking",     "parcel",     "shipment", "booking",      "reservation", "flight",
      "confirmation", "claim",      "isbn",     "barcode",      "serial",      "receipt",
      "postcode",     "post code",  "zip",      "postleitzahl", "code postal", "codigo postal",
      "kod pocztow",  "area code",  "pin code", "dossier",      "commande",    "facture",
      "colis",        "expediente", "pedido",   "factura",      "vorgang",     "aktenzeichen",
      "bestell",      "rechnung",   "sendung",  "zamowien",     "faktur",      "spraw",
      "przesylk",     "zgloszen",
      "durchwahl",    "extension",  NULL };
static const char *const other_words[]
  = { "cell", "portable", "handy", "plz", "room", "zimmer", "salle", "sala", "pokoj", NULL };

static const struct {
  Meaning meaning;
  const char *const *stems, *const *words;
} meaning_rows[] = {
  { MEANS_ACCOUNT, account_stems, account_words }, /* an account's number comes after it, or a part of one */
  { MEANS_CODE, code_stems, code_words },          /* what nobody else may know */
  { MEANS_SOCIAL, social_stems, social_words },
  { MEANS_OTHER, other_stems, other_words }, /* telephones, orders, post codes: numbers that may well be told */
};

/* Words after a number that make an amount of it; folded. */
static const char *const units[]
  = { "eur",   "usd",   "gbp",   "pln",    "dollar", "pound", "zl",    "cent",  "percent", "people",
      "times", "years", "km",    "miles",  "%",      "peso",  "libra", "franc", "frank",   "chf",
      "koron", "kron",  "riyal", "dirham", "ريال",   "درهم",  "دينار", "جنيه",  "يورو",    "دولار" };

/* Words before a year. */
static const char *const year_words[]
  = { "in", "since", "im", "seit", "en", "depuis", "desde", "w", "od", "منذ", "عام", "سنة" };

static gboolean
is_of_a_number (const AccGuardScan *scan, guint i)
{
  gunichar c = acc_guard_glyph (scan, i);

  return c == ACC_GUARD_MASK
         || (g_unichar_isdigit (c) && (i == 0 || !g_unichar_isalpha (acc_guard_glyph (scan, i - 1))));
}

/* The text before @first, to the last line's or number's end, folded; the digit of CVV2 is no number. */
static char *
fold_before (const AccGuardScan *scan, guint first)
{
  g_autoptr (GString) before = g_string_new (NULL);
  guint start = first;

  while (start > 0 && first - start < BEFORE && acc_guard_glyph (scan, start - 1) != '\n'
         && !is_of_a_number (scan, start - 1))
    start--;
  for (guint i = start; i < first; i++)
    g_string_append_unichar (before, acc_guard_glyph (scan, i));
  return acc_text_fold (before->str);
}

static gboolean
is_letter_at (const char *at)
{
  return g_unichar_isalpha (g_utf8_get_char (at));
}

/* The end of @word's last place in @text, or NULL. */
static const char *
find_last (const char *text, const char *word, gboolean whole)
{
  const char *found = NULL;
  gsize length = strlen (word);

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    if ((at == text || !is_letter_at (g_utf8_find_prev_char (text, at)))
        && (!whole || at[length] == '\0' || !is_letter_at (at + length)))
      found = at + length;
  return found;
}

/* The end of the last of @words in @text, if it lies behind @last; else @last. */
static const char *
find_last_of (const char *text, const char *const *words, gboolean whole, const char *last)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *end = find_last (text, words[i], whole);

      if (end != NULL && (last == NULL || end > last))
        last = end;
    }
  return last;
}

static Meaning
meaning_of (const char *before)
{
  const char *last = NULL;
  Meaning meaning = MEANS_NOTHING;

  for (guint i = 0; i < G_N_ELEMENTS (meaning_rows); i++)
    {
      const char *end = find_last_of (before, meaning_rows[i].stems, FALSE, last);

      end = find_last_of (before, meaning_rows[i].words, TRUE, end);
      if (end != last)
        meaning = meaning_rows[i].meaning;
      last = end;
    }
  return last != NULL && strlen (last) <= BETWEEN ? meaning : MEANS_NOTHING;
}

static gboolean
is_currency (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_CURRENCY_SYMBOL;
}

/* An amount: money, people, years. */
static gboolean
is_amount (const AccGuardScan *scan, guint first, guint after)
{
  g_autoptr (GString) next = g_string_new (NULL);
  g_autofree char *folded = NULL;

  if ((first > 0 && is_currency (acc_guard_glyph (scan, first - 1)))
      || (first > 1 && acc_guard_glyph (scan, first - 1) == ' ' && is_currency (acc_guard_glyph (scan, first - 2))))
    return TRUE;
  for (guint i = after; acc_guard_glyph (scan, i) != 0 && i < after + 10; i++)
    g_string_append_unichar (next, acc_guard_glyph (scan, i));
  folded = acc_text_fold (next->str);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (folded, units[i]))
      return TRUE;
  return is_currency (g_utf8_get_char (folded));
}

/* With cents: 350.75, or what a comma and two digits follow. */
static gboolean
has_cents (const AccGuardScan *scan, guint start, guint end)
{
  const AccGuardGroup *last = acc_guard_group (scan, end - 1);
  guint after = acc_guard_end_of (scan, end);

  if (end - start == 2 && last->separator == '.' && last->n == 2)
    return TRUE;
  return acc_guard_glyph (scan, after) == ',' && g_unichar_isdigit (acc_guard_glyph (scan, after + 1))
         && g_unichar_isdigit (acc_guard_glyph (scan, after + 2))
         && !g_unichar_isdigit (acc_guard_glyph (scan, after + 3));
}

static gboolean
is_year (const char *digits)
{
  return strlen (digits) == 4 && (g_str_has_prefix (digits, "19") || g_str_has_prefix (digits, "20"));
}

/* "in 2024": @before is folded. */
static gboolean
is_year_after_its_word (const char *before, const char *digits)
{
  g_autofree char *trimmed = g_strchomp (g_strdup (before));

  for (guint i = 0; is_year (digits) && i < G_N_ELEMENTS (year_words); i++)
    {
      const char *end = find_last (trimmed, year_words[i], TRUE);

      if (end != NULL && *end == '\0')
        return TRUE;
    }
  return FALSE;
}

/* 2019 2020 2021 2022 */
static gboolean
are_years (const AccGuardScan *scan, guint start, guint end)
{
  for (guint i = start; i < end; i++)
    {
      char digits[6];

      if (acc_guard_copy_digits (scan, i, i + 1, digits, 5) != 4 || !is_year (digits))
        return FALSE;
    }
  return TRUE;
}

static guint
two (const char *digits)
{
  return (guint) (digits[0] - '0') * 10 + (guint) (digits[1] - '0');
}

/* Year, month, day, or day, month, year, with or without what is between; perhaps a time after it. */
static gboolean
is_date (const char *digits, guint n)
{
  static const struct {
    guint year, month, day;
  } orders[] = { { 0, 4, 6 }, { 4, 2, 0 }, { 4, 0, 2 } };

  for (guint i = 0; n >= 8 && i < G_N_ELEMENTS (orders); i++)
    {
      guint century = two (digits + orders[i].year), month = two (digits + orders[i].month);
      guint day = two (digits + orders[i].day);

      if ((century == 19 || century == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31)
        return TRUE;
    }
  return FALSE;
}

/* A day, month and year in groups: the year has four digits, the others one or two. */
static gboolean
starts_with_date (const AccGuardScan *scan, guint start, guint end)
{
  guint n[3];

  if (end - start < 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    n[i] = acc_guard_group (scan, start + i)->n;
  return n[1] <= 2 && ((n[0] == 4 && n[2] <= 2) || (n[0] <= 2 && n[2] == 4));
}

/* In one piece and without a plus: North America (NANP), a country's code first, or a book (ISBN). */
static gboolean
is_telephone_or_book (const char *digits, guint n)
{
  static const char *const countries[] = { "44", "49", "33", "34", "48", "1" };

  if (digits[0] == '0')
    return TRUE;
  if (n == 10)
    return digits[0] >= '2' && digits[3] >= '2';
  if (n == 13 && (g_str_has_prefix (digits, "978") || g_str_has_prefix (digits, "979")))
    return TRUE;
  for (guint i = 0; n >= 11 && n <= 13 && i < G_N_ELEMENTS (countries); i++)
    if (g_str_has_prefix (digits, countries[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_one_digit (const char *digits)
{
  return strspn (digits, (const char[]){ digits[0], '\0' }) == strlen (digits);
}

/* What no word says: a sort code and eight digits (United Kingdom), ten to fifteen digits in one piece, or more. */
static gboolean
looks_like_account (const AccGuardScan *scan, guint start, guint end, const char *digits)
{
  static const guint8 with_sort_code[] = { 2, 2, 2, 8, 0 };
  guint n = (guint) strlen (digits), shape_end;

  if (acc_guard_has_shape (scan, start, end, with_sort_code, &shape_end) && shape_end == end)
    return TRUE;
  if (starts_with_date (scan, start, end) || is_date (digits, n) || is_one_digit (digits)
      || are_years (scan, start, end))
    return FALSE;
  if (n >= 16)
    return digits[0] != '0' || end - start == 1;
  return n >= 10 && end - start == 1 && !is_telephone_or_book (digits, n);
}

static gboolean
is_account_after_its_word (const AccGuardScan *scan, guint start, guint end, const char *digits)
{
  guint n = (guint) strlen (digits);

  return n >= 5 && !starts_with_date (scan, start, end) && !(n == 8 && end - start == 1 && is_date (digits, n))
         && !has_cents (scan, start, end)
         && !is_amount (scan, acc_guard_start_of (scan, start), acc_guard_end_of (scan, end));
}

/* In one piece or two, or a digit at a time. */
static gboolean
is_code (const AccGuardScan *scan, guint start, guint end, const char *digits)
{
  guint n = (guint) strlen (digits);

  return n >= 3 && n <= 8 && (end - start <= 2 || end - start == n) && !starts_with_date (scan, start, end)
         && !is_amount (scan, acc_guard_start_of (scan, start), acc_guard_end_of (scan, end));
}

static void
find_shape (AccGuardScan *scan, guint start, guint end)
{
  guint first = acc_guard_start_of (scan, start), after = acc_guard_end_of (scan, end);
  char digits[DIGITS_MAX + 1];
  guint n = acc_guard_copy_digits (scan, start, end, digits, DIGITS_MAX);
  g_autofree char *before = NULL;
  Meaning meaning;

  if (n < 3 || n > DIGITS_MAX)
    return;
  before = fold_before (scan, first);
  meaning = meaning_of (before);
  if (meaning == MEANS_SOCIAL && n >= 9 && n <= 15)
    acc_guard_add (scan, ACC_GUARD_SOCIAL, first, after);
  else if (meaning == MEANS_CODE && is_code (scan, start, end, digits) && !is_year_after_its_word (before, digits))
    acc_guard_add (scan, ACC_GUARD_CODE, first, after);
  else if (meaning == MEANS_ACCOUNT ? is_account_after_its_word (scan, start, end, digits)
                                    : meaning != MEANS_OTHER && looks_like_account (scan, start, end, digits))
    acc_guard_add (scan, ACC_GUARD_ACCOUNT, first, after);
}

void
acc_guard_find_shapes (AccGuardScan *scan, guint start, guint end)
{
  guint first = acc_guard_start_of (scan, start);

  if (acc_guard_is_word (scan, acc_guard_end_of (scan, end)))
    return;
  if (first > 0 && acc_guard_is_word (scan, first - 1)) /* the 2 of CVV2 belongs to its word */
    start++;
  if (start < end)
    find_shape (scan, start, end);
}
