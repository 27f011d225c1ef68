/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-support.h"

#include "support.h"

#include <string.h>

#include "archive/queue.h"
#include "archive/setup.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/places.h"
#include "base/worker.h"
#include "inbox/slip-code.h"
#include "inbox/submit.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "paper/pdf-writer.h"
#include "review/decision.h"
#include "staff/directory-table.h"
#include "staff/staff-csv.h"
#include "vault/bankers.h"

#define WAIT_SECONDS 60

/* ---- a branch ---- */

typedef struct {
  AccIdentity *manager;
  GBytes *pepper;
} Adding;

static gboolean
add_daniel (AccStore *desk, gpointer data, GError **error)
{
  Adding *adding = data;

  return acc_bankers_add (desk, adding->manager, adding->pepper, DESK_DANIEL, DESK_PASSPHRASE, FALSE, "HV1036", error)
         && acc_bankers_link (desk, DESK_ANA, "HV1043", error);
}

static void
import_staff (const char *store, AccStore *desk, AccIdentity *manager)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = acc_places_data ("demo/staff.csv");
  g_autoptr (GBytes) csv = acc_file_read (path, ACC_STAFF_BYTES_MAX, &error);
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccStore) inbox = NULL;

  g_assert_no_error (error);
  directory = acc_staff_csv_read (csv, &error);
  g_assert_no_error (error);
  inbox = acc_inbox_open (store, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  acc_directory_table_save (desk, inbox, manager, directory, &error);
  g_assert_no_error (error);
}

void
desk_set_up_branch (const char *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) desk = NULL;
  g_autoptr (AccIdentity) manager = NULL;
  g_autofree char *recovery = NULL, *pepper_path = acc_archive_pepper_path (store);
  Adding adding;

  acc_archive_set_up (store, "Market Street branch", DESK_ANA, DESK_PASSPHRASE, &recovery, &error);
  g_assert_no_error (error);
  manager = acc_archive_sign_in (store, DESK_ANA, DESK_PASSPHRASE, &desk, &error);
  g_assert_no_error (error);
  adding.manager = manager;
  adding.pepper = acc_file_read (pepper_path, 1024, &error);
  g_assert_no_error (error);
  acc_store_transact (desk, add_daniel, &adding, &error);
  g_assert_no_error (error);
  g_bytes_unref (adding.pepper);
  import_staff (store, desk, manager);
}

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

#define STORY "They stayed on the line until it worked."

static AccLetter *
write_letter (const char *name, const char *department, const char *story, const char *banker)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_init (&fields);
  replace (&fields.to[0].name, name);
  replace (&fields.to[0].department, department);
  replace (&fields.act, story);
  replace (&fields.from[0].name, DESK_CLIENT);
  fields.from[0].signature = acc_signature_new_typed (DESK_CLIENT);
  replace (&fields.served_on, "2026-11-20");
  replace (&fields.date, "2026-11-21");
  fields.thanks_banker = banker != NULL;
  if (banker != NULL)
    {
      replace (&fields.banker_name, banker);
      replace (&fields.banker_words, "Found the right person at once.");
    }
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

char *
desk_submit_letter (Desk *desk, AccLetter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", NULL);
  g_autofree char *number = acc_number_new (), *key_path = acc_inbox_branch_key_path (desk->store);
  g_autoptr (AccReadyLetter) ready = NULL;
  g_autoptr (AccBranchKey) key = NULL;
  g_autoptr (AccStore) inbox = NULL;
  g_autoptr (GBytes) slip_key = NULL;

  ready = acc_ready_letter_new (letter, number, letterhead, "Market Street branch", &error);
  g_assert_no_error (error);
  key = acc_branch_key_load (key_path, &error);
  g_assert_no_error (error);
  inbox = acc_inbox_open (desk->store, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  slip_key = acc_slip_key_load (desk->store, &error);
  g_assert_no_error (error);
  acc_ready_letter_add_slip (ready, slip_key);
  acc_submit (inbox, key, "lobby-1", ready, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&number);
}

char *
desk_submit (Desk *desk, const char *name, const char *department, const char *banker)
{
  g_autoptr (AccLetter) letter = write_letter (name, department, STORY, banker);

  return desk_submit_letter (desk, letter);
}

char *
desk_submit_story (Desk *desk, const char *story)
{
  g_autoptr (AccLetter) letter = write_letter ("Jessica Okafor", "Fraud Operations", story, NULL);

  return desk_submit_letter (desk, letter);
}

char *
desk_submit_in (Desk *desk, const char *language)
{
  g_autoptr (AccLetter) english = write_letter ("Tomasz Wójcik", "Loan Servicing", STORY, NULL), letter = NULL;
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (english));
  replace (&fields.language, language);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return desk_submit_letter (desk, letter);
}

