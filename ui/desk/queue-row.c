/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-row.h"

#include <glib/gi18n-lib.h>

#include "archive/queue.h"

struct _AccQueueRow {
  GtkWidget parent;
  AccQueueItem *item;
  GtkWidget *badge, *note;
};

G_DEFINE_FINAL_TYPE (AccQueueRow, acc_queue_row, GTK_TYPE_WIDGET)

enum { PROP_ITEM = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

static char *
describe_author (AccQueueRow *self, const char *author)
{
  return author != NULL && author[0] != '\0' ? g_strdup_printf (_ ("from %s"), author) : g_strdup ("");
}

/* Who works on it; else the state, where it says more than that the letter waits. */
static char *
describe_badge (AccQueueRow *self, AccQueueItem *item)
{
  g_autofree char *claimed_by = NULL;
  AccState state;

  if (item == NULL)
    return g_strdup ("");
  state = acc_queue_item_get_state (item);
  if (state == ACC_STATE_WAITING)
    return g_strdup ("");
  g_object_get (item, "claimed-by", &claimed_by, NULL);
  if (state == ACC_STATE_CLAIMED && claimed_by != NULL && claimed_by[0] != '\0')
    return g_steal_pointer (&claimed_by);
  return g_strdup (acc_state_to_label (state));
}

static void
update_badge (AccQueueRow *self)
{
  gboolean open = FALSE;

  if (self->item != NULL)
    {
      AccState state = acc_queue_item_get_state (self->item);

      gtk_widget_set_visible (self->badge, state != ACC_STATE_WAITING);
      gtk_widget_set_visible (self->note, state == ACC_STATE_HELD);
      open = state == ACC_STATE_CLAIMED || state == ACC_STATE_APPROVED || state == ACC_STATE_HELD;
    }
  if (open)
    gtk_widget_add_css_class (self->badge, "open");
  else
    gtk_widget_remove_css_class (self->badge, "open");
}

static void
acc_queue_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_object (value, ACC_QUEUE_ROW (object)->item);
}

static void
acc_queue_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  AccQueueRow *self = ACC_QUEUE_ROW (object);

  if (g_set_object (&self->item, g_value_get_object (value)))
    {
      update_badge (self);
      g_object_notify_by_pspec (object, spec);
    }
}

static void
acc_queue_row_dispose (GObject *object)
{
  AccQueueRow *self = ACC_QUEUE_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (acc_queue_row_parent_class)->dispose (object);
}

static void
acc_queue_row_class_init (AccQueueRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = acc_queue_row_get_property;
  object_class->set_property = acc_queue_row_set_property;
  object_class->dispose = acc_queue_row_dispose;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, ACC_TYPE_QUEUE_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/queue-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, badge);
  gtk_widget_class_bind_template_child (widget_class, AccQueueRow, note);
  gtk_widget_class_bind_template_callback (widget_class, describe_author);
  gtk_widget_class_bind_template_callback (widget_class, describe_badge);
}

static void
acc_queue_row_init (AccQueueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
