/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/guard.h"

#include <glib/gi18n-lib.h>

#include "letter/guard-private.h"

static const struct {
  AccGuardKind kind;
  gboolean certain;
  const char *description;
} kind_rows[] = {
  { ACC_GUARD_CARD, TRUE, N_("a card number") },
  { ACC_GUARD_IBAN, TRUE, N_("a bank account number (IBAN)") },
  { ACC_GUARD_SOCIAL, TRUE, N_("a social security, national insurance or identity number") },
  { ACC_GUARD_ACCOUNT, FALSE, N_("an account number") },
  { ACC_GUARD_CODE, FALSE, N_("a PIN or security code") },
};

const char *
acc_guard_describe (AccGuardKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_rows); i++)
    if (kind_rows[i].kind == kind)
      return _(kind_rows[i].description);
  g_return_val_if_reached ("");
}

gboolean
acc_guard_is_certain (AccGuardKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_rows); i++)
    if (kind_rows[i].kind == kind)
      return kind_rows[i].certain;
  g_return_val_if_reached (TRUE);
}

char *
acc_guard_sentence (const char *text, const AccGuardFind *find)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (acc_guard_is_certain (find->kind))
    return g_strdup_printf (_("There is %s in your text. Please take it out: a letter is no safe place for it."),
                            acc_guard_describe (find->kind));
  number = g_strndup (text + find->start, find->end - find->start);
  /* Translators: first what it looks like ("an account number"), then the number as it was typed. */
  return g_strdup_printf (_("This looks like %s: “%s”. Take it out, or tell us that it is something else."),
                          acc_guard_describe (find->kind), number);
}

/* ---- glyphs and groups ---- */

gunichar
acc_guard_glyph (const AccGuardScan *scan, guint i)
{
  return i < scan->glyphs->len ? g_array_index (scan->glyphs, AccGuardGlyph, i).c : 0;
}

gboolean
acc_guard_is_word (const AccGuardScan *scan, guint i)
{
  return g_unichar_isalnum (acc_guard_glyph (scan, i));
}

gboolean
acc_guard_is_separator (gunichar c)
{
  return c == ' ' || c == '-' || c == '.' || c == 0x00B7 || c == 0x00A0 || c == 0x2007 || c == 0x2009 || c == 0x202F
         || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

const AccGuardGroup *
acc_guard_group (const AccGuardScan *scan, guint i)
{
  return &g_array_index (scan->groups, AccGuardGroup, i);
}

guint
acc_guard_start_of (const AccGuardScan *scan, guint first)
{
  return acc_guard_group (scan, first)->first;
}

guint
acc_guard_end_of (const AccGuardScan *scan, guint end)
{
  return acc_guard_group (scan, end - 1)->first + acc_guard_group (scan, end - 1)->n;
}

gboolean
acc_guard_has_one_separator (const AccGuardScan *scan, guint first, guint end)
{
  for (guint i = first + 2; i < end; i++)
    if (acc_guard_group (scan, i)->separator != acc_guard_group (scan, first + 1)->separator)
      return FALSE;
  return TRUE;
}

gboolean
acc_guard_has_shape (const AccGuardScan *scan, guint first, guint end, const guint8 *shape, guint *shape_end)
{
  guint n = 0;

  for (; shape[n] != 0; n++)
    if (first + n >= end || acc_guard_group (scan, first + n)->n != shape[n])
      return FALSE;
  *shape_end = first + n;
  return TRUE;
}

guint
acc_guard_copy_digits (const AccGuardScan *scan, guint first, guint end, char *digits, guint max)
{
  guint n = 0;

  for (guint i = first; i < end && n <= max; i++)
    {
      const AccGuardGroup *group = acc_guard_group (scan, i);

      for (guint j = 0; j < group->n && n <= max; j++, n++)
        if (n < max)
          digits[n] = (char) ('0' + g_unichar_digit_value (acc_guard_glyph (scan, group->first + j)));
    }
  digits[MIN (n, max)] = '\0';
  return n;
}

gboolean
acc_guard_passes_luhn (const char *digits, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    {
      guint value = (guint) (digits[i] - '0') * ((n - i) % 2 == 0 ? 2 : 1);

      sum += value > 9 ? value - 9 : value;
    }
  return sum % 10 == 0;
}

void
acc_guard_add (AccGuardScan *scan, AccGuardKind kind, guint first, guint end)
{
  AccGuardGlyph *glyphs = (AccGuardGlyph *) (void *) scan->glyphs->data;
  AccGuardFind find = { kind, glyphs[first].at, glyphs[end].at };

  for (guint i = first; i < end; i++)
    if (glyphs[i].taken)
      return;
  for (guint i = first; i < end; i++)
    glyphs[i].taken = TRUE;
  g_array_append_val (scan->finds, find);
}

/* ---- the whole text ---- */

static void
read_glyphs (AccGuardScan *scan, const char *text)
{
  const char *at = text;
  AccGuardGlyph end;

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      AccGuardGlyph next = { g_utf8_get_char (at), (gsize) (at - text), FALSE };

      g_array_append_val (scan->glyphs, next);
    }
  end = (AccGuardGlyph){ 0, (gsize) (at - text), FALSE };
  g_array_append_val (scan->glyphs, end);
}

