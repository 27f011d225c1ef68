/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each finding of acc_archive_check is provoked with raw SQL on a copy of one sound store. */
#include <glib/gstdio.h>
#include <string.h>

#include "archive-support.h"
#include "archive/documents.h"
#include "archive/slips.h"
#include "base/error.h"
#include "base/file.h"
#include "letter/number.h"
#include "store/statement.h"
#include "support.h"
#include "vault/hash.h"
#include "vault/journal.h"

/* In the archive with a cover; claimed; erased; still in the inbox. */
#define ONE "10000000-0000-4000-8000-000000000001"
#define TWO "20000000-0000-4000-8000-000000000002"
#define THREE "30000000-0000-4000-8000-000000000003"
#define FOUR "40000000-0000-4000-8000-000000000004"
/* Erased by its client while it was there. */
#define FIVE "50000000-0000-4000-8000-000000000005"

static void
submit_as (Scene *scene, const char *number)
{
  g_autoptr (AccLetter) letter = make_plain_letter ();
  g_autoptr (AccInboxLetter) sealed = seal_letter (scene->key, number, letter, "%PDF-1.5 of this letter");
  g_autoptr (GError) error = NULL;

  if (strcmp (number, TWO) != 0 && strcmp (number, THREE) != 0) /* which are moved without a decision below */
    sealed->slip_hash = acc_hash_texts (&number, 1);
  acc_inbox_add (scene->inbox, sealed, &error);
  g_assert_no_error (error);
}

static void
ask_as_client (Scene *scene, const char *number)
{
  AccSlip slip = { (char *) number };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccSlip) then = acc_slip_ask (scene->inbox, "front", &slip, ACC_REQUEST_ERASE, &error);

  g_assert_no_error (error);
}

static void
make_sound_store (Scene *scene)
{
  g_autoptr (GBytes) cover = g_bytes_new_static ("%PDF-1.5 of a cover", 19);
  g_autoptr (AccOpenedLetter) one = NULL;

  submit_as (scene, ONE);
  submit_as (scene, TWO);
  submit_as (scene, THREE);
  take_in (scene, 3);
  submit_as (scene, FOUR);
  ask_as_client (scene, ONE);
  submit_as (scene, FIVE);
  ask_as_client (scene, FIVE);
  one = open_letter (scene, ONE);
  g_assert_cmpint (acc_documents_add (scene->desk, one, ACC_DOCUMENT_COVER, cover, NULL), ==, 4);
  g_assert_true (acc_archive_set_state (scene->desk, TWO, ACC_STATE_WAITING, ACC_STATE_CLAIMED,
                                        acc_identity_get_banker (scene->identity)->id, NULL));
  g_assert_true (acc_archive_set_state (scene->desk, THREE, ACC_STATE_WAITING, ACC_STATE_ERASED, 0, NULL));
  run_sql (scene->desk, "DELETE FROM letter_key WHERE number = '" THREE "'");
  run_sql (scene->desk, "UPDATE document SET body = x'' WHERE number = '" THREE "'");
}

static char *
copy_store (const char *store_dir)
{
  static const char *const names[] = { "inbox.db", "desk.db", "branch.pub" };
  char *folder = test_folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *from = g_build_filename (store_dir, names[i], NULL);
      g_autofree char *to = g_build_filename (folder, names[i], NULL);
      g_autofree char *bytes = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (from, &bytes, &size, NULL));
      g_assert_true (g_file_set_contents (to, bytes, size, NULL));
    }
  return folder;
}

/* As somebody writes who goes past the program: no rule of the schema holds. */
static void
tamper (AccStore *store, const char *sql)
{
  g_auto (GStrv) statements = g_strsplit (sql, ";", -1);

  run_sql (store, "PRAGMA foreign_keys = OFF");
  run_sql (store, "PRAGMA ignore_check_constraints = ON");
  for (gsize i = 0; statements[i] != NULL; i++)
    run_sql (store, statements[i]);
  run_sql (store, "PRAGMA ignore_check_constraints = OFF"); /* the check asks by the rules again */
}

