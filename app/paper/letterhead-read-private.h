/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letterhead's parts, each read from its file with all that is wrong in it. Only letterhead*.c include this. */
#pragma once

#include "base/error.h"
#include "paper/letterhead-private.h"

G_BEGIN_DECLS

#define ACC_LETTERHEAD_CONF "letterhead.conf"
#define ACC_LETTERHEAD_EMBLEM "emblem.svg"
#define ACC_LETTERHEAD_LANGUAGES "languages"

struct _AccLetterhead
{
  GObject parent_instance;

  char *bank;
  char *letter_family, *head_family, *name_family;
  AccColour ink, quiet, gold, accent;
  AccMargins margins; /* 0 where the file gives none that can be used */
  AccHead head;
  guint n_foot;
  GKeyFile *conf;
  GHashTable *words; /* language → GKeyFile */
  struct _RsvgHandle *emblem;
  AccEmblemInk emblem_ink;
  GMutex emblem_lock; /* a handle draws on one thread at a time */
};

/* Adds a fault, a GError, to @faults. */
void acc_letterhead_add_fault (GPtrArray *faults, AccError code, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* The first line that is not UTF-8; 0 where all are. */
guint acc_letterhead_find_line_of_bad_text (GBytes *bytes);

/* One of its key files, while it is checked. */
typedef struct {
  const char *path;
  GPtrArray *faults;
  GBytes *bytes; /* NULL before it is read, and where it cannot be */
} AccKeySource;

void acc_key_source_clear (AccKeySource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccKeySource, acc_key_source_clear)

/* The key file; NULL with a fault where it is none. Translations are kept. */
GKeyFile *acc_key_source_read (AccKeySource *source) G_GNUC_WARN_UNUSED_RESULT;

/* A sentence that says what is @wrong with a key, and in which line. */
char *acc_key_source_tell (const AccKeySource *source, const char *group, const char *key,
                           const char *wrong) G_GNUC_WARN_UNUSED_RESULT;

/* Adds it to the faults, where there is anything @wrong; takes @wrong, which may be NULL. */
void acc_key_source_add_fault (const AccKeySource *source, AccError code, const char *group, const char *key, char *wrong);

void acc_letterhead_read_conf (AccLetterhead *self, AccKeySource *source);
void acc_letterhead_read_words (AccLetterhead *self, const char *folder, GPtrArray *faults);
void acc_letterhead_read_emblem (AccLetterhead *self, const char *folder, GPtrArray *faults);

/* What only fonts can tell, of what has been read: whether they are there, and what they leave of a line. @advice, of
 * char *, may be NULL. */
void acc_letterhead_check_type (AccLetterhead *self, const AccKeySource *source, GPtrArray *advice);

G_END_DECLS
