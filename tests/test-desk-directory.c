/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff directory at the desk: what it is, whom a person reports to, and the import of another one, from a file and from
 * a real directory server. */
#include "desk-support.h"
#include "slapd-support.h"
#include "support.h"
#include "turns-support.h"
#include "window-support.h"

#include "archive/archive.h"
#include "base/error.h"
#include "base/file.h"
#include "base/places.h"
#include "base/worker.h"
#include "desk/desk-app.h"
#include "desk/desk-directory.h"
#include "desk/desk-window-private.h"
#include "staff/staff-csv.h"
#include "store/statement.h"

#include <glib/gstdio.h>
#include <string.h>

#define JESSICA "HV1120,Jessica Okafor,jessica.okafor@harbourvale.example,Fraud Operations,HV1099,"
#define HEADER "id,name,email,department,supervisor_id\n"
#define MANY 20000

static GtkWidget *
part (Desk *desk, const char *id)
{
  return test_find (GTK_WIDGET (desk->window->staff), id);
}

static const char *
text_of (Desk *desk, const char *id)
{
  return gtk_label_get_text (GTK_LABEL (part (desk, id)));
}

static gboolean
knows_people (Desk *desk, gconstpointer data)
{
  return desk->window->directory != NULL;
}

static void
open_page (Desk *desk, const char *banker)
{
  desk_sign_in (desk, banker);
  desk_wait_for (desk, "the directory", knows_people, NULL);
  desk_click (desk, "Directory");
  desk_see (desk, "Staff directory");
}

static void
run_sql (Desk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = acc_archive_open (desk->store, ACC_STORE_WRITE, &error);
  g_autoptr (AccStatement) statement = NULL;

  g_assert_no_error (error);
  statement = acc_statement_new (store, sql, &error);
  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
configure (Desk *desk, const char *settings)
{
  g_autofree char *path = g_build_filename (desk->store, "accolade.conf", NULL), *text = NULL, *more = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  more = g_strconcat (text, "\n[directory]\n", settings, NULL);
  g_assert_true (g_file_set_contents (path, more, -1, NULL));
}

/* The demonstration's staff list with @from, which stands in it once, replaced; @tail follows. Gives the file's path. */
static char *
write_staff (Desk *desk, const char *from, const char *to, const char *tail)
{
  g_autofree char *demo = acc_places_data ("demo/staff.csv"), *text = NULL, *whole = NULL;
  char *path = g_build_filename (desk->folder, "new staff.csv", NULL), *at;

  g_assert_true (g_file_get_contents (demo, &text, NULL, NULL));
  at = strstr (text, from);
  g_assert_nonnull (at);
  whole = g_strdup_printf ("%.*s%s%s%s", (int) (at - text), text, to, at + strlen (from), tail);
  g_assert_true (g_file_set_contents (path, whole, -1, NULL));
  return path;
}

static void
type_text (Desk *desk, const char *id, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (part (desk, id)), text);
  test_settle (GTK_WIDGET (desk->window));
}

/* Reads @path, and waits until what it would change is shown. */
static void
read_file (Desk *desk, const char *path)
{
  desk_click (desk, "Import a staff file");
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (part (desk, "path"))))));
  type_text (desk, "path", path);
  desk_click (desk, "See what changes");
}

static guint
count_changes (Desk *desk)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (part (desk, "list")))));
}

static void
find_person (Desk *desk, const char *name)
{
  type_text (desk, "query", name);
  g_signal_emit_by_name (part (desk, "query"), "activate");
  test_settle (GTK_WIDGET (desk->window));
}

/* ---- looking ---- */

