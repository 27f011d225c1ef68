/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One client's letter, from the welcome to the farewell: head with the way, the step's page beside the paper, Back and
 * Next at the foot. A new client, or another language, is a new page: no text, undo or selection of the last one can be
 * left in its widgets.
 *
 * Actions: letter.next, letter.back, letter.go-on, letter.send, letter.start-again, letter.finish and three for reading.
 * Emits "changed" with whatever it shows, "start-again" when the client wishes to, "sent" (number) after the commit, and "finished" at the farewell's end;
 * what follows is the window's. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/layout.h"
#include "kiosk/station.h"
#include "letter/form.h"
#include "letter/handover.h"

G_BEGIN_DECLS

#define ACC_TYPE_LETTER_PAGE (acc_letter_page_get_type ())
G_DECLARE_FINAL_TYPE (AccLetterPage, acc_letter_page, ACC, LETTER_PAGE, GtkWidget)

/* With an empty form, at the welcome. @station is open. */
GtkWidget *acc_letter_page_new (AccStation *station) G_GNUC_WARN_UNUSED_RESULT;

/* The letter of @page in the language that is spoken now; so is what the client writes, unless they said otherwise. */
GtkWidget *acc_letter_page_new_translated (AccLetterPage *page) G_GNUC_WARN_UNUSED_RESULT;

/* The words after sending: nothing of the letter but its @number, and the code of its slip. */
GtkWidget *acc_letter_page_new_farewell (AccStation *station, const char *number,
                                         const char *slip_code) G_GNUC_WARN_UNUSED_RESULT;

/* Goes on with the answers of a page that is gone, where something was written last; in its window. */
void acc_letter_page_take_up (AccLetterPage *self, AccForm *form);

/* At the welcome, what a banker has prepared; NULL: nothing. And beginning the letter with it. */
void acc_letter_page_offer (AccLetterPage *self, const AccHandover *handover);
void acc_letter_page_begin_prepared (AccLetterPage *self, const AccHandover *handover);

void acc_letter_page_set_layout (AccLetterPage *self, const AccLayout *layout);

/* Puts the focus where the present step begins; once the page is in its window. */
void acc_letter_page_enter (AccLetterPage *self);

/* What is shown. Lent; the ready letter is NULL before it can be read. */
AccStep acc_letter_page_get_step (AccLetterPage *self);
AccForm *acc_letter_page_get_form (AccLetterPage *self);
AccReadyLetter *acc_letter_page_get_ready (AccLetterPage *self);
gboolean acc_letter_page_is_sending (AccLetterPage *self);

G_END_DECLS
