/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter: the value that travels from the form to the seal. Immutable, so any thread may read it. */
#pragma once

#include "letter/field.h"
#include "letter/signature.h"

G_BEGIN_DECLS

#define ACC_LETTER_FORMAT 1
#define ACC_CONSENT_VERSION 1

typedef enum { ACC_REACHED_PHONE, ACC_REACHED_BRANCH, ACC_REACHED_ONLINE } AccReached;
typedef enum { ACC_ASKED_UNSAID, ACC_ASKED_YES, ACC_ASKED_NO } AccAsked;
typedef enum { ACC_PAPER_LETTER, ACC_PAPER_A4 } AccPaper;

typedef struct {
  char *name, *called, *department; /* called: "" = the name, nothing is guessed */
  AccReached reached;
} AccAddressee;

typedef struct {
  char *name;
  AccSignature *signature; /* NULL: not yet signed */
} AccAuthor;

/* What a letter consists of, as plain data to build one from. Strings are never NULL (""). */
typedef struct {
  AccAddressee to[ACC_PEOPLE_MAX];
  guint n_to;
  char *need, *act, *difference;
  gboolean thanks_banker; /* "banker" is not null */
  char *banker_name, *banker_words;
  AccAuthor from[ACC_PEOPLE_MAX];
  guint n_from;
  guint consent_version;
  gboolean consent_file, consent_share;
  char *consent_contact;
  AccAsked asked_by_staff;
  char *apart;
  char *served_on, *date; /* YYYY-MM-DD */
  char *language;         /* BCP 47, "en" */
  AccPaper paper;
} AccLetterFields;

/* Empty fields: one addressee, one author, today, "en", US letter. Free the contents with _clear. */
void acc_letter_fields_init (AccLetterFields *fields);
void acc_letter_fields_copy (AccLetterFields *to, const AccLetterFields *from);
void acc_letter_fields_clear (AccLetterFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccLetterFields, acc_letter_fields_clear)

#define ACC_TYPE_LETTER (acc_letter_get_type ())
G_DECLARE_FINAL_TYPE (AccLetter, acc_letter, ACC, LETTER, GObject)

/* A letter that may be sent: texts cleaned and trimmed, every rule held (names, story, limits, dates,
 * language tag, numbers of acc_guard_find). ACC_ERROR_INPUT names the field by acc_field_path. */
AccLetter *acc_letter_new (const AccLetterFields *fields, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A letter in the making, for the sheet: texts cleaned, nothing required. Never sealed. Each of its answers is being
 * written, or @written alone (ACC_FIELD_NONE: none). */
AccLetter *acc_letter_new_sketch (const AccLetterFields *fields) G_GNUC_WARN_UNUSED_RESULT;
AccLetter *acc_letter_new_sketch_at (const AccLetterFields *fields, AccField written) G_GNUC_WARN_UNUSED_RESULT;

gboolean acc_letter_is_sketch (AccLetter *self);
gboolean acc_letter_is_writing (AccLetter *self, AccField field);
const AccLetterFields *acc_letter_get_fields (AccLetter *self); /* lent, read only */

/* The text of a text field, "" if there is none; lent. */
const char *acc_letter_get_text (AccLetter *self, AccField field, guint index);

/* What to call the addressee: called, else the name. Lent. */
const char *acc_letter_get_called (AccLetter *self, guint addressee);

G_END_DECLS
