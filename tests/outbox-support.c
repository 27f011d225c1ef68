/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outbox-support.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/outbox.h"
#include "route/routing.h"
#include "staff/directory-table.h"

#include <signal.h>
#include <string.h>

/* ---- a door that does as it is told ---- */

static void test_door_iface_init (AccDoorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestDoor, test_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, test_door_iface_init))

static const char *
test_door_get_name (AccDoor *door)
{
  return "test";
}

static void
remember (TestDoor *self, const AccPackage *package)
{
  GBytes **message = &self->message[package->position];

  self->n[package->position]++;
  if (*message == NULL)
    *message = g_bytes_ref (package->message);
  self->differed |= !g_bytes_equal (*message, package->message);
}

static AccDoorResult
test_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place, GError **error)
{
  TestDoor *self = (TestDoor *)door;
  AccDoorResult result = self->result[package->position];

  if (self->kill == KILL_BEFORE)
    raise (SIGKILL);
  remember (self, package);
  if (self->kill == KILL_AFTER)
    raise (SIGKILL);
  if (result == ACC_DOOR_HANDED_OVER)
    *place = g_strdup ("test.example");
  else
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "%s %s", self->words != NULL ? self->words : "no room for",
                 package->address);
  return result;
}

static void
test_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = test_door_get_name;
  iface->deliver = test_door_deliver;
}

static void
test_door_finalize (GObject *object)
{
  TestDoor *self = (TestDoor *)object;

  for (guint i = 0; i <= N_DELIVERIES; i++)
    g_clear_pointer (&self->message[i], g_bytes_unref);
  G_OBJECT_CLASS (test_door_parent_class)->finalize (object);
}

static void
test_door_class_init (TestDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_door_finalize;
}

static void
test_door_init (TestDoor *self)
{
}

/* ---- one prepared letter ---- */

static void
prepare (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory
      = acc_directory_table_load (scene->session.desk, scene->session.identity, NULL, &error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J"), NULL };
  g_autoptr (AccPlan) plan = acc_plan_new (acc_opened_letter_get_letter (scene->session.letter), directory, employees,
                                           acc_identity_get_banker (scene->session.identity));
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 cover", 14);
  char paragraph[] = "Please read.";
  const AccCoverDone covers[] = { { paragraph, pdf }, { paragraph, pdf }, { paragraph, pdf } };

  g_assert_cmpuint (acc_plan_get_n_recipients (plan), ==, N_DELIVERIES);
  acc_routing_prepare (scene->session.desk, scene->session.identity, scene->session.letter, plan, covers, scene->doors,
                       &error);
  g_assert_no_error (error);
}

void
scene_set_up (Scene *scene, gconstpointer data)
{
  route_freeze_clock ();
  route_branch_set_up_approved (&scene->branch, FALSE);
  route_session_open (&scene->session, &scene->branch);
  scene->door = g_object_new (test_door_get_type (), NULL);
  scene->doors = acc_doors_new_of (ACC_DOOR (scene->door));
  prepare (scene);
}

void
scene_tear_down (Scene *scene, gconstpointer data)
{
  route_session_close (&scene->session);
  g_clear_object (&scene->doors);
  g_clear_object (&scene->door);
  route_branch_remove (&scene->branch);
}

/* What the desk does each minute. */
guint
scene_go_round (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccOutbox) outbox
      = acc_outbox_new (scene->session.desk, scene->session.identity, scene->doors, NULL, &error);
  g_autoptr (GError) failure = NULL;
  guint n = 0;

  g_assert_no_error (error);
  for (;;)
    {
      g_autoptr (AccSending) sending = acc_outbox_next (outbox, TRUE);

      if (sending == NULL)
        break;
      acc_sending_deliver (sending, NULL);
      acc_outbox_end (outbox, sending, &error);
      g_assert_no_error (error);
      n++;
    }
  failure = acc_outbox_steal_failure (outbox);
  return n;
}

void
scene_move_clock (gint64 seconds)
{
  acc_clock_freeze (acc_clock_now () + seconds * G_USEC_PER_SEC, acc_clock_boot () + ABS (seconds) * G_USEC_PER_SEC);
}

void
scene_assert_answer (Scene *scene, const char *sql, const char *answer)
{
  assert_answer (scene->session.desk, sql, answer);
}

GPtrArray *
scene_find_faults (Scene *scene)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (scene->session.desk, findings, &error);
  g_assert_no_error (error);
  return findings;
}

void
scene_assert_sound (Scene *scene)
{
  g_autoptr (GPtrArray) findings = scene_find_faults (scene);

  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

void
scene_give (Scene *scene, SceneOrder order, guint position)
{
  g_autoptr (GError) error = NULL;

  order (scene->session.desk, scene->session.identity, scene->session.letter, position, &error);
  g_assert_no_error (error);
}
