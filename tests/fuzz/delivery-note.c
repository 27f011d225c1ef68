/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store keeps of a delivery, decrypted: refused with a sentence, or a note that comes back the same. */
#include "archive-support.h"
#include "fuzz.h"
#include "route/delivery-note.h"

#define POSITION 1
#define CONTEXT "delivery:1"

static AccOpenedLetter *
open_any_letter (void)
{
  static Scene scene;
  g_autofree char *number = NULL;

  scene_set_up (&scene, NULL);
  number = submit_plain (&scene);
  take_in (&scene, 1);
  return open_letter (&scene, number);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static AccOpenedLetter *letter;
  g_autoptr (GBytes) plain = g_bytes_new (data, size);
  g_autoptr (GBytes) closed = NULL;
  g_autoptr (GBytes) closed_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeliveryNote) note = NULL;
  g_autoptr (AccDeliveryNote) again = NULL;

  if (letter == NULL)
    letter = open_any_letter ();
  closed = acc_letter_key_encrypt (acc_opened_letter_get_key (letter), acc_opened_letter_get_record (letter)->number,
                                   CONTEXT, plain);
  note = acc_delivery_note_open (closed, letter, POSITION, &error);
  if (note == NULL)
    {
      fuzz_check_refusal (error);
      return 0;
    }
  closed_again = acc_delivery_note_close (note, letter, POSITION);
  again = acc_delivery_note_open (closed_again, letter, POSITION, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->email, ==, note->email);
  g_assert_cmpstr (again->paragraph, ==, note->paragraph);
  g_assert_cmpint (again->disclosed, ==, note->disclosed);
  g_assert_true (g_strv_equal ((const char *const *) again->employees, (const char *const *) note->employees));
  return 0;
}
