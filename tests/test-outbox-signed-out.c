/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the outbox does when nobody is signed in, after a restore, and of what is erased. */
#include "outbox-support.h"
#include "support.h"

#include "route/delivery-table.h"
#include "route/erasure.h"
#include "route/outbox.h"
#include "route/routing.h"

#include <string.h>

/* ---- without keys ---- */

static gboolean
keep_nothing (const AccErasure *erasure, gpointer data, GError **error)
{
  return TRUE;
}

/* What is due, for after the sign-out; the banker's session has ended then. */
static GPtrArray *
pack_and_sign_out (Scene *scene)
{
  GPtrArray *packed = g_ptr_array_new_with_free_func ((GDestroyNotify) acc_sending_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccOutbox) outbox
      = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, &error);
  gsize room = 1 << 20;
  AccSending *sending;

  g_assert_no_error (error);
  while ((sending = acc_outbox_pack (outbox, &room)) != NULL)
    g_ptr_array_add (packed, sending);
  g_clear_object (&outbox);
  route_session_close (&scene->session);
  return packed;
}

static gboolean
send_packed (Scene *scene, AccSending *sending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) desk = acc_archive_open (scene->branch.store_dir, ACC_STORE_WRITE, &error);

  g_assert_no_error (error);
  if (!acc_sending_begin (sending, desk, NULL))
    return FALSE;
  acc_sending_deliver (sending, NULL);
  g_assert_true (acc_sending_keep_end (sending, desk, &error));
  g_assert_no_error (error);
  return TRUE;
}

/* A print service says what it likes. */
static void
what_a_door_says_in_no_text_is_kept_all_the_same (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);
  g_autoptr (GPtrArray) deliveries = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_UNSURE;
  scene->door->words = "tray \xff of";
  g_assert_true (send_packed (scene, g_ptr_array_index (packed, 0)));
  g_ptr_array_set_size (packed, 0);
  route_session_open (&scene->session, &scene->branch);
  g_assert_cmpuint (scene_go_round (scene), ==, 2);
  scene_assert_answer (scene, STATES, "unsure, handed over, handed over");
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  g_assert_true (g_str_has_prefix (((const AccDelivery *) g_ptr_array_index (deliveries, 0))->reason, "tray \357\277\275 of"));
  scene_assert_sound (scene);
}

static void
what_ends_without_keys_is_signed_at_the_next_sign_in (Scene *scene, gconstpointer data)
{
  static const struct {
    AccDoorResult result;
    const char *states;
  } rows[] = {
    { ACC_DOOR_LATER, "handed over, waiting, handed over" },
    { ACC_DOOR_REFUSED, "handed over, refused, handed over" },
    { ACC_DOOR_UNSURE, "handed over, unsure, handed over" },
    { ACC_DOOR_SHUT, "handed over, waiting, handed over" },
    { ACC_DOOR_HANDED_OVER, "handed over, handed over, handed over" },
  };
  const guint which = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);

  scene->door->result[EMPLOYEE] = rows[which].result;
  g_assert_cmpuint (packed->len, ==, N_DELIVERIES);
  for (guint i = 0; i < packed->len; i++)
    g_assert_true (send_packed (scene, g_ptr_array_index (packed, i)));
  g_ptr_array_set_size (packed, 0);
  route_session_open (&scene->session, &scene->branch);
  scene_assert_answer (scene, STATES, "sending, sending, sending");
  scene_assert_answer (scene, JOURNAL ("handed over"), "0");
  scene_assert_answer (scene, "SELECT count(*) FROM delivery WHERE reason LIKE '%example%' OR reason LIKE '%room%'", "0");
  scene_assert_sound (scene);
  scene->door->result[EMPLOYEE] = ACC_DOOR_SHUT; /* where it is tried again at once */
  scene_go_round (scene);
  scene_assert_answer (scene, STATES, rows[which].states);
  scene_assert_answer (scene, JOURNAL ("handed over"), rows[which].result == ACC_DOOR_HANDED_OVER ? "3" : "2");
  scene_assert_answer (scene, LETTER, rows[which].result == ACC_DOOR_HANDED_OVER ? "routed" : "approved");
  scene_assert_sound (scene);
}

static void
what_is_packed_has_a_bound (Scene *scene, gconstpointer data)
{
  g_autoptr (AccOutbox) outbox
      = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, NULL);
  g_autoptr (AccSending) sending = NULL;
  gsize room = 100;

  g_assert_null (acc_outbox_pack (outbox, &room));
  g_clear_object (&outbox);
  outbox = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, NULL);
  room = 1 << 20;
  sending = acc_outbox_pack (outbox, &room);
  g_assert_nonnull (sending);
  g_assert_cmpuint (room, <, 1 << 20);
  scene_assert_answer (scene, STATES, "prepared, prepared, prepared"); /* as if it had not been packed */
  g_assert_cmpuint (scene_go_round (scene), ==, 3);
  g_assert_false (acc_sending_begin (sending, scene->session.desk, NULL)); /* it has gone since */
  g_assert_cmpuint (scene->door->n[SUPERVISOR], ==, 1);
  scene_assert_sound (scene);
}

static void
what_is_erased_is_not_sent_without_keys_either (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);
  g_autoptr (AccErasure) erasure = NULL;
  g_autoptr (GError) error = NULL;

  route_session_open (&scene->session, &scene->branch);
  erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "asked for", keep_nothing, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (packed->len, ==, N_DELIVERIES);
  for (guint i = 0; i < packed->len; i++)
    g_assert_false (send_packed (scene, g_ptr_array_index (packed, i)));
  g_assert_cmpuint (scene->door->n[SUPERVISOR] + scene->door->n[EMPLOYEE] + scene->door->n[OWN_SUPERVISOR], ==, 0);
  scene_assert_sound (scene);
}

