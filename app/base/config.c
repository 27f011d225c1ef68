/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/key-file.h"
#include "base/mail-address.h"
#include "base/text.h"

#define FILE_NAME "accolade.conf"
#define FILE_MAX ((gsize) 64 * 1024)
#define ID_MAX 32
#define TAG "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*" /* BCP 47 */
#define KEPT_DAYS_MAX 730    /* two years: nobody keeps a client's letter for longer */
#define BACKUP_DAYS_MAX 3650
#define REPEAT_MIN 50 /* milliseconds */
#define REPEAT_MAX 2000
#define DOUBLE_STRIKE_MAX 500
#define IDLE_SECONDS_MIN 10
#define IDLE_SECONDS_MAX 600
#define WARNING_SECONDS_MIN 20 /* WCAG 2.2, success criterion 2.2.1 */
#define WARNING_SECONDS_MAX 120
#define ASSISTED_SECONDS_MAX 3600
#define LOCK_MINUTES_MAX 60
#define PAIR_LIMIT_MAX 1000
#define PAIR_DAYS_MAX 730
#define WAIT_HOURS_MAX 720 /* a month */
#define RECEIPT_DAYS_MAX 365
#define HOST "([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+\\])"
#define ATTRIBUTE "[A-Za-z][A-Za-z0-9-]{0,63}" /* RFC 4512, descr */
#define LINE_BYTES_MAX 1000
#define TIMEOUT_SECONDS_MAX 120
#define REFRESH_DAYS_MAX 365
#define PORT_MAX 65535
#define PRINT_SECONDS_MAX 600
#define MAIL_SECONDS_MAX 600 /* RFC 5321, 4.5.3.2.6 */

struct _AccConfig
{
  GObject parent_instance;

  char *values[ACC_CONFIG_N_KEYS];
};

G_DEFINE_FINAL_TYPE (AccConfig, acc_config, G_TYPE_OBJECT)

typedef struct {
  const char *group;
  const char *key;
  const char *value; /* the default */
  gboolean (*is_valid) (const char *value);
  const char *range; /* "… must be …" */
  const char *comment;
} KeyRow;

static gboolean
is_name (const char *value)
{
  AccTextChange change;
  g_autofree char *cleaned = acc_text_clean (value, -1, ACC_TEXT_LINE, &change);

  return change == ACC_TEXT_UNCHANGED && !acc_text_is_blank (value);
}

static gboolean
is_folder_or_word (const char *value)
{
  if (g_path_is_absolute (value))
    return TRUE;
  return value[0] != '\0' && value[0] != '.' && strpbrk (value, "/\\") == NULL;
}

static gboolean
is_absolute (const char *value)
{
  return g_path_is_absolute (value);
}

static gboolean
is_paper (const char *value)
{
  return strcmp (value, "letter") == 0 || strcmp (value, "a4") == 0;
}

static gboolean
is_approver (const char *value)
{
  return strcmp (value, "require") == 0 || strcmp (value, "disclose") == 0;
}

static gboolean
is_pair_limit (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 0, PAIR_LIMIT_MAX, NULL, NULL);
}

static gboolean
is_pair_days (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, PAIR_DAYS_MAX, NULL, NULL);
}

static gboolean
is_printer (const char *value)
{
  return g_regex_match_simple ("^[A-Za-z0-9_-]{1,127}\\z", value, 0, 0);
}

static gboolean
is_tray (const char *value)
{
  return g_regex_match_simple ("^[a-z0-9][a-z0-9._-]{0,126}\\z", value, 0, 0); /* RFC 8011, 5.1.4 */
}

static gboolean
is_print_seconds (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, PRINT_SECONDS_MAX, NULL, NULL);
}

static gboolean
is_id (const char *value)
{
  gsize length = strspn (value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

  return length > 0 && length <= ID_MAX && value[length] == '\0';
}

static gboolean
is_languages (const char *value)
{
  return g_regex_match_simple ("^" TAG "( *; *" TAG ")* *;?\\z", value, 0, 0);
}

static gboolean
is_languages_or_none (const char *value)
{
  return value[0] == '\0' || is_languages (value);
}

static gboolean
is_kept_days (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, KEPT_DAYS_MAX, NULL, NULL);
}

