/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A directory server, as accolade.conf names it. The only door to libldap. Each call waits for the server: never on the
 * thread that draws. Opened, used and closed by one thread. */
#pragma once

#include "base/config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  const char *dn;
  GHashTable *values; /* an attribute's name in small letters -> GPtrArray of GBytes */
} AccLdapEntry;

/* An entry, lent for the call. FALSE with @error stops the reading. */
typedef gboolean (*AccLdapTake) (const AccLdapEntry *entry, gpointer data, GError **error);

typedef struct _AccLdapServer AccLdapServer;

/* Connects, secures the connection and signs in. @password is "" for nobody in particular. Whatever fails is a sentence
 * that names the server, and the key of [directory] that it is about. Once connected, @cancellable (may be NULL) ends it from any
 * thread: whatever is waited for then fails. */
AccLdapServer *acc_ldap_server_open (AccConfig *config, const char *password, GCancellable *cancellable, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;
void acc_ldap_server_close (AccLdapServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccLdapServer, acc_ldap_server_close)

/* Everybody below the base whom the filter lets in, page by page (RFC 2696). @attributes ends with NULL. */
gboolean acc_ldap_server_search (AccLdapServer *self, const char *const *attributes, AccLdapTake take, gpointer data,
                                 GError **error);

/* The one entry of that name, wherever it stands. @take is not called if there is none, or the filter keeps it out. */
gboolean acc_ldap_server_read (AccLdapServer *self, const char *dn, const char *const *attributes, AccLdapTake take,
                               gpointer data, GError **error);

/* A distinguished name (RFC 4514) by which it can be compared, however it is written; NULL if it is none. */
char *acc_ldap_dn_to_key (const char *dn) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
