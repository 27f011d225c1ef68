/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large type and tall screens: the story's field reflows, and the sheet is its picture. On a screen of 1920x1920. */
#include <string.h>

#include "kiosk-support.h"
#include "kiosk/answer.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/layout.h"
#include "kit/ask.h"
#include "kit/sheet.h"
#include "support.h"
#include "window-support.h"

#define MARGINS 0.07 /* of the room of page and paper, that one of them may have around it */
#define ROUNDED 2 /* pixels that GTK rounds away where it scrolls */
#define LETTERS "When I called she went through all of our statements line by line and found each one. "

/* A screen, the text size on it, and what stands on it. */
typedef struct {
  int width, height;
  double text_scale;
  AccLayout layout;
} Screen;

static const Screen screens[] = {
  { 1920, 1080, 1.0, { .field = FALSE } },
  { 1366, 768, 1.0, { .compact = TRUE } },
  { 1366, 768, 1.1, { .compact = TRUE } },                                /* at 110 %: not yet */
  { 1366, 768, 1.11, { .compact = TRUE, .tight = TRUE, .brief = TRUE } }, /* above it */
  { 1366, 768, 1.3, { .compact = TRUE, .tight = TRUE, .brief = TRUE } },  /* at 130 %: not yet large */
  { 1366, 768, 1.31, { .compact = TRUE, .large = TRUE, .tight = TRUE, .brief = TRUE, .field = TRUE } }, /* above it */
  { 1366, 768, 2.0, { .compact = TRUE, .large = TRUE, .tight = TRUE, .brief = TRUE, .field = TRUE } },
  { 1920, 1080, 2.0, { .large = TRUE, .tight = TRUE, .brief = TRUE, .field = TRUE } },
  { 1080, 1920, 1.0, { .upright = TRUE, .field = TRUE } }, /* tall, whatever the type */
  { 1080, 1920, 0.8, { .upright = TRUE, .field = TRUE } },
  { 1080, 1920, 2.0, { .upright = TRUE, .large = TRUE, .tight = TRUE, .brief = TRUE, .field = TRUE } },
  { 1600, 1600, 1.0, { .field = FALSE } },                 /* square is not tall */
  { 1920, 1080, 1.25, { .tight = TRUE } },                 /* wide enough for the way's names */
  { 1024, 768, 1.0, { .compact = TRUE, .tight = TRUE, .brief = TRUE } },
  { 1080, 1920, 1.25, { .upright = TRUE, .field = TRUE } },
};

static void
set_text_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * scale + 0.5), NULL);
}

static void
resize (Kiosk *kiosk, const Screen *screen)
{
  set_text_scale (screen->text_scale);
  test_settle (kiosk->window);
  test_resize (kiosk->window, screen->width, screen->height);
  test_settle (kiosk->window);
  g_assert_cmpint (gtk_widget_get_width (kiosk->window), ==, screen->width);
  g_assert_cmpint (gtk_widget_get_height (kiosk->window), ==, screen->height);
}

/* A kiosk at the first question of the story. */
static void
open_story (Kiosk *kiosk, const Screen *screen)
{
  *kiosk = (Kiosk){ .width = screen->width, .height = screen->height };
  set_text_scale (screen->text_scale);
  kiosk->store_dir = make_branch ();
  write_branch_key (kiosk->store_dir);
  open_kiosk (kiosk);
  say_who (kiosk);
  test_settle (kiosk->window);
  test_settle (kiosk->window);
}

static AccSheet *
sheet_of (Kiosk *kiosk)
{
  return ACC_SHEET (test_find (kiosk->window, "sheet"));
}

static GtkTextView *
view_of (Kiosk *kiosk)
{
  return acc_answer_get_text_view (answer_of (kiosk, question_of (kiosk)));
}

static GtkTextBuffer *
buffer_of (Kiosk *kiosk)
{
  return gtk_text_view_get_buffer (view_of (kiosk));
}

