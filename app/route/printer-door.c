/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/printer-door.h"

#include "route/printing.h"

struct _AccPrinterDoor {
  GObject parent_instance;
  AccConfig *config;
};

static void acc_printer_door_iface_init (AccDoorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AccPrinterDoor, acc_printer_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, acc_printer_door_iface_init))

static const char *
acc_printer_door_get_name (AccDoor *door)
{
  return "printer";
}

static AccDoorResult
acc_printer_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place,
                          GError **error)
{
  AccConfig *config = ACC_PRINTER_DOOR (door)->config;
  AccDoorResult result = acc_printing_print (config, package, cancellable, error);

  if (result == ACC_DOOR_HANDED_OVER)
    *place = g_strdup (acc_config_get (config, ACC_CONFIG_PRINT_PRINTER));
  return result;
}

static void
acc_printer_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = acc_printer_door_get_name;
  iface->waits = TRUE;
  iface->deliver = acc_printer_door_deliver;
}

AccDoor *
acc_printer_door_new (AccConfig *config)
{
  AccPrinterDoor *self;

  g_return_val_if_fail (ACC_IS_CONFIG (config), NULL);

  if (*acc_config_get (config, ACC_CONFIG_PRINT_PRINTER) == '\0')
    return NULL;
  self = g_object_new (ACC_TYPE_PRINTER_DOOR, NULL);
  self->config = g_object_ref (config);
  return ACC_DOOR (self);
}

static void
acc_printer_door_finalize (GObject *object)
{
  g_clear_object (&ACC_PRINTER_DOOR (object)->config);
  G_OBJECT_CLASS (acc_printer_door_parent_class)->finalize (object);
}

static void
acc_printer_door_class_init (AccPrinterDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_printer_door_finalize;
}

static void
acc_printer_door_init (AccPrinterDoor *self)
{
}
