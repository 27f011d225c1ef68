/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One prepared letter on real stores, and a door that does as it is told: for tests of the outbox. */
#pragma once

#include "route-support.h"

#include "route/door.h"

#define N_DELIVERIES 3

typedef enum { KILL_NEVER, KILL_BEFORE, KILL_AFTER } Kill;

/* Remembers what it was given. */
struct _TestDoor {
  GObject parent_instance;
  AccDoorResult result[N_DELIVERIES + 1]; /* by position */
  Kill kill;
  guint n[N_DELIVERIES + 1];
  GBytes *message[N_DELIVERIES + 1];
  gboolean differed; /* a later try had other bytes */
  const char *words; /* of its failures; NULL: its own */
};

G_DECLARE_FINAL_TYPE (TestDoor, test_door, TEST, DOOR, GObject)

typedef struct {
  RouteBranch branch;
  RouteSession session;
  TestDoor *door;
  AccDoors *doors;
} Scene;

/* The clock is frozen; the deliveries are prepared. */
void scene_set_up (Scene *scene, gconstpointer data);
void scene_tear_down (Scene *scene, gconstpointer data);

/* What the desk does each minute; how many deliveries were begun. */
guint scene_go_round (Scene *scene);
void scene_move_clock (gint64 seconds);

typedef gboolean (*SceneOrder) (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                                GError **error);
void scene_give (Scene *scene, SceneOrder order, guint position);

void scene_assert_answer (Scene *scene, const char *sql, const char *answer);

/* What the checks find; nothing. */
GPtrArray *scene_find_faults (Scene *scene) G_GNUC_WARN_UNUSED_RESULT;
void scene_assert_sound (Scene *scene);
