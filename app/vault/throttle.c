/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/throttle.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "store/statement.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

/* What each wrong try in a row costs, in seconds; the last row stands for all that follow. */
static const gint64 costs[] = {
  0,    /* before the first */
  0,    /* 1st to 4th: free, anybody mistypes */
  0,    /* 2nd */
  0,    /* 3rd */
  0,    /* 4th */
  5,    /* 5th */
  15,   /* 6th */
  60,   /* 7th */
  300,  /* 8th */
  900,  /* 9th */
  1800, /* 10th and on: locked for half an hour */
};

gint64
acc_throttle_seconds (gint64 n)
{
  return costs[CLAMP (n, 0, (gint64) G_N_ELEMENTS (costs) - 1)];
}

char *
acc_throttle_words (gint64 seconds)
{
  gint64 minutes = (seconds + 59) / 60;

  if (seconds < 60)
    return g_strdup_printf (ngettext ("%d second", "%d seconds", seconds), (int) seconds);
  return g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), (int) minutes);
}

/* "" where the kernel does not tell: then only a clock that has gone back shows a reboot. */
static char *
read_boot_id (void)
{
  char *id = NULL;

  if (!g_file_get_contents (BOOT_ID, &id, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (id);
}

typedef struct {
  gint64 id;
  gint64 tries;
  gint64 wait_until; /* microseconds of the boot clock */
  gint64 wait_seconds;
  char *wait_boot;
  /* the answer */
  gint64 wait, cost;
} Try;

static gboolean
read_try (AccStore *desk, Try *try, GError **error)
{
  g_autoptr (AccStatement) find
      = acc_statement_new (desk, "SELECT tries, wait_until, wait_seconds, wait_boot FROM banker WHERE id = ?1", error);
  gboolean row = FALSE;

  acc_statement_bind_int (find, 1, try->id);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  g_assert (row); /* bankers are never removed */
  try->tries = CLAMP (acc_statement_get_int (find, 0), 0, G_MAXINT);
  try->wait_until = MAX (acc_statement_get_int (find, 1), 0);
  try->wait_seconds = CLAMP (acc_statement_get_int (find, 2), 0, acc_throttle_seconds (G_MAXINT));
  try->wait_boot = g_strdup (acc_statement_get_text (find, 3));
  return TRUE;
}

static gboolean
write_try (AccStore *desk, const Try *try, GError **error)
{
  g_autoptr (AccStatement) update = acc_statement_new (
      desk, "UPDATE banker SET tries = ?2, wait_until = ?3, wait_seconds = ?4, wait_boot = ?5 WHERE id = ?1", error);

  acc_statement_bind_int (update, 1, try->id);
  acc_statement_bind_int (update, 2, try->tries);
  acc_statement_bind_int (update, 3, try->wait_until);
  acc_statement_bind_int (update, 4, try->wait_seconds);
  acc_statement_bind_text (update, 5, try->wait_boot);
  return acc_statement_run (update, error);
}

/* Starts the wait of @seconds now, in this boot. */
static void
start_wait (Try *try, gint64 now, gint64 seconds)
{
  try->wait_seconds = seconds;
  try->wait_until = now + seconds * G_USEC_PER_SEC;
  g_free (try->wait_boot);
  try->wait_boot = read_boot_id ();
}

/* The seconds of the wait that are still to go, at most all of them. */
static gint64
remaining (const Try *try, gint64 now)
{
  gint64 left = (try->wait_until - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  return CLAMP (left, 0, try->wait_seconds);
}

static gboolean
count_try (AccStore *desk, gpointer data, GError **error)
{
  Try *try = data;
  gint64 now = acc_clock_boot ();
  g_autofree char *boot = read_boot_id ();

  if (!read_try (desk, try, error))
    return FALSE;

  if (try->wait_seconds > 0
      && (g_strcmp0 (try->wait_boot, boot) != 0 || try->wait_until > now + try->wait_seconds * G_USEC_PER_SEC))
    start_wait (try, now, try->wait_seconds); /* rebooted since */
  try->wait = try->wait_seconds > 0 ? remaining (try, now) : 0;
  if (try->wait == 0)
    {
      try->tries++;
      try->cost = acc_throttle_seconds (try->tries);
      start_wait (try, now, try->cost);
    }
  return write_try (desk, try, error);
}

gboolean
acc_throttle_count (AccStore *desk, gint64 id, gint64 *wait, gint64 *cost, GError **error)
{
  Try try = { id };
  gboolean counted = acc_store_transact (desk, count_try, &try, error);

  *wait = try.wait;
  *cost = try.cost;
  g_free (try.wait_boot);
  return counted;
}

gboolean
acc_throttle_clear (AccStore *desk, gint64 id, GError **error)
{
  Try try = { .id = id, .wait_boot = g_strdup ("") };
  gboolean written = write_try (desk, &try, error);

  g_free (try.wait_boot);
  return written;
}

static gboolean
clear (AccStore *desk, gpointer data, GError **error)
{
  return acc_throttle_clear (desk, *(gint64 *) data, error);
}

gboolean
acc_throttle_reset (AccStore *desk, gint64 id, GError **error)
{
  return acc_store_transact (desk, clear, &id, error);
}
