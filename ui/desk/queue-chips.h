/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a banker may see of the queue: a row a chip, with the letters it shows and what it says. Pure; any thread. */
#pragma once

#include "archive/queue.h"

G_BEGIN_DECLS

typedef enum {
  ACC_CHIP_WAITING,
  ACC_CHIP_MINE,
  ACC_CHIP_HELD,
  ACC_CHIP_APPROVED,
  ACC_CHIP_ROUTED,
  ACC_CHIP_DECLINED,
  ACC_CHIP_ALL,
  ACC_CHIP_LATE, /* managers' */
  ACC_CHIP_SILENT,
  ACC_N_CHIPS
} AccChip;

/* Whose eyes see it. */
typedef struct {
  const char *banker; /* lent */
  gint64 wait;        /* seconds after which a letter waits too long; twice as many: it is the managers', too */
  GHashTable *silent; /* number -> days for which nothing was heard of it, GUINT_TO_POINTER; lent; NULL: of none */
} AccChipView;

gboolean acc_chip_shows (AccChip chip, AccQueueItem *item, const AccChipView *view);

/* For how many days nothing was heard of a routed letter, where that is too long; else 0. */
guint acc_chip_count_silence (AccQueueItem *item, const AccChipView *view);

/* The number of letters that it shows, where they are counted by state. */
guint acc_chip_count (AccChip chip, const guint *counts, guint n_mine);

char *acc_chip_dup_label (AccChip chip, guint n) G_GNUC_WARN_UNUSED_RESULT;  /* "Waiting 3" */
char *acc_chip_dup_label_uncounted (AccChip chip) G_GNUC_WARN_UNUSED_RESULT; /* "Waiting …" */
const char *acc_chip_get_empty (AccChip chip);                               /* what an empty list says, static */

gboolean acc_chip_is_late (AccQueueItem *item, const AccChipView *view); /* it waits too long */

G_END_DECLS
