/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What preparing and handing over share. The store's thread. */
#pragma once

#include "review/states.h"
#include "route/delivery-note.h"
#include "route/delivery-table.h"
#include "route/routing.h"

G_BEGIN_DECLS

/* One call's way through routing: lent by the caller. */
typedef struct {
  AccIdentity *identity;
  AccOpenedLetter *letter;
  const char *number;
  AccDoors *doors;
  AccNamed named; /* the letter thanks the banker */
  gboolean further; /* after a silence: also of a letter that is routed already */
} AccRouting;

/* Whether letter @number is approved and not routed yet; where @further, after a silence, it may be routed already. */
gboolean acc_routing_check_approved (AccStore *desk, const char *number, gboolean further, GError **error);

/* Approved, or routed where a further delivery is meant, and this banker may route it: asked before anything leaves, since
 * nothing can be called back. */
gboolean acc_routing_check_may (AccStore *desk, const AccRouting *routing, GError **error);

/* Sets @routing's named: whether the letter, whose addressees have the ids @employees, thanks the banker; @disclosed as
 * written on the covers. */
gboolean acc_routing_find_named (AccStore *desk, AccRouting *routing, const char *const *employees, gboolean disclosed,
                                 GError **error);

/* With what leaves the branch of the letter: acc_documents_get_outgoing. */
GBytes *acc_routing_build_message (AccStore *desk, const AccRouting *routing, guint position,
                                   const AccDeliveryNote *note, GBytes *cover_pdf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One more delivery, to somebody above one of whom nothing was heard; all of it lent. */
typedef struct {
  AccRouting routing; /* further */
  const AccRecipient *recipient;
  const AccPerson *sender; /* the banker as a person of the directory, or NULL */
  const AccCoverDone *cover;
  guint after;                  /* the position of whom nothing was heard */
  GStrv employees, departments; /* of that one's note */
} AccFurther;

/* Keeps it as @position, with its journal entry, inside the caller's transaction. */
gboolean acc_routing_prepare_further_within (AccStore *desk, const AccFurther *further, guint position, GError **error);

/* The note of @row, which has to tell the same role. */
AccDeliveryNote *acc_routing_open_note (const AccRouting *routing, const AccDeliveryRow *row, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
