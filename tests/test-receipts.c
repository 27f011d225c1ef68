/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts on real stores: who has said that it is there, what that moves, what is kept and what may be told. */
#include "receipts-support.h"
#include "support.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "route/erasure.h"
#include "route/outbox.h"
#include "route/receipts.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* ---- what an acknowledgement moves ---- */

static void
only_who_is_thanked_moves_the_letter (Scene *scene, gconstpointer data)
{
  scene_assert_slip (scene, ACC_SLIP_ON_ITS_WAY);
  scene_assert_outbox (scene, PACKAGE ("1-supervisor") " " PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));

  scene_assert_recorded (scene, SUPERVISOR, NULL);
  scene_assert_answer (scene, STATES, "acknowledged, handed over, handed over");
  scene_assert_answer (scene, LETTER, "routed");
  scene_assert_slip (scene, ACC_SLIP_ON_ITS_WAY);
  scene_assert_outbox (scene, PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));

  scene_assert_recorded (scene, EMPLOYEE, NULL);
  scene_assert_answer (scene, STATES, "acknowledged, acknowledged, handed over");
  scene_assert_answer (scene, LETTER, "acknowledged");
  scene_assert_slip (scene, ACC_SLIP_ARRIVED);
  scene_assert_outbox (scene, PACKAGE ("3-own-supervisor"));

  scene_assert_recorded (scene, OWN_SUPERVISOR, NULL);
  scene_assert_outbox (scene, "");
  scene_assert_answer (scene, JOURNAL ("heard back"), "3");
  scene_assert_answer (scene, JOURNAL ("acknowledged"), "1");
  scene_assert_sound (scene);
}

static void
all_who_are_thanked_have_to_say_so (Scene *scene, gconstpointer data)
{
  guint heard = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = acc_routing_list (scene->session.desk, scene->session.letter, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!g_str_equal (delivery->name, "Person J") && !g_str_equal (delivery->name, "Person T")
          && !g_str_equal (delivery->name, "Person S"))
        continue;
      if (data == &scene_two && g_str_equal (delivery->name, "Person S")) /* only a supervisor in that letter */
        continue;
      scene_assert_answer (scene, LETTER, "routed");
      scene_assert_recorded (scene, delivery->position, NULL);
      heard++;
    }
  g_assert_cmpuint (heard, ==, 2);
  scene_assert_answer (scene, LETTER, "acknowledged");
  scene_assert_sound (scene);
}

static void
the_letter_waits_for_its_other_deliveries (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_REFUSED;
  g_assert_false (scene_hand_over (scene, NULL));
  scene_assert_answer (scene, STATES, "refused, handed over, handed over");
  scene_assert_recorded (scene, EMPLOYEE, NULL);
  scene_assert_answer (scene, LETTER, "approved");
  scene_assert_sound (scene);

  acc_outbox_mark_as_sent (scene->session.desk, scene->session.identity, scene->session.letter, SUPERVISOR, &error);
  g_assert_no_error (error);
  scene_assert_answer (scene, STATES, "handed over, acknowledged, handed over");
  scene_assert_answer (scene, LETTER, "acknowledged");
  scene_assert_answer (scene, JOURNAL ("routed"), "1");
  scene_assert_slip (scene, ACC_SLIP_ARRIVED);
  scene_assert_sound (scene);
}

static void
hearing_back_proves_what_was_unsure (Scene *scene, gconstpointer data)
{
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  g_assert_false (scene_hand_over (scene, NULL));
  scene_assert_answer (scene, STATES, "handed over, unsure, handed over");
  scene_assert_answer (scene, LETTER, "approved");

  scene_assert_recorded (scene, EMPLOYEE, "Thank you.");
  scene_assert_answer (scene, STATES, "handed over, acknowledged, handed over");
  scene_assert_answer (scene, LETTER, "acknowledged");
  scene_assert_answer (scene, JOURNAL ("marked as sent"), "1");
  scene_assert_answer (scene, JOURNAL ("routed"), "1");
  scene_assert_sound (scene);
}

