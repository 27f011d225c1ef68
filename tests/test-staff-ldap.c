/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries on their way to people, without a server; and what ends a wait for one. */
#include <dlfcn.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "staff/ldap-entries-private.h"
#include "staff/socket-watch-private.h"
#include "support.h"

#define BELOW ",ou=people,dc=bank"

typedef struct {
  char *folder;
  AccLdapEntries *entries;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char settings[] = "[directory]\nid=employeeNumber\ncalled=givenName\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (settings, strlen (settings));
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = test_folder_new ();
  path = g_build_filename (fixture->folder, "accolade.conf", NULL);
  acc_file_write (path, bytes, 0600, &error);
  g_assert_no_error (error);
  config = acc_config_load (fixture->folder, &error);
  g_assert_no_error (error);
  fixture->entries = acc_ldap_entries_new (config);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  acc_ldap_entries_free (fixture->entries);
  test_folder_free (fixture->folder);
}

static void
add_value (GHashTable *values, const char *name, gconstpointer data, gsize size)
{
  GPtrArray *of = g_hash_table_lookup (values, name);

  if (of == NULL)
    {
      of = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_hash_table_insert (values, g_strdup (name), of);
    }
  g_ptr_array_add (of, g_bytes_new (data, size));
}

/* Takes an entry with these attributes: name and value by turns, in small letters, and NULL after the last. */
static void
take (Fixture *fixture, const char *dn, ...)
{
  g_autoptr (GHashTable) values
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  const AccLdapEntry entry = { dn, values };
  g_autoptr (GError) error = NULL;
  va_list pairs;

  va_start (pairs, dn);
  for (const char *name = va_arg (pairs, const char *); name != NULL; name = va_arg (pairs, const char *))
    {
      const char *value = va_arg (pairs, const char *);

      add_value (values, name, value, strlen (value));
    }
  va_end (pairs);
  acc_ldap_entries_take (&entry, fixture->entries, &error);
  g_assert_no_error (error);
}

/* A sound entry; @manager "" for none. */
static void
take_person (Fixture *fixture, const char *number, const char *manager)
{
  g_autofree char *dn = g_strconcat ("uid=", number, BELOW, NULL);
  g_autofree char *mail = g_strconcat (number, "@bank.example", NULL);

  if (*manager != '\0')
    take (fixture, dn, "employeenumber", number, "cn", "Ann Ash", "mail", mail, "ou", "Cards", "manager", manager, NULL);
  else
    take (fixture, dn, "employeenumber", number, "cn", "Ann Ash", "mail", mail, "ou", "Cards", NULL);
}

static AccDirectory *
finish (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  AccDirectory *directory;

  g_assert_null (acc_ldap_entries_next_manager (fixture->entries));
  directory = acc_ldap_entries_finish (fixture->entries, NULL, NULL, &error);
  g_assert_no_error (error);
  return directory;
}

static void
assert_refused (Fixture *fixture, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = acc_ldap_entries_finish (fixture->entries, NULL, NULL, &error);

  g_assert_null (directory);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_supervisor (AccDirectory *directory, const char *id, const char *supervisor)
{
  const AccPerson *person = acc_directory_find_id (directory, id);

  g_assert_nonnull (person);
  g_assert_cmpstr (person->supervisor_id, ==, supervisor);
}

static void
test_an_entry_becomes_a_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AccDirectory) directory = NULL;
  const AccPerson *person;

  take (fixture, "uid=a" BELOW, "employeenumber", " 7 ", "displayname", "Ann Ash", "cn", "Ann Mary Ash", "cn", "A. Ash",
        "mail", "ann@bank.example", "departmentnumber", "Cards", "ou", "People", "title", "Clerk", "givenname", "Annie",
        "thanks", "public", NULL);
  directory = finish (fixture);
  person = acc_directory_find_id (directory, "7");
  g_assert_nonnull (person);
  g_assert_cmpstr (person->name, ==, "Ann Ash");
  g_assert_cmpstr (person->email, ==, "ann@bank.example");
  g_assert_cmpstr (person->department, ==, "Cards");
  g_assert_cmpstr (person->title, ==, "Clerk");
  g_assert_cmpstr (person->called, ==, "Annie");
  g_assert_cmpstr (person->supervisor_id, ==, "");
  g_assert_cmpint (person->thanks, ==, ACC_THANKS_UNSAID);
}

static void
test_it_asks_for_the_attributes_that_are_read_alone (Fixture *fixture, gconstpointer data)
{
  const char *const expected[] = { "employeeNumber", "displayName", "cn", "mail", "departmentNumber",
                                   "ou", "manager", "title", "givenName", NULL };

  g_assert_cmpstrv ((gpointer) acc_ldap_entries_get_attributes (fixture->entries), (gpointer) expected);
}

