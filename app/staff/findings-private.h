/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a file, a sentence for each line that is. Bounded: the first sentences are
 * kept, all are counted, and every line is remembered. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_FINDINGS_SHOWN 100

typedef struct _AccFindings AccFindings;

AccFindings *acc_findings_new (void) G_GNUC_WARN_UNUSED_RESULT;
void acc_findings_free (AccFindings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccFindings, acc_findings_free)

/* What is read has no lines: @places (GPtrArray of char *) has the name of each at the line's number. Before anything is
 * added. */
void acc_findings_name_lines (AccFindings *self, GPtrArray *places);

/* The name of @line, lent; NULL where lines are told by their numbers. */
const char *acc_findings_get_place (AccFindings *self, guint line);

void acc_findings_add (AccFindings *self, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* Remembers @line without a sentence: it is right by itself. */
void acc_findings_mark (AccFindings *self, guint line);

gboolean acc_findings_has_line (AccFindings *self, guint line);

/* FALSE with @error (ACC_ERROR_INPUT) if anything was found: "line 7: …" in the order of lines. */
gboolean acc_findings_none (AccFindings *self, GError **error);

/* @text as a message may show it: nothing hidden, at most 40 characters. */
char *acc_findings_quote (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
