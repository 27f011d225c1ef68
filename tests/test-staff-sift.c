/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "staff/staff-csv.h"
#include "support.h"

#include <string.h>

#define LONG_LINE 3000
#define HEADER "id,name,email,department,supervisor_id\n"
#define ANN "a,Ann Ash,ann@bank.example,Cards,\n"
#define BEN "b,Ben Birch,ben@bank.example,Cards,a\n"

/* @text sifted: the ids that are kept, "" where it is refused; the message then stands in *@bad. */
static char *
sift (const char *text, guint *n_bad, char **bad)
{
  g_autoptr (GBytes) csv = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) aside = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = acc_staff_csv_sift (csv, &aside, n_bad, &error);
  GString *ids = g_string_new (NULL);

  if (directory == NULL)
    {
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_null (aside);
      *bad = g_strdup (error->message);
      return g_string_free (ids, FALSE);
    }
  g_assert_no_error (error);
  for (guint i = 0; i < acc_directory_get_n_people (directory); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", acc_directory_get_person (directory, i)->id);
  *bad = g_bytes_get_size (aside) > 0 ? g_strndup (g_bytes_get_data (aside, NULL), g_bytes_get_size (aside))
                                      : g_strdup ("");
  return g_string_free (ids, FALSE);
}

#define ASIDE "\"id\",\"name\",\"email\",\"department\",\"supervisor_id\"\r\n"

static void
test_sifts_the_good_rows_from_the_bad (void)
{
  static const struct {
    const char *what, *text, *ids;
    guint n_bad;
    const char *bad;
  } cases[] = {
    { "nothing wrong", HEADER ANN BEN, "a b", 0, "" },
    { "one bad address", HEADER ANN "x,Xi,nowhere,Cards,a\n" BEN, "a b", 1,
      ASIDE "\"x\",\"Xi\",\"nowhere\",\"Cards\",\"a\"\r\n" },
    { "a byte-order mark", "\xef\xbb\xbf" HEADER ANN "x,Xi,nowhere,Cards,a\n", "a", 1,
      ASIDE "\"x\",\"Xi\",\"nowhere\",\"Cards\",\"a\"\r\n" },
    { "a report of one who is set aside, above the supervisor's line",
      HEADER ANN "y,Yo,yo@b.c,Cards,x\nx,Xi,nowhere,Cards,a\n",
      "a", 2,
      ASIDE "\"y\",\"Yo\",\"yo@b.c\",\"Cards\",\"x\"\r\n\"x\",\"Xi\",\"nowhere\",\"Cards\",\"a\"\r\n" },
    { "a report of a report",
      HEADER "z,Zo,zo@b.c,Cards,y\ny,Yo,yo@b.c,Cards,x\nx,Xi,x@b.c,Cards,nobody\n" ANN, "a", 3, NULL },
    { "a cycle and who hangs on it", HEADER ANN "p,P,p@b.c,C,q\nq,Q,q@b.c,C,p\nr,R,r@b.c,C,p\n" BEN, "a b", 3, NULL },
    { "the second of one id", HEADER ANN "a,Al,al@b.c,Cards,\n" BEN, "a b", 1, NULL },
    { "a field too few", HEADER ANN "x,Xi\n" "y,Yo,yo@b.c,Cards,x\n", "a", 2, NULL },
    { "quotes and line feeds in a bad row", HEADER ANN "x,\"X \"\"Xi\"\"\nY\",x@b.c,Cards,a\n", "a", 1,
      ASIDE "\"x\",\"X \"\"Xi\"\"\nY\",\"x@b.c\",\"Cards\",\"a\"\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_bad = 0;
      g_autofree char *bad = NULL;
      g_autofree char *ids = sift (cases[i].text, &n_bad, &bad);

      g_test_message ("%s", cases[i].what);
      g_assert_cmpstr (ids, ==, cases[i].ids);
      g_assert_cmpuint (n_bad, ==, cases[i].n_bad);
      if (cases[i].bad != NULL)
        g_assert_cmpstr (bad, ==, cases[i].bad);
    }
}

static void
test_sifts_nothing_where_rows_cannot_be_told_apart (void)
{
  static const char *const cases[][2] = {
    { HEADER "a,\"Ann,ann@b.c,Cards,\n" BEN, "line 2: a quotation mark opens here and is not closed." },
    { HEADER ANN "x,\"Xi,nowhere,Cards,a\n", "line 3: a quotation mark opens here and is not closed." },
    { "id,name\na,Ann\n", "line 1: the column “email” is missing." },
    { HEADER, "line 1: the file names nobody; the directory stays as it is." },
    { "", "line 1: the file names nobody; the directory stays as it is." },
    { HEADER ANN "x,X\xe9,x@b.c,Cards,a\n", "line 3: this line is not UTF-8 text; save the file as UTF-8." },
    { HEADER "x,Xi,nowhere,Cards,\n", "line 2: email: “nowhere” is not one e-mail address." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n_bad = 1;
      g_autofree char *message = NULL;
      g_autofree char *ids = sift (cases[i][0], &n_bad, &message);

      g_assert_cmpstr (ids, ==, "");
      g_assert_cmpuint (n_bad, ==, 0);
      g_assert_true (g_str_has_prefix (message, cases[i][1]));
    }
}

/* The rows together are the file's, each once. */
static void
test_sifting_loses_no_row (void)
{
  g_autoptr (GBytes) csv = test_fixture ("staff/bad-rows.csv");
  g_autoptr (GBytes) bad = NULL;
  g_autoptr (GError) error = NULL;
  guint n_bad = 0;
  g_autoptr (AccDirectory) directory = acc_staff_csv_sift (csv, &bad, &n_bad, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (acc_directory_get_n_people (directory) + n_bad, ==, 19);
  g_assert_cmpstr (acc_directory_get_person (directory, 0)->name, ==, "Ann Ash");
}

/* One bad row at the top of a line of command as long as the file: no pass for each rung. */
static void
test_sifts_a_long_line_of_command_in_time (void)
{
  GString *text = g_string_new (HEADER ANN);
  g_autofree char *bad = NULL, *ids = NULL;
  gint64 start = test_cpu_time ();
  guint n_bad = 0;

  for (guint i = 0; i < LONG_LINE; i++)
    g_string_append_printf (text, "c%u,C D,c%u@b.c,Cards,c%u\n", i, i, i == 0 ? G_MAXUINT : i - 1);
  ids = sift (text->str, &n_bad, &bad);
  g_string_free (text, TRUE);
  g_assert_cmpstr (ids, ==, "a");
  g_assert_cmpuint (n_bad, ==, LONG_LINE);
  g_assert_cmpint (test_cpu_time () - start, <, 6 * G_USEC_PER_SEC); /* 2 s, and the sanitizers' share */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff-sift/sifts-good-from-bad", test_sifts_the_good_rows_from_the_bad);
  g_test_add_func ("/staff-sift/sifts-nothing-unreadable", test_sifts_nothing_where_rows_cannot_be_told_apart);
  g_test_add_func ("/staff-sift/sifting-loses-no-row", test_sifting_loses_no_row);
  g_test_add_func ("/staff-sift/sifts-a-long-line-of-command", test_sifts_a_long_line_of_command_in_time);
  return g_test_run ();
}
