/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/fonts-private.h"

#include "base/error.h"
#include "base/places.h"
#include "paper/font-faces-private.h"

#include <fontconfig/fontconfig.h>
#include <glib/gi18n-lib.h>
#include <pango/pangofc-fontmap.h>

#define UNITS_AN_INCH 72.0
#define ORIGINALS "/usr/share/fonts/truetype/" /* of resources/fonts */

static GRecMutex lock;
static FcConfig *config;
static PangoFontMap *font_map;

void
acc_fonts_lock (void)
{
  g_rec_mutex_lock (&lock);
}

void
acc_fonts_unlock (void)
{
  g_rec_mutex_unlock (&lock);
}

/* A face of which the build has made a lighter copy is read from that. Which faces there are stays as the packages have it:
 * one that is missing is missing. */
static gboolean
add_light_faces (FcConfig *loaded)
{
  static const char rule[] = "<match target=\"font\">"
                             "<test name=\"file\" compare=\"contains\"><string>" ORIGINALS "</string></test>"
                             "<test name=\"file\" compare=\"contains\"><string>/%s</string></test>"
                             "<test name=\"index\"><int>0</int></test>"
                             "<edit name=\"file\" mode=\"assign\"><string>%s/%s</string></edit></match>";
  g_autofree char *folder = acc_places_built ("fonts");
  g_autoptr (GDir) faces = g_dir_open (folder, 0, NULL);
  g_autoptr (GString) rules = g_string_new ("<fontconfig>");
  const char *name;

  while (faces != NULL && (name = g_dir_read_name (faces)) != NULL)
    if (g_str_has_suffix (name, ".ttf") || g_str_has_suffix (name, ".ttc"))
      {
        g_autofree char *escaped = g_markup_printf_escaped (rule, name, folder, name);

        g_string_append (rules, escaped);
      }
  g_string_append (rules, "</fontconfig>");
  return FcConfigParseAndLoadFromMemory (loaded, (const FcChar8 *) rules->str, FcTrue);
}

static gboolean
load_config (GError **error)
{
  g_autofree char *path = acc_places_data ("fonts.conf");
  FcConfig *loaded = FcConfigCreate ();

  if (loaded != NULL && FcConfigParseAndLoad (loaded, (const FcChar8 *) path, FcFalse) &&
      add_light_faces (loaded) && FcConfigSetRescanInterval (loaded, 0) && FcConfigBuildFonts (loaded))
    {
      config = loaded;
      return TRUE;
    }
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("The list of fonts, %s, cannot be read."), path);
  if (loaded != NULL)
    FcConfigDestroy (loaded);
  return FALSE;
}

static gboolean
ensure_font_map (GError **error)
{
  if (font_map != NULL)
    return TRUE;
  if (config == NULL && !load_config (error))
    return FALSE;

  font_map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (font_map), UNITS_AN_INCH);
  pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (font_map), config);
  acc_font_faces_serve (PANGO_FC_FONT_MAP (font_map));
  return TRUE;
}

PangoContext *
acc_fonts_new_context (const char *language, GError **error)
{
  g_return_val_if_fail (language != NULL, NULL);

  if (!ensure_font_map (error))
    return NULL;

  PangoContext *context = pango_font_map_create_context (font_map);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string (language));
  return context;
}

gboolean
acc_fonts_check_family (const char *family, GError **error)
{
  g_return_val_if_fail (family != NULL, FALSE);
  g_return_val_if_fail (config != NULL, FALSE);

  FcPattern *pattern = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, NULL);
  FcObjectSet *objects = FcObjectSetBuild (FC_FAMILY, NULL);
  FcFontSet *found = FcFontList (config, pattern, objects);
  gboolean installed = found != NULL && found->nfont > 0;

  if (found != NULL)
    FcFontSetDestroy (found);
  FcObjectSetDestroy (objects);
  FcPatternDestroy (pattern);
  if (!installed)
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("The font “%s” is not installed."), family);
  return installed;
}

void
acc_fonts_forget (void)
{
  g_clear_object (&font_map);
  g_clear_pointer (&config, FcConfigDestroy);
}
