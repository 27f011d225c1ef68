/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where Accolade's own data and programs lie: as installed, or in the build tree when run from there.
 * No environment variable is asked: a kiosk's environment is not trusted. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A path below the data folder (resources/ of the source tree when run from the build tree). */
char *acc_places_data (const char *below) G_GNUC_WARN_UNUSED_RESULT;

/* The folder of the catalogues of translations, TAG/LC_MESSAGES/accolade.mo below it. */
char *acc_places_catalogues (void) G_GNUC_WARN_UNUSED_RESULT;

/* For tests, before any thread is started: data lies in @folder, catalogues in its "catalogues". NULL: where they belong. */
void acc_places_set_data (const char *folder);

/* A path below the data folder, of what the build has made (resources/ of the build tree when run from there). */
char *acc_places_built (const char *below) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the running program is not an installed one. */
gboolean acc_places_runs_from_build_tree (void);

/* The path of one of Accolade's programs, such as "accolade-pdf". */
char *acc_places_program (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
