/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables "delivery" and "routed_department". The store's thread. */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* Frozen: their texts stand in the store. */
typedef enum {
  ACC_DELIVERY_PREPARED,
  ACC_DELIVERY_SENDING,
  ACC_DELIVERY_HANDED_OVER,
  ACC_DELIVERY_ACKNOWLEDGED,
  ACC_DELIVERY_WAITING,
  ACC_DELIVERY_REFUSED,
  ACC_DELIVERY_UNSURE,
  ACC_DELIVERY_N
} AccDeliveryState;

const char *acc_delivery_state_to_text (AccDeliveryState state);
gboolean acc_delivery_state_from_text (const char *text, AccDeliveryState *state);
gboolean acc_delivery_state_is_open (AccDeliveryState state); /* may be handed over, now or again */
gboolean acc_delivery_state_is_done (AccDeliveryState state); /* has left the branch */

typedef struct {
  gint64 id; /* 0: not yet kept */
  char *number;
  guint position;
  char *role, *door;
  AccDeliveryState state;
  guint after;       /* the position of the delivery after whose silence it was prepared; 0: one of the plan's */
  GBytes *recipient; /* acc_delivery_note_close */
  gint64 cover;      /* the document's id */
  char *cover_hash;  /* of its PDF; read only */
  char *cover_body_hash, *cover_made_at; /* read only */
  char *changed_at;  /* read only */
  guint tries;       /* read only, as the next two: since it was prepared, or ordered again */
  char *next_try;    /* RFC 3339; NULL: at once */
  char *reason;      /* acc_delivery_reason_close; NULL: nothing went wrong */
} AccDeliveryRow;

void acc_delivery_row_free (AccDeliveryRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccDeliveryRow, acc_delivery_row_free)

gboolean acc_delivery_table_add (AccStore *desk, const AccDeliveryRow *row, GError **error);

/* The deliveries of @number in the plan's order, or at most @limit of every letter after the one of @id: GPtrArray of
 * AccDeliveryRow. */
GPtrArray *acc_delivery_table_list (AccStore *desk, const char *number, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *acc_delivery_table_list_after (AccStore *desk, gint64 id, guint limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* The one of that id. */
AccDeliveryRow *acc_delivery_table_find (AccStore *desk, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Those of approved letters that are open, and such as were prepared after a silence, in the order in which they were prepared: GPtrArray of AccDeliveryRow. */
GPtrArray *acc_delivery_table_list_open (AccStore *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Of routed letters, those handed over to supervisors and to whom the letters thank at @since (seconds since 1970) or before,
 * of which nothing was heard and nobody else was asked: GPtrArray of AccDeliveryRow, the oldest first. Without those that
 * have an entry of @kind in the journal. */
GPtrArray *acc_delivery_table_list_silent (AccStore *desk, gint64 since, const char *kind, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Whether the journal has an entry of @kind on delivery @row. */
gboolean acc_delivery_table_is_noted (AccStore *desk, const AccDeliveryRow *row, const char *kind, gboolean *noted,
                                      GError **error);

/* When the first one after @since that would be listed then was handed over; 0: there is none. */
gboolean acc_delivery_table_find_silent_after (AccStore *desk, gint64 since, const char *kind, gint64 *first, GError **error);

/* The approved letters of which every delivery is done. */
GStrv acc_delivery_table_list_complete (AccStore *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From one state to the next, each ACC_ERROR_CONFLICT if the delivery is no longer where it comes from.
 * Open, but not being sent -> "sending", one more try. */
gboolean acc_delivery_table_start (AccStore *desk, gint64 id, GError **error);

/* "sending" -> "prepared": it was cut short, and may be begun anew. */
gboolean acc_delivery_table_restore (AccStore *desk, gint64 id, GError **error);

/* "sending" -> "waiting". */
gboolean acc_delivery_table_wait (AccStore *desk, gint64 id, const char *reason, const char *next_try, GError **error);

/* "sending" where it was @tried, which counts for nothing, else open, -> "waiting" until its door is open again. */
gboolean acc_delivery_table_shut (AccStore *desk, gint64 id, gboolean tried, const char *reason, GError **error);

/* "sending", by the try of that number: how it ended (sending.c), in the place of the reason until a banker signs in. */
gboolean acc_delivery_table_keep_end (AccStore *desk, gint64 id, guint tries, const char *end, GError **error);

/* Of a store made from a backup: every one that could go is "sending", with this in the place of the reason. It may have
 * gone after the backup was made, so the next sign-in makes it "unsure". Frozen. */
#define ACC_DELIVERY_RESTORED "restored"
gboolean acc_delivery_table_mark_restored (AccStore *desk, GError **error);

/* Whether there is any that is open, of whatever letter: in a store of any schema step. */
gboolean acc_delivery_table_has_open (AccStore *desk, gboolean *open, GError **error);

/* "sending" -> @state, "refused" or "unsure". */
gboolean acc_delivery_table_stop (AccStore *desk, gint64 id, AccDeliveryState state, const char *reason, const char *at,
                                  GError **error);

/* "sending" -> "handed over". */
gboolean acc_delivery_table_finish (AccStore *desk, gint64 id, GBytes *recipient, const char *at, GError **error);

/* "handed over" -> "acknowledged". When it was handed over stays. */
gboolean acc_delivery_table_acknowledge (AccStore *desk, gint64 id, GError **error);

/* "refused" or "unsure" -> "prepared", as if never tried; or "handed over". */
gboolean acc_delivery_table_order (AccStore *desk, gint64 id, GBytes *recipient, AccDeliveryState state, const char *at,
                                   GError **error);

/* Empties what the deliveries of the erased letter @number tell of people. One that is being sent becomes "unsure":
 * its sender can finish it no more. */
gboolean acc_delivery_table_empty (AccStore *desk, const char *number, GError **error);

/* Counts @departments for the letter @number, routed @at, each once. */
gboolean acc_delivery_table_add_departments (AccStore *desk, const char *number, const char *const *departments,
                                             const char *at, GError **error);

/* Brings @last, its name folded (acc_text_fold) -> RFC 3339, both owned by it, up to when the last letter to each department
 * was routed: by what was added after *@row, which moves on. */
gboolean acc_delivery_table_read_departments (AccStore *desk, GHashTable *last, gint64 *row, GError **error);

/* What the journal says of @row when it was prepared (one of the entry's deliveries), and the facts of the entry on
 * handing it over: canonical, so that they can be compared. Without a recipient, as in an erased letter, they end before
 * the recipient's hash; so does the first where the recipient was written anew since. */
char *acc_delivery_row_prepared (const AccDeliveryRow *row) G_GNUC_WARN_UNUSED_RESULT;
char *acc_delivery_row_facts (const AccDeliveryRow *row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
