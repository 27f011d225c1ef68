/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions, one table: neutral, in a human voice, with the person's name wherever it is known.
 * No praise is ever put into the client's mouth. Any thread. */
#pragma once

#include "letter/form.h"

G_BEGIN_DECLS

/* The step's name on the way along the top ("Who", "Story"…); static, translated. */
const char *acc_prompts_step_name (AccStep step);

/* The question for @field, filled with the name from @form ("What did Jessica do?"), and the hint under it. @index: of the
 * addressees or authors. */
char *acc_prompts_question (AccForm *form, AccField field, guint index) G_GNUC_WARN_UNUSED_RESULT;
char *acc_prompts_hint (AccForm *form, AccField field, guint index) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
