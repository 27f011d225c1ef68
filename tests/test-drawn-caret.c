/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tapping into a line of the sheet puts the caret there, and caret, selection and what an input method composes are
 * drawn where the letters are: in every script, at two zooms. Where a word stands, poppler says, of the PDF. */
#include "drawing-support.h"

#include "kit/look.h"
#include "kit/sheet.h"
#include "kit/typing.h"
#include "paper-support.h"
#include "window-support.h"

#include <math.h>
#include <string.h>

#define HEIGHT 1000
#define INSIDE 1.0 /* pixels from a word's edge, for a tap on its first or last letter */
#define NEAR 2.0   /* pixels by which what is drawn may miss that edge: a caret stands on whole pixels */

static const int widths[] = { 520, 900 };

/* A word that stands once in its text, on a line that runs as the text does or the other way round. */
static const struct {
  const char *language, *text, *word;
  gboolean from_right; /* the word */
} words[] = {
  { "en", "She went through every statement with me, line by line, until the fraud was found.", "statement", FALSE },
  { "fr", "Elle a été très patiente, et le dossier égaré a été retrouvé avant Noël.", "égaré", FALSE },
  { "pl", "Zawsze życzliwa, wyjaśniła mi każdą opłatę i źdźbło wątpliwości zniknęło.", "wyjaśniła", FALSE },
  { "el", "Με άκουσε με υπομονή και βρήκε το λάθος μέσα σε λίγα λεπτά.", "υπομονή", FALSE },
  { "ru", "Она терпеливо объяснила мне каждую строку выписки, и ошибка нашлась.", "объяснила", FALSE },
  { "he", "נועה הסבירה לי בסבלנות אילו מסמכים צריך והתקשרה בעצמה לרופא.", "בסבלנות", TRUE },
  { "ar", "ساعدتني ليلى بصبر كبير حتى وجدت الخطأ في كشف الحساب.", "بصبر", TRUE },
  { "hi", "उसने धैर्य से मेरी हर बात सुनी और गलती ठीक कर दी।", "हर", FALSE },
  { "th", "เธออธิบายทุกอย่างอย่างใจเย็น และแก้ไขปัญหาให้เรียบร้อย", "อธิบาย", FALSE },
  { "zh", "她耐心地听我说完,一行一行地核对账单,最后找到了错误。", "核对账单", FALSE },
  { "ja", "彼女は最後まで丁寧に話を聞き、明細を一行ずつ確認してくれました。", "明細", FALSE },
  { "ko", "그녀는 끝까지 친절하게 설명해 주었고 오류를 찾아냈습니다.", "친절하게", FALSE },
  { "en", "The clerk said שלום רב and found the missing payment.", "רב", TRUE },
  { "he", "היא אמרה Account Maintenance והכול נפתר באותו יום.", "Maintenance", FALSE },
};

/* A sheet with a story in focus, and the view that takes its keys. */
typedef struct {
  GtkWidget *window, *sheet;
  GtkTextView *view;
  AccPages *pages;
  GBytes *pdf;
} Desk;

static void
set_story (Desk *desk, const char *text, const char *language)
{
  g_autoptr (AccLetter) letter = test_letter_of (text, language);

  g_clear_object (&desk->pages);
  g_clear_pointer (&desk->pdf, g_bytes_unref);
  desk->pages = test_pages (letter);
  desk->pdf = test_pdf (desk->pages);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (desk->view), text, -1);
  acc_sheet_set_pages (ACC_SHEET (desk->sheet), desk->pages);
  test_settle (desk->window);
}

static void
set_up (Desk *desk)
{
  desk->window = gtk_window_new ();
  desk->sheet = acc_sheet_new ();
  desk->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_buffer_create_tag (gtk_text_view_get_buffer (desk->view), ACC_TYPING_MARK, NULL);
  acc_sheet_set_focus_field (ACC_SHEET (desk->sheet), ACC_FIELD_STORY_ACT, 0);
  acc_sheet_set_text_view (ACC_SHEET (desk->sheet), desk->view);
  gtk_window_set_decorated (GTK_WINDOW (desk->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), widths[0], HEIGHT);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->sheet);
  gtk_window_present (GTK_WINDOW (desk->window));
  gtk_widget_grab_focus (GTK_WIDGET (desk->view));
  test_settle (desk->window);
}

