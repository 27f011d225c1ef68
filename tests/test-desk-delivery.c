/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real desk and a mail server on loopback that does as it is told: what the banker sees of each delivery, and may order. */
#include "desk-support.h"
#include "memory-search.h"
#include "support.h"

#include "archive/archive.h"
#include "base/clock.h"
#include "base/worker.h"
#include "desk/desk-app.h"
#include "desk/desk-window-private.h"
#include "route/delivery-table.h"
#include "vault/identity-private.h"

#include <gio/gio.h>
#include <string.h>

#define JESSICA "jessica.okafor@harbourvale.example" /* "Jessica Okafor" in the directory */

#define AGAIN "Tried again, and not sent yet."

/* ---- a mail server ---- */

typedef enum { SERVER_TAKES, SERVER_REFUSES_JESSICA, SERVER_LOSES, SERVER_THINKS, SERVER_THINKS_EARLY } Manner;

typedef struct {
  GSocketService *service;
  guint16 port;
  int manner;         /* atomic */
  int n_taken;        /* atomic: messages to the last byte */
  int n_named;        /* atomic: recipients */
  GMutex mutex;
  GCond changed;
  gboolean may_answer; /* for one that thinks */
} Server;

static void
say (GIOStream *stream, const char *line)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), line, strlen (line), NULL, NULL, NULL);
}

static void
think (Server *server)
{
  g_mutex_lock (&server->mutex);
  while (!server->may_answer)
    g_cond_wait (&server->changed, &server->mutex);
  g_mutex_unlock (&server->mutex);
}

/* The lines of a message up to its end. FALSE: the connection ends without a word about it. */
static gboolean
take_message (Server *server, GIOStream *stream, GDataInputStream *lines)
{
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      if (line == NULL)
        return FALSE;
      if (strcmp (line, ".") == 0)
        break;
    }
  g_atomic_int_inc (&server->n_taken);
  if (g_atomic_int_get (&server->manner) == SERVER_THINKS)
    think (server);
  if (g_atomic_int_get (&server->manner) == SERVER_LOSES)
    return FALSE;
  say (stream, "250 taken\r\n");
  return TRUE;
}

static gboolean
answer (Server *server, GIOStream *stream, GDataInputStream *lines, const char *line)
{
  if (g_str_has_prefix (line, "DATA"))
    {
      say (stream, "354 go on\r\n");
      return take_message (server, stream, lines);
    }
  if (g_str_has_prefix (line, "RCPT"))
    {
      g_atomic_int_inc (&server->n_named);
      if (g_atomic_int_get (&server->manner) == SERVER_THINKS_EARLY)
        think (server);
    }
  if (g_str_has_prefix (line, "RCPT") && strstr (line, JESSICA) != NULL
      && g_atomic_int_get (&server->manner) == SERVER_REFUSES_JESSICA)
    say (stream, "550 5.1.1 nobody of that name\r\n");
  else
    say (stream, "250 well\r\n");
  return !g_str_has_prefix (line, "QUIT");
}

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  gboolean more = TRUE;

  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  say (stream, "220 test\r\n");
  while (more)
    {
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

      more = line != NULL && answer (data, stream, lines, line);
    }
  g_io_stream_close (stream, NULL, NULL);
  return TRUE;
}

static void
server_start (Server *server, Manner manner)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  server->service = g_threaded_socket_service_new (8);
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (server->service, "run", G_CALLBACK (on_run), server);
  g_atomic_int_set (&server->manner, manner);
}

static void
server_let_answer (Server *server)
{
  g_mutex_lock (&server->mutex);
  server->may_answer = TRUE;
  g_cond_broadcast (&server->changed);
  g_mutex_unlock (&server->mutex);
}

static void
server_stop (Server *server)
{
  server_let_answer (server);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_clear_object (&server->service);
}

/* ---- a desk that mails ---- */

