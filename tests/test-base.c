/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ground that every room stands on: errors, clock, files, places, configuration, worker. */
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "base/places.h"
#include "base/worker.h"
#include "support.h"

/* ---- errors ---- */

static void
each_error_is_one_sentence_with_a_full_stop (void)
{
  for (int code = ACC_ERROR_INPUT; code <= ACC_ERROR_STORE_FULL; code++)
    {
      g_autoptr (GError) error = g_error_new (ACC_ERROR, code, "story.act: something\nis wrong");
      g_autofree char *sentence = acc_error_sentence (error);

      g_assert_true (g_str_has_prefix (sentence, "story.act: something is wrong."));
      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_null (strchr (sentence, '\n'));
      g_assert_null (strstr (sentence, ".."));
      g_assert_true (g_str_has_suffix (sentence, acc_error_remedy (error)));
      if (code != ACC_ERROR_INPUT)
        g_assert_cmpstr (acc_error_remedy (error), !=, "");
    }
}

static void
a_sentence_that_ends_already_gets_no_second_full_stop (void)
{
  g_autoptr (GError) ended = g_error_new (ACC_ERROR, ACC_ERROR_INPUT, "Name the branch.");
  g_autoptr (GError) asked = g_error_new (ACC_ERROR, ACC_ERROR_INPUT, "Which branch?  ");
  g_autofree char *ended_sentence = acc_error_sentence (ended);
  g_autofree char *asked_sentence = acc_error_sentence (asked);

  g_assert_cmpstr (ended_sentence, ==, "Name the branch.");
  g_assert_cmpstr (asked_sentence, ==, "Which branch?");
}

