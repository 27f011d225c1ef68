/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a letter well set: where its lines and pages break, where all of it stands, and in which faces. */
#include "base/error.h"
#include "paper-support.h"
#include "paper/letterhead-private.h"
#include "paper/proofreader.h"

/* --- lines and pages --- */

static gboolean
is_role (AccPages *pages, const AccLine *line, AccBlockRole role)
{
  return line->block != G_MAXUINT
         && acc_composition_get_block (acc_pages_get_composition (pages), line->block)->role == role;
}

static AccLetter *
on_paper (AccLetter *letter, AccPaper paper)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (letter));
  fields.paper = paper;

  AccLetter *other = acc_letter_new (&fields, &error);

  g_assert_no_error (error);
  return other;
}

/* Adds the lines of paragraphs that are not their last, and the characters of those lines. */
static void
count_full_lines (AccPages *pages, double *characters, guint *lines)
{
  for (guint i = 0; i + 1 < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line, next;

      acc_pages_get_line (pages, i, &line);
      acc_pages_get_line (pages, i + 1, &next);
      if (!is_role (pages, &line, ACC_BLOCK_PARAGRAPH) || next.block != line.block)
        continue;
      *characters += g_utf8_strlen (line.text, -1);
      *lines += 1;
    }
}

static void
test_lines_are_as_long_as_reads_best (void)
{
  for (guint head = 0; test_letterheads[head] != NULL; head++)
    for (AccPaper paper = ACC_PAPER_LETTER; paper <= ACC_PAPER_A4; paper++)
      {
        double characters = 0;
        guint lines = 0;

        for (guint i = 0; i < test_n_letters; i++)
          {
            g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
            g_autoptr (AccLetter) sheet = on_paper (letter, paper);
            g_autoptr (AccPages) pages = test_pages_under (sheet, test_letterheads[head]);

            if (test_letters[i].latin)
              count_full_lines (pages, &characters, &lines);
          }
        g_test_message ("%s, %s: %.1f characters", test_letterheads[head], paper == ACC_PAPER_A4 ? "A4" : "US Letter",
                        characters / lines);
        g_assert_cmpuint (lines, >, 100);
        g_assert_cmpfloat (characters / lines, >=, 60);
        g_assert_cmpfloat (characters / lines, <=, 75);
      }
}

/* A line ends where the text has a space, or a hyphen that was typed: no word is parted by one that was not. */
static void
test_lines_part_no_word (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);

      for (guint k = 0; test_letters[i].latin && k + 1 < acc_pages_get_n_lines (pages); k++)
        {
          AccLine line, next;
          const char *last;

          acc_pages_get_line (pages, k, &line);
          acc_pages_get_line (pages, k + 1, &next);
          if (!is_role (pages, &line, ACC_BLOCK_PARAGRAPH) || next.block != line.block)
            continue;
          last = g_utf8_prev_char (line.text + strlen (line.text));
          if (!g_unichar_isspace (g_utf8_get_char (last)) && *last != '-')
            g_error ("%s: “%s” ends within a word", test_letters[i].name, line.text);
        }
    }
}

/* Where a line begins at one width or another ("/"), and where it never does ("|"). */
static const struct {
  const char *language, *story;
} begins[] = {
  { "ko", "/국|민|은|행|(|K|B|)|에|서 /3|시|에 /전|화|를 /주|셨|습|니|다|. /정|말" }, /* within no word */
  { "en", "/we /paid /이|민|수|에|게 /on /time /at /last" },
  { "ko", "/東/京/에|서 /온 /편|지|입|니|다" },     /* Han apart */
  { "pl", "/wiem, /o |co /pytać: /a |z |nami /był /Jan" }, /* a word of one letter does not end a line */
  { "uk", "/про /ім’я /та /справи" }, /* but what follows an apostrophe is no word of its own */
  { "uk-UA", "/лист /і |ще /в |двох /місцях" },
  { "en", "/was /I /sure /of /it /then" },
  { "en", "/asked /the /bank |– /and /paid /half |— /or /less|—/once" }, /* a dash does not begin one */
  { "es", "/una /tienda /–|la /del /puerto|– /que /paga" },              /* but where words in dashes do */
  { "es", "/una /tienda /—|la /del /puerto|— /que /paga" },
  { "fr", "/trouvé /l’erreur /– /un /chiffre" },
  { "en", "/and /now /we /have /read |it." }, /* nor is a short word a last line */
  { "en", "/she /would /ring /whichever /it |is.”" },
  { "de", "/wir /hoffen, /es /geht |gut!" },
  { "en", "/and /now /we /have /read /it" }, /* which may still go on */
  { "en", "/I /answer /the /phone /again." },
};