static void
what_a_kill_leaves_in_the_outbox_is_swept (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *away = g_strconcat (scene->branch.outbox, "-away", NULL);

  g_assert_cmpint (g_rename (scene->branch.outbox, away), ==, 0); /* nothing can be taken out of it now */
  scene_assert_recorded (scene, SUPERVISOR, NULL);
  g_assert_cmpint (g_rename (away, scene->branch.outbox), ==, 0);
  scene_assert_outbox (scene, PACKAGE ("1-supervisor") " " PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));

  for (guint round = 0; round < 2; round++)
    {
      acc_receipts_sweep (scene->session.desk, ACC_FOLDER_DOOR (scene->door->folder), &error);
      g_assert_no_error (error);
      scene_assert_outbox (scene, PACKAGE ("2-employee") " " PACKAGE ("3-own-supervisor"));
    }
}

/* ---- what is refused ---- */

static const struct {
  guint position;
  const char *on, *message;
  int code;
  const char *says;
} refusals[] = {
  { 9, NULL, NULL, ACC_ERROR_NOT_FOUND, "no delivery 9" },
  { 0, NULL, NULL, ACC_ERROR_NOT_FOUND, "no delivery 0" },
  { EMPLOYEE, "2026-11-20", NULL, ACC_ERROR_INPUT, "2026-11-21" }, /* it went out the day after */
  { EMPLOYEE, "2026-11-22", NULL, ACC_ERROR_INPUT, "2026-11-22" }, /* tomorrow */
  { EMPLOYEE, "yesterday", NULL, ACC_ERROR_INPUT, "yesterday" },
  { EMPLOYEE, "2026-02-30", NULL, ACC_ERROR_INPUT, "2026-02-30" },
};

static void
what_cannot_be_is_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (ACC_STORY_MAX + 1, 'a');
  g_autoptr (GError) too_long = NULL, twice = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (scene_record (scene, refusals[i].position, refusals[i].on, refusals[i].message, &error));
      g_assert_error (error, ACC_ERROR, refusals[i].code);
      g_assert_nonnull (strstr (error->message, refusals[i].says));
    }
  g_assert_false (scene_record (scene, EMPLOYEE, NULL, long_text, &too_long));
  g_assert_error (too_long, ACC_ERROR, ACC_ERROR_INPUT);
  scene_assert_answer (scene, STATES, "handed over, handed over, handed over");
  scene_assert_answer (scene, "SELECT count(*) FROM receipt", "0");

  scene_assert_recorded (scene, EMPLOYEE, " \n ");
  g_assert_false (scene_record (scene, EMPLOYEE, NULL, "\t", &twice));
  g_assert_error (twice, ACC_ERROR, ACC_ERROR_CONFLICT);
  scene_assert_answer (scene, "SELECT count(*) FROM receipt", "1");
  scene_assert_sound (scene);
}

/* The clock was put back since it went: who says that it is there today still has it. */
static void
a_clock_that_was_put_back_keeps_no_receipt_away (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  acc_clock_freeze (acc_clock_now () - 3 * DAY, acc_clock_boot () + DAY);
  scene_assert_recorded (scene, EMPLOYEE, "Thank you.");
  scene_record (scene, SUPERVISOR, "2026-11-18", NULL, &error); /* as the desk says it */
  g_assert_no_error (error);
  scene_assert_answer (scene, "SELECT group_concat (heard_on) FROM receipt", "2026-11-18,2026-11-18");
  scene_assert_sound (scene);
}

static void
what_has_not_gone_cannot_have_arrived (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (scene_record (scene, EMPLOYEE, NULL, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "prepared"));
}

/* ---- what is kept ---- */

