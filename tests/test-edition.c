/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other editions of a letter: in large print, and without passages that were taken out. */
#include "base/error.h"
#include "letter/passages.h"
#include "paper-support.h"
#include "paper/edition.h"
#include "paper/pages-private.h"
#include "paper/pdf-process.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

#define LARGE 18.0

static AccEdition
edition_of (AccLetter *letter, gboolean large_print, GArray *passages)
{
  return (AccEdition){ letter, "Market Street branch", TEST_NUMBER, large_print, passages };
}

static AccPages *
typeset (const AccEdition *edition)
{
  g_autoptr (GError) error = NULL;
  AccPages *pages = acc_edition_typeset (edition, test_letterhead (), &error);

  g_assert_no_error (error);
  return pages;
}

static GBytes *
write_edition (const AccEdition *edition)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf;

  test_look_away_from_leaks (TRUE);
  pdf = acc_edition_write (edition, test_letterhead (), &error);
  test_look_away_from_leaks (FALSE);
  g_assert_no_error (error);
  return pdf;
}

static char *
read_page (GBytes *pdf, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, &error);
  char *text = process != NULL ? acc_pdf_process_read_text (process, page, &error) : NULL;

  g_assert_no_error (error);
  return text;
}

static gboolean
has_bytes (GBytes *in, gconstpointer what, gsize length)
{
  return memmem (g_bytes_get_data (in, NULL), g_bytes_get_size (in), what, length) != NULL;
}

static char *
name_of (AccLetter *letter, const char *key)
{
  g_autoptr (AccWording) wording = test_wording (acc_letter_get_fields (letter)->language);

  return acc_wording_fill (wording, key, NULL);
}

/* --- in large print --- */

static double
get_size (AccPages *pages, guint line)
{
  PangoLayout *layout = acc_pages_text (pages, acc_pages_line (pages, line)->text)->layout;

  return pango_font_description_get_size (pango_layout_get_font_description (layout)) / (double) PANGO_SCALE;
}

/* All words of the letter, be they the client's or the bank's, in every script. */
static void
test_large_print_is_large (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
      const AccEdition edition = edition_of (letter, TRUE, NULL);
      g_autoptr (AccPages) pages = typeset (&edition);

      for (guint k = 0; k < acc_pages_get_n_lines (pages); k++)
        if (acc_pages_line (pages, k)->line.block != ACC_BLOCK_NONE)
          g_assert_cmpfloat (get_size (pages, k), >=, LARGE);
        else if (acc_pages_line (pages, k)->line.area.y < acc_pages_get_height (pages) - 60)
          g_assert_cmpfloat (get_size (pages, k), >=, 13); /* a row of the foot */
        else
          g_assert_cmpfloat (get_size (pages, k), >=, 9); /* a line of the bank's own that must fit the sheet */
    }
}

static gboolean
overlap (const AccArea *one, const AccArea *other)
{
  return one->width > 0 && other->width > 0 && one->x < other->x + other->width && other->x < one->x + one->width
         && one->y < other->y + other->height && other->y < one->y + one->height;
}

/* Heads and feet have little room, and words of other lengths in each language. */
static void
test_nothing_stands_over_another (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
      const AccPassage passage = { ACC_FIELD_STORY_ACT, 0, strlen (acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0)) };
      g_autoptr (GArray) passages = acc_passages_new (letter, &passage, 1, NULL);
      const AccEdition editions[]
        = { edition_of (letter, TRUE, NULL), edition_of (letter, FALSE, passages), edition_of (letter, TRUE, passages) };

      g_assert_nonnull (passages);
      for (guint e = 0; e < G_N_ELEMENTS (editions); e++)
        {
          g_autoptr (AccPages) pages = typeset (&editions[e]);

          for (guint a = 0; a < acc_pages_get_n_pieces (pages); a++)
            for (guint b = 0; b < a; b++)
              {
                AccPiece one, other;

                acc_pages_get_piece (pages, a, &one);
                acc_pages_get_piece (pages, b, &other);
                if (one.page == other.page && overlap (&one.ink, &other.ink) && a < acc_pages_get_n_lines (pages))
                  g_error ("%s, edition %u: “%s” over “%s”", test_letters[i].name, e, acc_pages_line (pages, a)->line.text,
                           acc_pages_line (pages, b)->line.text);
              }
        }
    }
}