static GPtrArray *
check_copy (const char *folder, const char *desk_sql, const char *inbox_sql)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) desk = acc_archive_open (folder, ACC_STORE_WRITE, &error);
  g_autoptr (AccStore) inbox = acc_inbox_open (folder, ACC_STORE_WRITE, &error);

  g_assert_no_error (error);
  if (desk_sql != NULL)
    tamper (desk, desk_sql);
  if (inbox_sql != NULL)
    tamper (inbox, inbox_sql);
  acc_archive_check (desk, inbox, findings, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&findings);
}

static gboolean
is_found (GPtrArray *findings, const char *expected)
{
  for (guint i = 0; i < findings->len; i++)
    if (strstr (g_ptr_array_index (findings, i), expected) != NULL)
      return TRUE;
  return FALSE;
}

static void
assert_found (GPtrArray *findings, const char *expected)
{
  for (guint i = 0; i < findings->len && !is_found (findings, expected); i++)
    g_test_message ("found: %s", (char *) g_ptr_array_index (findings, i));
  if (!is_found (findings, expected))
    g_error ("not found: %s", expected);
}

static void
test_sound_store_has_no_findings (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;

  make_sound_store (scene);
  findings = check_copy (scene->store_dir, NULL, NULL);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("found: %s", (char *) g_ptr_array_index (findings, i));
  g_assert_cmpuint (findings->len, ==, 0);
}

typedef struct {
  const char *sql, *expected;
} Case;

