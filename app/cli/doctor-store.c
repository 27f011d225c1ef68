/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's checks of the store's folder, the files in it, and what desk and kiosk share beside it. */
#include "cli/doctor-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/error.h"
#include "base/memory-file.h"
#include "inbox/inbox.h"

#define QUICK_MAX ((goffset) 256 * 1024 * 1024) /* SQLite's check reads all of it, and a reader holds up the kiosk */

void
acc_doctor_check_folder (AccDoctor *self)
{
  if (faccessat (AT_FDCWD, self->store_dir, R_OK | X_OK, AT_EACCESS) == 0)
    acc_doctor_say (self, ACC_FINDING_OK, "", self->is_kiosks ? "%s is a kiosk's: the desk's files lie elsewhere." : "The store is %s.",
                    self->store_dir);
  else if (errno == EACCES)
    acc_doctor_say (self, ACC_FINDING_ACT, ACC_DOCTOR_DENIED, "%s: this user may not look into that folder.",
                    self->store_dir);
  else
    acc_doctor_say (self, ACC_FINDING_ACT, "Run “accolade setup”, or name the right folder with --store.",
                    "%s: there is no such folder.", self->store_dir);
}

void
acc_doctor_check_configuration (AccDoctor *self)
{
  g_autoptr (GError) error = NULL;

  self->config = acc_config_load (self->store_dir, &error);
  if (self->config == NULL)
    acc_doctor_say_error (self, ACC_FINDING_ACT, "Correct it; nothing can be sent, read or routed until then.", error);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "accolade.conf can be used.");
}

/* --- the two stores --- */

gboolean
acc_doctor_is_denied (const char *path)
{
  return faccessat (AT_FDCWD, path, R_OK, AT_EACCESS) != 0 && errno == EACCES;
}

static AccStore *
open_store (AccDoctor *self, const char *path, const AccStoreKind *kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  AccStore *store;

  if (acc_doctor_is_denied (path))
    {
      acc_doctor_say (self, ACC_FINDING_LOOK, ACC_DOCTOR_DENIED,
                      "%s cannot be read by this user, so nothing in it was looked at.", path);
      return NULL;
    }
  store = acc_store_open (path, kind, ACC_STORE_LOOK, &error);
  if (store != NULL)
    return store;
  if (acc_error_exit_status (error) == 3 && self->store_error == NULL)
    self->store_error = g_error_copy (error);
  if (g_error_matches (error, ACC_ERROR, ACC_ERROR_SYSTEM))
    acc_doctor_say_error (self, g_file_test (journal, G_FILE_TEST_EXISTS) ? ACC_FINDING_LOOK : ACC_FINDING_ACT,
                          "Run “accolade list” as the store's user: that sets it right.", error);
  else
    acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
  return NULL;
}

/* SQLite's own word; "verify" has the last one. */
static void
check_content (AccDoctor *self, AccStore *store)
{
  const char *path = acc_store_get_path (store);
  g_autofree char *fault = NULL;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && status.st_size > QUICK_MAX)
    {
      acc_doctor_say (self, ACC_FINDING_OK, "", "%s opens; it is large: “accolade verify” checks what is in it.", path);
      return;
    }
  fault = acc_store_check_quickly (store);
  if (fault == NULL)
    {
      acc_doctor_say (self, ACC_FINDING_OK, "", "%s opens, and SQLite finds it sound.", path);
      return;
    }
  if (self->store_error == NULL)
    g_set_error (&self->store_error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "%s", fault);
  acc_doctor_say (self, ACC_FINDING_ACT, "Keep a copy of it, run “accolade verify”, and restore a backup.", "%s.", fault);
}

void
acc_doctor_check_inbox (AccDoctor *self)
{
  g_autofree char *path = acc_inbox_path (self->store_dir);

  self->inbox = open_store (self, path, &acc_inbox_kind);
  if (self->inbox != NULL)
    check_content (self, self->inbox);
}

void
acc_doctor_check_desk (AccDoctor *self)
{
  g_autofree char *path = acc_archive_path (self->store_dir);

  self->desk = open_store (self, path, &acc_archive_kind);
  if (self->desk != NULL)
    check_content (self, self->desk);
}

/* --- rights --- */

