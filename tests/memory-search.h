/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether some bytes lie anywhere in this process's memory: locked, freed, or on a stack. */
#pragma once

#include <glib.h>

/* Bytes to be searched for, kept so that they are not found here. */
typedef struct _MemoryNeedle MemoryNeedle;
MemoryNeedle *memory_needle_new (gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
void memory_needle_free (MemoryNeedle *needle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoryNeedle, memory_needle_free)

/* How often they are there, now. */
guint memory_needle_count (const MemoryNeedle *needle);
