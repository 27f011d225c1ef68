/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks a JSON text over before it is parsed: json-glib recurses as deep as the text says, ends a string at
 * an escaped U+0000 and takes comments. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_JSON_DEPTH_MAX 16

/* FALSE with ACC_ERROR_INPUT, naming the line, unless @text is UTF-8, no deeper than ACC_JSON_DEPTH_MAX, one list or
 * object without comments, and its strings hold neither control characters nor U+0000 nor unpaired surrogates. */
gboolean acc_json_scan (const char *text, gsize length, GError **error);

G_END_DECLS
