/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importing the staff directory, as verbs of the session: a manager's. Reading it and finding what would change runs on a
 * thread of its own, so that neither letters nor deliveries wait for a large file or a slow server. Each has a synchronous
 * body, for tests, and an asynchronous pair for the main thread. */
#pragma once

#include "desk/desk-session.h"
#include "staff/staff-difference.h"

G_BEGIN_DECLS

/* Where the configuration says that the directory comes from; main thread, signed in or not, after look_up. */
gboolean acc_desk_session_is_by_ldap (AccDeskSession *self);
const char *acc_desk_session_get_ldap_address (AccDeskSession *self); /* lent; "" for none */

/* What importing the staff file at @path, or, where that is NULL, what the directory server tells, would change. Bad rows
 * are ACC_ERROR_INPUT, a line each; nothing is imported. @cancellable ends the waiting for a server. The session's callers
 * of the synchronous one are signed in. */
AccStaffDifference *acc_desk_session_read_directory (AccDeskSession *self, const char *path, GCancellable *cancellable,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void acc_desk_session_read_directory_async (AccDeskSession *self, const char *path, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
AccStaffDifference *acc_desk_session_read_directory_finish (AccDeskSession *self, GAsyncResult *result, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Makes it so; ACC_ERROR_CONFLICT where another directory was imported since. The next refresh tells of the new one. */
gboolean acc_desk_session_import_directory (AccDeskSession *self, AccStaffDifference *difference, GError **error);
void acc_desk_session_import_directory_async (AccDeskSession *self, AccStaffDifference *difference,
                                              GAsyncReadyCallback callback, gpointer data);
gboolean acc_desk_session_import_directory_finish (AccDeskSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
