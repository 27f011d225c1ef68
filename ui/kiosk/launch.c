/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/launch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/places.h"

/* A variable that may stay. */
typedef struct {
  const char *name;   /* a last * stands for any ending */
  const char *values; /* what it may say, parted by |; NULL: anything */
} Row;

static const Row kept_rows[] = {
  /* who and where */
  { "HOME", NULL },
  { "USER", NULL },
  { "LOGNAME", NULL },
  { "SHELL", NULL },
  { "PATH", NULL },
  { "PWD", NULL },
  { "OLDPWD", NULL },
  { "SHLVL", NULL },
  { "TERM", NULL },
  { "_", NULL },
  { "INVOCATION_ID", NULL }, /* systemd's */
  { "JOURNAL_STREAM", NULL },
  { "ACCOLADE_*", NULL },
  /* the screen, and who reads it aloud */
  { "DISPLAY", NULL },
  { "XAUTHORITY", NULL },
  { "WAYLAND_DISPLAY", NULL },
  { "XDG_RUNTIME_DIR", NULL },
  { "XDG_SESSION_ID", NULL },
  { "DBUS_SESSION_BUS_ADDRESS", NULL },
  { "AT_SPI_BUS_ADDRESS", NULL },
  { "GDK_BACKEND", "wayland|x11" },
  { "GSK_RENDERER", "cairo|gl" },
  { "GTK_A11Y", "atspi" },
  /* language and time */
  { "LANG", NULL },
  { "LANGUAGE", NULL },
  { "LC_*", NULL },
  { "TZ", NULL },
  /* to end at what should never happen rather than go on */
  { "G_DEBUG", "fatal-criticals" },
};

/* What tests are made with, and nobody else: clocks that lie, sanitizers, languages of their own. */
static const Row test_rows[] = {
  { "LD_PRELOAD", NULL },
  { "FAKETIME*", NULL },
  { "DONT_FAKE_MONOTONIC", NULL },
  { "ASAN_OPTIONS", NULL },
  { "LSAN_OPTIONS", NULL },
  { "TSAN_OPTIONS", NULL },
  { "UBSAN_OPTIONS", NULL },
  { "G_SLICE", NULL },
  { "LOCPATH", NULL },
};

/* What is said to GTK whatever was said before: it reads these when it starts, which is after us. */
static const char *const set_rows[][2] = {
  { "GSETTINGS_BACKEND", "memory" },      /* no settings of a user's */
  { "XDG_CONFIG_HOME", "/nonexistent" },  /* nor style sheets, themes or key files */
  { "XDG_DATA_HOME", "/nonexistent" },
};

static gboolean
fits (const Row *row, const char *variable)
{
  const char *equals = strchr (variable, '=');
  g_autofree char *name = equals != NULL ? g_strndup (variable, (gsize) (equals - variable)) : NULL;
  g_auto (GStrv) values = row->values != NULL ? g_strsplit (row->values, "|", -1) : NULL;

  return name != NULL && g_pattern_match_simple (row->name, name)
         && (values == NULL || g_strv_contains ((const char *const *) values, equals + 1));
}

static gboolean
fits_any (const Row *rows, gsize n, const char *variable)
{
  for (gsize i = 0; i < n; i++)
    if (fits (&rows[i], variable))
      return TRUE;
  return FALSE;
}

static GStrv
dup_kept (char **variables)
{
  const gboolean is_tested = acc_places_runs_from_build_tree ();
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (gsize i = 0; variables[i] != NULL; i++)
    if (fits_any (kept_rows, G_N_ELEMENTS (kept_rows), variables[i])
        || (is_tested && fits_any (test_rows, G_N_ELEMENTS (test_rows), variables[i])))
      g_strv_builder_add (kept, variables[i]);
  return g_strv_builder_end (kept);
}

static void
start_anew (char **argv, char **variables)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  if (program != NULL)
    execve (program, argv, variables);
  perror ("accolade-kiosk: it cannot be started anew in a clean environment");
  _exit (EXIT_FAILURE);
}

void
acc_launch (char **argv)
{
  g_auto (GStrv) kept = dup_kept (environ);
  g_autofree char *settings = acc_places_built ("settings");

  if (g_strv_length (kept) < g_strv_length (environ))
    start_anew (argv, kept);
  for (gsize i = 0; i < G_N_ELEMENTS (set_rows); i++)
    g_setenv (set_rows[i][0], set_rows[i][1], TRUE);
  g_setenv ("GSETTINGS_SCHEMA_DIR", settings, TRUE);
  /* Else GDK loads a driver for what this renderer never asks for: more than half of what the first frame takes. */
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
}