/* A letter to Jessica Okafor, a desk whose banker has signed in, and its server on @port. */
static char *
open_desk (Desk *desk, guint16 port)
{
  g_autofree char *path = NULL, *text = NULL, *more = NULL;
  char *number;

  desk_init (desk);
  path = g_build_filename (desk->store, "accolade.conf", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  more = g_strdup_printf ("%s\n[mail]\nserver=127.0.0.1\nport=%u\nsecurity=none\nfrom=letters@harbourvale.example\n"
                          "allowed_domains=harbourvale.example\n",
                          text, port);
  g_assert_true (g_file_set_contents (path, more, -1, NULL));
  number = desk_submit (desk, "Jessica Okafor", "Fraud Operations", NULL);
  desk_sign_in (desk, DESK_ANA);
  return number;
}

static void
approve (Desk *desk)
{
  desk_see (desk, "direct supervisor of Jessica Okafor");
  g_assert_true (desk_shows (desk, "mail")); /* the plan says by which door */
  desk_click (desk, "Approve and route");
  desk_see (desk, "Ana Held approved it");
}

static gboolean
is_routed (Desk *desk, gconstpointer number)
{
  g_autoptr (AccStore) store = acc_archive_open (desk->store, ACC_STORE_READ, NULL);
  g_autoptr (AccRecord) record = store != NULL ? acc_archive_find (store, number, NULL) : NULL;

  return record != NULL && record->state == ACC_STATE_ROUTED;
}

static void
test_what_is_taken_is_handed_over (void)
{
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  g_autofree char *number = NULL;

  server_start (&server, SERVER_TAKES);
  number = open_desk (&desk, server.port);
  approve (&desk);
  desk_wait_for (&desk, "all of it", is_routed, number);
  desk_see (&desk, "handed over");
  desk_see (&desk, "employee · mail");
  desk_see (&desk, "Ana Held routed it");
  g_assert_true (desk_shows (&desk, "Went to"));
  g_assert_null (desk_find_button (&desk, "Send again"));
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 3);
  server_stop (&server);
}

static void
test_what_is_refused_says_why_and_is_marked (void)
{
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  g_autofree char *number = NULL;

  server_start (&server, SERVER_REFUSES_JESSICA);
  number = open_desk (&desk, server.port);
  approve (&desk);
  desk_see (&desk, "refused");
  desk_see (&desk, "550 5.1.1 nobody of that name");
  desk_wait_for (&desk, "Send again", desk_offers, "Send again: Jessica Okafor"); /* once the others are through, too */
  g_assert_null (desk_find_button (&desk, "Send again: Priya Raman"));
  g_assert_false (is_routed (&desk, number));
  desk_click (&desk, "Mark as sent: Jessica Okafor");
  desk_see (&desk, "Marked as sent.");
  desk_wait_for (&desk, "all of it", is_routed, number);
  desk_see (&desk, "Ana Held routed it");
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 2);
  server_stop (&server);
}

static void
test_what_may_have_arrived_is_sent_by_order (void)
{
  static const char *const names[] = { "Priya Raman", "Jessica Okafor", "Helen Marsh" };
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  g_autofree char *number = NULL;

  server_start (&server, SERVER_LOSES);
  number = open_desk (&desk, server.port);
  approve (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *button = g_strconcat ("Send again: ", names[i], NULL);

      desk_wait_for (&desk, button, desk_offers, button);
    }
  g_assert_true (desk_shows (&desk, "may have arrived"));
  g_assert_true (desk_shows (&desk, "Ask whether it is there"));
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 3);
  g_atomic_int_set (&server.manner, SERVER_TAKES);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *button = g_strconcat ("Send again: ", names[i], NULL);

      g_assert_false (is_routed (&desk, number));
      desk_click (&desk, button);
    }
  desk_wait_for (&desk, "all of it", is_routed, number);
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 6);
  server_stop (&server);
}

static guint
count_labels (GtkWidget *widget, const char *text)
{
  guint n = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
                && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL
              ? 1
              : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);
  return n;
}

