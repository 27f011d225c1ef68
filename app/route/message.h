/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ready message (RFC 5322, multipart/mixed, CR LF): GMime builds its bytes once. The same facts give the same bytes.
 * No field can add a header, a recipient or an attachment: ACC_ERROR_INPUT names the one that tries. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *from_name, *from_email; /* the banker's, from the directory; NULL: no From, the sender fills it in */
  const char *reply_to;               /* NULL: answers go to from_email */
  const char *to_name, *to_email;     /* from the directory only */
  const char *subject, *text;         /* the cover's words, for a reader who opens no attachment */
  const char *number, *role;          /* Message-ID, boundary and file names come from these and the position */
  guint position;                     /* in the plan, from 1: two employees may have two supervisors */
  const char *date;                   /* RFC 3339: when it was approved */
  GBytes *letter_pdf, *cover_pdf;
} AccMessage;

GBytes *acc_message_build (const AccMessage *message, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The Message-ID, without brackets, of the mail to whom is @position in the plan; @from_email NULL or "": without sender. */
char *acc_message_id (const char *number, const char *role, guint position, const char *from_email)
  G_GNUC_WARN_UNUSED_RESULT;

void acc_message_set_up (void); /* GMime, once; whoever uses it calls this */

G_END_DECLS
