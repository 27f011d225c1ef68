/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of keys: what acc_shortcuts holds, in words. Emits "closed". Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ACC_TYPE_SHORTCUTS_PAGE (acc_shortcuts_page_get_type ())
G_DECLARE_FINAL_TYPE (AccShortcutsPage, acc_shortcuts_page, ACC, SHORTCUTS_PAGE, GtkWidget)

void acc_shortcuts_page_take_focus (AccShortcutsPage *self);

G_END_DECLS
