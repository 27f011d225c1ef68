/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which characters a text may hold, decided one at a time with a look at the neighbours. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a reader stands: what was kept last, and the last kept character that is no mark. */
typedef struct {
  gunichar last;
  gunichar base;
} AccTextContext;

#define ACC_TEXT_INVALID ((gunichar) -1) /* a byte that is no UTF-8 */

/* The character at @text, at most @left bytes away from the end, and its *@length (1 for an invalid byte). */
gunichar acc_text_next (const char *text, gsize left, gsize *length);

/* Whether @c may stay between @context and @next (0 at the end). Spaces and line feeds may. */
gboolean acc_text_may_stay (gunichar c, const AccTextContext *context, gunichar next);

/* Whether @c is never seen, wherever it stands: format, control, unassigned, fillers, selectors. */
gboolean acc_text_is_hidden (gunichar c);

gboolean acc_text_is_joiner (gunichar c);

void acc_text_context_keep (AccTextContext *context, gunichar c);

G_END_DECLS
