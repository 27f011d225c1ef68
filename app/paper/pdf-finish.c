/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-finish.h"

#include "base/error.h"

#include <glib/gi18n-lib.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

/* XMP (ISO 16684-1) in RDF, with the properties that ISO 32000-1, 14.3 has the information dictionary agree with.
 * No padding: a letter is never edited in place. */
static const char xmp[] =
  "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
  "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
  " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
  "<dc:format>application/pdf</dc:format>\n"
  "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n"
  "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n"
  "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n"
  "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n"
  "<xmp:CreatorTool>%s</xmp:CreatorTool>\n"
  "<pdf:Producer>%s</pdf:Producer>\n"
  "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
  "<?xpacket end=\"r\"?>";

#define PDF_MORE 4096 /* bytes; about what is added */
#define TAIL 40       /* bytes: the file's last line tells where the table of objects begins */
#define XREF_LINE 20  /* bytes of the table of objects that tell of one */
#define FIGURE "/S /Figure"

typedef struct {
  guint number;
  gsize from;
} Place; /* of an object */

/* cairo's PDF on its way to the finished one: objects stay as cairo wrote them, but for those that are told anew. */
typedef struct {
  const AccPdfFacts *facts;
  qpdf_data qpdf;  /* reads only the objects that it is asked for */
  const char *data;
  gsize size;
  GArray *places;  /* of cairo's objects, as they follow one another, and then where they have ended */
  GPtrArray *told; /* by number: an object's text; NULL: as cairo wrote it */
} Finish;

/* Each object once, when all of it has been changed that will be. */
static void
tell (Finish *self, qpdf_oh object)
{
  guint number = qpdf_oh_get_object_id (self->qpdf, object);

  g_return_if_fail (number < self->told->len);
  g_ptr_array_index (self->told, number) = g_strdup (qpdf_oh_unparse_resolved (self->qpdf, object));
}

static int
compare_places (gconstpointer one, gconstpointer other)
{
  const Place *a = one, *b = other;

  return (a->from > b->from) - (a->from < b->from);
}

/* Where the table of objects begins; 0 where it is none of lines, as newer cairo has it. */
static gsize
find_table (const char *data, gsize size)
{
  const char *told = size > TAIL ? g_strstr_len (data + size - TAIL, TAIL, "startxref\n") : NULL;
  guint64 begin = told != NULL ? g_ascii_strtoull (told + strlen ("startxref\n"), NULL, 10) : 0;

  return begin < size && g_str_has_prefix (data + begin, "xref\n0 ") ? begin : 0;
}

/* By the table. FALSE where it does not tell of all objects, each before the table. */
static gboolean
find_places (Finish *self)
{
  guint n = self->told->len;
  gsize end = find_table (self->data, self->size);
  g_autofree char *head = g_strdup_printf ("xref\n0 %u\n", n);
  const char *table = self->data + end + strlen (head);
  const Place last = { n, end };

  if (end == 0 || !g_str_has_prefix (self->data + end, head) || (gsize) n * XREF_LINE > self->size - (table - self->data))
    return FALSE;
  for (guint number = 1; number < n; number++)
    {
      const Place place = { number, g_ascii_strtoull (table + number * XREF_LINE, NULL, 10) };

      if (place.from >= end)
        return FALSE;
      g_array_append_val (self->places, place);
    }
  g_array_append_val (self->places, last);
  g_array_sort (self->places, compare_places);
  return TRUE;
}

/* The date as a PDF writes it; cairo 1.16 leaves the D: away. */
static void
set_date (Finish *self)
{
  g_auto (GStrv) parts = g_strsplit (self->facts->date, "-", -1);
  g_autofree char *digits = g_strjoinv ("", parts);
  g_autofree char *date = g_strdup_printf ("D:%s000000Z", digits);

  qpdf_set_info_key (self->qpdf, "/CreationDate", date);
  tell (self, qpdf_oh_get_key (self->qpdf, qpdf_get_trailer (self->qpdf), "/Info"));
}

