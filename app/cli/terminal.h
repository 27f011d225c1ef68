/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command says. Names, paths, letters and answers come from others: a terminal must show them and obey none, so
 * all that is printed goes through here. Main thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* On standard output, and on standard error; as acc_text_to_lines. */
void acc_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);
void acc_cli_print_error (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* On standard output, indented, with a line feed; what a terminal could obey as \uXXXX, which says the same to who reads JSON (RFC 8259). */
void acc_cli_print_json (JsonNode *node);

G_END_DECLS
