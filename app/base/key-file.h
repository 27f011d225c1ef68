/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of groups and keys, as GLib has them. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands in @bytes. NULL with a sentence in UTF-8 about what cannot be read, and in which line (ACC_ERROR_INPUT), a
 * value that ends in half an escape included: GLib 2.74 sets one error over another where it reads such a value. */
GKeyFile *acc_key_file_parse (GBytes *bytes, GKeyFileFlags flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* In which line of @bytes, which can be parsed, [@group] has @key, or begins where @key is NULL; the last of several, as
 * that counts. 0 where there is none. */
guint acc_key_file_find_line (GBytes *bytes, const char *group, const char *key);

G_END_DECLS
