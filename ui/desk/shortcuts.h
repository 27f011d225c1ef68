/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of the desk: one table, from which they are installed, and which the page of keys shows. What a widget does of
 * itself (Tab, Space, arrows) is not in it. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { ACC_SHORTCUTS_QUEUE, ACC_SHORTCUTS_LETTER, ACC_SHORTCUTS_DESK, ACC_SHORTCUTS_N } AccShortcutsGroup;

typedef struct {
  AccShortcutsGroup group;
  const char *triggers; /* as gtk_shortcut_trigger_parse_string reads them; the first one is shown */
  const char *action;   /* "review.claim", of the window; NULL: its widget's own doing, which is only told of */
  gboolean not_in_text; /* where somebody writes, the key is theirs */
  const char *words;    /* what it does, to be translated */
} AccShortcut;

extern const AccShortcut acc_shortcuts[];
extern const guint acc_shortcuts_n;

/* Each row's key starts its action, wherever in @window the focus is. */
void acc_shortcuts_install (GtkWidget *window);

char *acc_shortcuts_dup_keys (const AccShortcut *shortcut, GdkDisplay *display) G_GNUC_WARN_UNUSED_RESULT; /* "Ctrl+K" */

G_END_DECLS
