/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/sign-in-page.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "desk/words.h"
#include "kit/drop-down-name.h"
#include "kit/look.h"

#define TYPED_MAX 1001 /* characters: one more than a passphrase may have, so that it is said and not cut */

struct _AccSignInPage {
  GtkWidget parent;
  GtkWidget *card, *brand, *emblem, *bank, *branch;
  GtkWidget *form, *banker_label, *banker, *only_banker, *passphrase, *problem, *sign_in_button, *again;
  GtkStringList *names;

  AccDeskSession *session;
  char *why;         /* somebody must sign in again; NULL: nobody must */
  gboolean found;    /* the branch is known */
  gboolean busy;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (AccSignInPage, acc_sign_in_page, GTK_TYPE_WIDGET)

enum { SIGNED_IN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
update_widgets (AccSignInPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->names));

  gtk_widget_set_visible (self->brand, self->found);
  gtk_widget_set_visible (self->form, self->found);
  gtk_widget_set_visible (self->banker_label, n > 1);
  gtk_widget_set_visible (self->banker, n > 1);
  gtk_widget_set_visible (self->only_banker, n == 1);
  gtk_widget_set_visible (self->sign_in_button, self->found);
  gtk_widget_set_visible (self->again, !self->found && !self->busy);
  gtk_widget_set_sensitive (self->banker, !self->busy);
  /* Not insensitive: the focus stays where the person types. */
  gtk_editable_set_editable (GTK_EDITABLE (self->passphrase), !self->busy);
  gtk_widget_set_sensitive (self->sign_in_button, !self->busy);
  gtk_button_set_label (GTK_BUTTON (self->sign_in_button), self->busy ? _ ("Opening the letters…") : _ ("Sign in"));
}

/* A @problem, or only why the person is here. */
static void
show_sentence (AccSignInPage *self, const char *sentence, gboolean problem)
{
  acc_look_set_class (self->problem, "problem", problem);
  gtk_label_set_text (GTK_LABEL (self->problem), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->problem, sentence != NULL);
}

/* Takes @error, or NULL for none. */
static void
show_problem (AccSignInPage *self, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *sentence = error != NULL ? acc_words_error (error) : NULL;

  show_sentence (self, sentence, TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->passphrase), GTK_ACCESSIBLE_STATE_INVALID,
                               sentence != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
clear_passphrase (AccSignInPage *self)
{
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  self->updating = FALSE;
}

/* ---- the branch ---- */

static void
show_branch (AccSignInPage *self)
{
  AccLetterhead *letterhead = acc_desk_session_get_letterhead (self->session);
  const char *const *bankers = acc_desk_session_get_bankers (self->session);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->emblem)) != NULL)
    gtk_box_remove (GTK_BOX (self->emblem), child);
  gtk_box_append (GTK_BOX (self->emblem), acc_look_emblem_new (letterhead, 56));
  acc_look_apply_letterhead (gtk_widget_get_display (GTK_WIDGET (self)), letterhead);
  gtk_label_set_text (GTK_LABEL (self->bank), acc_letterhead_get_bank (letterhead));
  gtk_label_set_text (GTK_LABEL (self->branch), acc_desk_session_get_branch (self->session));
  gtk_string_list_splice (self->names, 0, g_list_model_get_n_items (G_LIST_MODEL (self->names)), bankers);
  gtk_label_set_text (GTK_LABEL (self->only_banker), bankers[0] != NULL ? bankers[0] : "");
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccSignInPage) self = data;
  GError *error = NULL;

  self->found = acc_desk_session_look_up_finish (ACC_DESK_SESSION (source), result, &error);
  self->busy = FALSE;
  if (self->card == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (self->found)
    show_branch (self);
  show_problem (self, error);
  if (self->found && self->why != NULL)
    show_sentence (self, self->why, FALSE);
  g_clear_pointer (&self->why, g_free);
  update_widgets (self);
  gtk_widget_grab_focus (self->found ? self->passphrase : self->again);
}

void
acc_sign_in_page_begin (AccSignInPage *self)
{
  g_return_if_fail (ACC_IS_SIGN_IN_PAGE (self) && self->session != NULL);
  clear_passphrase (self);
  show_problem (self, NULL);
  self->busy = TRUE;
  self->found = FALSE;
  update_widgets (self);
  acc_desk_session_look_up_async (self->session, on_looked_up, g_object_ref (self));
}

void
acc_sign_in_page_begin_again (AccSignInPage *self, const char *sentence)
{
  g_return_if_fail (ACC_IS_SIGN_IN_PAGE (self) && sentence != NULL);
  g_free (self->why);
  self->why = g_strdup (sentence);
  acc_sign_in_page_begin (self);
}

/* ---- the passphrase ---- */

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccSignInPage) self = data;
  GError *error = NULL;
  gboolean signed_in = acc_desk_session_sign_in_finish (ACC_DESK_SESSION (source), result, &error);

  self->busy = FALSE;
  if (self->card == NULL)
    {
      g_clear_error (&error);
      return;
    }
  clear_passphrase (self);
  show_problem (self, error);
  update_widgets (self);
  if (signed_in)
    g_signal_emit (self, signals[SIGNED_IN], 0);
  else
    gtk_widget_grab_focus (self->passphrase);
}

static void
sign_in (AccSignInPage *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->banker));
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase));

  if (self->busy || chosen == NULL)
    return;
  if (passphrase[0] == '\0')
    {
      show_problem (self, g_error_new_literal (ACC_ERROR, ACC_ERROR_INPUT, _ ("Type your passphrase.")));
      gtk_widget_grab_focus (self->passphrase);
      return;
    }
  self->busy = TRUE;
  show_problem (self, NULL);
  acc_desk_session_sign_in_async (self->session, gtk_string_object_get_string (chosen), passphrase, on_signed_in,
                                  g_object_ref (self));
  update_widgets (self);
}

static void
on_passphrase_typed (AccSignInPage *self)
{
  if (!self->updating)
    show_problem (self, NULL);
}

static void
on_banker_chosen (AccSignInPage *self)
{
  clear_passphrase (self);
  show_problem (self, NULL);
}

/* ---- the object ---- */

void
acc_sign_in_page_set_session (AccSignInPage *self, AccDeskSession *session)
{
  g_return_if_fail (ACC_IS_SIGN_IN_PAGE (self));
  g_set_object (&self->session, session);
}

static void
acc_sign_in_page_dispose (GObject *object)
{
  AccSignInPage *self = ACC_SIGN_IN_PAGE (object);

  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_pointer (&self->why, g_free);
  G_OBJECT_CLASS (acc_sign_in_page_parent_class)->dispose (object);
}

static void
acc_sign_in_page_class_init (AccSignInPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_sign_in_page_dispose;
  signals[SIGNED_IN] = g_signal_new ("signed-in", ACC_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, card);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, brand);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, emblem);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, bank);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, branch);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, banker_label);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, banker);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, only_banker);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, problem);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, again);
  gtk_widget_class_bind_template_child (widget_class, AccSignInPage, names);
  gtk_widget_class_bind_template_callback (widget_class, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, acc_sign_in_page_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_banker_chosen);
}

static void
acc_sign_in_page_init (AccSignInPage *self)
{
  GtkEditable *typed;

  gtk_widget_init_template (GTK_WIDGET (self));
  acc_drop_down_name (GTK_DROP_DOWN (self->banker), _ ("Banker"));
  typed = gtk_editable_get_delegate (GTK_EDITABLE (self->passphrase));
  gtk_text_set_max_length (GTK_TEXT (typed), TYPED_MAX);
  update_widgets (self);
}
