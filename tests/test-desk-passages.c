/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages that the desk points out in the letter itself: what the checks are about, and what was taken out. */
#include "desk-support.h"

#include <math.h>
#include <string.h>

#include "archive/documents.h"
#include "desk/check-card.h"
#include "desk/desk-app.h"
#include "desk/desk-session-private.h"
#include "desk/desk-window-private.h"
#include "desk/entry-row.h"
#include "desk/letter-passages.h"
#include "kit/pdf-view-private.h"
#include "letter/letter-json.h"
#include "paper/pdf-writer.h"
#include "support.h"
#include "window-support.h"

#define HARM "The letter may tell of others who were kept waiting."
#define POINTER "check-pointer"

/* ---- what stands where ---- */

static AccPdfView *
get_view (Desk *desk)
{
  return ACC_PDF_VIEW (test_find (GTK_WIDGET (desk->window), "pdf"));
}

static gboolean
has_placed (Desk *desk, gconstpointer n)
{
  AccPdfView *view = get_view (desk);
  guint placed = 0;

  for (guint i = 0; i < view->places->len; i++)
    placed = MAX (placed, g_array_index (view->places, AccPdfPlaced, i).passage + 1);
  return placed == GPOINTER_TO_UINT (n) && (placed == 0 || view->placed);
}

/* What is marked as passage @passage, as the page has it. */
static char *
dup_marked (AccPdfView *view, guint passage)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < view->places->len; i++)
    {
      const AccPdfPlaced *placed = &g_array_index (view->places, AccPdfPlaced, i);
      g_autofree char *part = NULL;

      if (placed->passage != passage)
        continue;
      part = acc_pdf_layout_dup_text (acc_pdf_page_get_layout (g_ptr_array_index (view->list, placed->match.page)),
                                      placed->match.range);
      g_strdelimit (part, "\n", ' ');
      g_string_append_printf (text, "%s%s", text->len > 0 ? " | " : "", part);
    }
  return g_string_free (text, FALSE);
}

static void
assert_marked (AccPdfView *view, guint passage, const char *words)
{
  g_autofree char *marked = dup_marked (view, passage);

  g_assert_cmpstr (marked, ==, words);
}

/* ---- letters ---- */

typedef struct {
  AccWorker *worker;
  GtkWidget *view, *window;
} Reader;

static gboolean
is_placed (gpointer data)
{
  const Reader *reader = data;

  return ACC_PDF_VIEW (reader->view)->placed;
}

static AccLetter *
load_letter (const char *name)
{
  g_autofree char *file = g_strdup_printf ("letters/%s.json", name);
  g_autoptr (GBytes) json = test_fixture (file);
  g_autoptr (GError) error = NULL;
  AccLetter *letter = acc_letter_from_json (json, &error);

  g_assert_no_error (error);
  return letter;
}

static GBytes *
print (AccLetter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_autoptr (AccPages) pages = acc_typeset_letter (letter, "Market Street branch", NULL, letterhead, &error);
  GBytes *pdf = pages != NULL ? acc_pdf_write (pages, &error) : NULL;

  g_assert_no_error (error);
  return pdf;
}

static void
open_reader (Reader *reader, AccLetter *letter, const AccPassage *passages, guint n)
{
  g_autoptr (GBytes) pdf = print (letter);
  g_autoptr (GArray) first = NULL;
  g_autoptr (GPtrArray) parts = acc_letter_passages_locate (letter, passages, n, &first);

  reader->worker = acc_worker_new ("paper");
  reader->view = acc_pdf_view_new ();
  acc_pdf_view_set_worker (ACC_PDF_VIEW (reader->view), reader->worker);
  acc_pdf_view_make_readable (ACC_PDF_VIEW (reader->view));
  reader->window = test_show (reader->view, 800, 600);
  acc_pdf_view_set_pdf (ACC_PDF_VIEW (reader->view), pdf);
  acc_pdf_view_point_out (ACC_PDF_VIEW (reader->view), parts);
  test_wait (is_placed, reader);
}

