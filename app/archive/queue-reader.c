/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/queue-reader.h"

#include "archive/queue-table-private.h"
#include "base/error.h"
#include "vault/bankers.h"

#define BATCH 32                       /* letters, a screenful: opened and indexed before anything else is looked at */
#define PATIENCE (G_TIME_SPAN_MILLISECOND * 15) /* a part: whoever opens a letter meanwhile waits no longer */

/* What waits for a banker or a manager, in the order in which it is read. */
static const AccState open_states[] = { ACC_STATE_WAITING, ACC_STATE_CLAIMED, ACC_STATE_HELD, ACC_STATE_APPROVED };

struct _AccQueueReader {
  GObject parent_instance;

  AccStore *desk;
  AccIdentity *identity;
  AccSearch *search;
  AccQueueWatch watch; /* NULL: nobody watches */
  gpointer watch_data;
  GHashTable *read; /* numbers of letters */
  guint phase;      /* of open_states; after them the others, newest first; then nothing */
  gint64 last;      /* sequence within the phase */
  gint64 entry;     /* of the journal: changes up to there are known; -1: nothing was read */
  gboolean begun;   /* a part was given out */
  gboolean counted; /* what follows is known */
  guint counts[ACC_STATE_N], n_mine;
};

G_DEFINE_FINAL_TYPE (AccQueueReader, acc_queue_reader, G_TYPE_OBJECT)

#define PHASE_REST G_N_ELEMENTS (open_states)
#define PHASE_END (PHASE_REST + 1)

void
acc_queue_part_free (AccQueuePart *part)
{
  g_clear_pointer (&part->items, g_ptr_array_unref);
  g_free (part);
}

static void
acc_queue_reader_finalize (GObject *object)
{
  AccQueueReader *self = ACC_QUEUE_READER (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->identity);
  g_clear_object (&self->search);
  g_hash_table_unref (self->read);
  G_OBJECT_CLASS (acc_queue_reader_parent_class)->finalize (object);
}

static void
acc_queue_reader_class_init (AccQueueReaderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_queue_reader_finalize;
}

static void
acc_queue_reader_init (AccQueueReader *self)
{
  self->read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->entry = -1;
}

AccQueueReader *
acc_queue_reader_new (AccStore *desk, AccIdentity *identity, AccSearch *search)
{
  AccQueueReader *self;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (search == NULL || ACC_IS_SEARCH (search), NULL);

  self = g_object_new (ACC_TYPE_QUEUE_READER, NULL);
  self->desk = g_object_ref (desk);
  self->identity = g_object_ref (identity);
  g_set_object (&self->search, search);
  return self;
}

void
acc_queue_reader_set_watch (AccQueueReader *self, AccQueueWatch watch, gpointer data)
{
  g_return_if_fail (ACC_IS_QUEUE_READER (self));
  self->watch = watch;
  self->watch_data = data;
}

/* ---- one letter ---- */

/* What an item can stand for although its letter cannot be opened: damage, or erased just now. Anything else (a store
 * that is busy, say) ends the reading. */
static gboolean
may_show_closed (const GError *error)
{
  return error == NULL || g_error_matches (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED)
         || g_error_matches (error, ACC_ERROR, ACC_ERROR_INPUT)
         || g_error_matches (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
}

/* A batch that is being read: its items, and the letters for the index. */
typedef struct {
  GPtrArray *bankers, *items;
  GPtrArray *opened; /* of AccOpenedLetter */
} Batch;

static gboolean
read_letter (AccQueueReader *self, const char *number, Batch *batch, GError **error)
{
  g_autoptr (AccRecord) record = acc_archive_find (self->desk, number, error);
  g_autoptr (AccOpenedLetter) opened = NULL;
  g_autoptr (GError) failure = NULL;

  if (record == NULL)
    return FALSE;
  if (record->state != ACC_STATE_ERASED)
    opened = acc_opened_letter_new (self->desk, self->identity, number, &failure);
  if (!may_show_closed (failure))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_ptr_array_add (batch->items, acc_queue_item_new (record, batch->bankers, opened, failure));
  g_hash_table_add (self->read, g_strdup (number));
  if (self->watch != NULL)
    self->watch (record, opened, self->watch_data);
  if (opened != NULL)
    g_ptr_array_add (batch->opened, g_steal_pointer (&opened));
  else if (self->search != NULL)
    return acc_search_remove (self->search, number, error);
  return TRUE;
}

static gboolean
index_letters (AccQueueReader *self, GPtrArray *opened, GError **error)
{
  g_autofree AccSearchLetter *letters = g_new (AccSearchLetter, MAX (opened->len, 1));

  for (guint i = 0; i < opened->len; i++)
    {
      AccOpenedLetter *letter = g_ptr_array_index (opened, i);
      const AccRecord *record = acc_opened_letter_get_record (letter);

      letters[i] = (AccSearchLetter) { record->sequence, record->number, acc_opened_letter_get_letter (letter) };
    }
  return self->search == NULL || acc_search_add (self->search, letters, opened->len, error);
}

/* @numbers, each once; with @unread, those alone that were not read yet. */
static gboolean
read_batch (AccQueueReader *self, GPtrArray *numbers, gboolean unread, GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) bankers = acc_bankers_list (self->desk, error);
  g_autoptr (GPtrArray) opened = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  Batch batch = { bankers, items, opened };

  if (bankers == NULL)
    return FALSE;
  for (guint i = 0; i < numbers->len; i++)
    {
      const char *number = g_ptr_array_index (numbers, i);

      if ((unread && g_hash_table_contains (self->read, number)) || !g_hash_table_add (done, (gpointer) number))
        continue;
      if (!read_letter (self, number, &batch, error))
        return FALSE;
    }
  return index_letters (self, opened, error);
}

