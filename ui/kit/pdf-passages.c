/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages that whoever shows the document points out on its pages. */
#include "kit/pdf-view-private.h"

#include <string.h>

AccPdfPassage *
acc_pdf_passage_new (char *paragraph, gsize start, gsize end)
{
  AccPdfPassage *passage;

  g_return_val_if_fail (paragraph != NULL && start <= end && end <= strlen (paragraph), NULL);

  passage = g_new0 (AccPdfPassage, 1);
  *passage = (AccPdfPassage){ paragraph, start, end, NULL };
  return passage;
}

AccPdfPassage *
acc_pdf_passage_new_placed (GArray *spots)
{
  AccPdfPassage *passage;

  g_return_val_if_fail (spots != NULL, NULL);

  passage = g_new0 (AccPdfPassage, 1);
  passage->spots = spots;
  return passage;
}

void
acc_pdf_passage_free (gpointer data)
{
  AccPdfPassage *passage = data;

  g_clear_pointer (&passage->spots, g_array_unref);
  g_free (passage->paragraph);
  g_free (passage);
}

static const AccPdfLayout *
get_layout (AccPdfView *self, guint page)
{
  return page < self->list->len ? acc_pdf_page_get_layout (g_ptr_array_index (self->list, page)) : NULL;
}

/* ---- where they stand ---- */

/* A paragraph, or what is left of one that goes on on the next page, and the characters of it that are meant. */
typedef struct {
  guint passage;
  const char *text;
  AccPdfRange part;
} Rest;

/* Where all of @rest stands on @page; FALSE where it does not. */
static gboolean
place_whole (AccPdfView *self, const Rest *rest, guint page, GArray *places)
{
  AccPdfPlaced placed = { rest->passage, { page, { 0, 0 } }, NULL };

  if (!acc_pdf_layout_find_part (get_layout (self, page), rest->text, rest->part, &placed.match.range))
    return FALSE;
  if (rest->part.start < rest->part.end)
    g_array_append_val (places, placed);
  return TRUE;
}

/* What of @rest stands at the end of a page, in @head, and what is left of it. FALSE where no word of it is on that page. */
static gboolean
cut_rest (const AccPdfLayout *layout, const Rest *rest, Rest *head, Rest *tail)
{
  guint n = acc_pdf_layout_count_beginning (layout, rest->text);

  *head = (Rest){ rest->passage, NULL, { MIN (rest->part.start, n), MIN (rest->part.end, n) } };
  *tail = (Rest){ rest->passage, g_utf8_offset_to_pointer (rest->text, n),
                  { MAX (rest->part.start, n) - n, MAX (rest->part.end, n) - n } };
  return n > 0 && *tail->text != '\0';
}

/* From @page on: a paragraph goes on at the top of the next page, and so forth. */
static gboolean
place_from (AccPdfView *self, const Rest *rest, guint page, GArray *places)
{
  g_autofree char *text = NULL;
  Rest head, tail;

  if (page >= self->list->len)
    return FALSE;
  if (place_whole (self, rest, page, places))
    return TRUE;
  if (!cut_rest (get_layout (self, page), rest, &head, &tail))
    return FALSE;
  text = g_strndup (rest->text, (gsize) (tail.text - rest->text));
  head.text = text;
  return place_whole (self, &head, page, places) && place_from (self, &tail, page + 1, places);
}

static gboolean
place_spots (AccPdfView *self, guint position, GArray *spots)
{
  guint before = self->places->len;

  for (guint i = 0; i < spots->len; i++)
    {
      const AccPdfSpot *spot = &g_array_index (spots, AccPdfSpot, i);
      const AccPdfPlaced placed = { position, { spot->page, { 0, 0 } }, &spot->place };

      if (spot->page < self->list->len)
        g_array_append_val (self->places, placed);
    }
  return self->places->len > before;
}

static gboolean
place_words (AccPdfView *self, guint position, const AccPdfPassage *passage)
{
  const char *text = passage->paragraph;
  const Rest whole = { position, text, { (guint) g_utf8_pointer_to_offset (text, text + passage->start),
                                         (guint) g_utf8_pointer_to_offset (text, text + passage->end) } };
  guint before = self->places->len;
  gboolean placed = FALSE;

  for (guint page = 0; !placed && page < self->list->len; page++)
    {
      placed = place_from (self, &whole, page, self->places);
      if (!placed)
        g_array_set_size (self->places, before);
    }
  return placed;
}

