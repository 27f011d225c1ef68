/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printer door: cover and letter on paper, by the print service of this machine, for an envelope; printing.h says what
 * becomes of them. It takes everybody. What was cut short it does not begin anew: a person looks at the printer first. */
#pragma once

#include "base/config.h"
#include "route/door.h"

G_BEGIN_DECLS

#define ACC_TYPE_PRINTER_DOOR (acc_printer_door_get_type ())
G_DECLARE_FINAL_TYPE (AccPrinterDoor, acc_printer_door, ACC, PRINTER_DOOR, GObject)

/* NULL where accolade.conf names no printer. */
AccDoor *acc_printer_door_new (AccConfig *config) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
