/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letterheads and their wording: what is refused, by name, and how the sheet's head and foot follow them. */
#include "base/error.h"
#include "base/places.h"
#include "paper-support.h"
#include "paper/pages-private.h"
#include "paper/wording-private.h"

#include <glib/gstdio.h>
#include <math.h>

static const char *const shipped[] = { "harbour-vale", "three-arches" };

static const char emblem_start[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                                   "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 10 10\">";

/* A letterhead's folder, which a test spoils. */
typedef struct {
  char *folder;
  GString *conf;
  char *emblem;
} Draft;

static char *
read_shipped (const char *name)
{
  g_autofree char *below = g_build_filename ("letterheads", "harbour-vale", name, NULL);
  g_autofree char *path = acc_places_data (below);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
set_up (Draft *draft, gconstpointer data)
{
  g_autofree char *conf = read_shipped ("letterhead.conf");

  draft->folder = test_folder_new ();
  draft->conf = g_string_new (conf);
  draft->emblem = read_shipped ("emblem.svg");
}

static void
tear_down (Draft *draft, gconstpointer data)
{
  test_folder_free (draft->folder);
  g_string_free (draft->conf, TRUE);
  g_free (draft->emblem);
}

static void
change (Draft *draft, const char *from, const char *to)
{
  g_assert_cmpuint (g_string_replace (draft->conf, from, to, 1), ==, 1);
}

static void
write_file (const Draft *draft, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (draft->folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* All faults of the draft; @advice may be NULL. */
static GPtrArray *
check (const Draft *draft, GPtrArray *advice)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  write_file (draft, "letterhead.conf", draft->conf->str);
  write_file (draft, "emblem.svg", draft->emblem);

  g_autoptr (AccLetterhead) letterhead = acc_letterhead_check (draft->folder, faults, advice);
  g_assert_true ((letterhead != NULL) == (faults->len == 0));
  for (guint i = 0; i < faults->len; i++)
    {
      const GError *fault = g_ptr_array_index (faults, i);

      g_test_message ("%s", fault->message);
      g_assert_true (fault->domain == ACC_ERROR);
      g_assert_true (g_utf8_validate (fault->message, -1, NULL));
    }
  return faults;
}

static AccLetterhead *
load (const Draft *draft)
{
  g_autoptr (GPtrArray) faults = check (draft, NULL);
  g_autoptr (GError) error = NULL;
  AccLetterhead *letterhead = acc_letterhead_load (draft->folder, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
  return letterhead;
}

static gboolean
is_named (const GPtrArray *faults, const char *named)
{
  for (guint i = 0; i < faults->len; i++)
    if (strstr (((const GError *) g_ptr_array_index (faults, i))->message, named) != NULL)
      return TRUE;
  return FALSE;
}

/* One fault, which says @named, and which loading is refused for as well. */
static void
assert_refused (const Draft *draft, int code, const char *named)
{
  g_autoptr (GPtrArray) faults = check (draft, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (is_named (faults, named));
  g_assert_null (acc_letterhead_load (draft->folder, &error));
  g_assert_error (error, ACC_ERROR, code);
  g_assert_cmpstr (error->message, ==, ((const GError *) g_ptr_array_index (faults, 0))->message);
}

/* --- letterhead.conf --- */

static void
test_shipped_ones_are_without_fault (void)
{
  const AccColour white = { 1, 1, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *below = g_build_filename ("letterheads", shipped[i], NULL);
      g_autofree char *folder = acc_places_data (below);
      g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
      g_autoptr (GPtrArray) advice = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (AccLetterhead) letterhead = acc_letterhead_check (folder, faults, advice);

      g_assert_nonnull (letterhead);
      g_assert_cmpuint (advice->len, ==, 0);
      g_assert_cmpfloat (acc_colour_contrast (acc_letterhead_get_ink (letterhead), &white), >=, 7);
      g_assert_cmpfloat (acc_colour_contrast (acc_letterhead_get_quiet (letterhead), &white), >=, 7);
    }
  g_assert_cmpfloat_with_epsilon (acc_colour_contrast (&(AccColour){ 0, 0, 0 }, &white), 21, 0.001);
}

static const struct {
  const char *from, *to; /* changed in the shipped letterhead.conf */
  const char *told;      /* behind the file's name */
} bad_conf[] = {
  { "name=Harbour & Vale Bank", "name=", " line 4: [bank] name: it has no value; write one." },
  { "name=Harbour & Vale Bank", "", ": [bank] name: it is missing; add it." },
  { "name=Harbour & Vale Bank", "name=Harbour\\nVale",
    " line 4: [bank] name: it is more than one line, or has a tab; write it on one line." },
  { "name=Harbour & Vale Bank", "name=Harbour\xe2\x80\xae", /* runs backwards */
    " line 4: [bank] name: it has U+202E, which cannot be seen; take it out." },
  { "name=Harbour & Vale Bank", "name=Harbour \\& Vale",
    " line 4: [bank] name: it has a single backslash; write two, or take it out." },
  { "name=Harbour & Vale Bank", "name=Harbour\\", " cannot be read: line 4: [bank] name ends in a single backslash: write two." },
  { "ink=#16233A", "ink=navy", " line 8: [colours] ink: “navy” is not a colour; write it as #RRGGBB." },
  { "ink=#16233A", "ink=#16233", " line 8: [colours] ink: “#16233” is not a colour; write it as #RRGGBB." },
  { "ink=#16233A", "ink=#16233A\nink=#222", " line 9: [colours] ink: “#222” is not a colour; write it as #RRGGBB." },
  { "quiet=#414B5D", " quiet = #9A9A9A \r",
    " line 9: [colours] quiet: #9A9A9A is too faint; take a darker colour (its contrast with white is 2.8, and must be at "
    "least 7)." },
  { "accent=#0B4F57", "accent=#30A0B0", /* white words stand on it */
    " line 11: [colours] accent: #30A0B0 is too faint; take a darker colour (its contrast with white is 3.0, and must be at "
    "least 4.5)." },
  { "gold=#A9792B", "gold=#A9792G", " line 10: [colours] gold: “#A9792G” is not a colour; write it as #RRGGBB." },
  { "letter=Noto Serif\n", "letter=\n", " line 16: [fonts] letter: it has no value; write one." },
  { "align=start", "align=left", " line 22: [head] align: “left” will not do; write one of: start, centre." },
  { "rule=line", "rule=", " line 23: [head] rule: it has no value; write one." },
  { "emblem=52", "emblem=300", " line 24: [head] emblem: “300” will not do; write a number from 36 to 84 (points)." },
  { "align=start", "align=start\nalign[de]=centre",
    " line 23: [head] align[de]: a letterhead has no such key; correct its name or take it out." },
  { "left=94", "left=-94", " line 29: [margins] left: “-94” will not do; write a number from 54 to 144 (points)." },
  { "left=94", "left=nan", " line 29: [margins] left: “nan” will not do; write a number from 54 to 144 (points)." },
  { "left=94", "left=94,5", " line 29: [margins] left: “94,5” will not do; write a number from 54 to 144 (points)." },
  { "top=36", "top=1e99", " line 28: [margins] top: “1e99” will not do; write a number from 18 to 144 (points)." },
  { "[margins]", "[margins]\nmiddle=3",
    " line 28: [margins] middle: a letterhead has no such key; correct its name or take it out." },
  { "[margins]", "[headings]\nmiddle=3\n[margins]",
    " line 28: [headings] middle: a letterhead has no such key; correct its name or take it out." },
  { "[foot]", "[foot]\nline-3=One more",
    " line 31: [margins] bottom: 68 points are too few for 3 lines in the foot; write at least 72." },
  { "[foot]", "[foot]\nline-4=One more",
    " line 35: [foot] line-4: a letterhead has no such key; correct its name or take it out." },
  { "[foot]", "[foot]\nline-3[de]=Noch eine",
    " line 35: [foot] line-3[de]: there is no line-3 for the other languages; add it." },
  { "[foot]", "[foot]\nline-1[xx]=Xyz",
    " line 35: [foot] line-1[xx]: there is no language “xx”; write a tag such as es." },
  { "[foot]", "[foot]\nline-2[en]=", " line 35: [foot] line-2[en]: it has no value; write one." },
  { "[foot]", "[bank]\ncity=Vale\n[foot]",
    " line 35: [bank] city: a letterhead has no such key; correct its name or take it out." },
  { "Bank · 12 Quay Street", "Bank · 12 to 14 Old Quay Street, on the corner of the Market Square opposite the Corn Exchange",
    " line 35: [foot] line-1: “Harbour & Vale Bank · 12 to 14 Old Quay Street, on the corner of the Market Square opposite the "
    "Corn Exchange, Harbourton” is too long (it takes 411 points of 361); shorten it." },
  { "[bank]", "[bank",
    " cannot be read: line 3 is no [group], no key=value and no comment: correct it, or put # before it." },
  { "[margins]", "Margins\n[margins]",
    " cannot be read: line 27 is no [group], no key=value and no comment: correct it, or put # before it." },
  { "[bank]", "city=Vale\n[bank]", " cannot be read: line 3 stands before the first [group]: put it below one." },
  { "bottom=68", "b\xf6ttom=68", " line 31 is not UTF-8; save the file as UTF-8." },
};

static void
test_conf_names_what_is_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_conf); i++)
    {
      g_autofree char *told = NULL;
      Draft draft;

      set_up (&draft, NULL);
      change (&draft, bad_conf[i].from, bad_conf[i].to);
      told = g_strconcat (draft.folder, "/letterhead.conf", bad_conf[i].told, NULL);
      assert_refused (&draft, ACC_ERROR_INPUT, told);
      tear_down (&draft, NULL);
    }
}

static void
test_every_fault_is_told (Draft *draft, gconstpointer data)
{
  change (draft, "name=Harbour & Vale Bank", "nmae=Harbour & Vale Bank");
  change (draft, "ink=#16233A", "ink=#EEEEEE");
  change (draft, "head=Noto Sans", "head=No Such Face");
  change (draft, "top=36", "top=0");
  change (draft, "bottom=68", "bottom=6");
  g_free (draft->emblem);
  draft->emblem = g_strdup ("no emblem");
  write_file (draft, "languages/en.conf", "[letter]\nclosing=\nsalutation=Hello,\n");

  g_autoptr (GPtrArray) faults = check (draft, NULL);
  static const char *const named[] = {
    "[bank] name", "[bank] nmae", "[colours] ink", "No Such Face", "[margins] top", "[margins] bottom", "emblem.svg",
    "languages/en.conf line 2: [letter] closing", "languages/en.conf line 3: [letter] salutation: {name} is missing",
  };

  g_assert_cmpuint (faults->len, ==, G_N_ELEMENTS (named));
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    g_assert_true (is_named (faults, named[i]));
}

/* Each key has the look of the time before it as its default. */
static void
test_keys_that_may_be_left_out (Draft *draft, gconstpointer data)
{
  g_autoptr (AccLetterhead) whole = load (draft);

  change (draft, "align=start", "");
  change (draft, "rule=line", "");
  change (draft, "emblem=52", "");
  g_string_truncate (draft->conf, strstr (draft->conf->str, "[foot]") - draft->conf->str);

  g_autoptr (AccLetterhead) letterhead = load (draft);
  g_auto (GStrv) foot = acc_letterhead_dup_foot (letterhead, "en");

  g_assert_cmpmem (acc_letterhead_get_head (letterhead), sizeof (AccHead), acc_letterhead_get_head (whole),
                   sizeof (AccHead));
  g_assert_cmpstr (acc_letterhead_get_name_family (letterhead), ==, "Noto Serif");
  g_assert_cmpuint (g_strv_length (foot), ==, 0);
}

static void
test_font_that_is_not_there (Draft *draft, gconstpointer data)
{
  change (draft, "letter=Noto Serif", "letter=No Such Face");
  assert_refused (draft, ACC_ERROR_SYSTEM, "letterhead.conf line 16: [fonts] letter: the font “No Such Face” is not installed; install it or name another.");
}

static void
test_folder_that_is_not_there (Draft *draft, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (draft->folder, "nowhere", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_letterhead_load (folder, &error));
  g_assert_nonnull (strstr (error->message, "letterhead.conf"));
}

static void
test_file_in_place_of_the_folder (Draft *draft, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (draft->folder, "emblem.svg", NULL);
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  write_file (draft, "emblem.svg", draft->emblem);
  g_assert_null (acc_letterhead_check (folder, faults, NULL));
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_true (is_named (faults, "emblem.svg is not a folder; name the folder that has letterhead.conf."));
}

/* As some editors save it. */
static void
test_byte_order_mark_is_passed_over (Draft *draft, gconstpointer data)
{
  g_string_prepend (draft->conf, "\xef\xbb\xbf");

  g_autoptr (AccLetterhead) letterhead = load (draft);

  g_assert_nonnull (letterhead);
}

static void
test_advice_on_what_could_be_better (Draft *draft, gconstpointer data)
{
  g_autoptr (GPtrArray) advice = g_ptr_array_new_with_free_func (g_free);

  change (draft, "left=94", "left=54");
  change (draft, "right=94", "right=54");
  change (draft, "gold=#A9792B", "gold=#F0E0A0");
  change (draft, "[foot]", "[foot]\nline-2[en]=\xf0\x9f\xab\xa0"); /* U+1FAE0 */

  g_autoptr (GPtrArray) faults = check (draft, advice);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (advice->len, ==, 4);
  g_assert_nonnull (strstr (g_ptr_array_index (advice, 0), "letterhead.conf line 10: [colours] gold: "));
  g_assert_nonnull (strstr (g_ptr_array_index (advice, 1), "on US Letter paper a line has about"));
  g_assert_nonnull (strstr (g_ptr_array_index (advice, 2), "on A4 paper a line has about"));
  g_assert_nonnull (strstr (g_ptr_array_index (advice, 3), "letterhead.conf line 35: [foot] line-2[en]: no font"));
}

/* --- emblem.svg --- */

#define USE "<use href='#a'/>"

static const struct {
  const char *inside; /* the emblem */
  const char *told;   /* behind the file's name */
} bad_emblems[] = {
  { "", ": it draws nothing; draw its shapes inside of its viewBox, and fill them." },
  { "<rect width='10' height='10' fill='none'/>", ": it draws nothing; draw its shapes inside of its viewBox, and fill them." },
  { "\n<rect width='10' height='10'/>\n<use href='logo.svg'/>",
    " line 3: <use> points to “logo.svg”; put what it shows into the file." },
  { "<rect width='10' height='10'/><use xlink:href='https://example.org/a.svg#a'/>",
    " line 1: <use> points to “https://example.org/a.svg#a”; put what it shows into the file." },
  { "<rect width='10' height='10'/><use href='data:image/svg+xml,%3Csvg/%3E'/>",
    " line 1: <use> points to “data:image/svg+xml,%3Csvg/%3E”; put what it shows into the file." },
  { "<rect width='10' height='10'/><use href='other.svg#a'/>",
    " line 1: <use> points to “other.svg#a”; put what it shows into the file." },
  { "<rect width='1' height='1'/><rect width='10' height='10' fill='url( \"//example.org/p.svg#p\" )'/>",
    " line 1: <rect> points to “//example.org/p.svg#p”; put what it shows into the file." },
  { "<style>@import 'x.css';</style><rect width='10' height='10'/>",
    " line 1: <style> imports a style sheet; put its rules into the file." },
  { "<style><![CDATA[rect { mask: URL(x.svg#m) }]]></style><rect width='10' height='10'/><path d='M0 0h9v9z'/>",
    " line 1: <style> points to “x.svg#m”; put what it shows into the file." },
  { "<rect width='10' height='10'/><script>x</script>", " line 1: an emblem cannot have <script>; take it out." },
  { "<rect width='10' height='10' onclick='x()'/>", " line 1: <rect> has a script, onclick; take it out." },
  { "<a href='#x'><rect width='10' height='10'/></a>", " line 1: an emblem cannot have <a>; take it out." },
  { "<image width='9' height='9'/>", " line 1: an emblem cannot have <image>; take it out." },
  { "<filter id='f'><feTurbulence numOctaves='99999999'/></filter>", " line 1: an emblem cannot have <filter>; take it out." },
  { "<pattern id='p'/>", " line 1: an emblem cannot have <pattern>; take it out." },
  { "<marker id='m'/>", " line 1: an emblem cannot have <marker>; take it out." },
  { "<svg:clipPath xmlns:svg='http://www.w3.org/2000/svg' id='c'/>",
    " line 1: an emblem cannot have <svg:clipPath>; take it out." },
  { "<path stroke='#000' stroke-dasharray='1 1' d='M0 0H4e6'/>", " line 1: <path> has “stroke-dasharray”; take it out." },
  { "<g style='Filter: blur(1) blur(1)'><path d='M0 0h9v9z'/></g>", " line 1: <g> has “filter”; take it out." },
  { "<style>path { stroke-dasharray: 1 }</style><path d='M0 0h9v9z'/>", " line 1: <style> has “stroke-dasharray”; take it out." },
  { "<mask id='m'/>", " line 1: an emblem cannot have <mask>; take it out." },
  { "<g id='a'><path d='M0 0h9v9z'/></g>" USE USE USE USE "\n" USE USE USE USE USE USE USE USE USE,
    " line 2: it uses its own parts too often; write some of them out instead of <use>." },
  { "<rect width='10'", " is no SVG that can be read (Error on line 1 " },
  { "<rect width='10' height='10' stroke-da\xe0\xa5\xa4rray='1'/>", " is no SVG that can be read (" }, /* GLib tells half of it */
};

/* Whole emblems. */
static const struct {
  const char *text, *told;
} bad_files[] = {
  { "", " is no SVG that can be read (" },
  { "\x89PNG\r\n\x1a\n", " is no SVG that can be read (line 1 is not UTF-8); save it again as plain SVG." },
  /* GLib 2.74 tells of a comment, and goes on to tell of what follows */
  { "<!-- \xd4+ --><svg xmlns='http://www.w3.org/2000/svg'><rect width='5' height='5'/></svg>",
    " is no SVG that can be read (line 1 is not UTF-8); save it again as plain SVG." },
  { "<!-- \xd4+ -->\n<svg>", " is no SVG that can be read (line 1 is not UTF-8); save it again as plain SVG." },
  { "<!-- a -->\n<!-- \xd4+ --><!-- \xd4+ --><svg/>", " is no SVG that can be read (line 2 is not UTF-8); save it again as plain SVG." },
  { "<svg xmlns='http://www.w3.org/2000/svg' viewBox='nan 0 inf -1'><rect width='5' height='5'/></svg>", ": it draws nothing" },
  { "<!DOCTYPE svg [<!ENTITY a 'a'>]><svg xmlns='http://www.w3.org/2000/svg'><rect width='5' height='5'/></svg>",
    " line 1: it declares entities; write out what they stand for." },
  { "<?xml-stylesheet href='x.css'?><svg xmlns='http://www.w3.org/2000/svg'><rect width='5' height='5'/></svg>",
    " line 1: it names a style sheet; put its rules into the file." },
};

static void
test_emblem_names_what_is_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_emblems); i++)
    {
      g_autofree char *told = NULL;
      Draft draft;

      set_up (&draft, NULL);
      g_free (draft.emblem);
      draft.emblem = g_strconcat (emblem_start, bad_emblems[i].inside, "</svg>", NULL);
      told = g_strconcat (draft.folder, "/emblem.svg", bad_emblems[i].told, NULL);
      assert_refused (&draft, ACC_ERROR_INPUT, told);
      tear_down (&draft, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autofree char *told = NULL;
      Draft draft;

      set_up (&draft, NULL);
      g_free (draft.emblem);
      draft.emblem = g_strdup (bad_files[i].text);
      told = g_strconcat (draft.folder, "/emblem.svg", bad_files[i].told, NULL);
      assert_refused (&draft, ACC_ERROR_INPUT, told);
      tear_down (&draft, NULL);
    }
}

