/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/station.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/config.h"
#include "base/error.h"
#include "inbox/accepted-key-table.h"
#include "inbox/slip-code.h"
#include "inbox/slip-printer.h"
#include "inbox/closed-table.h"
#include "base/language.h"
#include "kiosk/self-check.h"
#include "letter/number.h"
#include "paper/font-check.h"
#include "paper/pdf-process.h"
#include "paper/slip-paper.h"

struct _AccStation {
  GObject parent_instance;

  char *store_dir;
  AccWorker *store_worker;
  AccWorker *paper_worker;
  AccWorker *printer_worker; /* NULL until a slip is printed: neither of the two others waits for a printer */

  gboolean opening, opened; /* has begun, and has ended */
  GError *failure;          /* what came of it; NULL: it is open */
  GTask *waiting;           /* who asked for that; NULL: nobody yet */

  /* Set while opening, read only afterwards. */
  AccConfig *config;
  AccLetterhead *letterhead;
  GPtrArray *languages;
  GBytes *slip_key;

  AccWording *wording; /* the last sketch's, and for which language; the main thread only */
  char *wording_language;
  AccStore *inbox; /* the store's thread only */
};

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccStation, acc_station, G_TYPE_OBJECT)

/* A letter on its way to being ready. */
typedef struct {
  AccLetter *letter;
  char *number;
} Preparation;

static void
preparation_free (gpointer data)
{
  Preparation *preparation = data;

  g_clear_object (&preparation->letter);
  g_free (preparation->number);
  g_free (preparation);
}

static void
close_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStore **inbox = data;

  g_clear_object (inbox);
  g_task_return_boolean (task, TRUE);
}

/* A connection ends on the thread that it was used on. */
static void
close_inbox (AccStation *self)
{
  g_autoptr (GTask) task = NULL;
  AccStore **inbox;

  if (self->inbox == NULL)
    return;
  inbox = g_new0 (AccStore *, 1);
  *inbox = g_steal_pointer (&self->inbox);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, inbox, g_free);
  acc_worker_run (self->store_worker, task, close_body);
}

static void
acc_station_dispose (GObject *object)
{
  AccStation *self = ACC_STATION (object);

  close_inbox (self);
  g_clear_object (&self->store_worker);
  g_clear_object (&self->paper_worker);
  g_clear_object (&self->printer_worker);
  G_OBJECT_CLASS (acc_station_parent_class)->dispose (object);
}

static void
acc_station_finalize (GObject *object)
{
  AccStation *self = ACC_STATION (object);

  g_free (self->store_dir);
  g_clear_object (&self->config);
  g_clear_object (&self->letterhead);
  g_clear_pointer (&self->languages, g_ptr_array_unref);
  g_clear_pointer (&self->slip_key, g_bytes_unref);
  g_clear_object (&self->wording);
  g_free (self->wording_language);
  g_clear_error (&self->failure);
  G_OBJECT_CLASS (acc_station_parent_class)->finalize (object);
}

