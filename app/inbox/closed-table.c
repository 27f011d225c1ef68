/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox/closed-table.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/statement.h"

/* Since when the kiosk is closed, RFC 3339; *@since is NULL where it is not. */
static gboolean
find_since (AccStore *inbox, const char *kiosk, char **since, GError **error)
{
  g_autoptr (AccStatement) find
    = acc_statement_new_kept (inbox, "SELECT closed_at FROM closed WHERE kiosk = ?1", error);
  gboolean row = FALSE;

  acc_statement_bind_text (find, 1, kiosk);
  if (!acc_statement_step (find, &row, error))
    return FALSE;
  *since = row ? g_strdup (acc_statement_get_text (find, 0)) : NULL;
  return TRUE;
}

static gboolean
close_kiosk (AccStore *inbox, gpointer data, GError **error)
{
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccStatement) insert
    = acc_statement_new (inbox, "INSERT OR IGNORE INTO closed (kiosk, closed_at) VALUES (?1, ?2)", error);

  acc_statement_bind_text (insert, 1, data);
  acc_statement_bind_text (insert, 2, now);
  return acc_statement_run (insert, error);
}

static gboolean
open_kiosk (AccStore *inbox, gpointer data, GError **error)
{
  g_autoptr (AccStatement) delete = acc_statement_new (inbox, "DELETE FROM closed WHERE kiosk = ?1", error);

  acc_statement_bind_text (delete, 1, data);
  return acc_statement_run (delete, error);
}

gboolean
acc_closed_set (AccStore *inbox, const char *kiosk, gboolean closed, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (inbox) && kiosk != NULL, FALSE);

  return acc_store_transact (inbox, closed ? close_kiosk : open_kiosk, (gpointer) kiosk, error);
}

gboolean
acc_closed_find (AccStore *inbox, const char *kiosk, gboolean *closed, GError **error)
{
  g_autofree char *since = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && kiosk != NULL && closed != NULL, FALSE);

  if (!find_since (inbox, kiosk, &since, error))
    return FALSE;
  *closed = since != NULL;
  return TRUE;
}

gboolean
acc_closed_check (AccStore *inbox, const char *kiosk, GError **error)
{
  g_autofree char *since = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GDateTime) at = NULL;

  g_return_val_if_fail (ACC_IS_STORE (inbox) && kiosk != NULL, FALSE);

  if (!find_since (inbox, kiosk, &since, error))
    return FALSE;
  if (since == NULL)
    return TRUE;
  at = g_date_time_new_from_iso8601 (since, NULL);
  words = at != NULL ? g_date_time_format (at, _ ("%-d %b %Y, %H:%M")) : g_strdup (since);
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED,
               _ ("staff have put this kiosk out of service (%s): the staff page puts it back"), words);
  return FALSE;
}
