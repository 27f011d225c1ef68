/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's check of the letters' printer: the print service is asked for real, but nothing is printed. */
#include "cli/doctor-private.h"

#include "route/printing.h"

void
acc_doctor_check_printer (AccDoctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *trays = NULL;
  const char *printer;

  if (self->config == NULL) /* "configuration" says why */
    return;
  printer = acc_config_get (self->config, ACC_CONFIG_PRINT_PRINTER);
  if (*printer == '\0')
    acc_doctor_say (self, ACC_FINDING_OK, "", "No printer is set: nothing is printed.");
  else if (!acc_printing_check (self->config, &trays, &error))
    acc_doctor_say_error (self, ACC_FINDING_ACT,
                          "Letters for it wait, and are tried again by themselves: see [print] of accolade.conf, and "
                          "“lpstat -p”.",
                          error);
  else if (*trays == '\0')
    acc_doctor_say (self, ACC_FINDING_OK, "", "The printer %s is ready.", printer);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "The printer %s is ready. Its trays: %s.", printer, trays);
}
