/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk that stands on a branch of its own, and what a client does at it. Main thread. */
#pragma once

#include <gtk/gtk.h>

#include "kiosk/answer.h"
#include "kiosk/letter-page.h"
#include "kiosk/step.h"
#include "store/store.h"

/* A branch with an inbox and a public key, and a kiosk that stands on it. */
typedef struct {
  char *store_dir;
  GtkWidget *window;
  int width, height; /* 0: a small screen */
  gboolean must_fit; /* every question is looked at: nothing may have to be scrolled to */
} Kiosk;

/* A folder with an inbox and its departments; the inbox alone, put into a folder; and the public key, put into it. */
char *make_branch (void) G_GNUC_WARN_UNUSED_RESULT;
void make_inbox (const char *store_dir);
void write_branch_key (const char *store_dir);

void open_kiosk (Kiosk *kiosk);
void kiosk_init (Kiosk *kiosk);
void kiosk_clear (Kiosk *kiosk);
AccLetterPage *letter_of (Kiosk *kiosk); /* lent; NULL while out of service */
AccStep step_of (Kiosk *kiosk);
AccForm *form_of (Kiosk *kiosk);
GtkWidget *page_of (Kiosk *kiosk);
AccAnswer *answer_of (Kiosk *kiosk, const char *id);
const char *question_of (Kiosk *kiosk);
void assert_fits (Kiosk *kiosk);
void act (Kiosk *kiosk, const char *action);
void answer (Kiosk *kiosk, const char *id, const char *text);
void answer_and_go_on (Kiosk *kiosk, const char *id, const char *text);
void tick (Kiosk *kiosk, const char *id);
void say_who (Kiosk *kiosk);
void tell_story (Kiosk *kiosk);
void thank_banker (Kiosk *kiosk);
void sign_by_typing (Kiosk *kiosk);
gboolean can_send (gpointer window);
void write_letter (Kiosk *kiosk);
gboolean is_sent (gpointer window);
void assert_nothing_left (Kiosk *kiosk);
GPtrArray *list_inbox (Kiosk *kiosk);
void assert_one_letter (Kiosk *kiosk);
