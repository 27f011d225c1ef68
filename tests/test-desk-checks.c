/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks at the desk: what is known of earlier letters, near names, neutral words and covers, in the real session and
 * window. */
#include "desk-support.h"

#include <string.h>

#include "archive/opened-letter.h"
#include "base/clock.h"
#include "base/config.h"
#include "desk/desk-app.h"
#include "desk/desk-search.h"
#include "desk/review-draft.h"
#include "desk/words.h"
#include "inbox/inbox.h"
#include "inbox/slip.h"
#include "inbox/submit.h"
#include "letter/number.h"
#include "paper/letterhead.h"
#include "review/checks.h"

#define STORY                                                                                                      \
  "My card was stolen on Friday evening and I was three hundred miles from home. She stayed on the line for more " \
  "than an hour, stopped two payments while we spoke and told me what would happen next."
#define OTHER_STORY "The form had the wrong name on it, and he had it printed again before I had found my glasses."

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

/* As a kiosk sends it. */
static char *
submit (Desk *desk, const char *name, const char *act)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_load_named ("harbour-vale", NULL);
  g_autofree char *number = acc_number_new (), *key_path = acc_inbox_branch_key_path (desk->store);
  g_autoptr (AccBranchKey) key = acc_branch_key_load (key_path, &error);
  g_autoptr (AccStore) inbox = acc_inbox_open (desk->store, ACC_STORE_WRITE, &error);
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccReadyLetter) ready = NULL;

  g_assert_no_error (error);
  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, name);
  set_text (&fields.to[0].department, "Fraud Operations");
  set_text (&fields.act, act);
  set_text (&fields.from[0].name, DESK_CLIENT);
  fields.from[0].signature = acc_signature_new_typed (DESK_CLIENT);
  set_text (&fields.served_on, "2026-11-20");
  set_text (&fields.date, "2026-11-21");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  ready = acc_ready_letter_new (letter, number, letterhead, "Market Street branch", &error);
  g_assert_no_error (error);
  acc_submit (inbox, key, "lobby-1", ready, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&number);
}

/* ---- the session ---- */

static void
sign_in (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  acc_desk_session_look_up (desk->session, &error);
  g_assert_no_error (error);
  acc_desk_session_sign_in (desk->session, DESK_ANA, DESK_PASSPHRASE, &error);
  g_assert_no_error (error);
}

/* Takes letters in and reads on to the end; the directory. */
static AccDirectory *
read_all (Desk *desk)
{
  g_autoptr (AccDirectory) directory = NULL;
  gboolean whole = FALSE;

  while (!whole)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AccDeskNews) news = acc_desk_session_refresh (desk->session, TRUE, &error);

      g_assert_no_error (error);
      whole = news->queue->whole && !news->unfinished;
      g_set_object (&directory, news->directory);
    }
  return g_steal_pointer (&directory);
}

static AccReviewDraft *
open_draft (Desk *desk, const char *number, AccDirectory *directory)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_open_letter (desk->session, number, &error);

  g_assert_no_error (error);
  return acc_review_draft_new (desk->session, letter, directory);
}

