/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "archive-support.h"
#include "archive/documents.h"
#include "archive/queue-reader.h"
#include "base/clock.h"
#include "base/error.h"
#include "inbox/submit.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "steps-support.h"

/* ---- opening ---- */

static void
test_opened_letter_is_the_one_that_was_sent (Scene *scene, gconstpointer data)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autoptr (GBytes) json = acc_letter_to_json (letter);
  g_autofree char *number = submit_letter (scene, letter);
  g_autoptr (AccOpenedLetter) opened = NULL;

  take_in (scene, 1);
  opened = open_letter (scene, number);
  g_assert_true (g_bytes_equal (acc_opened_letter_get_json (opened), json));
  g_assert_cmpmem (g_bytes_get_data (acc_opened_letter_get_pdf (opened), NULL), 23, "%PDF-1.5 of this letter", 23);
  g_assert_cmpstr (acc_letter_get_text (acc_opened_letter_get_letter (opened), ACC_FIELD_TO_NAME, 0), ==,
                   "Jessica Okafor");
  g_assert_cmpstr (acc_opened_letter_get_record (opened)->number, ==, number);
  g_assert_nonnull (acc_opened_letter_get_key (opened));
}

static void
test_changed_letter_does_not_open (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *sql;
    int code;
  } changes[] = {
    { "UPDATE document SET body = zeroblob (64)", ACC_ERROR_STORE_DAMAGED },
    { "UPDATE document SET body_hash = replace (body_hash, substr (body_hash, 1, 4), '0000')",
      ACC_ERROR_STORE_DAMAGED },
    { "UPDATE document SET pdf_hash = body_hash", ACC_ERROR_STORE_DAMAGED },
    { "UPDATE letter SET pdf_hash = 'none'", ACC_ERROR_STORE_DAMAGED },
    { "UPDATE letter_key SET key = zeroblob (80)", ACC_ERROR_STORE_DAMAGED },
    { "DELETE FROM letter_key", ACC_ERROR_STORE_DAMAGED },
    { "DELETE FROM document", ACC_ERROR_STORE_DAMAGED },
    { "UPDATE letter SET state = 'erased'", ACC_ERROR_INPUT },
  };
  g_autofree char *number = submit_plain (scene);
  g_autofree char *stranger = acc_number_new ();
  g_autoptr (GError) error = NULL;

  take_in (scene, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      run_sql (scene->desk, "SAVEPOINT sound");
      run_sql (scene->desk, changes[i].sql);
      g_clear_error (&error);
      g_assert_null (acc_opened_letter_new (scene->desk, scene->identity, number, &error));
      g_assert_error (error, ACC_ERROR, changes[i].code);
      g_assert_nonnull (strstr (error->message, number));
      run_sql (scene->desk, "ROLLBACK TO sound");
      run_sql (scene->desk, "RELEASE sound");
    }
  g_clear_error (&error);
  g_assert_null (acc_opened_letter_new (scene->desk, scene->identity, stranger, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
}

/* Whoever holds the public key can seal anything. */
static void
test_sealed_nonsense_is_damage (Scene *scene, gconstpointer data)
{
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autoptr (AccInboxLetter) sent = seal_letter (scene->key, number, letter, "%PDF");
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"format\": 1}", 13);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  g_autoptr (GError) error = NULL;

  acc_sealed_free (sent->sealed);
  sent->sealed = acc_seal (scene->key, number, json, pdf);
  g_assert_true (acc_inbox_add (scene->inbox, sent, NULL));
  take_in (scene, 1);
  g_assert_null (acc_opened_letter_new (scene->desk, scene->identity, number, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_assert_nonnull (strstr (error->message, number));
}

static void
test_document_comes_back_as_it_was_added (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autofree char *other_number = submit_plain (scene);
  g_autoptr (GBytes) cover = g_bytes_new_static ("%PDF-1.5 of a cover", 19);
  g_autoptr (AccOpenedLetter) letter = NULL;
  g_autoptr (AccOpenedLetter) other = NULL;
  g_autoptr (GBytes) back = NULL;
  g_autoptr (GBytes) original = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  take_in (scene, 2);
  letter = open_letter (scene, number);
  other = open_letter (scene, other_number);
  id = acc_documents_add (scene->desk, letter, ACC_DOCUMENT_COVER, cover, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, 3); /* after the two originals */
  back = acc_documents_open (scene->desk, letter, id, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, cover));
  original = acc_documents_open (scene->desk, letter, 1, &error);
  g_assert_true (g_bytes_equal (original, acc_opened_letter_get_pdf (letter)));

  g_assert_null (acc_documents_open (scene->desk, other, id, &error)); /* another letter's */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  run_sql (scene->desk, "UPDATE document SET kind = 'large-print' WHERE id = 3"); /* the kind is bound in */
  g_assert_null (acc_documents_open (scene->desk, letter, id, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_clear_error (&error);
  run_sql (scene->desk, "UPDATE document SET body = zeroblob (60) WHERE id = 3");
  g_assert_null (acc_documents_open (scene->desk, letter, id, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
}

/* ---- the queue ---- */

static AccQueuePart *
read_part (AccQueueReader *reader)
{
  g_autoptr (GError) error = NULL;
  AccQueuePart *part = acc_queue_reader_next (reader, &error);

  g_assert_no_error (error);
  return part;
}

/* As many parts as it takes on this machine, as one. */
static AccQueuePart *
read_whole (AccQueueReader *reader)
{
  AccQueuePart *whole = read_part (reader);

  while (!whole->whole)
    {
      AccQueuePart *next = read_part (reader);

      g_ptr_array_extend (next->items, whole->items, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
      acc_queue_part_free (whole);
      whole = next;
    }
  return whole;
}

/* Every letter, in the order in which it is read. */
static GPtrArray *
read_all (Scene *scene, AccSearch *search)
{
  g_autoptr (AccQueueReader) reader = acc_queue_reader_new (scene->desk, scene->identity, search);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean whole = FALSE;

  while (!whole)
    {
      g_autoptr (AccQueuePart) part = read_part (reader);

      g_ptr_array_extend (items, part->items, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
      whole = part->whole;
    }
  return items;
}

static AccQueueItem *
read_one (Scene *scene, const char *number)
{
  g_autoptr (GPtrArray) items = read_all (scene, NULL);

  for (guint i = 0; i < items->len; i++)
    if (strcmp (acc_queue_item_get_number (g_ptr_array_index (items, i)), number) == 0)
      return g_object_ref (g_ptr_array_index (items, i));
  g_error ("letter %s is not in the queue", number);
}

static char *
get_property (AccQueueItem *item, const char *name)
{
  char *value = NULL;

  g_object_get (item, name, &value, NULL);
  return value;
}

static void
assert_property (AccQueueItem *item, const char *name, const char *expected)
{
  g_autofree char *value = get_property (item, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
freeze_at (const char *when)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (when, zone);

  acc_clock_freeze (g_date_time_to_unix (time) * G_USEC_PER_SEC, acc_clock_boot ());
}

static void
test_queue_tells_who_thanks_whom (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *to[4], *from[4];
    const char *addressee, *department, *author;
  } cases[] = {
    { { "Jessica Okafor" }, { "Ruth Adeyemi" }, "Jessica Okafor", "Payments", "Ruth Adeyemi" },
    { { "Imani Brooks", "Li Wei" }, { "Ruth Adeyemi", "Tom Hale" }, "Imani Brooks, Li Wei", "Payments",
      "Ruth Adeyemi and 1 more" },
    { { "Imani Brooks", "Li Wei", "Ana Sá" }, { "Ruth Adeyemi", "Tom Hale", "Jo Ek" }, "Imani Brooks, Li Wei, Ana Sá",
      "Fraud Operations, Payments", "Ruth Adeyemi and 2 more" },
  };
  g_autoptr (GPtrArray) items = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccLetter) letter
        = make_letter (cases[i].to, i == 2 ? "Fraud Operations" : "Payments", cases[i].from, "She stayed on the line.");
      g_autofree char *number = submit_letter (scene, letter);
    }
  take_in (scene, G_N_ELEMENTS (cases));
  items = read_all (scene, NULL);
  g_assert_cmpuint (items->len, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AccQueueItem *item = g_ptr_array_index (items, i);

      assert_property (item, "addressee", cases[i].addressee);
      assert_property (item, "department", cases[i].department);
      assert_property (item, "author", cases[i].author);
    }
}

static void
test_queue_item_tells_how_far_a_letter_is (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autofree char *short_number = acc_number_short (number);
  g_autoptr (AccQueueItem) item = NULL;
  g_autoptr (AccQueueItem) claimed = NULL;
  gint64 sequence = 0;

  take_in (scene, 1);
  item = read_one (scene, number);
  g_assert_cmpstr (acc_queue_item_get_number (item), ==, number);
  g_assert_cmpuint (acc_queue_item_get_state (item), ==, ACC_STATE_WAITING);
  g_assert_cmpstr (acc_queue_item_get_addressee (item), ==, "Jessica Okafor");
  assert_property (item, "number", number);
  assert_property (item, "short-number", short_number);
  assert_property (item, "state", "waiting");
  assert_property (item, "state-label", "Waiting");
  assert_property (item, "claimed-by", "");
  g_object_get (item, "sequence", &sequence, NULL);
  g_assert_cmpint (sequence, ==, 1);

  g_assert_true (acc_archive_set_state (scene->desk, number, ACC_STATE_WAITING, ACC_STATE_CLAIMED,
                                        acc_identity_get_banker (scene->identity)->id, NULL));
  claimed = read_one (scene, number);
  assert_property (claimed, "state", "claimed");
  assert_property (claimed, "claimed-by", BANKER);
}

static void
test_queue_tells_the_age_in_words (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *now, *age;
  } ages[] = {
    { "2026-11-21T10:42:30", "today, 10:42" },
    { "2026-11-21T23:59:59", "today, 10:42" },
    { "2026-11-22T00:00:01", "yesterday" },
    { "2026-11-23T00:00:00", "2 days" },
    { "2026-11-24T09:00:00", "3 days" },
    { "2027-11-21T09:00:00", "365 days" },
    { "2026-11-20T09:00:00", "today, 10:42" }, /* the clock was set back */
  };
  g_autofree char *number = NULL;

  freeze_at ("2026-11-21T10:42:00");
  number = submit_plain (scene);
  take_in (scene, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (AccQueueItem) item = NULL;

      freeze_at (ages[i].now);
      item = read_one (scene, number);
      assert_property (item, "age", ages[i].age);
    }
}

static void
test_queue_shows_what_cannot_be_opened (Scene *scene, gconstpointer data)
{
  g_autofree char *first = submit_plain (scene);
  g_autofree char *second = submit_plain (scene);
  g_autofree char *third = submit_plain (scene);
  g_autoptr (GPtrArray) items = NULL;

  take_in (scene, 3);
  run_sql (scene->desk, "UPDATE document SET body = zeroblob (64) WHERE id = 1");
  run_sql (scene->desk,
           "UPDATE letter SET state = 'erased', changed_at = '2026-11-22T10:00:00+00:00' WHERE sequence = 2");
  items = read_all (scene, NULL);
  g_assert_cmpuint (items->len, ==, 3);
  assert_property (g_ptr_array_index (items, 0), "addressee", "cannot be opened");
  assert_property (g_ptr_array_index (items, 0), "author", "");
  g_assert_cmpstr (acc_queue_item_get_number (g_ptr_array_index (items, 0)), ==, first);
  assert_property (g_ptr_array_index (items, 1), "addressee", "Jessica Okafor");
  assert_property (g_ptr_array_index (items, 2), "addressee", "erased on 2026-11-22");
}

/* ---- in parts ---- */

typedef struct {
  const char *number;
  AccState from, to;
  AccIdentity *identity;
} Move;

/* As a decision does it: the state and the journal's entry at once. */
static gboolean
move (AccStore *desk, gpointer data, GError **error)
{
  const Move *self = data;

  return acc_archive_set_state (desk, self->number, self->from, self->to,
                                self->to == ACC_STATE_CLAIMED ? acc_identity_get_banker (self->identity)->id : 0, error)
         && acc_archive_note (desk, self->identity, "claimed", self->number, NULL, error);
}

static void
make_move (Scene *scene, const char *number, AccState from, AccState to)
{
  Move self = { number, from, to, scene->identity };
  g_autoptr (GError) error = NULL;

  acc_store_transact (scene->desk, move, &self, &error);
  g_assert_no_error (error);
}

static void
test_reader_begins_with_what_waits (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  static const guint expected[] = { 1, 3, 2, 4, 0 }; /* those that wait, the claimed one, the rest backwards */
  g_autoptr (GPtrArray) items = NULL;

  for (guint i = 0; i < 5; i++)
    g_ptr_array_add (numbers, submit_plain (scene));
  take_in (scene, 5);
  make_move (scene, g_ptr_array_index (numbers, 0), ACC_STATE_WAITING, ACC_STATE_ROUTED);
  make_move (scene, g_ptr_array_index (numbers, 2), ACC_STATE_WAITING, ACC_STATE_CLAIMED);
  make_move (scene, g_ptr_array_index (numbers, 4), ACC_STATE_WAITING, ACC_STATE_DECLINED);
  items = read_all (scene, NULL);
  g_assert_cmpuint (items->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpstr (acc_queue_item_get_number (g_ptr_array_index (items, i)), ==,
                     g_ptr_array_index (numbers, expected[i]));
}

static void
test_reader_tells_what_has_changed_and_nothing_else (Scene *scene, gconstpointer data)
{
  g_autofree char *first = submit_plain (scene), *second = submit_plain (scene), *third = NULL;
  g_autoptr (AccQueueReader) reader = acc_queue_reader_new (scene->desk, scene->identity, NULL);
  g_autoptr (AccQueuePart) whole = NULL, nothing = NULL, changed = NULL, new = NULL;

  take_in (scene, 2);
  whole = read_whole (reader);
  g_assert_cmpuint (whole->items->len, ==, 2);
  g_assert_cmpuint (whole->n_letters, ==, 2);
  g_assert_cmpuint (whole->n_read, ==, 2);
  g_assert_cmpuint (whole->counts[ACC_STATE_WAITING], ==, 2);

  nothing = read_whole (reader);
  g_assert_cmpuint (nothing->items->len, ==, 0);

  make_move (scene, second, ACC_STATE_WAITING, ACC_STATE_CLAIMED);
  changed = read_whole (reader);
  g_assert_cmpuint (changed->items->len, ==, 1);
  assert_property (g_ptr_array_index (changed->items, 0), "number", second);
  assert_property (g_ptr_array_index (changed->items, 0), "claimed-by", BANKER);
  g_assert_cmpuint (changed->counts[ACC_STATE_WAITING], ==, 1);
  g_assert_cmpuint (changed->n_mine, ==, 1);

  third = submit_plain (scene);
  take_in (scene, 1);
  new = read_whole (reader);
  g_assert_cmpuint (new->items->len, ==, 1);
  assert_property (g_ptr_array_index (new->items, 0), "number", third);
  g_assert_cmpuint (new->n_letters, ==, 3);
}

/* More than a part holds; what happens between two of them is told, too. */
static void
test_reader_misses_nothing_between_parts (Scene *scene, gconstpointer data)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autoptr (AccQueueReader) reader = acc_queue_reader_new (scene->desk, scene->identity, search);
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  guint n_parts = 0, n_late = 0;

  for (guint i = 0; i < 400; i++)
    g_ptr_array_add (numbers, submit_plain (scene));
  take_in (scene, 400);
  for (gboolean whole = FALSE; !whole; n_parts++)
    {
      g_autoptr (AccQueuePart) part = read_part (reader);

      for (guint i = 0; i < part->items->len; i++)
        {
          AccQueueItem *item = g_ptr_array_index (part->items, i);

          g_hash_table_replace (states, g_strdup (acc_queue_item_get_number (item)),
                                GUINT_TO_POINTER (acc_queue_item_get_state (item)));
        }
      g_assert_true (part->counted == (n_parts > 0)); /* nobody waits for the counts */
      g_assert_cmpuint (part->n_letters, ==, n_parts > 0 ? 400 + n_late : 0);
      whole = part->whole;
      if (n_parts == 0) /* one that was read, and one that was not; and a new one */
        {
          g_autofree char *late = submit_plain (scene);

          g_assert_false (whole);
          take_in (scene, 1);
          n_late = 1;
          make_move (scene, g_ptr_array_index (numbers, 0), ACC_STATE_WAITING, ACC_STATE_CLAIMED);
          make_move (scene, g_ptr_array_index (numbers, 399), ACC_STATE_WAITING, ACC_STATE_ROUTED);
        }
    }
  g_assert_cmpuint (n_parts, >, 1);
  g_assert_cmpuint (g_hash_table_size (states), ==, 401);
  g_assert_cmpuint (acc_search_count (search), ==, 401);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (states, g_ptr_array_index (numbers, 0))), ==, ACC_STATE_CLAIMED);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (states, g_ptr_array_index (numbers, 399))), ==, ACC_STATE_ROUTED);
}

