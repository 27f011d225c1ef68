/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages in a script that poppler does not read back in order: pointed out where the typesetter set them. */
#include "desk-support.h"

#include <math.h>
#include <string.h>

#include "desk/check-card.h"
#include "desk/desk-app.h"
#include "desk/desk-session-private.h"
#include "desk/desk-window-private.h"
#include "kit/pdf-view-private.h"
#include "letter/letter-json.h"
#include "paper/edition.h"
#include "support.h"
#include "window-support.h"

#define HARM "The letter may tell of the person’s own time or phone."
#define POINTER "check-pointer"
#define WORDS "بعد انتهاء دوامها"
#define LOST "The page does not let these words be marked."

static AccPdfView *
get_view (Desk *desk)
{
  return ACC_PDF_VIEW (test_find (GTK_WIDGET (desk->window), "pdf"));
}

/* An Arabic letter, full of ligatures, with the words of a passage in the middle of it. */
static AccLetter *
write_letter (void)
{
  g_autoptr (GBytes) json = test_fixture ("letters/arabic.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) before = acc_letter_from_json (json, &error);
  g_auto (AccLetterFields) fields = { 0 };
  AccLetter *letter;

  g_assert_no_error (error);
  acc_letter_fields_copy (&fields, acc_letter_get_fields (before));
  g_free (fields.act);
  fields.act = g_strdup ("ردّت عليّ الأستاذة سلمى من أول اتصال. طلبت مني رقم التحويل فقط، ثم تابعت الأمر مع البنك الآخر ساعةً بعد"
                         " ساعة، " WORDS "، لا إلى المساء فحسب. ثم اتصلت لتقول إن المبلغ قد عاد، وشرحت لي كيف أكتب الرقم الصحيح.");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

static void
set_branch (Desk *desk, const char *key, const char *value)
{
  g_autofree char *path = g_build_filename (desk->store, "accolade.conf", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL));
  g_key_file_set_string (file, "branch", key, value);
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
}

static void
open_desk (Desk *desk)
{
  g_autoptr (AccLetter) letter = NULL;
  g_autofree char *number = NULL;

  desk_init (desk);
  letter = write_letter ();
  number = desk_submit_letter (desk, letter);
  set_branch (desk, "languages", "en;ar");
}

static gboolean
is_settled (Desk *desk, gconstpointer data)
{
  AccPdfView *view = get_view (desk);

  return view->placed && view->places->len > 0;
}

/* ---- where they stand ---- */

static GArray *
find_stretches (Desk *desk)
{
  AccDeskLetter *open = acc_review_draft_get_letter (desk->window->draft);
  AccLetter *letter = acc_desk_letter_get_letter (open);
  const char *story = acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0);
  const gsize start = (gsize) (strstr (story, WORDS) - story);
  const AccEdition edition = { letter, acc_config_get (desk->session->place->config, ACC_CONFIG_BRANCH_NAME),
                               acc_desk_letter_get_record (open)->number, FALSE, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPages) pages = acc_edition_typeset (&edition, desk->session->place->letterhead, &error);

  g_assert_no_error (error);
  return acc_pages_find_stretches (pages, ACC_FIELD_STORY_ACT, 0, start, start + strlen (WORDS));
}

static void
assert_places (AccPdfView *view, GArray *stretches)
{
  g_assert_cmpuint (view->places->len, ==, stretches->len);
  for (guint i = 0; i < stretches->len; i++)
    {
      const AccPdfPlaced *placed = &g_array_index (view->places, AccPdfPlaced, i);
      const AccStretch *stretch = &g_array_index (stretches, AccStretch, i);

      g_assert_cmpuint (placed->match.page, ==, stretch->page);
      g_assert_cmpfloat (fabs (placed->place->left - stretch->area.x), <, 0.01);
      g_assert_cmpfloat (fabs (placed->place->right - stretch->area.x - stretch->area.width), <, 0.01);
      g_assert_cmpfloat (placed->place->top, >=, stretch->area.y - 0.01);
      g_assert_cmpfloat (placed->place->bottom, <=, stretch->area.y + stretch->area.height + 0.01);
    }
}

static void
test_arabic_words_are_marked_where_they_were_set (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GArray) stretches = NULL;

  open_desk (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, HARM);
  desk_wait_for (&desk, "a mark", is_settled, NULL);
  stretches = find_stretches (&desk);
  g_assert_cmpuint (stretches->len, >, 0);
  assert_places (get_view (&desk), stretches);
}

