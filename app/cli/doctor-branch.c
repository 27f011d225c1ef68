/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's checks of the branch: its keys, its bankers, its directory. */
#include "cli/doctor-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/archive.h"
#include "base/error.h"
#include "cli/doctor-table.h"
#include "inbox/inbox.h"
#include "staff/directory.h"
#include "vault/bankers.h"
#include "vault/rotation.h"

#define PEPPER_SIZE 32
#define DIRECTORY_DAYS 35 /* where the configuration cannot be read */

/* --- keys --- */

void
acc_doctor_check_pepper (AccDoctor *self)
{
  g_autofree char *path = acc_archive_pepper_path (self->store_dir);
  GStatBuf status;

  if (g_stat (path, &status) != 0 && errno == EACCES)
    acc_doctor_say (self, ACC_FINDING_LOOK, ACC_DOCTOR_DENIED,
                    "%s cannot be seen by this user.", path);
  else if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    acc_doctor_say (self, ACC_FINDING_ACT,
                    "Put the copy of it back. If there is none, run “accolade key recover” with the printed recovery"
                    " key: it makes a new one.",
                    "%s is missing: no passphrase opens anything without it.", path);
  else if (status.st_size != PEPPER_SIZE)
    acc_doctor_say (self, ACC_FINDING_ACT, "Put the copy of it back, or run “accolade key recover”.",
                    "%s has %" G_GINT64_FORMAT " bytes instead of %d: no passphrase opens anything with it.", path,
                    (gint64)status.st_size, PEPPER_SIZE);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "The pepper is there. Keep a copy of it apart from the backups.");
}

/* Whether @key is the branch's newest, as desk.db has it, and one that the inbox accepts. */
static gboolean
check_key (AccDoctor *self, const char *path, AccBranchKey *key)
{
  static const char remedy[] = "Stop the kiosk. Find out who wrote the file; put the branch's own key back from a backup.";
  g_autofree char *newest = self->desk != NULL ? acc_doctor_ask (self->desk, ACC_ASK_BRANCH_KEY, NULL) : NULL;
  g_autofree char *accepted = self->inbox != NULL ? acc_doctor_ask (self->inbox, ACC_ASK_ACCEPTED_KEYS, NULL) : NULL;
  const char *id = acc_branch_key_get_id (key);

  if (newest != NULL && *newest != '\0' && strcmp (newest, id) != 0)
    acc_doctor_say (self, ACC_FINDING_ACT, remedy, "%s holds the key %s, but the branch's newest is %s.", path, id, newest);
  else if (accepted != NULL && *accepted != '\0' && strstr (accepted, id) == NULL)
    acc_doctor_say (self, ACC_FINDING_ACT, remedy, "%s holds the key %s, which the inbox does not accept.", path, id);
  else
    return TRUE;
  return FALSE;
}

void
acc_doctor_check_branch_key (AccDoctor *self)
{
  g_autofree char *path = acc_inbox_branch_key_path (self->store_dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccBranchKey) key = acc_branch_key_load (path, &error);

  if (key == NULL)
    acc_doctor_say_error (self, ACC_FINDING_ACT,
                          "Put it back from a backup: it is no secret, but it must be the branch's own.", error);
  else if (check_key (self, path, key))
    acc_doctor_say (self, ACC_FINDING_OK, "",
                    self->desk != NULL ? "branch.pub is the branch's newest key." : "branch.pub is a key.");
}

/* Which no rotation leaves behind: a key that did not open then, or an older store put back. */
static gboolean
check_old_keys (AccDoctor *self, GError **error)
{
  g_autofree char *count = acc_doctor_ask (self->desk, ACC_ASK_OLD_KEY_COUNT, error);

  if (count != NULL && !g_str_equal (count, "0"))
    acc_doctor_say (self, ACC_FINDING_LOOK, "The next “accolade key rotate” seals them anew.",
                    "Letters whose keys are sealed to an older key of the branch: %s.", count);
  return count != NULL;
}

static gboolean
check_share_holders (AccDoctor *self, GError **error)
{
  g_autofree char *holders = acc_doctor_ask (self->desk, ACC_ASK_SHARE_HOLDERS, error);

  if (holders != NULL && *holders != '\0')
    acc_doctor_say (self, ACC_FINDING_LOOK, "Let them sign in once, or disable whoever has left.",
                    "These bankers have not signed in since the branch's key was changed: %s.", holders);
  return holders != NULL;
}

void
acc_doctor_check_rotation (AccDoctor *self)
{
  g_autoptr (GError) error = NULL;
  guint before = self->findings->len;
  gboolean open = FALSE;

  if (self->desk == NULL)
    return;
  if (!acc_rotation_is_open (self->desk, &open, &error) || (!open && !check_old_keys (self, &error))
      || !check_share_holders (self, &error))
    acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
  else if (open)
    acc_doctor_say (self, ACC_FINDING_ACT, "A manager runs “accolade key rotate”: it goes on where it stopped.",
                    "A change of the branch's key was interrupted.");
  else if (self->findings->len == before)
    acc_doctor_say (self, ACC_FINDING_OK, "", "Every letter and every banker has the branch's newest key.");
}

