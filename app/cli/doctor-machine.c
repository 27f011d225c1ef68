/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's checks of the machine. */
#include "cli/doctor-private.h"

#include <cairo.h>
#include <pango/pango.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>

#include "base/clock.h"
#include "base/file.h"
#include "cli/doctor-table.h"
#include "vault/hash.h"

#define MEGABYTE ((guint64) 1024 * 1024)
#define LOCKED_MIN (256 * 1024) /* bytes: a banker's secrets with their guard pages */
#define SYSTEM_FILE_MAX ((gsize) 64 * 1024)
#define EARLIEST_YEAR 2026 /* no Accolade ran before */
#define CLOCK_SLACK (5 * 60)
#define DEEPEST 8 /* block devices upon block devices */

void
acc_doctor_check_versions (AccDoctor *self)
{
  acc_doctor_say (self, ACC_FINDING_OK, "", "Accolade %s, GLib %u.%u.%u, SQLite %s, libsodium %s, cairo %s, Pango %s.",
                  ACC_VERSION, glib_major_version, glib_minor_version, glib_micro_version, acc_store_sqlite_version (),
                  acc_sodium_version (), cairo_version_string (), pango_version_string ());
}

/* --- room --- */

/* A limit of 0 is that of a file system that counts no inodes. */
static const struct {
  guint64 bytes, inodes;
  AccFindingState state;
} least_room[] = {
  { 64 * MEGABYTE, 500, ACC_FINDING_ACT },    /* a few hundred letters, then none */
  { 512 * MEGABYTE, 5000, ACC_FINDING_LOOK }, /* weeks */
};

/* The folder, or the nearest one above it that is there. */
static char *
find_there (const char *folder)
{
  char *path = g_strdup (folder);

  while (!g_file_test (path, G_FILE_TEST_IS_DIR) && strcmp (path, "/") != 0)
    {
      char *above = g_path_get_dirname (path);

      g_free (path);
      path = above;
    }
  return path;
}

static AccFindingState
judge_room (guint64 bytes, const struct statvfs *room)
{
  for (gsize i = 0; i < G_N_ELEMENTS (least_room); i++)
    if (bytes < least_room[i].bytes || (room->f_files > 0 && room->f_favail < least_room[i].inodes))
      return least_room[i].state;
  return ACC_FINDING_OK;
}

static void
check_room (AccDoctor *self, const char *folder, GHashTable *seen)
{
  g_autofree char *there = find_there (folder);
  struct stat status;
  struct statvfs room;
  guint64 bytes;
  AccFindingState state;

  if (stat (there, &status) != 0 || statvfs (there, &room) != 0)
    {
      acc_doctor_say (self, ACC_FINDING_LOOK, ACC_DOCTOR_DENIED,
                      "%s: how much room is left cannot be seen by this user.", there);
      return;
    }
  if (!g_hash_table_add (seen, GSIZE_TO_POINTER (status.st_dev)))
    return;
  bytes = (guint64) room.f_bavail * room.f_frsize;
  state = judge_room (bytes, &room);
  acc_doctor_say (self, state, state == ACC_FINDING_OK ? "" : "Make room there, or move it to a larger disk.",
                  "%s has room for %" G_GUINT64_FORMAT " MB and %" G_GUINT64_FORMAT " files.", there, bytes / MEGABYTE,
                  (guint64) room.f_favail);
}

void
acc_doctor_check_space (AccDoctor *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL); /* a file system is told once */
  g_autoptr (AccConfig) config = acc_config_load (self->store_dir, NULL);

  check_room (self, self->store_dir, seen);
  check_room (self, self->inbox_dir, seen);
  if (config != NULL)
    check_room (self, acc_config_get (config, ACC_CONFIG_FOLDER_OUTBOX), seen);
  check_room (self, g_get_tmp_dir (), seen);
}

/* --- memory --- */

void
acc_doctor_check_locked_memory (AccDoctor *self)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur < LOCKED_MIN)
    acc_doctor_say (self, ACC_FINDING_LOOK,
                    "Raise it to 8 MB: LimitMEMLOCK= of the unit, or memlock in /etc/security/limits.d.",
                    "Only %" G_GUINT64_FORMAT " kB of memory may be locked here, so keys may be swapped out.",
                    (guint64) limit.rlim_cur / 1024);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "Keys can be locked in memory.");
}

/* Whether the block device in @folder (/sys/…/block/NAME) encrypts, or everything that it lies on does. */
static gboolean
is_encrypted (const char *folder, guint depth)
{
  g_autofree char *uuid_path = g_build_filename (folder, "dm", "uuid", NULL);
  g_autofree char *below_path = g_build_filename (folder, "slaves", NULL);
  g_autofree char *uuid = NULL;
  g_autoptr (GDir) below = NULL;
  gboolean encrypted = FALSE;
  const char *name;

  if (g_file_get_contents (uuid_path, &uuid, NULL, NULL) && g_str_has_prefix (uuid, "CRYPT-"))
    return TRUE;
  below = depth < DEEPEST ? g_dir_open (below_path, 0, NULL) : NULL;
  while (below != NULL && (name = g_dir_read_name (below)) != NULL)
    {
      g_autofree char *next = g_build_filename (below_path, name, NULL);

      encrypted = is_encrypted (next, depth + 1);
      if (!encrypted)
        break;
    }
  return encrypted;
}

