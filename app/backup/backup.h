/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A backup: one plain tar file with both stores as they stood at one moment, branch.pub, accolade.conf and a manifest.
 * Taken while kiosks and desks go on. The pepper is not in it: a stolen backup must not allow guessing passphrases.
 * The store's thread. */
#pragma once

#include "backup/manifest.h"

G_BEGIN_DECLS

typedef struct {
  const char *program; /* Accolade's version */
  guint keep_days;     /* for how long the backup may be kept */
} AccBackupTerms;

/* Writes a backup of @store_dir as @target, which must not exist, or under a name of its own in @target where that is a
 * folder; mode 0600. Whole or not at all; never in @store_dir itself. *@path is where it lies. */
AccManifest *acc_backup_write (const char *store_dir, const char *target, const AccBackupTerms *terms, char **path,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
