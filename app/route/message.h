/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ready message: GMime builds its bytes once. The same facts give the same bytes. Any thread after
 * acc_message_init (g_mime_init), which programs call once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *from_name, *from_email; /* the banker's, from the directory; email NULL: no From, the sender fills it in */
  const char *to_name, *to_email;     /* from the directory only */
  const char *subject, *text;         /* the cover's words, for a reader who opens no attachment */
  const char *number, *role;          /* the Message-ID and the boundaries come from these two */
  const char *date;                   /* RFC 3339: when it was approved */
  GBytes *letter_pdf, *cover_pdf;
} AccMessage;

GBytes *acc_message_build (const AccMessage *message, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
