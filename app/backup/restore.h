/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store made from a backup, never over another: every byte is checked against the manifest before the store is in its
 * place. The backup may be anybody's. The store's thread. */
#pragma once

#include "backup/manifest.h"

G_BEGIN_DECLS

/* Restores the backup at @path as @store_dir, which must not exist or be empty. What was due for delivery may have gone since
 * the backup: the next sign-in makes it "unsure", for a person to decide. A backup that is damaged, cut short or
 * none is ACC_ERROR_BACKUP, one that a newer Accolade made ACC_ERROR_STORE_NEWER. *@newer is a sentence if newer journal
 * heads are known, from beside the store or from backups of the same branch beside @path; else NULL. */
AccManifest *acc_restore (const char *path, const char *store_dir, char **newer, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