/* Whether what is swapped to @path (a device, or a file on one) can be read from the disk. */
static gboolean
is_readable_swap (const char *path)
{
  struct stat status;
  dev_t device;
  g_autofree char *folder = NULL;

  if (g_str_has_prefix (path, "/dev/zram")) /* compressed memory */
    return FALSE;
  if (stat (path, &status) != 0)
    return TRUE;
  device = S_ISBLK (status.st_mode) ? status.st_rdev : status.st_dev;
  folder = g_strdup_printf ("/sys/dev/block/%u:%u", major (device), minor (device));
  return !is_encrypted (folder, 0);
}

void
acc_doctor_check_swap (AccDoctor *self)
{
  g_autoptr (GBytes) bytes = acc_file_read ("/proc/swaps", SYSTEM_FILE_MAX, NULL);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean found = FALSE;

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++) /* the first line is the heading */
    {
      g_autofree char *word = g_strndup (lines[i], strcspn (lines[i], " \t"));
      g_autofree char *path = g_strcompress (word); /* a space is written \040 */

      if (*path == '\0' || !is_readable_swap (path))
        continue;
      found = TRUE;
      acc_doctor_say (self, ACC_FINDING_LOOK,
                      "Encrypt it (a random key in /etc/crypttab with the option “swap” will do), or turn it off.",
                      "Swap on %s is not encrypted: words on the screen may be left on the disk.", path);
    }
  if (!found)
    acc_doctor_say (self, ACC_FINDING_OK, "", "Nothing is swapped to a disk that can be read.");
}

void
acc_doctor_check_core_dumps (AccDoctor *self)
{
  g_autofree char *pattern = NULL;
  struct rlimit limit;
  gboolean piped;

  if (!g_file_get_contents ("/proc/sys/kernel/core_pattern", &pattern, NULL, NULL))
    pattern = g_strdup ("core");
  piped = pattern[0] == '|'; /* goes to that program whatever the limit */
  if (getrlimit (RLIMIT_CORE, &limit) != 0 || piped || limit.rlim_max > 0)
    acc_doctor_say (self, ACC_FINDING_LOOK,
                    "Start kiosk and desk with LimitCORE=0, and give systemd-coredump Storage=none where it is used.",
                    "If a program dies, the words on its screen may be kept in a core dump (%s).", g_strchomp (pattern));
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "A program that dies leaves no core dump.");
}

/* --- time --- */

void
acc_doctor_check_time_zone (AccDoctor *self)
{
  const char *named = g_getenv ("TZ");
  g_autoptr (GTimeZone) asked = named != NULL ? g_time_zone_new_identifier (named) : NULL;
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autofree char *stamp = acc_clock_stamp ();

  if (named != NULL && asked == NULL)
    acc_doctor_say (self, ACC_FINDING_LOOK, "Correct TZ; /usr/share/zoneinfo has the names.",
                    "The time zone “%s” (TZ) is not known here: letters are dated in UTC.", named);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "It is %s here (%s).", stamp, g_time_zone_get_identifier (local));
}

/* Seconds that the newest entry of @store's journal lies ahead of the clock; 0 if it does not. */
static gint64
count_seconds_behind (AccStore *store, AccAsk ask)
{
  g_autofree char *text = store != NULL ? acc_doctor_ask (store, ask, NULL) : NULL;
  g_autoptr (GDateTime) newest = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (newest == NULL)
    return 0;
  return MAX (0, g_date_time_to_unix (newest) - acc_clock_now () / G_USEC_PER_SEC);
}

void
acc_doctor_check_clock (AccDoctor *self)
{
  static const char remedy[] = "Set the clock, and let it be kept right (systemd-timesyncd or chrony).";
  g_autofree char *today = acc_clock_today ();
  gint64 behind = MAX (count_seconds_behind (self->desk, ACC_ASK_DESK_NEWEST_ENTRY),
                       count_seconds_behind (self->inbox, ACC_ASK_INBOX_NEWEST_ENTRY));

  if (g_ascii_strtoll (today, NULL, 10) < EARLIEST_YEAR)
    acc_doctor_say (self, ACC_FINDING_ACT, remedy, "The clock is wrong: it says %s, and letters are dated by it.", today);
  else if (behind > CLOCK_SLACK)
    acc_doctor_say (self, ACC_FINDING_ACT, remedy,
                    "The clock is wrong: the newest entry of the journals lies %" G_GINT64_FORMAT " minutes ahead of it.",
                    behind / 60);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "Nothing speaks against the clock.");
}
