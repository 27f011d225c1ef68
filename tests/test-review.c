/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "review/checks.h"
#include "review/states.h"
#include "staff/staff-csv.h"
#include "support.h"

/* ---- who may do what, written down a second time ---- */

/* For each move a letter per state, in the order of AccState: where it leads (W C A R K H D X E, "." for nowhere),
 * and who may: (a)nyone, the (c)laimer, a (m)anager, (e)ither of the two. */
static const struct {
  const char *text, *kind, *to, *who;
  gboolean needs_reason, not_if_named, needs_reading;
} moves[ACC_MOVE_N] = {
  [ACC_MOVE_CLAIM] = { "claim", "claimed", "C........", "a........", FALSE, FALSE },
  [ACC_MOVE_RELEASE] = { "release", "released", ".W.......", ".e.......", FALSE, FALSE },
  [ACC_MOVE_APPROVE] = { "approve", "approved", ".A.......", ".c.......", FALSE, TRUE, TRUE },
  [ACC_MOVE_DECLINE] = { "decline", "declined", "DD.......", "ac.......", TRUE, FALSE },
  [ACC_MOVE_ROUTE] = { "route", "routed", "..R......", "..a......", FALSE, FALSE },
  [ACC_MOVE_ACKNOWLEDGE] = { "acknowledge", "acknowledged", "...K.....", "...a.....", FALSE, FALSE },
  [ACC_MOVE_HOLD] = { "hold", "held", "HH.......", "aa.......", FALSE, FALSE },
  [ACC_MOVE_FREE] = { "free", "freed", ".....W...", ".....m...", FALSE, FALSE },
  [ACC_MOVE_WITHDRAW] = { "withdraw", "withdrawn", "XX...X...", "aa...m...", FALSE, FALSE },
  [ACC_MOVE_ERASE] = { "erase", "erased", "EEEEEEEE.", "mmmmmmmm.", TRUE, FALSE },
  [ACC_MOVE_BLACK_OUT] = { "black out", "blacked out", ".C.......", ".c.......", TRUE, TRUE, TRUE },
  [ACC_MOVE_RESTORE] = { "restore", "restored", ".C.......", ".c.......", FALSE, TRUE, FALSE },
  [ACC_MOVE_TAKE_BACK] = { "take back", "taken back", "......C..", "......c..", FALSE, FALSE, FALSE },
  [ACC_MOVE_REOPEN] = { "reopen", "reopened", "......W..", "......m..", TRUE, FALSE, FALSE },
};

static const char state_codes[] = "WCARKHDXE";

static gboolean
may (char who, gboolean manager, gboolean claimer)
{
  return who == 'a' || (who == 'c' && claimer) || (who == 'm' && manager) || (who == 'e' && (manager || claimer));
}

/* What acc_move_allowed must say: 0 for yes, else the code + 1. */
static int
expect_answer (AccMove move, AccState from, const AccBanker *banker, gboolean claimer, AccNamed named,
               const char *reason)
{
  if (banker->disabled || !may (moves[move].who[from], banker->manager, claimer))
    return ACC_ERROR_NOT_ALLOWED + 1;
  if (moves[move].not_if_named && named == ACC_NAMED)
    return ACC_ERROR_NOT_ALLOWED + 1;
  if (moves[move].needs_reason && g_strcmp0 (reason, "because") != 0)
    return ACC_ERROR_INPUT + 1;
  return 0;
}

static void
assert_answer (AccMove move, AccState from, const AccBanker *banker, gboolean claimer, AccNamed named,
               const char *reason)
{
  const AccMoveRule *rule = acc_move_find_rule (move, from);
  g_autoptr (GError) error = NULL;
  gboolean allowed = acc_move_allowed (rule, banker, claimer ? banker->id : 99, named, reason, &error);
  int expected = expect_answer (move, from, banker, claimer, named, reason);

  g_assert_cmpint (allowed, ==, expected == 0);
  if (expected != 0)
    g_assert_error (error, ACC_ERROR, expected - 1);
}

