/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next level, where nothing was heard: who that is, and the cover, to be read and edited before it goes. Emits "sent" or
 * "closed". Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "desk/desk-silences.h"

G_BEGIN_DECLS

#define ACC_TYPE_NEXT_PANEL (acc_next_panel_get_type ())
G_DECLARE_FINAL_TYPE (AccNextPanel, acc_next_panel, ACC, NEXT_PANEL, GtkWidget)

/* @next has a recipient. @banker, lent until the end, writes; @named: whether the letter names them. The focus is on the cover. */
void acc_next_panel_begin (AccNextPanel *self, AccDeskNext *next, const AccBanker *banker, AccNamed named);

/* What "sent" was emitted with; @next is lent. */
AccDeskNext *acc_next_panel_get_next (AccNextPanel *self);
AccNamed acc_next_panel_get_named (AccNextPanel *self);
char *acc_next_panel_dup_paragraph (AccNextPanel *self) G_GNUC_WARN_UNUSED_RESULT;

/* The same where the banker has changed it; NULL: it is as it was proposed. And as it was begun before. */
char *acc_next_panel_dup_edited (AccNextPanel *self) G_GNUC_WARN_UNUSED_RESULT;
void acc_next_panel_set_paragraph (AccNextPanel *self, const char *paragraph);

/* Forgets the words and the keys that @next holds: the panel is on the screen no more. */
void acc_next_panel_end (AccNextPanel *self);

G_END_DECLS
