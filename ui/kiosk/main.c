/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/kiosk-app.h"

int
main (int argc, char **argv)
{
  g_autoptr (AccKioskApp) app = acc_kiosk_app_new ();

  return g_application_run (G_APPLICATION (app), argc, argv);
}