static void
test_every_move_from_every_state_by_every_banker (void)
{
  static const char *const reasons[] = { NULL, " \n ", "because" };

  for (AccMove move = 0; move < ACC_MOVE_N; move++)
    for (AccState from = 0; from < ACC_STATE_N; from++)
      {
        const AccMoveRule *rule = acc_move_find_rule (move, from);

        g_assert_cmpint (rule != NULL, ==, moves[move].to[from] != '.');
        if (rule == NULL)
          continue;
        g_assert_cmpint (state_codes[rule->to], ==, moves[move].to[from]);
        g_assert_cmpint (rule->needs_reading, ==, moves[move].needs_reading);
        for (guint kind = 0; kind < 8 * 3 * G_N_ELEMENTS (reasons); kind++)
          {
            AccBanker banker = { .id = 7, .manager = kind & 1, .disabled = (kind >> 1) & 1 };

            assert_answer (move, from, &banker, (kind >> 2) & 1, kind / 8 % 3, reasons[kind / 24]);
          }
      }
}

static void
test_words_of_the_moves_are_frozen (void)
{
  AccMove move;

  for (AccMove i = 0; i < ACC_MOVE_N; i++)
    {
      g_assert_cmpstr (acc_move_to_text (i), ==, moves[i].text);
      g_assert_cmpstr (acc_move_to_kind (i), ==, moves[i].kind);
      g_assert_true (acc_move_from_text (moves[i].text, &move));
      g_assert_cmpint (move, ==, i);
    }
  g_assert_false (acc_move_from_text ("promote", &move));
  g_assert_false (acc_move_from_text (NULL, &move));
}

static void
test_letter_is_the_claimers_until_it_is_let_go (void)
{
  for (guint i = 0; i < acc_move_n_rules; i++)
    {
      const AccMoveRule *rule = &acc_move_rules[i];
      gint64 after = acc_move_next_claimer (rule, 4, 7);

      if (rule->to == ACC_STATE_CLAIMED)
        g_assert_cmpint (after, ==, 7);
      else if (rule->to == ACC_STATE_WAITING || rule->to == ACC_STATE_HELD)
        g_assert_cmpint (after, ==, 0);
      else
        g_assert_cmpint (after, ==, 4);
    }
}

/* ---- what to look at ---- */

#define ON "2026-11-20"

/* A letter and who would decide on it; what is NULL is as in an ordinary letter to Jessica Okafor. */
typedef struct {
  const char *what;
  const char *to, *department, *employee; /* employee: the id chosen, "" for nobody */
  const char *thanks;                     /* the banker whom it thanks */
  const char *staff_id;                   /* who would decide, Ana Held: "" for no link */
  const char *served_on, *author, *apart;
  const char *directory_from;
  const char *language, *read; /* read: [branch] languages; NULL: unsaid */
  const char *act;             /* what the client tells */
  gboolean asked, disclose;
  gboolean freed;         /* a manager has let it go on */
  gboolean earlier;       /* something is known of earlier letters: */
  gboolean alike;         /* … one is much the same */
  guint in_hour, pair;    /* … so many of this kiosk within an hour; so many to Jessica Okafor before */
  gboolean no_limit;      /* integrity.pair_limit says nothing */
  gboolean unread;        /* never read back */
  const char *unread_because; /* … and why */
  AccReadBack read_back;  /* what reading it back came to; 0: the same bytes */
  AccNamed named;
  const char *expected; /* ids in order; "!" before those that stop */
} Case;

