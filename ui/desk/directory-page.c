/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/directory-page.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "desk/desk-directory.h"
#include "desk/directory-finder.h"
#include "desk/directory-import.h"
#include "desk/words.h"

#define DAY_SECONDS (24 * 60 * 60)

struct _AccDirectoryPage {
  GtkWidget parent;
  GtkWidget *heading, *state, *old, *import_button, *views, *finder, *import, *empty;

  AccDeskSession *session;
  AccDirectory *directory; /* NULL: not read yet */
  GStrv waiting;
  gboolean open;
};

G_DEFINE_FINAL_TYPE (AccDirectoryPage, acc_directory_page, GTK_TYPE_WIDGET)

enum { CLOSED, IMPORTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
is_importing (AccDirectoryPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->views)), "import") == 0;
}

static gboolean
is_manager (AccDirectoryPage *self)
{
  const AccBanker *banker = acc_desk_session_get_banker (self->session);

  return banker != NULL && banker->manager;
}

/* ---- in words ---- */

static char *
describe_state (AccDirectory *directory)
{
  guint n = acc_directory_get_n_people (directory);
  g_autofree char *moment = acc_words_moment (acc_directory_get_imported_at (directory));

  if (acc_directory_get_source (directory) == ACC_DIRECTORY_FROM_LDAP)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person, imported by LDAP on %s", "%u people, imported by LDAP on %s", n),
                            n, moment);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u person, imported from a CSV file on %s",
                                       "%u people, imported from a CSV file on %s", n),
                          n, moment);
}

static gboolean
is_old (AccDirectoryPage *self)
{
  g_autoptr (GDateTime) imported
    = self->directory != NULL ? g_date_time_new_from_iso8601 (acc_directory_get_imported_at (self->directory), NULL) : NULL;
  gint64 days = acc_desk_session_get_directory_refresh (self->session);

  return imported != NULL && days > 0
         && acc_clock_now () / G_USEC_PER_SEC - g_date_time_to_unix (imported) > days * DAY_SECONDS;
}

/* The same as a letter's check says. */
static char *
describe_age (AccDirectoryPage *self)
{
  g_autofree char *day = g_strndup (acc_directory_get_imported_at (self->directory), strlen ("2026-11-20"));
  g_autofree char *from = g_strdup_printf (_ ("The staff directory is from %s."), day);

  return g_strconcat (from, " ",
                      is_manager (self)
                        ? _ ("Somebody may have another supervisor by now. Import it again.")
                        : _ ("Somebody may have another supervisor by now. Ask your manager to have it imported again."),
                      NULL);
}

static const char *
describe_emptiness (AccDirectoryPage *self)
{
  if (!is_manager (self))
    return _ ("Nobody is in the directory yet. Once a manager imports the bank’s staff list, letters find their way from here.");
  if (acc_desk_session_is_by_ldap (self->session))
    return _ ("Nobody is in the directory yet. Fetch it, and letters find their way from here.");
  return _ ("Nobody is in the directory yet. Import the bank’s staff list, and letters find their way from here.");
}

/* ---- what is shown ---- */

static void
show_view (AccDirectoryPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->views), name);
}

static void
update (AccDirectoryPage *self)
{
  gboolean old = is_old (self), some = self->directory != NULL && acc_directory_get_n_people (self->directory) > 0;
  g_autofree char *state = some ? describe_state (self->directory) : g_strdup ("");
  g_autofree char *age = old ? describe_age (self) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (self->state), state);
  gtk_label_set_text (GTK_LABEL (self->old), age);
  gtk_widget_set_visible (self->old, old);
  gtk_label_set_text (GTK_LABEL (self->empty), self->directory != NULL ? describe_emptiness (self) : "");
  gtk_button_set_label (GTK_BUTTON (self->import_button), acc_desk_session_is_by_ldap (self->session)
                                                            ? _ ("Fetch from LDAP")
                                                            : _ ("Import a staff file"));
  gtk_widget_set_visible (self->import_button, is_manager (self) && !is_importing (self));
  if (old || !some)
    gtk_widget_add_css_class (self->import_button, "primary");
  else
    gtk_widget_remove_css_class (self->import_button, "primary");
}

/* What is there, not what is being imported. */
static void
leave_import (AccDirectoryPage *self)
{
  gboolean some = self->directory != NULL && acc_directory_get_n_people (self->directory) > 0;

  acc_directory_import_end (ACC_DIRECTORY_IMPORT (self->import));
  show_view (self, some ? "people" : "empty");
  update (self);
}

