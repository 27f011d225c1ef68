/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a letter: one name for each thing a client can answer, shared by the form, the JSON's
 * messages, the typesetter's ledger and the windows. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_PEOPLE_MAX 4 /* addressees, and authors, of one letter */

typedef enum {
  ACC_FIELD_NONE, /* the bank's words on the page: letterhead, salutation, closing, foot */
  ACC_FIELD_TO_NAME,
  ACC_FIELD_TO_CALLED,
  ACC_FIELD_TO_DEPARTMENT,
  ACC_FIELD_TO_REACHED,
  ACC_FIELD_STORY_NEED,
  ACC_FIELD_STORY_ACT,
  ACC_FIELD_STORY_DIFFERENCE,
  ACC_FIELD_BANKER_NAME,
  ACC_FIELD_BANKER_WORDS,
  ACC_FIELD_FROM_NAME,
  ACC_FIELD_FROM_SIGNATURE,
  ACC_FIELD_CONSENT_FILE,
  ACC_FIELD_CONSENT_SHARE,
  ACC_FIELD_CONSENT_CONTACT,
  ACC_FIELD_ASKED_BY_STAFF,
  ACC_FIELD_APART,
  ACC_FIELD_SERVED_ON,
  ACC_FIELD_N
} AccField;

/* The field as the JSON spells it: "to[1].name", "story.act"; @index counts from 0. */
char *acc_field_path (AccField field, guint index) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
