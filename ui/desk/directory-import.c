/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/directory-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "desk/directory-change-row.h"
#include "desk/words.h"

typedef enum { PHASE_ASKING, PHASE_READING, PHASE_SHOWN, PHASE_IMPORTING } Phase;

/* Which changes are shown. */
typedef enum { SHOW_ALL, SHOW_NEW, SHOW_LEFT, SHOW_CHANGED, SHOW_N } Shown;

struct _AccDirectoryImport {
  GtkWidget parent;
  GtkWidget *file_row, *path, *look, *server_row, *server, *fetch, *working, *working_text, *stop, *problem;
  GtkWidget *lines_box, *lines, *result, *summary, *warnings, *chips, *all_chip, *new_chip, *left_chip, *changed_chip;
  GtkWidget *list_box, *list, *import;
  GtkFilterListModel *filtered;

  AccDeskSession *session;
  GListStore *changes; /* of AccStaffChange */
  GtkFilter *filter;
  GStrv waiting;             /* whom each waiting letter thanks */
  Phase phase;
  GCancellable *cancellable; /* of what is being read; NULL: nothing is */
  AccStaffDifference *difference;
  GError *error; /* why the last reading or import failed */
  gboolean open;
};

G_DEFINE_FINAL_TYPE (AccDirectoryImport, acc_directory_import, GTK_TYPE_WIDGET)

enum { IMPORTED, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

static const char *
get_path (AccDirectoryImport *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->path));
}

/* ---- what would change ---- */

static Shown
get_shown (AccDirectoryImport *self)
{
  GtkWidget *const chips[SHOW_N] = { self->all_chip, self->new_chip, self->left_chip, self->changed_chip };

  for (Shown shown = 0; shown < SHOW_N; shown++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chips[shown])))
      return shown;
  return SHOW_ALL;
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  static const AccStaffChangeKind kinds[SHOW_N]
    = { [SHOW_NEW] = ACC_STAFF_NEW, [SHOW_LEFT] = ACC_STAFF_LEFT, [SHOW_CHANGED] = ACC_STAFF_CHANGED };
  Shown shown = get_shown (data);

  return shown == SHOW_ALL || acc_staff_change_get_kind (item) == kinds[shown];
}

static void
on_chip_toggled (AccDirectoryImport *self, GtkToggleButton *chip)
{
  if (gtk_toggle_button_get_active (chip) && self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_row_set_up (AccDirectoryImport *self, GtkListItem *list_item)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, g_object_new (ACC_TYPE_DIRECTORY_CHANGE_ROW, NULL));
}

static void
on_row_bound (AccDirectoryImport *self, GtkListItem *list_item)
{
  acc_directory_change_row_set_change (ACC_DIRECTORY_CHANGE_ROW (gtk_list_item_get_child (list_item)),
                                       gtk_list_item_get_item (list_item));
}

static void
fill_list (AccDirectoryImport *self)
{
  guint n = self->difference != NULL ? acc_staff_difference_get_n (self->difference) : 0;
  g_autofree gpointer *changes = g_new (gpointer, MAX (n, 1));

  for (guint i = 0; i < n; i++)
    changes[i] = acc_staff_difference_get_change (self->difference, i);
  g_list_store_splice (self->changes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->changes)), changes, n);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all_chip), TRUE);
}

/* Takes @label. */
static void
show_chip (GtkWidget *chip, char *label)
{
  gtk_button_set_label (GTK_BUTTON (chip), label);
  g_free (label);
}

static void
show_counts (AccDirectoryImport *self)
{
  guint n_all = acc_staff_difference_get_n (self->difference);
  guint n_new = acc_staff_difference_count (self->difference, ACC_STAFF_NEW);
  guint n_left = acc_staff_difference_count (self->difference, ACC_STAFF_LEFT);
  guint n_changed = acc_staff_difference_count (self->difference, ACC_STAFF_CHANGED);

  /* Translators: changes of the directory, and how many */
  show_chip (self->all_chip, g_strdup_printf (_ ("All %u"), n_all));
  /* Translators: people new in the directory, and how many */
  show_chip (self->new_chip, g_strdup_printf (_ ("New %u"), n_new));
  /* Translators: people who have left the directory, and how many */
  show_chip (self->left_chip, g_strdup_printf (_ ("Left %u"), n_left));
  /* Translators: people who are otherwise in the directory, and how many */
  show_chip (self->changed_chip, g_strdup_printf (_ ("Changed %u"), n_changed));
}