static const Case desk_cases[] = {
  /* letters */
  { "UPDATE letter SET state = 'lost' WHERE number = '" ONE "'", "desk.db letter " ONE ": its state is not known" },
  { "DELETE FROM document WHERE number = '" ONE "' AND kind = 'original'",
    "desk.db letter " ONE ": its original is missing" },
  { "DROP INDEX document_original;INSERT INTO document SELECT 99, number, kind, format, made_at, body, body_hash, "
    "pdf_hash FROM document WHERE id = 1",
    "desk.db letter " ONE ": it has more than one original" },
  { "DELETE FROM letter_key WHERE number = '" ONE "'", "desk.db letter " ONE ": its key is missing" },
  { "UPDATE letter SET state = 'erased' WHERE number = '" ONE "'",
    "desk.db letter " ONE ": it is erased, but its key is still there" },
  { "UPDATE document SET body = zeroblob (1) WHERE id = 3",
    "desk.db document 3 of letter " THREE ": its letter is erased, but its words are still there" },
  { "UPDATE document SET body = x'' WHERE id = 1", "desk.db document 1 of letter " ONE ": its body has been changed" },
  { "UPDATE document SET pdf_hash = body_hash WHERE id = 1",
    "desk.db document 1 of letter " ONE ": it is not the original that the journal says was taken in" },
  { "DELETE FROM document WHERE number = '" THREE "'", "desk.db letter " THREE ": its original is missing" },
  { "UPDATE letter SET claimed_by = 99 WHERE number = '" TWO "'",
    "desk.db letter " TWO ": it is claimed by nobody known" },
  { "UPDATE letter SET claimed_by = NULL WHERE number = '" TWO "'",
    "desk.db letter " TWO ": it is claimed, but by nobody" },
  { "DELETE FROM journal WHERE number = '" ONE "'",
    "desk.db letter " ONE ": no journal entry says that it was taken in" },
  { "UPDATE letter SET kiosk = 'back' WHERE number = '" ONE "'",
    "desk.db letter " ONE ": its kiosk, times, pages or PDF are not those of the journal" },
  { "UPDATE letter SET submitted_at = taken_at || 'Z' WHERE number = '" ONE "'",
    "desk.db letter " ONE ": its kiosk, times, pages or PDF are not those of the journal" },
  { "UPDATE letter SET taken_at = '2020-01-01T00:00:00Z' WHERE number = '" ONE "'",
    "desk.db letter " ONE ": its kiosk, times, pages or PDF are not those of the journal" },
  { "UPDATE letter SET pages = 2 WHERE number = '" ONE "'",
    "desk.db letter " ONE ": its kiosk, times, pages or PDF are not those of the journal" },
  { "UPDATE letter SET pdf_hash = 'x' WHERE number = '" ONE "'",
    "desk.db letter " ONE ": its kiosk, times, pages or PDF are not those of the journal" },
  { "UPDATE letter SET number = '" FOUR "' WHERE number = '" ONE "'",
    "desk.db letter " FOUR ": no journal entry says that it was taken in" },
  /* documents */
  { "UPDATE document SET kind = 'draft' WHERE id = 4", "desk.db document 4 of letter " ONE ": its kind is not known" },
  { "UPDATE document SET format = 2 WHERE id = 1", "desk.db document 1 of letter " ONE ": its format is not known" },
  { "UPDATE document SET number = '" FOUR "' WHERE id = 4", "desk.db document 4 of letter " FOUR ": it belongs to no letter" },
  { "UPDATE document SET body_hash = pdf_hash WHERE id = 1",
    "desk.db document 1 of letter " ONE ": it is not the original that the journal says was taken in" },
  { "UPDATE document SET made_at = '' WHERE id = 1",
    "desk.db document 1 of letter " ONE ": it is not the original that the journal says was taken in" },
  { "UPDATE document SET body = zeroblob (64) WHERE id = 1", "desk.db document 1 of letter " ONE ": its body has been changed" },
  { "UPDATE document SET body = zeroblob (64) WHERE id = 4", "desk.db document 4 of letter " ONE ": its body has been changed" },
  { "UPDATE document SET body_hash = 'x' WHERE id = 4", "desk.db document 4 of letter " ONE ": its body has been changed" },
  /* keys */
  { "UPDATE letter_key SET number = '" FOUR "' WHERE number = '" ONE "'",
    "desk.db key of letter " FOUR ": it belongs to no letter" },
  { "UPDATE letter_key SET branch_key = '0123456789abcdef' WHERE number = '" ONE "'",
    "desk.db key of letter " ONE ": it is sealed for an unknown key" },
  { "UPDATE letter_key SET key = zeroblob (80) WHERE number = '" ONE "'",
    "desk.db key of letter " ONE ": it is not the key that the journal tells of" },
  { "UPDATE branch_key SET public_key = zeroblob (32)", ": it is not the public key of this name" },
  /* the journal; entries 2, 3 and 4 tell of the letters */
  { "UPDATE journal SET facts = '{}' WHERE sequence = 2", "desk.db journal entry 2 of desk: it has been changed" },
  { "UPDATE journal SET facts = 'no JSON' WHERE sequence = 2", "desk.db journal entry 2 of desk: it has been changed" },
  { "UPDATE journal SET signature = zeroblob (64) WHERE sequence = 2",
    "desk.db journal entry 2 of desk: its signature is wrong" },
  { "UPDATE journal SET signature = NULL WHERE sequence = 2", "desk.db journal entry 2 of desk: it is not signed" },
  { "UPDATE banker SET sign_public = zeroblob (32)", "desk.db journal entry 1 of desk: its signature is wrong" },
  { "UPDATE banker SET name = 'Somebody Else'", "desk.db journal entry 1 of desk: its signature is wrong" },
  { "DELETE FROM journal WHERE sequence = 3", "desk.db journal entry 3 of desk: it is missing" },
  { "DELETE FROM letter_key WHERE number = '" TWO "';DELETE FROM document WHERE number = '" TWO "';"
    "DELETE FROM letter WHERE number = '" TWO "'",
    "desk.db journal entry 3 of desk: the letter that it says was taken in is not there" },
  { "UPDATE journal SET number = NULL WHERE sequence = 3",
    "desk.db journal entry 3 of desk: the letter that it says was taken in is not there" },
  { "DELETE FROM kiosk_head",
    "desk.db journal entry 2 of desk: the head of the kiosk's journal that it tells of is not kept" },
  { "UPDATE kiosk_head SET hash = 'x'", "desk.db journal head 3 of kiosk:front: inbox.db no longer has it" },
  { "UPDATE kiosk_head SET count = 2", "desk.db journal head 2 of kiosk:front: inbox.db no longer has it" },
  { "UPDATE branch SET name = 'Elsewhere'",
    "desk.db branch: no journal entry says that a branch of this name was set up" },
  /* deleted, put in, changed in order */
  { "DELETE FROM journal WHERE sequence = 1", "desk.db journal entry 1 of desk: it is missing" },
  { "INSERT INTO journal SELECT writer, 5, at, kind, number, facts, signer, previous, upper (hash), signature FROM "
    "journal WHERE sequence = 4",
    "desk.db journal entry 5 of desk: it does not follow the entry before it" },
  { "UPDATE journal SET sequence = -1 WHERE sequence = 3;UPDATE journal SET sequence = 3 WHERE sequence = 2;"
    "UPDATE journal SET sequence = 2 WHERE sequence = -1",
    "desk.db journal entry 2 of desk: it does not follow the entry before it" },
  { "INSERT INTO journal SELECT 'retention', 1, at, 'taken in', number, facts, NULL, '', upper (hash), NULL FROM journal "
    "WHERE sequence = 3",
    "desk.db journal entry 1 of retention: it has been changed" },
  { "INSERT INTO journal SELECT 'other', 1, at, kind, number, facts, NULL, '', upper (hash), NULL FROM journal "
    "WHERE sequence = 3",
    "desk.db journal entry 1 of other: it is not signed" },
  { "UPDATE letter_key SET key = (SELECT key FROM letter_key WHERE number = '" TWO "') WHERE number = '" ONE "'",
    "desk.db key of letter " ONE ": it is not the key that the journal tells of" },
  { "UPDATE document SET body = (SELECT body FROM document WHERE id = 2) WHERE id = 1",
    "desk.db document 1 of letter " ONE ": its body has been changed" },
  /* the schema */
  { "DROP INDEX journal_number", "desk.db schema: index journal_number: it is missing" },
  { "CREATE INDEX spare ON letter (kiosk)", "desk.db schema: index spare: Accolade has not made it" },
  { "CREATE VIEW spare AS SELECT number FROM letter", "desk.db schema: view spare: Accolade has not made it" },
  { "CREATE TABLE spare (words TEXT)", "desk.db schema: table spare: Accolade has not made it" },
  { "ALTER TABLE letter ADD COLUMN words TEXT", "desk.db schema: table letter: it is not as Accolade makes it" },
  /* SQLite's own word */
  { "UPDATE letter SET claimed_by = 99 WHERE number = '" TWO "'",
    "desk.db: row 2 of the table letter names a row of banker" },
};

