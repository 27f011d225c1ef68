/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/look.h"

#include "kit/ask.h"
#include "kit-resources.h"
#include "kit/keyboard.h"
#include "kit/pdf-view.h"
#include "kit/plain-fonts.h"
#include "kit/scrolled-windows.h"
#include "kit/sheet.h"
#include "kit/signature-pad.h"
#include "kit/vertical-boxes.h"
#include "kit/wrapped-labels.h"

/* The colours lie under every sheet, the letterhead's above them. */
#define PRIORITY_SHEET GTK_STYLE_PROVIDER_PRIORITY_APPLICATION
#define PRIORITY_LETTERHEAD (GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1)

#define LOADED_KEY "accolade-look-loaded"
#define LETTERHEAD_KEY "accolade-look-letterhead"
#define BLINK_KEY "accolade-look-caret-blinks"

void
acc_look_add_sheet (GdkDisplay *display, const char *resource_path)
{
  g_autoptr (GtkCssProvider) provider = NULL;
  GHashTable *loaded;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  loaded = g_object_get_data (G_OBJECT (display), LOADED_KEY);
  if (loaded == NULL)
    {
      loaded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_data_full (G_OBJECT (display), LOADED_KEY, loaded, (GDestroyNotify) g_hash_table_unref);
    }
  if (!g_hash_table_add (loaded, g_strdup (resource_path)))
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, resource_path);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), PRIORITY_SHEET);
}

/* GTK fades a caret in and out, which asks for every frame of the display: each key would wait for the next one. */
static void
take_blinking (GtkSettings *settings)
{
  gboolean blinks = acc_look_caret_blinks (settings);

  g_object_set_data (G_OBJECT (settings), BLINK_KEY, GINT_TO_POINTER (blinks ? 1 : -1));
  g_object_set (settings, "gtk-cursor-blink", FALSE, NULL);
}

gboolean
acc_look_caret_blinks (GtkSettings *settings)
{
  int known;
  gboolean blinks = FALSE;

  g_return_val_if_fail (GTK_IS_SETTINGS (settings), FALSE);

  known = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (settings), BLINK_KEY));
  if (known == 0)
    g_object_get (settings, "gtk-cursor-blink", &blinks, NULL);
  return known > 0 || blinks;
}

void
acc_look_wrap_buttons (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child) && (GTK_IS_BUTTON (root) || GTK_IS_CHECK_BUTTON (root)))
      g_object_set (child, "wrap", TRUE, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, "justify",
                    GTK_IS_BUTTON (root) ? GTK_JUSTIFY_CENTER : GTK_JUSTIFY_LEFT, NULL);
    else
      acc_look_wrap_buttons (child);
}

void
acc_look_set_class (GtkWidget *widget, const char *class, gboolean on)
{
  g_return_if_fail (GTK_IS_WIDGET (widget) && class != NULL);

  if (on)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

void
acc_look_init (GdkDisplay *display)
{
  g_return_if_fail (GDK_IS_DISPLAY (display));

  acc_kit_register_resource ();
  acc_plain_fonts_use ();
  g_type_ensure (ACC_TYPE_ASK);
  g_type_ensure (ACC_TYPE_KEYBOARD);
  g_type_ensure (ACC_TYPE_PDF_VIEW);
  g_type_ensure (ACC_TYPE_SHEET);
  g_type_ensure (ACC_TYPE_SIGNATURE_PAD);
  acc_scrolled_windows_mend ();
  acc_wrapped_labels_mend ();
  acc_vertical_boxes_mend ();
  take_blinking (gtk_settings_get_for_display (display));
  acc_look_add_sheet (display, "/org/accolade/kit/colours.css");
  acc_look_add_sheet (display, "/org/accolade/kit/kit.css");
}

static char *
colour_to_css (const AccColour *colour)
{
  return g_strdup_printf ("#%02X%02X%02X", (guint) (colour->red * 255 + 0.5), (guint) (colour->green * 255 + 0.5),
                          (guint) (colour->blue * 255 + 0.5));
}

void
acc_look_apply_letterhead (GdkDisplay *display, AccLetterhead *letterhead)
{
  g_autofree char *gold = NULL;
  g_autofree char *accent = NULL;
  g_autofree char *css = NULL;
  GtkCssProvider *provider;

  g_return_if_fail (GDK_IS_DISPLAY (display));
  g_return_if_fail (ACC_IS_LETTERHEAD (letterhead));

  gold = colour_to_css (acc_letterhead_get_gold (letterhead));
  accent = colour_to_css (acc_letterhead_get_accent (letterhead));
  css
    = g_strdup_printf ("@define-color gold %s;\n@define-color accent %s;\n@define-color accent_dark shade(%s, 0.8);\n"
                       "@define-color sheet_accent %s;\n", gold, accent, accent, accent);
  provider = g_object_get_data (G_OBJECT (display), LETTERHEAD_KEY);
  if (provider == NULL)
    {
      provider = gtk_css_provider_new ();
      g_object_set_data_full (G_OBJECT (display), LETTERHEAD_KEY, provider, g_object_unref);
      gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider), PRIORITY_LETTERHEAD);
    }
  gtk_css_provider_load_from_data (provider, css, -1);
}

double
acc_look_get_text_scale (GtkSettings *settings)
{
  int dpi = -1;

  g_return_val_if_fail (GTK_IS_SETTINGS (settings), 1);

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * PANGO_SCALE) : 1;
}

/* The emblem keeps its own square and draws as vectors, so it is sharp at every scale. */
static void
draw_emblem (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer letterhead)
{
  int size = MIN (width, height);

  acc_letterhead_draw_emblem (ACC_LETTERHEAD (letterhead), cr, (width - size) / 2.0, (height - size) / 2.0, size);
}

GtkWidget *
acc_look_emblem_new (AccLetterhead *letterhead, int size)
{
  GtkWidget *emblem;

  g_return_val_if_fail (ACC_IS_LETTERHEAD (letterhead), NULL);

  emblem = g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", size, "content-height", size, "valign",
                         GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (emblem), draw_emblem, g_object_ref (letterhead), g_object_unref);
  return emblem;
}
