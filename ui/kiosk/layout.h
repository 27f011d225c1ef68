/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the kiosk's window is laid out: the one place that decides it. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean compact; /* a low screen: type and space step down */
  gboolean upright; /* a tall screen: the paper stands above the page, the way under the head */
  gboolean large;   /* large type: what can be spared steps back */
  gboolean tight;   /* type is large for this screen: paper that says nothing yet gives its room */
  gboolean brief;   /* … and there is room for one of the way's names alone */
  gboolean field;   /* the story is typed into a field that reflows, and the sheet is its picture */
} AccLayout;

/* For a window of @width by @height pixels; @text_scale: 1.0 is text at its usual size. */
AccLayout acc_layout_for (int width, int height, double text_scale);

G_END_DECLS