static void
a_sentence_shows_nothing_that_a_terminal_would_obey (void)
{
  static const char *const cases[][2] = {
    { "“\x1b[31m\a” is bad", "“�[31m�” is bad." },
    { "a\r\nb\tc\u2028d", "a  b c d." },
    { "\u202Ecba\u200B", "�cba�." },
    { "\xff\xfe name", "�� name." },
    { "100 %s of خانه\u200cها, 👩‍👧", "100 %s of خانه\u200cها, 👩‍👧." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (ACC_ERROR, ACC_ERROR_INPUT, cases[i][0]);
      g_autofree char *sentence = acc_error_sentence (error);

      g_assert_cmpstr (sentence, ==, cases[i][1]);
    }
}

static void
a_sentence_on_a_screen_begins_with_a_capital (void)
{
  static const char *const cases[][2] = {
    { "staff have closed it (today): they open it", "Staff have closed it (today): they open it." },
    { "łódź śpi", "Łódź śpi." },
    { "أوقف الموظفون", "أوقف الموظفون." },
    { "", "." },
    { "branch.pub: it is missing", "branch.pub: it is missing." },
    { "kiosk.idle_seconds is “x”", "kiosk.idle_seconds is “x”." },
    { "/var/lib: it is full", "/var/lib: it is full." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (ACC_ERROR, ACC_ERROR_INPUT, cases[i][0]);
      g_autofree char *sentence = acc_error_screen_sentence (error);

      g_assert_cmpstr (sentence, ==, cases[i][1]);
    }
}

static void
the_exit_status_is_three_for_a_bad_store_and_one_for_the_rest (void)
{
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no");

  g_assert_cmpint (acc_error_exit_status (NULL), ==, 0);
  g_assert_cmpint (acc_error_exit_status (foreign), ==, 1);
  g_assert_cmpstr (acc_error_remedy (foreign), ==, "");
  for (int code = ACC_ERROR_INPUT; code <= ACC_ERROR_STORE_FULL; code++)
    {
      g_autoptr (GError) error = g_error_new (ACC_ERROR, code, "no");

      g_assert_cmpint (acc_error_exit_status (error), ==, code >= ACC_ERROR_STORE_DAMAGED ? 3 : 1);
    }
}

static void
a_full_disk_is_told_from_other_trouble (void)
{
  static const struct {
    int number;
    AccError code;
  } cases[] = {
    { ENOSPC, ACC_ERROR_STORE_FULL }, { EDQUOT, ACC_ERROR_STORE_FULL }, { ENOENT, ACC_ERROR_INPUT },
    { EISDIR, ACC_ERROR_INPUT },      { EACCES, ACC_ERROR_SYSTEM },     { EIO, ACC_ERROR_SYSTEM },
    { EROFS, ACC_ERROR_SYSTEM },      { EMFILE, ACC_ERROR_SYSTEM },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      acc_error_set_from_errno (&error, cases[i].number, "write", "/srv/branch/out.pdf");
      g_assert_error (error, ACC_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, "Cannot write “/srv/branch/out.pdf”: "));
    }
}

/* ---- clock ---- */

static void
the_clock_stands_still_when_frozen_and_runs_when_thawed (void)
{
  g_autofree char *winter = NULL, *summer = NULL, *day = NULL;

  acc_clock_freeze (G_GINT64_CONSTANT (1795257000) * G_USEC_PER_SEC, 42);
  g_assert_cmpint (acc_clock_now (), ==, G_GINT64_CONSTANT (1795257000) * G_USEC_PER_SEC);
  g_assert_cmpint (acc_clock_boot (), ==, 42);
  winter = acc_clock_stamp ();
  g_assert_cmpstr (winter, ==, "2026-11-21T10:30:00+00:00");
  day = acc_clock_today ();
  g_assert_cmpstr (day, ==, "2026-11-21");

  acc_clock_freeze (G_GINT64_CONSTANT (1782000000) * G_USEC_PER_SEC, 42);
  summer = acc_clock_stamp ();
  g_assert_cmpstr (summer, ==, "2026-06-21T01:00:00+01:00");

  acc_clock_freeze (-1, -1);
  g_assert_cmpint (acc_clock_now (), >, G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC);
  g_assert_cmpint (acc_clock_boot (), >, 42);
}

static void
the_ends_of_time_have_stamps_too (void)
{
  static const struct {
    gint64 seconds;
    const char *stamp;
  } cases[] = {
    { 0, "1970-01-01T01:00:00+01:00" }, /* London kept summer time that winter */
    { G_GINT64_CONSTANT (2147483648), "2038-01-19T03:14:08+00:00" },
    { G_GINT64_CONSTANT (4102444800), "2100-01-01T00:00:00+00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stamp = NULL;

      acc_clock_freeze (cases[i].seconds * G_USEC_PER_SEC, 0);
      stamp = acc_clock_stamp ();
      g_assert_cmpstr (stamp, ==, cases[i].stamp);
    }
  acc_clock_freeze (-1, -1);
}

static void
only_days_of_the_calendar_are_dates (void)
{
  static const char *const dates[] = { "2026-11-21", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31" };
  static const char *const others[] = { "",           "2026-02-29", "1900-02-29", "2026-13-01",  "2026-00-10",
                                        "2026-11-31", "0000-01-01", "2026-1-1",   "2026/11/21",  "26-11-21",
                                        "2026-11-2x", "-026-11-21", "2026-11-+1", "2026-11-211", "20261121" };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_true (acc_clock_is_date (dates[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (acc_clock_is_date (others[i]));
  g_assert_false (acc_clock_is_date (NULL));
}

/* ---- places ---- */

static void
a_program_of_the_build_tree_finds_the_tree_s_own (void)
{
  static const char *const names[][2] = { { "accolade", "/app/cli/accolade" },
                                          { "accolade-pdf", "/app/paper/accolade-pdf" },
                                          { "accolade-kiosk", "/ui/kiosk/accolade-kiosk" },
                                          { "accolade-desk", "/ui/desk/accolade-desk" } };
  g_autofree char *schema = acc_places_data ("schemas/inbox-1.sql");

  g_assert_true (g_file_test (schema, G_FILE_TEST_IS_REGULAR));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = acc_places_program (names[i][0]);

      g_assert_true (g_path_is_absolute (path));
      g_assert_true (g_str_has_suffix (path, names[i][1]));
    }
}

/* ---- configuration ---- */

typedef struct {
  char *folder;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new ();
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_free (fixture->folder);
}

static char *
below (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static const struct {
  AccConfigKey key;
  const char *group, *name;
  const char *usual; /* the default */
  const char *good[4];
  const char *bad[8];
} config_cases[ACC_CONFIG_N_KEYS] = {
  { ACC_CONFIG_BRANCH_NAME, "branch", "name", "",
    { "Quay Street", "Łódź Śródmieście", "\\\\ Dock" }, { "", "a\u202eb", "a\\nb\u200b" } },
  { ACC_CONFIG_BRANCH_LETTERHEAD, "branch", "letterhead", "harbour-vale",
    { "my-bank", "/etc/accolade/letterhead" }, { "", "../x", "a/b", ".hidden", "a\\\\b" } },
  { ACC_CONFIG_BRANCH_PAPER, "branch", "paper", "letter", { "letter", "a4" }, { "", "A4", "legal", "letter a4" } },
  { ACC_CONFIG_BRANCH_LANGUAGES, "branch", "languages", "en", { "es-MX", "en; pl" }, { "", "e", "en_US", "en,es" } },
  { ACC_CONFIG_KIOSK_ID, "kiosk", "id", "kiosk-1",
    { "lobby", "K_2" }, { "", "a b", "é", "a/b", "a123456789012345678901234567890123", "1e99!" } },
  { ACC_CONFIG_KIOSK_RECEIPT_PRINTER, "kiosk", "receipt_printer", "",
    { "Slip_1", "a-b" }, { "a b", "a/b", "#1", "é" } },
  { ACC_CONFIG_KIOSK_KEYBOARD, "kiosk", "keyboard", "auto", { "auto", "on", "off" }, { "", "yes", "On" } },
  { ACC_CONFIG_KIOSK_KEYBOARD_REPEAT, "kiosk", "keyboard_repeat", "0",
    { "0", "50", "2000" }, { "", "49", "2001", "-1", "off", "0.5" } },
  { ACC_CONFIG_KIOSK_KEYBOARD_DOUBLE_STRIKE, "kiosk", "keyboard_double_strike", "0",
    { "0", "500" }, { "", "501", "-1", "0.5", "no" } },
  { ACC_CONFIG_KIOSK_LANGUAGES, "kiosk", "languages", "",
    { "", "es-MX", "en;zh-Hant-TW;pl;" }, { "e", "en_US", "../en", "-", "en,es", ";", "en;;es" } },
  { ACC_CONFIG_KIOSK_IDLE, "kiosk", "idle", "90", { "10", "600" }, { "", "9", "601", "-1", "1e99", "1.5", "soon" } },
  { ACC_CONFIG_KIOSK_WARNING, "kiosk", "warning", "30", { "20", "120" }, { "", "19", "121", "-30", "+30" } },
  { ACC_CONFIG_KIOSK_ASSISTED, "kiosk", "assisted", "600", { "10", "3600" }, { "", "9", "3601", "yes" } },
  { ACC_CONFIG_KIOSK_DRAFTS, "kiosk", "drafts", "", { "/run/accolade" }, { "", "drafts", "~/drafts", "../x" } },
  { ACC_CONFIG_KIOSK_HANDOVER, "kiosk", "handover", "", { "/run/accolade-handover" }, { "", "handover", "~/h", "../x" } },
  { ACC_CONFIG_KIOSK_EXIT_CODE, "kiosk", "exit_code", "",
    { "", "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA" }, { "123456", "$argon2i$v=19", "$argon2id$ś" } },
  { ACC_CONFIG_DESK_LOCK, "desk", "lock", "5", { "1", "60" }, { "", "0", "61", "-5", "five" } },
  { ACC_CONFIG_DESK_RECEIPT_DAYS, "desk", "receipt_days", "14", { "1", "365" }, { "", "0", "366", "-1", "two weeks" } },
  { ACC_CONFIG_DESK_WAIT, "desk", "wait", "24", { "1", "720" }, { "", "0", "721", "-5", "a day" } },
  { ACC_CONFIG_INTEGRITY_SECOND_APPROVER, "integrity", "second_approver", "require",
    { "require", "disclose" }, { "", "yes", "Require" } },
  { ACC_CONFIG_INTEGRITY_PAIR_LIMIT, "integrity", "pair_limit", "5", { "0", "1", "1000" }, { "", "-1", "1001", "all" } },
  { ACC_CONFIG_INTEGRITY_PAIR_DAYS, "integrity", "pair_days", "90", { "1", "730" }, { "", "0", "731", "-5", "ever" } },
  { ACC_CONFIG_DIRECTORY_SOURCE, "directory", "source", "csv", { "csv", "ldap" }, { "", "CSV", "file" } },
  { ACC_CONFIG_DIRECTORY_ADDRESS, "directory", "address", "",
    { "ldap://ldap.bank.example", "ldaps://127.0.0.1:1636", "ldap://[::1]:389/" },
    { "", "http://bank.example", "ldap://", "ldap://a:99999", "ldap://a/dc=b", "ldap://user@a" } },
  { ACC_CONFIG_DIRECTORY_SECURITY, "directory", "security", "tls", { "tls", "none" }, { "", "ssl", "None" } },
  { ACC_CONFIG_DIRECTORY_CERTIFICATES, "directory", "certificate_authority", "/etc/ssl/certs/ca-certificates.crt",
    { "/etc/bank/ca.pem" }, { "", "ca.pem", "~/ca.pem", "../x" } },
  { ACC_CONFIG_DIRECTORY_BASE, "directory", "base", "", { "ou=Łódź,dc=bank", "dc=bank" }, { "", "a\u202eb", "a\\nb" } },
  { ACC_CONFIG_DIRECTORY_FILTER, "directory", "filter", "(objectClass=inetOrgPerson)",
    { "(uid=*)", "(&(objectClass=user)(mail=*)(!(userAccountControl:1.2.840.113556.1.4.803:=2))(!(employeeType=left)))" },
    { "", "uid=*", "(uid=*", "uid=*)" } },
  { ACC_CONFIG_DIRECTORY_BIND_NAME, "directory", "bind_name", "", { "cn=accolade,dc=bank" }, { "", "cn=a\u200bb" } },
  { ACC_CONFIG_DIRECTORY_ID, "directory", "id", "entryUUID", { "employeeNumber", "x-id" }, { "", "a;b", "1a", "a=b" } },
  { ACC_CONFIG_DIRECTORY_DEPARTMENT, "directory", "department", "departmentNumber;ou",
    { "ou", "department ; ou" }, { "", ";", "ou;", "ou,o" } },
  { ACC_CONFIG_DIRECTORY_CALLED, "directory", "called", "", { "givenName" }, { "", "given name", "*" } },
  { ACC_CONFIG_DIRECTORY_TIMEOUT, "directory", "timeout", "10", { "1", "120" }, { "", "0", "121", "-1" } },
  { ACC_CONFIG_DIRECTORY_REFRESH, "directory", "refresh", "35", { "1", "365" }, { "", "0", "366", "never" } },
  { ACC_CONFIG_MAIL_SERVER, "mail", "server", "",
    { "mail.bank.example", "[::1]", "127.0.0.1" }, { "", "mail bank", "smtp://mail", "mail:25", "a\\nb" } },
  { ACC_CONFIG_MAIL_PORT, "mail", "port", "587", { "1", "65535" }, { "", "0", "65536", "smtp" } },
  { ACC_CONFIG_MAIL_SECURITY, "mail", "security", "starttls", { "starttls", "tls", "none" }, { "", "ssl", "TLS" } },
  { ACC_CONFIG_MAIL_CERTIFICATES, "mail", "certificate_authority", "/etc/ssl/certs/ca-certificates.crt",
    { "/etc/ssl/bank.pem" }, { "", "bank.pem", "~/bank.pem" } },
  { ACC_CONFIG_MAIL_USER, "mail", "user", "", { "accolade", "accolade@bank.example" }, { "", "a\\nb", "a\u200bb" } },
  { ACC_CONFIG_MAIL_FROM, "mail", "from", "", { "letters@bank.example", "o'neil+x@bank.example" },
    { "", "letters", "a@b@c", "a,b@c", "A <a@b>", "a@b\\nRCPT TO:<c@d>", "a@", "é@b" } },
  { ACC_CONFIG_MAIL_DOMAINS, "mail", "allowed_domains", "",
    { "bank.example", "bank.example; cards.example", "a;b;" }, { "", "*", "@bank.example", "a b", "a,b", ";", "a;;b" } },
  { ACC_CONFIG_MAIL_PERSONNEL, "mail", "personnel", "", { "hr@bank.example" }, { "", "hr", "hr@bank.example;x@y" } },
  { ACC_CONFIG_MAIL_REPLIES, "mail", "replies", "", { "/var/mail/letters" }, { "", "Maildir", "~/Maildir" } },
  { ACC_CONFIG_MAIL_TIMEOUT, "mail", "timeout", "120", { "1", "600" }, { "", "0", "601", "-1" } },
  { ACC_CONFIG_PRINT_PRINTER, "print", "printer", "", { "Back-Office_2", "x" }, { "", "a b", "a/b", "a#b", "ä" } },
  { ACC_CONFIG_PRINT_TRAY, "print", "tray", "", { "tray-2", "by-pass-tray" }, { "", "Tray 2", "-x", "a,b" } },
  { ACC_CONFIG_PRINT_TIMEOUT, "print", "timeout", "120", { "1", "600" }, { "", "0", "601", "-1" } },
  { ACC_CONFIG_FOLDER_OUTBOX, "folder", "outbox", NULL, { "/srv/outbox" }, { "", "outbox", "~/outbox", "../x" } },
  { ACC_CONFIG_RETENTION_DAYS, "retention", "days", "90", { "1", "730" }, { "", "0", "731", "-1", "1.5", "ten", "9 d" } },
  { ACC_CONFIG_RETENTION_MOST_DAYS, "retention", "most_days", "730",
    { "1", "730" }, { "", "0", "731", "+7", "0x7", "99999999999999999999" } },
  { ACC_CONFIG_RETENTION_BACKUP_DAYS, "retention", "backup_days", "90",
    { "1", "3650" }, { "", "0", "3651", "-1" } },
};

static AccConfig *
load_text (Fixture *fixture, const char *text, gsize length, GError **error)
{
  g_autofree char *path = below (fixture, "accolade.conf");
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) write_error = NULL;

  acc_file_write (path, bytes, 0600, &write_error);
  g_assert_no_error (write_error);
  return acc_config_load (fixture->folder, error);
}

static void
a_missing_or_empty_file_means_the_defaults (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *outbox = g_strconcat (fixture->folder, "-outbox", NULL);
  g_autoptr (AccConfig) missing = acc_config_load (fixture->folder, &error);
  g_autoptr (AccConfig) empty = load_text (fixture, "", 0, &error);
  g_autoptr (AccConfig) system = acc_config_load (NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < ACC_CONFIG_N_KEYS; i++)
    {
      const char *usual = config_cases[i].usual != NULL ? config_cases[i].usual : outbox;

      g_assert_cmpstr (acc_config_get (missing, config_cases[i].key), ==, usual);
      g_assert_cmpstr (acc_config_get (empty, config_cases[i].key), ==, usual);
    }
  g_assert_cmpstr (acc_config_get (system, ACC_CONFIG_FOLDER_OUTBOX), ==, "");
}

static void
each_key_takes_its_range_and_no_more (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < ACC_CONFIG_N_KEYS; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (config_cases[i].good) && config_cases[i].good[j] != NULL; j++)
        {
          g_autofree char *text = g_strdup_printf ("[%s]\r\n# comment\r\n %s = %s \r\n", config_cases[i].group,
                                                   config_cases[i].name, config_cases[i].good[j]);
          g_autoptr (GError) error = NULL;
          g_autoptr (AccConfig) config = load_text (fixture, text, strlen (text), &error);

          g_assert_no_error (error);
          if (config_cases[i].good[j][0] == '\\')
            g_assert_cmpstr (acc_config_get (config, config_cases[i].key), ==, "\\ Dock");
          else
            g_assert_cmpstr (acc_config_get (config, config_cases[i].key), ==, config_cases[i].good[j]);
        }
      for (guint j = 0; j < G_N_ELEMENTS (config_cases[i].bad) && config_cases[i].bad[j] != NULL; j++)
        {
          g_autofree char *text = g_strdup_printf ("\n[%s]\n\n%s=%s\n", config_cases[i].group, config_cases[i].name,
                                                   config_cases[i].bad[j]);
          g_autoptr (GError) error = NULL;
          g_autoptr (AccConfig) config = load_text (fixture, text, strlen (text), &error);

          g_assert_null (config);
          g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
          g_assert_nonnull (strstr (error->message, "accolade.conf line 4: "));
          g_assert_nonnull (strstr (error->message, config_cases[i].name));
        }
    }
}

static const struct {
  const char *what;
  const char *text;
  const char *named;
} wrong_files[] = {
  { "an unknown key", "[kiosk]\nid=a\nidel=5\n", "line 3: “idel” is not a key of [kiosk]" },
  { "a key of another group", "[branch]\nid=a\n", "line 2: “id” is not a key of [branch]" },
  { "an unknown group", "# x\n[kiosks]\n", "line 2: [kiosks] is not a group" },
  { "a doubled key", "[kiosk]\nid=a\n\n[branch]\npaper=a4\n[kiosk]\nid=b\n", "line 7: “id” is set already in line 2" },
  { "a key before its group", "id=a\n", "line 1: expected a [group]" },
  { "words", "[kiosk]\nhello\n", "line 2: expected a comment" },
  { "an open group", "[kiosk\nid=a\n", "line 1: a group is written" },
  { "a key for a language", "[branch]\nname[de]=x\n", "line 2: “name[de]” is not a key" },
  { "a wrong escape", "[branch]\n\nname=a\\q\n", "line 3: name must be" },
  { "half an escape after a wrong one", "[branch]\nname=a\\q\\\n", "[branch] name ends in a single backslash" },
  { "a wrong byte", "[branch]\nname=a\nletterhead=\xff\n", "line 3: this is not UTF-8" },
  { "UTF-16", "\xff\xfe[\001", "line 1: this is not UTF-8" },
};

static void
a_wrong_file_is_refused_by_its_line (Fixture *fixture, gconstpointer data)
{
  static const char with_nul[] = "[branch]\nname=a\0b\n";
  g_autoptr (GError) nul_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong_files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AccConfig) config = load_text (fixture, wrong_files[i].text, strlen (wrong_files[i].text), &error);

      g_test_message ("%s", wrong_files[i].what);
      g_assert_null (config);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, wrong_files[i].named));
      g_assert_nonnull (strstr (error->message, fixture->folder));
    }
  g_assert_null (load_text (fixture, with_nul, sizeof with_nul - 1, &nul_error));
  g_assert_nonnull (strstr (nul_error->message, "line 2: this is not UTF-8"));
}

