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

/* The date as a PDF writes it; cairo 1.16 leaves the D: away. */
static void
set_date (qpdf_data qpdf, const char *iso_date)
{
  g_auto (GStrv) parts = g_strsplit (iso_date, "-", -1);
  g_autofree char *digits = g_strjoinv ("", parts);
  g_autofree char *date = g_strdup_printf ("D:%s000000Z", digits);

  qpdf_set_info_key (qpdf, "/CreationDate", date);
}

static void
add_metadata (qpdf_data qpdf, const AccPdfFacts *facts)
{
  /* Each lies in the library's memory until it is asked for the next. */
  g_autofree char *creator = g_strdup (qpdf_get_info_key (qpdf, "/Creator"));
  g_autofree char *producer = g_strdup (qpdf_get_info_key (qpdf, "/Producer"));
  g_autofree char *text = g_markup_printf_escaped (xmp, facts->title, facts->author, facts->language, facts->date,
                                                   creator, producer);
  qpdf_oh stream = qpdf_oh_new_stream (qpdf);
  qpdf_oh dictionary = qpdf_oh_get_dict (qpdf, stream);

  qpdf_oh_replace_key (qpdf, dictionary, "/Type", qpdf_oh_new_name (qpdf, "/Metadata"));
  qpdf_oh_replace_key (qpdf, dictionary, "/Subtype", qpdf_oh_new_name (qpdf, "/XML"));
  qpdf_oh_replace_stream_data (qpdf, stream, (const guchar *) text, strlen (text), qpdf_oh_new_null (qpdf),
                               qpdf_oh_new_null (qpdf));
  qpdf_oh_replace_key (qpdf, qpdf_get_root (qpdf), "/Metadata", stream);
}

static void
add_to_catalogue (qpdf_data qpdf, const AccPdfFacts *facts)
{
  const char *viewer = facts->right_to_left ? "<< /DisplayDocTitle true /Direction /R2L >>"
                                            : "<< /DisplayDocTitle true >>";
  qpdf_oh root = qpdf_get_root (qpdf);

  qpdf_oh_replace_key (qpdf, root, "/Lang", qpdf_oh_new_unicode_string (qpdf, facts->language));
  qpdf_oh_replace_key (qpdf, root, "/MarkInfo", qpdf_oh_parse (qpdf, "<< /Marked true >>"));
  qpdf_oh_replace_key (qpdf, root, "/ViewerPreferences", qpdf_oh_parse (qpdf, viewer));
}

/* Tab goes through the pages in the order of their structure. */
static void
order_pages (qpdf_data qpdf)
{
  int n = qpdf_get_num_pages (qpdf);

  for (int i = 0; i < n; i++)
    qpdf_oh_replace_key (qpdf, qpdf_get_page_n (qpdf, i), "/Tabs", qpdf_oh_new_name (qpdf, "/S"));
}

/* Goes through the structure below @parent in reading order; *@n Figures were met before. */
static void
describe_figures (qpdf_data qpdf, qpdf_oh parent, const AccPdfFacts *facts, guint *n)
{
  qpdf_oh children = qpdf_oh_get_key (qpdf, parent, "/K");
  int n_children = qpdf_oh_is_array (qpdf, children) ? qpdf_oh_get_array_n_items (qpdf, children) : 0;

  for (int i = 0; i < n_children; i++)
    {
      qpdf_oh child = qpdf_oh_get_array_item (qpdf, children, i);

      if (!qpdf_oh_is_dictionary (qpdf, child)) /* content */
        continue;
      if (qpdf_oh_is_name_and_equals (qpdf, qpdf_oh_get_key (qpdf, child, "/S"), "/Figure"))
        {
          if (*n < g_strv_length ((char **) facts->figures))
            qpdf_oh_replace_key (qpdf, child, "/Alt", qpdf_oh_new_unicode_string (qpdf, facts->figures[*n]));
          ++*n;
        }
      describe_figures (qpdf, child, facts, n);
    }
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

/* As fast as it can be: no stream is packed that is packed already, and no object put into a stream. */
static void
write_whole (qpdf_data qpdf)
{
  if (qpdf_init_write_memory (qpdf) & QPDF_ERRORS)
    return;
  qpdf_set_object_stream_mode (qpdf, qpdf_o_disable);
  qpdf_set_stream_data_mode (qpdf, qpdf_s_compress);
  qpdf_set_deterministic_ID (qpdf, QPDF_TRUE);
  qpdf_write (qpdf);
}

static const char *
finish (qpdf_data qpdf, GBytes *pdf, const AccPdfFacts *facts)
{
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  guint n_figures = 0;

  if (qpdf_read_memory (qpdf, "letter", data, size, NULL) != QPDF_SUCCESS)
    return find_complaint (qpdf);
  set_date (qpdf, facts->date);
  add_metadata (qpdf, facts);
  add_to_catalogue (qpdf, facts);
  order_pages (qpdf);
  describe_figures (qpdf, qpdf_oh_get_key (qpdf, qpdf_get_root (qpdf), "/StructTreeRoot"), facts, &n_figures);
  if (n_figures != g_strv_length ((char **) facts->figures))
    return _ ("it has other figures");
  write_whole (qpdf);
  return find_complaint (qpdf);
}

GBytes *
acc_pdf_finish (GBytes *pdf, const AccPdfFacts *facts, GError **error)
{
  g_return_val_if_fail (pdf != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);

  GBytes *finished = NULL;
  qpdf_data qpdf = qpdf_init ();

  /* Standard error is not for the library. */
  qpdf_silence_errors (qpdf);
  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);

  const char *complaint = finish (qpdf, pdf, facts);
  if (complaint == NULL)
    finished = g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("The letter cannot be written as a PDF: %s."), complaint);
  qpdf_cleanup (&qpdf);
  return finished;
}
