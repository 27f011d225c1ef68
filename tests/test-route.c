/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans and covers: what is decided and written before anything leaves. */
#include "route-support.h"
#include "support.h"

#include "base/error.h"
#include "paper/pdf-process.h"
#include "route/cover.h"

#include <string.h>

/* ---- plans ---- */

/* Whom each hierarchy's letter goes to: "role person", in order; gaps by a word of theirs. */
static const struct {
  const char *title, *people;
  const char *chosen[2]; /* NULL: nobody chosen; "-": no such addressee */
  const char *banker;
  const char *recipients, *gaps;
  gboolean complete;
} hierarchies[] = {
  /* The plain case: three people, three deliveries. */
  { "a full hierarchy",
    "J,F,S,,|S,F,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "-" },
    "B",
    "supervisor S, employee J, own-supervisor M",
    "",
    TRUE },
  /* Two employees in two departments: each supervisor, each employee, one copy for the branch. */
  { "two departments",
    "J,F,S,,|S,F,H,,|T,C,U,,|U,C,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "T" },
    "B",
    "supervisor S, employee J, supervisor U, employee T, own-supervisor M",
    "",
    TRUE },
  /* The same supervisor twice gets one delivery. */
  { "one supervisor for two",
    "J,F,S,,|T,F,S,,|S,F,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "T" },
    "B",
    "supervisor S, employee J, employee T, own-supervisor M",
    "",
    TRUE },
  /* The banker works for the same person. */
  { "supervisor is own supervisor",
    "J,F,S,,|S,F,H,,|H,Bank,,,|B,F,S,,",
    { "J", "-" },
    "B",
    "supervisor S, employee J",
    "",
    TRUE },
  /* Somebody who is thanked leads somebody who is thanked. */
  { "a supervisor who is thanked too",
    "J,F,S,,|S,F,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "S" },
    "B",
    "supervisor S, employee J, supervisor H, own-supervisor M",
    "",
    TRUE },
  /* The same person chosen for both addressees. */
  { "one person twice",
    "J,F,S,,|S,F,,,|B,Branch,M,,|M,Branch,S,,",
    { "J", "J" },
    "B",
    "supervisor S, employee J, own-supervisor M",
    "",
    TRUE },
  /* Nobody is above the head: a person has to look. */
  { "the head", "H,Bank,,,|B,Branch,H,,", { "H", "-" }, "B", "employee H", "no supervisor", FALSE },
  /* A vacancy: the next one up stands in, and the gap says so. */
  { "a vacancy",
    "J,F,S,,|S,F,H,,2026-10-01|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "-" },
    "B",
    "supervisor H, employee J, own-supervisor M",
    "next one up",
    TRUE },
  /* Two vacancies above each other. */
  { "two vacancies",
    "J,F,S,,|S,F,U,,2026-10-01|U,F,H,,2026-10-01|H,Bank,,,|B,Branch,H,,",
    { "J", "-" },
    "B",
    "supervisor H, employee J",
    "next one up",
    TRUE },
  /* A vacancy with nobody above. */
  { "everybody above has left",
    "J,F,S,,|S,F,,,2026-10-01|B,Branch,M,,|M,Branch,,,",
    { "J", "-" },
    "B",
    "employee J, own-supervisor M",
    "nor is anybody above",
    FALSE },
  /* Here on the day of service, gone today: nothing is sent to who has left. */
  { "a supervisor who left since",
    "J,F,S,,|S,F,H,,2026-11-21|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "-" },
    "B",
    "supervisor H, employee J, own-supervisor M",
    "is not here today",
    TRUE },
  /* Came after the day of service: today's supervisor, and it says so. */
  { "a supervisor who came since",
    "J,F,S,,|S,F,H,2026-11-21,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "-" },
    "B",
    "supervisor S, employee J, own-supervisor M",
    "",
    TRUE },
  /* The employee has left. */
  { "an employee who left",
    "J,F,S,,2026-11-21|S,F,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", "-" },
    "B",
    "supervisor S, own-supervisor M",
    "not here any more",
    FALSE },
  /* Nobody chosen yet, for one of two. */
  { "nobody chosen",
    "J,F,S,,|S,F,H,,|H,Bank,,,|B,Branch,M,,|M,Branch,H,,",
    { "J", NULL },
    "B",
    "supervisor S, employee J, own-supervisor M",
    "Nobody is chosen for Thomas Reed",
    FALSE },
  { "nobody chosen at all", "H,Bank,,,|B,Branch,H,,", { NULL, "-" }, "B", "", "Nobody is chosen", FALSE },
  /* The banker's own supervisor is missing: that alone stops nothing. */
  { "a banker who is not linked",
    "J,F,S,,|S,F,,,",
    { "J", "-" },
    NULL,
    "supervisor S, employee J",
    "not linked",
    TRUE },
  { "a banker who has left",
    "J,F,S,,|S,F,,,|B,Branch,S,,2026-10-01",
    { "J", "-" },
    "B",
    "supervisor S, employee J",
    "not linked",
    TRUE },
  { "a banker without supervisor",
    "J,F,S,,|S,F,,,|B,Branch,,,",
    { "J", "-" },
    "B",
    "supervisor S, employee J",
    "You have no supervisor",
    TRUE },
  { "a banker whose supervisor left",
    "J,F,S,,|S,F,,,|B,Branch,M,,|M,Branch,S,,2026-10-01",
    { "J", "-" },
    "B",
    "supervisor S, employee J",
    "You have no supervisor",
    TRUE },
};

