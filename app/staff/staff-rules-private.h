/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a value of the staff file must be, and how its rows must fit together. Pure; any thread. */
#pragma once

#include "staff/directory.h"
#include "staff/findings-private.h"

G_BEGIN_DECLS

/* What is wrong with a value, as the end of a sentence; NULL if nothing. Trimmed values, never empty. */
typedef const char *(*AccStaffRule) (const char *value);

const char *acc_staff_rule_text (const char *value);    /* a one-line field as base/text.h keeps it */
const char *acc_staff_rule_name (const char *value);    /* such a field with a letter, by which it can be found */
const char *acc_staff_rule_address (const char *value); /* one mailbox, RFC 5321, that no mail tool misreads */
const char *acc_staff_rule_date (const char *value);
const char *acc_staff_rule_thanks (const char *value);

/* The frozen words of the column "thanks"; FALSE for another word. */
gboolean acc_staff_thanks_from_text (const char *text, AccThanks *thanks);
const char *acc_staff_thanks_to_text (AccThanks thanks);

/* Adds a finding for each row whose supervisor is unknown, or who stands above itself by way of others. @people and
 * @lines (of guint) are parallel; @by_id: id -> position + 1; @label: how a finding calls the supervisor's column. */
void acc_staff_check_supervisors (GPtrArray *people, GArray *lines, GHashTable *by_id, const char *label,
                                  AccFindings *findings);

/* Marks the lines of all who report, by whatever way, to somebody whose line has a finding: without them they would
 * report to nobody. After the above, with the same arguments. */
void acc_staff_mark_reports (GPtrArray *people, GArray *lines, GHashTable *by_id, AccFindings *findings);

G_END_DECLS
