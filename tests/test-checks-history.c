/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of earlier letters: much the same words, the same pair, a kiosk in a hurry; and covers that repeat. */
#include "review/history.h"

#include <string.h>

#include "base/clock.h"
#include "review/checks-cover.h"
#include "review/fingerprint.h"

/* 2026-11-21 12:00 UTC */
#define NOON G_GINT64_CONSTANT (1795262400)
#define DAY (24 * 3600)

/* ---- texts ---- */

#define CARD                                                                                                           \
  "My card was stolen on Friday evening and I was three hundred miles from home. Jessica stayed on the line for more " \
  "than an hour, stopped two payments while we spoke and told me what would happen next. I could pay for the hotel "   \
  "the same night."

/* Two stories, and whether they are the same one. */
static const struct {
  const char *what, *first, *second;
  gboolean alike;
} pairs[] = {
  { "the same words", CARD, CARD, TRUE },
  { "… to somebody else", CARD,
    "My card was stolen on Friday evening and I was three hundred miles from home. Graham stayed on the line for more "
    "than an hour, stopped two payments while we spoke and told me what would happen next. I could pay for the hotel "
    "the same night.",
    TRUE },
  { "… with other capitals, stops and accents",
    "María me llamó el viernes por la tarde y se quedó conmigo al teléfono hasta que el pago apareció en la cuenta.",
    "MARIA ME LLAMO EL VIERNES POR LA TARDE; Y SE QUEDO CONMIGO AL TELEFONO HASTA QUE EL PAGO APARECIO EN LA CUENTA!",
    TRUE },
  { "… with a sentence more", CARD, CARD " Thank you so very much.", TRUE },
  { "… with a few words changed", CARD,
    "My wallet was stolen on Monday evening and I was three hundred miles from home. Jessica stayed on the line for more "
    "than an hour, stopped two payments while we spoke and told me what would happen next. I could pay for dinner the "
    "same night.",
    TRUE },
  { "… with its parts in another order",
    "Jessica stayed on the line for more than an hour. She stopped two payments while we spoke. I could pay the hotel.",
    "She stopped two payments while we spoke. I could pay the hotel. Jessica stayed on the line for more than an hour.",
    TRUE },
  { "the same case in words of one's own", CARD,
    "On Friday somebody took my card while I was travelling. Jessica blocked it at once, reversed what had been bought "
    "with it, and called again in the morning to see whether I was all right.",
    FALSE },
  { "the same polite beginning",
    "I would like to thank Jessica for her help with my account. She found the missing standing order and explained "
    "every line of the statement to my mother.",
    "I would like to thank Jessica for her help with my account. When the app was down she read the balance to me and "
    "set up the payment for the plumber.",
    FALSE },
  { "two letters of a few words", "Thank you Jessica, you were wonderful.", "Thank you Jessica, you were wonderful.",
    FALSE },
  { "nothing in common", CARD, "The mortgage papers had the wrong name on them, and he had them printed again.", FALSE },
  { "a script that parts no words", "她接了电话，听我说完，马上冻结了我的银行卡，第二天又打电话来问我好不好。",
    "她接了电话，听我说完，马上冻结了我的银行卡，第二天又打电话来问我好不好！", TRUE },
  { "… about something else", "她接了电话，听我说完，马上冻结了我的银行卡，第二天又打电话来问我好不好。",
    "他帮我找到了丢失的存折，还教我的父亲怎样使用手机转账，非常耐心。", FALSE },
};

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static AccLetter *
make_letter (const char *to, const char *act)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, to);
  set_text (&fields.to[0].department, "Fraud Operations");
  set_text (&fields.act, act);
  set_text (&fields.from[0].name, "Maria López");
  fields.from[0].signature = acc_signature_new_typed ("Maria López");
  set_text (&fields.served_on, "2026-11-20");
  set_text (&fields.date, "2026-11-21");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

static char *
stamp (gint64 seconds)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (seconds);

  return g_date_time_format_iso8601 (moment);
}

/* A letter of this kiosk at @submitted; @approved 0: not by this banker. */
typedef struct {
  const char *number, *kiosk, *act;
  gint64 submitted, approved;
  const char *employee, *cover;
} Row;

