/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that must not be in a letter. Certain: payment cards (ISO/IEC 7812, 13–19 digits that pass Luhn), IBANs
 * (ISO 13616, mod 97), social security, insurance and identity numbers of the United States, Canada, the United Kingdom,
 * France, Germany, Spain and Poland, by their own checks, or by the word before them. By their shape, or the word before
 * them, alone: account numbers, PINs and security codes; whoever wrote them may say that they are none. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  ACC_GUARD_CARD,
  ACC_GUARD_IBAN,
  ACC_GUARD_SOCIAL,
  ACC_GUARD_ACCOUNT,
  ACC_GUARD_CODE
} AccGuardKind;

typedef struct {
  AccGuardKind kind;
  gsize start, end; /* bytes in the text */
} AccGuardFind;

/* All finds in order, a GArray of AccGuardFind (empty if none). Spaces, dashes and dots inside count as nothing, nor do a
 * line's end, a slash or a comma between the groups of a card's number. */
GArray *acc_guard_find (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The first find that is certain; and the first that is, or that is not among the numbers that were said to be something
 * else (@innocent, NULL-terminated, may be NULL). FALSE: there is none. */
gboolean acc_guard_find_certain (const char *text, AccGuardFind *find);
gboolean acc_guard_find_open (const char *text, const char *const *innocent, AccGuardFind *find);

/* What stands in the place of each letter and digit of a number that was masked: U+2022. A number it still is. */
#define ACC_GUARD_MASK ((gunichar) 0x2022)

/* @text with all its finds masked, their spaces and dashes kept, so that its writer sees which number it was. Nothing is
 * found in it. */
char *acc_guard_mask (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a find of that kind must be taken out; else it may be confirmed that it is nothing of the kind. */
gboolean acc_guard_is_certain (AccGuardKind kind);

/* What to do about a find of @text: to take it out, or, where it is not certain, to say that it is something else. */
char *acc_guard_sentence (const char *text, const AccGuardFind *find) G_GNUC_WARN_UNUSED_RESULT;

/* "a card number", "a bank account number (IBAN)"…, for a sentence. Static, translated. */
const char *acc_guard_describe (AccGuardKind kind);

G_END_DECLS
