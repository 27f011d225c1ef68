/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a backup says of itself: its last member, "manifest", a key file. (JSON would be read by a parser that recurses
 * as deep as the text says, and a backup may be anybody's.) Any thread. */
#pragma once

#include "archive/heads.h"

G_BEGIN_DECLS

#define ACC_MANIFEST_NAME "manifest"
#define ACC_MANIFEST_MAX ((gsize) 256 * 1024)
#define ACC_MANIFEST_FORMAT 1

typedef struct {
  char *name;
  gint64 size;
  char *hash; /* SHA-256 */
} AccManifestFile;

typedef struct {
  char *program;      /* the version of Accolade that made it */
  char *branch;       /* its name */
  char *origin;       /* the hash of the desk's first journal entry: the same in every backup of the branch */
  char *made_at;      /* RFC 3339 */
  char *delete_after; /* YYYY-MM-DD */
  gint64 n_waiting;   /* letters in inbox.db */
  gint64 n_taken_in;  /* letters in desk.db */
  GPtrArray *files;   /* of AccManifestFile */
  GPtrArray *heads;   /* of AccHead */
} AccManifest;

AccManifest *acc_manifest_new (void) G_GNUC_WARN_UNUSED_RESULT;
void acc_manifest_free (AccManifest *manifest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccManifest, acc_manifest_free)

void acc_manifest_add_file (AccManifest *manifest, const char *name, gint64 size, const char *hash);
const AccManifestFile *acc_manifest_find_file (const AccManifest *manifest, const char *name);

GBytes *acc_manifest_to_bytes (const AccManifest *manifest) G_GNUC_WARN_UNUSED_RESULT;

/* ACC_ERROR_STORE_NEWER if its format is, else ACC_ERROR_BACKUP; @path is for the message. */
AccManifest *acc_manifest_parse (GBytes *bytes, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The manifest of the backup at @path; the rest of it is passed over. */
AccManifest *acc_manifest_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