static void
hold_says (GBytes *pdf, const char *what)
{
  g_autofree char *text = read_page (pdf, 0);

  if (strstr (text, what) == NULL)
    g_error ("“%s” does not say “%s”", text, what);
}

static void
test_it_says_what_it_is (void)
{
  g_autoptr (AccLetter) letter = test_letter ("three-pages");
  const AccPassage passage = { ACC_FIELD_STORY_ACT, 0, 10 };
  g_autoptr (GArray) passages = acc_passages_new (letter, &passage, 1, NULL);
  const AccEdition large = edition_of (letter, TRUE, NULL), black = edition_of (letter, FALSE, passages);
  const struct {
    const AccEdition *edition;
    const char *key;
  } cases[] = { { &large, "large-print" }, { &black, "blacked-out" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (AccPages) pages = typeset (cases[i].edition);
      g_autoptr (GBytes) pdf = write_edition (cases[i].edition);
      g_autofree char *name = name_of (letter, cases[i].key);
      g_autofree char *title = acc_composition_dup_title (acc_pages_get_composition (pages));

      g_assert_cmpint (acc_composition_get_block (acc_pages_get_composition (pages), 0)->role, ==, ACC_BLOCK_EDITION);
      g_assert_nonnull (strstr (title, name));
      for (guint page = 0; page < acc_pages_get_count (pages); page++)
        {
          g_autofree char *text = read_page (pdf, page);

          g_assert_nonnull (strstr (text, name));
        }
      g_assert_true (has_bytes (pdf, name, strlen (name))); /* in its XMP */
    }
}

/* The original says nothing of editions, and has not become another by there being some. */
static void
test_the_original_is_none (void)
{
  g_autoptr (AccLetter) letter = test_letter ("two-sentences");
  const AccEdition itself = edition_of (letter, FALSE, NULL);
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (GBytes) original = test_pdf (pages);
  g_autoptr (GBytes) again = write_edition (&itself);

  g_assert_true (g_bytes_equal (original, again));
}

/* Tagged, in its language, for those who cannot see it: as the original is (test-pdf-tags looks at that in full). */
static void
test_it_is_as_well_described (void)
{
  g_autoptr (AccLetter) letter = test_letter ("arabic");
  const AccEdition edition = edition_of (letter, TRUE, NULL);
  g_autoptr (GBytes) pdf = write_edition (&edition);
  qpdf_data qpdf = qpdf_init ();
  qpdf_oh root;

  g_assert_cmpint (qpdf_read_memory (qpdf, "edition", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL), ==,
                   QPDF_SUCCESS);
  root = qpdf_get_root (qpdf);
  g_assert_cmpstr (qpdf_oh_get_utf8_value (qpdf, qpdf_oh_get_key (qpdf, root, "/Lang")), ==, "ar");
  g_assert_true (qpdf_oh_is_dictionary (qpdf, qpdf_oh_get_key (qpdf, root, "/StructTreeRoot")));
  g_assert_true (qpdf_oh_is_stream (qpdf, qpdf_oh_get_key (qpdf, root, "/Metadata")));
  g_assert_true (qpdf_oh_is_name_and_equals (
    qpdf, qpdf_oh_get_key (qpdf, qpdf_oh_get_key (qpdf, root, "/ViewerPreferences"), "/Direction"), "/R2L"));
  qpdf_cleanup (&qpdf);
}

static void
test_the_same_bytes_again (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
      g_autoptr (AccLetter) same = test_letter (test_letters[i].name);
      const AccEdition first = edition_of (letter, TRUE, NULL), second = edition_of (same, TRUE, NULL);
      g_autoptr (GBytes) one = write_edition (&first); /* which proofreads it */
      g_autoptr (GBytes) other = write_edition (&second);

      g_assert_true (g_bytes_equal (one, other));
    }
}