static void
a_person_is_shown_with_the_way_up (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  open_page (&desk, DESK_DANIEL);
  g_assert_true (g_str_has_prefix (text_of (&desk, "state"), "190 people, imported from a CSV file on "));
  g_assert_null (desk_find_button (&desk, "Import a staff file")); /* which is a manager's */
  find_person (&desk, "jessica ok");
  desk_see (&desk, "Jessica Okafor reports to Priya Raman.");
  desk_see (&desk, "Direct supervisor");
  desk_see (&desk, "Margaret Ashdown reports to nobody.");

  /* before Priya Raman came, the place was vacant */
  type_text (&desk, "on", "2024-03-03");
  desk_see (&desk, "who is not here on that day");
  desk_see (&desk, "Not here yet: comes on 2024-03-04.");
  type_text (&desk, "on", "2024-02-30");
  desk_see (&desk, "Write the day as");
  g_assert_false (gtk_widget_get_visible (part (&desk, "person")));

  type_text (&desk, "query", "nobody at all");
  desk_see (&desk, "Nobody of that name is in the directory.");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "desk.shortcuts", NULL);
  desk_see (&desk, "Open the staff directory");
  g_signal_emit_by_name (desk.window->shortcuts, "closed");
  desk_see (&desk, "Staff directory");
  desk_click (&desk, "Back to the letters");
  desk_wait_for (&desk, "the letters", desk_offers, "Directory");
}

/* As in the letters' search: Down goes to the first one, and not to the empty space round it. */
static void
down_goes_to_who_was_found (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  open_page (&desk, DESK_DANIEL);
  type_text (&desk, "query", "jessica ok");
  gtk_widget_grab_focus (part (&desk, "query"));
  test_key (GTK_WIDGET (desk.window), "Down");
  desk_see (&desk, "Jessica Okafor reports to Priya Raman.");
  g_assert_true (GTK_IS_LIST_BOX_ROW (gtk_window_get_focus (GTK_WINDOW (desk.window))));
}

static void
an_empty_directory_says_what_to_do (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  run_sql (&desk, "DELETE FROM directory");
  open_page (&desk, DESK_ANA);
  desk_see (&desk, "Nobody is in the directory yet. Import the bank’s staff list, and letters find their way from here.");
  g_assert_true (gtk_widget_is_focus (part (&desk, "import_button")) || desk_offers (&desk, "Import a staff file"));
}

static void
an_old_directory_is_told_of (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  run_sql (&desk, "UPDATE directory SET imported_at = '2026-01-02T10:00:00Z'");
  open_page (&desk, DESK_ANA);
  desk_see (&desk, "The staff directory is from 2026-01-02. Somebody may have another supervisor by now. Import it again.");
}

/* ---- dropping a file ---- */

static GtkDropTarget *
find_drop_target (Desk *desk)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (desk->window->staff);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller); /* the widget keeps it */
    }
  g_error ("nothing can be dropped on the page");
}

/* As GTK does once the pointer is let go over the page, and what was dragged is there. */
static gboolean
drop (Desk *desk, GFile *file)
{
  GtkDropTarget *target = find_drop_target (desk);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_assert_true (gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (target), G_TYPE_FILE));
  g_assert_cmpint (gtk_drop_target_get_actions (target), ==, GDK_ACTION_COPY);
  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  g_signal_emit_by_name (target, "drop", &value, 1.0, 1.0, &taken);
  return taken;
}

static void
a_file_that_is_dropped_is_shown_first (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL, elsewhere = g_file_new_for_uri ("http://bank.example/staff.csv");

  desk_init (&desk);
  path = write_staff (&desk, JESSICA, "HV1120,Jessica Okafor,jessica.okafor@harbourvale.example,Fraud Operations,HV1008,", "");
  file = g_file_new_for_path (path);
  open_page (&desk, DESK_ANA);
  g_assert_false (drop (&desk, elsewhere)); /* is not on this machine */
  g_assert_true (drop (&desk, file));
  desk_see (&desk, "The list has 190 people. This is what would change:");
  desk_see (&desk, "supervisor: “Samuel Oyelaran”, before “Priya Raman”");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part (&desk, "path"))), ==, path);
  desk_click (&desk, "Import this 1 change");
  desk_wait_for (&desk, "the people", desk_offers, "Import a staff file");
  find_person (&desk, "Jessica Okafor");
  desk_see (&desk, "Jessica Okafor reports to Samuel Oyelaran.");
}

