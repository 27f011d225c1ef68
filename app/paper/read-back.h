/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a sealed PDF says what the letter's record says. The two come from outside, in one seal: whoever can seal can
 * put any PDF beside any record. The paper's thread, or any other that waits. */
#pragma once

#include "paper/typesetter.h"

G_BEGIN_DECLS

/* Compares @pdf with @pages, which are the record's letter as it would be set today. *@same_bytes: it is that very PDF.
 * Else the PDF is read in its box. It may be set with other fonts, and with up to 80 other letters of the bank's own, as
 * under a letterhead that has changed since; but each word of the client's must stand in its place, and no other.
 * ACC_ERROR_CHARACTERS names the field and the first words that differ, ACC_ERROR_DOCUMENT says that it cannot be read;
 * anything else (ACC_ERROR_SYSTEM) says nothing about the PDF. */
gboolean acc_read_back (AccPages *pages, GBytes *pdf, gboolean *same_bytes, GError **error);

G_END_DECLS
