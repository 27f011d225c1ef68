/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mail door: the ready message, by the server of accolade.conf, to one recipient in an allowed domain. It never hands a
 * message over twice: whether the first one arrived only a person can find out. */
#pragma once

#include "base/config.h"
#include "route/door.h"

G_BEGIN_DECLS

#define ACC_TYPE_MAIL_DOOR (acc_mail_door_get_type ())
G_DECLARE_FINAL_TYPE (AccMailDoor, acc_mail_door, ACC, MAIL_DOOR, GObject)

/* NULL where accolade.conf sets no mail server up. @password is copied, and wiped with the door; "": none. */
AccDoor *acc_mail_door_new (AccConfig *config, const char *password) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
