/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory from an LDAP server, as [directory] of accolade.conf names it. Waits for the server: any thread but the one
 * that draws. */
#pragma once

#include "base/config.h"
#include "staff/directory.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Everybody whom the filter lets in, below the base, and their managers wherever they stand; @password is that of the
 * account, "" for none. The people pass the rules of the staff file (staff-csv.h), and ACC_ERROR_INPUT names each entry
 * that does not; where @bad is given, the good ones alone, and *@bad has the others' names and values as CSV, *@n_bad
 * their number. A server that fails is a sentence that says how. */
AccDirectory *acc_staff_ldap_read (AccConfig *config, const char *password, GBytes **bad, guint *n_bad, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* All of them or none, until @cancellable ends it: G_IO_ERROR_CANCELLED. While a connection is being made, that takes up to
 * [directory] timeout. */
AccDirectory *acc_staff_ldap_fetch (AccConfig *config, const char *password, GCancellable *cancellable, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
