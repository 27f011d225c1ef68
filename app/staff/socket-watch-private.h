/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends a connection whose other end says nothing for too long, by shutting its socket down from a thread of its own: for a
 * library that would wait for ever. (libldap 2.5 does so during a handshake with GnuTLS, and inside a record.) */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AccSocketWatch AccSocketWatch;

AccSocketWatch *acc_socket_watch_new (int socket) G_GNUC_WARN_UNUSED_RESULT; /* stays the caller's, who may close it */
void acc_socket_watch_free (AccSocketWatch *self);

/* Ends the connection now. Any thread. */
void acc_socket_watch_end (AccSocketWatch *self);

/* From now on the connection has @seconds, until it is disarmed. */
void acc_socket_watch_arm (AccSocketWatch *self, guint seconds);

/* Gives whether the connection was ended, now or before. */
gboolean acc_socket_watch_disarm (AccSocketWatch *self);

G_END_DECLS
