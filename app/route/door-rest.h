/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doors that were found shut (ACC_DOOR_SHUT): left alone for a while, longer each time, so that a wrong password does not
 * lock the branch's account. Kept in memory: whoever signs in anew, or sets another password, tries at once. The store's
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _AccDoorRests AccDoorRests;

AccDoorRests *acc_door_rests_new (void) G_GNUC_WARN_UNUSED_RESULT;
void acc_door_rests_free (AccDoorRests *self);

/* The door @name was found shut, with @reason as a sentence; or open. */
void acc_door_rests_add (AccDoorRests *self, const char *name, const char *reason);
void acc_door_rests_remove (AccDoorRests *self, const char *name);
void acc_door_rests_remove_all (AccDoorRests *self);

/* Why the door @name is to be left alone now; NULL: it may be tried. Lent until the next change. */
const char *acc_door_rests_find (AccDoorRests *self, const char *name);

G_END_DECLS