/* A comma may also stand in a name: then it is looked for as it is. */
static gboolean
is_concerned (AccStaffDifference *difference, const char *addressees)
{
  g_auto (GStrv) names = g_strsplit (addressees, ", ", -1);

  if (acc_staff_difference_concerns (difference, addressees))
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++)
    if (acc_staff_difference_concerns (difference, names[i]))
      return TRUE;
  return FALSE;
}

static guint
count_letters (AccDirectoryImport *self)
{
  guint n = 0;

  for (guint i = 0; self->waiting != NULL && self->waiting[i] != NULL; i++)
    n += is_concerned (self->difference, self->waiting[i]) ? 1 : 0;
  return n;
}

static void
add_warning (GString *warnings, char *sentence)
{
  g_string_append_printf (warnings, "%s%s", warnings->len > 0 ? "\n" : "", sentence);
  g_free (sentence);
}

/* What to look at before deciding. */
static char *
describe_warnings (AccDirectoryImport *self)
{
  g_autoptr (GString) warnings = g_string_new (NULL);
  guint n_before = acc_directory_get_n_people (acc_staff_difference_get_before (self->difference));
  guint n_left = acc_staff_difference_count (self->difference, ACC_STAFF_LEFT);
  guint n_others = acc_staff_difference_count_others (self->difference);
  guint n_letters = count_letters (self);

  if (acc_staff_difference_removes_many (self->difference))
    add_warning (warnings, g_strdup_printf (_ ("%u of %u people would leave: see that nobody is missing."), n_left, n_before));
  if (n_others > 0)
    add_warning (warnings,
                 g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u id may be somebody else’s now: see who it is.",
                                               "%u ids may be somebody else’s now: see who they are.", n_others),
                                  n_others));
  if (n_letters > 0)
    add_warning (warnings, g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u waiting letter may go to others than before.",
                                                         "%u waiting letters may go to others than before.", n_letters),
                                            n_letters));
  return g_string_free (g_steal_pointer (&warnings), FALSE);
}

static void
show_difference (AccDirectoryImport *self)
{
  guint n = acc_staff_difference_get_n (self->difference);
  guint n_people = acc_directory_get_n_people (acc_staff_difference_get_after (self->difference));
  g_autofree char *warnings = describe_warnings (self);
  g_autofree char *summary
    = n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The list has %u person. This is what would change:",
                                            "The list has %u people. This is what would change:", n_people),
                               n_people)
            : g_strdup (_ ("It says what the directory says already. Importing it notes that this is still so today."));
  g_autofree char *verb
    = n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Import this %u change", "Import these %u changes", n), n)
            : g_strdup (_ ("Note that it is still so"));

  gtk_label_set_text (GTK_LABEL (self->summary), summary);
  show_label (self->warnings, warnings);
  show_counts (self);
  gtk_widget_set_visible (self->chips, n > 0);
  gtk_widget_set_visible (self->list_box, n > 0);
  gtk_button_set_label (GTK_BUTTON (self->import), verb);
}

/* ---- what is shown ---- */

/* A sentence alone stands as it is; a file's or a server's bad rows stand below one, a line each. */
static void
show_error (AccDirectoryImport *self)
{
  g_autofree char *sentence = self->error != NULL ? acc_words_error (self->error) : NULL;
  gboolean rows = sentence != NULL && self->difference == NULL && self->error->domain == ACC_ERROR
                  && self->error->code == ACC_ERROR_INPUT
                  && (strchr (self->error->message, '\n') != NULL || !acc_desk_session_is_by_ldap (self->session));

  show_label (self->problem, rows ? _ ("Nothing was imported. Have this put right, then try again:") : sentence);
  gtk_label_set_text (GTK_LABEL (self->lines), rows ? self->error->message : "");
  gtk_widget_set_visible (self->lines_box, rows);
}

