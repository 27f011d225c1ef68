/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only program that runs poppler. It shuts itself in before the first byte of the document is read, answers
 * requests on its standard input (pdf-protocol.h) and ends with it. With --self-check it tells what
 * the box has, and ends: 0 if it is closed. */
#include "paper/pdf-box-private.h"
#include "paper/pdf-process.h"
#include "paper/pdf-protocol.h"

#include <errno.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static gboolean
read_all (gpointer data, gsize length)
{
  for (gsize done = 0; done < length;)
    {
      gssize n = read (STDIN_FILENO, (char *) data + done, length - done);

      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      done += MAX (n, 0);
    }
  return TRUE;
}

static gboolean
write_all (gconstpointer data, gsize length)
{
  for (gsize done = 0; done < length;)
    {
      gssize n = write (STDOUT_FILENO, (const char *) data + done, length - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += MAX (n, 0);
    }
  return TRUE;
}

static gboolean
answer (AccPdfAnswer head, gconstpointer payload)
{
  return write_all (&head, sizeof head) && write_all (payload, head.length);
}

static gboolean
refuse (AccPdfStatus status)
{
  return answer ((AccPdfAnswer){ .status = status }, NULL);
}

static gboolean
get_size (PopplerDocument *document, int number, AccPdfSize *size)
{
  PopplerPage *page = poppler_document_get_page (document, number);

  if (page == NULL)
    return FALSE;
  poppler_page_get_size (page, &size->width, &size->height);
  g_object_unref (page);
  return size->width >= 1 && size->width <= ACC_PDF_POINTS_MAX && size->height >= 1 &&
         size->height <= ACC_PDF_POINTS_MAX;
}

static gboolean
answer_open (PopplerDocument *document)
{
  int n = document == NULL ? 0 : poppler_document_get_n_pages (document);

  if (n < 1)
    return refuse (ACC_PDF_UNREADABLE);
  if (n > ACC_PDF_PAGES_MAX)
    return refuse (ACC_PDF_TOO_LARGE);

  g_autofree AccPdfSize *sizes = g_new0 (AccPdfSize, n);

  for (int i = 0; i < n; i++)
    if (!get_size (document, i, &sizes[i]))
      return refuse (ACC_PDF_UNREADABLE);
  return answer ((AccPdfAnswer){ .count = n, .length = n * sizeof *sizes }, sizes);
}

static PopplerDocument *
read_document (void)
{
  AccPdfRequest request;

  if (!read_all (&request, sizeof request) || request.ask != ACC_PDF_OPEN || request.length > ACC_PDF_BYTES_MAX)
    return NULL;

  char *data = g_malloc (request.length + 1);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, request.length);

  if (!read_all (data, request.length))
    return NULL;
  return poppler_document_new_from_bytes (bytes, NULL, NULL);
}

static glong
count_seen (const char *text)
{
  glong seen = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    seen += g_unichar_isgraph (g_utf8_get_char (at));
  return seen;
}

/* Where most of a page runs from right to left, poppler loses the first and the last line of a selection that runs
 * from left to right, and the other way round; where such a page ends in another script, the one or the other, unless
 * whole words are selected along the edge that lines begin at. The one that loses nothing has more letters. */
static char *
read_text (PopplerPage *page)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);

  const struct {
    PopplerSelectionStyle style;
    PopplerRectangle along;
  } selections[] = {
    { POPPLER_SELECTION_GLYPH, { 0, 0, width, height } },
    { POPPLER_SELECTION_GLYPH, { width, 0, 0, height } },
    { POPPLER_SELECTION_WORD, { width, 0, width, height } },
  };
  char *most = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (selections); i++)
    {
      PopplerRectangle along = selections[i].along;
      g_autofree char *text = poppler_page_get_selected_text (page, selections[i].style, &along);

      if (text == NULL || (most != NULL && count_seen (text) <= count_seen (most)))
        continue;
      g_free (most);
      most = g_steal_pointer (&text);
    }
  return most;
}

static gboolean
answer_text (PopplerPage *page)
{
  g_autofree char *text = read_text (page);
  gsize length = text == NULL ? 0 : strlen (text);

  if (length > ACC_PDF_TEXT_MAX)
    return refuse (ACC_PDF_TOO_LARGE);
  return answer ((AccPdfAnswer){ .length = length }, text);
}

static float
clamp (double place, double end)
{
  return isfinite (place) ? (float) CLAMP (place, 0, end) : 0;
}

/* As far as they are on the page; float's rounding must not carry one over its edge. */
static AccPdfPlace *
make_boxes (PopplerPage *page, const PopplerRectangle *places, guint n)
{
  AccPdfPlace *boxes = g_new0 (AccPdfPlace, MAX (n, 1));
  double width, height;

  poppler_page_get_size (page, &width, &height);
  width = nextafterf ((float) width, 0);
  height = nextafterf ((float) height, 0);
  for (guint i = 0; i < n; i++)
    boxes[i] = (AccPdfPlace){ clamp (MIN (places[i].x1, places[i].x2), width), clamp (MIN (places[i].y1, places[i].y2), height),
                            clamp (MAX (places[i].x1, places[i].x2), width), clamp (MAX (places[i].y1, places[i].y2), height) };
  return boxes;
}

/* Poppler puts directions around each word that runs from the right: they have no place, and nobody typed them. */
static char *
drop_directions (const char *text)
{
  GString *left = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c != 0x200e && c != 0x200f && (c < 0x202a || c > 0x202e))
        g_string_append_unichar (left, c);
    }
  return g_string_free (left, FALSE);
}

