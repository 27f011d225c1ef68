/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A door: a way for a package to leave the branch. One interface; the folder now, mail and printer later. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What goes to one recipient. Immutable while it is under way. */
typedef struct {
  const char *number; /* the letter's */
  const char *role;   /* acc_role_to_text */
  guint position;     /* in the plan, from 1: tells two supervisors apart in a file name */
  GBytes *letter_pdf; /* untouched */
  GBytes *cover_pdf;
  GBytes *message;    /* the .eml */
} AccPackage;

#define ACC_TYPE_DOOR (acc_door_get_type ())
G_DECLARE_INTERFACE (AccDoor, acc_door, ACC, DOOR, GObject)

struct _AccDoorInterface {
  GTypeInterface parent;
  const char *(*get_name) (AccDoor *self); /* "folder": frozen, in the store */
  /* Hands @package over, durably; repeating it with the same package is harmless. *@place: where, for people. */
  gboolean (*deliver) (AccDoor *self, const AccPackage *package, char **place, GError **error);
};

const char *acc_door_get_name (AccDoor *self);
gboolean acc_door_deliver (AccDoor *self, const AccPackage *package, char **place, GError **error);

G_END_DECLS
