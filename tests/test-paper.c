/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Composition and pages: what stands where on the sheet. */
#include "base/error.h"
#include "base/text.h"
#include "paper-support.h"
#include "paper/letterhead-private.h"
#include "paper/scripts-private.h"

#include <math.h>

/* --- composition --- */

static const struct {
  AccBlockRole role;
  AccField field;
  const char *text;
  gsize offset;
} plain_blocks[] = {
  { ACC_BLOCK_DATE, ACC_FIELD_NONE, "21 November 2026", 0 },
  { ACC_BLOCK_ADDRESSEE, ACC_FIELD_TO_NAME, "For Jessica Okafor", 0 },
  { ACC_BLOCK_QUIET, ACC_FIELD_TO_DEPARTMENT, "Fraud Operations", 0 },
  { ACC_BLOCK_QUIET, ACC_FIELD_SERVED_ON, "For service on 20 November 2026", 0 },
  { ACC_BLOCK_SALUTATION, ACC_FIELD_TO_CALLED, "Dear Jessica,", 0 },
  { ACC_BLOCK_PARAGRAPH, ACC_FIELD_STORY_ACT, "One.", 0 },
  { ACC_BLOCK_PARAGRAPH, ACC_FIELD_STORY_ACT, "Two.", 6 },
  { ACC_BLOCK_PARAGRAPH, ACC_FIELD_STORY_ACT, "Three.", 11 },
  { ACC_BLOCK_CLOSING, ACC_FIELD_NONE, "With thanks,", 0 },
  { ACC_BLOCK_SIGNATURE, ACC_FIELD_FROM_NAME, "Maria López", 0 },
};

static void
test_composition_puts_blocks_in_order (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("One.\n\nTwo.\nThree.", "en");
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_letter (letter, wording, "Branch", NULL);

  g_assert_cmpuint (acc_composition_get_n_blocks (composition), ==, G_N_ELEMENTS (plain_blocks));
  for (guint i = 0; i < G_N_ELEMENTS (plain_blocks); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);

      g_assert_cmpint (block->role, ==, plain_blocks[i].role);
      g_assert_cmpint (block->field, ==, plain_blocks[i].field);
      g_assert_cmpstr (block->text, ==, plain_blocks[i].text);
      g_assert_cmpuint (block->offset, ==, plain_blocks[i].offset);
    }
  g_assert_cmpstr (acc_composition_get_foot (composition), ==, "Specimen");
}

static guint
count_blocks (AccComposition *composition, AccBlockRole role)
{
  guint n = 0;

  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    n += acc_composition_get_block (composition, i)->role == role;
  return n;
}

static const AccBlock *
find_role (AccComposition *composition, AccBlockRole role)
{
  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    if (acc_composition_get_block (composition, i)->role == role)
      return acc_composition_get_block (composition, i);
  g_assert_not_reached ();
}

static void
test_composition_greets_all_addressees (void)
{
  static const char *const salutations[] = {
    "Dear Ana,", "Dear Ana and Bo,", "Dear Ana, Bo and Cy,", "Dear Ana, Bo, Cy and Di,",
  };
  static const char *const names[] = { "Ana", "Bo", "Cy", "Di" };
  g_autoptr (AccWording) wording = test_wording ("en");

  for (guint n = 1; n <= ACC_PEOPLE_MAX; n++)
    {
      g_auto (AccLetterFields) fields = { 0 };

      acc_letter_fields_init (&fields);
      for (guint i = 0; i < n; i++)
        {
          g_free (fields.to[i].name);
          fields.to[i].name = g_strdup (names[i]);
        }
      fields.n_to = n;

      g_autoptr (AccLetter) letter = acc_letter_new_sketch (&fields);
      g_autoptr (AccComposition) composition = acc_composition_new_letter (letter, wording, "Branch", NULL);
      g_assert_cmpstr (find_role (composition, ACC_BLOCK_SALUTATION)->text, ==, salutations[n - 1]);
      g_assert_cmpuint (count_blocks (composition, ACC_BLOCK_ADDRESSEE), ==, n);
    }
}

