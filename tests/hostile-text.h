/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody might paste, at its worst: for tests that every field stays quick. */
#pragma once

#include <glib.h>

typedef struct {
  const char *what;
  const char *first, *often; /* once; then as many times as it says */
  guint times;
} HostileText;

extern const HostileText hostile_texts[];
extern const guint n_hostile_texts;

char *hostile_text_make (const HostileText *text) G_GNUC_WARN_UNUSED_RESULT;
