/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A banker without a window: test-banker STORE PASSPHRASE-FILE BANKER VERB [NUMBER…]
 * Signs in, does VERB to each letter (take-in needs no number) through the functions that the desk uses, and prints
 * each number as soon as it is done. Covers are the proposed ones; addressees are who the directory takes them for.
 * Ends with 1 at the first refusal, with the sentence on standard error. */
#include <string.h>
#include <unistd.h>

#include "base/config.h"
#include "base/error.h"
#include "base/file.h"
#include "inbox/inbox.h"
#include "letter/passages.h"
#include "paper/edition.h"
#include "review/black-out.h"
#include "review/checks.h"
#include "review/decision.h"
#include "review/intake.h"
#include "route/cover.h"
#include "route/routing.h"
#include "staff/directory-table.h"

#define PASSPHRASE_MAX 4096

typedef struct {
  AccConfig *config;
  AccStore *desk, *inbox;
  AccIdentity *identity;
  AccDirectory *directory;
} Banker;

static void
banker_clear (Banker *self)
{
  g_clear_object (&self->directory);
  g_clear_object (&self->identity);
  g_clear_object (&self->inbox);
  g_clear_object (&self->desk);
  g_clear_object (&self->config);
}

static gboolean
sign_in (Banker *self, char **words, GError **error)
{
  g_autoptr (GBytes) file = acc_file_read (words[1], PASSPHRASE_MAX, error);
  g_autofree char *text = NULL;

  if (file == NULL)
    return FALSE;
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  self->identity = acc_archive_sign_in (words[0], words[2], g_strchomp (text), &self->desk, error);
  self->config = self->identity != NULL ? acc_config_load (words[0], error) : NULL;
  self->inbox = self->config != NULL ? acc_inbox_open (words[0], ACC_STORE_WRITE, error) : NULL;
  self->directory = self->inbox != NULL ? acc_directory_table_load (self->desk, self->identity, NULL, error) : NULL;
  return self->directory != NULL;
}

/* The best match for each addressee; NULL where there is none. */
static GPtrArray *
find_employees (Banker *self, AccLetter *letter)
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  GPtrArray *employees = g_ptr_array_new ();

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autoptr (GPtrArray) people
        = acc_directory_match (self->directory, fields->to[i].name, fields->to[i].department, fields->served_on);

      g_ptr_array_add (employees, people->len > 0 ? g_ptr_array_index (people, 0) : NULL);
    }
  return employees;
}

static AccNamed
find_named (Banker *self, AccLetter *letter, GPtrArray *employees)
{
  const char *approver = acc_config_get (self->config, ACC_CONFIG_INTEGRITY_SECOND_APPROVER);
  const AccCheckFacts facts = {
    .letter = letter,
    .directory = self->directory,
    .banker = acc_identity_get_banker (self->identity),
    .employees = (const AccPerson *const *) employees->pdata,
    .second_approver_disclose = g_str_equal (approver, "disclose"),
  };

  return acc_checks_named (&facts);
}

static gboolean
take_in (Banker *self, GError **error)
{
  g_autoptr (AccLetterhead) letterhead
    = acc_letterhead_load_named (acc_config_get (self->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  const AccIntakePlace place = { self->desk, self->inbox, self->identity, letterhead,
                                 acc_config_get (self->config, ACC_CONFIG_BRANCH_NAME) };
  AccIntake intake = { 0 };
  gboolean done = letterhead != NULL;

  while (done && (done = acc_intake (&place, &intake, error)) && intake.unfinished)
    ;
  return done;
}

static void
clear_cover (gpointer data)
{
  AccCoverDone *cover = data;

  g_free (cover->paragraph);
  g_clear_pointer (&cover->cover_pdf, g_bytes_unref);
}

static GArray *
write_covers (Banker *self, AccOpenedLetter *opened, AccPlan *plan, gboolean disclosed, GError **error)
{
  const char *branch = acc_config_get (self->config, ACC_CONFIG_BRANCH_NAME);
  AccLetter *letter = acc_opened_letter_get_letter (opened);
  g_autoptr (AccLetterhead) letterhead
    = acc_letterhead_load_named (acc_config_get (self->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  g_autoptr (GArray) covers = g_array_new (FALSE, TRUE, sizeof (AccCoverDone));

  g_array_set_clear_func (covers, clear_cover);
  for (guint i = 0; letterhead != NULL && i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);
      AccCoverDone cover = { .paragraph = acc_cover_propose (letter, recipient, branch, NULL), .disclosed = disclosed };

      cover.cover_pdf
        = acc_cover_write (letter, acc_opened_letter_get_record (opened)->number, recipient,
                           acc_identity_get_banker (self->identity), cover.paragraph, disclosed, letterhead, branch, error);
      g_array_append_val (covers, cover);
      if (cover.cover_pdf == NULL)
        return NULL;
    }
  return letterhead != NULL ? g_steal_pointer (&covers) : NULL;
}

static gboolean
route (Banker *self, AccOpenedLetter *opened, GPtrArray *employees, AccNamed named, GError **error)
{
  g_autoptr (AccPlan) plan
    = acc_plan_new_with_personnel (acc_opened_letter_get_letter (opened), self->directory,
                                   (const AccPerson *const *) employees->pdata, acc_identity_get_banker (self->identity),
                                   acc_config_get (self->config, ACC_CONFIG_MAIL_PERSONNEL));
  g_autoptr (AccDoors) doors = acc_doors_new (self->config);
  g_autoptr (GArray) covers = NULL;

  if (!acc_plan_is_complete (plan))
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT,
                           acc_plan_get_n_gaps (plan) > 0 ? acc_plan_get_gap (plan, 0) : "Nobody would get it.");
      return FALSE;
    }
  covers = write_covers (self, opened, plan, named == ACC_NAMED_DISCLOSED, error);
  return covers != NULL
         && acc_routing_prepare (self->desk, self->identity, opened, plan, (const AccCoverDone *) covers->data, doors,
                                 error)
         && acc_routing_hand_over (self->desk, self->identity, opened, doors, error);
}

static gsize
find_longest_word (const char *text, gsize *length)
{
  gsize longest = 0;

  *length = 0;
  for (gsize start = 0, end; text[start] != '\0'; start = end + (text[end] != '\0'))
    {
      end = start + strcspn (text + start, " \n");
      if (end - start > *length)
        {
          longest = start;
          *length = end - start;
        }
    }
  return longest;
}

/* The longest word of each part of the story, and of the words for the banker. */
static GArray *
choose_passages (AccLetter *letter, GError **error)
{
  static const AccField fields[]
    = { ACC_FIELD_STORY_NEED, ACC_FIELD_STORY_ACT, ACC_FIELD_STORY_DIFFERENCE, ACC_FIELD_BANKER_WORDS };
  AccPassage passages[G_N_ELEMENTS (fields)];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      gsize length, start = find_longest_word (acc_letter_get_text (letter, fields[i], 0), &length);

      if (length > 0)
        passages[n++] = (AccPassage){ fields[i], start, start + length };
    }
  return acc_passages_new (letter, passages, n, error);
}