/* @marked without its marks, in @text, and each mark at the byte that it stands before. */
static char *
take_marks (const char *marked, GString *text)
{
  char *marks = g_malloc0 (strlen (marked) + 1);

  for (const char *at = marked; *at != '\0'; at++)
    if (*at == '/' || *at == '|')
      marks[text->len] = *at;
    else
      g_string_append_c (text, *at);
  return marks;
}

static void
test_lines_begin_where_they_may (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *marks = take_marks (begins[i].story, text);
      g_autofree gboolean *begun = g_new0 (gboolean, text->len + 1);

      for (guint n = 1; n < 100; n++)
        {
          g_autofree char *before = g_strnfill (n, 'x'), *story = g_strdup_printf ("%s %s", before, text->str);
          g_autoptr (AccLetter) letter = test_letter_of (story, begins[i].language);
          g_autoptr (AccPages) pages = test_pages (letter);
          AccLine line;

          for (guint k = 0; k < acc_pages_get_n_lines (pages); k++)
            {
              acc_pages_get_line (pages, k, &line);
              if (is_role (pages, &line, ACC_BLOCK_PARAGRAPH) && line.start > n)
                begun[line.start - n - 1] = TRUE;
            }
        }
      for (gsize k = 0; k < text->len; k++)
        if (begun[k] != (marks[k] == '/'))
          g_error ("“%s” (%s): %s line begins with “%s”", text->str, begins[i].language, begun[k] ? "a" : "no", text->str + k);
    }
}

/* What no line has room for is parted all the same. */
static void
test_words_without_end_stay_within_the_margins (void)
{
  static const char *const ends[] = { "가", "가a", "(가)", "⸻", NULL };

  for (guint i = 0; ends[i] != NULL; i++)
    for (guint n = 1; n <= 60; n++)
      {
        g_autoptr (GString) story = g_string_new ("옛");

        for (guint k = 0; k < n; k++)
          g_string_append (story, ends[i]);

        g_autoptr (AccLetter) letter = test_letter_of (story->str, "ko");
        g_autoptr (AccPages) pages = test_pages (letter);
        g_autoptr (GError) error = NULL;

        acc_pages_check_ledger (pages, &error);
        g_assert_no_error (error);
      }
}

/* On how many lines of @page, or of all (G_MAXUINT), stands text of @role. */
static guint
count_lines (AccPages *pages, AccBlockRole role, guint page)
{
  guint n = 0;

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      n += is_role (pages, &line, role) && (page == G_MAXUINT || line.page == page);
    }
  return n;
}

/* A paragraph that is parted has two lines at least on either side. */
static void
assert_no_widow_no_orphan (AccPages *pages)
{
  g_autofree guint *here = g_new0 (guint, acc_composition_get_n_blocks (acc_pages_get_composition (pages)));
  guint page = 0, block = G_MAXUINT;

  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      if (!is_role (pages, &line, ACC_BLOCK_PARAGRAPH))
        continue;
      if (line.page > page && line.block == block) /* goes on */
        {
          AccLine next;

          g_assert_cmpuint (here[line.block], >=, 2);
          acc_pages_get_line (pages, i + 1, &next);
          g_assert_cmpuint (next.block, ==, line.block);
          g_assert_cmpuint (next.page, ==, line.page);
        }
      page = line.page;
      block = line.block;
      here[line.block]++;
    }
}

