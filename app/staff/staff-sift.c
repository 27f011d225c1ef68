/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/csv-rows-private.h"
#include "staff/staff-csv-private.h"

#include <string.h>

/* One pass: the rows that had nothing wrong, and those that had. */
typedef struct {
  AccFindings *findings; /* of this pass */
  GByteArray *kept, *aside;
  gboolean header_read, header_aside;
  guint n_aside;
} Sieve;

static gboolean
sift_row (const GStrv fields, guint n_fields, guint line, gpointer data)
{
  Sieve *sieve = data;
  const char *const *row = (const char *const *) fields;

  if (!sieve->header_read)
    {
      sieve->header_read = TRUE;
      acc_csv_rows_write (sieve->kept, row, n_fields);
      if (!sieve->header_aside)
        acc_csv_rows_write (sieve->aside, row, n_fields);
      return !acc_findings_has_line (sieve->findings, line);
    }
  if (acc_findings_has_line (sieve->findings, line))
    {
      acc_csv_rows_write (sieve->aside, row, n_fields);
      sieve->n_aside++;
    }
  else
    acc_csv_rows_write (sieve->kept, row, n_fields);
  return TRUE;
}

/* Parts @csv by @findings; NULL where what is wrong is not a matter of single rows. */
static GBytes *
sift_once (GBytes *csv, AccFindings *findings, GByteArray *aside, guint *n_aside)
{
  g_autoptr (GByteArray) kept = g_byte_array_new ();
  g_autoptr (AccFindings) unread = acc_findings_new (); /* the reader has told them already */
  Sieve sieve = { findings, kept, aside, FALSE, aside->len > 0, 0 };
  gsize size = 0;
  const char *text = g_bytes_get_data (csv, &size);

  if (!acc_csv_rows_read (text, size, sift_row, &sieve, unread) || sieve.n_aside == 0)
    return NULL;
  *n_aside += sieve.n_aside;
  return g_byte_array_free_to_bytes (g_steal_pointer (&kept));
}

/* A byte-order mark would be taken for a part of the first name when rows are written again. */
static GBytes *
without_mark (GBytes *csv)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (csv, &size);
  gsize mark = size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  return g_bytes_new_from_bytes (csv, mark, size - mark);
}

AccDirectory *
acc_staff_csv_sift (GBytes *csv, GBytes **bad, guint *n_bad, GError **error)
{
  g_autoptr (GByteArray) aside = g_byte_array_new ();
  g_autoptr (GBytes) rest = NULL;

  g_return_val_if_fail (csv != NULL && bad != NULL && n_bad != NULL, NULL);

  rest = without_mark (csv);
  *n_bad = 0;
  /* A row that is set aside can leave others without their supervisor: again, until nothing is wrong. Each pass takes
   * rows away, so it ends. */
  for (;;)
    {
      g_autoptr (AccFindings) findings = acc_findings_new ();
      g_autoptr (AccDirectory) directory = acc_staff_csv_read_findings (rest, findings);
      g_autoptr (GBytes) kept = NULL;

      if (acc_findings_none (findings, NULL))
        {
          *bad = g_byte_array_free_to_bytes (g_steal_pointer (&aside));
          return g_steal_pointer (&directory);
        }
      kept = sift_once (rest, findings, aside, n_bad);
      if (kept == NULL)
        {
          acc_findings_none (findings, error);
          return NULL;
        }
      g_bytes_unref (rest);
      rest = g_steal_pointer (&kept);
    }
}