static gboolean
is_backup_days (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, BACKUP_DAYS_MAX, NULL, NULL);
}

static gboolean
is_idle_seconds (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, IDLE_SECONDS_MIN, IDLE_SECONDS_MAX, NULL, NULL);
}

static gboolean
is_warning_seconds (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, WARNING_SECONDS_MIN, WARNING_SECONDS_MAX, NULL, NULL);
}

static gboolean
is_assisted_seconds (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, IDLE_SECONDS_MIN, ASSISTED_SECONDS_MAX, NULL, NULL);
}

static gboolean
is_lock_minutes (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, LOCK_MINUTES_MAX, NULL, NULL);
}

static gboolean
is_wait_hours (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, WAIT_HOURS_MAX, NULL, NULL);
}

static gboolean
is_receipt_days (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, RECEIPT_DAYS_MAX, NULL, NULL);
}

static gboolean
is_keyboard (const char *value)
{
  return strcmp (value, "auto") == 0 || strcmp (value, "on") == 0 || strcmp (value, "off") == 0;
}

static gboolean
is_repeat (const char *value)
{
  return strcmp (value, "0") == 0 || g_ascii_string_to_unsigned (value, 10, REPEAT_MIN, REPEAT_MAX, NULL, NULL);
}

static gboolean
is_double_strike (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 0, DOUBLE_STRIKE_MAX, NULL, NULL);
}

static gboolean
is_source (const char *value)
{
  return strcmp (value, "csv") == 0 || strcmp (value, "ldap") == 0;
}

static gboolean
is_ldap_address (const char *value)
{
  return g_regex_match_simple ("^ldaps?://" HOST "(:[0-9]{1,5})?/?\\z", value, 0, 0)
         && g_uri_is_valid (value, G_URI_FLAGS_NONE, NULL);
}

static gboolean
is_security (const char *value)
{
  return strcmp (value, "tls") == 0 || strcmp (value, "none") == 0;
}

static gboolean
is_line (const char *value)
{
  AccTextChange change;
  g_autofree char *cleaned = acc_text_clean (value, -1, ACC_TEXT_STORY, &change); /* a name is shorter */

  return change == ACC_TEXT_UNCHANGED && strlen (value) <= LINE_BYTES_MAX && strpbrk (value, "\t\n") == NULL
         && !acc_text_is_blank (value);
}

static gboolean
is_filter (const char *value)
{
  return is_line (value) && value[0] == '(' && g_str_has_suffix (value, ")");
}

static gboolean
is_attribute (const char *value)
{
  return g_regex_match_simple ("^" ATTRIBUTE "\\z", value, 0, 0);
}

static gboolean
is_attributes (const char *value)
{
  return g_regex_match_simple ("^" ATTRIBUTE "( *; *" ATTRIBUTE ")*\\z", value, 0, 0);
}

static gboolean
is_timeout_seconds (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, TIMEOUT_SECONDS_MAX, NULL, NULL);
}

static gboolean
is_host (const char *value)
{
  return g_regex_match_simple ("^" HOST "\\z", value, 0, 0);
}

static gboolean
is_port (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, PORT_MAX, NULL, NULL);
}

static gboolean
is_mail_security (const char *value)
{
  return strcmp (value, "starttls") == 0 || is_security (value);
}

static gboolean
is_mail_seconds (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, MAIL_SECONDS_MAX, NULL, NULL);
}

static gboolean
is_refresh_days (const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, 1, REFRESH_DAYS_MAX, NULL, NULL);
}

static gboolean
is_code_hash (const char *value)
{
  return value[0] == '\0' || (g_str_has_prefix (value, "$argon2id$") && g_str_is_ascii (value));
}

