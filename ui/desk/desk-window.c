/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-window-private.h"

#include <glib/gi18n-lib.h>

#include "archive/queue.h"
#include "base/error.h"
#include "desk/desk-search.h"
#include "desk/letter-passages.h"
#include "desk/words.h"
#include "kit/focus-ring.h"
#include "kit/look.h"
#include "letter/number.h"

#define TOAST_SECONDS 5
#define UNDO_SECONDS 10
#define READ_A_SECOND 15 /* characters, by who reads slowly */

G_DEFINE_FINAL_TYPE (AccDeskWindow, acc_desk_window, GTK_TYPE_APPLICATION_WINDOW)

/* ---- toasts and problems ---- */

static gboolean
hide_toast (gpointer data)
{
  AccDeskWindow *self = data;

  self->toast_source = 0;
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->toast), FALSE);
  gtk_widget_set_can_target (self->toast, FALSE);
  return G_SOURCE_REMOVE;
}

/* A step may end after whoever took it has signed out: nobody is told then. */
static gboolean
is_signed_in (AccDeskWindow *self)
{
  return acc_desk_session_get_banker (self->session) != NULL;
}

static void
show_toast (AccDeskWindow *self, const char *text, gboolean undo)
{
  guint least = undo ? UNDO_SECONDS : TOAST_SECONDS;

  if (!is_signed_in (self))
    return;
  gtk_widget_set_visible (self->toast_undo, undo);
  gtk_widget_set_can_target (self->toast, undo);
  gtk_label_set_text (GTK_LABEL (self->toast_text), text);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->toast), TRUE);
  g_clear_handle_id (&self->toast_source, g_source_remove);
  self->toast_source = g_timeout_add_seconds (MAX (least, (guint) g_utf8_strlen (text, -1) / READ_A_SECOND), hide_toast,
                                              self);
}

void
acc_desk_window_hide_toast (AccDeskWindow *self)
{
  g_clear_handle_id (&self->toast_source, g_source_remove);
  hide_toast (self);
}

void
acc_desk_window_show_toast (AccDeskWindow *self, const char *text)
{
  show_toast (self, text, FALSE);
}

void
acc_desk_window_show_toast_to_undo (AccDeskWindow *self, const char *text)
{
  show_toast (self, text, TRUE);
}

void
acc_desk_window_set_problem (AccDeskWindow *self, const GError *error)
{
  g_clear_pointer (&self->problem, g_free);
  if (error != NULL && is_signed_in (self))
    self->problem = acc_words_error (error);
}

/* While there is something to decide, what the checks are about; afterwards, what was taken out. */
static GArray *
list_passages (AccDeskWindow *self)
{
  AccDeskFacts facts;
  AccDeskState state;

  if (self->draft == NULL)
    return NULL;
  acc_review_draft_get_facts (self->draft, FALSE, &facts);
  acc_desk_state (&facts, &state);
  return state.show_work ? acc_letter_passages_of_checks (acc_review_draft_get_checks (self->draft))
                         : acc_letter_passages_taken_out (acc_review_draft_get_letter (self->draft));
}

void
acc_desk_window_update (AccDeskWindow *self)
{
  gboolean busy = self->busy || self->opening != NULL;
  g_autoptr (GArray) passages = list_passages (self);

  acc_letter_pane_point_out (ACC_LETTER_PANE (self->letter), passages);
  acc_desk_window_update_actions (self);
  acc_decision_pane_update (ACC_DECISION_PANE (self->decision), self->draft, busy, self->problem);
}

/* ---- the queue ---- */

static void
show_taken_in (AccDeskWindow *self, guint n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new letter", "%u new letters", n), n);

  acc_desk_window_show_toast (self, text);
}

/* The letters themselves say why; they wait, and nobody can approve one. */
static void
show_unread (AccDeskWindow *self, const AccDeskNews *news)
{
  g_autofree char *number = acc_number_short (news->unread), *text = NULL;

  if (news->n_unread == 1)
    /* Translators: a letter's short number */
    text = g_strdup_printf (_ ("The PDF of letter %s could not be read back. Open it to see why."), number);
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The PDF of %u letter could not be read back. Open it to see why.",
                                         "The PDFs of %u letters could not be read back. Open one to see why.",
                                         news->n_unread),
                            news->n_unread);
  acc_desk_window_show_toast (self, text);
}

/* Whether the open letter is no longer what the queue says of it: somebody else has moved it on. */
static gboolean
has_moved_on (AccDeskWindow *self, GPtrArray *items)
{
  const AccRecord *record;

  if (self->draft == NULL || self->busy || self->opening != NULL)
    return FALSE;
  record = acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft));
  for (guint i = 0; i < items->len; i++)
    {
      AccQueueItem *item = g_ptr_array_index (items, i);

      if (strcmp (acc_queue_item_get_number (item), record->number) == 0)
        return acc_queue_item_get_state (item) != record->state;
    }
  return FALSE;
}

