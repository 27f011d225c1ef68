/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keyboard on the screen is made of: its files, walked whole, and a monitor's real size. */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/places.h"
#include "keyboard-support.h"
#include "kit/keyboard-layout.h"
#include "kit/look.h"
#include "kit/real-size.h"
#include "support.h"
#include "window-support.h"

/* What people of each language write with. */
static const struct {
  const char *language;
  const char *letters, *capitals; /* "" where the script has none */
  const char *signs;
} alphabets[] = {
  { "en", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "'?!.,“”‘’£$" },
  { "es", "abcdefghijklmnñopqrstuvwxyzáéíóúü", "ABCDEFGHIJKLMNÑOPQRSTUVWXYZÁÉÍÓÚÜ", "¿?¡!.,ªº«»€" },
  { "fr", "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ", "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ", "'’?!.,;:«»€" },
  { "de", "abcdefghijklmnopqrstuvwxyzäöüß", "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜẞ", "?!.,„“‚‘€" },
  { "pl", "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż", "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻ", "?!.,„”–€" },
  { "ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئ", "", "؟!.،؛«»" },
};

/* In every language: dates, prices, addresses of mail. */
static const char signs_of_all[] = "0123456789-/:()\"'+%_@&[]{}<>~=#°–—…€";

/* Whether a key of the pages, or one above it, types it. */
static gboolean
is_reachable (AccKeyboardLayout *layout, const char *character)
{
  for (guint page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
    for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
      for (const char *const *key = acc_keyboard_layout_get_row (layout, page, row); *key != NULL; key++)
        {
          const char *const *choices = acc_keyboard_layout_get_choices (layout, *key);

          if (g_str_equal (*key, character) || (choices != NULL && g_strv_contains (choices, character)))
            return TRUE;
        }
  return FALSE;
}

static void
assert_reachable (AccKeyboardLayout *layout, const char *language, const char *characters)
{
  for (const char *at = characters; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_autofree char *character = g_strndup (at, g_utf8_next_char (at) - at);

      if (!is_reachable (layout, character))
        g_error ("“%s” cannot be typed in %s", character, language);
    }
}

static void
test_every_letter_of_each_language_is_reachable (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (alphabets); i++)
    {
      g_autoptr (AccKeyboardLayout) layout = load_layout (alphabets[i].language);

      assert_reachable (layout, alphabets[i].language, alphabets[i].letters);
      assert_reachable (layout, alphabets[i].language, alphabets[i].capitals);
      assert_reachable (layout, alphabets[i].language, alphabets[i].signs);
      assert_reachable (layout, alphabets[i].language, signs_of_all);
    }
}

static void
test_the_first_row_is_the_one_that_people_know (void)
{
  static const char *const rows[][2] = { { "en", "qwertyuiop" }, { "es", "qwertyuiop" },  { "fr", "azertyuiopé" },
                                         { "de", "qwertzuiopü" }, { "pl", "qwertyuiopó" }, { "ar", "ضصثقفغعهخحجد" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccKeyboardLayout) layout = load_layout (rows[i][0]);
      g_autofree char *row
        = g_strjoinv ("", (char **) acc_keyboard_layout_get_row (layout, ACC_KEYBOARD_LETTERS, ACC_KEYBOARD_ROW_1));

      g_assert_cmpstr (row, ==, rows[i][1]);
    }
}

static void
test_a_regional_tag_has_its_languages_keys_and_an_unknown_one_the_english (void)
{
  g_autoptr (AccKeyboardLayout) mexican = load_layout ("es-MX");
  g_autoptr (AccKeyboardLayout) unknown = load_layout ("tlh");
  g_autoptr (AccKeyboardLayout) nonsense = load_layout ("../en");

  g_assert_true (g_strv_contains (acc_keyboard_layout_get_row (mexican, ACC_KEYBOARD_LETTERS, ACC_KEYBOARD_ROW_2), "ñ"));
  g_assert_true (g_strv_contains (acc_keyboard_layout_get_row (unknown, ACC_KEYBOARD_LETTERS, ACC_KEYBOARD_ROW_2), "'"));
  g_assert_nonnull (nonsense);
}

/* A key a script: accents and umlauts are on the keys of any Latin layout. */
static void
test_what_one_can_switch_between_is_a_layout_a_script (void)
{
  static const struct {
    const char *language, *offered, *layouts;
  } rows[] = {
    { "en", "", "en;ar" },
    { "ar", "", "ar;en" },
    { "fr", "", "fr;ar" },
    { "ar", "ar;fr;en", "ar;fr" },
    { "pl", "en;pl;de", "pl" },
    { "en", "en", "en" },
    { "ar", "ar", "ar;en" },
    { "tlh", "ar", "en;ar" },
    { "ar-EG", "de", "ar;de" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) layouts = acc_keyboard_layout_list (rows[i].language, rows[i].offered);
      g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
      g_auto (GStrv) list = NULL;
      g_autofree char *joined = NULL;

      for (guint j = 0; j < layouts->len; j++)
        g_strv_builder_add (tags, acc_keyboard_layout_get_language (g_ptr_array_index (layouts, j)));
      list = g_strv_builder_end (tags);
      joined = g_strjoinv (";", list);
      g_assert_cmpstr (joined, ==, rows[i].layouts);
    }
}

