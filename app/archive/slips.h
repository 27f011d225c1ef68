/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clients' slips, as the desk sees them: tells each what has become of its letter, and answers what clients ask.
 * The one place where the desk writes into slips. What it tells follows from the desk's journal alone, so that it may be
 * told late: a slip that could not be told because the inbox was away is told the next time. The store's thread. */
#pragma once

#include "archive/archive.h"
#include "inbox/slip.h"

G_BEGIN_DECLS

/* What a client may know of a letter that is in @state. */
AccSlipState acc_slips_state_of (AccState state);

/* Tells the slips what the desk's journal has noted since the last time: the states, and what was asked for and is done.
 * Repeatable; nearly free where there is nothing new. */
gboolean acc_slips_tell (AccStore *desk, AccStore *inbox, GError **error);

/* The same, but a part at most, for whoever is waited for: after a restore all that the journal holds is told again. What is
 * left, the next call tells. */
gboolean acc_slips_tell_part (AccStore *desk, AccStore *inbox, GError **error);

/* The row of the journal up to which they are told, and whether there is more to tell. */
gboolean acc_slips_find_told (AccStore *desk, AccStore *inbox, gint64 *told, gboolean *more, GError **error);

/* Before letter @number is copied: from now on what its client asks for is a request to the desk. *@still_there:
 * whether it has not been taken back just before. */
gboolean acc_slips_begin_taking (AccStore *inbox, const char *number, gboolean *still_there, GError **error);

/* The requests that are still to be answered, oldest first: GPtrArray of AccSlip. What no letter of the archive is meant
 * by is left out: verify tells of it. No sign-in. */
GPtrArray *acc_slips_list_open (AccStore *desk, AccStore *inbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Answers the open request of @slip otherwise than by doing it, with a signed entry of the desk's journal, and tells.
 * (What is done, acc_slips_tell sees for itself.) ACC_ERROR_CONFLICT if it is answered or was replaced by another. */
gboolean acc_slips_answer (AccStore *desk, AccStore *inbox, AccIdentity *identity, const AccSlip *slip,
                           AccRequestAnswer answer, GError **error);

G_END_DECLS