static void read_queue (AccDeskWindow *self);

/* The first letter is opened as soon as there is one and it can be worked on, unless somebody was quicker. */
static void
choose_first (AccDeskWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean types = focus != NULL && GTK_IS_EDITABLE (focus);

  if (self->directory == NULL || acc_desk_window_is_away (self))
    return;
  if (self->draft != NULL || self->opening != NULL)
    self->choose_first = FALSE;
  else
    {
      self->choose_first = !acc_queue_pane_choose_first (ACC_QUEUE_PANE (self->queue));
      if (!types)
        acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
    }
}

/* A part of the queue; the next one follows until all are read. */
static void
show_part (AccDeskWindow *self, const AccQueuePart *part)
{
  acc_queue_pane_take_part (ACC_QUEUE_PANE (self->queue), part);
  if (self->choose_first)
    choose_first (self);
  else if (has_moved_on (self, part->items))
    acc_desk_window_open_letter (
      self, acc_desk_letter_get_record (acc_review_draft_get_letter (self->draft))->number, FALSE);
  if (!part->whole)
    read_queue (self);
}

static void
on_queue_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  /* What keeps it from being read, the next refresh tells. */
  g_autoptr (AccQueuePart) part = acc_desk_session_read_queue_finish (ACC_DESK_SESSION (source), result, NULL);

  self->reading = FALSE;
  if (part != NULL && !self->disposed && acc_desk_session_get_banker (self->session) != NULL)
    show_part (self, part);
}

static void
read_queue (AccDeskWindow *self)
{
  if (self->reading)
    return;
  self->reading = TRUE;
  acc_desk_session_read_queue_async (self->session, on_queue_read, g_object_ref (self));
}

static void
show_news (AccDeskWindow *self, AccDeskNews *news)
{
  acc_desk_window_take_directory (self, news->directory);
  acc_queue_pane_set_problem (ACC_QUEUE_PANE (self->queue), news->problem);
  show_part (self, news->queue);
  self->choose_first = self->choose_first && (news->unfinished || !news->queue->whole);
  if (news->requests != NULL)
    acc_request_strip_set_requests (ACC_REQUEST_STRIP (self->requests), news->requests,
                                    acc_desk_session_get_banker (self->session)->manager);
  if (news->n_taken > 0)
    show_taken_in (self, news->n_taken);
  if (news->n_unread > 0)
    show_unread (self, news);
}

static void sign_in_again (AccDeskWindow *self, const char *sentence);

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDeskWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskNews) news = acc_desk_session_refresh_finish (ACC_DESK_SESSION (source), result, &error);

  self->refreshing = FALSE;
  if (self->disposed || acc_desk_session_get_banker (self->session) == NULL)
    return;
  if (g_error_matches (error, ACC_ERROR, ACC_ERROR_PASSPHRASE))
    {
      sign_in_again (self, error->message);
      return;
    }
  if (news != NULL)
    show_news (self, news);
  else
    {
      g_autofree char *sentence = acc_words_error (error);

      acc_queue_pane_set_problem (ACC_QUEUE_PANE (self->queue), sentence);
    }
  acc_desk_window_update (self);
  if (self->replies_read_at != 0)
    acc_desk_window_read_replies (self);
  if (self->refresh_again)
    acc_desk_window_refresh (self, TRUE);
}

void
acc_desk_window_refresh (AccDeskWindow *self, gboolean force)
{
  if (self->refreshing)
    {
      self->refresh_again = TRUE;
      return;
    }
  self->refreshing = TRUE;
  self->refresh_again = FALSE;
  acc_desk_session_refresh_async (self->session, force, on_refreshed, g_object_ref (self));
}

static void
on_stores_changed (AccDeskWindow *self)
{
  if (acc_desk_session_get_banker (self->session) != NULL)
    acc_desk_window_refresh (self, FALSE);
}

/* ---- what is chosen ---- */

static void
on_letter_chosen (AccDeskWindow *self, const char *number)
{
  acc_desk_window_open_letter (self, number, FALSE);
}

static void
on_request_answered (AccDeskWindow *self, const char *number, guint answer)
{
  acc_desk_window_answer_request (self, number, answer);
}

/* ---- declining ---- */

static void
on_reopened (AccDeskWindow *self, const char *reason)
{
  acc_desk_window_reopen (self, reason);
}

static void
on_declined (AccDeskWindow *self, const char *reason)
{
  acc_desk_window_decline (self, reason);
}

static void
on_black_out (AccDeskWindow *self)
{
  acc_desk_window_black_out (self);
}

static void
on_heard (AccDeskWindow *self)
{
  acc_desk_window_record_heard (self);
}

