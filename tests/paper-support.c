/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper-support.h"

const TestLetter test_letters[] = {
  { "two-sentences", 1, TRUE },   { "full-page", 1, TRUE },       { "three-pages", 3, TRUE },
  { "accents", 1, TRUE },         { "two-people", 1, TRUE },      { "unknown-surname", 1, TRUE },
  { "one-piece", 1, TRUE },       { "banker", 1, TRUE },          { "witnessed", 1, TRUE },
  { "german", 1, TRUE },          { "french", 1, TRUE },          { "spanish", 1, TRUE },
  { "polish", 1, TRUE },          { "greek", 1, FALSE },          { "cyrillic", 1, FALSE },
  { "hebrew", 1, FALSE },         { "arabic", 1, FALSE },         { "devanagari", 1, FALSE },
  { "thai", 1, FALSE },           { "chinese", 1, FALSE },        { "japanese", 1, FALSE },
  { "korean", 1, FALSE },         { "mixed", 1, FALSE },
};
const guint test_n_letters = G_N_ELEMENTS (test_letters);

const char *const test_letterheads[] = { "harbour-vale", "three-arches", NULL };

static AccLetterhead *
get_letterhead (const char *name)
{
  static AccLetterhead *loaded[G_N_ELEMENTS (test_letterheads)];
  g_autoptr (GError) error = NULL;
  guint i = 0;

  while (!g_str_equal (test_letterheads[i], name))
    i++;
  if (loaded[i] == NULL)
    loaded[i] = acc_letterhead_load_named (name, &error);
  g_assert_no_error (error);
  return loaded[i];
}

AccLetterhead *
test_letterhead (void)
{
  return get_letterhead (test_letterheads[0]);
}

AccWording *
test_wording (const char *language)
{
  g_autoptr (GError) error = NULL;
  AccWording *wording = acc_wording_load (test_letterhead (), language, &error);

  g_assert_no_error (error);
  return wording;
}

AccLetter *
test_letter (const char *name)
{
  g_autofree char *file = g_strdup_printf ("letters/%s.json", name);
  g_autoptr (GBytes) json = test_fixture (file);
  g_autoptr (GError) error = NULL;
  AccLetter *letter = acc_letter_from_json (json, &error);

  g_assert_no_error (error);
  return letter;
}

static AccPages *
set_under (AccLetter *letter, AccLetterhead *letterhead)
{
  g_autoptr (GError) error = NULL;
  AccPages *pages = acc_typeset_letter (letter, "Market Street branch", TEST_NUMBER, letterhead, &error);

  g_assert_no_error (error);
  return pages;
}

AccPages *
test_pages (AccLetter *letter)
{
  return set_under (letter, test_letterhead ());
}

AccPages *
test_pages_under (AccLetter *letter, const char *letterhead)
{
  return set_under (letter, get_letterhead (letterhead));
}

AccPages *
test_pages_named (const char *name)
{
  g_autoptr (AccLetter) letter = test_letter (name);

  return test_pages (letter);
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text == NULL ? "" : text);
}

static void
fill_people (AccLetterFields *fields)
{
  set_text (&fields->to[0].name, "Jessica Okafor");
  set_text (&fields->to[0].called, "Jessica");
  set_text (&fields->to[0].department, "Fraud Operations");
  set_text (&fields->from[0].name, "Maria López");
  set_text (&fields->date, "2026-11-21");
  set_text (&fields->served_on, "2026-11-20");
  g_clear_pointer (&fields->from[0].signature, acc_signature_unref);
  fields->from[0].signature = acc_signature_new_typed ("Maria López");
  fields->consent_version = ACC_CONSENT_VERSION;
  fields->consent_file = TRUE;
}

AccLetter *
test_letter_of (const char *act, const char *language)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;

  acc_letter_fields_init (&fields);
  fill_people (&fields);
  set_text (&fields.act, act);
  set_text (&fields.language, language);

  AccLetter *letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

AccLetter *
test_sketch_of (const char *need, const char *act, const char *difference)
{
  g_auto (AccLetterFields) fields = { 0 };

  acc_letter_fields_init (&fields);
  fill_people (&fields);
  set_text (&fields.need, need);
  set_text (&fields.act, act);
  set_text (&fields.difference, difference);
  return acc_letter_new_sketch (&fields);
}

GBytes *
test_pdf (AccPages *pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf;

  test_look_away_from_leaks (TRUE);
  pdf = acc_pdf_write (pages, &error);
  test_look_away_from_leaks (FALSE);
  g_assert_no_error (error);
  return pdf;
}
