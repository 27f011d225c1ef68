/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-csv.h"

#include "base/error.h"
#include "base/text.h"
#include "staff/csv-rows-private.h"
#include "staff/person-private.h"
#include "staff/staff-csv-private.h"
#include "staff/staff-rules-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What may not be missing: the column, or a value in each row as well. */
typedef enum { NEEDS_NOTHING, NEEDS_COLUMN, NEEDS_VALUE } Needs;

typedef struct {
  const char *name;
  gsize text; /* where in AccPerson; none for COLUMN_THANKS */
  Needs needs;
  AccStaffRule rule;
} Column;

enum { COLUMN_ID, COLUMN_THANKS = 10, N_COLUMNS };

/* The columns that are read, in the order in which they are written. */
static const Column columns[N_COLUMNS] = {
  /* the bank's own key for a person: never shown to a client */
  { "id", G_STRUCT_OFFSET (AccPerson, id), NEEDS_VALUE, acc_staff_rule_text },
  { "name", G_STRUCT_OFFSET (AccPerson, name), NEEDS_VALUE, acc_staff_rule_name },
  /* where a letter is sent */
  { "email", G_STRUCT_OFFSET (AccPerson, email), NEEDS_VALUE, acc_staff_rule_address },
  { "department", G_STRUCT_OFFSET (AccPerson, department), NEEDS_VALUE, acc_staff_rule_text },
  /* empty for whoever reports to nobody */
  { "supervisor_id", G_STRUCT_OFFSET (AccPerson, supervisor_id), NEEDS_COLUMN, acc_staff_rule_text },
  { "title", G_STRUCT_OFFSET (AccPerson, title), NEEDS_NOTHING, acc_staff_rule_text },
  { "called", G_STRUCT_OFFSET (AccPerson, called), NEEDS_NOTHING, acc_staff_rule_text },
  { "pronunciation", G_STRUCT_OFFSET (AccPerson, pronunciation), NEEDS_NOTHING, acc_staff_rule_text },
  { "since", G_STRUCT_OFFSET (AccPerson, since), NEEDS_NOTHING, acc_staff_rule_date },
  { "until", G_STRUCT_OFFSET (AccPerson, until), NEEDS_NOTHING, acc_staff_rule_date },
  /* how this person likes to be thanked */
  { "thanks", 0, NEEDS_NOTHING, acc_staff_rule_thanks },
};

typedef struct {
  gboolean header_read;
  guint n_fields;
  int field_of[N_COLUMNS]; /* -1: the file has no such column */
  GPtrArray *people;
  GArray *lines;     /* of guint, parallel to people */
  GHashTable *by_id; /* lent id -> position + 1 */
  AccFindings *findings;
} Reader;

static int
find_column (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_ascii_strdown (name, -1));

  for (int i = 0; i < N_COLUMNS; i++)
    if (strcmp (columns[i].name, trimmed) == 0)
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
          acc_findings_add (reader->findings, line, _ ("the column “%s” is there twice."), columns[column].name);
          good = FALSE;
        }
      else if (column >= 0)
        reader->field_of[column] = (int) i;
    }
  for (guint i = 0; i < N_COLUMNS; i++)
    if (columns[i].needs >= NEEDS_COLUMN && reader->field_of[i] < 0)
      {
        acc_findings_add (reader->findings, line, _ ("the column “%s” is missing."), columns[i].name);
        good = FALSE;
      }
  return good;
}

/* The value of a column, trimmed; "" with a finding if it may not be as it is. */
static char *
read_value (Reader *reader, const GStrv fields, guint column, guint line)
{
  g_autofree char *value = NULL;
  const char *fault;

  if (reader->field_of[column] < 0)
    return g_strdup ("");
  value = acc_text_trim (fields[reader->field_of[column]]);
  if (*value == '\0')
    {
      if (columns[column].needs == NEEDS_VALUE)
        acc_findings_add (reader->findings, line, _ ("%s: nothing is given."), columns[column].name);
      return g_steal_pointer (&value);
    }
  fault = columns[column].rule (value);
  if (fault != NULL)
    {
      g_autofree char *quote = acc_findings_quote (value);

      acc_findings_add (reader->findings, line, _ ("%s: “%s” %s"), columns[column].name, quote, fault);
      return g_strdup ("");
    }
  return g_str_is_ascii (value) ? g_steal_pointer (&value) : g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
}

/* Every text of a person is a column, so each is set here. */
static AccPerson *
read_person (Reader *reader, const GStrv fields, guint line)
{
  AccPerson *person = g_new0 (AccPerson, 1);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *value = read_value (reader, fields, i, line);

      if (i == COLUMN_THANKS)
        acc_staff_thanks_from_text (value, &person->thanks);
      else
        G_STRUCT_MEMBER (char *, person, columns[i].text) = g_steal_pointer (&value);
    }
  if (*person->since != '\0' && *person->until != '\0' && strcmp (person->since, person->until) >= 0)
    acc_findings_add (reader->findings, line, _ ("until: “%s” is not after since, “%s”."), person->until,
                      person->since);
  return person;
}