static void
test_what_waits_may_be_tried_now (void)
{
  g_auto (Desk) desk = { 0 };
  Server other = { NULL };
  g_autofree char *number = NULL;
  guint16 port;

  server_start (&other, SERVER_TAKES); /* a port on which nobody listens any more */
  port = other.port;
  server_stop (&other);
  number = open_desk (&desk, port);
  approve (&desk);
  desk_see (&desk, "cannot be reached");
  desk_see (&desk, "It is sent by itself once that is put right.");
  g_assert_true (desk_shows (&desk, "Goes to") && !desk_shows (&desk, "Went to"));
  desk_wait_for (&desk, "Try now", desk_offers, "Try now: Helen Marsh");
  g_assert_cmpuint (count_labels (GTK_WIDGET (desk.window), "cannot be reached"), ==, 1); /* of all three, once */
  desk_click (&desk, "Try now: Jessica Okafor");
  desk_see (&desk, AGAIN); /* nobody waits long for a port where nobody listens */
  desk_wait_for (&desk, "Try now", desk_offers, "Try now: Jessica Okafor");
  g_assert_cmpuint (count_labels (GTK_WIDGET (desk.window), "cannot be reached"), ==, 1);
  g_assert_false (is_routed (&desk, number));
}

/* The reason that stands there does not change: a toast says that something was done, and what it came to. */
static void
test_a_door_that_is_still_shut_is_told_of_again (void)
{
  g_auto (Desk) desk = { 0 };
  Server other = { NULL };
  g_autofree char *number = NULL;
  guint16 port;

  server_start (&other, SERVER_TAKES);
  port = other.port;
  server_stop (&other);
  acc_clock_freeze (g_get_real_time (), g_get_monotonic_time ());
  number = open_desk (&desk, port);
  approve (&desk);
  desk_see (&desk, "cannot be reached");
  g_assert_false (desk_shows (&desk, AGAIN));
  desk_wait_for (&desk, "Try now", desk_offers, "Try now: Helen Marsh");
  desk_click (&desk, "Route");
  desk_see (&desk, "Not sent yet. It is tried again by itself, and at once with “Try now”.");
  acc_clock_freeze (g_get_real_time (), acc_clock_boot () + 2 * 60 * G_USEC_PER_SEC); /* it is left alone no more */
  desk_click (&desk, "Route");
  desk_see (&desk, AGAIN);
  gtk_label_set_text (GTK_LABEL (desk.window->toast_text), "");
  desk_click (&desk, "Try now: Jessica Okafor");
  desk_see (&desk, AGAIN);
  g_assert_cmpuint (count_labels (GTK_WIDGET (desk.window), "cannot be reached"), ==, 1);
  g_assert_false (is_routed (&desk, number));
}

/* The folder is tried at once: there is nothing to wait for. */
static void
test_a_folder_that_is_still_away_is_told_of_again (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *folder = NULL;

  desk_init (&desk);
  folder = g_strconcat (desk.store, "-outbox", NULL);
  number = desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL);
  g_assert_true (g_file_set_contents (folder, "not a folder", -1, NULL));
  desk_sign_in (&desk, DESK_ANA);
  desk_click (&desk, "Approve and route");
  desk_see (&desk, "Cannot make the outbox folder");
  desk_wait_for (&desk, "Route", desk_offers, "Route");
  g_assert_false (desk_shows (&desk, AGAIN));
  desk_click (&desk, "Route");
  desk_see (&desk, AGAIN);
  gtk_label_set_text (GTK_LABEL (desk.window->toast_text), "");
  desk_click (&desk, "Try now: Jessica Okafor");
  desk_see (&desk, AGAIN);
  g_assert_false (is_routed (&desk, number));
}

/* The path is nobody's to read but who has to look there. */
static void
test_a_folder_is_told_in_words (void)
{
  g_auto (Desk) desk = { 0 };

  desk_init (&desk);
  g_free (desk_submit (&desk, "Jessica Okafor", "Fraud Operations", NULL));
  desk_sign_in (&desk, DESK_ANA);
  desk_click (&desk, "Approve and route");
  desk_see (&desk, "In the document system’s folder");
  g_assert_false (desk_shows (&desk, "· folder"));
  g_assert_false (desk_shows (&desk, "store-outbox"));
}

