/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff file: all of it is read or none; sifted, the good rows are a file that is read. */
#include "fuzz.h"
#include "staff/staff-csv.h"
#include "staff/staff-difference.h"

static void
check_written (AccDirectory *directory)
{
  g_autoptr (GBytes) csv = acc_staff_csv_write (directory);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) again = acc_staff_csv_read (csv, &error);
  g_autoptr (AccStaffDifference) difference = NULL;

  g_assert_no_error (error);
  difference = acc_staff_difference_new (directory, again);
  g_assert_cmpuint (acc_staff_difference_get_n (difference), ==, 0);
}

static void
check_people (AccDirectory *directory)
{
  for (guint i = 0; i < acc_directory_get_n_people (directory); i++)
    {
      const AccPerson *person = acc_directory_get_person (directory, i);
      g_autoptr (GPtrArray) chain = acc_directory_find_chain (directory, person, "2026-11-20");
      g_autoptr (GPtrArray) found = acc_directory_find (directory, person->name, person->department);

      g_assert_true (acc_directory_find_id (directory, person->id) == person);
      g_assert_cmpuint (chain->len, <, acc_directory_get_n_people (directory));
      g_assert_true (g_ptr_array_find (found, person, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) csv = g_bytes_new (data, size);
  g_autoptr (GBytes) bad = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) sift_error = NULL;
  g_autoptr (AccDirectory) whole = acc_staff_csv_read (csv, &error);
  guint n_bad = 0;
  g_autoptr (AccDirectory) sifted = acc_staff_csv_sift (csv, &bad, &n_bad, &sift_error);

  if (whole == NULL)
    fuzz_check_refusal (error);
  else
    g_assert_true (sifted != NULL && n_bad == 0);
  if (sifted == NULL)
    {
      fuzz_check_refusal (sift_error);
      return 0;
    }
  g_assert_true ((n_bad > 0) == (whole == NULL));
  g_assert_true ((n_bad > 0) == (g_bytes_get_size (bad) > 0));
  check_written (sifted);
  check_people (sifted);
  return 0;
}
