/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-csv.h"

#include "base/error.h"
#include "base/text.h"
#include "staff/csv-rows-private.h"
#include "staff/people-private.h"
#include "staff/staff-csv-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  gboolean header_read;
  guint n_fields;
  int field_of[ACC_STAFF_N_COLUMNS]; /* -1: the file has no such column */
  AccPeople *people;
  AccFindings *findings;
} Reader;

static int
find_column (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strdown (name, -1));

  for (int i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    if (strcmp (acc_staff_column_name (i), trimmed) == 0)
      return i;
  return -1;
}

static gboolean
read_header (Reader *reader, const GStrv fields, guint n_fields, guint line)
{
  gboolean good = TRUE;

  reader->header_read = TRUE;
  reader->n_fields = n_fields;
  if (n_fields == 1 && strchr (fields[0], ';') != NULL)
    {
      acc_findings_add (reader->findings, line, _ ("the fields are parted by semicolons; save the file with commas."));
      return FALSE;
    }
  for (guint i = 0; i < n_fields; i++)
    {
      int column = find_column (fields[i]);

      if (column >= 0 && reader->field_of[column] >= 0)
        {
          acc_findings_add (reader->findings, line, _ ("the column “%s” is there twice."), acc_staff_column_name (column));
          good = FALSE;
        }
      else if (column >= 0)
        reader->field_of[column] = (int) i;
    }
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    if (acc_staff_column_is_needed (i) && reader->field_of[i] < 0)
      {
        acc_findings_add (reader->findings, line, _ ("the column “%s” is missing."), acc_staff_column_name (i));
        good = FALSE;
      }
  return good;
}

static gboolean
read_row (const GStrv fields, guint n_fields, guint line, gpointer data)
{
  Reader *reader = data;
  const char *values[ACC_STAFF_N_COLUMNS];

  if (!reader->header_read)
    return read_header (reader, fields, n_fields, line);
  if (n_fields != reader->n_fields)
    {
      guint id = (guint) reader->field_of[ACC_STAFF_ID];

      acc_findings_add (reader->findings, line, _ ("this row has %u fields, the header line has %u."), n_fields,
                        reader->n_fields);
      acc_people_add_unread (reader->people, id < n_fields ? fields[id] : "", line);
      return TRUE;
    }
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    values[i] = reader->field_of[i] >= 0 ? fields[reader->field_of[i]] : "";
  acc_people_add (reader->people, values, line);
  return TRUE;
}

typedef struct {
  guint rows, line;
} Count;

static gboolean
count_row (const GStrv fields, guint n_fields, guint line, gpointer data)
{
  Count *count = data;

  count->line = line;
  return count->rows++ <= ACC_STAFF_ROWS_MAX; /* one more for the header line */
}

/* Before anything is kept, so that no file can take much memory. */
static gboolean
has_too_many_rows (const char *text, gsize size, AccFindings *findings)
{
  g_autoptr (AccFindings) unread = acc_findings_new (); /* read_row comes by the same places */
  Count count = { 0 };

  if (acc_csv_rows_read (text, size, count_row, &count, unread) || count.rows <= ACC_STAFF_ROWS_MAX + 1)
    return FALSE;
  acc_findings_add (findings, count.line, _ ("the file has more than %d people."), ACC_STAFF_ROWS_MAX);
  return TRUE;
}

static guint
count_lines (const char *text, const char *end)
{
  guint line = 1;

  for (; text < end; text++)
    if (*text == '\n' || (*text == '\r' && text[1] != '\n'))
      line++;
  return line;
}

/* The text after a byte-order mark; NULL, with a finding, if it is not UTF-8. */
static const char *
check_encoding (const char *text, gsize *size, AccFindings *findings)
{
  const char *end = NULL;

  if (*size >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    {
      acc_findings_add (findings, 1, _ ("the file is UTF-16; save it as UTF-8."));
      return NULL;
    }
  if (*size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      *size -= 3;
    }
  if (!g_utf8_validate_len (text, *size, &end))
    {
      acc_findings_add (findings, count_lines (text, end), _ ("this line is not UTF-8 text; save the file as UTF-8."));
      return NULL;
    }
  return text;
}

static void
reader_init (Reader *reader, AccFindings *findings)
{
  *reader = (Reader){ .findings = findings };
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    reader->field_of[i] = -1;
  reader->people = acc_people_new (findings, NULL);
}

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->people, acc_people_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* The people whose lines are right; NULL if there are none, or the file could not be read to its end. */
static AccDirectory *
read_all (Reader *reader, const char *text, gsize size)
{
  if (has_too_many_rows (text, size, reader->findings)
      || !acc_csv_rows_read (text, size, read_row, reader, reader->findings))
    return NULL;
  if (acc_people_get_n (reader->people) == 0)
    acc_findings_add (reader->findings, 1, _ ("the file names nobody; the directory stays as it is."));
  return acc_people_finish (reader->people);
}

AccDirectory *
acc_staff_csv_read_findings (GBytes *csv, AccFindings *findings)
{
  g_auto (Reader) reader = { 0 };
  gsize size = 0;
  const char *text = g_bytes_get_data (csv, &size);

  reader_init (&reader, findings);
  if (size > ACC_STAFF_BYTES_MAX)
    acc_findings_add (findings, count_lines (text, text + ACC_STAFF_BYTES_MAX),
                      _ ("here the file grows larger than %d MB; it may be no staff list."),
                      ACC_STAFF_BYTES_MAX / (1024 * 1024));
  else if (size == 0 || (text = check_encoding (text, &size, findings)) != NULL)
    return read_all (&reader, text, size);
  return NULL;
}

AccDirectory *
acc_staff_csv_read (GBytes *csv, GError **error)
{
  g_autoptr (AccFindings) findings = acc_findings_new ();
  g_autoptr (AccDirectory) directory = NULL;

  g_return_val_if_fail (csv != NULL, NULL);

  directory = acc_staff_csv_read_findings (csv, findings);
  return acc_findings_none (findings, error) ? g_steal_pointer (&directory) : NULL;
}

static void
write_person (GByteArray *out, const AccPerson *person)
{
  const char *fields[ACC_STAFF_N_COLUMNS];

  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    fields[i] = acc_staff_column_text (person, i);
  acc_csv_rows_write (out, fields, ACC_STAFF_N_COLUMNS);
}

GBytes *
acc_staff_csv_write (AccDirectory *directory)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const char *header[ACC_STAFF_N_COLUMNS];

  g_return_val_if_fail (ACC_IS_DIRECTORY (directory), NULL);

  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    header[i] = acc_staff_column_name (i);
  acc_csv_rows_write (out, header, ACC_STAFF_N_COLUMNS);
  for (guint i = 0; i < acc_directory_get_n_people (directory); i++)
    write_person (out, acc_directory_get_person (directory, i));
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
