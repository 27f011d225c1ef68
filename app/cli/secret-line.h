/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A secret that is given as a line: never one of the command's words, which histories keep and other users can list.
 * Main thread. */
#pragma once

#include "cli/session.h"

G_BEGIN_DECLS

/* What is asked for. */
typedef struct {
  const char *prompt;  /* where somebody types it */
  const char *missing; /* a sentence: what to do where there is no line */
} AccCliAsked;

/* The first line of @path, or of standard input where that is NULL: a terminal asks, and does not show what is typed.
 * An empty line is one; of
 * one that is longer than any secret may be, so much is read that it is seen. */
AccCliSecret *acc_cli_read_secret_line (const char *path, const AccCliAsked *asked, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
