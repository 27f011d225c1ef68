/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/recovery.h"

#include <string.h>

#include "vault/hash.h"

/* Frozen, with the form of the copy: version, public half, sealed secret, tag. The tag, keyed with the secret, shows
 * a banker who rotates that the public half is still the printed key's. */
#define RECOVERY_DATA "accolade recovery 1"
#define SIGN_DATA "accolade recovery sign 1"
#define PROOF_DATA "accolade recovered 1"
#define VERSION 1
#define SEALED_SIZE (crypto_box_SECRETKEYBYTES + crypto_box_SEALBYTES)
#define TAG_SIZE 32

typedef struct {
  guint8 version;
  guint8 public_half[crypto_box_PUBLICKEYBYTES];
  guint8 sealed[SEALED_SIZE];
  guint8 tag[TAG_SIZE];
} Copy;

G_STATIC_ASSERT (sizeof (Copy) == 1 + crypto_box_PUBLICKEYBYTES + SEALED_SIZE + TAG_SIZE);

#define GROUP 4
#define DIGITS (ACC_RECOVERY_SIZE * 8 / 5)

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; /* Crockford's: no I, L, O, U */

char *
acc_recovery_to_text (const guint8 key[ACC_RECOVERY_SIZE])
{
  GString *text = g_string_new (NULL);

  for (guint digit = 0; digit < DIGITS; digit++)
    {
      guint value = 0;

      for (guint bit = digit * 5; bit < digit * 5 + 5; bit++)
        value = value << 1 | (key[bit / 8] >> (7 - bit % 8) & 1);
      if (digit > 0 && digit % GROUP == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, alphabet[value]);
    }
  return g_string_free (text, FALSE);
}

/* The value of a digit as people write it; -1 if it is none. */
static int
digit_value (char written)
{
  char digit = g_ascii_toupper (written);
  const char *found;

  if (digit == 'O')
    digit = '0';
  else if (digit == 'I' || digit == 'L')
    digit = '1';
  found = digit != '\0' ? strchr (alphabet, digit) : NULL;
  return found != NULL ? found - alphabet : -1;
}

gboolean
acc_recovery_from_text (const char *text, guint8 key[ACC_RECOVERY_SIZE])
{
  guint bit = 0;

  memset (key, 0, ACC_RECOVERY_SIZE);
  for (const char *at = text; *at != '\0'; at++)
    {
      int value = digit_value (*at);

      if (*at == '-' || g_ascii_isspace (*at))
        continue;
      if (value < 0 || bit == ACC_RECOVERY_SIZE * 8)
        return FALSE;
      for (int i = 4; i >= 0; i--, bit++)
        key[bit / 8] |= (value >> i & 1) << (7 - bit % 8);
    }
  return bit == ACC_RECOVERY_SIZE * 8;
}

static void
derive_pair (const guint8 key[ACC_RECOVERY_SIZE], guint8 *public_half, guint8 *secret_half)
{
  guint8 *seed = acc_secret_new (crypto_box_SEEDBYTES);

  crypto_generichash (seed, crypto_box_SEEDBYTES, (const guint8 *) RECOVERY_DATA, strlen (RECOVERY_DATA), key,
                      ACC_RECOVERY_SIZE);
  crypto_box_seed_keypair (public_half, secret_half, seed);
  sodium_free (seed);
}

static void
make_tag (const Copy *copy, const char *branch_key_id, const guint8 secret[crypto_box_SECRETKEYBYTES],
          guint8 tag[TAG_SIZE])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state, secret, crypto_box_SECRETKEYBYTES, TAG_SIZE);
  crypto_generichash_update (&state, (const guint8 *) branch_key_id, strlen (branch_key_id) + 1);
  crypto_generichash_update (&state, (const guint8 *) copy, G_STRUCT_OFFSET (Copy, tag));
  crypto_generichash_final (&state, tag, TAG_SIZE);
  acc_wipe (&state, sizeof state);
}

/* Of @secret, whose public key has the id @branch_key_id, for the printed key with @public_half. */
static GBytes *
make_copy (const guint8 public_half[crypto_box_PUBLICKEYBYTES], const char *branch_key_id,
           const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  Copy copy = { VERSION };
  int code;

  memcpy (copy.public_half, public_half, sizeof copy.public_half);
  code = crypto_box_seal (copy.sealed, secret, crypto_box_SECRETKEYBYTES, copy.public_half);
  g_assert (code == 0); /* a pair made here is never of small order */
  make_tag (&copy, branch_key_id, secret, copy.tag);
  return g_bytes_new (&copy, sizeof copy);
}

