/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/light.h"

#include <glib/gi18n-lib.h>

#include "kit/look.h"

struct _AccLight {
  GtkWidget parent_instance;

  GtkWidget *lamp;
  GtkLabel *name;
  gboolean lit;
};

enum { PROP_0, PROP_LABEL, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AccLight, acc_light, GTK_TYPE_WIDGET)

static void
acc_light_set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
  AccLight *self = ACC_LIGHT (object);

  if (property == PROP_LABEL)
    {
      gtk_label_set_text (self->name, g_value_get_string (value));
      acc_light_set_state (self, FALSE, FALSE);
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
acc_light_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_LIGHT);
  G_OBJECT_CLASS (acc_light_parent_class)->dispose (object);
}

static void
acc_light_class_init (AccLightClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->set_property = acc_light_set_property;
  object_class->dispose = acc_light_dispose;
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, "", G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "light");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/light.ui");
  gtk_widget_class_bind_template_child (widget_class, AccLight, lamp);
  gtk_widget_class_bind_template_child (widget_class, AccLight, name);
}

static void
acc_light_init (AccLight *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
acc_light_set_state (AccLight *self, gboolean lit, gboolean current)
{
  g_autofree char *label = NULL;

  g_return_if_fail (ACC_IS_LIGHT (self));

  self->lit = lit;
  acc_look_set_class (GTK_WIDGET (self), "lit", lit);
  acc_look_set_class (GTK_WIDGET (self), "current", current);
  /* Translators: one of the story's parts, such as "what they did", and whether it has words. */
  label = g_strdup_printf (lit ? _ ("%s: there are words") : _ ("%s: no words yet"), gtk_label_get_text (self->name));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

gboolean
acc_light_is_lit (AccLight *self)
{
  g_return_val_if_fail (ACC_IS_LIGHT (self), FALSE);

  return self->lit;
}