static void
a_count_is_read_as_a_number (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "[retention]\ndays=007\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (AccConfig) config = load_text (fixture, text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (acc_config_get_int (config, ACC_CONFIG_RETENTION_DAYS), ==, 7);
  g_assert_cmpuint (acc_config_get_int (config, ACC_CONFIG_RETENTION_MOST_DAYS), ==, 730);
}

static void
a_configuration_that_is_no_file_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = below (fixture, "accolade.conf");
  g_autoptr (GError) pipe_error = NULL;
  g_autoptr (GError) link_error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (acc_config_load (fixture->folder, &pipe_error));
  g_assert_error (pipe_error, ACC_ERROR, ACC_ERROR_INPUT);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("/nowhere/accolade.conf", path), ==, 0);
  g_assert_null (acc_config_load (fixture->folder, &link_error));
  g_assert_error (link_error, ACC_ERROR, ACC_ERROR_INPUT);
}

static void
a_new_store_s_file_names_every_key_and_loads (Fixture *fixture, gconstpointer data)
{
  static const char *const branches[] = { "Quay Street", "Back\\slash & Sons; Ltd = x", "Zürich [HB] # 1" };

  for (guint i = 0; i < G_N_ELEMENTS (branches); i++)
    {
      g_autofree char *text = acc_config_template (branches[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccConfig) config = load_text (fixture, text, strlen (text), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (acc_config_get (config, ACC_CONFIG_BRANCH_NAME), ==, branches[i]);
      for (guint key = 0; key < ACC_CONFIG_N_KEYS; key++)
        {
          g_autofree char *line = g_strdup_printf ("%s=", config_cases[key].name);

          g_assert_nonnull (strstr (text, line));
        }
    }
}

/* ---- worker ---- */

typedef struct {
  GArray *order;
  GThread *thread;
  guint n_done;
} Work;

static void
note_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = g_object_get_data (G_OBJECT (task), "work");
  int number = GPOINTER_TO_INT (data);

  if (work->thread == NULL)
    work->thread = g_thread_self ();
  g_assert_true (work->thread == g_thread_self ());
  g_array_append_val (work->order, number);
  g_task_return_int (task, number);
}

static void
count_done (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;

  g_assert_true (work->thread != g_thread_self ());
  work->n_done++;
}

static GTask *
new_job (Work *work, GObject *source, GCancellable *cancellable, int number)
{
  GTask *task = g_task_new (source, cancellable, count_done, work);

  g_object_set_data (G_OBJECT (task), "work", work);
  g_task_set_task_data (task, GINT_TO_POINTER (number), NULL);
  return task;
}

static void
work_until (Work *work, guint n_done)
{
  while (work->n_done < n_done)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
jobs_run_in_order_on_one_thread_and_report_on_the_caller_s (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  Work work = { .order = order };
  g_autoptr (AccWorker) worker = acc_worker_new ("test");

  for (int i = 0; i < 200; i++)
    {
      g_autoptr (GTask) task = new_job (&work, NULL, NULL, i);

      acc_worker_run (worker, task, note_job);
    }
  work_until (&work, 200);
  for (int i = 0; i < 200; i++)
    g_assert_cmpint (g_array_index (order, int, (guint) i), ==, i);
}

static void
a_cancelled_job_is_answered_but_not_done (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  Work work = { .order = order };
  g_autoptr (AccWorker) worker = acc_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) cancelled = new_job (&work, NULL, cancellable, 1);
  g_autoptr (GTask) kept = new_job (&work, NULL, NULL, 2);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  acc_worker_run (worker, cancelled, note_job);
  acc_worker_run (worker, kept, note_job);
  work_until (&work, 2);
  g_task_propagate_int (cancelled, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (order->len, ==, 1);
}

static void
what_was_queued_is_done_before_the_worker_goes (void)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
  Work work = { .order = order };
  AccWorker *worker = acc_worker_new ("test");

  for (int i = 0; i < 50; i++)
    {
      g_autoptr (GTask) task = new_job (&work, NULL, NULL, i);

      acc_worker_run (worker, task, note_job);
    }
  g_object_unref (worker);
  g_assert_cmpuint (order->len, ==, 50);
  work_until (&work, 50);
}

static void
note_thread (gpointer data, GObject *gone)
{
  *(GThread **) data = g_thread_self ();
}

/* A window that is dropped on the worker's thread would be taken apart there. */
static void
the_last_reference_to_a_caller_is_dropped_on_its_own_thread (void)
{
  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (int));
      Work work = { .order = order };
      g_autoptr (AccWorker) worker = acc_worker_new ("test");
      GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
      GThread *dropped_on = NULL;
      GTask *task = new_job (&work, source, NULL, i);

      g_object_weak_ref (source, note_thread, &dropped_on);
      g_object_unref (source);
      acc_worker_run (worker, task, note_job);
      g_object_unref (task);
      work_until (&work, 1);
      while (dropped_on == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (dropped_on == g_thread_self ());
    }
}

