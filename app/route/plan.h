/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets what: from the chosen employees, the directory and the banker. A table of roles; one person gets one
 * delivery however many roles. Immutable; any thread. */
#pragma once

#include "letter/letter.h"
#include "staff/directory.h"
#include "vault/identity.h"

G_BEGIN_DECLS

typedef enum { ACC_ROLE_SUPERVISOR, ACC_ROLE_EMPLOYEE, ACC_ROLE_OWN_SUPERVISOR, ACC_ROLE_PERSONNEL, ACC_ROLE_N } AccRole;

const char *acc_role_to_text (AccRole role);  /* "supervisor", frozen: in the store and in file names */
const char *acc_role_to_label (AccRole role); /* "direct supervisor", translated */

typedef struct {
  AccRole role;               /* the first of the roles this person has */
  const AccPerson *person;    /* lent by the directory; of personnel, by the plan: a name and an address without an id */
  const AccPerson *employee;  /* whom the letter is about, for this recipient */
  guint addressee;            /* which of the letter's addressees @employee is */
  GPtrArray *employees;       /* all whom it is about, for this recipient: @employee first; lent AccPerson */
  char *why;                  /* "direct supervisor of Jessica Okafor", for the window: every role */
} AccRecipient;

#define ACC_TYPE_PLAN (acc_plan_get_type ())
G_DECLARE_FINAL_TYPE (AccPlan, acc_plan, ACC, PLAN, GObject)

/* @employees: the chosen person for each addressee (NULL where none), as of the letter's day of service. What cannot
 * be planned becomes a gap, a sentence; a plan with gaps is not routed, unless they are only about the banker's own
 * supervisor or about a vacancy that the next one up the chain stands in for. Whoever has left gets nothing. */
AccPlan *acc_plan_new (AccLetter *letter, AccDirectory *directory, const AccPerson *const *employees,
                       const AccBanker *banker) G_GNUC_WARN_UNUSED_RESULT;

/* The same with [mail] personnel, who keeps the personnel files: gets the letter if its client has agreed to that. "":
 * nobody does. */
AccPlan *acc_plan_new_with_personnel (AccLetter *letter, AccDirectory *directory, const AccPerson *const *employees,
                                      const AccBanker *banker, const char *personnel) G_GNUC_WARN_UNUSED_RESULT;

guint acc_plan_get_n_recipients (AccPlan *self);
const AccRecipient *acc_plan_get_recipient (AccPlan *self, guint position);
guint acc_plan_get_n_gaps (AccPlan *self);
const char *acc_plan_get_gap (AccPlan *self, guint position);
gboolean acc_plan_is_complete (AccPlan *self); /* may be routed */

/* The banker as a person of the directory; NULL while not linked, or gone. Lent. */
const AccPerson *acc_plan_get_sender (AccPlan *self);

/* The chosen person for an addressee, or NULL. Lent. */
guint acc_plan_get_n_employees (AccPlan *self);
const AccPerson *acc_plan_get_employee (AccPlan *self, guint addressee);

G_END_DECLS
