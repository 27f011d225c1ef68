/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/search.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "letter/number.h"
#include "store/statement.h"
#include "store/store.h"
#include "vault/hash.h"

#define RANKED_MOST 500      /* letters that are ranked by their words: 10 microseconds each */
#define TIDY_PAGES 64        /* a step of tidying: 4 kB each */
#define PASSAGE_BEFORE 24    /* bytes of a passage before the place that fits; whole words */
#define PASSAGE_CHARACTERS 90

/* The texts are kept beside the index: it is told again what it was told when a letter is taken out of it. Beginnings of one,
 * two and three letters have an index of their own, since nobody can wait while all words that begin so are gathered. */
#define SCHEMA \
  "CREATE TABLE kept (sequence INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, who TEXT NOT NULL," \
  " author TEXT NOT NULL, place TEXT NOT NULL, story TEXT NOT NULL) STRICT;" \
  "CREATE VIRTUAL TABLE word USING fts5 (who, author, place, story, content = '', tokenize = 'ascii'," \
  " prefix = '1 2 3');" \
  "INSERT INTO word (word, rank) VALUES ('rank', 'bm25 (8.0, 6.0, 3.0, 1.0)');"

typedef enum { COLUMN_WHO, COLUMN_AUTHOR, COLUMN_PLACE, COLUMN_STORY, N_COLUMNS } Column;

struct _AccSearch {
  GObject parent_instance;

  GMutex mutex;    /* of what follows */
  AccStore *store; /* NULL: closed */
  guint n_letters;
  gboolean untidy; /* words of a letter that was taken out are still somewhere in it */
};

G_DEFINE_FINAL_TYPE (AccSearch, acc_search, G_TYPE_OBJECT)

static void
acc_search_finalize (GObject *object)
{
  AccSearch *self = ACC_SEARCH (object);

  acc_search_close (self);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (acc_search_parent_class)->finalize (object);
}

static void
acc_search_class_init (AccSearchClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_search_finalize;
}

static void
acc_search_init (AccSearch *self)
{
  g_mutex_init (&self->mutex);
}

AccSearch *
acc_search_new (GError **error)
{
  g_autoptr (AccSearch) self = g_object_new (ACC_TYPE_SEARCH, NULL);

  self->store = acc_store_create_in_memory (SCHEMA, error);
  return self->store != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
check_open (AccSearch *self, GError **error)
{
  if (self->store == NULL)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, _ ("Nobody is signed in."));
  return self->store != NULL;
}

/* ---- what it holds ---- */

typedef struct {
  gint64 sequence;
  const char *number; /* lent */
  GString *texts[N_COLUMNS];
} Adding;

static void
append_line (GString *text, const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
read_letter (AccLetter *letter, const char *number, GString *texts[N_COLUMNS])
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  g_autofree char *short_number = acc_number_short (number);

  for (guint i = 0; i < fields->n_to; i++)
    {
      append_line (texts[COLUMN_WHO], fields->to[i].name);
      append_line (texts[COLUMN_WHO], fields->to[i].called);
      append_line (texts[COLUMN_PLACE], fields->to[i].department);
    }
  for (guint i = 0; i < fields->n_from; i++)
    append_line (texts[COLUMN_AUTHOR], fields->from[i].name);
  append_line (texts[COLUMN_PLACE], short_number);
  append_line (texts[COLUMN_STORY], fields->need);
  append_line (texts[COLUMN_STORY], fields->act);
  append_line (texts[COLUMN_STORY], fields->difference);
  append_line (texts[COLUMN_STORY], fields->banker_name);
  append_line (texts[COLUMN_STORY], fields->banker_words);
  append_line (texts[COLUMN_STORY], fields->apart);
}

/* Tells the index of the words of @texts, or to forget them. */
static gboolean
tell_words (AccStore *store, const char *sql, gint64 sequence, const char *const *texts, GError **error)
{
  g_autoptr (AccStatement) tell = acc_statement_new_kept (store, sql, error);
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean told;

  acc_statement_bind_int (tell, 1, sequence);
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_string_truncate (words, 0);
      acc_search_words_append (words, texts[i]);
      acc_statement_bind_text (tell, (int) i + 2, words->str);
    }
  told = acc_statement_run (tell, error);
  acc_wipe (words->str, words->allocated_len);
  return told;
}

static gboolean
knows (AccStore *store, const char *number, gboolean *known, GError **error)
{
  g_autoptr (AccStatement) find = acc_statement_new_kept (store, "SELECT 1 FROM kept WHERE number = ?1", error);

  acc_statement_bind_text (find, 1, number);
  return acc_statement_step (find, known, error);
}

