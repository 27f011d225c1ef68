/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of the way, in order. Each is an AccStepPage with a template beside it. Main thread. */
#pragma once

#include "kiosk/station.h"
#include "kiosk/step.h"
#include "letter/handover.h"

G_BEGIN_DECLS

#define ACC_TYPE_WELCOME_PAGE (acc_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (AccWelcomePage, acc_welcome_page, ACC, WELCOME_PAGE, AccStepPage)

/* What the client may choose among (of AccLanguage), once: a button each, whose verb is the window's kiosk.speak. */
void acc_welcome_page_set_languages (AccWelcomePage *self, GPtrArray *languages);

/* What a banker has prepared for whoever begins: with it, which is the window's kiosk.begin-prepared, or without. NULL:
 * nothing. */
void acc_welcome_page_offer (AccWelcomePage *self, const AccHandover *handover);

#define ACC_TYPE_WHO_PAGE (acc_who_page_get_type ())
G_DECLARE_FINAL_TYPE (AccWhoPage, acc_who_page, ACC, WHO_PAGE, AccStepPage)

/* The departments that the branch's directory knows; any other may be typed. */
void acc_who_page_set_departments (AccWhoPage *self, const char *const *names);

#define ACC_TYPE_STORY_PAGE (acc_story_page_get_type ())
G_DECLARE_FINAL_TYPE (AccStoryPage, acc_story_page, ACC, STORY_PAGE, AccStepPage)

#define ACC_TYPE_BANKER_PAGE (acc_banker_page_get_type ())
G_DECLARE_FINAL_TYPE (AccBankerPage, acc_banker_page, ACC, BANKER_PAGE, AccStepPage)

#define ACC_TYPE_SIGN_PAGE (acc_sign_page_get_type ())
G_DECLARE_FINAL_TYPE (AccSignPage, acc_sign_page, ACC, SIGN_PAGE, AccStepPage)

#define ACC_TYPE_READ_PAGE (acc_read_page_get_type ())
G_DECLARE_FINAL_TYPE (AccReadPage, acc_read_page, ACC, READ_PAGE, AccStepPage)

/* What is happening (NULL: nothing), and what keeps the letter from being sent (NULL: nothing); sentences. */
void acc_read_page_set_state (AccReadPage *self, const char *doing, const char *failure);

/* Asks in which language the letter is, where its words do not fit the one that it says. Once it has its form. */
void acc_read_page_ask_language (AccReadPage *self);
gboolean acc_read_page_asks_language (AccReadPage *self);

#define ACC_TYPE_SENT_PAGE (acc_sent_page_get_type ())
G_DECLARE_FINAL_TYPE (AccSentPage, acc_sent_page, ACC, SENT_PAGE, AccStepPage)

/* The letter's @number and the code of its slip, which is printed by @station where a printer is set up. */
void acc_sent_page_set_slip (AccSentPage *self, AccStation *station, const char *number, const char *code);

G_END_DECLS
