/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a letter names the banker who would decide on it. Pure; any thread. */
#pragma once

#include "review/checks.h"

G_BEGIN_DECLS

/* Who may be the banker whom the letter thanks, on whichever day: better one too many. */
GPtrArray *acc_checks_find_thanked (const AccCheckFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the directory knows who this banker is. */
gboolean acc_checks_is_linked (const AccCheckFacts *facts);

/* Whether the word for a banker may be meant for this one. */
gboolean acc_checks_is_thanked (const AccCheckFacts *facts);

/* Whether this banker may be the @addressee. */
gboolean acc_checks_is_addressed (const AccCheckFacts *facts, guint addressee);

gboolean acc_checks_contains_id (GPtrArray *people, const char *id);

G_END_DECLS
