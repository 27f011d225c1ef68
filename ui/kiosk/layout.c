/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/layout.h"

#define COMPACT_HEIGHT 900 /* pixels */
#define NARROW_WIDTH 1200  /* pixels: page and paper side by side, and a head with the way's names, want more */
#define TIGHT_TEXT 1.1     /* above this, a screen that is no tall one has no room to spare */
#define LARGE_TEXT 1.3     /* above this, the sheet's own type, which has the paper's size, is the smaller one */

AccLayout
acc_layout_for (int width, int height, double text_scale)
{
  AccLayout layout = {
    .compact = height < COMPACT_HEIGHT,
    .upright = height > width,
    .large = text_scale > LARGE_TEXT,
  };

  layout.tight = layout.large || (!layout.upright && (text_scale > TIGHT_TEXT || width < NARROW_WIDTH));
  layout.brief = layout.large || (layout.tight && (layout.compact || width < NARROW_WIDTH));
  layout.field = layout.upright || layout.large;
  return layout;
}
