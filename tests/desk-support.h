/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk's tests need: a branch with two bankers and the demonstration's directory, letters from its kiosk, the
 * real window, and ways to wait for, find and press what it shows. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-window.h"

#define DESK_PASSPHRASE "a calm table and good paper"
#define DESK_ANA "Ana Held"        /* a manager */
#define DESK_DANIEL "Daniel Reyes" /* a banker */
#define DESK_CLIENT "Maria López"  /* who writes all the letters */

typedef struct {
  char *folder, *store;
  AccDeskSession *session;
  AccDeskWindow *window;
} Desk;

void desk_init (Desk *desk);
void desk_clear (Desk *desk);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

void desk_set_up_branch (const char *store);

/* Submits a letter as a kiosk does; gives its number. @banker: also thanked, or NULL. */
char *desk_submit (Desk *desk, const char *name, const char *department, const char *banker) G_GNUC_WARN_UNUSED_RESULT;

/* The same to Jessica Okafor, with another story. */
char *desk_submit_story (Desk *desk, const char *story) G_GNUC_WARN_UNUSED_RESULT;

/* The same story about Tomasz Wójcik, as one of @language. */
char *desk_submit_in (Desk *desk, const char *language) G_GNUC_WARN_UNUSED_RESULT;

char *desk_submit_letter (Desk *desk, AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;

/* Submits @n letters printed under another branch's name, each to be read in its box when it comes in; the last one's
 * record says something else. Gives the number of that one. */
char *desk_submit_many (Desk *desk, guint n) G_GNUC_WARN_UNUSED_RESULT;

/* Daniel decides about the letter at another desk; @reason as for acc_decide. */
void desk_decide_elsewhere (Desk *desk, const char *number, AccMove move, const char *reason);

/* Runs the main loop until @condition holds; fails after a minute. */
typedef gboolean (*DeskCondition) (Desk *desk, gconstpointer data);
void desk_wait_for (Desk *desk, const char *what, DeskCondition condition, gconstpointer data);

/* What a label, a button or a field is called is looked for in the language that the window speaks, where it is given as
 * the sources have it. */

/* Conditions: a label on the screen holds the text; a button of that name can be pressed. */
gboolean desk_shows (Desk *desk, gconstpointer text);
gboolean desk_offers (Desk *desk, gconstpointer label);

/* What is on the screen, by its accessible name; NULL if it is not. */
GtkWidget *desk_find (Desk *desk, GType type, const char *name);
GtkWidget *desk_find_button (Desk *desk, const char *label);

void desk_see (Desk *desk, const char *text);    /* waits for it */
void desk_click (Desk *desk, const char *label); /* waits for it, then presses it */

void desk_open_window (Desk *desk);
void desk_choose_banker (Desk *desk, const char *banker);
void desk_type_passphrase (Desk *desk, const char *text);
void desk_sign_in (Desk *desk, const char *banker);

/* Keeps the session's paper thread from whatever comes after, until something is pushed into @gate. */
void desk_hold_paper (Desk *desk, GAsyncQueue *gate);

guint desk_count_rows (Desk *desk);
char *desk_dup_first_addressee (Desk *desk) G_GNUC_WARN_UNUSED_RESULT;