static const Case cases[] = {
  { .what = "nothing to see", .expected = "" },
  /* the PDF against the record */
  { .what = "not read back yet", .unread = TRUE, .expected = "!not-read-back" },
  { .what = "set otherwise, with the same words", .read_back = ACC_READ_BACK_WORDS, .expected = "pdf-differs" },
  { .what = "held for its PDF, and let go on", .read_back = ACC_READ_BACK_DIFFERS, .expected = "pdf-differs" },
  { .what = "… which nobody could read", .read_back = ACC_READ_BACK_NO_PDF, .expected = "pdf-differs" },
  /* the banker who is thanked */
  { .what = "thanks the one who decides", .thanks = "Ana Held", .named = ACC_NAMED, .expected = "!banker-named" },
  { .what = "… by first name", .thanks = "ana", .named = ACC_NAMED, .expected = "!banker-named" },
  { .what = "… where it may be disclosed",
    .thanks = "Ana Held",
    .disclose = TRUE,
    .named = ACC_NAMED_DISCLOSED,
    .expected = "banker-named" },
  { .what = "thanks another", .thanks = "Daniel Reyes", .expected = "banker-thanked" },
  { .what = "… by first name", .thanks = "Daniel", .expected = "banker-thanked" },
  { .what = "thanks nobody whom the directory knows",
    .thanks = "Anna Held",
    .named = ACC_NAMED,
    .expected = "!banker-unknown" },
  { .what = "… a Cyrillic lookalike",
    .thanks = "\xd0\x90na Held",
    .named = ACC_NAMED,
    .expected = "!banker-unknown mixed-scripts" },
  { .what = "thanks a first name that is known elsewhere only",
    .thanks = "Priya",
    .named = ACC_NAMED,
    .expected = "!banker-unknown" },
  { .what = "… but a full name is somebody", .thanks = "Priya Raman", .expected = "banker-thanked" },
  { .what = "thanks another; who decides has no link",
    .thanks = "Daniel Reyes",
    .staff_id = "",
    .named = ACC_NAMED,
    .expected = "!not-linked" },
  { .what = "… or one that leads nowhere",
    .thanks = "Daniel Reyes",
    .staff_id = "HV9999",
    .named = ACC_NAMED,
    .expected = "!not-linked" },
  { .what = "… which matters only where a banker is thanked", .staff_id = "", .expected = "" },
  /* the banker to whom it is addressed */
  { .what = "is for the one who decides",
    .to = "Ana Held",
    .department = "Market Street branch",
    .employee = "HV1043",
    .named = ACC_NAMED,
    .expected = "!banker-named" },
  { .what = "… whose name is all that is known",
    .to = "Ana Held",
    .department = "Market Street branch",
    .employee = "HV1043",
    .staff_id = "",
    .named = ACC_NAMED,
    .expected = "!banker-named" },
  { .what = "… or may be, while nobody is chosen",
    .to = "Ana",
    .department = "Market Street branch",
    .employee = "",
    .named = ACC_NAMED,
    .expected = "!banker-named !no-employee-chosen first-name-only" },
  /* whom it is for */
  { .what = "nobody chosen", .employee = "", .expected = "!no-employee-chosen" },
  { .what = "a name that nobody bears",
    .to = "Jesica Okafor",
    .employee = "",
    .expected = "!no-employee-chosen name-not-in-directory" },
  { .what = "a Cyrillic lookalike",
    .to = "J\xd0\xb5ssica Okafor",
    .employee = "",
    .expected = "!no-employee-chosen mixed-scripts name-not-in-directory" },
  { .what = "two of one name",
    .to = "Maria Santos",
    .employee = "",
    .expected = "!no-employee-chosen several-of-that-name" },
  { .what = "a first name only",
    .to = "Imani",
    .employee = "",
    .expected = "!no-employee-chosen first-name-only" },
  { .what = "a whole name in a script that parts no words",
    .to = "\xe9\x99\x88\xe9\x9b\x85\xe6\x96\x87",
    .employee = "",
    .expected = "!no-employee-chosen name-not-in-directory" },
  { .what = "a first name that two bear",
    .to = "Noor",
    .department = "Card Disputes",
    .employee = "",
    .expected = "!no-employee-chosen several-of-that-name first-name-only" },
  { .what = "left since", .to = "Ines Martins", .employee = "", .expected = "!no-employee-chosen has-left" },
  { .what = "chosen, but not here yet on that day", .served_on = "2018-05-05", .expected = "has-left no-supervisor" },
  { .what = "the supervisor not here yet on that day", .served_on = "2023-05-05", .expected = "no-supervisor" },
  { .what = "the head of all",
    .to = "Margaret Ashdown",
    .department = "Operations Office",
    .employee = "HV1001",
    .expected = "no-supervisor" },
  /* how it came about */
  { .what = "an author in two scripts", .author = "M\xd0\xb0ria", .expected = "mixed-scripts" },
  { .what = "asked for by staff", .asked = TRUE, .expected = "staff-asked" },
  { .what = "a directory of long ago", .directory_from = "2020-01-01T08:00:00Z", .expected = "directory-old" },
  { .what = "… of today", .directory_from = "now", .expected = "" },
  { .what = "… of nobody knows when", .directory_from = "", .expected = "" },
  { .what = "a language that is read here", .language = "es-MX", .read = "en;es", .expected = "" },
  { .what = "one that nobody reads", .language = "pl", .read = "en;es", .expected = "!language" },
  { .what = "… which a manager let go on", .language = "pl", .read = "en;es", .freed = TRUE, .expected = "language" },
  { .what = "one that nobody knows", .language = "und", .read = "en;es", .expected = "!language" },
  { .what = "a branch that does not say", .language = "pl", .expected = "" },
  /* words that hold it, and words that could hurt */
  { .what = "a legal threat", .act = "If this happens again, I will take you to court.", .expected = "!legal-threat" },
  { .what = "… which a manager let go on",
    .act = "If this happens again, I will take you to court.",
    .freed = TRUE,
    .expected = "legal-threat" },
  { .what = "… in a language of its own", .act = "Sonst sehen wir uns vor Gericht.", .language = "de", .expected = "!legal-threat" },
  { .what = "a threat of violence", .act = "She was kind. If not, I know where you live.", .expected = "!violence" },
  { .what = "… which a manager let go on", .act = "I know where you live.", .freed = TRUE, .expected = "violence" },
  { .what = "an insult", .act = "She was kind. The man before her is an idiot.", .expected = "!insult" },
  { .what = "… which a manager let go on", .act = "The man is an idiot.", .freed = TRUE, .expected = "insult" },
  { .what = "a complaint", .act = "She was kind. The man at the counter was rude to me.", .expected = "!complaint" },
  { .what = "… which a manager let go on",
    .act = "She was kind. The man at the counter was rude to me.",
    .freed = TRUE,
    .expected = "complaint" },
  { .what = "an act that could hurt", .act = "She stayed with me although it was not her job.", .expected = "harm" },
  { .what = "two of them", .act = "She called from her own phone. She made an exception.", .expected = "harm harm" },
  { .what = "a threat in what is kept apart holds nothing", .apart = "I will take you to court.", .expected = "apart" },
  /* what is known of earlier letters */
  { .what = "nothing of note", .earlier = TRUE, .expected = "" },
  { .what = "much the same as another", .earlier = TRUE, .alike = TRUE, .expected = "near-duplicate" },
  { .what = "six within an hour", .earlier = TRUE, .in_hour = 6, .expected = "" },
  { .what = "seven within an hour", .earlier = TRUE, .in_hour = 7, .expected = "kiosk-rush" },
  { .what = "the fifth for the same person", .earlier = TRUE, .pair = 4, .expected = "" },
  { .what = "the sixth", .earlier = TRUE, .pair = 5, .expected = "same-pair" },
  { .what = "… to somebody else", .earlier = TRUE, .pair = 5, .to = "Graham Wright", .employee = "HV1127", .expected = "" },
  { .what = "… where nobody counts", .earlier = TRUE, .pair = 5, .no_limit = TRUE, .expected = "" },
  { .what = "a concern kept apart", .apart = "The queue was long.", .expected = "apart" },
};

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

