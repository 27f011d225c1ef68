/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff directory over the letters, and what another directory means for those that are open. */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

void
acc_desk_window_take_directory (AccDeskWindow *self, AccDirectory *directory)
{
  GHashTableIter iter;
  gpointer draft;

  if (!g_set_object (&self->directory, directory))
    return;
  g_hash_table_iter_init (&iter, self->drafts);
  while (g_hash_table_iter_next (&iter, NULL, &draft))
    acc_review_draft_set_directory (draft, directory);
  acc_directory_page_set_directory (ACC_DIRECTORY_PAGE (self->staff), directory);
}

void
acc_desk_window_open_directory (AccDeskWindow *self)
{
  g_auto (GStrv) waiting = acc_queue_pane_list_waiting (ACC_QUEUE_PANE (self->queue));

  self->directory_open = TRUE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "directory");
  acc_directory_page_begin (ACC_DIRECTORY_PAGE (self->staff), self->directory, (const char *const *) waiting);
  acc_desk_window_update (self);
}

static void
on_closed (AccDeskWindow *self)
{
  acc_directory_page_end (ACC_DIRECTORY_PAGE (self->staff));
  self->directory_open = FALSE;
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "desk");
  acc_desk_window_update (self);
  acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
}

static void
on_imported (AccDeskWindow *self)
{
  if (acc_desk_session_get_banker (self->session) == NULL)
    return;
  acc_desk_window_show_toast (self, _ ("The directory is imported. The letters go by it from now on."));
  acc_desk_window_refresh (self, FALSE);
}

void
acc_desk_window_install_directory (AccDeskWindow *self)
{
  acc_directory_page_set_session (ACC_DIRECTORY_PAGE (self->staff), self->session);
  g_signal_connect_object (self->staff, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->staff, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
}