typedef enum { FOLDER_STORE, FOLDER_INBOX, FOLDER_BESIDE } Folder;

/* What may not be open to others. Whoever may write in a store's folder can make it undo what it never did: SQLite
 * believes a journal that lies beside the store. */
static const struct {
  Folder folder;
  const char *name; /* "" is the folder itself; FOLDER_BESIDE: what follows the store's own name */
  mode_t forbidden;
  const char *mend;   /* for chmod */
  const char *danger; /* "Others can …" */
} rights[] = {
  { FOLDER_STORE, "", 0022, "go-w", "put a forged journal beside a store" },
  { FOLDER_STORE, "desk.db", 0077, "go-rwx", "read or change desk.db" },
  { FOLDER_STORE, "pepper", 0077, "go-rwx", "read the pepper, half of what keeps a stolen desk.db shut" },
  { FOLDER_STORE, "branch.pub", 0022, "go-w", "put another key in the branch's place" },
  { FOLDER_STORE, "accolade.conf", 0022, "go-w", "change the configuration" },
  { FOLDER_INBOX, "", 0002, "o-w", "put a forged journal beside inbox.db" }, /* desk and kiosk share a group */
  { FOLDER_INBOX, "inbox.db", 0007, "o-rwx", "read or change inbox.db" },
  { FOLDER_BESIDE, "-heads", 0022, "go-w", "hide that an old backup was put in place" },
  { FOLDER_BESIDE, "-outbox", 0007, "o-rwx", "read the letters that were handed over" },
};

/* What the desk's user, who has the folder, must own to work with. */
static const char *const owned[] = { "desk.db", "pepper" };

static char *
path_of (AccDoctor *self, gsize i)
{
  const char *folder = rights[i].folder == FOLDER_INBOX ? self->inbox_dir : self->store_dir;

  if (rights[i].folder == FOLDER_BESIDE)
    return g_strconcat (folder, rights[i].name, NULL);
  return g_build_filename (folder, rights[i].name, NULL);
}

static char *
name_user (uid_t user)
{
  const struct passwd *entry = getpwuid (user);

  return entry != NULL ? g_strdup (entry->pw_name) : g_strdup_printf ("%u", user);
}

/* Whether row @i is as it should be; what is not there has a check of its own. */
static gboolean
check_right (AccDoctor *self, gsize i)
{
  g_autofree char *path = path_of (self, i);
  g_autofree char *remedy = g_strdup_printf ("chmod %s “%s”", rights[i].mend, path);
  GStatBuf status;

  if (g_stat (path, &status) != 0 || (status.st_mode & rights[i].forbidden) == 0)
    return TRUE;
  acc_doctor_say (self, ACC_FINDING_ACT, remedy, "Others can %s: %s has the mode %04o.", rights[i].danger, path,
                  status.st_mode & 07777);
  return FALSE;
}

static gboolean
check_owner (AccDoctor *self, const char *name, uid_t wanted)
{
  g_autofree char *path = g_build_filename (self->store_dir, name, NULL);
  g_autofree char *owner = NULL, *user = NULL, *remedy = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || status.st_uid == wanted)
    return TRUE;
  owner = name_user (status.st_uid);
  user = name_user (wanted);
  remedy = g_strdup_printf ("chown %s “%s”", user, path);
  acc_doctor_say (self, ACC_FINDING_ACT, remedy, "%s belongs to %s, but its folder to %s: the desk cannot use it.", path,
                  owner, user);
  return FALSE;
}

/* Whoever owns the inbox may write in its folder. In a kiosk's own folder that must be somebody else: who can write
 * there can put another key in the branch's place. */
static gboolean
check_kiosk_owner (AccDoctor *self)
{
  g_autofree char *remedy = g_strdup_printf ("chown root “%s”; the inbox lies in a folder of its own.", self->store_dir);
  g_autofree char *owner = NULL;
  GStatBuf folder, inbox;

  if (!self->is_kiosks || g_stat (self->store_dir, &folder) != 0 || g_stat (self->inbox_dir, &inbox) != 0
      || folder.st_uid != inbox.st_uid || folder.st_uid == 0)
    return TRUE;
  owner = name_user (folder.st_uid);
  acc_doctor_say (self, ACC_FINDING_ACT, remedy, "%s belongs to the kiosk's user %s, who could put another key there.",
                  self->store_dir, owner);
  return FALSE;
}

