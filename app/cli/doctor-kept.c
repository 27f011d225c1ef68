/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's checks of what is kept: room on the disk, backups, and letters for their time. */
#include "cli/doctor-private.h"

#include <glib/gstdio.h>

#include "archive/heads.h"
#include "archive/retention.h"
#include "base/clock.h"

#define BACKUP_DAYS 7

void
acc_doctor_check_ballast (AccDoctor *self)
{
  g_autofree char *path = g_build_filename (self->store_dir, acc_archive_kind.ballast, NULL);

  if (self->desk == NULL)
    return;
  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    acc_doctor_say (self, ACC_FINDING_OK, "", "Room is kept aside for a full disk.");
  else
    acc_doctor_say (self, ACC_FINDING_LOOK, "It is made at the next sign-in where the disk has room: see “space”.",
                    "No room is kept aside: on a full disk nothing could be routed.");
}

static void
check_age_of_backup (AccDoctor *self)
{
  static const char remedy[] = "Run “accolade backup FILE”, each night by a timer, and keep the files elsewhere.";
  g_autofree char *note = g_strconcat (self->store_dir, "-backup", NULL);
  GStatBuf status;
  gint64 days;

  if (g_stat (note, &status) != 0)
    {
      acc_doctor_say (self, ACC_FINDING_LOOK, remedy, "No backup of this store is known.");
      return;
    }
  days = acc_doctor_count_days (status.st_mtime);
  acc_doctor_say (self, days > BACKUP_DAYS ? ACC_FINDING_LOOK : ACC_FINDING_OK, days > BACKUP_DAYS ? remedy : "",
                  "The last backup was made %" G_GINT64_FORMAT " days ago.", days);
}

void
acc_doctor_check_backup (AccDoctor *self)
{
  g_autofree char *heads = acc_heads_path (self->store_dir);
  g_autoptr (GPtrArray) older = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (acc_doctor_is_denied (heads))
    {
      acc_doctor_say (self, ACC_FINDING_LOOK, ACC_DOCTOR_DENIED, "%s cannot be read by this user.", heads);
      return;
    }
  check_age_of_backup (self);
  if (self->desk == NULL || self->inbox == NULL)
    return;
  if (!acc_heads_check (self->store_dir, self->desk, self->inbox, older, &error))
    acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
  for (guint i = 0; i < older->len; i++)
    acc_doctor_say (self, ACC_FINDING_ACT, "If a newer backup is there, restore that; ask who put this store in place.",
                    "%s.", (const char *)g_ptr_array_index (older, i));
}

void
acc_doctor_check_retention (AccDoctor *self)
{
  g_autoptr (GPtrArray) over = NULL, held = NULL;
  g_autoptr (GError) error = NULL;
  AccRetention retention;

  if (self->desk == NULL || self->config == NULL)
    return;
  retention.days = acc_config_get_int (self->config, ACC_CONFIG_RETENTION_DAYS);
  retention.most_days = acc_config_get_int (self->config, ACC_CONFIG_RETENTION_MOST_DAYS);
  over = acc_retention_list (self->desk, &retention, &held, &error);
  if (over == NULL)
    acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
  else if (over->len > 0)
    acc_doctor_say (self, ACC_FINDING_ACT, "Turn the timer of “accolade retain” on; run it once by hand.",
                    "Letters whose time is over and that are still here: %u.", over->len);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "No letter is kept longer than %u days after its acknowledgement.",
                    retention.days);
  if (held != NULL && held->len > 0)
    acc_doctor_say (self, ACC_FINDING_LOOK, "A manager looks at them at the desk.",
                    "Letters whose time is over, kept because they are held: %u.", held->len);
}
