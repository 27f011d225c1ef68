/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail server that accolade.conf names (RFC 5321), the only door to libcurl. Each call waits for the server, for as
 * long as [mail] timeout lets it be silent: never on the thread that draws, nor on the store's. Any other; each call for
 * itself. */
#pragma once

#include "base/config.h"
#include "route/door.h"

G_BEGIN_DECLS

/* Sends @message, byte for byte, to @address alone. @error is a sentence that names the server, unless it was handed over.
 * @cancellable, or NULL, ends it: at once while nothing can have arrived, else within two seconds. ACC_DOOR_SHUT is what
 * would have failed for anybody. @password "": none is kept. */
AccDoorResult acc_smtp_send (AccConfig *config, const char *password, const char *address, GBytes *message,
                             GCancellable *cancellable, GError **error);

/* Connects, secures the connection and, with a @password, signs in; sends nothing. With NULL nobody signs in. */
gboolean acc_smtp_check (AccConfig *config, const char *password, GError **error);

G_END_DECLS
