/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who reports to whom, as of a date. Immutable; any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum { ACC_THANKS_UNSAID, ACC_THANKS_PRIVATE, ACC_THANKS_TEAM, ACC_THANKS_PUBLIC } AccThanks;

typedef struct {
  char *id, *name, *email, *department, *supervisor_id; /* supervisor_id "" for the head */
  char *title, *called, *pronunciation;                 /* "" where not given */
  char *since, *until;                                  /* YYYY-MM-DD or "" */
  AccThanks thanks;
} AccPerson;

AccPerson *acc_person_copy (const AccPerson *person) G_GNUC_WARN_UNUSED_RESULT;
void acc_person_free (AccPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccPerson, acc_person_free)

/* Where a directory comes from. */
typedef enum { ACC_DIRECTORY_FROM_CSV, ACC_DIRECTORY_FROM_LDAP, ACC_DIRECTORY_N_SOURCES } AccDirectorySource;

/* "csv", "ldap": frozen, in the store and in [directory] source. Another word is taken for csv. */
const char *acc_directory_source_to_word (AccDirectorySource source);
AccDirectorySource acc_directory_source_from_word (const char *word);

#define ACC_TYPE_DIRECTORY (acc_directory_get_type ())
G_DECLARE_FINAL_TYPE (AccDirectory, acc_directory, ACC, DIRECTORY, GObject)

/* Takes @people (GPtrArray of AccPerson, transfer full). They have been checked: see staff-csv. */
AccDirectory *acc_directory_new (GPtrArray *people) G_GNUC_WARN_UNUSED_RESULT;

guint acc_directory_get_n_people (AccDirectory *self);
const char *acc_directory_get_imported_at (AccDirectory *self); /* RFC 3339; "" where it comes from no store */
AccDirectorySource acc_directory_get_source (AccDirectory *self);
const AccPerson *acc_directory_get_person (AccDirectory *self, guint position);
const AccPerson *acc_directory_find_id (AccDirectory *self, const char *id); /* NULL if unknown */

/* People whose name, name as called, or id fits @text (folded; every word of it must begin a word of theirs), best
 * first: whole name, then in @department (may be NULL), then by name. GPtrArray of lent AccPerson. */
GPtrArray *acc_directory_find (AccDirectory *self, const char *text, const char *department) G_GNUC_WARN_UNUSED_RESULT;

/* Who may be meant by a letter's addressee: as above, but only those who were here @on. */
GPtrArray *acc_directory_match (AccDirectory *self, const char *name, const char *department, const char *on)
  G_GNUC_WARN_UNUSED_RESULT;

gboolean acc_person_is_here (const AccPerson *person, const char *on); /* since <= on < until */

/* The direct supervisor on that day: NULL if there is none, or that person was not here then. */
const AccPerson *acc_directory_find_supervisor (AccDirectory *self, const AccPerson *person, const char *on);

/* From the direct supervisor up to the head; stops at a loop. GPtrArray of lent AccPerson. */
GPtrArray *acc_directory_find_chain (AccDirectory *self, const AccPerson *person, const char *on)
  G_GNUC_WARN_UNUSED_RESULT;

GStrv acc_directory_list_departments (AccDirectory *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