/* A new reader's first part. */
static AccQueuePart *
read_first_part (Scene *scene, AccQueueReader **reader, guint *n_steps)
{
  AccQueuePart *part;

  *reader = acc_queue_reader_new (scene->desk, scene->identity, NULL);
  steps_take ();
  part = read_part (*reader);
  *n_steps = steps_take ();
  return part;
}

static void
test_first_part_costs_the_same_in_any_branch (Scene *scene, gconstpointer data)
{
  g_autoptr (AccQueueReader) small = NULL, large = NULL;
  g_autoptr (AccQueuePart) first = NULL, of_many = NULL, second = NULL;
  guint n_few, n_many;

  for (guint i = 0; i < 40; i++)
    g_free (submit_plain (scene));
  take_in (scene, 40);
  add_closed_letters (scene->desk, 20, "waiting");
  add_closed_letters (scene->desk, 40, "claimed");
  first = read_first_part (scene, &small, &n_few);
  add_closed_letters (scene->desk, 500, "waiting");
  add_closed_letters (scene->desk, 500, "claimed");
  add_closed_letters (scene->desk, 900, "routed");
  of_many = read_first_part (scene, &large, &n_many);
  g_assert_cmpuint (n_few, >, 0);
  g_assert_cmpuint (n_few, ==, n_many);
  g_assert_cmpuint (of_many->items->len, ==, first->items->len);
  for (guint i = 0; i < of_many->items->len; i++) /* a screenful, oldest first */
    {
      g_assert_cmpint (acc_queue_item_get_sequence (g_ptr_array_index (of_many->items, i)), ==, i + 1);
      g_assert_cmpuint (acc_queue_item_get_state (g_ptr_array_index (of_many->items, i)), ==, ACC_STATE_WAITING);
    }
  g_assert_false (of_many->counted);
  g_assert_false (of_many->whole);
  g_assert_cmpuint (of_many->n_read, ==, of_many->items->len);

  second = read_part (large);
  g_assert_true (second->counted);
  g_assert_cmpuint (second->n_letters, ==, 2000);
  g_assert_cmpuint (second->counts[ACC_STATE_WAITING], ==, 560);
  g_assert_cmpuint (second->counts[ACC_STATE_CLAIMED], ==, 540);
}