static void
update (AccDirectoryImport *self)
{
  gboolean by_ldap = acc_desk_session_is_by_ldap (self->session);
  gboolean busy = self->phase == PHASE_READING || self->phase == PHASE_IMPORTING;

  gtk_widget_set_visible (self->file_row, !by_ldap);
  gtk_widget_set_visible (self->server_row, by_ldap);
  gtk_widget_set_sensitive (self->file_row, !busy);
  gtk_widget_set_sensitive (self->fetch, !busy);
  gtk_widget_set_sensitive (self->look, get_path (self)[0] != '\0');
  gtk_widget_set_visible (self->working, busy);
  gtk_widget_set_visible (self->stop, self->phase == PHASE_READING);
  gtk_widget_set_visible (self->result, self->phase == PHASE_SHOWN);
  gtk_widget_set_visible (self->import, self->phase == PHASE_SHOWN);
  show_error (self);
  if (self->phase == PHASE_SHOWN)
    show_difference (self);
}

/* ---- reading ---- */

static void
take_difference (AccDirectoryImport *self, AccStaffDifference *difference)
{
  g_set_object (&self->difference, difference);
  fill_list (self);
  self->phase = difference != NULL ? PHASE_SHOWN : PHASE_ASKING;
}

/* What is shown must not be taken for what stands in the entry. */
static void
on_path_changed (AccDirectoryImport *self)
{
  if (self->phase == PHASE_SHOWN)
    take_difference (self, NULL);
  if (self->session != NULL)
    update (self);
}

static void
take_focus (AccDirectoryImport *self)
{
  if (self->phase == PHASE_SHOWN)
    gtk_widget_grab_focus (acc_staff_difference_get_n (self->difference) > 0 ? self->all_chip : self->import);
  else
    gtk_widget_grab_focus (acc_desk_session_is_by_ldap (self->session) ? self->fetch : self->path);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDirectoryImport) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStaffDifference) difference
    = acc_desk_session_read_directory_finish (ACC_DESK_SESSION (source), result, &error);

  /* What was given up is shown no more: whoever gave it up has gone on. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  take_difference (self, difference);
  update (self);
  take_focus (self);
}

/* NULL: from the server. */
static void
read_from (AccDirectoryImport *self, const char *path)
{
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text = g_strdup_printf (_ ("Reading %s …"),
                                           name != NULL ? name : acc_desk_session_get_ldap_address (self->session));

  take_difference (self, NULL);
  g_clear_error (&self->error);
  self->phase = PHASE_READING;
  gtk_label_set_text (GTK_LABEL (self->working_text), text);
  self->cancellable = g_cancellable_new ();
  acc_desk_session_read_directory_async (self->session, path, self->cancellable, on_read, g_object_ref (self));
  update (self);
  gtk_widget_grab_focus (self->stop);
}

/* A file manager's clipboard holds an address, file:///home/…; a person types a path. */
static void
look (AccDirectoryImport *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (get_path (self)));
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (typed[0] == '\0' || self->phase == PHASE_READING || self->phase == PHASE_IMPORTING)
    return;
  file = g_file_parse_name (typed);
  path = g_file_get_path (file);
  read_from (self, path != NULL ? path : typed);
}

static void
fetch (AccDirectoryImport *self)
{
  read_from (self, NULL);
}

static void
give_up (AccDirectoryImport *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
stop (AccDirectoryImport *self)
{
  give_up (self);
  take_difference (self, NULL);
  update (self);
  take_focus (self);
}

/* ---- importing ---- */

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccDirectoryImport) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = acc_desk_session_import_directory_finish (ACC_DESK_SESSION (source), result, &error);

  if (self->session == NULL) /* the window is gone */
    return;
  if (done)
    g_signal_emit (self, signals[IMPORTED], 0);
  if (done || !self->open || self->phase != PHASE_IMPORTING)
    return;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  /* Against another directory the difference would be another. */
  if (g_error_matches (self->error, ACC_ERROR, ACC_ERROR_CONFLICT))
    take_difference (self, NULL);
  self->phase = self->difference != NULL ? PHASE_SHOWN : PHASE_ASKING;
  update (self);
  take_focus (self);
}

