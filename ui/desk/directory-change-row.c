/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/directory-change-row.h"

#include <glib/gi18n-lib.h>

struct _AccDirectoryChangeRow {
  GtkWidget parent;
  GtkWidget *name, *kind, *words, *doubt;
};

G_DEFINE_FINAL_TYPE (AccDirectoryChangeRow, acc_directory_change_row, GTK_TYPE_WIDGET)

static const char *const kinds[ACC_STAFF_N_CHANGES] = {
  [ACC_STAFF_NEW] = N_ ("New"),
  [ACC_STAFF_LEFT] = N_ ("Left"),
  [ACC_STAFF_CHANGED] = N_ ("Changed"),
};

void
acc_directory_change_row_set_change (AccDirectoryChangeRow *self, AccStaffChange *change)
{
  g_autofree char *words = NULL;

  g_return_if_fail (ACC_IS_DIRECTORY_CHANGE_ROW (self) && ACC_IS_STAFF_CHANGE (change));

  words = acc_staff_change_describe (change);
  gtk_label_set_text (GTK_LABEL (self->name), acc_staff_change_get_person (change)->name);
  gtk_label_set_text (GTK_LABEL (self->kind), _ (kinds[acc_staff_change_get_kind (change)]));
  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_widget_set_visible (self->doubt, acc_staff_change_may_be_another (change));
}

static void
acc_directory_change_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_directory_change_row_parent_class)->dispose (object);
}

static void
acc_directory_change_row_class_init (AccDirectoryChangeRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_directory_change_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/directory-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryChangeRow, name);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryChangeRow, kind);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryChangeRow, words);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryChangeRow, doubt);
}

static void
acc_directory_change_row_init (AccDirectoryChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