/* Words that poppler reads in order are found both ways, in the same place. */
static void
test_both_ways_lead_to_the_same_place (void)
{
  static const char *const words = "kept the others waiting";
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  g_autoptr (GArray) areas = NULL, stretches = NULL;
  g_autoptr (AccPages) pages = NULL;
  g_autoptr (GError) error = NULL;
  AccDeskLetter *open;
  AccPdfView *view;
  const char *story;

  desk_init (&desk);
  number = desk_submit_story (&desk, "She kept the others waiting for longer than I liked, and stayed until it worked.");
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "a mark", is_settled, NULL);
  view = get_view (&desk);
  open = acc_review_draft_get_letter (desk.window->draft);
  story = acc_letter_get_text (acc_desk_letter_get_letter (open), ACC_FIELD_STORY_ACT, 0);
  pages = acc_edition_typeset (
    &(AccEdition){ acc_desk_letter_get_letter (open), acc_config_get (desk.session->place->config, ACC_CONFIG_BRANCH_NAME),
                   number, FALSE, NULL },
    desk.session->place->letterhead, &error);
  g_assert_no_error (error);
  stretches = acc_pages_find_stretches (pages, ACC_FIELD_STORY_ACT, 0, (gsize) (strstr (story, words) - story),
                                        (gsize) (strstr (story, words) - story) + strlen (words));
  areas = acc_pdf_layout_list_areas (acc_pdf_page_get_layout (g_ptr_array_index (view->list, 0)),
                                     g_array_index (view->places, AccPdfPlaced, 0).match.range);
  g_assert_cmpuint (areas->len, ==, stretches->len);
  for (guint i = 0; i < areas->len; i++)
    {
      const AccPdfPlace *place = &g_array_index (areas, AccPdfPlace, i);
      const AccArea *area = &g_array_index (stretches, AccStretch, i).area;

      g_test_message ("poppler %g %g %g %g, typesetter %g %g %g %g", place->left, place->top, place->right, place->bottom,
                      area->x, area->y, area->x + area->width, area->y + area->height);
      g_assert_cmpfloat (fabs (place->left - area->x), <, 1);
      g_assert_cmpfloat (fabs (place->right - area->x - area->width), <, 1);
      g_assert_cmpfloat (fabs (place->top + place->bottom - 2 * area->y - area->height) / 2, <, 3);
    }
}

/* ---- going there ---- */

static GtkWidget *
find_class (GtkWidget *root, const char *class)
{
  GtkWidget *found = gtk_widget_has_css_class (root, class) && gtk_widget_get_mapped (root) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_class (child, class);
  return found;
}

static gboolean
is_shown (Desk *desk, gconstpointer data)
{
  AccPdfView *view = get_view (desk);

  return is_settled (desk, NULL) && view->shown == 0;
}

static void
click_pointer (Desk *desk)
{
  GtkWidget *row = find_class (GTK_WIDGET (desk->window), POINTER);

  g_assert_nonnull (row);
  gtk_widget_grab_focus (row);
  test_key (GTK_WIDGET (desk->window), "Return");
}

static gboolean
is_in_view (AccPdfView *view)
{
  const AccPdfPlaced *placed = &g_array_index (view->places, AccPdfPlaced, 0);
  AccPdfPage *page = g_ptr_array_index (view->list, placed->match.page);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (view->scroller);
  double value = gtk_adjustment_get_value (adjustment), at;
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (page), GTK_WIDGET (view->pages), &bounds));
  at = bounds.origin.y + placed->place->top * acc_pdf_page_get_zoom (page);
  return at >= value && at <= value + gtk_adjustment_get_page_size (adjustment);
}

static void
test_a_row_leads_to_arabic_words (void)
{
  g_auto (Desk) desk = { 0 };
  AccPdfView *view;

  open_desk (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, HARM);
  desk_wait_for (&desk, "a mark", is_settled, NULL);
  view = get_view (&desk);
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (GTK_WIDGET (view), "pdf.zoom-in", NULL);
  test_settle (GTK_WIDGET (desk.window));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (view->scroller), G_MAXDOUBLE);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_false (is_in_view (view));
  click_pointer (&desk);
  desk_wait_for (&desk, "the words", is_shown, NULL);
  test_settle (GTK_WIDGET (desk.window));
  g_assert_true (is_in_view (view));
}

static gboolean
is_large (Desk *desk, gconstpointer pages)
{
  return get_view (desk)->list->len > 0 && is_settled (desk, NULL) && get_view (desk)->places->len > 0
         && g_array_index (get_view (desk)->places, AccPdfPlaced, 0).place != NULL
         && g_array_index (get_view (desk)->places, AccPdfPlaced, 0).place->bottom
                - g_array_index (get_view (desk)->places, AccPdfPlaced, 0).place->top
              > *(const float *) pages;
}

/* Large print is set from the same letter, and has places of its own. */
static void
test_large_print_has_places_of_its_own (void)
{
  g_auto (Desk) desk = { 0 };
  const AccPdfPlace *place;
  float height;

  open_desk (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "a mark", is_settled, NULL);
  place = g_array_index (get_view (&desk)->places, AccPdfPlaced, 0).place;
  height = (place->bottom - place->top) * 1.2f;
  desk_click (&desk, "Large print");
  desk_wait_for (&desk, "a mark in large print", is_large, &height);
}

/* ---- where they cannot be told ---- */

/* A kiosk that was set up under another name: the letter would be typeset otherwise here, so nothing is marked at all. */
static void
test_nothing_is_marked_on_pages_that_are_set_otherwise (void)
{
  g_auto (Desk) desk = { 0 };

  open_desk (&desk);
  set_branch (&desk, "name", "Harbour branch");
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, HARM);
  click_pointer (&desk);
  desk_see (&desk, LOST);
  g_assert_cmpuint (get_view (&desk)->places->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk/places/arabic", test_arabic_words_are_marked_where_they_were_set);
  g_test_add_func ("/desk/places/both-ways", test_both_ways_lead_to_the_same_place);
  g_test_add_func ("/desk/places/row", test_a_row_leads_to_arabic_words);
  g_test_add_func ("/desk/places/large-print", test_large_print_has_places_of_its_own);
  g_test_add_func ("/desk/places/set-otherwise", test_nothing_is_marked_on_pages_that_are_set_otherwise);
  return g_test_run ();
}
