/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests of files in memory need: a folder there, a session's or one's own, and what may stand where a program expects
 * a file that it wrote. */
#pragma once

#include <glib.h>

typedef struct {
  char *home; /* below /dev/shm */
  char *path; /* in it: this user's alone, or shared with a group as [kiosk] handover names one */
  int folder;
} Memory;

void memory_set_up (Memory *memory, gconstpointer data);
void memory_set_up_shared (Memory *memory, gconstpointer data);
void memory_tear_down (Memory *memory, gconstpointer data);

guint memory_count_files (Memory *memory);

/* Writes the file @name whole, whatever it says. */
void memory_put_text (Memory *memory, const char *name, const char *text, gssize length);

/* Each makes of the file @name, which is good, what no program of ours wrote. Ends with NULL. */
extern void (*const memory_spoilers[]) (Memory *memory, const char *name);

/* For a whole program, before any thread starts: a session's folder in memory (XDG_RUNTIME_DIR), and its end. */
char *memory_session_new (void) G_GNUC_WARN_UNUSED_RESULT;
guint memory_session_count_files (void);