static gboolean
has_check (AccReviewDraft *draft, const char *id)
{
  GPtrArray *checks = acc_review_draft_get_checks (draft);

  for (guint i = 0; i < checks->len; i++)
    if (strcmp (((const AccCheckResult *) g_ptr_array_index (checks, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
test_session_knows_letters_again (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccReviewDraft) first = NULL, third = NULL;
  g_autofree char *one = NULL, *two = NULL, *three = NULL;

  desk_init (&desk);
  one = submit (&desk, "Jessica Okafor", STORY);
  two = submit (&desk, "Graham Wright", STORY " Thank you.");
  three = submit (&desk, "Jessica Okafor", OTHER_STORY);
  sign_in (&desk);
  directory = read_all (&desk);
  first = open_draft (&desk, one, directory);
  third = open_draft (&desk, three, directory);
  g_assert_true (has_check (first, "near-duplicate"));
  g_assert_false (has_check (third, "near-duplicate"));
  g_assert_false (has_check (first, "kiosk-rush"));
}

static void
test_session_sees_a_kiosk_in_a_hurry (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccReviewDraft) before = NULL, after = NULL;
  g_autofree char *last = NULL;

  desk_init (&desk);
  for (guint i = 0; i < ACC_KIOSK_LETTERS_MAX; i++)
    {
      g_free (last);
      last = submit (&desk, "Jessica Okafor", OTHER_STORY);
    }
  sign_in (&desk);
  directory = read_all (&desk);
  before = open_draft (&desk, last, directory);
  g_assert_false (has_check (before, "kiosk-rush"));
  g_free (last);
  last = submit (&desk, "Jessica Okafor", OTHER_STORY);
  g_object_unref (directory);
  directory = read_all (&desk);
  after = open_draft (&desk, last, directory);
  g_assert_true (has_check (after, "kiosk-rush"));
}

static void
propose (Desk *desk, AccReviewDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskOrder) order = acc_review_draft_order (draft, ACC_MOVE_APPROVE, TRUE);
  g_auto (GStrv) paragraphs = acc_desk_session_propose (desk->session, order, &error);

  g_assert_no_error (error);
  acc_review_draft_take_proposals (draft, order->plan, (const char *const *) paragraphs);
}

static void
route (Desk *desk, AccReviewDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDeskOrder) order = acc_review_draft_order (draft, ACC_MOVE_APPROVE, TRUE);
  g_autoptr (GArray) covers = acc_desk_session_write_covers (desk->session, order, &error);
  g_autoptr (AccDeskLetter) routed = NULL;

  g_assert_no_error (error);
  routed = acc_desk_session_route (desk->session, order, covers, &error);
  g_assert_no_error (error);
}

/* The addition goes out behind each supervisor's paragraph, whatever the banker writes, and behind nobody else's. */
static void
assert_supervisors_are_told (AccReviewDraft *draft)
{
  g_autoptr (AccDeskOrder) order = acc_review_draft_order (draft, ACC_MOVE_APPROVE, TRUE);
  guint n_told = 0;

  for (guint i = 0; i < acc_plan_get_n_recipients (order->plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (order->plan, i);
      g_autofree char *addition = acc_review_draft_dup_addition (draft, i);

      g_assert_cmpint (addition != NULL, ==,
                       recipient->role == ACC_ROLE_SUPERVISOR || recipient->role == ACC_ROLE_OWN_SUPERVISOR);
      if (addition == NULL)
        continue;
      g_assert_cmpstr (addition, ==,
                       "For your information: letters about Jessica Okafor that Ana Held approved in the last 90 days: 2.");
      g_assert_true (g_str_has_suffix (order->paragraphs[i], addition));
      n_told++;
    }
  g_assert_cmpuint (n_told, ==, 2);
}

static void
test_session_tells_both_supervisors (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccReviewDraft) first = NULL, second = NULL, to_other = NULL;
  g_autofree char *one = NULL, *two = NULL, *other = NULL;

  desk_init (&desk);
  acc_config_set (desk.store, ACC_CONFIG_INTEGRITY_PAIR_LIMIT, "1", &error);
  g_assert_no_error (error);
  one = submit (&desk, "Jessica Okafor", STORY);
  two = submit (&desk, "Jessica Okafor", OTHER_STORY);
  other = submit (&desk, "Graham Wright", OTHER_STORY);
  sign_in (&desk);
  directory = read_all (&desk);
  first = open_draft (&desk, one, directory);
  g_assert_false (has_check (first, "same-pair"));
  propose (&desk, first);
  route (&desk, first);

  second = open_draft (&desk, two, directory);
  g_assert_true (has_check (second, "same-pair"));
  propose (&desk, second);
  assert_supervisors_are_told (second);
  acc_review_draft_set_paragraph (second, 0, "A word of my own.");
  assert_supervisors_are_told (second);
  to_other = open_draft (&desk, other, directory);
  g_assert_false (has_check (to_other, "same-pair"));
}

/* What goes out with the addition has to fit, too. */
static void
test_addition_counts_in_the_length (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccReviewDraft) first = NULL, second = NULL;
  g_autofree char *one = NULL, *two = NULL, *fits = NULL, *fault = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  desk_init (&desk);
  acc_config_set (desk.store, ACC_CONFIG_INTEGRITY_PAIR_LIMIT, "1", &error);
  g_assert_no_error (error);
  one = submit (&desk, "Jessica Okafor", STORY);
  two = submit (&desk, "Jessica Okafor", OTHER_STORY);
  sign_in (&desk);
  directory = read_all (&desk);
  for (guint i = 0; i < 150; i++)
    g_string_append (words, "word ");
  first = open_draft (&desk, one, directory);
  acc_review_draft_set_paragraph (first, 0, words->str);
  fits = acc_review_draft_find_fault (first, 0);
  g_assert_null (fits);
  propose (&desk, first);
  route (&desk, first);
  second = open_draft (&desk, two, directory);
  acc_review_draft_set_paragraph (second, 0, words->str);
  fault = acc_review_draft_find_fault (second, 0);
  g_assert_nonnull (fault);
}

