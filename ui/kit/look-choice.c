/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/look-choice.h"

#include "kit/look.h"

#define PRIORITY (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2) /* above the letterhead's */
#define CHOICE_KEY "accolade-look-choice"

#define LEAST_TYPE (13 * 96 / 72.0) /* pixels that 13 pt are at the usual size: the least of large type, kiosk.css */
#define CAPITAL 0.714    /* of the type's size: Noto Sans */
#define CAPITAL_MM 4.8
#define MOST_SCALE 2.0   /* on a platform that gives large text already */

static const char *const colour_rows[] = {
  NULL, /* light: what lies below */
  "/org/accolade/kit/colours-dark.css",
  "/org/accolade/kit/colours-high-contrast.css",
};
G_STATIC_ASSERT (G_N_ELEMENTS (colour_rows) == ACC_COLOURS_N);

static const struct {
  double factor;
  gboolean large; /* its capitals have a height in the world */
} size_rows[] = {
  { 1.0, FALSE },
  { 1.25, FALSE },
  { 1.6, TRUE },
  { 2.0, TRUE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (size_rows) == ACC_TEXT_N);

typedef struct {
  AccColours colours;
  GtkCssProvider *provider; /* the display's; NULL until something is chosen */
  AccTextSize size;
  double platform; /* text scale before the choice */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_object (&choice->provider);
  g_free (choice);
}

static Choice *
choice_of (GdkDisplay *display)
{
  Choice *choice = g_object_get_data (G_OBJECT (display), CHOICE_KEY);

  if (choice == NULL)
    {
      choice = g_new0 (Choice, 1);
      g_object_set_data_full (G_OBJECT (display), CHOICE_KEY, choice, choice_free);
    }
  return choice;
}

void
acc_look_choose_colours (GdkDisplay *display, AccColours colours)
{
  Choice *choice;

  g_return_if_fail (GDK_IS_DISPLAY (display));
  g_return_if_fail (colours < ACC_COLOURS_N);

  choice = choice_of (display);
  if (choice->colours == colours)
    return;
  choice->colours = colours;
  if (choice->provider == NULL)
    {
      choice->provider = gtk_css_provider_new ();
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (choice->provider), PRIORITY);
    }
  if (colour_rows[colours] != NULL)
    gtk_css_provider_load_from_resource (choice->provider, colour_rows[colours]);
  else
    gtk_css_provider_load_from_data (choice->provider, "", 0);
}

AccColours
acc_look_get_chosen_colours (GdkDisplay *display)
{
  g_return_val_if_fail (GDK_IS_DISPLAY (display), ACC_COLOURS_LIGHT);

  return choice_of (display)->colours;
}

double
acc_look_text_scale_for (AccTextSize size, double platform, double pixels_per_mm)
{
  double scale;

  g_return_val_if_fail (size < ACC_TEXT_N, platform);

  scale = MIN (platform * size_rows[size].factor, MAX (platform, MOST_SCALE));
  return size_rows[size].large ? MAX (scale, CAPITAL_MM * pixels_per_mm / (LEAST_TYPE * CAPITAL)) : scale;
}

static void
set_text_scale (GtkSettings *settings, double scale)
{
  g_object_set (settings, "gtk-xft-dpi", (int) (scale * 96 * PANGO_SCALE + 0.5), NULL);
}

void
acc_look_choose_text_size (GdkDisplay *display, AccTextSize size, double pixels_per_mm)
{
  GtkSettings *settings;
  Choice *choice;

  g_return_if_fail (GDK_IS_DISPLAY (display));
  g_return_if_fail (size < ACC_TEXT_N);

  choice = choice_of (display);
  if (choice->size == size)
    return;
  settings = gtk_settings_get_for_display (display);
  if (choice->size == ACC_TEXT_USUAL)
    choice->platform = acc_look_get_text_scale (settings);
  choice->size = size;
  set_text_scale (settings, acc_look_text_scale_for (size, choice->platform, pixels_per_mm));
}

AccTextSize
acc_look_get_chosen_text_size (GdkDisplay *display)
{
  g_return_val_if_fail (GDK_IS_DISPLAY (display), ACC_TEXT_USUAL);

  return choice_of (display)->size;
}

void
acc_look_forget_choice (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  acc_look_choose_colours (display, ACC_COLOURS_LIGHT);
  acc_look_choose_text_size (display, ACC_TEXT_USUAL, 1);
}
