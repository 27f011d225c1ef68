/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF that somebody reads: sharp at any zoom, its words selected, copied and found, by the pointer and by keys. */
#include <math.h>
#include <string.h>

#include "kit/look.h"
#include "kit/pdf-view-private.h"
#include "letter/letter-json.h"
#include "paper/pdf-writer.h"
#include "support.h"
#include "window-support.h"

#define WIDTH 800
#define HEIGHT 900

typedef struct {
  AccWorker *worker;
  GtkWidget *view, *window;
} Reader;

static gboolean
is_drawn (gpointer data)
{
  const Reader *reader = data;
  AccPdfView *view = ACC_PDF_VIEW (reader->view);

  return view->list->len > 0 && acc_pdf_page_has_picture (g_ptr_array_index (view->list, 0));
}

static gboolean
is_read (gpointer data)
{
  const Reader *reader = data;
  AccPdfView *view = ACC_PDF_VIEW (reader->view);

  for (guint i = 0; i < view->list->len; i++)
    if (acc_pdf_page_get_layout (g_ptr_array_index (view->list, i)) == NULL)
      return FALSE;
  return view->list->len > 0;
}

static gboolean
is_first_read (gpointer data)
{
  const Reader *reader = data;
  AccPdfView *view = ACC_PDF_VIEW (reader->view);

  return view->list->len > 0 && acc_pdf_page_get_layout (g_ptr_array_index (view->list, 0)) != NULL;
}

static GBytes *
make_pdf (const char *name)
{
  g_autofree char *file = g_strdup_printf ("letters/%s.json", name);
  g_autoptr (GBytes) json = test_fixture (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_autoptr (AccLetter) letter = acc_letter_from_json (json, NULL);
  g_autoptr (AccPages) pages = acc_typeset_letter (letter, "Market Street branch", NULL, letterhead, &error);
  GBytes *pdf;

  test_look_away_from_leaks (TRUE);
  pdf = acc_pdf_write (pages, &error);
  test_look_away_from_leaks (FALSE);
  g_assert_no_error (error);
  return pdf;
}

static void
open_reader (Reader *reader, const char *name, gboolean readable)
{
  g_autoptr (GBytes) pdf = make_pdf (name);

  reader->worker = acc_worker_new ("paper");
  reader->view = acc_pdf_view_new ();
  acc_pdf_view_set_worker (ACC_PDF_VIEW (reader->view), reader->worker);
  if (readable)
    acc_pdf_view_make_readable (ACC_PDF_VIEW (reader->view));
  reader->window = test_show (reader->view, WIDTH, HEIGHT);
  acc_pdf_view_set_pdf (ACC_PDF_VIEW (reader->view), pdf);
  test_wait (is_drawn, reader);
  if (readable)
    test_wait (is_first_read, reader);
  test_settle (reader->window);
}

static void
reader_clear (Reader *reader)
{
  gtk_window_destroy (GTK_WINDOW (reader->window));
  g_clear_object (&reader->worker);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static const char *
get_count (Reader *reader)
{
  return gtk_label_get_text (GTK_LABEL (test_find (reader->view, "find_count")));
}

static void
look_for (Reader *reader, const char *words)
{
  g_assert_true (gtk_widget_activate_action (reader->view, "pdf.find", NULL));
  gtk_editable_set_text (GTK_EDITABLE (test_find (reader->view, "find_entry")), words);
  test_settle (reader->window);
}

static gboolean
has_count (gpointer data)
{
  Reader *reader = data;

  return strstr (get_count (reader), " of ") != NULL;
}

/* On every page, in turn, round from the last to the first; each comes into view. */
static void
test_words_are_found_on_every_page (void)
{
  g_auto (Reader) reader = { NULL };
  AccPdfView *view;
  guint n, pages_seen = 0;

  open_reader (&reader, "three-pages", TRUE);
  view = ACC_PDF_VIEW (reader.view);
  look_for (&reader, "The  BANK");
  test_wait (is_read, &reader);
  test_wait (has_count, &reader);
  n = view->matches->len;
  g_assert_cmpuint (n, >, 1);
  for (guint i = 0; i < n; i++)
    {
      const AccPdfMatch *match = &g_array_index (view->matches, AccPdfMatch, i);
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
      AccPdfPage *page = g_ptr_array_index (view->list, match->page);
      g_autofree char *told = g_strdup_printf ("%u of %u", i + 1, n);
      graphene_rect_t bounds;

      g_assert_cmpstr (get_count (&reader), ==, told);
      g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (view->pages), &bounds));
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), <=, bounds.origin.y + bounds.size.height);
      g_assert_cmpfloat (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment), >=,
                         bounds.origin.y);
      pages_seen |= 1u << match->page;
      gtk_widget_activate_action (reader.view, "pdf.find-next", NULL);
    }
  g_assert_cmpuint (pages_seen & (pages_seen - 1), !=, 0);
  g_assert_cmpuint (view->current, ==, 0);
  gtk_widget_activate_action (reader.view, "pdf.find-previous", NULL);
  g_assert_cmpuint (view->current, ==, n - 1);
}

