/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a command may write: never over what it reads, nor into the store, whose files nobody could make again. Main thread. */
#pragma once

#include "cli/options.h"

G_BEGIN_DECLS

/* Of the files that options always name to be written. ACC_ERROR_INPUT names the option. */
gboolean acc_cli_check_outputs (const AccOptions *options, GError **error);

/* Of @path, which @option names to be written; NULL may be. */
gboolean acc_cli_check_output (const AccOptions *options, const char *option, const char *path, GError **error);

G_END_DECLS
