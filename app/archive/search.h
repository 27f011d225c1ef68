/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the opened letters, in memory (FTS5), to search as somebody types. It never reaches a disk, and lives no
 * longer than the session: acc_search_close overwrites what the index and the texts were kept in. (What SQLite used while
 * working is freed as any memory is; the machine's swap is doctor's.)
 *
 * Words are cut by search-words.h, and the index sees them folded and with spaces between, so that SQLite's tokenizer is
 * the plain "ascii" one: unicode61 would take a Chinese sentence for one word, trigram finds nothing below three letters.
 *
 * Any thread: the store's adds, another one asks; each call waits for the one before. */
#pragma once

#include "archive/search-words.h"
#include "letter/letter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define ACC_SEARCH_FOUND_MAX 200 /* letters that an answer names: nobody reads more of a list */

#define ACC_TYPE_SEARCH (acc_search_get_type ())
G_DECLARE_FINAL_TYPE (AccSearch, acc_search, ACC, SEARCH, GObject)

AccSearch *acc_search_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  gint64 sequence;    /* the newest letter has the highest */
  const char *number;
  AccLetter *letter;
} AccSearchLetter;

/* Letters to be found by their words, people, departments and short numbers. One that is there already stays as it is:
 * letters never change. All or none; a hundred at once cost less than a hundred times one. */
gboolean acc_search_add (AccSearch *self, const AccSearchLetter *letters, guint n, GError **error);

/* The letter @number is found no more. Nothing where it is not there. Its words stand in the index's own pages until
 * acc_search_tidy has been through them: a step takes some milliseconds; TRUE: there are more. */
gboolean acc_search_remove (AccSearch *self, const char *number, GError **error);
gboolean acc_search_tidy (AccSearch *self);

typedef struct {
  char *number;
  char *passage; /* of the story, round the first place that fits: a few words; "" where people and places fit */
} AccSearchFound;

/* The letters in which all words of @question are, at most ACC_SEARCH_FOUND_MAX of them: a GPtrArray of AccSearchFound,
 * best first. Where few fit, that is by how much of each letter they are (bm25, people before places before the story);
 * where thousands do, whoever types goes on typing: the newest that name a person so, then the newest. *@more, which may be
 * NULL: whether others fit, too. G_IO_ERROR_CANCELLED soon after @cancellable is cancelled, and ACC_ERROR_NOT_ALLOWED
 * after the index was closed. */
GPtrArray *acc_search_ask (AccSearch *self, AccSearchQuestion *question, gboolean *more, GCancellable *cancellable,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

guint acc_search_count (AccSearch *self); /* letters in it */

/* Nothing of any letter stays. Repeatable. */
void acc_search_close (AccSearch *self);

G_END_DECLS
