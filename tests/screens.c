/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of every page of the kiosk, for people to look at: screens.py joins them to contact sheets.
 * Usage: screens FOLDER WIDTHxHEIGHT TEXT-SCALE LANGUAGE light|dark|high-contrast on|off (the keyboard) */
#include <stdio.h>
#include <stdlib.h>

#include "base/language.h"
#include "kiosk/kiosk-app.h"
#include "kit/look-choice.h"
#include "pages-support.h"
#include "support.h"
#include "window-support.h"

static const char *const colour_names[] = { "light", "dark", "high-contrast" };
G_STATIC_ASSERT (G_N_ELEMENTS (colour_names) == ACC_COLOURS_N);

typedef struct {
  const char *folder;
  AccColours colours;
  guint taken;
} Pictures;

static void
take_picture (Kiosk *kiosk, const char *page, gpointer data)
{
  Pictures *pictures = data;
  g_autofree char *name = g_strdup_printf ("%02u %s.png", pictures->taken++, page);
  g_autofree char *path = g_build_filename (pictures->folder, name, NULL);

  /* A new client begins in the branch's own look. */
  acc_look_choose_colours (gtk_widget_get_display (kiosk->window), pictures->colours);
  test_settle (kiosk->window);
  test_save_picture (kiosk->window, path);
}

int
main (int argc, char **argv)
{
  PageScreen screen;
  Pictures pictures = { 0 };

  if (argc != 7 || sscanf (argv[2], "%dx%d", &screen.width, &screen.height) != 2)
    return EXIT_FAILURE;
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init (); /* GTK's tests are in the locale C, where nothing is translated */
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  screen.text_scale = g_ascii_strtod (argv[3], NULL);
  screen.language = argv[4];
  screen.keyboard = argv[6];
  pictures.folder = argv[1];
  while (!g_str_equal (colour_names[pictures.colours], argv[5]))
    if (++pictures.colours == ACC_COLOURS_N)
      return EXIT_FAILURE;
  walk_pages (&screen, take_picture, &pictures);
  return EXIT_SUCCESS;
}