/* Every key, in the order of the file. */
static const KeyRow key_rows[ACC_CONFIG_N_KEYS] = {
  [ACC_CONFIG_BRANCH_NAME] = { "branch", "name", "", is_name, "a name of 1 to 80 characters",
                               "The branch as it stands on the letterhead." },
  [ACC_CONFIG_BRANCH_LETTERHEAD] = { "branch", "letterhead", "harbour-vale", is_folder_or_word,
                                     "the name of an installed letterhead or an absolute folder",
                                     "The letterhead: the name of an installed one, or a folder of your own." },
  [ACC_CONFIG_BRANCH_PAPER] = { "branch", "paper", "letter", is_paper, "letter or a4", "The paper: letter or a4." },
  [ACC_CONFIG_BRANCH_LANGUAGES] = { "branch", "languages", "en", is_languages, "language tags such as en;es;fr",
                                    "The languages that are read here: the desk tells of a letter in another one." },
  [ACC_CONFIG_KIOSK_ID] = { "kiosk", "id", "kiosk-1", is_id, "1 to 32 of the letters a-z, digits, - and _",
                            "What this kiosk is called in its journal." },
  [ACC_CONFIG_KIOSK_RECEIPT_PRINTER]
  = { "kiosk", "receipt_printer", "", is_printer, "a printer's name: 1 to 127 letters, digits, - and _",
      "The printer for the client's slip, as the print service calls it. Default: none." },
  [ACC_CONFIG_KIOSK_KEYBOARD] = { "kiosk", "keyboard", "auto", is_keyboard, "auto, on or off",
                                  "The keyboard on the screen: auto (once the screen is touched), on (always, and a mouse "
                                  "is taken for a finger) or off. A key of a real keyboard puts it aside." },
  [ACC_CONFIG_KIOSK_KEYBOARD_REPEAT]
  = { "kiosk", "keyboard_repeat", "0", is_repeat, "0 or a whole number from 50 to 2000",
      "Milliseconds between two strikes of a key that is held on the screen. 0: it is struck once." },
  [ACC_CONFIG_KIOSK_KEYBOARD_DOUBLE_STRIKE]
  = { "kiosk", "keyboard_double_strike", "0", is_double_strike, "a whole number from 0 to 500",
      "Milliseconds after a strike for which the same key on the screen is not struck again: for hands that tremble." },
  [ACC_CONFIG_KIOSK_LANGUAGES] = { "kiosk", "languages", "", is_languages_or_none, "language tags such as en;es;fr",
                                   "The languages that clients may choose, in this order, the first being the one that each "
                                   "client begins in. Default: all that are installed, English first." },
  [ACC_CONFIG_KIOSK_IDLE] = { "kiosk", "idle", "90", is_idle_seconds, "a whole number from 10 to 600",
                              "Seconds without a touch after which the kiosk asks whether somebody is still there." },
  [ACC_CONFIG_KIOSK_WARNING] = { "kiosk", "warning", "30", is_warning_seconds, "a whole number from 20 to 120",
                                 "Seconds for which it waits for an answer; then it forgets the letter." },
  [ACC_CONFIG_KIOSK_ASSISTED] = { "kiosk", "assisted", "600", is_assisted_seconds, "a whole number from 10 to 3600",
                                  "The same as idle, while staff help a client: they switch it on at the staff page." },
  [ACC_CONFIG_KIOSK_DRAFTS]
  = { "kiosk", "drafts", "", is_absolute, "an absolute folder",
      "Where a letter in the making outlives a crash: a memory file system, or nothing is kept. Default: the session’s." },
  [ACC_CONFIG_KIOSK_HANDOVER]
  = { "kiosk", "handover", "", is_absolute, "an absolute folder",
      "The desk’s folder in memory, which the kiosk’s group may read and write: what a banker has prepared goes through it. "
      "Default: the session’s, where one user runs both." },
  [ACC_CONFIG_KIOSK_EXIT_CODE] = { "kiosk", "exit_code", "", is_code_hash, "what “accolade kiosk exit-code” writes there",
                                   "The hash of the code that opens the staff page: “accolade kiosk exit-code” sets it." },
  [ACC_CONFIG_DESK_LOCK] = { "desk", "lock", "5", is_lock_minutes, "a whole number from 1 to 60",
                             "Minutes without a key or a touch after which the desk signs the banker out." },
  [ACC_CONFIG_DESK_RECEIPT_DAYS]
  = { "desk", "receipt_days", "14", is_receipt_days, "a whole number from 1 to 365",
      "Days after which a letter that was handed over, and of which nothing is heard, is shown with who could be asked next." },
  [ACC_CONFIG_DESK_WAIT]
  = { "desk", "wait", "24", is_wait_hours, "a whole number from 1 to 720",
      "Hours after which a letter that still waits rises to the top of the queue; after twice as many managers see it in a "
      "list of its own." },
  [ACC_CONFIG_INTEGRITY_SECOND_APPROVER]
  = { "integrity", "second_approver", "require", is_approver, "require or disclose",
      "A letter that names the banker: require another approver, or disclose it on the cover." },
  [ACC_CONFIG_INTEGRITY_PAIR_LIMIT]
  = { "integrity", "pair_limit", "5", is_pair_limit, "a whole number from 0 to 1000",
      "Letters that one banker may approve for the same employee in pair_days before both supervisors are told; 0: any "
      "number." },
  [ACC_CONFIG_INTEGRITY_PAIR_DAYS] = { "integrity", "pair_days", "90", is_pair_days, "a whole number from 1 to 730",
                                       "The days over which such letters are counted." },
  [ACC_CONFIG_DIRECTORY_SOURCE] = { "directory", "source", "csv", is_source, "csv or ldap",
                                    "Where the staff directory comes from: a csv file, or a server by ldap." },
  [ACC_CONFIG_DIRECTORY_ADDRESS]
  = { "directory", "address", "", is_ldap_address, "ldap:// or ldaps://, a host, and a port if you like",
      "The LDAP server: ldap://HOST, which must offer StartTLS, or ldaps://HOST. Its account’s password is set with "
      "“accolade secret set directory”." },
  [ACC_CONFIG_DIRECTORY_SECURITY] = { "directory", "security", "tls", is_security, "tls or none",
                                      "tls, or none for an LDAP server on this very machine (localhost)." },
  [ACC_CONFIG_DIRECTORY_CERTIFICATES]
  = { "directory", "certificate_authority", "/etc/ssl/certs/ca-certificates.crt", is_absolute, "an absolute file name",
      "The file of those who may have signed the server’s certificate." },
  [ACC_CONFIG_DIRECTORY_BASE] = { "directory", "base", "", is_line, "a distinguished name",
                                  "Below what people are looked for, such as ou=people,dc=bank,dc=example." },
  [ACC_CONFIG_DIRECTORY_FILTER]
  = { "directory", "filter", "(objectClass=inetOrgPerson)", is_filter, "an LDAP filter in round brackets",
      "Who belongs to the directory. It also keeps out who has left, such as (!(employeeType=left))." },
  [ACC_CONFIG_DIRECTORY_BIND_NAME] = { "directory", "bind_name", "", is_line, "a distinguished name",
                                       "The account that reads the directory. Default: none, it is read anonymously." },
  [ACC_CONFIG_DIRECTORY_ID]
  = { "directory", "id", "entryUUID", is_attribute, "the name of an attribute",
      "The attribute that is a person’s id, for life: entryUUID, employeeNumber, uid." },
  [ACC_CONFIG_DIRECTORY_DEPARTMENT]
  = { "directory", "department", "departmentNumber;ou", is_attributes, "names of attributes such as departmentNumber;ou",
      "The attributes that may name a person’s department: the first one that the entry has." },
  [ACC_CONFIG_DIRECTORY_CALLED]
  = { "directory", "called", "", is_attribute, "the name of an attribute",
      "The attribute for how a person is called, such as givenName. Default: none, it is never guessed." },
  [ACC_CONFIG_DIRECTORY_TIMEOUT] = { "directory", "timeout", "10", is_timeout_seconds, "a whole number from 1 to 120",
                                     "Seconds for which the LDAP server may say nothing." },
  [ACC_CONFIG_DIRECTORY_REFRESH]
  = { "directory", "refresh", "35", is_refresh_days, "a whole number from 1 to 365",
      "Days after which the directory is old: “accolade doctor” and the desk tell." },
  [ACC_CONFIG_MAIL_SERVER] = { "mail", "server", "", is_host, "the name or the address of a host",
                               "The mail server that takes the branch’s letters. Default: none, they go into the folder "
                               "below. Its account’s password is set with “accolade secret set mail”." },
  [ACC_CONFIG_MAIL_PORT] = { "mail", "port", "587", is_port, "a whole number from 1 to 65535",
                             "Its port: mostly 587 for starttls, 465 for tls." },
  [ACC_CONFIG_MAIL_SECURITY]
  = { "mail", "security", "starttls", is_mail_security, "starttls, tls or none",
      "starttls, tls (from the first byte), or none for a mail server on this very machine (localhost)." },
  [ACC_CONFIG_MAIL_CERTIFICATES]
  = { "mail", "certificate_authority", "/etc/ssl/certs/ca-certificates.crt", is_absolute, "an absolute file name",
      "The file of those who may have signed the server’s certificate." },
  [ACC_CONFIG_MAIL_USER] = { "mail", "user", "", is_line, "one line of text",
                             "The account that sends. Default: none, the server lets this machine send." },
  [ACC_CONFIG_MAIL_FROM] = { "mail", "from", "", acc_mail_address_is_valid, "one mail address such as letters@bank.example",
                             "The address that letters come from, and failures go back to. Answers go to the banker." },
  [ACC_CONFIG_MAIL_DOMAINS]
  = { "mail", "allowed_domains", "", acc_mail_domains_are_valid, "domains such as bank.example;cards.bank.example",
      "Where letters may be mailed to: addresses of these very domains, and no others." },
  [ACC_CONFIG_MAIL_PERSONNEL]
  = { "mail", "personnel", "", acc_mail_address_is_valid, "one mail address such as personnel@bank.example",
      "Who keeps the personnel files: gets each letter whose client has agreed to that. Default: nobody." },
  [ACC_CONFIG_MAIL_REPLIES]
  = { "mail", "replies", "", is_absolute, "an absolute folder",
      "A maildir with the answers to what was mailed: who answers has the letter. It is only read. Default: none." },
  [ACC_CONFIG_MAIL_TIMEOUT] = { "mail", "timeout", "120", is_mail_seconds, "a whole number from 1 to 600",
                                "Seconds for which the mail server may say nothing." },
  [ACC_CONFIG_PRINT_PRINTER]
  = { "print", "printer", "", is_printer, "a printer's name: 1 to 127 letters, digits, - and _",
      "The printer for the letters of whom mail does not go to, as this machine’s print service calls it. Default: none, they "
      "go into the folder below." },
  [ACC_CONFIG_PRINT_TRAY] = { "print", "tray", "", is_tray, "a tray's name such as tray-2",
                              "The tray that it takes the paper from, such as tray-2: “accolade doctor” tells which there "
                              "are. Default: the printer’s own choice." },
  [ACC_CONFIG_PRINT_TIMEOUT] = { "print", "timeout", "120", is_print_seconds, "a whole number from 1 to 600",
                                 "Seconds in which a letter has to be out of the printer." },
  [ACC_CONFIG_FOLDER_OUTBOX] = { "folder", "outbox", "", is_absolute, "an absolute folder",
                                 "Where routed letters are put. Default: the store's own folder with -outbox added." },
  [ACC_CONFIG_RETENTION_DAYS] = { "retention", "days", "90", is_kept_days, "a whole number from 1 to 730",
                                  "Days after its acknowledgement at which “accolade retain” destroys a letter." },
  [ACC_CONFIG_RETENTION_MOST_DAYS]
  = { "retention", "most_days", "730", is_kept_days, "a whole number from 1 to 730",
      "Days after it was taken in at which any letter is destroyed that is not held." },
  [ACC_CONFIG_RETENTION_BACKUP_DAYS]
  = { "retention", "backup_days", "90", is_backup_days, "a whole number from 1 to 3650",
      "Days for which you keep backups: a receipt of erasure says until when they may hold the letter." },
};