static void
show_people (AccDirectoryPage *self)
{
  leave_import (self);
  if (!acc_directory_finder_take_focus (ACC_DIRECTORY_FINDER (self->finder)))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/* ---- importing ---- */

static void
begin_import (AccDirectoryPage *self)
{
  show_view (self, "import");
  acc_directory_import_begin (ACC_DIRECTORY_IMPORT (self->import), (const char *const *) self->waiting);
  update (self);
}

static gboolean
on_dropped (AccDirectoryPage *self, const GValue *value)
{
  GFile *file = g_value_get_object (value);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL || !is_manager (self) || acc_desk_session_is_by_ldap (self->session))
    return FALSE;
  begin_import (self);
  acc_directory_import_look_into (ACC_DIRECTORY_IMPORT (self->import), path);
  return TRUE;
}

static void
on_imported (AccDirectoryPage *self)
{
  g_signal_emit (self, signals[IMPORTED], 0);
  if (self->open)
    show_people (self);
}

/* ---- opening and closing ---- */

void
acc_directory_page_set_session (AccDirectoryPage *self, AccDeskSession *session)
{
  g_return_if_fail (ACC_IS_DIRECTORY_PAGE (self) && ACC_IS_DESK_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  acc_directory_import_set_session (ACC_DIRECTORY_IMPORT (self->import), session);
}

void
acc_directory_page_set_directory (AccDirectoryPage *self, AccDirectory *directory)
{
  g_return_if_fail (ACC_IS_DIRECTORY_PAGE (self));

  if (!self->open || !g_set_object (&self->directory, directory))
    return;
  acc_directory_finder_set_directory (ACC_DIRECTORY_FINDER (self->finder), directory);
  if (is_importing (self))
    update (self);
  else
    leave_import (self);
}

void
acc_directory_page_begin (AccDirectoryPage *self, AccDirectory *directory, const char *const *waiting)
{
  g_return_if_fail (ACC_IS_DIRECTORY_PAGE (self) && self->session != NULL);

  acc_directory_page_end (self);
  self->open = TRUE;
  self->waiting = g_strdupv ((GStrv) waiting);
  g_set_object (&self->directory, directory);
  acc_directory_finder_set_directory (ACC_DIRECTORY_FINDER (self->finder), directory);
  show_people (self);
}

void
acc_directory_page_end (AccDirectoryPage *self)
{
  g_return_if_fail (ACC_IS_DIRECTORY_PAGE (self));

  self->open = FALSE;
  acc_directory_import_end (ACC_DIRECTORY_IMPORT (self->import));
  acc_directory_finder_set_directory (ACC_DIRECTORY_FINDER (self->finder), NULL);
  g_clear_pointer (&self->waiting, g_strfreev);
  g_clear_object (&self->directory);
}

static void
close_page (AccDirectoryPage *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* Escape ends the import first. */
static gboolean
go_back (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  AccDirectoryPage *self = ACC_DIRECTORY_PAGE (widget);

  if (is_importing (self))
    show_people (self);
  else
    close_page (self);
  return TRUE;
}

static void
acc_directory_page_dispose (GObject *object)
{
  AccDirectoryPage *self = ACC_DIRECTORY_PAGE (object);
  GtkWidget *child;

  self->open = FALSE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->waiting, g_strfreev);
  g_clear_object (&self->directory);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (acc_directory_page_parent_class)->dispose (object);
}

static void
acc_directory_page_class_init (AccDirectoryPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_directory_page_dispose;
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_DIRECTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[IMPORTED] = g_signal_new ("imported", ACC_TYPE_DIRECTORY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  g_type_ensure (ACC_TYPE_DIRECTORY_FINDER);
  g_type_ensure (ACC_TYPE_DIRECTORY_IMPORT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/directory-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, heading);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, state);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, old);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, import_button);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, views);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, finder);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, import);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, begin_import);
  gtk_widget_class_bind_template_callback (widget_class, close_page);
  gtk_widget_class_bind_template_callback (widget_class, show_people);
  gtk_widget_class_bind_template_callback (widget_class, on_imported);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, go_back, NULL);
}

/* GTK's own chooser of files would be another window, and the one of 4.8 is deprecated two versions on: a file is dragged
 * here, or named. */
static void
acc_directory_page_init (AccDirectoryPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
