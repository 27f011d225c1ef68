/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where on a page its letters stand, as accolade-pdf tells it: for what is selected, found and copied. */
#include "base/error.h"
#include "paper-support.h"
#include "paper/pdf-layout.h"
#include "paper/pdf-process.h"

#include <string.h>

static AccPdfLayout *
read_layout (AccPages *pages, guint page)
{
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, &error);
  AccPdfLayout *layout = process != NULL ? acc_pdf_process_read_layout (process, page, &error) : NULL;

  g_assert_no_error (error);
  return layout;
}

static AccPdfLayout *
layout_of (const char *text)
{
  AccPdfLayout *layout = g_new0 (AccPdfLayout, 1);

  layout->text = g_strdup (text);
  return layout;
}

/* In each script, every letter has its place, and that is where the typesetter put the line. */
static void
test_every_letter_has_a_place (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);
      g_autoptr (AccPdfLayout) layout = read_layout (pages, 0);

      g_test_message ("%s", test_letters[i].name);
      g_assert_cmpuint (layout->n, >, 100);
      g_assert_cmpuint (layout->n, ==, g_utf8_strlen (layout->text, -1));
    }
}

static void
assert_stands_at (const AccPdfLayout *layout, const AccLine *line)
{
  g_autoptr (GArray) found = acc_pdf_layout_find (layout, line->text);
  g_autoptr (GArray) areas = NULL;
  const AccPdfPlace *area;

  if (found->len == 0)
    g_error ("“%s” is not found", line->text);
  areas = acc_pdf_layout_list_areas (layout, g_array_index (found, AccPdfRange, 0));
  g_assert_cmpuint (areas->len, ==, 1);
  area = &g_array_index (areas, AccPdfPlace, 0);
  g_assert_cmpfloat (ABS (area->left - line->area.x), <, 4);
  g_assert_cmpfloat (ABS (area->right - (line->area.x + line->area.width)), <, 6);
  g_assert_cmpfloat (area->top, <, line->baseline);
  g_assert_cmpfloat (area->bottom, >, line->baseline - 2);
}

/* Each line of the story stands where it was set. */
static void
test_what_is_found_is_where_it_was_set (void)
{
  static const char *const names[] = { "full-page", "german", "polish", "greek", "cyrillic" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (names[i]);
      g_autoptr (AccPdfLayout) layout = read_layout (pages, 0);
      guint n = 0;

      for (guint k = 0; k < acc_pages_get_n_lines (pages); k++)
        {
          AccLine line;

          acc_pages_get_line (pages, k, &line);
          if (line.page != 0 || line.field != ACC_FIELD_STORY_ACT || strlen (line.text) < 40)
            continue;
          assert_stands_at (layout, &line);
          n++;
        }
      g_assert_cmpuint (n, >, 0);
    }
}

static void
test_words_are_found (void)
{
  static const struct {
    const char *text, *words;
    guint n, start, end;
  } cases[] = {
    { "The card was stopped", "card", 1, 4, 8 },
    { "The card was stopped", "CARD WAS", 1, 4, 12 },
    { "over the\nend of a line", "the end", 1, 5, 12 },
    { "over the  \n end", "the end", 1, 5, 15 },
    { "María Álvarez", "maria alvarez", 1, 0, 13 },
    { "Mari\u0301a", "maría", 1, 0, 6 },
    { "aaaa", "aa", 2, 0, 2 },
    { "abc", "abcd", 0, 0, 0 },
    { "abc", "", 0, 0, 0 },
    { "abc", "  \n", 0, 0, 0 },
    { "", "a", 0, 0, 0 },
    { "شكرا جزيلا لسلمى", "جزيلا", 1, 5, 10 },
    { "我想给老家的母亲", "老家", 1, 3, 5 },
    { "ΑΘΗΝΑ", "αθηνα", 1, 0, 5 },
    { " word ", " word ", 1, 1, 5 },
    { "I don’t “know”", "don't \"know\"", 1, 2, 14 },
    { "then – and", "then - and", 1, 0, 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccPdfLayout) layout = layout_of (cases[i].text);
      g_autoptr (GArray) found = acc_pdf_layout_find (layout, cases[i].words);

      g_test_message ("case %u", i);
      g_assert_cmpuint (found->len, ==, cases[i].n);
      if (found->len == 0)
        continue;
      g_assert_cmpuint (g_array_index (found, AccPdfRange, 0).start, ==, cases[i].start);
      g_assert_cmpuint (g_array_index (found, AccPdfRange, 0).end, ==, cases[i].end);
    }
}