static void
test_emblem_that_is_too_large (Draft *draft, gconstpointer data)
{
  g_autofree char *blank = g_strnfill (256 * 1024, ' ');
  char *large = g_strconcat (draft->emblem, blank, NULL);

  g_free (draft->emblem);
  draft->emblem = large;
  assert_refused (draft, ACC_ERROR_INPUT, "emblem.svg");
}

static void
test_emblem_of_its_own_parts_is_good (Draft *draft, gconstpointer data)
{
  g_free (draft->emblem);
  draft->emblem = g_strconcat ("<?xml version='1.0'?><!-- a --><!DOCTYPE svg>", emblem_start,
                               "<defs><rect id='a' width='5' height='5'/></defs>" USE USE USE USE USE USE USE USE USE USE USE
                               "<use xlink:href='#a' fill='url(#g)'/>"
                               "<rect x='5' width='5' height='5'/></svg>",
                               NULL);
  g_autoptr (AccLetterhead) letterhead = load (draft);
  g_assert_nonnull (letterhead);
}

/* --- wording --- */

static const struct {
  const char *asked, *used, *date, *salutation;
} languages[] = {
  { "en", "en", "3 November 2026", "Dear Jessica," },
  { "en-GB", "en", "3 November 2026", "Dear Jessica," },
  { "es-MX", "es", "3 de noviembre de 2026", "Hola, Jessica:" },
  { "fr", "fr", "3 novembre 2026", "Bonjour Jessica," },
  { "de", "de", "3. November 2026", "Guten Tag Jessica," },
  { "pl", "pl", "3 listopada 2026", "Dzień dobry, Jessica," },
  { "ar", "ar", "3 نوفمبر 2026", "تحية طيبة إلى Jessica،" },
  { "he", "he", "3 בנובמבר 2026", "שלום Jessica," },
  { "el", "el", "3 Νοεμβρίου 2026", "Χαίρετε, Jessica," },
  { "ru", "ru", "3 ноября 2026 г.", "Здравствуйте, Jessica!" },
  { "uk", "uk", "3 листопада 2026 р.", "Добрий день, Jessica!" },
  { "hi", "hi", "3 नवंबर 2026", "नमस्ते Jessica," },
  { "th", "th", "3 พฤศจิกายน ค.ศ. 2026", "เรียน Jessica" },
  { "zh-Hans", "zh", "2026年11月3日", "Jessica：" },
  { "ja", "ja", "2026年11月3日", "Jessicaへ" },
  { "ko", "ko", "2026년 11월 3일", "Jessica께" },
  { "sv", "en", "3 November 2026", "Dear Jessica," },        /* no file: English */
  { "../../etc", "en", "3 November 2026", "Dear Jessica," }, /* no language: English */
};