static void
tear_down (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->pages);
  g_clear_pointer (&desk->pdf, g_bytes_unref);
}

static void
set_width (Desk *desk, int width)
{
  gtk_window_set_default_size (GTK_WINDOW (desk->window), width, HEIGHT);
  test_settle (desk->window);
}

/* The first page, in the coordinates of the paper's parent. */
static TestPlace
find_page (Desk *desk)
{
  g_autoptr (GskRenderNode) node = test_draw_paper (desk->sheet);
  g_autoptr (GArray) drawn = test_glyphs_of_node (node);
  g_autoptr (GPtrArray) printed = test_glyphs_of_pdf (desk->pdf);

  return test_find_place (drawn, g_ptr_array_index (printed, 0));
}

/* … and where poppler finds @word on it. */
static graphene_rect_t
find_word (Desk *desk, const char *word)
{
  g_autoptr (GArray) found = test_find_in_pdf (desk->pdf, 0, word);
  TestPlace page = find_page (desk);
  graphene_rect_t area;

  g_assert_cmpuint (found->len, ==, 1);
  area = g_array_index (found, graphene_rect_t, 0);
  graphene_rect_scale (&area, page.scale, page.scale, &area);
  return *graphene_rect_offset (&area, page.x, page.y);
}

static GtkWidget *
find_around (Desk *desk)
{
  return gtk_widget_get_parent (test_find_paper (desk->sheet));
}

static void
tap (Desk *desk, double x, double y)
{
  test_click (find_around (desk), x, y);
}

static guint
get_cursor (Desk *desk)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (desk->view);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_offset (&iter);
}

/* A part of the paper that is shown now, such as the caret. */
static gboolean
find_part (Desk *desk, const char *class, graphene_rect_t *place)
{
  GtkWidget *paper = test_find_paper (desk->sheet);

  for (GtkWidget *part = gtk_widget_get_first_child (paper); part != NULL; part = gtk_widget_get_next_sibling (part))
    if (gtk_widget_has_css_class (part, class) && gtk_widget_get_child_visible (part))
      return gtk_widget_compute_bounds (part, find_around (desk), place);
  return FALSE;
}

static gboolean
shows_caret (gpointer desk)
{
  graphene_rect_t place;

  return find_part (desk, "sheet-caret", &place);
}

static gboolean
shows_composition (gpointer desk)
{
  graphene_rect_t place;

  return find_part (desk, "sheet-preedit", &place);
}

/* A key that goes to the window takes the focus there first, and the caret comes with it. */
static graphene_rect_t
wait_for_caret (Desk *desk)
{
  graphene_rect_t place;

  test_wait (shows_caret, desk);
  g_assert_true (find_part (desk, "sheet-caret", &place));
  return place;
}

static void
assert_caret_at (Desk *desk, double x, double y)
{
  graphene_rect_t caret = wait_for_caret (desk);

  g_assert_cmpfloat_with_epsilon (caret.origin.x, x, NEAR);
  g_assert_cmpfloat (caret.origin.y, <, y);
  g_assert_cmpfloat (caret.origin.y + caret.size.height, >, y);
}

/* Offsets of characters. */
static void
find_offsets (guint row, guint *first, guint *last)
{
  const char *at = strstr (words[row].text, words[row].word);

  *first = g_utf8_strlen (words[row].text, at - words[row].text);
  *last = *first + g_utf8_strlen (words[row].word, -1);
}