static void
reader_clear (Reader *reader)
{
  gtk_window_destroy (GTK_WINDOW (reader->window));
  g_clear_object (&reader->worker);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* The words of @text from a third to the half of it, whole ones where its script has spaces. */
static AccPassage
choose_words (AccLetter *letter, AccField field)
{
  const char *text = acc_letter_get_text (letter, field, 0);
  glong length = g_utf8_strlen (text, -1);
  const char *start = g_utf8_offset_to_pointer (text, length / 3), *end = g_utf8_offset_to_pointer (text, length / 2);
  const char *space = strchr (start, ' '), *last = g_strrstr_len (start, end - start, " ");

  if (space != NULL && last != NULL && space + 1 < last)
    {
      start = space + 1;
      end = last;
    }
  return (AccPassage){ field, (gsize) (start - text), (gsize) (end - text) };
}

/* In every script that poppler reads in order: not in Arabic, where ligatures move letters to other lines. */
static void
test_words_are_marked_in_every_script (void)
{
  static const char *const names[]
    = { "full-page", "german", "french", "spanish", "polish", "greek", "cyrillic", "hebrew", "thai", "devanagari",
        "chinese", "japanese", "korean", "mixed", "three-pages" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccLetter) letter = load_letter (names[i]);
      const AccPassage passage = choose_words (letter, ACC_FIELD_STORY_ACT);
      g_auto (Reader) reader = { NULL };
      g_autofree char *marked = NULL;

      open_reader (&reader, letter, &passage, 1);
      marked = dup_marked (ACC_PDF_VIEW (reader.view), 0);
      g_test_message ("%s: %s", names[i], marked);
      g_assert_cmpstr (marked, !=, "");
    }
}

/* A paragraph that goes on on the next page has its passage in two parts, and what stands in the first page's foot is in neither. */
static void
test_words_are_marked_over_the_end_of_a_page (void)
{
  g_autoptr (AccLetter) letter = load_letter ("three-pages");
  const char *text = acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0);
  guint n_parted = 0;

  for (gsize from = strspn (text, "\n"); from < strlen (text); from += strspn (text + from, "\n"))
    {
      const char *feed = strchr (text + from, '\n');
      const gsize to = feed != NULL ? (gsize) (feed - text) : strlen (text);
      const AccPassage passage = { ACC_FIELD_STORY_ACT, from, to };
      g_autofree char *typed = g_strndup (text + from, to - from), *marked = NULL;
      g_auto (GStrv) parts = NULL;
      g_auto (Reader) reader = { NULL };

      from = to + 1;
      open_reader (&reader, letter, &passage, 1);
      marked = dup_marked (ACC_PDF_VIEW (reader.view), 0);
      g_assert_cmpstr (marked, !=, "");
      parts = g_strsplit (marked, " | ", -1);
      n_parted += g_strv_length (parts) > 1;
    }
  g_assert_cmpuint (n_parted, >, 0);
}

