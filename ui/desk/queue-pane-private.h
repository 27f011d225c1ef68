/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the pane: the list (queue-pane.c) and the search over it (queue-search.c). */
#pragma once

#include "desk/desk-search.h"
#include "desk/queue-chips.h"
#include "desk/queue-pane.h"
#include "desk/queue-places.h"
#include "desk/queue-row.h"

G_BEGIN_DECLS

struct _AccQueuePane {
  GtkWidget parent;
  GtkWidget *waiting_chip, *mine_chip, *held_chip, *approved_chip, *routed_chip, *declined_chip, *all_chip, *late_chip,
    *silent_chip;
  GtkWidget *search, *order, *problem, *found_note, *progress, *progress_text, *progress_bar, *pages, *list, *found_list, *empty;
  GtkSingleSelection *selection, *found_selection;
  GtkSortListModel *sorted;
  GtkFilterListModel *filtered, *found_filtered;
  AccQueuePlaces *found_places;

  GListStore *store;      /* of AccQueueItem: all that were read */
  GHashTable *by_number;  /* the same, lent */
  GHashTable *waiting_on; /* those that wait for the branch, lent */
  GtkFilter *filter, *found_filter;
  GtkSorter *sorter;
  AccDeskSession *session; /* NULL: nobody is signed in */
  AccChipView view;
  char *banker;
  guint counts[ACC_STATE_N], n_mine, n_letters; /* known once @counted */
  guint n_late;                                 /* known once @open_read */
  guint n_read;
  int percent; /* of them, as it is shown; -1: of how many is not known */
  gboolean counted, open_read;
  gboolean late_changed; /* @n_late is to be counted anew */
  char *chosen;     /* the open letter's number */
  guint position;   /* where it stands, or stood before it left the list */
  guint tick;       /* source: the minutes go by */
  gboolean stays;   /* the open letter stays in the list although its state has moved on */
  gboolean updating;

  /* searching */
  GPtrArray *fitting;          /* of AccQueueItem, best first */
  GListStore *found;           /* the same, as far as they are shown yet; in a list of their own: the other keeps its rows */
  guint growing;               /* source: the rest of them follows */
  GHashTable *passages;        /* number -> what fits in the story */
  AccSearchQuestion *question; /* whose answer is shown; NULL: nobody searches */
  GCancellable *asking;        /* for the answer to what stands in the search; NULL: it is there */
  AccChip chip_before;         /* the one to go back to */
  guint n_read_asked;          /* how many letters had been read when it was asked */
  gboolean more;               /* others fit, too */
  gboolean choose_found;       /* the answer's first letter is wanted */
};

/* queue-pane.c */
AccChip acc_queue_pane_get_chip (AccQueuePane *self);
void acc_queue_pane_set_chip (AccQueuePane *self, AccChip chip);
void acc_queue_pane_refilter (AccQueuePane *self);
void acc_queue_pane_reselect (AccQueuePane *self); /* the open letter, where the list holds it */
void acc_queue_pane_update (AccQueuePane *self);
void acc_queue_pane_show_row (AccQueuePane *self, AccQueueRow *row, AccQueueItem *item); /* as of now */

/* queue-search.c */
void acc_queue_search_bind_callbacks (GtkWidgetClass *class);
void acc_queue_search_follow (AccQueuePane *self, GtkAdjustment *adjustment);
void acc_queue_search_end (AccQueuePane *self);      /* all letters are shown again */
void acc_queue_search_replace (AccQueuePane *self, AccQueueItem *before, AccQueueItem *now);
void acc_queue_search_ask_again (AccQueuePane *self); /* where more was read since, and nobody waits for an answer */

G_END_DECLS