static void
assert_tap_puts_caret (Desk *desk, guint row)
{
  graphene_rect_t word = find_word (desk, words[row].word);
  double left = word.origin.x, right = word.origin.x + word.size.width;
  double middle = word.origin.y + word.size.height / 2;
  guint first, last;

  find_offsets (row, &first, &last);
  g_test_message ("%s: “%s” in %d pixels", words[row].language, words[row].word, gtk_widget_get_width (desk->sheet));
  tap (desk, words[row].from_right ? right - INSIDE : left + INSIDE, middle);
  g_assert_cmpuint (get_cursor (desk), ==, first);
  if (strstr (words[row].text, words[row].word) != words[row].text)
    assert_caret_at (desk, words[row].from_right ? right : left, middle);
  tap (desk, words[row].from_right ? left + INSIDE : right - INSIDE, middle);
  g_assert_cmpuint (get_cursor (desk), ==, last);
}

static void
test_tap_puts_the_caret_there (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      set_width (&desk, widths[w]);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        {
          set_story (&desk, words[i].text, words[i].language);
          assert_tap_puts_caret (&desk, i);
        }
    }
  tear_down (&desk);
}

/* Texts that break where there is no space as well. */
static const struct {
  const char *language, *text;
  gboolean from_right;
} long_texts[] = {
  { "zh", "她耐心地听我说完,一行一行地核对账单,最后找到了错误。她还打电话给另一家银行,直到问题解决为止,没有让我等待。",
    FALSE },
  { "th", "เธออธิบายทุกอย่างอย่างใจเย็นและแก้ไขปัญหาให้เรียบร้อยโดยไม่ต้องรอนานเลยแม้แต่น้อยและยังโทรกลับมาหาฉันอีกครั้งในวันรุ่งขึ้น", FALSE },
  { "de",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstandsvorsitzendenstellvertret"
    "erinnenversammlung",
    FALSE },
  { "en",
    "She went through every statement with me, line by line, until the fraud was found and every payment came back.",
    FALSE },
  { "he",
    "נועה הסבירה לי בסבלנות אילו מסמכים צריך, וכשחסר אחד מהם היא התקשרה בעצמה לרופא ודאגה שהכול יגיע בזמן לכתובת "
    "הנכונה.",
    TRUE },
};

/* Beyond a line's end, too: not to the beginning of the next one, which is the same place in the text. */
static void
assert_taps_stay_on_their_lines (Desk *desk, guint row)
{
  TestPlace page = find_page (desk);
  guint n_tapped = 0;

  for (guint i = 0; i < acc_pages_get_n_lines (desk->pages); i++)
    {
      graphene_rect_t caret;
      double x, y;
      AccLine line;

      acc_pages_get_line (desk->pages, i, &line);
      if (line.field != ACC_FIELD_STORY_ACT)
        continue;
      x = long_texts[row].from_right ? line.area.x - 12 : line.area.x + line.area.width + 12;
      x = page.x + x * page.scale;
      y = page.y + (line.area.y + line.area.height / 2) * page.scale;
      tap (desk, x, y);
      caret = wait_for_caret (desk);
      g_assert_cmpfloat (caret.origin.y, <, y);
      g_assert_cmpfloat (caret.origin.y + caret.size.height, >, y);
      g_assert_cmpfloat (fabs (caret.origin.x - x), <, 30 * page.scale);
      n_tapped++;
    }
  g_assert_cmpuint (n_tapped, >=, 2);
}

static void
test_tap_stays_on_its_line (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (long_texts); i++)
    {
      set_story (&desk, long_texts[i].text, long_texts[i].language);
      g_test_message ("%s", long_texts[i].language);
      assert_taps_stay_on_their_lines (&desk, i);
    }
  tear_down (&desk);
}

static void
select_word (Desk *desk, guint row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (desk->view);
  guint first, last;
  GtkTextIter from, to;

  find_offsets (row, &first, &last);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, first);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, last);
  gtk_text_buffer_select_range (buffer, &to, &from);
  test_settle (desk->window);
}

static void
mark_word (Desk *desk, guint row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (desk->view);
  guint first, last;
  GtkTextIter from, to;

  find_offsets (row, &first, &last);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, first);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, last);
  gtk_text_buffer_apply_tag_by_name (buffer, ACC_TYPING_MARK, &from, &to);
  test_settle (desk->window);
}