/* As another branch's kiosk would print it: no byte is what this desk would make of the letter. */
static GBytes *
print_elsewhere (AccLetter *letter, const char *number)
{
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPages) pages = acc_typeset_letter (letter, "Another branch", number, letterhead, &error);
  GBytes *pdf = pages != NULL ? acc_pdf_write (pages, &error) : NULL;

  g_assert_no_error (error);
  return pdf;
}

char *
desk_submit_many (Desk *desk, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = write_letter ("Jessica Okafor", "Fraud Operations", STORY, NULL);
  g_autoptr (AccLetter) other = write_letter ("Tomasz Wójcik", "Loan Servicing", STORY, NULL);
  g_autofree char *key_path = acc_inbox_branch_key_path (desk->store);
  g_autoptr (GBytes) json = acc_letter_to_json (letter), other_json = acc_letter_to_json (other);
  g_autoptr (AccBranchKey) key = acc_branch_key_load (key_path, NULL);
  g_autoptr (AccStore) inbox = acc_inbox_open (desk->store, ACC_STORE_WRITE, NULL);
  char *number = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (AccInboxLetter) sealed = g_new0 (AccInboxLetter, 1);
      g_autoptr (GBytes) pdf = NULL;

      g_free (number);
      number = acc_number_new ();
      pdf = print_elsewhere (letter, number);
      sealed->sealed = acc_seal (key, number, i + 1 < n ? json : other_json, pdf);
      sealed->format = ACC_SEAL_FORMAT;
      sealed->kiosk = g_strdup ("lobby-1");
      sealed->submitted_at = acc_clock_stamp ();
      sealed->n_pages = 1;
      acc_inbox_add (inbox, sealed, &error);
      g_assert_no_error (error);
    }
  return number;
}

void
desk_init (Desk *desk)
{
  desk->folder = test_folder_new ();
  desk->store = g_build_filename (desk->folder, "store", NULL);
  desk->session = NULL;
  desk->window = NULL;
  desk_set_up_branch (desk->store);
  desk->session = acc_desk_session_new (desk->store);
}

static void
iterate_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
desk_clear (Desk *desk)
{
  if (desk->window != NULL)
    gtk_window_destroy (GTK_WINDOW (desk->window));
  acc_worker_end_all ();
  iterate_idle ();
  g_clear_object (&desk->session);
  g_clear_pointer (&desk->store, g_free);
  test_folder_free (desk->folder);
}

void
desk_decide_elsewhere (Desk *desk, const char *number, AccMove move, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (AccIdentity) daniel = acc_archive_sign_in (desk->store, DESK_DANIEL, DESK_PASSPHRASE, &store, &error);
  g_autoptr (AccOpenedLetter) letter = NULL;

  g_assert_no_error (error);
  letter = acc_opened_letter_new (store, daniel, number, &error);
  g_assert_no_error (error);
  acc_decide (store, daniel, letter, move, ACC_NAMED_NOT, reason, &error);
  g_assert_no_error (error);
}

/* ---- waiting and finding ---- */

