/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search over opened letters: what is a word, what is found and in which order, and that nothing outlives it. */
#include <string.h>

#include "archive-support.h"
#include "archive/queue-reader.h"
#include "archive/search.h"
#include "base/error.h"
#include "hostile-text.h"
#include "letter/number.h"

/* ---- words ---- */

static void
test_words_are_folded_and_cut (void)
{
  static const struct {
    const char *text, *words;
  } cases[] = {
    { "", "" },
    { "  María  ÁLVAREZ ", "maria alvarez" },
    { "O'Brien-Łukasz, 2nd", "o brien lukasz 2nd" },
    { "e\xcc\x81t\xc3\xa9", "ete" }, /* as one character and as two */
    { "\xcc\x81x", "x" },           /* a mark on nothing */
    { "我们感谢她", "我 们 感 谢 她" },
    { "Hallo 世界 wide", "hallo 世 界 wide" },
    { "ขอบคุณ", "ข อ บ คุ ณ" },
    { "شكرًا جزيلاً", "شكرا جزيلا" },
    { "\"*^(){}:-+ NEAR", "near" },
    { "ﬁne ⑴", "fine 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);

      acc_search_words_append (words, cases[i].text);
      g_assert_cmpstr (words->str, ==, cases[i].words);
    }
}

static void
test_question_marks_where_it_fits (void)
{
  static const struct {
    const char *typed, *text, *marked; /* with brackets */
  } cases[] = {
    { "alv", "María Álvarez-Gómez", "María [Álvarez]-Gómez" },
    { "gom mar", "María Álvarez-Gómez", "[María] Álvarez-[Gómez]" },
    { "varez", "María Álvarez", "María Álvarez" },
    { "感谢", "我们感谢她", "我们[感谢]她" },
    { "感她", "我们感谢她", "我们感谢她" },
    { "ก", "กก", "[ก][ก]" },
    { "jessica", "Jess", "Jess" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccSearchQuestion) question = acc_search_question_new (cases[i].typed);
      g_autoptr (GString) marked = g_string_new (NULL);
      gsize start = 0, end = 0, before = 0;

      while (acc_search_question_find (question, cases[i].text, &start, &end))
        {
          g_string_append_len (marked, cases[i].text + before, (gssize) (start - before));
          g_string_append_printf (marked, "[%.*s]", (int) (end - start), cases[i].text + start);
          before = end;
        }
      g_string_append (marked, cases[i].text + before);
      g_assert_cmpstr (marked->str, ==, cases[i].marked);
    }
}

static void
test_question_without_a_word_is_none (void)
{
  static const char *const typed[] = { "", "   ", "\"", "***", "-", "\xcc\x81", "\xe2\x80\x8b", "…" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    g_assert_null (acc_search_question_new (typed[i]));
}

/* ---- letters ---- */

static void
add_letter (AccSearch *search, gint64 sequence, const char *number, const char *to, const char *act)
{
  g_autoptr (AccLetter) letter = make_letter ((const char *const[]) { to, NULL }, "Loan Servicing",
                                              (const char *const[]) { "Ruth Adeyemi", NULL }, act);
  AccSearchLetter one = { sequence, number, letter };
  g_autoptr (GError) error = NULL;

  acc_search_add (search, &one, 1, &error);
  g_assert_no_error (error);
}

static GPtrArray *
ask (AccSearch *search, const char *typed)
{
  g_autoptr (AccSearchQuestion) question = acc_search_question_new (typed);
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  if (question == NULL)
    return g_ptr_array_new ();
  found = acc_search_ask (search, question, NULL, NULL, &error);
  g_assert_no_error (error);
  return found;
}

static void
assert_finds (AccSearch *search, const char *typed, guint n)
{
  g_autoptr (GPtrArray) found = ask (search, typed);

  if (found->len != n)
    g_error ("“%s” finds %u letters, not %u", typed, found->len, n);
}

static void
test_finds_by_beginnings_in_any_script (void)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autofree char *first = acc_number_new (), *second = acc_number_new (), *third = acc_number_new ();
  g_autofree char *short_number = acc_number_short (first);
  g_autofree char *begun = g_strndup (short_number, 8);
  const struct {
    const char *typed;
    guint n;
  } cases[] = {
    { "okaf", 1 }, { "OKAFOR jes", 1 }, { "okafor stayed", 1 }, { "okafor 世界", 0 },
    { "alvarez", 1 }, { "álv", 1 }, { "savings", 1 }, { "saving", 1 }, { "avings", 0 },
    { "loan serv", 3 }, { "ruth", 3 }, { "r", 3 }, { "zzz", 0 },
    { "感谢", 1 }, { "谢感", 0 }, { "谢", 1 }, { "شكر", 1 }, { "شكرا", 1 },
    { short_number, 1 }, { begun, 1 },
  };

  add_letter (search, 1, first, "Jessica Okafor", "She stayed on the line about my savings.");
  add_letter (search, 2, second, "María Álvarez", "我们感谢她。");
  add_letter (search, 3, third, "ليلى حداد", "شكرًا جزيلاً");
  g_assert_cmpuint (acc_search_count (search), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_finds (search, cases[i].typed, cases[i].n);
}

static void
test_people_come_before_stories (void)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autofree char *told = acc_number_new (), *named = acc_number_new ();
  g_autoptr (GPtrArray) found = NULL;
  AccSearchFound *best, *second;

  add_letter (search, 1, named, "Noor Rahman", "She stayed on the line until it worked.");
  add_letter (search, 2, told, "Jessica Okafor", "At first nobody knew what to do, and then\nNoor from the branch found it out.");
  found = ask (search, "noor");
  g_assert_cmpuint (found->len, ==, 2);
  best = g_ptr_array_index (found, 0);
  second = g_ptr_array_index (found, 1);
  g_assert_cmpstr (best->number, ==, named);
  g_assert_cmpstr (best->passage, ==, "");
  g_assert_cmpstr (second->number, ==, told);
  g_assert_cmpstr (second->passage, ==, "… what to do, and then Noor from the branch found it out.");
}

/* Whatever is typed is words, or nothing: no error, and never more than fits. */
static void
test_hostile_questions_are_only_words (void)
{
  static const char *const typed[] = {
    "\"", "\"okafor", "okafor\"", "okafor*", "*", "NEAR(okafor jessica)", "okafor NEAR jessica", "-okafor", "^okafor",
    "who:okafor", "{who} : okafor", "okafor OR zzz", "okafor AND", "NOT okafor", "okafor + jessica", "' OR 1=1 --",
    "okafor); DROP TABLE kept;", "\\", "%s%n", "\xff\xfe okafor", "okafor\xcc\x81\xcc\x81\xcc\x81", "\xe2\x80\xae okafor",
  };
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autofree char *number = acc_number_new ();
  g_autofree char *long_text = g_strnfill (1024 * 1024, 'x');

  add_letter (search, 1, number, "Jessica Okafor", "She stayed on the line. Near or not, and so on.");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GPtrArray) found = ask (search, typed[i]);

      g_assert_cmpuint (found->len, <=, 1);
    }
  for (guint i = 0; i < n_hostile_texts; i++)
    {
      g_autofree char *text = hostile_text_make (&hostile_texts[i]);
      g_autoptr (GPtrArray) found = ask (search, text);

      g_assert_cmpuint (found->len, <=, 1);
    }
  assert_finds (search, "NEAR okafor", 1); /* a word like any other */
  assert_finds (search, "okafor OR zzz", 0);
  assert_finds (search, "^okafor*", 1);
  assert_finds (search, long_text, 0);
  g_assert_cmpuint (acc_search_count (search), ==, 1);
  assert_finds (search, "okafor", 1); /* all is as it was */
}

