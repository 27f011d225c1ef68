/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of whom nothing is heard: whether the next level is asked, and what becomes of that. On real stores. */
#include "receipts-support.h"
#include "support.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/next-level.h"
#include "route/outbox.h"
#include "route/silences.h"
#include "staff/directory-table.h"
#include "store/statement.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* ---- nothing is heard ---- */

static void
wait_days (guint days)
{
  acc_clock_freeze (acc_clock_now () + days * DAY, acc_clock_boot () + days * DAY);
}

/* The directory of today. */
static void
import (const Scene *scene, const char *rows)
{
  g_autoptr (AccDirectory) directory = route_directory_new (rows);
  g_autoptr (GError) error = NULL;

  acc_directory_table_save (scene->session.desk, scene->inbox, scene->session.identity, directory, &error);
  g_assert_no_error (error);
}

/* "POSITION NAME DAYS -> NEXT; …" */
static char *
list_silences (const Scene *scene, guint days)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) silences = acc_silences_list (scene->session.desk, scene->session.identity, days, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);

      g_assert_cmpstr (silence->number, ==, ROUTE_NUMBER);
      g_string_append_printf (text, "%s%u %s %u%s%s", i > 0 ? "; " : "", silence->position, silence->name, silence->days,
                              *silence->next != '\0' ? " -> " : "", silence->next);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_silences (const Scene *scene, guint days, const char *expected)
{
  g_autofree char *found = list_silences (scene, days);

  g_assert_cmpstr (found, ==, expected);
}

static AccNextLevel *
find_next_level (const Scene *scene, guint position)
{
  g_autoptr (GError) error = NULL;
  AccNextLevel *level
    = acc_next_level_new (scene->session.desk, scene->session.identity, scene->session.letter, position, &error);

  g_assert_no_error (error);
  return level;
}

static gboolean
ask_next_level (const Scene *scene, AccNextLevel *level, GError **error)
{
  char paragraph[] = "Please see to it.";
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 further", 16);

  return acc_next_level_prepare (level, scene->session.desk, &(AccCoverDone) { paragraph, pdf }, scene->doors, error);
}

static void
only_who_should_answer_is_waited_for (Scene *scene, gconstpointer data)
{
  wait_days (13);
  assert_silences (scene, 14, "");
  wait_days (1);
  assert_silences (scene, 14, "1 Person S 14 -> Person H; 2 Person J 14");
  scene_assert_recorded (scene, EMPLOYEE, NULL);
  assert_silences (scene, 14, "1 Person S 14 -> Person H");
  scene_assert_recorded (scene, SUPERVISOR, NULL);
  assert_silences (scene, 14, "");
}

static void
assert_due (const Scene *scene, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  gint64 due = -1;

  acc_silences_find_due (scene->session.desk, 14, &due, &error);
  g_assert_no_error (error);
  g_assert_cmpint (due, ==, expected);
}

static void
it_is_known_when_the_next_one_is_due (Scene *scene, gconstpointer data)
{
  gint64 handed_over = acc_clock_now ();

  assert_due (scene, handed_over + 14 * DAY);
  wait_days (13);
  assert_due (scene, handed_over + 14 * DAY);
  scene_assert_recorded (scene, SUPERVISOR, NULL);
  assert_due (scene, handed_over + 14 * DAY);
  wait_days (1);
  assert_due (scene, 0); /* it is listed now */
  assert_silences (scene, 14, "2 Person J 14");
}

