/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter of the archive, opened: the value that the desk works on. Immutable but for nothing; the store's
 * thread makes it, the window reads it. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

#define ACC_TYPE_OPENED_LETTER (acc_opened_letter_get_type ())
G_DECLARE_FINAL_TYPE (AccOpenedLetter, acc_opened_letter, ACC, OPENED_LETTER, GObject)

/* Opens the original of @number: key, body, JSON and PDF, all checked against the hashes.
 * ACC_ERROR_NOT_FOUND, ACC_ERROR_INPUT if it was erased, or ACC_ERROR_STORE_DAMAGED. */
AccOpenedLetter *acc_opened_letter_new (AccStore *desk, AccIdentity *identity, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

const AccRecord *acc_opened_letter_get_record (AccOpenedLetter *self);
AccLetter *acc_opened_letter_get_letter (AccOpenedLetter *self);
GBytes *acc_opened_letter_get_json (AccOpenedLetter *self);
GBytes *acc_opened_letter_get_pdf (AccOpenedLetter *self);
AccLetterKey *acc_opened_letter_get_key (AccOpenedLetter *self);

G_END_DECLS