static AccLetter *
make_letter (const Case *one)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  const char *author = one->author != NULL ? one->author : "Maria López";
  AccLetter *letter;

  acc_letter_fields_init (&fields);
  set_text (&fields.to[0].name, one->to != NULL ? one->to : "Jessica Okafor");
  set_text (&fields.to[0].department, one->department != NULL ? one->department : "Fraud Operations");
  set_text (&fields.act, one->act != NULL ? one->act : "She stayed with us for an hour.");
  fields.thanks_banker = one->thanks != NULL;
  set_text (&fields.banker_name, one->thanks != NULL ? one->thanks : "");
  set_text (&fields.banker_words, one->thanks != NULL ? "Thank you for staying on the line." : "");
  set_text (&fields.from[0].name, author);
  fields.from[0].signature = acc_signature_new_typed (author);
  fields.consent_file = TRUE;
  fields.asked_by_staff = one->asked ? ACC_ASKED_YES : ACC_ASKED_NO;
  set_text (&fields.language, one->language != NULL ? one->language : "en");
  set_text (&fields.apart, one->apart != NULL ? one->apart : "");
  set_text (&fields.served_on, one->served_on != NULL ? one->served_on : ON);
  set_text (&fields.date, "2026-11-21");
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

static AccDirectory *
read_directory (void)
{
  g_autoptr (GBytes) csv = test_fixture ("../../resources/demo/staff.csv");
  g_autoptr (GError) error = NULL;
  AccDirectory *directory = acc_staff_csv_read (csv, &error);

  g_assert_no_error (error);
  return directory;
}