static void
import (AccDirectoryImport *self)
{
  if (self->phase != PHASE_SHOWN)
    return;
  self->phase = PHASE_IMPORTING;
  gtk_label_set_text (GTK_LABEL (self->working_text), _ ("Importing …"));
  acc_desk_session_import_directory_async (self->session, self->difference, on_imported, g_object_ref (self));
  update (self);
}

static void
leave (AccDirectoryImport *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- opening and closing ---- */

void
acc_directory_import_set_session (AccDirectoryImport *self, AccDeskSession *session)
{
  g_return_if_fail (ACC_IS_DIRECTORY_IMPORT (self) && ACC_IS_DESK_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
}

void
acc_directory_import_begin (AccDirectoryImport *self, const char *const *waiting)
{
  g_return_if_fail (ACC_IS_DIRECTORY_IMPORT (self) && self->session != NULL);

  acc_directory_import_end (self);
  self->open = TRUE;
  self->waiting = g_strdupv ((GStrv) waiting);
  gtk_label_set_text (GTK_LABEL (self->server), acc_desk_session_get_ldap_address (self->session));
  update (self);
  take_focus (self);
  if (acc_desk_session_is_by_ldap (self->session))
    fetch (self);
}

void
acc_directory_import_look_into (AccDirectoryImport *self, const char *path)
{
  g_return_if_fail (ACC_IS_DIRECTORY_IMPORT (self) && path != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->path), path);
  look (self);
}

void
acc_directory_import_end (AccDirectoryImport *self)
{
  g_return_if_fail (ACC_IS_DIRECTORY_IMPORT (self));

  self->open = FALSE;
  give_up (self);
  g_clear_error (&self->error);
  g_clear_pointer (&self->waiting, g_strfreev);
  take_difference (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->path), "");
}

static void
acc_directory_import_dispose (GObject *object)
{
  AccDirectoryImport *self = ACC_DIRECTORY_IMPORT (object);
  GtkWidget *child;

  give_up (self);
  self->open = FALSE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->filter);
  g_clear_object (&self->changes);
  g_clear_object (&self->difference);
  g_clear_error (&self->error);
  g_clear_pointer (&self->waiting, g_strfreev);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (acc_directory_import_parent_class)->dispose (object);
}

static void
bind_parts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, file_row);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, path);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, look);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, server_row);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, server);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, fetch);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, working);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, working_text);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, stop);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, problem);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, lines_box);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, lines);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, result);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, summary);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, warnings);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, chips);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, all_chip);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, new_chip);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, left_chip);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, changed_chip);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, list_box);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, list);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, import);
  gtk_widget_class_bind_template_child (widget_class, AccDirectoryImport, filtered);
}

static void
acc_directory_import_class_init (AccDirectoryImportClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_directory_import_dispose;
  signals[IMPORTED] = g_signal_new ("imported", ACC_TYPE_DIRECTORY_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_DIRECTORY_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/directory-import.ui");
  bind_parts (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_path_changed);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, fetch);
  gtk_widget_class_bind_template_callback (widget_class, stop);
  gtk_widget_class_bind_template_callback (widget_class, import);
  gtk_widget_class_bind_template_callback (widget_class, leave);
  gtk_widget_class_bind_template_callback (widget_class, on_chip_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_row_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_row_bound);
}

static void
acc_directory_import_init (AccDirectoryImport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->changes = g_list_store_new (ACC_TYPE_STAFF_CHANGE);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  gtk_filter_list_model_set_filter (self->filtered, self->filter);
  gtk_filter_list_model_set_model (self->filtered, G_LIST_MODEL (self->changes));
}