static gboolean
place (AccPdfView *self, guint position)
{
  const AccPdfPassage *passage = g_ptr_array_index (self->passages, position);

  return passage->spots != NULL ? place_spots (self, position, passage->spots) : place_words (self, position, passage);
}

/* ---- showing one ---- */

static void
show (AccPdfView *self)
{
  self->to_be_shown = FALSE;
  for (guint i = 0; i < self->places->len; i++)
    {
      const AccPdfPlaced *placed = &g_array_index (self->places, AccPdfPlaced, i);

      if (placed->passage != self->shown)
        continue;
      if (placed->place != NULL)
        acc_pdf_view_bring_place_into_view (self, placed->match.page, placed->place);
      else
        acc_pdf_view_bring_into_view (self, &placed->match);
      return;
    }
  self->shown = G_MAXUINT;
  g_signal_emit_by_name (self, "passage-lost");
}

void
acc_pdf_view_show_passage (AccPdfView *self, guint passage)
{
  g_return_if_fail (ACC_IS_PDF_VIEW (self) && passage < self->passages->len);

  self->shown = passage;
  self->to_be_shown = TRUE;
  if (self->placed)
    show (self);
  acc_pdf_view_mark_pages (self);
}

/* ---- the view's ---- */

/* Once each page is read; those that are not yet are asked for, and bring it here again. */
void
acc_pdf_view_place_passages (AccPdfView *self)
{
  guint unread = acc_pdf_view_find_unread (self);
  gboolean all = TRUE;

  if (self->placed || self->passages->len == 0 || self->list->len == 0)
    return;
  if (unread != G_MAXUINT)
    {
      acc_pdf_view_ask_layout (self, unread);
      return;
    }
  for (guint i = 0; i < self->passages->len; i++)
    all = place (self, i) && all;
  self->placed = TRUE;
  if (!all)
    g_signal_emit_by_name (self, "passages-unplaced");
  if (self->to_be_shown)
    show (self);
  acc_pdf_view_mark_pages (self);
}

static void
add_marks (AccPdfView *self, const AccPdfPlaced *placed, GArray *marks)
{
  const AccPdfMarkKind kind = placed->passage == self->shown ? ACC_PDF_MARK_SHOWN : ACC_PDF_MARK_PASSAGE;

  if (placed->place == NULL)
    acc_pdf_view_add_marks (marks, get_layout (self, placed->match.page), placed->match.range, kind);
  else
    {
      const AccPdfMark mark = { *placed->place, kind };

      g_array_append_val (marks, mark);
    }
}

void
acc_pdf_view_mark_passages (AccPdfView *self, guint page, GArray *marks)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const AccPdfPlaced *placed = &g_array_index (self->places, AccPdfPlaced, i);

      if (placed->match.page == page)
        add_marks (self, placed, marks);
    }
}

void
acc_pdf_view_clear_places (AccPdfView *self)
{
  g_array_set_size (self->places, 0);
  self->placed = FALSE;
  self->shown = G_MAXUINT;
  self->to_be_shown = FALSE;
}

void
acc_pdf_view_point_out (AccPdfView *self, GPtrArray *passages)
{
  g_return_if_fail (ACC_IS_PDF_VIEW (self) && (passages == NULL || self->readable));

  acc_pdf_view_clear_places (self);
  g_ptr_array_unref (self->passages);
  self->passages = passages != NULL ? g_ptr_array_ref (passages) : g_ptr_array_new ();
  acc_pdf_view_place_passages (self);
  acc_pdf_view_mark_pages (self);
}

void
acc_pdf_view_init_passages (AccPdfView *self)
{
  self->passages = g_ptr_array_new ();
  self->places = g_array_new (FALSE, FALSE, sizeof (AccPdfPlaced));
  self->shown = G_MAXUINT;
}

void
acc_pdf_view_end_passages (AccPdfView *self)
{
  g_ptr_array_unref (self->passages);
  g_array_unref (self->places);
}
