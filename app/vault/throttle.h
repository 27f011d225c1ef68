/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The throttle of sign-in, one for each banker in desk.db, and of the codes that are typed at the kiosk, one for each
 * thing guarded in inbox.db. A try is counted on disk, with the wait that it would cost if it were wrong, before it is
 * checked: killing the program gains nothing. Waits are measured in boot time, and start again in full after a reboot.
 * Of both sides. The store's thread, outside a transaction. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* How many seconds the @n-th wrong try in a row costs. */
gint64 acc_throttle_seconds (gint64 n);

/* "15 seconds", "5 minutes"; rounded up. */
char *acc_throttle_words (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

/* Counts a try of the banker @id, durably. *@wait: seconds still to wait, and the try may not be made; 0: it may,
 * and *@cost is the wait that it has caused unless it succeeds. */
gboolean acc_throttle_count (AccStore *desk, gint64 id, gint64 *wait, gint64 *cost, GError **error);

/* The same for a code that opens what @guards names: "slip", "exit"… */
gboolean acc_throttle_count_code (AccStore *inbox, const char *guards, gint64 *wait, gint64 *cost, GError **error);
gboolean acc_throttle_reset_code (AccStore *inbox, const char *guards, GError **error);

/* After a banker's success; and the same inside the caller's transaction. */
gboolean acc_throttle_reset (AccStore *desk, gint64 id, GError **error);
gboolean acc_throttle_clear (AccStore *desk, gint64 id, GError **error);

G_END_DECLS
