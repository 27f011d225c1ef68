/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosts by their names. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @host is this very machine: "localhost", or a loopback address, an IPv6 one with or without its brackets. Nothing
 * is looked up. */
gboolean acc_host_is_this_machine (const char *host);

G_END_DECLS