/* All of them, with the closing and two lines of the letter before it. */
static void
assert_signatures_not_alone (AccPages *pages)
{
  guint last = acc_pages_get_count (pages) - 1;
  guint whole = count_lines (pages, ACC_BLOCK_PARAGRAPH, G_MAXUINT);

  g_assert_cmpuint (count_lines (pages, ACC_BLOCK_SIGNATURE, last), ==,
                    count_lines (pages, ACC_BLOCK_SIGNATURE, G_MAXUINT));
  g_assert_cmpuint (count_lines (pages, ACC_BLOCK_CLOSING, last), ==, 1);
  g_assert_cmpuint (count_lines (pages, ACC_BLOCK_PARAGRAPH, last), >=, MIN (whole, 2));
}

/* "A word for Daniel:" never ends a page. */
static void
assert_headings_not_alone (AccPages *pages)
{
  for (guint i = 0; i + 1 < acc_pages_get_n_lines (pages); i++)
    {
      AccLine line, next;

      acc_pages_get_line (pages, i, &line);
      acc_pages_get_line (pages, i + 1, &next);
      if (is_role (pages, &line, ACC_BLOCK_SALUTATION))
        g_assert_cmpuint (next.page, ==, line.page);
    }
}

static void
assert_broken_well (AccPages *pages)
{
  assert_no_widow_no_orphan (pages);
  assert_signatures_not_alone (pages);
  assert_headings_not_alone (pages);
}

static void
test_pages_of_the_letters_break_well (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    for (guint head = 0; test_letterheads[head] != NULL; head++)
      {
        g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
        g_autoptr (AccPages) pages = test_pages_under (letter, test_letterheads[head]);

        assert_broken_well (pages);
      }
}

/* How a letter of so many lines can be built: lines in a paragraph, authors, and whether its last third is for the
 * banker. */
static const struct {
  guint together, authors;
  gboolean banker;
} builds[] = {
  { 2, 1, FALSE },
  { 1000, 1, FALSE }, /* all in one paragraph */
  { 3, 1, FALSE },
  { 2, ACC_PEOPLE_MAX, TRUE },
};

/* @n sentences of about a line each. */
static char *
make_lines (guint n, guint together)
{
  GString *text = g_string_new (NULL);

  for (guint i = 1; i <= n; i++)
    g_string_append_printf (text, "%sAt %u they looked at the next of the papers that I brought.",
                            i == 1 ? "" : i % together == 1 ? "\n" : " ", i);
  return g_string_free (text, FALSE);
}

/* Takes @text. */
static void
put (char **place, char *text)
{
  g_free (*place);
  *place = text;
}

static AccLetter *
build_letter (guint n, guint build, AccPaper paper)
{
  g_auto (AccLetterFields) fields = { 0 };
  guint third = n / 3, together = builds[build].together;

  acc_letter_fields_init (&fields);
  put (&fields.to[0].name, g_strdup ("Jessica Okafor"));
  put (&fields.need, make_lines (third, together));
  put (&fields.act, make_lines (n - 2 * third, together));
  put (builds[build].banker ? &fields.banker_words : &fields.difference, make_lines (third, together));
  put (&fields.banker_name, g_strdup ("Daniel Reyes"));
  fields.thanks_banker = builds[build].banker;
  fields.n_from = builds[build].authors;
  fields.paper = paper;
  for (guint i = 0; i < fields.n_from; i++)
    {
      put (&fields.from[i].name, g_strdup ("Ruth Adeyemi"));
      fields.from[i].signature = acc_signature_new_typed ("Ruth Adeyemi");
    }
  return acc_letter_new_sketch (&fields);
}