/* A file that is being read: its text, and where we are in it. */
typedef struct {
  const char *path;
  GKeyFile *file;
  const char *group; /* lent from @groups, NULL before the first */
  GStringChunk *groups;
  guint line_of[ACC_CONFIG_N_KEYS]; /* 0: not in this file */
} Reading;

static void
set_line_error (GError **error, const Reading *reading, guint line, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void
set_line_error (GError **error, const Reading *reading, guint line, const char *format, ...)
{
  g_autofree char *shown = g_filename_display_name (reading->path);
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s line %u: %s", shown, line, what);
}

static int
find_key (const char *group, const char *key)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    if (strcmp (key_rows[i].group, group) == 0 && strcmp (key_rows[i].key, key) == 0)
      return i;
  return -1;
}

static gboolean
is_group (const char *group)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    if (strcmp (key_rows[i].group, group) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_group (Reading *reading, const char *line, guint number, GError **error)
{
  g_autofree char *group = NULL;

  if (!g_str_has_suffix (line, "]"))
    {
      set_line_error (error, reading, number, "a group is written [name]");
      return FALSE;
    }
  group = g_strndup (line + 1, strlen (line) - 2);
  if (!is_group (group))
    {
      set_line_error (error, reading, number, "[%s] is not a group of this file", group);
      return FALSE;
    }
  reading->group = g_string_chunk_insert_const (reading->groups, group);
  return TRUE;
}

static gboolean
read_key (Reading *reading, const char *line, guint number, GError **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = NULL;
  int found;

  if (equals == NULL || reading->group == NULL)
    {
      set_line_error (error, reading, number, "expected %s",
                      equals == NULL ? "a comment, [group] or key=value" : "a [group] before the first key");
      return FALSE;
    }
  key = g_strchomp (g_strndup (line, (gsize) (equals - line)));
  found = find_key (reading->group, key);
  if (found < 0)
    {
      set_line_error (error, reading, number, "“%s” is not a key of [%s]", key, reading->group);
      return FALSE;
    }
  if (reading->line_of[found] != 0)
    {
      set_line_error (error, reading, number, "“%s” is set already in line %u", key, reading->line_of[found]);
      return FALSE;
    }
  reading->line_of[found] = number;
  return TRUE;
}

/* GKeyFile knows no lines and takes the last of doubled keys, so each line is looked at first. */
static gboolean
read_lines (Reading *reading, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      gboolean good = TRUE;

      if (line[0] == '[')
        good = read_group (reading, line, i + 1, error);
      else if (line[0] != '\0' && line[0] != '#')
        good = read_key (reading, line, i + 1, error);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_values (AccConfig *self, const Reading *reading, GError **error)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    {
      const KeyRow *row = &key_rows[i];
      g_autoptr (GError) reason = NULL;
      g_autofree char *value = NULL;

      if (reading->line_of[i] == 0)
        continue;
      /* A wrong escape gives a value and an error. */
      value = g_key_file_get_string (reading->file, row->group, row->key, &reason);
      if (value == NULL || reason != NULL || !row->is_valid (g_strstrip (value)))
        {
          set_line_error (error, reading, reading->line_of[i], "%s must be %s", row->key, row->range);
          return FALSE;
        }
      g_free (self->values[i]);
      self->values[i] = g_steal_pointer (&value);
    }
  return TRUE;
}

static guint
line_at (const char *text, const char *at)
{
  guint line = 1;

  for (; text < at; text++)
    line += *text == '\n';
  return line;
}

static gboolean
take_text (AccConfig *self, const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) reason = NULL;
  Reading reading = { .path = path };
  const char *end;
  gboolean good;

  if (!g_utf8_validate_len (text, length, &end))
    {
      set_line_error (error, &reading, line_at (text, end), "this is not UTF-8");
      return FALSE;
    }
  reading.groups = g_string_chunk_new (64);
  good = read_lines (&reading, text, error);
  reading.file = file = good ? acc_key_file_parse (bytes, G_KEY_FILE_NONE, &reason) : NULL;
  if (good && file == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: %s", shown, reason->message);
      good = FALSE;
    }
  good = good && take_values (self, &reading, error);
  g_string_chunk_free (reading.groups);
  return good;
}

