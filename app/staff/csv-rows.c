/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/csv-rows-private.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  struct csv_parser parser;
  GString *texts;    /* the row's fields, each with its NUL: kept from row to row, since a file may have millions */
  GArray *starts;    /* of gsize: where in texts */
  GPtrArray *fields; /* lent to the row's taker */
  guint line;       /* the physical line that is being fed */
  guint row_line;   /* where the row began */
  guint field_line; /* where its present field began */
  gsize row_bytes;
  gboolean stopped;
  AccCsvRow row;
  gpointer data;
} Reading;

static void
take_field (void *text, size_t length, void *data)
{
  Reading *reading = data;

  g_array_append_val (reading->starts, reading->texts->len);
  g_string_append_len (reading->texts, text, length);
  g_string_append_c (reading->texts, '\0');
  reading->field_line = reading->line;
}

static void
take_row (int terminator, void *data)
{
  Reading *reading = data;
  guint n_fields = reading->starts->len;

  g_ptr_array_set_size (reading->fields, 0);
  for (guint i = 0; i < n_fields; i++)
    g_ptr_array_add (reading->fields, reading->texts->str + g_array_index (reading->starts, gsize, i));
  g_ptr_array_add (reading->fields, NULL);
  if (!reading->stopped)
    reading->stopped = !reading->row ((GStrv) reading->fields->pdata, n_fields, reading->row_line, reading->data);
  g_array_set_size (reading->starts, 0);
  g_string_truncate (reading->texts, 0);
  reading->row_bytes = 0;
}

/* Up to and with the line's end; no longer than a row may be, plus one. */
static gsize
measure_line (const char *text, gsize size)
{
  gsize limit = MIN (size, ACC_CSV_ROW_MAX + 1);

  for (gsize i = 0; i < limit; i++)
    {
      if (text[i] == '\n')
        return i + 1;
      if (text[i] == '\r')
        return i + 1 < size && text[i + 1] == '\n' ? i + 2 : i + 1;
    }
  return limit;
}

/* Between rows only: inside a quoted field a blank line is part of it. */
static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (strchr (" \t\r\n", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* A quote that was opened lines ago is where a person must look, not the line where it could no longer be read. */
static void
report_quote (Reading *reading, AccFindings *findings)
{
  if (reading->field_line < reading->line)
    acc_findings_add (findings, reading->field_line, _ ("a quotation mark opens here and is not closed."));
  else
    acc_findings_add (findings, reading->line,
                      _ ("a quotation mark stands in the wrong place; write it twice, inside a quoted field."));
}

static gboolean
feed_line (Reading *reading, const char *text, gsize length, AccFindings *findings)
{
  if (reading->row_bytes == 0)
    {
      if (is_blank (text, length))
        return TRUE;
      reading->row_line = reading->field_line = reading->line;
    }
  reading->row_bytes += length;
  if (length > ACC_CSV_ROW_MAX)
    {
      acc_findings_add (findings, reading->line, _ ("this line is longer than %d bytes."), ACC_CSV_ROW_MAX);
      return FALSE;
    }
  /* Only a quoted field holds several lines together. */
  if (reading->row_bytes > ACC_CSV_ROW_MAX)
    {
      acc_findings_add (findings, reading->field_line, _ ("a quotation mark opens here and is not closed."));
      return FALSE;
    }
  if (csv_parse (&reading->parser, text, length, take_field, take_row, reading) != length)
    {
      report_quote (reading, findings);
      return FALSE;
    }
  return !reading->stopped;
}

static gboolean
feed_all (Reading *reading, const char *text, gsize size, AccFindings *findings)
{
  for (gsize at = 0; at < size;)
    {
      gsize length = measure_line (text + at, size - at);

      reading->line++;
      if (!feed_line (reading, text + at, length, findings))
        return FALSE;
      at += length;
    }
  if (csv_fini (&reading->parser, take_field, take_row, reading) != 0)
    {
      acc_findings_add (findings, reading->field_line, _ ("a quotation mark opens here and is not closed."));
      return FALSE;
    }
  return !reading->stopped;
}

gboolean
acc_csv_rows_read (const char *text, gsize size, AccCsvRow row, gpointer data, AccFindings *findings)
{
  Reading reading = { .row = row, .data = data };
  gboolean complete;

  if (csv_init (&reading.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
    g_error ("libcsv could not be started");
  csv_set_blk_size (&reading.parser, 4096);
  reading.texts = g_string_new (NULL);
  reading.starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  reading.fields = g_ptr_array_new ();
  complete = feed_all (&reading, text, size, findings);
  g_ptr_array_unref (reading.fields);
  g_array_unref (reading.starts);
  g_string_free (reading.texts, TRUE);
  csv_free (&reading.parser);
  return complete;
}

static void
write_field (GByteArray *out, const char *field)
{
  gsize length = strlen (field);
  gsize needed = csv_write (NULL, 0, field, length);
  guint at = out->len;

  g_byte_array_set_size (out, at + needed);
  csv_write (out->data + at, needed, field, length);
}

void
acc_csv_rows_write (GByteArray *out, const char *const *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (i > 0)
        g_byte_array_append (out, (const guint8 *) ",", 1);
      write_field (out, fields[i]);
    }
  g_byte_array_append (out, (const guint8 *) "\r\n", 2);
}