/* More letters than are ranked by their words: people first, then the newest, each once. */
static void
test_common_words_give_the_newest (void)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (AccSearchQuestion) question = acc_search_question_new ("line");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL;
  gboolean more = FALSE;

  for (guint i = 0; i < 1500; i++)
    {
      g_ptr_array_add (numbers, acc_number_new ());
      add_letter (search, i + 1, g_ptr_array_index (numbers, i), i == 3 ? "Ann Lineker" : "Jessica Okafor",
                  "She stayed on the line.");
    }
  found = acc_search_ask (search, question, &more, NULL, NULL);
  g_assert_true (more);
  g_assert_cmpuint (found->len, ==, ACC_SEARCH_FOUND_MAX);
  for (guint i = 0; i < found->len; i++)
    {
      AccSearchFound *one = g_ptr_array_index (found, i);

      g_assert_cmpstr (one->number, ==, g_ptr_array_index (numbers, i == 0 ? 3 : 1500 - i));
      g_assert_true (g_hash_table_add (seen, one->number));
    }
}

static void
test_removed_letters_are_gone (void)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autofree char *first = acc_number_new (), *second = acc_number_new ();
  g_autoptr (GError) error = NULL;

  add_letter (search, 1, first, "Jessica Okafor", "She stayed on the line about marmalade.");
  add_letter (search, 2, second, "Noor Rahman", "He stayed on the line.");
  add_letter (search, 1, first, "Jessica Okafor", "Never twice."); /* it is there already */
  assert_finds (search, "twice", 0);
  g_assert_false (acc_search_tidy (search));
  g_assert_true (acc_search_remove (search, first, &error));
  g_assert_no_error (error);
  assert_finds (search, "marmalade", 0);
  assert_finds (search, "okafor", 0);
  assert_finds (search, "stayed", 1);
  while (acc_search_tidy (search))
    ;
  assert_finds (search, "stayed", 1);
  g_assert_true (acc_search_remove (search, first, &error)); /* nothing is there */
  g_assert_cmpuint (acc_search_count (search), ==, 1);
}

