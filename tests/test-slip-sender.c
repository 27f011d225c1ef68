/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints a slip as the kiosk does: test-slip-sender PRINTER CODE [OUT.pdf]
 * With OUT.pdf the slip is written there instead. Ends with 1 and the sentence on standard error. */
#include <locale.h>

#include "base/file.h"
#include "inbox/slip-printer.h"
#include "paper/slip-paper.h"

int
main (int argc, char *argv[])
{
  const AccSlipPaper slip = { .branch = "Market Street branch",
                              .date = "2026-11-22",
                              .code = argc > 2 ? argv[2] : "",
                              .number = "6XYM8-PZ5A1",
                              .language = "en" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  setlocale (LC_ALL, "");
  if (argc != 3 && argc != 4)
    return 2;
  pdf = acc_slip_paper_write (&slip, &error);
  if (pdf != NULL
      && (argc == 4 ? acc_file_write (argv[3], pdf, 0600, &error) : acc_slip_printer_print (argv[1], pdf, NULL, &error)))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
