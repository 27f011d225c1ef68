/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive-support.h"

#include <string.h>

#include "archive/setup.h"
#include "base/clock.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "support.h"

/* ---- a branch of one's own ---- */

static void
scene_open (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key_path = acc_inbox_branch_key_path (scene->store_dir);

  scene->identity = acc_archive_sign_in (scene->store_dir, NULL, PASSPHRASE, &scene->desk, &error);
  g_assert_no_error (error);
  scene->inbox = acc_inbox_open (scene->store_dir, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  scene->key = acc_branch_key_load (key_path, &error);
  g_assert_no_error (error);
}

void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *recovery_key = NULL;

  scene->folder = test_folder_new ();
  scene->store_dir = g_build_filename (scene->folder, "store", NULL);
  acc_archive_set_up (scene->store_dir, BRANCH, BANKER, PASSPHRASE, &recovery_key, &error);
  g_assert_no_error (error);
  scene_open (scene);
}

void
scene_tear_down (Scene *scene, gconstpointer data)
{
  acc_clock_freeze (-1, -1);
  g_clear_object (&scene->identity);
  g_clear_object (&scene->desk);
  g_clear_object (&scene->inbox);
  acc_branch_key_unref (scene->key);
  g_free (scene->store_dir);
  test_folder_free (scene->folder);
}

/* ---- letters ---- */

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

AccLetter *
make_letter (const char *const *to, const char *department, const char *const *from, const char *act)
{
  g_auto (AccLetterFields) fields;
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_init (&fields);
  fields.n_to = g_strv_length ((GStrv) to);
  fields.n_from = g_strv_length ((GStrv) from);
  for (guint i = 0; i < fields.n_to; i++)
    {
      set_text (&fields.to[i].name, to[i]);
      set_text (&fields.to[i].called, "");
      set_text (&fields.to[i].department, i == 0 ? department : "Payments");
    }
  for (guint i = 0; i < fields.n_from; i++)
    {
      set_text (&fields.from[i].name, from[i]);
      fields.from[i].signature = acc_signature_new_typed (from[i]);
    }
  set_text (&fields.act, act);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

AccLetter *
make_plain_letter (void)
{
  return make_letter ((const char *const[]) { "Jessica Okafor", NULL }, "Fraud Operations",
                      (const char *const[]) { "Ruth Adeyemi", NULL }, "She stayed on the line.");
}

/* As acc_submit, but with a PDF that needs no paper. */
AccInboxLetter *
seal_letter (AccBranchKey *key, const char *number, AccLetter *letter, const char *pdf_text)
{
  AccInboxLetter *sealed = g_new0 (AccInboxLetter, 1);
  g_autoptr (GBytes) json = acc_letter_to_json (letter);
  g_autoptr (GBytes) pdf = g_bytes_new (pdf_text, strlen (pdf_text));

  sealed->sealed = acc_seal (key, number, json, pdf);
  sealed->format = ACC_SEAL_FORMAT;
  sealed->kiosk = g_strdup ("front");
  sealed->submitted_at = acc_clock_stamp ();
  sealed->n_pages = 1;
  return sealed;
}

char *
submit_letter (Scene *scene, AccLetter *letter)
{
  char *number = acc_number_new ();
  g_autoptr (AccInboxLetter) sealed = seal_letter (scene->key, number, letter, "%PDF-1.5 of this letter");
  g_autoptr (GError) error = NULL;

  acc_inbox_add (scene->inbox, sealed, &error);
  g_assert_no_error (error);
  return number;
}

char *
submit_plain (Scene *scene)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();

  return submit_letter (scene, letter);
}

void
add_closed_letters (AccStore *desk, guint n, const char *state)
{
  g_autofree char *letters = g_strdup_printf (
    "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < %u)"
    " INSERT INTO letter (number, state, kiosk, submitted_at, taken_at, changed_at, pages, pdf_hash)"
    " SELECT printf ('%%036x', n + (SELECT max (sequence) FROM letter)), '%s', kiosk, submitted_at, taken_at, changed_at,"
    " pages, pdf_hash FROM more, (SELECT * FROM letter ORDER BY sequence LIMIT 1)",
    n, state);

  run_sql (desk, letters);
  run_sql (desk, "INSERT INTO journal (writer, sequence, at, kind, number, previous, hash)"
                 " SELECT 'none', sequence, taken_at, 'made', number, '', 'hash of ' || number FROM letter"
                 " WHERE number NOT IN (SELECT number FROM journal WHERE number IS NOT NULL)");
}

void
take_in (Scene *scene, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint n_taken = 0;

  acc_archive_take_in (scene->desk, scene->inbox, scene->identity, &n_taken, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_taken, ==, expected);
}

AccOpenedLetter *
open_letter (Scene *scene, const char *number)
{
  g_autoptr (GError) error = NULL;
  AccOpenedLetter *letter = acc_opened_letter_new (scene->desk, scene->identity, number, &error);

  g_assert_no_error (error);
  return letter;
}

void
scene_add_tests (const SceneTest *tests, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_test_add (tests[i].path, Scene, NULL, scene_set_up, tests[i].test, scene_tear_down);
}