/* @choose: selects or marks the row's word; the band behind it has the @colour. */
static void
assert_band_is_drawn_on_its_letters (void (*choose) (Desk *desk, guint row), const GdkRGBA *colour)
{
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (words) * G_N_ELEMENTS (widths); i++)
    {
      guint row = i / G_N_ELEMENTS (widths);
      g_autoptr (GskRenderNode) node = NULL;
      g_autoptr (GArray) fills = NULL;
      graphene_rect_t word, fill;

      set_width (&desk, widths[i % G_N_ELEMENTS (widths)]);
      set_story (&desk, words[row].text, words[row].language);
      choose (&desk, row);
      word = find_word (&desk, words[row].word);
      node = test_draw_paper (desk.sheet);
      fills = test_fills_of_node (node, colour);
      g_test_message ("%s: “%s”", words[row].language, words[row].word);
      g_assert_cmpuint (fills->len, ==, 1);
      fill = g_array_index (fills, graphene_rect_t, 0);
      g_assert_cmpfloat_with_epsilon (fill.origin.x, word.origin.x, NEAR);
      g_assert_cmpfloat_with_epsilon (fill.size.width, word.size.width, NEAR);
      g_assert_cmpfloat (fill.origin.y, <, word.origin.y + word.size.height / 2);
      g_assert_cmpfloat (fill.origin.y + fill.size.height, >, word.origin.y + word.size.height / 2);
    }
  tear_down (&desk);
}

static void
test_selection_is_drawn_on_its_letters (void)
{
  assert_band_is_drawn_on_its_letters (select_word, &(const GdkRGBA){ 0.04f, 0.31f, 0.34f, 0.22f });
}

static void
test_mark_is_drawn_on_its_letters (void)
{
  assert_band_is_drawn_on_its_letters (mark_word, &(const GdkRGBA){ 0.54f, 0.11f, 0.11f, 0.24f });
}

/* Where somebody composes a character: in the middle of a text, and at its end, which is close to a line's. */
static const struct {
  const char *language, *text;
  guint cursor;
  gboolean from_right;
} compositions[] = {
  { "en", "She went through every statement with me, line by line.", 8, FALSE },
  { "zh", "她耐心地听我说完,一行一行地核对账单,最后找到了错误。她还打电话给另一家银行", 37, FALSE },
  { "he", "נועה הסבירה לי בסבלנות אילו מסמכים צריך והתקשרה בעצמה לרופא.", 60, TRUE },
};

static double
find_baseline (GArray *glyphs, const graphene_rect_t *around)
{
  for (guint i = 0; i < glyphs->len; i++)
    {
      const TestGlyph *glyph = &g_array_index (glyphs, TestGlyph, i);

      if (graphene_rect_contains_rect (around, &glyph->ink))
        return glyph->baseline;
    }
  g_assert_not_reached ();
}

/* On the line, at the caret, in letters of its size, and on the paper to its last letter. */
static void
assert_composed_in_place (Desk *desk, const graphene_rect_t *caret, gboolean from_right)
{
  g_autoptr (GskRenderNode) node = test_draw_paper (desk->sheet);
  g_autoptr (GArray) glyphs = test_glyphs_of_node (node);
  double right = gtk_widget_get_width (test_find_paper (desk->sheet));
  double at = caret->origin.x, edge;
  graphene_rect_t composed;

  g_assert_true (find_part (desk, "sheet-preedit", &composed));
  g_assert_cmpfloat (composed.origin.x, >=, 0);
  g_assert_cmpfloat (composed.origin.x + composed.size.width, <=, right);
  g_assert_cmpfloat (composed.size.height, <, 1.5 * caret->size.height);
  edge = from_right ? composed.origin.x + composed.size.width : composed.origin.x;
  if (from_right ? at - composed.size.width > 0 : at + composed.size.width < right)
    g_assert_cmpfloat_with_epsilon (edge, at, NEAR);
  g_assert_cmpfloat_with_epsilon (find_baseline (glyphs, &composed), caret->origin.y + caret->size.height * 0.73, NEAR);
}

