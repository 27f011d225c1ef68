/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question and the place for its answer: question, hint, control, and beneath it what must be mended and what was
 * left out. The control (the child in a template) decides the kind: an entry is a line; a text view is a
 * story, lent to the sheet or in a field of its own; anything else is a choice. Emits "changed" when a text has changed, and
 * "something-else" (number) when the client says that a number is not what it looks like. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_ANSWER (acc_answer_get_type ())
G_DECLARE_FINAL_TYPE (AccAnswer, acc_answer, ACC, ANSWER, GtkWidget)

/* The texts above the control; @hint may be NULL. The question names the control for assistive technology. An answer
 * whose template gives its question keeps that one. */
void acc_answer_set_question (AccAnswer *self, const char *question, const char *hint);

/* The answer's text; "" for a choice. Setting the text that is there already does nothing. */
char *acc_answer_dup_text (AccAnswer *self) G_GNUC_WARN_UNUSED_RESULT;
void acc_answer_set_text (AccAnswer *self, const char *text);

/* What must be mended, or NULL: shown beneath, and told to assistive technology. */
void acc_answer_set_missing (AccAnswer *self, const char *message);
const char *acc_answer_get_message (AccAnswer *self); /* what is shown now, "" if nothing */

/* Whether the text holds a number that must not be in a letter; that is marked, and said, while typing. */
gboolean acc_answer_has_number (AccAnswer *self);

/* The numbers that are something else: NULL-terminated, or NULL. */
void acc_answer_set_innocent (AccAnswer *self, const char *const *numbers);

GtkWidget *acc_answer_get_control (AccAnswer *self);

/* The story's view, for the sheet; NULL for other kinds. */
GtkTextView *acc_answer_get_text_view (AccAnswer *self);

/* Whether a story is typed here, into a field that reflows: while it is not, the view is free for the sheet, which must
 * have given it back before. Text and caret stay. Does nothing for other kinds. */
void acc_answer_show_field (AccAnswer *self, gboolean shown);

void acc_answer_focus (AccAnswer *self);

G_END_DECLS
