/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that verify looks at, in two parts that run at once: most of the one's time goes by reading, of the other's by
 * signatures. Each has the stores open for itself. */
#include "archive/archive.h"
#include "archive/heads.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/terminal.h"
#include "inbox/inbox.h"
#include "review/decision.h"
#include "route/routing.h"
#include "staff/directory-table.h"
#include "vault/bankers.h"

typedef struct {
  const char *store_dir;
  AccStore *desk, *inbox;
  GPtrArray *findings; /* of char * */
  GError *error;       /* what kept it from its end */
} Part;

static void
part_clear (Part *part)
{
  g_clear_object (&part->desk);
  g_clear_object (&part->inbox);
  g_clear_pointer (&part->findings, g_ptr_array_unref);
  g_clear_error (&part->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Part, part_clear)

static gpointer
check_records (gpointer data)
{
  Part *part = data;

  if (acc_heads_check (part->store_dir, part->desk, part->inbox, part->findings, &part->error)
      && acc_archive_check_records (part->desk, part->inbox, part->findings, &part->error)
      && acc_bankers_check (part->desk, part->findings, &part->error)
      && acc_directory_table_check (part->desk, part->findings, &part->error))
    acc_routing_check (part->desk, part->findings, &part->error);
  return NULL;
}

static gpointer
check_journals (gpointer data)
{
  Part *part = data;
  gint64 verified = 0;

  if (acc_archive_check_journals (part->desk, part->inbox, &verified, part->findings, &part->error))
    acc_decision_check (part->desk, verified, part->findings, &part->error);
  return NULL;
}

static gboolean
open_part (Part *part, const char *store_dir, GError **error)
{
  part->store_dir = store_dir;
  part->findings = g_ptr_array_new_with_free_func (g_free);
  part->desk = acc_archive_open (store_dir, ACC_STORE_READ, error);
  part->inbox = part->desk != NULL ? acc_inbox_open (store_dir, ACC_STORE_READ, error) : NULL;
  return part->inbox != NULL;
}

static void
run_at_once (Part *records, Part *journals)
{
  GThread *other = g_thread_try_new ("verify", check_journals, journals, NULL);

  check_records (records);
  if (other != NULL)
    g_thread_join (other);
  else
    check_journals (journals);
}

static gboolean
take_error (Part *part, GError **error)
{
  if (part->error == NULL)
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&part->error));
  return TRUE;
}

static guint
print_findings (const Part *part)
{
  for (guint i = 0; i < part->findings->len; i++)
    acc_cli_print ("%s\n", (const char *) g_ptr_array_index (part->findings, i));
  return part->findings->len;
}

gboolean
acc_cli_verify_store (const char *store_dir, GError **error)
{
  g_auto (Part) records = { NULL }, journals = { NULL };
  guint n_findings;

  if (!open_part (&records, store_dir, error) || !open_part (&journals, store_dir, error))
    return FALSE;
  run_at_once (&records, &journals);
  if (take_error (&records, error) || take_error (&journals, error))
    return FALSE;
  n_findings = print_findings (&records) + print_findings (&journals);
  if (n_findings > 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "Records that are wrong: %u.", n_findings);
      return FALSE;
    }
  acc_cli_print ("Every record is as it was written.\n");
  return TRUE;
}
