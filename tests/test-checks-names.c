/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that are nearly somebody's: mistyped, spelt by ear, pet names. */
#include "review/alike.h"

#include <string.h>

#include "base/clock.h"
#include "staff/staff-csv.h"
#include "support.h"

static void
words_of_names_are_alike_or_not (void)
{
  static const struct {
    const char *first, *second;
    AccAlike alike;
  } rows[] = {
    { "Jessica", "JESSICA", ACC_ALIKE_SAME },
    { "María", "maria", ACC_ALIKE_SAME },
    /* pet names, in any order and of any language; two of one name are alike, too */
    { "Bill", "William", ACC_ALIKE_PET_NAME },
    { "William", "Bill", ACC_ALIKE_PET_NAME },
    { "Liz", "Betty", ACC_ALIKE_PET_NAME },
    { "Paco", "Francisco", ACC_ALIKE_PET_NAME },
    { "Pepe", "José", ACC_ALIKE_PET_NAME },
    { "Uschi", "Ursula", ACC_ALIKE_PET_NAME },
    { "Babette", "Élisabeth", ACC_ALIKE_PET_NAME },
    { "Gosia", "Małgorzata", ACC_ALIKE_PET_NAME },
    { "Kasia", "Katarzyna", ACC_ALIKE_PET_NAME },
    { "Mohamed", "Muhammad", ACC_ALIKE_PET_NAME },
    { "Bill", "Robert", ACC_ALIKE_NOT },
    /* letters left out, added, changed, swapped */
    { "Jesica", "Jessica", ACC_ALIKE_SPELLING },
    { "Jessicca", "Jessica", ACC_ALIKE_SPELLING },
    { "Jessixa", "Jessica", ACC_ALIKE_SPELLING },
    { "Jessiac", "Jessica", ACC_ALIKE_SPELLING },
    { "Ana", "Anna", ACC_ALIKE_SPELLING },
    { "Okafro", "Okafor", ACC_ALIKE_SPELLING },
    { "Иванов", "Ивонов", ACC_ALIKE_SPELLING },
    { "Ana", "Ann", ACC_ALIKE_SOUND },
    { "Li", "Lu", ACC_ALIKE_NOT }, /* too short to tell */
    { "Reed", "Ross", ACC_ALIKE_NOT },
    /* as it sounds; the examples of the National Archives */
    { "Meyer", "Maier", ACC_ALIKE_SOUND },
    { "Robert", "Rupert", ACC_ALIKE_SOUND },
    { "Tymczak", "Tymcszack", ACC_ALIKE_SPELLING },
    { "Lee", "Lloyd", ACC_ALIKE_NOT },
    { "Jackson", "Johnson", ACC_ALIKE_NOT },
    /* no single word */
    { "", "Jessica", ACC_ALIKE_NOT },
    { "Anna Maria", "Anna", ACC_ALIKE_NOT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s, %s", rows[i].first, rows[i].second);
      g_assert_cmpint (acc_alike_words (rows[i].first, rows[i].second), ==, rows[i].alike);
    }
}

static AccDirectory *
read_directory (void)
{
  g_autoptr (GBytes) csv = test_fixture ("../../resources/demo/staff.csv");
  g_autoptr (GError) error = NULL;
  AccDirectory *directory = acc_staff_csv_read (csv, &error);

  g_assert_no_error (error);
  return directory;
}

static char *
list_found (AccDirectory *directory, const char *name, const char *department, guint most)
{
  g_autoptr (GPtrArray) people = acc_alike_find (directory, name, department, "2026-11-20", most);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "; " : "", ((const AccPerson *) g_ptr_array_index (people, i))->name);
  return g_string_free (names, FALSE);
}

static void
whoever_may_be_meant_is_offered (void)
{
  static const struct {
    const char *name, *department, *found;
  } rows[] = {
    { "Jesica Okafor", "Fraud Operations", "Jessica Okafor" },
    { "Jessica Okaphor", NULL, "Jessica Okafor" },
    { "Jess Okafor", NULL, "Jessica Okafor" },
    { "Okafor Jesica", NULL, "Jessica Okafor" },      /* in the other order */
    { "Dan Reyes", NULL, "Daniel Reyes" },
    { "Dan Reies", NULL, "Daniel Reyes" },
    { "Samuel Oyelarran", NULL, "Samuel Oyelaran" },
    { "Jessica Smith", NULL, "" },                    /* every word must stand for one of theirs */
    { "Jessica Okafor", NULL, "" },                   /* her own name is no likeness: the directory finds her */
    { "", NULL, "" },
    { "—", NULL, "" },
    { "Ines Martinz", NULL, "" },                     /* left long ago */
  };
  g_autoptr (AccDirectory) directory = read_directory ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *found = list_found (directory, rows[i].name, rows[i].department, 6);

      g_test_message ("%s", rows[i].name);
      g_assert_cmpstr (found, ==, rows[i].found);
    }
}

/* At most so many, those of the department before the others, and the best first. */
static void
the_best_are_offered_first (void)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (AccDirectory) directory = NULL;
  g_autofree char *all = NULL, *two = NULL;
  static const char *const rows[][3] = {
    { "1", "Jon Meyer", "Loans" },   { "2", "John Maier", "Loans" }, { "3", "Johnny Meyer", "Cards" },
    { "4", "John Meier", "Cards" },  { "5", "Jane Meyers", "Cards" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const AccPerson person = { (char *) rows[i][0], (char *) rows[i][1], (char *) "", (char *) rows[i][2], (char *) "",
                                 (char *) "", (char *) "", (char *) "", (char *) "", (char *) "", ACC_THANKS_UNSAID };

      g_ptr_array_add (people, acc_person_copy (&person));
    }
  directory = acc_directory_new (g_steal_pointer (&people));
  all = list_found (directory, "John Meyer", "Cards", 6);
  two = list_found (directory, "John Meyer", "Cards", 2);
  g_assert_cmpstr (all, ==, "Johnny Meyer; Jon Meyer; John Meier; John Maier");
  g_assert_cmpstr (two, ==, "Johnny Meyer; Jon Meyer");
}

static void
any_name_can_be_looked_for (void)
{
  g_autoptr (AccDirectory) directory = read_directory ();
  g_autoptr (GString) name = g_string_new (NULL);
  g_autofree char *found = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (name, i % 40 == 39 ? " " : "é");
  found = list_found (directory, name->str, NULL, 6);
  g_assert_cmpstr (found, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-names/words-are-alike-or-not", words_of_names_are_alike_or_not);
  g_test_add_func ("/checks-names/whoever-may-be-meant", whoever_may_be_meant_is_offered);
  g_test_add_func ("/checks-names/best-first", the_best_are_offered_first);
  g_test_add_func ("/checks-names/any-name", any_name_can_be_looked_for);
  return g_test_run ();
}