static void
on_passed_on (AccDeskWindow *self)
{
  acc_desk_window_pass_on (self);
}

static void
on_next_sent (AccDeskWindow *self)
{
  acc_desk_window_send_next (self);
}

static void
on_decline_closed (AccDeskWindow *self)
{
  acc_desk_window_update (self);
}

/* ---- signing in and out ---- */

static void
show_who (AccDeskWindow *self)
{
  g_autofree char *who = g_strdup_printf ("%s · %s", acc_desk_session_get_banker (self->session)->name,
                                          acc_desk_session_get_branch (self->session));
  GtkWidget *child;

  gtk_label_set_text (GTK_LABEL (self->who), who);
  while ((child = gtk_widget_get_first_child (self->emblem)) != NULL)
    gtk_box_remove (GTK_BOX (self->emblem), child);
  gtk_box_append (GTK_BOX (self->emblem), acc_look_emblem_new (acc_desk_session_get_letterhead (self->session), 32));
}

static void
on_signed_in (AccDeskWindow *self)
{
  if (g_strcmp0 (self->drafts_of, acc_desk_session_get_banker (self->session)->name) != 0)
    g_hash_table_remove_all (self->drafts);
  g_clear_pointer (&self->drafts_of, g_free);
  show_who (self);
  acc_desk_window_watch_kiosk (self);
  acc_desk_lock_begin (self->lock, acc_desk_session_get_lock_minutes (self->session));
  acc_queue_pane_set_session (ACC_QUEUE_PANE (self->queue), self->session);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "desk");
  self->choose_first = TRUE;
  read_queue (self); /* before letters are taken in: what waits already is shown at once */
  acc_desk_window_refresh (self, TRUE);
  acc_desk_window_update (self);
  acc_queue_pane_take_focus (ACC_QUEUE_PANE (self->queue));
}

static void
close_session (AccDeskWindow *self)
{
  if (acc_ask_is_open (ACC_ASK (self->ask)))
    acc_ask_answer (ACC_ASK (self->ask), FALSE);
  acc_desk_window_hide_toast (self);
  gtk_label_set_text (GTK_LABEL (self->toast_text), "");
  acc_desk_lock_end (self->lock);
  acc_prepare_page_end (ACC_PREPARE_PAGE (self->prepare));
  acc_notebook_page_end (ACC_NOTEBOOK_PAGE (self->notebook));
  acc_directory_page_end (ACC_DIRECTORY_PAGE (self->staff));
  self->directory_open = FALSE;
  self->notebook_over = NULL;
  self->shortcuts_over = NULL;
  acc_desk_window_forget_undo (self);
  acc_desk_window_close_letter (self);
  acc_desk_window_set_problem (self, NULL);
  g_clear_object (&self->directory);
  acc_desk_window_stop_waiting_for_silences (self);
  acc_desk_window_set_silences (self, NULL);
  self->replies_read_at = 0;
  self->replies_unread = FALSE;
  acc_queue_pane_set_session (ACC_QUEUE_PANE (self->queue), NULL);
  acc_request_strip_set_requests (ACC_REQUEST_STRIP (self->requests), NULL, FALSE);
  acc_request_strip_set_note (ACC_REQUEST_STRIP (self->requests), NULL);
  acc_desk_window_update (self);
  acc_desk_session_sign_out (self->session);
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "sign-in");
}

void
acc_desk_window_leave (AccDeskWindow *self)
{
  close_session (self);
  g_hash_table_remove_all (self->drafts);
  acc_sign_in_page_begin (ACC_SIGN_IN_PAGE (self->sign_in));
}

static gboolean
is_untouched (gpointer number, gpointer draft, gpointer data)
{
  return !acc_review_draft_is_edited (draft);
}

/* What the banker has begun to write is kept for them, and for nobody else. */
static void
sign_in_again (AccDeskWindow *self, const char *sentence)
{
  g_free (self->drafts_of);
  self->drafts_of = g_strdup (acc_desk_session_get_banker (self->session)->name);
  close_session (self);
  g_hash_table_foreach_remove (self->drafts, is_untouched, NULL);
  acc_sign_in_page_begin_again (ACC_SIGN_IN_PAGE (self->sign_in), sentence);
}

/* What is being written into the stores is done first; a question is answered safely. */
static void
on_lock_due (AccDeskWindow *self, const char *sentence)
{
  if (acc_ask_is_open (ACC_ASK (self->ask)))
    acc_ask_answer (ACC_ASK (self->ask), FALSE);
  else if (!self->busy)
    sign_in_again (self, sentence);
}

/* ---- the object ---- */

