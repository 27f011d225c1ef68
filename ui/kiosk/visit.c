/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/visit.h"

#include "base/error.h"
#include "base/language.h"
#include "letter/number.h"

struct _AccVisit {
  GObject parent_instance;

  AccStation *station;
  AccForm *form;
  char *number;
  AccReadyLetter *ready; /* made of the form as it is */
  AccForm *prepared;     /* what is being made ready; NULL: nothing */
  guint n_under_way;     /* letters that the station is at, those of forms before as well */
  gboolean sending;
  gboolean tried; /* a submission under this number has failed */
  char *failure;
};

enum { CHANGED, SENT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccVisit, acc_visit, G_TYPE_OBJECT)

static void
acc_visit_finalize (GObject *object)
{
  AccVisit *self = ACC_VISIT (object);

  g_clear_object (&self->station);
  g_clear_object (&self->form);
  g_clear_object (&self->ready);
  g_clear_object (&self->prepared);
  g_free (self->number);
  g_free (self->failure);
  G_OBJECT_CLASS (acc_visit_parent_class)->finalize (object);
}

static void
acc_visit_class_init (AccVisitClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_visit_finalize;

  signals[CHANGED] = g_signal_new ("changed", ACC_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SENT] = g_signal_new ("sent", ACC_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
acc_visit_init (AccVisit *self)
{
  self->number = acc_number_new ();
}

AccVisit *
acc_visit_new (AccStation *station)
{
  AccVisit *self;

  g_return_val_if_fail (ACC_IS_STATION (station), NULL);

  self = g_object_new (ACC_TYPE_VISIT, NULL);
  self->station = g_object_ref (station);
  self->form = acc_form_new (acc_language_get (), acc_station_get_paper (station));
  return self;
}

void
acc_visit_set_form (AccVisit *self, AccForm *form)
{
  g_return_if_fail (ACC_IS_VISIT (self));
  g_return_if_fail (ACC_IS_FORM (form));

  if (!g_set_object (&self->form, form))
    return;
  g_clear_object (&self->ready);
  g_clear_object (&self->prepared);
  g_clear_pointer (&self->failure, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A letter on its way, and the answers that it is made of. */
typedef struct {
  AccVisit *visit;
  AccForm *form;
} Making;

static void
take_letter (AccVisit *self, AccReadyLetter *ready, const GError *error)
{
  g_clear_object (&self->prepared);
  if (ready == NULL)
    {
      self->failure = acc_error_sentence (error);
      return;
    }
  g_set_object (&self->ready, ready);
  g_free (self->number);
  self->number = g_strdup (acc_ready_letter_get_number (ready));
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Making *making = data;
  g_autoptr (AccVisit) self = making->visit;
  g_autoptr (AccForm) form = making->form;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccReadyLetter) ready = acc_station_prepare_finish (ACC_STATION (source), result, &error);

  self->n_under_way--;
  /* Else an answer has changed meanwhile: this letter is not the client's any more. */
  if (self->prepared == form)
    take_letter (self, ready, error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
make_ready (AccVisit *self, AccLetter *letter)
{
  Making *making = g_new0 (Making, 1);

  making->visit = g_object_ref (self);
  making->form = g_object_ref (self->form);
  self->prepared = g_object_ref (self->form);
  self->n_under_way++;
  acc_station_prepare_async (self->station, letter, self->number, self->tried, on_prepared, making);
}

/* One at a time: when that of a form before is done, "changed" comes and this may be asked again. */
void
acc_visit_prepare_ahead (AccVisit *self)
{
  g_autoptr (AccLetter) letter = NULL;

  g_return_if_fail (ACC_IS_VISIT (self));

  if (self->n_under_way > 0 || self->ready != NULL || self->failure != NULL)
    return;
  letter = acc_form_dup_letter (self->form, NULL);
  if (letter != NULL)
    make_ready (self, letter);
}

void
acc_visit_prepare (AccVisit *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = NULL;

  g_return_if_fail (ACC_IS_VISIT (self));

  if (self->prepared != NULL || self->ready != NULL)
    return;
  g_clear_pointer (&self->failure, g_free);
  letter = acc_form_dup_letter (self->form, &error);
  if (letter == NULL)
    self->failure = acc_error_sentence (error);
  else
    make_ready (self, letter);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccVisit) self = data;
  g_autoptr (GError) error = NULL;

  self->sending = FALSE;
  if (acc_station_send_finish (ACC_STATION (source), result, &error))
    {
      g_signal_emit (self, signals[SENT], 0);
      return;
    }
  self->tried = TRUE;
  g_free (self->failure);
  self->failure = acc_error_sentence (error);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
acc_visit_send (AccVisit *self)
{
  g_return_if_fail (ACC_IS_VISIT (self));
  g_return_if_fail (self->ready != NULL);

  if (self->sending)
    return;
  self->sending = TRUE;
  g_clear_pointer (&self->failure, g_free);
  acc_station_send_async (self->station, self->ready, on_sent, g_object_ref (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

AccForm *
acc_visit_get_form (AccVisit *self)
{
  g_return_val_if_fail (ACC_IS_VISIT (self), NULL);

  return self->form;
}

const char *
acc_visit_get_number (AccVisit *self)
{
  g_return_val_if_fail (ACC_IS_VISIT (self), NULL);

  return self->number;
}

AccReadyLetter *
acc_visit_get_ready (AccVisit *self)
{
  g_return_val_if_fail (ACC_IS_VISIT (self), NULL);

  return self->ready;
}

const char *
acc_visit_get_failure (AccVisit *self)
{
  g_return_val_if_fail (ACC_IS_VISIT (self), NULL);

  return self->failure;
}

gboolean
acc_visit_is_preparing (AccVisit *self)
{
  g_return_val_if_fail (ACC_IS_VISIT (self), FALSE);

  return self->prepared != NULL;
}

gboolean
acc_visit_is_sending (AccVisit *self)
{
  g_return_val_if_fail (ACC_IS_VISIT (self), FALSE);

  return self->sending;
}