static const Case inbox_cases[] = {
  { "UPDATE letter SET format = 2", "inbox.db letter " FOUR ": its format is not known" },
  { "DELETE FROM letter_key", "inbox.db letter " FOUR ": its key is missing" },
  { "DELETE FROM journal WHERE number = '" FOUR "'",
    "inbox.db letter " FOUR ": no journal entry says that it was submitted" },
  { "UPDATE letter SET kiosk = 'back'", "inbox.db letter " FOUR ": no journal entry says that it was submitted" },
  { "UPDATE letter SET body_hash = pdf_hash",
    "inbox.db letter " FOUR ": its body, PDF, time or pages are not those of the journal" },
  { "UPDATE letter SET pdf_hash = body_hash",
    "inbox.db letter " FOUR ": its body, PDF, time or pages are not those of the journal" },
  { "UPDATE letter SET submitted_at = ''",
    "inbox.db letter " FOUR ": its body, PDF, time or pages are not those of the journal" },
  { "UPDATE letter SET pages = 7",
    "inbox.db letter " FOUR ": its body, PDF, time or pages are not those of the journal" },
  { "UPDATE letter SET body = zeroblob (64)", "inbox.db letter " FOUR ": its body has been changed" },
  { "UPDATE letter_key SET key = zeroblob (80)", "inbox.db key of letter " FOUR ": it has been changed" },
  { "UPDATE letter_key SET branch_key = '0123456789abcdef'",
    "inbox.db letter " FOUR ": it is sealed for a key that this branch does not have" },
  { "UPDATE letter_key SET sequence = 9", "inbox.db key of letter 9: it belongs to no letter" },
  { "DELETE FROM letter_key;DELETE FROM letter",
    "inbox.db journal entry 4 of kiosk:front: its letter is neither in the inbox nor in the archive" },
  { "UPDATE journal SET facts = json_set (facts, '$.body_hash', 'x') WHERE number = '" ONE "'",
    "inbox.db journal entry 1 of kiosk:front: its letter in the archive is another one" },
  { "UPDATE journal SET facts = json_set (facts, '$.pdf_hash', 'x') WHERE number = '" THREE "'",
    "inbox.db journal entry 3 of kiosk:front: its letter in the archive is another one" },
  { "DELETE FROM journal WHERE number = '" ONE "'",
    "desk.db letter " ONE ": no kiosk's journal says that it was submitted" },
  { "UPDATE journal SET at = '' WHERE sequence = 2", "inbox.db journal entry 2 of kiosk:front: it has been changed" },
  { "DELETE FROM journal WHERE sequence > 2",
    "desk.db journal head 3 of kiosk:front: inbox.db no longer has it, so its history has been rewritten" },
  { "UPDATE journal SET signature = zeroblob (64) WHERE sequence = 2",
    "inbox.db journal entry 2 of kiosk:front: it is signed, but a kiosk has no key to sign with" },
  { "UPDATE letter_key SET sequence = 9", "of the table letter_key names a row of letter that is not there" },
  { "UPDATE slip SET state = 'lost' WHERE number = '" FOUR "'", "inbox.db slip of letter " FOUR ": its state is not known" },
  { "UPDATE slip SET code_hash = hex (zeroblob (32)) WHERE number = '" FOUR "'",
    "inbox.db slip of letter " FOUR ": its code is not that of the journal" },
  { "UPDATE slip SET state = 'arrived' WHERE number = '" FOUR "'",
    "inbox.db slip of letter " FOUR ": it does not say where its letter is" },
  { "UPDATE slip SET changed_at = '' WHERE number = '" FOUR "'",
    "inbox.db slip of letter " FOUR ": it does not say where its letter is" },
  { "UPDATE slip SET state = 'arrived' WHERE number = '" ONE "'",
    "inbox.db slip of letter " ONE ": it does not say where its letter is" },
  { "DELETE FROM slip WHERE number = '" FOUR "'",
    "inbox.db journal entry 4 of kiosk:front: the slip that it tells of is not there" },
  { "UPDATE request SET kind = 'withdraw'",
    "inbox.db request on letter " ONE ": it is not what the journal says was asked" },
  { "UPDATE request SET asked_at = ''", "inbox.db request on letter " ONE ": it is not what the journal says was asked" },
  { "UPDATE request SET answer = 'maybe', answered_at = ''", "inbox.db request on letter " ONE ": its answer is not known" },
  { "UPDATE request SET answered_at = ''",
    "inbox.db request on letter " ONE ": it has an answer or a time of it, but not both" },
  { "UPDATE request SET answer = 'done', answered_at = '2026-11-22T10:42:00+00:00'",
    "inbox.db request on letter " ONE ": the desk has not answered it so" },
  { "DELETE FROM request", "inbox.db journal entry 5 of kiosk:front: the request that it tells of is not there" },
  { "INSERT INTO letter SELECT 9, '" FIVE "', format, kiosk, submitted_at, pages, body, body_hash, pdf_hash FROM letter",
    "inbox.db journal entry 7 of kiosk:front: the letter that it says was taken back is still there" },
  { "DELETE FROM journal WHERE kind = 'erased'",
    "inbox.db slip of letter " FIVE ": it does not say where its letter is" },
};

