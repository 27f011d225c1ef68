/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What importing one directory over another would change: who is new, who has left, and who changes. Immutable; any
 * thread. Made in time linear in the people, but for their order: off the thread that draws. */
#pragma once

#include "staff/staff-change.h"

G_BEGIN_DECLS

#define ACC_TYPE_STAFF_DIFFERENCE (acc_staff_difference_get_type ())
G_DECLARE_FINAL_TYPE (AccStaffDifference, acc_staff_difference, ACC, STAFF_DIFFERENCE, GObject)

AccStaffDifference *acc_staff_difference_new (AccDirectory *before, AccDirectory *after) G_GNUC_WARN_UNUSED_RESULT;

AccDirectory *acc_staff_difference_get_before (AccStaffDifference *self);
AccDirectory *acc_staff_difference_get_after (AccStaffDifference *self);

guint acc_staff_difference_get_n (AccStaffDifference *self); /* changes of all kinds */
AccStaffChange *acc_staff_difference_get_change (AccStaffDifference *self, guint position); /* by kind, then by name. Lent */
guint acc_staff_difference_count (AccStaffDifference *self, AccStaffChangeKind kind);
guint acc_staff_difference_count_unchanged (AccStaffDifference *self);
guint acc_staff_difference_count_others (AccStaffDifference *self); /* ids that may be somebody else's now */

/* More than one in five would leave: that is rarely meant. */
gboolean acc_staff_difference_removes_many (AccStaffDifference *self);

/* Whether a letter to @name might take another way: somebody of that name is new, has left, is reached elsewhere or has
 * another supervisor, or that supervisor has changed in one of these ways. */
gboolean acc_staff_difference_concerns (AccStaffDifference *self, const char *name);

G_END_DECLS
