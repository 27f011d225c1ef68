/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <time.h>

/* Set in tests only, before threads start. */
static gboolean frozen;
static gint64 frozen_now;
static gint64 frozen_boot;

gint64
acc_clock_now (void)
{
  return frozen ? frozen_now : g_get_real_time ();
}

gint64
acc_clock_boot (void)
{
  struct timespec boot;

  if (frozen)
    return frozen_boot;
  /* Only a kernel older than 2.6.39 lacks this clock. */
  if (clock_gettime (CLOCK_BOOTTIME, &boot) != 0)
    return g_get_monotonic_time ();
  return (gint64) boot.tv_sec * G_USEC_PER_SEC + boot.tv_nsec / 1000;
}

char *
acc_clock_boot_id (void)
{
  char *id = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &id, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (id);
}

void
acc_clock_freeze (gint64 now, gint64 boot)
{
  frozen = now >= 0 && boot >= 0;
  frozen_now = now;
  frozen_boot = boot;
}

static char *
format_local (const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (acc_clock_now () / G_USEC_PER_SEC);

  return g_date_time_format (time, format);
}

char *
acc_clock_stamp (void)
{
  return format_local ("%Y-%m-%dT%H:%M:%S%:z");
}

char *
acc_clock_today (void)
{
  return format_local ("%Y-%m-%d");
}

static int
read_digits (const char *digits, guint n)
{
  int value = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (digits[i]))
        return -1;
      value = value * 10 + g_ascii_digit_value (digits[i]);
    }
  return value;
}

gboolean
acc_clock_is_date (const char *text)
{
  int year, month, day;

  if (text == NULL || strlen (text) != strlen ("YYYY-MM-DD") || text[4] != '-' || text[7] != '-')
    return FALSE;
  year = read_digits (text, 4);
  month = read_digits (text + 5, 2);
  day = read_digits (text + 8, 2);
  return year > 0 && month > 0 && day > 0 && g_date_valid_dmy (day, month, year);
}
