/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of app/route share: a directory in short, a letter, a letterhead. */
#pragma once

#include "archive/opened-letter.h"
#include "letter/letter.h"
#include "paper/letterhead.h"
#include "review/states.h"
#include "route/routing.h"
#include "sql-support.h"
#include "staff/directory.h"

#define ROUTE_NUMBER "0f8fad5b-d9cb-469f-a165-70867728950e"

/* Saturday 21 November 2026, 10:42; the letters' day of service is the day before. */
void route_freeze_clock (void);

/* Read by staff-csv from rows "id,department,supervisor,since,until" with a bar between them; J is "Person J". */
AccDirectory *route_directory_new (const char *rows) G_GNUC_WARN_UNUSED_RESULT;

/* To Jessica Okafor, and Thomas Reed if @two; every word of the client's is a canary. */
void route_letter_fields (AccLetterFields *fields, gboolean two);
AccLetter *route_letter_new (gboolean two) G_GNUC_WARN_UNUSED_RESULT;

AccLetterhead *route_letterhead (void) G_GNUC_WARN_UNUSED_RESULT;

/* The names in @folder, sorted, hidden ones too, with spaces between. */
char *route_list_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* A branch of one banker, with a directory and one letter taken in. */
#define ROUTE_BANKER "Daniel Reyes"
#define ROUTE_STAFF \
  "J,Fraud Operations,S,,|S,Fraud Operations,H,,|T,Cards,U,,|U,Cards,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,"

typedef struct {
  char *folder, *store_dir, *outbox; /* the outbox is not there yet, nor the folder it lies in */
} RouteBranch;

void route_branch_set_up (RouteBranch *branch, gboolean two);

/* How the clients of the next letters may be reached; "", as at first: they did not agree to that. */
void route_set_contact (const char *contact);

void route_branch_set_up_with (RouteBranch *branch, AccLetter *letter);
void route_branch_set_up_approved (RouteBranch *branch, gboolean two);
void route_branch_decide (const RouteBranch *branch, const AccMove *moves, guint n_moves);
void route_branch_remove (RouteBranch *branch);

/* The positions of its deliveries, and what its store is asked for. */
#define SUPERVISOR 1
#define EMPLOYEE 2
#define OWN_SUPERVISOR 3
#define STATES "SELECT group_concat(state, ', ') FROM (SELECT state FROM delivery ORDER BY position)"
#define LETTER "SELECT state FROM letter"
#define JOURNAL(kind) "SELECT count(*) FROM journal WHERE signature IS NOT NULL AND kind = '" kind "'"

/* Signed in, with the letter open. */
typedef struct {
  AccStore *desk;
  AccIdentity *identity;
  AccOpenedLetter *letter;
} RouteSession;

void route_session_open (RouteSession *session, const RouteBranch *branch);
void route_session_close (RouteSession *session);

/* The letter's plan, for J and T; and covers as they are proposed for it, a GArray of AccCoverDone. */
AccPlan *route_plan_of (const RouteSession *session) G_GNUC_WARN_UNUSED_RESULT;
GArray *route_write_covers (const RouteSession *session, AccPlan *plan) G_GNUC_WARN_UNUSED_RESULT;

/* A file of what was delivered to "1-supervisor" … in the outbox, by its end: ".pdf". */
GBytes *route_read_outbox (const RouteBranch *branch, const char *package, const char *suffix) G_GNUC_WARN_UNUSED_RESULT;