/* --- without what was taken out --- */

/* Letters of the alphabets that these words alone have; what the bank's own words lack. */
#define SECRET "Qwörtzchen Ξανθίππη"

static GArray *
passages_of (AccLetter *letter, const char *words)
{
  const char *text = acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0);
  const char *found = strstr (text, words);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (found);

  const AccPassage passage = { ACC_FIELD_STORY_ACT, found - text, found - text + strlen (words) };
  GArray *passages = acc_passages_new (letter, &passage, 1, &error);

  g_assert_no_error (error);
  return passages;
}

/* Everything that is in the PDF, each stream unpacked: what a curious reader can take out of it. */
static GBytes *
unpack (GBytes *pdf)
{
  qpdf_data qpdf = qpdf_init ();
  GBytes *plain;

  g_assert_cmpint (qpdf_read_memory (qpdf, "edition", g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL), ==,
                   QPDF_SUCCESS);
  g_assert_cmpint (qpdf_init_write_memory (qpdf), ==, QPDF_SUCCESS);
  qpdf_set_object_stream_mode (qpdf, qpdf_o_disable);
  qpdf_set_stream_data_mode (qpdf, qpdf_s_uncompress);
  qpdf_set_decode_level (qpdf, qpdf_dl_all);
  qpdf_set_qdf_mode (qpdf, QPDF_TRUE);
  qpdf_set_static_ID (qpdf, QPDF_TRUE);
  g_assert_cmpint (qpdf_write (qpdf), ==, QPDF_SUCCESS);
  plain = g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
  qpdf_cleanup (&qpdf);
  return plain;
}

/* As UTF-8, as a PDF's text string (UTF-16), and that in hexadecimal digits. */
static gboolean
has_word (GBytes *in, const char *word)
{
  gsize length = 0;
  g_autofree char *wide = g_convert (word, -1, "UTF-16BE", "UTF-8", NULL, &length, NULL);
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *lower = NULL;

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (digits, "%02X", (guint8) wide[i]);
  lower = g_ascii_strdown (digits->str, -1);
  return has_bytes (in, word, strlen (word)) || has_bytes (in, wide, length)
         || has_bytes (in, digits->str, digits->len) || has_bytes (in, lower, digits->len);
}

/* A font's table from glyphs to text would tell of its letters, were a glyph of them in the file. */
static gboolean
maps_letter (GBytes *in, gunichar c)
{
  g_autofree char *digits = g_strdup_printf ("<%04x>", c);
  g_autofree char *upper = g_ascii_strup (digits, -1);

  return has_bytes (in, digits, strlen (digits)) || has_bytes (in, upper, strlen (upper));
}

static void
test_nothing_of_the_words_is_left (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("She asked about " SECRET " and then about nothing else.", "en");
  g_autoptr (GArray) passages = passages_of (letter, SECRET);
  const AccEdition whole = edition_of (letter, FALSE, NULL);
  const AccEdition editions[] = { edition_of (letter, FALSE, passages), edition_of (letter, TRUE, passages) };
  g_autoptr (GBytes) original = write_edition (&whole), unpacked_original = unpack (original);

  /* the search would find them */
  g_assert_true (maps_letter (unpacked_original, 0x039e));
  g_assert_true (maps_letter (unpacked_original, 0x00f6));
  hold_says (original, "Qwörtzchen");
  for (guint i = 0; i < G_N_ELEMENTS (editions); i++)
    {
      g_autoptr (GBytes) pdf = write_edition (&editions[i]), unpacked = unpack (pdf);
      g_autofree char *text = read_page (pdf, 0);

      g_assert_null (strstr (text, "Qwört"));
      g_assert_null (strstr (text, "Ξανθ"));
      g_assert_false (has_word (unpacked, "Qwörtzchen"));
      g_assert_false (has_word (unpacked, "Ξανθίππη"));
      for (const char *at = "öΞίπθ"; *at != '\0'; at = g_utf8_next_char (at))
        g_assert_false (maps_letter (unpacked, g_utf8_get_char (at)));
      hold_says (pdf, "She asked about");
      hold_says (pdf, "nothing else");
    }
}

