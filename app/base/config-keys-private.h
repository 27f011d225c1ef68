/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of accolade.conf, each with its default, its range and its comment. Any thread. */
#pragma once

#include "base/config.h"

G_BEGIN_DECLS

typedef struct {
  const char *group;
  const char *key;
  const char *value; /* the default */
  const char *range; /* "… must be …" */
  /* One of @words; where they are NULL, what @is_valid takes; where that is NULL too, a whole number. */
  const char *const *words;
  gboolean (*is_valid) (const char *value);
  guint least, most;
  const char *comment;
} AccConfigRow;

/* Every key, in the order of the file. */
extern const AccConfigRow acc_config_rows[ACC_CONFIG_N_KEYS];

/* Whether @value, without blanks around it, is in the range of @row. */
gboolean acc_config_row_allows (const AccConfigRow *row, const char *value);

G_END_DECLS