/* A server that does not answer holds up neither the window nor the sign-out, and what it says then is not lost. */
static void
test_a_server_that_thinks_holds_nobody_up (void)
{
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  g_autofree char *number = NULL;

  server_start (&server, SERVER_THINKS);
  number = open_desk (&desk, server.port);
  approve (&desk);
  desk_see (&desk, "being sent");
  while (g_atomic_int_get (&server.n_taken) == 0)
    g_main_context_iteration (NULL, FALSE);
  desk_click (&desk, "Sign out");
  desk_see (&desk, "Passphrase");
  g_atomic_int_set (&server.manner, SERVER_TAKES);
  server_let_answer (&server);
  gtk_window_destroy (GTK_WINDOW (desk.window));
  desk_sign_in (&desk, DESK_ANA); /* the rest goes out now */
  desk_wait_for (&desk, "all of it", is_routed, number);
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 3); /* the first one once */
  server_stop (&server);
}

/* ---- locked ---- */

/* What a banker's session has of secrets, to be searched for. */
typedef struct {
  MemoryNeedle *branch, *banker;
} Secrets;

static void
secrets_clear (Secrets *secrets)
{
  memory_needle_free (secrets->branch);
  memory_needle_free (secrets->banker);
}

static void
read_secrets (Desk *desk, Secrets *secrets)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) store = NULL;
  g_autoptr (AccIdentity) identity = acc_archive_sign_in (desk->store, DESK_ANA, DESK_PASSPHRASE, &store, &error);
  const AccSecrets *found;

  g_assert_no_error (error);
  found = acc_identity_get_secrets (identity);
  secrets->branch = memory_needle_new (found->branch[0], sizeof found->branch[0]);
  secrets->banker = memory_needle_new (found->sign_seed, sizeof found->sign_seed);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer done)
{
  acc_desk_session_look_up_finish (ACC_DESK_SESSION (source), result, NULL);
  *(gboolean *) done = TRUE;
}

/* Whatever the store's thread had to do is done. */
static void
wait_for_the_store (Desk *desk)
{
  gboolean done = FALSE;

  acc_desk_session_look_up_async (desk->session, on_looked_up, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static char *
dup_states (Desk *desk, const char *number)
{
  g_autoptr (AccStore) store = acc_archive_open (desk->store, ACC_STORE_READ, NULL);
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (store, number, NULL);
  g_autoptr (GString) states = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (states, "%s%s", i > 0 ? ", " : "",
                            acc_delivery_state_to_text (((AccDeliveryRow *) g_ptr_array_index (rows, i))->state));
  return g_string_free (g_steal_pointer (&states), FALSE);
}

static void
lock_while_it_thinks (Desk *desk, Server *server)
{
  while (g_atomic_int_get (&server->n_taken) == 0)
    g_main_context_iteration (NULL, FALSE);
  desk_click (desk, "Sign out");
  desk_see (desk, "Passphrase");
  wait_for_the_store (desk);
}

/* With a delivery under way and two that are due, no key is in memory; they go all the same, and are signed for later. */
static void
test_a_locked_desk_sends_without_keys (void)
{
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  Secrets secrets;
  g_autofree char *number = NULL, *locked = NULL;

  server_start (&server, SERVER_THINKS);
  number = open_desk (&desk, server.port);
  read_secrets (&desk, &secrets);
  g_assert_cmpuint (memory_needle_count (secrets.branch), >, 0); /* the search finds what is there */
  g_assert_cmpuint (memory_needle_count (secrets.banker), >, 0);
  approve (&desk);
  lock_while_it_thinks (&desk, &server);
  g_assert_cmpuint (memory_needle_count (secrets.branch), ==, 0);
  g_assert_cmpuint (memory_needle_count (secrets.banker), ==, 0);

  g_atomic_int_set (&server.manner, SERVER_TAKES);
  server_let_answer (&server);
  while (g_atomic_int_get (&server.n_taken) < 3)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (is_routed (&desk, number));
  gtk_window_destroy (GTK_WINDOW (desk.window));
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "all of it", is_routed, number);
  locked = dup_states (&desk, number);
  g_assert_cmpstr (locked, ==, "handed over, handed over, handed over");
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 3); /* each once */
  secrets_clear (&secrets);
  server_stop (&server);
}