static void
add (AccHistory *history, const Row *row)
{
  g_autoptr (AccLetter) letter = make_letter (strstr (row->act, "Graham") != NULL ? "Graham Wright" : "Jessica Okafor",
                                              row->act);
  g_autofree char *submitted_at = stamp (row->submitted);
  g_autofree char *approved_at = row->approved != 0 ? stamp (row->approved) : NULL;
  const char *const employees[] = { row->employee, NULL };
  const char *const covers[] = { row->cover, NULL };

  acc_history_add (history, &(AccPastLetter) { .number = row->number,
                                               .kiosk = row->kiosk != NULL ? row->kiosk : "kiosk-1",
                                               .submitted_at = submitted_at,
                                               .letter = letter,
                                               .approved_at = approved_at,
                                               .employees = row->employee != NULL ? employees : NULL,
                                               .covers = row->cover != NULL ? covers : NULL });
}

static void
the_same_words_are_known_again (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (AccHistory) history = acc_history_new ();
      g_autoptr (AccPrecedents) precedents = NULL;

      add (history, &(Row) { .number = "a", .act = pairs[i].first });
      add (history, &(Row) { .number = "b", .act = pairs[i].second });
      precedents = acc_history_look (history, "b", 90);
      g_test_message ("%s: %.2f", pairs[i].what, precedents->alike_share);
      g_assert_cmpstr (precedents->alike_number, ==, pairs[i].alike ? "a" : NULL);
    }
}

/* The prompts, the names and the bank's own lines are in every letter: only the answers count. */
static void
two_letters_with_other_answers_have_nothing_in_common (void)
{
  const char *const first[] = { "My card was stolen.", "She stopped it within a minute of my call.", NULL };
  const char *const second[] = { "The app was down.", "He read the balance to me over the phone.", NULL };
  const char *const names[] = { "Jessica Okafor", NULL };
  g_autoptr (AccFingerprint) one = acc_fingerprint_new (first, names);
  g_autoptr (AccFingerprint) other = acc_fingerprint_new (second, names);

  g_assert_cmpfloat (acc_fingerprint_compare (one, other), ==, 0);
  g_assert_cmpfloat (acc_fingerprint_compare (one, one), ==, 1);
  g_assert_cmpfloat (acc_fingerprint_find_share (one, other), ==, 0);
  g_assert_cmpfloat (acc_fingerprint_find_share (one, one), ==, 1);
  g_assert_cmpuint (acc_fingerprint_get_n_runs (one), ==, 2 + 7);
}

/* Of a long text a sample of runs is kept; what it says is near to what counting all would say. */
static void
a_sample_is_near_to_the_whole (void)
{
  for (guint shared = 0; shared <= 1000; shared += 250)
    {
      g_autoptr (GString) first = g_string_new (NULL);
      g_autoptr (GString) second = g_string_new (NULL);
      g_autoptr (AccFingerprint) one = NULL, other = NULL;
      double whole = shared / (2000.0 - shared);

      for (guint i = 0; i < 1002; i++)
        {
          g_string_append_printf (first, "a%u ", i);
          g_string_append_printf (second, "%c%u ", i < shared + 2 ? 'a' : 'b', i);
        }
      one = acc_fingerprint_new ((const char *const[]){ first->str, NULL }, NULL);
      other = acc_fingerprint_new ((const char *const[]){ second->str, NULL }, NULL);
      g_assert_cmpfloat (ABS (acc_fingerprint_compare (one, other) - whole), <, 0.12);
      g_assert_cmpfloat (ABS (acc_fingerprint_find_share (one, other) - shared / 1000.0), <, 0.12);
    }
}