static gboolean
keep_texts (AccStore *store, gint64 sequence, const char *number, const char *const *texts, GError **error)
{
  g_autoptr (AccStatement) keep
    = acc_statement_new_kept (store, "INSERT INTO kept (sequence, number, who, author, place, story)"
                                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);

  acc_statement_bind_int (keep, 1, sequence);
  acc_statement_bind_text (keep, 2, number);
  for (guint i = 0; i < N_COLUMNS; i++)
    acc_statement_bind_text (keep, (int) i + 3, texts[i]);
  return acc_statement_run (keep, error);
}

static gboolean
add (AccStore *store, const Adding *adding, GError **error)
{
  const char *texts[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    texts[i] = adding->texts[i]->str;
  return keep_texts (store, adding->sequence, adding->number, texts, error)
         && tell_words (store, "INSERT INTO word (rowid, who, author, place, story) VALUES (?1, ?2, ?3, ?4, ?5)",
                        adding->sequence, texts, error);
}

static gboolean
add_all (AccStore *store, gpointer data, GError **error)
{
  const GPtrArray *adding = data;

  for (guint i = 0; i < adding->len; i++)
    if (!add (store, g_ptr_array_index (adding, i), error))
      return FALSE;
  return TRUE;
}

static Adding *
adding_new (const AccSearchLetter *letter)
{
  Adding *adding = g_new (Adding, 1);

  adding->sequence = letter->sequence;
  adding->number = letter->number;
  for (guint i = 0; i < N_COLUMNS; i++)
    adding->texts[i] = g_string_new (NULL);
  read_letter (letter->letter, letter->number, adding->texts);
  return adding;
}

static void
adding_free (gpointer data)
{
  Adding *adding = data;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      acc_wipe (adding->texts[i]->str, adding->texts[i]->allocated_len);
      g_string_free (adding->texts[i], TRUE);
    }
  g_free (adding);
}

/* FTS5 begins a new segment wherever a number is lower than the one before. */
static int
compare_sequences (gconstpointer a, gconstpointer b)
{
  const Adding *first = *(const Adding *const *) a, *second = *(const Adding *const *) b;

  return first->sequence < second->sequence ? -1 : first->sequence > second->sequence;
}

/* Those of @letters that are not there yet. */
static GPtrArray *
list_new (AccStore *store, const AccSearchLetter *letters, guint n, GError **error)
{
  g_autoptr (GPtrArray) adding = g_ptr_array_new_with_free_func (adding_free);

  for (guint i = 0; i < n; i++)
    {
      gboolean known = FALSE;

      if (!knows (store, letters[i].number, &known, error))
        return NULL;
      if (!known)
        g_ptr_array_add (adding, adding_new (&letters[i]));
    }
  g_ptr_array_sort (adding, compare_sequences);
  return g_steal_pointer (&adding);
}

gboolean
acc_search_add (AccSearch *self, const AccSearchLetter *letters, guint n, GError **error)
{
  g_autoptr (GPtrArray) adding = NULL;
  gboolean done = FALSE;

  g_return_val_if_fail (ACC_IS_SEARCH (self) && (letters != NULL || n == 0), FALSE);

  g_mutex_lock (&self->mutex);
  if (check_open (self, error) && (adding = list_new (self->store, letters, n, error)) != NULL)
    done = adding->len == 0 || acc_store_transact (self->store, add_all, adding, error);
  if (done)
    self->n_letters += adding->len;
  g_mutex_unlock (&self->mutex);
  return done;
}

static gboolean
take_out (AccStore *store, gpointer data, GError **error)
{
  const char *number = data;
  g_autoptr (AccStatement) find
    = acc_statement_new_kept (store, "SELECT sequence, who, author, place, story FROM kept WHERE number = ?1", error);
  g_autoptr (AccStatement) drop = acc_statement_new_kept (store, "DELETE FROM kept WHERE number = ?1", error);
  const char *texts[N_COLUMNS];
  gboolean there = FALSE;

  acc_statement_bind_text (find, 1, number);
  if (!acc_statement_step (find, &there, error) || !there)
    return !there;
  for (guint i = 0; i < N_COLUMNS; i++)
    texts[i] = acc_statement_get_text (find, (int) i + 1);
  if (!tell_words (store, "INSERT INTO word (word, rowid, who, author, place, story)"
                          " VALUES ('delete', ?1, ?2, ?3, ?4, ?5)",
                   acc_statement_get_int (find, 0), texts, error))
    return FALSE;
  acc_statement_bind_text (drop, 1, number);
  return acc_statement_run (drop, error);
}