static char *
dup_proof (AccPages *pages)
{
  return g_strdup (acc_composition_get_proof (acc_pages_get_composition (pages)));
}

/* Whoever guesses the words could try them against a code that was made with them. */
static void
test_no_guess_can_be_tried (void)
{
  static const char *const secrets[] = { "cancer", "divorce and a long illness of which nobody was to know" };
  g_autoptr (GBytes) first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *act = g_strdup_printf ("I told her of my %s. She listened.", secrets[i]);
      g_autoptr (AccLetter) letter = test_letter_of (act, "en");
      g_autoptr (GArray) passages = passages_of (letter, secrets[i]);
      const AccEdition edition = edition_of (letter, FALSE, passages), whole = edition_of (letter, FALSE, NULL);
      g_autoptr (AccPages) pages = typeset (&edition), original = typeset (&whole);
      g_autofree char *proof = dup_proof (pages), *original_proof = dup_proof (original);
      g_autoptr (GBytes) pdf = write_edition (&edition);

      g_assert_cmpstr (proof, !=, original_proof);
      /* … and neither width, nor breaks, nor length tell of what was there: the editions are the same */
      if (first == NULL)
        first = g_bytes_ref (pdf);
      g_assert_true (g_bytes_equal (first, pdf));
    }
}

/* --- without names --- */

/* Who signs, and how; what the addressee is called; the banker, who may have been there when somebody signed. */
typedef struct {
  const char *name, *called, *banker, *banker_words;
  AccSignatureKind signed_with;
  const char *witness;
} Names;

static void
set_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = g_strdup (text);
}

static AccSignature *
sign (const Names *names)
{
  const AccPoint points[] = { { 0.1F, 0.1F, 0 }, { 0.9F, 0.8F, 40 }, { 0.4F, 0.2F, 90 } };
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  GArray *stroke = g_array_new (FALSE, FALSE, sizeof (AccPoint));

  g_array_append_vals (stroke, points, G_N_ELEMENTS (points));
  g_ptr_array_add (strokes, stroke);
  return names->signed_with == ACC_SIGNATURE_TYPED     ? acc_signature_new_typed (names->name)
         : names->signed_with == ACC_SIGNATURE_STROKES ? acc_signature_new_strokes (strokes)
                                                       : acc_signature_new_witnessed (names->witness);
}

static AccLetter *
name_letter (const Names *names)
{
  g_autoptr (AccLetter) plain = test_letter_of ("She asked, and then she listened.", "en");
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *letter;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (plain));
  fields.thanks_banker = TRUE;
  set_text (&fields.to[0].called, names->called);
  set_text (&fields.banker_name, names->banker);
  set_text (&fields.banker_words, names->banker_words);
  set_text (&fields.from[0].name, names->name);
  acc_signature_unref (fields.from[0].signature);
  fields.from[0].signature = sign (names);
  letter = acc_letter_new (&fields, &error);
  g_assert_no_error (error);
  return letter;
}

/* A part of each is enough: a name goes as a whole. */
static GArray *
take_names (AccLetter *letter)
{
  AccPassage passages[] = { { ACC_FIELD_FROM_NAME }, { ACC_FIELD_TO_CALLED }, { ACC_FIELD_BANKER_NAME } };
  g_autoptr (GError) error = NULL;
  GArray *taken;

  for (guint i = 0; i < G_N_ELEMENTS (passages); i++)
    {
      const char *name = acc_letter_get_text (letter, passages[i].field, 0);

      passages[i].end = g_utf8_next_char (name) - name;
    }
  taken = acc_passages_new (letter, passages, G_N_ELEMENTS (passages), &error);
  g_assert_no_error (error);
  return taken;
}