/* Whoever may not import has no page for it, whichever way the file comes. */
static void
a_file_is_dropped_by_managers_alone (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  desk_init (&desk);
  path = write_staff (&desk, JESSICA, JESSICA, "");
  file = g_file_new_for_path (path);
  open_page (&desk, DESK_DANIEL);
  g_assert_false (drop (&desk, file));
  test_settle (GTK_WIDGET (desk.window));
  g_assert_false (desk_shows (&desk, "This is what would change:"));
}

/* ---- importing from a file ---- */

static gboolean
has_new_supervisor (Desk *desk, gconstpointer name)
{
  AccPlan *plan = desk->window->draft != NULL ? acc_review_draft_get_plan (desk->window->draft) : NULL;

  for (guint i = 0; plan != NULL && i < acc_plan_get_n_recipients (plan); i++)
    if (g_str_equal (acc_plan_get_recipient (plan, i)->person->name, name))
      return TRUE;
  return FALSE;
}

static void
an_import_is_shown_first_and_the_open_letter_follows_it (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *path = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  path = write_staff (&desk, JESSICA, "HV1120,Jessica Okafor,jessica.okafor@harbourvale.example,Fraud Operations,HV1008,",
                      "N1,Nora New,nora@harbourvale.example,Cards,HV1008,,,,,,\n");
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "the plan", has_new_supervisor, "Priya Raman");
  g_assert_false (has_new_supervisor (&desk, "Samuel Oyelaran"));

  desk_click (&desk, "Directory");
  read_file (&desk, path);
  desk_see (&desk, "The list has 191 people. This is what would change:");
  desk_see (&desk, "supervisor: “Samuel Oyelaran”, before “Priya Raman”");
  desk_see (&desk, "1 waiting letter may go to others than before.");
  g_assert_cmpuint (count_changes (&desk), ==, 2);
  desk_click (&desk, "New 1");
  g_assert_cmpuint (count_changes (&desk), ==, 1);
  desk_click (&desk, "Left 0");
  g_assert_cmpuint (count_changes (&desk), ==, 0);
  desk_click (&desk, "All 2");
  g_assert_cmpuint (count_changes (&desk), ==, 2);

  /* nothing has changed yet */
  g_assert_true (has_new_supervisor (&desk, "Priya Raman"));
  desk_click (&desk, "Leave it as it is");
  g_assert_true (g_str_has_prefix (text_of (&desk, "state"), "190 people"));
  read_file (&desk, path);
  desk_click (&desk, "Import these 2 changes");
  desk_wait_for (&desk, "the new supervisor", has_new_supervisor, "Samuel Oyelaran");
  g_assert_false (has_new_supervisor (&desk, "Priya Raman"));
  desk_see (&desk, "191 people, imported from a CSV file on ");
  find_person (&desk, "Nora New");
  desk_see (&desk, "Nora New reports to Samuel Oyelaran.");

  /* another name in the entry is not what is shown */
  read_file (&desk, path);
  desk_see (&desk, "It says what the directory says already.");
  type_text (&desk, "path", "/another/file.csv");
  g_assert_null (desk_find_button (&desk, "Note that it is still so"));
  desk_click (&desk, "Leave it as it is");

  /* the same file again */
  read_file (&desk, path);
  desk_see (&desk, "It says what the directory says already.");
  desk_click (&desk, "Note that it is still so");
  desk_wait_for (&desk, "the people", desk_offers, "Import a staff file");
}

static const AccPerson *
get_chosen (Desk *desk)
{
  return desk->window->draft != NULL ? acc_review_draft_get_person (desk->window->draft, 0) : NULL;
}

static gboolean
has_chosen (Desk *desk, gconstpointer name)
{
  const AccPerson *person = get_chosen (desk);

  return name != NULL ? person != NULL && g_str_equal (person->name, name) : desk->window->draft != NULL && person == NULL;
}

