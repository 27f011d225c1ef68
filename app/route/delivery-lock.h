/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever sends a delivery holds its lock, which ends with the program at the latest: so a delivery that is "sending" and
 * not locked was cut short. A byte of the file "outbox.lock" beside desk.db, locked for an open file description
 * (fcntl(2), F_OFD_SETLK): several desks may send at once, each something else. Any thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Locks delivery @id: a descriptor to be closed; -1 with ACC_ERROR_BUSY if somebody is sending it. */
int acc_delivery_lock (AccStore *desk, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
