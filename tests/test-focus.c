/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where somebody is who uses keys is seen on every page, round whatever the focus comes to, for as long as it stays
 * there. On a screen of 1920x1920.
 *
 * What counts are the pixels that the focus changes by a contrast of at least 3:1 (WCAG 2.2, 2.4.13). They must make a
 * ring, whole on all four sides and at least 2 px thick. A field is no exception: its caret is thin, and its border is
 * there without the focus too. Only what is written on the paper itself has no ring, since there are no edges of a
 * field to draw it round: there the caret must be as thick. */
#include <math.h>

#include "base/language.h"
#include "kiosk/kiosk-app.h"
#include "kit/sheet.h"
#include "pages-support.h"
#include "support.h"
#include "window-support.h"

#define CONTRAST 3.0
#define THICK 2    /* pixels */
#define AROUND 8   /* pixels outside the thing in which its ring lies: the next is no nearer */
#define INSIDE 4   /* … and inside its edges */
#define CORNER 24  /* pixels from a corner: there the ring is round */
#define CROSSED 12 /* pixels: the most that a line or a letter below the ring is wide */
#define SOFT 1     /* the outermost pixel of a ring may be half one */
#define CARET 12   /* pixels: its least height */
#define LEAST 100  /* things on all pages of a screen: it does walk them */

static const PageScreen screens[] = {
  { 1366, 768, 1, "en", "off" },
  { 1920, 1080, 2, "en", "off" },
  { 1366, 768, 2, "ar", "off" },
  { 1920, 1080, 1, "ar", "off" },
};

/* What the focus changes of a part of the window. */
typedef struct {
  int width, height;
  gboolean *changed;
  int left, top, right, bottom; /* of all that is changed: the last two are the first that are not */
} Change;

typedef struct {
  GPtrArray *problems;
  guint n_things;
} Look;

typedef enum { LEFT, RIGHT, TOP, BOTTOM, N_SIDES } Side;
static const char *const side_names[N_SIDES] = { "left", "right", "top", "bottom" };

/* ---- pixels ---- */

static guint32 *
draw (GtkWidget *window, const graphene_rect_t *part)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gsize width = (gsize) part->size.width, height = (gsize) part->size.height;
  guint32 *pixels = g_new0 (guint32, width * height);

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, part);
  gdk_texture_download (texture, (guchar *) pixels, width * sizeof *pixels);
  return pixels;
}

static double
linear (guint32 pixel, guint shift)
{
  double value = ((pixel >> shift) & 255) / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 pixel)
{
  return 0.2126 * linear (pixel, 16) + 0.7152 * linear (pixel, 8) + 0.0722 * linear (pixel, 0);
}

static gboolean
stands_out (guint32 one, guint32 other)
{
  double first = luminance (one) + 0.05, second = luminance (other) + 0.05;

  return one != other && fmax (first, second) / fmin (first, second) >= CONTRAST;
}

static void
compare (const guint32 *with, const guint32 *without, Change *change)
{
  change->left = change->width;
  change->top = change->height;
  change->right = change->bottom = 0;
  for (int y = 0; y < change->height; y++)
    for (int x = 0; x < change->width; x++)
      {
        gsize at = (gsize) y * change->width + x;

        change->changed[at] = stands_out (with[at], without[at]);
        if (!change->changed[at])
          continue;
        change->left = MIN (change->left, x);
        change->top = MIN (change->top, y);
        change->right = MAX (change->right, x + 1);
        change->bottom = MAX (change->bottom, y + 1);
      }
}

/* ---- rings ---- */

static gboolean
is_changed (const Change *change, Side side, int along, int deep)
{
  int x = side == LEFT ? change->left + deep : side == RIGHT ? change->right - 1 - deep : along;
  int y = side == TOP ? change->top + deep : side == BOTTOM ? change->bottom - 1 - deep : along;

  return change->changed[(gsize) y * change->width + x];
}

/* From outside inwards, up to THICK. */
static int
measure_thickness (const Change *change, Side side, int along)
{
  int deep = 0, thick = 0;

  while (deep < SOFT && !is_changed (change, side, along, deep))
    deep++;
  while (thick < THICK && is_changed (change, side, along, deep + thick))
    thick++;
  return thick;
}