/* The same words elsewhere are not meant; and the page has other quotes than the client typed. */
static void
test_only_the_words_that_are_meant_are_marked (void)
{
  static const char *const story = "She said \"wait\" -- and I did not wait.\nThen she said \"wait\" again, and I didn't.";
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (AccLetter) before = load_letter ("two-sentences"), letter = NULL;
  g_autoptr (GError) error = NULL;
  const char *first = strstr (story, "wait.");
  const char *second = strstr (strstr (story, "wait\" again"), "wait");
  AccPassage passages[] = { { ACC_FIELD_STORY_ACT, (gsize) (second - story), (gsize) (second - story) + 4 },
                            { ACC_FIELD_STORY_ACT, strlen (story) - 7, strlen (story) - 1 },
                            { ACC_FIELD_STORY_ACT, (gsize) (first - story), (gsize) (first - story) + 14 } };
  g_auto (Reader) reader = { NULL };
  AccPdfView *view;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (before));
  g_free (fields.act);
  fields.act = g_strdup (story);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  open_reader (&reader, letter, passages, G_N_ELEMENTS (passages));
  view = ACC_PDF_VIEW (reader.view);
  assert_marked (view, 0, "wait");
  g_assert_cmpfloat (acc_pdf_page_get_layout (g_ptr_array_index (view->list, 0))
                       ->boxes[g_array_index (view->places, AccPdfPlaced, 0).match.range.start].top,
                     ==,
                     acc_pdf_page_get_layout (g_ptr_array_index (view->list, 0))
                       ->boxes[g_array_index (view->places, AccPdfPlaced, 1).match.range.start].top);
  assert_marked (view, 1, "didn’t");
  /* of two paragraphs: two parts, each in its own */
  assert_marked (view, 2, "wait.");
  assert_marked (view, 3, "Then she");
}

/* ---- what is drawn ---- */

static guint32 *
draw (GtkWidget *widget, int *width, int *height)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 *pixels;

  *width = gtk_widget_get_width (widget);
  *height = gtk_widget_get_height (widget);
  pixels = g_new0 (guint32, (gsize) *width * *height);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), *width, *height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, *width, *height));
  gdk_texture_download (texture, (guchar *) pixels, (gsize) *width * 4);
  return pixels;
}

static double
find_luminance (guint32 pixel)
{
  const double weights[] = { 0.0722, 0.7152, 0.2126 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double part = ((pixel >> (8 * i)) & 255) / 255.0;

      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
    }
  return sum;
}

/* The contrast of the line below a mark with the paper beside it, as WCAG 2 counts it. */
static double
find_contrast (AccPdfView *view, const AccPdfPlaced *placed)
{
  AccPdfPage *page = g_ptr_array_index (view->list, placed->match.page);
  g_autoptr (GArray) areas = acc_pdf_layout_list_areas (acc_pdf_page_get_layout (page), placed->match.range);
  const AccPdfPlace *area = &g_array_index (areas, AccPdfPlace, 0);
  double zoom = acc_pdf_page_get_zoom (page);
  int width, height, x = (int) lround ((area->left + area->right) / 2 * zoom), y = (int) lround (area->bottom * zoom);
  g_autofree guint32 *pixels = draw (GTK_WIDGET (page), &width, &height);
  double line, paper;

  g_assert_cmpint (x, <, width);
  g_assert_cmpint (y, <, height);
  line = find_luminance (pixels[(gsize) y * width + x]);
  paper = find_luminance (pixels[(gsize) y * width + (int) lround (area->left * zoom / 4)]);
  return (MAX (line, paper) + 0.05) / (MIN (line, paper) + 0.05);
}

/* ---- the window ---- */

static const char *const stories[] = {
  "She kept the others waiting for longer than I liked, and stayed until it worked.",
  "She stopped two payments while we spoke and told me what would happen next.",
};

static void
open_desk (Desk *desk, char **number)
{
  desk_init (desk);
  *number = desk_submit_story (desk, stories[0]);
  desk_sign_in (desk, DESK_ANA);
  desk_see (desk, HARM);
  desk_wait_for (desk, "a mark", has_placed, GUINT_TO_POINTER (1));
}

static void
test_harm_is_marked_in_every_look (void)
{
  static const struct {
    const char *theme;
    gboolean dark;
  } looks[] = { { "Adwaita", FALSE }, { "Adwaita", TRUE }, { "HighContrast", FALSE } };
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  AccPdfView *view;

  open_desk (&desk, &number);
  view = get_view (&desk);
  assert_marked (view, 0, "kept the others waiting");
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_object_set (gtk_settings_get_default (), "gtk-theme-name", looks[i].theme, "gtk-application-prefer-dark-theme",
                    looks[i].dark, NULL);
      test_settle (GTK_WIDGET (desk.window));
      g_assert_cmpfloat (find_contrast (view, &g_array_index (view->places, AccPdfPlaced, 0)), >=, 3);
    }
  g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Adwaita", "gtk-application-prefer-dark-theme", FALSE, NULL);
}

