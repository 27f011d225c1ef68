/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works here, and the passphrase that opens the letters. Emits "signed-in". Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-session.h"

G_BEGIN_DECLS

#define ACC_TYPE_SIGN_IN_PAGE (acc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (AccSignInPage, acc_sign_in_page, ACC, SIGN_IN_PAGE, GtkWidget)

void acc_sign_in_page_set_session (AccSignInPage *self, AccDeskSession *session);

/* Looks the branch up again and waits for a passphrase. */
void acc_sign_in_page_begin (AccSignInPage *self);

/* The same for whoever was signed in, and must sign in again: @sentence says why. */
void acc_sign_in_page_begin_again (AccSignInPage *self, const char *sentence);

G_END_DECLS
