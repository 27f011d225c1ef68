/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cover for whoever is next (next-level.h): what is proposed for it, and what it must not quote. Any thread. */
#pragma once

#include "review/checks-cover.h"
#include "route/next-level.h"

G_BEGIN_DECLS

typedef struct {
  char *proposal;                  /* "" where there is nobody */
  GStrv names, taken, taken_names; /* for acc_checks_run_cover; NULL: none */
} AccNextCover;
void acc_next_cover_free (AccNextCover *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccNextCover, acc_next_cover_free)

/* To whom @level names, about @letter, on which are @decisions (acc_decision_list), from @branch. */
AccNextCover *acc_next_cover_new (AccNextLevel *level, AccLetter *letter, GPtrArray *decisions, const char *branch)
  G_GNUC_WARN_UNUSED_RESULT;

/* What a banker should see of @paragraph, written in the language that is spoken here: GPtrArray of AccCheckResult. */
GPtrArray *acc_next_cover_run_checks (const AccNextCover *self, const char *paragraph) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
