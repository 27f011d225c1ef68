/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments, people and failures in the words of the desk. Any thread. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

char *acc_words_date (const char *iso_date) G_GNUC_WARN_UNUSED_RESULT; /* "20 Nov 2026" */
char *acc_words_moment (const char *stamp) G_GNUC_WARN_UNUSED_RESULT;  /* an RFC 3339 stamp: "20 Nov 2026, 10:42" */
char *acc_words_days_ago (const char *stamp) G_GNUC_WARN_UNUSED_RESULT; /* "today", "yesterday", "3 days ago" */
/* "Team Lead · Fraud Operations"; the department alone where no title is given. */
char *acc_words_position (const AccPerson *person) G_GNUC_WARN_UNUSED_RESULT;

/* A stored reason, which holds no marks of direction: what it quotes, from its first quotation mark to its last, is set as if by
 * itself (Unicode's FSI and PDI), since the client's words may run the other way. */
char *acc_words_isolate_quotation (const char *text) G_GNUC_WARN_UNUSED_RESULT;

char *acc_words_error (const GError *error) G_GNUC_WARN_UNUSED_RESULT; /* acc_error_sentence, with a capital */

G_END_DECLS
