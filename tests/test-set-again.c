/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter that is set again while it is being written: only what has changed is laid out, and nobody can tell. */
#include "paper-support.h"
#include "paper/pages-private.h"

#define BRANCH "Market Street branch"
#define N_PARTS 3

/* --- counting --- */

static gboolean
holds (AccPages *pages, PangoLayout *layout)
{
  for (guint i = 0; i < pages->texts->len; i++)
    if (acc_pages_text (pages, i)->layout == layout)
      return TRUE;
  return FALSE;
}

/* Texts of @pages that were laid out for them: no layout of @previous is among them. */
static guint
count_laid_out (AccPages *pages, AccPages *previous)
{
  guint n = 0;

  for (guint i = 0; i < pages->texts->len; i++)
    n += !holds (previous, acc_pages_text (pages, i)->layout);
  return n;
}

/* Drawn signatures of @pages whose ink was worked out for them. */
static guint
count_inked (AccPages *pages, AccPages *previous)
{
  guint n = 0;

  g_assert_cmpuint (pages->signatures->len, ==, previous->signatures->len);
  for (guint i = 0; i < pages->signatures->len; i++)
    n += g_array_index (pages->signatures, AccSetSignature, i).outline
         != g_array_index (previous->signatures, AccSetSignature, i).outline;
  return n;
}

/* --- what a letter is set from --- */

typedef struct {
  const char *parts[N_PARTS];
  const char *to, *language, *number;
  const char *letterhead; /* NULL: the test's; else read anew */
  AccPaper paper;
} Setting;

static const Setting plain = {
  .parts = { "My card was stopped while I was abroad.", "Jessica stayed on the line for an hour and put it right.",
             "I could pay for the room, and slept." },
  .to = "Jessica Okafor",
  .language = "en",
  .number = TEST_NUMBER,
};

static AccLetterhead *
load_letterhead (const char *name)
{
  g_autoptr (GError) error = NULL;
  AccLetterhead *letterhead
    = name != NULL ? acc_letterhead_load_named (name, &error) : g_object_ref (test_letterhead ());

  g_assert_no_error (error);
  return letterhead;
}

static AccPages *
set (const Setting *setting, AccPages *previous)
{
  char *parts[N_PARTS];
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_PARTS; i++)
    parts[i] = g_strdup (setting->parts[i]);
  acc_letter_fields_init (&fields);
  g_free (fields.to[0].name);
  g_free (fields.language);
  g_free (fields.date);
  g_free (fields.need);
  g_free (fields.act);
  g_free (fields.difference);
  fields.to[0].name = g_strdup (setting->to);
  fields.language = g_strdup (setting->language);
  fields.date = g_strdup ("2026-11-21");
  fields.need = parts[0];
  fields.act = parts[1];
  fields.difference = parts[2];
  fields.paper = setting->paper;

  g_autoptr (AccLetter) letter = acc_letter_new_sketch (&fields);
  g_autoptr (AccWording) wording = test_wording (setting->language);
  g_autoptr (AccComposition) composition
    = acc_composition_new_letter (letter, wording, BRANCH, setting->number);
  g_autoptr (AccLetterhead) letterhead = load_letterhead (setting->letterhead);
  AccPages *pages = acc_typeset_again (composition, letterhead, previous, &error);

  g_assert_no_error (error);
  return pages;
}

static void
assert_same_bytes (AccPages *pages, AccPages *other)
{
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (GBytes) same = test_pdf (other);

  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), g_bytes_get_data (same, NULL),
                   g_bytes_get_size (same));
}

/* --- the fixtures --- */

static void
test_the_same_letter_is_not_laid_out_again (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccPages) again
        = acc_typeset_again (acc_pages_get_composition (pages), test_letterhead (), pages, &error);

      g_assert_no_error (error);
      g_test_message ("%s", test_letters[i].name);
      g_assert_cmpuint (count_laid_out (again, pages), ==, 0);
      g_assert_cmpuint (count_inked (again, pages), ==, 0);
      assert_same_bytes (pages, again);
      g_assert_true (acc_pages_check_ledger (again, &error));
    }
}

/* --- one change --- */

