/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the kiosk's pages use their room: on a narrow screen, beside the keyboard, in large type and from right to left. On a
 * screen of 1920x1920. */
#include "base/language.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kit/signature-pad.h"
#include "pages-support.h"
#include "support.h"
#include "window-support.h"

#define ROUNDED 2 /* pixels that GTK rounds away where it scrolls */
#define NUMBER "My account is 12345678." /* which may be something else */

typedef struct {
  PageScreen screen;
  gboolean whole; /* nothing of any page is hidden */
} Row;

static const Row rows[] = {
  { { 1920, 1080, 1.25, "en", "off" }, TRUE }, { { 1920, 1080, 1, "en", "on" }, TRUE },
  { { 1024, 768, 1, "en", "off" }, TRUE },     { { 1366, 768, 1, "es", "off" }, TRUE },
  { { 1366, 768, 1, "pl", "off" }, TRUE },     { { 1366, 768, 1, "en", "on" }, FALSE },
  { { 1366, 768, 2, "en", "on" }, FALSE },     { { 1366, 768, 2, "fr", "off" }, TRUE },
  { { 1366, 768, 2, "ar", "on" }, FALSE },     { { 1920, 1080, 2, "ar", "on" }, TRUE },
  { { 1366, 768, 2, "pl", "on" }, FALSE },     { { 1366, 768, 1.6, "de", "on" }, FALSE },
  { { 1366, 768, 1.25, "fr", "on" }, FALSE },
};

/* What is seen whole while somebody writes, however little room there is: the question with what it still lacks, how
 * much of the story is told, what is to be done about a number, and what may be kept apart. */
static const struct {
  const char *page, *id;
} seen[] = {
  { "1 missing", "question" },  { "1 missing", "message" },       { "2 need", "question" },
  { "2 need", "lights" },       { "2 act", "question" },          { "2 act", "lights" },
  { "2 number", "message" },    { "2 number", "something_else" }, { "2 difference", "question" },
  { "2 difference", "lights" }, { "2 apart", "passage" },         { "2 apart", "keep_apart" },
};

typedef struct {
  const Row *row;
  GPtrArray *problems;
} Look;

G_GNUC_PRINTF (3, 4)
static void
note (Look *look, const char *page, const char *format, ...)
{
  const PageScreen *screen = &look->row->screen;
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (look->problems, g_strdup_printf ("%dx%d, text %.2f, %s, keyboard %s, %s: %s", screen->width,
                                                    screen->height, screen->text_scale, screen->language,
                                                    screen->keyboard, page, what));
}

/* The first mapped widget of that template id, or NULL. */
static GtkWidget *
find_shown (GtkWidget *widget, const char *id)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_shown (child, id);
  return found;
}

/* Whose kiosk it is stands there whole, and what is touched in the head bears one line. */
static void
look_at_head (Look *look, GtkWidget *window, const char *page)
{
  static const char *const names[] = { "choose_look", "start_again" };
  GtkWidget *bank = find_shown (window, "bank");

  if (bank != NULL && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (bank))))
    note (look, page, "the bank’s name is cut");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *button = find_shown (window, names[i]);

      if (button != NULL
          && pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))))) > 1)
        note (look, page, "“%s” is broken", gtk_button_get_label (GTK_BUTTON (button)));
    }
}

static void
look_at_hidden (Look *look, GtkWidget *scroller, const char *page)
{
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double hidden = gtk_adjustment_get_upper (down) - gtk_adjustment_get_page_size (down);

  if (hidden > ROUNDED)
    note (look, page, "%.0f pixels are hidden", hidden);
}

/* Whether a line of the label lies half above @top. */
static gboolean
has_line_across (GtkLabel *label, double label_top, double top)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (gtk_label_get_layout (label));
  int x, y;

  gtk_label_get_layout_offsets (label, &x, &y);
  do
    {
      int start, end;

      pango_layout_iter_get_line_yrange (iter, &start, &end);
      if (label_top + y + PANGO_PIXELS (start) < top - ROUNDED && label_top + y + PANGO_PIXELS (end) > top + ROUNDED)
        return TRUE;
    }
  while (pango_layout_iter_next_line (iter));
  return FALSE;
}

static void
look_at_lines (Look *look, GtkWidget *widget, GtkWidget *scroller, const char *page)
{
  graphene_rect_t place;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_widget_compute_bounds (widget, scroller, &place)
      && has_line_across (GTK_LABEL (widget), place.origin.y, 0))
    note (look, page, "“%s” is cut across", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_at_lines (look, child, scroller, page);
}