GBytes *
acc_recovery_close (const guint8 key[ACC_RECOVERY_SIZE], AccBranchKey *branch_key,
                    const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  guint8 public_half[crypto_box_PUBLICKEYBYTES];
  guint8 *secret_half = acc_secret_new (crypto_box_SECRETKEYBYTES);

  derive_pair (key, public_half, secret_half);
  sodium_free (secret_half);
  return make_copy (public_half, acc_branch_key_get_id (branch_key), secret);
}

GBytes *
acc_recovery_close_like (GBytes *copy, const char *branch_key_id, const guint8 secret[crypto_box_SECRETKEYBYTES],
                         const guint8 other_secret[crypto_box_SECRETKEYBYTES])
{
  g_autoptr (AccBranchKey) other = acc_branch_key_of_secret (other_secret);
  guint8 tag[TAG_SIZE];
  Copy read;

  if (g_bytes_get_size (copy) != sizeof read)
    return NULL;
  memcpy (&read, g_bytes_get_data (copy, NULL), sizeof read);
  make_tag (&read, branch_key_id, secret, tag);
  if (read.version != VERSION || sodium_memcmp (tag, read.tag, TAG_SIZE) != 0)
    return NULL;
  return make_copy (read.public_half, acc_branch_key_get_id (other), other_secret);
}

gboolean
acc_recovery_open (const guint8 key[ACC_RECOVERY_SIZE], const char *branch_key_id, GBytes *copy,
                   guint8 secret[crypto_box_SECRETKEYBYTES])
{
  Copy read;
  guint8 tag[TAG_SIZE];
  guint8 public_half[crypto_box_PUBLICKEYBYTES];
  guint8 *secret_half;
  gboolean opened;

  if (g_bytes_get_size (copy) != sizeof read)
    return FALSE;
  memcpy (&read, g_bytes_get_data (copy, NULL), sizeof read);
  secret_half = acc_secret_new (crypto_box_SECRETKEYBYTES);
  derive_pair (key, public_half, secret_half);
  opened = crypto_box_seal_open (secret, read.sealed, SEALED_SIZE, public_half, secret_half) == 0;
  sodium_free (secret_half);
  if (!opened)
    return FALSE;

  make_tag (&read, branch_key_id, secret, tag);
  opened = read.version == VERSION && sodium_memcmp (tag, read.tag, TAG_SIZE) == 0;
  if (!opened)
    acc_wipe (secret, crypto_box_SECRETKEYBYTES);
  return opened;
}

static void
derive_sign_pair (const guint8 key[ACC_RECOVERY_SIZE], guint8 *sign_public, guint8 *sign_secret)
{
  guint8 *seed = acc_secret_new (crypto_sign_SEEDBYTES);

  crypto_generichash (seed, crypto_sign_SEEDBYTES, (const guint8 *) SIGN_DATA, strlen (SIGN_DATA), key,
                      ACC_RECOVERY_SIZE);
  crypto_sign_seed_keypair (sign_public, sign_secret, seed);
  sodium_free (seed);
}

char *
acc_recovery_sign_public (const guint8 key[ACC_RECOVERY_SIZE])
{
  guint8 sign_public[crypto_sign_PUBLICKEYBYTES];
  guint8 *sign_secret = acc_secret_new (crypto_sign_SECRETKEYBYTES);

  derive_sign_pair (key, sign_public, sign_secret);
  sodium_free (sign_secret);
  return acc_hexadecimal (sign_public, sizeof sign_public);
}

/* What a proof signs. */
static GBytes *
proof_message (const char *banker, const char *sign_key)
{
  const char *texts[] = { PROOF_DATA, banker, sign_key };

  return acc_box_bind (texts, G_N_ELEMENTS (texts));
}

char *
acc_recovery_prove (const guint8 key[ACC_RECOVERY_SIZE], const char *banker, const char *sign_key)
{
  g_autoptr (GBytes) message = proof_message (banker, sign_key);
  guint8 sign_public[crypto_sign_PUBLICKEYBYTES], proof[crypto_sign_BYTES];
  guint8 *sign_secret = acc_secret_new (crypto_sign_SECRETKEYBYTES);

  derive_sign_pair (key, sign_public, sign_secret);
  crypto_sign_detached (proof, NULL, g_bytes_get_data (message, NULL), g_bytes_get_size (message), sign_secret);
  sodium_free (sign_secret);
  return acc_hexadecimal (proof, sizeof proof);
}

gboolean
acc_recovery_proves (const char *sign_public, const char *proof, const char *banker, const char *sign_key)
{
  g_autoptr (GBytes) message = proof_message (banker, sign_key);
  guint8 key[crypto_sign_PUBLICKEYBYTES], signature[crypto_sign_BYTES];

  acc_sodium_init ();
  return acc_hexadecimal_read (sign_public, key, sizeof key)
         && acc_hexadecimal_read (proof, signature, sizeof signature)
         && crypto_sign_verify_detached (signature, g_bytes_get_data (message, NULL), g_bytes_get_size (message), key)
                == 0;
}
