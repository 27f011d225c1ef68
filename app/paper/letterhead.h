/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The brand: a folder with letterhead.conf, emblem.svg and, where the bank has words of its own, languages/. Immutable
 * once loaded; any thread. */
#pragma once

#include <cairo.h>
#include <glib-object.h>

G_BEGIN_DECLS

#define ACC_TYPE_LETTERHEAD (acc_letterhead_get_type ())
G_DECLARE_FINAL_TYPE (AccLetterhead, acc_letterhead, ACC, LETTERHEAD, GObject)

typedef struct {
  double red, green, blue; /* 0…1 */
} AccColour;

/* Loads the folder, or fails with the first of what acc_letterhead_check finds. */
AccLetterhead *acc_letterhead_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Loads by the configuration's word: a name below resources/letterheads, or an absolute folder. */
AccLetterhead *acc_letterhead_load_named (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Loads the folder and adds to @faults, of GError *, everything that is wrong: ACC_ERROR_INPUT names file and key,
 * ACC_ERROR_SYSTEM a font that is not installed. NULL if there is a fault. @advice, of char *, may be NULL: what may
 * stay, but could be better. */
AccLetterhead *acc_letterhead_check (const char *folder, GPtrArray *faults, GPtrArray *advice) G_GNUC_WARN_UNUSED_RESULT;

const char *acc_letterhead_get_bank (AccLetterhead *self);
const char *acc_letterhead_get_family (AccLetterhead *self); /* the letter's font family */
const char *acc_letterhead_get_head_family (AccLetterhead *self); /* small type: branch, foot */
const AccColour *acc_letterhead_get_ink (AccLetterhead *self);
const AccColour *acc_letterhead_get_quiet (AccLetterhead *self);
const AccColour *acc_letterhead_get_gold (AccLetterhead *self);
const AccColour *acc_letterhead_get_accent (AccLetterhead *self);

/* Draws the emblem as vectors into the square of @size at x, y (the units of @cr). */
void acc_letterhead_draw_emblem (AccLetterhead *self, cairo_t *cr, double x, double y, double size);

G_END_DECLS
