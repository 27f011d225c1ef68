/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check code in a letter's foot, and the QR code of it. */
#include "letter/check-code.h"
#include "paper-support.h"
#include "paper/pdf-process.h"
#include "paper/qr-code-private.h"

#define OTHER_NUMBER "0f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"
#define BRANCH "Market Street branch"

static AccComposition *
compose (AccLetter *letter, const char *language, const char *branch, const char *number)
{
  g_autoptr (AccWording) wording = test_wording (language);

  return acc_composition_new_letter (letter, wording, branch, number);
}

static char *
code_of (const char *act, const char *number)
{
  g_autoptr (AccLetter) letter = test_letter_of (act, "en");

  return acc_check_code (letter, number);
}

/* Codes that are printed on letters stay what they are. */
static void
test_codes_do_not_change_with_the_program (void)
{
  g_autoptr (AccLetter) letter = test_letter ("two-sentences");
  g_autofree char *code = acc_check_code (letter, TEST_NUMBER);

  g_assert_cmpstr (code, ==, "Y7XCV-4M15M");
}

static void
test_each_word_counts (void)
{
  static const struct {
    const char *act, *number;
  } others[] = {
    { "She stayed on the line", TEST_NUMBER },    /* a full stop less */
    { "She stayed on the  line.", TEST_NUMBER },  /* a space more */
    { "she stayed on the line.", TEST_NUMBER },
    { "She stayed on\nthe line.", TEST_NUMBER },  /* two paragraphs */
    { "She stayed on the line.", OTHER_NUMBER },
  };
  g_autofree char *code = code_of ("She stayed on the line.", TEST_NUMBER);
  g_autofree char *again = code_of ("She stayed on the line.", TEST_NUMBER);

  g_assert_cmpstr (code, ==, again);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *other = code_of (others[i].act, others[i].number);

      g_assert_cmpstr (code, !=, other);
    }
}

static void
test_letterhead_does_not_count (void)
{
  g_autoptr (AccLetter) letter = test_letter ("two-sentences");
  g_autoptr (AccComposition) here = compose (letter, "en", BRANCH, TEST_NUMBER);
  g_autoptr (AccComposition) there = compose (letter, "fr", "Another branch", TEST_NUMBER);

  g_assert_cmpstr (acc_composition_get_proof (here), ==, acc_composition_get_proof (there));
}

static void
test_foot_and_proof_say_it (void)
{
  g_autoptr (AccLetter) letter = test_letter ("two-sentences");
  g_autoptr (AccComposition) composition = compose (letter, "en", BRANCH, TEST_NUMBER);
  g_autoptr (AccComposition) specimen = compose (letter, "en", BRANCH, NULL);
  g_autofree char *code = acc_check_code (letter, TEST_NUMBER);
  g_autofree char *foot = g_strdup_printf ("Letter DWE2Y-3HV39 · Check %s · Asked for: no", code);
  g_autofree char *proof = g_strdup_printf ("LETTER DWE2Y-3HV39 CHECK %s", code);

  g_assert_cmpstr (acc_composition_get_foot (composition), ==, foot);
  g_assert_cmpstr (acc_composition_get_proof (composition), ==, proof);
  g_assert_cmpstr (acc_composition_get_foot (specimen), ==, "Specimen");
  g_assert_null (acc_composition_get_proof (specimen));
}

static void
test_foot_says_who_asked (void)
{
  static const struct {
    AccAsked asked;
    const char *language, *said;
  } rows[] = {
    { ACC_ASKED_UNSAID, "en", NULL },
    { ACC_ASKED_YES, "en", "Asked for: yes" },
    { ACC_ASKED_NO, "en", "Asked for: no" },
    { ACC_ASKED_YES, "fr", "Demandée : oui" },
  };
  g_autoptr (AccLetter) letter = test_letter ("two-sentences");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (AccLetterFields) fields = { 0 };
      g_autoptr (AccLetter) other = NULL;
      g_autoptr (AccComposition) composition = NULL;
      g_auto (GStrv) parts = NULL;

      acc_letter_fields_copy (&fields, acc_letter_get_fields (letter));
      fields.asked_by_staff = rows[i].asked;
      other = acc_letter_new (&fields, NULL);
      composition = compose (other, rows[i].language, BRANCH, TEST_NUMBER);
      parts = g_strsplit (acc_composition_get_foot (composition), " · ", -1);
      g_assert_cmpstr (parts[2], ==, rows[i].said);
    }
}

/* The code as a picture, drawn and then read by another program. */
static char *
read_picture (cairo_surface_t *picture)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "code.png", NULL);
  const char *const arguments[] = { "zbarimg", "--quiet", "--raw", path, NULL };
  g_autoptr (GError) error = NULL;
  char *read = NULL;

  g_assert_cmpint (cairo_surface_write_to_png (picture, path), ==, CAIRO_STATUS_SUCCESS);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &read,
                NULL, NULL, &error);
  g_assert_no_error (error);
  test_folder_free (folder);
  return g_strchomp (read);
}

static void
test_a_telephone_reads_the_code (void)
{
  const char *text = "LETTER B0HZ5-M7DM9 CHECK 4T8ZK-9QW3E";
  const AccArea box = { 20, 20, 100, 100 };
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 140, 140);
  cairo_t *cr = cairo_create (picture);
  g_autofree char *read = NULL;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  acc_qr_code_path (text, cr, &box);
  cairo_fill (cr);
  cairo_destroy (cr);
  read = read_picture (picture);
  cairo_surface_destroy (picture);
  g_assert_cmpstr (read, ==, text);
}

/* From each page as it is printed, whichever way its text runs. */
static void
test_it_is_read_from_each_page (void)
{
  static const char *const names[] = { "three-pages", "arabic" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (names[i]);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, &error);

      g_assert_no_error (error);
      for (guint page = 0; page < acc_pages_get_count (pages); page++)
        {
          cairo_surface_t *picture = acc_pdf_process_draw (process, page, 150 / 72.0, &error);
          g_autofree char *read = NULL;

          g_assert_no_error (error);
          read = read_picture (picture);
          g_assert_cmpstr (read, ==, acc_composition_get_proof (acc_pages_get_composition (pages)));
          cairo_surface_destroy (picture);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-code/does-not-change-with-the-program", test_codes_do_not_change_with_the_program);
  g_test_add_func ("/check-code/each-word-counts", test_each_word_counts);
  g_test_add_func ("/check-code/letterhead-does-not-count", test_letterhead_does_not_count);
  g_test_add_func ("/check-code/foot-and-proof-say-it", test_foot_and_proof_say_it);
  g_test_add_func ("/check-code/foot-says-who-asked", test_foot_says_who_asked);
  g_test_add_func ("/check-code/a-telephone-reads-it", test_a_telephone_reads_the_code);
  g_test_add_func ("/check-code/is-read-from-each-page", test_it_is_read_from_each_page);
  return g_test_run ();
}