gboolean
acc_search_remove (AccSearch *self, const char *number, GError **error)
{
  gboolean known = FALSE, done = FALSE;

  g_return_val_if_fail (ACC_IS_SEARCH (self) && number != NULL, FALSE);

  g_mutex_lock (&self->mutex);
  if (check_open (self, error) && knows (self->store, number, &known, error))
    done = !known || acc_store_transact (self->store, take_out, (gpointer) number, error);
  self->n_letters -= done && known;
  self->untidy = self->untidy || (done && known);
  g_mutex_unlock (&self->mutex);
  return done;
}

/* One step of merging all segments into one, in which nothing is left of what was deleted. *@done: there is only one. */
static gboolean
merge (AccStore *store, gboolean *done, GError **error)
{
  g_autoptr (AccStatement) step
    = acc_statement_new_kept (store, "INSERT INTO word (word, rank) VALUES ('merge', -" G_STRINGIFY (TIDY_PAGES) ")", error);
  g_autoptr (AccStatement) count
    = acc_statement_new_kept (store, "SELECT count(DISTINCT segid) FROM word_idx", error);
  gboolean row = FALSE;

  if (!acc_statement_run (step, error) || !acc_statement_step (count, &row, error))
    return FALSE;
  *done = acc_statement_get_int (count, 0) <= 1;
  return TRUE;
}

gboolean
acc_search_tidy (AccSearch *self)
{
  gboolean done = TRUE;

  g_return_val_if_fail (ACC_IS_SEARCH (self), FALSE);

  g_mutex_lock (&self->mutex);
  if (self->store != NULL && self->untidy)
    self->untidy = merge (self->store, &done, NULL) && !done;
  done = !self->untidy;
  g_mutex_unlock (&self->mutex);
  return !done;
}

guint
acc_search_count (AccSearch *self)
{
  guint n;

  g_return_val_if_fail (ACC_IS_SEARCH (self), 0);

  g_mutex_lock (&self->mutex);
  n = self->n_letters;
  g_mutex_unlock (&self->mutex);
  return n;
}

static gboolean
empty (AccStore *store, gpointer data, GError **error)
{
  g_autoptr (AccStatement) forget = acc_statement_new (store, "INSERT INTO word (word) VALUES ('delete-all')", error);
  g_autoptr (AccStatement) drop = acc_statement_new (store, "DELETE FROM kept", error);

  return acc_statement_run (forget, error) && acc_statement_run (drop, error);
}

void
acc_search_close (AccSearch *self)
{
  g_return_if_fail (ACC_IS_SEARCH (self));

  g_mutex_lock (&self->mutex);
  if (self->store != NULL)
    {
      acc_store_set_cancellable (self->store, NULL);
      acc_store_transact (self->store, empty, NULL, NULL);
    }
  g_clear_object (&self->store);
  self->n_letters = 0;
  self->untidy = FALSE;
  g_mutex_unlock (&self->mutex);
}

/* ---- asking ---- */

static void
found_free (gpointer data)
{
  AccSearchFound *found = data;

  g_free (found->number);
  acc_wipe (found->passage, strlen (found->passage));
  g_free (found->passage);
  g_free (found);
}

/* The letters that @sql finds, in its order, after those of @sequences, none twice. */
static gboolean
gather (AccStore *store, const char *sql, const char *match, GArray *sequences, GError **error)
{
  g_autoptr (AccStatement) select = acc_statement_new_kept (store, sql, error);
  guint n_before = sequences->len;
  gboolean row = FALSE;

  acc_statement_bind_text (select, 1, match);
  while (acc_statement_step (select, &row, error))
    {
      gint64 sequence = row ? acc_statement_get_int (select, 0) : 0;
      gboolean twice = FALSE;

      if (!row)
        return TRUE;
      for (guint i = 0; i < n_before && !twice; i++)
        twice = g_array_index (sequences, gint64, i) == sequence;
      if (!twice)
        g_array_append_val (sequences, sequence);
    }
  return FALSE;
}

static gboolean
is_common (AccStore *store, const char *match, gboolean *common, GError **error)
{
  g_autoptr (AccStatement) count
    = acc_statement_new_kept (store, "SELECT count(*) FROM (SELECT 1 FROM word WHERE word MATCH ?1"
                                     " LIMIT " G_STRINGIFY (RANKED_MOST) " + 1)", error);
  gboolean row = FALSE;

  acc_statement_bind_text (count, 1, match);
  if (!acc_statement_step (count, &row, error))
    return FALSE;
  *common = acc_statement_get_int (count, 0) > RANKED_MOST;
  return TRUE;
}

