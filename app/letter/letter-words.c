/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/letter-words-private.h"

const char *const acc_reached_words[] = {
  [ACC_REACHED_PHONE] = "phone", [ACC_REACHED_BRANCH] = "branch", [ACC_REACHED_ONLINE] = "online", NULL
};

const char *const acc_asked_words[] = {
  [ACC_ASKED_UNSAID] = "unsaid", [ACC_ASKED_YES] = "yes", [ACC_ASKED_NO] = "no", NULL
};

const char *const acc_paper_words[] = { [ACC_PAPER_LETTER] = "letter", [ACC_PAPER_A4] = "a4", NULL };

const char *const acc_signature_words[] = {
  [ACC_SIGNATURE_TYPED] = "typed", [ACC_SIGNATURE_STROKES] = "strokes", [ACC_SIGNATURE_WITNESSED] = "witnessed", NULL
};