static const struct {
  const char *what;
  Setting changed;
  guint laid_out; /* texts, the foot with the check code among them; G_MAXUINT: all */
} changes[] = {
  { "nothing", { { NULL } }, 0 },
  { "a word of a paragraph", { { NULL, "Jessica stayed on the line and put it right." } }, 1 + 1 },
  { "two paragraphs", { { "My card was stopped.", NULL, "I slept." } }, 2 + 1 },
  { "a paragraph in two", { { NULL, "Jessica stayed on the line for an hour.\nShe put it right." } }, 2 + 1 },
  { "a paragraph that is there already", { { NULL, NULL, "My card was stopped while I was abroad." } }, 0 + 1 },
  { "a paragraph to the words of the greeting", { { "Dear Jessica Okafor," } }, 1 + 1 },
  { "the name: the line that it is for, and the greeting", { .to = "Tomasz Nowak" }, 2 + 1 },
  { "the number", { .number = "0f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f" }, 0 + 1 },
  { "the language", { .language = "de" }, G_MAXUINT },
  { "the direction", { .language = "ar" }, G_MAXUINT },
  { "the paper", { .paper = ACC_PAPER_A4 }, G_MAXUINT },
  { "the letterhead", { .letterhead = "three-arches" }, G_MAXUINT },
  { "the letterhead, as it was read a second time", { .letterhead = "harbour-vale" }, G_MAXUINT },
};

static Setting
change (const Setting *changed)
{
  Setting setting = plain;

  for (guint i = 0; i < N_PARTS; i++)
    if (changed->parts[i] != NULL)
      setting.parts[i] = changed->parts[i];
  if (changed->to != NULL)
    setting.to = changed->to;
  if (changed->number != NULL)
    setting.number = changed->number;
  if (changed->language != NULL)
    setting.language = changed->language;
  setting.letterhead = changed->letterhead;
  setting.paper = changed->paper;
  return setting;
}

static void
test_only_what_has_changed_is_laid_out (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      Setting setting = change (&changes[i].changed);
      g_autoptr (AccPages) pages = set (&plain, NULL);
      g_autoptr (AccPages) fresh = set (&setting, NULL);
      g_autoptr (AccPages) again = set (&setting, pages);

      g_test_message ("%s", changes[i].what);
      g_assert_cmpuint (count_laid_out (again, pages), ==, MIN (changes[i].laid_out, again->texts->len));
      assert_same_bytes (fresh, again);
    }
}

static void
test_pages_outlive_those_before_them (void)
{
  AccPages *pages = set (&plain, NULL);
  g_autoptr (AccPages) fresh = set (&plain, NULL);
  g_autoptr (AccPages) again = set (&plain, pages);

  g_object_unref (pages);
  assert_same_bytes (fresh, again);
}

/* --- somebody writes --- */

static const char *const snippets[] = {
  "a", " ", "e", "\n", ". ", "thank", "á", "ffi", "Ελλ", "щ", "שלום ", "شكرا ", "谢谢", "ขอบคุณ", "हिन्दी",
  "e\u0301", "AV", "\n\n",
};

/* As keys would: mostly one at a place, sometimes some text away. */
static void
edit (GString *text, GRand *random)
{
  guint n = g_utf8_strlen (text->str, text->len);
  gsize at = g_utf8_offset_to_pointer (text->str, g_rand_int_range (random, 0, n + 1)) - text->str;

  if (g_rand_int_range (random, 0, 4) > 0 || n == 0)
    {
      g_string_insert (text, at, snippets[g_rand_int_range (random, 0, G_N_ELEMENTS (snippets))]);
      return;
    }

  const char *end = text->str + at;

  for (guint i = g_rand_int_range (random, 1, 12); i > 0 && *end != '\0'; i--)
    end = g_utf8_next_char (end);
  g_string_erase (text, at, end - text->str - at);
}

/* Now and then something else than a paragraph is changed. */
static void
edit_setting (Setting *setting, GRand *random)
{
  static const char *const languages[] = { "en", "ar", "zh", "de" };
  static const char *const names[] = { "Jessica Okafor", "ليلى حسن", "王芳", "" };

  switch (g_rand_int_range (random, 0, 12))
    {
    case 0:
      setting->language = languages[g_rand_int_range (random, 0, G_N_ELEMENTS (languages))];
      break;
    case 1:
      setting->to = names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))];
      break;
    case 2:
      setting->paper = g_rand_boolean (random) ? ACC_PAPER_A4 : ACC_PAPER_LETTER;
      break;
    case 3:
      setting->number = g_rand_boolean (random) ? TEST_NUMBER : NULL;
      break;
    default:
      break;
    }
}

static void
assert_same_lines (AccPages *pages, AccPages *other)
{
  g_assert_cmpuint (acc_pages_get_n_lines (pages), ==, acc_pages_get_n_lines (other));
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line, same;

      acc_pages_get_line (pages, i, &line);
      acc_pages_get_line (other, i, &same);
      g_assert_cmpstr (line.text, ==, same.text);
      g_assert_cmpuint (line.page, ==, same.page);
      g_assert_cmpfloat (line.baseline, ==, same.baseline);
      g_assert_cmpfloat (line.area.x, ==, same.area.x);
      g_assert_cmpfloat (line.area.width, ==, same.area.width);
    }
}

