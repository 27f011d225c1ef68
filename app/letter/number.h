/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter's number: a random UUID (RFC 4122, version 4) made before the first try to submit, written in
 * lower case; and the short number that people read out. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Crockford's base32: no I, L, O and U, which are misread. What @c stands for: I and L are read as 1 and O as 0, in any
 * case; '\0' where it is no symbol. */
extern const char acc_number_symbols[];
char acc_number_symbol (char c);

char *acc_number_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @text as a number in its one spelling, or NULL with ACC_ERROR_INPUT. */
char *acc_number_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first ten characters of the number in Crockford's base32, XXXXX-XXXXX. */
char *acc_number_short (const char *number) G_GNUC_WARN_UNUSED_RESULT;

/* @text, as somebody has typed it, as a short number in its one spelling: any case, the dash anywhere or nowhere, O for
 * 0, I and L for 1. NULL if it is none. */
char *acc_number_parse_short (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
