/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real directory server on loopback, for as long as a test needs one; and one that takes connections and says nothing. */
#pragma once

#include <gio/gio.h>

typedef struct {
  GSubprocess *process;
  GSocket *mark; /* that the port is taken, before it listens there */
  guint16 port;
} Slapd;

/* Whether this machine has one. */
gboolean slapd_is_here (void);

/* Serves @ldif, all below dc=bank,dc=example, from a folder below @home; whoever asks may read. It answers when this
 * returns. */
void slapd_start (Slapd *slapd, const char *home, const char *ldif);
void slapd_stop (Slapd *slapd);

/* A socket of loopback to which anybody can connect, and that never answers; *@port is its own. */
GSocket *slapd_new_silent (guint16 *port) G_GNUC_WARN_UNUSED_RESULT;
