/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds a letter as it comes in, and that nobody approves one that is held. */
#include "archive-support.h"

#include <string.h>

#include "base/error.h"
#include "inbox/submit.h"
#include "letter/number.h"
#include "paper/letterhead.h"
#include "review/decision.h"
#include "review/hold.h"
#include "review/intake.h"

static const struct {
  const char *what, *language, *read, *act;
  const char *reason; /* NULL: it waits */
} cases[] = {
  { "an ordinary letter", "en", "en", "She stayed with us for an hour.", NULL },
  { "a legal threat", "en", "en", "She was kind. You will hear from my solicitor.",
    "Held as it came in, since it may threaten legal steps: “You will hear from my solicitor.”" },
  { "a threat of violence", "en", "en", "She was kind. I know where you live.",
    "Held as it came in, since it may threaten violence: “I know where you live.”" },
  { "an insult", "en", "en", "She was kind. The man before her is an idiot.",
    "Held as it came in, since it may insult somebody: “The man before her is an idiot.”" },
  { "dumb luck", "en", "en", "It was dumb luck. She killed it: she's a killer at spreadsheets.", NULL },
  { "a complaint", "en", "en", "She was kind. The man at the counter was rude to me.",
    "Held as it came in, since it may hold a complaint: “The man at the counter was rude to me.”" },
  { "a threat is told before a complaint", "en", "en", "He was rude to me. I will sue you.",
    "Held as it came in, since it may threaten legal steps: “I will sue you.”" },
  { "a language that nobody reads", "es", "en;de", "Se quedó una hora con nosotros.",
    "Held as it came in, since nobody here reads the letter’s language: Español." },
  { "… with a threat in it", "es", "en", "Iré a juicio.",
    "Held as it came in, since it may threaten legal steps: “Iré a juicio.” Held as it came in, since nobody here reads the "
    "letter’s language: Español." },
  { "one that somebody reads", "es-MX", "en;es", "Se quedó una hora con nosotros.", NULL },
  { "one that the kiosk does not know", "und", "en", "Hsjqe wpom.",
    "Held as it came in, since the kiosk does not know the letter’s language." },
  { "a branch that does not say what it reads", "es", NULL, "Se quedó una hora con nosotros.", NULL },
  { "an act that could hurt holds nothing", "en", "en", "It was not her job, and she made an exception.", NULL },
};

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static AccLetter *
make_letter_in (const char *language, const char *act)
{
  g_autoptr (AccLetter) plain = make_plain_letter ();
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (plain));
  set_text (&fields.language, language);
  set_text (&fields.act, act);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

static void
what_holds_a_letter_says_why (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccLetter) letter = make_letter_in (cases[i].language, cases[i].act);
      g_autofree char *reason = acc_hold_find_reason (letter, cases[i].read);

      g_test_message ("%s", cases[i].what);
      g_assert_cmpstr (reason, ==, cases[i].reason);
    }
}

static void
long_sentences_are_cut_around_the_words (void)
{
  g_autoptr (GString) act = g_string_new ("She did very much for us and");
  g_autoptr (AccLetter) letter = NULL;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append (act, " täglich");
  g_string_append (act, " I will sue you");
  for (guint i = 0; i < 40; i++)
    g_string_append (act, " täglich");
  letter = make_letter_in ("en", act->str);
  reason = acc_hold_find_reason (letter, "en");
  g_assert_nonnull (strstr (reason, ": “… täglich täglich"));
  g_assert_nonnull (strstr (reason, " I will sue you täglich"));
  g_assert_nonnull (strstr (reason, "täglich …”"));
  g_assert_cmpint (g_utf8_strlen (reason, -1), <, 260);
}

/* ---- with real stores ---- */

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

/* As a kiosk sends it, on real paper, so that reading it back finds nothing. */
static char *
submit (Scene *scene, const char *language, const char *act)
{
  char *number = acc_number_new ();
  g_autoptr (AccLetter) letter = make_letter_in (language, act);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccReadyLetter) ready = acc_ready_letter_new (letter, number, letterhead (), BRANCH, &error);

  g_assert_no_error (error);
  acc_submit (scene->inbox, scene->key, "kiosk-1", ready, &error);
  g_assert_no_error (error);
  return number;
}

static AccIntakePlace
place_of (Scene *scene, const char *read)
{
  return (AccIntakePlace) { scene->desk, scene->inbox, scene->identity, letterhead (), BRANCH, read };
}

static guint
take_all_in (Scene *scene, const char *read)
{
  const AccIntakePlace place = place_of (scene, read);
  AccIntake intake = { 0 };
  g_autoptr (GError) error = NULL;

  do
    {
      acc_intake (&place, &intake, &error);
      g_assert_no_error (error);
    }
  while (intake.unfinished);
  return intake.n_held;
}

static void
open_again (Scene *scene, const char *number, const char *read)
{
  const AccIntakePlace place = place_of (scene, read);
  g_autoptr (GError) error = NULL;

  acc_intake_read (&place, number, &error);
  g_assert_no_error (error);
}