static char *
list_recipients (AccPlan *plan)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < acc_plan_get_n_recipients (plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, i);

      g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", acc_role_to_text (recipient->role),
                              recipient->person->id);
    }
  return g_string_free (list, FALSE);
}

static char *
list_gaps (AccPlan *plan)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < acc_plan_get_n_gaps (plan); i++)
    g_string_append_printf (list, "%s\n", acc_plan_get_gap (plan, i));
  return g_string_free (list, FALSE);
}

static void
plan_of_each_hierarchy (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hierarchies); i++)
    {
      gboolean two = g_strcmp0 (hierarchies[i].chosen[1], "-") != 0;
      g_autoptr (AccDirectory) directory = route_directory_new (hierarchies[i].people);
      g_autoptr (AccLetter) letter = route_letter_new (two);
      const AccPerson *employees[2] = { NULL, NULL };
      AccBanker banker = { .name = (char *)"Daniel Reyes", .staff_id = (char *)hierarchies[i].banker };
      g_autoptr (AccPlan) plan = NULL;
      g_autofree char *recipients = NULL;
      g_autofree char *gaps = NULL;

      g_test_message ("%s", hierarchies[i].title);
      for (guint j = 0; j < (two ? 2 : 1); j++)
        if (hierarchies[i].chosen[j] != NULL)
          employees[j] = acc_directory_find_id (directory, hierarchies[i].chosen[j]);
      plan = acc_plan_new (letter, directory, employees, &banker);
      recipients = list_recipients (plan);
      gaps = list_gaps (plan);
      g_assert_cmpstr (recipients, ==, hierarchies[i].recipients);
      g_assert_true ((*gaps == '\0') == (*hierarchies[i].gaps == '\0'));
      g_assert_nonnull (strstr (gaps, hierarchies[i].gaps));
      g_assert_cmpint (acc_plan_is_complete (plan), ==, hierarchies[i].complete);
    }
}

static AccPlan *
plan_for (AccLetter *letter, const char *people, const char *first, const char *second)
{
  g_autoptr (AccDirectory) directory = route_directory_new (people);
  const AccPerson *employees[2]
      = { acc_directory_find_id (directory, first), second != NULL ? acc_directory_find_id (directory, second) : NULL };
  AccBanker banker = { .name = (char *)"Daniel Reyes", .staff_id = (char *)"B" };

  return acc_plan_new (letter, directory, employees, &banker);
}

