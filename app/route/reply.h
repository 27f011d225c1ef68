/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail that came back, read: hostile bytes in, plain facts out. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *from;         /* the one address it says it is from; "" if there is none, or several */
  char *id;           /* its own Message-ID, without brackets; "" if it has none */
  GStrv answers;      /* the Message-IDs that it answers (In-Reply-To, References), without brackets */
  gboolean automatic; /* no person wrote it (RFC 3834), or it tells how a delivery went (RFC 3464) */
  char *day;          /* YYYY-MM-DD of its Date, where this machine is; "" if it has none */
  char *text;         /* its first plain text without the lines that it quotes, at most ACC_STORY_MAX characters; "" if none */
} AccReply;

void acc_reply_free (AccReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccReply, acc_reply_free)

/* Reads the beginning, where a person's words stand. NULL: it is no mail, or made to do harm. */
AccReply *acc_reply_parse (GBytes *mail) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
