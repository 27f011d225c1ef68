/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words taken out of what leaves the branch: who may, what is kept of it, and that whoever changes that is found. */
#include "archive/documents.h"
#include "archive/retention.h"
#include "base/error.h"
#include "decision-support.h"
#include "letter/passages.h"
#include "paper/edition.h"
#include "review/black-out.h"
#include "support.h"

#include <string.h>

#define WHY "It tells of another client."

static GBytes *
write_edition (AccLetter *letter, const char *number, GArray *passages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  const AccEdition edition = { letter, "Market Street", number, passages == NULL, passages };
  GBytes *pdf;

  g_assert_no_error (error);
  test_look_away_from_leaks (TRUE);
  pdf = acc_edition_write (&edition, letterhead, &error);
  test_look_away_from_leaks (FALSE);
  g_assert_no_error (error);
  return pdf;
}

/* In the story, or in the client's name. */
static GArray *
passages_of (AccLetter *letter, const char *words)
{
  AccField field
    = strstr (acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0), words) != NULL ? ACC_FIELD_STORY_ACT : ACC_FIELD_FROM_NAME;
  const char *text = acc_letter_get_text (letter, field, 0), *found = strstr (text, words);
  const AccPassage passage = { field, found - text, found - text + strlen (words) };

  return acc_passages_new (letter, &passage, 1, NULL);
}

/* Takes @words out for @why, as @banker; *@pdf, which may be NULL: the edition. */
static gboolean
black_out (Scene *scene, guint banker, const char *number, const char *words, const char *why, GBytes **pdf, GError **error)
{
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, banker, number);
  g_autoptr (GArray) passages = passages_of (acc_opened_letter_get_letter (letter), words);
  g_autoptr (GBytes) edition = write_edition (acc_opened_letter_get_letter (letter), number, passages);
  const AccBlackOut order = { passages, why, edition, ACC_NAMED_NOT };

  if (pdf != NULL)
    *pdf = g_bytes_ref (edition);
  return acc_black_out (scene->desks[banker], scene->bankers[banker], letter, &order, error);
}

static void
black_out_well (Scene *scene, const char *number, const char *words, GBytes **pdf)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (black_out (scene, DANIEL, number, words, WHY, pdf, &error));
  g_assert_no_error (error);
}

static void
undo_well (Scene *scene, const char *number)
{
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GError) error = NULL;

  acc_black_out_undo (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_NAMED_NOT, &error);
  g_assert_no_error (error);
}

static GBytes *
outgoing (Scene *scene, const char *number, AccDocumentKind *kind)
{
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, ANA, number);
  g_autoptr (GError) error = NULL;
  GBytes *pdf = acc_documents_get_outgoing (scene->desks[ANA], letter, kind, &error);

  g_assert_no_error (error);
  return pdf;
}

static void
assert_leaves (Scene *scene, const char *number, AccDocumentKind kind, GBytes *pdf)
{
  AccDocumentKind found = ACC_DOCUMENT_COVER;
  g_autoptr (GBytes) leaves = outgoing (scene, number, &found);

  g_assert_cmpint (found, ==, kind);
  g_assert_true (g_bytes_equal (leaves, pdf));
}

static char *
claimed_letter (Scene *scene)
{
  char *number = scene_receive (scene);

  scene_decide (scene, DANIEL, number, ACC_MOVE_CLAIM);
  return number;
}

/* Another edition may be made, or the original taken again, as long as it is not approved; the original never changes. */
static void
test_the_newest_choice_leaves (Scene *scene, gconstpointer data)
{
  g_autofree char *number = claimed_letter (scene);
  g_autoptr (GBytes) first = NULL, second = NULL, third = NULL;

  assert_leaves (scene, number, ACC_DOCUMENT_ORIGINAL, scene->pdf);
  black_out_well (scene, number, "with us", &first);
  assert_leaves (scene, number, ACC_DOCUMENT_BLACKED_OUT, first);
  black_out_well (scene, number, "for an hour", &second);
  assert_leaves (scene, number, ACC_DOCUMENT_BLACKED_OUT, second);
  undo_well (scene, number);
  assert_leaves (scene, number, ACC_DOCUMENT_ORIGINAL, scene->pdf);
  black_out_well (scene, number, "an hour", &third);
  scene_decide (scene, DANIEL, number, ACC_MOVE_RELEASE);
  scene_decide (scene, RUAIRI, number, ACC_MOVE_CLAIM);
  scene_decide (scene, RUAIRI, number, ACC_MOVE_APPROVE);
  assert_leaves (scene, number, ACC_DOCUMENT_BLACKED_OUT, third);

  g_autoptr (AccOpenedLetter) letter = scene_open (scene, ANA, number);

  g_assert_true (g_bytes_equal (acc_opened_letter_get_pdf (letter), scene->pdf));
  assert_sound (scene);
}

