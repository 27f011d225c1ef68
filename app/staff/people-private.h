/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People in the making: what a staff file or a directory server tells of each, by the same rules. One thread. */
#pragma once

#include "staff/directory.h"
#include "staff/findings-private.h"

G_BEGIN_DECLS

/* What is told of a person, in the order in which it is written. */
typedef enum {
  ACC_STAFF_ID,
  ACC_STAFF_NAME,
  ACC_STAFF_EMAIL,
  ACC_STAFF_DEPARTMENT,
  ACC_STAFF_SUPERVISOR_ID,
  ACC_STAFF_TITLE,
  ACC_STAFF_CALLED,
  ACC_STAFF_PRONUNCIATION,
  ACC_STAFF_SINCE,
  ACC_STAFF_UNTIL,
  ACC_STAFF_THANKS,
  ACC_STAFF_N_COLUMNS
} AccStaffColumn;

const char *acc_staff_column_name (AccStaffColumn column); /* "supervisor_id": as in the file's header line */
gboolean acc_staff_column_is_needed (AccStaffColumn column);
const char *acc_staff_column_text (const AccPerson *person, AccStaffColumn column);

typedef struct _AccPeople AccPeople;

/* @findings is lent. @labels: how a finding calls each column; NULL: by its name. Lent, too. */
AccPeople *acc_people_new (AccFindings *findings, const char *const *labels) G_GNUC_WARN_UNUSED_RESULT;
void acc_people_free (AccPeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPeople, acc_people_free)

/* Adds whom @values (ACC_STAFF_N_COLUMNS of them) tell of, and to the findings what is wrong with them. A value is NULL
 * where a finding tells already why there is none. */
void acc_people_add (AccPeople *self, const char *const *values, guint line);

/* Adds somebody of whom nothing but @id could be read: so that who reports to them is not called wrong as well. */
void acc_people_add_unread (AccPeople *self, const char *id, guint line);

guint acc_people_get_n (AccPeople *self);

/* Looks at how they fit together, and gives those whose lines, and the lines of all above them, are right; NULL if there
 * are none. The others' lines are marked in the findings. Nothing can be added afterwards. */
AccDirectory *acc_people_finish (AccPeople *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
