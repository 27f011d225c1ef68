/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/key.h"

#define DOTTED_CIRCLE "\u25CC"
#define TATWEEL "\u0640"
#define AIR 8 /* pixels before and behind the text */

struct _AccKey {
  GtkWidget parent_instance;

  GtkWidget *label;
  char *text;
  gboolean repeats;
  gboolean own_name; /* from a template */
};

enum { STRUCK, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { PROP_0, PROP_TEXT, PROP_NAMED, PROP_REPEATS, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AccKey, acc_key, GTK_TYPE_WIDGET)

/* What a mark that is typed alone stands on; few faces have Arabic marks for a circle. */
static const char *
get_base (gunichar c)
{
  if (!g_unichar_ismark (c))
    return "";
  return c >= 0x0610 && c <= 0x06ED ? TATWEEL : DOTTED_CIRCLE;
}

/* The keyboard gives keys their size, and the text takes what room there is. */
static void
acc_key_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = ACC_KEY_LEAST;
}

static void
acc_key_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AccKey *self = ACC_KEY (widget);
  GtkRequisition wanted;
  GskTransform *place;
  double scale;

  gtk_widget_get_preferred_size (self->label, NULL, &wanted);
  scale = MIN (1, MIN ((double) (width - 2 * AIR) / MAX (wanted.width, 1), (double) height / MAX (wanted.height, 1)));
  scale = MAX (scale, 0.1);
  place = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) ((width - wanted.width * scale) / 2),
                                                               (float) ((height - wanted.height * scale) / 2)));
  place = gsk_transform_scale (place, (float) scale, (float) scale);
  gtk_widget_allocate (self->label, wanted.width, wanted.height, -1, place);
}

static void
acc_key_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  AccKey *self = ACC_KEY (object);

  switch (property)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_NAMED:
      g_value_set_boolean (value, self->own_name);
      break;
    case PROP_REPEATS:
      g_value_set_boolean (value, self->repeats);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
acc_key_set_property (GObject *object, guint property, const GValue *value, GParamSpec *spec)
{
  AccKey *self = ACC_KEY (object);

  switch (property)
    {
    case PROP_TEXT:
      acc_key_set_text (self, g_value_get_string (value));
      break;
    case PROP_NAMED:
      self->own_name = g_value_get_boolean (value);
      break;
    case PROP_REPEATS:
      self->repeats = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
    }
}

static void
acc_key_dispose (GObject *object)
{
  AccKey *self = ACC_KEY (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (acc_key_parent_class)->dispose (object);
}

static void
acc_key_finalize (GObject *object)
{
  g_free (ACC_KEY (object)->text);
  G_OBJECT_CLASS (acc_key_parent_class)->finalize (object);
}

/* What a screen reader's own touch does. */
static void
press_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  acc_key_strike (ACC_KEY (widget));
}

static void
acc_key_class_init (AccKeyClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = acc_key_get_property;
  object_class->set_property = acc_key_set_property;
  object_class->dispose = acc_key_dispose;
  object_class->finalize = acc_key_finalize;
  widget_class->measure = acc_key_measure;
  widget_class->size_allocate = acc_key_size_allocate;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NAMED] = g_param_spec_boolean ("named", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_REPEATS] = g_param_spec_boolean ("repeats", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[STRUCK] = g_signal_new ("struck", ACC_TYPE_KEY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "key.press", NULL, press_action);
  gtk_widget_class_set_css_name (widget_class, "key");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
acc_key_init (AccKey *self)
{
  self->text = g_strdup ("");
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_can_target (self->label, FALSE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
acc_key_new (void)
{
  return g_object_new (ACC_TYPE_KEY, "repeats", TRUE, NULL);
}

void
acc_key_set_text (AccKey *self, const char *text)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (ACC_IS_KEY (self) && text != NULL);

  if (g_str_equal (self->text, text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  shown = g_strconcat (get_base (g_utf8_get_char (text)), text, NULL);
  gtk_label_set_text (GTK_LABEL (self->label), shown);
  if (!self->own_name)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

const char *
acc_key_get_text (AccKey *self)
{
  g_return_val_if_fail (ACC_IS_KEY (self), "");

  return self->text;
}

gboolean
acc_key_get_repeats (AccKey *self)
{
  g_return_val_if_fail (ACC_IS_KEY (self), FALSE);

  return self->repeats;
}

void
acc_key_strike (AccKey *self)
{
  g_return_if_fail (ACC_IS_KEY (self));

  g_signal_emit (self, signals[STRUCK], 0);
}

void
acc_key_set_pressed (AccKey *self, gboolean pressed)
{
  g_return_if_fail (ACC_IS_KEY (self));

  if (pressed)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_ACTIVE, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_ACTIVE);
}

void
acc_key_set_on (AccKey *self, gboolean on)
{
  g_return_if_fail (ACC_IS_KEY (self));

  if (on)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
                               on ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}
