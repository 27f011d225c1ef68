/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/staff-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/config.h"
#include "base/error.h"
#include "inbox/closed-table.h"
#include "inbox/exit-code.h"
#include "inbox/inbox.h"
#include "kiosk/code-pad.h"
#include "kiosk/head.h"
#include "kiosk/self-check.h"
#include "kit/ask.h"
#include "kit/presence.h"
#include "vault/hash.h"

#define ALONE_SECONDS 60
#define SECOND G_USEC_PER_SEC

struct _AccStaffPage {
  GtkWidget parent_instance;

  GtkWidget *page;
  AccHead *head;
  GtkStack *rooms;
  AccCodePad *pad;
  GtkLabel *kiosk;
  GtkLabel *state;
  GtkBox *body, *results;
  GtkLabel *failure;
  GtkWidget *close_button, *open_button;

  char *store_dir;
  AccWorker *worker;
  AccPresence *presence; /* while it is in a window */
  guint watch;           /* source */
  gboolean closed;       /* the kiosk, by staff */
  gboolean busy;         /* something runs on the worker */
};

enum { LEFT, ASSIST, SERVICE_CHANGED, ENDING, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccStaffPage, acc_staff_page, GTK_TYPE_WIDGET)

gboolean
acc_staff_page_is_open (AccStaffPage *self)
{
  g_return_val_if_fail (ACC_IS_STAFF_PAGE (self), FALSE);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->rooms), "staff") == 0;
}

/* Which verbs make sense now: none before the code was right. */
static void
update_actions (AccStaffPage *self)
{
  const gboolean open = acc_staff_page_is_open (self);
  const struct {
    const char *action;
    gboolean enabled;
  } verbs[] = {
    { "staff.leave", TRUE },
    { "staff.check", open && !self->busy },
    { "staff.assist", open && !self->closed },
    { "staff.close", open && !self->busy && !self->closed },
    { "staff.open", open && !self->busy && self->closed },
    { "staff.restart", open },
    { "staff.shut-down", open },
  };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), verbs[i].action, verbs[i].enabled);
  gtk_widget_set_visible (self->close_button, !self->closed);
  gtk_widget_set_visible (self->open_button, self->closed);
}

static void
show_failure (AccStaffPage *self, const GError *error)
{
  g_autofree char *sentence = error != NULL ? acc_error_screen_sentence (error) : g_strdup ("");

  gtk_label_set_text (self->failure, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), error != NULL);
}

/* ---- the self-check ---- */

static GtkWidget *
result_row_new (const AccSelfCheckResult *result)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *heading
    = g_strdup_printf (result->wrong == NULL ? "✓  %s" : "!  %s", result->what);
  GtkWidget *label = gtk_label_new (heading);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, result->wrong == NULL ? "good" : "wrong");
  gtk_box_append (GTK_BOX (row), label);
  if (result->wrong != NULL)
    {
      GtkWidget *sentence = gtk_label_new (result->wrong);

      gtk_label_set_xalign (GTK_LABEL (sentence), 0);
      gtk_label_set_wrap (GTK_LABEL (sentence), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (sentence), PANGO_WRAP_WORD_CHAR);
      gtk_box_append (GTK_BOX (row), sentence);
    }
  return row;
}

static void
clear_results (AccStaffPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results))) != NULL)
    gtk_box_remove (self->results, child);
}

static void
show_results (AccStaffPage *self, GPtrArray *results)
{
  guint n_wrong = 0;

  clear_results (self);
  for (guint i = 0; i < results->len; i++)
    {
      const AccSelfCheckResult *result = g_ptr_array_index (results, i);

      n_wrong += result->wrong != NULL;
      gtk_box_append (self->results, result_row_new (result));
    }
  gtk_label_set_text (self->state, n_wrong > 0      ? _ ("The kiosk cannot be used yet.")
                                   : self->closed ? _ ("All is well. Staff have closed the kiosk.")
                                                  : _ ("All is well. The kiosk is open for clients."));
}

static char *
find_kiosk (const char *store_dir)
{
  g_autoptr (AccConfig) config = acc_config_load (store_dir, NULL);

  return config != NULL ? g_strdup (acc_config_get (config, ACC_CONFIG_KIOSK_ID)) : NULL;
}

typedef struct {
  GPtrArray *results;
  char *kiosk; /* NULL where the configuration cannot be read */
  gboolean closed;
} Findings;

static void
findings_free (gpointer data)
{
  Findings *findings = data;

  g_clear_pointer (&findings->results, g_ptr_array_unref);
  g_free (findings->kiosk);
  g_free (findings);
}

