/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/entry-row.h"

#include "desk/words.h"

struct _AccEntryRow {
  GtkListBoxRow parent;
  GtkWidget *title, *subtitle, *detail, *trailing;
  const AccPerson *person;
};

G_DEFINE_FINAL_TYPE (AccEntryRow, acc_entry_row, GTK_TYPE_LIST_BOX_ROW)

static void
acc_entry_row_class_init (AccEntryRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/entry-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AccEntryRow, title);
  gtk_widget_class_bind_template_child (widget_class, AccEntryRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, AccEntryRow, detail);
  gtk_widget_class_bind_template_child (widget_class, AccEntryRow, trailing);
}

static void
acc_entry_row_init (AccEntryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

void
acc_entry_row_set_texts (AccEntryRow *self, const char *title, const char *subtitle, const char *trailing)
{
  g_autofree char *spoken = NULL;

  g_return_if_fail (ACC_IS_ENTRY_ROW (self) && title != NULL && subtitle != NULL && trailing != NULL);

  spoken = g_strjoin (", ", title, subtitle[0] != '\0' ? subtitle : trailing,
                      subtitle[0] != '\0' && trailing[0] != '\0' ? trailing : NULL, NULL);
  show_text (self->title, title);
  show_text (self->subtitle, subtitle);
  show_text (self->trailing, trailing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

GtkWidget *
acc_entry_row_new (const char *title, const char *subtitle, const char *trailing)
{
  GtkWidget *row = g_object_new (ACC_TYPE_ENTRY_ROW, NULL);

  acc_entry_row_set_texts (ACC_ENTRY_ROW (row), title, subtitle, trailing);
  return row;
}

GtkWidget *
acc_entry_row_new_person (const AccPerson *person)
{
  g_autofree char *position = NULL;
  GtkWidget *row;

  g_return_val_if_fail (person != NULL, NULL);
  position = acc_words_position (person);
  row = acc_entry_row_new (person->name, position, "");
  ACC_ENTRY_ROW (row)->person = person;
  return row;
}

const AccPerson *
acc_entry_row_get_person (AccEntryRow *self)
{
  g_return_val_if_fail (ACC_IS_ENTRY_ROW (self), NULL);
  return self->person;
}

void
acc_entry_row_set_detail (AccEntryRow *self, const char *detail)
{
  g_return_if_fail (ACC_IS_ENTRY_ROW (self) && detail != NULL);
  show_text (self->detail, detail);
  gtk_widget_set_tooltip_text (self->detail, detail);
}
