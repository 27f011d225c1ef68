/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box in which accolade-pdf reads what may be hostile: no files, no network, no new programs or threads,
 * bounded time and memory. There is no way out of it but the end of the process. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What not every kernel has. */
typedef struct {
  int landlock; /* the version of Landlock that keeps files away as well; 0 where the kernel has none */
} AccPdfBox;

/* Shuts this process in. FALSE if the kernel would not: then nothing may be read. */
gboolean acc_pdf_box_close (AccPdfBox *box);

G_END_DECLS
