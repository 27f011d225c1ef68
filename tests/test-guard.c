/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that must not be in a letter, over two tables: fixtures/guard/true.txt (the kind, a tab, and a text whose
 * number stands between « and ») and fixtures/guard/innocent.txt. */
#include <string.h>

#include "letter/guard.h"
#include "support.h"

static const struct {
  const char *name;
  AccGuardKind kind;
} kinds[] = {
  { "card", ACC_GUARD_CARD },       { "iban", ACC_GUARD_IBAN }, { "social", ACC_GUARD_SOCIAL },
  { "account", ACC_GUARD_ACCOUNT }, { "code", ACC_GUARD_CODE },
};

static GStrv
read_lines (const char *name)
{
  g_autofree char *path = g_build_filename (TEST_FIXTURES, "guard", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static AccGuardKind
kind_named (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return kinds[i].kind;
  g_error ("%s is no kind", name);
}

/* Whether the number between the marks, and nothing else, is found in @marked. */
static gboolean
is_found (AccGuardKind kind, const char *marked)
{
  g_auto (GStrv) before = g_strsplit (marked, "«", 2);
  g_auto (GStrv) after = g_strsplit (before[1], "»", 2);
  g_autofree char *text = g_strconcat (before[0], after[0], after[1], NULL);
  g_autoptr (GArray) finds = acc_guard_find (text);
  const AccGuardFind *find = (const AccGuardFind *) (void *) finds->data;

  return finds->len == 1 && find->kind == kind && find->start == strlen (before[0])
         && find->end == strlen (before[0]) + strlen (after[0]);
}

/* Cards and IBANs all; of the others at least 99 in 100. */
static void
test_true_ones_are_found (void)
{
  g_auto (GStrv) lines = read_lines ("true.txt");
  guint n = g_strv_length (lines), others = 0, missed = 0;

  g_assert_cmpuint (n, >=, 200);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
      AccGuardKind kind = kind_named (parts[0]);
      gboolean found = is_found (kind, parts[1]);

      if (!found)
        g_test_message ("not found: %s", lines[i]);
      if (kind == ACC_GUARD_CARD || kind == ACC_GUARD_IBAN)
        {
          g_assert_true (found);
          continue;
        }
      others++;
      missed += !found;
    }
  g_test_message ("%u of %u missed", missed, others);
  g_assert_cmpuint (missed * 100, <=, others);
}

/* At most one in a hundred is stopped. */
static void
test_innocent_ones_are_left_alone (void)
{
  g_auto (GStrv) lines = read_lines ("innocent.txt");
  guint n = g_strv_length (lines), stopped = 0;

  g_assert_cmpuint (n, >=, 200);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) finds = acc_guard_find (lines[i]);

      if (finds->len > 0)
        g_test_message ("stopped: %s", lines[i]);
      stopped += finds->len > 0;
    }
  g_test_message ("%u of %u stopped", stopped, n);
  g_assert_cmpuint (stopped * 100, <=, n);
}

static void
test_every_number_of_a_text_is_found_in_order (void)
{
  static const char text[] = "078-05-1120 then 4111 1111 1111 1111 then GB82WEST12345698765432 then PIN 1234, my "
                             "account 12345678 and AB123456C";
  static const AccGuardKind found[]
    = { ACC_GUARD_SOCIAL, ACC_GUARD_CARD, ACC_GUARD_IBAN, ACC_GUARD_CODE, ACC_GUARD_ACCOUNT, ACC_GUARD_SOCIAL };
  g_autoptr (GArray) finds = acc_guard_find (text);

  g_assert_cmpuint (finds->len, ==, G_N_ELEMENTS (found));
  for (guint i = 0; i < finds->len; i++)
    g_assert_cmpint (g_array_index (finds, AccGuardFind, i).kind, ==, found[i]);
}

/* Return was pressed in the middle. */
static void
test_a_card_is_found_over_two_lines (void)
{
  static const char text[] = "4111 1111\n1111 1111";
  g_autoptr (GArray) finds = acc_guard_find (text);

  g_assert_cmpuint (finds->len, ==, 1);
  g_assert_cmpint (g_array_index (finds, AccGuardFind, 0).kind, ==, ACC_GUARD_CARD);
  g_assert_cmpuint (g_array_index (finds, AccGuardFind, 0).end, ==, strlen (text));
}

