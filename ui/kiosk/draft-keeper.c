/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/draft-keeper.h"

#include <unistd.h>

#include "base/memory-file.h"
#include "letter/draft.h"

#define WAIT 1000 /* milliseconds: a draft is written at most once a second, and is at most two seconds old */

struct _AccDraftKeeper {
  GObject parent_instance;

  int folder; /* -1: nothing is kept */
  char *name;
  AccForm *form;
  guint due; /* source */
};

G_DEFINE_FINAL_TYPE (AccDraftKeeper, acc_draft_keeper, G_TYPE_OBJECT)

static gboolean
on_due (gpointer data)
{
  AccDraftKeeper *self = data;
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (self->form);
  g_autoptr (GError) error = NULL;

  self->due = 0;
  if (bytes == NULL || !acc_memory_file_write (self->folder, self->name, bytes, &error))
    acc_memory_file_erase (self->folder, self->name); /* better none than an old one */
  return G_SOURCE_REMOVE;
}

static void
acc_draft_keeper_dispose (GObject *object)
{
  AccDraftKeeper *self = ACC_DRAFT_KEEPER (object);

  acc_draft_keeper_set_form (self, NULL);
  if (self->folder >= 0)
    close (self->folder);
  self->folder = -1;
  G_OBJECT_CLASS (acc_draft_keeper_parent_class)->dispose (object);
}

static void
acc_draft_keeper_finalize (GObject *object)
{
  g_free (ACC_DRAFT_KEEPER (object)->name);
  G_OBJECT_CLASS (acc_draft_keeper_parent_class)->finalize (object);
}

static void
acc_draft_keeper_class_init (AccDraftKeeperClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_draft_keeper_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_draft_keeper_finalize;
}

static void
acc_draft_keeper_init (AccDraftKeeper *self)
{
  self->folder = -1;
}

static int
open_folder (const char *folder, GError **error)
{
  g_autofree char *path = *folder != '\0' ? g_strdup (folder) : acc_memory_folder_path ();

  return path != NULL ? acc_memory_folder_open (path, error) : -1;
}

AccDraftKeeper *
acc_draft_keeper_new (const char *folder, const char *store_dir)
{
  g_autoptr (GError) error = NULL;
  AccDraftKeeper *self;

  g_return_val_if_fail (folder != NULL && store_dir != NULL, NULL);

  self = g_object_new (ACC_TYPE_DRAFT_KEEPER, NULL);
  self->name = acc_memory_file_name ("draft", store_dir);
  self->folder = open_folder (folder, &error);
  if (error != NULL)
    g_info ("No draft is kept: %s", error->message);
  return self;
}

AccForm *
acc_draft_keeper_take (AccDraftKeeper *self)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (ACC_IS_DRAFT_KEEPER (self), NULL);

  if (self->folder < 0)
    return NULL;
  bytes = acc_memory_file_take (self->folder, self->name, ACC_DRAFT_MAX, NULL);
  return bytes != NULL ? acc_draft_from_bytes (bytes, NULL) : NULL;
}

void
acc_draft_keeper_set_form (AccDraftKeeper *self, AccForm *form)
{
  g_return_if_fail (ACC_IS_DRAFT_KEEPER (self));
  g_return_if_fail (form == NULL || ACC_IS_FORM (form));

  if (!g_set_object (&self->form, form) || self->folder < 0)
    return;
  if (form != NULL && self->due == 0)
    self->due = g_timeout_add (WAIT, on_due, self);
  if (form != NULL)
    return;
  g_clear_handle_id (&self->due, g_source_remove);
  acc_memory_file_erase (self->folder, self->name);
}
