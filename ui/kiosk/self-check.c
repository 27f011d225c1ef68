/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/self-check.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "base/memory-file.h"
#include "inbox/accepted-key-table.h"
#include "inbox/slip-code.h"
#include "inbox/slip-printer.h"
#include "inbox/submit.h"
#include "letter/number.h"
#include "paper/font-check.h"
#include "store/statement.h"

/* Less than this and no letter is begun. It is twice what the desk keeps aside: room that it gave up is not for clients. */
#define ROOM_BYTES (16 * 1024 * 1024)
#define ROOM_NAMES 32

/* What one check leaves for those after it; NULL where it failed. */
typedef struct {
  const char *store_dir;
  GCancellable *cancellable;
  AccConfig *config;
  AccStore *inbox;
  AccLetterhead *letterhead;
} Bench;

static gboolean
check_configuration (Bench *self, GError **error)
{
  self->config = acc_config_load (self->store_dir, error);
  return self->config != NULL;
}

/* Writes for true, and takes it back. */
static gboolean
write_and_fail (AccStore *inbox, gpointer data, GError **error)
{
  g_autoptr (AccStatement) insert
    = acc_statement_new (inbox, "INSERT INTO closed (kiosk, closed_at) VALUES ('', '')", error);

  if (acc_statement_run (insert, error))
    {
      *(gboolean *) data = TRUE;
      g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, "this was a trial");
    }
  return FALSE;
}

static gboolean
check_store (Bench *self, GError **error)
{
  gboolean written = FALSE;
  g_autoptr (GError) reason = NULL;

  self->inbox = acc_inbox_open (self->store_dir, ACC_STORE_WRITE, error);
  if (self->inbox == NULL)
    return FALSE;
  acc_store_transact (self->inbox, write_and_fail, &written, &reason);
  if (!written)
    g_propagate_error (error, g_steal_pointer (&reason));
  return written;
}

gboolean
acc_self_check_room (AccStore *inbox, GError **error)
{
  g_autofree char *folder = acc_store_dup_folder (inbox); /* not the one where a link to it may lie */
  g_autofree char *shown = g_filename_display_name (folder);
  AccRoom room;

  if (!acc_file_find_room (folder, &room, error))
    return FALSE;
  if (room.bytes >= ROOM_BYTES && room.names >= ROOM_NAMES)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_FULL, _ ("%s: there is too little room left to begin another letter"),
               shown);
  return FALSE;
}

static gboolean
check_room (Bench *self, GError **error)
{
  return self->inbox == NULL || acc_self_check_room (self->inbox, error);
}

gboolean
acc_self_check_key (AccStore *inbox, const char *store_dir, GError **error)
{
  g_autofree char *path = acc_inbox_branch_key_path (store_dir);
  g_autoptr (AccBranchKey) key = acc_branch_key_load (path, error);

  return key != NULL && acc_accepted_key_check (inbox, key, error);
}

static gboolean
check_key (Bench *self, GError **error)
{
  return self->inbox == NULL || acc_self_check_key (self->inbox, self->store_dir, error);
}

static gboolean
check_slip_key (Bench *self, GError **error)
{
  g_autoptr (GBytes) key = acc_slip_key_load (self->store_dir, error);

  return key != NULL;
}

static gboolean
check_fonts (Bench *self, GError **error)
{
  return acc_font_check_families (error);
}

static gboolean
check_letterhead (Bench *self, GError **error)
{
  if (self->config == NULL)
    return TRUE;
  self->letterhead = acc_letterhead_load_named (acc_config_get (self->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  return self->letterhead != NULL;
}

static void
set_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

static AccLetter *
trial_letter (AccPaper paper, GError **error)
{
  g_auto (AccLetterFields) fields;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, "A. Colleague");
  set_text (&fields.to[0].department, "Any department");
  set_text (&fields.act, "This letter tries fonts and paper.");
  set_text (&fields.from[0].name, "A. Client");
  fields.from[0].signature = acc_signature_new_typed ("A. Client");
  fields.consent_file = TRUE;
  fields.paper = paper;
  return acc_letter_new (&fields, error);
}

gboolean
acc_self_check_paper (AccLetterhead *letterhead, const char *branch, AccPaper paper, GError **error)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccLetter) letter = trial_letter (paper, error);
  g_autoptr (AccReadyLetter) ready = NULL;

  if (letter != NULL)
    ready = acc_ready_letter_new (letter, number, letterhead, branch, error);
  return ready != NULL;
}