static void
test_cancelled_and_closed_give_nothing (void)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autoptr (AccSearchQuestion) question = acc_search_question_new ("okafor");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autofree char *number = acc_number_new ();
  g_autoptr (GError) error = NULL;

  add_letter (search, 1, number, "Jessica Okafor", "She stayed on the line.");
  g_cancellable_cancel (cancelled);
  g_assert_null (acc_search_ask (search, question, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_finds (search, "okafor", 1);
  acc_search_close (search);
  acc_search_close (search);
  g_assert_null (acc_search_ask (search, question, NULL, NULL, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (acc_search_remove (search, number, &error));
  g_assert_cmpuint (acc_search_count (search), ==, 0);
  g_assert_false (acc_search_tidy (search));
}

/* ---- with a real archive ---- */

static void
read_all (AccQueueReader *reader)
{
  gboolean whole = FALSE;

  while (!whole)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (AccQueuePart) part = acc_queue_reader_next (reader, &error);

      g_assert_no_error (error);
      whole = part->whole;
    }
}

static gboolean
erase (AccStore *desk, gpointer data, GError **error)
{
  Scene *scene = ((gpointer *) data)[0];
  const char *number = ((gpointer *) data)[1];

  return acc_archive_set_state (desk, number, ACC_STATE_WAITING, ACC_STATE_ERASED, 0, error)
         && acc_archive_note (desk, scene->identity, "erased", number, NULL, error);
}

static void
test_follows_the_archive (Scene *scene, gconstpointer data)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autoptr (AccQueueReader) reader = acc_queue_reader_new (scene->desk, scene->identity, search);
  g_autofree char *first = submit_plain (scene), *second = NULL;
  gpointer erasing[] = { scene, first };
  g_autoptr (GError) error = NULL;

  take_in (scene, 1);
  read_all (reader);
  assert_finds (search, "jessica", 1);
  second = submit_plain (scene);
  take_in (scene, 1);
  assert_finds (search, "jessica", 1);
  read_all (reader);
  assert_finds (search, "jessica", 2);
  acc_store_transact (scene->desk, erase, erasing, &error);
  g_assert_no_error (error);
  read_all (reader);
  assert_finds (search, "jessica", 1);
  g_assert_cmpuint (acc_search_count (search), ==, 1);
}

typedef struct {
  AccSearch *search;
  gint done; /* atomic */
  guint n_asked;
} Asker;

static gpointer
keep_asking (gpointer data)
{
  Asker *asker = data;

  while (!g_atomic_int_get (&asker->done))
    {
      g_autoptr (AccSearchQuestion) question = acc_search_question_new ("jess");
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = acc_search_ask (asker->search, question, NULL, NULL, &error);

      if (found == NULL)
        g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
      asker->n_asked++;
    }
  return NULL;
}

/* Asked from another thread all the time; then it is closed in the middle of the reading. */
static void
test_is_asked_while_it_fills_and_closed_meanwhile (Scene *scene, gconstpointer data)
{
  g_autoptr (AccSearch) search = acc_search_new (NULL);
  g_autoptr (AccQueueReader) reader = acc_queue_reader_new (scene->desk, scene->identity, search);
  Asker asker = { search, FALSE, 0 };
  GThread *thread;
  g_autoptr (AccQueuePart) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *number = submit_plain (scene);
    }
  take_in (scene, 200);
  thread = g_thread_new ("asker", keep_asking, &asker);
  first = acc_queue_reader_next (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (acc_search_count (search), ==, first->n_read);
  acc_search_close (search);
  if (!first->whole)
    {
      second = acc_queue_reader_next (reader, &error);
      g_assert_null (second);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_NOT_ALLOWED);
    }
  g_atomic_int_set (&asker.done, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (acc_search_count (search), ==, 0);
}

int
main (int argc, char **argv)
{
  static const SceneTest tests[] = {
    { "/search/follows-the-archive", test_follows_the_archive },
    { "/search/is-asked-while-it-fills-and-closed-meanwhile", test_is_asked_while_it_fills_and_closed_meanwhile },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/words-are-folded-and-cut", test_words_are_folded_and_cut);
  g_test_add_func ("/search/question-marks-where-it-fits", test_question_marks_where_it_fits);
  g_test_add_func ("/search/question-without-a-word-is-none", test_question_without_a_word_is_none);
  g_test_add_func ("/search/finds-by-beginnings-in-any-script", test_finds_by_beginnings_in_any_script);
  g_test_add_func ("/search/people-come-before-stories", test_people_come_before_stories);
  g_test_add_func ("/search/hostile-questions-are-only-words", test_hostile_questions_are_only_words);
  g_test_add_func ("/search/common-words-give-the-newest", test_common_words_give_the_newest);
  g_test_add_func ("/search/removed-letters-are-gone", test_removed_letters_are_gone);
  g_test_add_func ("/search/cancelled-and-closed-give-nothing", test_cancelled_and_closed_give_nothing);
  scene_add_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
