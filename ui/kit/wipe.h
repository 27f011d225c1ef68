/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program forgets between two people, beside its widgets, which are made anew. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Before anything is typed: neither the system nor a debugger may write this process's memory into a file. */
void acc_wipe_forbid_dumps (void);

/* Empties what can be pasted, the clipboard and the selection, whoever holds it by now. */
void acc_wipe_clipboards (GtkWidget *widget);

G_END_DECLS
