/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/door.h"

G_DEFINE_INTERFACE (AccDoor, acc_door, G_TYPE_OBJECT)

static gboolean
take_everybody (AccDoor *self, const char *address)
{
  return TRUE;
}

static const char *
get_no_sender (AccDoor *self)
{
  return NULL;
}

static void
acc_door_default_init (AccDoorInterface *iface)
{
  iface->takes = take_everybody;
  iface->get_sender = get_no_sender;
}

const char *
acc_door_get_name (AccDoor *self)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), NULL);

  return ACC_DOOR_GET_IFACE (self)->get_name (self);
}

gboolean
acc_door_repeats (AccDoor *self)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), FALSE);

  return ACC_DOOR_GET_IFACE (self)->repeats;
}

gboolean
acc_door_waits (AccDoor *self)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), FALSE);

  return ACC_DOOR_GET_IFACE (self)->waits;
}

gboolean
acc_door_takes (AccDoor *self, const char *address)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  return ACC_DOOR_GET_IFACE (self)->takes (self, address);
}

const char *
acc_door_get_sender (AccDoor *self)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), NULL);

  return ACC_DOOR_GET_IFACE (self)->get_sender (self);
}

AccDoorResult
acc_door_deliver (AccDoor *self, const AccPackage *package, GCancellable *cancellable, char **place, GError **error)
{
  g_return_val_if_fail (ACC_IS_DOOR (self), ACC_DOOR_LATER);
  g_return_val_if_fail (package != NULL && package->address != NULL, ACC_DOOR_LATER);
  g_return_val_if_fail (package->letter_pdf != NULL && package->cover_pdf != NULL, ACC_DOOR_LATER);
  g_return_val_if_fail (package->message != NULL && place != NULL, ACC_DOOR_LATER);

  return ACC_DOOR_GET_IFACE (self)->deliver (self, package, cancellable, place, error);
}
