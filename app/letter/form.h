/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers so far -> what is missing, what comes next. An AccForm is immutable: a setter returns a new
 * one. Pure; any thread. */
#pragma once

#include "letter/letter.h"

G_BEGIN_DECLS

typedef enum {
  ACC_STEP_WELCOME,
  ACC_STEP_WHO,
  ACC_STEP_STORY,
  ACC_STEP_BANKER,
  ACC_STEP_SIGN,
  ACC_STEP_READ,
  ACC_STEP_SENT,
  ACC_STEP_N
} AccStep;

typedef struct {
  AccField field;
  guint index;
  char *message; /* kind, one sentence, says what to do */
} AccMissing;

#define ACC_TYPE_FORM (acc_form_get_type ())
G_DECLARE_FINAL_TYPE (AccForm, acc_form, ACC, FORM, GObject)

AccForm *acc_form_new (const char *language, AccPaper paper) G_GNUC_WARN_UNUSED_RESULT;

/* With all the answers of an earlier one. @fields is copied. */
AccForm *acc_form_new_from_answers (const AccLetterFields *fields, gboolean first_name_only,
                                    gboolean one_piece) G_GNUC_WARN_UNUSED_RESULT;

const AccLetterFields *acc_form_get_fields (AccForm *self); /* lent, read only */
const char *acc_form_get_text (AccForm *self, AccField field, guint index);

/* Each takes an answer and gives the form with it; the text is kept as given (clean it as it is typed). An answer
 * for a person beyond the last one adds people. */
AccForm *acc_form_with_text (AccForm *self, AccField field, guint index, const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* With one more addressee (@field ACC_FIELD_TO_NAME) or author (ACC_FIELD_FROM_NAME), of whom nothing is known yet, if
 * there is room; and without the one at @index, who is not the only one. */
AccForm *acc_form_with_another (AccForm *self, AccField field) G_GNUC_WARN_UNUSED_RESULT;
AccForm *acc_form_without (AccForm *self, AccField field, guint index) G_GNUC_WARN_UNUSED_RESULT;
guint acc_form_count (AccForm *self, AccField field); /* how many answers the letter has for it */

AccForm *acc_form_with_reached (AccForm *self, guint index, AccReached reached) G_GNUC_WARN_UNUSED_RESULT;
AccForm *acc_form_with_first_name_only (AccForm *self, gboolean first_name_only) G_GNUC_WARN_UNUSED_RESULT;
/* TRUE joins the parts into act, with an empty line between them; FALSE leaves them there. */
AccForm *acc_form_with_one_piece (AccForm *self, gboolean one_piece) G_GNUC_WARN_UNUSED_RESULT;
AccForm *acc_form_with_thanks_banker (AccForm *self, gboolean thanks) G_GNUC_WARN_UNUSED_RESULT;
AccForm *acc_form_with_signature (AccForm *self, guint index, AccSignature *signature) G_GNUC_WARN_UNUSED_RESULT;
AccForm *acc_form_with_language (AccForm *self, const char *language) G_GNUC_WARN_UNUSED_RESULT;
AccForm *acc_form_with_asked (AccForm *self, AccAsked asked) G_GNUC_WARN_UNUSED_RESULT;
/* @field is ACC_FIELD_CONSENT_FILE or ACC_FIELD_CONSENT_SHARE. */
AccForm *acc_form_with_consent (AccForm *self, AccField field, gboolean given) G_GNUC_WARN_UNUSED_RESULT;

/* Whether anything has been written or signed yet. */
gboolean acc_form_is_begun (AccForm *self);

/* What the guard found by its shape alone is something else, as the client says. @number is as it stands in the text. */
AccForm *acc_form_with_innocent (AccForm *self, const char *number) G_GNUC_WARN_UNUSED_RESULT;
const char *const *acc_form_get_innocent (AccForm *self); /* lent; NULL: none was said to be */

gboolean acc_form_is_first_name_only (AccForm *self);
gboolean acc_form_is_one_piece (AccForm *self);

/* What @step still lacks, a GPtrArray of AccMissing in the order of the page; empty if it may be left. */
GPtrArray *acc_form_list_missing (AccForm *self, AccStep step) G_GNUC_WARN_UNUSED_RESULT;

/* The letter so far, for the sheet, while @written is the answer in focus (ACC_FIELD_NONE: none is); and the letter to
 * send (ACC_ERROR_INPUT while something is missing). */
AccLetter *acc_form_dup_sketch (AccForm *self, AccField written) G_GNUC_WARN_UNUSED_RESULT;
AccLetter *acc_form_dup_letter (AccForm *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