/* ---- the parts ---- */

static gboolean
count (AccQueueReader *self, GError **error)
{
  self->counted = acc_queue_table_count (self->desk, acc_identity_get_banker (self->identity)->id, self->counts,
                                         &self->n_mine, error);
  return self->counted;
}

/* What has changed since; *@more: there may be more of it. The first time, all that follows counts. */
static gboolean
read_changes (AccQueueReader *self, GPtrArray *items, gboolean *more, GError **error)
{
  gint64 entry = self->entry;
  g_autoptr (GPtrArray) numbers = NULL;

  *more = FALSE;
  if (self->entry < 0)
    return acc_queue_table_find_last_entry (self->desk, &self->entry, error);
  numbers = acc_queue_table_next_changed (self->desk, &entry, BATCH, error);
  if (numbers == NULL)
    return FALSE;
  if (numbers->len == 0)
    return TRUE;
  if (!read_batch (self, numbers, FALSE, items, error) || (self->counted && !count (self, error)))
    return FALSE;
  self->entry = entry;
  *more = numbers->len == BATCH;
  return TRUE;
}

static gboolean
read_on (AccQueueReader *self, GPtrArray *items, GError **error)
{
  gint64 last = self->last;
  g_autoptr (GPtrArray) numbers
    = self->phase < PHASE_REST ? acc_queue_table_next_of_state (self->desk, open_states[self->phase], &last, BATCH, error)
                               : acc_queue_table_next_back (self->desk, &last, BATCH, error);

  if (numbers == NULL || !read_batch (self, numbers, TRUE, items, error))
    return FALSE;
  self->last = last;
  if (numbers->len < BATCH)
    {
      self->phase++;
      self->last = self->phase == PHASE_REST ? G_MAXINT64 : 0;
    }
  return TRUE;
}

/* What was read before a failure would be missing: it is read again. */
static void
forget (AccQueueReader *self, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    g_hash_table_remove (self->read, acc_queue_item_get_number (g_ptr_array_index (items, i)));
  self->phase = 0;
  self->last = 0;
}

/* The first part is waited for: it ends with the first screenful. */
static gboolean
is_enough (AccQueueReader *self, const AccQueuePart *part, gint64 end)
{
  return g_get_monotonic_time () >= end || (!self->begun && part->items->len >= BATCH);
}

static gboolean
read_part (AccQueueReader *self, AccQueuePart *part, GError **error)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  gboolean more = FALSE;

  do
    if (!read_changes (self, part->items, &more, error)
        || (!more && self->phase < PHASE_END && !read_on (self, part->items, error)))
      return FALSE;
  while ((more || self->phase < PHASE_END) && !is_enough (self, part, end));
  part->whole = !more && self->phase == PHASE_END;
  part->open_read = self->phase >= PHASE_REST;
  /* Counting takes the longer the more letters there are: the first part goes without, unless it is the only one. */
  return self->counted || (!self->begun && !part->whole) || count (self, error);
}

static void
tell_counts (AccQueueReader *self, AccQueuePart *part)
{
  part->counted = self->counted;
  part->n_read = g_hash_table_size (self->read);
  if (!self->counted)
    return;
  memcpy (part->counts, self->counts, sizeof part->counts);
  for (guint i = 0; i < ACC_STATE_N; i++)
    part->n_letters += part->counts[i];
  part->n_mine = self->n_mine;
  part->n_read = MIN (part->n_read, part->n_letters);
}

AccQueuePart *
acc_queue_reader_next (AccQueueReader *self, GError **error)
{
  g_autoptr (AccQueuePart) part = g_new0 (AccQueuePart, 1);

  g_return_val_if_fail (ACC_IS_QUEUE_READER (self), NULL);

  part->items = g_ptr_array_new_with_free_func (g_object_unref);
  if (!read_part (self, part, error))
    {
      forget (self, part->items);
      return NULL;
    }
  tell_counts (self, part);
  self->begun = TRUE;
  return g_steal_pointer (&part);
}
