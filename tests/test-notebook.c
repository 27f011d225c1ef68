/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banker's own notebook: what is kept, who can read it, and what letters add to it. */
#include <string.h>

#include "archive-support.h"
#include "archive/notebook.h"
#include "base/error.h"
#include "vault/bankers.h"
#include "vault/rotation.h"

#define OTHER "Daniel Reyes"
#define OTHER_PASSPHRASE "another long phrase"
#define NEW_PASSPHRASE "a third long phrase"
#define CANARY "qzvkplumbago"

static GPtrArray *
load (Scene *scene, AccIdentity *identity, guint *n_lost)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = acc_notebook_load (scene->desk, identity, n_lost, &error);

  g_assert_no_error (error);
  return entries;
}

static void
keep (Scene *scene, AccNotebookEntry *entry)
{
  g_autoptr (GError) error = NULL;

  acc_notebook_keep (scene->desk, scene->identity, entry, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Scene *scene, AccNotebookEntry *entry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_false (acc_notebook_keep (scene->desk, scene->identity, entry, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  entries = load (scene, scene->identity, NULL);
  g_assert_cmpuint (entries->len, ==, 0);
}

static guint
count_findings (Scene *scene)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_notebook_check (scene->desk, findings, &error);
  g_assert_no_error (error);
  return findings->len;
}

typedef struct {
  AccIdentity *identity;
  AccNotebookEntry *person;
  const char *number;
} Adding;

static gboolean
add_within (AccStore *desk, gpointer data, GError **error)
{
  Adding *self = data;

  return acc_notebook_add_letter_within (desk, self->identity, self->person, self->number, error);
}

static void
add_letter (Scene *scene, const char *staff_id, const char *name, const char *number)
{
  g_autoptr (AccNotebookEntry) person = acc_notebook_entry_new (staff_id, name, "Payments");
  Adding adding = { scene->identity, person, number };
  g_autoptr (GError) error = NULL;

  acc_store_transact (scene->desk, add_within, &adding, &error);
  g_assert_no_error (error);
}

static GBytes *
read_pepper (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  GBytes *pepper = acc_archive_read_pepper (scene->store_dir, &error);

  g_assert_no_error (error);
  return pepper;
}

static gboolean
add_other (AccStore *desk, gpointer data, GError **error)
{
  Scene *scene = data;
  g_autoptr (GBytes) pepper = read_pepper (scene);

  return acc_bankers_add (desk, scene->identity, pepper, OTHER, OTHER_PASSPHRASE, TRUE, NULL, error);
}

static AccIdentity *
sign_in (Scene *scene, const char *banker, const char *passphrase)
{
  g_autoptr (GBytes) pepper = read_pepper (scene);
  g_autoptr (GError) error = NULL;
  AccIdentity *identity = acc_bankers_sign_in (scene->desk, pepper, banker, passphrase, &error);

  g_assert_no_error (error);
  return identity;
}

static AccIdentity *
sign_in_other (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  acc_store_transact (scene->desk, add_other, scene, &error);
  g_assert_no_error (error);
  return sign_in (scene, OTHER, OTHER_PASSPHRASE);
}

static void
test_an_entry_is_kept_and_changed_and_removed (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNotebookEntry) written = acc_notebook_entry_new ("E7", "  Jessica Okafor ", "Fraud Operations");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GError) error = NULL;
  const AccNotebookEntry *read;

  keep (scene, written);
  g_free (written->good_at);
  written->good_at = g_strdup ("cards stopped abroad\nreach her on 4471");
  written->call_again = TRUE;
  keep (scene, written);
  entries = load (scene, scene->identity, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  read = g_ptr_array_index (entries, 0);
  g_assert_cmpstr (read->id, ==, written->id);
  g_assert_cmpstr (read->staff_id, ==, "E7");
  g_assert_cmpstr (read->name, ==, "Jessica Okafor");
  g_assert_cmpstr (read->department, ==, "Fraud Operations");
  g_assert_cmpstr (read->good_at, ==, "cards stopped abroad\nreach her on 4471");
  g_assert_true (read->call_again);

  g_assert_true (acc_notebook_remove (scene->desk, scene->identity, written->id, &error));
  g_assert_no_error (error);
  left = load (scene, scene->identity, NULL);
  g_assert_cmpuint (left->len, ==, 0);
}

static void
test_an_entry_has_a_name_and_fits (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNotebookEntry) nobody = acc_notebook_entry_new ("", " \xe2\x80\x8b ", "Payments");
  g_autoptr (AccNotebookEntry) long_one = acc_notebook_entry_new ("", "Jo", "");

  assert_refused (scene, nobody);
  g_free (long_one->good_at);
  long_one->good_at = g_strnfill (ACC_NOTEBOOK_WORDS_MAX + 1, 'a');
  assert_refused (scene, long_one);
  long_one->good_at[ACC_NOTEBOOK_WORDS_MAX] = '\0';
  keep (scene, long_one);
}

