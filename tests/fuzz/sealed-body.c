/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hostile kiosk can put into the inbox. It may seal anything at all for the branch, so the first byte says what
 * the rest is: a body's plain text, sealed as a kiosk would; the sealed body; or the sealed key. */
#include <string.h>

#include "archive-support.h"
#include "base/error.h"
#include "fuzz.h"
#include "letter/letter-json.h"
#include "vault/sodium-private.h"

#define NUMBER "3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f34"

enum { PLAIN_TEXT, SEALED_BODY, SEALED_KEY, N_KINDS };

static Scene scene;
static const guint8 body_key[ACC_KEY_SIZE] = "a key that the kiosk has chosen";

static GBytes *
seal_key (void)
{
  guint8 *sealed = g_malloc (sizeof body_key + crypto_box_SEALBYTES);

  g_assert_cmpint (crypto_box_seal (sealed, body_key, sizeof body_key, acc_branch_key_get_public (scene.key)), ==, 0);
  return g_bytes_new_take (sealed, sizeof body_key + crypto_box_SEALBYTES);
}

static AccLetterKey *
open_key (void)
{
  g_autoptr (GBytes) sealed = seal_key ();
  g_autoptr (GError) error = NULL;
  AccLetterKey *key = acc_letter_key_open (scene.identity, sealed, &error);

  g_assert_no_error (error);
  return key;
}

static GBytes *
seal_body (GBytes *plain)
{
  g_autoptr (GBytes) bound = acc_seal_bind (NUMBER);

  return acc_box_close (body_key, bound, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
}

/* Of a kiosk's own making: whatever opens is exactly what was sealed. */
static void
check_plain (GBytes *plain)
{
  g_autoptr (AccLetterKey) key = open_key ();
  g_autoptr (GBytes) body = seal_body (plain);
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) json_error = NULL;
  g_autoptr (AccLetter) letter = NULL;

  if (!acc_unseal (key, NUMBER, body, &json, &pdf, &error))
    {
      fuzz_check_refusal (error);
      g_assert_true (json == NULL && pdf == NULL);
      return;
    }
  g_assert_cmpuint (g_bytes_get_size (json) + g_bytes_get_size (pdf) + ACC_SEAL_HEAD_SIZE, ==, g_bytes_get_size (plain));
  letter = acc_letter_from_json (json, &json_error);
  if (letter == NULL)
    fuzz_check_refusal (json_error);
}

/* Nobody meets the key by guessing: nothing may open. */
static void
check_sealed_body (GBytes *body)
{
  g_autoptr (AccLetterKey) key = open_key ();
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) item = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) item_error = NULL;

  g_assert_false (acc_unseal (key, NUMBER, body, &json, &pdf, &error));
  fuzz_check_refusal (error);
  item = acc_letter_key_decrypt (key, NUMBER, "cover:1", body, &item_error);
  g_assert_null (item);
  fuzz_check_refusal (item_error);
}

/* A key of 32 bytes opens whatever it is; anybody may seal one for the branch. */
static void
check_sealed_key (GBytes *sealed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterKey) key = acc_letter_key_open (scene.identity, sealed, &error);

  if (key == NULL)
    fuzz_check_refusal (error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  FuzzInput input = { data, size };
  guint kind = fuzz_take_byte (&input) % N_KINDS;
  g_autoptr (GBytes) rest = fuzz_take_rest (&input);

  if (scene.identity == NULL)
    scene_set_up (&scene, NULL);
  if (kind == PLAIN_TEXT)
    check_plain (rest);
  else if (kind == SEALED_BODY)
    check_sealed_body (rest);
  else
    check_sealed_key (rest);
  return 0;
}