static void
check_cases (Scene *scene, const Case *cases, gsize n, gboolean desk)
{
  make_sound_store (scene);
  for (gsize i = 0; i < n; i++)
    {
      char *folder = copy_store (scene->store_dir);
      g_autoptr (GPtrArray) findings = check_copy (folder, desk ? cases[i].sql : NULL, desk ? NULL : cases[i].sql);

      g_test_message ("%s", cases[i].sql);
      assert_found (findings, cases[i].expected);
      test_folder_free (folder);
    }
}

static void
test_every_wrong_row_of_the_archive_is_named (Scene *scene, gconstpointer data)
{
  check_cases (scene, desk_cases, G_N_ELEMENTS (desk_cases), TRUE);
}

static void
test_every_wrong_row_of_the_inbox_is_named (Scene *scene, gconstpointer data)
{
  check_cases (scene, inbox_cases, G_N_ELEMENTS (inbox_cases), FALSE);
}

/* Holds the mark at which tamper parts its statements. */
static void
test_foreign_trigger_is_found (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;

  run_sql (scene->inbox, "CREATE TRIGGER spare AFTER INSERT ON letter BEGIN DELETE FROM letter; END");
  findings = check_copy (scene->store_dir, NULL, NULL);
  assert_found (findings, "inbox.db schema: trigger spare: Accolade has not made it");
}

