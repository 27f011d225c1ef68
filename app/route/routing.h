/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes an approved letter: deliveries prepared and kept (table "delivery"), handed over through a door, the state
 * moved, each step a signed journal entry. Resumable: what was handed over is not handed over again. The store's
 * thread. */
#pragma once

#include "archive/documents.h"
#include "route/doors.h"
#include "route/plan.h"

G_BEGIN_DECLS

/* What was written for one recipient of the plan. */
typedef struct {
  char *paragraph;
  GBytes *cover_pdf;  /* acc_cover_write */
  gboolean disclosed; /* as given to acc_cover_write */
} AccCoverDone;

/* Keeps one delivery per recipient ("prepared") with the door that @doors choose for it, in one transaction; nothing if
 * they are there already. @covers: one for each recipient of @plan, in order. ACC_ERROR_CONFLICT unless the letter is
 * approved; ACC_ERROR_INPUT if the plan has a gap. */
gboolean acc_routing_prepare (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccPlan *plan,
                              const AccCoverDone *covers, AccDoors *doors, GError **error);

/* Hands over every delivery that may go, now, then moves the letter to routed if all have gone. What fails waits with its
 * reason and holds none of the others; the next call tries it again. FALSE with the first failure unless the letter is
 * routed. Calls every door itself: for programs without a window. */
gboolean acc_routing_hand_over (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, AccDoors *doors,
                                GError **error);

typedef struct {
  guint position;                                        /* from 1 */
  guint after; /* the position of the delivery after whose silence it was prepared; 0: one of the plan's */
  /* opened; place "" until handed over; at: when it last moved, of an acknowledged one when it was handed over */
  char *role, *name, *email, *door, *state, *place, *at;
  char *reason;                                          /* why it has not gone; "" if nothing went wrong */
  char *next_try;                                        /* RFC 3339; "": at once, or none */
} AccDelivery;
void acc_delivery_free (AccDelivery *delivery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDelivery, acc_delivery_free)

/* GPtrArray of AccDelivery, in the plan's order. */
GPtrArray *acc_routing_list (AccStore *desk, AccOpenedLetter *letter, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  GHashTable *last;
  gint64 row; /* up to which the table was read: nothing is ever taken out of it, or changed */
} AccRoutedDepartments;
void acc_routed_departments_clear (AccRoutedDepartments *known);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccRoutedDepartments, acc_routed_departments_clear)

/* When the last letter to people of each department was routed, for the cover's facts: its name folded (acc_text_fold) -> RFC
 * 3339. @known: zeroed before the first call on a store, and handed in again to each later one, which reads only what was
 * added since, by whomever. Lent by @known; NULL with @error. */
GHashTable *acc_routing_list_departments (AccStore *desk, AccRoutedDepartments *known,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a sentence for each delivery that does not fit its letter, its cover or the journal. No sign-in. */
gboolean acc_routing_check (AccStore *desk, GPtrArray *findings, GError **error);

G_END_DECLS