static void
test_composition_gives_a_sketch_its_places (void)
{
  g_autoptr (AccLetter) letter = test_sketch_of (NULL, NULL, NULL);
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_letter (letter, wording, "Branch", NULL);

  g_assert_cmpuint (count_blocks (composition, ACC_BLOCK_PARAGRAPH), ==, 3);
  g_assert_cmpstr (find_role (composition, ACC_BLOCK_PARAGRAPH)->text, ==, "");
}

/* An answer that was passed over takes no room: the sheet shows the lines that the PDF will have. */
static void
test_composition_keeps_the_place_of_the_answer_in_focus (void)
{
  static const struct {
    AccField written;
    guint paragraphs;
  } rows[] = {
    { ACC_FIELD_STORY_NEED, 2 },       /* its text, and the line begun below it */
    { ACC_FIELD_STORY_ACT, 2 },        /* that text, and a place of its own */
    { ACC_FIELD_STORY_DIFFERENCE, 2 },
    { ACC_FIELD_BANKER_WORDS, 2 },
    { ACC_FIELD_NONE, 1 },             /* no question is in focus */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccLetter) begun = test_sketch_of ("Card.\n", NULL, NULL);
      g_auto (AccLetterFields) fields = { 0 };
      g_autoptr (AccLetter) letter = NULL;
      g_autoptr (AccWording) wording = test_wording ("en");
      g_autoptr (AccComposition) composition = NULL;

      acc_letter_fields_copy (&fields, acc_letter_get_fields (begun));
      fields.thanks_banker = TRUE;
      g_free (fields.banker_name);
      fields.banker_name = g_strdup ("Daniel Reyes");
      letter = acc_letter_new_sketch_at (&fields, rows[i].written);
      composition = acc_composition_new_letter (letter, wording, "Branch", NULL);
      g_assert_cmpuint (count_blocks (composition, ACC_BLOCK_PARAGRAPH), ==, rows[i].paragraphs);
      g_assert_cmpuint (count_blocks (composition, ACC_BLOCK_ADDRESSEE), ==,
                        rows[i].written == ACC_FIELD_BANKER_WORDS ? 1 : 2);
    }
}

/* The name below it has the letter's own apostrophe: so has the name that is signed. */
static void
test_composition_signs_with_the_marks_of_the_name (void)
{
  g_autoptr (AccLetter) begun = test_sketch_of (NULL, "Card.", NULL);
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = NULL;
  const AccBlock *signed_by;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (begun));
  g_free (fields.from[0].name);
  fields.from[0].name = g_strdup ("Siobhán O'Brien");
  g_clear_pointer (&fields.from[0].signature, acc_signature_unref);
  fields.from[0].signature = acc_signature_new_typed ("Siobhán O'Brien");
  letter = acc_letter_new_sketch (&fields);
  composition = acc_composition_new_letter (letter, wording, "Branch", NULL);
  signed_by = find_role (composition, ACC_BLOCK_SIGNATURE);

  g_assert_cmpstr (signed_by->text, ==, "Siobhán O’Brien");
  g_assert_cmpstr (acc_signature_get_text (signed_by->signature), ==, "Siobhán O’Brien");
  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_FROM_SIGNATURE, 0), ==, "Siobhán O'Brien");
}

static void
test_composition_of_a_cover (void)
{
  const AccCoverText cover = {
    .branch = "Market Street branch", .number = TEST_NUMBER, .date = "2026-11-21", .language = "en",
    .to_name = "Priya Raman", .to_line = "Supervisor, Fraud Operations", .subject = "A letter for Jessica Okafor",
    .salutation = "Dear Priya,", .paragraph = "One.\nTwo.", .signed_name = "Ana Held", .signed_line = "Banker",
    .paper = ACC_PAPER_A4,
  };
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_cover (&cover, wording);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPages) pages = acc_typeset (composition, test_letterhead (), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (acc_pages_get_count (pages), ==, 1);
  g_assert_cmpfloat_with_epsilon (acc_pages_get_height (pages), 841.89, 0.001);
  g_assert_cmpstr (find_role (composition, ACC_BLOCK_HEADING)->text, ==, "A letter for Jessica Okafor");
  g_assert_cmpstr (find_role (composition, ACC_BLOCK_SIGNATURE)->note, ==, "Banker");
  g_assert_cmpuint (count_blocks (composition, ACC_BLOCK_PARAGRAPH), ==, 2);
  g_assert_true (acc_pages_check_ledger (pages, &error));
}

/* --- pages --- */

