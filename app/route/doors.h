/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doors that a branch has, and through which of them a recipient is reached: a table in doors.c. Immutable; any
 * thread. */
#pragma once

#include "base/config.h"
#include "route/door.h"
#include "route/door-rest.h"

G_BEGIN_DECLS

#define ACC_TYPE_DOORS (acc_doors_get_type ())
G_DECLARE_FINAL_TYPE (AccDoors, acc_doors, ACC, DOORS, GObject)

/* The doors that accolade.conf sets up. */
AccDoors *acc_doors_new (AccConfig *config) G_GNUC_WARN_UNUSED_RESULT;

/* The same, with the password that acc_kept_secret_load gives for mail: for sending, where accolade.conf names an account. */
AccDoors *acc_doors_new_with_password (AccConfig *config, const char *mail_password) G_GNUC_WARN_UNUSED_RESULT;

/* @door for everybody. */
AccDoors *acc_doors_new_of (AccDoor *door) G_GNUC_WARN_UNUSED_RESULT;

/* The first one that takes somebody with the mail address @address, "" for none. Lent; never NULL. */
AccDoor *acc_doors_choose (AccDoors *self, const char *address);

/* The one of that name; NULL where it is not set up any more. Lent. */
AccDoor *acc_doors_find (AccDoors *self, const char *name);

/* Which of them are left alone for now. Lent; the one thing here that changes: the store's thread. */
AccDoorRests *acc_doors_get_rests (AccDoors *self);

/* "mail", for the window, translated; @name as it stands where no door is called so. */
const char *acc_door_name_to_label (const char *name);

G_END_DECLS