static void
a_hurry_at_one_kiosk_is_seen (void)
{
  static const struct {
    const char *what;
    guint n;
    gint64 apart; /* seconds between one and the next */
    guint in_hour;
  } rows[] = {
    { "one alone", 1, 0, 1 },
    { "six in an hour", 6, 600, 6 },
    { "seven in less", 7, 590, 7 },
    { "an hour is over with its sixtieth minute", 8, 600, 6 },
    { "many at once", 20, 1, 20 },
    { "one a day", 20, DAY, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint asked = 0; asked < rows[i].n; asked++)
      {
        g_autoptr (AccHistory) history = acc_history_new ();
        g_autoptr (AccPrecedents) precedents = NULL;
        g_autofree char *number = g_strdup_printf ("%u", asked);

        for (guint k = 0; k < rows[i].n; k++)
          {
            g_autofree char *each = g_strdup_printf ("%u", k);
            g_autofree char *elsewhere = g_strdup_printf ("elsewhere-%u", k);
            gint64 at = NOON + k * rows[i].apart;

            add (history, &(Row) { .number = each, .act = "She helped.", .submitted = at });
            add (history, &(Row) { .number = elsewhere, .kiosk = "kiosk-2", .act = "She helped.", .submitted = at });
          }
        precedents = acc_history_look (history, number, 90);
        g_test_message ("%s, the one of number %s", rows[i].what, number);
        if (rows[i].n < 8 || rows[i].apart != 600)
          g_assert_cmpuint (precedents->n_in_hour, ==, rows[i].in_hour);
        else
          g_assert_cmpuint (precedents->n_in_hour, <=, rows[i].in_hour);
      }
}

static void
letters_of_one_banker_for_one_person_are_counted (void)
{
  static const Row rows[] = {
    { .number = "a", .act = "She helped.", .approved = NOON - 10 * DAY, .employee = "HV1" },
    { .number = "b", .act = "She helped.", .approved = NOON - 89 * DAY, .employee = "HV1" },
    { .number = "c", .act = "She helped.", .approved = NOON - 91 * DAY, .employee = "HV1" }, /* long ago */
    { .number = "d", .act = "She helped.", .approved = 0, .employee = "HV1" },               /* by another banker */
    { .number = "e", .act = "She helped.", .approved = NOON, .employee = "HV2" },            /* for somebody else */
    { .number = "f", .act = "She helped.", .approved = NOON },                               /* for nobody knows whom */
  };
  g_autoptr (AccHistory) history = acc_history_new ();
  g_autoptr (AccPrecedents) of_new = NULL, of_one = NULL;

  acc_clock_freeze (NOON * G_USEC_PER_SEC, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    add (history, &rows[i]);
  of_new = acc_history_look (history, "x", 90);
  of_one = acc_history_look (history, "a", 90);
  acc_clock_freeze (-1, -1);

  g_assert_cmpuint (acc_precedents_count_pair (of_new, "HV1"), ==, 2);
  g_assert_cmpuint (acc_precedents_count_pair (of_new, "HV2"), ==, 1);
  g_assert_cmpuint (acc_precedents_count_pair (of_new, "HV3"), ==, 0);
  g_assert_cmpuint (acc_precedents_count_pair (of_one, "HV1"), ==, 1); /* itself does not count */
}

static void
a_letter_is_known_as_it_was_last (void)
{
  g_autoptr (AccHistory) history = acc_history_new ();
  g_autoptr (AccPrecedents) before = NULL, after = NULL;

  add (history, &(Row) { .number = "a", .act = CARD, .submitted = NOON });
  add (history, &(Row) { .number = "b", .act = CARD, .submitted = NOON });
  add (history, &(Row) { .number = "c", .act = CARD, .submitted = NOON });
  add (history, &(Row) { .number = "c", .act = "She helped.", .submitted = NOON }); /* anew: it is there once */
  before = acc_history_look (history, "b", 90);
  g_assert_cmpstr (before->alike_number, ==, "a");
  g_assert_cmpuint (before->n_in_hour, ==, 3);
  g_assert_false (before->complete);
  acc_history_remove (history, "a"); /* erased: nothing of it stays */
  acc_history_set_complete (history);
  after = acc_history_look (history, "b", 90);
  g_assert_null (after->alike_number);
  g_assert_true (after->complete);
}

/* ---- covers ---- */

#define FACTS                                                                                                  \
  "A client of the Market Street branch wrote the attached letter about help received from Jessica Okafor (Fraud " \
  "Operations) by phone on 20 November 2026. Please share it with Jessica."
#define OTHER_FACTS                                                                                           \
  "A client of the Market Street branch wrote the attached letter about help received from Noor Haddad (Card Disputes) " \
  "at the branch on 3 October 2026. Please share it with Noor."
#define OWN " She called again on Monday to see whether the new card had come, and that is how this letter came about."

static const struct {
  const char *what, *paragraph, *proposal, *cover, *names, *expected;
  const char *taken, *taken_name;
} covers[] = {
  { "the facts as they were proposed", FACTS, FACTS, OTHER_FACTS, NULL, "" },
  { "words of the banker's own", FACTS OWN, FACTS, OTHER_FACTS, NULL, "" },
  { "the same words again", FACTS OWN, FACTS, OTHER_FACTS OWN, NULL, "cover-repeats" },
  { "… without the facts", "" OWN, FACTS, OTHER_FACTS OWN, NULL, "cover-repeats" },
  { "… beside others", FACTS OWN, FACTS, OTHER_FACTS OWN " The branch was closed that day, which made it harder still.",
    NULL, "cover-repeats" },
  { "a short thing that everybody says", FACTS " With thanks.", FACTS, OTHER_FACTS " With thanks.", NULL, "" },
  { "other words than last time", FACTS OWN, FACTS,
    OTHER_FACTS " He found the form that the notary wanted and sent it the same morning.", NULL, "" },
  { "the client's state", "The client was in tears.", "", NULL, NULL, "cover-state" },
  { "the client's money", "The client was in debt.", "", NULL, NULL, "cover-money" },
  { "a sum", "It was about 40 €.", "", NULL, NULL, "cover-money" },
  { "a comparison", "She is better than the others.", "", NULL, NULL, "cover-compare" },
  { "a reproach", "Your team should answer faster.", "", NULL, NULL, "cover-scold" },
  { "all at once", "Better than others, who should have helped the sick client with her debts.", "", NULL, NULL,
    "cover-state cover-money cover-compare cover-scold" },
  { "a department of that name", "Please share it with Debt Advice.", "", NULL, "Debt Advice", "" },
  { "… and the word elsewhere", "Please share it with Debt Advice. The client had debts.", "", NULL, "Debt Advice",
    "cover-money" },
  { "nothing", "", "", NULL, NULL, "" },
  /* what was taken out of the letter */
  { "three of its words", FACTS " She told of a long journey then.", FACTS, NULL, NULL, "!cover-taken",
    .taken = "I had told her of a long journey, of which nobody knew" },
  { "… in capitals, without accents, with other points", FACTS " “ELLE: était Désolée”", FACTS, NULL, NULL,
    "!cover-taken", .taken = "comme elle etait desolee de tout" },
  { "two of them, by chance", FACTS " It was a long call.", FACTS, NULL, NULL, "",
    .taken = "I had told her of a long journey, of which nobody knew" },
  { "three small ones, by chance", FACTS " It took long and she was kind.", FACTS, NULL, NULL, "",
    .taken = "and she was the one who told me about the others" },
  { "one of a long passage", FACTS " It was about the garden.", FACTS, NULL, NULL, "",
    .taken = "my neighbour has a garden with a pond in it" },
  { "one of a short passage", FACTS " It was about the neighbour.", FACTS, NULL, NULL, "!cover-taken",
    .taken = "my neighbour" },
  { "… with an ending", FACTS " Both neighbours were long ago.", FACTS, NULL, NULL, "!cover-taken", .taken = "my neighbour" },
  { "… that begins a longer word", FACTS " Therefore it matters.", FACTS, NULL, NULL, "", .taken = "there" },
  { "… and a small one", FACTS " It was in May, by the way.", FACTS, NULL, NULL, "", .taken = "in May" },
  { "… that the facts say anyway", FACTS, FACTS, NULL, NULL, "", .taken = "by phone from Market Street" },
  { "… that is the addressee’s name", "Jessica helped.", "", NULL, NULL, "", .taken = "Jessica" },
  { "three characters of a script without words", "謝謝您的幫助，她的病好了。", "", NULL, NULL, "!cover-taken",
    .taken = "我說過她的病很重" },
  { "… two of them", "謝謝您的幫助。", "", NULL, NULL, "", .taken = "我說過您的事" },
  { "a name", FACTS " Mrs Ruiz asked for this.", FACTS, NULL, NULL, "!cover-taken", .taken_name = "Eva Ruiz" },
  { "… of somebody’s", FACTS " It is Kim’s letter.", FACTS, NULL, NULL, "!cover-taken", .taken_name = "Kim" },
  { "… in a case of its own", FACTS " Wysłałam do Kowalskiego.", FACTS, NULL, NULL, "!cover-taken",
    .taken_name = "Jan Kowalski" },
  { "… that is a word as well", FACTS " It may be told.", "", NULL, NULL, "", .taken_name = "Ann May" },
  { "… of short words, as a whole", FACTS " Bo Li asked for this.", FACTS, NULL, NULL, "!cover-taken", .taken_name = "Bo Li" },
  { "… of many, in small letters", FACTS " It is from ana de la cruz.", FACTS, NULL, NULL, "!cover-taken",
    .taken_name = "Ana de la Cruz" },
  { "… one of them by chance", FACTS " He is in LI and UK.", FACTS, NULL, NULL, "", .taken_name = "Bo Li" },
  { "… that are words as well", FACTS " So she is an ox at it.", FACTS, NULL, NULL, "", .taken_name = "An Ox" },
  { "… in a script without words", "這封信是李明先生寫的。", "", NULL, NULL, "!cover-taken", .taken_name = "李明" },
  { "… one character of it", "這封信是李先生寫的。", "", NULL, NULL, "", .taken_name = "李明" },
  { "… that the employee has, too", FACTS " Jessica called.", FACTS, NULL, NULL, "", .taken_name = "Jessica Ruiz" },
};

static void
a_cover_says_what_it_could_do_without (void)
{
  g_autoptr (GHashTable) spoken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (covers); i++)
    {
      const char *const names[] = { covers[i].names != NULL ? covers[i].names : "Jessica Okafor", NULL };
      const char *const last[] = { covers[i].cover, NULL };
      const char *const taken[] = { covers[i].taken, NULL }, *const taken_names[] = { covers[i].taken_name, NULL };
      g_autoptr (GPtrArray) results
        = acc_checks_run_cover (&(AccCoverFacts) { covers[i].paragraph, covers[i].proposal, "en", names, last,
                                                   covers[i].taken != NULL ? taken : NULL,
                                                   covers[i].taken_name != NULL ? taken_names : NULL });
      g_autoptr (GString) ids = g_string_new (NULL);

      for (guint k = 0; k < results->len; k++)
        {
          const AccCheckResult *result = g_ptr_array_index (results, k);

          g_string_append_printf (ids, "%s%s%s", k > 0 ? " " : "", result->weight == ACC_CHECK_STOPS ? "!" : "",
                                  result->id);
          g_assert_cmpstr (result->sentence, !=, "");
          g_assert_cmpstr (result->advice, !=, "");
          g_assert_null (strstr (result->sentence, "%s"));
          g_assert_cmpuint (result->end, <=, strlen (covers[i].paragraph));
          g_hash_table_add (spoken, (gpointer) result->id);
        }
      g_test_message ("%s", covers[i].what);
      g_assert_cmpstr (ids->str, ==, covers[i].expected);
    }
  for (guint i = 0; i < acc_checks_get_n_cover (); i++)
    g_assert_true (g_hash_table_contains (spoken, acc_checks_get_cover_id (i)));
}

static void
the_words_are_quoted (void)
{
  g_autoptr (GPtrArray) results = acc_checks_run_cover (
    &(AccCoverFacts) { .paragraph = "Die Kundin wäre sonst — verzweifelt gewesen.", .proposal = "", .language = "de" });
  const AccCheckResult *result;

  g_assert_cmpuint (results->len, ==, 1);
  result = g_ptr_array_index (results, 0);
  g_assert_cmpstr (result->sentence, ==, "“\xE2\x81\xA8" "verzweifelt\xE2\x81\xA9” may tell of the client’s state or health.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks-history/the-same-words", the_same_words_are_known_again);
  g_test_add_func ("/checks-history/other-answers", two_letters_with_other_answers_have_nothing_in_common);
  g_test_add_func ("/checks-history/a-sample-is-near", a_sample_is_near_to_the_whole);
  g_test_add_func ("/checks-history/a-hurry-at-one-kiosk", a_hurry_at_one_kiosk_is_seen);
  g_test_add_func ("/checks-history/one-banker-one-person", letters_of_one_banker_for_one_person_are_counted);
  g_test_add_func ("/checks-history/known-as-it-was-last", a_letter_is_known_as_it_was_last);
  g_test_add_func ("/checks-cover/what-it-could-do-without", a_cover_says_what_it_could_do_without);
  g_test_add_func ("/checks-cover/words-are-quoted", the_words_are_quoted);
  return g_test_run ();
}
