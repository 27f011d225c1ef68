/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/door.h"

G_DEFINE_INTERFACE (AccDoor, acc_door, G_TYPE_OBJECT)

static void
acc_door_default_init (AccDoorInterface *iface)
{
}

const char *
acc_door_get_name (AccDoor *self)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), NULL);

  return ACC_DOOR_GET_IFACE (self)->get_name (self);
}

gboolean
acc_door_deliver (AccDoor *self, const AccPackage *package, char **place, GError **error)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), FALSE);
  g_return_val_if_fail (package != NULL, FALSE);
  g_return_val_if_fail (package->letter_pdf != NULL && package->cover_pdf != NULL && package->message != NULL, FALSE);

  return ACC_DOOR_GET_IFACE (self)->deliver (self, package, place, error);
}
