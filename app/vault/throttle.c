/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/throttle.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "store/statement.h"

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
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d second", "%d seconds", seconds), (int) seconds);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute", "%d minutes", minutes), (int) minutes);
}

/* SQL: where tries are counted, by ?1. */
typedef struct {
  const char *read, *write;
} Place;

static const Place bankers = {
  "SELECT tries, wait_until, wait_seconds, wait_boot FROM banker WHERE id = ?1",
  "UPDATE banker SET tries = ?2, wait_until = ?3, wait_seconds = ?4, wait_boot = ?5 WHERE id = ?1",
};

static const Place codes = {
  "SELECT tries, wait_until, wait_seconds, wait_boot FROM throttle WHERE guards = ?1",
  "INSERT INTO throttle (guards, tries, wait_until, wait_seconds, wait_boot) VALUES (?1, ?2, ?3, ?4, ?5) "
  "ON CONFLICT (guards) DO UPDATE SET tries = ?2, wait_until = ?3, wait_seconds = ?4, wait_boot = ?5",
};

typedef struct {
  const Place *place;
  const char *guards; /* of codes */
  gint64 id;          /* of bankers */
  gint64 tries;
  gint64 wait_until; /* microseconds of the boot clock */
  gint64 wait_seconds;
  char *wait_boot;
  /* the answer */
  gint64 wait, cost;
} Try;

static void
bind_place (AccStatement *statement, const Try *try)
{
  if (try->place == &bankers)
    acc_statement_bind_int (statement, 1, try->id);
  else
    acc_statement_bind_text (statement, 1, try->guards);
}

static gboolean
read_try (AccStore *store, Try *try, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new (store, try->place->read, error);
  gboolean row = FALSE;

  bind_place (find, try);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  g_assert (row || try->place == &codes); /* bankers are never removed */
  try->tries = row ? CLAMP (acc_statement_get_int (find, 0), 0, G_MAXINT) : 0;
  try->wait_until = row ? MAX (acc_statement_get_int (find, 1), 0) : 0;
  try->wait_seconds = row ? CLAMP (acc_statement_get_int (find, 2), 0, acc_throttle_seconds (G_MAXINT)) : 0;
  try->wait_boot = g_strdup (row ? acc_statement_get_text (find, 3) : "");
  return TRUE;
}

static gboolean
write_try (AccStore *store, const Try *try, GError **error)
{
  g_autoptr (AccStatement) write = acc_statement_new (store, try->place->write, error);

  bind_place (write, try);
  acc_statement_bind_int (write, 2, try->tries);
  acc_statement_bind_int (write, 3, try->wait_until);
  acc_statement_bind_int (write, 4, try->wait_seconds);
  acc_statement_bind_text (write, 5, try->wait_boot);
  return acc_statement_run (write, error);
}

/* Starts the wait of @seconds now, in this boot. */
static void
start_wait (Try *try, gint64 now, gint64 seconds)
{
  try->wait_seconds = seconds;
  try->wait_until = now + seconds * G_USEC_PER_SEC;
  g_free (try->wait_boot);
  try->wait_boot = acc_clock_boot_id ();
}

/* The seconds of the wait that are still to go, at most all of them. */
static gint64
remaining (const Try *try, gint64 now)
{
  gint64 left = (try->wait_until - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  return CLAMP (left, 0, try->wait_seconds);
}

static gboolean
count_try (AccStore *store, gpointer data, GError **error)
{
  Try *try = data;
  gint64 now = acc_clock_boot ();
  g_autofree char *boot = acc_clock_boot_id ();

  if (!read_try (store, try, error))
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
  return write_try (store, try, error);
}

static gboolean
count (AccStore *store, Try *try, gint64 *wait, gint64 *cost, GError **error)
{
  gboolean counted = acc_store_transact (store, count_try, try, error);

  *wait = try->wait;
  *cost = try->cost;
  g_free (try->wait_boot);
  return counted;
}

gboolean
acc_throttle_count (AccStore *desk, gint64 id, gint64 *wait, gint64 *cost, GError **error)
{
  Try try = { .place = &bankers, .id = id };

  return count (desk, &try, wait, cost, error);
}

gboolean
acc_throttle_count_code (AccStore *inbox, const char *guards, gint64 *wait, gint64 *cost, GError **error)
{
  Try try = { .place = &codes, .guards = guards };

  g_return_val_if_fail (ACC_IS_STORE (inbox) && guards != NULL, FALSE);
  return count (inbox, &try, wait, cost, error);
}

static gboolean
clear (AccStore *store, gpointer data, GError **error)
{
  Try *try = data;
  gboolean written;

  try->wait_boot = g_strdup ("");
  written = write_try (store, try, error);
  g_free (try->wait_boot);
  return written;
}

gboolean
acc_throttle_clear (AccStore *desk, gint64 id, GError **error)
{
  Try try = { .place = &bankers, .id = id };

  return clear (desk, &try, error);
}

gboolean
acc_throttle_reset (AccStore *desk, gint64 id, GError **error)
{
  Try try = { .place = &bankers, .id = id };

  return acc_store_transact (desk, clear, &try, error);
}

gboolean
acc_throttle_reset_code (AccStore *inbox, const char *guards, GError **error)
{
  Try try = { .place = &codes, .guards = guards };

  g_return_val_if_fail (ACC_IS_STORE (inbox) && guards != NULL, FALSE);
  return acc_store_transact (inbox, clear, &try, error);
}
