/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A directory server's entries on their way to people: which attribute says what, and who is whose manager. Nothing here
 * asks a server. One thread. */
#pragma once

#include "staff/directory.h"
#include "staff/ldap-server-private.h"

G_BEGIN_DECLS

typedef struct _AccLdapEntries AccLdapEntries;

AccLdapEntries *acc_ldap_entries_new (AccConfig *config) G_GNUC_WARN_UNUSED_RESULT;
void acc_ldap_entries_free (AccLdapEntries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccLdapEntries, acc_ldap_entries_free)

/* What to ask for; ends with NULL. */
const char *const *acc_ldap_entries_get_attributes (AccLdapEntries *self);

guint acc_ldap_entries_get_n (AccLdapEntries *self);

/* An AccLdapTake: @entries is an AccLdapEntries. ACC_ERROR_INPUT if there are more people, or more bytes, than a
 * directory may have. */
gboolean acc_ldap_entries_take (const AccLdapEntry *entry, gpointer entries, GError **error);

/* The name of a manager who is not among the entries; NULL if there is none. It is asked for one after the other: after
 * each, what was found is taken as above, and then the search for that one is ended. */
const char *acc_ldap_entries_next_manager (AccLdapEntries *self);
void acc_ldap_entries_end_manager (AccLdapEntries *self);

/* The people, by the rules of the staff file. All or nothing (ACC_ERROR_INPUT names each entry that is wrong) where @bad
 * is NULL; else the good ones alone, as acc_staff_csv_sift does: *@bad has the other entries' names and values as CSV. */
AccDirectory *acc_ldap_entries_finish (AccLdapEntries *self, GBytes **bad, guint *n_bad, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