#define SEQUENCES 8
#define EDITS 40

/* --- what a screen may keep --- */

static guint
find_same_piece (AccPages *pages, guint piece, AccPages *other)
{
  for (guint i = 0; i < acc_pages_get_n_pieces (other); i++)
    if (acc_pages_is_same_piece (pages, piece, other, i))
      return i;
  return G_MAXUINT;
}

static cairo_surface_t *
draw_piece (AccPages *pages, guint piece)
{
  int width = (int) acc_pages_get_width (pages), height = (int) acc_pages_get_height (pages);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  acc_pages_draw_piece (pages, piece, cr);
  cairo_destroy (cr);
  return surface;
}

static void
assert_same_picture (cairo_surface_t *one, cairo_surface_t *other)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (one);

  cairo_surface_flush (one);
  cairo_surface_flush (other);
  g_assert_cmpmem (cairo_image_surface_get_data (one), stride * (gsize) cairo_image_surface_get_height (one),
                   cairo_image_surface_get_data (other), stride * (gsize) cairo_image_surface_get_height (other));
}

/* Paper of another size is another place. */
static void
assert_same_pieces_look_the_same (AccPages *pages, AccPages *before)
{
  for (guint i = 0; i < acc_pages_get_n_pieces (pages); i++)
    {
      guint same = find_same_piece (pages, i, before);
      AccPiece piece, piece_before;

      if (same == G_MAXUINT || acc_pages_get_height (pages) != acc_pages_get_height (before))
        continue;
      acc_pages_get_piece (pages, i, &piece);
      acc_pages_get_piece (before, same, &piece_before);
      g_assert_cmpuint (piece.page, ==, piece_before.page);

      cairo_surface_t *picture = draw_piece (pages, i), *picture_before = draw_piece (before, same);

      assert_same_picture (picture, picture_before);
      cairo_surface_destroy (picture);
      cairo_surface_destroy (picture_before);
    }
}

/* One word more: its line, and in the foot the check code, as text and as a QR code. */
static void
test_a_word_changes_its_line_alone (void)
{
  g_autoptr (AccPages) pages = set (&plain, NULL);
  Setting setting = plain;
  g_autoptr (AccPages) again = NULL;
  guint n_new = 0;

  setting.parts[2] = "I could pay for the room, and slept well.";
  again = set (&setting, pages);
  g_assert_cmpuint (acc_pages_get_n_pieces (again), ==, acc_pages_get_n_pieces (pages));
  for (guint i = 0; i < acc_pages_get_n_pieces (again); i++)
    n_new += find_same_piece (again, i, pages) == G_MAXUINT;
  g_assert_cmpuint (n_new, ==, 3);
}

static void
test_writing_leaves_no_trace (void)
{
  for (guint seed = 1; seed <= SEQUENCES; seed++)
    {
      GRand *random = g_rand_new_with_seed (seed);
      Setting setting = plain;
      GString *parts[N_PARTS];
      g_autoptr (AccPages) pages = set (&setting, NULL);

      g_test_message ("seed %u", seed);
      for (guint i = 0; i < N_PARTS; i++)
        parts[i] = g_string_new (plain.parts[i]);
      for (guint i = 1; i <= EDITS; i++)
        {
          edit (parts[g_rand_int_range (random, 0, N_PARTS)], random);
          edit_setting (&setting, random);
          for (guint j = 0; j < N_PARTS; j++)
            setting.parts[j] = parts[j]->str;

          AccPages *again = set (&setting, pages);
          g_autoptr (AccPages) fresh = set (&setting, NULL);

          assert_same_lines (fresh, again);
          if (i % 10 == 0)
            {
              assert_same_bytes (fresh, again);
              assert_same_pieces_look_the_same (again, pages);
            }
          g_object_unref (pages);
          pages = again;
        }
      for (guint i = 0; i < N_PARTS; i++)
        g_string_free (parts[i], TRUE);
      g_rand_free (random);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set-again/the-same-letter-is-not-laid-out-again", test_the_same_letter_is_not_laid_out_again);
  g_test_add_func ("/set-again/only-what-has-changed-is-laid-out", test_only_what_has_changed_is_laid_out);
  g_test_add_func ("/set-again/pages-outlive-those-before-them", test_pages_outlive_those_before_them);
  g_test_add_func ("/set-again/a-word-changes-its-line-alone", test_a_word_changes_its_line_alone);
  g_test_add_func ("/set-again/writing-leaves-no-trace", test_writing_leaves_no_trace);
  return g_test_run ();
}