static void
assert_inside_margins (AccPages *pages)
{
  const AccMargins *margins = acc_letterhead_get_margins (test_letterhead ());

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      g_assert_cmpfloat (line.area.x, >=, margins->left - 0.01);
      g_assert_cmpfloat (line.area.x + line.area.width, <=, acc_pages_get_width (pages) - margins->right + 0.01);
      g_assert_cmpfloat (line.area.y, >=, margins->top - 5);
      if (line.block != G_MAXUINT)
        g_assert_cmpfloat (line.area.y + line.area.height, <=, acc_pages_get_height (pages) - margins->bottom + 0.01);
    }
}

static void
test_pages_of_the_letters (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s: %u pages", test_letters[i].name, acc_pages_get_count (pages));
      g_assert_cmpuint (acc_pages_get_count (pages), ==, test_letters[i].n_pages);
      assert_inside_margins (pages);
      acc_pages_check_ledger (pages, &error);
      g_assert_no_error (error);
    }
}

static void
test_pages_hold_four_signatures (void)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autofree char *long_name = g_strnfill (ACC_NAME_MAX, 'W');
  g_autoptr (GError) error = NULL;

  acc_letter_fields_init (&fields);
  for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
    {
      g_free (fields.from[i].name);
      fields.from[i].name = g_strdup (i == 1 ? long_name : "Ruth Adeyemi");
      fields.from[i].signature = i == 3 ? acc_signature_new_witnessed ("Daniel Reyes")
                                        : acc_signature_new_typed (fields.from[i].name);
    }
  fields.n_from = ACC_PEOPLE_MAX;
  g_free (fields.act);
  fields.act = g_strdup ("They helped.");

  g_autoptr (AccLetter) letter = acc_letter_new_sketch (&fields);
  g_autoptr (AccPages) pages = test_pages (letter);
  assert_inside_margins (pages);
  acc_pages_check_ledger (pages, &error);
  g_assert_no_error (error);

  double x[ACC_PEOPLE_MAX] = { 0 }, y[ACC_PEOPLE_MAX] = { 0 };
  for (guint i = acc_pages_get_n_lines (pages); i > 0; i--)
    {
      AccLine line;

      acc_pages_get_line (pages, i - 1, &line);
      if (line.field != ACC_FIELD_FROM_NAME)
        continue;
      x[line.index] = line.area.x;
      y[line.index] = line.area.y;
    }
  g_assert_cmpfloat (x[0], <, x[1]);
  g_assert_cmpfloat (x[0], ==, x[2]);
  g_assert_cmpfloat (x[1], ==, x[3]);
  g_assert_cmpfloat (y[0], <, y[2]);
}

static void
test_pages_run_from_the_right (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("הכרטיס של אמא שלי נחסם.", "en");
  g_autoptr (AccPages) pages = test_pages (letter);
  const AccMargins *margins = acc_letterhead_get_margins (test_letterhead ());

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      if (line.field == ACC_FIELD_STORY_ACT)
        {
          g_assert_true (line.complex);
          g_assert_cmpfloat_with_epsilon (line.area.x + line.area.width, acc_pages_get_width (pages) - margins->right,
                                          0.01);
        }
      if (line.field == ACC_FIELD_TO_NAME)
        g_assert_cmpfloat_with_epsilon (line.area.x, margins->left, 0.01);
    }
}