static gboolean
cover_has (AccReviewDraft *draft, const char *id)
{
  g_autoptr (GPtrArray) checks = acc_review_draft_check_cover (draft, 0);

  for (guint i = 0; i < checks->len; i++)
    if (strcmp (((const AccCheckResult *) g_ptr_array_index (checks, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Nothing that is proposed is anything to see, and the second proposal is no repetition of the first. */
static void
test_proposals_are_innocent (void)
{
  g_auto (Desk) desk = { 0 };
  g_autoptr (AccDirectory) directory = NULL;
  g_autoptr (AccReviewDraft) first = NULL, second = NULL;
  g_autofree char *one = NULL, *two = NULL, *text = NULL;

  desk_init (&desk);
  one = submit (&desk, "Jessica Okafor", STORY);
  two = submit (&desk, "Graham Wright", OTHER_STORY);
  sign_in (&desk);
  directory = read_all (&desk);
  first = open_draft (&desk, one, directory);
  propose (&desk, first);
  for (guint i = 0; i < acc_plan_get_n_recipients (acc_review_draft_get_plan (first)); i++)
    {
      g_autoptr (GPtrArray) checks = acc_review_draft_check_cover (first, i);

      g_assert_cmpuint (checks->len, ==, 0);
    }
  text = g_strconcat (acc_review_draft_get_paragraph (first, 0),
                      " She rang again on Monday morning, and so this letter came about.", NULL);
  acc_review_draft_set_paragraph (first, 0, text);
  g_assert_false (cover_has (first, "cover-repeats"));
  route (&desk, first);

  second = open_draft (&desk, two, directory);
  propose (&desk, second);
  g_assert_false (cover_has (second, "cover-repeats"));
  g_free (text);
  text = g_strconcat (acc_review_draft_get_paragraph (second, 0),
                      " He rang again on Monday morning, and so this letter came about.", NULL);
  acc_review_draft_set_paragraph (second, 0, text);
  g_assert_true (cover_has (second, "cover-repeats"));
}

/* ---- the window ---- */

static GtkTextBuffer *
find_cover (Desk *desk)
{
  GtkWidget *view = desk_find (desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman");

  g_assert_nonnull (view);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
}

static char *
dup_cover (Desk *desk)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (find_cover (desk), &start, &end);
  return gtk_text_buffer_get_text (find_cover (desk), &start, &end, FALSE);
}

static gboolean
is_proposed (Desk *desk, gconstpointer data)
{
  g_autofree char *text = desk_find (desk, GTK_TYPE_TEXT_VIEW, "Cover for Priya Raman") != NULL ? dup_cover (desk) : NULL;

  return text != NULL && strstr (text, "wrote the attached letter") != NULL;
}

/* What the cover could do without is told below it, and the banker goes on all the same. */
static void
test_window_notes_are_never_in_the_way (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;
  GtkTextIter end;

  desk_init (&desk);
  number = submit (&desk, "Jessica Okafor", STORY);
  desk_open_window (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "the proposal", is_proposed, NULL);
  g_assert_false (desk_shows (&desk, "compares people"));
  gtk_text_buffer_get_end_iter (find_cover (&desk), &end);
  gtk_text_buffer_insert_interactive (find_cover (&desk), &end, " She is better than the others.", -1, TRUE);
  desk_see (&desk, "“\xE2\x81\xA8" "better than\xE2\x81\xA9” compares people.");
  g_assert_true (desk_offers (&desk, "Approve and route"));
}

static void
test_window_takes_neutral_words_into_the_cover (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL, *before = NULL, *after = NULL, *expected = NULL;

  desk_init (&desk);
  number = submit (&desk, "Jessica Okafor", "She stayed with me although it was not her job.");
  desk_open_window (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_wait_for (&desk, "the proposal", is_proposed, NULL);
  desk_see (&desk, "The letter may tell of work outside the person’s duties.");
  before = dup_cover (&desk);
  desk_click (&desk, "Add");
  after = dup_cover (&desk);
  expected = g_strconcat (before, " The matter was followed through to its end.", NULL);
  g_assert_cmpstr (after, ==, expected);
}

static void
test_window_offers_who_is_spelt_alike (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = submit (&desk, "Jess Okafro", STORY);
  desk_open_window (&desk);
  desk_sign_in (&desk, DESK_ANA);
  desk_see (&desk, "Nobody has just that name.");
  desk_see (&desk, "Senior Fraud Analyst · Fraud Operations");
  g_assert_false (desk_offers (&desk, "Approve and route"));
}

static void
test_window_holds_a_threat_for_a_manager (void)
{
  g_auto (Desk) desk = { 0 };
  g_autofree char *number = NULL;

  desk_init (&desk);
  number = submit (&desk, "Jessica Okafor", STORY " You will hear from my solicitor.");
  desk_open_window (&desk);
  desk_sign_in (&desk, DESK_DANIEL);
  desk_click (&desk, "Held 1");
  desk_see (&desk, "since it may threaten legal steps: “\xE2\x81\xA8" "You will hear from my solicitor.\xE2\x81\xA9”");
  g_assert_false (desk_offers (&desk, "Approve and route"));
  g_assert_false (desk_offers (&desk, "Let it go on"));
}

/* "[" and "]" for Unicode's FSI and PDI. */
static void
what_a_reason_quotes_is_set_by_itself (void)
{
  static const struct {
    const char *stored, *shown;
  } cases[] = {
    { "", "" },
    { "It is about a colleague.", "It is about a colleague." },
    { "Held: “I will sue you.”", "Held: “[I will sue you.]”" },
    { "احتُجزت: «I will sue you.» و", "احتُجزت: «[I will sue you.]» و" },
    { "Angehalten: „Ich klage.“", "Angehalten: „[Ich klage.]“" },
    { "Wstrzymany: „Pozwę was.”", "Wstrzymany: „[Pozwę was.]”" },
    { "Held: “He said “no”, and “never”.”", "Held: “[He said “no”, and “never”.]”" },
    { "Angehalten: „Er hat “no” gesagt.“", "Angehalten: „[Er hat “no” gesagt.]“" },
    { "A mark “ alone", "A mark “ alone" },
    { "Marks ” the wrong way “", "Marks ” the wrong way “" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = acc_words_isolate_quotation (cases[i].stored);
      g_autoptr (GString) readable = g_string_new (shown);

      g_string_replace (readable, "\xE2\x81\xA8", "[", 0);
      g_string_replace (readable, "\xE2\x81\xA9", "]", 0);
      g_assert_cmpstr (readable->str, ==, cases[i].shown);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 21, 10, 42, 0);

  gtk_test_init (&argc, &argv, NULL);
  acc_clock_freeze (g_date_time_to_unix (now) * G_USEC_PER_SEC, G_USEC_PER_SEC);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  acc_desk_app_load_look (gdk_display_get_default ());

  g_test_add_func ("/desk-checks/session/knows-letters-again", test_session_knows_letters_again);
  g_test_add_func ("/desk-checks/session/sees-a-kiosk-in-a-hurry", test_session_sees_a_kiosk_in_a_hurry);
  g_test_add_func ("/desk-checks/session/tells-both-supervisors", test_session_tells_both_supervisors);
  g_test_add_func ("/desk-checks/session/addition-counts-in-the-length", test_addition_counts_in_the_length);
  g_test_add_func ("/desk-checks/session/proposals-are-innocent", test_proposals_are_innocent);
  g_test_add_func ("/desk-checks/window/notes-are-never-in-the-way", test_window_notes_are_never_in_the_way);
  g_test_add_func ("/desk-checks/window/takes-neutral-words", test_window_takes_neutral_words_into_the_cover);
  g_test_add_func ("/desk-checks/window/offers-who-is-spelt-alike", test_window_offers_who_is_spelt_alike);
  g_test_add_func ("/desk-checks/window/holds-a-threat", test_window_holds_a_threat_for_a_manager);
  g_test_add_func ("/desk-checks/quotation", what_a_reason_quotes_is_set_by_itself);
  return g_test_run ();
}