static void
read_groups (AccGuardScan *scan)
{
  guint last_end = 0;

  for (guint i = 0; i < scan->glyphs->len; i++)
    {
      AccGuardGroup group = { i, 0, FALSE, 0 };

      for (; g_unichar_isdigit (acc_guard_glyph (scan, i)); i++)
        group.n++;
      if (group.n == 0)
        continue;
      group.separator = group.first > 0 ? acc_guard_glyph (scan, group.first - 1) : 0;
      group.follows
        = scan->groups->len > 0 && group.first == last_end + 1 && acc_guard_is_separator (group.separator);
      last_end = i;
      g_array_append_val (scan->groups, group);
    }
}

/* What holds letters too, by where it begins. */
static void
find_words (AccGuardScan *scan)
{
  for (guint i = 0; i < scan->glyphs->len; i++)
    {
      guint end;

      if (!acc_guard_is_word (scan, i) || (i > 0 && acc_guard_is_word (scan, i - 1)))
        continue;
      if ((end = acc_guard_match_iban (scan, i)) > 0)
        acc_guard_add (scan, ACC_GUARD_IBAN, i, end);
      else if ((end = acc_guard_match_insurance (scan, i)) > 0 || (end = acc_guard_match_lettered (scan, i)) > 0)
        acc_guard_add (scan, ACC_GUARD_SOCIAL, i, end);
    }
}

/* The group after the run that starts at @first; its groups are one separator apart. */
static guint
end_of_run (const AccGuardScan *scan, guint first)
{
  guint end = first + 1;

  while (end < scan->groups->len && acc_guard_group (scan, end)->follows)
    end++;
  return end;
}

/* The certain ones first: what they are not may still have the shape of another. */
static void
find_in_run (AccGuardScan *scan, guint start, guint end)
{
  guint first = acc_guard_start_of (scan, start);

  if (first > 0 && acc_guard_glyph (scan, first - 1) == '+')
    return; /* a telephone number with its country */
  acc_guard_find_social (scan, start, end);
  acc_guard_find_bank (scan, start, end);
  acc_guard_find_shapes (scan, start, end);
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
  AccGuardScan scan = { .finds = g_array_new (FALSE, FALSE, sizeof (AccGuardFind)) };

  g_return_val_if_fail (text != NULL, scan.finds);

  scan.glyphs = g_array_new (FALSE, FALSE, sizeof (AccGuardGlyph));
  scan.groups = g_array_new (FALSE, FALSE, sizeof (AccGuardGroup));
  read_glyphs (&scan, text);
  read_groups (&scan);
  find_words (&scan);
  for (guint start = 0; start < scan.groups->len;)
    {
      guint end = end_of_run (&scan, start);

      find_in_run (&scan, start, end);
      start = end;
    }
  acc_guard_find_loose_cards (&scan);
  g_array_sort (scan.finds, compare_starts);
  g_array_unref (scan.glyphs);
  g_array_unref (scan.groups);
  return scan.finds;
}

gboolean
acc_guard_find_certain (const char *text, AccGuardFind *find)
{
  g_autoptr (GArray) finds = acc_guard_find (text);

  for (guint i = 0; i < finds->len; i++)
    {
      *find = g_array_index (finds, AccGuardFind, i);
      if (acc_guard_is_certain (find->kind))
        return TRUE;
    }
  return FALSE;
}

gboolean
acc_guard_find_open (const char *text, const char *const *innocent, AccGuardFind *find)
{
  g_autoptr (GArray) finds = acc_guard_find (text);

  for (guint i = 0; i < finds->len; i++)
    {
      g_autofree char *number = NULL;

      *find = g_array_index (finds, AccGuardFind, i);
      number = g_strndup (text + find->start, find->end - find->start);
      if (acc_guard_is_certain (find->kind) || innocent == NULL || !g_strv_contains (innocent, number))
        return TRUE;
    }
  return FALSE;
}

/* ---- masked ---- */

static void
append_masked (GString *masked, const char *text, const AccGuardFind *find)
{
  for (const char *at = text + find->start; at < text + find->end; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (masked, g_unichar_isalnum (c) ? ACC_GUARD_MASK : c);
    }
}

static char *
mask_finds (const char *text, const GArray *finds)
{
  GString *masked = g_string_new (NULL);
  gsize kept = 0;

  for (guint i = 0; i < finds->len; i++)
    {
      const AccGuardFind *find = &g_array_index (finds, AccGuardFind, i);

      g_string_append_len (masked, text + kept, (gssize) (find->start - kept));
      append_masked (masked, text, find);
      kept = find->end;
    }
  g_string_append (masked, text + kept);
  return g_string_free (masked, FALSE);
}

/* What is left of a number whose other part was another's may be one itself: again, until nothing is found. */
char *
acc_guard_mask (const char *text)
{
  char *masked;

  g_return_val_if_fail (text != NULL, NULL);

  masked = g_strdup (text);
  for (;;)
    {
      g_autofree char *last = masked;
      g_autoptr (GArray) finds = acc_guard_find (last);

      if (finds->len == 0)
        return g_steal_pointer (&last);
      masked = mask_finds (last, finds);
    }
}
