/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One routed letter on real stores, for tests of who has said that it is there, and of whom nothing is heard. */
#pragma once

#include "route-support.h"

#include "archive/slips.h"
#include "route/door.h"

#define N_MAX 8
#define PACKAGE(name) ROUTE_NUMBER "-" name

/* The folder door, but what it says of each position. */
struct _TestDoor {
  GObject parent_instance;
  AccDoor *folder;
  AccDoorResult result[N_MAX];
};

G_DECLARE_FINAL_TYPE (TestDoor, test_door, TEST, DOOR, GObject)

/* Who is thanked, and how the client may be reached. */
typedef struct {
  const char *employees[2];
  const char *contact;
} SceneKind;

extern const SceneKind scene_one;
extern const SceneKind scene_one_with_contact;
extern const SceneKind scene_two;
extern const SceneKind scene_with_supervisor;

typedef struct {
  RouteBranch branch;
  RouteSession session;
  AccStore *inbox;
  TestDoor *door;
  AccDoors *doors;
} Scene;

/* @data is a SceneKind; its deliveries are prepared, or handed over as well. */
void scene_set_up_unsent (Scene *scene, gconstpointer data);
void scene_set_up (Scene *scene, gconstpointer data);
void scene_tear_down (Scene *scene, gconstpointer data);

gboolean scene_hand_over (Scene *scene, GError **error);
gboolean scene_record (const Scene *scene, guint position, const char *on, const char *message, GError **error);
void scene_assert_recorded (const Scene *scene, guint position, const char *message);

void scene_assert_answer (const Scene *scene, const char *sql, const char *answer);
void scene_assert_slip (const Scene *scene, AccSlipState state);
void scene_assert_outbox (const Scene *scene, const char *names);

/* What the checks find; nothing. */
GPtrArray *scene_find_faults (AccStore *desk) G_GNUC_WARN_UNUSED_RESULT;
void scene_assert_sound (const Scene *scene);

/* A hand on the file. */
typedef struct {
  const char *sql;
  guint n_found;
} SceneChange;

/* Changes, checks and takes it back: a body for acc_store_transact, which fails with ACC_ERROR_BUSY. */
gboolean scene_change_and_check (AccStore *desk, gpointer data, GError **error);
