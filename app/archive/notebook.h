/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The banker's own notebook of people who help: whom to call again, and for what. Each entry is encrypted under a key of
 * that banker's alone (acc_identity_encrypt_own): no other banker, no manager and no recovery key reads it, and no journal
 * tells of it. Each is signed by that banker, so that verify finds one that was changed by anybody else. In clear are only
 * how many entries a banker has, and when each was changed. The store's thread. */
#pragma once

#include "archive/archive.h"

G_BEGIN_DECLS

#define ACC_NOTEBOOK_WORDS_MAX 400 /* characters of what somebody is good at */

typedef struct {
  char *id;         /* the entry's own, a UUID */
  char *staff_id;   /* in the directory; "" if not from there */
  char *name, *department;
  char *good_at;    /* the banker's own words; "" */
  gboolean call_again;
  GStrv letters;    /* numbers of the letters about this person that this banker has routed, erased ones left out */
} AccNotebookEntry;

AccNotebookEntry *acc_notebook_entry_new (const char *staff_id, const char *name, const char *department)
  G_GNUC_WARN_UNUSED_RESULT;
AccNotebookEntry *acc_notebook_entry_copy (const AccNotebookEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
void acc_notebook_entry_free (AccNotebookEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccNotebookEntry, acc_notebook_entry_free)

/* Whether every word of @query begins a word of @entry's name, department or what they are good at; folded. Any thread. */
gboolean acc_notebook_entry_matches (const AccNotebookEntry *entry, const char *query);

/* The entries of the signed-in banker, by name: GPtrArray of AccNotebookEntry. *@n_lost: how many there are that do not
 * open any more, because a manager has given the banker a new passphrase since; it may be NULL. */
GPtrArray *acc_notebook_load (AccStore *desk, AccIdentity *identity, guint *n_lost, GError **error)
  G_GNUC_WARN_UNUSED_RESULT;

/* Keeps @entry in the place of the one with its id, its texts cleaned (base/text). ACC_ERROR_INPUT without a name, or with
 * more than fits. */
gboolean acc_notebook_keep (AccStore *desk, AccIdentity *identity, const AccNotebookEntry *entry, GError **error);

gboolean acc_notebook_remove (AccStore *desk, AccIdentity *identity, const char *id, GError **error);

/* Removes what does not open any more. */
gboolean acc_notebook_remove_lost (AccStore *desk, AccIdentity *identity, GError **error);

/* Notes that the letter @number was about @person, under the entry that is about them (by directory id, else by name and
 * department), or with @person as a new one. Inside the caller's transaction. The same letter again changes nothing. */
gboolean acc_notebook_add_letter_within (AccStore *desk, AccIdentity *identity, const AccNotebookEntry *person,
                                         const char *number, GError **error);

/* Adds a sentence to @findings (of char *) for each entry that is not as the banker whose it is has signed it. No sign-in. */
gboolean acc_notebook_check (AccStore *desk, GPtrArray *findings, GError **error);

G_END_DECLS