#define ALIKE_NUMBER "0f3c1b7a-52a4-4b6e-9d0e-1f2a3b4c5d6e"

static AccPrecedents *
make_precedents (const Case *one)
{
  AccPrecedents *precedents = g_atomic_rc_box_new0 (AccPrecedents);

  precedents->complete = TRUE;
  precedents->n_in_hour = one->in_hour;
  precedents->alike_number = one->alike ? g_strdup (ALIKE_NUMBER) : NULL;
  precedents->pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (precedents->pairs, g_strdup ("HV1120"), GUINT_TO_POINTER (one->pair));
  return precedents;
}

/* Runs the checks; *@named, which may be NULL, as for acc_decide. */
static GPtrArray *
run_checks (AccDirectory *directory, const Case *one, AccNamed *named)
{
  g_autoptr (AccLetter) letter = make_letter (one);
  AccBanker banker = { .id = 1, .name = (char *) "Ana Held" };
  const AccPerson *employee = NULL;
  g_autofree char *now = acc_clock_stamp ();
  g_autoptr (AccPrecedents) precedents = one->earlier ? make_precedents (one) : NULL;
  AccCheckFacts facts = { .letter = letter, .directory = directory, .banker = &banker, .employees = &employee };

  if (one->staff_id == NULL)
    banker.staff_id = (char *) "HV1043";
  else if (*one->staff_id != '\0')
    banker.staff_id = (char *) one->staff_id;
  if (one->employee == NULL)
    employee = acc_directory_find_id (directory, "HV1120");
  else if (*one->employee != '\0')
    employee = acc_directory_find_id (directory, one->employee);
  facts.second_approver_disclose = one->disclose;
  facts.languages_read = one->read;
  facts.freed = one->freed;
  facts.precedents = precedents;
  facts.pair_limit = one->no_limit ? 0 : 5;
  facts.pair_days = 90;
  facts.unread_because = one->unread_because;
  facts.directory_refresh = 35;
  facts.directory_from = g_strcmp0 (one->directory_from, "now") == 0 ? now : one->directory_from;
  if (!one->unread)
    facts.read_back = one->read_back != ACC_READ_BACK_NEVER ? one->read_back : ACC_READ_BACK_BYTES;
  if (named != NULL)
    *named = acc_checks_named (&facts);
  g_assert_cmpint (acc_checks_names_banker (&facts), ==, acc_checks_named (&facts) != ACC_NAMED_NOT);
  return acc_checks_run (&facts);
}