static void
test_wording_speaks_each_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (AccWording) wording = test_wording (languages[i].asked);
      g_autofree char *date = acc_wording_date (wording, "2026-11-03");
      g_autofree char *salutation = acc_wording_fill (wording, "salutation", "name", "Jessica", NULL);

      g_assert_cmpstr (acc_wording_get_language (wording), ==, languages[i].used);
      g_assert_cmpstr (date, ==, languages[i].date);
      g_assert_cmpstr (salutation, ==, languages[i].salutation);
    }
}

static void
test_wording_leaves_names_as_they_are (void)
{
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autofree char *salutation = acc_wording_fill (wording, "salutation", "name", "{name} {date} %s", NULL);

  g_assert_cmpstr (salutation, ==, "Dear {name} {date} %s,");
}

static void
test_every_shipped_wording_has_its_placeholders (void)
{
  g_autofree char *folder = acc_places_data ("languages");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir), n++)
    {
      g_autoptr (GKeyFile) words = g_key_file_new ();
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_auto (GStrv) groups = NULL;

      g_assert_true (g_key_file_load_from_file (words, path, G_KEY_FILE_NONE, NULL));
      groups = g_key_file_get_groups (words, NULL);
      for (guint g = 0; groups[g] != NULL; g++)
        {
          /* no wording of a letter's, but what its words are looked through for */
          static const char *const others[] = { "language",  "complaint",   "threat",      "violence",      "insult",      "harm-queue",    "harm-duties", "harm-rules",
                                                "harm-time", "cover-state", "cover-money", "cover-compare", "cover-scold", NULL };
          g_auto (GStrv) keys = g_key_file_get_keys (words, groups[g], NULL, NULL);

          for (guint k = 0; keys[k] != NULL && !g_strv_contains (others, groups[g]); k++)
            {
              g_autofree char *wrong = acc_wording_check_key (words, groups[g], keys[k]);

              g_assert_cmpstr (wrong, ==, NULL);
            }
        }
    }
  g_assert_cmpuint (n, >=, 6);
}