#define ADD_IN_FOLDER(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

static void
add_config_tests (void)
{
  ADD_IN_FOLDER ("/base/config/defaults", a_missing_or_empty_file_means_the_defaults);
  ADD_IN_FOLDER ("/base/config/each-key-takes-its-range", each_key_takes_its_range_and_no_more);
  ADD_IN_FOLDER ("/base/config/a-wrong-file-is-refused-by-line", a_wrong_file_is_refused_by_its_line);
  ADD_IN_FOLDER ("/base/config/counts", a_count_is_read_as_a_number);
  ADD_IN_FOLDER ("/base/config/what-is-no-file-is-refused", a_configuration_that_is_no_file_is_refused);
  ADD_IN_FOLDER ("/base/config/template-loads", a_new_store_s_file_names_every_key_and_loads);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/one-sentence", each_error_is_one_sentence_with_a_full_stop);
  g_test_add_func ("/base/error/no-second-full-stop", a_sentence_that_ends_already_gets_no_second_full_stop);
  g_test_add_func ("/base/error/screen-sentence", a_sentence_on_a_screen_begins_with_a_capital);
  g_test_add_func ("/base/error/nothing-to-obey", a_sentence_shows_nothing_that_a_terminal_would_obey);
  g_test_add_func ("/base/error/exit-status", the_exit_status_is_three_for_a_bad_store_and_one_for_the_rest);
  g_test_add_func ("/base/error/full-disk", a_full_disk_is_told_from_other_trouble);
  g_test_add_func ("/base/clock/freeze", the_clock_stands_still_when_frozen_and_runs_when_thawed);
  g_test_add_func ("/base/clock/ends-of-time", the_ends_of_time_have_stamps_too);
  g_test_add_func ("/base/clock/dates", only_days_of_the_calendar_are_dates);
  g_test_add_func ("/base/places/build-tree", a_program_of_the_build_tree_finds_the_tree_s_own);
  add_config_tests ();
  g_test_add_func ("/base/worker/order", jobs_run_in_order_on_one_thread_and_report_on_the_caller_s);
  g_test_add_func ("/base/worker/cancelled", a_cancelled_job_is_answered_but_not_done);
  g_test_add_func ("/base/worker/done-before-it-goes", what_was_queued_is_done_before_the_worker_goes);
  g_test_add_func ("/base/worker/last-reference", the_last_reference_to_a_caller_is_dropped_on_its_own_thread);
  return g_test_run ();
}
