/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way up from a person as the directory has it, whoever of those on it is here on a day or not, and what ends it. In
 * words for a screen. Immutable; the people are lent by the directory. Any thread. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

typedef enum {
  ACC_CHAIN_TOP,     /* reports to nobody */
  ACC_CHAIN_UNKNOWN, /* names a supervisor whom the directory does not have */
  ACC_CHAIN_SELF,    /* is their own supervisor */
  ACC_CHAIN_LOOP,    /* reports to somebody who stands below */
} AccChainEnd;

typedef struct {
  const AccPerson *person;
  GPtrArray *people;      /* of AccPerson: the direct supervisor first */
  AccChainEnd end;        /* of the last of them, or of the person where there are none */
  const AccPerson *below; /* whom a loop comes back to; else NULL */
  char *on;               /* YYYY-MM-DD */
} AccStaffChain;

/* @person is one of @directory, which must outlive the chain. */
AccStaffChain *acc_staff_chain_new (AccDirectory *directory, const AccPerson *person, const char *on)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_staff_chain_free (AccStaffChain *chain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccStaffChain, acc_staff_chain_free)

/* Why @person, who may be of the chain or its beginning, is not there on that day: a sentence; NULL: is there. */
char *acc_staff_chain_describe_absence (const AccStaffChain *chain, const AccPerson *person) G_GNUC_WARN_UNUSED_RESULT;

/* The direct supervisor, or who stands in for a vacancy, and what ends the way up: one sentence each. */
char *acc_staff_chain_describe_supervisor (const AccStaffChain *chain) G_GNUC_WARN_UNUSED_RESULT;
char *acc_staff_chain_describe_end (const AccStaffChain *chain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