/* What waits for somebody is known before the rest is read. */
static void
test_reader_tells_when_what_is_open_is_read (Scene *scene, gconstpointer data)
{
  g_autoptr (AccQueueReader) reader = acc_queue_reader_new (scene->desk, scene->identity, NULL);
  gboolean open_read = FALSE, whole = FALSE;
  guint n_open = 0, n_before = 0;

  g_free (submit_plain (scene));
  take_in (scene, 1);
  add_closed_letters (scene->desk, 300, "held");
  add_closed_letters (scene->desk, 3000, "declined");
  while (!whole)
    {
      g_autoptr (AccQueuePart) part = read_part (reader);

      for (guint i = 0; i < part->items->len; i++)
        n_open += acc_queue_item_get_state (g_ptr_array_index (part->items, i)) != ACC_STATE_DECLINED;
      g_assert_true (!open_read || part->open_read);
      open_read = part->open_read;
      n_before += !open_read;
      g_assert_true (open_read ? n_open == 301 : n_open <= 301);
      whole = part->whole;
    }
  g_assert_cmpuint (n_before, >, 0);
  g_assert_true (open_read);
}

static void
test_item_tells_how_long_it_has_waited (Scene *scene, gconstpointer data)
{
  g_autofree char *number = NULL;
  g_autoptr (AccQueueItem) item = NULL, routed = NULL;

  freeze_at ("2026-11-21T10:42:00");
  number = submit_plain (scene);
  take_in (scene, 1);
  item = read_one (scene, number);
  freeze_at ("2026-11-22T10:42:05");
  g_assert_cmpint (acc_queue_item_get_wait (item), ==, 24 * 3600 + 5);
  freeze_at ("2026-11-20T10:42:05"); /* set back */
  g_assert_cmpint (acc_queue_item_get_wait (item), ==, 0);
  freeze_at ("2026-11-22T10:42:05");
  make_move (scene, number, ACC_STATE_WAITING, ACC_STATE_ROUTED);
  routed = read_one (scene, number);
  g_assert_cmpint (acc_queue_item_get_wait (routed), ==, 0);
}

