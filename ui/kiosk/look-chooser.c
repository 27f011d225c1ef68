/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/look-chooser.h"

#include "kit/look-choice.h"
#include "kit/real-size.h"

struct _AccLookChooser {
  GtkWidget parent_instance;

  GtkCheckButton *sizes[ACC_TEXT_N];
  GtkCheckButton *colours[ACC_COLOURS_N];
};

G_DEFINE_FINAL_TYPE (AccLookChooser, acc_look_chooser, GTK_TYPE_WIDGET)

static const char *const size_names[] = { "usual", "larger", "large", "largest" };
static const char *const colour_names[] = { "light", "dark", "high_contrast" };
G_STATIC_ASSERT (G_N_ELEMENTS (size_names) == ACC_TEXT_N);
G_STATIC_ASSERT (G_N_ELEMENTS (colour_names) == ACC_COLOURS_N);

static void
on_size (AccLookChooser *self, GtkCheckButton *button)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  for (AccTextSize size = 0; size < ACC_TEXT_N; size++)
    if (button == self->sizes[size] && gtk_check_button_get_active (button))
      acc_look_choose_text_size (display, size, acc_real_size_of (GTK_WIDGET (self)));
}

static void
on_colours (AccLookChooser *self, GtkCheckButton *button)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  for (AccColours colours = 0; colours < ACC_COLOURS_N; colours++)
    if (button == self->colours[colours] && gtk_check_button_get_active (button))
      acc_look_choose_colours (display, colours);
}

static void
acc_look_chooser_dispose (GObject *object)
{
  GtkWidget *content = gtk_widget_get_first_child (GTK_WIDGET (object));

  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_LOOK_CHOOSER);
  g_clear_pointer (&content, gtk_widget_unparent);
  G_OBJECT_CLASS (acc_look_chooser_parent_class)->dispose (object);
}

static void
acc_look_chooser_class_init (AccLookChooserClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_look_chooser_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/look-chooser.ui");
  for (guint i = 0; i < G_N_ELEMENTS (size_names); i++)
    gtk_widget_class_bind_template_child_full (widget_class, size_names[i], FALSE,
                                               G_STRUCT_OFFSET (AccLookChooser, sizes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (colour_names); i++)
    gtk_widget_class_bind_template_child_full (widget_class, colour_names[i], FALSE,
                                               G_STRUCT_OFFSET (AccLookChooser, colours[i]));
}

static void
acc_look_chooser_init (AccLookChooser *self)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_check_button_set_active (self->sizes[acc_look_get_chosen_text_size (display)], TRUE);
  gtk_check_button_set_active (self->colours[acc_look_get_chosen_colours (display)], TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (size_names); i++)
    g_signal_connect_object (self->sizes[i], "toggled", G_CALLBACK (on_size), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (colour_names); i++)
    g_signal_connect_object (self->colours[i], "toggled", G_CALLBACK (on_colours), self, G_CONNECT_SWAPPED);
}

GtkWidget *
acc_look_chooser_new (void)
{
  return g_object_new (ACC_TYPE_LOOK_CHOOSER, NULL);
}