static void
import_file (Desk *desk, const char *path)
{
  read_file (desk, path);
  desk_click (desk, "Import this 1 change");
}

/* Who has another name is still the one who was chosen; who has the id now, and nothing else of theirs, is not. */
static void
whoever_was_chosen_stays_chosen_unless_they_have_left (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *renamed = NULL, *reused = NULL;

  desk_init (&desk);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "Jessica", has_chosen, "Jessica Okafor");
  desk_click (&desk, "Directory");
  renamed = write_staff (&desk, "Jessica Okafor,", "Jessica Okafor-Lund,", "");
  import_file (&desk, renamed);
  desk_wait_for (&desk, "her new name", has_chosen, "Jessica Okafor-Lund");

  reused = write_staff (&desk, "Jessica Okafor,jessica.okafor@", "Zoe Yew,zoe.yew@", "");
  desk_wait_for (&desk, "the people", desk_offers, "Import a staff file");
  read_file (&desk, reused);
  desk_see (&desk, "1 id may be somebody else’s now: see who it is.");
  desk_see (&desk, "Another name and another address under the same id");
  desk_click (&desk, "Import this 1 change");
  desk_wait_for (&desk, "nobody", has_chosen, NULL);
}

static void
bad_rows_are_named_and_change_nothing (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *path = NULL;

  desk_init (&desk);
  path = write_staff (&desk, "jessica.okafor@harbourvale.example", "nowhere", "N1,,nora@harbourvale.example,Cards,HV9999\n");
  open_page (&desk, DESK_ANA);
  read_file (&desk, path);
  desk_see (&desk, "Nothing was imported. Have this put right, then try again:");
  g_assert_nonnull (strstr (text_of (&desk, "lines"), "line 19: email: “nowhere” is not one e-mail address."));
  g_assert_nonnull (strstr (text_of (&desk, "lines"), "line 192: "));
  g_assert_null (desk_find_button (&desk, "Import these 2 changes"));
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (part (&desk, "path"))))));

  type_text (&desk, "path", "/no/such/file.csv");
  desk_click (&desk, "See what changes");
  desk_see (&desk, "/no/such/file.csv");
  /* Escape leaves the import, then the page */
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "desk.directory", NULL);
  desk_click (&desk, "Leave it as it is");
  desk_see (&desk, "190 people");
}

/* Somebody else imports while the difference is looked at: it would be another one now. */
static void
a_difference_to_an_older_directory_is_not_imported (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *path = NULL;

  desk_init (&desk);
  path = write_staff (&desk, "Jessica Okafor,", "Jessica Okafor-Lund,", "");
  open_page (&desk, DESK_ANA);
  read_file (&desk, path);
  desk_see (&desk, "Import this 1 change");
  run_sql (&desk, "INSERT INTO directory (imported_at, source, people, body, body_hash)"
                  " SELECT imported_at, source, people, body, body_hash FROM directory");
  desk_click (&desk, "Import this 1 change");
  desk_see (&desk, "Another directory was imported meanwhile. Look at what would change once more.");
  desk_click (&desk, "See what changes");
  desk_click (&desk, "Import this 1 change");
  desk_wait_for (&desk, "the people", desk_offers, "Import a staff file");
}

static void
importing_is_a_managers (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *path = acc_places_data ("demo/staff.csv");
  g_autoptr (AccStaffDifference) difference = NULL;
  g_autoptr (GError) error = NULL;

  desk_init (&desk);
  g_assert_true (acc_desk_session_look_up (desk.session, NULL));
  g_assert_true (acc_desk_session_sign_in (desk.session, DESK_DANIEL, DESK_PASSPHRASE, NULL));
  difference = acc_desk_session_read_directory (desk.session, path, NULL, &error);
  g_assert_null (difference);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
}