static void
test_nobody_else_reads_it (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNotebookEntry) entry = acc_notebook_entry_new ("", CANARY, CANARY);
  g_autoptr (AccIdentity) other = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  gsize size;
  guint n_lost = 1;

  keep (scene, entry);
  other = sign_in_other (scene);
  theirs = load (scene, other, &n_lost);
  g_assert_cmpuint (theirs->len, ==, 0);
  g_assert_cmpuint (n_lost, ==, 0);
  /* nor where the row is made the other's own */
  run_sql (scene->desk, "UPDATE notebook SET banker = (SELECT max (id) FROM banker)");
  g_clear_pointer (&theirs, g_ptr_array_unref);
  theirs = load (scene, other, &n_lost);
  g_assert_cmpuint (theirs->len, ==, 0);
  g_assert_cmpuint (n_lost, ==, 1);
  g_file_get_contents (acc_store_get_path (scene->desk), &file, &size, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (file, size, CANARY, strlen (CANARY)));
}

static void
test_an_entry_moved_to_another_place_does_not_open (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNotebookEntry) entry = acc_notebook_entry_new ("", "Jo", "Payments");
  g_autoptr (GPtrArray) entries = NULL;
  guint n_lost;

  keep (scene, entry);
  run_sql (scene->desk, "UPDATE notebook SET entry = 'another'");
  entries = load (scene, scene->identity, &n_lost);
  g_assert_cmpuint (entries->len, ==, 0);
  g_assert_cmpuint (n_lost, ==, 1);
}

static void
test_a_passphrase_of_ones_own_keeps_it_and_a_managers_does_not (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNotebookEntry) entry = acc_notebook_entry_new ("", "Jo", "Payments");
  g_autoptr (GBytes) pepper = read_pepper (scene);
  g_autoptr (AccIdentity) other = sign_in_other (scene);
  g_autoptr (AccIdentity) again = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  gboolean reset;
  guint n_lost;

  keep (scene, entry);
  g_assert_true (acc_bankers_set_passphrase (scene->desk, scene->identity, pepper, BANKER, NEW_PASSPHRASE, &reset, &error));
  again = sign_in (scene, BANKER, NEW_PASSPHRASE);
  entries = load (scene, again, &n_lost);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (n_lost, ==, 0);

  g_assert_true (acc_bankers_set_passphrase (scene->desk, other, pepper, BANKER, PASSPHRASE, &reset, &error));
  g_assert_true (reset);
  g_clear_object (&again);
  again = sign_in (scene, BANKER, PASSPHRASE);
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = load (scene, again, &n_lost);
  g_assert_cmpuint (entries->len, ==, 0);
  g_assert_cmpuint (n_lost, ==, 1);
  g_assert_cmpuint (count_findings (scene), ==, 0); /* it was signed with the key that they had */
  g_assert_true (acc_notebook_remove_lost (scene->desk, again, &error));
  assert_answer (scene->desk, "SELECT count (*) FROM notebook", "0");
}

static void
test_a_changed_entry_is_found (Scene *scene, gconstpointer data)
{
  static const char *const changes[] = {
    "UPDATE notebook SET changed_at = '2020-01-01T00:00:00Z'",
    "UPDATE notebook SET entry = 'another'",
    "UPDATE notebook SET banker = (SELECT max (id) FROM banker)",
    "UPDATE notebook SET body = cast (substr (body, 1, 70) || x'00' || substr (body, 72) AS BLOB)",
    "UPDATE notebook SET body = cast (x'00' || substr (body, 2) AS BLOB)",
    "UPDATE notebook SET body = x''",
  };
  g_autoptr (AccNotebookEntry) entry = acc_notebook_entry_new ("", "Jo", "Payments");
  g_autoptr (AccIdentity) other = sign_in_other (scene);

  keep (scene, entry);
  g_assert_cmpuint (count_findings (scene), ==, 0);
  run_sql (scene->desk, "CREATE TEMP TABLE whole AS SELECT * FROM notebook");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      run_sql (scene->desk, changes[i]);
      if (count_findings (scene) != 1)
        g_error ("%s is not found", changes[i]);
      run_sql (scene->desk, "DELETE FROM notebook");
      run_sql (scene->desk, "INSERT INTO notebook SELECT * FROM whole");
      g_assert_cmpuint (count_findings (scene), ==, 0);
    }
}