static void
test_ledger_names_what_no_font_has (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("Thank you \xf0\x9f\xab\xa0 for this.", "en"); /* U+1FAE0 */
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (GError) error = NULL;

  g_assert_false (acc_pages_check_ledger (pages, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
  g_assert_nonnull (strstr (error->message, "story.act"));
  g_assert_nonnull (strstr (error->message, "U+1FAE0"));
}

/* Pango lays out nothing, silently, where a paragraph is too long for it. */
static void
test_ledger_finds_what_pango_leaves_out (void)
{
  g_autofree char *word = g_strnfill (400000, '_'); /* of letters, which are set in parts, every one would be there */
  const AccCoverText cover = {
    .branch = "Branch", .date = "2026-11-21", .language = "en", .to_name = "Priya", .to_line = "", .subject = "",
    .salutation = "", .paragraph = word, .signed_name = "Ana", .signed_line = "", .paper = ACC_PAPER_LETTER,
  };
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_cover (&cover, wording);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPages) pages = acc_typeset (composition, test_letterhead (), &error);

  g_assert_no_error (error);
  g_assert_false (acc_pages_check_ledger (pages, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
}

/* --- caret --- */

/* Whether a caret can stand before @at: not inside a letter with its marks, and not between two paragraphs. */
static gboolean
is_caret_place (const char *text, const char *at)
{
  gunichar next = g_utf8_get_char (at);
  gunichar before = at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : 0;

  gboolean joined = before == 0x200d || next == 0x200d || before == 0x94d; /* by a joiner, or a virama */

  return !g_unichar_ismark (next) && !joined && !(next == '\n' && before == '\n');
}

static void
assert_same_line (AccPages *pages, AccField field, gsize byte, gsize other)
{
  AccArea one, two;
  guint page;

  g_assert_true (acc_pages_find_caret (pages, field, 0, byte, &page, &one));
  g_assert_true (acc_pages_find_caret (pages, field, 0, other, &page, &two));
  g_assert_cmpfloat (one.y, ==, two.y);
}

static void
assert_carets_come_back (AccPages *pages, AccField field, const char *text)
{
  for (const char *at = text; *text != '\0'; at = g_utf8_next_char (at))
    {
      AccField found_field;
      AccArea caret;
      guint page, found_index;
      gsize byte = at - text, found;

      if (is_caret_place (text, at))
        {
          g_assert_true (acc_pages_find_caret (pages, field, 0, byte, &page, &caret));
          g_assert_true (acc_pages_find_byte (pages, page, caret.x, caret.y + caret.height / 2, &found_field,
                                              &found_index, &found));
          g_assert_cmpint (found_field, ==, field);
          if (acc_text_has_right_to_left (text))
            assert_same_line (pages, field, byte, found); /* where directions meet, one place has two bytes */
          else
            g_assert_cmpuint (found, ==, byte);
        }
      if (*at == '\0')
        break;
    }
}

static void
test_caret_comes_back_from_every_byte (void)
{
  static const AccField fields[] = {
    ACC_FIELD_STORY_NEED, ACC_FIELD_STORY_ACT,    ACC_FIELD_STORY_DIFFERENCE,
    ACC_FIELD_BANKER_WORDS, ACC_FIELD_TO_NAME, ACC_FIELD_FROM_NAME,
  };

  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
      g_autoptr (AccPages) pages = test_pages (letter);

      for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
        assert_carets_come_back (pages, fields[f], acc_letter_get_text (letter, fields[f], 0));
    }
}

static AccArea
caret_at (AccPages *pages, AccField field, gsize byte)
{
  AccArea caret = { 0 };
  guint page = 0;

  g_assert_true (acc_pages_find_caret (pages, field, 0, byte, &page, &caret));
  g_assert_cmpuint (page, ==, 0);
  return caret;
}

static void
test_caret_in_an_empty_answer (void)
{
  g_autoptr (AccLetter) letter = test_sketch_of ("Card.", NULL, NULL);
  g_autoptr (AccPages) pages = test_pages (letter);
  AccArea need = caret_at (pages, ACC_FIELD_STORY_NEED, 0), act = caret_at (pages, ACC_FIELD_STORY_ACT, 0);
  AccArea difference = caret_at (pages, ACC_FIELD_STORY_DIFFERENCE, 0), area, other;
  guint page;

  g_assert_cmpfloat (need.x, ==, act.x);
  g_assert_cmpfloat (need.y, <, act.y);
  g_assert_cmpfloat (act.y, <, difference.y);
  g_assert_cmpfloat (act.height, >, 10);
  g_assert_true (acc_pages_find_area (pages, ACC_FIELD_STORY_ACT, 0, 0, &area));
  g_assert_cmpfloat (area.y, ==, act.y);
  g_assert_false (acc_pages_find_area (pages, ACC_FIELD_BANKER_WORDS, 0, 0, &other));
  g_assert_false (acc_pages_find_caret (pages, ACC_FIELD_BANKER_WORDS, 0, 0, &page, &other));
}

static void
test_caret_goes_down_with_a_line_feed (void)
{
  g_autoptr (AccLetter) before = test_sketch_of (NULL, "Card.", NULL);
  g_autoptr (AccLetter) after = test_sketch_of (NULL, "Card.\n", NULL);
  g_autoptr (AccPages) one = test_pages (before);
  g_autoptr (AccPages) two = test_pages (after);
  AccArea end = caret_at (one, ACC_FIELD_STORY_ACT, 5), below = caret_at (two, ACC_FIELD_STORY_ACT, 6);

  g_assert_cmpfloat (end.x, >, below.x);
  g_assert_cmpfloat (end.y, <, below.y);
  g_assert_cmpfloat (caret_at (two, ACC_FIELD_STORY_ACT, 5).y, ==, end.y);
}

static void
test_caret_between_paragraphs (void)
{
  g_autoptr (AccLetter) letter = test_sketch_of (NULL, "One.\n\n \nTwo.", NULL);
  g_autoptr (AccPages) pages = test_pages (letter);
  AccArea second = caret_at (pages, ACC_FIELD_STORY_ACT, 8);

  g_assert_cmpfloat (caret_at (pages, ACC_FIELD_STORY_ACT, 4).y, <, second.y);
  for (gsize byte = 5; byte < 8; byte++)
    {
      g_assert_cmpfloat (caret_at (pages, ACC_FIELD_STORY_ACT, byte).x, ==, second.x);
      g_assert_cmpfloat (caret_at (pages, ACC_FIELD_STORY_ACT, byte).y, ==, second.y);
    }
  g_assert_cmpfloat (caret_at (pages, ACC_FIELD_STORY_ACT, 1000).y, ==, second.y);
}

static void
test_caret_moves_with_a_space (void)
{
  g_autoptr (AccLetter) letter = test_sketch_of (NULL, "a whole hour ", NULL);
  g_autoptr (AccPages) pages = test_pages (letter);

  g_assert_cmpfloat (caret_at (pages, ACC_FIELD_STORY_ACT, 13).x, >, caret_at (pages, ACC_FIELD_STORY_ACT, 12).x);
}

static void
test_point_far_from_an_answer_is_none (void)
{
  g_autoptr (AccPages) pages = test_pages_named ("two-sentences");
  AccField field;
  guint index;
  gsize byte;

  g_assert_false (acc_pages_find_byte (pages, 0, 300, 30, &field, &index, &byte));
  g_assert_false (acc_pages_find_byte (pages, 0, 300, acc_pages_get_height (pages) - 30, &field, &index, &byte));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/composition/puts-blocks-in-order", test_composition_puts_blocks_in_order);
  g_test_add_func ("/paper/composition/greets-all-addressees", test_composition_greets_all_addressees);
  g_test_add_func ("/paper/composition/gives-a-sketch-its-places", test_composition_gives_a_sketch_its_places);
  g_test_add_func ("/paper/composition/keeps-the-place-of-the-answer-in-focus",
                   test_composition_keeps_the_place_of_the_answer_in_focus);
  g_test_add_func ("/paper/composition/signs-with-the-marks-of-the-name",
                   test_composition_signs_with_the_marks_of_the_name);
  g_test_add_func ("/paper/composition/of-a-cover", test_composition_of_a_cover);
  g_test_add_func ("/paper/pages/of-the-letters", test_pages_of_the_letters);
  g_test_add_func ("/paper/pages/hold-four-signatures", test_pages_hold_four_signatures);
  g_test_add_func ("/paper/pages/run-from-the-right", test_pages_run_from_the_right);
  g_test_add_func ("/paper/ledger/names-what-no-font-has", test_ledger_names_what_no_font_has);
  g_test_add_func ("/paper/ledger/finds-what-pango-leaves-out", test_ledger_finds_what_pango_leaves_out);
  g_test_add_func ("/paper/caret/comes-back-from-every-byte", test_caret_comes_back_from_every_byte);
  g_test_add_func ("/paper/caret/in-an-empty-answer", test_caret_in_an_empty_answer);
  g_test_add_func ("/paper/caret/goes-down-with-a-line-feed", test_caret_goes_down_with_a_line_feed);
  g_test_add_func ("/paper/caret/between-paragraphs", test_caret_between_paragraphs);
  g_test_add_func ("/paper/caret/moves-with-a-space", test_caret_moves_with_a_space);
  g_test_add_func ("/paper/caret/far-from-an-answer-is-none", test_point_far_from_an_answer_is_none);
  return g_test_run ();
}
