/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import would change, person by person; and the way up from a person, in words. */
#include "staff/person-private.h"
#include "staff/staff-chain.h"
#include "staff/staff-csv.h"
#include "staff/staff-difference.h"
#include "support.h"

#include <string.h>

#define HEADER "id,name,email,department,supervisor_id,since,until,thanks\n"
#define ANN "a,Ann Ash,ann@bank.example,Board,,,,\n"
#define BEN "b,Ben Birch,ben@bank.example,Cards,a,,,\n"
#define CY "c,Cy Cole,cy@bank.example,Cards,b,,,\n"
#define DI "d,Di Dale,di@bank.example,Loans,a,,,\n"

#define MANY 20000

static AccDirectory *
read_text (const char *text)
{
  g_autoptr (GBytes) csv = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  AccDirectory *directory = acc_staff_csv_read (csv, &error);

  g_assert_no_error (error);
  return directory;
}

static AccStaffDifference *
compare (const char *before, const char *after)
{
  g_autoptr (AccDirectory) from = read_text (before), to = read_text (after);

  return acc_staff_difference_new (from, to);
}

/* Every change on a line: kind, name, words. */
static char *
tell (AccStaffDifference *difference)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < acc_staff_difference_get_n (difference); i++)
    {
      AccStaffChange *change = acc_staff_difference_get_change (difference, i);
      g_autofree char *words = acc_staff_change_describe (change);

      g_string_append_printf (lines, "%s %s: %s\n", acc_staff_change_kind_to_word (acc_staff_change_get_kind (change)),
                              acc_staff_change_get_person (change)->name, words);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
the_same_file_again_changes_nothing (void)
{
  g_autoptr (AccStaffDifference) difference = compare (HEADER ANN BEN CY, HEADER CY ANN BEN);

  g_assert_cmpuint (acc_staff_difference_get_n (difference), ==, 0);
  g_assert_cmpuint (acc_staff_difference_count_unchanged (difference), ==, 3);
  g_assert_false (acc_staff_difference_removes_many (difference));
  g_assert_false (acc_staff_difference_concerns (difference, "Ann Ash"));
}

static void
who_is_new_has_left_or_changes_is_told (void)
{
  static const struct {
    const char *before, *after, *told;
  } cases[] = {
    { HEADER ANN, HEADER ANN BEN, "new Ben Birch: Cards, reports to Ann Ash\n" },
    { HEADER ANN BEN, HEADER ANN, "left Ben Birch: Cards, reports to Ann Ash\n" },
    /* supervisors by name, each as the directory of its time has it */
    { HEADER ANN BEN CY DI, HEADER ANN BEN DI "c,Cy Cole,cy@bank.example,Cards,d,,,\n",
      "changed Cy Cole: supervisor: “Di Dale”, before “Ben Birch”\n" },
    { HEADER ANN BEN, HEADER ANN "b,Ben Birch,ben@bank.example,Cards,,,,\n",
      "changed Ben Birch: supervisor: nothing, before “Ann Ash”\n" },
    /* two supervisors of one name */
    { HEADER ANN BEN, HEADER ANN "z,Ann Ash,ash@bank.example,Board,,,,\nb,Ben Birch,ben@bank.example,Cards,z,,,\n",
      "new Ann Ash: Board\nchanged Ben Birch: supervisor: “Ann Ash (z)”, before “Ann Ash (a)”\n" },
    /* every other column */
    { HEADER ANN, HEADER "a,Ann Ash,ann@bank.example,Risk,,2026-01-01,2027-01-01,team\n",
      "changed Ann Ash: department: “Risk”, before “Board”; here since: “2026-01-01”, before nothing; "
      "here until: “2027-01-01”, before nothing; thanked: “team”, before nothing\n" },
    /* by kind, then by name */
    { HEADER ANN CY "b,Ben Birch,ben@bank.example,Cards,a,,,\n", HEADER ANN DI "b,Ben Birch,bb@bank.example,Cards,a,,,\n"
      "e,Al Elm,al@bank.example,Cards,a,,,\n",
      "new Al Elm: Cards, reports to Ann Ash\nnew Di Dale: Loans, reports to Ann Ash\n"
      "left Cy Cole: Cards, reports to Ben Birch\nchanged Ben Birch: e-mail: “bb@bank.example”, before “ben@bank.example”\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccStaffDifference) difference = compare (cases[i].before, cases[i].after);
      g_autofree char *told = tell (difference);

      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

/* An id that is somebody else's now means them wherever it was noted: that must not pass as a change of address. */
static void
an_id_that_was_given_to_somebody_else_is_pointed_out (void)
{
  g_autoptr (AccStaffDifference) reused = compare (HEADER ANN BEN, HEADER ANN "b,Zoe Yew,zoe@bank.example,Cards,a,,,\n");
  g_autoptr (AccStaffDifference) married = compare (HEADER ANN BEN, HEADER ANN "b,Ben Ash,ben@bank.example,Cards,a,,,\n");

  g_assert_cmpuint (acc_staff_difference_count (reused, ACC_STAFF_CHANGED), ==, 1);
  g_assert_cmpuint (acc_staff_difference_count_others (reused), ==, 1);
  g_assert_true (acc_staff_change_may_be_another (acc_staff_difference_get_change (reused, 0)));
  g_assert_cmpuint (acc_staff_difference_count_others (married), ==, 0);
}

static void
letters_that_may_go_another_way_are_known_by_their_addressee (void)
{
  static const struct {
    const char *after, *name;
    gboolean concerns;
  } cases[] = {
    { HEADER ANN BEN CY, "Cy Cole", FALSE },
    { HEADER ANN BEN DI, "cy cole", TRUE },                                            /* has left */
    { HEADER ANN BEN CY DI, "Di Dale", TRUE },                                         /* is new */
    { HEADER ANN BEN "c,Cy Cole,cy@bank.example,Cards,a,,,\n", "Cy Cole", TRUE },      /* another supervisor */
    { HEADER ANN "b,Ben Birch,bb@bank.example,Cards,a,,,\n" CY, "Cy Cole", TRUE },     /* who is reached elsewhere */
    { HEADER ANN "b,Ben Birch,ben@bank.example,Cards,a,,2026-10-01,\n" CY, "Cy Cole", TRUE }, /* or goes */
    { HEADER ANN BEN "c,Cy Cole,cy@bank.example,Wires,b,,,team\n", "Cy Cole", FALSE }, /* not a matter of the way */
    { HEADER ANN BEN "c,Cyd Cole,cy@bank.example,Cards,b,,,\n", "Cy Cole", TRUE },     /* is called otherwise */
    { HEADER ANN BEN "c,Cyd Cole,cy@bank.example,Cards,b,,,\n", "Cyd Cole", TRUE },
    { HEADER ANN BEN DI, "Ann Ash", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccStaffDifference) difference = compare (HEADER ANN BEN CY, cases[i].after);

      g_assert_cmpint (acc_staff_difference_concerns (difference, cases[i].name), ==, cases[i].concerns);
    }
}

static void
more_than_one_in_five_who_leave_are_many (void)
{
  g_autoptr (AccStaffDifference) one_in_two = compare (HEADER ANN BEN, HEADER ANN);
  g_autoptr (AccStaffDifference) one_in_five
    = compare (HEADER ANN BEN CY DI "e,Al Elm,al@bank.example,Cards,a,,,\n", HEADER ANN BEN CY DI);

  g_assert_true (acc_staff_difference_removes_many (one_in_two));
  g_assert_false (acc_staff_difference_removes_many (one_in_five));
}

static char *
write_many (guint department, guint without)
{
  GString *text = g_string_new (HEADER "p0,Head Person,p0@bank.example,Board,,,,\n");

  for (guint i = 1; i < MANY; i++)
    if (without == 0 || i % without != 0)
      g_string_append_printf (text, "p%u,Person Number%u,p%u@bank.example,Team %u,p0,,,\n", i, i, i,
                              department > 0 && i % department == 0 ? 0 : i / 100 + 1);
  return g_string_free (text, FALSE);
}

static void
twenty_thousand_are_compared (void)
{
  g_autofree char *first = write_many (0, 0), *second = write_many (2, 10);
  g_autoptr (AccStaffDifference) difference = compare (first, second), back = compare (second, first);
  gint64 begin = test_cpu_time ();
  g_autoptr (AccStaffDifference) again = acc_staff_difference_new (acc_staff_difference_get_before (difference),
                                                                   acc_staff_difference_get_after (difference));

  g_test_message ("compared in %" G_GINT64_FORMAT " µs", test_cpu_time () - begin);
  g_assert_cmpuint (acc_staff_difference_count (again, ACC_STAFF_LEFT), ==, (MANY - 1) / 10);
  g_assert_cmpuint (acc_staff_difference_count (again, ACC_STAFF_CHANGED), ==, (MANY - 1) / 2 - (MANY - 1) / 10);
  g_assert_cmpuint (acc_staff_difference_count (again, ACC_STAFF_NEW), ==, 0);
  g_assert_cmpuint (acc_staff_difference_count (back, ACC_STAFF_NEW), ==, (MANY - 1) / 10);
}

/* ---- the way up ---- */

static void
add_person (GPtrArray *people, const char *id, const char *supervisor_id, const char *until)
{
  AccPerson *person = acc_person_new_empty ();

  g_free (person->id);
  g_free (person->name);
  g_free (person->supervisor_id);
  g_free (person->until);
  person->id = g_strdup (id);
  person->name = g_strdup (id);
  person->supervisor_id = g_strdup (supervisor_id);
  person->until = g_strdup (until);
  g_ptr_array_add (people, person);
}

/* No import lets the last three in, but the store may hold what an earlier version took. */
static void
the_way_up_is_told_in_words (void)
{
  static const struct {
    const char *who, *names, *supervisor, *end;
  } cases[] = {
    { "Al", "Bo Cy", "Al reports to Bo.", "Cy reports to nobody." },
    { "Cy", "", "Cy reports to nobody.", "Cy reports to nobody." },
    { "Di", "Ed Bo Cy", "Di reports to Ed, who is not here on that day: Bo, the next one up, is proposed instead.",
      "Cy reports to nobody." },
    { "Fo", "Gone", "Fo reports to Gone, who is not here on that day, nor is anybody above.", "Gone reports to nobody." },
    { "Una", "", "Una reports to “x”, whom the directory does not know: the place is vacant.",
      "Una reports to “x”, whom the directory does not know: the place is vacant." },
    { "Own", "", "Own is their own supervisor: have the directory corrected.",
      "Own is their own supervisor: have the directory corrected." },
    { "L1", "L2 L3", "L1 reports to L2.", "L3 reports to L2, who stands below: a loop. Have the directory corrected." },
  };
  GPtrArray *people = g_ptr_array_new ();
  g_autoptr (AccDirectory) directory = NULL;

  add_person (people, "Al", "Bo", "");
  add_person (people, "Bo", "Cy", "");
  add_person (people, "Cy", "", "");
  add_person (people, "Di", "Ed", "");
  add_person (people, "Ed", "Bo", "2026-10-01");
  add_person (people, "Fo", "Gone", "");
  add_person (people, "Gone", "", "2026-10-01");
  add_person (people, "Una", "x", "");
  add_person (people, "Own", "Own", "");
  add_person (people, "L1", "L2", "");
  add_person (people, "L2", "L3", "");
  add_person (people, "L3", "L2", "");
  directory = acc_directory_new (people);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccStaffChain) chain
        = acc_staff_chain_new (directory, acc_directory_find_id (directory, cases[i].who), "2026-11-20");
      g_autofree char *supervisor = acc_staff_chain_describe_supervisor (chain), *end = acc_staff_chain_describe_end (chain);
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint k = 0; k < chain->people->len; k++)
        g_string_append_printf (names, "%s%s", k > 0 ? " " : "", ((AccPerson *) g_ptr_array_index (chain->people, k))->name);
      g_assert_cmpstr (names->str, ==, cases[i].names);
      g_assert_cmpstr (supervisor, ==, cases[i].supervisor);
      g_assert_cmpstr (end, ==, cases[i].end);
    }
}

static void
whoever_is_not_there_on_a_day_is_told_as_such (void)
{
  g_autoptr (AccDirectory) directory = read_text (HEADER "a,Ann Ash,ann@bank.example,Board,,2026-02-01,2026-10-01,\n");
  const AccPerson *ann = acc_directory_find_id (directory, "a");
  g_autoptr (AccStaffChain) early = acc_staff_chain_new (directory, ann, "2026-01-31");
  g_autoptr (AccStaffChain) within = acc_staff_chain_new (directory, ann, "2026-02-01");
  g_autoptr (AccStaffChain) late = acc_staff_chain_new (directory, ann, "2026-10-01");
  g_autofree char *before = acc_staff_chain_describe_absence (early, ann);
  g_autofree char *then = acc_staff_chain_describe_absence (within, ann);
  g_autofree char *after = acc_staff_chain_describe_absence (late, ann);

  g_assert_cmpstr (before, ==, "Not here yet: comes on 2026-02-01.");
  g_assert_null (then);
  g_assert_cmpstr (after, ==, "No longer here since 2026-10-01: the place is vacant.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/staff-difference/the-same-file-again-changes-nothing", the_same_file_again_changes_nothing);
  g_test_add_func ("/staff-difference/who-is-new-has-left-or-changes-is-told", who_is_new_has_left_or_changes_is_told);
  g_test_add_func ("/staff-difference/an-id-that-was-given-to-somebody-else", an_id_that_was_given_to_somebody_else_is_pointed_out);
  g_test_add_func ("/staff-difference/letters-that-may-go-another-way",
                   letters_that_may_go_another_way_are_known_by_their_addressee);
  g_test_add_func ("/staff-difference/more-than-one-in-five-who-leave-are-many", more_than_one_in_five_who_leave_are_many);
  g_test_add_func ("/staff-difference/twenty-thousand-are-compared", twenty_thousand_are_compared);
  g_test_add_func ("/staff-difference/the-way-up-is-told-in-words", the_way_up_is_told_in_words);
  g_test_add_func ("/staff-difference/whoever-is-not-there-on-a-day", whoever_is_not_there_on_a_day_is_told_as_such);
  return g_test_run ();
}