static void
add_text (Kiosk *kiosk, const char *text)
{
  gtk_text_buffer_insert_at_cursor (buffer_of (kiosk), text, -1);
  test_settle (kiosk->window);
  test_settle (kiosk->window);
}

static void
add_long_story (Kiosk *kiosk)
{
  for (guint i = 0; i < 18; i++)
    gtk_text_buffer_insert_at_cursor (buffer_of (kiosk), LETTERS, -1);
  add_text (kiosk, LETTERS);
}

static void
put_caret (Kiosk *kiosk, int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (buffer_of (kiosk), &iter, offset);
  gtk_text_buffer_place_cursor (buffer_of (kiosk), &iter);
  gtk_text_view_scroll_mark_onscreen (view_of (kiosk), gtk_text_buffer_get_insert (buffer_of (kiosk)));
  test_settle (kiosk->window);
}

static int
caret_of (Kiosk *kiosk)
{
  int offset;

  g_object_get (buffer_of (kiosk), "cursor-position", &offset, NULL);
  return offset;
}

/* From the caret on. */
static void
select_letters (Kiosk *kiosk, int n)
{
  GtkTextIter caret, end;

  gtk_text_buffer_get_iter_at_offset (buffer_of (kiosk), &caret, caret_of (kiosk));
  gtk_text_buffer_get_iter_at_offset (buffer_of (kiosk), &end, caret_of (kiosk) + n);
  gtk_text_buffer_select_range (buffer_of (kiosk), &caret, &end);
}

static int
count_selected (Kiosk *kiosk)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (buffer_of (kiosk), &start, &end);
  return gtk_text_iter_get_offset (&end) - gtk_text_iter_get_offset (&start);
}

static const char *
told (Kiosk *kiosk)
{
  return acc_form_get_text (form_of (kiosk), ACC_FIELD_STORY_NEED, 0);
}

/* What of @widget is seen: it must all be within each scroller and the window. */
static void
assert_seen (GtkWidget *widget, const graphene_rect_t *area)
{
  for (GtkWidget *around = gtk_widget_get_parent (widget); around != NULL; around = gtk_widget_get_parent (around))
    {
      graphene_point_t top, bottom;
      graphene_point_t to = GRAPHENE_POINT_INIT (area->origin.x, area->origin.y + area->size.height);

      g_assert_true (gtk_widget_compute_point (widget, around, &area->origin, &top));
      g_assert_true (gtk_widget_compute_point (widget, around, &to, &bottom));
      if (!GTK_IS_VIEWPORT (around) && !GTK_IS_WINDOW (around))
        continue;
      g_assert_cmpfloat (top.y, >=, -ROUNDED);
      g_assert_cmpfloat (bottom.y, <=, gtk_widget_get_height (around) + ROUNDED);
    }
}

/* The line that is being written, in the field that it is typed into. */
static void
assert_caret_is_seen_in_field (Kiosk *kiosk)
{
  GtkTextView *view = view_of (kiosk);
  GdkRectangle caret;
  int y;

  gtk_text_view_get_cursor_locations (view, NULL, &caret, NULL);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, caret.x, caret.y, NULL, &y);
  g_assert_cmpint (y, >=, -ROUNDED);
  g_assert_cmpint (y + caret.height, <=, gtk_widget_get_height (GTK_WIDGET (view)) + ROUNDED);
  assert_seen (GTK_WIDGET (view), &GRAPHENE_RECT_INIT (0, y, 1, caret.height));
}

static void
assert_caret_is_seen_on_sheet (Kiosk *kiosk)
{
  AccSheet *sheet = sheet_of (kiosk);
  const char *text = told (kiosk);
  graphene_rect_t caret;

  g_assert_true (acc_sheet_find_caret (sheet, g_utf8_offset_to_pointer (text, caret_of (kiosk)) - text, &caret));
  g_assert_cmpfloat (caret.origin.y, >=, 0);
  g_assert_cmpfloat (caret.origin.y + caret.size.height, <=, gtk_widget_get_height (GTK_WIDGET (sheet)));
  assert_seen (GTK_WIDGET (sheet), &caret);
}