/* As many as a large bank's file has: the window goes on drawing while they are read, shown, filtered and imported. */
static void
twenty_thousand_people_do_not_stall_the_window (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GString) text = g_string_new (HEADER "m0,Head Person,m0@bank.example,Board,\n");
  g_autofree char *path = NULL;
  gint64 longest;

  for (guint i = 1; i < MANY; i++)
    g_string_append_printf (text, "m%u,Person Number%u,m%u@bank.example,Team %u,m%u\n", i, i, i, i / 100, i / 10);
  desk_init (&desk);
  path = g_build_filename (desk.folder, "many.csv", NULL);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  open_page (&desk, DESK_ANA);
  turns_begin ();
  read_file (&desk, path);
  desk_see (&desk, "The list has 20000 people.");
  desk_see (&desk, "190 of 190 people would leave: see that nobody is missing.");
  g_assert_cmpuint (count_changes (&desk), ==, MANY + 190);
  desk_click (&desk, "Left 190");
  g_assert_cmpuint (count_changes (&desk), ==, 190);
  desk_click (&desk, "All 20190");
  desk_click (&desk, "Import these 20190 changes");
  desk_see (&desk, "20000 people, imported from a CSV file on ");
  find_person (&desk, "number19999");
  desk_see (&desk, "Person Number19999 reports to Person Number1999.");
  find_person (&desk, "person");
  desk_see (&desk, "more. Type more of the name.");
  longest = turns_end ();
  g_test_message ("the longest turn: %" G_GINT64_FORMAT " µs", longest);
  g_assert_cmpint (longest, <, TURN_MAX);
}

/* ---- fetching from a directory server ---- */

#define TREE "dc=bank,dc=example"
#define PERSON(id, name, above) \
  "dn: uid=" id "," TREE "\nobjectClass: inetOrgPerson\nuid: " id "\ncn: " name "\nsn: P\nmail: " id "@bank.example\n" \
  "employeeNumber: " id "\ndepartmentNumber: Cards\n" above "\n"
#define ROOT "dn: " TREE "\nobjectClass: dcObject\nobjectClass: organization\ndc: bank\no: Bank\n\n"

static void
configure_server (Desk *desk, guint16 port)
{
  g_autofree char *settings
    = g_strdup_printf ("source=ldap\naddress=ldap://127.0.0.1:%u\nsecurity=none\nbase=" TREE "\nid=employeeNumber\ntimeout=120\n",
                       port);

  configure (desk, settings);
}

static void
a_directory_is_fetched_from_a_server (void)
{
  g_auto (Desk) desk = { 0 };
  Slapd slapd = { 0 };

  if (!slapd_is_here ())
    {
      g_test_skip ("needs slapd");
      return;
    }
  desk_init (&desk);
  slapd_start (&slapd, desk.folder,
               ROOT PERSON ("h1", "Hedda Head", "") PERSON ("p1", "Jessica Okafor", "manager: uid=h1," TREE "\n"));
  configure_server (&desk, slapd.port);
  run_sql (&desk, "UPDATE directory SET imported_at = '2026-01-02T10:00:00Z'");
  open_page (&desk, DESK_ANA);
  desk_see (&desk, "Import it again.");
  desk_click (&desk, "Fetch from LDAP"); /* an old directory offers it, and it is asked at once */
  desk_see (&desk, "The list has 2 people.");
  desk_click (&desk, "Import these 192 changes");
  desk_see (&desk, "2 people, imported by LDAP on ");
  g_assert_false (gtk_widget_get_visible (part (&desk, "old")));
  find_person (&desk, "Jessica Okafor");
  desk_see (&desk, "Jessica Okafor reports to Hedda Head.");
  slapd_stop (&slapd);

  /* what it does when it is gone is told in its own words, and changes nothing */
  desk_click (&desk, "Fetch from LDAP");
  desk_see (&desk, "cannot be reached: see [directory] address");
  desk_click (&desk, "Leave it as it is");
  desk_see (&desk, "2 people, imported by LDAP on ");
}

#define NOTICED_WITHIN 30 /* seconds: the server would have two minutes to answer */

