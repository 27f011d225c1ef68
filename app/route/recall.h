/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history of the session is told of a letter: the letter itself, and of one that the banker approved, for whom it
 * was sent and with which covers, out of the delivery notes. The store's thread. */
#pragma once

#include "archive/opened-letter.h"
#include "review/history.h"

G_BEGIN_DECLS

/* Tells @history of @letter as it is now. */
gboolean acc_recall (AccHistory *history, AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, GError **error);

G_END_DECLS
