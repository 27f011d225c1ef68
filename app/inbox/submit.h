/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letter -> pages -> PDF bytes -> proofread -> sealed -> inbox: each arrow one step, each thing between them
 * a value. The bytes that the client reads are the bytes that are stored. */
#pragma once

#include "inbox/inbox.h"
#include "letter/letter.h"
#include "paper/typesetter.h"

G_BEGIN_DECLS

/* A letter that is ready to be read and sent: immutable once it is shared. */
#define ACC_TYPE_READY_LETTER (acc_ready_letter_get_type ())
G_DECLARE_FINAL_TYPE (AccReadyLetter, acc_ready_letter, ACC, READY_LETTER, GObject)

/* Typesets, writes and proofreads @letter under its @number; NULL makes a specimen, which cannot be submitted. The
 * paper's thread. */
AccReadyLetter *acc_ready_letter_new (AccLetter *letter, const char *number, AccLetterhead *letterhead,
                                      const char *branch, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *acc_ready_letter_get_number (AccReadyLetter *self);
AccLetter *acc_ready_letter_get_letter (AccReadyLetter *self);
AccPages *acc_ready_letter_get_pages (AccReadyLetter *self);
GBytes *acc_ready_letter_get_pdf (AccReadyLetter *self);

/* Seals a letter that has a number while its client reads it, so that sending has less to do. Once, before any other
 * thread knows @self. */
void acc_ready_letter_seal (AccReadyLetter *self, AccBranchKey *branch_key);

/* Makes the code of the slip that the client takes away, to be kept as a hash keyed with @slip_key (acc_slip_key_load)
 * when @self is submitted. Once, before any other thread knows @self. The code is NULL without a slip. */
void acc_ready_letter_add_slip (AccReadyLetter *self, GBytes *slip_key);
const char *acc_ready_letter_get_slip_code (AccReadyLetter *self);

/* Queues @ready, sealed for @branch_key if the inbox accepts that key, as of kiosk @kiosk; TRUE only after the commit.
 * Trying again with the same ready letter is safe: one letter. The store's thread. */
gboolean acc_submit (AccStore *inbox, AccBranchKey *branch_key, const char *kiosk, AccReadyLetter *ready,
                     GError **error);

G_END_DECLS