static void
test_bank_words_what_it_wants (Draft *draft, gconstpointer data)
{
  write_file (draft, "languages/en.conf", "[letter]\nclosing=Gratefully,\n[date]\nformat={month} {day}, {year}\n");

  g_autoptr (AccLetterhead) letterhead = load (draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccWording) english = acc_wording_load (letterhead, "en-GB", &error);
  g_autoptr (AccWording) german = acc_wording_load (letterhead, "de", &error);
  g_autoptr (AccWording) plain = acc_wording_load (NULL, "en", &error);
  g_autofree char *closing = acc_wording_fill (english, "closing", NULL);
  g_autofree char *salutation = acc_wording_fill (english, "salutation", "name", "Jessica", NULL);
  g_autofree char *date = acc_wording_date (english, "2026-11-03");
  g_autofree char *german_closing = acc_wording_fill (german, "closing", NULL);
  g_autofree char *plain_closing = acc_wording_fill (plain, "closing", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (closing, ==, "Gratefully,");
  g_assert_cmpstr (salutation, ==, "Dear Jessica,");
  g_assert_cmpstr (date, ==, "November 3, 2026");
  g_assert_cmpstr (german_closing, ==, "Mit Dank");
  g_assert_cmpstr (plain_closing, ==, "With thanks,");
}

static const struct {
  const char *file, *text, *named;
} bad_words[] = {
  { "languages/en.conf", "[letter]\nsalutation=Dear friend,\n",
    "en.conf line 2: [letter] salutation: {name} is missing; put it in its place." },
  { "languages/en.conf", "[letter]\nclosing=Yours, {name}\n",
    "en.conf line 2: [letter] closing: {name} is none of its placeholders; take it out." },
  { "languages/en.conf", "[letter]\npage=Page {page} of {pages} {\n", "{} is none of its placeholders; take it out." },
  { "languages/en.conf", "[letter]\nfarewell=Yours,\n",
    "en.conf line 2: [letter] farewell: the wording has no such key; correct its name or take it out." },
  { "languages/en.conf", "[cover]\nfor=\n", "en.conf line 2: [cover] for: it has no value; write one." },
  { "languages/en.conf", "[letter]\nclosing=With\\nthanks\n", "en.conf line 2: [letter] closing: it is more than one line" },
  { "languages/en.conf", "[date]\nmonths=Spring;Summer;\n",
    "en.conf line 2: [date] months: name twelve months, with ; between them." },
  { "languages/en.conf", "[date]\n\nformat={day} {month}\n", "en.conf line 3: [date] format: {year} is missing" },
  { "languages/en.conf", "closing\n", "en.conf cannot be read: line 1 is no [group], no key=value and no comment" },
  { "languages/xx.conf", "[letter]\nclosing=Xyz\n",
    "languages/xx.conf: there is no language of this name; name the file after one, such as es.conf." },
  { "languages/EN.conf", "[letter]\nclosing=Xyz\n", "languages/EN.conf: there is no language" },
  { "languages/readme", "Words.\n", "languages/readme: there is no language" },
  { "languages", "Words.\n", "languages cannot be read: " },
};

static void
test_words_that_are_wrong_are_named (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_words); i++)
    {
      Draft draft;

      set_up (&draft, NULL);
      write_file (&draft, bad_words[i].file, bad_words[i].text);
      assert_refused (&draft, ACC_ERROR_INPUT, bad_words[i].named);
      tear_down (&draft, NULL);
    }
}

