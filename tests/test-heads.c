/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journals' heads that are known outside a store: noted as letters are taken in, and held against it. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "archive-support.h"
#include "archive/heads.h"
#include "support.h"

static void
write_file (const char *path, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
}

static GPtrArray *
check_heads (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_free);

  acc_heads_check (scene->store_dir, scene->desk, scene->inbox, findings, &error);
  g_assert_no_error (error);
  return findings;
}

static void
keep_heads (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  acc_heads_keep (scene->desk, scene->inbox, &error);
  g_assert_no_error (error);
}

static void
assert_finding (Scene *scene, const char *text)
{
  g_autoptr (GPtrArray) findings = check_heads (scene);

  if (text == NULL)
    g_assert_cmpuint (findings->len, ==, 0);
  else
    {
      g_assert_cmpuint (findings->len, ==, 1);
      g_test_message ("%s", (char *) g_ptr_array_index (findings, 0));
      g_assert_nonnull (strstr (g_ptr_array_index (findings, 0), text));
    }
}

static void
test_heads_are_noted_when_letters_are_taken_in (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);
  g_autofree char *path = acc_heads_path (scene->store_dir);
  g_autoptr (GPtrArray) heads = NULL;
  GStatBuf status;

  assert_finding (scene, NULL); /* none are known yet */
  take_in (scene, 1);
  heads = acc_heads_load (path, NULL);
  g_assert_cmpuint (heads->len, ==, 2);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  assert_finding (scene, NULL);
}

static void
test_store_put_back_to_an_older_state_is_found (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  take_in (scene, 1);
  run_sql (scene->desk, "DELETE FROM journal WHERE sequence = 2");
  assert_finding (scene, "desk.db: the journal of desk ends at 1, but 2 entries were known on ");
  keep_heads (scene); /* what tells is not forgotten */
  assert_finding (scene, "desk.db: the journal of desk ends at 1, but 2 entries were known on ");
}

static void
test_history_written_anew_is_found (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  take_in (scene, 1);
  run_sql (scene->inbox, "UPDATE journal SET hash = '" /* another of the same length */
                         "0000000000000000000000000000000000000000000000000000000000000000'");
  assert_finding (scene, "inbox.db: entry 1 of the journal of kiosk:front is not the one that was known on ");
}

static void
test_emptied_journal_is_found (Scene *scene, gconstpointer data)
{
  g_autofree char *number = submit_plain (scene);

  take_in (scene, 1);
  run_sql (scene->inbox, "DELETE FROM journal");
  keep_heads (scene);
  assert_finding (scene, "inbox.db: the journal of kiosk:front ends at 0, but 1 entries were known on ");
}

static void
test_unreadable_heads_are_a_finding_and_left (Scene *scene, gconstpointer data)
{
  static const char *const texts[] = {
    "not a key file", "[head 1]\nstore=desk\n", "[head 1]\nstore=cellar\nwriter=desk\ncount=1\nat=x\n",
    "[head 1]\nstore=desk\nwriter=desk\ncount=-1\nat=x\nhash=0\n",
  };
  g_autofree char *path = acc_heads_path (scene->store_dir);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_file (path, texts[i], strlen (texts[i]));
      assert_finding (scene, "this is not a list of journals' heads");
      g_assert_false (acc_heads_keep (scene->desk, scene->inbox, NULL));
    }
}

/* A kiosk's account can write any name into its journal, and any number of them. */
static void
test_hostile_writers_do_not_swell_the_list (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) heads = NULL;

  run_sql (scene->inbox, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                         "INSERT INTO journal (writer, sequence, at, kind, previous, hash) "
                         "SELECT printf ('kiosk:%*d', 1 + i % 400, i), 1, '', '', '', hex (randomblob (32)) FROM n");
  heads = acc_heads_read (scene->desk, scene->inbox, NULL);
  g_assert_cmpuint (heads->len, <=, 101);
  for (guint i = 0; i < heads->len; i++)
    g_assert_cmpuint (strlen (((AccHead *) g_ptr_array_index (heads, i))->writer), <=, 64);
}

static const SceneTest tests[] = {
  { "/heads/noted", test_heads_are_noted_when_letters_are_taken_in },
  { "/heads/older-state", test_store_put_back_to_an_older_state_is_found },
  { "/heads/written-anew", test_history_written_anew_is_found },
  { "/heads/emptied", test_emptied_journal_is_found },
  { "/heads/unreadable", test_unreadable_heads_are_a_finding_and_left },
  { "/heads/hostile-writers", test_hostile_writers_do_not_swell_the_list },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
