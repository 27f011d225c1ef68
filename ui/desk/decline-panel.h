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

/* Forgets the words. */
gboolean acc_decline_panel_is_reopening (AccDeclinePanel *self);

/* What was written, without the reason from the list; and as it was begun before. */
char *acc_decline_panel_dup_words (AccDeclinePanel *self) G_GNUC_WARN_UNUSED_RESULT;
void acc_decline_panel_set_words (AccDeclinePanel *self, const char *words);

void acc_decline_panel_end (AccDeclinePanel *self);

G_END_DECLS
