/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mail addresses. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether @text is one mailbox (RFC 5322, 3.4.1): one dot-atom at one host name, narrower than the standard: no quoting, no
 * comment, no second address. */
gboolean acc_mail_address_is_valid (const char *text);

/* Whether the valid address @text is in one of @domains, which have ';' between them; below one of them is not in it. */
gboolean acc_mail_address_is_in (const char *text, const char *domains);

/* Whether @text is names of hosts with ';' between them. */
gboolean acc_mail_domains_are_valid (const char *text);

G_END_DECLS
