/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands over the letters: a letter that is prepared for a client, the keys, the notebook. The staff directory has a
 * file of its own. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

/* ---- preparing a letter for a client ---- */

gboolean
acc_desk_window_is_preparing (AccDeskWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->pages)), "prepare") == 0;
}

gboolean
acc_desk_window_is_away (AccDeskWindow *self)
{
  return self->shortcuts_over != NULL || self->notebook_over != NULL || self->directory_open
         || acc_desk_window_is_preparing (self);
}

void
acc_desk_window_prepare (AccDeskWindow *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "prepare");
  acc_prepare_page_begin (ACC_PREPARE_PAGE (self->prepare), self->directory);
  acc_desk_window_update (self);
}

static void
on_prepare_closed (AccDeskWindow *self)
{
  acc_prepare_page_end (ACC_PREPARE_PAGE (self->prepare));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "desk");
  acc_desk_window_update (self);
  acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
}

/* Told where it is not on the page itself. */
static void
on_prepare_news (AccDeskWindow *self, const char *sentence)
{
  if (acc_desk_session_get_banker (self->session) != NULL && !acc_desk_window_is_preparing (self))
    acc_desk_window_show_toast (self, sentence);
}

static void
on_handover_changed (AccDeskWindow *self)
{
  gtk_button_set_label (GTK_BUTTON (self->prepare_button), acc_prepare_page_is_waiting (ACC_PREPARE_PAGE (self->prepare))
                                                             ? _ ("A letter waits at the kiosk")
                                                             : _ ("Prepare a letter"));
}

void
acc_desk_window_watch_kiosk (AccDeskWindow *self)
{
  g_autoptr (AccHandoverWatch) watch = NULL;

  if (self->watches_kiosk)
    return;
  self->watches_kiosk = TRUE;
  watch = acc_desk_session_new_handover_watch (self->session);
  acc_prepare_page_set_watch (ACC_PREPARE_PAGE (self->prepare), watch);
  g_signal_connect_object (watch, "changed", G_CALLBACK (on_handover_changed), self, G_CONNECT_SWAPPED);
  on_handover_changed (self);
}

/* ---- the keys ---- */

void
acc_desk_window_open_shortcuts (AccDeskWindow *self)
{
  static const char *const pages[] = { "sign-in", "prepare", "directory", "notebook", "desk" };
  const char *shown = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (shown, pages[i]) == 0)
      self->shortcuts_over = pages[i];
  acc_desk_window_hide_toast (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "shortcuts");
  acc_shortcuts_page_take_focus (ACC_SHORTCUTS_PAGE (self->shortcuts));
  acc_desk_window_update (self);
}

static void
on_shortcuts_closed (AccDeskWindow *self)
{
  if (self->shortcuts_over == NULL)
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), self->shortcuts_over);
  self->shortcuts_over = NULL;
  acc_desk_window_update (self);
  if (!acc_desk_window_is_away (self) && acc_desk_session_get_banker (self->session) != NULL)
    acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
  else
    gtk_widget_child_focus (gtk_stack_get_visible_child (GTK_STACK (self->pages)), GTK_DIR_TAB_FORWARD);
}

/* ---- the notebook ---- */

void
acc_desk_window_open_notebook (AccDeskWindow *self)
{
  self->notebook_over = acc_desk_window_is_preparing (self) ? "prepare" : "desk";
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "notebook");
  acc_notebook_page_begin (ACC_NOTEBOOK_PAGE (self->notebook), self->directory);
  acc_desk_window_update (self);
}

static void
on_notebook_closed (AccDeskWindow *self)
{
  acc_notebook_page_end (ACC_NOTEBOOK_PAGE (self->notebook));
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), self->notebook_over);
  self->notebook_over = NULL;
  acc_desk_window_update (self);
  if (acc_desk_window_is_preparing (self))
    gtk_widget_child_focus (self->prepare, GTK_DIR_TAB_FORWARD);
  else
    acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
}

/* ---- all of them ---- */

void
acc_desk_window_install_pages (AccDeskWindow *self)
{
  g_signal_connect_object (self->prepare, "closed", G_CALLBACK (on_prepare_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->prepare, "news", G_CALLBACK (on_prepare_news), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shortcuts, "closed", G_CALLBACK (on_shortcuts_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notebook, "closed", G_CALLBACK (on_notebook_closed), self, G_CONNECT_SWAPPED);
}
