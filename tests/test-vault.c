/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hashes, keys, seals, signatures and journals. */
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "support.h"
#include "vault-support.h"
#include "vault/hash.h"
#include "vault/journal.h"
#include "vault/seal.h"
#include "vault/sodium-private.h"
#include "vault/unseal.h"

#define NUMBER "6f1c2d3e-4b5a-4c6d-8e7f-0123456789ab"
#define OTHER_NUMBER "6f1c2d3e-4b5a-4c6d-8e7f-0123456789ac"
#define CANARY "Jessica Okafor stayed on the line"

/* Hashes */

static void
test_hashes_are_those_of_sha256sum (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autofree char *of_bytes = acc_hash_bytes (bytes);
  g_autofree char *of_nothing = acc_hash_data (NULL, 0);

  g_assert_cmpstr (of_bytes, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (of_nothing, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void
test_no_two_lists_of_texts_hash_alike (void)
{
  static const struct {
    const char *texts[3];
    gsize n;
  } lists[] = {
    { { NULL }, 0 },     { { "" }, 1 },        { { NULL }, 1 },      { { "", "" }, 2 },
    { { "", NULL }, 2 }, { { NULL, "" }, 2 },  { { "ab", "c" }, 2 }, { { "a", "bc" }, 2 },
    { { "abc" }, 1 },    { { "abc", "" }, 2 }, { { "", "abc" }, 2 }, { { "a", "b", "c" }, 3 },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    g_assert_true (g_hash_table_add (seen, acc_hash_texts (lists[i].texts, lists[i].n)));
}

/* The journals of every store depend on it: computed once with another program. */
static void
test_the_hash_of_texts_is_frozen (void)
{
  const char *texts[] = { "desk", "1", NULL, "" };
  g_autofree char *hash = acc_hash_texts (texts, G_N_ELEMENTS (texts));

  g_assert_cmpstr (hash, ==, "a0692f795a188b1119e1f6f6ec0e36abe0b087b51d09709c455a8e7a4ddccad2");
}

static void
test_random_bytes_differ_and_wiping_wipes (void)
{
  g_autoptr (GBytes) first = acc_random_bytes (32);
  g_autoptr (GBytes) second = acc_random_bytes (32);
  char secret[] = "a secret";
  const char zero[sizeof secret] = { 0 };

  g_assert_cmpuint (g_bytes_get_size (first), ==, 32);
  g_assert_false (g_bytes_equal (first, second));
  acc_wipe (secret, sizeof secret);
  g_assert_cmpmem (secret, sizeof secret, zero, sizeof zero);
}

/* The branch's key in its file */

static AccBranchKey *
load_bytes (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) write_error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &write_error);
  g_assert_no_error (write_error);
  return acc_branch_key_load (path, error);
}

static void
test_the_branch_key_survives_its_file_and_nothing_else_does (void)
{
  TestBranch branch;
  AccBranchKey *key;
  g_autoptr (AccBranchKey) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *hash = NULL;

  test_branch_init (&branch);
  key = acc_identity_get_branch_key (branch.manager);
  path = g_build_filename (branch.folder, "branch.pub", NULL);
  file = acc_branch_key_to_file (key);
  loaded = load_bytes (path, file, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (acc_branch_key_get_public (loaded), 32, acc_branch_key_get_public (key), 32);
  g_assert_cmpstr (acc_branch_key_get_id (loaded), ==, acc_branch_key_get_id (key));
  hash = acc_hash_data (acc_branch_key_get_public (key), 32);
  hash[16] = '\0';
  g_assert_cmpstr (acc_branch_key_get_id (key), ==, hash);

  for (gsize offset = 0; offset < g_bytes_get_size (file); offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (file, offset, 0);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, offset);

      g_assert_null (load_bytes (path, flipped, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
      g_assert_nonnull (strstr (error->message, path));
      g_clear_error (&error);
      g_assert_null (load_bytes (path, cut, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
      g_clear_error (&error);
    }
  test_branch_clear (&branch);
}

static void
test_no_key_means_no_capture (void)
{
  static const guint8 small_order[32] = { 0 };
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "branch.pub", NULL);
  g_autoptr (AccBranchKey) weak = acc_branch_key_new (small_order);
  g_autoptr (GBytes) file = acc_branch_key_to_file (weak);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_branch_key_load (path, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_clear_error (&error);
  g_assert_null (acc_branch_key_load (folder, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_clear_error (&error);
  g_assert_null (load_bytes (path, file, &error)); /* what anybody could open */
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  test_folder_free (folder);
}

/* Seals */

typedef struct {
  TestBranch branch;
  GBytes *json, *pdf;
  AccSealed *sealed;
} Sealing;

static void
sealing_init (Sealing *sealing)
{
  test_branch_init (&sealing->branch);
  sealing->json = g_bytes_new_static ("{\"to\":\"" CANARY "\"}", strlen ("{\"to\":\"" CANARY "\"}"));
  sealing->pdf = g_bytes_new_static ("%PDF-1.5 " CANARY "\0\n", strlen ("%PDF-1.5 " CANARY) + 2);
  sealing->sealed
      = acc_seal (acc_identity_get_branch_key (sealing->branch.manager), NUMBER, sealing->json, sealing->pdf);
}

static void
sealing_clear (Sealing *sealing)
{
  acc_sealed_free (sealing->sealed);
  g_bytes_unref (sealing->json);
  g_bytes_unref (sealing->pdf);
  test_branch_clear (&sealing->branch);
}

static AccLetterKey *
must_open_key (Sealing *sealing)
{
  g_autoptr (GError) error = NULL;
  AccLetterKey *key = acc_letter_key_open (sealing->branch.manager, sealing->sealed->key, &error);

  g_assert_no_error (error);
  g_assert_nonnull (key);
  return key;
}

static void
assert_does_not_open (AccLetterKey *key, const char *number, GBytes *body)
{
  g_autoptr (GError) error = NULL;
  GBytes *json = NULL, *pdf = NULL;

  g_assert_false (acc_unseal (key, number, body, &json, &pdf, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  g_assert_nonnull (strstr (error->message, number));
  g_assert_null (json);
  g_assert_null (pdf);
}

static void
test_what_is_sealed_opens_byte_for_byte (void)
{
  Sealing sealing;
  g_autoptr (AccLetterKey) key = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body_hash = NULL;
  g_autofree char *pdf_hash = NULL;

  sealing_init (&sealing);
  key = must_open_key (&sealing);
  g_assert_true (acc_unseal (key, NUMBER, sealing.sealed->body, &json, &pdf, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (json, sealing.json));
  g_assert_true (g_bytes_equal (pdf, sealing.pdf));

  g_assert_cmpstr (sealing.sealed->number, ==, NUMBER);
  g_assert_cmpstr (sealing.sealed->branch_key, ==,
                   acc_branch_key_get_id (acc_identity_get_branch_key (sealing.branch.manager)));
  body_hash = acc_hash_bytes (sealing.sealed->body);
  pdf_hash = acc_hash_bytes (sealing.pdf);
  g_assert_cmpstr (sealing.sealed->body_hash, ==, body_hash);
  g_assert_cmpstr (sealing.sealed->pdf_hash, ==, pdf_hash);
  sealing_clear (&sealing);
}

static void
test_each_changed_byte_of_a_seal_is_refused (void)
{
  Sealing sealing;
  g_autoptr (AccLetterKey) key = NULL;
  gsize size;

  sealing_init (&sealing);
  key = must_open_key (&sealing);
  size = g_bytes_get_size (sealing.sealed->body);
  for (gsize offset = 0; offset < size; offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (sealing.sealed->body, offset, offset % 8);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealing.sealed->body, 0, offset);

      assert_does_not_open (key, NUMBER, flipped);
      assert_does_not_open (key, NUMBER, cut);
    }
  assert_does_not_open (key, OTHER_NUMBER, sealing.sealed->body);

  for (gsize offset = 0; offset < g_bytes_get_size (sealing.sealed->key); offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (sealing.sealed->key, offset, offset % 8);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealing.sealed->key, 0, offset);
      g_autoptr (GError) error = NULL;

      g_assert_null (acc_letter_key_open (sealing.branch.manager, cut, NULL));
      g_assert_null (acc_letter_key_open (sealing.branch.manager, flipped, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
    }
  sealing_clear (&sealing);
}

static void
test_another_branch_cannot_open_and_no_two_seals_are_alike (void)
{
  Sealing sealing;
  TestBranch other;
  g_autoptr (AccSealed) again = NULL;
  g_autoptr (GError) error = NULL;

  sealing_init (&sealing);
  test_branch_init (&other);
  g_assert_null (acc_letter_key_open (other.manager, sealing.sealed->key, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
  again = acc_seal (acc_identity_get_branch_key (sealing.branch.manager), NUMBER, sealing.json, sealing.pdf);
  g_assert_false (g_bytes_equal (again->body, sealing.sealed->body));
  g_assert_false (g_bytes_equal (again->key, sealing.sealed->key));
  g_assert_cmpstr (again->pdf_hash, ==, sealing.sealed->pdf_hash);
  test_branch_clear (&other);
  sealing_clear (&sealing);
}

/* A hostile kiosk can seal what it likes. */
static void
test_a_body_of_another_form_is_refused (void)
{
  static const struct {
    const char *plain;
    gsize size;
  } rows[] = {
    { "", 0 },
    { "ACCL\1\0\0\0\0\0\0\0\0\0\0", 15 },                     /* head cut short */
    { "ACCK\1\0\0\0\0\0\0\0\0\0\0\2{}", 18 },                 /* another magic */
    { "ACCL\2\0\0\0\0\0\0\0\0\0\0\2{}", 18 },                 /* another format */
    { "ACCL\1\1\0\0\0\0\0\0\0\0\0\2{}", 18 },                 /* what must be zero is not */
    { "ACCL\1\0\0\0\0\0\0\0\0\0\0\3{}", 18 },                 /* longer than there is */
    { "ACCL\1\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff{}", 18 }, /* much longer */
    { "ACCL\1\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xf8{}", 18 },
  };
  Sealing sealing;
  guint8 key[32] = { 7 };
  guint8 sealed[32 + crypto_box_SEALBYTES];
  g_autoptr (GBytes) sealed_key = NULL;
  g_autoptr (GBytes) bound = acc_seal_bind (NUMBER);
  g_autoptr (AccLetterKey) opened = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) least = NULL;

  sealing_init (&sealing);
  crypto_box_seal (sealed, key, sizeof key,
                   acc_branch_key_get_public (acc_identity_get_branch_key (sealing.branch.manager)));
  sealed_key = g_bytes_new (sealed, sizeof sealed);
  opened = acc_letter_key_open (sealing.branch.manager, sealed_key, NULL);
  g_assert_nonnull (opened);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) body = acc_box_close (key, bound, rows[i].plain, rows[i].size);

      assert_does_not_open (opened, NUMBER, body);
    }
  least = acc_box_close (key, bound, "ACCL\1\0\0\0\0\0\0\0\0\0\0\2{}", 18);
  g_assert_true (acc_unseal (opened, NUMBER, least, &json, &pdf, NULL));
  g_assert_cmpmem (g_bytes_get_data (json, NULL), g_bytes_get_size (json), "{}", 2);
  g_assert_cmpuint (g_bytes_get_size (pdf), ==, 0);
  sealing_clear (&sealing);
}

static void
test_what_belongs_to_a_letter_is_bound_to_it (void)
{
  Sealing sealing;
  g_autoptr (AccLetterKey) key = NULL;
  g_autoptr (GBytes) reason = g_bytes_new_static (CANARY, strlen (CANARY));
  g_autoptr (GBytes) cipher = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;

  sealing_init (&sealing);
  key = must_open_key (&sealing);
  cipher = acc_letter_key_encrypt (key, NUMBER, "reason", reason);
  plain = acc_letter_key_decrypt (key, NUMBER, "reason", cipher, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, reason));

  g_assert_null (acc_letter_key_decrypt (key, OTHER_NUMBER, "reason", cipher, NULL));
  g_assert_null (acc_letter_key_decrypt (key, NUMBER, "cover:1", cipher, NULL));
  g_assert_null (acc_letter_key_decrypt (key, NUMBER, "reason", sealing.sealed->body, NULL));
  assert_does_not_open (key, NUMBER, cipher);
  for (gsize offset = 0; offset < g_bytes_get_size (cipher); offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (cipher, offset, 3);

      g_assert_null (acc_letter_key_decrypt (key, NUMBER, "reason", flipped, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
      g_clear_error (&error);
    }
  sealing_clear (&sealing);
}

static void
test_no_canary_stands_in_what_is_sealed (void)
{
  Sealing sealing;
  g_autoptr (GBytes) words = g_bytes_new_static (CANARY, strlen (CANARY));
  g_autoptr (GBytes) directory = NULL;

  sealing_init (&sealing);
  directory = acc_identity_encrypt (sealing.branch.manager, "directory:1", words);
  GBytes *const sealed[] = { sealing.sealed->body, sealing.sealed->key, directory };
  for (gsize i = 0; i < G_N_ELEMENTS (sealed); i++)
    {
      g_autofree char *file = g_build_filename (sealing.branch.folder, "sealed", NULL);

      g_file_set_contents (file, g_bytes_get_data (sealed[i], NULL), g_bytes_get_size (sealed[i]), NULL);
      test_assert_absent (file, "Jessica");
      test_assert_absent (file, "Okafor");
      test_assert_absent (file, "stayed");
      test_assert_absent (file, "%PDF");
    }
  test_assert_absent (sealing.branch.path, TEST_PASSPHRASE);
  test_assert_absent (sealing.branch.path, TEST_PEPPER);
  test_assert_absent (sealing.branch.path, sealing.branch.recovery_key);
  sealing_clear (&sealing);
}

/* Signatures, and what belongs to the branch */

static void
test_a_signature_is_of_one_banker_and_one_text (void)
{
  TestBranch branch, other;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) cut = NULL;
  const guint8 *sign_public;

  test_branch_init (&branch);
  test_branch_init (&other);
  sign_public = acc_identity_get_banker (branch.manager)->sign_public;
  signature = acc_identity_sign (branch.manager, "approve", 7);
  g_assert_cmpuint (g_bytes_get_size (signature), ==, 64);
  g_assert_true (acc_signature_verify (sign_public, "approve", 7, signature));
  g_assert_false (acc_signature_verify (sign_public, "decline", 7, signature));
  g_assert_false (acc_signature_verify (sign_public, "approve", 6, signature));
  g_assert_false (acc_signature_verify (acc_identity_get_banker (other.manager)->sign_public, "approve", 7, signature));
  g_assert_false (acc_signature_verify (sign_public, "approve", 7, NULL));
  cut = g_bytes_new_from_bytes (signature, 0, 63);
  g_assert_false (acc_signature_verify (sign_public, "approve", 7, cut));
  for (gsize offset = 0; offset < 64; offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (signature, offset, 1);

      g_assert_false (acc_signature_verify (sign_public, "approve", 7, flipped));
    }
  test_branch_clear (&other);
  test_branch_clear (&branch);
}

static void
test_what_belongs_to_the_branch_opens_for_its_bankers_only (void)
{
  TestBranch branch, other;
  g_autoptr (GBytes) words = g_bytes_new_static (CANARY, strlen (CANARY));
  g_autoptr (GBytes) cipher = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  test_branch_init (&other);
  cipher = acc_identity_encrypt (branch.manager, "directory:1", words);
  plain = acc_identity_decrypt (branch.manager, "directory:1", cipher, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, words));
  g_assert_null (acc_identity_decrypt (branch.manager, "directory:2", cipher, NULL));
  g_assert_null (acc_identity_decrypt (other.manager, "directory:1", cipher, NULL));
  for (gsize offset = 0; offset < g_bytes_get_size (cipher); offset++)
    {
      g_autoptr (GBytes) flipped = test_flip (cipher, offset, 0);
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (cipher, 0, offset);

      g_assert_null (acc_identity_decrypt (branch.manager, "directory:1", cut, NULL));
      g_assert_null (acc_identity_decrypt (branch.manager, "directory:1", flipped, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
      g_clear_error (&error);
    }
  test_branch_clear (&other);
  test_branch_clear (&branch);
}

/* Journals */

static GBytes *
sign_hash (const char *hash, gpointer data, GError **error)
{
  return acc_identity_sign (data, hash, strlen (hash));
}

static GBytes *
fail_to_sign (const char *hash, gpointer data, GError **error)
{
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED, "nobody is signed in");
  return NULL;
}

static gboolean
verify_hash (const char *signer, const char *hash, GBytes *signature, gpointer data)
{
  const AccBanker *banker = acc_identity_get_banker (data);

  return g_str_equal (signer, banker->name)
         && acc_signature_verify (banker->sign_public, hash, strlen (hash), signature);
}

#define ENTRIES 5

/* Instead of the entry that set the branch up. */
static void
write_journal (TestBranch *branch)
{
  g_autoptr (GError) error = NULL;

  test_execute (branch->desk, "DELETE FROM journal");
  for (int i = 1; i <= ENTRIES; i++)
    {
      g_autofree char *facts = g_strdup_printf ("{\"n\":%d}", i);
      AccJournalEntry entry = { "desk", "approved", NUMBER, facts, TEST_MANAGER };

      g_assert_true (acc_journal_append (branch->desk, &entry, sign_hash, branch->manager, &error));
      g_assert_no_error (error);
    }
}

typedef gboolean (*JournalVerify) (const char *signer, const char *hash, GBytes *signature, gpointer data);

static gboolean
prepare_nothing (gpointer data, GError **error)
{
  return TRUE;
}

/* The findings in one text. */
static char *
check_journal (TestBranch *branch, JournalVerify verify)
{
  static const char *const unsigned_writers[] = { NULL };
  const AccJournalSigned by = { prepare_nothing, verify, unsigned_writers };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_journal_check (branch->desk, "desk.db", verify != NULL ? &by : NULL, branch->manager, findings,
                                    &error));
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("\n", (char **) findings->pdata);
}

static void
test_a_journal_that_nobody_touched_is_sound (void)
{
  TestBranch branch;
  g_autofree char *none = NULL;
  g_autofree char *first = NULL;
  g_autofree char *head = NULL;
  g_autofree char *findings = NULL;
  g_autofree char *kiosk_head = NULL;
  g_autoptr (GError) error = NULL;
  AccJournalEntry kiosk = { "kiosk:1", "submitted", NULL, NULL, NULL };
  gint64 count = -1;

  test_branch_init (&branch);
  none = acc_journal_head (branch.desk, "kiosk:1", &count, &error);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpint (count, ==, 0);
  write_journal (&branch);
  head = acc_journal_head (branch.desk, "desk", &count, &error);
  g_assert_cmpuint (strlen (head), ==, 64);
  g_assert_cmpint (count, ==, ENTRIES);
  findings = check_journal (&branch, verify_hash);
  g_assert_cmpstr (findings, ==, "");

  /* a chain of its own for each writer */
  g_assert_true (acc_journal_append (branch.desk, &kiosk, NULL, NULL, &error));
  kiosk_head = acc_journal_head (branch.desk, "kiosk:1", &count, &error);
  g_assert_cmpint (count, ==, 1);
  first = check_journal (&branch, NULL);
  g_assert_cmpstr (first, ==, "");
  test_branch_clear (&branch);
}

/* What somebody may do to the journal, and what the check must say of it. */
static const struct {
  const char *sql;
  const char *named;
} tamperings[] = {
  /* one byte of each field */
  { "UPDATE journal SET at = replace (at, 'T', 't') WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET kind = 'approvee' WHERE sequence = 3", "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET number = '" OTHER_NUMBER "' WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET facts = '{\"n\":4}' WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET signer = 'Ana Helf' WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET previous = replace (previous, substr (previous, 9, 1), 'g') WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it does not follow the entry before it" },
  { "UPDATE journal SET hash = replace (hash, substr (hash, 9, 1), 'g') WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET writer = 'desj' WHERE sequence = 3", "desk.db journal entry 3 of desk: it is missing" },
  { "UPDATE journal SET writer = 'desj' WHERE sequence = 3", "desk.db journal entry 3 of desj: it has been changed" },
  { "UPDATE journal SET sequence = 13 WHERE sequence = 5", "desk.db journal entry 13 of desk: it has been changed" },
  { "UPDATE journal SET signature = zeroblob (64) WHERE sequence = 3",
    "desk.db journal entry 3 of desk: its signature is wrong" },
  /* no value for an empty one, and the other way round */
  { "UPDATE journal SET facts = NULL WHERE sequence = 3", "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET number = '' WHERE sequence = 3", "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET signature = NULL WHERE sequence = 3", "desk.db journal entry 3 of desk: it is not signed" },
  { "UPDATE journal SET signer = NULL WHERE sequence = 3", "desk.db journal entry 3 of desk: it is not signed" },
  /* bytes that are no text: after a NUL, and outside UTF-8 */
  { "UPDATE journal SET kind = CAST (x'617070726f7665640078' AS TEXT) WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET kind = CAST (x'617070726fff6564' AS TEXT) WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it has been changed" },
  { "UPDATE journal SET writer = CAST (x'64ff736b' AS TEXT) WHERE sequence = 3",
    "desk.db journal entry 3 of desk: it is missing" },
  /* deleted */
  { "DELETE FROM journal WHERE sequence = 1", "desk.db journal entry 1 of desk: it is missing" },
  { "DELETE FROM journal WHERE sequence = 3", "desk.db journal entry 3 of desk: it is missing" },
  { "DELETE FROM journal WHERE sequence IN (2, 3, 4)", "desk.db journal entries 2 to 4 of desk: they are missing" },
  /* inserted: a copy, before the first, and after the last */
  { "INSERT INTO journal SELECT writer, 6, at, kind, number, facts, signer, previous, hash || 'x', signature FROM "
    "journal"
    " WHERE sequence = 5",
    "desk.db journal entry 6 of desk: it does not follow the entry before it" },
  { "INSERT INTO journal SELECT writer, 0, at, kind, number, facts, signer, '', hash || 'x', signature FROM journal"
    " WHERE sequence = 1",
    "desk.db journal entry 0 of desk: there can be no entry of this number" },
};

static void
test_each_tampering_with_a_journal_is_found_and_named (void)
{
  TestBranch branch;
  g_autofree char *sound = NULL;

  test_branch_init (&branch);
  write_journal (&branch);
  for (gsize i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *findings = NULL;

      test_execute (branch.desk, "BEGIN");
      test_execute (branch.desk, tamperings[i].sql);
      findings = check_journal (&branch, verify_hash);
      if (strstr (findings, tamperings[i].named) == NULL)
        g_error ("%s: expected “%s”, found “%s”", tamperings[i].sql, tamperings[i].named, findings);
      test_execute (branch.desk, "ROLLBACK");
    }
  sound = check_journal (&branch, verify_hash);
  g_assert_cmpstr (sound, ==, "");
  test_branch_clear (&branch);
}

static void
test_entries_that_changed_places_are_found (void)
{
  TestBranch branch;
  g_autofree char *findings = NULL;

  test_branch_init (&branch);
  write_journal (&branch);
  test_execute (branch.desk, "UPDATE journal SET sequence = 99 WHERE sequence = 2");
  test_execute (branch.desk, "UPDATE journal SET sequence = 2 WHERE sequence = 3");
  test_execute (branch.desk, "UPDATE journal SET sequence = 3 WHERE sequence = 99");
  findings = check_journal (&branch, verify_hash);
  g_assert_nonnull (strstr (findings, "entry 2 of desk: it does not follow the entry before it"));
  g_assert_nonnull (strstr (findings, "entry 3 of desk: it does not follow the entry before it"));
  g_assert_nonnull (strstr (findings, "entry 2 of desk: it has been changed"));
  test_branch_clear (&branch);
}

static void
test_a_closed_gap_is_found (void)
{
  TestBranch branch;
  g_autofree char *findings = NULL;

  test_branch_init (&branch);
  write_journal (&branch);
  test_execute (branch.desk, "DELETE FROM journal WHERE sequence = 3");
  test_execute (branch.desk, "UPDATE journal SET sequence = 3 WHERE sequence = 4");
  test_execute (branch.desk, "UPDATE journal SET sequence = 4 WHERE sequence = 5");
  findings = check_journal (&branch, verify_hash);
  g_assert_nonnull (strstr (findings, "entry 3 of desk: it does not follow the entry before it"));
  g_assert_nonnull (strstr (findings, "entry 4 of desk: it has been changed"));
  test_branch_clear (&branch);
}

/* Who may write the file can make a sound chain of hashes, but has no banker's key. */
static void
test_a_chain_forged_anew_lacks_the_signatures (void)
{
  TestBranch branch, forger;
  AccJournalEntry unsigned_entry = { "desk", "approved", NUMBER, NULL, NULL };
  AccJournalEntry forged_entry = { "desk", "approved", NUMBER, NULL, TEST_MANAGER };
  g_autofree char *findings = NULL;
  g_autofree char *chain = NULL;

  test_branch_init (&branch);
  test_branch_init (&forger);
  write_journal (&branch);
  test_execute (branch.desk, "DELETE FROM journal WHERE sequence > 3");
  g_assert_true (acc_journal_append (branch.desk, &forged_entry, sign_hash, forger.manager, NULL));
  g_assert_true (acc_journal_append (branch.desk, &unsigned_entry, NULL, NULL, NULL));
  chain = check_journal (&branch, NULL);
  g_assert_cmpstr (chain, ==, "");
  findings = check_journal (&branch, verify_hash);
  g_assert_cmpstr (findings, ==,
                   "desk.db journal entry 4 of desk: its signature is wrong\n"
                   "desk.db journal entry 5 of desk: it is not signed");
  test_branch_clear (&forger);
  test_branch_clear (&branch);
}

static gboolean
append_and_fail (AccStore *desk, gpointer data, GError **error)
{
  AccJournalEntry entry = { "desk", "approved", NUMBER, NULL, TEST_MANAGER };

  g_assert_true (acc_journal_append (desk, &entry, sign_hash, data, error));
  return acc_journal_append (desk, &entry, fail_to_sign, NULL, error);
}

static void
test_an_entry_goes_with_the_change_it_tells_of (void)
{
  TestBranch branch;
  g_autoptr (GError) error = NULL;

  test_branch_init (&branch);
  g_assert_false (acc_store_transact (branch.desk, append_and_fail, branch.manager, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_assert_cmpint (test_query (branch.desk, "SELECT count(*) FROM journal"), ==, 1); /* that of set-up */
  test_branch_clear (&branch);
}

/* The two halves */

/* How many of @folder's object files hold @symbol. */
static guint
count_objects (const char *folder, const char *symbol, guint *n_objects)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  *n_objects = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = g_str_has_suffix (name, ".o") ? acc_file_read (path, 64 * 1024 * 1024, NULL) : NULL;

      if (bytes == NULL)
        continue;
      (*n_objects)++;
      n += memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), symbol, strlen (symbol)) != NULL;
    }
  return n;
}

static void
test_the_kiosks_half_holds_no_code_that_opens (void)
{
  static const char *const opening[]
      = { "_seal_open",    "_decrypt",        "_open_easy", "_secretbox_open", "acc_wrapping_",
          "acc_identity_", "acc_letter_key_", "acc_unseal", "acc_bankers_" };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *tests = g_path_get_dirname (program);
  g_autofree char *closing_half = g_build_filename (tests, "..", "app", "vault", "libacc-seal.a.p", NULL);
  g_autofree char *opening_half = g_build_filename (tests, "..", "app", "vault", "libacc-vault.a.p", NULL);
  guint n_objects;

  for (gsize i = 0; i < G_N_ELEMENTS (opening); i++)
    g_assert_cmpuint (count_objects (closing_half, opening[i], &n_objects), ==, 0);
  g_assert_cmpuint (n_objects, >=, 5);
  /* and the search would find them */
  g_assert_cmpuint (count_objects (closing_half, "crypto_box_seal", &n_objects), >, 0);
  g_assert_cmpuint (count_objects (opening_half, "crypto_box_seal_open", &n_objects), >, 0);
  g_assert_cmpuint (count_objects (opening_half, "acc_letter_key_", &n_objects), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/hashes-are-those-of-sha256sum", test_hashes_are_those_of_sha256sum);
  g_test_add_func ("/vault/no-two-lists-of-texts-hash-alike", test_no_two_lists_of_texts_hash_alike);
  g_test_add_func ("/vault/the-hash-of-texts-is-frozen", test_the_hash_of_texts_is_frozen);
  g_test_add_func ("/vault/random-bytes-differ-and-wiping-wipes", test_random_bytes_differ_and_wiping_wipes);
  g_test_add_func ("/vault/the-branch-key-survives-its-file-and-nothing-else-does",
                   test_the_branch_key_survives_its_file_and_nothing_else_does);
  g_test_add_func ("/vault/no-key-means-no-capture", test_no_key_means_no_capture);
  g_test_add_func ("/vault/what-is-sealed-opens-byte-for-byte", test_what_is_sealed_opens_byte_for_byte);
  g_test_add_func ("/vault/each-changed-byte-of-a-seal-is-refused", test_each_changed_byte_of_a_seal_is_refused);
  g_test_add_func ("/vault/another-branch-cannot-open-and-no-two-seals-are-alike",
                   test_another_branch_cannot_open_and_no_two_seals_are_alike);
  g_test_add_func ("/vault/a-body-of-another-form-is-refused", test_a_body_of_another_form_is_refused);
  g_test_add_func ("/vault/what-belongs-to-a-letter-is-bound-to-it", test_what_belongs_to_a_letter_is_bound_to_it);
  g_test_add_func ("/vault/no-canary-stands-in-what-is-sealed", test_no_canary_stands_in_what_is_sealed);
  g_test_add_func ("/vault/a-signature-is-of-one-banker-and-one-text", test_a_signature_is_of_one_banker_and_one_text);
  g_test_add_func ("/vault/what-belongs-to-the-branch-opens-for-its-bankers-only",
                   test_what_belongs_to_the_branch_opens_for_its_bankers_only);
  g_test_add_func ("/vault/a-journal-that-nobody-touched-is-sound", test_a_journal_that_nobody_touched_is_sound);
  g_test_add_func ("/vault/each-tampering-with-a-journal-is-found-and-named",
                   test_each_tampering_with_a_journal_is_found_and_named);
  g_test_add_func ("/vault/entries-that-changed-places-are-found", test_entries_that_changed_places_are_found);
  g_test_add_func ("/vault/a-closed-gap-is-found", test_a_closed_gap_is_found);
  g_test_add_func ("/vault/a-chain-forged-anew-lacks-the-signatures", test_a_chain_forged_anew_lacks_the_signatures);
  g_test_add_func ("/vault/an-entry-goes-with-the-change-it-tells-of", test_an_entry_goes_with_the_change_it_tells_of);
  g_test_add_func ("/vault/the-kiosks-half-holds-no-code-that-opens", test_the_kiosks_half_holds_no_code_that_opens);
  return g_test_run ();
}
