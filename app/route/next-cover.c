/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/next-cover.h"

#include "base/language.h"
#include "letter/passages.h"
#include "review/decision.h"
#include "route/cover.h"

void
acc_next_cover_free (AccNextCover *self)
{
  if (self == NULL)
    return;
  g_free (self->proposal);
  g_strfreev (self->names);
  g_strfreev (self->taken);
  g_strfreev (self->taken_names);
  g_free (self);
}

static GStrv
list_names (const AccRecipient *recipient, const char *branch)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  const AccPerson *const people[] = { recipient->person, recipient->employee };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (people[i] != NULL)
      g_strv_builder_add_many (names, people[i]->name, people[i]->called, people[i]->title, people[i]->department, NULL);
  g_strv_builder_add (names, branch);
  return g_strv_builder_end (names);
}

static void
list_taken (AccNextCover *self, AccLetter *letter, GPtrArray *decisions)
{
  const AccDecision *decision = acc_decision_find_black_out (decisions);
  g_autoptr (GArray) passages = decision != NULL ? acc_passages_from_text (letter, decision->passages, NULL) : NULL;

  if (passages == NULL)
    return;
  self->taken = acc_passages_dup_words (passages, letter, FALSE);
  self->taken_names = acc_passages_dup_words (passages, letter, TRUE);
}

/* The rarity of letters to a department was told to its supervisor; whoever is next is told the plain facts. */
AccNextCover *
acc_next_cover_new (AccNextLevel *level, AccLetter *letter, GPtrArray *decisions, const char *branch)
{
  g_return_val_if_fail (ACC_IS_NEXT_LEVEL (level) && ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (decisions != NULL && branch != NULL, NULL);

  const AccRecipient *recipient = acc_next_level_get_recipient (level);
  AccNextCover *self = g_new0 (AccNextCover, 1);

  list_taken (self, letter, decisions);
  self->proposal = recipient != NULL ? acc_cover_propose (letter, recipient, branch, NULL) : g_strdup ("");
  self->names = recipient != NULL ? list_names (recipient, branch) : NULL;
  return self;
}

GPtrArray *
acc_next_cover_run_checks (const AccNextCover *self, const char *paragraph)
{
  g_return_val_if_fail (self != NULL && paragraph != NULL, NULL);

  return acc_checks_run_cover (&(AccCoverFacts) { .paragraph = paragraph,
                                                  .proposal = self->proposal,
                                                  .language = acc_language_get (),
                                                  .names = (const char *const *) self->names,
                                                  .taken = (const char *const *) self->taken,
                                                  .taken_names = (const char *const *) self->taken_names });
}
