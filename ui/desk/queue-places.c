/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/queue-places.h"

/* ---- a place ---- */

struct _AccQueuePlace {
  GObject parent;
  AccQueueItem *letter;
};

G_DEFINE_FINAL_TYPE (AccQueuePlace, acc_queue_place, G_TYPE_OBJECT)

enum { PROP_LETTER = 1, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

AccQueueItem *
acc_queue_place_get_letter (AccQueuePlace *self)
{
  g_return_val_if_fail (ACC_IS_QUEUE_PLACE (self), NULL);
  return self->letter;
}

static void
fill (AccQueuePlace *self, GListModel *letters, guint position)
{
  g_clear_object (&self->letter);
  self->letter = g_list_model_get_item (letters, position);
}

static void
acc_queue_place_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, ACC_QUEUE_PLACE (object)->letter);
}

static void
acc_queue_place_dispose (GObject *object)
{
  g_clear_object (&ACC_QUEUE_PLACE (object)->letter);
  G_OBJECT_CLASS (acc_queue_place_parent_class)->dispose (object);
}

static void
acc_queue_place_class_init (AccQueuePlaceClass *class)
{
  G_OBJECT_CLASS (class)->get_property = acc_queue_place_get_property;
  G_OBJECT_CLASS (class)->dispose = acc_queue_place_dispose;
  properties[PROP_LETTER]
    = g_param_spec_object ("letter", NULL, NULL, ACC_TYPE_QUEUE_ITEM, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPERTIES, properties);
}

static void
acc_queue_place_init (AccQueuePlace *self)
{
}

/* ---- all of them ---- */

struct _AccQueuePlaces {
  GObject parent;
  GListModel *letters;
  GPtrArray *places;
};

static void list_model_init (GListModelInterface *interface);
G_DEFINE_FINAL_TYPE_WITH_CODE (AccQueuePlaces, acc_queue_places, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return ACC_TYPE_QUEUE_PLACE;
}

static guint
get_n_items (GListModel *model)
{
  return ACC_QUEUE_PLACES (model)->places->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  AccQueuePlaces *self = ACC_QUEUE_PLACES (model);

  return position < self->places->len ? g_object_ref (g_ptr_array_index (self->places, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

/* Places come and go at the end; those before it tell what stands at them now. */
static void
on_letters_changed (AccQueuePlaces *self, guint position, guint removed, guint added)
{
  guint n_before = self->places->len, n = n_before - removed + added, n_kept = MIN (n_before, n);
  guint end = removed == added ? position + added : n;

  for (guint i = n_before; i < n; i++)
    g_ptr_array_add (self->places, g_object_new (ACC_TYPE_QUEUE_PLACE, NULL));
  g_ptr_array_set_size (self->places, (int) n);
  for (guint i = position; i < end; i++)
    fill (g_ptr_array_index (self->places, i), self->letters, i);
  if (n != n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_kept, n_before - n_kept, n - n_kept);
  for (guint i = position; i < MIN (end, n_kept); i++)
    g_object_notify_by_pspec (g_ptr_array_index (self->places, i), properties[PROP_LETTER]);
}

void
acc_queue_places_set_letters (AccQueuePlaces *self, GListModel *letters)
{
  g_return_if_fail (ACC_IS_QUEUE_PLACES (self) && self->letters == NULL && G_IS_LIST_MODEL (letters));

  self->letters = g_object_ref (letters);
  g_signal_connect_object (letters, "items-changed", G_CALLBACK (on_letters_changed), self, G_CONNECT_SWAPPED);
  on_letters_changed (self, 0, 0, g_list_model_get_n_items (letters));
}

static void
acc_queue_places_dispose (GObject *object)
{
  AccQueuePlaces *self = ACC_QUEUE_PLACES (object);

  g_clear_object (&self->letters);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  G_OBJECT_CLASS (acc_queue_places_parent_class)->dispose (object);
}

static void
acc_queue_places_class_init (AccQueuePlacesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_queue_places_dispose;
}

static void
acc_queue_places_init (AccQueuePlaces *self)
{
  self->places = g_ptr_array_new_with_free_func (g_object_unref);
}