/* --- head and foot on the sheet --- */

static AccPages *
set_letter (AccLetterhead *letterhead, AccLetter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccWording) wording = acc_wording_load (letterhead, acc_letter_get_fields (letter)->language, &error);
  g_autoptr (AccComposition) composition
    = acc_composition_new_letter (letter, wording, "Market Street branch", TEST_NUMBER);
  AccPages *pages = acc_typeset (composition, letterhead, &error);

  g_assert_no_error (error);
  return pages;
}

static AccPages *
set_fixture (const char *letterhead_name, const char *letter_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named (letterhead_name, &error);
  g_autoptr (AccLetter) letter = test_letter (letter_name);

  g_assert_no_error (error);
  return set_letter (letterhead, letter);
}

/* The line on @page whose text begins with @start. */
static AccLine
find_line (AccPages *pages, guint page, const char *start)
{
  AccLine line;

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      acc_pages_get_line (pages, i, &line);
      if (line.page == page && g_str_has_prefix (line.text, start))
        return line;
    }
  g_error ("no line begins with “%s”", start);
}

static AccArea
ink_of (const AccSetLine *line)
{
  const double unit = PANGO_SCALE;

  return (AccArea){ line->x + line->ink.x / unit, line->line.baseline + line->ink.y / unit, line->ink.width / unit,
                    line->ink.height / unit };
}