/* The thickness that the side has all along, but for a line or a letter that it crosses, which has a colour like its
 * own.
 */
static int
measure_side (const Change *change, Side side)
{
  gboolean upright = side == LEFT || side == RIGHT;
  int first = upright ? change->top : change->left, last = upright ? change->bottom : change->right;
  int corner = MIN (CORNER, (last - first) / 2 - 1), thickness = THICK, thin_for = 0;

  for (int along = first + corner; along < last - corner; along++)
    {
      int here = measure_thickness (change, side, along);

      thin_for = here < THICK ? thin_for + 1 : 0;
      if (thin_for > CROSSED)
        thickness = MIN (thickness, here);
    }
  return thickness;
}

/* @bounds: the thing's, in the picture. */
static gboolean
lies_round (const Change *change, const graphene_rect_t *bounds)
{
  return change->left <= bounds->origin.x + INSIDE && change->top <= bounds->origin.y + INSIDE
         && change->right >= bounds->origin.x + bounds->size.width - INSIDE
         && change->bottom >= bounds->origin.y + bounds->size.height - INSIDE;
}

/* What is wrong with it; NULL: nothing. */
static char *
judge_ring (const Change *change, const graphene_rect_t *bounds)
{
  if (change->right - change->left <= 2 * INSIDE || change->bottom - change->top <= 2 * INSIDE)
    return g_strdup ("nothing is seen of the focus");
  if (!lies_round (change, bounds))
    return g_strdup_printf ("what is seen of the focus does not reach all its edges: %d,%d to %d,%d of %.0fx%.0f",
                            change->left, change->top, change->right, change->bottom, bounds->size.width,
                            bounds->size.height);
  for (Side side = 0; side < N_SIDES; side++)
    {
      int thickness = measure_side (change, side);

      if (thickness < THICK)
        return g_strdup_printf ("the ring is %d px thick at its %s", thickness, side_names[side]);
    }
  return NULL;
}

static char *
judge_caret (const Change *change)
{
  if (change->right - change->left >= THICK && change->bottom - change->top >= CARET)
    return NULL;
  return g_strdup_printf ("the caret on the paper is %dx%d px", MAX (change->right - change->left, 0),
                          MAX (change->bottom - change->top, 0));
}

/* ---- one thing after the other ---- */

/* Of an entry the text within has the focus. */
static GtkWidget *
find_thing (GtkWidget *widget)
{
  return GTK_IS_TEXT (widget) ? gtk_widget_get_parent (widget) : widget;
}

static char *
name_of (GtkWidget *widget)
{
  const char *label = GTK_IS_BUTTON (widget)         ? gtk_button_get_label (GTK_BUTTON (widget))
                      : GTK_IS_CHECK_BUTTON (widget) ? gtk_check_button_get_label (GTK_CHECK_BUTTON (widget))
                                                     : gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  return g_strdup_printf ("%s “%s”", G_OBJECT_TYPE_NAME (widget), label != NULL ? label : "");
}

/* Whole pixels of the window. */
static graphene_rect_t
find_part (GtkWidget *thing, GtkWidget *window)
{
  const graphene_rect_t whole
    = { { 0, 0 }, { (float) gtk_widget_get_width (window), (float) gtk_widget_get_height (window) } };
  graphene_rect_t part;

  g_assert_true (gtk_widget_compute_bounds (thing, window, &part));
  graphene_rect_inset (&part, -AROUND, -AROUND);
  graphene_rect_round_extents (&part, &part);
  if (!graphene_rect_intersection (&part, &whole, &part))
    part = (graphene_rect_t){ { 0, 0 }, { 1, 1 } }; /* of what is beside the window nothing is seen */
  return part;
}

