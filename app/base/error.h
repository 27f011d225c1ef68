/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world's failures, one code for each thing that a person can do about it.
 * A message is one sentence that names the field, line, record or file. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_ERROR (acc_error_quark ())
GQuark acc_error_quark (void);

typedef enum {
  ACC_ERROR_INPUT,         /* correct the field, line or option that the message names */
  ACC_ERROR_CHARACTERS,    /* take the named characters out, or install a font for them */
  ACC_ERROR_PASSPHRASE,    /* type it again, perhaps later */
  ACC_ERROR_NOT_ALLOWED,   /* ask someone who may */
  ACC_ERROR_NOT_FOUND,     /* check the number or the name */
  ACC_ERROR_CONFLICT,      /* somebody else was faster: look again */
  ACC_ERROR_BUSY,          /* try again in a moment */
  ACC_ERROR_DOCUMENT,      /* this PDF cannot be shown */
  ACC_ERROR_SYSTEM,        /* a file, a program or the machine: IT */
  ACC_ERROR_NO_STORE,      /* run accolade setup, or name the right folder */
  ACC_ERROR_STORE_DAMAGED, /* restore a backup */
  ACC_ERROR_STORE_FOREIGN, /* this is another program's file */
  ACC_ERROR_STORE_NEWER,   /* update Accolade */
  ACC_ERROR_BACKUP,        /* take another backup */
  ACC_ERROR_STORE_FULL,    /* make room */
} AccError;

/* The exit status of a command that ends with @error: 1 refused, 3 the store; 0 for NULL. */
int acc_error_exit_status (const GError *error);

/* What the person can do about it, a sentence; static. "" where the message says it all. */
const char *acc_error_remedy (const GError *error);

/* Message and remedy as one line of plain sentences, for a screen or standard error. */
char *acc_error_sentence (const GError *error) G_GNUC_WARN_UNUSED_RESULT;

/* The same as a screen begins a sentence: with a capital, unless a file, a field or a setting stands first. */
char *acc_error_screen_sentence (const GError *error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets @error from errno: @doing is "read", "write"…; ENOSPC and EDQUOT say that the disk is full. */
void acc_error_set_from_errno (GError **error, int saved_errno, const char *doing, const char *path);

G_END_DECLS
