/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/shortcuts-page.h"

#include <glib/gi18n-lib.h>

#include "desk/shortcuts.h"

struct _AccShortcutsPage {
  GtkWidget parent;
  GtkWidget *queue_keys, *letter_keys, *desk_keys, *close;
};

G_DEFINE_FINAL_TYPE (AccShortcutsPage, acc_shortcuts_page, GTK_TYPE_WIDGET)

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
go_back (AccShortcutsPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static GtkWidget *
make_label (const char *text, const char *class, gboolean expands)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), expands);
  gtk_widget_set_hexpand (label, expands);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (label, expands ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  gtk_widget_add_css_class (label, class);
  return label;
}

/* A second key for the same stands beside the first. */
static void
add_row (AccShortcutsPage *self, const AccShortcut *shortcut, gboolean again)
{
  GtkWidget *const groups[ACC_SHORTCUTS_N] = { self->queue_keys, self->letter_keys, self->desk_keys };
  g_autofree char *keys = acc_shortcuts_dup_keys (shortcut, gtk_widget_get_display (GTK_WIDGET (self)));
  GtkWidget *row = again ? gtk_widget_get_last_child (groups[shortcut->group]) : NULL;

  if (row == NULL)
    {
      row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_widget_add_css_class (row, "shortcut");
      gtk_box_append (GTK_BOX (row), make_label (_ (shortcut->words), "words", TRUE));
      gtk_box_append (GTK_BOX (groups[shortcut->group]), row);
    }
  gtk_box_append (GTK_BOX (row), make_label (keys, "keycap", FALSE));
}

static void
acc_shortcuts_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_shortcuts_page_parent_class)->dispose (object);
}

static void
acc_shortcuts_page_class_init (AccShortcutsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_shortcuts_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/shortcuts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, queue_keys);
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, letter_keys);
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, desk_keys);
  gtk_widget_class_bind_template_child (widget_class, AccShortcutsPage, close);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_SHORTCUTS_PAGE, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Escape, 0, "closed", NULL);
}

static void
acc_shortcuts_page_init (AccShortcutsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < acc_shortcuts_n; i++)
    add_row (self, &acc_shortcuts[i], i > 0 && g_str_equal (acc_shortcuts[i].words, acc_shortcuts[i - 1].words));
}

void
acc_shortcuts_page_take_focus (AccShortcutsPage *self)
{
  g_return_if_fail (ACC_IS_SHORTCUTS_PAGE (self));
  gtk_widget_grab_focus (self->close);
}
