/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door to the receipt printer (CUPS), for slips alone. A thread that may wait; once @cancellable (or NULL)
 * is cancelled it waits no more, but for what takes back what was handed over. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ACC_SLIP_PRINTER_SECONDS 10

/* Whether @printer is known to the print service and takes jobs; some seconds, where the service says nothing.
 * ACC_ERROR_SYSTEM says why not. */
gboolean acc_slip_printer_check (const char *printer, GCancellable *cancellable, GError **error);

/* Prints @pdf on @printer, a name of the system's print service, and waits until the printer has it, at most
 * ACC_SLIP_PRINTER_SECONDS. What it has not taken by then is cancelled: a client's code must not come out when the next
 * one stands there. ACC_ERROR_SYSTEM says what the print service says. */
gboolean acc_slip_printer_print (const char *printer, GBytes *pdf, GCancellable *cancellable, GError **error);

G_END_DECLS
