/* SPDX-License-Identifier: GPL-3.0-or-later */
/* At the two large sizes of the text, whatever is read on any page has capitals of at least 4.8 mm (36 CFR 1194, appendix
 * C, 402.4) on any monitor: measured in the fonts that the real labels and entries have. On a screen of 1920x1920. */
#include "base/language.h"
#include "kiosk/kiosk-app.h"
#include "kit/key.h"
#include "kit/look-choice.h"
#include "kit/real-size.h"
#include "kit/sheet.h"
#include "pages-support.h"
#include "support.h"
#include "window-support.h"

#define CAPITAL_MM 4.8
#define ROUNDED 0.02 /* mm: ink is counted in parts of a pixel */
#define LEAST_MEASURED 150 /* on all pages: it does walk them */

/* What kiosks stand on, and how large that is in the world. */
static const struct {
  int width, height, width_mm, height_mm;
} monitors[] = {
  { 1366, 768, 344, 194 },  /* 15.6 inches */
  { 1366, 768, 256, 144 },  /* 11.6 */
  { 1920, 1080, 476, 268 }, /* 21.5 */
  { 1920, 1080, 293, 165 }, /* 13.3 */
  { 1080, 1920, 194, 344 }, /* 15.6, upright */
};

typedef struct {
  double pixels_per_mm;
  const char *monitor;
  GHashTable *problems; /* set */
  guint measured;
} Look;

/* In pixels, in the widget's own font, text scale and all. */
static double
measure_capital (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "I");
  PangoRectangle ink;

  pango_layout_get_extents (layout, &ink, NULL);
  return (double) ink.height / PANGO_SCALE;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget) ? G_OBJECT_TYPE_NAME (widget) : "";
}

/* A key's label is drawn smaller where its key is too narrow (kit/key.h); the unseen view of the sheet is not read. */
static gboolean
is_drawn_otherwise (GtkWidget *widget)
{
  return ACC_IS_KEY (gtk_widget_get_parent (widget))
         || (GTK_IS_TEXT_VIEW (widget) && gtk_widget_get_ancestor (widget, ACC_TYPE_SHEET) != NULL);
}

static void
look_below (Look *look, GtkWidget *widget, const char *page)
{
  const char *text = get_text (widget);
  double height;

  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) == 0)
    return;
  if (*text != '\0' && !is_drawn_otherwise (widget))
    {
      height = measure_capital (widget) / look->pixels_per_mm;
      look->measured++;
      if (height < CAPITAL_MM - ROUNDED)
        g_hash_table_add (look->problems, g_strdup_printf ("%s, %s: %.2f mm for “%s”", look->monitor, page, height, text));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_below (look, child, page);
}

static void
look_at_page (Kiosk *kiosk, const char *page, gpointer data)
{
  look_below (data, kiosk->window, page);
}

static void
capitals_have_their_height_on_every_page (void)
{
  g_autoptr (GHashTable) problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer problem;

  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    {
      double pixels_per_mm = acc_real_size_for (monitors[i].width, monitors[i].height, monitors[i].width_mm,
                                                monitors[i].height_mm);
      g_autofree char *name = g_strdup_printf ("%dx%d on %d mm", monitors[i].width, monitors[i].height,
                                               monitors[i].width_mm);
      Look look = { .pixels_per_mm = pixels_per_mm, .monitor = name, .problems = problems };
      PageScreen screen = { monitors[i].width, monitors[i].height,
                            acc_look_text_scale_for (ACC_TEXT_LARGE, 1, pixels_per_mm), "en", "off" };

      walk_pages (&screen, look_at_page, &look);
      g_assert_cmpuint (look.measured, >, LEAST_MEASURED);
    }
  g_hash_table_iter_init (&iter, problems);
  while (g_hash_table_iter_next (&iter, &problem, NULL))
    g_test_message ("%s", (char *) problem);
  g_assert_cmpuint (g_hash_table_size (problems), ==, 0);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init ();
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/capitals/have-their-height-on-every-page", capitals_have_their_height_on_every_page);
  return g_test_run ();
}
