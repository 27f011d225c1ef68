/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session's history of earlier letters, for the checks: built while the queue is read, on the store's thread. */
#pragma once

#include "desk/desk-session.h"

G_BEGIN_DECLS

/* As long as the stores are open. */
void acc_desk_session_open_history (AccDeskSession *self);
void acc_desk_session_close_history (AccDeskSession *self);

/* Every letter has been read. */
void acc_desk_session_complete_history (AccDeskSession *self);

/* Gives @letter what is known of others. What cannot be read is not known: it keeps nobody from the letter. */
void acc_desk_session_look_back (AccDeskSession *self, AccDeskLetter *letter);

G_END_DECLS