/* What the server sees of a connection. */
typedef struct {
  GSocket *silent;
  gboolean taken; /* atomic: it is there */
  gboolean ended; /* … and was ended by the other side, in time */
} Watch;

static gpointer
watch_connection (gpointer data)
{
  Watch *watch = data;
  g_autoptr (GSocket) connection = NULL;
  char bytes[512];
  gssize n = 1;

  g_socket_set_timeout (watch->silent, NOTICED_WITHIN);
  connection = g_socket_accept (watch->silent, NULL, NULL);
  if (connection == NULL)
    return NULL;
  g_atomic_int_set (&watch->taken, TRUE);
  g_main_context_wakeup (NULL);
  g_socket_set_timeout (connection, NOTICED_WITHIN);
  while (n > 0)
    n = g_socket_receive (connection, bytes, sizeof bytes, NULL, NULL);
  watch->ended = n == 0;
  return NULL;
}

static gboolean
is_taken (Desk *desk, gconstpointer watch)
{
  return g_atomic_int_get (&((Watch *) watch)->taken);
}

/* Asks the server, and waits until it knows. */
static GThread *
begin_fetching (Desk *desk, Watch *watch)
{
  GThread *thread = g_thread_new ("watch", watch_connection, watch);

  desk_click (desk, "Fetch from LDAP");
  desk_see (desk, "Reading ldap://127.0.0.1");
  desk_wait_for (desk, "the connection", is_taken, watch);
  return thread;
}

static void
a_silent_server_is_given_up_at_once (void)
{
  g_auto (Desk) desk = { 0 };
  guint16 port = 0;
  g_autoptr (GSocket) silent = slapd_new_silent (&port);
  Watch stopped = { silent }, ended = { silent };
  GThread *thread;

  desk_init (&desk);
  configure_server (&desk, port);
  open_page (&desk, DESK_ANA);
  thread = begin_fetching (&desk, &stopped);
  desk_click (&desk, "Stop");
  desk_wait_for (&desk, "fetching again", desk_offers, "Fetch from LDAP");
  g_assert_false (gtk_widget_get_visible (part (&desk, "problem")));
  g_thread_join (thread);
  g_assert_true (stopped.ended);

  /* … and where the program ends meanwhile */
  thread = begin_fetching (&desk, &ended);
  acc_worker_end_all ();
  g_thread_join (thread);
  g_assert_true (ended.ended);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-directory/dropped", a_file_that_is_dropped_is_shown_first);
  g_test_add_func ("/desk-directory/dropped-by-managers", a_file_is_dropped_by_managers_alone);
  g_test_add_func ("/desk-directory/a-person-is-shown-with-the-way-up", a_person_is_shown_with_the_way_up);
  g_test_add_func ("/desk-directory/an-empty-directory-says-what-to-do", an_empty_directory_says_what_to_do);
  g_test_add_func ("/desk-directory/down-goes-to-who-was-found", down_goes_to_who_was_found);
  g_test_add_func ("/desk-directory/an-old-directory-is-told-of", an_old_directory_is_told_of);
  g_test_add_func ("/desk-directory/an-import-is-shown-first", an_import_is_shown_first_and_the_open_letter_follows_it);
  g_test_add_func ("/desk-directory/whoever-was-chosen-stays-chosen", whoever_was_chosen_stays_chosen_unless_they_have_left);
  g_test_add_func ("/desk-directory/bad-rows-are-named", bad_rows_are_named_and_change_nothing);
  g_test_add_func ("/desk-directory/a-difference-to-an-older-directory", a_difference_to_an_older_directory_is_not_imported);
  g_test_add_func ("/desk-directory/importing-is-a-managers", importing_is_a_managers);
  g_test_add_func ("/desk-directory/twenty-thousand-people", twenty_thousand_people_do_not_stall_the_window);
  g_test_add_func ("/desk-directory/fetched-from-a-server", a_directory_is_fetched_from_a_server);
  g_test_add_func ("/desk-directory/a-silent-server", a_silent_server_is_given_up_at_once);
  return g_test_run ();
}