/* The paragraph says which of the same words are meant; its line breaks and a script's missing spaces say nothing. */
static void
test_a_part_is_found_in_its_paragraph (void)
{
  static const struct {
    const char *text, *paragraph;
    AccPdfRange part;
    gboolean found;
    guint start, end;
  } cases[] = {
    { "Wait. I did\nwait there.", "I did wait there.", { 6, 10 }, TRUE, 12, 16 },
    { "我想给老\n家的母亲", "我想给老家的母亲", { 3, 5 }, TRUE, 3, 6 },
    { "में  बात की", "में बात की", { 4, 7 }, TRUE, 5, 8 },
    { "He didn’t.", "He didn't.", { 3, 9 }, TRUE, 3, 9 },
    { "I did wait", "I did wait there.", { 6, 10 }, FALSE, 0, 0 },
    { "I did wait", "did wait", { 0, 0 }, TRUE, 2, 2 },
    { "I did wait", "", { 0, 0 }, FALSE, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccPdfLayout) layout = layout_of (cases[i].text);
      AccPdfRange range = { 0, 0 };

      g_test_message ("case %u", i);
      g_assert_cmpint (acc_pdf_layout_find_part (layout, cases[i].paragraph, cases[i].part, &range), ==, cases[i].found);
      g_assert_cmpuint (range.start, ==, cases[i].start);
      g_assert_cmpuint (range.end, ==, cases[i].end);
    }
}

/* Before the page ends, and what stands in its foot is no part of the paragraph though it begins alike. */
static void
test_a_beginning_is_counted (void)
{
  static const struct {
    const char *text, *paragraph;
    guint n;
  } cases[] = {
    { "It was late and\nthe foot", "It was late and then we left.", 15 },
    { "It was late and\nLetter 1", "It was late and", 15 },
    { "我想给老\nLetter 1", "我想给老家的母亲", 4 },
    { "It was late", "Nothing", 0 },
    { "", "Nothing", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccPdfLayout) layout = layout_of (cases[i].text);

      g_test_message ("case %u", i);
      g_assert_cmpuint (acc_pdf_layout_count_beginning (layout, cases[i].paragraph), ==, cases[i].n);
    }
}

/* Pointing at a letter's place finds that letter, everywhere on the page. */
static void
test_a_point_finds_its_letter (void)
{
  g_autoptr (AccPages) pages = test_pages_named ("full-page");
  g_autoptr (AccPdfLayout) layout = read_layout (pages, 0);

  for (guint i = 0; i < layout->n; i++)
    {
      const AccPdfPlace *place = &layout->boxes[i];
      double x = place->left + (place->right - place->left) / 4, y = (place->top + place->bottom) / 2;
      const AccPdfPlace *found;

      if (place->right - place->left < 1 || place->bottom - place->top < 1)
        continue;
      found = &layout->boxes[MIN (acc_pdf_layout_find_nearest (layout, x, y), layout->n - 1)];
      g_assert_cmpfloat (found->left, <=, place->right);
      g_assert_cmpfloat (found->right, >=, place->left);
      g_assert_cmpfloat (found->top, <=, place->bottom);
      g_assert_cmpfloat (found->bottom, >=, place->top);
    }
  g_assert_cmpuint (acc_pdf_layout_find_nearest (layout, 0, 0), <, 40);
}

static void
test_a_range_is_copied (void)
{
  g_autoptr (AccPdfLayout) layout = layout_of ("für Zoë");
  g_autofree char *some = acc_pdf_layout_dup_text (layout, (AccPdfRange){ 1, 5 });
  g_autofree char *all = acc_pdf_layout_dup_text (layout, (AccPdfRange){ 0, G_MAXUINT });

  g_assert_cmpstr (some, ==, "ür Z");
  g_assert_cmpstr (all, ==, "für Zoë");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf-layout/every-letter", test_every_letter_has_a_place);
  g_test_add_func ("/pdf-layout/where-it-was-set", test_what_is_found_is_where_it_was_set);
  g_test_add_func ("/pdf-layout/found", test_words_are_found);
  g_test_add_func ("/pdf-layout/part", test_a_part_is_found_in_its_paragraph);
  g_test_add_func ("/pdf-layout/beginning", test_a_beginning_is_counted);
  g_test_add_func ("/pdf-layout/point", test_a_point_finds_its_letter);
  g_test_add_func ("/pdf-layout/copied", test_a_range_is_copied);
  return g_test_run ();
}