static void
test_letters_fill_it_once_for_each_person (Scene *scene, gconstpointer data)
{
  g_autofree char *first = submit_plain (scene);
  g_autofree char *second = submit_plain (scene);
  g_autoptr (GPtrArray) entries = NULL;
  const AccNotebookEntry *jo;

  take_in (scene, 2);
  add_letter (scene, "E1", "Jo Brand", first);
  add_letter (scene, "E1", "Jo Brand-Smith", second); /* one person, newly named */
  add_letter (scene, "E1", "Jo Brand", first);        /* told twice */
  add_letter (scene, "E2", "Jo Brand", second);       /* two people of one name */
  add_letter (scene, "", "JO BRAND", second);         /* somebody of that name and department who is there already */
  entries = load (scene, scene->identity, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  for (guint i = 0; i < entries->len; i++)
    {
      jo = g_ptr_array_index (entries, i);
      g_assert_cmpuint (g_strv_length (jo->letters), <=, 2);
      g_assert_true (g_strv_contains ((const char *const *) jo->letters, second));
      if (g_str_equal (jo->staff_id, "E1"))
        g_assert_cmpuint (g_strv_length (jo->letters), ==, 2);
    }
}

static void
test_a_letter_that_is_erased_counts_no_more (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autoptr (GPtrArray) entries = NULL;

  take_in (scene, 1);
  add_letter (scene, "E1", "Jo Brand", number);
  run_sql (scene->desk, "UPDATE letter SET state = 'erased'");
  entries = load (scene, scene->identity, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (g_strv_length (((AccNotebookEntry *) g_ptr_array_index (entries, 0))->letters), ==, 0);
}

static void
test_words_are_found_by_their_beginnings (void)
{
  static const struct {
    const char *query;
    gboolean found;
  } cases[] = {
    { "", TRUE },           { "oka", TRUE },        { "OKA fra", TRUE },  { "jess oper", TRUE },
    { "élan", TRUE },       { "elan", TRUE },       { "kafor", FALSE },   { "oka payments", FALSE },
    { "  okafor  ", TRUE }, { "visa 44", TRUE },    { "%", FALSE },       { "_", FALSE },
  };
  g_autoptr (AccNotebookEntry) entry = acc_notebook_entry_new ("E7", "Jessica Okafor", "Fraud Operations");

  g_free (entry->good_at);
  entry->good_at = g_strdup ("Élan cards, Visa;44-71");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (acc_notebook_entry_matches (entry, cases[i].query) != cases[i].found)
      g_error ("“%s” is %s", cases[i].query, cases[i].found ? "not found" : "found");
}

int
main (int argc, char **argv)
{
  static const SceneTest tests[] = {
    { "/notebook/an-entry-is-kept-and-changed-and-removed", test_an_entry_is_kept_and_changed_and_removed },
    { "/notebook/an-entry-has-a-name-and-fits", test_an_entry_has_a_name_and_fits },
    { "/notebook/nobody-else-reads-it", test_nobody_else_reads_it },
    { "/notebook/an-entry-moved-to-another-place-does-not-open", test_an_entry_moved_to_another_place_does_not_open },
    { "/notebook/a-passphrase-of-ones-own-keeps-it-and-a-managers-does-not",
      test_a_passphrase_of_ones_own_keeps_it_and_a_managers_does_not },
    { "/notebook/a-changed-entry-is-found", test_a_changed_entry_is_found },
    { "/notebook/letters-fill-it-once-for-each-person", test_letters_fill_it_once_for_each_person },
    { "/notebook/a-letter-that-is-erased-counts-no-more", test_a_letter_that_is_erased_counts_no_more },
  };

  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  g_test_add_func ("/notebook/words-are-found-by-their-beginnings", test_words_are_found_by_their_beginnings);
  return g_test_run ();
}