void
acc_doctor_check_rights (AccDoctor *self)
{
  gboolean good = check_kiosk_owner (self);
  GStatBuf folder;

  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    good = check_right (self, i) && good;
  for (gsize i = 0; i < G_N_ELEMENTS (owned) && g_stat (self->store_dir, &folder) == 0; i++)
    good = check_owner (self, owned[i], folder.st_uid) && good;
  if (good)
    acc_doctor_say (self, ACC_FINDING_OK, "", "Nobody else can read or change the stores, the keys and the configuration.");
}

/* --- where a prepared letter is handed over --- */

static char *
name_group (gid_t group)
{
  const struct group *entry = getgrgid (group);

  return entry != NULL ? g_strdup (entry->gr_name) : g_strdup_printf ("%u", group);
}

/* In the kiosk's own folder nothing tells who the desk's user is, only who it is not. */
static gboolean
is_the_desks (AccDoctor *self, uid_t owner, uid_t kiosk)
{
  GStatBuf store;

  if (self->is_kiosks)
    return owner != kiosk;
  return g_stat (self->store_dir, &store) != 0 || owner == store.st_uid;
}

/* Whether the desk may leave what the kiosk believes, and the kiosk is let in. */
static gboolean
check_handover_owner (AccDoctor *self, const char *path, const GStatBuf *inbox)
{
  g_autofree char *owner = NULL, *group = NULL, *wanted = NULL, *remedy = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return TRUE; /* acc_memory_folder_open_shared says so */
  if (!is_the_desks (self, status.st_uid, inbox->st_uid))
    {
      owner = name_user (status.st_uid);
      acc_doctor_say (self, ACC_FINDING_ACT, "Give it to the desk's user: chown.",
                      "%s belongs to %s, who is not the desk's user: no letter can be handed over there.", path, owner);
      return FALSE;
    }
  if (status.st_uid == inbox->st_uid || status.st_gid == inbox->st_gid)
    return TRUE;
  group = name_group (status.st_gid);
  wanted = name_group (inbox->st_gid);
  remedy = g_strdup_printf ("chgrp %s “%s”, unless the kiosk's user is in its group.", wanted, path);
  acc_doctor_say (self, ACC_FINDING_LOOK, remedy,
                  "%s belongs to the group %s, but the inbox to %s: the kiosk may not be let in.", path, group, wanted);
  return FALSE;
}

static void
check_handover_folder (AccDoctor *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  int folder = acc_memory_folder_open_shared (path, &error);

  if (folder < 0)
    {
      acc_doctor_say_error (self, ACC_FINDING_ACT, "Make it as the README says, by a line in /etc/tmpfiles.d.", error);
      return;
    }
  close (folder);
  acc_doctor_say (self, ACC_FINDING_OK, "", "Desk and kiosk hand a prepared letter over in %s.", path);
}

static void
check_default_handover (AccDoctor *self, const GStatBuf *inbox)
{
  GStatBuf store;

  if (self->is_kiosks || (g_stat (self->store_dir, &store) == 0 && store.st_uid != inbox->st_uid))
    acc_doctor_say (self, ACC_FINDING_LOOK, "Make one as the README says, and name it: [kiosk] handover in accolade.conf.",
                    "Desk and kiosk are two users, and no folder is named in which a prepared letter is handed over.");
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "Desk and kiosk hand a prepared letter over in their session's own folder.");
}

void
acc_doctor_check_handover (AccDoctor *self)
{
  const char *path = self->config != NULL ? acc_config_get (self->config, ACC_CONFIG_KIOSK_HANDOVER) : NULL;
  GStatBuf inbox;

  if (path == NULL || g_stat (self->inbox_dir, &inbox) != 0)
    return;
  if (*path == '\0')
    check_default_handover (self, &inbox);
  else if (acc_doctor_is_denied (path))
    acc_doctor_say (self, ACC_FINDING_LOOK, ACC_DOCTOR_DENIED, "%s cannot be seen by this user.", path);
  else if (check_handover_owner (self, path, &inbox))
    check_handover_folder (self, path);
}