/* Large print is for reading: it never takes the place of what leaves. */
static void
test_large_print_does_not_leave (Scene *scene, gconstpointer data)
{
  g_autofree char *number = claimed_letter (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GBytes) large = write_edition (acc_opened_letter_get_letter (letter), number, NULL);
  g_autoptr (GBytes) found = NULL, black = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_documents_find_edition (scene->desks[DANIEL], letter, ACC_DOCUMENT_LARGE_PRINT, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND);
  g_clear_error (&error);
  black_out_well (scene, number, "with us", &black);
  acc_documents_keep_large_print (scene->desks[DANIEL], scene->bankers[DANIEL], letter, large, &error);
  g_assert_no_error (error);
  found = acc_documents_find_edition (scene->desks[DANIEL], letter, ACC_DOCUMENT_LARGE_PRINT, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, large));
  assert_leaves (scene, number, ACC_DOCUMENT_BLACKED_OUT, black);
  assert_sound (scene);
}

static gboolean
file_has (const char *path, const char *word)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return memmem (bytes, length, word, strlen (word)) != NULL;
}

/* Who, what and why: kept with the letter's key, and nowhere in clear. */
static void
assert_history_says (Scene *scene, const char *words, const char *passages)
{
  g_autofree char *number = claimed_letter (scene);
  g_autofree char *desk = acc_archive_path (scene->path);
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (AccOpenedLetter) letter = NULL;
  g_autoptr (GError) error = NULL;
  const AccDecision *decision;

  black_out_well (scene, number, words, NULL);
  letter = scene_open (scene, ANA, number);
  decisions = acc_decision_list (scene->desks[ANA], letter, &error);
  g_assert_no_error (error);
  decision = g_ptr_array_index (decisions, decisions->len - 1);
  g_assert_cmpint (decision->move, ==, ACC_MOVE_BLACK_OUT);
  g_assert_cmpstr (decision->banker, ==, scene_names[DANIEL]);
  g_assert_cmpstr (decision->reason, ==, WHY);
  g_assert_cmpstr (decision->passages, ==, passages);
  g_assert_false (file_has (desk, WHY));
  g_assert_false (file_has (desk, "story.act"));
  g_assert_false (file_has (desk, "from[0]"));
}

static void
test_the_history_says_what_and_why (Scene *scene, gconstpointer data)
{
  assert_history_says (scene, "with us", "story.act:11-18");
  assert_history_says (scene, "Maria", "from[0].name:0-12");
}

