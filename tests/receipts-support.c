/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "receipts-support.h"

#include "base/clock.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "inbox/slip-table.h"
#include "review/decision.h"
#include "route/folder-door.h"
#include "route/receipts.h"
#include "staff/directory-table.h"
#include "store/statement.h"

#include <string.h>

/* ---- a door that does as it is told ---- */

static void test_door_iface_init (AccDoorInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TestDoor, test_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, test_door_iface_init))

static const char *
test_door_get_name (AccDoor *door)
{
  return "folder";
}

static AccDoorResult
test_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place, GError **error)
{
  TestDoor *self = (TestDoor *) door;
  AccDoorResult result = self->result[package->position];

  if (result == ACC_DOOR_HANDED_OVER)
    return acc_door_deliver (self->folder, package, cancellable, place, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "the line was cut");
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
  g_object_unref (((TestDoor *) object)->folder);
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

/* ---- one routed letter ---- */

const SceneKind scene_one = { { "J", NULL }, "" };
const SceneKind scene_one_with_contact = { { "J", NULL }, "canary contact" };
const SceneKind scene_two = { { "J", "T" }, "" };
const SceneKind scene_with_supervisor = { { "J", "S" }, "" };

static void
prepare (Scene *scene, const SceneKind *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory
    = acc_directory_table_load (scene->session.desk, scene->session.identity, NULL, &error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, kind->employees[0]), NULL };
  g_autoptr (AccPlan) plan = NULL;
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 cover", 14);
  char paragraph[] = "Please read.";
  AccCoverDone covers[N_MAX];

  if (kind->employees[1] != NULL)
    employees[1] = acc_directory_find_id (directory, kind->employees[1]);
  plan = acc_plan_new (acc_opened_letter_get_letter (scene->session.letter), directory, employees,
                       acc_identity_get_banker (scene->session.identity));
  for (guint i = 0; i < N_MAX; i++)
    covers[i] = (AccCoverDone) { paragraph, pdf };
  acc_routing_prepare (scene->session.desk, scene->session.identity, scene->session.letter, plan, covers, scene->doors,
                       &error);
  g_assert_no_error (error);
}

gboolean
scene_hand_over (Scene *scene, GError **error)
{
  return acc_routing_hand_over (scene->session.desk, scene->session.identity, scene->session.letter, scene->doors,
                                error);
}

void
scene_set_up_unsent (Scene *scene, gconstpointer data)
{
  const SceneKind *kind = data;
  g_autoptr (GError) error = NULL;

  route_freeze_clock ();
  route_set_contact (kind->contact);
  route_branch_set_up_approved (&scene->branch, kind->employees[1] != NULL);
  route_session_open (&scene->session, &scene->branch);
  scene->inbox = acc_inbox_open (scene->branch.store_dir, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  scene->door = g_object_new (test_door_get_type (), NULL);
  scene->door->folder = acc_folder_door_new (scene->branch.outbox);
  scene->doors = acc_doors_new_of (ACC_DOOR (scene->door));
  prepare (scene, kind);
}

void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  scene_set_up_unsent (scene, data);
  scene_hand_over (scene, &error);
  g_assert_no_error (error);
}

void
scene_tear_down (Scene *scene, gconstpointer data)
{
  g_clear_object (&scene->doors);
  g_clear_object (&scene->door);
  g_clear_object (&scene->inbox);
  route_session_close (&scene->session);
  route_branch_remove (&scene->branch);
}

gboolean
scene_record (const Scene *scene, guint position, const char *on, const char *message, GError **error)
{
  return acc_receipts_record (scene->session.desk, scene->session.identity, scene->session.letter,
                              &(AccHeard) { position, on, message }, error);
}

void
scene_assert_recorded (const Scene *scene, guint position, const char *message)
{
  g_autoptr (GError) error = NULL;

  scene_record (scene, position, NULL, message, &error);
  g_assert_no_error (error);
}

void
scene_assert_answer (const Scene *scene, const char *sql, const char *answer)
{
  assert_answer (scene->session.desk, sql, answer);
}

GPtrArray *
scene_find_faults (AccStore *desk)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (desk, findings, &error);
  g_assert_no_error (error);
  acc_decision_check (desk, 0, findings, &error);
  g_assert_no_error (error);
  return findings;
}

void
scene_assert_sound (const Scene *scene)
{
  g_autoptr (GPtrArray) findings = scene_find_faults (scene->session.desk);
  g_autoptr (GError) error = NULL;

  acc_archive_check (scene->session.desk, scene->inbox, findings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

void
scene_assert_slip (const Scene *scene, AccSlipState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccSlip) slip = NULL;

  acc_slips_tell (scene->session.desk, scene->inbox, &error);
  g_assert_no_error (error);
  slip = acc_slip_table_find (scene->inbox, ROUTE_NUMBER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (slip->state, ==, state);
}

void
scene_assert_outbox (const Scene *scene, const char *names)
{
  g_autofree char *found = route_list_folder (scene->branch.outbox);

  g_assert_cmpstr (found, ==, names);
}

/* ---- a hand on the file ---- */

/* Changes, checks and takes it back. */
gboolean
scene_change_and_check (AccStore *desk, gpointer data, GError **error)
{
  SceneChange *change = data;
  g_autoptr (AccStatement) statement = acc_statement_new (desk, change->sql, error);
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_cmpint (acc_statement_change (statement, error), >, 0);
  findings = scene_find_faults (desk);
  change->n_found = findings->len;
  for (guint i = 0; i < findings->len; i++)
    g_assert_nonnull (strstr (g_ptr_array_index (findings, i), ROUTE_NUMBER));
  g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, "taken back");
  return FALSE;
}
