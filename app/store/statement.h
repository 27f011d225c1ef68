/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prepared statement that fills GError. Belongs to its store's thread; free it before the store goes.
 *
 *   g_autoptr (AccStatement) find = acc_statement_new (store, "SELECT state FROM letter WHERE number = ?1", error);
 *   acc_statement_bind_text (find, 1, number);
 *   while (acc_statement_step (find, &row, error) && row) … acc_statement_get_text (find, 0) …
 *
 * A failed prepare gives NULL; binding to NULL does nothing and stepping NULL returns FALSE, so that a
 * caller checks once, at the step. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

typedef struct _AccStatement AccStatement;

AccStatement *acc_statement_new (AccStore *store, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for what is run again and again: the store keeps it prepared when it is freed. Never a PRAGMA, some of which
 * are answered when they are prepared. */
AccStatement *acc_statement_new_kept (AccStore *store, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void acc_statement_free (AccStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccStatement, acc_statement_free)

/* Parameters count from 1. A NULL text or bytes binds NULL. What cannot be bound (text that is not UTF-8, data
 * too large) is told by the next step. */
void acc_statement_bind_text (AccStatement *self, int parameter, const char *text);
void acc_statement_bind_int (AccStatement *self, int parameter, gint64 value);
void acc_statement_bind_bytes (AccStatement *self, int parameter, GBytes *bytes);
void acc_statement_bind_data (AccStatement *self, int parameter, gconstpointer data, gsize size);

/* One step: FALSE with @error, or TRUE with *@row saying whether there is a row to read. */
gboolean acc_statement_step (AccStatement *self, gboolean *row, GError **error);

/* Runs a statement that gives no rows, then resets it for the next binding. */
gboolean acc_statement_run (AccStatement *self, GError **error);

/* Runs it and says how many rows it changed; -1 with @error. */
gint64 acc_statement_change (AccStatement *self, GError **error);

/* Columns count from 0; text is lent until the next step. Text in the file that is no UTF-8 or holds a NUL comes with
 * U+FFFD in those places: never cut short, and never equal to what it was. */
const char *acc_statement_get_text (AccStatement *self, int column); /* NULL for NULL */
gint64 acc_statement_get_int (AccStatement *self, int column);
GBytes *acc_statement_dup_bytes (AccStatement *self, int column) G_GNUC_WARN_UNUSED_RESULT; /* NULL for NULL */

G_END_DECLS