/* A file that is not there leaves the defaults; a link to nothing is somebody's mistake and is told. */
static gboolean
take_file (AccConfig *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize length;

  if (g_lstat (path, &status) != 0 && errno == ENOENT)
    return TRUE;
  bytes = acc_file_read (path, FILE_MAX, error);
  if (bytes == NULL)
    return FALSE;
  length = g_bytes_get_size (bytes);
  text = length > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), length) : g_strdup ("");
  return take_text (self, path, text, length, error);
}

AccConfig *
acc_config_load (const char *store_dir, GError **error)
{
  g_autoptr (AccConfig) self = g_object_new (ACC_TYPE_CONFIG, NULL);

  if (!take_file (self, ACC_SYSCONFDIR "/" FILE_NAME, error))
    return NULL;
  if (store_dir != NULL)
    {
      g_autofree char *store = g_canonicalize_filename (store_dir, NULL);
      g_autofree char *path = g_build_filename (store, FILE_NAME, NULL);

      if (!take_file (self, path, error))
        return NULL;
      if (self->values[ACC_CONFIG_FOLDER_OUTBOX][0] == '\0')
        {
          g_free (self->values[ACC_CONFIG_FOLDER_OUTBOX]);
          self->values[ACC_CONFIG_FOLDER_OUTBOX] = g_strconcat (store, "-outbox", NULL);
        }
    }
  return g_steal_pointer (&self);
}

