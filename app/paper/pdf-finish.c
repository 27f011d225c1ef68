/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-finish.h"

#include "base/error.h"

#include <gio/gio.h>
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

#define TAIL 40      /* bytes: the file's last line tells where the table of objects begins */
#define XREF_LINE 20 /* bytes of a table of lines that tell of one object */
#define XREF_ROW 8   /* … of the table that is written, in columns of 1, 4 and 3 */
#define LEVEL 1      /* of compression: 6 takes 200 bytes off, and more time */
#define FIGURE "/S /Figure"

typedef struct {
  guint number;
  const char *text; /* within the PDF, between "obj" and "endobj" */
  gsize length;
} Place; /* of an object */

/* cairo's PDF on its way to the finished one: objects stay as cairo wrote them, but for those that are told anew. */
typedef struct {
  const AccPdfFacts *facts;
  qpdf_data qpdf;  /* reads only the objects that it is asked for */
  const char *data;
  gsize size;
  gsize head;      /* bytes before the first object */
  GArray *places;  /* of cairo's objects, as they follow one another, and then where they have ended */
  GPtrArray *told; /* by number: an object's text; NULL: as cairo wrote it */
} Finish;

/* The finished PDF on its way (ISO 32000-1, 7.5.7 and 7.5.8): streams stand in it, all other objects in one stream. */
typedef struct {
  GString *pdf;
  GString *index, *packed; /* number and place of each object in that stream, and their texts */
  guint n_packed;
  guint packed_number;
  guint8 *table; /* a row for each object, by number */
} Packing;

typedef enum { XREF_FREE = 0, XREF_IN_FILE = 1, XREF_PACKED = 2 } XrefKind;

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

  return (a->text > b->text) - (a->text < b->text);
}

/* Where the table of objects begins; 0 where it is none of lines, as newer cairo has it. */
static gsize
find_table (const char *data, gsize size)
{
  const char *told = size > TAIL ? g_strstr_len (data + size - TAIL, TAIL, "startxref\n") : NULL;
  guint64 begin = told != NULL ? g_ascii_strtoull (told + strlen ("startxref\n"), NULL, 10) : 0;

  return begin < size && g_str_has_prefix (data + begin, "xref\n0 ") ? begin : 0;
}

/* TRUE where the text ended in @word and white space, which are cut off. */
static gboolean
cut_end (const char *text, gsize *length, const char *word)
{
  gsize size = strlen (word);

  while (*length > 0 && g_ascii_isspace (text[*length - 1]))
    (*length)--;
  if (*length < size || memcmp (text + *length - size, word, size) != 0)
    return FALSE;
  *length -= size;
  return TRUE;
}

/* From the whole object, up to @end, to its text. FALSE where it is none. */
static gboolean
trim (Place *place, const char *end)
{
  const char *line = memchr (place->text, '\n', end - place->text);

  if (line == NULL)
    return FALSE;
  place->text = line + 1;
  place->length = end - place->text;
  return cut_end (place->text, &place->length, "endobj");
}

/* By the table. FALSE where it does not tell of all objects, each before the table. */
static gboolean
find_places (Finish *self)
{
  guint n = self->told->len;
  gsize end = find_table (self->data, self->size);
  g_autofree char *head = g_strdup_printf ("xref\n0 %u\n", n);
  const char *table = self->data + end + strlen (head);
  const Place last = { n, self->data + end, 0 };

  if (end == 0 || !g_str_has_prefix (self->data + end, head) || (gsize) n * XREF_LINE > self->size - (table - self->data))
    return FALSE;
  for (guint number = 1; number < n; number++)
    {
      guint64 from = g_ascii_strtoull (table + number * XREF_LINE, NULL, 10);
      const Place place = { number, self->data + from, 0 };

      if (from >= end)
        return FALSE;
      g_array_append_val (self->places, place);
    }
  g_array_append_val (self->places, last);
  g_array_sort (self->places, compare_places);

  Place *place = (Place *) (gpointer) self->places->data;
  self->head = place->text - self->data;
  for (guint i = 0; i + 1 < self->places->len; i++)
    if (!trim (&place[i], place[i + 1].text))
      return FALSE;
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
  if (g_strstr_len (place->text, place->length, FIGURE) == NULL)
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

static void
enter (Packing *packing, guint number, XrefKind kind, guint32 where, guint32 which)
{
  const guint8 row[XREF_ROW] = { kind, where >> 24, where >> 16, where >> 8, where, which >> 16, which >> 8, which };

  memcpy (packing->table + number * XREF_ROW, row, XREF_ROW);
}

/* Its text; a stream cannot stand within another. */
static void
write_object (Packing *packing, guint number, const char *text, gsize length)
{
  if (cut_end (text, &length, "endstream"))
    {
      enter (packing, number, XREF_IN_FILE, packing->pdf->len, 0);
      g_string_append_printf (packing->pdf, "%u 0 obj\n", number);
      g_string_append_len (packing->pdf, text, length);
      g_string_append (packing->pdf, "endstream\nendobj\n");
      return;
    }
  enter (packing, number, XREF_PACKED, packing->packed_number, packing->n_packed++);
  g_string_append_printf (packing->index, "%u %" G_GSIZE_FORMAT " ", number, packing->packed->len);
  g_string_append_len (packing->packed, text, length);
  g_string_append_c (packing->packed, '\n');
}

static void
write_objects (Finish *self, Packing *packing)
{
  g_string_append_len (packing->pdf, self->data, self->head);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);
      const char *told = g_ptr_array_index (self->told, place->number);

      if (told != NULL)
        write_object (packing, place->number, told, strlen (told));
      else
        write_object (packing, place->number, place->text, place->length);
    }
}

