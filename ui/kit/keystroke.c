/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/keystroke.h"

gboolean
acc_keystroke_is_field (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    return gtk_editable_get_editable (GTK_EDITABLE (widget));
  return GTK_IS_TEXT_VIEW (widget) && gtk_text_view_get_editable (GTK_TEXT_VIEW (widget));
}

gboolean
acc_keystroke_takes_lines (GtkWidget *field)
{
  return GTK_IS_TEXT_VIEW (field);
}

static GtkInputPurpose
get_purpose (GtkWidget *field)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (field), "input-purpose") != NULL)
    g_object_get (field, "input-purpose", &purpose, NULL);
  return purpose;
}

gboolean
acc_keystroke_takes_digits (GtkWidget *field)
{
  GtkInputPurpose purpose;

  g_return_val_if_fail (GTK_IS_WIDGET (field), FALSE);

  purpose = get_purpose (field);
  return purpose == GTK_INPUT_PURPOSE_DIGITS || purpose == GTK_INPUT_PURPOSE_NUMBER
         || purpose == GTK_INPUT_PURPOSE_PHONE || purpose == GTK_INPUT_PURPOSE_PIN;
}

gboolean
acc_keystroke_takes_latin (GtkWidget *field)
{
  GtkInputPurpose purpose;

  g_return_val_if_fail (GTK_IS_WIDGET (field), FALSE);

  purpose = get_purpose (field);
  return purpose == GTK_INPUT_PURPOSE_EMAIL || purpose == GTK_INPUT_PURPOSE_URL;
}

static void
type_into_view (GtkTextView *view, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  const gboolean editable = gtk_text_view_get_editable (view);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, editable);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, editable);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
}

static void
type_into_line (GtkEditable *line, const char *text)
{
  int position;

  gtk_editable_delete_selection (line);
  position = gtk_editable_get_position (line);
  gtk_editable_insert_text (line, text, -1, &position);
  gtk_editable_set_position (line, position);
}

void
acc_keystroke_type (GtkWidget *field, const char *text)
{
  g_return_if_fail (acc_keystroke_is_field (field));
  g_return_if_fail (text != NULL);

  if (GTK_IS_TEXT_VIEW (field))
    type_into_view (GTK_TEXT_VIEW (field), text);
  else
    type_into_line (GTK_EDITABLE (field), text);
}

void
acc_keystroke_delete (GtkWidget *field)
{
  g_return_if_fail (acc_keystroke_is_field (field));

  /* GTK's own signal of its Backspace: it knows which scripts lose a letter with its marks, and which the last mark. */
  g_signal_emit_by_name (field, "backspace");
}
