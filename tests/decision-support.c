/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision-support.h"

#include "archive/archive.h"
#include "archive/setup.h"
#include "base/clock.h"
#include "base/file.h"
#include "inbox/submit.h"
#include "letter/letter-json.h"
#include "letter/number.h"
#include "paper/letterhead.h"
#include "store/statement.h"
#include "support.h"
#include "vault/bankers.h"
#include "vault/hash.h"

#define PASSPHRASE "a long enough phrase"

const char *const scene_names[N_BANKERS] = { "Ana Held", "Daniel Reyes", "Ruairi Keane" };
static const char *const staff_ids[N_BANKERS] = { "HV1043", "HV1036", "HV1050" };

typedef struct {
  AccIdentity *manager;
  GBytes *pepper;
} Adding;

static gboolean
add_bankers (AccStore *desk, gpointer data, GError **error)
{
  Adding *adding = data;

  for (guint i = DANIEL; i < N_BANKERS; i++)
    if (!acc_bankers_add (desk, adding->manager, adding->pepper, scene_names[i], PASSPHRASE, FALSE, staff_ids[i], error))
      return FALSE;
  return acc_bankers_link (desk, scene_names[ANA], staff_ids[ANA], error);
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static void
fill_letter (AccLetterFields *fields)
{
  acc_letter_fields_init (fields);
  set_text (&fields->to[0].name, "Jessica Okafor");
  set_text (&fields->to[0].department, "Fraud Operations");
  set_text (&fields->act, "She stayed with us for an hour.");
  set_text (&fields->from[0].name, "Maria López");
  fields->from[0].signature = acc_signature_new_typed ("Maria López");
  fields->consent_file = TRUE;
  set_text (&fields->served_on, "2026-11-20");
  set_text (&fields->date, "2026-11-21");
}

static AccLetter *
make_letter (const AccLetterFields *fields)
{
  g_autoptr (GError) error = NULL;
  AccLetter *letter = acc_letter_new (fields, &error);

  g_assert_no_error (error);
  return letter;
}

/* One letter on real paper; the scene's letters are sealed copies of it under other numbers. */
static void
scene_write_letter (Scene *scene)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  g_autofree char *number = acc_number_new ();
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccReadyLetter) ready = NULL;

  g_assert_no_error (error);
  fill_letter (&fields);
  letter = make_letter (&fields);
  ready = acc_ready_letter_new (letter, number, letterhead, "Market Street", &error);
  g_assert_no_error (error);
  scene->json = acc_letter_to_json (letter);
  scene->pdf = g_bytes_ref (acc_ready_letter_get_pdf (ready));
}

static void
scene_sign_in (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pepper_path = acc_archive_pepper_path (scene->path);
  Adding adding = { NULL, acc_file_read (pepper_path, 1024, &error) };

  g_assert_no_error (error);
  for (guint i = 0; i < N_BANKERS; i++)
    {
      scene->bankers[i] = acc_archive_sign_in (scene->path, scene_names[i], PASSPHRASE, &scene->desks[i], &error);
      g_assert_no_error (error);
      adding.manager = scene->bankers[ANA];
      if (i == ANA)
        acc_store_transact (scene->desks[ANA], add_bankers, &adding, &error);
      g_assert_no_error (error);
    }
  g_bytes_unref (adding.pepper);
}

void
scene_set_up (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *recovery_key = NULL, *key_path = NULL;

  scene->folder = test_folder_new ();
  scene->path = g_build_filename (scene->folder, "store", NULL);
  acc_archive_set_up (scene->path, "Market Street", scene_names[ANA], PASSPHRASE, &recovery_key, &error);
  g_assert_no_error (error);
  scene_sign_in (scene);
  scene->inbox = acc_inbox_open (scene->path, ACC_STORE_WRITE, &error);
  g_assert_no_error (error);
  key_path = acc_inbox_branch_key_path (scene->path);
  scene->key = acc_branch_key_load (key_path, &error);
  g_assert_no_error (error);
  scene_write_letter (scene);
}

void
scene_tear_down (Scene *scene, gconstpointer data)
{
  for (guint i = 0; i < N_BANKERS; i++)
    {
      g_clear_object (&scene->bankers[i]);
      g_clear_object (&scene->desks[i]);
    }
  g_clear_object (&scene->inbox);
  acc_branch_key_unref (scene->key);
  g_bytes_unref (scene->json);
  g_bytes_unref (scene->pdf);
  g_free (scene->path);
  test_folder_free (scene->folder);
}

char *
scene_submit (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccInboxLetter) letter = g_new0 (AccInboxLetter, 1);
  char *number = acc_number_new ();

  letter->sealed = acc_seal (scene->key, number, scene->json, scene->pdf);
  letter->format = ACC_SEAL_FORMAT;
  letter->kiosk = g_strdup ("front");
  letter->submitted_at = acc_clock_stamp ();
  letter->n_pages = 1;
  letter->slip_hash = acc_hash_texts ((const char *const *) &number, 1);
  acc_inbox_add (scene->inbox, letter, &error);
  g_assert_no_error (error);
  return number;
}

