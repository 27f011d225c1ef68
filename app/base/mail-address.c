/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mail-address.h"

#include <string.h>

#define ADDRESS_MAX 254 /* RFC 5321, 4.5.3.1.3 */
#define ATOM "[A-Za-z0-9!#$%&'*+/=?^_`{|}~][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]*"
#define LABEL "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
#define HOST LABEL "(\\." LABEL ")*"

gboolean
acc_mail_address_is_valid (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return strlen (text) <= ADDRESS_MAX
         && g_regex_match_simple ("\\A" ATOM "(\\." "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@" HOST "\\z", text, G_REGEX_RAW, 0);
}

gboolean
acc_mail_domains_are_valid (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return g_regex_match_simple ("\\A" HOST "( *; *" HOST ")* *;?\\z", text, G_REGEX_RAW, 0);
}

gboolean
acc_mail_address_is_in (const char *text, const char *domains)
{
  g_auto (GStrv) list = NULL;
  const char *at;

  g_return_val_if_fail (text != NULL && domains != NULL, FALSE);

  at = strchr (text, '@');
  list = g_strsplit (domains, ";", -1);
  for (guint i = 0; at != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (g_strstrip (list[i]), at + 1) == 0)
      return TRUE;
  return FALSE;
}