/* ---- quitting ---- */

/* The server never answers: nobody waits for it, and what is kept is true. Nothing more is begun. */
static void
quit_while_it_thinks (Manner manner, gboolean locked, const char *states)
{
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  g_autofree char *number = NULL, *kept = NULL;

  server_start (&server, manner);
  number = open_desk (&desk, server.port);
  approve (&desk);
  while (g_atomic_int_get (manner == SERVER_THINKS ? &server.n_taken : &server.n_named) == 0)
    g_main_context_iteration (NULL, FALSE);
  if (locked)
    lock_while_it_thinks (&desk, &server);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&desk.window)));
  acc_worker_end_all ();
  kept = dup_states (&desk, number);
  g_assert_cmpstr (kept, ==, states);
  g_assert_cmpint (g_atomic_int_get (&server.n_named), ==, 1);
  server_stop (&server);
}

static void
test_quitting_waits_for_no_server (void)
{
  quit_while_it_thinks (SERVER_THINKS, FALSE, "unsure, prepared, prepared");
  quit_while_it_thinks (SERVER_THINKS_EARLY, FALSE, "waiting, prepared, prepared");
  quit_while_it_thinks (SERVER_THINKS, TRUE, "sending, prepared, prepared"); /* with its end beside it */
}

/* One that is routed meanwhile waits for its turn: nothing has gone wrong with it. */
static void
test_a_server_that_thinks_lets_another_letter_follow (void)
{
  g_auto (Desk) desk = { 0 };
  Server server = { NULL };
  g_autofree char *number = NULL, *second = NULL;

  server_start (&server, SERVER_THINKS);
  number = open_desk (&desk, server.port);
  approve (&desk);
  while (g_atomic_int_get (&server.n_taken) == 0)
    g_main_context_iteration (NULL, FALSE);
  second = desk_submit (&desk, "Tomasz Wójcik", "Loan Servicing", NULL);
  desk_see (&desk, "1 new letter");
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "review.next", NULL);
  desk_see (&desk, "direct supervisor of Tomasz Wójcik");
  desk_click (&desk, "Approve and route");
  desk_see (&desk, "Ana Held approved it");
  g_assert_false (desk_shows (&desk, "Nothing of this letter can go by itself now"));
  g_atomic_int_set (&server.manner, SERVER_TAKES);
  server_let_answer (&server);
  desk_wait_for (&desk, "the first", is_routed, number);
  desk_wait_for (&desk, "the second", is_routed, second);
  g_assert_cmpint (g_atomic_int_get (&server.n_taken), ==, 6);
  server_stop (&server);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());
  g_test_add_func ("/desk-delivery/what-is-taken-is-handed-over", test_what_is_taken_is_handed_over);
  g_test_add_func ("/desk-delivery/what-is-refused-says-why-and-is-marked", test_what_is_refused_says_why_and_is_marked);
  g_test_add_func ("/desk-delivery/what-may-have-arrived-is-sent-by-order", test_what_may_have_arrived_is_sent_by_order);
  g_test_add_func ("/desk-delivery/what-waits-may-be-tried-now", test_what_waits_may_be_tried_now);
  g_test_add_func ("/desk-delivery/a-door-still-shut", test_a_door_that_is_still_shut_is_told_of_again);
  g_test_add_func ("/desk-delivery/a-folder-in-words", test_a_folder_is_told_in_words);
  g_test_add_func ("/desk-delivery/a-folder-still-away", test_a_folder_that_is_still_away_is_told_of_again);
  g_test_add_func ("/desk-delivery/a-server-that-thinks-holds-nobody-up", test_a_server_that_thinks_holds_nobody_up);
  g_test_add_func ("/desk-delivery/a-locked-desk-sends-without-keys", test_a_locked_desk_sends_without_keys);
  g_test_add_func ("/desk-delivery/quitting-waits-for-no-server", test_quitting_waits_for_no_server);
  g_test_add_func ("/desk-delivery/a-server-that-thinks-lets-another-letter-follow",
                   test_a_server_that_thinks_lets_another_letter_follow);
  return g_test_run ();
}