static void
assert_form (Kiosk *kiosk, gboolean field)
{
  GtkWidget *view = GTK_WIDGET (view_of (kiosk));

  g_assert_true ((gpointer) acc_sheet_get_text_view (sheet_of (kiosk)) == view);
  g_assert_cmpint (gtk_widget_is_ancestor (view, page_of (kiosk)), ==, field);
  g_assert_cmpint (gtk_widget_is_ancestor (view, GTK_WIDGET (sheet_of (kiosk))), ==, !field);
  g_assert_true (gtk_widget_has_focus (view));
  if (field)
    {
      g_assert_cmpint (gtk_text_view_get_wrap_mode (GTK_TEXT_VIEW (view)), ==, GTK_WRAP_WORD_CHAR);
      g_assert_cmpint (gtk_widget_get_width (view), >, gtk_widget_get_width (page_of (kiosk)) * 3 / 4);
    }
}

static void
test_the_layout_follows_screen_and_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      AccLayout layout = acc_layout_for (screens[i].width, screens[i].height, screens[i].text_scale);

      g_assert_cmpmem (&layout, sizeof layout, &screens[i].layout, sizeof layout);
    }
}

/* Where a low screen begins. */
static void
test_a_low_screen_has_fewer_than_900_rows (void)
{
  g_assert_true (acc_layout_for (1600, 899, 1.0).compact);
  g_assert_false (acc_layout_for (1600, 900, 1.0).compact);
}

/* The page's share of the room that it has together with the paper: below it on a tall screen, before it on another. */
static void
assert_share (Kiosk *kiosk, const Screen *screen, double share)
{
  GtkWidget *paper = test_find (kiosk->window, "papers"), *page = test_find (kiosk->window, "page_scroller");
  graphene_rect_t above, below;
  double taken;

  g_assert_true (gtk_widget_get_mapped (paper));
  g_assert_true (gtk_widget_compute_bounds (paper, kiosk->window, &above));
  g_assert_true (gtk_widget_compute_bounds (page, kiosk->window, &below));
  if (screen->layout.upright)
    {
      g_assert_cmpfloat (above.origin.y + above.size.height, <=, below.origin.y);
      taken = below.size.height / (below.size.height + above.size.height);
    }
  else
    {
      g_assert_cmpfloat (below.origin.x + below.size.width, <=, above.origin.x);
      taken = below.size.width / (below.size.width + above.size.width);
    }
  g_assert_cmpfloat_with_epsilon (taken, share, MARGINS);
}

/* The way and its names have their own row where the head has no room for them; one name does where there is little room. */
static void
assert_way (Kiosk *kiosk, const AccLayout *layout)
{
  GtkWidget *way = test_find (kiosk->window, "way");

  g_assert_cmpint (gtk_widget_is_ancestor (way, test_find (kiosk->window, "way_below")), ==, layout->upright);
  g_assert_cmpint (gtk_widget_get_visible (gtk_widget_get_last_child (way)), ==, layout->brief);
}

static void
assert_classes (Kiosk *kiosk, const AccLayout *layout)
{
  g_assert_cmpint (gtk_widget_has_css_class (kiosk->window, "upright"), ==, layout->upright);
  g_assert_cmpint (gtk_widget_has_css_class (kiosk->window, "large"), ==, layout->large);
  g_assert_cmpint (gtk_widget_has_css_class (kiosk->window, "tight"), ==, layout->tight);
  g_assert_cmpint (gtk_widget_has_css_class (kiosk->window, "compact"), ==, layout->compact);
}

/* What of the window a page takes where something is written. */
static double
find_writing_share (const AccLayout *layout)
{
  if (layout->upright)
    return layout->large ? 3 / 4.0 : 5 / 9.0;
  return layout->field ? 2 / 3.0 : 4 / 9.0;
}

