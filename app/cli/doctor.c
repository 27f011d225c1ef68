/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/doctor-private.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "inbox/inbox.h"

#define SECONDS_A_DAY (24 * 60 * 60)

typedef struct {
  const char *id; /* frozen: in the JSON */
  void (*run) (AccDoctor *self);
  enum { ANYWHERE, WITH_STORE, WITH_DESK } where; /* what must be there for it to have something to say */
} Check;

/* Every check, in the order in which an administrator would look; those that open something stand before those that
 * use it. */
static const Check checks[] = {
  /* the machine */
  { "versions", acc_doctor_check_versions, ANYWHERE },
  { "space", acc_doctor_check_space, ANYWHERE },
  { "locked-memory", acc_doctor_check_locked_memory, ANYWHERE },
  { "swap", acc_doctor_check_swap, ANYWHERE },
  { "core-dumps", acc_doctor_check_core_dumps, ANYWHERE },
  { "time-zone", acc_doctor_check_time_zone, ANYWHERE },
  /* the stores */
  { "folder", acc_doctor_check_folder, ANYWHERE },
  { "configuration", acc_doctor_check_configuration, WITH_STORE },
  { "inbox", acc_doctor_check_inbox, WITH_STORE },
  { "desk", acc_doctor_check_desk, WITH_DESK },
  { "rights", acc_doctor_check_rights, WITH_STORE },
  { "handover", acc_doctor_check_handover, WITH_STORE },
  { "ballast", acc_doctor_check_ballast, WITH_DESK },
  { "backup", acc_doctor_check_backup, WITH_DESK },
  { "clock", acc_doctor_check_clock, ANYWHERE },
  /* the paper */
  { "letterhead", acc_doctor_check_letterhead, ANYWHERE },
  { "fonts", acc_doctor_check_fonts, ANYWHERE },
  { "languages", acc_doctor_check_languages, ANYWHERE },
  { "pdf", acc_doctor_check_pdf, ANYWHERE },
  /* the branch */
  { "pepper", acc_doctor_check_pepper, WITH_DESK },
  { "branch-key", acc_doctor_check_branch_key, WITH_STORE },
  { "rotation", acc_doctor_check_rotation, WITH_DESK },
  { "bankers", acc_doctor_check_bankers, WITH_DESK },
  { "directory", acc_doctor_check_directory, WITH_DESK },
  /* the way out */
  { "mail", acc_doctor_check_mail, WITH_DESK },
  { "printer", acc_doctor_check_printer, WITH_DESK },
  /* the letters */
  { "letters", acc_doctor_check_letters, WITH_STORE },
  { "deliveries", acc_doctor_check_deliveries, WITH_DESK },
  { "outbox", acc_doctor_check_outbox, WITH_DESK },
  { "retention", acc_doctor_check_retention, WITH_DESK },
};

const char *
acc_finding_state_to_text (AccFindingState state)
{
  static const char *const texts[] = { "ok", "look", "act" };

  g_return_val_if_fail (state < G_N_ELEMENTS (texts), "");
  return texts[state];
}

static void
finding_free (gpointer data)
{
  AccFinding *finding = data;

  g_free (finding->sentence);
  g_free (finding->remedy);
  g_free (finding);
}

void
acc_doctor_say (AccDoctor *self, AccFindingState state, const char *remedy, const char *format, ...)
{
  AccFinding *finding = g_new0 (AccFinding, 1);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  finding->check = self->check;
  finding->state = state;
  finding->sentence = acc_text_to_line (text);
  finding->remedy = g_strdup (remedy);
  g_ptr_array_add (self->findings, finding);
}

void
acc_doctor_say_error (AccDoctor *self, AccFindingState state, const char *remedy, const GError *error)
{
  acc_doctor_say (self, state, remedy != NULL ? remedy : acc_error_remedy (error),
                  g_str_has_suffix (error->message, ".") ? "%s" : "%s.", error->message);
}

gint64
acc_doctor_count_days (gint64 seconds)
{
  return MAX (0, (acc_clock_now () / G_USEC_PER_SEC - seconds) / SECONDS_A_DAY);
}

/* The folder in which inbox.db itself lies. */
static char *
find_inbox_folder (const char *store_dir)
{
  g_autofree char *path = acc_inbox_path (store_dir);
  char resolved[PATH_MAX];

  return g_path_get_dirname (realpath (path, resolved) != NULL ? resolved : path);
}

/* Where kiosk and desk are different users, the kiosk's folder has a link to the inbox, and nothing of the desk's. */
static gboolean
is_kiosks_folder (const char *store_dir)
{
  g_autofree char *inbox = acc_inbox_path (store_dir);
  g_autofree char *desk = acc_archive_path (store_dir);
  g_autofree char *pepper = acc_archive_pepper_path (store_dir);

  return g_file_test (inbox, G_FILE_TEST_IS_SYMLINK) && !g_file_test (desk, G_FILE_TEST_EXISTS)
         && !g_file_test (pepper, G_FILE_TEST_EXISTS);
}

static void
clear (AccDoctor *self)
{
  g_free (self->store_dir);
  g_free (self->inbox_dir);
  g_clear_object (&self->config);
  g_clear_object (&self->inbox);
  g_clear_object (&self->desk);
}

GPtrArray *
acc_doctor_run (const char *store_dir, const char *mail_password, GError **store_error)
{
  gboolean has_folder;
  AccDoctor self = { .mail_password = mail_password, .findings = g_ptr_array_new_with_free_func (finding_free) };

  g_return_val_if_fail (store_dir != NULL && store_error != NULL, NULL);

  self.store_dir = g_canonicalize_filename (store_dir, NULL);
  self.inbox_dir = find_inbox_folder (self.store_dir);
  self.is_kiosks = is_kiosks_folder (self.store_dir);
  has_folder = faccessat (AT_FDCWD, self.store_dir, R_OK | X_OK, AT_EACCESS) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      self.check = checks[i].id;
      if (checks[i].where == ANYWHERE || (has_folder && !(checks[i].where == WITH_DESK && self.is_kiosks)))
        checks[i].run (&self);
    }
  *store_error = g_steal_pointer (&self.store_error);
  clear (&self);
  return self.findings;
}
