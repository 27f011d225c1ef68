/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/plain-fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

static const char no_colours[] = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">"
                                 "<fontconfig><selectfont><rejectfont>"
                                 "<pattern><patelt name=\"color\"><bool>true</bool></patelt></pattern>"
                                 "</rejectfont></selectfont></fontconfig>";

void
acc_plain_fonts_use (void)
{
  static gboolean is_done;
  FcConfig *config;

  if (is_done)
    return;
  is_done = TRUE;
  config = FcInitLoadConfig ();
  if (config != NULL && FcConfigParseAndLoadFromMemory (config, (const FcChar8 *) no_colours, FcTrue)
      && FcConfigBuildFonts (config))
    pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (pango_cairo_font_map_get_default ()), config);
  else
    g_warning ("The windows' fonts cannot be chosen: all that are installed are taken.");
  if (config != NULL)
    FcConfigDestroy (config);
}