/* All of it or nothing, by the state table. */
static void
test_nothing_is_left_of_a_refused_one (Scene *scene, gconstpointer data)
{
  static const struct {
    AccState state;
    guint banker;
    const char *why;
    AccError code;
  } cases[] = {
    { ACC_STATE_WAITING, DANIEL, WHY, ACC_ERROR_NOT_ALLOWED },
    { ACC_STATE_CLAIMED, RUAIRI, WHY, ACC_ERROR_NOT_ALLOWED },
    { ACC_STATE_CLAIMED, ANA, WHY, ACC_ERROR_NOT_ALLOWED },
    { ACC_STATE_CLAIMED, DANIEL, NULL, ACC_ERROR_INPUT },
    { ACC_STATE_CLAIMED, DANIEL, " \n", ACC_ERROR_INPUT },
    { ACC_STATE_APPROVED, DANIEL, WHY, ACC_ERROR_NOT_ALLOWED },
    { ACC_STATE_ROUTED, DANIEL, WHY, ACC_ERROR_NOT_ALLOWED },
    { ACC_STATE_DECLINED, DANIEL, WHY, ACC_ERROR_NOT_ALLOWED },
    { ACC_STATE_HELD, DANIEL, WHY, ACC_ERROR_NOT_ALLOWED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = scene_bring_into (scene, cases[i].state);
      gint64 before = scene_count (scene, "SELECT (SELECT count (*) FROM journal) + (SELECT count (*) FROM document)"
                                          " + (SELECT count (*) FROM decision)");
      g_autoptr (GError) error = NULL;

      g_test_message ("case %u", i);
      g_assert_false (black_out (scene, cases[i].banker, number, "with us", cases[i].why, NULL, &error));
      g_assert_error (error, ACC_ERROR, (int) cases[i].code);
      g_assert_cmpint (scene_count (scene, "SELECT (SELECT count (*) FROM journal) + (SELECT count (*) FROM document)"
                                           " + (SELECT count (*) FROM decision)"), ==, before);
    }
  assert_sound (scene);
}

static void
test_there_is_nothing_to_undo (Scene *scene, gconstpointer data)
{
  g_autofree char *number = claimed_letter (scene);
  g_autoptr (AccOpenedLetter) letter = scene_open (scene, DANIEL, number);
  g_autoptr (GError) error = NULL;

  g_assert_false (acc_black_out_undo (scene->desks[DANIEL], scene->bankers[DANIEL], letter, ACC_NAMED_NOT, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
}

static char *
find_all (Scene *scene)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_archive_check (scene->desks[ANA], scene->inbox, findings, &error);
  g_assert_no_error (error);
  g_ptr_array_add (findings, NULL);
  return g_strjoinv ("\n", (char **) findings->pdata);
}

/* Whoever gets at the file can neither bring the words back nor put other ones in their place. */
static void
test_check_finds_every_tampering (Scene *scene, gconstpointer words)
{
  static const struct {
    const char *sql, *finding;
    gboolean leaves; /* what is changed does not bear on what leaves */
  } cases[] = {
    { "DELETE FROM document WHERE kind = 'blacked-out'", "the edition that it tells of is not there", FALSE },
    { "UPDATE document SET kind = 'large-print' WHERE kind = 'blacked-out'", "the journal does not tell of", FALSE },
    { "DELETE FROM journal WHERE kind = 'edition'", "the journal does not tell of", FALSE },
    { "UPDATE journal SET facts = '{\"edition\":\"original\"}' WHERE kind = 'edition'", "the journal does not tell of", TRUE },
    { "UPDATE journal SET facts = '' WHERE kind = 'edition'", "the journal does not tell of", FALSE },
    { "UPDATE document SET body = (SELECT body FROM document WHERE kind = 'original') WHERE kind = 'blacked-out'",
      "its body has been changed", FALSE },
    { "UPDATE document SET body = (SELECT body FROM document WHERE kind = 'original'), body_hash = (SELECT body_hash FROM"
      " document WHERE kind = 'original') WHERE kind = 'blacked-out'", "the journal does not tell of", FALSE },
    { "UPDATE document SET pdf_hash = upper (pdf_hash) WHERE kind = 'blacked-out'", "the journal does not tell of", TRUE },
    { "UPDATE document SET made_at = '2020-01-01T00:00:00Z' WHERE kind = 'blacked-out'", "the journal does not tell of",
      TRUE },
  };
  g_autofree char *number = claimed_letter (scene);

  black_out_well (scene, number, words, NULL);
  assert_sound (scene);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *findings = NULL;
      g_autoptr (AccOpenedLetter) letter = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autoptr (GError) error = NULL;

      scene_run (scene, "SAVEPOINT before");
      scene_run (scene, cases[i].sql);
      findings = find_all (scene);
      letter = scene_open (scene, ANA, number);
      pdf = acc_documents_get_outgoing (scene->desks[ANA], letter, NULL, &error);
      scene_run (scene, "ROLLBACK TO before");
      scene_run (scene, "RELEASE before");
      if (strstr (findings, cases[i].finding) == NULL)
        g_error ("case %u: “%s” lacks “%s”", i, findings, cases[i].finding);
      if (cases[i].leaves)
        continue;
      g_assert_null (pdf);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
    }
}

/* With the letter's key and bodies go its editions. */
static void
test_it_goes_with_the_letter (Scene *scene, gconstpointer data)
{
  g_autofree char *number = claimed_letter (scene);
  g_autoptr (GError) error = NULL;

  black_out_well (scene, number, "with us", NULL);
  scene_decide (scene, ANA, number, ACC_MOVE_ERASE);
  scene_run (scene, "BEGIN IMMEDIATE");
  acc_retention_destroy (scene->desks[ANA], number, &error);
  g_assert_no_error (error);
  scene_run (scene, "COMMIT");
  g_assert_cmpint (scene_count (scene, "SELECT sum (length (body)) FROM document"), ==, 0);
  assert_sound (scene);
}

#define ADD(path, test) g_test_add (path, Scene, NULL, scene_set_up, test, scene_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/black-out/newest-choice-leaves", test_the_newest_choice_leaves);
  ADD ("/black-out/large-print-does-not-leave", test_large_print_does_not_leave);
  ADD ("/black-out/what-and-why", test_the_history_says_what_and_why);
  ADD ("/black-out/refused", test_nothing_is_left_of_a_refused_one);
  ADD ("/black-out/nothing-to-undo", test_there_is_nothing_to_undo);
  g_test_add ("/black-out/tampering", Scene, "with us", scene_set_up, test_check_finds_every_tampering, scene_tear_down);
  g_test_add ("/black-out/tampering-with-a-name", Scene, "Maria", scene_set_up, test_check_finds_every_tampering,
              scene_tear_down);
  ADD ("/black-out/erased", test_it_goes_with_the_letter);
  return g_test_run ();
}
