/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawn = typed (P4): the ledger, and the PDF read back by accolade-pdf and compared with what was set.
 * A failure refuses the letter and names the characters. The paper's thread. */
#pragma once

#include "paper/pdf-process.h"
#include "paper/typesetter.h"

G_BEGIN_DECLS

gboolean acc_proofread (AccPages *pages, GBytes *pdf, GError **error);

G_END_DECLS
