/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder door: OUTBOX/<number>-<position>-<role>/ with <number>.pdf, <number>-cover.pdf and <number>.eml, made
 * beside under a hidden name, synced and renamed, so that a watcher sees all of it or nothing. The store's thread. */
#pragma once

#include "route/door.h"

G_BEGIN_DECLS

#define ACC_TYPE_FOLDER_DOOR (acc_folder_door_get_type ())
G_DECLARE_FINAL_TYPE (AccFolderDoor, acc_folder_door, ACC, FOLDER_DOOR, GObject)

AccDoor *acc_folder_door_new (const char *outbox) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