static void
add_metadata (Finish *self)
{
  const AccPdfFacts *facts = self->facts;
  qpdf_data qpdf = self->qpdf;
  /* Each lies in the library's memory until it is asked for the next. */
  g_autofree char *creator = g_strdup (qpdf_get_info_key (qpdf, "/Creator"));
  g_autofree char *producer = g_strdup (qpdf_get_info_key (qpdf, "/Producer"));
  g_autofree char *text = g_markup_printf_escaped (xmp, facts->title, facts->author, facts->language, facts->date,
                                                   creator, producer);
  guint number = self->told->len;

  g_ptr_array_add (self->told, g_strdup_printf ("<< /Type /Metadata /Subtype /XML /Length %" G_GSIZE_FORMAT " >>\n"
                                                "stream\n%s\nendstream", strlen (text), text));
  /* libqpdf needs to know only that there is one: to make a stream, it would read the whole file. */
  qpdf_replace_object (qpdf, number, 0, qpdf_oh_new_dictionary (qpdf));
  qpdf_oh_replace_key (qpdf, qpdf_get_root (qpdf), "/Metadata", qpdf_get_object_by_id (qpdf, number, 0));
}

static void
add_to_catalogue (Finish *self)
{
  const char *viewer = self->facts->right_to_left ? "<< /DisplayDocTitle true /Direction /R2L >>"
                                                  : "<< /DisplayDocTitle true >>";
  qpdf_data qpdf = self->qpdf;
  qpdf_oh root = qpdf_get_root (qpdf);

  qpdf_oh_replace_key (qpdf, root, "/Lang", qpdf_oh_new_unicode_string (qpdf, self->facts->language));
  qpdf_oh_replace_key (qpdf, root, "/MarkInfo", qpdf_oh_parse (qpdf, "<< /Marked true >>"));
  qpdf_oh_replace_key (qpdf, root, "/ViewerPreferences", qpdf_oh_parse (qpdf, viewer));
  tell (self, root);
}

/* Tab goes through the pages in the order of their structure. */
static void
order_pages (Finish *self)
{
  int n = qpdf_get_num_pages (self->qpdf);

  for (int i = 0; i < n; i++)
    {
      qpdf_oh page = qpdf_get_page_n (self->qpdf, i);

      qpdf_oh_replace_key (self->qpdf, page, "/Tabs", qpdf_oh_new_name (self->qpdf, "/S"));
      tell (self, page);
    }
}

/* Only what may be one is read: to go through all of the structure would cost as much as everything else here. */
static gboolean
is_figure (Finish *self, const Place *place, qpdf_oh *figure)
{
  if (g_strstr_len (self->data + place->from, place[1].from - place->from, FIGURE) == NULL)
    return FALSE;
  *figure = qpdf_get_object_by_id (self->qpdf, place->number, 0);
  return qpdf_oh_is_dictionary (self->qpdf, *figure)
         && qpdf_oh_is_name_and_equals (self->qpdf, qpdf_oh_get_key (self->qpdf, *figure, "/S"), "/Figure");
}

/* cairo writes them in reading order. FALSE where there are other figures than the facts say. */
static gboolean
describe_figures (Finish *self)
{
  const char *const *alt = self->facts->figures;
  qpdf_oh figure;

  for (guint i = 0; i + 1 < self->places->len; i++)
    {
      if (!is_figure (self, &g_array_index (self->places, Place, i), &figure))
        continue;
      if (*alt == NULL)
        return FALSE;
      qpdf_oh_replace_key (self->qpdf, figure, "/Alt", qpdf_oh_new_unicode_string (self->qpdf, *alt++));
      tell (self, figure);
    }
  return *alt == NULL;
}

/* What libqpdf has to say against it, a short phrase; NULL where all is well. */
static const char *
find_complaint (qpdf_data qpdf)
{
  qpdf_error complaint = qpdf_has_error (qpdf)       ? qpdf_get_error (qpdf)
                         : qpdf_more_warnings (qpdf) ? qpdf_next_warning (qpdf)
                                                     : NULL;

  return complaint == NULL ? NULL : qpdf_get_error_message_detail (qpdf, complaint);
}

/* Returns where each object begins now, by number. */
static gsize *
write_objects (Finish *self, GString *pdf)
{
  const Place *place = (const Place *) (gconstpointer) self->places->data;
  gsize *begin = g_new0 (gsize, self->told->len);
  guint n = self->places->len;

  g_string_append_len (pdf, self->data, place->from);
  for (guint i = 0; i < self->told->len - 1; i++)
    {
      guint number = i < n - 1 ? place[i].number : i + 1;
      const char *told = g_ptr_array_index (self->told, number);

      begin[number] = pdf->len;
      if (told != NULL)
        g_string_append_printf (pdf, "%u 0 obj\n%s\nendobj\n", number, told);
      else
        g_string_append_len (pdf, self->data + place[i].from, place[i + 1].from - place[i].from);
    }
  return begin;
}

