/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/doors.h"

#include "route/folder-door.h"
#include "route/mail-door.h"
#include "route/printer-door.h"

#include <glib/gi18n-lib.h>

struct _AccDoors {
  GObject parent_instance;
  GPtrArray *doors; /* of AccDoor */
  AccDoorRests *rests;
};

G_DEFINE_FINAL_TYPE (AccDoors, acc_doors, G_TYPE_OBJECT)

static AccDoor *
make_printer_door (AccConfig *config, const char *mail_password)
{
  return acc_printer_door_new (config);
}

static AccDoor *
make_folder_door (AccConfig *config, const char *mail_password)
{
  return acc_folder_door_new (acc_config_get (config, ACC_CONFIG_FOLDER_OUTBOX));
}

/* Every door, in the order in which they are asked whether they take a recipient. The last one takes everybody. An
 * administrator chooses by what accolade.conf sets up: [mail] and [print] mail to the allowed domains and print for the others,
 * [print] alone prints for everybody, neither of them leaves everything to the folder. */
static const struct {
  const char *name, *label;
  AccDoor *(*make) (AccConfig *config, const char *mail_password); /* NULL: it is not set up */
} kinds[] = {
  /* To whom has an address within the bank. */
  { "mail", N_ ("mail"), acc_mail_door_new },
  /* To whom mail does not go, where there is a printer: for the house post. */
  { "printer", N_ ("printer"), make_printer_door },
  /* For document systems, and for a branch that has set nothing else up. */
  { "folder", N_ ("folder"), make_folder_door },
};

const char *
acc_door_name_to_label (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return _ (kinds[i].label);
  return name;
}

AccDoors *
acc_doors_new (AccConfig *config)
{
  return acc_doors_new_with_password (config, "");
}

AccDoors *
acc_doors_new_with_password (AccConfig *config, const char *mail_password)
{
  AccDoors *self;

  g_return_val_if_fail (ACC_IS_CONFIG (config) && mail_password != NULL, NULL);

  self = g_object_new (ACC_TYPE_DOORS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      AccDoor *door = kinds[i].make (config, mail_password);

      if (door != NULL)
        g_ptr_array_add (self->doors, door);
    }
  return self;
}

AccDoors *
acc_doors_new_of (AccDoor *door)
{
  AccDoors *self;

  g_return_val_if_fail (ACC_IS_DOOR (door), NULL);

  self = g_object_new (ACC_TYPE_DOORS, NULL);
  g_ptr_array_add (self->doors, g_object_ref (door));
  return self;
}

AccDoor *
acc_doors_choose (AccDoors *self, const char *address)
{
  g_return_val_if_fail (ACC_IS_DOORS (self), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  for (guint i = 0; i + 1 < self->doors->len; i++)
    if (acc_door_takes (g_ptr_array_index (self->doors, i), address))
      return g_ptr_array_index (self->doors, i);
  return g_ptr_array_index (self->doors, self->doors->len - 1);
}

AccDoor *
acc_doors_find (AccDoors *self, const char *name)
{
  g_return_val_if_fail (ACC_IS_DOORS (self), NULL);

  for (guint i = 0; i < self->doors->len; i++)
    if (g_strcmp0 (acc_door_get_name (g_ptr_array_index (self->doors, i)), name) == 0)
      return g_ptr_array_index (self->doors, i);
  return NULL;
}

AccDoorRests *
acc_doors_get_rests (AccDoors *self)
{
  g_return_val_if_fail (ACC_IS_DOORS (self), NULL);

  return self->rests;
}

static void
acc_doors_finalize (GObject *object)
{
  acc_door_rests_free (ACC_DOORS (object)->rests);
  g_ptr_array_unref (ACC_DOORS (object)->doors);
  G_OBJECT_CLASS (acc_doors_parent_class)->finalize (object);
}

static void
acc_doors_class_init (AccDoorsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_doors_finalize;
}

static void
acc_doors_init (AccDoors *self)
{
  self->doors = g_ptr_array_new_with_free_func (g_object_unref);
  self->rests = acc_door_rests_new ();
}