static void
the_next_level_is_asked_and_followed (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL, again = NULL, highest = NULL;
  g_autoptr (GError) error = NULL, late = NULL;
  const AccRecipient *recipient;

  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  again = find_next_level (scene, SUPERVISOR);
  recipient = acc_next_level_get_recipient (level);
  g_assert_cmpint (recipient->role, ==, ACC_ROLE_SUPERVISOR);
  g_assert_cmpstr (recipient->person->name, ==, "Person H");
  g_assert_cmpstr (recipient->employee->name, ==, "Person J");
  g_assert_cmpuint (recipient->employees->len, ==, 1);
  ask_next_level (scene, level, &error);
  g_assert_no_error (error);
  g_assert_false (ask_next_level (scene, again, &late));
  g_assert_error (late, ACC_ERROR, ACC_ERROR_CONFLICT);
  scene_assert_answer (scene, STATES, "handed over, handed over, handed over, prepared");
  scene_assert_answer (scene, "SELECT after_position FROM delivery WHERE position = 4", "1");
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_sound (scene);
  assert_silences (scene, 14, "2 Person J 14");

  scene_hand_over (scene, &error);
  g_assert_no_error (error);
  scene_assert_answer (scene, STATES, "handed over, handed over, handed over, handed over");
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_outbox (scene, PACKAGE ("1-supervisor") " " PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor") " " PACKAGE (
                          "4-supervisor"));
  scene_assert_sound (scene);

  wait_days (14);
  assert_silences (scene, 14, "2 Person J 28; 4 Person H 14");
  highest = find_next_level (scene, 4);
  g_assert_null (acc_next_level_get_recipient (highest));
  g_assert_cmpstr (acc_next_level_get_sentence (highest), ==, "The directory has nobody above Person H.");
  scene_assert_recorded (scene, 4, NULL);
  scene_assert_recorded (scene, SUPERVISOR, NULL); /* the first one after all */
  scene_assert_recorded (scene, EMPLOYEE, NULL);
  scene_assert_answer (scene, LETTER, "acknowledged");
  assert_silences (scene, 14, "");
  scene_assert_sound (scene);
}

/* A door that fails holds the further delivery as it does any other, and the letter stays where it is. */
static void
a_further_delivery_is_durable (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) error = NULL;

  scene_assert_recorded (scene, EMPLOYEE, NULL);
  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  ask_next_level (scene, level, &error);
  g_assert_no_error (error);
  scene->door->result[4] = ACC_DOOR_REFUSED;
  g_assert_false (scene_hand_over (scene, NULL));
  scene_assert_answer (scene, "SELECT state FROM delivery WHERE position = 4", "refused");
  scene_assert_answer (scene, LETTER, "acknowledged");
  scene_assert_sound (scene);

  scene->door->result[4] = ACC_DOOR_UNSURE;
  acc_outbox_send_again (scene->session.desk, scene->session.identity, scene->session.letter, 4, &error);
  g_assert_no_error (error);
  g_assert_false (scene_hand_over (scene, NULL));
  scene_assert_answer (scene, "SELECT state FROM delivery WHERE position = 4", "unsure");
  scene_assert_recorded (scene, 4, "I have it.");
  scene_assert_answer (scene, "SELECT state FROM delivery WHERE position = 4", "acknowledged");
  scene_assert_answer (scene, JOURNAL ("acknowledged"), "1");
  scene_assert_sound (scene);
}

/* The directory of the day on which somebody asks, and what is said of the supervisor's silence. */
static const struct {
  const char *staff, *next, *sentence;
} levels[] = {
  { ROUTE_STAFF, "Person H", "Person H is the next one up from Person S." },
  { "J,Fraud,S,,|S,Fraud,H,,|H,Bank,X,,2026-12-01|X,Bank,,,|B,Branch,M,,|M,Branch,X,,", "Person X",
    "Person H, above Person S, is not here today: Person X is the next one up." },
  { "J,Fraud,S,,|S,Fraud,H,,|H,Bank,,,2026-12-01|B,Branch,M,,|M,Branch,S,,", NULL,
    "Nobody above Person S is here today: have the directory brought up to date." },
  { "J,Fraud,S,,|S,Fraud,,,|B,Branch,M,,|M,Branch,S,,", NULL, "The directory has nobody above Person S." },
  { "J,Fraud,X,,|X,Fraud,,,|B,Branch,M,,|M,Branch,X,,", NULL,
    "Person S is not in the directory any more, so nobody above is known." },
  { "J,Fraud,S,,|S,Fraud,M,,|B,Branch,M,,|M,Branch,,,", NULL,
    "Person M, the next one up from Person S, has the letter already." },
  { "J,Fraud,S,,|S,Fraud,B,,|B,Branch,M,,|M,Branch,,,", NULL, "The next one up from Person S is you." },
};

