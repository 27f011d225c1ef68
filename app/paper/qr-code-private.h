/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A QR code (ISO/IEC 18004) as a path to fill: the only door to libqrencode. One thread at a time. */
#pragma once

#include "paper/typesetter.h"

G_BEGIN_DECLS

/* Adds the dark modules of @text's code to @cr's path, inside @box (a square of @cr's units) without the quiet zone,
 * which is the caller's: four modules on each side. Modules that touch are one outline: no hairline shows between them,
 * and the PDF stays small. @text is of the alphanumeric set: 0-9 A-Z space $%*+-./: */
void acc_qr_code_path (const char *text, cairo_t *cr, const AccArea *box);

G_END_DECLS
