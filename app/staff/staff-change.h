/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import would change about one person. Immutable; any thread. */
#pragma once

#include "staff/directory.h"

G_BEGIN_DECLS

typedef enum { ACC_STAFF_NEW, ACC_STAFF_LEFT, ACC_STAFF_CHANGED, ACC_STAFF_N_CHANGES } AccStaffChangeKind;

const char *acc_staff_change_kind_to_word (AccStaffChangeKind kind); /* "new", "left", "changed": frozen, for scripts */

#define ACC_TYPE_STAFF_CHANGE (acc_staff_change_get_type ())
G_DECLARE_FINAL_TYPE (AccStaffChange, acc_staff_change, ACC, STAFF_CHANGE, GObject)

/* Of the person with @id, whom @before or @after has, or both and otherwise. */
AccStaffChange *acc_staff_change_new (AccDirectory *before, AccDirectory *after, const char *id) G_GNUC_WARN_UNUSED_RESULT;

AccStaffChangeKind acc_staff_change_get_kind (AccStaffChange *self);
const AccPerson *acc_staff_change_get_person (AccStaffChange *self); /* as they will be; as they were, for who has left */

/* Both the name and the address are others: under this id may stand somebody else now, and whatever keeps the id (a
 * banker's link, a note) would mean them. */
gboolean acc_staff_change_may_be_another (AccStaffChange *self);

/* Who somebody is, where letters go, or who supervises them: what matters to a letter on its way. */
gboolean acc_staff_change_is_of_way (AccStaffChange *self);

typedef struct {
  const char *column;  /* "supervisor_id": as in the file's header line. Static */
  const char *label;   /* "supervisor", translated. Static */
  char *before, *after; /* as a person reads them: a supervisor by name; "" for nothing */
} AccStaffFieldChange;

/* What differs, in the order of the file's columns: GPtrArray of AccStaffFieldChange; empty unless it is a change. */
GPtrArray *acc_staff_change_list_fields (AccStaffChange *self) G_GNUC_WARN_UNUSED_RESULT;

/* The same in words: “department: “Loans”, before “Cards””, parted by semicolons; where the person is, or was, and to whom
 * they report, for who is new or has left. */
char *acc_staff_change_describe (AccStaffChange *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
