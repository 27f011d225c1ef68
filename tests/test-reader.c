/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk that only reads PDFs: test-reader [--text] < PATHS
 * For each path, one a line, it opens the PDF in its box, reads and draws its first and its last page, and prints a line:
 * "shown" or "refused CODE", the longest time that one request took in milliseconds, and the sentence or, with --text,
 * the text as a JSON string. The last line is "memory", the most that one of its boxes held, in kilobytes. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/error.h"
#include "paper/pdf-process.h"

typedef struct {
  GString *text;
  gint64 began, longest; /* microseconds */
} Reading;

static void
begin (Reading *self)
{
  self->began = g_get_monotonic_time ();
}

static void
end (Reading *self)
{
  self->longest = MAX (self->longest, g_get_monotonic_time () - self->began);
}

static gboolean
read_page (Reading *self, AccPdfProcess *process, guint page, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (AccPdfLayout) layout = NULL;
  cairo_surface_t *picture;

  begin (self);
  text = acc_pdf_process_read_text (process, page, error);
  end (self);
  if (text == NULL)
    return FALSE;
  g_string_append (self->text, text);
  begin (self);
  layout = acc_pdf_process_read_layout (process, page, error);
  end (self);
  if (layout == NULL)
    return FALSE;
  begin (self);
  picture = acc_pdf_process_draw (process, page, 1, error);
  end (self);
  if (picture == NULL)
    return FALSE;
  cairo_surface_destroy (picture);
  return TRUE;
}

static gboolean
read_file (Reading *self, const char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GBytes) pdf = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (AccPdfProcess) process = NULL;
  guint n;

  if (pdf == NULL)
    return FALSE;
  begin (self);
  process = acc_pdf_process_open (pdf, error);
  end (self);
  if (process == NULL)
    return FALSE;
  n = acc_pdf_process_get_n_pages (process);
  return read_page (self, process, 0, error) && (n == 1 || read_page (self, process, n - 1, error));
}

static void
tell (const Reading *self, const GError *error, gboolean with_text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), self->text->str);
  g_autofree char *text = with_text ? json_to_string (node, FALSE) : NULL;
  g_autofree char *word = error == NULL                ? g_strdup ("shown")
                          : error->domain == ACC_ERROR ? g_strdup_printf ("refused %d", error->code)
                                                       : g_strdup ("failed");

  printf ("%s\t%" G_GINT64_FORMAT "\t%s\n", word, self->longest / G_TIME_SPAN_MILLISECOND,
          error != NULL ? error->message : text != NULL ? text : "");
  fflush (stdout);
}

int
main (int argc, char *argv[])
{
  gboolean with_text = argc == 2 && strcmp (argv[1], "--text") == 0;
  char path[4096];
  struct rusage boxes;

  while (fgets (path, sizeof path, stdin) != NULL)
    {
      Reading reading = { .text = g_string_new (NULL) };
      g_autoptr (GError) error = NULL;

      read_file (&reading, g_strchomp (path), &error);
      tell (&reading, error, with_text);
      g_string_free (reading.text, TRUE);
    }
  getrusage (RUSAGE_CHILDREN, &boxes);
  printf ("memory\t%ld\n", boxes.ru_maxrss);
  return 0;
}