/* A history written anew, its own chain sound: what the desk has seen and signed tells. */
static void
test_rewritten_history_contradicts_the_desk (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  const AccJournalEntry forged[] = {
    { "kiosk:front", "submitted", ONE, "{}", NULL },
    { "kiosk:front", "submitted", TWO, "{}", NULL },
    { "kiosk:front", "submitted", THREE, "{}", NULL },
  };

  make_sound_store (scene);
  run_sql (scene->inbox, "DELETE FROM journal");
  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    g_assert_true (acc_journal_append (scene->inbox, &forged[i], NULL, NULL, &error));
  findings = check_copy (scene->store_dir, NULL, NULL);
  assert_found (findings, "desk.db journal head 3 of kiosk:front: inbox.db no longer has it");
  g_assert_false (is_found (findings, "inbox.db journal entry 2 of kiosk:front: it "));
}

static void
test_other_public_key_is_found (Scene *scene, gconstpointer data)
{
  static const guint8 base_point[32] = { 9 };
  g_autoptr (AccBranchKey) other = acc_branch_key_new (base_point);
  g_autoptr (GBytes) file = acc_branch_key_to_file (other);
  g_autofree char *path = acc_inbox_branch_key_path (scene->store_dir);
  g_autoptr (GPtrArray) swapped = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  g_assert_true (acc_file_write (path, file, 0644, NULL));
  swapped = check_copy (scene->store_dir, NULL, NULL);
  assert_found (swapped, "branch.pub: this is not the newest key of this branch");
  g_assert_cmpint (g_unlink (path), ==, 0);
  missing = check_copy (scene->store_dir, NULL, NULL);
  assert_found (missing, "branch.pub: ");
}

/* Anything may stand in a file that the kiosk's user writes; a finding is one line all the same. */
static void
test_finding_is_one_line_of_text (Scene *scene, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = NULL;

  make_sound_store (scene);
  findings = check_copy (scene->store_dir, NULL,
                         "UPDATE letter SET number = 'a' || char (10, 27) || 'b', body = zeroblob (9)");
  assert_found (findings, "inbox.db letter a b: its body has been changed");
}

