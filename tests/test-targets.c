/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is touched is large enough for a finger that shakes, apart from the next and whole, whatever is read is
 * whole, and what a page asks and the button that goes on are seen at once: on every page, on each screen, at each size
 * of the text and in the languages that need most room. On a screen of 1920x1920. */
#include <math.h>

#include "base/language.h"
#include "kit/key.h"
#include "kit/keyboard.h"
#include "kit/signature-pad.h"
#include "kiosk/kiosk-app.h"
#include "pages-support.h"
#include "support.h"
#include "window-support.h"

#define LEAST 44.0 /* pixels: WCAG 2.2, 2.5.5 */
#define APART 8.0
#define ROUNDED 0.5
#define LEAST_SEEN 35 /* questions and the like, on all pages: it does find them */

static const PageScreen screens[] = {
  { 1366, 768, 1, "en", "off" },    { 1366, 768, 1, "pl", "on" },      { 1366, 768, 1.25, "es", "on" },
  { 1366, 768, 1.25, "de", "off" }, { 1366, 768, 2, "de", "off" },     { 1366, 768, 2, "ar", "off" },
  { 1366, 768, 2, "en", "on" },     { 1920, 1080, 1, "fr", "off" },    { 1920, 1080, 1, "ar", "on" },
  { 1920, 1080, 1.25, "fr", "on" }, { 1920, 1080, 1.25, "pl", "off" }, { 1920, 1080, 2, "en", "off" },
  { 1920, 1080, 2, "de", "on" },    { 1080, 1920, 1, "de", "off" },    { 1080, 1920, 1.6, "ar", "on" },
  { 1080, 1920, 2, "pl", "off" },   { 1366, 768, 2, "en", "off" },
};

/* What a page asks: the first of these on it. */
static const char *const questions[] = { "question", "welcome-question", "ask-question" };

typedef struct {
  GtkWidget *widget;
  graphene_rect_t seen; /* what no scroller hides */
} Target;

typedef struct {
  const PageScreen *screen;
  GArray *targets;
  GArray *words; /* Target: what is read */
  GPtrArray *problems;
  const char *place; /* the page */
  guint n_seen;      /* questions, and what goes with them */
} Look;

static gboolean
is_target (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget)
         || ACC_IS_KEY (widget) || ACC_IS_SIGNATURE_PAD (widget);
}

static gboolean
cuts (GtkWidget *widget)
{
  return gtk_widget_get_overflow (widget) == GTK_OVERFLOW_HIDDEN || GTK_IS_WINDOW (widget);
}

/* FALSE: nothing of it is on the screen. */
static gboolean
find_seen (GtkWidget *widget, GtkWidget *window, graphene_rect_t *seen)
{
  if (!gtk_widget_compute_bounds (widget, window, seen))
    return FALSE;
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL; above = gtk_widget_get_parent (above))
    {
      graphene_rect_t place;

      if (cuts (above)
          && (!gtk_widget_compute_bounds (above, window, &place) || !graphene_rect_intersection (seen, &place, seen)))
        return FALSE;
    }
  return seen->size.width > 0 && seen->size.height > 0;
}

/* What is below in a page can be scrolled to; what is beside it, or beside the window, cannot. */
static gboolean
is_cut (GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  for (GtkWidget *above = gtk_widget_get_parent (widget); above != NULL; above = gtk_widget_get_parent (above))
    {
      graphene_rect_t place;

      if (!cuts (above))
        continue;
      g_assert_true (gtk_widget_compute_bounds (above, window, &place));
      if (GTK_IS_VIEWPORT (above))
        {
          bounds.origin.y = place.origin.y;
          bounds.size.height = place.size.height;
        }
      graphene_rect_inset (&place, -ROUNDED, -ROUNDED);
      if (!graphene_rect_contains_rect (&place, &bounds))
        return TRUE;
    }
  return FALSE;
}

static void
collect (GtkWidget *widget, GtkWidget *window, GArray *targets)
{
  Target target = { widget };

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_target (widget))
    return;
  if (is_target (widget))
    {
      if (find_seen (widget, window, &target.seen))
        g_array_append_val (targets, target);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, window, targets);
}

static char *
name_of (GtkWidget *widget)
{
  const char *label = GTK_IS_BUTTON (widget)         ? gtk_button_get_label (GTK_BUTTON (widget))
                      : GTK_IS_CHECK_BUTTON (widget) ? gtk_check_button_get_label (GTK_CHECK_BUTTON (widget))
                                                     : NULL;

  return g_strdup_printf ("%s “%s”", G_OBJECT_TYPE_NAME (widget), label != NULL ? label : "");
}

