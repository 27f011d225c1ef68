/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as Accolade keeps it: UTF-8, NFC, no hidden or direction-changing characters, bounded.
 * Control and format characters, tags, bidirectional controls, fillers, private-use and unassigned code points are
 * dropped; joiners stay between letters that need them, variation selectors after emoji and Han. Pure functions,
 * any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_NAME_MAX 80      /* characters of a one-line field */
#define ACC_STORY_MAX 6000   /* characters of a story */
#define ACC_STORY_LINES 80   /* lines of a story */
#define ACC_NAME_MARKS 8     /* combining marks that may follow one base in a name */
#define ACC_STORY_MARKS 30   /* … and in a story */

typedef enum { ACC_TEXT_LINE, ACC_TEXT_STORY } AccTextKind;

typedef enum {
  ACC_TEXT_UNCHANGED = 0,
  ACC_TEXT_DROPPED = 1 << 0, /* characters that may not stay were taken out */
  ACC_TEXT_CUT = 1 << 1,     /* what was past the limit was cut, at a whole character */
} AccTextChange;

/* @text of @length bytes (-1: to its NUL; embedded NULs are dropped otherwise) as it may be kept.
 * Invalid UTF-8 is dropped byte by byte, so what follows it is not lost; a tab becomes a space, CR LF and
 * CR a line feed; line feeds become spaces in a line; spaces stay as typed (trim when the field is left).
 * The time is linear in @length. @change may be NULL. */
char *acc_text_clean (const char *text, gssize length, AccTextKind kind, AccTextChange *change)
  G_GNUC_WARN_UNUSED_RESULT;

/* The characters that acc_text_clean would drop, in order and as often as they occur: a GArray of gunichar. */
GArray *acc_text_list_dropped (const char *text, gssize length, AccTextKind kind) G_GNUC_WARN_UNUSED_RESULT;

/* Whether nothing of @text can be seen: empty, any white space, U+3164 and its like. NULL is blank. */
gboolean acc_text_is_blank (const char *text);

/* @text without white space at its ends. */
char *acc_text_trim (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* A key for comparing and finding: NFKD, accents and strokes taken off, case folded, white space as one space,
 * trimmed. "María  ÁLVAREZ" and "maria alvarez" fold alike, and so do "Łukasz" and "lukasz"; vowel signs that are
 * letters of their script stay; a Cyrillic А never folds to a Latin A. */
char *acc_text_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* Whether letters of more than one script stand in one word (UTS 39, but Han with kana or bopomofo or
 * Hangul counts as one). */
gboolean acc_text_has_mixed_scripts (const char *text);

/* @text, which may hold any bytes, as one line that a terminal or a log shows as it stands: white space becomes spaces,
 * what is hidden or no UTF-8 becomes U+FFFD. Nothing is cut. */
char *acc_text_to_line (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The same, with the lines and tabs that it has. */
char *acc_text_to_lines (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The characters of @characters for a sentence, at most five: “ꙮ” (U+A66E), … */
char *acc_text_name_characters (const gunichar *characters, gsize n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
