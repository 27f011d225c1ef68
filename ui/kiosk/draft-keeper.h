/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps the letter in the making where it outlives a crash of the program, but neither the session nor the machine: in a
 * file on a memory file system, at most two seconds old. Where there is no such folder nothing is kept. Main thread. */
#pragma once

#include "letter/form.h"

G_BEGIN_DECLS

#define ACC_TYPE_DRAFT_KEEPER (acc_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (AccDraftKeeper, acc_draft_keeper, ACC, DRAFT_KEEPER, GObject)

/* @folder: absolute, or "" for the session's own, $XDG_RUNTIME_DIR/accolade. Each branch's @store_dir has a draft of its
 * own. A clean end, which is disposing of it, erases the draft. */
AccDraftKeeper *acc_draft_keeper_new (const char *folder, const char *store_dir) G_GNUC_WARN_UNUSED_RESULT;

/* The draft that a crash has left, which is erased at once; NULL for none, or where it is not what this program wrote. */
AccForm *acc_draft_keeper_take (AccDraftKeeper *self) G_GNUC_WARN_UNUSED_RESULT;

/* @form is what is to be kept from now on, soon. NULL: nothing is, and what was kept is erased before this returns. */
void acc_draft_keeper_set_form (AccDraftKeeper *self, AccForm *form);

G_END_DECLS