/* What the bank's own words lack, in each of the three. */
static const Names secret_names[] = {
  { "Ξανθίππη Qwörtz", "Жюль", "Þórður Ñandú", "Thank you.", ACC_SIGNATURE_TYPED, NULL },
  { "Ξανθίππη Qwörtz", "Жюль", "Þórður Ñandú", "", ACC_SIGNATURE_TYPED, NULL },
  { "Ξανθίππη Qwörtz", "Жюль", "Þórður Ñandú", "Thank you.", ACC_SIGNATURE_STROKES, NULL },
  { "Ξανθίππη Qwörtz", "Жюль", "Þórður Ñandú", "Thank you.", ACC_SIGNATURE_WITNESSED, "þórður  ñandú" },
};

static void
assert_says_no_name (const Names *names, gboolean large_print)
{
  static const char *const words[] = { "Ξανθίππη", "Qwörtz", "Жюль", "Þórður", "Ñandú", "þórður", "ñandú" };
  g_autoptr (AccLetter) letter = name_letter (names);
  g_autoptr (GArray) passages = take_names (letter);
  const AccEdition edition = edition_of (letter, large_print, passages), whole = edition_of (letter, large_print, NULL);
  g_autoptr (GBytes) original = write_edition (&whole), unpacked_original = unpack (original);
  g_autoptr (GBytes) pdf = write_edition (&edition), unpacked = unpack (pdf);
  g_autofree char *text = read_page (pdf, 0);

  g_assert_true (maps_letter (unpacked_original, 0x039e));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_null (strstr (text, words[i]));
      g_assert_false (has_word (unpacked, words[i]));
    }
  for (const char *at = "ΞöЖюÞþðÑñ"; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (maps_letter (unpacked, g_utf8_get_char (at)));
  /* … nor what a signature is called to who cannot see it, nor that somebody was there to see it */
  g_assert_false (has_word (unpacked, "Signature of"));
  g_assert_null (strstr (text, "presence"));
  hold_says (pdf, "Jessica Okafor");
}

static void
test_nothing_of_the_names_is_left (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (secret_names); i++)
    for (guint large_print = 0; large_print < 2; large_print++)
      assert_says_no_name (&secret_names[i], large_print == 1);
}

/* Whoever it is, and whether they typed or drew. */
static void
test_no_name_can_be_guessed (void)
{
  static const Names names[] = {
    { "Li", "Jo", "Al", "Thank you.", ACC_SIGNATURE_TYPED, NULL },
    { "Maria del Carmen Hernández y Fernández de Córdoba", "our dear Mrs Okafor of the third floor",
      "Bartholomew Featherstonehaugh", "Thank you.", ACC_SIGNATURE_TYPED, NULL },
    { "Maria López", "Jess", "Ana Held", "Thank you.", ACC_SIGNATURE_STROKES, NULL },
    { "ماريا", "جيسيكا", "آنا", "Thank you.", ACC_SIGNATURE_TYPED, NULL },
  };
  g_autoptr (GBytes) first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AccLetter) letter = name_letter (&names[i]);
      g_autoptr (GArray) passages = take_names (letter);
      const AccEdition edition = edition_of (letter, FALSE, passages);
      g_autoptr (GBytes) pdf = write_edition (&edition);

      if (first == NULL)
        first = g_bytes_ref (pdf);
      g_assert_true (g_bytes_equal (first, pdf));
    }
}

/* What stands in the blocks of that role, "#" for each bar, "|" after each block. */
static char *
dup_barred (AccPages *pages, AccBlockRole role)
{
  AccComposition *composition = acc_pages_get_composition (pages);
  g_autoptr (GString) set = g_string_new (NULL);

  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);
      gsize done = 0;

      if (block->role != role)
        continue;
      for (guint k = 0; block->bars != NULL && k < block->bars->len; k++)
        {
          const AccSpan *bar = &g_array_index (block->bars, AccSpan, k);

          g_string_append_len (set, block->text + done, bar->start - done);
          g_string_append (set, "#");
          done = bar->end;
        }
      g_string_append_printf (set, "%s|", block->text + done);
      if (block->note != NULL)
        g_string_append_printf (set, "(%s)|", block->note);
    }
  return g_string_free (g_steal_pointer (&set), FALSE);
}

