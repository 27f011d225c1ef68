/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that must not be in a letter: payment cards (ISO/IEC 7812, 13–19 digits that pass Luhn), IBANs
 * (ISO 13616, mod 97), US social security and UK national insurance numbers. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { ACC_GUARD_CARD, ACC_GUARD_IBAN, ACC_GUARD_SOCIAL } AccGuardKind;

typedef struct {
  AccGuardKind kind;
  gsize start, end; /* bytes in the text */
} AccGuardFind;

/* All finds in order, a GArray of AccGuardFind (empty if none). Spaces, dashes and dots inside count as nothing. */
GArray *acc_guard_find (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* "a card number", "a bank account number (IBAN)"…, for a sentence. Static, translated. */
const char *acc_guard_describe (AccGuardKind kind);

G_END_DECLS
