/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kiosk's own exit code, which opens the staff page and nothing else: 6 to 12 digits, kept as a hash in accolade.conf.
 * Each try is counted in inbox.db before it is checked, as sign-in's are. Any thread, one at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_EXIT_CODE_MIN 6 /* digits */
#define ACC_EXIT_CODE_MAX 12

/* Sets the code of the kiosk whose store is @store_dir. ACC_ERROR_INPUT for what is no such code. */
gboolean acc_exit_code_set (const char *store_dir, const char *code, GError **error);

/* Tries @code, with the configuration as it is now. ACC_ERROR_PASSPHRASE if it is wrong or has to wait, ACC_ERROR_NOT_FOUND
 * if none is set; an inbox in which the try cannot be counted opens to nobody. */
gboolean acc_exit_code_try (const char *store_dir, const char *code, GError **error);

G_END_DECLS
