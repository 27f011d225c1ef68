/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a letter is declined: a reason from the list and words, both required; or why one that was declined is to wait again,
 * in words. Emits "declined" (reason), "reopened" (reason) or "closed". Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_DECLINE_PANEL (acc_decline_panel_get_type ())
G_DECLARE_FINAL_TYPE (AccDeclinePanel, acc_decline_panel, ACC, DECLINE_PANEL, GtkWidget)

/* Empty, with the focus on the list; @reopening: on the words. */
void acc_decline_panel_begin (AccDeclinePanel *self, gboolean reopening);

gboolean acc_decline_panel_is_reopening (AccDeclinePanel *self);

/* What was written, and the reason from the list: "" for none, lent. */
char *acc_decline_panel_dup_words (AccDeclinePanel *self) G_GNUC_WARN_UNUSED_RESULT;
const char *acc_decline_panel_get_reason (AccDeclinePanel *self);

/* As they were begun before; a @reason that the list has not is left. */
void acc_decline_panel_set_words (AccDeclinePanel *self, const char *words);
void acc_decline_panel_set_reason (AccDeclinePanel *self, const char *reason);

/* Forgets the words. */
void acc_decline_panel_end (AccDeclinePanel *self);

G_END_DECLS
