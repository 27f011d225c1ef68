/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include "base/language.h"
#include "base/worker.h"
#include "desk/desk-app.h"

int
main (int argc, char **argv)
{
  g_autoptr (AccDeskApp) app = NULL;
  int status;

  acc_language_init ();
  /* A file that may grow no more is a full disk, which has its sentence; the signal would end the program instead. */
  signal (SIGXFSZ, SIG_IGN);
  g_set_prgname ("accolade-desk");
  app = acc_desk_app_new ();
  status = g_application_run (G_APPLICATION (app), argc, argv);
  acc_worker_end_all ();
  return status;
}