/* A letter that is a little too long for one page is set tighter and stays on it; a longer one is not tight. */
static void
test_a_little_too_long_is_still_one_page (void)
{
  guint tight = 0;

  for (guint n = 1; n <= 60; n++)
    {
      g_autoptr (AccLetter) letter = build_letter (n, 0, ACC_PAPER_LETTER);
      g_autoptr (AccPages) pages = test_pages (letter);
      double closest = G_MAXDOUBLE;

      for (guint i = 0; i + 1 < acc_pages_get_n_lines (pages); i++)
        {
          AccLine line, next;

          acc_pages_get_line (pages, i, &line);
          acc_pages_get_line (pages, i + 1, &next);
          if (is_role (pages, &line, ACC_BLOCK_PARAGRAPH) && next.page == line.page)
            closest = MIN (closest, next.baseline - line.baseline);
        }
      if (closest > 16.4)
        continue;
      g_assert_cmpuint (acc_pages_get_count (pages), ==, 1);
      tight++;
    }
  g_assert_cmpuint (tight, >, 0);
}

static void
test_pages_of_each_length_break_well (void)
{
  g_autofree guint *lengths = g_new0 (guint, 200);
  guint n_lengths = 0;

  for (guint n = 1; n <= 120; n++)
    for (guint build = 0; build < G_N_ELEMENTS (builds); build++)
      for (guint head = 0; test_letterheads[head] != NULL; head++)
        {
          g_autoptr (AccLetter) letter = build_letter (n, build, n % 2 == 0 ? ACC_PAPER_A4 : ACC_PAPER_LETTER);
          g_autoptr (AccPages) pages = test_pages_under (letter, test_letterheads[head]);
          guint lines = count_lines (pages, ACC_BLOCK_PARAGRAPH, G_MAXUINT);

          assert_broken_well (pages);
          g_assert_cmpuint (lines, <, 200);
          lengths[lines]++;
        }
  for (guint i = 3; i <= 120; i++) /* one in each part, at least */
    n_lengths += lengths[i] > 0;
  g_test_message ("%u lengths of 3 to 120 lines", n_lengths);
  g_assert_cmpuint (n_lengths, ==, 118);
}

/* --- golden: text, place and page of every line --- */

/* Points by which a line may stand elsewhere than it did: another build of a font's or Pango's. */
#define ELSEWHERE 0.75

/* A page, x, baseline and text a line, as in tests/fixtures/pages. */
static char *
describe (AccPages *pages)
{
  GString *told = g_string_new (NULL);

  g_string_append_printf (told, "%u pages, %.0f by %.0f points\n", acc_pages_get_count (pages),
                          acc_pages_get_width (pages), acc_pages_get_height (pages));
  for (guint i = 0; i < acc_pages_get_n_lines (pages); i++)
    {
      g_autofree char *text = NULL;
      AccLine line;

      acc_pages_get_line (pages, i, &line);
      text = g_strchomp (g_strdup (line.text));
      g_string_append_printf (told, "%u\t%.1f\t%.1f\t%s\n", line.page + 1, line.area.x, line.baseline, text);
    }
  return g_string_free (told, FALSE);
}

static void
assert_line_is_golden (const char *line, const char *golden)
{
  g_auto (GStrv) is = g_strsplit (line, "\t", 4), was = g_strsplit (golden, "\t", 4);

  g_assert_cmpuint (g_strv_length (is), ==, g_strv_length (was));
  if (g_strv_length (is) < 4)
    {
      g_assert_cmpstr (line, ==, golden);
      return;
    }
  g_assert_cmpstr (is[0], ==, was[0]);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (is[1], NULL), g_ascii_strtod (was[1], NULL), ELSEWHERE);
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (is[2], NULL), g_ascii_strtod (was[2], NULL), ELSEWHERE);
  g_assert_cmpstr (is[3], ==, was[3]);
}