static gboolean
overlap (const AccArea *one, const AccArea *other)
{
  return one->x < other->x + other->width && other->x < one->x + one->width && one->y < other->y + other->height
         && other->y < one->y + one->height;
}

/* Each line of the foot stands clear of all others, between the text's end and the sheet's edge. */
static void
assert_foot_is_clear (AccPages *pages)
{
  const AccMargins *margins = acc_letterhead_get_margins (acc_pages_get_letterhead (pages));
  double top = acc_pages_get_height (pages) - margins->bottom, low = acc_pages_get_height (pages) - 18;

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    for (guint k = 0; k < acc_pages_get_n_lines (pages); k++)
      {
        const AccSetLine *one = acc_pages_line (pages, i), *other = acc_pages_line (pages, k);
        const AccArea ink = ink_of (one), other_ink = ink_of (other);

        if (i == k || one->line.page != other->line.page || one->line.baseline < top)
          continue;
        g_assert_cmpfloat (ink.y, >, top);
        g_assert_cmpfloat (ink.y + ink.height, <, low);
        g_assert_false (overlap (&ink, &other_ink));
      }
}

static void
test_every_letter_is_set_under_each (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    for (guint k = 0; k < test_n_letters; k++)
      {
        g_autoptr (AccPages) pages = set_fixture (shipped[i], test_letters[k].name);
        g_autoptr (GError) error = NULL;

        g_test_message ("%s: %s", shipped[i], test_letters[k].name);
        assert_foot_is_clear (pages);
        acc_pages_check_ledger (pages, &error);
        g_assert_no_error (error);
      }
}

