/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that lies: letters whose PDF and record do not agree, taken in by an honest desk. */
#include "archive-support.h"

#include <string.h>

#include "base/error.h"
#include "base/places.h"
#include "base/text.h"
#include "damaged-data.h"
#include "inbox/submit.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "review/decision.h"
#include "review/intake.h"
#include "steps-support.h"
#include "support.h"

static AccLetterhead *
letterhead (void)
{
  static AccLetterhead *loaded;
  g_autoptr (GError) error = NULL;

  if (loaded == NULL)
    loaded = acc_letterhead_load_named ("harbour-vale", &error);
  g_assert_no_error (error);
  return loaded;
}

/* ---- sealing what one likes ---- */

static GBytes *
print_letter (AccLetter *letter, const char *number, const char *branch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccReadyLetter) ready = acc_ready_letter_new (letter, number, letterhead (), branch, &error);

  g_assert_no_error (error);
  return g_bytes_ref (acc_ready_letter_get_pdf (ready));
}

/* Puts @pdf beside the record of @letter. */
static void
submit_pair (Scene *scene, const char *number, AccLetter *letter, GBytes *pdf)
{
  g_autoptr (AccInboxLetter) sealed = seal_letter (scene->key, number, letter, "");
  g_autoptr (GBytes) json = acc_letter_to_json (letter);
  g_autoptr (GError) error = NULL;

  acc_sealed_free (sealed->sealed);
  sealed->sealed = acc_seal (scene->key, number, json, pdf);
  acc_inbox_add (scene->inbox, sealed, &error);
  g_assert_no_error (error);
}

/* The record of one letter with the PDF of another. */
static char *
submit_two (Scene *scene, AccLetter *record, AccLetter *printed, const char *branch)
{
  char *number = acc_number_new ();
  g_autoptr (GBytes) pdf = print_letter (printed, number, branch);

  submit_pair (scene, number, record, pdf);
  return number;
}

static char *
submit_honestly (Scene *scene, AccLetter *letter)
{
  return submit_two (scene, letter, letter, BRANCH);
}

/* ---- taking in, and what came of it ---- */

static AccIntakePlace
place_of (Scene *scene)
{
  return (AccIntakePlace) { scene->desk, scene->inbox, scene->identity, letterhead (), BRANCH };
}

static AccIntake
take_all_in (Scene *scene)
{
  const AccIntakePlace place = place_of (scene);
  AccIntake intake = { 0 };
  g_autoptr (GError) error = NULL;

  do
    {
      acc_intake (&place, &intake, &error);
      g_assert_no_error (error);
    }
  while (intake.unfinished);
  return intake;
}

/* Why the letter was held last. */
static char *
dup_reason (Scene *scene, const char *number)
{
  g_autoptr (AccOpenedLetter) letter = open_letter (scene, number);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) decisions = acc_decision_list (scene->desk, letter, &error);
  const AccDecision *last;

  g_assert_no_error (error);
  g_assert_cmpuint (decisions->len, >, 0);
  last = g_ptr_array_index (decisions, decisions->len - 1);
  g_assert_cmpint (last->move, ==, ACC_MOVE_HOLD);
  return g_strdup (last->reason);
}

static void
assert_came_to (Scene *scene, const char *number, AccReadBack expected, AccState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccRecord) record = acc_archive_find (scene->desk, number, &error);
  g_autofree char *reason = NULL;
  AccReadBack came_to;

  g_assert_no_error (error);
  acc_intake_find (scene->desk, number, &came_to, &error);
  g_assert_no_error (error);
  if (came_to >= ACC_READ_BACK_DIFFERS && expected < ACC_READ_BACK_DIFFERS)
    g_error ("%s", reason = dup_reason (scene, number));
  g_assert_cmpint (came_to, ==, expected);
  g_assert_cmpint (record->state, ==, state);
}

static void
assert_sound (Scene *scene)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_archive_check (scene->desk, scene->inbox, findings, &error);
  g_assert_no_error (error);
  acc_decision_check (scene->desk, 0, findings, &error);
  g_assert_no_error (error);
  if (findings->len > 0)
    g_error ("%s", (const char *) g_ptr_array_index (findings, 0));
}

/* ---- letters that agree ---- */

