/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cairo 1.16 leaves out of a PDF, and a reader needs who cannot see it: language, what each figure shows, the
 * facts as XMP, how a viewer shows it, an /ID. The only file that includes libqpdf; any thread. The same PDF and facts
 * give the same bytes.
 *
 * libqpdf reads the objects that are changed and tells them anew; the others stay as cairo wrote them. Those that are no
 * streams are put into one (PDF 1.5), which takes 5 kB off a page. What all that costs, as processor time beside
 * typesetting the same page and writing it with cairo (a full page): 0.08. Were libqpdf to read and write all of it, some
 * fifty objects: 0.24, and no byte less; which it does first where a newer cairo has put objects within others.
 *
 * It does not call itself PDF/UA: what is repeated on each page has no tag, but is not marked as an artifact either. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *language;       /* BCP 47, of the text */
  const char *title, *author; /* as in the PDF's own information */
  const char *date;           /* ISO, the document's day; never the clock's */
  gboolean right_to_left;     /* the pages are */
  const char *const *figures; /* what each shows, in reading order; as many as the PDF has Figures */
} AccPdfFacts;

/* ACC_ERROR_SYSTEM where @pdf is not what the facts say, or libqpdf finds anything to warn of. */
GBytes *acc_pdf_finish (GBytes *pdf, const AccPdfFacts *facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
