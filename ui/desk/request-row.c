/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/request-row.h"

#include <glib/gi18n-lib.h>

#include "desk/words.h"
#include "letter/number.h"

struct _AccRequestRow {
  GtkWidget parent;
  GtkWidget *heading, *what, *advice, *carry_out, *too_late, *refuse;

  char *number;
};

G_DEFINE_FINAL_TYPE (AccRequestRow, acc_request_row, GTK_TYPE_WIDGET)

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const struct {
  const char *what, *carry_out;
} words[ACC_REQUEST_N] = {
  [ACC_REQUEST_WITHDRAW] = { N_ ("Its client wants to take it back."), N_ ("Take it back") },
  [ACC_REQUEST_ERASE] = { N_ ("Its client wants it erased."), N_ ("Erase it") },
};

static gboolean
has_gone_out (const AccSlip *slip)
{
  return slip->state == ACC_SLIP_ON_ITS_WAY || slip->state == ACC_SLIP_ARRIVED;
}

/* What keeps this banker from doing it; NULL: nothing. */
static const char *
find_advice (const AccSlip *slip, gboolean manager)
{
  if (slip->asked == ACC_REQUEST_ERASE)
    return manager ? NULL : _ ("A manager has to do this.");
  return slip->state == ACC_SLIP_TAKEN_IN ? NULL : _ ("It can be taken back only before it is approved.");
}

static void
on_carry_out (AccRequestRow *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, ACC_ANSWER_DONE);
}

static void
on_too_late (AccRequestRow *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, ACC_ANSWER_TOO_LATE);
}

static void
on_refuse (AccRequestRow *self)
{
  g_signal_emit (self, signals[ANSWERED], 0, ACC_ANSWER_REFUSED);
}

static void
acc_request_row_finalize (GObject *object)
{
  g_free (ACC_REQUEST_ROW (object)->number);
  G_OBJECT_CLASS (acc_request_row_parent_class)->finalize (object);
}

static void
acc_request_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_request_row_parent_class)->dispose (object);
}

static void
acc_request_row_class_init (AccRequestRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_request_row_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_request_row_finalize;
  signals[ANSWERED] = g_signal_new ("answered", ACC_TYPE_REQUEST_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/request-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AccRequestRow, heading);
  gtk_widget_class_bind_template_child (widget_class, AccRequestRow, what);
  gtk_widget_class_bind_template_child (widget_class, AccRequestRow, advice);
  gtk_widget_class_bind_template_child (widget_class, AccRequestRow, carry_out);
  gtk_widget_class_bind_template_child (widget_class, AccRequestRow, too_late);
  gtk_widget_class_bind_template_child (widget_class, AccRequestRow, refuse);
  gtk_widget_class_bind_template_callback (widget_class, on_carry_out);
  gtk_widget_class_bind_template_callback (widget_class, on_too_late);
  gtk_widget_class_bind_template_callback (widget_class, on_refuse);
}

static void
acc_request_row_init (AccRequestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
acc_request_row_new (const AccSlip *slip, gboolean manager)
{
  AccRequestRow *self = g_object_new (ACC_TYPE_REQUEST_ROW, NULL);
  g_autofree char *short_number = acc_number_short (slip->number);
  g_autofree char *heading = g_strdup_printf (_ ("Letter %s"), short_number);
  g_autofree char *moment = acc_words_moment (slip->asked_at);
  g_autofree char *asked = g_strdup_printf (_ ("Asked on %s."), moment);
  g_autofree char *what = g_strdup_printf ("%s %s", _ (words[slip->asked].what), asked);
  const char *advice = find_advice (slip, manager);

  self->number = g_strdup (slip->number);
  gtk_label_set_text (GTK_LABEL (self->heading), heading);
  gtk_label_set_text (GTK_LABEL (self->what), what);
  gtk_label_set_text (GTK_LABEL (self->advice), advice != NULL ? advice : "");
  gtk_widget_set_visible (self->advice, advice != NULL);
  gtk_button_set_label (GTK_BUTTON (self->carry_out), _ (words[slip->asked].carry_out));
  gtk_widget_set_visible (self->carry_out, advice == NULL);
  gtk_widget_set_visible (self->too_late, slip->asked == ACC_REQUEST_WITHDRAW && has_gone_out (slip));
  return GTK_WIDGET (self);
}

const char *
acc_request_row_get_number (AccRequestRow *self)
{
  g_return_val_if_fail (ACC_IS_REQUEST_ROW (self), NULL);
  return self->number;
}