/* What has changed by intent is renewed by: ACCOLADE_RENEW_PAGES=1 BUILD/tests/test-typography -p /typography/golden */
static void
assert_golden (AccPages *pages, const char *letterhead, const char *name)
{
  g_autofree char *file = g_strdup_printf ("pages/%s/%s.txt", letterhead, name);
  g_autofree char *path = test_fixture_path (file);
  g_autofree char *told = describe (pages), *golden = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("ACCOLADE_RENEW_PAGES") != NULL)
    g_file_set_contents (path, told, -1, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);

  g_auto (GStrv) is = g_strsplit (told, "\n", -1), was = g_strsplit (golden, "\n", -1);

  g_test_message ("%s", file);
  for (guint i = 0; is[i] != NULL && was[i] != NULL; i++)
    assert_line_is_golden (is[i], was[i]);
  g_assert_cmpuint (g_strv_length (is), ==, g_strv_length (was));
}

static void
test_every_letter_stands_as_it_did (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    for (guint head = 0; test_letterheads[head] != NULL; head++)
      {
        g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
        g_autoptr (AccPages) pages = test_pages_under (letter, test_letterheads[head]);

        assert_golden (pages, test_letterheads[head], test_letters[i].name);
      }
}

/* So that none is forgotten. */
static void
test_every_letter_is_in_the_table (void)
{
  g_autofree char *path = test_fixture_path ("letters");
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, test_n_letters);
}

/* --- faces --- */

/* The same characters of Han, each in the face of the letter's language. */
static const struct {
  const char *language, *face;
} han[] = {
  { "zh-Hans", "WenQuanYi" },
  { "zh", "WenQuanYi" },
  { "ja", "NotoSerifCJKjp" },
  { "ko", "WenQuanYi" },
};

static void
test_han_is_in_the_face_of_its_language (void)
{
  g_autofree char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "letter.pdf", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (han); i++)
    {
      g_autoptr (AccLetter) letter = test_letter_of ("直角骨", han[i].language);
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      const char *const command[] = { "pdffonts", path, NULL };
      g_autofree char *fonts = NULL;
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
      g_assert_no_error (error);
      g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &fonts, NULL, NULL, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < G_N_ELEMENTS (han); k++)
        if ((strstr (fonts, han[k].face) != NULL) != g_str_equal (han[k].face, han[i].face))
          g_error ("%s: %s", han[i].language, fonts);
    }
  test_folder_free (g_steal_pointer (&folder));
}

/* --- from the right --- */

/* All that is the bank's: emblem and name begin at the right, the day and the page's number stand at the left. */
static void
test_letterhead_runs_as_its_letter (void)
{
  static const char *const names[] = { "arabic", "hebrew", "two-sentences" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (names[i]);
      gboolean right = i < 2;
      double middle = acc_pages_get_width (pages) / 2;
      AccLine bank, day;

      acc_pages_get_line (pages, 0, &bank);
      acc_pages_get_line (pages, 2, &day);
      g_assert_cmpstr (bank.text, ==, acc_letterhead_get_bank (test_letterhead ()));
      g_assert_true (is_role (pages, &day, ACC_BLOCK_DATE));
      g_assert_true ((bank.area.x + bank.area.width / 2 > middle) == right);
      g_assert_true ((day.area.x + day.area.width / 2 < middle) == right);
    }
}

/* Sentences of a letter in Arabic or Hebrew, with a name in Latin letters now and then. */
static const struct {
  const char *language, *sentences[4];
} from_right[] = {
  { "ar",
    { "ردّت عليّ الأستاذة سلمى من أول اتصال. ", "تابعت الأمر مع البنك الآخر ساعةً بعد ساعة. ",
      "ثم كتبت إلى Harbour & Vale باسمي. ", "وفي المساء اتصلت لتقول إن المبلغ قد عاد.\n" } },
  { "he",
    { "נועה הסבירה לי בסבלנות אילו מסמכים צריך. ", "כשחסר אחד מהם היא התקשרה בעצמה לרופא. ",
      "היא כתבה אל Harbour & Vale בשמי. ", "תוך שלושה ימים הגיעו כל המכתבים לכתובת הנכונה.\n" } },
};

