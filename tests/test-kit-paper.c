/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paper on the screen: the sheet on which a client writes, and a PDF that somebody reads. */
#include <string.h>

#include "kit/look.h"
#include "kit/pdf-view.h"
#include "kit/sheet.h"
#include "paper/pdf-process.h"
#include "paper/pdf-writer.h"
#include "support.h"
#include "window-support.h"

#define WIDTH 800
#define HEIGHT 1000
#define BAR_NEAR 2 /* pixels between lines and bar, at least */
#define BAR_STRIP 20

static AccPages *
set_letter_in (const char *language, const char *act)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_autoptr (AccWording) wording = acc_wording_load (letterhead, language, NULL);
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccComposition) composition = NULL;
  g_auto (AccLetterFields) fields;
  AccPages *pages;

  acc_letter_fields_init (&fields);
  g_free (fields.to[0].name);
  fields.to[0].name = g_strdup ("Jessica Okafor");
  g_free (fields.act);
  fields.act = g_strdup (act);
  letter = acc_letter_new_sketch (&fields);
  composition = acc_composition_new_letter (letter, wording, "Market Street branch", NULL);
  pages = acc_typeset (composition, letterhead, &error);
  g_assert_no_error (error);
  return pages;
}

static AccPages *
set_letter (const char *act)
{
  return set_letter_in ("en", act);
}

static const char story[] = "When I called she went through all of our statements line by line, so that every "
                            "fraudulent claim was found, and stayed with us for a whole hour until it was solved.";

static graphene_rect_t
caret_at (GtkWidget *sheet, gsize byte)
{
  graphene_rect_t caret;

  g_assert_true (acc_sheet_find_caret (ACC_SHEET (sheet), byte, &caret));
  return caret;
}

static guint
cursor_of (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_get_offset (&iter);
}

/* A sheet with the story in focus, and the view that takes its keys. */
static GtkWidget *
show_story (const char *text, GtkWidget **sheet, GtkTextView **view)
{
  g_autoptr (AccPages) pages = set_letter (text);
  GtkWidget *window;

  *sheet = acc_sheet_new ();
  *view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (*view), text, -1);
  acc_sheet_set_pages (ACC_SHEET (*sheet), pages);
  acc_sheet_set_focus_field (ACC_SHEET (*sheet), ACC_FIELD_STORY_ACT, 0);
  acc_sheet_set_text_view (ACC_SHEET (*sheet), *view);
  window = test_show (*sheet, WIDTH, HEIGHT);
  gtk_widget_grab_focus (GTK_WIDGET (*view));
  test_settle (window);
  return window;
}

static void
test_sheet_draws_the_lines (void)
{
  GtkWidget *sheet = acc_sheet_new ();
  GtkWidget *window = test_show (sheet, WIDTH, HEIGHT);
  g_autoptr (AccPages) pages = set_letter (story);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);
  guint empty = test_count_dark (sheet, &whole);
  graphene_rect_t line;

  acc_sheet_set_pages (ACC_SHEET (sheet), pages);
  acc_sheet_set_focus_field (ACC_SHEET (sheet), ACC_FIELD_STORY_ACT, 0);
  test_settle (window);

  line = caret_at (sheet, 0);
  line.size.width = 200;
  g_assert_cmpuint (test_count_dark (sheet, &whole), >, empty + 500);
  g_assert_cmpuint (test_count_dark (sheet, &line), >, 50);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The bar at the answer's side is where its lines begin. */