static void
test_what_is_not_there_is_told (void)
{
  g_auto (Reader) reader = { NULL };

  open_reader (&reader, "two-sentences", TRUE);
  look_for (&reader, "zebra");
  g_assert_cmpstr (get_count (&reader), ==, "Not found");
  g_assert_false (gtk_widget_activate_action (reader.view, "pdf.find-next", NULL)
                  && ACC_PDF_VIEW (reader.view)->matches->len > 0);
  look_for (&reader, "");
  g_assert_cmpstr (get_count (&reader), ==, "");
}

/* By keys alone: find, leave the bar, copy what was found. */
static void
test_what_was_found_is_copied (void)
{
  g_auto (Reader) reader = { NULL };
  g_autofree char *selected = NULL;

  open_reader (&reader, "two-sentences", TRUE);
  gtk_widget_grab_focus (reader.view);
  test_key (reader.window, "ctrl+f");
  for (const char *at = "hotel"; *at != '\0'; at++)
    {
      const char key[] = { *at, '\0' };

      test_key (reader.window, key);
    }
  test_wait (has_count, &reader);
  test_key (reader.window, "Escape");
  test_settle (reader.window);
  g_assert_false (gtk_widget_get_visible (test_find (reader.view, "find_bar")));
  selected = acc_pdf_view_dup_selection (ACC_PDF_VIEW (reader.view));
  g_assert_cmpstr (selected, ==, "hotel");
}

typedef struct {
  char *text;
  gboolean done;
} Clip;

static void
on_clip (GObject *source, GAsyncResult *result, gpointer data)
{
  Clip *clip = data;

  clip->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clip->done = TRUE;
}

static gboolean
is_clipped (gpointer data)
{
  return ((Clip *) data)->done;
}

static void
test_all_of_it_is_copied (void)
{
  g_auto (Reader) reader = { NULL };
  Clip clip = { NULL };

  open_reader (&reader, "three-pages", TRUE);
  gtk_widget_grab_focus (reader.view);
  test_key (reader.window, "ctrl+a");
  test_wait (is_read, &reader);
  test_settle (reader.window);
  test_key (reader.window, "ctrl+c");
  test_settle (reader.window);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (reader.view), NULL, on_clip, &clip);
  test_wait (is_clipped, &clip);
  g_assert_nonnull (strstr (clip.text, "Page 1 of 3"));
  g_assert_nonnull (strstr (clip.text, "Page 3 of 3"));
  g_free (clip.text);
}

