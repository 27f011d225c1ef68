/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on a paper, in reading order, before anything is laid out: a list of blocks of text, each
 * knowing which answer it came from. A letter and a cover are both compositions. Immutable; any thread. */
#pragma once

#include "letter/passages.h"
#include "paper/letterhead.h"
#include "paper/wording.h"

G_BEGIN_DECLS

typedef enum {
  ACC_BLOCK_EDITION,    /* what an edition calls itself, above all else */
  ACC_BLOCK_EDITION_NOTE,
  ACC_BLOCK_DATE,
  ACC_BLOCK_ADDRESSEE,  /* "For Jessica Okafor" */
  ACC_BLOCK_QUIET,      /* the department, the day of service: under the block before it */
  ACC_BLOCK_DAY,        /* the day of service where there are several addressees: apart from the last of them */
  ACC_BLOCK_SALUTATION,
  ACC_BLOCK_HEADING,    /* a cover's subject */
  ACC_BLOCK_PARAGRAPH,
  ACC_BLOCK_CLOSING,
  ACC_BLOCK_SIGNATURE,  /* drawn; its text is the name below it */
} AccBlockRole;

typedef struct {
  gsize start, end;
} AccSpan;

typedef struct {
  AccBlockRole role;
  char *text;                /* exactly what is drawn: NFC, with the quotes and dashes of its language */
  AccField field;            /* whose words; ACC_FIELD_NONE for the bank's */
  guint index;               /* of the person */
  gsize offset;              /* where text starts in the answer, bytes; meaningful where field is a story part */
  AccSignature *signature;   /* ACC_BLOCK_SIGNATURE, may be NULL */
  char *note;                /* ACC_BLOCK_SIGNATURE: "Signed in the presence of …", or NULL */
  GArray *bars;              /* of AccSpan: bytes of the text that are set on a dark bar; NULL: none */
} AccBlock;

#define ACC_TYPE_COMPOSITION (acc_composition_get_type ())
G_DECLARE_FINAL_TYPE (AccComposition, acc_composition, ACC, COMPOSITION, GObject)

/* The letter under @branch's name. @number NULL: "specimen" stands in the foot. A sketch keeps an empty
 * block for the answer that is being written, so that the sheet has a place for the caret. */
AccComposition *acc_composition_new_letter (AccLetter *letter, AccWording *wording, const char *branch,
                                            const char *number) G_GNUC_WARN_UNUSED_RESULT;

/* Another edition of a letter, which says so on its face, in each foot and in its title. */
typedef struct {
  AccLetter *letter;    /* without what was taken out, of which it must not know */
  GArray *marks;        /* where a bar stands: acc_passages_take_out; NULL: nothing was taken out */
  gboolean large_print; /* in 18 points */
} AccEditionText;

/* As acc_composition_new_letter. A bar has the same words on it for each passage, and so the same width: it tells nothing
 * of what it stands for. The check code is that of the words that are left, since with that of all the words whoever
 * guesses those taken out could tell that they guessed right. */
AccComposition *acc_composition_new_edition (const AccEditionText *edition, AccWording *wording, const char *branch,
                                             const char *number) G_GNUC_WARN_UNUSED_RESULT;

/* A covering letter: the facts of a note from the bank, composed by route/. */
typedef struct {
  const char *branch, *number, *date, *language;
  const char *to_name, *to_line;     /* recipient, and what the recipient is ("Supervisor, Fraud Operations") */
  const char *subject, *salutation;
  const char *paragraph;             /* the banker's own, line feeds part paragraphs */
  const char *signed_name, *signed_line;
  const char *title;                 /* the PDF's; NULL: "A cover for" @to_name */
  AccPaper paper;
} AccCoverText;
AccComposition *acc_composition_new_cover (const AccCoverText *cover, AccWording *wording) G_GNUC_WARN_UNUSED_RESULT;

guint acc_composition_get_n_blocks (AccComposition *self);
const AccBlock *acc_composition_get_block (AccComposition *self, guint block);
AccPaper acc_composition_get_paper (AccComposition *self);
const char *acc_composition_get_branch (AccComposition *self);
const char *acc_composition_get_foot (AccComposition *self);     /* number, check code, whether asked for; a specimen’s word */
const char *acc_composition_get_foot_edition (AccComposition *self); /* a row above: what edition it is; NULL: none */
const char *acc_composition_get_foot_more (AccComposition *self);    /* a row below, in large print; NULL: none */
gboolean acc_composition_is_large_print (AccComposition *self);
const char *acc_composition_get_proof (AccComposition *self);    /* both, for a QR code; NULL for a specimen or a cover */
const char *acc_composition_get_language (AccComposition *self); /* of the text: Pango's language */
const char *acc_composition_get_date (AccComposition *self);     /* ISO */
/* Whether the bank's own words run from right to left, and with them all that is not a story. */
gboolean acc_composition_is_right_to_left (AccComposition *self);
char *acc_composition_dup_page_label (AccComposition *self, guint page, guint n_pages) G_GNUC_WARN_UNUSED_RESULT;
char *acc_composition_dup_title (AccComposition *self) G_GNUC_WARN_UNUSED_RESULT; /* the PDF's title: no client data but the addressee */

G_END_DECLS
