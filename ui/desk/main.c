/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "desk/desk-app.h"

int
main (int argc, char **argv)
{
  g_autoptr (AccDeskApp) app = NULL;

  setlocale (LC_ALL, "");
  g_set_prgname ("accolade-desk");
  app = acc_desk_app_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
