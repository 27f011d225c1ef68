/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/host.h"

#include <gio/gio.h>
#include <string.h>

gboolean
acc_host_is_this_machine (const char *host)
{
  g_return_val_if_fail (host != NULL, FALSE);

  g_autofree char *bare
      = host[0] == '[' && host[1] != '\0' ? g_strndup (host + 1, strlen (host) - 2) : g_strdup (host);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (bare);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (bare, "localhost") == 0;
}