/* Along the page's own way, or against it, whichever has more: as read_text, but for what has no place for each letter. */
static char *
read_layout (PopplerPage *page, AccPdfPlace **boxes, guint *n)
{
  double width, height;
  char *most = NULL;

  poppler_page_get_size (page, &width, &height);
  for (guint i = 0; i < 2; i++)
    {
      PopplerRectangle along = { i == 0 ? 0 : width, 0, i == 0 ? width : 0, height }, again = along;
      g_autofree char *told = poppler_page_get_selected_text (page, POPPLER_SELECTION_GLYPH, &along);
      g_autofree char *text = told != NULL ? drop_directions (told) : NULL;
      g_autofree PopplerRectangle *places = NULL;
      guint n_places = 0;

      if (text == NULL || (most != NULL && count_seen (text) <= count_seen (most)))
        continue;
      if (!poppler_page_get_text_layout_for_area (page, &again, &places, &n_places)
          || (glong) n_places != g_utf8_strlen (text, -1) || n_places > ACC_PDF_BOXES_MAX)
        n_places = 0;
      g_free (*boxes);
      *boxes = make_boxes (page, places, n_places);
      *n = n_places;
      g_free (most);
      most = g_steal_pointer (&text);
    }
  return most;
}

static gboolean
answer_layout (PopplerPage *page)
{
  g_autofree AccPdfPlace *boxes = NULL;
  guint n = 0;
  g_autofree char *text = read_layout (page, &boxes, &n);
  gsize length = text == NULL ? 0 : strlen (text), of_boxes = n * sizeof *boxes;
  AccPdfAnswer head = { .count = n, .length = of_boxes + length };

  if (length > ACC_PDF_TEXT_MAX)
    return refuse (ACC_PDF_TOO_LARGE);
  return write_all (&head, sizeof head) && write_all (boxes, of_boxes) && write_all (text, length);
}

static gboolean
answer_draw (PopplerPage *page, double scale)
{
  double width, height;

  poppler_page_get_size (page, &width, &height);
  width = ceil (width * scale);
  height = ceil (height * scale);
  if (!(width >= 1 && width <= ACC_PDF_SIDE_MAX && height >= 1 && height <= ACC_PDF_SIDE_MAX))
    return refuse (ACC_PDF_TOO_LARGE);

  AccPdfAnswer head = { .width = width, .height = height, .length = (guint64) (width * height) * 4 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  gboolean answered = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS
                          ? answer (head, cairo_image_surface_get_data (surface))
                          : refuse (ACC_PDF_UNREADABLE);
  cairo_surface_destroy (surface);
  return answered;
}

static gboolean
serve (PopplerDocument *document, const AccPdfRequest *request)
{
  PopplerPage *page = NULL;
  gboolean answered;

  if (request->page < (guint) poppler_document_get_n_pages (document))
    page = poppler_document_get_page (document, request->page);

  if (page == NULL)
    answered = refuse (ACC_PDF_UNREADABLE);
  else if (request->ask == ACC_PDF_TEXT)
    answered = answer_text (page);
  else if (request->ask == ACC_PDF_LAYOUT)
    answered = answer_layout (page);
  else if (request->ask == ACC_PDF_DRAW)
    answered = answer_draw (page, request->scale);
  else
    answered = refuse (ACC_PDF_UNREADABLE);

  g_clear_object (&page);
  return answered;
}

/* Lines of "WALL: yes", for whoever administers the machine. */
static gboolean
tell (const AccPdfBox *box)
{
  g_autofree char *landlock = box->landlock > 0 ? g_strdup_printf ("yes, version %d", box->landlock)
                                                : g_strdup ("no, this kernel has none");
  g_autofree char *lines = g_strdup_printf ("no new privileges: yes\nresource limits: yes\nsystem call filter: yes\n"
                                            "landlock: %s\npoppler: %s\n",
                                            landlock, poppler_get_version ());

  return write_all (lines, strlen (lines));
}

/* In the box no file grows, and standard output may be one: a process outside hands on what is told inside. */
static gboolean
check_self (void)
{
  char lines[1024];
  ssize_t n;
  int ends[2], status = -1;
  gboolean told = TRUE;
  pid_t inside = pipe (ends) == 0 ? fork () : -1;

  if (inside < 0)
    return FALSE;
  if (inside == 0)
    {
      AccPdfBox box;

      dup2 (ends[1], STDOUT_FILENO);
      close (ends[0]);
      close (ends[1]);
      _exit (acc_pdf_box_close (&box) && tell (&box) ? EXIT_SUCCESS : EXIT_FAILURE);
    }
  close (ends[1]);
  while ((n = read (ends[0], lines, sizeof lines)) > 0)
    told = write_all (lines, (gsize) n) && told;
  return waitpid (inside, &status, 0) == inside && status == 0 && told;
}

int
main (int argc, char *argv[])
{
  AccPdfRequest request;
  AccPdfBox box;

  if (argc == 2 && strcmp (argv[1], "--self-check") == 0)
    _exit (check_self () ? EXIT_SUCCESS : EXIT_FAILURE);
  if (!acc_pdf_box_close (&box))
    _exit (EXIT_FAILURE);

  PopplerDocument *document = read_document ();
  gboolean open = answer_open (document) && document != NULL;

  while (open && read_all (&request, sizeof request) && serve (document, &request))
    ;
  /* Nothing is left to tidy: whatever runs at the end of a process could only fail in the box. */
  _exit (open ? EXIT_SUCCESS : EXIT_FAILURE);
}