/* Only what has no check of its own may be confirmed to be something else. */
static void
test_each_kind_is_described (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpstr (acc_guard_describe (kinds[i].kind), !=, "");
      g_assert_cmpint (acc_guard_is_certain (kinds[i].kind), ==,
                       kinds[i].kind != ACC_GUARD_ACCOUNT && kinds[i].kind != ACC_GUARD_CODE);
    }
}

/* Its last digit changed, a card is no card and an IBAN no IBAN. */
static void
test_a_changed_digit_is_no_such_number (void)
{
  g_auto (GStrv) lines = read_lines ("true.txt");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);
      g_auto (GStrv) before = g_strsplit (parts[1], "«", 2);
      g_auto (GStrv) after = g_strsplit (before[1], "»", 2);
      char *last = after[0] + strlen (after[0]) - 1;
      AccGuardKind kind = kind_named (parts[0]);
      g_autoptr (GArray) finds = NULL;

      if ((kind != ACC_GUARD_CARD && kind != ACC_GUARD_IBAN) || !g_ascii_isdigit (*last))
        continue;
      *last = *last == '9' ? '0' : (char) (*last + 1);
      finds = acc_guard_find (after[0]);
      for (guint j = 0; j < finds->len; j++)
        if (g_array_index (finds, AccGuardFind, j).kind == kind)
          g_error ("%s is found", after[0]);
    }
}

/* Two numbers may share a group; and a word says what stands behind it, once. */
static void
test_nothing_is_found_in_a_masked_text (void)
{
  static const char *const pieces[]
    = { "4",   "00",   "1234", "4111 1111 1111 1111", "078-05-1120", "GB82 WEST 1234 5698 7654 32", "12345678Z", "2026",
        "csc", "PIN ", "account ", "SSN ", "pesel ", " ", "-", "/", ", ", "\n", "AB", "DE", "«", "•", "á", "EUR", "8" };
  g_autoptr (GRand) random = test_random ();

  for (guint i = 0; i < 50000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *masked = NULL;
      g_autoptr (GArray) finds = NULL;

      for (gint32 n = g_rand_int_range (random, 1, 12); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      masked = acc_guard_mask (text->str);
      finds = acc_guard_find (masked);
      if (finds->len > 0)
        g_error ("%s, masked as %s, still holds a number", text->str, masked);
      g_assert_cmpint (g_utf8_strlen (masked, -1), ==, g_utf8_strlen (text->str, -1));
    }
}

static void
test_a_megabyte_is_guarded_without_a_stall (void)
{
  static const char *const pieces[]
    = { "4", "1 ",       "4111 1111 1111 1111 ", "a1", "GB82 ", "123-45-6789 ", "AB12", "4111 1111 1111 1111\n",
        "-", "account ", "PIN 12345678\n" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint64 start;

      while (text->len < 1000000)
        g_string_append (text, pieces[i]);
      start = test_cpu_time ();
      {
        g_autoptr (GArray) finds = acc_guard_find (text->str);

        g_test_message ("%s: %u", pieces[i], finds->len);
      }
      g_assert_cmpint (test_cpu_time () - start, <, 4 * G_USEC_PER_SEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guard/a-card-is-found-over-two-lines", test_a_card_is_found_over_two_lines);
  g_test_add_func ("/guard/true-ones-are-found", test_true_ones_are_found);
  g_test_add_func ("/guard/innocent-ones-are-left-alone", test_innocent_ones_are_left_alone);
  g_test_add_func ("/guard/every-number-of-a-text-is-found-in-order", test_every_number_of_a_text_is_found_in_order);
  g_test_add_func ("/guard/each-kind-is-described", test_each_kind_is_described);
  g_test_add_func ("/guard/a-changed-digit-is-no-such-number", test_a_changed_digit_is_no_such_number);
  g_test_add_func ("/guard/nothing-is-found-in-a-masked-text", test_nothing_is_found_in_a_masked_text);
  g_test_add_func ("/guard/a-megabyte-is-guarded-without-a-stall", test_a_megabyte_is_guarded_without_a_stall);
  return g_test_run ();
}
