/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade.conf: the system's, then the store's. One table of keys: default, range, comment.
 * An AccConfig is immutable once loaded; any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  ACC_CONFIG_BRANCH_NAME,
  ACC_CONFIG_BRANCH_LETTERHEAD, /* a name below resources/letterheads, or an absolute folder */
  ACC_CONFIG_BRANCH_PAPER,      /* letter or a4 */
  ACC_CONFIG_BRANCH_LANGUAGES,  /* what is read here: tags with ';' between them */
  ACC_CONFIG_KIOSK_ID,
  ACC_CONFIG_KIOSK_RECEIPT_PRINTER, /* its name at the print service; "": there is none */
  ACC_CONFIG_KIOSK_KEYBOARD,               /* the one on the screen: auto, on or off */
  ACC_CONFIG_KIOSK_KEYBOARD_REPEAT,        /* milliseconds between two strikes of a key that is held; 0: never */
  ACC_CONFIG_KIOSK_KEYBOARD_DOUBLE_STRIKE, /* milliseconds for which the same key is not struck again */
  ACC_CONFIG_KIOSK_LANGUAGES,   /* tags with ';' between them, for acc_language_list_offered */
  ACC_CONFIG_KIOSK_IDLE,     /* seconds without a touch after which the kiosk asks; then for how many it waits */
  ACC_CONFIG_KIOSK_WARNING,
  ACC_CONFIG_KIOSK_ASSISTED, /* seconds in the place of idle, for a client whom staff help */
  ACC_CONFIG_KIOSK_DRAFTS,   /* absolute; "": accolade below the session's own folder */
  ACC_CONFIG_KIOSK_HANDOVER,  /* absolute; "": the same, where one user runs kiosk and desk */
  ACC_CONFIG_KIOSK_EXIT_CODE, /* its hash; "": none is set */
  ACC_CONFIG_DESK_LOCK,                 /* minutes without a key or a touch */
  ACC_CONFIG_DESK_RECEIPT_DAYS,         /* days after which a delivery that nothing is heard of is shown */
  ACC_CONFIG_DESK_WAIT,                 /* hours after which a letter waits too long; managers see it after twice that */
  ACC_CONFIG_INTEGRITY_SECOND_APPROVER, /* require or disclose */
  ACC_CONFIG_INTEGRITY_PAIR_LIMIT,      /* letters of one banker for one employee, beyond which it is told; 0: any number */
  ACC_CONFIG_INTEGRITY_PAIR_DAYS,       /* … in so many days */
  ACC_CONFIG_DIRECTORY_SOURCE,        /* csv or ldap */
  ACC_CONFIG_DIRECTORY_ADDRESS,       /* ldap://HOST[:PORT] or ldaps://…; "": none is set */
  ACC_CONFIG_DIRECTORY_SECURITY,      /* tls, or none for a server on this machine */
  ACC_CONFIG_DIRECTORY_CERTIFICATES,  /* absolute: who may have signed the server's certificate, PEM */
  ACC_CONFIG_DIRECTORY_BASE,          /* a distinguished name */
  ACC_CONFIG_DIRECTORY_FILTER,        /* RFC 4515 */
  ACC_CONFIG_DIRECTORY_BIND_NAME,     /* a distinguished name; "": anonymous */
  ACC_CONFIG_DIRECTORY_ID,            /* the attribute that is a person's id */
  ACC_CONFIG_DIRECTORY_DEPARTMENT,    /* attributes with ';' between them: the first that an entry has */
  ACC_CONFIG_DIRECTORY_CALLED,        /* an attribute; "": nobody is called otherwise than by the whole name */
  ACC_CONFIG_DIRECTORY_TIMEOUT,       /* seconds */
  ACC_CONFIG_DIRECTORY_REFRESH,       /* days after which an import is old */
  ACC_CONFIG_MAIL_SERVER,       /* a host; "": none is set, and nothing goes by mail */
  ACC_CONFIG_MAIL_PORT,
  ACC_CONFIG_MAIL_SECURITY,     /* starttls, tls, or none for a server on this machine */
  ACC_CONFIG_MAIL_CERTIFICATES, /* absolute: who may have signed the server's certificate, PEM */
  ACC_CONFIG_MAIL_USER,         /* "": nobody signs in */
  ACC_CONFIG_MAIL_FROM,         /* the branch's address; "": none is set */
  ACC_CONFIG_MAIL_DOMAINS,      /* names of hosts with ';' between them, for acc_mail_address_is_in; "": none */
  ACC_CONFIG_MAIL_PERSONNEL,    /* an address; "": none is set */
  ACC_CONFIG_MAIL_REPLIES,      /* absolute: a maildir; "": none is set */
  ACC_CONFIG_MAIL_TIMEOUT,      /* seconds */
  ACC_CONFIG_PRINT_PRINTER,     /* its name at the print service; "": there is none, and nothing is printed */
  ACC_CONFIG_PRINT_TRAY,        /* as its media-source-supported has it; "": the printer's own choice */
  ACC_CONFIG_PRINT_TIMEOUT,     /* seconds */
  ACC_CONFIG_FOLDER_OUTBOX,     /* absolute; default: the store's path with "-outbox" */
  ACC_CONFIG_RETENTION_DAYS,        /* an acknowledged letter is kept, in days */
  ACC_CONFIG_RETENTION_MOST_DAYS,   /* any letter that is not held is kept at most */
  ACC_CONFIG_RETENTION_BACKUP_DAYS, /* a backup is kept at most */
  ACC_CONFIG_N_KEYS
} AccConfigKey;

#define ACC_TYPE_CONFIG (acc_config_get_type ())
G_DECLARE_FINAL_TYPE (AccConfig, acc_config, ACC, CONFIG, GObject)

/* Loads the system's file and @store_dir/accolade.conf (NULL: the system's only). A missing file means the
 * defaults; an unknown key, a value out of range or invalid UTF-8 is ACC_ERROR_INPUT and names file and line. */
AccConfig *acc_config_load (const char *store_dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The value, never NULL; lent as long as @self lives. */
const char *acc_config_get (AccConfig *self, AccConfigKey key);

/* The value of a key that counts something; its range has been checked. */
guint acc_config_get_int (AccConfig *self, AccConfigKey key);

/* Writes @value into @store_dir/accolade.conf, the rest of which stays as it is. ACC_ERROR_INPUT, and nothing is written, if
 * the file or the value is wrong. */
gboolean acc_config_set (const char *store_dir, AccConfigKey key, const char *value, GError **error);

/* The text of a new store's file: every key with its comment, @branch filled in. */
char *acc_config_template (const char *branch) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