static gboolean
check_paper (Bench *self, GError **error)
{
  const char *paper;

  if (self->letterhead == NULL)
    return TRUE;
  paper = acc_config_get (self->config, ACC_CONFIG_BRANCH_PAPER);
  return acc_self_check_paper (self->letterhead, acc_config_get (self->config, ACC_CONFIG_BRANCH_NAME),
                               g_str_equal (paper, "a4") ? ACC_PAPER_A4 : ACC_PAPER_LETTER, error);
}

static const char *
get_printer (Bench *self)
{
  return self->config != NULL ? acc_config_get (self->config, ACC_CONFIG_KIOSK_RECEIPT_PRINTER) : "";
}

static gboolean
has_printer (Bench *self)
{
  return *get_printer (self) != '\0';
}

static gboolean
check_printer (Bench *self, GError **error)
{
  return acc_slip_printer_check (get_printer (self), self->cancellable, error);
}

static const char *
get_handover (Bench *self)
{
  return self->config != NULL ? acc_config_get (self->config, ACC_CONFIG_KIOSK_HANDOVER) : "";
}

static gboolean
has_handover (Bench *self)
{
  return *get_handover (self) != '\0';
}

static gboolean
check_handover (Bench *self, GError **error)
{
  int folder = acc_memory_folder_open_shared (get_handover (self), error);

  if (folder >= 0)
    close (folder);
  return folder >= 0;
}

/* In this order: each may use what those before it have opened, and says nothing where that failed. */
static const struct {
  const char *what;
  gboolean (*check) (Bench *self, GError **error);
  gboolean (*applies) (Bench *self); /* NULL: to every kiosk */
} check_rows[] = {
  { N_ ("Settings"), check_configuration },             /* accolade.conf, of the system and of the store */
  { N_ ("The letters’ box can be written"), check_store }, /* inbox.db, for true */
  { N_ ("Room on the disk"), check_room },
  { N_ ("The branch’s key"), check_key }, /* branch.pub, and that the desk accepts it */
  { N_ ("The key of the slips"), check_slip_key },
  { N_ ("Fonts"), check_fonts },          /* every script's */
  { N_ ("Letterhead"), check_letterhead },
  { N_ ("A trial letter"), check_paper }, /* typeset, drawn, read back by accolade-pdf */
  { N_ ("Receipt printer"), check_printer, has_printer },
  { N_ ("Prepared letters"), check_handover, has_handover }, /* the folder that the desk shares */
};

static void
result_free (gpointer data)
{
  AccSelfCheckResult *result = data;

  g_free (result->wrong);
  g_free (result);
}

GPtrArray *
acc_self_check_run (const char *store_dir, GCancellable *cancellable)
{
  GPtrArray *results = g_ptr_array_new_with_free_func (result_free);
  Bench bench = { .store_dir = store_dir, .cancellable = cancellable };

  g_return_val_if_fail (store_dir != NULL, results);

  for (guint i = 0; i < G_N_ELEMENTS (check_rows); i++)
    {
      g_autoptr (GError) error = NULL;
      AccSelfCheckResult *result;

      if (check_rows[i].applies != NULL && !check_rows[i].applies (&bench))
        continue;
      result = g_new0 (AccSelfCheckResult, 1);
      result->what = _ (check_rows[i].what);
      if (!check_rows[i].check (&bench, &error))
        result->wrong = acc_error_sentence (error);
      g_ptr_array_add (results, result);
    }
  g_clear_object (&bench.config);
  g_clear_object (&bench.inbox);
  g_clear_object (&bench.letterhead);
  return results;
}
