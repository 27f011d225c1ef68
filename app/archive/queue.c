/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/queue.h"

#include <glib/gi18n-lib.h>

#include "archive/opened-letter.h"
#include "base/clock.h"
#include "base/error.h"
#include "letter/number.h"
#include "vault/bankers.h"

struct _AccQueueItem {
  GObject parent_instance;
  char *number, *short_number;
  AccState state;
  char *addressee, *department, *author;
  char *submitted_at;
  GDateTime *submitted; /* the same, here; NULL: no moment */
  gint64 sequence;
  char *claimed_by, *note;
};

G_DEFINE_FINAL_TYPE (AccQueueItem, acc_queue_item, G_TYPE_OBJECT)

enum {
  PROP_NUMBER = 1,
  PROP_SHORT_NUMBER,
  PROP_STATE,
  PROP_STATE_LABEL,
  PROP_ADDRESSEE,
  PROP_DEPARTMENT,
  PROP_AUTHOR,
  PROP_SUBMITTED_AT,
  PROP_AGE,
  PROP_CLAIMED_BY,
  PROP_NOTE,
  PROP_SEQUENCE,
  N_PROPS
};

static const char *
get_text (AccQueueItem *self, guint property)
{
  switch (property)
    {
    case PROP_NUMBER:
      return self->number;
    case PROP_SHORT_NUMBER:
      return self->short_number;
    case PROP_STATE:
      return acc_state_to_text (self->state);
    case PROP_STATE_LABEL:
      return acc_state_to_label (self->state);
    case PROP_ADDRESSEE:
      return self->addressee;
    case PROP_DEPARTMENT:
      return self->department;
    case PROP_AUTHOR:
      return self->author;
    case PROP_SUBMITTED_AT:
      return self->submitted_at;
    case PROP_CLAIMED_BY:
      return self->claimed_by;
    case PROP_NOTE:
      return self->note;
    default:
      return NULL;
    }
}

static void
acc_queue_item_get_property (GObject *object, guint property, GValue *value, GParamSpec *spec)
{
  AccQueueItem *self = ACC_QUEUE_ITEM (object);

  if (property == PROP_AGE)
    g_value_take_string (value, acc_queue_item_dup_age (self));
  else if (property == PROP_SEQUENCE)
    g_value_set_int64 (value, self->sequence);
  else if (property < PROP_SEQUENCE)
    g_value_set_string (value, get_text (self, property));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, spec);
}

static void
acc_queue_item_finalize (GObject *object)
{
  AccQueueItem *self = ACC_QUEUE_ITEM (object);

  g_free (self->number);
  g_free (self->short_number);
  g_free (self->addressee);
  g_free (self->department);
  g_free (self->author);
  g_free (self->submitted_at);
  g_clear_pointer (&self->submitted, g_date_time_unref);
  g_free (self->claimed_by);
  g_free (self->note);
  G_OBJECT_CLASS (acc_queue_item_parent_class)->finalize (object);
}

static void
acc_queue_item_class_init (AccQueueItemClass *class)
{
  static const char *const texts[] = {
    [PROP_NUMBER] = "number",
    [PROP_SHORT_NUMBER] = "short-number",
    [PROP_STATE] = "state",
    [PROP_STATE_LABEL] = "state-label",
    [PROP_ADDRESSEE] = "addressee",
    [PROP_DEPARTMENT] = "department",
    [PROP_AUTHOR] = "author",
    [PROP_SUBMITTED_AT] = "submitted-at",
    [PROP_AGE] = "age",
    [PROP_CLAIMED_BY] = "claimed-by",
    [PROP_NOTE] = "note",
  };
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = acc_queue_item_get_property;
  object_class->finalize = acc_queue_item_finalize;
  for (guint i = PROP_NUMBER; i < G_N_ELEMENTS (texts); i++)
    g_object_class_install_property (object_class, i, g_param_spec_string (texts[i], NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_SEQUENCE,
                                   g_param_spec_int64 ("sequence", NULL, NULL, 0, G_MAXINT64, 0, flags));
}

static void
acc_queue_item_init (AccQueueItem *self)
{
  self->note = g_strdup ("");
}

const char *
acc_queue_item_get_number (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);
  return self->number;
}

AccState
acc_queue_item_get_state (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), ACC_STATE_WAITING);
  return self->state;
}

const char *
acc_queue_item_get_addressee (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);
  return self->addressee;
}

const char *
acc_queue_item_get_department (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);
  return self->department;
}

const char *
acc_queue_item_get_author (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);
  return self->author;
}

const char *
acc_queue_item_get_claimed_by (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);
  return self->claimed_by;
}

const char *
acc_queue_item_get_note (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);
  return self->note;
}

gint64
acc_queue_item_get_sequence (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), 0);
  return self->sequence;
}

