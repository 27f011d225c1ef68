/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The open letter: whom it is for and where it comes from, what the client said about it, and its PDF as it was sent.
 * Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-session.h"
#include "letter/passages.h"

G_BEGIN_DECLS

#define ACC_TYPE_LETTER_PANE (acc_letter_pane_get_type ())
G_DECLARE_FINAL_TYPE (AccLetterPane, acc_letter_pane, ACC, LETTER_PANE, GtkWidget)

/* The paper's thread, once. */
void acc_letter_pane_set_session (AccLetterPane *self, AccDeskSession *session);

/* NULL: none is open. The same letter after a step keeps its place and zoom. */
void acc_letter_pane_set_letter (AccLetterPane *self, AccDeskLetter *letter);

/* Points @passages (of AccPassage; NULL: none) of the open letter's own words out on its pages; no PDF ever has the marks. */
void acc_letter_pane_point_out (AccLetterPane *self, GArray *passages);

/* Brings one of them into view, in the original where what is shown does not have it. */
void acc_letter_pane_show_passage (AccLetterPane *self, const AccPassage *passage);

/* The original in the place of large print, or the other way round. */
void acc_letter_pane_toggle_large_print (AccLetterPane *self);

/* What is selected on the pages; NULL: nothing is. */
char *acc_letter_pane_dup_selection (AccLetterPane *self) G_GNUC_WARN_UNUSED_RESULT;

/* Asks for the words to find in it. */
void acc_letter_pane_find (AccLetterPane *self);

/* The focus goes to the pages, for scrolling by keys. */
void acc_letter_pane_take_focus (AccLetterPane *self);

G_END_DECLS