static void
test_sheet_bar_stands_where_lines_begin (void)
{
  static const struct {
    const char *language, *text;
    gboolean from_right;
  } rows[] = {
    { "en", story, FALSE },
    { "ar", "اتصلت بالبنك فراجعت معي كل حركات حسابي سطرًا سطرًا حتى حُلّت المشكلة.", TRUE },
    { "de", "Sie ging mit mir alle Umsätze durch.", FALSE }, /* the same sheet, a letter from the left again */
  };
  GtkWidget *sheet = acc_sheet_new ();
  GtkWidget *window = test_show (sheet, WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccPages) pages = set_letter_in (rows[i].language, rows[i].text);
      graphene_rect_t begin, end;

      acc_sheet_set_pages (ACC_SHEET (sheet), pages);
      acc_sheet_set_focus_field (ACC_SHEET (sheet), ACC_FIELD_STORY_ACT, 0);
      test_settle (window);
      begin = caret_at (sheet, 0);
      begin.origin.x += rows[i].from_right ? BAR_NEAR : -BAR_NEAR - BAR_STRIP;
      g_test_message ("%s: lines begin at %g", rows[i].language, begin.origin.x);
      begin.size.width = BAR_STRIP;
      end = begin;
      end.origin.x = gtk_widget_get_width (sheet) - begin.origin.x - BAR_STRIP;
      g_assert_cmpuint (test_count_dark (sheet, &begin), >, 20);
      g_assert_cmpuint (test_count_dark (sheet, &end), ==, 0);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_sheet_tap_places_the_caret (void)
{
  static const gsize bytes[] = { 0, 7, 30, 64, 120 };
  GtkTextView *view;
  GtkWidget *sheet;
  GtkWidget *window = show_story (story, &sheet, &view);

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      graphene_rect_t caret = caret_at (sheet, bytes[i]);

      test_click (sheet, caret.origin.x + 1, caret.origin.y + caret.size.height / 2);
      g_assert_cmpuint (cursor_of (view), ==, bytes[i]);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_sheet_keys_go_by_its_own_lines (void)
{
  GtkTextView *view;
  GtkWidget *sheet;
  GtkWidget *window = show_story (story, &sheet, &view);
  graphene_rect_t before = caret_at (sheet, 20), after;

  test_click (sheet, before.origin.x + 1, before.origin.y + before.size.height / 2);
  test_key (window, "Down");
  after = caret_at (sheet, cursor_of (view));
  g_assert_cmpfloat (after.origin.y, >, before.origin.y + before.size.height / 2);
  g_assert_cmpfloat (fabs (after.origin.x - before.origin.x), <, 12);
  test_key (window, "Up");
  g_assert_cmpuint (cursor_of (view), ==, 20);
  test_key (window, "Home");
  g_assert_cmpuint (cursor_of (view), ==, 0);
  test_key (window, "End");
  g_assert_cmpfloat (caret_at (sheet, cursor_of (view)).origin.x, >, WIDTH / 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_sheet_view_keeps_focus_and_name (void)
{
  GtkTextView *view;
  GtkWidget *sheet;
  GtkWidget *window = show_story (story, &sheet, &view);

  test_key (window, "End");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (view)));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  acc_sheet_set_text_view (ACC_SHEET (sheet), NULL);
  g_assert_null (acc_sheet_get_text_view (ACC_SHEET (sheet)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where the caret stands in a long letter, there the sheet is scrolled to. */
static void
test_sheet_keeps_the_caret_in_view (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTextBuffer *buffer;
  GtkTextView *view;
  GtkWidget *sheet, *window;
  graphene_rect_t caret;
  GtkTextIter end;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", story);
  window = show_story (text->str, &sheet, &view);
  buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  test_settle (window);

  g_assert_cmpuint (acc_pages_get_count (acc_sheet_get_pages (ACC_SHEET (sheet))), >, 1);
  caret = caret_at (sheet, text->len);
  g_assert_cmpfloat (caret.origin.y, >, 0);
  g_assert_cmpfloat (caret.origin.y + caret.size.height, <, HEIGHT);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_picked (GtkWidget *sheet, guint field, guint index, guint *picked)
{
  *picked = field;
}

static void
test_sheet_tap_elsewhere_asks_for_that_answer (void)
{
  GtkTextView *view;
  GtkWidget *sheet;
  GtkWidget *window = show_story (story, &sheet, &view);
  graphene_rect_t act = caret_at (sheet, 3);
  guint picked = ACC_FIELD_NONE;

  g_signal_connect (sheet, "answer-picked", G_CALLBACK (on_picked), &picked);
  acc_sheet_set_focus_field (ACC_SHEET (sheet), ACC_FIELD_STORY_NEED, 0);
  test_settle (window);
  test_click (sheet, act.origin.x + 1, act.origin.y + act.size.height / 2);
  g_assert_cmpuint (picked, ==, ACC_FIELD_STORY_ACT);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_loaded (gpointer view)
{
  return acc_pdf_view_get_n_pages (view) > 0 || acc_pdf_view_get_failure (view) != NULL;
}

static gboolean
shows_ink (gpointer view)
{
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT);

  g_main_context_iteration (NULL, FALSE);
  return test_count_dark (view, &whole) > 500;
}

static GtkWidget *
show_pdf (GBytes *pdf, AccWorker *worker, GtkWidget **view)
{
  GtkWidget *window;

  *view = acc_pdf_view_new ();
  acc_pdf_view_set_worker (ACC_PDF_VIEW (*view), worker);
  window = test_show (*view, WIDTH, HEIGHT);
  acc_pdf_view_set_pdf (ACC_PDF_VIEW (*view), pdf);
  return window;
}

static void
test_pdf_view_shows_all_pages (void)
{
  g_autoptr (AccWorker) worker = acc_worker_new ("paper");
  g_autoptr (AccPages) pages = set_letter (story);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = acc_pdf_write (pages, &error);
  GtkWidget *view, *window;
  int narrow;

  g_assert_no_error (error);
  window = show_pdf (pdf, worker, &view);
  g_assert_true (test_shows_text (view, "Opening the letter"));
  test_wait (is_loaded, view);
  g_assert_cmpuint (acc_pdf_view_get_n_pages (ACC_PDF_VIEW (view)), ==, acc_pages_get_count (pages));
  g_assert_null (acc_pdf_view_get_failure (ACC_PDF_VIEW (view)));
  test_wait (shows_ink, view);

  test_settle (window);
  narrow = gtk_widget_get_width (gtk_widget_get_first_child (test_find (view, "pages")));
  g_assert_cmpint (abs (narrow - (WIDTH - 64)), <=, 1);
  g_assert_true (gtk_widget_activate_action (view, "pdf.zoom-in", NULL));
  test_settle (window);
  g_assert_cmpint (gtk_widget_get_width (gtk_widget_get_first_child (test_find (view, "pages"))), ==,
                   (int) round (narrow * 1.25));
  g_assert_true (gtk_widget_activate_action (view, "pdf.fit-width", NULL));
  test_settle (window);
  g_assert_cmpint (gtk_widget_get_width (gtk_widget_get_first_child (test_find (view, "pages"))), ==, narrow);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_pdf_view_says_what_cannot_be_shown (void)
{
  g_autoptr (AccWorker) worker = acc_worker_new ("paper");
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("%PDF-1.7 and no more", 20);
  GtkWidget *view;
  GtkWidget *window = show_pdf (rubbish, worker, &view);

  test_wait (is_loaded, view);
  g_assert_cmpuint (acc_pdf_view_get_n_pages (ACC_PDF_VIEW (view)), ==, 0);
  g_assert_true (test_shows_text (view, acc_pdf_view_get_failure (ACC_PDF_VIEW (view))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_pdf_view_grows_no_further_than_can_be_read (void)
{
  g_autoptr (AccWorker) worker = acc_worker_new ("paper");
  g_autoptr (AccPages) pages = set_letter (story);
  g_autoptr (GBytes) pdf = acc_pdf_write (pages, NULL);
  GtkWidget *view, *window, *page;
  graphene_rect_t place;

  window = show_pdf (pdf, worker, &view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1900, 1000);
  test_wait (is_loaded, view);
  test_settle (window);
  page = gtk_widget_get_first_child (test_find (view, "pages"));
  g_assert_cmpint (gtk_widget_get_width (page), ==, (int) round (acc_pages_get_width (pages) * 1.8));
  g_assert_true (gtk_widget_compute_bounds (page, view, &place));
  g_assert_cmpfloat_with_epsilon (place.origin.x * 2 + place.size.width, gtk_widget_get_width (view), 20);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A page that draws a form, which draws another twice, and so on: 2^40 lines. */
static GBytes *
make_doubling_pdf (void)
{
  GString *pdf = g_string_new ("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                               "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
                               "/Resources<</XObject<</A 5 0 R>>>>>>endobj\n"
                               "4 0 obj<</Length 5>>stream\n/A Do\nendstream endobj\n");

  for (guint form = 5; form < 45; form++)
    g_string_append_printf (pdf,
                            "%u 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</A %u 0 R>>>>"
                            "/Length 11>>stream\n%s\nendstream endobj\n",
                            form, form + 1, form < 44 ? "/A Do /A Do" : "0 0 9 9re f");
  g_string_append (pdf, "trailer<</Root 1 0 R/Size 45>>\n%%EOF\n");
  return g_string_free_to_bytes (pdf);
}

/* Turns of the main loop while the box works for its three seconds; one or two if it were waited for there. */
#define TURNS 10

static gboolean
on_tick (gpointer n_turns)
{
  ++*(guint *) n_turns;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_failed (gpointer view)
{
  g_main_context_iteration (NULL, TRUE);
  return acc_pdf_view_get_failure (view) != NULL;
}

/* And the next document is shown as if nothing had been. */
static void
test_pdf_view_goes_on_while_a_bomb_is_opened (void)
{
  g_autoptr (AccWorker) worker = acc_worker_new ("paper");
  g_autoptr (GBytes) bomb = make_doubling_pdf ();
  g_autoptr (AccPages) pages = set_letter (story);
  g_autoptr (GBytes) pdf = acc_pdf_write (pages, NULL);
  guint n_turns = 0;
  GtkWidget *view, *window = show_pdf (bomb, worker, &view);
  guint tick = g_timeout_add (10, on_tick, &n_turns);

  test_wait (has_failed, view);
  g_source_remove (tick);
  g_assert_cmpuint (n_turns, >, TURNS);
  g_assert_true (test_shows_text (view, acc_pdf_view_get_failure (ACC_PDF_VIEW (view))));

  acc_pdf_view_set_pdf (ACC_PDF_VIEW (view), pdf);
  test_wait (is_loaded, view);
  g_assert_null (acc_pdf_view_get_failure (ACC_PDF_VIEW (view)));
  test_wait (shows_ink, view);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kit-paper/sheet-draws-the-lines", test_sheet_draws_the_lines);
  g_test_add_func ("/kit-paper/sheet-bar-stands-where-lines-begin", test_sheet_bar_stands_where_lines_begin);
  g_test_add_func ("/kit-paper/sheet-tap-places-the-caret", test_sheet_tap_places_the_caret);
  g_test_add_func ("/kit-paper/sheet-keys-go-by-its-own-lines", test_sheet_keys_go_by_its_own_lines);
  g_test_add_func ("/kit-paper/sheet-view-keeps-focus-and-name", test_sheet_view_keeps_focus_and_name);
  g_test_add_func ("/kit-paper/sheet-keeps-the-caret-in-view", test_sheet_keeps_the_caret_in_view);
  g_test_add_func ("/kit-paper/sheet-tap-elsewhere-asks-for-that-answer", test_sheet_tap_elsewhere_asks_for_that_answer);
  g_test_add_func ("/kit-paper/pdf-view-shows-all-pages", test_pdf_view_shows_all_pages);
  g_test_add_func ("/kit-paper/pdf-view-says-what-cannot-be-shown", test_pdf_view_says_what_cannot_be_shown);
  g_test_add_func ("/kit-paper/pdf-view-grows-no-further-than-can-be-read", test_pdf_view_grows_no_further_than_can_be_read);
  g_test_add_func ("/kit-paper/pdf-view-goes-on-while-a-bomb-is-opened", test_pdf_view_goes_on_while_a_bomb_is_opened);
  return g_test_run ();
}