/* Who opens a letter that cannot be read back here reads why, and that it is for nobody to wait for. */
static void
test_unread_letter_says_why (void)
{
  g_autoptr (AccDirectory) directory = read_directory ();
  static const char *const reasons[] = { NULL, "A font that is installed cannot be opened. Ask your IT support to look at it." };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (GPtrArray) results = NULL;
      const Case unread = { .unread = TRUE, .unread_because = reasons[i] };
      const AccCheckResult *result;

      results = run_checks (directory, &unread, NULL);
      result = g_ptr_array_index (results, 0);
      g_assert_cmpstr (result->id, ==, "not-read-back");
      g_assert_cmpint (result->weight, ==, ACC_CHECK_STOPS);
      if (reasons[i] != NULL)
        g_assert_true (g_str_has_prefix (result->advice, reasons[i]));
      g_assert_cmpint (strstr (result->advice, "Wait a moment") != NULL, ==, reasons[i] == NULL);
    }
}

static void
test_each_thing_to_look_at_is_shown (void)
{
  g_autoptr (AccDirectory) directory = read_directory ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AccNamed named = ACC_NAMED_NOT;
      g_autoptr (GPtrArray) results = run_checks (directory, &cases[i], &named);
      g_autoptr (GString) ids = g_string_new (NULL);

      for (guint k = 0; k < results->len; k++)
        {
          const AccCheckResult *result = g_ptr_array_index (results, k);

          g_string_append_printf (ids, "%s%s%s", k > 0 ? " " : "", result->weight == ACC_CHECK_STOPS ? "!" : "",
                                  result->id);
          g_assert_cmpstr (result->sentence, !=, "");
          g_assert_cmpstr (result->advice, !=, "");
        }
      g_test_message ("%s", cases[i].what);
      g_assert_cmpstr (ids->str, ==, cases[i].expected);
      g_assert_cmpint (named, ==, cases[i].named);
    }
}

/* Each row of the table has a letter that it speaks about, and the ordinary one that it is silent about; no case expects
 * what the table does not have. */
static void
test_each_row_speaks_and_is_silent (void)
{
  g_autoptr (AccDirectory) directory = read_directory ();
  g_autoptr (GHashTable) spoken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) results = run_checks (directory, &cases[i], NULL);

      for (guint k = 0; k < results->len; k++)
        g_hash_table_add (spoken, (gpointer) ((const AccCheckResult *) g_ptr_array_index (results, k))->id);
      if (i == 0)
        g_assert_cmpuint (results->len, ==, 0);
    }
  for (guint i = 0; i < acc_checks_get_n (); i++)
    if (!g_hash_table_remove (spoken, acc_checks_get_id (i)))
      g_error ("no letter makes “%s” speak", acc_checks_get_id (i));
  g_assert_cmpuint (g_hash_table_size (spoken), ==, 0);
}

/* The desk marks the words: the bytes are those of the text that they stand in. */
static void
test_words_are_pointed_at (void)
{
  static const struct {
    Case one;
    const char *words;
  } rows[] = {
    { { .act = "Sie war da. Ich zögere, aber ich gehe zum Anwalt!", .language = "de" }, "zum Anwalt" },
    { { .act = "Elle était là, bien que ce ne soit pas son travail.", .language = "fr" }, "pas son travail" },
    { { .act = "She called me back — from her own phone." }, "her own phone" },
  };
  g_autoptr (AccDirectory) directory = read_directory ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) results = run_checks (directory, &rows[i].one, NULL);
      const AccCheckResult *result;
      g_autofree char *words = NULL;

      g_assert_cmpuint (results->len, ==, 1);
      result = g_ptr_array_index (results, 0);
      g_assert_cmpint (result->field, ==, ACC_FIELD_STORY_ACT);
      words = g_strndup (rows[i].one.act + result->start, result->end - result->start);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* A banker whom the letter may name never meets a letter without a sign that stops. */
static void
test_whoever_may_not_approve_is_told_so (void)
{
  g_autoptr (AccDirectory) directory = read_directory ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AccNamed named = ACC_NAMED_NOT;
      g_autoptr (GPtrArray) results = run_checks (directory, &cases[i], &named);
      const AccCheckResult *first = results->len > 0 ? g_ptr_array_index (results, 0) : NULL;

      g_test_message ("%s", cases[i].what);
      if (named == ACC_NAMED)
        g_assert_true (first != NULL && first->weight == ACC_CHECK_STOPS);
    }
}

