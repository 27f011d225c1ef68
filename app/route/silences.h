/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deliveries of which nothing was heard: of routed letters, to supervisors and to whom the letter thanks. Who got it for
 * information, or keeps the personnel file, need not answer. The store's thread. */
#pragma once

#include "archive/opened-letter.h"

G_BEGIN_DECLS

typedef struct {
  char *number; /* the letter's */
  guint position;
  char *role, *name;       /* of whom nothing was heard */
  char *handed_over_at;    /* RFC 3339 */
  guint days;              /* since then */
  char *next;              /* who could be asked next; "": nobody */
  char *sentence;          /* who that is, or why there is nobody */
} AccSilence;
void acc_silence_free (AccSilence *silence);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccSilence, acc_silence_free)

/* Those of @days ([desk] receipt_days) and longer, the longest first: GPtrArray of AccSilence. Left out is what a banker has
 * taken to the next level (next-level.h), or has left at that. Somebody who is next after two is proposed once. What is damaged
 * hides none of the others: @faults gets a GError for each that cannot be read, which names the letter; NULL: they are passed
 * over. */
GPtrArray *acc_silences_list (AccStore *desk, AccIdentity *identity, guint days, GPtrArray *faults, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* When the next one joins them, if nothing is heard until then: microseconds since 1970, as acc_clock_now; 0: none is waited
 * for. No key is needed. */
gboolean acc_silences_find_due (AccStore *desk, guint days, gint64 *due, GError **error);

/* Leaves it at that: nobody is asked further, a signed entry of the journal. An answer can still be recorded.
 * ACC_ERROR_CONFLICT if delivery @position of @letter does not wait for one, or was left at that before. */
gboolean acc_silences_leave (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position,
                             GError **error);

G_END_DECLS
