/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many fingerprints, to find those that may be like one. Of each it keeps the smallest hashes alone, side by side: a look
 * reads 128 bytes a letter in a row, and leaves the strangers, which are nearly all, where they are. One thread. */
#pragma once

#include "review/fingerprint.h"

G_BEGIN_DECLS

typedef struct _AccFingerprintSet AccFingerprintSet;

AccFingerprintSet *acc_fingerprint_set_new (void) G_GNUC_WARN_UNUSED_RESULT;
void acc_fingerprint_set_free (AccFingerprintSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccFingerprintSet, acc_fingerprint_set_free)

/* Gives the place that it is removed by. @owner, never NULL, is what a look gives, and lent until then. */
guint acc_fingerprint_set_add (AccFingerprintSet *set, const AccFingerprint *fingerprint, gpointer owner);
void acc_fingerprint_set_remove (AccFingerprintSet *set, guint place);

/* The owners of all those that do not compare as 0, in no order, perhaps with some that do; that of @fingerprint itself
 * among them, if it is in the set. GPtrArray of lent owners. */
GPtrArray *acc_fingerprint_set_find (AccFingerprintSet *set, const AccFingerprint *fingerprint) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
