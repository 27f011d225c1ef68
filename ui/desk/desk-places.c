/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/desk-places.h"

#include "base/error.h"
#include "desk/desk-session-private.h"
#include "paper/edition.h"
#include "paper/pdf-writer.h"

/* The paper's thread's own: the session may have another place before it is done. */
typedef struct {
  AccDeskPlaces asked;
  AccLetterhead *letterhead;
  char *branch;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->asked.letter);
  g_bytes_unref (search->asked.pdf);
  g_array_unref (search->asked.passages);
  g_object_unref (search->letterhead);
  g_free (search->branch);
  g_free (search);
}

/* ---- the paper's thread ---- */

static GPtrArray *
list_stretches (AccPages *pages, GArray *passages)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < passages->len; i++)
    {
      const AccPassage *passage = &g_array_index (passages, AccPassage, i);

      g_ptr_array_add (all, acc_pages_find_stretches (pages, passage->field, passage->index, passage->start, passage->end));
    }
  return all;
}

static GPtrArray *
find_places (const Search *search, GError **error)
{
  const AccDeskPlaces *asked = &search->asked;
  const AccEdition edition = { acc_desk_letter_get_letter (asked->letter), search->branch,
                               acc_desk_letter_get_record (asked->letter)->number, asked->large_print, NULL };
  g_autoptr (AccPages) pages = acc_edition_typeset (&edition, search->letterhead, error);
  g_autoptr (GBytes) pdf = pages != NULL ? acc_pdf_write (pages, error) : NULL;

  if (pdf == NULL)
    return NULL;
  if (g_bytes_equal (pdf, asked->pdf))
    return list_stretches (pages, asked->passages);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "typeset otherwise today");
  return NULL;
}

static void
find_places_body (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *found;

  if (g_task_return_error_if_cancelled (task))
    return;
  found = find_places (data, &error);
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* ---- the main thread ---- */

void
acc_desk_session_find_places_async (AccDeskSession *self, const AccDeskPlaces *places, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (ACC_IS_DESK_SESSION (self) && places != NULL && self->place != NULL);

  task = g_task_new (self, cancellable, callback, data);
  search = g_new0 (Search, 1);
  search->asked = (AccDeskPlaces){ g_object_ref (places->letter), g_bytes_ref (places->pdf), places->large_print,
                                   g_array_copy (places->passages) };
  search->letterhead = g_object_ref (self->place->letterhead);
  search->branch = g_strdup (acc_config_get (self->place->config, ACC_CONFIG_BRANCH_NAME));
  g_task_set_task_data (task, search, search_free);
  acc_worker_run (self->paper_worker, task, find_places_body);
}

GPtrArray *
acc_desk_session_find_places_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