static void
test_honest_letter_waits (Scene *scene, gconstpointer data)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autofree char *number = submit_honestly (scene, letter);
  AccIntake intake = take_all_in (scene);

  g_assert_cmpuint (intake.n_taken, ==, 1);
  g_assert_cmpuint (intake.n_held, ==, 0);
  assert_came_to (scene, number, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  take_all_in (scene); /* once is enough */
  assert_answer (scene->desk, "SELECT count(*) FROM journal WHERE kind = 'read back' AND signature IS NOT NULL", "1");
  assert_sound (scene);
}

static AccLetter *
read_letter (const char *file)
{
  g_autofree char *name = g_strconcat ("letters/", file, NULL);
  g_autoptr (GBytes) json = test_fixture (name);
  g_autoptr (GError) error = NULL;
  AccLetter *letter = acc_letter_from_json (json, &error);

  g_assert_no_error (error);
  return letter;
}

/* Under a branch that has changed its name since: no byte is the same, each word is. */
static void
test_other_head_is_no_contradiction (Scene *scene, gconstpointer data)
{
  g_autofree char *path = test_fixture_path ("letters");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  AccIntake intake;

  test_look_away_from_leaks (TRUE);
  for (const char *file; (file = g_dir_read_name (folder)) != NULL;)
    {
      g_autoptr (AccLetter) letter = read_letter (file);

      g_test_message ("%u: %s", numbers->len, file);
      g_ptr_array_add (numbers, submit_two (scene, letter, letter, "The branch in Market Street"));
    }
  g_assert_cmpuint (numbers->len, >=, 12);
  intake = take_all_in (scene);
  test_look_away_from_leaks (FALSE);
  for (guint i = 0; i < numbers->len; i++)
    {
      g_test_message ("%u", i);
      assert_came_to (scene, g_ptr_array_index (numbers, i), ACC_READ_BACK_WORDS, ACC_STATE_WAITING);
    }
  g_assert_cmpuint (intake.n_held, ==, 0);
}

/* ---- letters that do not ---- */

/* What stands in the PDF instead of what the record says: Jessica Okafor, Fraud Operations, Ruth Adeyemi,
 * "She stayed on the line.", on that date of a service of another day. NULL: the same. */
static const struct {
  const char *to, *department, *from, *act, *date, *served_on;
  const char *told; /* in the reason */
} lies[] = {
  { .act = "She hung up on me.", .told = "The PDF does not say “stayed”, which the record has in the story." },
  { .act = "She stayed on the line, drunk.", .told = "The PDF does not say “line.”, which the record has in the story." },
  { .act = "She stayed on the line. She should be dismissed.", .told = "“should”" },
  { .act = "She stayed on the line.\nTell nobody else.", .told = "“Tell”" },
  { .act = "She stayed on the line.\nThe line.", .told = "“The”" },
  { .act = "The line stayed on. She", .told = "which the record has in the story." },
  { .to = "Jessica Okonkwo", .told = "which the record has in the name of whom it thanks." },
  { .department = "Card Disputes", .told = "The PDF does not say “Fraud”, which the record has in the department." },
  { .from = "Ruth Adeyemo", .told = "The PDF does not say “Adeyemi”, which the record has in the client's name." },
  { .date = "2020-02-02", .told = "which the record has in the date." },
  { .served_on = "2020-01-30", .told = "which the record has in the day of the service." },
  { .act = "\xd8\xb4\xd9\x83\xd8\xb1\xd8\xa7 \xd9\x84\xd9\x83\xd9\x85.", .told = "which the record has in the story." },
};

static void
replace (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static AccLetter *
lie_about (AccLetter *record, guint lie)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  const struct {
    char **field;
    const char *text;
  } changes[] = {
    { &fields.to[0].name, lies[lie].to },     { &fields.to[0].department, lies[lie].department },
    { &fields.from[0].name, lies[lie].from }, { &fields.act, lies[lie].act },
    { &fields.date, lies[lie].date },         { &fields.served_on, lies[lie].served_on },
  };
  AccLetter *letter;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (record));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (changes[i].text != NULL)
      replace (changes[i].field, changes[i].text);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

static AccLetter *
make_record (void)
{
  g_autoptr (AccLetter) plain = make_plain_letter ();
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (plain));
  replace (&fields.served_on, "2020-01-31");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

