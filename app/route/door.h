/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A door: a way for a package to leave the branch. One interface; which door a recipient's goes through is doors.h's to
 * say, when it is tried and what becomes of it outbox.h's. */
#pragma once

#include "letter/letter.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What goes to one recipient. Immutable while it is under way. */
typedef struct {
  const char *number;  /* the letter's */
  const char *role;    /* acc_role_to_text */
  guint position;      /* in the plan, from 1: tells two supervisors apart in a file name */
  guint tries;         /* this one counted, since it was prepared, or a banker ordered it again */
  const char *address; /* the recipient's for mail; "" where there is none */
  AccPaper paper;      /* of the letter */
  GBytes *letter_pdf;  /* untouched */
  GBytes *cover_pdf;
  GBytes *message;     /* the .eml, the same bytes at each try */
} AccPackage;

/* How handing a package over ended. */
typedef enum {
  ACC_DOOR_HANDED_OVER, /* the other side has it, durably, and said so */
  ACC_DOOR_LATER,       /* nothing has arrived, and the trouble may pass: tried again by itself */
  ACC_DOOR_REFUSED,     /* nothing has arrived, and nothing will before a person acts */
  ACC_DOOR_UNSURE,      /* it may have arrived: only a person can tell, and only a person sends it again */
  ACC_DOOR_SHUT,        /* nothing has arrived, nor would it for anybody: the branch must see to the door itself */
} AccDoorResult;

#define ACC_TYPE_DOOR (acc_door_get_type ())
G_DECLARE_INTERFACE (AccDoor, acc_door, ACC, DOOR, GObject)

struct _AccDoorInterface {
  GTypeInterface parent;
  const char *(*get_name) (AccDoor *self); /* "folder": frozen, in the store */
  gboolean repeats; /* handing the same package over twice is harmless: what was cut short is begun anew */
  gboolean waits;   /* for a network: not on the thread of the store */
  gboolean (*takes) (AccDoor *self, const char *address);
  const char *(*get_sender) (AccDoor *self);
  AccDoorResult (*deliver) (AccDoor *self, const AccPackage *package, GCancellable *cancellable, char **place,
                            GError **error);
};

const char *acc_door_get_name (AccDoor *self);
gboolean acc_door_repeats (AccDoor *self);
gboolean acc_door_waits (AccDoor *self);

/* Whether somebody with the mail address @address, "" for none, can be reached through it. Any thread. */
gboolean acc_door_takes (AccDoor *self, const char *address);

/* The address that messages come from through it; NULL: the banker's own. Lent. */
const char *acc_door_get_sender (AccDoor *self);

/* Hands @package over. *@place: where, for people. @error is set, with the reason as a sentence, unless it was handed over.
 * @cancellable, or NULL, gives it up: ACC_DOOR_LATER at once while nothing can have arrived, and soon ACC_DOOR_UNSURE where
 * it may have. Any thread, one call at a time. */
AccDoorResult acc_door_deliver (AccDoor *self, const AccPackage *package, GCancellable *cancellable, char **place,
                                GError **error);

G_END_DECLS
