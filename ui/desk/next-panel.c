/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/next-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/language.h"
#include "desk/spelling-strip.h"
#include "desk/words.h"
#include "kit/typing.h"
#include "route/cover.h"

#define TYPED_MAX (ACC_COVER_CHARACTERS_MAX * 5 / 4) /* as in the covers' editor */

struct _AccNextPanel {
  GtkWidget parent;
  GtkWidget *sentence, *name, *position, *text, *spelling, *told, *send;
  AccDeskNext *next;
  const AccBanker *banker;
  AccNamed named;
  gboolean left_out;
};

G_DEFINE_FINAL_TYPE (AccNextPanel, acc_next_panel, GTK_TYPE_WIDGET)

enum { SENT, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkTextBuffer *
get_buffer (AccNextPanel *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
}

char *
acc_next_panel_dup_paragraph (AccNextPanel *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (ACC_IS_NEXT_PANEL (self), NULL);
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
}

char *
acc_next_panel_dup_edited (AccNextPanel *self)
{
  g_autofree char *paragraph = acc_next_panel_dup_paragraph (self);

  g_return_val_if_fail (ACC_IS_NEXT_PANEL (self) && self->next != NULL, NULL);
  return strcmp (paragraph, self->next->cover->proposal) != 0 ? g_steal_pointer (&paragraph) : NULL;
}

void
acc_next_panel_set_paragraph (AccNextPanel *self, const char *paragraph)
{
  g_return_if_fail (ACC_IS_NEXT_PANEL (self) && paragraph != NULL);
  gtk_text_buffer_set_text (get_buffer (self), paragraph, -1);
}

/* ---- what is to be seen of it ---- */

/* A sentence a line, of the checks on covers. TRUE where one of them stops it. */
static gboolean
add_checks (AccNextPanel *self, const char *paragraph, GString *told)
{
  g_autoptr (GPtrArray) checks = acc_next_cover_run_checks (self->next->cover, paragraph);
  gboolean stops = FALSE;

  for (guint i = 0; i < checks->len; i++)
    {
      const AccCheckResult *check = g_ptr_array_index (checks, i);

      g_string_append_printf (told, "%s%s %s", told->len > 0 ? "\n" : "", check->sentence, check->advice);
      stops = stops || check->weight == ACC_CHECK_STOPS;
    }
  return stops;
}

static void
update (AccNextPanel *self)
{
  g_autofree char *paragraph = acc_next_panel_dup_paragraph (self), *whole = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean stops;

  if (self->next == NULL)
    return;
  whole = acc_cover_text (paragraph, self->banker, self->named == ACC_NAMED_DISCLOSED, &error);
  if (whole == NULL)
    g_string_append (told, error->message);
  else if (self->left_out)
    g_string_append (told, _ ("What may not stand in a letter, or did not fit, was left out."));
  stops = add_checks (self, paragraph, told);
  gtk_label_set_text (GTK_LABEL (self->told), told->str);
  gtk_widget_set_visible (self->told, told->len > 0);
  gtk_widget_set_sensitive (self->send, whole != NULL && !stops);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_STATE_INVALID,
                               whole != NULL && !stops ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
on_changed (AccNextPanel *self)
{
  update (self);
  self->left_out = FALSE;
}

static void
on_left_out (AccTextChange change, gpointer data)
{
  AccNextPanel *self = data;

  self->left_out = TRUE;
  update (self);
}

/* ---- the panel ---- */

/* What people and places are called is in no dictionary. */
static void
accept_names (AccNextPanel *self)
{
  g_autofree char *names = g_strjoinv (" ", self->next->cover->names);

  acc_spelling_strip_forget (ACC_SPELLING_STRIP (self->spelling));
  acc_spelling_strip_accept (ACC_SPELLING_STRIP (self->spelling), names);
}

void
acc_next_panel_begin (AccNextPanel *self, AccDeskNext *next, const AccBanker *banker, AccNamed named)
{
  g_autofree char *position = NULL;

  g_return_if_fail (ACC_IS_NEXT_PANEL (self) && next != NULL && next->recipient != NULL && banker != NULL);
  acc_next_panel_end (self);
  self->next = acc_desk_next_ref (next);
  self->banker = banker;
  self->named = named;
  position = acc_words_position (next->recipient->person);
  gtk_label_set_text (GTK_LABEL (self->sentence), next->sentence);
  gtk_label_set_text (GTK_LABEL (self->name), next->recipient->person->name);
  gtk_label_set_text (GTK_LABEL (self->position), position);
  gtk_text_buffer_set_text (get_buffer (self), next->cover->proposal, -1);
  accept_names (self);
  gtk_widget_grab_focus (self->text);
  update (self);
}

AccDeskNext *
acc_next_panel_get_next (AccNextPanel *self)
{
  g_return_val_if_fail (ACC_IS_NEXT_PANEL (self), NULL);
  return self->next;
}

AccNamed
acc_next_panel_get_named (AccNextPanel *self)
{
  g_return_val_if_fail (ACC_IS_NEXT_PANEL (self), ACC_NAMED_DISCLOSED);
  return self->named;
}

void
acc_next_panel_end (AccNextPanel *self)
{
  g_return_if_fail (ACC_IS_NEXT_PANEL (self));

  GtkWidget *const labels[] = { self->sentence, self->name, self->position, self->told };

  g_clear_pointer (&self->next, acc_desk_next_unref);
  self->banker = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_text (GTK_LABEL (labels[i]), "");
  gtk_text_buffer_set_text (get_buffer (self), "", 0);
  acc_spelling_strip_forget (ACC_SPELLING_STRIP (self->spelling));
}

static void
send_cover (AccNextPanel *self)
{
  g_signal_emit (self, signals[SENT], 0);
}

static void
go_back (AccNextPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
acc_next_panel_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_pointer (&ACC_NEXT_PANEL (object)->next, acc_desk_next_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_next_panel_parent_class)->dispose (object);
}

static void
acc_next_panel_class_init (AccNextPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_next_panel_dispose;
  signals[SENT] = g_signal_new ("sent", ACC_TYPE_NEXT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_NEXT_PANEL, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (ACC_TYPE_SPELLING_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/next-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, sentence);
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, name);
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, position);
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, text);
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, spelling);
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, told);
  gtk_widget_class_bind_template_child (widget_class, AccNextPanel, send);
  gtk_widget_class_bind_template_callback (widget_class, send_cover);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
acc_next_panel_init (AccNextPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_typing_watch_view (GTK_TEXT_VIEW (self->text), TYPED_MAX, on_left_out, self);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  acc_spelling_strip_watch (ACC_SPELLING_STRIP (self->spelling), GTK_TEXT_VIEW (self->text), acc_language_get ());
}