/* Where the word stands on the page, as a point of the view. */
static graphene_point_t
point_at (Reader *reader, guint character, float across)
{
  AccPdfView *view = ACC_PDF_VIEW (reader->view);
  AccPdfPage *page = g_ptr_array_index (view->list, 0);
  const AccPdfPlace *place = &acc_pdf_page_get_layout (page)->boxes[character];
  double zoom = acc_pdf_page_get_zoom (page);
  graphene_point_t at = GRAPHENE_POINT_INIT ((place->left + (place->right - place->left) * across) * zoom,
                                             (place->top + place->bottom) / 2 * zoom);
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (GTK_WIDGET (page), reader->view, &at, &point));
  return point;
}

static void
test_the_pointer_selects (void)
{
  g_auto (Reader) reader = { NULL };
  AccPdfPage *page;
  g_autoptr (GArray) found = NULL;
  g_autofree char *selected = NULL;
  AccPdfRange range;

  open_reader (&reader, "two-sentences", TRUE);
  page = g_ptr_array_index (ACC_PDF_VIEW (reader.view)->list, 0);
  found = acc_pdf_layout_find (acc_pdf_page_get_layout (page), "hotel check-in");
  range = g_array_index (found, AccPdfRange, 0);

  const graphene_point_t points[] = { point_at (&reader, range.start, 0.2f), point_at (&reader, range.start + 3, 0.8f),
                                      point_at (&reader, range.end - 1, 0.8f) };

  test_drag (reader.view, points, G_N_ELEMENTS (points));
  test_settle (reader.window);
  selected = acc_pdf_view_dup_selection (ACC_PDF_VIEW (reader.view));
  g_assert_cmpstr (selected, ==, "hotel check-in");
}

static gboolean
is_sharp (gpointer data)
{
  const Reader *reader = data;
  AccPdfView *view = ACC_PDF_VIEW (reader->view);
  AccPdfPage *page = g_ptr_array_index (view->list, 0);

  return acc_pdf_page_is_sharp (page);
}

/* Nothing stays stretched: whatever the zoom, a picture of that very size follows. */
static void
test_it_is_sharp_at_any_zoom (void)
{
  static const char *const actions[] = { "pdf.zoom-in", "pdf.zoom-out", "pdf.fit-width" };
  g_auto (Reader) reader = { NULL };

  open_reader (&reader, "two-sentences", TRUE);
  for (guint i = 0; i < 3 * 8; i++)
    {
      gtk_widget_activate_action (reader.view, actions[i / 8], NULL);
      test_wait (is_sharp, &reader);
    }
}

/* Where clients come and go, nothing is selected, copied or found. */
static void
test_nothing_is_read_where_it_is_only_looked_at (void)
{
  g_auto (Reader) reader = { NULL };
  const graphene_point_t points[] = { { 200, 200 }, { 300, 300 }, { 500, 400 } };

  open_reader (&reader, "two-sentences", FALSE);
  gtk_widget_grab_focus (reader.view);
  test_key (reader.window, "ctrl+f");
  test_key (reader.window, "ctrl+a");
  test_drag (reader.view, points, G_N_ELEMENTS (points));
  test_settle (reader.window);
  g_assert_false (gtk_widget_get_visible (test_find (reader.view, "find_bar")));
  g_assert_null (acc_pdf_view_dup_selection (ACC_PDF_VIEW (reader.view)));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/pdf-reading/found-on-every-page", test_words_are_found_on_every_page);
  g_test_add_func ("/pdf-reading/not-found", test_what_is_not_there_is_told);
  g_test_add_func ("/pdf-reading/found-and-copied", test_what_was_found_is_copied);
  g_test_add_func ("/pdf-reading/all-copied", test_all_of_it_is_copied);
  g_test_add_func ("/pdf-reading/pointer", test_the_pointer_selects);
  g_test_add_func ("/pdf-reading/sharp", test_it_is_sharp_at_any_zoom);
  g_test_add_func ("/pdf-reading/only-looked-at", test_nothing_is_read_where_it_is_only_looked_at);
  return g_test_run ();
}