#define FOUND_LIMIT " LIMIT " G_STRINGIFY (ACC_SEARCH_FOUND_MAX) " + 1"

static gboolean
find_sequences (AccStore *store, AccSearchQuestion *question, GArray *sequences, GError **error)
{
  const char *match = acc_search_question_get_match (question);
  g_autofree char *people = g_strdup_printf ("{who author} : (%s)", match);
  gboolean common = FALSE;

  if (!is_common (store, match, &common, error))
    return FALSE;
  if (!common)
    return gather (store, "SELECT rowid FROM word WHERE word MATCH ?1 ORDER BY rank, rowid DESC" FOUND_LIMIT, match,
                   sequences, error);
  return gather (store, "SELECT rowid FROM word WHERE word MATCH ?1 ORDER BY rowid DESC" FOUND_LIMIT, people, sequences,
                 error)
         && (sequences->len > ACC_SEARCH_FOUND_MAX
             || gather (store, "SELECT rowid FROM word WHERE word MATCH ?1 ORDER BY rowid DESC" FOUND_LIMIT, match,
                        sequences, error));
}

/* A few words of @story, from a little before @start: one line. */
static char *
cut_passage (const char *story, gsize start)
{
  gsize from = start > PASSAGE_BEFORE ? start - PASSAGE_BEFORE : 0;
  g_autoptr (GString) passage = g_string_new (NULL);
  const char *c;

  while (from > 0 && from < start && story[from - 1] != ' ' && story[from - 1] != '\n')
    from++;
  while (from > 0 && ((guchar) story[from] & 0xc0) == 0x80)
    from--;
  if (from > 0)
    g_string_append (passage, "… ");
  c = story + from;
  for (guint i = 0; i < PASSAGE_CHARACTERS && *c != '\0'; i++, c = g_utf8_next_char (c))
    g_string_append_len (passage, *c == '\n' ? " " : c, g_utf8_next_char (c) - c);
  if (*c != '\0')
    g_string_append (passage, " …");
  return g_string_free (g_steal_pointer (&passage), FALSE);
}

/* Where people or places fit, the list shows that itself. */
static char *
find_passage (AccStatement *kept, AccSearchQuestion *question)
{
  const char *story = acc_statement_get_text (kept, 1 + COLUMN_STORY);
  gsize start = 0, end = 0;

  for (Column i = COLUMN_WHO; i < COLUMN_STORY; i++)
    {
      gsize at = 0, to = 0;

      if (acc_search_question_find (question, acc_statement_get_text (kept, 1 + (int) i), &at, &to))
        return g_strdup ("");
    }
  return acc_search_question_find (question, story, &start, &end) ? cut_passage (story, start) : g_strdup ("");
}

static GPtrArray *
describe (AccStore *store, AccSearchQuestion *question, GArray *sequences, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (found_free);
  g_autoptr (AccStatement) kept
    = acc_statement_new_kept (store, "SELECT number, who, author, place, story FROM kept WHERE sequence = ?1", error);

  for (guint i = 0; i < sequences->len && i < ACC_SEARCH_FOUND_MAX; i++)
    {
      AccSearchFound *found;
      gboolean row = FALSE;

      acc_statement_bind_int (kept, 1, g_array_index (sequences, gint64, i));
      if (!acc_statement_step (kept, &row, error))
        return NULL;
      if (!row)
        continue;
      found = g_new (AccSearchFound, 1);
      found->number = g_strdup (acc_statement_get_text (kept, 0));
      found->passage = find_passage (kept, question);
      g_ptr_array_add (all, found);
    }
  return g_steal_pointer (&all);
}

GPtrArray *
acc_search_ask (AccSearch *self, AccSearchQuestion *question, gboolean *more, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) sequences = g_array_new (FALSE, FALSE, sizeof (gint64));
  GPtrArray *all = NULL;

  g_return_val_if_fail (ACC_IS_SEARCH (self) && question != NULL, NULL);

  g_mutex_lock (&self->mutex);
  if (check_open (self, error) && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      acc_store_set_cancellable (self->store, cancellable);
      if (find_sequences (self->store, question, sequences, error))
        all = describe (self->store, question, sequences, error);
      acc_store_set_cancellable (self->store, NULL);
    }
  g_mutex_unlock (&self->mutex);
  if (more != NULL)
    *more = sequences->len > ACC_SEARCH_FOUND_MAX;
  return all;
}
