/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/config-keys-private.h"

#include <string.h>

#include "base/mail-address.h"
#include "base/text.h"

#define ID_MAX 32
#define REPEAT_MIN 50 /* milliseconds */
#define REPEAT_MAX 2000
#define LINE_BYTES_MAX 1000
#define TAG "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*" /* BCP 47 */
#define HOST "([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]+\\])"
#define ATTRIBUTE "[A-Za-z][A-Za-z0-9-]{0,63}" /* RFC 4512, descr */

/* ---- what a value may be ---- */

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
is_repeat (const char *value)
{
  return strcmp (value, "0") == 0 || g_ascii_string_to_unsigned (value, 10, REPEAT_MIN, REPEAT_MAX, NULL, NULL);
}

static gboolean
is_ldap_address (const char *value)
{
  return g_regex_match_simple ("^ldaps?://" HOST "(:[0-9]{1,5})?/?\\z", value, 0, 0)
         && g_uri_is_valid (value, G_URI_FLAGS_NONE, NULL);
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
is_host (const char *value)
{
  return g_regex_match_simple ("^" HOST "\\z", value, 0, 0);
}

static gboolean
is_code_hash (const char *value)
{
  return value[0] == '\0' || (g_str_has_prefix (value, "$argon2id$") && g_str_is_ascii (value));
}

static gboolean
is_number (const AccConfigRow *row, const char *value)
{
  return g_ascii_string_to_unsigned (value, 10, row->least, row->most, NULL, NULL);
}

gboolean
acc_config_row_allows (const AccConfigRow *row, const char *value)
{
  g_return_val_if_fail (row != NULL && value != NULL, FALSE);

  if (row->words != NULL)
    return g_strv_contains (row->words, value);
  return row->is_valid != NULL ? row->is_valid (value) : is_number (row, value);
}

/* ---- the keys ---- */

/* The range of a row, and what tells whether a value is in it. */
#define RULE(is_valid, range) range, NULL, is_valid, 0, 0
#define WORDS(range, ...) range, (const char *const[]) { __VA_ARGS__, NULL }, NULL, 0, 0
#define NUMBER(least, most) "a whole number from " #least " to " #most, NULL, NULL, least, most

const AccConfigRow acc_config_rows[ACC_CONFIG_N_KEYS] = {
  [ACC_CONFIG_BRANCH_NAME]
  = { "branch", "name", "", RULE (is_name, "a name of 1 to 80 characters"),
      "The branch as it stands on the letterhead." },
  [ACC_CONFIG_BRANCH_LETTERHEAD]
  = { "branch", "letterhead", "harbour-vale",
      RULE (is_folder_or_word, "the name of an installed letterhead or an absolute folder"),
      "The letterhead: the name of an installed one, or a folder of your own." },
  [ACC_CONFIG_BRANCH_PAPER]
  = { "branch", "paper", "letter", WORDS ("letter or a4", "letter", "a4"),
      "The paper: letter or a4." },
  [ACC_CONFIG_BRANCH_LANGUAGES]
  = { "branch", "languages", "en", RULE (is_languages, "language tags such as en;es;fr"),
      "The languages that are read here: the desk tells of a letter in another one." },
  [ACC_CONFIG_KIOSK_ID]
  = { "kiosk", "id", "kiosk-1", RULE (is_id, "1 to 32 of the letters a-z, digits, - and _"),
      "What this kiosk is called in its journal." },
  [ACC_CONFIG_KIOSK_RECEIPT_PRINTER]
  = { "kiosk", "receipt_printer", "", RULE (is_printer, "a printer's name: 1 to 127 letters, digits, - and _"),
      "The printer for the client's slip, as the print service calls it. Default: none." },
  [ACC_CONFIG_KIOSK_KEYBOARD]
  = { "kiosk", "keyboard", "auto", WORDS ("auto, on or off", "auto", "on", "off"),
      "The keyboard on the screen: auto (once the screen is touched), on (always, and a mouse is taken for a "
      "finger) or off. A key of a real keyboard puts it aside." },
  [ACC_CONFIG_KIOSK_KEYBOARD_REPEAT]
  = { "kiosk", "keyboard_repeat", "0", RULE (is_repeat, "0 or a whole number from 50 to 2000"),
      "Milliseconds between two strikes of a key that is held on the screen. 0: it is struck once." },
  [ACC_CONFIG_KIOSK_KEYBOARD_DOUBLE_STRIKE]
  = { "kiosk", "keyboard_double_strike", "0", NUMBER (0, 500),
      "Milliseconds after a strike for which the same key on the screen is not struck again: for hands that "
      "tremble." },
  [ACC_CONFIG_KIOSK_LANGUAGES]
  = { "kiosk", "languages", "", RULE (is_languages_or_none, "language tags such as en;es;fr"),
      "The languages that clients may choose, in this order, the first being the one that each client begins in. "
      "Default: all that are installed, English first." },
  [ACC_CONFIG_KIOSK_IDLE]
  = { "kiosk", "idle", "90", NUMBER (10, 600),
      "Seconds without a touch after which the kiosk asks whether somebody is still there." },
  [ACC_CONFIG_KIOSK_WARNING]
  = { "kiosk", "warning", "30", NUMBER (20, 120), /* WCAG 2.2, success criterion 2.2.1 */
      "Seconds for which it waits for an answer; then it forgets the letter." },
  [ACC_CONFIG_KIOSK_ASSISTED]
  = { "kiosk", "assisted", "600", NUMBER (10, 3600),
      "The same as idle, while staff help a client: they switch it on at the staff page." },
  [ACC_CONFIG_KIOSK_DRAFTS]
  = { "kiosk", "drafts", "", RULE (is_absolute, "an absolute folder"),
      "Where a letter in the making outlives a crash: a memory file system, or nothing is kept. Default: the "
      "session’s." },
  [ACC_CONFIG_KIOSK_HANDOVER]
  = { "kiosk", "handover", "", RULE (is_absolute, "an absolute folder"),
      "The desk’s folder in memory, which the kiosk’s group may read and write: what a banker has prepared goes "
      "through it. Default: the session’s, where one user runs both." },
  [ACC_CONFIG_KIOSK_EXIT_CODE]
  = { "kiosk", "exit_code", "", RULE (is_code_hash, "what “accolade kiosk exit-code” writes there"),
      "The hash of the code that opens the staff page: “accolade kiosk exit-code” sets it." },
  [ACC_CONFIG_DESK_LOCK]
  = { "desk", "lock", "5", NUMBER (1, 60),
      "Minutes without a key or a touch after which the desk signs the banker out." },
  [ACC_CONFIG_DESK_RECEIPT_DAYS]
  = { "desk", "receipt_days", "14", NUMBER (1, 365),
      "Days after which a letter that was handed over, and of which nothing is heard, is shown with who could be "
      "asked next." },
  [ACC_CONFIG_DESK_WAIT]
  = { "desk", "wait", "24", NUMBER (1, 720),
      "Hours after which a letter that still waits rises to the top of the queue; after twice as many managers see "
      "it in a list of its own." },
  [ACC_CONFIG_INTEGRITY_SECOND_APPROVER]
  = { "integrity", "second_approver", "require", WORDS ("require or disclose", "require", "disclose"),
      "A letter that names the banker: require another approver, or disclose it on the cover." },
  [ACC_CONFIG_INTEGRITY_PAIR_LIMIT]
  = { "integrity", "pair_limit", "5", NUMBER (0, 1000),
      "Letters that one banker may approve for the same employee in pair_days before both supervisors are told; 0: "
      "any number." },
  [ACC_CONFIG_INTEGRITY_PAIR_DAYS]
  = { "integrity", "pair_days", "90", NUMBER (1, 730),
      "The days over which such letters are counted." },
  [ACC_CONFIG_DIRECTORY_SOURCE]
  = { "directory", "source", "csv", WORDS ("csv or ldap", "csv", "ldap"),
      "Where the staff directory comes from: a csv file, or a server by ldap." },
  [ACC_CONFIG_DIRECTORY_ADDRESS]
  = { "directory", "address", "", RULE (is_ldap_address, "ldap:// or ldaps://, a host, and a port if you like"),
      "The LDAP server: ldap://HOST, which must offer StartTLS, or ldaps://HOST. Its account’s password is set "
      "with “accolade secret set directory”." },
  [ACC_CONFIG_DIRECTORY_SECURITY]
  = { "directory", "security", "tls", WORDS ("tls or none", "tls", "none"),
      "tls, or none for an LDAP server on this very machine (localhost)." },
  [ACC_CONFIG_DIRECTORY_CERTIFICATES]
  = { "directory", "certificate_authority", "/etc/ssl/certs/ca-certificates.crt",
      RULE (is_absolute, "an absolute file name"),
      "The file of those who may have signed the server’s certificate." },
  [ACC_CONFIG_DIRECTORY_BASE]
  = { "directory", "base", "", RULE (is_line, "a distinguished name"),
      "Below what people are looked for, such as ou=people,dc=bank,dc=example." },
  [ACC_CONFIG_DIRECTORY_FILTER]
  = { "directory", "filter", "(objectClass=inetOrgPerson)", RULE (is_filter, "an LDAP filter in round brackets"),
      "Who belongs to the directory. It also keeps out who has left, such as (!(employeeType=left))." },
  [ACC_CONFIG_DIRECTORY_BIND_NAME]
  = { "directory", "bind_name", "", RULE (is_line, "a distinguished name"),
      "The account that reads the directory. Default: none, it is read anonymously." },
  [ACC_CONFIG_DIRECTORY_ID]
  = { "directory", "id", "entryUUID", RULE (is_attribute, "the name of an attribute"),
      "The attribute that is a person’s id, for life: entryUUID, employeeNumber, uid." },
  [ACC_CONFIG_DIRECTORY_DEPARTMENT]
  = { "directory", "department", "departmentNumber;ou",
      RULE (is_attributes, "names of attributes such as departmentNumber;ou"),
      "The attributes that may name a person’s department: the first one that the entry has." },
  [ACC_CONFIG_DIRECTORY_CALLED]
  = { "directory", "called", "", RULE (is_attribute, "the name of an attribute"),
      "The attribute for how a person is called, such as givenName. Default: none, it is never guessed." },
  [ACC_CONFIG_DIRECTORY_TIMEOUT]
  = { "directory", "timeout", "10", NUMBER (1, 120),
      "Seconds for which the LDAP server may say nothing." },
  [ACC_CONFIG_DIRECTORY_REFRESH]
  = { "directory", "refresh", "35", NUMBER (1, 365),
      "Days after which the directory is old: “accolade doctor” and the desk tell." },
  [ACC_CONFIG_MAIL_SERVER]
  = { "mail", "server", "", RULE (is_host, "the name or the address of a host"),
      "The mail server that takes the branch’s letters. Default: none, they go into the folder below. Its "
      "account’s password is set with “accolade secret set mail”." },
  [ACC_CONFIG_MAIL_PORT]
  = { "mail", "port", "587", NUMBER (1, 65535),
      "Its port: mostly 587 for starttls, 465 for tls." },
  [ACC_CONFIG_MAIL_SECURITY]
  = { "mail", "security", "starttls", WORDS ("starttls, tls or none", "starttls", "tls", "none"),
      "starttls, tls (from the first byte), or none for a mail server on this very machine (localhost)." },
  [ACC_CONFIG_MAIL_CERTIFICATES]
  = { "mail", "certificate_authority", "/etc/ssl/certs/ca-certificates.crt",
      RULE (is_absolute, "an absolute file name"),
      "The file of those who may have signed the server’s certificate." },
  [ACC_CONFIG_MAIL_USER]
  = { "mail", "user", "", RULE (is_line, "one line of text"),
      "The account that sends. Default: none, the server lets this machine send." },
  [ACC_CONFIG_MAIL_FROM]
  = { "mail", "from", "", RULE (acc_mail_address_is_valid, "one mail address such as letters@bank.example"),
      "The address that letters come from, and failures go back to. Answers go to the banker." },
  [ACC_CONFIG_MAIL_DOMAINS]
  = { "mail", "allowed_domains", "",
      RULE (acc_mail_domains_are_valid, "domains such as bank.example;cards.bank.example"),
      "Where letters may be mailed to: addresses of these very domains, and no others." },
  [ACC_CONFIG_MAIL_PERSONNEL]
  = { "mail", "personnel", "", RULE (acc_mail_address_is_valid, "one mail address such as personnel@bank.example"),
      "Who keeps the personnel files: gets each letter whose client has agreed to that. Default: nobody." },
  [ACC_CONFIG_MAIL_REPLIES]
  = { "mail", "replies", "", RULE (is_absolute, "an absolute folder"),
      "A maildir with the answers to what was mailed: who answers has the letter. It is only read. Default: none." },
  [ACC_CONFIG_MAIL_TIMEOUT]
  = { "mail", "timeout", "120", NUMBER (1, 600), /* RFC 5321, 4.5.3.2.6 */
      "Seconds for which the mail server may say nothing." },
  [ACC_CONFIG_PRINT_PRINTER]
  = { "print", "printer", "", RULE (is_printer, "a printer's name: 1 to 127 letters, digits, - and _"),
      "The printer for the letters of whom mail does not go to, as this machine’s print service calls it. Default: "
      "none, they go into the folder below." },
  [ACC_CONFIG_PRINT_TRAY]
  = { "print", "tray", "", RULE (is_tray, "a tray's name such as tray-2"),
      "The tray that it takes the paper from, such as tray-2: “accolade doctor” tells which there are. Default: "
      "the printer’s own choice." },
  [ACC_CONFIG_PRINT_TIMEOUT]
  = { "print", "timeout", "120", NUMBER (1, 600),
      "Seconds in which a letter has to be out of the printer." },
  [ACC_CONFIG_FOLDER_OUTBOX]
  = { "folder", "outbox", "", RULE (is_absolute, "an absolute folder"),
      "Where routed letters are put. Default: the store's own folder with -outbox added." },
  [ACC_CONFIG_RETENTION_DAYS]
  = { "retention", "days", "90", NUMBER (1, 730), /* two years: nobody keeps a client’s letter for longer */
      "Days after its acknowledgement at which “accolade retain” destroys a letter." },
  [ACC_CONFIG_RETENTION_MOST_DAYS]
  = { "retention", "most_days", "730", NUMBER (1, 730),
      "Days after it was taken in at which any letter is destroyed that is not held." },
  [ACC_CONFIG_RETENTION_BACKUP_DAYS]
  = { "retention", "backup_days", "90", NUMBER (1, 3650),
      "Days for which you keep backups: a receipt of erasure says until when they may hold the letter." },
};