static void
check_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *store_dir = data;
  Findings *findings = g_new0 (Findings, 1);
  g_autoptr (AccStore) inbox = acc_inbox_open (store_dir, ACC_STORE_READ, NULL);

  findings->results = acc_self_check_run (store_dir, acc_worker_get_ending (ACC_STAFF_PAGE (source)->worker));
  findings->kiosk = find_kiosk (store_dir);
  if (inbox != NULL && findings->kiosk != NULL)
    acc_closed_find (inbox, findings->kiosk, &findings->closed, NULL);
  g_task_return_pointer (task, findings, findings_free);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStaffPage *self = ACC_STAFF_PAGE (source);
  Findings *findings = g_task_propagate_pointer (G_TASK (result), NULL);

  self->busy = FALSE;
  self->closed = findings->closed;
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      gtk_label_set_text (self->kiosk, findings->kiosk != NULL ? findings->kiosk : "");
      show_results (self, findings->results);
      update_actions (self);
    }
  findings_free (findings);
}

static void
check (AccStaffPage *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_checked, NULL);

  self->busy = TRUE;
  gtk_label_set_text (self->state, _ ("Looking at everything that a letter needs"));
  update_actions (self);
  g_task_set_task_data (task, g_strdup (self->store_dir), g_free);
  acc_worker_run (self->worker, task, check_body);
}

/* ---- the code ---- */

typedef struct {
  char *store_dir, *code;
} Try;

static void
try_free (gpointer data)
{
  Try *try = data;

  g_free (try->store_dir);
  acc_wipe (try->code, strlen (try->code));
  g_free (try->code);
  g_free (try);
}

static void
try_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Try *try = data;
  GError *error = NULL;

  if (acc_exit_code_try (try->store_dir, try->code, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStaffPage *self = ACC_STAFF_PAGE (source);
  g_autoptr (GError) error = NULL;
  const gboolean right = g_task_propagate_boolean (G_TASK (result), &error);
  g_autofree char *sentence = !right ? acc_error_screen_sentence (error) : NULL;

  self->busy = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  acc_code_pad_set_state (self->pad, FALSE, sentence);
  if (!right)
    return;
  gtk_stack_set_visible_child_name (self->rooms, "staff");
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  check (self);
}

static void
on_code_entered (AccStaffPage *self, const char *code)
{
  g_autoptr (GTask) task = NULL;
  Try *try;

  if (self->busy)
    return;
  self->busy = TRUE;
  try = g_new0 (Try, 1);
  try->store_dir = g_strdup (self->store_dir);
  try->code = g_strdup (code);
  acc_code_pad_set_state (self->pad, TRUE, NULL);
  task = g_task_new (self, NULL, on_tried, NULL);
  g_task_set_task_data (task, try, try_free);
  acc_worker_run (self->worker, task, try_body);
}

static void
on_code_left (AccStaffPage *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

/* ---- the verbs ---- */

static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[LEFT], 0);
}

static void
check_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  check (ACC_STAFF_PAGE (widget));
}

static void
assist (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ASSIST], 0);
  g_signal_emit (widget, signals[LEFT], 0);
}

typedef struct {
  char *store_dir;
  gboolean closed;
} Service;

static void
service_free (gpointer data)
{
  g_free (((Service *) data)->store_dir);
  g_free (data);
}

static void
set_service_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Service *service = data;
  GError *error = NULL;
  g_autoptr (AccConfig) config = acc_config_load (service->store_dir, &error);
  g_autoptr (AccStore) inbox
    = config != NULL ? acc_inbox_open (service->store_dir, ACC_STORE_WRITE, &error) : NULL;

  if (inbox != NULL
      && acc_closed_set (inbox, acc_config_get (config, ACC_CONFIG_KIOSK_ID), service->closed, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_service_set (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStaffPage *self = ACC_STAFF_PAGE (source);
  g_autoptr (GError) error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->busy = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  show_failure (self, error);
  if (done)
    g_signal_emit (self, signals[SERVICE_CHANGED], 0);
  check (self);
}

static void
set_service (AccStaffPage *self, gboolean closed)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_service_set, NULL);
  Service *service = g_new0 (Service, 1);

  self->busy = TRUE;
  update_actions (self);
  service->store_dir = g_strdup (self->store_dir);
  service->closed = closed;
  g_task_set_task_data (task, service, service_free);
  acc_worker_run (self->worker, task, set_service_body);
}

static void
open_kiosk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_service (ACC_STAFF_PAGE (widget), FALSE);
}

/* What would end a client's letter is asked before it is done. */
typedef struct {
  const char *action, *question, *explanation, *yes;
  int status; /* the program's; -1: it goes on, out of service */
} Ending;

static const Ending endings[] = {
  { "staff.close", N_ ("Close the kiosk?"), N_ ("Clients can write no letters until staff open it again here. A letter that has been begun is gone."),
    N_ ("Close the kiosk"), -1 },
  { "staff.restart", N_ ("Restart the kiosk?"), N_ ("It comes back by itself. A letter that has been begun is gone."),
    N_ ("Restart"), ACC_END_RESTART },
  { "staff.shut-down", N_ ("Shut the kiosk down?"), N_ ("Somebody must switch it on again. A letter that has been begun is gone."),
    N_ ("Shut down"), ACC_END_SHUT_DOWN },
};

typedef struct {
  AccStaffPage *page;
  const Ending *ending;
} Asked;

