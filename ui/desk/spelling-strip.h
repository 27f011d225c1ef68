/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Below a text that is being written: the word there that no dictionary knows, the one at the cursor or else the first, and
 * what may have been meant. The words themselves are underlined in the text. It hinders nothing, and keeps its place where
 * there is nothing to say. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_SPELLING_STRIP (acc_spelling_strip_get_type ())
G_DECLARE_FINAL_TYPE (AccSpellingStrip, acc_spelling_strip, ACC, SPELLING_STRIP, GtkWidget)

/* Watches the text of @view, written in @language, from now on; once. The dictionary is read with the first words. Where
 * none of that language is installed, the strip is not to be seen. */
void acc_spelling_strip_watch (AccSpellingStrip *self, GtkTextView *view, const char *language);

/* The words of @text, such as people's names, are right. And no longer. */
void acc_spelling_strip_accept (AccSpellingStrip *self, const char *text);
void acc_spelling_strip_forget (AccSpellingStrip *self);

G_END_DECLS
