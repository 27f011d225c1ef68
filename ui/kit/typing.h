/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text is clean while it is typed: what may not stay is dropped before it is inserted, and what does not fit is
 * cut, so that a huge paste never reaches the layout. Undo is off: it would outlive the client. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "base/text.h"

G_BEGIN_DECLS

/* Called when something was dropped or cut. */
typedef void (*AccTypingNote) (AccTextChange change, gpointer owner);

/* One line of at most ACC_NAME_MAX characters, until @owner, a GObject, is disposed of. */
void acc_typing_watch_editable (GtkEditable *editable, AccTypingNote note, gpointer owner);

/* The buffer's tag for what must be looked at again; a sheet that holds or follows the view marks it too. */
#define ACC_TYPING_MARK "mark"

/* A story in the buffer that @view has now: at most @max_chars characters and ACC_STORY_LINES lines. What is pasted comes
 * as plain text and is cut first: GTK 4.8 would put all of it into a buffer of its own and walk that. */
void acc_typing_watch_view (GtkTextView *view, guint max_chars, AccTypingNote note, gpointer owner);

G_END_DECLS