/* Whoever can write the store, but has no key, makes nobody sign that something has arrived. */
static void
a_forged_end_is_none (Scene *scene, gconstpointer data)
{
  static const char *const forgeries[] = {
    "UPDATE delivery SET reason = 'handed over' WHERE position = 2",
    "UPDATE delivery SET reason = 'aGFuZGVkIG92ZXI=' WHERE position = 2",
    "UPDATE delivery SET reason = (SELECT reason FROM delivery WHERE position = 1) WHERE position = 2",
    "UPDATE delivery SET tries = tries + 1 WHERE position = 2", /* another try's */
    "UPDATE delivery SET reason = NULL WHERE position = 2",
  };
  const char *forgery = forgeries[GPOINTER_TO_UINT (data)];
  g_autoptr (GPtrArray) packed = pack_and_sign_out (scene);

  for (guint i = 0; i < packed->len; i++)
    g_assert_true (send_packed (scene, g_ptr_array_index (packed, i)));
  g_ptr_array_set_size (packed, 0);
  route_session_open (&scene->session, &scene->branch);
  run_sql (scene->session.desk, forgery);
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  scene_assert_answer (scene, STATES, "handed over, unsure, handed over");
  scene_assert_sound (scene);
}

/* ---- a store made from a backup ---- */

static void
what_a_backup_has_to_be_sent_is_unsure (Scene *scene, gconstpointer data)
{
  const gboolean *repeats = data;
  g_autoptr (GPtrArray) deliveries = NULL;
  g_autoptr (GError) error = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_REFUSED;
  scene->door->result[EMPLOYEE] = ACC_DOOR_LATER;
  scene_go_round (scene);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = *repeats;
  g_assert_true (acc_delivery_table_mark_restored (scene->session.desk, &error));
  scene_assert_answer (scene, STATES, "refused, sending, handed over");
  scene_assert_sound (scene);
  scene_move_clock (24 * 3600);
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  ACC_DOOR_GET_IFACE (scene->door)->repeats = FALSE;
  scene_assert_answer (scene, STATES, "refused, unsure, handed over");
  scene_assert_answer (scene, JOURNAL ("unsure"), "1");
  deliveries = acc_routing_list (scene->session.desk, scene->session.letter, NULL);
  g_assert_nonnull (strstr (((AccDelivery *) g_ptr_array_index (deliveries, EMPLOYEE - 1))->reason, "from a backup"));
  scene_assert_sound (scene);
  scene->door->result[EMPLOYEE] = ACC_DOOR_HANDED_OVER;
  scene_give (scene, acc_outbox_send_again, EMPLOYEE);
  g_assert_cmpuint (scene_go_round (scene), ==, 1);
  scene_assert_sound (scene);
}

/* ---- the right to be forgotten ---- */

static void
what_is_erased_is_never_sent (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccErasure) erasure = NULL;

  scene->door->result[SUPERVISOR] = ACC_DOOR_LATER;
  scene->door->result[EMPLOYEE] = ACC_DOOR_UNSURE;
  scene->door->result[OWN_SUPERVISOR] = ACC_DOOR_REFUSED;
  scene_go_round (scene);
  erasure = acc_erase (scene->session.desk, scene->session.identity, ROUTE_NUMBER, "asked for", keep_nothing, NULL,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (erasure->deliveries->len, ==, 1); /* the one that may have arrived */
  scene_move_clock (24 * 3600);
  g_assert_cmpuint (scene_go_round (scene), ==, 0);
  for (guint i = 1; i <= N_DELIVERIES; i++)
    {
      g_autoptr (GError) again = NULL;

      g_assert_cmpuint (scene->door->n[i], ==, 1);
      g_assert_false (acc_outbox_send_again (scene->session.desk, scene->session.identity, scene->session.letter, i,
                                             &again));
    }
  scene_assert_answer (scene, "SELECT count(*) FROM delivery WHERE reason IS NOT NULL OR next_try IS NOT NULL", "0");
  scene_assert_sound (scene);
}

int
main (int argc, char **argv)
{
  static const gboolean repeats[] = { FALSE, TRUE };

  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test) g_test_add ("/outbox-signed-out/" path, Scene, data, scene_set_up, test, scene_tear_down)
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *ends = g_strdup_printf ("/outbox-signed-out/what-ends-without-keys-is-signed-at-the-next-sign-in/%u", i);
      g_autofree char *forged = g_strdup_printf ("/outbox-signed-out/a-forged-end-is-none/%u", i);

      g_test_add (ends, Scene, GUINT_TO_POINTER (i), scene_set_up, what_ends_without_keys_is_signed_at_the_next_sign_in,
                  scene_tear_down);
      g_test_add (forged, Scene, GUINT_TO_POINTER (i), scene_set_up, a_forged_end_is_none, scene_tear_down);
    }
  ADD ("what-a-door-says-in-no-text-is-kept-all-the-same", NULL, what_a_door_says_in_no_text_is_kept_all_the_same);
  ADD ("what-is-packed-has-a-bound", NULL, what_is_packed_has_a_bound);
  ADD ("what-is-erased-is-not-sent-without-keys-either", NULL, what_is_erased_is_not_sent_without_keys_either);
  ADD ("what-a-backup-has-to-be-sent-is-unsure", &repeats[0], what_a_backup_has_to_be_sent_is_unsure);
  ADD ("a-door-that-repeats-does-not-by-a-backup", &repeats[1], what_a_backup_has_to_be_sent_is_unsure);
  ADD ("what-is-erased-is-never-sent", NULL, what_is_erased_is_never_sent);
  return g_test_run ();
}