static void
plan_says_why_for_every_role (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (TRUE);
  g_autoptr (AccPlan) plan = plan_for (letter, "J,F,S,,|T,F,S,,|S,F,,,|B,F,S,,", "J", "T");
  const AccRecipient *supervisor = acc_plan_get_recipient (plan, 0);

  g_assert_cmpstr (supervisor->why, ==,
                   "direct supervisor of Person J, and direct supervisor of Person T, and your own supervisor");
  g_assert_cmpuint (supervisor->employees->len, ==, 2);
  g_assert_cmpstr (acc_plan_get_recipient (plan, 1)->why, ==, "thanked in the letter");
  g_assert_cmpuint (acc_plan_get_recipient (plan, 2)->addressee, ==, 1);
}

/* Only where the client has agreed and the branch has named somebody, and about everybody, once. */
static void
plan_adds_personnel_where_the_client_agreed (void)
{
  static const char *const addresses[] = { "", "hr@harbourvale.example" };

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (AccDirectory) directory = route_directory_new ("J,F,S,,|T,F,S,,|S,F,,,|B,F,S,,");
      const AccPerson *employees[2] = { acc_directory_find_id (directory, "J"), acc_directory_find_id (directory, "T") };
      AccBanker banker = { .name = (char *)"Daniel Reyes", .staff_id = (char *)"B" };
      g_auto (AccLetterFields) fields = { 0 };
      g_autoptr (AccLetter) letter = NULL;
      g_autoptr (AccPlan) plan = NULL;
      const AccRecipient *last;
      gboolean wanted = i == 3;

      route_letter_fields (&fields, TRUE);
      fields.consent_file = i >= 2;
      letter = acc_letter_new (&fields, NULL);
      plan = acc_plan_new_with_personnel (letter, directory, employees, &banker, addresses[i % 2]);
      g_assert_cmpuint (acc_plan_get_n_recipients (plan), ==, wanted ? 4 : 3);
      g_assert_cmpuint (acc_plan_get_n_gaps (plan), ==, 0);
      last = acc_plan_get_recipient (plan, acc_plan_get_n_recipients (plan) - 1);
      g_assert_cmpint (last->role == ACC_ROLE_PERSONNEL, ==, wanted);
      if (wanted)
        {
          g_autofree char *subject = acc_cover_subject (last);
          g_autofree char *paragraph = acc_cover_propose (letter, last, "Market Street", NULL);

          g_assert_cmpstr (last->person->email, ==, "hr@harbourvale.example");
          g_assert_cmpuint (last->employees->len, ==, 2);
          g_assert_cmpstr (subject, ==, "A client’s letter for the personnel file of Person J and Person T");
          g_assert_nonnull (strstr (paragraph, "has agreed that it may be kept in the personnel file"));
          g_assert_null (strstr (paragraph, "Please share it"));
        }
    }
}

static void
plan_says_when_a_supervisor_came_later (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccPlan) plan = plan_for (letter, "J,F,S,,|S,F,,2026-11-21,|B,F,S,,", "J", NULL);

  g_assert_nonnull (strstr (acc_plan_get_recipient (plan, 0)->why, "not yet on the day of service"));
}

static void
plan_outlives_the_directory (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccPlan) plan = plan_for (letter, "J,F,S,,|S,F,,,|B,F,S,,", "J", NULL);

  g_assert_cmpstr (acc_plan_get_sender (plan)->email, ==, "b@harbourvale.example");
  g_assert_cmpstr (acc_plan_get_employee (plan, 0)->name, ==, "Person J");
}

static void
roles_have_frozen_names (void)
{
  g_assert_cmpstr (acc_role_to_text (ACC_ROLE_SUPERVISOR), ==, "supervisor");
  g_assert_cmpstr (acc_role_to_text (ACC_ROLE_EMPLOYEE), ==, "employee");
  g_assert_cmpstr (acc_role_to_text (ACC_ROLE_OWN_SUPERVISOR), ==, "own-supervisor");
  g_assert_cmpstr (acc_role_to_text (ACC_ROLE_PERSONNEL), ==, "personnel");
  for (guint i = 0; i < ACC_ROLE_N; i++)
    g_assert_cmpstr (acc_role_to_label (i), !=, "");
}

/* ---- covers ---- */

#define TEAM "J,Fraud Operations,S,,|S,Fraud Operations,,,|B,Branch,M,,|M,Branch,S,,"

