/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/csv-rows-private.h"
#include "staff/staff-csv-private.h"

#include <string.h>

/* The rows that are set aside, under the header line. */
typedef struct {
  AccFindings *findings;
  GByteArray *aside;
  gboolean header_read;
  guint n_aside;
} Sieve;

static gboolean
sift_row (const GStrv fields, guint n_fields, guint line, gpointer data)
{
  Sieve *sieve = data;

  if (sieve->header_read && !acc_findings_has_line (sieve->findings, line))
    return TRUE;
  acc_csv_rows_write (sieve->aside, (const char *const *) fields, n_fields);
  sieve->n_aside += sieve->header_read;
  sieve->header_read = TRUE;
  return TRUE;
}

static GBytes *
set_aside (GBytes *csv, AccFindings *findings, guint *n_bad)
{
  g_autoptr (GByteArray) aside = g_byte_array_new ();
  g_autoptr (AccFindings) told = acc_findings_new (); /* the first reading has told them */
  Sieve sieve = { findings, aside, FALSE, 0 };
  gsize size = 0;
  const char *text = g_bytes_get_data (csv, &size);
  gsize mark = size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  /* A byte-order mark would be taken for a part of the first column's name. */
  acc_csv_rows_read (text + mark, size - mark, sift_row, &sieve, told);
  *n_bad = sieve.n_aside;
  return g_byte_array_free_to_bytes (g_steal_pointer (&aside));
}

AccDirectory *
acc_staff_csv_sift (GBytes *csv, GBytes **bad, guint *n_bad, GError **error)
{
  g_autoptr (AccFindings) findings = acc_findings_new ();
  g_autoptr (AccDirectory) directory = NULL;

  g_return_val_if_fail (csv != NULL && bad != NULL && n_bad != NULL, NULL);

  *bad = NULL;
  *n_bad = 0;
  directory = acc_staff_csv_read_findings (csv, findings);
  if (directory == NULL)
    acc_findings_none (findings, error);
  else if (acc_findings_none (findings, NULL))
    *bad = g_bytes_new (NULL, 0);
  else
    *bad = set_aside (csv, findings, n_bad);
  return g_steal_pointer (&directory);
}
