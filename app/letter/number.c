/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/number.h"

#include <string.h>

#include "base/error.h"

#define SHORT_HALF 5   /* characters before and after the dash */
#define SYMBOL_BITS 5

const char acc_number_symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *
acc_number_new (void)
{
  return g_uuid_string_random ();
}

char *
acc_number_parse (const char *text, GError **error)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  number = g_strstrip (g_ascii_strdown (text, -1));
  /* RFC 4122: the version stands before the third group, the variant before the fourth. */
  if (!g_uuid_string_is_valid (number) || number[14] != '4' || strchr ("89ab", number[19]) == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "The number must be a random UUID, such as 3f2b8c1e-9d47-4a60-8b15-7c0e5d2a9f34");
      return NULL;
    }
  return g_steal_pointer (&number);
}

char
acc_number_symbol (char c)
{
  c = g_ascii_toupper (c);
  if (c == 'I' || c == 'L')
    return '1';
  if (c == 'O')
    return '0';
  return c != '\0' && strchr (acc_number_symbols, c) != NULL ? c : '\0';
}

char *
acc_number_parse_short (const char *text)
{
  g_autoptr (GString) number = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (; *text != '\0' && number->len <= 2 * SHORT_HALF + 1; text++)
    {
      if (*text == '-' || g_ascii_isspace (*text))
        continue;
      if (acc_number_symbol (*text) == '\0')
        return NULL;
      g_string_append_c (number, acc_number_symbol (*text));
      if (number->len == SHORT_HALF)
        g_string_append_c (number, '-');
    }
  return number->len == 2 * SHORT_HALF + 1 ? g_strdup (number->str) : NULL;
}

char *
acc_number_short (const char *number)
{
  GString *text = g_string_new (NULL);
  guint bits = 0, n_bits = 0;

  g_return_val_if_fail (number != NULL, g_string_free (text, FALSE));

  for (; *number != '\0' && text->len < 2 * SHORT_HALF + 1; number++)
    {
      if (!g_ascii_isxdigit (*number))
        continue;
      bits = bits << 4 | (guint) g_ascii_xdigit_value (*number);
      n_bits += 4;
      if (n_bits < SYMBOL_BITS)
        continue;
      n_bits -= SYMBOL_BITS;
      g_string_append_c (text, acc_number_symbols[bits >> n_bits & 31]);
      if (text->len == SHORT_HALF)
        g_string_append_c (text, '-');
    }
  return g_string_free (text, FALSE);
}