const char *
acc_config_get (AccConfig *self, AccConfigKey key)
{
  g_return_val_if_fail (ACC_IS_CONFIG (self), "");
  g_return_val_if_fail ((guint) key < ACC_CONFIG_N_KEYS, "");

  return self->values[key];
}

guint
acc_config_get_int (AccConfig *self, AccConfigKey key)
{
  return (guint) g_ascii_strtoull (acc_config_get (self, key), NULL, 10);
}

/* @bytes with one value more, or another. */
static GBytes *
with_value (GBytes *bytes, const KeyRow *row, const char *value, GError **error)
{
  g_autoptr (GKeyFile) file = acc_key_file_parse (bytes, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, error);
  gsize length;
  char *text;

  if (file == NULL)
    return NULL;
  g_key_file_set_string (file, row->group, row->key, value);
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

gboolean
acc_config_set (const char *store_dir, AccConfigKey key, const char *value, GError **error)
{
  g_autoptr (AccConfig) sound = NULL;
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autofree char *path = NULL;
  GStatBuf status;

  g_return_val_if_fail (store_dir != NULL && (guint) key < ACC_CONFIG_N_KEYS, FALSE);
  g_return_val_if_fail (value != NULL && key_rows[key].is_valid (value), FALSE);

  sound = acc_config_load (store_dir, error);
  if (sound == NULL)
    return FALSE;
  path = g_build_filename (store_dir, FILE_NAME, NULL);
  before = acc_file_read (path, FILE_MAX, error);
  after = before != NULL ? with_value (before, &key_rows[key], value, error) : NULL;
  if (after == NULL)
    return FALSE;
  if (g_stat (path, &status) != 0)
    {
      acc_error_set_from_errno (error, errno, "read", path);
      return FALSE;
    }
  return acc_file_write (path, after, (int) (status.st_mode & 0777), error);
}

/* The key's value as a key file spells it. */
static char *
dup_escaped (const KeyRow *row, const char *value)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, row->group, row->key, value);
  return g_key_file_get_value (file, row->group, row->key, NULL);
}

