/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table "closed" of inbox.db: the kiosks that staff have put out of service, until staff put them back; a restart
 * changes nothing. The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Closes the kiosk, or opens it again. Each is one transaction, and repeatable. */
gboolean acc_closed_set (AccStore *inbox, const char *kiosk, gboolean closed, GError **error);

/* Whether it is closed. */
gboolean acc_closed_find (AccStore *inbox, const char *kiosk, gboolean *closed, GError **error);

/* ACC_ERROR_NOT_ALLOWED, a sentence for staff, if it is closed. */
gboolean acc_closed_check (AccStore *inbox, const char *kiosk, GError **error);

G_END_DECLS