static double
gap_between (const graphene_rect_t *one, const graphene_rect_t *other)
{
  double across = fmax (other->origin.x - (one->origin.x + one->size.width),
                        one->origin.x - (other->origin.x + other->size.width));
  double down = fmax (other->origin.y - (one->origin.y + one->size.height),
                      one->origin.y - (other->origin.y + other->size.height));

  return fmax (across, down);
}

static void
look_at_size (const Target *target, const char *place, GPtrArray *problems)
{
  int width = gtk_widget_get_width (target->widget), height = gtk_widget_get_height (target->widget);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (target->widget, target->widget, &bounds));
  if (fmax (width, bounds.size.width) < LEAST - ROUNDED || fmax (height, bounds.size.height) < LEAST - ROUNDED)
    {
      g_autofree char *name = name_of (target->widget);

      g_ptr_array_add (problems, g_strdup_printf ("%s: %s is %.0fx%.0f", place, name, bounds.size.width,
                                                  bounds.size.height));
    }
}

static void
collect_words (GtkWidget *widget, GtkWidget *window, GArray *words)
{
  Target word = { widget };

  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) == 0)
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0' && find_seen (widget, window, &word.seen))
    g_array_append_val (words, word);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect_words (child, window, words);
}

/* Meant to be cut: a bank's long name, and a sentence that the client has written. */
static gboolean
may_be_cut (GtkWidget *label)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (label));

  return g_strcmp0 (id, "bank") == 0 || g_strcmp0 (id, "passage") == 0;
}

/* All its lines have room, and none is beside what is shown; a scroller may hide some of them below. */
static gboolean
is_whole (const Target *word, GtkWidget *window)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (word->widget));
  graphene_rect_t bounds;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  g_assert_true (gtk_widget_compute_bounds (word->widget, window, &bounds));
  return width <= gtk_widget_get_width (word->widget) && height <= gtk_widget_get_height (word->widget)
         && word->seen.size.width >= bounds.size.width - ROUNDED
         && (may_be_cut (word->widget) || !pango_layout_is_ellipsized (layout));
}

static gboolean
lie_in_one_another (const Target *one, const Target *other)
{
  graphene_rect_t both;

  return graphene_rect_intersection (&one->seen, &other->seen, &both) && both.size.width > 1 && both.size.height > 1;
}

static void
look_at_words (Look *look, GtkWidget *shown, GtkWidget *window, const char *place)
{
  g_array_set_size (look->words, 0);
  collect_words (shown, window, look->words);
  g_assert_cmpuint (look->words->len, >, 0);
  for (guint i = 0; i < look->words->len; i++)
    {
      const Target *one = &g_array_index (look->words, Target, i);
      const char *text = gtk_label_get_text (GTK_LABEL (one->widget));

      if (!is_whole (one, window))
        g_ptr_array_add (look->problems, g_strdup_printf ("%s: “%s” is cut", place, text));
      for (guint j = i + 1; j < look->words->len; j++)
        if (lie_in_one_another (one, &g_array_index (look->words, Target, j)))
          g_ptr_array_add (look->problems, g_strdup_printf ("%s: “%s” is under another text", place, text));
    }
}

static gboolean
names_the_bank (GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (g_array_index (words, Target, i).widget)), "bank") == 0)
      return TRUE;
  return FALSE;
}

/* The question over the window, or the window. */
static GtkWidget *
find_shown (GtkWidget *window)
{
  GtkWidget *card = test_find (window, "card");

  return gtk_widget_get_mapped (card) ? card : window;
}

/* A page that needs more than the screen makes the window wider, and its edge cannot be reached. */
static void
look_at_window (GtkWidget *window, const PageScreen *screen, const char *place, GPtrArray *problems)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);

  if (width != screen->width || height != screen->height)
    g_ptr_array_add (problems, g_strdup_printf ("%s: the window is %dx%d", place, width, height));
}

/* A tall screen has room for a whole page: nobody need find out that there is more below. */
static void
look_at_scrolling (GtkWidget *page, const char *place, GPtrArray *problems)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (test_find (page, "page_scroller"));
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (scroller);
  double hidden = gtk_adjustment_get_upper (down) - gtk_adjustment_get_page_size (down);

  if (hidden > ROUNDED && !gtk_widget_get_mapped (test_find (page, "keyboard")))
    g_ptr_array_add (problems, g_strdup_printf ("%s: %.0f pixels are hidden below", place, hidden));
}