/* ---- while others write ---- */

#define ROUNDS 20

typedef struct {
  Scene *scene;
  AccStore *inbox;      /* a connection of its own */
  GAsyncQueue *clients; /* of anything: one sends a letter */
} Kiosk;

static gpointer
serve_clients (gpointer data)
{
  const Kiosk *kiosk = data;

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *number = acc_number_new ();
      g_autoptr (AccLetter) letter = make_plain_letter ();
      g_autoptr (AccInboxLetter) sealed = seal_letter (kiosk->scene->key, number, letter, "%PDF-1.5 of a letter");
      g_autoptr (GError) error = NULL;

      g_async_queue_pop (kiosk->clients);
      acc_inbox_add (kiosk->inbox, sealed, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

static void
test_letter_that_comes_meanwhile_is_no_finding (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (scene->store_dir, ACC_STORE_WRITE, &error);
  g_autoptr (GAsyncQueue) clients = g_async_queue_new ();
  Kiosk kiosk = { scene, inbox, clients };
  GThread *thread;

  g_assert_no_error (error);
  make_sound_store (scene);
  thread = g_thread_new ("kiosk", serve_clients, &kiosk);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

      g_async_queue_push (clients, &kiosk);
      acc_archive_check (scene->desk, scene->inbox, findings, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (findings->len > 0 ? g_ptr_array_index (findings, 0) : NULL, ==, NULL);
    }
  g_thread_join (thread);
}

#define PAGE 4096

/* A whole page of desk.db lost: never a crash, never in silence. */
static void
test_lost_page_is_found (Scene *scene, gconstpointer data)
{
  g_autofree char *path = acc_archive_path (scene->store_dir);
  g_autofree char *sound = NULL;
  gsize size = 0;

  make_sound_store (scene);
  g_clear_object (&scene->desk);
  g_assert_true (g_file_get_contents (path, &sound, &size, NULL));
  g_assert_cmpuint (size, >, 10 * PAGE);
  for (gsize page = 0; page < size; page += PAGE)
    {
      g_autofree char *damaged = g_memdup2 (sound, size);
      g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccStore) desk = NULL;

      memset (damaged + page, 0xa5, PAGE);
      g_assert_true (g_file_set_contents (path, damaged, size, NULL));
      desk = acc_archive_open (scene->store_dir, ACC_STORE_READ, &error);
      if (desk != NULL)
        acc_archive_check (desk, scene->inbox, findings, &error);
      g_test_message ("page %" G_GSIZE_FORMAT ": %u findings, %s", page / PAGE + 1, findings->len,
                      error != NULL ? error->message : "no error");
      g_assert_true (error != NULL || findings->len > 0);
    }
}

int
main (int argc, char **argv)
{
  static const SceneTest tests[] = {
    { "/check/sound-store-has-no-findings", test_sound_store_has_no_findings },
    { "/check/every-wrong-row-of-the-archive-is-named", test_every_wrong_row_of_the_archive_is_named },
    { "/check/every-wrong-row-of-the-inbox-is-named", test_every_wrong_row_of_the_inbox_is_named },
    { "/check/foreign-trigger-is-found", test_foreign_trigger_is_found },
    { "/check/rewritten-history-contradicts-the-desk", test_rewritten_history_contradicts_the_desk },
    { "/check/other-public-key-is-found", test_other_public_key_is_found },
    { "/check/finding-is-one-line-of-text", test_finding_is_one_line_of_text },
    { "/check/letter-that-comes-meanwhile-is-no-finding", test_letter_that_comes_meanwhile_is_no_finding },
    { "/check/lost-page-is-found", test_lost_page_is_found },
  };

  g_test_init (&argc, &argv, NULL);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