static void
keep_person (Reader *reader, AccPerson *person, guint line)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (reader->by_id, person->id));

  if (first > 0 && *person->id != '\0')
    acc_findings_add (reader->findings, line, _ ("id: “%s” is already in line %u."), person->id,
                      g_array_index (reader->lines, guint, first - 1));
  g_ptr_array_add (reader->people, person);
  g_array_append_val (reader->lines, line);
  if (first == 0 && *person->id != '\0')
    g_hash_table_insert (reader->by_id, person->id, GUINT_TO_POINTER (reader->people->len));
}

/* Of a row that cannot be read: so that who reports to this person is not called wrong as well. */
static AccPerson *
read_id_alone (Reader *reader, const GStrv fields, guint n_fields)
{
  AccPerson *person = acc_person_new_empty ();
  guint field = (guint) reader->field_of[COLUMN_ID];

  if (field < n_fields)
    {
      g_free (person->id);
      person->id = acc_text_trim (fields[field]);
    }
  return person;
}

static gboolean
read_row (const GStrv fields, guint n_fields, guint line, gpointer data)
{
  Reader *reader = data;

  if (!reader->header_read)
    return read_header (reader, fields, n_fields, line);
  if (n_fields != reader->n_fields)
    {
      acc_findings_add (reader->findings, line, _ ("this row has %u fields, the header line has %u."), n_fields,
                        reader->n_fields);
      keep_person (reader, read_id_alone (reader, fields, n_fields), line);
      return TRUE;
    }
  keep_person (reader, read_person (reader, fields, line), line);
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
  for (guint i = 0; i < N_COLUMNS; i++)
    reader->field_of[i] = -1;
  reader->people = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_person_free);
  reader->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  reader->by_id = g_hash_table_new (g_str_hash, g_str_equal);
}

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->by_id, g_hash_table_unref);
  g_clear_pointer (&reader->lines, g_array_unref);
  g_clear_pointer (&reader->people, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* FALSE if the file could not be read to its end. */
static gboolean
read_all (Reader *reader, const char *text, gsize size)
{
  if (has_too_many_rows (text, size, reader->findings)
      || !acc_csv_rows_read (text, size, read_row, reader, reader->findings))
    return FALSE;
  if (reader->people->len == 0)
    acc_findings_add (reader->findings, 1, _ ("the file names nobody; the directory stays as it is."));
  acc_staff_check_supervisors (reader->people, reader->lines, reader->by_id, reader->findings);
  acc_staff_mark_reports (reader->people, reader->lines, reader->by_id, reader->findings);
  return TRUE;
}

/* The people whose lines are right; NULL if there are none. */
static AccDirectory *
keep_right (Reader *reader)
{
  g_autoptr (GPtrArray) right = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_person_free);

  for (guint i = 0; i < reader->people->len; i++)
    if (!acc_findings_has_line (reader->findings, g_array_index (reader->lines, guint, i)))
      g_ptr_array_add (right, g_steal_pointer (&g_ptr_array_index (reader->people, i)));
  return right->len > 0 ? acc_directory_new (g_steal_pointer (&right)) : NULL;
}

AccDirectory *
acc_staff_csv_read_findings (GBytes *csv, AccFindings *findings)
{
  g_auto (Reader) reader = { 0 };
  gsize size = 0;
  const char *text = g_bytes_get_data (csv, &size);
  gboolean read = FALSE;

  reader_init (&reader, findings);
  if (size > ACC_STAFF_BYTES_MAX)
    acc_findings_add (findings, count_lines (text, text + ACC_STAFF_BYTES_MAX),
                      _ ("here the file grows larger than %d MB; it may be no staff list."),
                      ACC_STAFF_BYTES_MAX / (1024 * 1024));
  else if (size == 0 || (text = check_encoding (text, &size, findings)) != NULL)
    read = read_all (&reader, text, size);
  return read ? keep_right (&reader) : NULL;
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
  const char *fields[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    fields[i] = i == COLUMN_THANKS ? acc_staff_thanks_to_text (person->thanks)
                                   : G_STRUCT_MEMBER (const char *, person, columns[i].text);
  acc_csv_rows_write (out, fields, N_COLUMNS);
}

GBytes *
acc_staff_csv_write (AccDirectory *directory)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  const char *header[N_COLUMNS];

  g_return_val_if_fail (ACC_IS_DIRECTORY (directory), NULL);

  for (guint i = 0; i < N_COLUMNS; i++)
    header[i] = columns[i].name;
  acc_csv_rows_write (out, header, N_COLUMNS);
  for (guint i = 0; i < acc_directory_get_n_people (directory); i++)
    write_person (out, acc_directory_get_person (directory, i));
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