/* Ctrl+Shift+U and a number: GTK's own input method, through real keys. */
static void
test_composed_text_is_drawn_in_place (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (compositions) * G_N_ELEMENTS (widths); i++)
    {
      guint row = i / G_N_ELEMENTS (widths);
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (desk.view);
      graphene_rect_t caret;
      GtkTextIter iter;

      g_test_message ("%s in %d pixels", compositions[row].language, widths[i % G_N_ELEMENTS (widths)]);
      set_width (&desk, widths[i % G_N_ELEMENTS (widths)]);
      set_story (&desk, compositions[row].text, compositions[row].language);
      gtk_text_buffer_get_iter_at_offset (buffer, &iter, compositions[row].cursor);
      gtk_text_buffer_place_cursor (buffer, &iter);
      test_settle (desk.window);
      caret = wait_for_caret (&desk);

      test_key (desk.window, "ctrl+shift+u");
      test_key (desk.window, "4");
      test_key (desk.window, "e");
      test_wait (shows_composition, &desk);
      g_assert_false (shows_caret (&desk));
      assert_composed_in_place (&desk, &caret, compositions[row].from_right);
      test_key (desk.window, "Escape");
      test_wait (shows_caret, &desk);
      g_assert_false (shows_composition (&desk));
    }
  tear_down (&desk);
}

/* As an input method for Chinese has it before somebody chooses: more than is left of a line. */
static void
test_long_composition_stays_on_the_paper (void)
{
  Desk desk = { 0 };
  GtkTextBuffer *buffer;
  guint n_moved = 0;

  set_up (&desk);
  set_story (&desk, words[0].text, words[0].language);
  buffer = gtk_text_view_get_buffer (desk.view);
  for (guint i = 0; i < 60; i += 6)
    {
      graphene_rect_t caret, composed;
      GtkTextIter iter;

      gtk_text_buffer_get_iter_at_offset (buffer, &iter, i);
      gtk_text_buffer_place_cursor (buffer, &iter);
      test_settle (desk.window);
      caret = wait_for_caret (&desk);
      g_signal_emit_by_name (desk.view, "preedit-changed", "ta hen naixin de ting wo shuo wan");
      test_settle (desk.window);
      g_assert_true (find_part (&desk, "sheet-preedit", &composed));
      g_assert_cmpfloat (composed.origin.x, >=, 0);
      g_assert_cmpfloat (composed.origin.x + composed.size.width, <=, widths[0]);
      n_moved += composed.origin.x < caret.origin.x - NEAR;
      g_signal_emit_by_name (desk.view, "preedit-changed", "");
    }
  g_assert_cmpuint (n_moved, >, 0);
  tear_down (&desk);
}

/* As these tests' settings say, however often the look is taken. */
static void
test_caret_stands_still_for_who_wants_it_so (void)
{
  acc_look_init (gdk_display_get_default ());
  g_assert_false (acc_look_caret_blinks (gtk_settings_get_default ()));
}

int
main (int argc, char **argv)
{
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE); /* whatever else the machine has */
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-cursor-blink", FALSE, NULL);
  acc_look_init (gdk_display_get_default ());

  g_test_add_func ("/drawn-caret/caret-stands-still-for-who-wants-it-so", test_caret_stands_still_for_who_wants_it_so);
  g_test_add_func ("/drawn-caret/tap-puts-the-caret-there", test_tap_puts_the_caret_there);
  g_test_add_func ("/drawn-caret/tap-stays-on-its-line", test_tap_stays_on_its_line);
  g_test_add_func ("/drawn-caret/selection-is-drawn-on-its-letters", test_selection_is_drawn_on_its_letters);
  g_test_add_func ("/drawn-caret/mark-is-drawn-on-its-letters", test_mark_is_drawn_on_its_letters);
  g_test_add_func ("/drawn-caret/composed-text-is-drawn-in-place", test_composed_text_is_drawn_in_place);
  g_test_add_func ("/drawn-caret/long-composition-stays-on-the-paper", test_long_composition_stays_on_the_paper);
  return g_test_run ();
}
