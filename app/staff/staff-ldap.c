/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-ldap.h"

#include "base/error.h"
#include "staff/ldap-entries-private.h"

/* Managers who stand elsewhere have managers, too. */
static gboolean
read_managers (AccLdapServer *server, AccLdapEntries *entries, GError **error)
{
  const char *const *attributes = acc_ldap_entries_get_attributes (entries);

  for (const char *dn = acc_ldap_entries_next_manager (entries); dn != NULL; dn = acc_ldap_entries_next_manager (entries))
    {
      if (!acc_ldap_server_read (server, dn, attributes, acc_ldap_entries_take, entries, error))
        return FALSE;
      acc_ldap_entries_end_manager (entries);
    }
  return TRUE;
}

/* Everything that the server has to say; NULL with @error where that is nothing, or not all. */
static AccLdapEntries *
read_entries (AccConfig *config, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (AccLdapServer) server = acc_ldap_server_open (config, password, cancellable, error);
  g_autoptr (AccLdapEntries) entries = NULL;

  if (server == NULL)
    return NULL;
  entries = acc_ldap_entries_new (config);
  if (!acc_ldap_server_search (server, acc_ldap_entries_get_attributes (entries), acc_ldap_entries_take, entries, error))
    return NULL;
  if (acc_ldap_entries_get_n (entries) == 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "the server %s shows nobody below [directory] base whom the filter lets in.",
                   acc_config_get (config, ACC_CONFIG_DIRECTORY_ADDRESS));
      return NULL;
    }
  return read_managers (server, entries, error) ? g_steal_pointer (&entries) : NULL;
}

AccDirectory *
acc_staff_ldap_read (AccConfig *config, const char *password, GBytes **bad, guint *n_bad, GError **error)
{
  g_autoptr (AccLdapEntries) entries = NULL;

  g_return_val_if_fail (ACC_IS_CONFIG (config) && password != NULL, NULL);
  g_return_val_if_fail ((bad == NULL) == (n_bad == NULL), NULL);

  entries = read_entries (config, password, NULL, error);
  return entries != NULL ? acc_ldap_entries_finish (entries, bad, n_bad, error) : NULL;
}

AccDirectory *
acc_staff_ldap_fetch (AccConfig *config, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (AccLdapEntries) entries = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (ACC_IS_CONFIG (config) && password != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  entries = read_entries (config, password, cancellable, &local);
  /* What the server seems to have done to an ended connection is not what failed. */
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (entries != NULL)
    return acc_ldap_entries_finish (entries, NULL, NULL, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
