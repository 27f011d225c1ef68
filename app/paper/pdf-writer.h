/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages -> PDF bytes; the only file that includes cairo-pdf. The same pages give the same bytes: the
 * creation date is the letter's. Same thread as the pages. */
#pragma once

#include "paper/typesetter.h"

G_BEGIN_DECLS

GBytes *acc_pdf_write (AccPages *pages, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
