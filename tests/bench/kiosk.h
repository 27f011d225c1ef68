/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kiosk to be measured: full screen, in a letter's language, and when its frames are painted. Main thread. */
#pragma once

#include "kiosk-support.h"
#include "letter/letter.h"

/* Begins GTK, and opens a kiosk on a branch of its own, in the language of the letter in the file at @path, which is the
 * caller's. */
AccLetter *bench_kiosk_open (Kiosk *kiosk, const char *path) G_GNUC_WARN_UNUSED_RESULT;

/* Answers whom the letter is for: the next question is the story's first. */
void bench_say_who (Kiosk *kiosk, AccLetter *letter);

/* What something took until it was seen. */
typedef struct {
  gint64 time;           /* microseconds, from @begin to the end of the frame that shows it */
  gint64 processor_time; /* … that the main thread worked */
} BenchSeen;

/* Does it and runs the main loop until a frame was painted after which @shows says that it is to be seen. */
BenchSeen bench_see (Kiosk *kiosk, void (*begin) (gpointer data), gboolean (*shows) (gpointer data), gpointer data);

/* Runs the main loop for so many milliseconds. */
void bench_rest (guint milliseconds);

/* Types @count characters into the three parts of a story, a third into each, over and over what @letter says there, and
 * prints what each took until the sheet had it: the microseconds, and the processor time of the main thread in them.
 * @ready does what comes before the character at @at is typed, and tells whether it can be; @strike types it. */
void bench_type_story (Kiosk *kiosk, AccLetter *letter, guint count, gboolean (*ready) (gpointer data, const char *at),
                       void (*strike) (gpointer data), gpointer data);