static void
words_come_back_as_they_were_said (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, full = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  const AccReceipt *receipt;

  acc_clock_freeze (acc_clock_now () + 2 * DAY, acc_clock_boot ());
  scene_record (scene, EMPLOYEE, "2026-11-22", "  canary words\r\nof Żaneta \342\200\256 ", &error);
  g_assert_no_error (error);
  for (guint i = 1; i < 20; i++)
    scene_assert_recorded (scene, EMPLOYEE, "canary more");
  g_assert_false (scene_record (scene, EMPLOYEE, NULL, "canary one too many", &full));
  g_assert_error (full, ACC_ERROR, ACC_ERROR_CONFLICT);

  receipts = acc_receipts_list (scene->session.desk, scene->session.letter, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 20);
  receipt = g_ptr_array_index (receipts, 0);
  g_assert_cmpuint (receipt->sequence, ==, 1);
  g_assert_cmpuint (receipt->position, ==, EMPLOYEE);
  g_assert_cmpstr (receipt->heard_on, ==, "2026-11-22");
  g_assert_true (g_str_has_prefix (receipt->recorded_at, "2026-11-23T10:42:00"));
  g_assert_cmpstr (receipt->banker, ==, ROUTE_BANKER);
  g_assert_cmpint (receipt->source, ==, ACC_RECEIPT_BY_BANKER);
  g_assert_cmpstr (receipt->message, ==, "canary words\nof Żaneta");
  g_assert_cmpstr (receipt->passed_on_at, ==, "");
  scene_assert_sound (scene);
}

static void
nothing_said_is_in_clear (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = acc_archive_path (scene->branch.store_dir);

  scene_assert_recorded (scene, EMPLOYEE, "canary words");
  bytes = acc_file_read (path, 64 * 1024 * 1024, &error);
  g_assert_no_error (error);
  g_assert_null (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "canary words"));
}

static gboolean
keep_nothing (const AccErasure *erasure, gpointer data, GError **error)
{
  return TRUE;
}

static void
erasing_takes_the_words (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, late = NULL;
  g_autoptr (AccErasure) erasure = NULL;

  scene_assert_recorded (scene, EMPLOYEE, "canary words");
  erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "The client asked.", keep_nothing,
                       NULL, &error);
  g_assert_no_error (error);
  scene_assert_answer (scene, "SELECT sum (length (body)) FROM receipt", "0");
  scene_assert_sound (scene);

  g_assert_false (scene_record (scene, SUPERVISOR, NULL, NULL, &late));
  g_assert_error (late, ACC_ERROR, ACC_ERROR_CONFLICT);
}

/* ---- checking ---- */

/* A hand on the file: each is found, and the letter named. */
static const char *const changes[] = {
  /* Who has it. */
  "UPDATE receipt SET position = 3 WHERE sequence = 1",
  "UPDATE delivery SET state = 'handed over' WHERE position = 2",
  "UPDATE delivery SET state = 'acknowledged' WHERE position = 3",
  /* Since when. */
  "UPDATE receipt SET heard_on = '2026-11-22' WHERE sequence = 1",
  "UPDATE receipt SET recorded_at = '2026-11-22T10:42:00+00:00' WHERE sequence = 1",
  "UPDATE receipt SET source = 'reply' WHERE sequence = 1",
  /* What was said. */
  "UPDATE receipt SET body = (SELECT body FROM receipt WHERE sequence = 2) WHERE sequence = 1",
  "UPDATE receipt SET body = x''",
  "UPDATE receipt SET sequence = 9 WHERE sequence = 1",
  /* Whether it was. */
  "DELETE FROM receipt WHERE sequence = 1",
  "DELETE FROM receipt",
  "DELETE FROM journal WHERE kind = 'heard back' AND json_extract (facts, '$.receipt') = 1",
  "INSERT INTO receipt SELECT number, 3, 3, heard_on, recorded_at, source, body FROM receipt WHERE sequence = 1",
  /* After whose silence. */
  "UPDATE delivery SET after_position = 1 WHERE position = 2",
};

static void
check_finds_every_change (Scene *scene, gconstpointer data)
{
  scene_assert_recorded (scene, EMPLOYEE, "Thank you.");
  scene_assert_recorded (scene, SUPERVISOR, "Well done.");
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      SceneChange change = { .sql = changes[i] };
      g_autoptr (GError) error = NULL;

      acc_store_transact (scene->session.desk, scene_change_and_check, &change, &error);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_BUSY);
      g_test_message ("%s: %u", changes[i], change.n_found);
      g_assert_cmpuint (change.n_found, >, 0);
    }
  scene_assert_sound (scene);
}

/* ---- the message back, for the client ---- */

static gboolean
pass_on (const Scene *scene, guint sequence, GError **error)
{
  return acc_receipts_pass_on (scene->session.desk, scene->session.identity, scene->session.letter, sequence, error);
}

