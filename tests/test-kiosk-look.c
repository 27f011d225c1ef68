/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client chooses of the look: it is seen at once, reaches every page, and goes with the client. On a screen of
 * 1920x1920. */
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kit/ask.h"
#include "kit/look-choice.h"
#include "kit/look.h"
#include "kit/real-size.h"
#include "support.h"
#include "window-support.h"

#define CAPITAL_MM 4.8
#define LEAST_TYPE (13 * 96 / 72.0) /* pixels at the usual size; test-capitals.c measures what there is */

static double
text_scale (void)
{
  return acc_look_get_text_scale (gtk_settings_get_default ());
}

static void
choose (Kiosk *kiosk, const char *id)
{
  g_assert_true (gtk_widget_activate_action (kiosk->window, "kiosk.choose-look", NULL));
  test_settle (kiosk->window);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_find (kiosk->window, id)), TRUE);
  test_settle (kiosk->window);
}

static void
close_choice (Kiosk *kiosk)
{
  g_signal_emit_by_name (test_find_button (kiosk->window, "Done"), "clicked");
  test_settle (kiosk->window);
}

/* The colour that a pixel of @widget has. */
static GdkRGBA
pixel_of (GtkWidget *widget, int x, int y)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = g_new0 (guint32, (gsize) width * height);
  graphene_point_t at;
  guint32 pixel;

  test_settle (window);
  g_assert_true (gtk_widget_compute_point (widget, window, &GRAPHENE_POINT_INIT ((float) x, (float) y), &at));
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  pixel = pixels[(gsize) at.y * width + (gsize) at.x];
  return (GdkRGBA){ ((pixel >> 16) & 255) / 255.0, ((pixel >> 8) & 255) / 255.0, (pixel & 255) / 255.0, 1 };
}

static void
assert_pixel (GtkWidget *widget, int x, int y, const char *colour)
{
  GdkRGBA wanted, found = pixel_of (widget, x, y);
  g_autofree char *wanted_text = NULL, *found_text = gdk_rgba_to_string (&found);

  g_assert_true (gdk_rgba_parse (&wanted, colour));
  wanted_text = gdk_rgba_to_string (&wanted);
  g_assert_cmpstr (found_text, ==, wanted_text);
}

static void
each_look_is_seen_at_once_and_the_paper_stays_white (void)
{
  static const struct {
    const char *id, *table;
  } rows[] = {
    { "dark", "#14181F" },
    { "high_contrast", "#FFFFFF" },
    { "light", "#F1EEE8" },
  };
  Kiosk kiosk;

  kiosk_init (&kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *sheet;

      choose (&kiosk, rows[i].id);
      close_choice (&kiosk);
      sheet = test_find (kiosk.window, "sheet");
      assert_pixel (kiosk.window, 4, 4, rows[i].table);
      assert_pixel (sheet, gtk_widget_get_width (sheet) / 2, gtk_widget_get_height (sheet) - 60, "#FFFFFF");
    }
  kiosk_clear (&kiosk);
}

static void
each_size_of_text_is_seen_at_once (void)
{
  static const struct {
    const char *id;
    double scale;
  } rows[] = {
    { "larger", 1.25 },
    { "large", 1.6 },
    { "largest", 2 },
    { "usual", 1 },
  };
  Kiosk kiosk;

  kiosk_init (&kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      choose (&kiosk, rows[i].id);
      g_assert_cmpfloat_with_epsilon (text_scale (), rows[i].scale, 0.001);
      g_assert_cmpint (gtk_widget_has_css_class (kiosk.window, "large"), ==, rows[i].scale > 1.3);
      close_choice (&kiosk);
    }
  kiosk_clear (&kiosk);
}

static void
the_choice_stays_through_a_letter_and_goes_with_its_client (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  choose (&kiosk, "large");
  choose (&kiosk, "dark");
  close_choice (&kiosk);
  write_letter (&kiosk);
  act (&kiosk, "letter.send");
  test_wait (is_sent, kiosk.window);
  g_assert_cmpfloat_with_epsilon (text_scale (), 1.6, 0.001);
  assert_pixel (kiosk.window, 4, 4, "#14181F");

  act (&kiosk, "letter.finish");
  test_settle (kiosk.window);
  g_assert_cmpint (step_of (&kiosk), ==, ACC_STEP_WELCOME);
  g_assert_cmpfloat_with_epsilon (text_scale (), 1, 0.001);
  assert_pixel (kiosk.window, 4, 4, "#F1EEE8");
  kiosk_clear (&kiosk);
}