/* One taken out of several; and a witness who is another banker than the one who is thanked is still told. */
static void
test_bars_stand_where_the_names_were (void)
{
  g_autoptr (AccLetter) plain
    = name_letter (&(Names){ "Maria López", "Jess", "Ana Held", "Thanks.", ACC_SIGNATURE_WITNESSED, "Daniel Reyes" });
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (AccLetter) letter = NULL;
  g_autofree char *salutations = NULL, *signatures = NULL, *kept = NULL;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (plain));
  fields.n_to = fields.n_from = 2;
  set_text (&fields.to[1].name, "Thomas Reed");
  set_text (&fields.to[1].called, "Tom");
  set_text (&fields.to[1].department, "Cards");
  set_text (&fields.from[1].name, "Juan López");
  fields.from[1].signature = acc_signature_new_typed ("Juan López");
  letter = acc_letter_new (&fields, NULL);

  const AccPassage taken[] = { { ACC_FIELD_TO_CALLED, 0, 1, 1 },
                               { ACC_FIELD_FROM_NAME, 0, 1, 0 },
                               { ACC_FIELD_BANKER_NAME, 0, 1, 0 } };
  g_autoptr (GArray) passages = acc_passages_new (letter, taken, G_N_ELEMENTS (taken), NULL);
  const AccEdition edition = edition_of (letter, FALSE, passages);
  g_autoptr (AccPages) pages = typeset (&edition);
  g_autoptr (GBytes) pdf = write_edition (&edition);

  salutations = dup_barred (pages, ACC_BLOCK_SALUTATION);
  signatures = dup_barred (pages, ACC_BLOCK_SIGNATURE);
  kept = acc_passages_to_text (passages);
  g_assert_cmpstr (salutations, ==, "Dear Jess and #,|A word for #:|");
  g_assert_cmpstr (signatures, ==, "#|(Signed in the presence of Daniel Reyes)|Juan López|");
  g_assert_cmpstr (kept, ==, "to[1].called:0-3 banker.name:0-8 from[0].name:0-12");
}

/* Nobody could get a letter for nobody: neither by the name, nor where it is what they are called. */
static void
test_whom_it_is_for_stays (void)
{
  static const AccPassage names[]
    = { { ACC_FIELD_TO_NAME, 0, 3 }, { ACC_FIELD_TO_CALLED, 0, 3 }, { ACC_FIELD_TO_NAME, 0, 3, 0 } };
  g_autoptr (AccLetter) letter = name_letter (
    &(Names){ "Maria López", "Jessica Okafor", "Ana Held", "Thanks.", ACC_SIGNATURE_TYPED, NULL });

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const AccPassage both[] = { { ACC_FIELD_FROM_NAME, 0, 3 }, names[i] };
      g_autoptr (GError) error = NULL;

      g_assert_null (acc_passages_new (letter, both, G_N_ELEMENTS (both), &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, "who gets it must be known"));
    }
}

static guint
count_bars (AccPages *pages)
{
  AccComposition *composition = acc_pages_get_composition (pages);
  guint n = 0;

  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);

      n += block->bars != NULL ? block->bars->len : 0;
    }
  return n;
}

/* Ink that is darker than text can be: more than half of a bar's middle line is. */
static gboolean
has_dark_run (cairo_surface_t *picture, int run_wanted)
{
  int width = cairo_image_surface_get_width (picture), stride = cairo_image_surface_get_stride (picture);
  const guint8 *pixels = cairo_image_surface_get_data (picture);

  for (int y = 0; y < cairo_image_surface_get_height (picture); y++)
    for (int x = 0, run = 0; x < width; x++)
      {
        const guint8 *pixel = pixels + y * stride + x * 4;

        run = pixel[0] < 96 && pixel[1] < 96 && pixel[2] < 96 ? run + 1 : 0;
        if (run >= run_wanted)
          return TRUE;
      }
  return FALSE;
}