gboolean
acc_queue_item_is_open (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), FALSE);

  switch (self->state)
    {
    case ACC_STATE_WAITING:
    case ACC_STATE_CLAIMED:
    case ACC_STATE_HELD:
    case ACC_STATE_APPROVED:
      return TRUE;
    default:
      return FALSE;
    }
}

gint64
acc_queue_item_get_wait (AccQueueItem *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), 0);

  if (self->submitted == NULL || !acc_queue_item_is_open (self))
    return 0;
  return MAX (acc_clock_now () / G_USEC_PER_SEC - g_date_time_to_unix (self->submitted), 0);
}

void
acc_queue_item_set_note (AccQueueItem *self, const char *note)
{
  g_return_if_fail (ACC_IS_QUEUE_ITEM (self) && note != NULL);
  g_free (self->note);
  self->note = g_strdup (note);
}

static void
set_date (GDate *date, GDateTime *time)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, g_date_time_get_day_of_month (time), g_date_time_get_month (time), g_date_time_get_year (time));
}

/* By calendar days here, whatever the offset the stamp was written with. A stamp from the future (a clock that was set
 * back) counts as today. */
char *
acc_queue_item_dup_age (AccQueueItem *self)
{
  g_autoptr (GDateTime) now = NULL;
  GDate today, day;
  int days;

  g_return_val_if_fail (ACC_IS_QUEUE_ITEM (self), NULL);

  if (self->submitted == NULL)
    return g_strdup ("");
  now = g_date_time_new_from_unix_local (acc_clock_now () / G_USEC_PER_SEC);
  set_date (&today, now);
  set_date (&day, self->submitted);
  days = g_date_days_between (&day, &today);
  if (days <= 0)
    /* Translators: a time of today, as strftime */
    return g_date_time_format (self->submitted, _ ("today, %H:%M"));
  if (days == 1)
    return g_strdup (_ ("yesterday"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", days), days);
}

static GDateTime *
read_stamp (const char *stamp)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (stamp, NULL);

  return time != NULL ? g_date_time_to_local (time) : NULL;
}

static char *
join_addressees (const AccLetterFields *fields)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < fields->n_to; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", fields->to[i].name);
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static char *
join_departments (const AccLetterFields *fields)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < fields->n_to; i++)
    if (*fields->to[i].department != '\0'
        && !g_ptr_array_find_with_equal_func (names, fields->to[i].department, g_str_equal, NULL))
      g_ptr_array_add (names, fields->to[i].department);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static char *
describe_author (const AccLetterFields *fields)
{
  guint n_more = fields->n_from - 1;

  if (n_more == 0)
    return g_strdup (fields->from[0].name);
  /* Translators: the first name on a letter, and how many signed it besides */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s and %u more", "%s and %u more", n_more),
                          fields->from[0].name, n_more);
}

static void
fill_opened (AccQueueItem *self, AccOpenedLetter *letter)
{
  const AccLetterFields *fields = acc_letter_get_fields (acc_opened_letter_get_letter (letter));

  self->addressee = join_addressees (fields);
  self->department = join_departments (fields);
  self->author = describe_author (fields);
}

static void
fill_closed (AccQueueItem *self, const AccRecord *record, const GError *failure)
{
  if (record->state == ACC_STATE_ERASED)
    self->addressee = g_strdup_printf (_ ("erased on %.10s"), record->changed_at);
  else if (g_error_matches (failure, ACC_ERROR, ACC_ERROR_INPUT)) /* since the record was read */
    self->addressee = g_strdup (_ ("erased"));
  else
    self->addressee = g_strdup (_ ("cannot be opened"));
  self->department = g_strdup ("");
  self->author = g_strdup ("");
}

static const char *
find_banker_name (GPtrArray *bankers, gint64 id)
{
  for (guint i = 0; i < bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (bankers, i);

      if (banker->id == id)
        return banker->name;
    }
  return "";
}

AccQueueItem *
acc_queue_item_new (const AccRecord *record, GPtrArray *bankers, AccOpenedLetter *opened, const GError *failure)
{
  AccQueueItem *self;

  g_return_val_if_fail (record != NULL && bankers != NULL, NULL);

  self = g_object_new (ACC_TYPE_QUEUE_ITEM, NULL);
  self->number = g_strdup (record->number);
  self->short_number = acc_number_short (record->number);
  self->state = record->state;
  self->submitted_at = g_strdup (record->submitted_at);
  self->submitted = read_stamp (record->submitted_at);
  self->sequence = record->sequence;
  self->claimed_by = g_strdup (find_banker_name (bankers, record->claimed_by));
  if (opened != NULL)
    fill_opened (self, opened);
  else
    fill_closed (self, record, failure);
  return self;
}