static void
test_a_manager_is_known_however_the_name_is_written (Fixture *fixture, gconstpointer data)
{
  static const char *const spellings[]
    = { "uid=a" BELOW, "UID=A,OU=People,DC=Bank", "uid=a , ou=people , dc=bank", "uid=\\61" BELOW };
  g_autoptr (AccDirectory) directory = NULL;

  take_person (fixture, "a", "");
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const char number[] = { '0' + (char) i, '\0' };

      take_person (fixture, number, spellings[i]);
    }
  directory = finish (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      const char number[] = { '0' + (char) i, '\0' };

      assert_supervisor (directory, number, "a");
    }
}

static void
test_a_manager_from_elsewhere_is_asked_for_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AccDirectory) directory = NULL;

  take_person (fixture, "a", "uid=x,ou=board,dc=bank");
  take_person (fixture, "b", "uid=x,ou=board,dc=bank");
  g_assert_cmpstr (acc_ldap_entries_next_manager (fixture->entries), ==, "uid=x,ou=board,dc=bank");
  /* the server knows the entry by another name */
  take (fixture, "uid=y,ou=board,dc=bank", "employeenumber", "y", "cn", "Yan Yew", "mail", "y@bank.example", "ou", "Board",
        "manager", "uid=a" BELOW, NULL);
  acc_ldap_entries_end_manager (fixture->entries);
  g_assert_null (acc_ldap_entries_next_manager (fixture->entries));
  assert_refused (fixture, "uid=a" BELOW ": manager: “uid=a" BELOW "” stands above itself, by way of “uid=y,ou=board,dc=bank”.\n"
                           "uid=y,ou=board,dc=bank: manager: “uid=y,ou=board,dc=bank” stands above itself, by way of “uid=a" BELOW "”.");
}

static void
test_a_manager_who_is_nowhere_is_asked_for_once_and_told (Fixture *fixture, gconstpointer data)
{
  take_person (fixture, "a", "uid=x" BELOW);
  take_person (fixture, "b", "uid=x" BELOW);
  take_person (fixture, "c", "not a name");
  g_assert_cmpstr (acc_ldap_entries_next_manager (fixture->entries), ==, "uid=x" BELOW);
  acc_ldap_entries_end_manager (fixture->entries);
  g_assert_null (acc_ldap_entries_next_manager (fixture->entries));
  assert_refused (fixture, "uid=a" BELOW ": manager: there is no entry “uid=x" BELOW "”, or the filter keeps it out.\n"
                           "uid=b" BELOW ": manager: there is no entry “uid=x" BELOW "”, or the filter keeps it out.\n"
                           "uid=c" BELOW ": manager: “not a name” is not the name of an entry.");
}

static void
test_a_value_that_is_no_line_of_text_is_told_once (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *value;
    gssize size; /* -1: as text */
    const char *told;
  } cases[] = {
    { "a\0b", 3, "mail: the value is not a line of text." },
    { "\xff\xfe", -1, "mail: the value is not a line of text." },
    { "a@bank.example\r\nBcc: x@y.example", -1, "mail: the value is not a line of text." },
    { "", -1, "mail: nothing is given." },
    { "a@bank.example, b@bank.example", -1, "mail: “a@bank.example, b@bank.example” is not one e-mail address." },
  };
  g_autoptr (GString) expected = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) values
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
      g_autofree char *dn = g_strdup_printf ("uid=%d" BELOW, (int) i);
      g_autofree char *id = g_strdup_printf ("%d", (int) i);
      const AccLdapEntry entry = { dn, values };

      add_value (values, "employeenumber", id, strlen (id));
      add_value (values, "cn", "Ann", 3);
      add_value (values, "ou", "Cards", 5);
      add_value (values, "mail", cases[i].value, cases[i].size < 0 ? strlen (cases[i].value) : (gsize) cases[i].size);
      g_assert_true (acc_ldap_entries_take (&entry, fixture->entries, NULL));
      g_string_append_printf (expected, "%s%s: %s", i > 0 ? "\n" : "", dn, cases[i].told);
    }
  assert_refused (fixture, expected->str);
}

static void
test_an_entry_that_comes_twice_is_taken_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AccDirectory) directory = NULL;

  take_person (fixture, "a", "");
  take_person (fixture, "a", "");
  directory = finish (fixture);
  g_assert_cmpuint (acc_directory_get_n_people (directory), ==, 1);
}