static void
test_letters_from_the_right_flow (void)
{
  guint flowed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (from_right); i++)
    for (guint n = 1; n <= 85; n += 6)
      {
        g_autoptr (GString) story = g_string_new (NULL);

        for (guint k = 0; k < n; k++)
          g_string_append (story, from_right[i].sentences[k % 4]);

        g_autoptr (AccLetter) letter = test_letter_of (story->str, from_right[i].language);
        g_autoptr (AccPages) pages = test_pages (letter);
        g_autoptr (GBytes) pdf = test_pdf (pages);
        g_autoptr (GError) error = NULL;

        g_test_message ("%s: %u sentences", from_right[i].language, n);
        acc_proofread (pages, pdf, &error);
        g_assert_no_error (error);
        flowed += acc_pages_get_count (pages) > 1;
      }
  g_assert_cmpuint (flowed, >, 5);
}

/* --- emoji --- */

/* Those that people use most, each drawn in ink. */
static const char *const drawn[] = {
  "❤", "❤\ufe0f", "♥\ufe0f", "💕", "💖", "💙", "💚", "💛", "💜", "🧡", "🖤", "😀", "😃", "😄", "😁", "😆", "😅", "😂",
  "🤣", "😊", "😇", "🙂", "😉", "😍", "😘", "😋", "😎", "🤩", "😢", "😭", "🤔", "🤗", "☺\ufe0f", "👍", "👎", "👏", "🙌",
  "🙏", "🤝", "💪", "👋", "👌", "✌\ufe0f", "💯", "🔥", "⭐", "🌟", "✨", "🎉", "🎊", "🎁", "🌹", "🌻", "💐", "🌈",
  "☀\ufe0f", "☕", "🍀", "✅", "✔\ufe0f", "📞", "💳", "🏦", "👨\u200d👩\u200d👧", NULL,
};

/* Newer than the face, or made of parts of which a face in ink has boxes only. */
static const struct {
  const char *emoji, *named;
} refused[] = {
  { "🥰", "U+1F970" }, { "🥳", "U+1F973" }, { "🤍", "U+1F90D" }, { "🫶", "U+1FAF6" },
  { "👍🏽", "U+1F3FD" }, { "🇵🇱", "U+1F1F5" }, { "1\ufe0f\u20e3", "U+20E3" },
};

/* Where the ink between @top and @bottom of the last page begins and ends, points. */
static void
find_ink (AccPages *pages, double top, double bottom, int *left, int *right)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, acc_pages_get_width (pages),
                                                         acc_pages_get_height (pages));
  int width = cairo_image_surface_get_width (surface), stride = cairo_image_surface_get_stride (surface);
  cairo_t *cr = cairo_create (surface);

  acc_pages_draw (pages, acc_pages_get_count (pages) - 1, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  *left = width;
  *right = 0;
  for (int y = top; y < (int) bottom; y++)
    for (int x = 0; x < width; x++)
      if (cairo_image_surface_get_data (surface)[y * stride + x] > 100)
        {
          *left = MIN (*left, x);
          *right = MAX (*right, x);
        }
  cairo_surface_destroy (surface);
}

/* A signature begins where the name below it does, wherever on the pad it was drawn. */
static void
test_drawn_signatures_stand_above_their_names (void)
{
  static const char *const languages[] = { "en", "ar" };
  g_autoptr (AccLetter) drawn_by = test_letter ("full-page");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_auto (AccLetterFields) fields = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (AccLetter) letter = NULL;
      g_autoptr (AccPages) pages = NULL;
      int left, right;

      acc_letter_fields_copy (&fields, acc_letter_get_fields (drawn_by));
      put (&fields.language, g_strdup (languages[i]));
      letter = acc_letter_new (&fields, &error);
      g_assert_no_error (error);
      pages = test_pages (letter);
      for (guint k = 0; k < acc_pages_get_n_lines (pages); k++)
        {
          AccLine line;

          acc_pages_get_line (pages, k, &line);
          if (!is_role (pages, &line, ACC_BLOCK_SIGNATURE))
            continue;
          find_ink (pages, line.area.y - 40, line.area.y, &left, &right);
          if (i == 0)
            g_assert_cmpfloat_with_epsilon (left, line.area.x, 2);
          else
            g_assert_cmpfloat_with_epsilon (right, line.area.x + line.area.width, 2);
          break;
        }
    }
}