char *
acc_config_template (const char *branch)
{
  GString *text = g_string_new ("# Accolade's configuration for this branch. A line that starts with # is a comment;\n"
                                "# take it away to set a key to something else than its default.\n");
  g_autofree char *cleaned = NULL;
  const char *group = "";

  g_return_val_if_fail (branch != NULL, g_string_free (text, FALSE));

  cleaned = acc_text_clean (branch, -1, ACC_TEXT_LINE, NULL);
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    {
      const KeyRow *row = &key_rows[i];
      gboolean is_branch = i == ACC_CONFIG_BRANCH_NAME;
      g_autofree char *value = dup_escaped (row, is_branch ? g_strstrip (cleaned) : row->value);

      if (strcmp (group, row->group) != 0)
        g_string_append_printf (text, "\n[%s]\n", row->group);
      group = row->group;
      g_string_append_printf (text, "# %s\n%s%s=%s\n", row->comment, is_branch ? "" : "#", row->key, value);
    }
  return g_string_free (text, FALSE);
}

static void
acc_config_finalize (GObject *object)
{
  AccConfig *self = ACC_CONFIG (object);

  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    g_free (self->values[i]);
  G_OBJECT_CLASS (acc_config_parent_class)->finalize (object);
}

static void
acc_config_class_init (AccConfigClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_config_finalize;
}

static void
acc_config_init (AccConfig *self)
{
  for (int i = 0; i < ACC_CONFIG_N_KEYS; i++)
    self->values[i] = g_strdup (key_rows[i].value);
}
