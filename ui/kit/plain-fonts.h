/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The faces of the windows' text: all that are installed but those in colours. The letter is set in ink, so an emoji is
 * shown in ink as well; and laying out 4,000 people side by side in Noto's colours takes half a second, in ink a
 * fiftieth of it. Private to the kit; main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before the first text is laid out. Repeatable. */
void acc_plain_fonts_use (void);

G_END_DECLS