static void
a_client_who_agreed_is_told_once (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, wordless = NULL, unknown = NULL, twice = NULL;
  g_autoptr (AccPassing) passing = NULL;
  g_autoptr (GPtrArray) receipts = NULL;

  scene_assert_recorded (scene, SUPERVISOR, NULL);
  scene_assert_recorded (scene, EMPLOYEE, "Thank you.");
  passing = acc_receipts_open_passing (scene->session.desk, scene->session.letter, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (passing->client, ==, "canary client");
  g_assert_cmpstr (passing->contact, ==, "canary contact");
  g_assert_cmpstr (passing->from, ==, "Person J");
  g_assert_cmpstr (passing->message, ==, "Thank you.");

  g_assert_false (pass_on (scene, 1, &wordless));
  g_assert_error (wordless, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (wordless->message, "Person S"));
  g_assert_false (pass_on (scene, 3, &unknown));
  g_assert_error (unknown, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_assert_true (pass_on (scene, 2, &error));
  g_assert_no_error (error);
  g_assert_false (pass_on (scene, 2, &twice));
  g_assert_error (twice, ACC_ERROR, ACC_ERROR_CONFLICT);

  receipts = acc_receipts_list (scene->session.desk, scene->session.letter, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((const AccReceipt *) g_ptr_array_index (receipts, 0))->passed_on_at, ==, "");
  g_assert_true (g_str_has_prefix (((const AccReceipt *) g_ptr_array_index (receipts, 1))->passed_on_at, "2026-11-21T"));
  scene_assert_answer (scene, JOURNAL ("passed on"), "1");
  scene_assert_sound (scene);
}

static void
a_client_who_did_not_agree_is_left_alone (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL, refused = NULL;

  scene_assert_recorded (scene, EMPLOYEE, "Thank you.");
  g_assert_null (acc_receipts_open_passing (scene->session.desk, scene->session.letter, 1, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "canary client"));
  g_assert_false (pass_on (scene, 1, &refused));
  g_assert_error (refused, ACC_ERROR, ACC_ERROR_INPUT);
  scene_assert_answer (scene, JOURNAL ("passed on"), "0");
}

#define ADD(path, kind, test) g_test_add ("/receipts/" path, Scene, &kind, scene_set_up, test, scene_tear_down)
#define ADD_UNSENT(path, test) g_test_add ("/receipts/" path, Scene, &scene_one, scene_set_up_unsent, test, scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("only-who-is-thanked-moves-the-letter", scene_one, only_who_is_thanked_moves_the_letter);
  ADD ("all-who-are-thanked-have-to-say-so", scene_two, all_who_are_thanked_have_to_say_so);
  ADD ("all-who-are-thanked-have-to-say-so/one-being-a-supervisor", scene_with_supervisor, all_who_are_thanked_have_to_say_so);
  ADD_UNSENT ("the-letter-waits-for-its-other-deliveries", the_letter_waits_for_its_other_deliveries);
  ADD_UNSENT ("hearing-back-proves-what-was-unsure", hearing_back_proves_what_was_unsure);
  ADD ("what-a-kill-leaves-in-the-outbox-is-swept", scene_one, what_a_kill_leaves_in_the_outbox_is_swept);
  ADD ("what-cannot-be-is-refused", scene_one, what_cannot_be_is_refused);
  ADD ("a-clock-that-was-put-back-keeps-no-receipt-away", scene_one, a_clock_that_was_put_back_keeps_no_receipt_away);
  ADD_UNSENT ("what-has-not-gone-cannot-have-arrived", what_has_not_gone_cannot_have_arrived);
  ADD ("words-come-back-as-they-were-said", scene_one, words_come_back_as_they_were_said);
  ADD ("nothing-said-is-in-clear", scene_one, nothing_said_is_in_clear);
  ADD ("erasing-takes-the-words", scene_one, erasing_takes_the_words);
  ADD ("check-finds-every-change", scene_one, check_finds_every_change);
  ADD ("a-client-who-agreed-is-told-once", scene_one_with_contact, a_client_who_agreed_is_told_once);
  ADD ("a-client-who-did-not-agree-is-left-alone", scene_one, a_client_who_did_not_agree_is_left_alone);
  return g_test_run ();
}
