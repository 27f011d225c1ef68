/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include "base/language.h"
#include "base/worker.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/launch.h"
#include "kit/wipe.h"

int
main (int argc, char **argv)
{
  g_autoptr (AccKioskApp) app = NULL;
  int status;

  acc_launch (argv);
  acc_language_init ();
  app = acc_kiosk_app_new ();
  acc_wipe_forbid_dumps ();
  /* A file that may grow no more is a full disk, which has its sentence; the signal would end the program instead. */
  signal (SIGXFSZ, SIG_IGN);
  status = g_application_run (G_APPLICATION (app), argc, argv);
  acc_worker_end_all ();
  return status != 0 ? status : acc_kiosk_app_get_end (app);
}