static void
look_at_what_is_seen (Look *look, GtkWidget *scroller, const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    {
      GtkWidget *widget = g_str_equal (seen[i].page, page) ? find_shown (scroller, seen[i].id) : NULL;
      graphene_rect_t place;

      if (widget == NULL || !gtk_widget_compute_bounds (widget, scroller, &place))
        continue;
      if (place.origin.y < -ROUNDED || place.origin.y + place.size.height > gtk_widget_get_height (scroller) + ROUNDED)
        note (look, page, "%s is at %.0f to %.0f of %d", seen[i].id, place.origin.y, place.origin.y + place.size.height,
              gtk_widget_get_height (scroller));
    }
}

/* A number is asked about below what is written. */
static void
look_at_number (Look *look, Kiosk *kiosk, GtkWidget *scroller)
{
  AccAnswer *answer = answer_of (kiosk, "act");
  g_autofree char *before = acc_answer_dup_text (answer);

  acc_answer_set_text (answer, NUMBER);
  test_settle (kiosk->window);
  test_settle (kiosk->window);
  look_at_what_is_seen (look, scroller, "2 number");
  acc_answer_set_text (answer, before);
}

/* Where nothing is written yet, the caret waits where the language begins. */
static void
look_at_caret (Look *look, GtkWidget *window, const char *page)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  graphene_rect_t caret;
  gboolean at_right;

  if (!GTK_IS_TEXT (focus) || *gtk_editable_get_text (GTK_EDITABLE (focus)) != '\0'
      || gtk_editable_get_alignment (GTK_EDITABLE (focus)) == 0.5f)
    return;
  gtk_text_compute_cursor_extents (GTK_TEXT (focus), 0, &caret, NULL);
  at_right = caret.origin.x > gtk_widget_get_width (focus) / 2.0;
  if (at_right != (gtk_widget_get_direction (focus) == GTK_TEXT_DIR_RTL))
    note (look, page, "the caret is at the %s", at_right ? "right" : "left");
}

static void
look_at_page (Kiosk *kiosk, const char *page, gpointer data)
{
  Look *look = data;
  GtkWidget *mode = gtk_stack_get_visible_child (GTK_STACK (test_find (kiosk->window, "modes")));
  GtkWidget *scroller = find_shown (mode, "page_scroller");

  look_at_head (look, kiosk->window, page);
  look_at_caret (look, kiosk->window, page);
  if (scroller != NULL)
    look_at_lines (look, scroller, scroller, page);
  if (scroller != NULL)
    look_at_what_is_seen (look, scroller, page);
  if (scroller != NULL && look->row->whole)
    look_at_hidden (look, scroller, page);
  if (g_str_equal (page, "2 act"))
    look_at_number (look, kiosk, scroller);
  if (g_str_equal (page, "0 left letter"))
    look_at_hidden (look, test_find (mode, "scroller"), page);
}

static void
every_page_uses_its_room_well (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Look look = { &rows[i], problems };

      walk_pages (&rows[i].screen, look_at_page, &look);
    }
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* A place to sign grows with its width: at no width is a column with it as low as a page may be. */
static void
a_column_that_grows_with_its_width_is_measured (void)
{
  GtkWidget *column = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  int least, natural, free_least;

  gtk_box_append (GTK_BOX (column), gtk_label_new ("Sign your letter"));
  gtk_box_append (GTK_BOX (column), g_object_new (ACC_TYPE_SIGNATURE_PAD, NULL));
  gtk_widget_measure (column, GTK_ORIENTATION_HORIZONTAL, -1, &free_least, NULL, NULL, NULL);
  for (int height = 1; height < 2000; height += 37)
    {
      gtk_widget_measure (column, GTK_ORIENTATION_HORIZONTAL, height, &least, &natural, NULL, NULL);
      g_assert_cmpint (least, ==, free_least);
      g_assert_cmpint (natural, >=, least);
    }
  g_object_unref (column);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init (); /* GTK's tests are in the locale C, where nothing is translated */
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/layout/a-column-that-grows-with-its-width-is-measured", a_column_that_grows_with_its_width_is_measured);
  g_test_add_func ("/layout/every-page-uses-its-room-well", every_page_uses_its_room_well);
  return g_test_run ();
}