static char *
judge (GtkWidget *thing, GtkWidget *window)
{
  graphene_rect_t part = find_part (thing, window), bounds;
  g_autofree guint32 *with = draw (window, &part), *without = NULL;
  g_autofree gboolean *changed = NULL;
  Change change = { .width = (int) part.size.width, .height = (int) part.size.height };

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  test_settle (window);
  without = draw (window, &part);
  change.changed = changed = g_new0 (gboolean, (gsize) change.width * change.height);
  compare (with, without, &change);
  if (gtk_widget_get_ancestor (thing, ACC_TYPE_SHEET) != NULL)
    return judge_caret (&change);
  g_assert_true (gtk_widget_compute_bounds (thing, window, &bounds));
  graphene_rect_offset (&bounds, -part.origin.x, -part.origin.y);
  return judge_ring (&change, &bounds);
}

static void
look_at_thing (Look *look, GtkWidget *widget, GtkWidget *window, const char *page)
{
  g_autofree char *problem = NULL;

  if (!gtk_widget_grab_focus (widget) || !gtk_widget_is_focus (widget))
    return;
  gtk_window_set_focus_visible (GTK_WINDOW (window), TRUE); /* as a key does */
  test_settle (window);
  if (!gtk_widget_get_mapped (widget))
    return; /* its list has been made anew meanwhile */
  look->n_things++;
  problem = judge (find_thing (widget), window);
  if (problem != NULL)
    {
      g_autofree char *name = name_of (find_thing (widget));

      g_ptr_array_add (look->problems, g_strdup_printf ("%s: %s: %s", page, name, problem));
    }
}

/* Where keys bring the focus, in some order. A scrolled window has it only where nothing in it can. */
static void
collect (GtkWidget *widget, GPtrArray *widgets)
{
  guint place = widgets->len;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_can_focus (widget) || !gtk_widget_is_sensitive (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, widgets);
  if (gtk_widget_get_focusable (widget) && (!GTK_IS_SCROLLED_WINDOW (widget) || widgets->len == place))
    g_ptr_array_add (widgets, g_object_ref (widget));
}

static void
look_at_page (Kiosk *kiosk, const char *page, gpointer data)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWindow *window = GTK_WINDOW (kiosk->window);
  g_autoptr (GtkWidget) before = gtk_window_get_focus (window);
  Look *look = data;
  guint n_before = look->n_things;

  if (before != NULL)
    g_object_ref (before);
  collect (gtk_window_get_child (window), widgets);
  for (guint i = 0; i < widgets->len; i++)
    look_at_thing (look, g_ptr_array_index (widgets, i), kiosk->window, page);
  g_assert_cmpuint (look->n_things, >, n_before);
  gtk_window_set_focus (window, before);
  test_settle (kiosk->window);
}

static void
what_has_the_focus_has_a_ring_on_every_page (gconstpointer screen)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Look look = { .problems = problems };

  walk_pages (screen, look_at_page, &look);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_test_message ("%u things", look.n_things);
  g_assert_cmpuint (look.n_things, >, LEAST);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* ---- for how long ---- */

static void
count_change (guint *n_changes)
{
  (*n_changes)++;
}

static gboolean
has_changed (gpointer n_changes)
{
  return *(guint *) n_changes > 0;
}

static gboolean
is_seen (GtkWidget *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  test_settle (window);
  return (gtk_widget_get_state_flags (focus) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0;
}

/* GTK would take it away after three seconds. */
static void
the_ring_stays_until_a_touch (void)
{
  Kiosk kiosk;
  guint n_changes = 0;

  kiosk_init (&kiosk);
  test_key (kiosk.window, "Tab");
  g_assert_true (is_seen (kiosk.window));
  g_signal_connect_swapped (kiosk.window, "notify::focus-visible", G_CALLBACK (count_change), &n_changes);
  test_wait (has_changed, &n_changes);
  g_assert_true (is_seen (kiosk.window));
  test_click (kiosk.window, 4, gtk_widget_get_height (kiosk.window) / 2);
  g_assert_false (is_seen (kiosk.window));
  kiosk_clear (&kiosk);
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
      g_autofree char *path = g_strdup_printf ("/focus/has-a-ring-on-every-page/%dx%d-%.0f-%s", screens[i].width,
                                               screens[i].height, screens[i].text_scale, screens[i].language);

      g_test_add_data_func (path, &screens[i], what_has_the_focus_has_a_ring_on_every_page);
    }
  g_test_add_func ("/focus/the-ring-stays-until-a-touch", the_ring_stays_until_a_touch);
  return g_test_run ();
}