static cairo_surface_t *
draw_page (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, &error);
  cairo_surface_t *picture = process != NULL ? acc_pdf_process_draw (process, 0, 2, &error) : NULL;

  g_assert_no_error (error);
  return picture;
}

/* In each script: a passage in the middle of a line is a dark bar with the bank's word on it. */
static void
test_a_bar_is_seen (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccLetter) letter = test_letter (test_letters[i].name);
      const char *act = acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0);
      const AccPassage passage = { ACC_FIELD_STORY_ACT, g_utf8_offset_to_pointer (act, 5) - act,
                                   g_utf8_offset_to_pointer (act, 15) - act };
      g_autoptr (GArray) passages = acc_passages_new (letter, &passage, 1, NULL);
      const AccEdition edition = edition_of (letter, FALSE, passages);
      g_autoptr (AccPages) pages = typeset (&edition);
      g_autoptr (GBytes) pdf = write_edition (&edition);
      g_autoptr (GBytes) again = write_edition (&edition);
      cairo_surface_t *picture = draw_page (pdf);

      g_assert_cmpuint (count_bars (pages), ==, 1);
      g_assert_true (has_dark_run (picture, 40));
      g_assert_true (g_bytes_equal (pdf, again));
      cairo_surface_destroy (picture);
    }
}

/* A client may write the very character, or the bar's own words: they are no bar. */
static void
test_what_looks_like_a_bar_is_none (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("I saw \u00a0taken out\u00a0 and \u2588 and my secret.", "en");
  g_autoptr (GArray) passages = passages_of (letter, "secret");
  const AccEdition edition = edition_of (letter, FALSE, passages);
  g_autoptr (AccPages) pages = typeset (&edition);
  AccComposition *composition = acc_pages_get_composition (pages);

  g_assert_cmpuint (count_bars (pages), ==, 1);
  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);

      if (block->bars == NULL)
        continue;
      g_assert_true (g_str_has_suffix (block->text, "and my \u00a0taken\u00a0out\u00a0."));
      g_assert_cmpuint (g_array_index (block->bars, AccSpan, 0).end, ==, strlen (block->text) - 1);
    }
}

/* Paragraphs, quotes that are set otherwise than typed, and several passages: each bar is where its passage was. */
static void
test_bars_stand_where_the_words_were (void)
{
  g_autoptr (AccLetter) letter
    = test_letter_of ("He said \"one\" and \"two\".\nThen \"three\" came - and four.\nAnd \"five\".", "en");
  const char *act = acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0);
  static const char *const words[] = { "two", "Then", "four.\nAnd" };
  AccPassage taken[G_N_ELEMENTS (words)];
  g_autoptr (GArray) passages = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize start = strstr (act, words[i]) - act;

      taken[i] = (AccPassage){ ACC_FIELD_STORY_ACT, start, start + strlen (words[i]) };
    }
  passages = acc_passages_new (letter, taken, G_N_ELEMENTS (taken), NULL);

  const AccEdition edition = edition_of (letter, FALSE, passages);
  g_autoptr (AccPages) pages = typeset (&edition);
  g_autofree char *set = dup_barred (pages, ACC_BLOCK_PARAGRAPH);

  g_assert_cmpstr (set, ==, "He said “one” and “#”.|# “three” came\u00a0– and # “five”.|");
}

/* --- passages --- */

static void
test_passages_are_tidied (void)
{
  g_autoptr (AccLetter) letter = test_letter_of ("abcdef q\u0304xy", "en");
  const char *act = acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0);
  gsize mark = strstr (act, "\u0304") - act;
  const AccPassage given[] = { { ACC_FIELD_STORY_ACT, mark, mark + strlen ("\u0304") },
                               { ACC_FIELD_STORY_ACT, 2, 4 },
                               { ACC_FIELD_STORY_ACT, 0, 2 } };
  g_autoptr (GArray) passages = acc_passages_new (letter, given, G_N_ELEMENTS (given), NULL);
  g_autoptr (GArray) again = NULL;
  g_autofree char *text = acc_passages_to_text (passages), *back = NULL, *expected = NULL;

  /* neighbours are one, and with its mark goes the letter that bears it */
  expected = g_strdup_printf ("story.act:0-4 story.act:7-%" G_GSIZE_FORMAT, mark + strlen ("\u0304"));
  g_assert_cmpstr (text, ==, expected);
  again = acc_passages_from_text (letter, text, NULL);
  back = acc_passages_to_text (again);
  g_assert_cmpstr (back, ==, text);
}

