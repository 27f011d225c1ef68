/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every fuzzer shares. Each is one file with LLVMFuzzerTestOneInput: it reads @data as an outsider's bytes through
 * the real public functions, and aborts where something that holds for every input does not hold. */
#pragma once

#include <glib.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* An input that says several things: each is taken from its front; "" and zero once nothing is left. */
typedef struct {
  const guint8 *at;
  gsize left;
} FuzzInput;

guint8 fuzz_take_byte (FuzzInput *input);
char *fuzz_take_text (FuzzInput *input) G_GNUC_WARN_UNUSED_RESULT; /* up to a NUL, which is taken too */
GBytes *fuzz_take_rest (FuzzInput *input) G_GNUC_WARN_UNUSED_RESULT;

/* A refusal is told as a sentence of ours that any screen can show. */
void fuzz_check_refusal (const GError *error);

/* Replaces the file at @path. */
void fuzz_write (const char *path, gconstpointer data, gsize size);
