/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the doctor asks the stores: counts and moments, nothing that is sealed. Each question is one short read. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef enum {
  /* of inbox.db */
  ACC_ASK_INBOX_COUNT,
  ACC_ASK_INBOX_OLDEST,
  ACC_ASK_INBOX_NEWEST_ENTRY,
  ACC_ASK_ACCEPTED_KEYS,
  /* of desk.db */
  ACC_ASK_OPEN_COUNT,
  ACC_ASK_OPEN_OLDEST,
  ACC_ASK_HELD_COUNT,
  ACC_ASK_DESK_NEWEST_ENTRY,
  ACC_ASK_BRANCH_KEY,
  ACC_ASK_OLD_KEY_COUNT,
  ACC_ASK_SHARE_HOLDERS,
  ACC_ASK_DIRECTORY_MOMENT,
  ACC_ASK_DIRECTORY_SOURCE,
  ACC_ASK_DELIVERIES_WAITING,
  ACC_ASK_DELIVERIES_REFUSED,
  ACC_ASK_DELIVERIES_UNSURE,
  ACC_ASK_N
} AccAsk;

/* The one value that answers @ask, as text; "" where there is none; NULL with @error. */
char *acc_doctor_ask (AccStore *store, AccAsk ask, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