static GBytes *
compress (GString *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL);
  gsize room = text->len * 2, read, written; /* more than it could become */
  char *bytes = g_malloc (room);
  GConverterResult result = g_converter_convert (G_CONVERTER (compressor), text->str, text->len, bytes, room,
                                                 G_CONVERTER_INPUT_AT_END, &read, &written, NULL);

  g_assert (result == G_CONVERTER_FINISHED);
  return g_bytes_new_take (bytes, written);
}

static void
write_packed (Packing *packing)
{
  gsize first = packing->index->len, length;

  g_string_append_len (packing->index, packing->packed->str, packing->packed->len);
  g_autoptr (GBytes) compressed = compress (packing->index);
  const char *bytes = g_bytes_get_data (compressed, &length);

  enter (packing, packing->packed_number, XREF_IN_FILE, packing->pdf->len, 0);
  g_string_append_printf (packing->pdf,
                          "%u 0 obj\n<< /Type /ObjStm /N %u /First %" G_GSIZE_FORMAT " /Length %" G_GSIZE_FORMAT
                          " /Filter /FlateDecode >>\nstream\n",
                          packing->packed_number, packing->n_packed, first, length);
  g_string_append_len (packing->pdf, bytes, length);
  g_string_append (packing->pdf, "\nendstream\nendobj\n");
}

/* It is the trailer as well. */
static void
write_table (Finish *self, Packing *packing, guint number)
{
  GString *pdf = packing->pdf;
  gsize begin = pdf->len, length = (number + 1) * XREF_ROW;
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_MD5, (const guchar *) pdf->str, pdf->len);
  qpdf_oh root = qpdf_get_root (self->qpdf);
  qpdf_oh info = qpdf_oh_get_key (self->qpdf, qpdf_get_trailer (self->qpdf), "/Info");

  enter (packing, 0, XREF_FREE, 0, G_MAXUINT16);
  enter (packing, number, XREF_IN_FILE, begin, 0);
  g_string_append_printf (pdf,
                          "%u 0 obj\n<< /Type /XRef /Size %u /W [1 4 3] /Length %" G_GSIZE_FORMAT
                          " /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstream\n",
                          number, number + 1, length, qpdf_oh_get_object_id (self->qpdf, root),
                          qpdf_oh_get_object_id (self->qpdf, info), digest, digest);
  g_string_append_len (pdf, (const char *) packing->table, length);
  g_string_append_printf (pdf, "\nendstream\nendobj\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", begin);
}

/* libqpdf's own writer would read and write every object, which costs three times as much as all else here. */
static GBytes *
write_whole (Finish *self)
{
  guint n = self->told->len;
  g_autoptr (GString) index = g_string_new (NULL), packed = g_string_new (NULL);
  g_autofree guint8 *table = g_malloc0 ((n + 2) * XREF_ROW);
  Packing packing = { g_string_sized_new (self->size), index, packed, .packed_number = n, .table = table };

  write_objects (self, &packing);
  write_packed (&packing);
  write_table (self, &packing, n + 1);
  return g_string_free_to_bytes (packing.pdf);
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