static void
on_ending_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (AccStaffPage) self = asked->page;

  if (!acc_ask_finish (ACC_ASK (source), result, NULL) || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (asked->ending->status < 0)
    set_service (self, TRUE);
  else
    g_signal_emit (self, signals[ENDING], 0, asked->ending->status);
}

static void
ask_ending (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkWidget *ask = gtk_widget_get_ancestor (widget, ACC_TYPE_ASK);
  const Ending *ending = endings;
  Asked *asked;

  while (!g_str_equal (ending->action, action))
    ending++;
  asked = g_new0 (Asked, 1);
  asked->page = g_object_ref (ACC_STAFF_PAGE (widget));
  asked->ending = ending;
  acc_ask_async (ACC_ASK (ask),
                 &(AccQuestion){ .question = _ (ending->question),
                                 .explanation = _ (ending->explanation),
                                 .yes = _ (ending->yes),
                                 .no = _ ("Go back") },
                 NULL, on_ending_answered, asked);
}

/* ---- left alone ---- */

static gboolean
on_watch (gpointer data)
{
  AccStaffPage *self = data;

  if (acc_presence_get_away (self->presence) < ALONE_SECONDS * SECOND)
    return G_SOURCE_CONTINUE;
  self->watch = 0;
  g_signal_emit (self, signals[LEFT], 0);
  return G_SOURCE_REMOVE;
}

static void
stop_watching (AccStaffPage *self)
{
  g_clear_handle_id (&self->watch, g_source_remove);
  g_clear_object (&self->presence);
}

static void
acc_staff_page_root (GtkWidget *widget)
{
  AccStaffPage *self = ACC_STAFF_PAGE (widget);

  GTK_WIDGET_CLASS (acc_staff_page_parent_class)->root (widget);
  self->presence = acc_presence_new (GTK_WINDOW (gtk_widget_get_root (widget)));
  self->watch = g_timeout_add_seconds (1, on_watch, self);
}

static void
acc_staff_page_unroot (GtkWidget *widget)
{
  stop_watching (ACC_STAFF_PAGE (widget));
  GTK_WIDGET_CLASS (acc_staff_page_parent_class)->unroot (widget);
}

static void
acc_staff_page_dispose (GObject *object)
{
  AccStaffPage *self = ACC_STAFF_PAGE (object);

  stop_watching (self);
  g_clear_object (&self->worker);
  gtk_widget_dispose_template (GTK_WIDGET (object), ACC_TYPE_STAFF_PAGE);
  G_OBJECT_CLASS (acc_staff_page_parent_class)->dispose (object);
}

static void
acc_staff_page_finalize (GObject *object)
{
  g_free (ACC_STAFF_PAGE (object)->store_dir);
  G_OBJECT_CLASS (acc_staff_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "staff.leave", NULL, leave);
  gtk_widget_class_install_action (widget_class, "staff.check", NULL, check_again);
  gtk_widget_class_install_action (widget_class, "staff.assist", NULL, assist);
  gtk_widget_class_install_action (widget_class, "staff.open", NULL, open_kiosk);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    gtk_widget_class_install_action (widget_class, endings[i].action, NULL, ask_ending);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kiosk/staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, page);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, head);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, rooms);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, pad);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, kiosk);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, state);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, body);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, results);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, failure);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, AccStaffPage, open_button);
  gtk_widget_class_bind_template_callback (widget_class, on_code_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_code_left);
}

static void
acc_staff_page_class_init (AccStaffPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_staff_page_dispose;
  object_class->finalize = acc_staff_page_finalize;
  widget_class->root = acc_staff_page_root;
  widget_class->unroot = acc_staff_page_unroot;
  signals[LEFT] = g_signal_new ("left", ACC_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ASSIST] = g_signal_new ("assist", ACC_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SERVICE_CHANGED]
    = g_signal_new ("service-changed", ACC_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDING] = g_signal_new ("ending", ACC_TYPE_STAFF_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_INT);
  install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "staff.leave", NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  g_type_ensure (ACC_TYPE_CODE_PAD);
  g_type_ensure (ACC_TYPE_HEAD);
  bind_template (widget_class);
}

static void
acc_staff_page_init (AccStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

GtkWidget *
acc_staff_page_new (const char *store_dir, AccLetterhead *letterhead, AccWorker *worker)
{
  AccStaffPage *self;

  g_return_val_if_fail (store_dir != NULL && ACC_IS_WORKER (worker), NULL);

  self = g_object_new (ACC_TYPE_STAFF_PAGE, NULL);
  self->store_dir = g_strdup (store_dir);
  self->worker = g_object_ref (worker);
  if (letterhead != NULL)
    acc_head_set_letterhead (self->head, letterhead);
  return GTK_WIDGET (self);
}

void
acc_staff_page_set_layout (AccStaffPage *self, const AccLayout *layout)
{
  g_return_if_fail (ACC_IS_STAFF_PAGE (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  layout->upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
acc_staff_page_enter (AccStaffPage *self)
{
  g_return_if_fail (ACC_IS_STAFF_PAGE (self));

  acc_code_pad_enter (self->pad);
}