static void
test_foot_hangs_from_its_row (void)
{
  g_autoptr (AccPages) pages = set_fixture ("three-arches", "three-pages");
  double height = acc_pages_get_height (pages);

  for (guint page = 0; page < acc_pages_get_count (pages); page++)
    {
      AccLine row = find_line (pages, page, "Letter "), first = find_line (pages, page, "Three Arches Mutual ·");
      AccLine second = find_line (pages, page, "Owned by"), third = find_line (pages, page, "Letters of thanks");

      g_assert_cmpfloat_with_epsilon (row.baseline, height - 51, 0.01); /* a third line lifts it by 9 */
      g_assert_cmpfloat (row.baseline, <, first.baseline - 8);
      g_assert_cmpfloat (first.baseline, <, second.baseline - 8);
      g_assert_cmpfloat (second.baseline, <, third.baseline - 8);
      g_assert_cmpfloat (third.area.y + third.area.height, <, height - 18);
      g_assert_cmpfloat (row.area.x, ==, third.area.x);
    }
}

static void
test_foot_speaks_the_letters_language (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_auto (GStrv) english = acc_letterhead_dup_foot (letterhead, "en");
  g_auto (GStrv) mexican = acc_letterhead_dup_foot (letterhead, "es-MX");
  g_auto (GStrv) chinese = acc_letterhead_dup_foot (letterhead, "zh");

  g_assert_cmpuint (g_strv_length (english), ==, 2);
  g_assert_cmpstr (mexican[0], ==, english[0]);
  g_assert_true (g_str_has_prefix (mexican[1], "Las cartas"));
  g_assert_cmpstr (chinese[1], ==, english[1]);
}

static void
test_foot_is_mirrored (Draft *draft, gconstpointer data)
{
  change (draft, "line-2[ar]", "# line-2[ar]"); /* one of two in Latin letters */

  g_autoptr (AccLetterhead) letterhead = load (draft);
  g_autoptr (AccLetter) letter = test_letter ("arabic");
  g_autoptr (AccPages) pages = set_letter (letterhead, letter);
  double right = acc_pages_get_width (pages) - acc_letterhead_get_margins (letterhead)->right;
  AccLine arabic = find_line (pages, 0, "بنك"), latin = find_line (pages, 0, "Letters of thanks");

  g_assert_cmpfloat_with_epsilon (arabic.area.x + arabic.area.width, right, 0.01);
  g_assert_cmpfloat_with_epsilon (latin.area.x + latin.area.width, right, 0.01);
}