/* What each role is told, and what none may be told. */
static const struct {
  guint recipient; /* of the plan */
  const char *says;
} proposals[] = {
  /* The supervisor: facts, the wish to share, and what the client agreed to. */
  { 0, "A client of the Market Street branch wrote the attached letter about help received from Person J (Fraud "
       "Operations) by phone on 20 November 2026. This is the first letter to Fraud Operations that this branch has "
       "passed on. Please share it with Person J. The client has agreed that it may be kept in the personnel file." },
  /* The employee: the same facts, said to them. */
  { 1, "A client of the Market Street branch wrote the attached letter to you, about help received by phone on 20 "
       "November 2026. This is the first letter to Fraud Operations that this branch has passed on. The client has "
       "agreed that it may be kept in the personnel file." },
  /* The banker's own supervisor: for information. */
  { 2, "For your information: a client of the Market Street branch wrote the attached letter about help received "
       "from Person J (Fraud Operations) by phone on 20 November 2026. This is the first letter to Fraud Operations "
       "that this branch has passed on." },
};

static void
cover_is_proposed_from_facts_for_each_role (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccPlan) plan = plan_for (letter, TEAM, "J", NULL);
  g_autoptr (GHashTable) none = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (proposals); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (plan, proposals[i].recipient);
      g_autofree char *text = acc_cover_propose (letter, recipient, "Market Street", none);

      g_test_message ("%s", text);
      g_assert_cmpstr (text, ==, proposals[i].says);
      g_assert_null (strstr (text, "canary"));
    }
}

/* Today is 21 November 2026. When the last letter to each department was routed, "department=when" with a bar between
 * them, and what is said of that: NULL for nothing. */
static const struct {
  const char *what, *routed, *says;
} rarities[] = {
  { "nothing ever", "", "that this branch has passed on" },
  { "nothing to this team", "cards=2026-11-20T09:00:00+00:00", "that this branch has passed on" },
  { "yesterday", "fraud operations=2026-11-20T09:00:00+00:00", NULL },
  { "today", "fraud operations=2026-11-21T09:00:00+00:00", NULL },
  { "a day under six months ago", "fraud operations=2026-05-22T09:00:00+01:00", NULL },
  { "six months ago to the day", "fraud operations=2026-05-21T23:59:59+01:00", "from this branch in 6 months" },
  { "a day under fourteen months ago", "fraud operations=2025-09-22T09:00:00+01:00", "from this branch in 13 months" },
  { "fourteen months ago", "fraud operations=2025-09-21T09:00:00+01:00", "from this branch in 14 months" },
  { "… though others get letters", "fraud operations=2025-09-21T09:00:00+01:00|cards=2026-11-21T09:00:00+00:00",
    "from this branch in 14 months" },
  { "ten years ago", "fraud operations=2016-11-21T09:00:00+00:00", "from this branch in 120 months" },
  /* a clock that was set wrong, then or now */
  { "in 1970, as a clock said", "fraud operations=1970-01-01T00:00:03+00:00", NULL },
  { "tomorrow", "fraud operations=2026-11-22T09:00:00+00:00", NULL },
  { "in a hundred years", "fraud operations=2126-11-21T09:00:00+00:00", NULL },
  { "long ago, but another tomorrow", "fraud operations=2025-09-21T09:00:00+01:00|cards=2026-11-22T09:00:00+00:00",
    NULL },
  { "never, but another tomorrow", "cards=2026-11-22T09:00:00+00:00", "that this branch has passed on" },
  { "nobody can read when", "fraud operations=yesterday", NULL },
};

static GHashTable *
read_routed (const char *text)
{
  GHashTable *departments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) rows = g_strsplit (text, "|", 0);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (rows[i], "=", 2);

      g_hash_table_insert (departments, g_strdup (parts[0]), g_strdup (parts[1]));
    }
  return departments;
}

