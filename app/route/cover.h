/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The covering paragraph, proposed from neutral facts and edited by the banker, and the cover as a PDF: the bank's own word
 * to its own people, so in the language that the desk speaks, whatever the client's was. */
#pragma once

#include "paper/letterhead.h"
#include "route/plan.h"

G_BEGIN_DECLS

#define ACC_COVER_WORDS_MAX 150
#define ACC_COVER_CHARACTERS_MAX 1500 /* for scripts that part no words */

/* From so many calendar months without a letter to a department on, that is worth a sentence; over so many, it is rather
 * that a clock was set wrong. */
#define ACC_COVER_RARE_MONTHS 6
#define ACC_COVER_RARE_MONTHS_MAX 120

/* A short paragraph from facts alone: the day, how the employee was reached, that letters from @branch to the department
 * are rare, where they are, whether it may be kept on file. @departments: of acc_routing_list_departments; NULL: not known,
 * and nothing is said of it. No praise, no word of the client's, nothing of the client's state or money, nothing that
 * compares. Any thread. */
char *acc_cover_propose (AccLetter *letter, const AccRecipient *recipient, const char *branch, GHashTable *departments)
  G_GNUC_WARN_UNUSED_RESULT;

/* "A client’s letter about Jessica Okafor": subject of the cover and of the message. */
char *acc_cover_subject (const AccRecipient *recipient) G_GNUC_WARN_UNUSED_RESULT;

/* What both supervisors are told where @banker has approved @n letters about @employee in @days days; NULL for a recipient
 * who is none of them. Any thread. */
char *acc_cover_tell_pair (const AccRecipient *recipient, const AccBanker *banker, const AccPerson *employee, guint n,
                           guint days) G_GNUC_WARN_UNUSED_RESULT;

/* @paragraph as it goes out: cleaned, and with @disclosed followed by the sentence that @banker is named in the letter.
 * ACC_ERROR_INPUT if it is empty, over ACC_COVER_WORDS_MAX words or ACC_COVER_CHARACTERS_MAX characters, or holds a
 * number that may not leave the branch. Any thread. */
char *acc_cover_text (const char *paragraph, const AccBanker *banker, gboolean disclosed, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* @paragraph for @recipient as PDF bytes, proofread. @disclosed: the banker is named in the letter and says so. Refuses
 * what acc_cover_text refuses.
 * The paper's thread. */
GBytes *acc_cover_write (AccLetter *letter, const char *number, const AccRecipient *recipient, const AccBanker *banker,
                         const char *paragraph, gboolean disclosed, AccLetterhead *letterhead, const char *branch,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
