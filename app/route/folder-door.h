/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder door: OUTBOX/<number>-<position>-<role>/ with <number>.pdf, <number>-cover.pdf and <number>.eml, made
 * beside under a hidden name, synced and renamed, so that a watcher sees all of it or nothing. The store's thread. */
#pragma once

#include "route/door.h"

G_BEGIN_DECLS

#define ACC_TYPE_FOLDER_DOOR (acc_folder_door_get_type ())
G_DECLARE_FINAL_TYPE (AccFolderDoor, acc_folder_door, ACC, FOLDER_DOOR, GObject)

AccDoor *acc_folder_door_new (const char *outbox) G_GNUC_WARN_UNUSED_RESULT;

/* The numbers of the letters of which anything lies in the outbox, half made or half taken back too; each once. */
GStrv acc_folder_door_list (AccFolderDoor *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The positions of letter @number of which anything lies there: GArray of guint. */
GArray *acc_folder_door_list_positions (AccFolderDoor *self, const char *number, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* As acc_folder_door_take_back, of the one delivery. */
gboolean acc_folder_door_take_back_position (AccFolderDoor *self, const char *number, guint position, GError **error);

/* Takes back, durably, all that lies in the outbox of letter @number: gone from a watcher's eyes at once, and repeated
 * where it was cut short. What has been fetched from there is out of reach. */
gboolean acc_folder_door_take_back (AccFolderDoor *self, const char *number, GError **error);

G_END_DECLS
