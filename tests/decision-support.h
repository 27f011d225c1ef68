/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A branch with three bankers, each at a desk of their own, for tests of what they decide. */
#pragma once

#include "archive/opened-letter.h"
#include "review/decision.h"
#include "store/store.h"

enum { ANA, DANIEL, RUAIRI, N_BANKERS }; /* Ana is the manager */
extern const char *const scene_names[N_BANKERS];

typedef struct {
  char *folder, *path;
  AccStore *desks[N_BANKERS]; /* each at a desk of their own */
  AccIdentity *bankers[N_BANKERS];
  AccStore *inbox;
  AccBranchKey *key;
  GBytes *json, *pdf;
} Scene;

void scene_set_up (Scene *scene, gconstpointer data);
void scene_tear_down (Scene *scene, gconstpointer data);

/* A letter with a slip that waits in the inbox; the number. */
char *scene_submit (Scene *scene);

/* A letter that has just been taken in, and not read back; and one that was, as acc_intake does it. The number. */
char *scene_take_in (Scene *scene);
char *scene_receive (Scene *scene);

AccOpenedLetter *scene_open (Scene *scene, guint banker, const char *number);
void scene_decide (Scene *scene, guint banker, const char *number, AccMove move);

/* A letter that has come into @state; its number. */
char *scene_bring_into (Scene *scene, AccState state);

/* Straight at the desk's store. */
void scene_run (Scene *scene, const char *sql);
gint64 scene_count (Scene *scene, const char *sql);
AccRecord *scene_record (Scene *scene, const char *number);

/* Whose signature is looked at: every decision's own; or, as by "accolade verify", that of the journal's entry which
 * pins it, where the journal is sound. */
typedef enum { EACH, VOUCHED, N_WAYS } Way;

char *scene_findings (Scene *scene, Way way);
void assert_decisions_sound (Scene *scene);
void assert_sound (Scene *scene); /* and all else in the stores */
