/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What poppler does with a script when it reads a page back. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text has letters that poppler does not read back in the order in which they were typed. */
gboolean acc_text_is_complex (const char *text);

/* Whether @text has letters of a script that runs from right to left. */
gboolean acc_text_has_right_to_left (const char *text);

G_END_DECLS