static void
cover_says_that_a_letter_is_rare_where_it_is (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccPlan) plan = plan_for (letter, TEAM, "J", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rarities); i++)
    {
      g_autoptr (GHashTable) departments = read_routed (rarities[i].routed);
      g_autofree char *text
        = acc_cover_propose (letter, acc_plan_get_recipient (plan, 0), "Market Street", departments);
      g_autofree char *sentence = rarities[i].says != NULL
                                    ? g_strdup_printf (" This is the first letter to Fraud Operations %s. Please",
                                                       rarities[i].says)
                                    : g_strdup (" on 20 November 2026. Please");

      g_test_message ("%s: %s", rarities[i].what, text);
      g_assert_nonnull (strstr (text, sentence));
    }
}

/* Two people of one department are one sentence, of two departments two; a department goes by its name as it is found. */
static void
cover_says_it_of_each_department_once (void)
{
  static const struct {
    const char *people, *routed, *says;
  } rows[] = {
    { "J,F,S,,|T,F,S,,|S,F,,,|B,Branch,S,,", "",
      " 2026. This is the first letter to F that this branch has passed on. Please" },
    { "J,F,S,,|T,C,S,,|S,F,,,|B,Branch,S,,", "c=2025-11-21T09:00:00+00:00",
      " 2026. This is the first letter to F that this branch has passed on. This is the first letter to C from this "
      "branch in 12 months. Please" },
    { "J,F,S,,|T,C,S,,|S,F,,,|B,Branch,S,,", "f=2026-11-20T09:00:00+00:00|c=2026-11-20T09:00:00+00:00", " 2026. Please" },
    { "J,Édition,S,,|T,EDITION,S,,|S,F,,,|B,Branch,S,,", "edition=2026-11-20T09:00:00+00:00", " 2026. Please" },
  };
  g_autoptr (AccLetter) letter = route_letter_new (TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccPlan) plan = plan_for (letter, rows[i].people, "J", "T");
      g_autoptr (GHashTable) departments = read_routed (rows[i].routed);
      g_autofree char *text
        = acc_cover_propose (letter, acc_plan_get_recipient (plan, 0), "Market Street", departments);

      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, rows[i].says));
    }
}

static void
cover_is_silent_about_what_is_not_known (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccPlan) plan = plan_for (letter, TEAM, "J", NULL);
  g_autofree char *text = acc_cover_propose (letter, acc_plan_get_recipient (plan, 0), "Market Street Branch", NULL);

  g_assert_null (strstr (text, "first letter"));
  g_assert_true (g_str_has_prefix (text, "A client of Market Street Branch wrote"));
}

static void
cover_says_when_the_file_was_not_agreed_to (void)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (AccLetter) letter = NULL;
  g_autoptr (AccPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  route_letter_fields (&fields, TRUE);
  fields.consent_file = FALSE;
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  plan = plan_for (letter, "J,F,S,,|T,C,S,,|S,F,,,|B,Branch,S,,", "J", "T");

  g_autofree char *text = acc_cover_propose (letter, acc_plan_get_recipient (plan, 0), "Market Street", NULL);

  g_assert_nonnull (strstr (text, "about help received from Person J (F) and Person T (C) on 20 November 2026."));
  g_assert_nonnull (strstr (text, "Please share it with Person J and Person T."));
  g_assert_nonnull (strstr (text, "The client has not agreed to it being kept in the personnel file."));
}

static char *
read_pdf (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (acc_pdf_process_get_n_pages (process), ==, 1);
  text = acc_pdf_process_read_text (process, 0, &error);
  g_assert_no_error (error);
  words = g_strsplit (text, "\n", -1);
  return g_strjoinv (" ", words);
}

static GBytes *
write_cover (const char *paragraph, gboolean disclosed, GError **error)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccPlan) plan = plan_for (letter, TEAM, "J", NULL);
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  AccBanker banker = { .name = (char *)"Daniel Reyes" };

  return acc_cover_write (letter, ROUTE_NUMBER, acc_plan_get_recipient (plan, 0), &banker, paragraph, disclosed,
                          letterhead, "Market Street", error);
}

