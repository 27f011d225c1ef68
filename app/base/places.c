/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/places.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *build_folder;
  gboolean internal; /* in libexecdir: not for people to start */
} Program;

static const Program programs[] = {
  { "accolade", "app/cli", FALSE },            /* the command */
  { "accolade-pdf", "app/paper", TRUE },       /* poppler in a box */
  { "accolade-kiosk", "ui/kiosk", FALSE },     /* the client's window */
  { "accolade-desk", "ui/desk", FALSE },       /* the banker's window */
};

static char *other_data; /* a test's */

/* The folder of the running program, or NULL without /proc. */
static char *
dup_own_folder (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  return self != NULL ? g_path_get_dirname (self) : NULL;
}

static gboolean
runs_from_build_tree (void)
{
  g_autofree char *folder = dup_own_folder ();

  return folder != NULL && g_str_has_prefix (folder, ACC_BUILD_ROOT)
         && (folder[strlen (ACC_BUILD_ROOT)] == '/' || folder[strlen (ACC_BUILD_ROOT)] == '\0');
}

void
acc_places_set_data (const char *folder)
{
  g_free (other_data);
  other_data = g_strdup (folder);
}

char *
acc_places_data (const char *below)
{
  g_return_val_if_fail (below != NULL, NULL);

  if (other_data != NULL)
    return g_build_filename (other_data, below, NULL);
  if (runs_from_build_tree ())
    return g_build_filename (ACC_SOURCE_ROOT, "resources", below, NULL);
  return g_build_filename (ACC_DATADIR, below, NULL);
}

char *
acc_places_catalogues (void)
{
  if (other_data != NULL)
    return g_build_filename (other_data, "catalogues", NULL);
  return g_strdup (runs_from_build_tree () ? ACC_BUILD_ROOT "/resources/po" : ACC_LOCALEDIR);
}

gboolean
acc_places_runs_from_build_tree (void)
{
  return runs_from_build_tree ();
}

char *
acc_places_built (const char *below)
{
  g_return_val_if_fail (below != NULL, NULL);

  return g_build_filename (runs_from_build_tree () ? ACC_BUILD_ROOT "/resources" : ACC_DATADIR, below, NULL);
}

static const Program *
find_program (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (strcmp (programs[i].name, name) == 0)
      return &programs[i];
  return NULL;
}

char *
acc_places_program (const char *name)
{
  g_autofree char *folder = NULL;
  const Program *program;

  g_return_val_if_fail (name != NULL, NULL);
  program = find_program (name);
  g_return_val_if_fail (program != NULL, NULL);

  if (runs_from_build_tree ())
    return g_build_filename (ACC_BUILD_ROOT, program->build_folder, name, NULL);
  if (!program->internal)
    folder = dup_own_folder ();
  return g_build_filename (folder != NULL ? folder : ACC_LIBEXECDIR, name, NULL);
}