static void
test_what_is_no_passage_is_refused (void)
{
  static const char *const texts[]
    = { "", "story.act", "story.act:", "story.act:0", "story.act:0-", "story.act:4-4", "story.act:5-4",
        "story.act:0-9999", "story.need:0-1", "to[0].name:0-3", "to[3].called:0-3", "story.act:-1-3", "from[1].name:0-3",
        "from[4].name:0-3", "from.name:0-3", "from[0].signature:0-3", "to[0].department:0-3", "banker.name:0-3", "story.act:0-3 ", "story.act:0-3x",
        "story.act:1-2" };
  g_autoptr (AccLetter) letter = test_letter_of ("éabc and more", "en");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (acc_passages_from_text (letter, texts[i], &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED);
    }
}

/* All of a letter's story may be taken out: what is left still thanks somebody. */
static void
test_all_of_it_can_be_taken_out (void)
{
  g_autoptr (AccLetter) letter = test_letter ("banker");
  AccPassage all[] = { { ACC_FIELD_STORY_NEED, 0, 0 }, { ACC_FIELD_STORY_ACT, 0, 0 },
                       { ACC_FIELD_STORY_DIFFERENCE, 0, 0 }, { ACC_FIELD_BANKER_WORDS, 0, 0 } };
  AccPassage taken[G_N_ELEMENTS (all)];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      all[i].end = strlen (acc_letter_get_text (letter, all[i].field, 0));
      if (all[i].end > 0)
        taken[n++] = all[i];
    }

  g_autoptr (GArray) passages = acc_passages_new (letter, taken, n, NULL);
  const AccEdition edition = edition_of (letter, FALSE, passages);
  g_autoptr (AccPages) pages = typeset (&edition);
  g_autoptr (GBytes) pdf = write_edition (&edition);

  g_assert_cmpuint (count_bars (pages), ==, n);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edition/large-print/large", test_large_print_is_large);
  g_test_add_func ("/edition/large-print/as-well-described", test_it_is_as_well_described);
  g_test_add_func ("/edition/large-print/same-bytes", test_the_same_bytes_again);
  g_test_add_func ("/edition/apart", test_nothing_stands_over_another);
  g_test_add_func ("/edition/says-so", test_it_says_what_it_is);
  g_test_add_func ("/edition/original", test_the_original_is_none);
  g_test_add_func ("/edition/blacked-out/nothing-left", test_nothing_of_the_words_is_left);
  g_test_add_func ("/edition/blacked-out/no-guess", test_no_guess_can_be_tried);
  g_test_add_func ("/edition/names/nothing-left", test_nothing_of_the_names_is_left);
  g_test_add_func ("/edition/names/no-guess", test_no_name_can_be_guessed);
  g_test_add_func ("/edition/names/in-place", test_bars_stand_where_the_names_were);
  g_test_add_func ("/edition/names/addressee-stays", test_whom_it_is_for_stays);
  g_test_add_func ("/edition/blacked-out/bar-is-seen", test_a_bar_is_seen);
  g_test_add_func ("/edition/blacked-out/no-false-bar", test_what_looks_like_a_bar_is_none);
  g_test_add_func ("/edition/blacked-out/in-place", test_bars_stand_where_the_words_were);
  g_test_add_func ("/edition/blacked-out/all-of-it", test_all_of_it_can_be_taken_out);
  g_test_add_func ("/edition/passages/tidied", test_passages_are_tidied);
  g_test_add_func ("/edition/passages/refused", test_what_is_no_passage_is_refused);
  return g_test_run ();
}