/* Where the ink of the line that begins with @start begins. */
static double
ink_start (AccPages *pages, const char *start)
{
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    if (g_str_has_prefix (acc_pages_line (pages, i)->line.text, start))
      return ink_of (acc_pages_line (pages, i)).x;
  g_assert_not_reached ();
}

static void
test_head_is_aligned_by_what_is_seen (void)
{
  g_autoptr (AccPages) pages = set_fixture ("harbour-vale", "three-pages");
  AccLetterhead *letterhead = acc_pages_get_letterhead (pages);
  double left = acc_letterhead_get_margins (letterhead)->left;
  const AccEmblemInk *ink = acc_letterhead_get_emblem_ink (letterhead);
  AccLine name = find_line (pages, 0, "Harbour"), next = find_line (pages, 1, "Harbour");

  g_assert_cmpfloat_with_epsilon (pages->emblem_x + ink->left * 52, left, 0.001);
  g_assert_cmpfloat_with_epsilon (ink_start (pages, "Harbour"), ink_start (pages, "Market Street"), 0.01);
  g_assert_cmpfloat_with_epsilon (name.area.x, left + 64, 0.01);
  g_assert_cmpfloat_with_epsilon (next.area.x, left, 0.01);
}

static void
test_head_in_the_middle (void)
{
  g_autoptr (AccPages) pages = set_fixture ("three-arches", "two-sentences");
  AccLine name = find_line (pages, 0, "Three Arches Mutual"), branch = find_line (pages, 0, "Market Street");
  double middle = acc_pages_get_width (pages) / 2;

  g_assert_cmpfloat_with_epsilon (name.area.x + name.area.width / 2, middle, 0.01);
  g_assert_cmpfloat_with_epsilon (branch.area.x + branch.area.width / 2, middle, 0.01);
  g_assert_cmpfloat (name.baseline, <, branch.baseline);
  g_assert_cmpfloat (branch.baseline, <, acc_pages_get_rule (pages, 0));
}

#define ADD(path, function) g_test_add (path, Draft, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letterhead/shipped/without-fault", test_shipped_ones_are_without_fault);
  g_test_add_func ("/letterhead/conf/names-what-is-wrong", test_conf_names_what_is_wrong);
  ADD ("/letterhead/every-fault-is-told", test_every_fault_is_told);
  ADD ("/letterhead/conf/keys-that-may-be-left-out", test_keys_that_may_be_left_out);
  ADD ("/letterhead/font-that-is-not-there", test_font_that_is_not_there);
  ADD ("/letterhead/folder-that-is-not-there", test_folder_that_is_not_there);
  ADD ("/letterhead/file-in-place-of-the-folder", test_file_in_place_of_the_folder);
  ADD ("/letterhead/conf/byte-order-mark-is-passed-over", test_byte_order_mark_is_passed_over);
  ADD ("/letterhead/advice-on-what-could-be-better", test_advice_on_what_could_be_better);
  g_test_add_func ("/letterhead/emblem/names-what-is-wrong", test_emblem_names_what_is_wrong);
  ADD ("/letterhead/emblem/too-large", test_emblem_that_is_too_large);
  ADD ("/letterhead/emblem/of-its-own-parts-is-good", test_emblem_of_its_own_parts_is_good);
  g_test_add_func ("/wording/speaks-each-language", test_wording_speaks_each_language);
  g_test_add_func ("/wording/leaves-names-as-they-are", test_wording_leaves_names_as_they_are);
  g_test_add_func ("/wording/every-shipped-one-has-its-placeholders", test_every_shipped_wording_has_its_placeholders);
  ADD ("/wording/a-bank-words-what-it-wants", test_bank_words_what_it_wants);
  g_test_add_func ("/wording/names-what-is-wrong", test_words_that_are_wrong_are_named);
  g_test_add_func ("/letterhead/sheet/every-letter-under-each", test_every_letter_is_set_under_each);
  g_test_add_func ("/letterhead/sheet/foot-hangs-from-its-row", test_foot_hangs_from_its_row);
  g_test_add_func ("/letterhead/sheet/foot-speaks-the-letters-language", test_foot_speaks_the_letters_language);
  ADD ("/letterhead/sheet/foot-is-mirrored", test_foot_is_mirrored);
  g_test_add_func ("/letterhead/sheet/head-is-aligned-by-what-is-seen", test_head_is_aligned_by_what_is_seen);
  g_test_add_func ("/letterhead/sheet/head-in-the-middle", test_head_in_the_middle);
  return g_test_run ();
}