/* Also where the bank's own words are not today's, which leaves room for others. */
static void
test_each_lie_is_held_and_says_why (Scene *scene, gconstpointer data)
{
  static const char *const branches[] = { BRANCH, "Another branch" };
  g_autoptr (AccLetter) record = make_record ();
  g_autofree char *numbers[G_N_ELEMENTS (branches)][G_N_ELEMENTS (lies)] = { { NULL } };
  AccIntake intake;

  for (guint b = 0; b < G_N_ELEMENTS (branches); b++)
    for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
      {
        g_autoptr (AccLetter) printed = lie_about (record, i);

        numbers[b][i] = submit_two (scene, record, printed, branches[b]);
      }
  intake = take_all_in (scene);
  g_assert_cmpuint (intake.n_held, >=, G_N_ELEMENTS (lies));
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *reason = NULL;

      assert_came_to (scene, numbers[0][i], ACC_READ_BACK_DIFFERS, ACC_STATE_HELD);
      reason = dup_reason (scene, numbers[0][i]);
      g_test_message ("%s", reason);
      g_assert_nonnull (strstr (reason, lies[i].told));
      if (strstr (lies[i].told, "The PDF does not say") != NULL)
        assert_came_to (scene, numbers[1][i], ACC_READ_BACK_DIFFERS, ACC_STATE_HELD);
      g_free (numbers[1][i]);
      g_free (numbers[0][i]);
      numbers[0][i] = numbers[1][i] = NULL;
    }
  assert_sound (scene);
}

static void
test_unreadable_pdf_is_held (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene), *reason = NULL;

  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_NO_PDF, ACC_STATE_HELD);
  reason = dup_reason (scene, number);
  g_assert_nonnull (strstr (reason, "its PDF cannot be shown"));
}

/* ---- when, and how often ---- */

static void
move (Scene *scene, const char *number, AccMove what)
{
  g_autoptr (AccOpenedLetter) letter = open_letter (scene, number);
  g_autoptr (GError) error = NULL;

  acc_decide (scene->desk, scene->identity, letter, what, ACC_NAMED_NOT, NULL, &error);
  g_assert_no_error (error);
}

static void
test_manager_may_let_it_go_on (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  take_all_in (scene);
  move (scene, number, ACC_MOVE_FREE);
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_NO_PDF, ACC_STATE_WAITING);
}

/* Killed between the two: the letter is held, and nothing says yet that it was read. */
static void
test_half_done_is_done_again (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  take_in (scene, 1);
  move (scene, number, ACC_MOVE_HOLD);
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_NEVER, ACC_STATE_HELD);
  move (scene, number, ACC_MOVE_FREE);
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_NO_PDF, ACC_STATE_HELD);
}

static void
test_claimed_letter_is_read_too (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  take_in (scene, 1);
  move (scene, number, ACC_MOVE_CLAIM);
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_NO_PDF, ACC_STATE_HELD);
}

static void
test_letter_is_read_before_its_turn (Scene *scene, gconstpointer data)
{
  const AccIntakePlace place = place_of (scene);
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autofree char *number = submit_honestly (scene, letter), *other = submit_plain (scene);
  g_autoptr (GError) error = NULL;

  take_in (scene, 2);
  acc_intake_read (&place, number, &error);
  g_assert_no_error (error);
  assert_came_to (scene, number, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  assert_came_to (scene, other, ACC_READ_BACK_NEVER, ACC_STATE_WAITING);
  acc_intake_read (&place, number, &error);
  g_assert_no_error (error);
  assert_answer (scene->desk, "SELECT count(*) FROM journal WHERE kind = 'read back'", "1");
}

/* Sealed for this branch, but no letter is inside. */
static char *
submit_rubbish (Scene *scene)
{
  char *number = acc_number_new ();
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autoptr (AccInboxLetter) sealed = seal_letter (scene->key, number, letter, "");
  g_autoptr (GBytes) json = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF", 4);
  g_autoptr (GError) error = NULL;

  acc_sealed_free (sealed->sealed);
  sealed->sealed = acc_seal (scene->key, number, json, pdf);
  acc_inbox_add (scene->inbox, sealed, &error);
  g_assert_no_error (error);
  return number;
}

static void
test_letter_that_cannot_be_opened_stops_no_other (Scene *scene, gconstpointer data)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autofree char *rubbish = submit_rubbish (scene), *number = submit_honestly (scene, letter);

  take_all_in (scene);
  assert_came_to (scene, rubbish, ACC_READ_BACK_NEVER, ACC_STATE_WAITING);
  assert_came_to (scene, number, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
}

static void
test_many_come_in_by_parts (Scene *scene, gconstpointer data)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();
  const AccIntakePlace place = place_of (scene);
  AccIntake intake = { 0 };
  guint parts = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *number = submit_two (scene, letter, letter, i % 4 == 0 ? "Another branch" : BRANCH);
    }
  for (gint64 before = -1; intake.last > before || intake.unfinished; parts++)
    {
      g_autoptr (GError) error = NULL;

      before = intake.last; /* each part gets on */
      acc_intake (&place, &intake, &error);
      g_assert_no_error (error);
      g_assert_true (intake.last > before || !intake.unfinished);
    }
  g_test_message ("%u parts", parts);
  g_assert_cmpuint (intake.n_taken, ==, 100);
  assert_answer (scene->desk, "SELECT count(*) FROM journal WHERE kind = 'read back'", "100");
  assert_answer (scene->desk, "SELECT count(*) FROM letter WHERE state = 'waiting'", "100");
}

