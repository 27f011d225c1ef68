/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/mail-door.h"

#include "base/error.h"
#include "base/mail-address.h"
#include "route/smtp.h"
#include "vault/locked-bytes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _AccMailDoor {
  GObject parent_instance;
  AccConfig *config;
  GBytes *password; /* locked, with its NUL */
};

static void acc_mail_door_iface_init (AccDoorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AccMailDoor, acc_mail_door, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ACC_TYPE_DOOR, acc_mail_door_iface_init))

static const char *
acc_mail_door_get_name (AccDoor *door)
{
  return "mail";
}

static gboolean
acc_mail_door_takes (AccDoor *door, const char *address)
{
  AccConfig *config = ACC_MAIL_DOOR (door)->config;

  return acc_mail_address_is_valid (address)
         && acc_mail_address_is_in (address, acc_config_get (config, ACC_CONFIG_MAIL_DOMAINS));
}

static const char *
acc_mail_door_get_sender (AccDoor *door)
{
  return acc_config_get (ACC_MAIL_DOOR (door)->config, ACC_CONFIG_MAIL_FROM);
}

/* The domains are asked once more: they may have been narrowed since the letter was approved. */
static AccDoorResult
acc_mail_door_deliver (AccDoor *door, const AccPackage *package, GCancellable *cancellable, char **place,
                       GError **error)
{
  AccMailDoor *self = ACC_MAIL_DOOR (door);
  AccDoorResult result;

  if (!acc_mail_door_takes (door, package->address))
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT,
                           _ ("Its address is not in a domain that letters may be mailed to: see [mail] "
                              "allowed_domains."));
      return ACC_DOOR_REFUSED;
    }
  result = acc_smtp_send (self->config, g_bytes_get_data (self->password, NULL), package->address, package->message, cancellable, error);
  if (result == ACC_DOOR_HANDED_OVER)
    *place = g_strdup (acc_config_get (self->config, ACC_CONFIG_MAIL_SERVER));
  return result;
}

static void
acc_mail_door_iface_init (AccDoorInterface *iface)
{
  iface->get_name = acc_mail_door_get_name;
  iface->waits = TRUE;
  iface->takes = acc_mail_door_takes;
  iface->get_sender = acc_mail_door_get_sender;
  iface->deliver = acc_mail_door_deliver;
}

AccDoor *
acc_mail_door_new (AccConfig *config, const char *password)
{
  AccMailDoor *self;

  g_return_val_if_fail (ACC_IS_CONFIG (config) && password != NULL, NULL);

  if (*acc_config_get (config, ACC_CONFIG_MAIL_SERVER) == '\0' || *acc_config_get (config, ACC_CONFIG_MAIL_FROM) == '\0')
    return NULL;
  self = g_object_new (ACC_TYPE_MAIL_DOOR, NULL);
  self->config = g_object_ref (config);
  self->password = acc_locked_bytes_new (password, strlen (password) + 1);
  return ACC_DOOR (self);
}

static void
acc_mail_door_finalize (GObject *object)
{
  AccMailDoor *self = ACC_MAIL_DOOR (object);

  g_bytes_unref (self->password);
  g_clear_object (&self->config);
  G_OBJECT_CLASS (acc_mail_door_parent_class)->finalize (object);
}

static void
acc_mail_door_class_init (AccMailDoorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_mail_door_finalize;
}

static void
acc_mail_door_init (AccMailDoor *self)
{
}