static void
assert_state (Scene *scene, const char *number, AccState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccRecord) record = acc_archive_find (scene->desk, number, &error);

  g_assert_no_error (error);
  g_assert_cmpint (record->state, ==, state);
}

/* Gives the code + 1 of why not; 0 where it was done. */
static int
try_to (Scene *scene, const char *number, AccMove move)
{
  g_autoptr (AccOpenedLetter) letter = open_letter (scene, number);
  g_autoptr (GError) error = NULL;

  if (acc_decide (scene->desk, scene->identity, letter, move, ACC_NAMED_NOT, "because", &error))
    return 0;
  g_assert_true (error->domain == ACC_ERROR);
  return error->code + 1;
}

static void
a_letter_is_held_as_it_comes_in (Scene *scene, gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = submit (scene, cases[i].language, cases[i].act);
      guint n_held = take_all_in (scene, cases[i].read);

      n += cases[i].reason != NULL;
      g_test_message ("%s", cases[i].what);
      g_assert_cmpuint (n_held, ==, cases[i].reason != NULL);
      assert_state (scene, number, cases[i].reason != NULL ? ACC_STATE_HELD : ACC_STATE_WAITING);
    }
  g_assert_cmpuint (n, >, 0);
}

/* No move but the manager's leads from there to where it could be approved; and before that, none approves. */
static void
a_held_letter_is_approved_by_nobody (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit (scene, "en", "I will see you in court.");

  take_all_in (scene, "en");
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_APPROVE), ==, ACC_ERROR_NOT_ALLOWED + 1);
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_CLAIM), ==, ACC_ERROR_NOT_ALLOWED + 1);
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_RELEASE), ==, ACC_ERROR_NOT_ALLOWED + 1);
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_ROUTE), ==, ACC_ERROR_NOT_ALLOWED + 1);
  assert_state (scene, number, ACC_STATE_HELD);
  for (guint i = 0; i < acc_move_n_rules; i++)
    if (acc_move_rules[i].from == ACC_STATE_HELD)
      g_assert_true (acc_move_rules[i].manager_only);

  g_assert_cmpint (try_to (scene, number, ACC_MOVE_FREE), ==, 0);
  assert_state (scene, number, ACC_STATE_WAITING);
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_APPROVE), ==, ACC_ERROR_NOT_ALLOWED + 1);
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_CLAIM), ==, 0);
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_APPROVE), ==, 0);
}

/* What a manager has let go on is not held for the same once more, by whichever way it is looked at. */
static void
a_letter_is_held_once (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit (scene, "en", "I will see you in court.");

  take_all_in (scene, "en");
  g_assert_cmpint (try_to (scene, number, ACC_MOVE_FREE), ==, 0);
  g_assert_cmpuint (take_all_in (scene, "en"), ==, 0);
  open_again (scene, number, "en");
  open_again (scene, number, "de");
  assert_state (scene, number, ACC_STATE_WAITING);
  assert_answer (scene->desk, "SELECT count(*) FROM decision WHERE move = 'hold'", "1");
}

/* Taken in when its language was read here, or by a version that held less: found when somebody opens it, also where a
 * banker works on it already. */
static void
a_letter_of_before_is_held_when_it_is_opened (Scene *scene, gconstpointer data)
{
  g_autofree char *waits = submit (scene, "es", "Se quedó una hora con nosotros.");
  g_autofree char *is_claimed = submit (scene, "es", "Nos devolvió la llamada.");
  g_autofree char *is_routed = submit (scene, "es", "Nos llamó otra vez.");

  take_all_in (scene, "en;es");
  g_assert_cmpint (try_to (scene, is_claimed, ACC_MOVE_CLAIM), ==, 0);
  g_assert_cmpint (try_to (scene, is_routed, ACC_MOVE_CLAIM), ==, 0);
  g_assert_cmpint (try_to (scene, is_routed, ACC_MOVE_APPROVE), ==, 0);
  open_again (scene, waits, "en;es");
  assert_state (scene, waits, ACC_STATE_WAITING);

  open_again (scene, waits, "en");
  open_again (scene, is_claimed, "en");
  open_again (scene, is_routed, "en");
  assert_state (scene, waits, ACC_STATE_HELD);
  assert_state (scene, is_claimed, ACC_STATE_HELD);
  assert_state (scene, is_routed, ACC_STATE_APPROVED); /* decided already */
  g_assert_cmpint (try_to (scene, is_claimed, ACC_MOVE_APPROVE), ==, ACC_ERROR_NOT_ALLOWED + 1);
  assert_answer (scene->desk, "SELECT count(*) FROM journal WHERE kind = 'read back'", "3");
}

static const SceneTest tests[] = {
  { "/checks-hold/held-as-it-comes-in", a_letter_is_held_as_it_comes_in },
  { "/checks-hold/approved-by-nobody", a_held_letter_is_approved_by_nobody },
  { "/checks-hold/held-once", a_letter_is_held_once },
  { "/checks-hold/one-of-before", a_letter_of_before_is_held_when_it_is_opened },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-hold/says-why", what_holds_a_letter_says_why);
  g_test_add_func ("/checks-hold/long-sentences", long_sentences_are_cut_around_the_words);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
