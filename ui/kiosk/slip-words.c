/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kiosk/slip-words.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *title, *sentence;
  gboolean can_withdraw, can_erase;
} state_rows[ACC_SLIP_N] = {
  [ACC_SLIP_WAITING] = { N_ ("Your letter waits, sealed"), N_ ("No one has opened it yet."), TRUE, TRUE },
  [ACC_SLIP_TAKEN_IN] = { N_ ("Your letter is with a banker"), N_ ("They read it, and then pass it on."), TRUE, TRUE },
  [ACC_SLIP_APPROVED]
  = { N_ ("Your letter is approved"), N_ ("It will soon go to the person you thanked and to their supervisor."), TRUE,
      TRUE },
  [ACC_SLIP_ON_ITS_WAY]
  = { N_ ("Your letter is on its way"), N_ ("It has gone to the person you thanked and to their supervisor."), TRUE,
      TRUE },
  [ACC_SLIP_ARRIVED]
  = { N_ ("Your letter has arrived"),
      N_ ("The person you thanked has told us that it is there. Thank you for writing it."), TRUE, TRUE },
  /* the reason is the desk's, and may be personal */
  [ACC_SLIP_DECLINED]
  = { N_ ("Your letter could not be passed on"), N_ ("A banker at the desk will gladly tell you why."), FALSE, TRUE },
  [ACC_SLIP_WITHDRAWN] = { N_ ("You took your letter back"), N_ ("It goes to no one."), FALSE, TRUE },
  [ACC_SLIP_ERASED]
  = { N_ ("Your letter is erased"), N_ ("Its words are gone, and so are the names in it."), FALSE, FALSE },
};

/* Of what was asked of the desk; what it has done, the state tells. */
static const char *const answer_rows[ACC_REQUEST_N][ACC_ANSWER_N] = {
  [ACC_REQUEST_WITHDRAW] = {
    [ACC_ANSWER_NONE] = N_ ("You asked to take it back. A banker will see to it. The answer will stand here."),
    [ACC_ANSWER_TOO_LATE] = N_ ("You asked to take it back, but it had gone out before."),
    [ACC_ANSWER_REFUSED] = N_ ("You asked to take it back. That could not be done; a banker at the desk will tell you why."),
  },
  [ACC_REQUEST_ERASE] = {
    [ACC_ANSWER_NONE] = N_ ("You asked to have it erased. A banker will see to it. The answer will stand here."),
    [ACC_ANSWER_TOO_LATE] = N_ ("You asked to have it erased, but it had gone out before."),
    [ACC_ANSWER_REFUSED]
    = N_ ("You asked to have it erased. That could not be done; a banker at the desk will tell you why."),
  },
};

/* At once, while it waits; afterwards a banker has to do it. */
static const struct {
  const char *question, *at_once, *later, *yes;
} question_rows[ACC_REQUEST_N] = {
  [ACC_REQUEST_WITHDRAW]
  = { N_ ("Take your letter back?"), N_ ("It is removed at once, and goes to no one."),
      N_ ("A banker is asked to stop it. Come back with your code to see what became of it."), N_ ("Take it back") },
  [ACC_REQUEST_ERASE]
  = { N_ ("Erase your letter?"), N_ ("Its words are gone at once, and no one can bring them back."),
      N_ ("A banker is asked to erase it. What has gone out cannot be called back. Come back with your code to see what "
          "became of it."),
      N_ ("Erase it") },
};

AccSlipWords
acc_slip_words_for (const AccSlip *slip)
{
  AccSlipWords words = { NULL };
  const char *answer;

  g_return_val_if_fail (slip != NULL, words);

  answer = answer_rows[slip->asked][slip->answer];
  words.title = _ (state_rows[slip->state].title);
  words.sentence = _ (state_rows[slip->state].sentence);
  words.request = answer != NULL && slip->state != ACC_SLIP_ERASED ? _ (answer) : NULL;
  /* what is asked for already need not be asked again; erasing takes back as well */
  words.can_withdraw = state_rows[slip->state].can_withdraw
                       && !(slip->asked != ACC_REQUEST_NONE && slip->answer == ACC_ANSWER_NONE);
  words.can_erase = state_rows[slip->state].can_erase
                    && !(slip->asked == ACC_REQUEST_ERASE && slip->answer == ACC_ANSWER_NONE);
  return words;
}

AccSlipQuestion
acc_slip_words_ask (const AccSlip *slip, AccRequestKind kind)
{
  AccSlipQuestion question = { NULL };

  g_return_val_if_fail (slip != NULL && kind != ACC_REQUEST_NONE && kind < ACC_REQUEST_N, question);

  question.question = _ (question_rows[kind].question);
  question.explanation
    = _ (slip->state == ACC_SLIP_WAITING ? question_rows[kind].at_once : question_rows[kind].later);
  question.yes = _ (question_rows[kind].yes);
  question.no = _ ("Leave it as it is");
  return question;
}