static void
the_choice_is_on_every_page_with_a_head (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  for (write_letter (&kiosk); step_of (&kiosk) != ACC_STEP_WELCOME; act (&kiosk, "letter.back"))
    g_assert_true (gtk_widget_is_sensitive (test_find_button (kiosk.window, "Display")));
  g_assert_true (gtk_widget_get_mapped (test_find_button (kiosk.window, "Display")));
  kiosk_clear (&kiosk);
}

static void
what_is_chosen_is_what_the_question_shows_again (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  choose (&kiosk, "larger");
  choose (&kiosk, "high_contrast");
  close_choice (&kiosk);
  g_assert_true (gtk_widget_activate_action (kiosk.window, "kiosk.choose-look", NULL));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (test_find (kiosk.window, "larger"))));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (test_find (kiosk.window, "high_contrast"))));
  acc_look_forget_choice (gtk_widget_get_display (kiosk.window));
  kiosk_clear (&kiosk);
}

/* A capital of the face, drawn at @size pixels: its height in pixels. */
static double
measure_capital (double size)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, "I");
  g_autoptr (PangoFontDescription) face = pango_font_description_from_string ("Noto Sans");
  PangoRectangle ink;

  pango_font_description_set_absolute_size (face, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, face);
  pango_layout_get_extents (layout, &ink, NULL);
  return (double) ink.height / PANGO_SCALE;
}

static void
capitals_have_their_height_on_any_monitor (void)
{
  static const struct {
    int width, height, width_mm, height_mm;
    gboolean untrusted;
  } monitors[] = {
    { 1366, 768, 344, 194, FALSE },  /* 15.6 inches */
    { 1920, 1080, 476, 268, FALSE }, /* 21.5 */
    { 1080, 1920, 344, 194, FALSE }, /* turned, and its driver does not know */
    { 1920, 1080, 293, 165, FALSE }, /* 13.3 */
    { 1920, 1200, 217, 136, FALSE }, /* 10.1 */
    { 1920, 1080, 160, 90, TRUE },   /* a projector's made-up size */
    { 1920, 1080, 0, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (monitors); i++)
    for (AccTextSize size = ACC_TEXT_LARGE; size <= ACC_TEXT_LARGEST; size++)
      {
        double pixels_per_mm = acc_real_size_for (monitors[i].width, monitors[i].height, monitors[i].width_mm,
                                                  monitors[i].height_mm);
        double scale = acc_look_text_scale_for (size, 1, pixels_per_mm);

        g_test_message ("%dx%d on %dx%d mm: %.2f", monitors[i].width, monitors[i].height, monitors[i].width_mm,
                        monitors[i].height_mm, scale);
        g_assert_cmpfloat (measure_capital (LEAST_TYPE * scale) / pixels_per_mm, >=, CAPITAL_MM - 0.01);
        if (monitors[i].untrusted)
          g_assert_cmpfloat (scale, ==, size == ACC_TEXT_LARGE ? 1.6 : 2.0);
      }
}

static void
a_platform_with_large_text_is_only_added_to (void)
{
  for (AccTextSize size = 0; size < ACC_TEXT_N; size++)
    for (double platform = 0.8; platform < 3; platform += 0.1)
      {
        double scale = acc_look_text_scale_for (size, platform, 4);

        g_assert_cmpfloat (scale, >=, platform);
        g_assert_cmpfloat (scale, <=, MAX (platform, 2));
        if (size > 0)
          g_assert_cmpfloat (scale, >=, acc_look_text_scale_for (size - 1, platform, 4));
      }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);

  g_test_add_func ("/look/each-look-is-seen-at-once-and-the-paper-stays-white",
                   each_look_is_seen_at_once_and_the_paper_stays_white);
  g_test_add_func ("/look/each-size-of-text-is-seen-at-once", each_size_of_text_is_seen_at_once);
  g_test_add_func ("/look/the-choice-stays-through-a-letter-and-goes-with-its-client",
                   the_choice_stays_through_a_letter_and_goes_with_its_client);
  g_test_add_func ("/look/the-choice-is-on-every-page-with-a-head", the_choice_is_on_every_page_with_a_head);
  g_test_add_func ("/look/what-is-chosen-is-what-the-question-shows-again",
                   what_is_chosen_is_what_the_question_shows_again);
  g_test_add_func ("/look/capitals-have-their-height-on-any-monitor", capitals_have_their_height_on_any_monitor);
  g_test_add_func ("/look/a-platform-with-large-text-is-only-added-to", a_platform_with_large_text_is_only_added_to);
  return g_test_run ();
}