static void
cover_is_a_paper_of_its_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = write_cover ("A client wrote about a call.\n\nPlease share it.", FALSE, &error);
  g_autoptr (GBytes) again = write_cover ("A client wrote about a call.\n\nPlease share it.", FALSE, NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_pdf (pdf);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "A client wrote about a call."));
  g_assert_nonnull (strstr (text, "Please share it."));
  g_assert_nonnull (strstr (text, "For Person S"));
  g_assert_nonnull (strstr (text, "A client’s letter about Person J"));
  g_assert_nonnull (strstr (text, "Daniel Reyes"));
  g_assert_nonnull (strstr (text, "Market Street"));
  g_assert_null (strstr (text, "canary"));
  g_assert_null (strstr (text, "is named in it"));
  g_assert_true (g_bytes_equal (pdf, again));
}

static void
cover_says_that_the_banker_is_named (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = write_cover ("A client wrote about a call.", TRUE, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_pdf (pdf);
  g_assert_nonnull (strstr (text, "Daniel Reyes, who approved this letter for sending, is named in it."));
}

/* @n words, each followed by @gap. */
static char *
repeat (const char *word, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, word);
  return g_string_free (text, FALSE);
}

static void
cover_holds_150_words_and_no_more (void)
{
  const AccBanker banker = { .name = (char *)"Daniel Reyes" };
  g_autofree char *fits = repeat ("word ", ACC_COVER_WORDS_MAX);
  g_autofree char *long_text = repeat ("word\n", ACC_COVER_WORDS_MAX + 7);
  g_autofree char *lines = repeat ("word\n", ACC_COVER_WORDS_MAX - 30);
  g_autofree char *han = repeat ("谢", ACC_COVER_CHARACTERS_MAX + 1);
  g_autofree char *card = g_strdup ("The card 4111 1111 1111 1111 was found.");
  const struct {
    const char *text, *says;
  } refused[] = {
    { long_text, "157 words; take out 7" },
    { han, "1501 characters; take out 1" },
    { card, "a card number" },
    { lines, "more than 80 lines" },
    { "", "write at least" },
    { "\343\205\244", "write at least" }, /* U+3164, which draws nothing */
    { " \n\t ", "write at least" },
  };
  g_autoptr (GError) none = NULL;
  g_autofree char *kept = acc_cover_text (fits, &banker, TRUE, &none);

  g_assert_no_error (none);
  g_assert_true (g_str_has_suffix (kept, "is named in it."));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) pdf = write_cover (refused[i].text, FALSE, &error);

      g_assert_null (pdf);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, refused[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  route_freeze_clock ();

  g_test_add_func ("/route/plan/of-each-hierarchy", plan_of_each_hierarchy);
  g_test_add_func ("/route/plan/says-why-for-every-role", plan_says_why_for_every_role);
  g_test_add_func ("/route/plan/adds-personnel-where-the-client-agreed", plan_adds_personnel_where_the_client_agreed);
  g_test_add_func ("/route/plan/says-when-a-supervisor-came-later", plan_says_when_a_supervisor_came_later);
  g_test_add_func ("/route/plan/outlives-the-directory", plan_outlives_the_directory);
  g_test_add_func ("/route/plan/roles-have-frozen-names", roles_have_frozen_names);
  g_test_add_func ("/route/cover/is-proposed-from-facts-for-each-role", cover_is_proposed_from_facts_for_each_role);
  g_test_add_func ("/route/cover/says-that-a-letter-is-rare", cover_says_that_a_letter_is_rare_where_it_is);
  g_test_add_func ("/route/cover/says-it-of-each-department-once", cover_says_it_of_each_department_once);
  g_test_add_func ("/route/cover/is-silent-about-what-is-not-known", cover_is_silent_about_what_is_not_known);
  g_test_add_func ("/route/cover/says-when-the-file-was-not-agreed-to", cover_says_when_the_file_was_not_agreed_to);
  g_test_add_func ("/route/cover/is-a-paper-of-its-own", cover_is_a_paper_of_its_own);
  g_test_add_func ("/route/cover/says-that-the-banker-is-named", cover_says_that_the_banker_is_named);
  g_test_add_func ("/route/cover/holds-150-words-and-no-more", cover_holds_150_words_and_no_more);
  return g_test_run ();
}