/* ---- what a page is about ---- */

static gboolean
is_question (GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, questions[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_main_button (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "primary");
}

static gboolean
is_keyboard (GtkWidget *widget)
{
  return ACC_IS_KEYBOARD (widget);
}

static GtkWidget *
find_first (GtkWidget *widget, gboolean (*is_it) (GtkWidget *widget))
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (is_it (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_first (child, is_it);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
look_whether_seen (GtkWidget *widget, const char *what, GtkWidget *window, Look *look)
{
  graphene_rect_t bounds, seen;

  if (widget == NULL)
    return;
  g_assert_true (gtk_widget_compute_bounds (widget, window, &bounds));
  if (!find_seen (widget, window, &seen) || seen.size.width < bounds.size.width - ROUNDED
      || seen.size.height < bounds.size.height - ROUNDED)
    g_ptr_array_add (look->problems, g_strdup_printf ("%s: %s is not seen without scrolling", look->place, what));
  look->n_seen++;
}

/* Above the keyboard the line that is being written comes before the question, where there is no room for both. */
static void
look_at_what_matters (Look *look, GtkWidget *shown, GtkWidget *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (find_first (window, is_keyboard) == NULL)
    look_whether_seen (find_first (shown, is_question), "what it asks", window, look);
  look_whether_seen (find_first (shown, is_main_button), "the button that goes on", window, look);
  if (GTK_IS_TEXT (focus) && gtk_widget_get_mapped (focus))
    look_whether_seen (gtk_widget_get_parent (focus), "the field that is written in", window, look);
}

/* ---- on every page ---- */

static void
look_at_targets (Look *look, GtkWidget *window)
{
  g_array_set_size (look->targets, 0);
  collect (window, window, look->targets);
  g_assert_cmpuint (look->targets->len, >, 0);
  for (guint i = 0; i < look->targets->len; i++)
    {
      const Target *one = &g_array_index (look->targets, Target, i);
      g_autofree char *first = name_of (one->widget);

      look_at_size (one, look->place, look->problems);
      if (is_cut (one->widget, window))
        g_ptr_array_add (look->problems, g_strdup_printf ("%s: %s is cut", look->place, first));
      for (guint j = i + 1; j < look->targets->len; j++)
        {
          const Target *other = &g_array_index (look->targets, Target, j);
          double gap = gap_between (&one->seen, &other->seen);

          if (gap < APART - ROUNDED)
            {
              g_autofree char *second = name_of (other->widget);

              g_ptr_array_add (look->problems,
                               g_strdup_printf ("%s: %s and %s are %.1f apart", look->place, first, second, gap));
            }
        }
    }
}

static void
look_at_page (Kiosk *kiosk, const char *page, gpointer data)
{
  GtkWidget *window = kiosk->window, *shown = find_shown (window);
  GtkWidget *mode = gtk_stack_get_visible_child (GTK_STACK (test_find (window, "modes")));
  Look *look = data;

  look->place = page;
  look_at_window (window, look->screen, page, look->problems);
  if (look->screen->height > look->screen->width && ACC_IS_LETTER_PAGE (mode) && gtk_widget_get_mapped (mode))
    look_at_scrolling (mode, page, look->problems);
  look_at_words (look, shown, window, page);
  if (shown == window && !names_the_bank (look->words))
    g_ptr_array_add (look->problems, g_strdup_printf ("%s: whose kiosk it is stands nowhere", page));
  look_at_what_matters (look, shown, window);
  look_at_targets (look, window);
}

static void
targets_are_large_and_apart_and_words_whole (gconstpointer screen)
{
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (Target));
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (Target));
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Look look = { .screen = screen, .targets = targets, .words = words, .problems = problems };

  walk_pages (screen, look_at_page, &look);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (look.n_seen, >, LEAST_SEEN);
  g_assert_cmpuint (problems->len, ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init (); /* GTK's tests are in the locale C, where nothing is translated */
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/targets/are-large-and-apart-and-words-whole/%dx%d-%.2f-%s-%s",
                                               screens[i].width, screens[i].height, screens[i].text_scale,
                                               screens[i].language, screens[i].keyboard);

      g_test_add_data_func (path, &screens[i], targets_are_large_and_apart_and_words_whole);
    }
  return g_test_run ();
}
