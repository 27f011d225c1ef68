/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/recovery.h"

#include <string.h>

#include "vault/hash.h"

/* Frozen, with the form of the copy: version, public half, sealed secret, tag. The tag, keyed with the secret, shows
 * a banker who rotates that the public half is still the printed key's. */
#define RECOVERY_DATA "accolade recovery 1"
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

GBytes *
acc_recovery_close (const guint8 key[ACC_RECOVERY_SIZE], AccBranchKey *branch_key,
                    const guint8 secret[crypto_box_SECRETKEYBYTES])
{
  Copy copy = { VERSION };
  guint8 *secret_half = acc_secret_new (crypto_box_SECRETKEYBYTES);
  int code;

  derive_pair (key, copy.public_half, secret_half);
  sodium_free (secret_half);
  code = crypto_box_seal (copy.sealed, secret, crypto_box_SECRETKEYBYTES, copy.public_half);
  g_assert (code == 0); /* a pair made here is never of small order */
  make_tag (&copy, acc_branch_key_get_id (branch_key), secret, copy.tag);
  return g_bytes_new (&copy, sizeof copy);
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