/* ---- nothing in clear ---- */

static gboolean
folder_holds (const char *path, const char *word)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (file, &bytes, &size, NULL));
      if (memmem (bytes, size, word, strlen (word)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static AccReadyLetter *
make_canary (const char *number)
{
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", NULL);
  g_autoptr (AccLetter) letter
    = make_letter ((const char *const[]) { "Zephyrine Quillfeather", NULL }, "Sprocket Lending",
                   (const char *const[]) { "Thaddeus Wombleton", NULL },
                   "A marmalade-coloured spreadsheet was mended.");
  g_autoptr (GError) error = NULL;
  AccReadyLetter *ready = acc_ready_letter_new (letter, number, letterhead, BRANCH, &error);

  g_assert_no_error (error);
  return ready;
}

static void
test_no_word_of_a_letter_is_in_any_file (Scene *scene, gconstpointer data)
{
  static const char *const canaries[] = {
    "Zephyrine", "Quillfeather", "Sprocket", "Thaddeus", "Wombleton", "marmalade", "spreadsheet", "mended", "%PDF-",
  };
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccReadyLetter) ready = make_canary (number);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_submit (scene->inbox, scene->key, "front", ready, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (canaries); i++)
    g_assert_false (folder_holds (scene->store_dir, canaries[i]));

  take_in (scene, 1);
  items = read_all (scene, NULL);
  assert_property (g_ptr_array_index (items, 0), "addressee", "Zephyrine Quillfeather");
  for (gsize i = 0; i < G_N_ELEMENTS (canaries); i++)
    g_assert_false (folder_holds (scene->store_dir, canaries[i]));
  g_assert_true (folder_holds (scene->store_dir, BRANCH)); /* what is in clear is found */
  g_assert_true (folder_holds (scene->store_dir, number));
}

int
main (int argc, char **argv)
{
  static const SceneTest tests[] = {
    { "/queue/opened-letter-is-the-one-that-was-sent", test_opened_letter_is_the_one_that_was_sent },
    { "/queue/changed-letter-does-not-open", test_changed_letter_does_not_open },
    { "/queue/sealed-nonsense-is-damage", test_sealed_nonsense_is_damage },
    { "/queue/document-comes-back-as-it-was-added", test_document_comes_back_as_it_was_added },
    { "/queue/queue-tells-who-thanks-whom", test_queue_tells_who_thanks_whom },
    { "/queue/queue-item-tells-how-far-a-letter-is", test_queue_item_tells_how_far_a_letter_is },
    { "/queue/queue-tells-the-age-in-words", test_queue_tells_the_age_in_words },
    { "/queue/queue-shows-what-cannot-be-opened", test_queue_shows_what_cannot_be_opened },
    { "/queue/reader-begins-with-what-waits", test_reader_begins_with_what_waits },
    { "/queue/reader-tells-what-has-changed-and-nothing-else", test_reader_tells_what_has_changed_and_nothing_else },
    { "/queue/reader-misses-nothing-between-parts", test_reader_misses_nothing_between_parts },
  { "/queue/first-part-costs-the-same-in-any-branch", test_first_part_costs_the_same_in_any_branch },
  { "/queue/reader-tells-when-what-is-open-is-read", test_reader_tells_when_what_is_open_is_read },
    { "/queue/item-tells-how-long-it-has-waited", test_item_tells_how_long_it_has_waited },
    { "/queue/no-word-of-a-letter-is-in-any-file", test_no_word_of_a_letter_is_in_any_file },
  };

  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