char *
scene_take_in (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  char *number = scene_submit (scene);

  acc_archive_take_in (scene->desks[ANA], scene->inbox, scene->bankers[ANA], NULL, &error);
  g_assert_no_error (error);
  return number;
}

static gboolean
note_read_back (AccStore *desk, gpointer data, GError **error)
{
  const struct {
    AccIdentity *identity;
    const char *number;
  } *letter = data;

  return acc_archive_note (desk, letter->identity, "read back", letter->number, "{\"outcome\":\"same bytes\"}", error);
}

char *
scene_receive (Scene *scene)
{
  char *number = scene_take_in (scene);
  struct {
    AccIdentity *identity;
    const char *number;
  } letter = { scene->bankers[ANA], number };
  g_autoptr (GError) error = NULL;

  acc_store_transact (scene->desks[ANA], note_read_back, &letter, &error);
  g_assert_no_error (error);
  return number;
}

AccOpenedLetter *
scene_open (Scene *scene, guint banker, const char *number)
{
  g_autoptr (GError) error = NULL;
  AccOpenedLetter *letter = acc_opened_letter_new (scene->desks[banker], scene->bankers[banker], number, &error);

  g_assert_no_error (error);
  return letter;
}

void
scene_decide (Scene *scene, guint banker, const char *number, AccMove move)
{
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, banker, number);
  g_autoptr (GError) error = NULL;

  acc_decide (scene->desks[banker], scene->bankers[banker], letter, move, ACC_NAMED_NOT, "because", &error);
  g_assert_no_error (error);
}

/* How a letter comes into each state when Daniel has claimed it, where anybody has. */
static const struct {
  AccMove move;
  guint banker;
} ways[ACC_STATE_N][5] = {
  [ACC_STATE_WAITING] = { { ACC_MOVE_N, 0 } },
  [ACC_STATE_CLAIMED] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_APPROVED] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_APPROVE, DANIEL }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_ROUTED]
  = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_APPROVE, DANIEL }, { ACC_MOVE_ROUTE, RUAIRI }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_ACKNOWLEDGED] = { { ACC_MOVE_CLAIM, DANIEL },
                               { ACC_MOVE_APPROVE, DANIEL },
                               { ACC_MOVE_ROUTE, RUAIRI },
                               { ACC_MOVE_ACKNOWLEDGE, RUAIRI },
                               { ACC_MOVE_N, 0 } },
  [ACC_STATE_HELD] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_HOLD, RUAIRI }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_DECLINED] = { { ACC_MOVE_CLAIM, DANIEL }, { ACC_MOVE_DECLINE, DANIEL }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_WITHDRAWN] = { { ACC_MOVE_WITHDRAW, RUAIRI }, { ACC_MOVE_N, 0 } },
  [ACC_STATE_ERASED] = { { ACC_MOVE_ERASE, ANA }, { ACC_MOVE_N, 0 } },
};

char *
scene_bring_into (Scene *scene, AccState state)
{
  char *number = scene_receive (scene);

  for (guint i = 0; ways[state][i].move != ACC_MOVE_N; i++)
    scene_decide (scene, ways[state][i].banker, number, ways[state][i].move);
  return number;
}

void
scene_run (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->desks[ANA], sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

gint64
scene_count (Scene *scene, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStatement) statement = acc_statement_new (scene->desks[ANA], sql, &error);
  gboolean row = FALSE;

  acc_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return row ? acc_statement_get_int (statement, 0) : 0;
}

AccRecord *
scene_record (Scene *scene, const char *number)
{
  g_autoptr (GError) error = NULL;
  AccRecord *record = acc_archive_find (scene->desks[ANA], number, &error);

  g_assert_no_error (error);
  return record;
}

char *
scene_findings (Scene *scene, Way way)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  gint64 verified = 0;

  if (way == VOUCHED)
    acc_archive_check_journals (scene->desks[ANA], scene->inbox, &verified, others, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verified > 0, ==, way == VOUCHED && others->len == 0);
  acc_decision_check (scene->desks[ANA], verified, findings, &error);
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("|", (GStrv) findings->pdata);
}

void
assert_decisions_sound (Scene *scene)
{
  for (Way way = EACH; way < N_WAYS; way++)
    {
      g_autofree char *findings = scene_findings (scene, way);

      g_assert_cmpstr (findings, ==, "");
    }
}

void
assert_sound (Scene *scene)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  assert_decisions_sound (scene);
  acc_archive_check (scene->desks[ANA], scene->inbox, others, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (others->len > 0 ? g_ptr_array_index (others, 0) : NULL, ==, NULL);
}