static void
the_next_level_is_told_in_words (Scene *scene, gconstpointer data)
{
  wait_days (14);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (AccNextLevel) level = NULL;
      const AccRecipient *recipient;

      import (scene, levels[i].staff);
      level = find_next_level (scene, SUPERVISOR);
      recipient = acc_next_level_get_recipient (level);
      g_assert_cmpstr (acc_next_level_get_sentence (level), ==, levels[i].sentence);
      g_assert_cmpstr (recipient != NULL ? recipient->person->name : NULL, ==, levels[i].next);
    }
}

/* As no import takes it, but as an older version may have kept it. */
static AccDirectory *
circle_new (void)
{
  g_autoptr (AccDirectory) directory
    = route_directory_new ("J,Fraud,S,,|S,Fraud,H,,|H,Bank,X,,2026-11-01|X,Bank,,,2026-11-01");
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_person_free);

  for (guint i = 0; i < acc_directory_get_n_people (directory); i++)
    {
      AccPerson *person = acc_person_copy (acc_directory_get_person (directory, i));

      if (g_str_equal (person->id, "X"))
        {
          g_free (person->supervisor_id);
          person->supervisor_id = g_strdup ("H");
        }
      g_ptr_array_add (people, person);
    }
  return acc_directory_new (people);
}

static void
a_circle_ends (Scene *scene, gconstpointer data)
{
  g_autoptr (AccDirectory) circle = circle_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (AccNextLevel) level = acc_next_level_new_in (circle, scene->session.desk, scene->session.identity,
                                                          scene->session.letter, SUPERVISOR, &error);

  g_assert_no_error (error);
  g_assert_null (acc_next_level_get_recipient (level));
  g_assert_cmpstr (acc_next_level_get_sentence (level), ==,
                   "The directory leads from Person S up in a circle: have it put right there.");
}

/* Whom the letter thanks may have left: the further delivery still says whom it is about. */
static void
who_has_left_is_still_named (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) error = NULL;

  wait_days (14);
  import (scene, "S,Fraud,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,");
  level = find_next_level (scene, SUPERVISOR);
  g_assert_cmpstr (acc_next_level_get_recipient (level)->employee->name, ==, "Person J");
  ask_next_level (scene, level, &error);
  g_assert_no_error (error);
  scene_hand_over (scene, &error);
  g_assert_no_error (error);
  scene_assert_sound (scene);
}

static void
nobody_is_proposed_twice (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) silences = NULL;
  guint n_proposed = 0, n_told = 0;

  wait_days (14);
  silences = acc_silences_list (scene->session.desk, scene->session.identity, 14, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);

      n_proposed += g_str_equal (silence->next, "Person H");
      n_told += strstr (silence->sentence, "Person H, the next one up, is proposed for this letter already") != NULL;
    }
  g_assert_cmpuint (n_proposed, ==, 1);
  g_assert_cmpuint (n_told, ==, 1);
}

static void
a_silence_can_be_left_at_that (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, twice = NULL, wrong = NULL;

  wait_days (14);
  acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &error);
  g_assert_no_error (error);
  assert_silences (scene, 14, "2 Person J 14");
  g_assert_false (
    acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &twice));
  g_assert_error (twice, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_false (
    acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, OWN_SUPERVISOR, &wrong));
  g_assert_error (wrong, ACC_ERROR, ACC_ERROR_CONFLICT);
  scene_assert_answer (scene, JOURNAL ("left at that"), "1");
  scene_assert_recorded (scene, SUPERVISOR, NULL);
  scene_assert_sound (scene);
}

/* Another banker has closed it while this one wrote. */
static void
what_was_left_at_that_is_not_taken_further (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) error = NULL, looked = NULL, asked = NULL;

  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  acc_silences_leave (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &error);
  g_assert_no_error (error);
  g_assert_false (acc_next_level_check_silent (level, scene->session.desk, &looked));
  g_assert_error (looked, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_nonnull (strstr (looked->message, "left at that"));
  g_assert_false (ask_next_level (scene, level, &asked));
  g_assert_error (asked, ACC_ERROR, ACC_ERROR_CONFLICT);
  scene_assert_answer (scene, STATES, "handed over, handed over, handed over");
  scene_assert_sound (scene);
}

