/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A branch of one's own for tests of the archive: set up for real, signed in, and letters to send through it. */
#pragma once

#include "archive/opened-letter.h"
#include "inbox/inbox.h"
#include "sql-support.h"

#define BRANCH "Old Harbour"
#define BANKER "Ana Duarte"
#define PASSPHRASE "a long enough phrase"

typedef struct {
  char *folder, *store_dir;
  AccStore *desk, *inbox;
  AccIdentity *identity;
  AccBranchKey *key;
} Scene;

typedef struct {
  const char *path;
  void (*test) (Scene *scene, gconstpointer data);
} SceneTest;

void scene_set_up (Scene *scene, gconstpointer data);
void scene_tear_down (Scene *scene, gconstpointer data);
void scene_add_tests (const SceneTest *tests, gsize n);

/* @to and @from: names, NULL-terminated; the department goes with the first addressee, "Payments" with the others. */
AccLetter *make_letter (const char *const *to, const char *department, const char *const *from, const char *act)
  G_GNUC_WARN_UNUSED_RESULT;
AccLetter *make_plain_letter (void) G_GNUC_WARN_UNUSED_RESULT;

/* Sealed as acc_submit does it, but with a PDF that needs no paper. */
AccInboxLetter *seal_letter (AccBranchKey *key, const char *number, AccLetter *letter, const char *pdf_text)
  G_GNUC_WARN_UNUSED_RESULT;

/* Gives the number. */
char *submit_letter (Scene *scene, AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;
char *submit_plain (Scene *scene) G_GNUC_WARN_UNUSED_RESULT;

/* @n letters more of @state, told of in the journal, that nobody can open: for what must not look at every letter. */
void add_closed_letters (AccStore *desk, guint n, const char *state);

void take_in (Scene *scene, guint expected);
AccOpenedLetter *open_letter (Scene *scene, const char *number) G_GNUC_WARN_UNUSED_RESULT;
