/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another edition of a letter: in large print, or without passages that the bank takes out. Typeset anew from the same
 * letter, which stays as it is; the same letter, passages and letterhead give the same bytes. The paper's thread. */
#pragma once

#include "paper/typesetter.h"

G_BEGIN_DECLS

typedef struct {
  AccLetter *letter;    /* as the client wrote it */
  const char *branch, *number; /* NULL number: a specimen */
  gboolean large_print;
  GArray *passages;     /* of acc_passages_new: taken out; NULL: none */
} AccEdition;

AccPages *acc_edition_typeset (const AccEdition *edition, AccLetterhead *letterhead,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Typeset, written and proofread. */
GBytes *acc_edition_write (const AccEdition *edition, AccLetterhead *letterhead, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
