/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters and pages for the paper's two tests. */
#pragma once

#include "letter/letter-json.h"
#include "paper/pdf-writer.h"
#include "support.h"

#define TEST_NUMBER "6f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"

typedef struct {
  const char *name;  /* tests/fixtures/letters/NAME.json */
  guint n_pages;
  gboolean latin; /* in Latin letters */
} TestLetter;

extern const TestLetter test_letters[];
extern const guint test_n_letters;

AccLetterhead *test_letterhead (void); /* the one that is shipped; lent */
AccWording *test_wording (const char *language) G_GNUC_WARN_UNUSED_RESULT;
AccLetter *test_letter (const char *name) G_GNUC_WARN_UNUSED_RESULT;
AccPages *test_pages (AccLetter *letter) G_GNUC_WARN_UNUSED_RESULT;
AccPages *test_pages_named (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Under one of the two that are shipped. */
extern const char *const test_letterheads[]; /* ends with NULL */
AccPages *test_pages_under (AccLetter *letter, const char *letterhead) G_GNUC_WARN_UNUSED_RESULT;

/* A letter that may be sent, told in one piece, signed by a typed name. */
AccLetter *test_letter_of (const char *act, const char *language) G_GNUC_WARN_UNUSED_RESULT;

/* A letter in the making; any text may be NULL. */
AccLetter *test_sketch_of (const char *need, const char *act, const char *difference) G_GNUC_WARN_UNUSED_RESULT;

GBytes *test_pdf (AccPages *pages) G_GNUC_WARN_UNUSED_RESULT;