static gboolean
on_waited_too_long (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
desk_wait_for (Desk *desk, const char *what, DeskCondition condition, gconstpointer data)
{
  gboolean too_long = FALSE;
  guint guard = g_timeout_add_seconds (WAIT_SECONDS, on_waited_too_long, &too_long);

  while (!condition (desk, data) && !too_long)
    g_main_context_iteration (NULL, TRUE);
  if (too_long)
    g_error ("waited in vain for: %s", what);
  g_source_remove (guard);
}

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

/* What the window says in its own language, where the sources say @text. */
static const char *
say (const char *text)
{
  return g_dgettext ("accolade", text);
}

static GtkWidget *
find (GtkWidget *root, GType type, Match match, const char *text)
{
  if (gtk_widget_get_mapped (root) && g_type_is_a (G_OBJECT_TYPE (root), type) && match (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* By a label of its own, or by the label that stands beside it. */
static gboolean
has_name (GtkWidget *widget, const char *text)
{
  g_autoptr (GList) beside = gtk_widget_list_mnemonic_labels (widget);
  g_autofree char *difference
    = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, text);

  for (GList *label = beside; label != NULL; label = label->next)
    if (g_strcmp0 (gtk_label_get_text (label->data), text) == 0)
      return TRUE;
  return difference == NULL;
}

static gboolean
has_button_label (GtkWidget *widget, const char *text)
{
  return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0 || has_name (widget, text);
}

static gboolean
has_label_text (GtkWidget *widget, const char *text)
{
  return strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

GtkWidget *
desk_find_button (Desk *desk, const char *label)
{
  return find (GTK_WIDGET (desk->window), GTK_TYPE_BUTTON, has_button_label, say (label));
}

GtkWidget *
desk_find (Desk *desk, GType type, const char *name)
{
  return find (GTK_WIDGET (desk->window), type, has_name, say (name));
}

gboolean
desk_shows (Desk *desk, gconstpointer text)
{
  return find (GTK_WIDGET (desk->window), GTK_TYPE_LABEL, has_label_text, say (text)) != NULL;
}

gboolean
desk_offers (Desk *desk, gconstpointer label)
{
  GtkWidget *button = desk_find_button (desk, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
desk_click (Desk *desk, const char *label)
{
  desk_wait_for (desk, label, desk_offers, label);
  g_signal_emit_by_name (desk_find_button (desk, label), "clicked");
}

void
desk_see (Desk *desk, const char *text)
{
  desk_wait_for (desk, text, desk_shows, text);
}

void
desk_type_passphrase (Desk *desk, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (desk_find (desk, GTK_TYPE_PASSWORD_ENTRY, "Passphrase")), text);
}

void
desk_choose_banker (Desk *desk, const char *banker)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (desk_find (desk, GTK_TYPE_DROP_DOWN, "Banker")),
                              strcmp (banker, DESK_ANA) == 0 ? 0 : 1);
}

void
desk_open_window (Desk *desk)
{
  desk->window = acc_desk_window_new (NULL, desk->session);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (desk->window));
  desk_wait_for (desk, "Sign in", desk_offers, "Sign in");
}

void
desk_sign_in (Desk *desk, const char *banker)
{
  desk_open_window (desk);
  desk_choose_banker (desk, banker);
  desk_type_passphrase (desk, DESK_PASSPHRASE);
  desk_click (desk, "Sign in");
  desk_wait_for (desk, "Sign out", desk_offers, "Sign out");
}

static void
wait_at_gate (GTask *task, gpointer source, gpointer gate, GCancellable *cancellable)
{
  g_async_queue_pop (gate);
  g_task_return_boolean (task, TRUE);
}

void
desk_hold_paper (Desk *desk, GAsyncQueue *gate)
{
  g_autoptr (GTask) task = g_task_new (desk->session, NULL, NULL, NULL);

  g_task_set_task_data (task, gate, NULL);
  acc_worker_run (acc_desk_session_get_paper (desk->session), task, wait_at_gate);
}

guint
desk_count_rows (Desk *desk)
{
  GtkWidget *list = desk_find (desk, GTK_TYPE_LIST_VIEW, "Letters");

  return list == NULL ? 0
                      : g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

char *
desk_dup_first_addressee (Desk *desk)
{
  GtkWidget *list = desk_find (desk, GTK_TYPE_LIST_VIEW, "Letters");
  g_autoptr (AccQueueItem) item
    = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))), 0);

  return g_strdup (acc_queue_item_get_addressee (item));
}