/* The day is that of all addressees, not of the last. */
static void
test_the_day_stands_apart_from_several_addressees (void)
{
  static const struct {
    const char *name;
    double step;
  } rows[] = { { "accents", 16.5 }, { "two-people", 26.5 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (rows[i].name);
      AccLine line = { .field = ACC_FIELD_NONE }, before = { .baseline = 0 };

      for (guint k = 0; k < acc_pages_get_n_lines (pages) && line.field != ACC_FIELD_SERVED_ON; k++)
        {
          before = line;
          acc_pages_get_line (pages, k, &line);
        }
      g_assert_cmpint (line.field, ==, ACC_FIELD_SERVED_ON);
      g_assert_cmpfloat_with_epsilon (line.baseline - before.baseline, rows[i].step, 0.01);
    }
}

static void
test_emoji_are_drawn_in_ink (void)
{
  for (guint i = 0; drawn[i] != NULL; i++)
    {
      g_autofree char *story = g_strdup_printf ("Thank you %s for this.", drawn[i]);
      g_autoptr (AccLetter) letter = test_letter_of (story, "en");
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GError) error = NULL;

      acc_pages_check_ledger (pages, &error);
      g_assert_no_error (error);
    }
}

static void
test_emoji_are_read_back (void)
{
  g_autofree char *all = g_strjoinv (" ", (GStrv) drawn);
  g_autoptr (AccLetter) letter = test_letter_of (all, "en");
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (GError) error = NULL;

  acc_proofread (pages, pdf, &error);
  g_assert_no_error (error);
}

static void
test_emoji_that_no_face_has_are_refused_by_name (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *story = g_strdup_printf ("Thank you %s for this.", refused[i].emoji);
      g_autoptr (AccLetter) letter = test_letter_of (story, "en");
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_pages_check_ledger (pages, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
      g_assert_nonnull (strstr (error->message, refused[i].named));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typography/pages/a-little-too-long-is-still-one", test_a_little_too_long_is_still_one_page);
  g_test_add_func ("/typography/signatures/stand-above-their-names", test_drawn_signatures_stand_above_their_names);
  g_test_add_func ("/typography/day/stands-apart-from-several-addressees",
                   test_the_day_stands_apart_from_several_addressees);
  g_test_add_func ("/typography/lines/are-as-long-as-reads-best", test_lines_are_as_long_as_reads_best);
  g_test_add_func ("/typography/lines/part-no-word", test_lines_part_no_word);
  g_test_add_func ("/typography/lines/begin-where-they-may", test_lines_begin_where_they_may);
  g_test_add_func ("/typography/lines/words-without-end-stay-within-the-margins",
                   test_words_without_end_stay_within_the_margins);
  g_test_add_func ("/typography/pages/of-the-letters-break-well", test_pages_of_the_letters_break_well);
  g_test_add_func ("/typography/pages/of-each-length-break-well", test_pages_of_each_length_break_well);
  g_test_add_func ("/typography/golden/every-letter-stands-as-it-did", test_every_letter_stands_as_it_did);
  g_test_add_func ("/typography/golden/every-letter-is-in-the-table", test_every_letter_is_in_the_table);
  g_test_add_func ("/typography/faces/han-is-in-the-face-of-its-language", test_han_is_in_the_face_of_its_language);
  g_test_add_func ("/typography/from-the-right/letterhead-runs-as-its-letter", test_letterhead_runs_as_its_letter);
  g_test_add_func ("/typography/from-the-right/letters-flow", test_letters_from_the_right_flow);
  g_test_add_func ("/typography/emoji/are-drawn-in-ink", test_emoji_are_drawn_in_ink);
  g_test_add_func ("/typography/emoji/are-read-back", test_emoji_are_read_back);
  g_test_add_func ("/typography/emoji/that-no-face-has-are-refused-by-name", test_emoji_that_no_face_has_are_refused_by_name);
  return g_test_run ();
}
