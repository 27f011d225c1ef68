/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help that does not lead: what lights a light, and what may be a complaint. */
#include "letter/help.h"

#include "complaints.h"

static const struct {
  const char *text;
  gboolean told;
} told_rows[] = {
  { "", FALSE },
  { "  \n ", FALSE },
  { "… !!! ?", FALSE },
  { "Thanks", FALSE },
  { "My card", FALSE },
  { "My card’s", FALSE },                     /* an apostrophe parts no words */
  { "aaaaaaaaaaaaaaaaaaaaaaaaaaa", FALSE },
  { "She rang back.", TRUE },
  { "Paid 40 euros", TRUE },                  /* a number is a word */
  { "Cafe\xCC\x81s ouverts", FALSE },         /* nor does an accent that stands alone */
  { "Zadzwoniła do mnie.", TRUE },
  { "Она перезвонила мне.", TRUE },
  { "Мне помогли.", FALSE },
  { "ساعدتني كثيرا اليوم", TRUE },
  { "ساعدتني", FALSE },
  { "उसने मेरी मदद की", TRUE },
  { "उसने की", FALSE },
  { "カード", FALSE },
  { "カードが使えなくなりました。", TRUE },
  { "谢谢", FALSE },
  { "我的卡被锁住了", TRUE },
  { "ขอบคุณ", FALSE },
  { "เธอโทรกลับมาหาฉัน", TRUE },
  { "카드가 잠겼어요", FALSE },
  { "카드가 갑자기 잠겼어요", TRUE },
};

static void
a_light_is_lit_by_three_words_of_any_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told_rows); i++)
    if (acc_help_is_told (told_rows[i].text) != told_rows[i].told)
      g_error ("“%s” is %s", told_rows[i].text, told_rows[i].told ? "not told" : "told");
}

static void
what_may_be_a_complaint_is_seen_in_six_languages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (complaints); i++)
    {
      gsize start, end;

      if (!acc_help_find_complaint (complaints[i].text, complaints[i].language, &start, &end))
        g_error ("%s: “%s” is not seen", complaints[i].language, complaints[i].text);
      g_assert_cmpuint (start, <, end);
    }
}

static void
praise_is_never_taken_for_a_complaint (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (praises); i++)
    {
      gsize start, end;

      if (acc_help_find_complaint (praises[i].text, praises[i].language, &start, &end))
        g_error ("%s: “%s” is taken for a complaint", praises[i].language, praises[i].text);
    }
}

static void
a_language_without_words_finds_none (void)
{
  gsize start, end;

  g_assert_false (acc_help_find_complaint ("The clerk was rude.", "ja", &start, &end));
  g_assert_false (acc_help_find_complaint ("The clerk was rude.", "xx", &start, &end));
  g_assert_true (acc_help_find_complaint ("The clerk was rude.", "en-GB", &start, &end));
}

static AccForm *
form_new (const char *need, const char *act)
{
  g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_A4);
  g_autoptr (AccForm) first = acc_form_with_text (empty, ACC_FIELD_STORY_NEED, 0, need);

  return acc_form_with_text (first, ACC_FIELD_STORY_ACT, 0, act);
}

static void
one_sentence_is_kept_apart_and_the_rest_stays (void)
{
  static const struct {
    const char *need, *act, *need_left, *act_left, *apart;
  } rows[] = {
    { "My card was lost.", "She rang back.", "My card was lost.", "She rang back.", "" },
    { "My card was lost. The queue was far too long. I was cold.", "", "My card was lost. I was cold.", "",
      "The queue was far too long." },
    { "A man was rude", "She rang back.", "", "She rang back.", "A man was rude" },
    { "A card.", "She rang back.\nThe first man was rude!\nShe was not.", "A card.", "She rang back.\nShe was not.",
      "The first man was rude!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccForm) form = form_new (rows[i].need, rows[i].act);
      g_autoptr (AccForm) kept = acc_help_keep_apart (form);

      g_assert_cmpstr (acc_form_get_text (kept, ACC_FIELD_STORY_NEED, 0), ==, rows[i].need_left);
      g_assert_cmpstr (acc_form_get_text (kept, ACC_FIELD_STORY_ACT, 0), ==, rows[i].act_left);
      g_assert_cmpstr (acc_form_get_text (kept, ACC_FIELD_APART, 0), ==, rows[i].apart);
    }
}

static void
a_second_sentence_joins_the_first (void)
{
  g_autoptr (AccForm) form = form_new ("A man was rude. A card.", "The queue was far too long.");
  g_autoptr (AccForm) once = acc_help_keep_apart (form);
  g_autoptr (AccForm) twice = acc_help_keep_apart (once);
  gsize start, end;

  g_assert_cmpint (acc_help_find_in_story (form, &start, &end), ==, ACC_FIELD_STORY_NEED);
  g_assert_cmpint (acc_help_find_in_story (once, &start, &end), ==, ACC_FIELD_STORY_ACT);
  g_assert_cmpint (acc_help_find_in_story (twice, &start, &end), ==, ACC_FIELD_NONE);
  g_assert_cmpstr (acc_form_get_text (twice, ACC_FIELD_APART, 0), ==, "A man was rude.\nThe queue was far too long.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/help/a-light-is-lit-by-three-words", a_light_is_lit_by_three_words_of_any_language);
  g_test_add_func ("/help/complaints-are-seen", what_may_be_a_complaint_is_seen_in_six_languages);
  g_test_add_func ("/help/praise-is-no-complaint", praise_is_never_taken_for_a_complaint);
  g_test_add_func ("/help/a-language-without-words-finds-none", a_language_without_words_finds_none);
  g_test_add_func ("/help/one-sentence-is-kept-apart", one_sentence_is_kept_apart_and_the_rest_stays);
  g_test_add_func ("/help/a-second-sentence-joins-the-first", a_second_sentence_joins_the_first);
  return g_test_run ();
}