static void
acc_station_class_init (AccStationClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_station_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_station_finalize;

  signals[LOADED] = g_signal_new ("loaded", ACC_TYPE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_station_init (AccStation *self)
{
  self->store_worker = acc_worker_new ("store");
  self->paper_worker = acc_worker_new ("paper");
}

AccStation *
acc_station_new (const char *store_dir)
{
  AccStation *self;

  g_return_val_if_fail (store_dir != NULL, NULL);

  self = g_object_new (ACC_TYPE_STATION, NULL);
  self->store_dir = g_strdup (store_dir);
  return self;
}

/* Fonts first: a letterhead names some, and its own refusal would tell of one alone. */
static gboolean
load_brand (AccStation *self, GError **error)
{
  if (!acc_font_check_families (error))
    return FALSE;
  self->config = acc_config_load (self->store_dir, error);
  if (self->config == NULL)
    return FALSE;
  self->letterhead = acc_letterhead_load_named (acc_config_get (self->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  self->languages = acc_language_list_offered (acc_config_get (self->config, ACC_CONFIG_KIOSK_LANGUAGES));
  return self->letterhead != NULL;
}

/* Read each time: a kiosk that runs for weeks follows when the branch has a new key. */
static AccBranchKey *
load_branch_key (AccStation *self, GError **error)
{
  g_autofree char *path = acc_inbox_branch_key_path (self->store_dir);

  return acc_branch_key_load (path, error);
}

/* No key, or another branch's: no capture. It never falls back to clear text. */
static gboolean
open_inbox (AccStation *self, GError **error)
{
  g_autoptr (AccBranchKey) branch_key = NULL;

  self->inbox = acc_inbox_open (self->store_dir, ACC_STORE_WRITE, error);
  self->slip_key = self->inbox != NULL ? acc_slip_key_load (self->store_dir, error) : NULL;
  if (self->slip_key == NULL)
    return FALSE;
  branch_key = load_branch_key (self, error);
  return branch_key != NULL && acc_accepted_key_check (self->inbox, branch_key, error);
}

/* Told before a client starts: later it would cost a letter. */
static gboolean
is_fit (AccStation *self, GError **error)
{
  return acc_closed_check (self->inbox, acc_config_get (self->config, ACC_CONFIG_KIOSK_ID), error)
         && acc_self_check_room (self->inbox, error) && acc_self_check_key (self->inbox, self->store_dir, error);
}

static void
open_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;

  if (load_brand (self, &error) && open_inbox (self, &error) && is_fit (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
trial_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;

  if (acc_self_check_paper (self->letterhead, acc_station_get_branch (self), acc_station_get_paper (self), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_stores_open (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  acc_worker_run (self->paper_worker, task, trial_body);
  g_signal_emit (self, signals[LOADED], 0);
}

/* To whoever asked, once both have come. */
static void
give_opened (AccStation *self)
{
  g_autoptr (GTask) waiting = NULL;

  if (!self->opened || self->waiting == NULL)
    return;
  waiting = g_steal_pointer (&self->waiting);
  if (self->failure == NULL)
    g_task_return_boolean (waiting, TRUE);
  else
    g_task_return_error (waiting, g_error_copy (self->failure));
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);

  self->opened = TRUE;
  g_task_propagate_boolean (G_TASK (result), &self->failure);
  give_opened (self);
}

void
acc_station_begin_opening (AccStation *self)
{
  g_autoptr (GTask) stores = NULL;

  g_return_if_fail (ACC_IS_STATION (self));

  if (self->opening)
    return;
  self->opening = TRUE;
  stores = g_task_new (self, NULL, on_stores_open, g_task_new (self, NULL, on_tried, NULL));
  acc_worker_run (self->store_worker, stores, open_body);
  acc_pdf_process_keep_spare (); /* the trial's */
}

void
acc_station_open_async (AccStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (ACC_IS_STATION (self));
  g_return_if_fail (self->waiting == NULL);

  self->waiting = g_task_new (self, NULL, callback, data);
  acc_station_begin_opening (self);
  give_opened (self);
}

gboolean
acc_station_open_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fit_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (is_fit (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
acc_station_look_async (AccStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_STATION (self));

  task = g_task_new (self, NULL, callback, data);
  acc_worker_run (self->store_worker, task, fit_body);
}

gboolean
acc_station_look_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

AccLetterhead *
acc_station_get_letterhead (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->letterhead;
}

AccWorker *
acc_station_get_paper_worker (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->paper_worker;
}

const char *
acc_station_get_branch (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return acc_config_get (self->config, ACC_CONFIG_BRANCH_NAME);
}

AccConfig *
acc_station_get_config (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->config;
}

GPtrArray *
acc_station_get_languages (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), NULL);

  return self->languages;
}

AccPaper
acc_station_get_paper (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), ACC_PAPER_LETTER);

  return g_str_equal (acc_config_get (self->config, ACC_CONFIG_BRANCH_PAPER), "a4") ? ACC_PAPER_A4 : ACC_PAPER_LETTER;
}

static void
departments_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;
  GStrv names = acc_inbox_list_departments (self->inbox, &error);

  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

void
acc_station_list_departments_async (AccStation *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_STATION (self));

  task = g_task_new (self, NULL, callback, data);
  acc_worker_run (self->store_worker, task, departments_body);
}

GStrv
acc_station_list_departments_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The bank's words in the sketch's language. */
static AccWording *
get_wording (AccStation *self, const char *language, GError **error)
{
  if (self->wording == NULL || g_strcmp0 (self->wording_language, language) != 0)
    {
      g_clear_object (&self->wording);
      g_free (self->wording_language);
      self->wording_language = g_strdup (language);
      self->wording = acc_wording_load (self->letterhead, language, error);
    }
  return self->wording;
}

AccPages *
acc_station_sketch (AccStation *self, AccLetter *sketch, const char *number, AccPages *previous)
{
  g_autoptr (AccComposition) composition = NULL;
  g_autoptr (GError) error = NULL;
  AccWording *wording;
  AccPages *pages = NULL;

  g_return_val_if_fail (ACC_IS_STATION (self), NULL);
  g_return_val_if_fail (ACC_IS_LETTER (sketch), NULL);

  wording = get_wording (self, acc_letter_get_fields (sketch)->language, &error);
  if (wording != NULL)
    {
      composition = acc_composition_new_letter (sketch, wording, acc_station_get_branch (self), number);
      pages = acc_typeset_again (composition, self->letterhead, previous, &error);
    }
  if (pages == NULL)
    g_debug ("The sketch was not laid out: %s", error->message);
  return pages;
}

static void
ready_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  Preparation *preparation = data;
  GError *error = NULL;
  AccReadyLetter *ready = acc_ready_letter_new (preparation->letter, preparation->number, self->letterhead,
                                                acc_station_get_branch (self), &error);
  g_autoptr (AccBranchKey) branch_key = NULL;

  if (ready == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  branch_key = load_branch_key (self, NULL); /* without one, sending tells of it */
  if (branch_key != NULL)
    acc_ready_letter_seal (ready, branch_key);
  acc_ready_letter_add_slip (ready, self->slip_key);
  g_task_return_pointer (task, ready, g_object_unref);
}

/* After an error at the commit the letter may lie there all the same. What the client has changed since must
 * not vanish behind it: the changed letter is another one then. */
static void
look_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  Preparation *preparation = data;
  GError *error = NULL;
  gboolean known = FALSE;

  if (!acc_inbox_knows (self->inbox, preparation->number, &known, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (known)
    {
      g_free (preparation->number);
      preparation->number = acc_number_new ();
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    acc_worker_run (self->paper_worker, task, ready_body);
}

void
acc_station_prepare_async (AccStation *self, AccLetter *letter, const char *number, gboolean tried,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Preparation *preparation;

  g_return_if_fail (ACC_IS_STATION (self));
  g_return_if_fail (ACC_IS_LETTER (letter));
  g_return_if_fail (number != NULL);

  preparation = g_new0 (Preparation, 1);
  preparation->letter = g_object_ref (letter);
  preparation->number = g_strdup (number);
  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, preparation, preparation_free);
  if (tried)
    {
      g_autoptr (GTask) look = g_task_new (self, NULL, on_looked, g_object_ref (task));

      g_task_set_task_data (look, preparation, NULL);
      acc_worker_run (self->store_worker, look, look_body);
    }
  else
    {
      acc_worker_run (self->paper_worker, task, ready_body);
    }
}

AccReadyLetter *
acc_station_prepare_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
send_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  GError *error = NULL;
  g_autoptr (AccBranchKey) branch_key = load_branch_key (self, &error);

  if (branch_key != NULL
      && acc_submit (self->inbox, branch_key, acc_config_get (self->config, ACC_CONFIG_KIOSK_ID), data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
acc_station_send_async (AccStation *self, AccReadyLetter *ready, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ACC_IS_STATION (self));
  g_return_if_fail (ACC_IS_READY_LETTER (ready));

  task = g_task_new (self, NULL, callback, data);
  g_task_set_task_data (task, g_object_ref (ready), g_object_unref);
  acc_worker_run (self->store_worker, task, send_body);
}

gboolean
acc_station_send_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- slips ---- */

/* What is asked of a slip. */
typedef struct {
  char *code; /* to be looked up; NULL: @number is known */
  char *number;
  AccRequestKind kind;
} SlipCall;

static void
slip_call_free (gpointer data)
{
  SlipCall *call = data;

  g_free (call->code);
  g_free (call->number);
  g_free (call);
}

static void
slip_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  SlipCall *call = data;
  const AccSlip known = { .number = call->number };
  GError *error = NULL;
  AccSlip *slip = call->code != NULL
                    ? acc_slip_look_up (self->inbox, self->slip_key, call->code, &error)
                    : acc_slip_ask (self->inbox, acc_config_get (self->config, ACC_CONFIG_KIOSK_ID), &known, call->kind,
                                    &error);

  if (slip != NULL)
    g_task_return_pointer (task, slip, (GDestroyNotify) acc_slip_free);
  else
    g_task_return_error (task, error);
}

static void
run_slip_call (AccStation *self, SlipCall *call, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_task_data (task, call, slip_call_free);
  acc_worker_run (self->store_worker, task, slip_body);
}

void
acc_station_look_up_slip_async (AccStation *self, const char *code, GAsyncReadyCallback callback, gpointer data)
{
  SlipCall *call;

  g_return_if_fail (ACC_IS_STATION (self) && code != NULL);

  call = g_new0 (SlipCall, 1);
  call->code = g_strdup (code);
  run_slip_call (self, call, callback, data);
}

AccSlip *
acc_station_look_up_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
acc_station_ask_slip_async (AccStation *self, const AccSlip *slip, AccRequestKind kind, GAsyncReadyCallback callback,
                            gpointer data)
{
  SlipCall *call;

  g_return_if_fail (ACC_IS_STATION (self) && slip != NULL);

  call = g_new0 (SlipCall, 1);
  call->number = g_strdup (slip->number);
  call->kind = kind;
  run_slip_call (self, call, callback, data);
}

AccSlip *
acc_station_ask_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- a slip on paper ---- */

gboolean
acc_station_has_slip_printer (AccStation *self)
{
  g_return_val_if_fail (ACC_IS_STATION (self), FALSE);

  return *acc_config_get (self->config, ACC_CONFIG_KIOSK_RECEIPT_PRINTER) != '\0';
}

static void
print_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  AccStation *self = source;
  const char *printer = acc_config_get (self->config, ACC_CONFIG_KIOSK_RECEIPT_PRINTER);
  GError *error = NULL;

  if (acc_slip_printer_print (printer, data, acc_worker_get_ending (self->printer_worker), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
slip_paper_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const AccSlipPaper *slip = data;
  GError *error = NULL;
  GBytes *pdf = acc_slip_paper_write (slip, &error);

  if (pdf != NULL)
    g_task_return_pointer (task, pdf, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
on_slip_written (GObject *source, GAsyncResult *result, gpointer data)
{
  AccStation *self = ACC_STATION (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GBytes *pdf = g_task_propagate_pointer (G_TASK (result), &error);

  if (pdf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, pdf, (GDestroyNotify) g_bytes_unref);
  if (self->printer_worker == NULL)
    self->printer_worker = acc_worker_new ("printer");
  acc_worker_run (self->printer_worker, task, print_body);
}

static void
slip_paper_free (gpointer data)
{
  AccSlipPaper *slip = data;

  g_free ((char *) slip->date);
  g_free ((char *) slip->code);
  g_free ((char *) slip->number);
  g_free (slip);
}

void
acc_station_print_slip_async (AccStation *self, const char *number, const char *code, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) writing = NULL;
  AccSlipPaper *slip;

  g_return_if_fail (ACC_IS_STATION (self) && number != NULL && code != NULL);

  slip = g_new0 (AccSlipPaper, 1);
  slip->branch = acc_station_get_branch (self);
  slip->date = acc_clock_today ();
  slip->code = g_strdup (code);
  slip->number = acc_number_short (number);
  slip->language = acc_language_get ();
  writing = g_task_new (self, NULL, on_slip_written, g_task_new (self, NULL, callback, data));
  g_task_set_task_data (writing, slip, slip_paper_free);
  acc_worker_run (self->paper_worker, writing, slip_paper_body);
}

gboolean
acc_station_print_slip_finish (AccStation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
