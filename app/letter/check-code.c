/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/check-code.h"

#include "letter/number.h"

#include <string.h>

/* Frozen, as all that follows: letters bear its codes. */
#define SCHEME "accolade-check-1"

/* With its NUL, so that where one text ends and the next begins counts too. */
static void
add (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *) text, strlen (text) + 1);
}

char *
acc_check_code (AccLetter *letter, const char *number)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (number != NULL, NULL);

  const AccLetterFields *fields = acc_letter_get_fields (letter);
  const char *const texts[] = {
    SCHEME,
    number,
    fields->date,
    fields->served_on,
    fields->need,
    fields->act,
    fields->difference,
    fields->thanks_banker ? fields->banker_name : "",
    fields->thanks_banker ? fields->banker_words : "",
  };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    add (sum, texts[i]);
  for (guint i = 0; i < fields->n_to; i++)
    {
      add (sum, fields->to[i].name);
      add (sum, acc_letter_get_called (letter, i));
      add (sum, fields->to[i].department);
    }
  add (sum, "from"); /* else an addressee more could stand for authors */
  for (guint i = 0; i < fields->n_from; i++)
    add (sum, fields->from[i].name);
  return acc_number_short (g_checksum_get_string (sum));
}