static void
acc_desk_window_dispose (GObject *object)
{
  AccDeskWindow *self = ACC_DESK_WINDOW (object);

  self->disposed = TRUE;
  acc_desk_window_stop_waiting_for_silences (self);
  g_clear_handle_id (&self->toast_source, g_source_remove);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_cancellable_cancel (self->proposing);
  g_clear_object (&self->proposing);
  g_clear_object (&self->proposed_for);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->replies_told, g_hash_table_unref);
  g_clear_object (&self->directory);
  g_clear_object (&self->review);
  g_clear_object (&self->desk);
  g_clear_object (&self->delivery);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->drafts_of, g_free);
  acc_desk_window_forget_undo (self);
  g_clear_object (&self->lock);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (acc_desk_window_parent_class)->dispose (object);
}

/* Where the window is higher than wide, what is decided stands below the letter, which has no room beside it; and a toast
 * stands over the letter there, too. */
static void
lay_out (AccDeskWindow *self, int width, int height)
{
  gboolean upright = height > width;

  acc_look_set_class (GTK_WIDGET (self), "upright", upright);
  gtk_box_set_homogeneous (GTK_BOX (self->work), upright);
  gtk_widget_set_margin_bottom (self->toast, upright ? height / 2 : 0);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->work),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_layout (GdkSurface *surface, int width, int height, gpointer data)
{
  lay_out (data, width, height);
}

/* It opens as it is to stand, or it would be held to the least width that it needs lying. */
static void
acc_desk_window_realize (GtkWidget *widget)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (widget), &width, &height);
  lay_out (ACC_DESK_WINDOW (widget), width, height);
  GTK_WIDGET_CLASS (acc_desk_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (on_layout), widget, 0);
}

static void
acc_desk_window_class_init (AccDeskWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_desk_window_dispose;
  widget_class->realize = acc_desk_window_realize;
  g_type_ensure (ACC_TYPE_ASK);
  g_type_ensure (ACC_TYPE_SIGN_IN_PAGE);
  g_type_ensure (ACC_TYPE_REQUEST_STRIP);
  g_type_ensure (ACC_TYPE_QUEUE_PANE);
  g_type_ensure (ACC_TYPE_SHORTCUTS_PAGE);
  g_type_ensure (ACC_TYPE_LETTER_PANE);
  g_type_ensure (ACC_TYPE_DECISION_PANE);
  g_type_ensure (ACC_TYPE_PREPARE_PAGE);
  g_type_ensure (ACC_TYPE_DIRECTORY_PAGE);
  g_type_ensure (ACC_TYPE_NOTEBOOK_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/desk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, ask);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, toast);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, toast_text);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, toast_undo);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, shortcuts);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, emblem);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, who);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, requests);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, queue);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, work);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, letter);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, decision);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, prepare);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, prepare_button);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, staff);
  gtk_widget_class_bind_template_child (widget_class, AccDeskWindow, notebook);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in);
  gtk_widget_class_bind_template_callback (widget_class, on_letter_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_request_answered);
  gtk_widget_class_bind_template_callback (widget_class, on_declined);
  gtk_widget_class_bind_template_callback (widget_class, on_reopened);
  gtk_widget_class_bind_template_callback (widget_class, on_black_out);
  gtk_widget_class_bind_template_callback (widget_class, on_heard);
  gtk_widget_class_bind_template_callback (widget_class, on_passed_on);
  gtk_widget_class_bind_template_callback (widget_class, on_next_sent);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_closed);
}

static void
acc_desk_window_init (AccDeskWindow *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->replies_told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->undo = ACC_MOVE_N;
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_focus_ring_keep (GTK_WINDOW (self));
}

AccDeskWindow *
acc_desk_window_new (GtkApplication *application, AccDeskSession *session)
{
  AccDeskWindow *self;

  g_return_val_if_fail (ACC_IS_DESK_SESSION (session), NULL);
  self = g_object_new (ACC_TYPE_DESK_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  self->lock = acc_desk_lock_new (GTK_WINDOW (self));
  g_signal_connect_object (self->lock, "due", G_CALLBACK (on_lock_due), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "stores-changed", G_CALLBACK (on_stores_changed), self, G_CONNECT_SWAPPED);
  acc_letter_pane_set_session (ACC_LETTER_PANE (self->letter), session);
  acc_notebook_page_set_session (ACC_NOTEBOOK_PAGE (self->notebook), session);
  acc_sign_in_page_set_session (ACC_SIGN_IN_PAGE (self->sign_in), session);
  acc_desk_window_install_actions (self);
  acc_desk_window_install_deliveries (self);
  acc_desk_window_install_receipts (self);
  acc_desk_window_install_directory (self);
  acc_desk_window_install_pages (self);
  acc_shortcuts_install (GTK_WIDGET (self));
  acc_desk_window_update (self);
  acc_sign_in_page_begin (ACC_SIGN_IN_PAGE (self->sign_in));
  return self;
}
