/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passwords with which the desk signs in elsewhere: kept, replaced, erased; and what verify says of changed ones. */
#include <string.h>

#include "archive-support.h"
#include "archive/kept-secrets.h"
#include "base/error.h"
#include "base/file.h"
#include "vault/bankers.h"
#include "vault/rotation.h"

#define SECRET "tea, not coffee: ünd ☕"

static void
set_secret (Scene *scene, AccKeptSecret which, const char *secret)
{
  g_autoptr (GError) error = NULL;

  acc_kept_secret_set (scene->desk, scene->identity, which, secret, &error);
  g_assert_no_error (error);
}

static void
assert_kept (Scene *scene, AccKeptSecret which, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = acc_kept_secret_load (scene->desk, scene->identity, which, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, expected);
}

static void
assert_sound (Scene *scene)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_archive_check (scene->desk, scene->inbox, found, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_each_is_kept_by_its_name_and_no_other_way (Scene *scene, gconstpointer data)
{
  AccKeptSecret which;

  assert_kept (scene, ACC_KEPT_SECRET_MAIL, "");
  set_secret (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  set_secret (scene, ACC_KEPT_SECRET_DIRECTORY, "another");
  assert_kept (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  assert_kept (scene, ACC_KEPT_SECRET_DIRECTORY, "another");
  for (guint i = 0; i < ACC_KEPT_SECRET_N; i++)
    {
      g_assert_true (acc_kept_secret_from_word (acc_kept_secret_to_word (i), &which));
      g_assert_cmpint (which, ==, i);
    }
  g_assert_false (acc_kept_secret_from_word ("Mail", &which));
}

static void
test_a_new_one_takes_the_place_and_an_empty_one_erases (Scene *scene, gconstpointer data)
{
  set_secret (scene, ACC_KEPT_SECRET_MAIL, "before");
  set_secret (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  assert_kept (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  set_secret (scene, ACC_KEPT_SECRET_MAIL, "");
  assert_kept (scene, ACC_KEPT_SECRET_MAIL, "");
  assert_answer (scene->desk, "SELECT count (*) FROM secret", "0");
  assert_answer (scene->desk, "SELECT group_concat (kind, ', ') FROM journal WHERE kind GLOB 'secret*'",
                 "secret set, secret set, secret erased");
  set_secret (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  assert_kept (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  assert_sound (scene);
}

static void
test_what_is_no_line_of_text_is_refused (Scene *scene, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (ACC_KEPT_SECRET_BYTES_MAX, 'x');
  g_autofree char *longer = g_strnfill (ACC_KEPT_SECRET_BYTES_MAX + 1, 'x');
  const char *const wrong[] = { longer, "two\nlines", "two\rlines", "\xff\xfe", "Latin-1 \xfc" };

  set_secret (scene, ACC_KEPT_SECRET_MAIL, longest);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_kept_secret_set (scene->desk, scene->identity, ACC_KEPT_SECRET_MAIL, wrong[i], &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_null (strstr (error->message, wrong[i]));
    }
  assert_kept (scene, ACC_KEPT_SECRET_MAIL, longest);
}

static gboolean
add_banker (AccStore *desk, gpointer data, GError **error)
{
  Scene *scene = data;
  g_autoptr (GBytes) pepper = acc_archive_read_pepper (scene->store_dir, error);

  return acc_bankers_add (desk, scene->identity, pepper, "Daniel Reyes", PASSPHRASE, FALSE, NULL, error);
}

static void
test_only_a_manager_sets_one (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pepper = acc_archive_read_pepper (scene->store_dir, &error);
  g_autoptr (AccIdentity) identity = NULL;

  set_secret (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  acc_store_transact (scene->desk, add_banker, scene, &error);
  g_assert_no_error (error);
  identity = acc_bankers_sign_in (scene->desk, pepper, "Daniel Reyes", PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_false (acc_kept_secret_set (scene->desk, identity, ACC_KEPT_SECRET_MAIL, "", &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  assert_kept (scene, ACC_KEPT_SECRET_MAIL, SECRET);
}

static void
test_nothing_of_it_lies_in_the_clear (Scene *scene, gconstpointer data)
{
  g_autofree char *path = acc_archive_path (scene->store_dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  set_secret (scene, ACC_KEPT_SECRET_MAIL, SECRET);
  bytes = acc_file_read (path, 64 * 1024 * 1024, &error);
  g_assert_no_error (error);
  g_assert_null (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "coffee", strlen ("coffee")));
  g_assert_nonnull (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "secret set", strlen ("secret set")));
}

static void
test_a_new_branch_key_takes_them_along (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pepper = acc_archive_read_pepper (scene->store_dir, &error);

  set_secret (scene, ACC_KEPT_SECRET_DIRECTORY, SECRET);
  acc_rotation_begin (scene->desk, scene->identity, pepper, PASSPHRASE, NULL, &error);
  g_assert_no_error (error);
  assert_kept (scene, ACC_KEPT_SECRET_DIRECTORY, SECRET);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (acc_kept_secrets_encrypt_anew (scene->desk, scene->identity, &error));
      g_assert_no_error (error);
      assert_answer (scene->desk, "SELECT count (*) FROM journal WHERE kind = 'secret encrypted anew'", "1");
    }
  assert_answer (scene->desk, "SELECT count (*) FROM secret WHERE CAST (substr (body, 1, 16) AS TEXT) ="
                              " (SELECT id FROM branch_key ORDER BY sequence DESC LIMIT 1)", "1");
  assert_kept (scene, ACC_KEPT_SECRET_DIRECTORY, SECRET);
}

static void
test_every_tampering_is_found_and_opens_nothing (Scene *scene, gconstpointer data)
{
  static const struct {
    const char *sql, *finding, *load;
  } cases[] = {
    /* cut by a byte */
    { "UPDATE secret SET body = substr (body, 1, length (body) - 1)",
      "desk.db secret directory: it is not the one that the journal tells of", NULL },
    /* the one in the place of the other */
    { "UPDATE secret SET name = 'mail'", "desk.db secret mail: no journal entry says that it was set", "" },
    /* a name that nobody gave */
    { "INSERT INTO secret VALUES ('post', x'00')", "desk.db secret post: no journal entry says that it was set",
      SECRET },
    /* gone */
    { "DELETE FROM secret", ": the secret that it tells of is not there", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autofree char *told = NULL, *secret = NULL;

      run_sql (scene->desk, "DELETE FROM secret");
      set_secret (scene, ACC_KEPT_SECRET_DIRECTORY, SECRET);
      run_sql (scene->desk, cases[i].sql);
      acc_archive_check (scene->desk, scene->inbox, found, &error);
      g_assert_no_error (error);
      g_ptr_array_add (found, NULL);
      told = g_strjoinv ("\n", (char **) found->pdata);
      g_assert_nonnull (strstr (told, cases[i].finding));
      secret = acc_kept_secret_load (scene->desk, scene->identity, ACC_KEPT_SECRET_DIRECTORY, &error);
      g_assert_cmpstr (secret, ==, cases[i].load);
      if (cases[i].load == NULL)
        g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
    }
}

int
main (int argc, char **argv)
{
  static const SceneTest tests[] = {
    { "/kept-secrets/each-by-its-name", test_each_is_kept_by_its_name_and_no_other_way },
    { "/kept-secrets/replaced-and-erased", test_a_new_one_takes_the_place_and_an_empty_one_erases },
    { "/kept-secrets/one-line-of-text", test_what_is_no_line_of_text_is_refused },
    { "/kept-secrets/a-manager's", test_only_a_manager_sets_one },
    { "/kept-secrets/never-in-the-clear", test_nothing_of_it_lies_in_the_clear },
    { "/kept-secrets/taken-along-by-a-rotation", test_a_new_branch_key_takes_them_along },
    { "/kept-secrets/tampering", test_every_tampering_is_found_and_opens_nothing },
  };

  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