static gboolean
black_out (Banker *self, AccOpenedLetter *opened, AccNamed named, GError **error)
{
  AccLetter *letter = acc_opened_letter_get_letter (opened);
  g_autoptr (AccLetterhead) letterhead
    = acc_letterhead_load_named (acc_config_get (self->config, ACC_CONFIG_BRANCH_LETTERHEAD), error);
  g_autoptr (GArray) passages = letterhead != NULL ? choose_passages (letter, error) : NULL;
  const AccEdition edition = { letter, acc_config_get (self->config, ACC_CONFIG_BRANCH_NAME),
                               acc_opened_letter_get_record (opened)->number, FALSE, passages };
  g_autoptr (GBytes) pdf = passages != NULL ? acc_edition_write (&edition, letterhead, error) : NULL;
  const AccBlackOut order = { passages, "It is about another branch.", pdf, named };

  return pdf != NULL && acc_black_out (self->desk, self->identity, opened, &order, error);
}

/* Every verb but take-in; routing and taking words out are more than their moves. */
static const struct {
  const char *verb;
  AccMove move;
  const char *reason;
} verbs[] = {
  { "claim", ACC_MOVE_CLAIM, NULL },
  { "release", ACC_MOVE_RELEASE, NULL },
  { "approve", ACC_MOVE_APPROVE, NULL },
  { "decline", ACC_MOVE_DECLINE, "It is about another branch." },
  { "hold", ACC_MOVE_HOLD, NULL },
  { "free", ACC_MOVE_FREE, NULL },
  { "withdraw", ACC_MOVE_WITHDRAW, NULL },
  { "route", ACC_MOVE_ROUTE, NULL },
  { "acknowledge", ACC_MOVE_ACKNOWLEDGE, NULL },
  { "black-out", ACC_MOVE_BLACK_OUT, NULL },
  { "restore", ACC_MOVE_RESTORE, NULL },
  { "take-back", ACC_MOVE_TAKE_BACK, NULL },
  { "reopen", ACC_MOVE_REOPEN, "It is about this branch after all." },
};

static gboolean
do_verb (Banker *self, guint verb, const char *number, GError **error)
{
  g_autoptr (AccOpenedLetter) opened = acc_opened_letter_new (self->desk, self->identity, number, error);
  g_autoptr (GPtrArray) employees = NULL;
  AccNamed named;

  if (opened == NULL)
    return FALSE;
  employees = find_employees (self, acc_opened_letter_get_letter (opened));
  named = find_named (self, acc_opened_letter_get_letter (opened), employees);
  if (verbs[verb].move == ACC_MOVE_ROUTE)
    return route (self, opened, employees, named, error);
  if (verbs[verb].move == ACC_MOVE_BLACK_OUT)
    return black_out (self, opened, named, error);
  if (verbs[verb].move == ACC_MOVE_RESTORE)
    return acc_black_out_undo (self->desk, self->identity, opened, named, error);
  return acc_decide (self->desk, self->identity, opened, verbs[verb].move, named, verbs[verb].reason, error);
}

/* One write: a test that kills this process reads whole numbers only. */
static gboolean
tell (const char *number)
{
  g_autofree char *line = g_strconcat (number, "\n", NULL);

  return write (STDOUT_FILENO, line, strlen (line)) == (gssize) strlen (line);
}

static int
run (Banker *self, char **words, GError **error)
{
  if (g_str_equal (words[3], "take-in"))
    return sign_in (self, words, error) && take_in (self, error) ? 0 : 1;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (words[3], verbs[i].verb))
      {
        gboolean done = sign_in (self, words, error);

        for (char **number = words + 4; done && *number != NULL; number++)
          done = do_verb (self, i, *number, error) && tell (*number);
        return done ? 0 : 1;
      }
  return 2;
}

int
main (int argc, char *argv[])
{
  Banker banker = { NULL };
  g_autoptr (GError) error = NULL;
  int status = argc >= 5 ? run (&banker, argv + 1, &error) : 2;

  if (error != NULL)
    {
      g_autofree char *sentence = acc_error_sentence (error);

      g_printerr ("%s\n", sentence);
    }
  banker_clear (&banker);
  return status;
}
