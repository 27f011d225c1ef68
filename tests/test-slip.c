/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client's slip: its code, what it opens at the kiosk, and what stops those who guess. */
#include "base/clock.h"
#include "base/error.h"
#include "inbox/inbox.h"
#include "store/statement.h"
#include "support.h"
#include "vault/throttle.h"

#define SECOND G_GINT64_CONSTANT (1000000) /* in microseconds */
#define MORNING (G_GINT64_CONSTANT (1795248000) * SECOND)

typedef struct {
  char *folder;
  AccStore *inbox;
} Scene;

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  scene->folder = test_folder_new ();
  path = acc_inbox_path (scene->folder);
  scene->inbox = acc_store_create (path, &acc_inbox_kind, &error);
  g_assert_no_error (error);
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  g_clear_object (&scene->inbox);
  test_folder_free (scene->folder);
  acc_clock_freeze (-1, -1);
}

/* ---- the throttle ---- */

static gint64
count_try (Scene *scene, const char *guards, gint64 *cost)
{
  g_autoptr (GError) error = NULL;
  gint64 wait = -1;

  acc_throttle_count_code (scene->inbox, guards, &wait, cost, &error);
  g_assert_no_error (error);
  return wait;
}

static void
test_tries_at_a_code_cost_what_a_banker_s_do (Scene *scene, gconstpointer data)
{
  gint64 boot = 1000, cost = 0;

  for (gint64 n = 1; n <= 12; n++)
    {
      acc_clock_freeze (MORNING, boot * SECOND);
      g_assert_cmpint (count_try (scene, "slip", &cost), ==, 0);
      g_assert_cmpint (cost, ==, acc_throttle_seconds (n));
      if (cost > 0)
        g_assert_cmpint (count_try (scene, "slip", &(gint64) { 0 }), ==, cost); /* and is not counted */
      boot += cost;
    }
}

static void
test_what_is_guarded_is_counted_apart (Scene *scene, gconstpointer data)
{
  gint64 cost = 0;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    g_assert_cmpint (count_try (scene, "slip", &cost), ==, 0);
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 5);
  g_assert_cmpint (count_try (scene, "exit", &cost), ==, 0);
  g_assert_cmpint (cost, ==, 0);
}

static void
test_success_starts_a_code_s_count_anew (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 cost = 0;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    count_try (scene, "slip", &cost);
  acc_throttle_reset_code (scene->inbox, "slip", &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 0);
  g_assert_cmpint (cost, ==, 0);
}

static void
test_neither_reboot_nor_wall_clock_shortens_a_code_s_wait (Scene *scene, gconstpointer data)
{
  gint64 cost = 0;

  acc_clock_freeze (MORNING, 1000 * SECOND);
  for (int n = 1; n <= 5; n++)
    count_try (scene, "slip", &cost);
  acc_clock_freeze (MORNING + 86400 * SECOND, 1000 * SECOND);
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 5);
  acc_clock_freeze (MORNING, 10 * SECOND); /* the boot clock went back: a reboot */
  g_assert_cmpint (count_try (scene, "slip", &cost), ==, 5);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Scene *scene, gconstpointer data);
  } tests[] = {
    { "/throttle/tries-at-a-code-cost-what-a-banker-s-do", test_tries_at_a_code_cost_what_a_banker_s_do },
    { "/throttle/what-is-guarded-is-counted-apart", test_what_is_guarded_is_counted_apart },
    { "/throttle/success-starts-a-code-s-count-anew", test_success_starts_a_code_s_count_anew },
    { "/throttle/neither-reboot-nor-wall-clock-shortens-a-code-s-wait",
      test_neither_reboot_nor_wall_clock_shortens_a_code_s_wait },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Scene, NULL, scene_set_up, tests[i].run, scene_tear_down);
  return g_test_run ();
}