static gboolean
is_shown (Desk *desk, gconstpointer data)
{
  AccPdfView *view = get_view (desk);

  return view->placed && view->shown == 0;
}

static gboolean
is_in_view (AccPdfView *view)
{
  const AccPdfMatch *match = &g_array_index (view->places, AccPdfPlaced, 0).match;
  AccPdfPage *page = g_ptr_array_index (view->list, match->page);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  g_autoptr (GArray) areas = acc_pdf_layout_list_areas (acc_pdf_page_get_layout (page), match->range);
  double value = gtk_adjustment_get_value (adjustment);
  graphene_rect_t bounds;
  double at;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (view->pages), &bounds));
  at = bounds.origin.y + g_array_index (areas, AccPdfPlace, 0).top * acc_pdf_page_get_zoom (page);
  return at >= value && at <= value + gtk_adjustment_get_page_size (adjustment);
}

static GtkWidget *
find_class (GtkWidget *root, const char *class)
{
  GtkWidget *found = gtk_widget_has_css_class (root, class) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_class (child, class);
  return found;
}

/* What a screen reader is told of @widget. */
static char *
dup_spoken (GtkWidget *widget)
{
  return gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "");
}

/* By the pointer, and by Enter; and what a screen reader says holds the words themselves. */
static void
test_a_row_leads_to_its_words (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *spoken = NULL;
  GtkWidget *row;
  AccPdfView *view;

  open_desk (&desk, &number);
  view = get_view (&desk);
  row = find_class (GTK_WIDGET (desk.window), POINTER);
  g_assert_nonnull (row);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_BUTTON);
  spoken = dup_spoken (row);
  g_assert_nonnull (strstr (spoken, "kept the others waiting"));
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (GTK_WIDGET (view), "pdf.zoom-in", NULL);
  test_settle (GTK_WIDGET (desk.window));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (view->scroller), G_MAXDOUBLE);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_false (is_in_view (view));
  test_click (row, 20, 10);
  desk_wait_for (&desk, "the words", is_shown, NULL);
  g_assert_true (is_in_view (view));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (view->scroller), G_MAXDOUBLE);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_false (is_in_view (view));
  gtk_widget_grab_focus (row);
  test_key (GTK_WIDGET (desk.window), "Return");
  test_settle (GTK_WIDGET (desk.window));
  g_assert_true (is_in_view (view));
}

static gboolean
has_other_letter (Desk *desk, gconstpointer number)
{
  AccReviewDraft *draft = desk->window->draft;

  return draft != NULL && desk->window->opening == NULL
         && !g_str_equal (acc_desk_letter_get_record (acc_review_draft_get_letter (draft))->number, number);
}

static gboolean
has_rows (Desk *desk, gconstpointer n)
{
  return desk_count_rows (desk) == GPOINTER_TO_UINT (n);
}

static gboolean
is_read (Desk *desk, gconstpointer data)
{
  AccPdfView *view = get_view (desk);

  return view->list->len > 0 && acc_pdf_view_find_unread (view) == G_MAXUINT;
}