/* At the welcome, which can do without the paper; where something is written; and where it is read. */
static void
test_page_and_paper_have_their_places (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      const AccLayout *layout = &screens[i].layout;
      Kiosk kiosk = { .width = screens[i].width, .height = screens[i].height };

      set_text_scale (screens[i].text_scale);
      kiosk.store_dir = make_branch ();
      write_branch_key (kiosk.store_dir);
      open_kiosk (&kiosk);
      test_settle (kiosk.window);
      g_test_message ("%dx%d at %.2f", screens[i].width, screens[i].height, screens[i].text_scale);
      g_assert_cmpint (gtk_widget_get_mapped (test_find (kiosk.window, "papers")), ==, !layout->tight);
      assert_way (&kiosk, layout);
      assert_classes (&kiosk, layout);

      say_who (&kiosk);
      test_settle (kiosk.window);
      assert_share (&kiosk, &screens[i], find_writing_share (layout));
      tell_story (&kiosk);
      thank_banker (&kiosk);
      sign_by_typing (&kiosk);
      act (&kiosk, "letter.next");
      test_wait (can_send, kiosk.window);
      test_settle (kiosk.window);
      assert_share (&kiosk, &screens[i], !layout->upright ? 4 / 9.0 : layout->large ? 5 / 12.0 : 3 / 11.0);
      kiosk_clear (&kiosk);
    }
}

static void
test_each_screen_has_its_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Kiosk kiosk;

      open_story (&kiosk, &screens[i]);
      assert_form (&kiosk, screens[i].layout.field);
      act (&kiosk, "letter.next");
      test_settle (kiosk.window);
      g_assert_cmpstr (question_of (&kiosk), ==, "act");
      assert_form (&kiosk, screens[i].layout.field);
      kiosk_clear (&kiosk);
    }
}

/* By real keys. */
static void
test_what_is_typed_reaches_the_letter_in_both_forms (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      graphene_rect_t before, after;
      Kiosk kiosk;

      open_story (&kiosk, &screens[i]);
      g_assert_true (acc_sheet_find_caret (sheet_of (&kiosk), 0, &before));
      test_key (kiosk.window, "H");
      test_key (kiosk.window, "i");
      g_assert_cmpstr (told (&kiosk), ==, "Hi");
      g_assert_true (acc_sheet_find_caret (sheet_of (&kiosk), 2, &after));
      g_assert_cmpfloat (after.origin.x, >, before.origin.x + 3);
      test_key (kiosk.window, "ctrl+z");
      g_assert_cmpstr (told (&kiosk), ==, "Hi");
      test_key (kiosk.window, "ctrl+Return");
      g_assert_cmpstr (question_of (&kiosk), ==, "act");
      kiosk_clear (&kiosk);
    }
}

static void
test_the_line_being_written_stays_in_view_in_both (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Kiosk kiosk;

      open_story (&kiosk, &screens[i]);
      add_long_story (&kiosk);
      for (guint where = 0; where <= 4; where++)
        {
          put_caret (&kiosk, (int) (g_utf8_strlen (told (&kiosk), -1) * (4 - where) / 4));
          assert_caret_is_seen_on_sheet (&kiosk);
          if (screens[i].layout.field)
            assert_caret_is_seen_in_field (&kiosk);
        }
      kiosk_clear (&kiosk);
    }
}