/* --- bankers --- */

typedef struct {
  guint bankers, managers;
  GString *unlinked, *damaged;
} Count;

static Count
count_bankers (GPtrArray *bankers)
{
  Count count = { .unlinked = g_string_new (NULL) };

  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      if (banker->disabled)
        continue;
      count.bankers++;
      count.managers += banker->manager;
      if (banker->staff_id == NULL)
        g_string_append_printf (count.unlinked, "%s%s", count.unlinked->len > 0 ? ", " : "", banker->name);
    }
  return count;
}

static void
tell_bankers (AccDoctor *self, const Count *count)
{
  if (count->managers == 0)
    acc_doctor_say (self, ACC_FINDING_ACT, "Run “accolade key recover” with the printed recovery key.",
                    "No manager can sign in: nobody can add a banker or free a held letter.");
  if (count->bankers < 2)
    acc_doctor_say (self, ACC_FINDING_LOOK, "A manager runs “accolade banker add NAME”.",
                    "Fewer than two bankers can sign in: a letter that names one has no other approver, and after one"
                    " lost passphrase only the recovery key opens the branch.");
  if (count->unlinked->len > 0)
    acc_doctor_say (self, ACC_FINDING_LOOK, "A manager runs “accolade banker link NAME ID” for each.",
                    "Not linked to the directory, so that every letter seems to name them: %s.", count->unlinked->str);
  if (count->managers > 0 && count->bankers >= 2 && count->unlinked->len == 0)
    acc_doctor_say (self, ACC_FINDING_OK, "", "Bankers who can sign in: %u; managers among them: %u.", count->bankers,
                    count->managers);
}

void
acc_doctor_check_bankers (AccDoctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) bankers = self->desk != NULL ? acc_bankers_list (self->desk, &error) : NULL;
  Count count;

  if (self->desk == NULL)
    return;
  if (bankers == NULL)
    {
      acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
      return;
    }
  count = count_bankers (bankers);
  tell_bankers (self, &count);
  g_string_free (count.unlinked, TRUE);
}

/* --- the directory --- */

static gboolean
is_by_ldap (AccDoctor *self)
{
  return self->config != NULL && g_str_equal (acc_config_get (self->config, ACC_CONFIG_DIRECTORY_SOURCE), "ldap");
}

/* The next import would fail, and nobody knows until then. */
static void
check_ldap_server (AccDoctor *self)
{
  const char *missing = NULL;

  if (!is_by_ldap (self))
    return;
  if (*acc_config_get (self->config, ACC_CONFIG_DIRECTORY_BASE) == '\0')
    missing = "base";
  if (*acc_config_get (self->config, ACC_CONFIG_DIRECTORY_ADDRESS) == '\0')
    missing = "address";
  if (missing != NULL)
    acc_doctor_say (self, ACC_FINDING_ACT, "Set it in accolade.conf, or source=csv.",
                    "The directory should come by LDAP, but [directory] %s= is empty.", missing);
}

static const char *
find_directory_source (AccDoctor *self)
{
  g_autofree char *word = acc_doctor_ask (self->desk, ACC_ASK_DIRECTORY_SOURCE, NULL);

  return acc_directory_source_from_word (word) == ACC_DIRECTORY_FROM_LDAP ? "the LDAP server" : "a CSV file";
}

void
acc_doctor_check_directory (AccDoctor *self)
{
  const char *remedy = is_by_ldap (self) ? "A manager runs “accolade staff import ldap”."
                                         : "A manager runs “accolade staff import FILE.csv”.";
  gint64 most = self->config != NULL ? acc_config_get_int (self->config, ACC_CONFIG_DIRECTORY_REFRESH) : DIRECTORY_DAYS;
  g_autoptr (GError) error = NULL;
  g_autofree char *moment = self->desk != NULL ? acc_doctor_ask (self->desk, ACC_ASK_DIRECTORY_MOMENT, &error) : NULL;
  g_autoptr (GDateTime) imported = moment != NULL ? g_date_time_new_from_iso8601 (moment, NULL) : NULL;
  gint64 days;

  if (self->desk == NULL)
    return;
  check_ldap_server (self);
  if (moment == NULL)
    acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
  else if (imported == NULL)
    acc_doctor_say (self, ACC_FINDING_ACT, remedy, "There is no staff directory: no letter can be routed.");
  else
    {
      days = acc_doctor_count_days (g_date_time_to_unix (imported));
      acc_doctor_say (self, days > most ? ACC_FINDING_LOOK : ACC_FINDING_OK, days > most ? remedy : "",
                      "The staff directory is %" G_GINT64_FORMAT " days old; it came from %s.", days,
                      find_directory_source (self));
    }
}