/* However many wait: what was looked at once is not looked at again, and a call goes through some of them only. */
static void
test_a_call_costs_the_same_in_any_branch (Scene *scene, gconstpointer data)
{
  const AccIntakePlace place = place_of (scene);
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autofree char *first = submit_honestly (scene, letter), *last = NULL;
  AccIntake intake = take_all_in (scene);
  guint n_few, n_many, n_calls = 0;

  g_assert_true (acc_intake (&place, &intake, NULL)); /* the slips are told of what it noted */
  steps_take ();
  g_assert_true (acc_intake (&place, &intake, NULL));
  n_few = steps_take ();
  add_closed_letters (scene->desk, 9000, "waiting");
  run_sql (scene->desk, "UPDATE journal SET kind = 'read back' WHERE kind = 'made'");
  do
    {
      gint64 before = intake.last;

      g_assert_true (acc_intake (&place, &intake, NULL));
      g_assert_cmpint (intake.last, >, before);
      g_assert_cmpint (intake.last, <=, before + 2000);
      n_calls++;
    }
  while (intake.unfinished);
  g_assert_cmpuint (n_calls, ==, 5);
  g_assert_cmpint (intake.last, ==, 9001);
  while (intake.untold)
    g_assert_true (acc_intake (&place, &intake, NULL));
  steps_take ();
  g_assert_true (acc_intake (&place, &intake, NULL));
  g_assert_false (intake.unfinished);
  n_many = steps_take ();
  g_assert_cmpuint (n_few, >, 0);
  g_assert_cmpuint (n_few, ==, n_many);

  last = submit_honestly (scene, letter);
  g_assert_true (acc_intake (&place, &intake, NULL));
  assert_came_to (scene, first, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  assert_came_to (scene, last, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
}

/* ---- letters that cannot be set here ---- */

static AccLetter *
make_in_language (const char *language, const char *act)
{
  g_autoptr (AccLetter) plain = make_plain_letter ();
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (plain));
  replace (&fields.language, language);
  replace (&fields.act, act);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

/* It is told and left, and still looked at for its words; those behind it come to what they would come to without it. */
static void
test_letter_that_cannot_be_set_stops_no_other (Scene *scene, gconstpointer data)
{
  g_autoptr (AccLetter) plain = make_plain_letter (), polish = make_in_language ("pl", "Pani Okafor mi pomogła.");
  g_autoptr (AccLetter) threat = make_in_language ("pl", "Jeszcze raz, a mój adwokat złoży pozew.");
  const AccIntakePlace place = place_of (scene);
  g_autoptr (AccLetter) record = make_record (), printed = lie_about (record, 0);
  g_autofree char *before = submit_honestly (scene, plain), *left = submit_honestly (scene, polish);
  g_autofree char *held = submit_honestly (scene, threat), *lying = submit_two (scene, record, printed, BRANCH);
  g_autofree char *behind = submit_honestly (scene, plain), *folder = damaged_data_new ("pl");
  g_autoptr (GError) error = NULL;
  AccIntake intake;

  acc_places_set_data (folder);
  intake = take_all_in (scene);
  assert_came_to (scene, before, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  assert_came_to (scene, left, ACC_READ_BACK_NEVER, ACC_STATE_WAITING);
  assert_came_to (scene, held, ACC_READ_BACK_NEVER, ACC_STATE_HELD);
  assert_came_to (scene, lying, ACC_READ_BACK_DIFFERS, ACC_STATE_HELD);
  assert_came_to (scene, behind, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  g_assert_cmpuint (intake.n_unread, ==, 2);
  g_assert_cmpstr (intake.unread, ==, held);
  /* whoever opens it is told why */
  g_assert_false (acc_intake_read (&place, left, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_nonnull (strstr (error->message, "months"));
  g_clear_error (&error);

  acc_places_set_data (NULL); /* and once it is put right */
  acc_intake_read (&place, left, &error);
  g_assert_no_error (error);
  assert_came_to (scene, left, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  move (scene, held, ACC_MOVE_FREE);
  acc_intake_read (&place, held, &error);
  g_assert_no_error (error);
  assert_came_to (scene, held, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  assert_sound (scene);
  test_folder_free (g_steal_pointer (&folder));
}

/* What the store cannot keep is nobody's letter's fault: the round ends, and the next one begins there. */
static void
test_store_that_cannot_be_written_ends_the_round (Scene *scene, gconstpointer data)
{
  const AccIntakePlace place = place_of (scene);
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autofree char *first = submit_honestly (scene, letter), *second = submit_plain (scene);
  g_autoptr (GError) error = NULL;
  AccIntake intake = { 0 };

  take_in (scene, 2);
  run_sql (scene->desk, "PRAGMA query_only = 1");
  g_assert_false (acc_intake (&place, &intake, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_cmpint (intake.last, ==, 0);
  g_assert_cmpuint (intake.n_unread, ==, 0);
  run_sql (scene->desk, "PRAGMA query_only = 0");
  while (acc_intake (&place, &intake, NULL) && intake.unfinished)
    ;
  assert_came_to (scene, first, ACC_READ_BACK_BYTES, ACC_STATE_WAITING);
  assert_came_to (scene, second, ACC_READ_BACK_NO_PDF, ACC_STATE_HELD);
}

/* A letter as long as one may be, in letters that cannot be compared in order: what is missing is all of it. */
static void
test_reason_fits_however_long_the_letter_is (Scene *scene, gconstpointer data)
{
  g_autoptr (GString) story = g_string_new (NULL);
  g_autoptr (AccLetter) record = NULL, printed = make_in_language ("ar", "Thank you.");
  g_autofree char *number = NULL, *behind = NULL, *reason = NULL;

  while (g_utf8_strlen (story->str, -1) < ACC_STORY_MAX - 10)
    g_string_append (story, "شكرا لكم ");
  record = make_in_language ("ar", g_strchomp (story->str));
  number = submit_two (scene, record, printed, BRANCH);
  behind = submit_plain (scene);
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_DIFFERS, ACC_STATE_HELD);
  assert_came_to (scene, behind, ACC_READ_BACK_NO_PDF, ACC_STATE_HELD);
  reason = dup_reason (scene, number);
  g_assert_cmpint (g_utf8_strlen (reason, -1), <, 400);
}

/* However long the word is that a sentence begins with. */
static void
test_reason_fits_however_long_the_word_is (Scene *scene, gconstpointer data)
{
  g_autofree char *word = g_strnfill (ACC_STORY_MAX - 40, 'a');
  g_autofree char *act = g_strconcat (word, "-my lawyer will sue you", NULL), *number = NULL, *reason = NULL;
  g_autoptr (AccLetter) letter = make_in_language ("en", act);

  number = submit_honestly (scene, letter);
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_BYTES, ACC_STATE_HELD);
  reason = dup_reason (scene, number);
  g_assert_cmpint (g_utf8_strlen (reason, -1), <=, ACC_STORY_MAX);
}

/* Held and noted in one: who kills the desk in between leaves neither. */
static void
test_held_and_noted_are_one (Scene *scene, gconstpointer data)
{
  const AccIntakePlace place = place_of (scene);
  g_autofree char *number = submit_plain (scene);
  AccIntake intake = { 0 };

  take_in (scene, 1);
  run_sql (scene->desk, "CREATE TEMP TRIGGER no_note BEFORE INSERT ON journal WHEN NEW.kind = 'read back'"
                        " BEGIN SELECT raise (FAIL, 'none'); END");
  acc_intake (&place, &intake, NULL);
  assert_came_to (scene, number, ACC_READ_BACK_NEVER, ACC_STATE_WAITING);
  assert_answer (scene->desk, "SELECT count(*) FROM decision", "0");
  run_sql (scene->desk, "DROP TRIGGER no_note");
  take_all_in (scene);
  assert_came_to (scene, number, ACC_READ_BACK_NO_PDF, ACC_STATE_HELD);
}

/* A desk that was put back from a backup has everything to tell again: a call tells as much of it in any branch, and the
 * letters wait for none of it. */
static guint
count_first_call_after_restore (Scene *scene)
{
  const AccIntakePlace place = place_of (scene);
  g_autofree char *newest = ask_sql (scene->desk, "SELECT max (rowid) FROM journal");
  AccIntake intake = { 0 };
  guint n_steps, n_calls = 0;

  run_sql (scene->inbox, "INSERT OR REPLACE INTO told (id, entry) VALUES (1, 1000000)");
  steps_take ();
  g_assert_true (acc_intake (&place, &intake, NULL));
  n_steps = steps_take ();
  g_assert_true (intake.untold);
  for (; intake.untold; n_calls++)
    g_assert_true (acc_intake (&place, &intake, NULL));
  g_test_message ("%s entries: %u steps, then %u calls", newest, n_steps, n_calls);
  assert_answer (scene->inbox, "SELECT entry FROM told", newest);
  return n_steps;
}

static void
test_slips_are_told_again_by_parts (Scene *scene, gconstpointer data)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autofree char *number = submit_honestly (scene, letter);
  guint n_few, n_many;

  take_all_in (scene);
  add_closed_letters (scene->desk, 2500, "approved");
  n_few = count_first_call_after_restore (scene);
  add_closed_letters (scene->desk, 7500, "approved");
  n_many = count_first_call_after_restore (scene);
  g_assert_cmpuint (n_many, <=, n_few + n_few / 20);
}

/* An inbox that cannot be written is tried again with the next step, not over and over. */
static void
test_slips_that_cannot_be_told_wait (Scene *scene, gconstpointer data)
{
  const AccIntakePlace place = place_of (scene);
  AccIntake intake = take_all_in (scene);

  add_closed_letters (scene->desk, 0, "approved");
  run_sql (scene->inbox, "UPDATE told SET entry = 1000000");
  run_sql (scene->inbox, "PRAGMA query_only = 1");
  g_assert_false (acc_intake (&place, &intake, NULL));
  g_assert_false (intake.untold);
  run_sql (scene->inbox, "PRAGMA query_only = 0");
  g_assert_true (acc_intake (&place, &intake, NULL));
}

static const SceneTest tests[] = {
  { "/intake/honest-letter-waits", test_honest_letter_waits },
  { "/intake/other-head-is-no-contradiction", test_other_head_is_no_contradiction },
  { "/intake/each-lie-is-held-and-says-why", test_each_lie_is_held_and_says_why },
  { "/intake/unreadable-pdf-is-held", test_unreadable_pdf_is_held },
  { "/intake/manager-may-let-it-go-on", test_manager_may_let_it_go_on },
  { "/intake/half-done-is-done-again", test_half_done_is_done_again },
  { "/intake/claimed-letter-is-read-too", test_claimed_letter_is_read_too },
  { "/intake/letter-is-read-before-its-turn", test_letter_is_read_before_its_turn },
  { "/intake/letter-that-cannot-be-opened-stops-no-other", test_letter_that_cannot_be_opened_stops_no_other },
  { "/intake/letter-that-cannot-be-set-stops-no-other", test_letter_that_cannot_be_set_stops_no_other },
  { "/intake/store-that-cannot-be-written-ends-the-round", test_store_that_cannot_be_written_ends_the_round },
  { "/intake/reason-fits-however-long-the-letter-is", test_reason_fits_however_long_the_letter_is },
  { "/intake/reason-fits-however-long-the-word-is", test_reason_fits_however_long_the_word_is },
  { "/intake/held-and-noted-are-one", test_held_and_noted_are_one },
  { "/intake/many-come-in-by-parts", test_many_come_in_by_parts },
  { "/intake/slips-are-told-again-by-parts", test_slips_are_told_again_by_parts },
  { "/intake/slips-that-cannot-be-told-wait", test_slips_that_cannot_be_told_wait },
  { "/intake/a-call-costs-the-same-in-any-branch", test_a_call_costs_the_same_in_any_branch },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
