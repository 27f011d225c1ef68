/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known -> what the desk shows and which verbs it offers. One pure function; the table of review/states
 * decides who may do what. */
#pragma once

#include "review/states.h"

G_BEGIN_DECLS

typedef struct {
  const AccBanker *banker;     /* who is signed in; NULL: nobody */
  gboolean open;               /* a letter is open */
  gboolean busy;               /* a step is under way */
  AccState state;
  gint64 claimed_by;
  const char *claimed_by_name; /* "" for nobody */
  AccNamed named;              /* whether the letter names this banker */
  gboolean people_chosen;      /* each addressee is somebody in the directory */
  gboolean plan_complete;
  gboolean stopped;            /* a check stops this banker's approval */
  gboolean proposing;          /* the covers are still being proposed */
  gboolean covers_fit;         /* each cover is written and within its limit */
  gboolean covers_quote;       /* one of them quotes what was taken out of the letter */
  gboolean prepared;           /* deliveries are kept: routing only goes on with them */
} AccDeskFacts;

typedef enum {
  ACC_DESK_PRIMARY_NONE,
  ACC_DESK_PRIMARY_APPROVE, /* approve and route */
  ACC_DESK_PRIMARY_ROUTE,   /* approved, but not routed yet */
  ACC_DESK_PRIMARY_FREE,    /* held: a manager lets it go on */
  ACC_DESK_PRIMARY_NEXT,    /* nothing left to do here */
} AccDeskPrimary;

typedef struct {
  AccDeskPrimary primary; /* what the large button is */
  gboolean can_route;     /* review.approve-and-route */
  gboolean can_claim, can_release, can_decline, can_free;
  gboolean show_work;     /* people, plan, checks, covers */
  gboolean editable;      /* … and they may be changed */
  gboolean show_outcome;  /* decisions and deliveries */
  const char *blocked;    /* why the large button waits, a sentence, static; NULL if it does not */
} AccDeskState;

void acc_desk_state (const AccDeskFacts *facts, AccDeskState *state);

/* Who works on it, or what has become of it: "You are working on this". */
char *acc_desk_state_note (const AccDeskFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the step @move may begin: at once, or by claiming the letter first (*@claim_first). */
gboolean acc_desk_state_may (const AccDeskFacts *facts, AccMove move, gboolean *claim_first);

/* The move that would take @move back, by the table: where this banker may make both, nothing has left the branch in between,
 * and the letter is then whose it was. None that must be given a reason: that is a step of its own. */
gboolean acc_desk_state_find_inverse (const AccDeskFacts *facts, AccMove move, AccMove *inverse);

G_END_DECLS
