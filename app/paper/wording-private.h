/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading a letterhead asks of the wording. */
#pragma once

#include "paper/wording.h"

G_BEGIN_DECLS

/* Whether resources/languages has a file of exactly this language. */
gboolean acc_wording_has_language (const char *language);

/* What is wrong with a text of the bank's that is to be set on one line; NULL if nothing is. */
char *acc_wording_check_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* What is wrong with the value of [@group] @key in @words: no such key, a placeholder that is not there or is none. NULL
 * if nothing is. */
char *acc_wording_check_key (GKeyFile *words, const char *group, const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