/* libqpdf's own writer would read and write every object, which costs three times as much as all else here. */
static GBytes *
write_whole (Finish *self)
{
  GString *pdf = g_string_sized_new (self->size + PDF_MORE);
  g_autofree gsize *begin = write_objects (self, pdf);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) pdf->str, pdf->len);
  g_autofree char *id = g_strdup_printf ("[<%s> <%s>]", digest, digest);
  qpdf_oh trailer = qpdf_get_trailer (self->qpdf);
  gsize table = pdf->len;

  g_string_append_printf (pdf, "xref\n0 %u\n0000000000 65535 f \n", self->told->len);
  for (guint i = 1; i < self->told->len; i++)
    g_string_append_printf (pdf, "%010" G_GSIZE_FORMAT " 00000 n \n", begin[i]);
  qpdf_oh_replace_key (self->qpdf, trailer, "/Size", qpdf_oh_new_integer (self->qpdf, self->told->len));
  qpdf_oh_replace_key (self->qpdf, trailer, "/ID", qpdf_oh_parse (self->qpdf, id));
  g_string_append_printf (pdf, "trailer\n%s\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                          qpdf_oh_unparse_resolved (self->qpdf, trailer), table);
  return g_string_free_to_bytes (pdf);
}

/* NULL where there is something to complain of. */
static GBytes *
finish (Finish *self, const char **complaint)
{
  qpdf_data qpdf = self->qpdf;

  if (qpdf_read_memory (qpdf, "letter", self->data, self->size, NULL) != QPDF_SUCCESS)
    return NULL;
  g_ptr_array_set_size (self->told,
                        qpdf_oh_get_int_value_as_int (qpdf, qpdf_oh_get_key (qpdf, qpdf_get_trailer (qpdf), "/Size")));
  if (!find_places (self))
    {
      *complaint = _ ("its table of objects is not whole");
      return NULL;
    }
  set_date (self);
  order_pages (self);
  if (!describe_figures (self))
    {
      *complaint = _ ("it has other pictures");
      return NULL;
    }
  add_metadata (self);
  add_to_catalogue (self);
  return write_whole (self);
}

/* The same PDF with each object on its own and a table of lines. What cannot be read is left as it is, for others to tell. */
static GBytes *
dup_plain (GBytes *pdf)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  GBytes *plain = NULL;
  qpdf_data qpdf;

  if (find_table (data, size) != 0)
    return g_bytes_ref (pdf);
  qpdf = qpdf_init ();
  qpdf_silence_errors (qpdf);
  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  if (qpdf_read_memory (qpdf, "letter", data, size, NULL) == QPDF_SUCCESS && qpdf_init_write_memory (qpdf) == QPDF_SUCCESS)
    {
      qpdf_set_object_stream_mode (qpdf, qpdf_o_disable);
      qpdf_set_static_ID (qpdf, QPDF_TRUE); /* another comes in its place */
      if (qpdf_write (qpdf) == QPDF_SUCCESS)
        plain = g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
    }
  find_complaint (qpdf); /* what nobody has asked for, the library tells on standard error */
  qpdf_cleanup (&qpdf);
  return plain != NULL ? plain : g_bytes_ref (pdf);
}

GBytes *
acc_pdf_finish (GBytes *pdf, const AccPdfFacts *facts, GError **error)
{
  g_return_val_if_fail (pdf != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  g_autoptr (GBytes) plain = dup_plain (pdf);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  Finish self = { .facts = facts, .qpdf = qpdf_init (), .places = places, .told = told };
  const char *complaint = NULL;

  self.data = g_bytes_get_data (plain, &self.size);
  /* Standard error is not for the library. */
  qpdf_silence_errors (self.qpdf);
  qpdf_set_suppress_warnings (self.qpdf, QPDF_TRUE);

  g_autoptr (GBytes) finished = finish (&self, &complaint);
  if (complaint == NULL)
    complaint = find_complaint (self.qpdf);
  if (complaint != NULL)
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("The letter cannot be written as a PDF: %s."), complaint);
  qpdf_cleanup (&self.qpdf);
  return complaint == NULL ? g_steal_pointer (&finished) : NULL;
}
