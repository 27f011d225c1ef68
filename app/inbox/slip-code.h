/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code on a client's slip: 60 random bits as twelve characters of Crockford's base32, "7K3M-9QXW-2DTE". Nothing
 * keeps it; the inbox has a hash of it, keyed with slip.key, which lies beside inbox.db and is the kiosk's own. Whoever
 * has inbox.db alone learns which letters have a slip and where they are, which stands there by the letters' numbers
 * anyway, and cannot even try codes; with slip.key as well there are 2^60 to try. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *acc_slip_code_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @text, as somebody has typed it, in its one spelling: any case, dashes and blanks anywhere or nowhere, O for 0, I and
 * L for 1. ACC_ERROR_INPUT if it can be no code. */
char *acc_slip_code_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The key of @store_dir's slips, made where there is none yet: beside the inbox itself, if @store_dir has a link to it. */
GBytes *acc_slip_key_load (const char *store_dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *acc_slip_key_path (const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;

/* 64 lower-case hexadecimal digits of @code, which is in its one spelling. */
char *acc_slip_code_hash (GBytes *key, const char *code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
