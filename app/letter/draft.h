/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers so far as bytes, for the moments between a crash and the client's coming back. Numbers that must not be in
 * a letter are masked, and a signature is not kept: who takes the letter up again signs it. Pure; any thread. */
#pragma once

#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_DRAFT_MAX ((gsize) 512 * 1024) /* bytes: all texts at their limits, in any script */

/* NULL if it would have more than ACC_DRAFT_MAX bytes. */
GBytes *acc_draft_to_bytes (AccForm *form) G_GNUC_WARN_UNUSED_RESULT;

/* Today's letter with those answers, its texts cleaned. ACC_ERROR_INPUT for anything that acc_draft_to_bytes would not
 * have written: whoever reads it erases it. */
AccForm *acc_draft_from_bytes (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @typed is the name of somebody the letter is written to, however it is accented, spaced and capitalized.
 * Nobody's, where no name has been given yet. */
gboolean acc_draft_names (AccForm *form, const char *typed);

G_END_DECLS