static void
test_the_good_ones_alone_never_report_to_a_wrong_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (GBytes) bad = NULL;
  g_autoptr (GError) error = NULL;
  guint n_bad = 0;

  take_person (fixture, "good", "");
  take (fixture, "uid=noid" BELOW, "cn", "No Id", "mail", "noid@bank.example", "ou", "Cards", NULL);
  take_person (fixture, "below", "uid=noid" BELOW);
  take_person (fixture, "lower", "uid=below" BELOW);
  directory = acc_ldap_entries_finish (fixture->entries, &bad, &n_bad, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_bad, ==, 3);
  g_assert_cmpuint (acc_directory_get_n_people (directory), ==, 1);
  g_assert_nonnull (acc_directory_find_id (directory, "good"));
}

static void
test_what_a_name_is_compared_by (void)
{
  static const char *const none[] = { "", "Ann", "uid", "uid=a,", "uid=a,,dc=b", "=a" };

  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autofree char *key = acc_ldap_dn_to_key (none[i]);

      g_assert_null (key);
    }
  for (gsize i = 0; i < 2; i++)
    {
      g_autofree char *key = acc_ldap_dn_to_key (i == 0 ? "cn=Ana \\28Risk\\29 \\2A,dc=b" : "CN=ana (risk) *, DC=B");

      g_assert_cmpstr (key, ==, "cn=ana (risk) *,dc=b");
    }
}

static void
test_a_silent_connection_is_ended (void)
{
  int pair[2];
  char byte;
  AccSocketWatch *watch;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  watch = acc_socket_watch_new (pair[0]);
  acc_socket_watch_arm (watch, 60);
  g_assert_cmpint (write (pair[1], "x", 1), ==, 1);
  g_assert_cmpint (read (pair[0], &byte, 1), ==, 1);
  g_assert_false (acc_socket_watch_disarm (watch));
  acc_socket_watch_arm (watch, 0);
  g_assert_cmpint (read (pair[0], &byte, 1), ==, 0); /* would wait for ever */
  g_assert_true (acc_socket_watch_disarm (watch));
  acc_socket_watch_free (watch);
  close (pair[0]);
  close (pair[1]);
}

/* NULL: nothing is held up. */
static GAsyncQueue *waited, *go_on;

/* In the place of GLib's: a thread may come late to what it waited for in vain. */
gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end)
{
  gboolean (*wait) (GCond *, GMutex *, gint64) = (gboolean (*) (GCond *, GMutex *, gint64)) dlsym (RTLD_NEXT, __func__);
  gboolean told = wait (cond, mutex, end);

  if (!told && waited != NULL)
    {
      g_mutex_unlock (mutex);
      g_async_queue_push (waited, mutex);
      g_async_queue_pop (go_on);
      g_mutex_lock (mutex);
    }
  return told;
}

static void
test_an_answer_at_the_last_moment_ends_nothing (void)
{
  int pair[2];
  AccSocketWatch *watch;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
  waited = g_async_queue_new ();
  go_on = g_async_queue_new ();
  watch = acc_socket_watch_new (pair[0]);
  acc_socket_watch_arm (watch, 1);
  g_async_queue_pop (waited);
  g_assert_false (acc_socket_watch_disarm (watch));
  g_async_queue_push (go_on, watch);
  acc_socket_watch_free (watch);
  g_assert_cmpint (send (pair[1], "x", 1, MSG_NOSIGNAL), ==, 1);
  g_clear_pointer (&waited, g_async_queue_unref);
  g_clear_pointer (&go_on, g_async_queue_unref);
  close (pair[0]);
  close (pair[1]);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/staff-ldap/entry", test_an_entry_becomes_a_person },
    { "/staff-ldap/attributes", test_it_asks_for_the_attributes_that_are_read_alone },
    { "/staff-ldap/manager", test_a_manager_is_known_however_the_name_is_written },
    { "/staff-ldap/manager-elsewhere", test_a_manager_from_elsewhere_is_asked_for_once },
    { "/staff-ldap/manager-nowhere", test_a_manager_who_is_nowhere_is_asked_for_once_and_told },
    { "/staff-ldap/values", test_a_value_that_is_no_line_of_text_is_told_once },
    { "/staff-ldap/twice", test_an_entry_that_comes_twice_is_taken_once },
    { "/staff-ldap/quarantine", test_the_good_ones_alone_never_report_to_a_wrong_one },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add_func ("/staff-ldap/names", test_what_a_name_is_compared_by);
  g_test_add_func ("/staff-ldap/silence", test_a_silent_connection_is_ended);
  g_test_add_func ("/staff-ldap/last-moment", test_an_answer_at_the_last_moment_ends_nothing);
  return g_test_run ();
}