static void
test_sentences_are_short_and_name_the_person (void)
{
  static const struct {
    Case one;
    const char *sentence, *advice;
  } sentences[] = {
    { { .thanks = "Daniel Reyes" },
      "The letter thanks Daniel too.",
      "Someone other than Daniel must approve: you can." },
    { { .thanks = "Ana Held" }, "The letter thanks you too.", "Someone other than you must approve." },
    { { .thanks = "Ana Held", .disclose = TRUE },
      "The letter thanks you too.",
      "You may approve it; the cover will say that you are named." },
    { { .to = "Ines Martins", .employee = "HV1463" },
      "Ines Martins left on 2022-06-13.",
      "Ask personnel how to reach them, or whether someone else is meant." },
    { { .to = "Noor", .department = "Card Disputes", .employee = "" },
      "“Noor” is not found yet.",
      "Choose the person in the directory." },
    { { .served_on = "2023-05-05" },
      "Jessica Okafor had no supervisor on 2023-05-05.",
      "Find out who stands in, and have the directory corrected." },
    { { .to = "Jesica Okafor", .employee = "HV1120" },
      "The directory knows nobody called “Jesica Okafor”.",
      "Make sure that it is Jessica Okafor." },
    { { .act = "She was kind. I will see you in court." },
      "The letter may threaten legal steps.",
      "“\xE2\x81\xA8" "I will see you in court.\xE2\x81\xA9” Only a manager can let it go on. Open the letter again: it is then held." },
    { { .act = "She was kind. I will see you in court.", .freed = TRUE },
      "The letter may threaten legal steps.",
      "“\xE2\x81\xA8" "I will see you in court.\xE2\x81\xA9” A manager has let the letter go on. Answer the concern by itself." },
    { { .act = "It was not her job." },
      "The letter may tell of work outside the person’s duties.",
      "“\xE2\x81\xA8" "It was not her job.\xE2\x81\xA9” Ask whether it could hurt them. The cover need not repeat it." },
    { { .earlier = TRUE, .alike = TRUE },
      "Much of this letter stands in letter \xE2\x81\xA8" "1WY1P-YJJMH\xE2\x81\xA9" ", too.",
      "Read both. If the words were given to the client, talk with your manager." },
    { { .earlier = TRUE, .pair = 6 },
      "Letters to Jessica Okafor that you approve in 90 days, with this one: 7",
      "Both supervisors are told: their covers say so." },
    { { .apart = "The queue was long." },
      "The client keeps a concern apart from the letter.",
      "Read it below, and follow it up: it is not part of the letter." },
  };
  g_autoptr (AccDirectory) directory = read_directory ();

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (GPtrArray) results = run_checks (directory, &sentences[i].one, NULL);
      const AccCheckResult *first;

      g_assert_cmpuint (results->len, >, 0);
      first = g_ptr_array_index (results, 0);
      g_assert_cmpstr (first->sentence, ==, sentences[i].sentence);
      g_assert_cmpstr (first->advice, ==, sentences[i].advice);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/states/every-move-from-every-state", test_every_move_from_every_state_by_every_banker);
  g_test_add_func ("/review/states/words-are-frozen", test_words_of_the_moves_are_frozen);
  g_test_add_func ("/review/states/letter-is-the-claimers", test_letter_is_the_claimers_until_it_is_let_go);
  g_test_add_func ("/review/checks/each-thing-to-look-at-is-shown", test_each_thing_to_look_at_is_shown);
  g_test_add_func ("/review/checks/unread-letter-says-why", test_unread_letter_says_why);
  g_test_add_func ("/review/checks/each-row-speaks-and-is-silent", test_each_row_speaks_and_is_silent);
  g_test_add_func ("/review/checks/words-are-pointed-at", test_words_are_pointed_at);
  g_test_add_func ("/review/checks/who-may-not-approve-is-told", test_whoever_may_not_approve_is_told_so);
  g_test_add_func ("/review/checks/sentences-name-the-person", test_sentences_are_short_and_name_the_person);
  return g_test_run ();
}