/* From each screen to each other one, while somebody writes. */
static void
test_switching_keeps_text_selection_focus_and_name (void)
{
  Kiosk kiosk;

  open_story (&kiosk, &screens[0]);
  add_long_story (&kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autofree char *text = g_strdup (told (&kiosk));
        const Screen *screen = &screens[j == 0 ? i : (i + 5) % G_N_ELEMENTS (screens)];
        int caret = 200 + (int) i;

        put_caret (&kiosk, caret);
        select_letters (&kiosk, 9);
        resize (&kiosk, screen);
        assert_form (&kiosk, screen->layout.field);
        assert_share (&kiosk, screen, find_writing_share (&screen->layout));
        g_assert_cmpstr (told (&kiosk), ==, text);
        g_assert_cmpint (caret_of (&kiosk), ==, caret);
        g_assert_cmpint (count_selected (&kiosk), ==, 9);
        assert_caret_is_seen_on_sheet (&kiosk);
      }

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (view_of (&kiosk)), GTK_ACCESSIBLE_ROLE_TEXT_BOX);
  g_assert_true (
    gtk_test_accessible_has_relation (GTK_ACCESSIBLE (view_of (&kiosk)), GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  kiosk_clear (&kiosk);
}

static void
assert_stands_still (Kiosk *kiosk, GtkWidget *widget, graphene_rect_t *before)
{
  graphene_rect_t now;

  g_assert_true (gtk_widget_compute_bounds (widget, kiosk->window, &now));
  if (before->size.width > 0 && !graphene_rect_equal (before, &now))
    g_error ("%s moved from %g, %g to %g, %g", G_OBJECT_TYPE_NAME (widget), before->origin.y, before->size.height,
             now.origin.y, now.size.height);
  *before = now;
}

static void
test_nothing_jumps_while_typing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      graphene_rect_t field = { 0 }, light = { 0 }, next = { 0 };
      Kiosk kiosk;

      if (!screens[i].layout.field)
        continue;
      open_story (&kiosk, &screens[i]);
      for (guint line = 0; line < 30; line++)
        {
          assert_stands_still (&kiosk, GTK_WIDGET (view_of (&kiosk)), &field);
          assert_stands_still (&kiosk, test_find (page_of (&kiosk), "act_light"), &light);
          assert_stands_still (&kiosk, test_find (kiosk.window, "next"), &next);
          gtk_text_buffer_insert_at_cursor (buffer_of (&kiosk), line % 3 == 0 ? "\n" : LETTERS, -1);
          test_settle (kiosk.window);
        }
      kiosk_clear (&kiosk);
    }
}

/* However small the room: the sentence, and the line that it is about. */
static void
test_what_must_be_mended_is_seen_beside_the_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      GtkWidget *message;
      Kiosk kiosk;

      if (!screens[i].layout.field)
        continue;
      open_story (&kiosk, &screens[i]);
      add_long_story (&kiosk);
      add_text (&kiosk, "My card is 4111 1111 1111 1111");
      message = test_find (GTK_WIDGET (answer_of (&kiosk, "need")), "message");
      g_assert_true (gtk_widget_get_mapped (message));
      assert_seen (message, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (message), gtk_widget_get_height (message)));
      assert_caret_is_seen_in_field (&kiosk);
      assert_caret_is_seen_on_sheet (&kiosk);
      kiosk_clear (&kiosk);
    }
}

static void
test_a_tap_on_the_picture_places_the_caret (void)
{
  graphene_rect_t place;
  Kiosk kiosk;

  open_story (&kiosk, &screens[6]);
  add_long_story (&kiosk);
  put_caret (&kiosk, 300);
  gtk_widget_grab_focus (test_find (page_of (&kiosk), "one_piece"));
  test_settle (kiosk.window);
  g_assert_true (acc_sheet_find_caret (sheet_of (&kiosk), 250, &place));
  test_click (GTK_WIDGET (sheet_of (&kiosk)), place.origin.x, place.origin.y + place.size.height / 2);
  g_assert_cmpint (ABS (caret_of (&kiosk) - 250), <=, 1);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (view_of (&kiosk))));
  kiosk_clear (&kiosk);
}

/* A label shows all its text, and no part of it lies beside the window. */
static void
assert_whole (GtkWidget *widget, GtkWidget *window)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));
      graphene_rect_t bounds;
      int width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
      if (pango_layout_is_ellipsized (layout) || width > gtk_widget_get_width (widget)
          || height > gtk_widget_get_height (widget) || bounds.origin.x < 0
          || bounds.origin.x + bounds.size.width > gtk_widget_get_width (window))
        g_error ("“%s” is cut", gtk_label_get_text (GTK_LABEL (widget)));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_whole (child, window);
}