static char *
read_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = acc_file_read (path, 65536, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_a_seventh_language_is_a_file_alone (void)
{
  g_autofree char *path = test_fixture_path ("keyboards/el.conf");
  g_autofree char *text = read_text (path);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (AccKeyboardLayout) greek = acc_keyboard_layout_parse (bytes, path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (acc_keyboard_layout_get_script (greek), ==, G_UNICODE_SCRIPT_GREEK);
  assert_reachable (greek, "el", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊΐϋΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ;·");
}

static void
test_a_wrong_file_is_refused_with_its_line (void)
{
  static const struct {
    const char *old, *new, *says;
  } faults[] = {
    { "letters=abc", "letters=", "line 4: [layout] letters has no value" },
    { "letters=abc\n", "", "[layout] letters has no value" },
    { "accents=á ñ ü", "acents=á ñ ü", "line 7: [layout] acents is not a key of this group" },
    { "[signs]", "[sings]", "line 23: [sings] is not a group of a keyboard’s layout" },
    { "row-1=q w e r t y u i o p\n", "", "[letters] row-1 names no key" },
    { "row-1=q w e r t y u i o p", "row-1=", "line 10: [letters] row-1 names no key" },
    { "row-1=q w e r t y u i o p", "row-1=q  w", "line 10: [letters] row-1 has “”, which a key cannot type" },
    { "row-1=q w e r t y u i o p", "row-1=q w w", "line 10: [letters] row-1 has “w”, which is on this page already" },
    { "row-1=q w e r t y u i o p", "row-1=qwertyuiop", "which a key cannot type" },
    { "row-1=q w e r t y u i o p", "row-1=q \u202ew", "which a key cannot type" },
    { "row-2=a s d f g h j k l '", "row-2=1 2 3 4 5 6 7 8 9 a b c d e", "line 11: [letters] row-2 has 14 keys, and 13 is the most" },
    { "right=.", "right=. ; : !", "has 4 keys, and 3 is the most" },
    { "[digits]", "[capitals]\nrow-1=Q\n[digits]", "line 17: [capitals] row-1 must have as many keys as the letters there: 10" },
    { "l=ł", "L=", "[choices] L names no key" },
    { "l=ł", "ж=ł", "line 38: [choices] ж is a key of no page" },
    { "l=ł", "l", "cannot be read" },
    { "l=ł", "l=\\", "cannot be read" },
  };
  g_autofree char *path = acc_places_data ("keyboards/en.conf");
  g_autofree char *good = read_text (path);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      char *at = strstr (good, faults[i].old);
      g_autofree char *before = g_strndup (good, at - good);
      g_autofree char *text = g_strconcat (before, faults[i].new, at + strlen (faults[i].old), NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;

      g_assert_null (acc_keyboard_layout_parse (bytes, "xx.conf", &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      if (strstr (error->message, faults[i].says) == NULL || !g_str_has_prefix (error->message, "xx.conf"))
        g_error ("“%s” says “%s”", faults[i].new, error->message);
    }
}

static void
test_a_monitor_that_says_what_cannot_be_is_not_believed (void)
{
  static const struct {
    int width, height, width_mm, height_mm;
    double pixels; /* a millimetre */
  } monitors[] = {
    { 1920, 1080, 477, 268, 1920 / 477.0 },  /* 21.5 inches */
    { 1366, 768, 344, 193, 1366 / 344.0 },   /* 15.6 inches */
    { 1080, 1920, 268, 477, 1080 / 268.0 },  /* upright */
    { 1080, 1920, 477, 268, 1080 / 268.0 },  /* upright, and its driver did not turn what it says */
    { 1920, 1080, 0, 0, 96 / 25.4 },         /* a projector */
    { 1920, 1080, 1600, 900, 96 / 25.4 },    /* its shape, for a size */
    { 1920, 1080, 160, 90, 96 / 25.4 },
    { 1920, 1080, 16, 9, 96 / 25.4 },
    { 1920, 1080, 400, 400, 96 / 25.4 },     /* pixels are square */
    { 1920, 1080, -477, 268, 96 / 25.4 },
    { 0, 0, 477, 268, 96 / 25.4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    g_assert_cmpfloat_with_epsilon (
      acc_real_size_for (monitors[i].width, monitors[i].height, monitors[i].width_mm, monitors[i].height_mm),
      monitors[i].pixels, 0.001);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());
  g_test_add_func ("/keyboard/every-letter-of-each-language-is-reachable", test_every_letter_of_each_language_is_reachable);
  g_test_add_func ("/keyboard/the-first-row-is-the-one-that-people-know", test_the_first_row_is_the_one_that_people_know);
  g_test_add_func ("/keyboard/a-regional-tag-has-its-languages-keys-and-an-unknown-one-the-english",
                   test_a_regional_tag_has_its_languages_keys_and_an_unknown_one_the_english);
  g_test_add_func ("/keyboard/what-one-can-switch-between-is-a-layout-a-script",
                   test_what_one_can_switch_between_is_a_layout_a_script);
  g_test_add_func ("/keyboard/a-seventh-language-is-a-file-alone", test_a_seventh_language_is_a_file_alone);
  g_test_add_func ("/keyboard/a-wrong-file-is-refused-with-its-line", test_a_wrong_file_is_refused_with_its_line);
  g_test_add_func ("/keyboard/a-monitor-that-says-what-cannot-be-is-not-believed",
                   test_a_monitor_that_says_what_cannot_be_is_not_believed);
  return g_test_run ();
}