/* Each letter has its own marks, and no paper has any. */
static void
test_marks_go_with_their_letter (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *other = NULL;
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  AccDocumentKind kind;
  AccDeskLetter *letter;

  desk_init (&desk);
  number = desk_submit_story (&desk, stories[0]);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "a mark", has_placed, GUINT_TO_POINTER (1));
  letter = acc_review_draft_get_letter (desk.window->draft);
  before = g_bytes_ref (acc_opened_letter_get_pdf (acc_desk_letter_get_opened (letter)));
  after = acc_documents_get_outgoing (desk.session->desk, acc_desk_letter_get_opened (letter), &kind, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (before, after));

  other = desk_submit_story (&desk, stories[1]);
  acc_desk_window_refresh (desk.window, TRUE);
  desk_wait_for (&desk, "two letters", has_rows, GUINT_TO_POINTER (2));
  g_assert_true (acc_queue_pane_step (ACC_QUEUE_PANE (desk.window->queue), 1)
                 || acc_queue_pane_step (ACC_QUEUE_PANE (desk.window->queue), -1));
  desk_wait_for (&desk, "the other letter", has_other_letter, number);
  desk_wait_for (&desk, "its pages", is_read, NULL);
  g_assert_cmpuint (get_view (&desk)->passages->len, ==, 0);
  g_assert_cmpuint (get_view (&desk)->places->len, ==, 0);
}

/* ---- what was taken out ---- */

static void
take_out (Desk *desk, const char *words)
{
  GtkTextIter from, start, end;
  GtkTextBuffer *buffer;

  desk_click (desk, "Take words out…");
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Select the words to take out")));
  gtk_text_buffer_get_start_iter (buffer, &from);
  g_assert_true (gtk_text_iter_forward_search (&from, words, 0, &start, &end, NULL));
  gtk_text_buffer_select_range (buffer, &start, &end);
  desk_click (desk, "_Mark these words");
  gtk_text_buffer_set_text (
    gtk_text_view_get_buffer (GTK_TEXT_VIEW (desk_find (desk, GTK_TYPE_TEXT_VIEW, "Why"))), "It names others.", -1);
  desk_click (desk, "Take them out");
  desk_see (desk, "Words have been taken out of what leaves the branch.");
}

static gboolean
is_chosen (Desk *desk, gconstpointer label)
{
  GtkWidget *button = desk_find_button (desk, label);

  return button != NULL && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

static GtkWidget *
find_row (GtkWidget *root, const char *words)
{
  if (ACC_IS_ENTRY_ROW (root))
    {
      g_autofree char *spoken = dup_spoken (root);

      return strstr (spoken, words) != NULL ? root : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, words);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Where and why, but not which: those are in the original, marked. */
static void
test_history_says_where_words_were_taken_out (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *spoken = NULL;
  GtkWidget *row;

  open_desk (&desk, &number);
  take_out (&desk, "kept the others waiting");
  desk_see (&desk, "What was done: 1\nIt names others.");
  desk_wait_for (&desk, "As it leaves", is_chosen, "As it leaves");
  desk_wait_for (&desk, "no mark", has_placed, GUINT_TO_POINTER (0));
  desk_click (&desk, "Approve and route");
  desk_see (&desk, "took words out of it");
  row = find_row (GTK_WIDGET (desk.window), "took words out of it");
  spoken = dup_spoken (row);
  g_assert_nonnull (strstr (spoken, "What was done: 1\nIt names others."));
  g_assert_null (strstr (spoken, "kept the others waiting"));

  gtk_widget_grab_focus (row);
  test_key (GTK_WIDGET (desk.window), "Return");
  desk_wait_for (&desk, "As it was sent", is_chosen, "As it was sent");
  desk_wait_for (&desk, "the words", is_shown, NULL);
  assert_marked (get_view (&desk), 0, "kept the others waiting");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk/passages/every-script", test_words_are_marked_in_every_script);
  g_test_add_func ("/desk/passages/over-the-end-of-a-page", test_words_are_marked_over_the_end_of_a_page);
  g_test_add_func ("/desk/passages/only-what-is-meant", test_only_the_words_that_are_meant_are_marked);
  g_test_add_func ("/desk/passages/every-look", test_harm_is_marked_in_every_look);
  g_test_add_func ("/desk/passages/row", test_a_row_leads_to_its_words);
  g_test_add_func ("/desk/passages/go", test_marks_go_with_their_letter);
  g_test_add_func ("/desk/passages/history", test_history_says_where_words_were_taken_out);
  return g_test_run ();
}
