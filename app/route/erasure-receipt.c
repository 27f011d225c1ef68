/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/erasure-receipt.h"

#include "base/language.h"
#include "letter/number.h"
#include "paper/pdf-writer.h"
#include "paper/proofreader.h"
#include "route/delivery-table.h"
#include "route/routing.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DATE_LENGTH 10 /* of "2026-11-22T10:42:00+00:00" */

/* The day written out, or as it stands where the wording is not installed. */
static char *
describe_day (const char *stamp)
{
  g_autoptr (AccWording) wording = acc_wording_load (NULL, acc_language_get (), NULL);
  g_autofree char *day = g_strndup (stamp, DATE_LENGTH);

  return wording != NULL ? acc_wording_date (wording, day) : g_steal_pointer (&day);
}

/* "22 November 2026, 10:42", as the clock of the branch stood then. */
static char *
describe_time (const char *stamp)
{
  g_autofree char *day = describe_day (stamp);

  return strlen (stamp) > DATE_LENGTH + 5 ? g_strdup_printf ("%s, %.5s", day, stamp + DATE_LENGTH + 1)
                                          : g_steal_pointer (&day);
}

/* Backups of today are the last that can hold it. */
static char *
describe_backups_end (const AccErasure *erasure, guint backup_days)
{
  g_autoptr (GDateTime) erased = g_date_time_new_from_iso8601 (erasure->erased_at, NULL);
  g_autoptr (GDateTime) end = erased != NULL ? g_date_time_add_days (erased, (int)backup_days) : NULL;
  g_autofree char *stamp = end != NULL ? g_date_time_format (end, "%Y-%m-%d") : g_strdup ("");

  return describe_day (stamp);
}

/* What somebody was to the letter, for its author: roles as they stand in the store. */
static const struct {
  const char *role, *words;
} roles[] = {
  { "supervisor", N_ ("the supervisor") },
  { "employee", N_ ("whom it thanked") },
  { "own-supervisor", N_ ("the banker’s supervisor") },
  { "personnel", N_ ("personnel") },
};

static const char *
describe_role (const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].role, role) == 0)
      return _ (roles[i].words);
  return role;
}

static void
append_delivery (GString *text, const AccDelivery *delivery)
{
  g_autofree char *when = describe_time (delivery->at);
  AccDeliveryState state = ACC_DELIVERY_UNSURE;
  gboolean sure = acc_delivery_state_from_text (delivery->state, &state) && acc_delivery_state_is_done (state);

  /* Translators: a name, what that person is to the letter, how it was sent ("folder"), when */
  g_string_append_printf (text,
                          sure ? _ ("– to %s, %s, through the door “%s”: %s\n")
                               : _ ("– perhaps to %s, %s, through the door “%s”: %s\n"),
                          delivery->name, describe_role (delivery->role), delivery->door, when);
}

static void
append_deliveries (GString *text, const GPtrArray *deliveries)
{
  if (deliveries->len == 0)
    {
      g_string_append (text, _ ("Nothing of it had been handed over to anybody.\n"));
      return;
    }
  g_string_append (text, _ ("Before that it had been handed over:\n"));
  for (guint i = 0; i < deliveries->len; i++)
    append_delivery (text, g_ptr_array_index (deliveries, i));
  g_string_append (text, _ ("What of it still lies in the branch’s outbox is taken back. What has been fetched from "
                            "there, mailed or printed cannot be called back.\n"));
}

char *
acc_erasure_receipt_text (const AccErasure *erasure, const AccErasureReceiptPlace *place)
{
  g_return_val_if_fail (erasure != NULL && place != NULL, NULL);

  GString *text = g_string_new (NULL);
  g_autofree char *short_number = acc_number_short (erasure->number);
  g_autofree char *sent = describe_time (erasure->sent_at);
  g_autofree char *erased = describe_time (erasure->erased_at);
  g_autofree char *end = describe_backups_end (erasure, place->backup_days);

  g_string_append_printf (text, _ ("Letter %s (%s) was sent on %s, and erased on %s by %s.\n"), short_number,
                          erasure->number, sent, erased, erasure->banker);
  g_string_append_printf (text, _ ("The reason: %s\n"), erasure->reason);
  g_string_append (text, _ ("Its words, its PDF and the names of all whom it concerned are gone from this branch’s "
                            "records, and so is the key that opened them.\n"));
  append_deliveries (text, erasure->deliveries);
  g_string_append_printf (text, _ ("Backups that were made before may hold the letter, sealed, until %s.\n"), end);
  g_string_append_printf (text, _ ("An entry without content remains in the branch’s journal. It proves that the "
                                   "letter existed and was erased. Its hash is %s.\n"),
                          erasure->entry_hash);
  return g_string_free (text, FALSE);
}

GBytes *
acc_erasure_receipt_write (const AccErasure *erasure, const AccErasureReceiptPlace *place, AccLetterhead *letterhead,
                           GError **error)
{
  g_return_val_if_fail (erasure != NULL && place != NULL, NULL);
  g_return_val_if_fail (ACC_IS_LETTERHEAD (letterhead), NULL);

  g_autoptr (AccWording) wording = acc_wording_load (letterhead, acc_language_get (), error);
  g_autofree char *short_number = acc_number_short (erasure->number);
  g_autofree char *subject = g_strdup_printf (_ ("Receipt: letter %s is erased"), short_number);
  g_autofree char *text = acc_erasure_receipt_text (erasure, place);
  g_autofree char *date = g_strndup (erasure->erased_at, DATE_LENGTH);
  AccCoverText paper = { .branch = place->branch,
                         .number = erasure->number,
                         .date = date,
                         .language = acc_language_get (),
                         .to_name = _ ("the client who wrote it"), /* whose name is gone as well */
                         .subject = subject,
                         .title = subject,
                         .paragraph = text,
                         .signed_name = erasure->banker,
                         .signed_line = place->branch,
                         .paper = place->paper };
  g_autoptr (AccComposition) composition = wording != NULL ? acc_composition_new_cover (&paper, wording) : NULL;
  g_autoptr (AccPages) pages = composition != NULL ? acc_typeset (composition, letterhead, error) : NULL;
  g_autoptr (GBytes) pdf = pages != NULL ? acc_pdf_write (pages, error) : NULL;

  return pdf != NULL && acc_proofread (pages, pdf, error) ? g_steal_pointer (&pdf) : NULL;
}