typedef struct {
  const Scene *scene;
  guint n_silences, n_faults;
} Damaged;

static gboolean
damage_and_list (AccStore *desk, gpointer data, GError **error)
{
  Damaged *damaged = data;
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (AccStatement) change
    = acc_statement_new (desk, "UPDATE delivery SET recipient = x'00' WHERE position = 1", error);
  g_autoptr (GPtrArray) silences = NULL;
  const GError *fault;

  g_assert_cmpint (acc_statement_change (change, error), >, 0);
  silences = acc_silences_list (desk, damaged->scene->session.identity, 14, faults, &local);
  g_assert_no_error (local);
  damaged->n_silences = silences->len;
  damaged->n_faults = faults->len;
  g_assert_cmpuint (faults->len, >, 0);
  fault = g_ptr_array_index (faults, 0);
  g_assert_error (fault, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_assert_nonnull (strstr (fault->message, ROUTE_NUMBER));
  g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, "taken back");
  return FALSE;
}

static void
what_is_damaged_is_named (Scene *scene, gconstpointer data)
{
  Damaged damaged = { scene };
  g_autoptr (GError) error = NULL;

  wait_days (14);
  acc_store_transact (scene->session.desk, damage_and_list, &damaged, &error);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
  g_assert_cmpuint (damaged.n_silences, ==, 0); /* both are of the one letter */
  g_assert_cmpuint (damaged.n_faults, ==, 2);
}

static const char *const further_changes[] = {
  "UPDATE delivery SET after_position = 2 WHERE position = 4",
  "UPDATE delivery SET after_position = NULL WHERE position = 4",
  "UPDATE delivery SET role = 'employee' WHERE position = 4",
  "UPDATE delivery SET recipient = x'00' WHERE position = 4",
  "DELETE FROM delivery WHERE position = 4",
  "DELETE FROM journal WHERE kind = 'prepared further'",
};

static void
check_finds_every_change_of_a_further_one (Scene *scene, gconstpointer data)
{
  g_autoptr (AccNextLevel) level = NULL;
  g_autoptr (GError) asked = NULL;

  wait_days (14);
  level = find_next_level (scene, SUPERVISOR);
  ask_next_level (scene, level, &asked);
  g_assert_no_error (asked);
  for (guint i = 0; i < G_N_ELEMENTS (further_changes); i++)
    {
      SceneChange change = { .sql = further_changes[i] };
      g_autoptr (GError) error = NULL;

      acc_store_transact (scene->session.desk, scene_change_and_check, &change, &error);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
      g_test_message ("%s: %u", further_changes[i], change.n_found);
      g_assert_cmpuint (change.n_found, >, 0);
    }
}

#define ADD(path, kind, test) g_test_add ("/silences/" path, Scene, &kind, scene_set_up, test, scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("only-who-should-answer-is-waited-for", scene_one, only_who_should_answer_is_waited_for);
  ADD ("it-is-known-when-the-next-one-is-due", scene_one, it_is_known_when_the_next_one_is_due);
  ADD ("the-next-level-is-asked-and-followed", scene_one, the_next_level_is_asked_and_followed);
  ADD ("a-further-delivery-is-durable", scene_one, a_further_delivery_is_durable);
  ADD ("the-next-level-is-told-in-words", scene_one, the_next_level_is_told_in_words);
  ADD ("a-circle-ends", scene_one, a_circle_ends);
  ADD ("who-has-left-is-still-named", scene_one, who_has_left_is_still_named);
  ADD ("nobody-is-proposed-twice", scene_two, nobody_is_proposed_twice);
  ADD ("a-silence-can-be-left-at-that", scene_one, a_silence_can_be_left_at_that);
  ADD ("left-is-not-taken-further", scene_one, what_was_left_at_that_is_not_taken_further);
  ADD ("what-is-damaged-is-named", scene_one, what_is_damaged_is_named);
  ADD ("check-finds-every-change-of-a-further-one", scene_one, check_finds_every_change_of_a_further_one);
  return g_test_run ();
}
