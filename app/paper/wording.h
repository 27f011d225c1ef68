/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's few words on the paper, in the letter's language: resources/languages/<language>.conf, and over it what the
 * letterhead's own languages/<language>.conf has. A language without a file falls back to its base ("es-MX" -> "es"), then
 * to English. Immutable; any thread. */
#pragma once

#include "paper/letterhead.h"

G_BEGIN_DECLS

#define ACC_TYPE_WORDING (acc_wording_get_type ())
G_DECLARE_FINAL_TYPE (AccWording, acc_wording, ACC, WORDING, GObject)

/* @letterhead NULL: nobody's own words. */
AccWording *acc_wording_load (AccLetterhead *letterhead, const char *language,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The wording of @key with each {name} replaced by the pair's value: (key, "name", value, …, NULL).
 * Keys and their pairs: the table in wording.c (salutation, closing, page, cover-subject, cover-facts-phone …). */
char *acc_wording_fill (AccWording *self, const char *key, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

/* An ISO date written out: "21 November 2026". */
char *acc_wording_date (AccWording *self, const char *iso_date) G_GNUC_WARN_UNUSED_RESULT;

/* What is actually used: "en" where there is no file for the language asked for. */
const char *acc_wording_get_language (AccWording *self);

G_END_DECLS