static void
look_at (Kiosk *kiosk, const Screen *screen)
{
  int width, height;

  test_settle (kiosk->window);
  g_test_message ("%dx%d at %.2f, step %d", screen->width, screen->height, screen->text_scale,
                  letter_of (kiosk) != NULL ? (int) step_of (kiosk) : -1);
  gtk_widget_measure (kiosk->window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (kiosk->window, GTK_ORIENTATION_VERTICAL, screen->width, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, <=, screen->width);
  g_assert_cmpint (height, <=, screen->height);
  g_assert_cmpint (gtk_widget_get_width (kiosk->window), ==, screen->width);
  g_assert_cmpint (gtk_widget_get_height (kiosk->window), ==, screen->height);
  assert_whole (kiosk->window, kiosk->window);
}

static void
test_no_text_is_cut_on_any_screen (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Kiosk kiosk = { .width = screens[i].width, .height = screens[i].height };

      set_text_scale (screens[i].text_scale);
      kiosk.store_dir = make_branch ();
      write_branch_key (kiosk.store_dir);
      open_kiosk (&kiosk);
      for (write_letter (&kiosk); step_of (&kiosk) != ACC_STEP_WELCOME; act (&kiosk, "letter.back"))
        look_at (&kiosk, &screens[i]);
      look_at (&kiosk, &screens[i]);

      act (&kiosk, "letter.next");
      answer (&kiosk, "name", "");
      act (&kiosk, "letter.next");
      look_at (&kiosk, &screens[i]);
      act (&kiosk, "letter.start-again");
      look_at (&kiosk, &screens[i]);
      acc_ask_answer (ACC_ASK (test_find (kiosk.window, "ask")), TRUE);
      test_settle (kiosk.window);
      write_letter (&kiosk);
      act (&kiosk, "letter.send");
      test_wait (is_sent, kiosk.window);
      look_at (&kiosk, &screens[i]);
      kiosk_clear (&kiosk);
    }
}

static void
test_staff_can_read_on_any_screen_why_it_is_out_of_service (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Kiosk kiosk = { .width = screens[i].width, .height = screens[i].height, .store_dir = test_folder_new () };

      set_text_scale (screens[i].text_scale);
      open_kiosk (&kiosk);
      g_assert_null (acc_kiosk_window_get_page (ACC_KIOSK_WINDOW (kiosk.window)));
      look_at (&kiosk, &screens[i]);
      kiosk_clear (&kiosk);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/reflow/the-layout-follows-screen-and-text", test_the_layout_follows_screen_and_text);
  g_test_add_func ("/reflow/a-low-screen-has-fewer-than-900-rows", test_a_low_screen_has_fewer_than_900_rows);
  g_test_add_func ("/reflow/page-and-paper-have-their-places", test_page_and_paper_have_their_places);
  g_test_add_func ("/reflow/each-screen-has-its-form", test_each_screen_has_its_form);
  g_test_add_func ("/reflow/what-is-typed-reaches-the-letter-in-both-forms",
                   test_what_is_typed_reaches_the_letter_in_both_forms);
  g_test_add_func ("/reflow/the-line-being-written-stays-in-view-in-both",
                   test_the_line_being_written_stays_in_view_in_both);
  g_test_add_func ("/reflow/switching-keeps-text-selection-focus-and-name",
                   test_switching_keeps_text_selection_focus_and_name);
  g_test_add_func ("/reflow/nothing-jumps-while-typing", test_nothing_jumps_while_typing);
  g_test_add_func ("/reflow/what-must-be-mended-is-seen-beside-the-line",
                   test_what_must_be_mended_is_seen_beside_the_line);
  g_test_add_func ("/reflow/a-tap-on-the-picture-places-the-caret", test_a_tap_on_the_picture_places_the_caret);
  g_test_add_func ("/reflow/no-text-is-cut-on-any-screen", test_no_text_is_cut_on_any_screen);
  g_test_add_func ("/reflow/staff-can-read-on-any-screen-why-it-is-out-of-service",
                   test_staff_can_read_on_any_screen_why_it_is_out_of_service);
  return g_test_run ();
}
