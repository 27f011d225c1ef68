/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a text is like, small enough to be kept of every letter: its runs of three words, of which the smallest hashes are
 * kept (A. Broder, On the resemblance and containment of documents, 1997). How alike two texts are is the part of the runs
 * that they share (Jaccard). Nobody reads a text back out of it. Immutable; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AccFingerprint AccFingerprint;

/* Of all @texts, one after the other. The words of @names count as one and the same: a letter with another name in it is
 * still the same letter. Both end in NULL; @names may be NULL. */
AccFingerprint *acc_fingerprint_new (const char *const *texts, const char *const *names) G_GNUC_WARN_UNUSED_RESULT;
void acc_fingerprint_free (AccFingerprint *fingerprint);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccFingerprint, acc_fingerprint_free)

guint acc_fingerprint_get_n_runs (const AccFingerprint *fingerprint); /* different runs of three words */

/* From 0 (hardly anything in common) to 1 (the same runs); exact for short texts, estimated for long ones. */
double acc_fingerprint_compare (const AccFingerprint *first, const AccFingerprint *second);

/* The smallest hashes of all. Two fingerprints that share none of theirs compare as 0. Fills an array of
 * ACC_FINGERPRINT_SMALLEST; a text of fewer runs repeats one. */
#define ACC_FINGERPRINT_SMALLEST 32
void acc_fingerprint_get_smallest (const AccFingerprint *fingerprint, guint32 *smallest);

/* How much of @first stands in @second, whatever else does: from 0 to 1. */
double acc_fingerprint_find_share (const AccFingerprint *first, const AccFingerprint *second);

G_END_DECLS
