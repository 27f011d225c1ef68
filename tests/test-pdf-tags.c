/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PDF as someone meets it who cannot see it: tags, words for figures, facts about the letter. Read by poppler's,
 * qpdf's and libxml2's programs. */
#include "base/error.h"
#include "letter/signature.h"
#include "paper-support.h"
#include "paper/pdf-finish.h"
#include "paper/reading-private.h"
#include "paper/scripts-private.h"

#include <json-glib/json-glib.h>
#include <stdarg.h>

#define BANK "Harbour & Vale Bank"
#define BRANCH "Market Street branch" /* of test_pages */
#define XREF_LINE 20 /* bytes of a table of lines that tell of one object */

/* A PDF in a file, and qpdf's view of its objects. */
typedef struct {
  char *folder, *path;
  JsonParser *parser;
  JsonObject *objects; /* "obj:1 0 R" → {"value": …} */
} File;

/* What the program says; it says nothing on standard error. */
static char *
run (const char *program, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *complaints = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = -1;
  va_list list;

  va_start (list, program);
  for (const char *word = program; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer) word);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &complaints, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (complaints, ==, "");
  g_assert_cmpint (status, ==, 0);
  return output;
}

static File *
file_new (GBytes *pdf)
{
  File *file = g_new0 (File, 1);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  file->folder = test_folder_new ();
  file->path = g_build_filename (file->folder, "letter.pdf", NULL);
  g_file_set_contents (file->path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);

  json = run ("qpdf", "--json=2", "--json-key=qpdf", "--json-stream-data=none", file->path, NULL);
  file->parser = json_parser_new ();
  json_parser_load_from_data (file->parser, json, -1, &error);
  g_assert_no_error (error);
  file->objects = json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (json_parser_get_root (file->parser)), "qpdf"), 1);
  return file;
}

static void
file_free (File *file)
{
  g_object_unref (file->parser);
  test_folder_free (file->folder);
  g_free (file->path);
  g_free (file);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (File, file_free)

static File *
file_new_of (AccPages *pages)
{
  g_autoptr (GBytes) pdf = test_pdf (pages);

  return file_new (pdf);
}

/* What stands in the dictionary below @key, "1 0 R" followed to the object; NULL where there is nothing. */
static JsonNode *
look (File *file, JsonObject *dictionary, const char *key)
{
  JsonNode *node = json_object_get_member (dictionary, key);
  g_autofree char *name = NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return node;
  name = g_strconcat ("obj:", json_node_get_string (node), NULL);
  if (!json_object_has_member (file->objects, name))
    return node;

  JsonObject *object = json_object_get_object_member (file->objects, name);

  if (json_object_has_member (object, "stream"))
    return json_object_get_member (json_object_get_object_member (object, "stream"), "dict");
  return json_object_get_member (object, "value");
}

static JsonObject *
look_dictionary (File *file, JsonObject *dictionary, const char *key)
{
  JsonNode *node = look (file, dictionary, key);

  g_assert_nonnull (node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_node_get_object (node);
}

/* A text without qpdf's sign for it, or a name; NULL where there is neither. */
static const char *
look_text (File *file, JsonObject *dictionary, const char *key)
{
  JsonNode *node = look (file, dictionary, key);
  const char *text = node == NULL ? NULL : json_node_get_string (node);

  return text != NULL && g_str_has_prefix (text, "u:") ? text + 2 : text;
}

static JsonObject *
get_trailer (File *file)
{
  return json_object_get_object_member (json_object_get_object_member (file->objects, "trailer"), "value");
}

static JsonObject *
get_catalogue (File *file)
{
  return look_dictionary (file, get_trailer (file), "/Root");
}

/* Every letter of the fixtures. */
static GPtrArray *
list_letters (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (TEST_FIXTURES "/letters", 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strndup (name, strcspn (name, ".")));
  g_assert_cmpuint (names->len, >=, test_n_letters);
  return names;
}

static gboolean
is_drawn (const AccBlock *block)
{
  return block->signature != NULL && acc_signature_get_kind (block->signature) != ACC_SIGNATURE_WITNESSED;
}

static gboolean
is_address (const AccBlock *block)
{
  return block->role == ACC_BLOCK_ADDRESSEE || block->role == ACC_BLOCK_QUIET || block->role == ACC_BLOCK_DAY;
}

/* --- the structure --- */

static void
expect_signature (GString *outline, const AccBlock *block)
{
  g_string_append (outline, is_drawn (block) ? "  Figure\n  P (block)\n" : "  P (block)\n");
  if (block->note != NULL)
    g_string_append (outline, "  P (block)\n");
}

/* What poppler should find, from what is on the paper: one element a block. */
static char *
expect_outline (AccComposition *composition)
{
  GString *outline = g_string_new ("Document\n  Figure\n  P (block)\n  P (block)\n"); /* emblem, bank, branch */
  gboolean in_address = FALSE;

  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);

      if (is_address (block) && !in_address)
        g_string_append (outline, "  Div\n");
      in_address = is_address (block);
      if (in_address)
        g_string_append (outline, block->role == ACC_BLOCK_ADDRESSEE ? "    H1 (block)\n" : "    P (block)\n");
      else if (block->role == ACC_BLOCK_SIGNATURE)
        expect_signature (outline, block);
      else
        g_string_append (outline, block->role == ACC_BLOCK_HEADING ? "  H2 (block)\n" : "  P (block)\n");
    }
  return g_string_free (outline, FALSE);
}

/* The first text of each element that is not a figure. Poppler 22.12 gives an element's text up to the first ligature
 * or end of a line. */
static GPtrArray *
list_texts (const char *struct_text)
{
  g_auto (GStrv) lines = g_strsplit (struct_text, "\n", -1);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  gboolean wanted = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strchug (lines[i]);

      if (wanted && line[0] == '"')
        {
          g_autofree char *text = g_strndup (line + 1, strlen (line) - 2);

          g_ptr_array_add (texts, g_utf8_normalize (text, -1, G_NORMALIZE_NFKC));
          wanted = FALSE;
        }
      else if (line[0] != '"')
        wanted = g_str_has_prefix (line, "P ") || g_str_has_prefix (line, "H");
    }
  return texts;
}

static void
assert_begins (GPtrArray *texts, guint at, const char *expected)
{
  g_assert_cmpuint (at, <, texts->len);

  const char *found = g_ptr_array_index (texts, at);

  if (!g_str_is_ascii (expected)) /* poppler's structure reader garbles what is not */
    return;
  g_assert_cmpstr (found, !=, "");
  if (!g_str_has_prefix (expected, found))
    g_assert_cmpstr (found, ==, expected);
}

static void
assert_texts (AccComposition *composition, GPtrArray *texts)
{
  guint at = 0;

  assert_begins (texts, at++, BANK);
  assert_begins (texts, at++, acc_composition_get_branch (composition));
  for (guint i = 0; i < acc_composition_get_n_blocks (composition); i++)
    {
      const AccBlock *block = acc_composition_get_block (composition, i);

      assert_begins (texts, at++, block->text);
      if (block->note != NULL)
        assert_begins (texts, at++, block->note);
    }
  g_assert_cmpuint (at, ==, texts->len);
}

static void
assert_structure (AccPages *pages)
{
  AccComposition *composition = acc_pages_get_composition (pages);
  g_autoptr (File) file = file_new_of (pages);
  g_autofree char *outline = run ("pdfinfo", "-struct", file->path, NULL);
  g_autofree char *expected = expect_outline (composition);
  g_autofree char *struct_text = run ("pdfinfo", "-struct-text", file->path, NULL);
  g_autoptr (GPtrArray) texts = list_texts (struct_text);

  g_assert_cmpstr (outline, ==, expected);
  assert_texts (composition, texts);
}

static void
test_structure_is_the_letter (void)
{
  g_autoptr (GPtrArray) names = list_letters ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (g_ptr_array_index (names, i));

      g_test_message ("%s", (char *) g_ptr_array_index (names, i));
      assert_structure (pages);
    }
}

static AccPages *
set_cover (void)
{
  const AccCoverText text = {
    .branch = BRANCH, .number = TEST_NUMBER, .date = "2026-11-21", .language = "en",
    .to_name = "Samuel Price", .to_line = "Supervisor, Fraud Operations",
    .subject = "A letter of thanks for Jessica Okafor", .salutation = "Dear Samuel Price,",
    .paragraph = "The client asked that you have this.\nIt is the first from us.",
    .signed_name = "Daniel Reyes", .signed_line = "Banker, Market Street branch",
  };
  g_autoptr (AccWording) wording = test_wording ("en");
  g_autoptr (AccComposition) composition = acc_composition_new_cover (&text, wording);
  g_autoptr (GError) error = NULL;
  AccPages *pages = acc_typeset (composition, test_letterhead (), &error);

  g_assert_no_error (error);
  return pages;
}

static void
test_structure_of_a_cover (void)
{
  g_autoptr (AccPages) pages = set_cover ();

  assert_structure (pages);
}

/* --- figures --- */

static void
collect_figures (File *file, JsonObject *parent, GPtrArray *figures)
{
  JsonNode *children = look (file, parent, "/K");

  if (children == NULL || !JSON_NODE_HOLDS_ARRAY (children))
    return;

  JsonArray *array = json_node_get_array (children);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (JsonObject) holder = json_object_new ();

      json_object_set_member (holder, "child", json_array_dup_element (array, i));

      JsonNode *child = look (file, holder, "child");
      if (!JSON_NODE_HOLDS_OBJECT (child))
        continue;
      if (g_strcmp0 (look_text (file, json_node_get_object (child), "/S"), "/Figure") == 0)
        g_ptr_array_add (figures, g_strdup (look_text (file, json_node_get_object (child), "/Alt")));
      collect_figures (file, json_node_get_object (child), figures);
    }
}

/* What the figures show, in the order of the structure, with a bar after each. */
static char *
read_figures (AccPages *pages)
{
  g_autoptr (File) file = file_new_of (pages);
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func (g_free);
  GString *told = g_string_new (NULL);

  collect_figures (file, look_dictionary (file, get_catalogue (file), "/StructTreeRoot"), figures);
  for (guint i = 0; i < figures->len; i++)
    g_string_append_printf (told, "%s|", (char *) g_ptr_array_index (figures, i));
  return g_string_free (told, FALSE);
}

static const struct {
  const char *letter, *figures;
} told[] = {
  { "two-sentences", "Emblem of " BANK "|Signature of Maria López|" },                                     /* typed */
  { "three-pages", "Emblem of " BANK "|Signature of Eleanor Prakash-Hughes|Signature of Rhys Hughes|" }, /* drawn too */
  { "witnessed", "Emblem of " BANK "|" }, /* no signature is drawn */
};

static void
test_figures_are_told_in_order (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (told[i].letter);
      g_autofree char *figures = read_figures (pages);

      g_assert_cmpstr (figures, ==, told[i].figures);
    }
}

static const struct {
  const char *language, *figures;
} languages[] = {
  { "de", "Emblem: " BANK "|Unterschrift: Maria López|" },
  { "es-MX", "Emblema de " BANK "|Firma de Maria López|" },
  { "fr", "Emblème : " BANK "|Signature : Maria López|" },
  { "pl", "Godło: " BANK "|Podpis: Maria López|" },
  { "ar", "شعار " BANK "|توقيع Maria López|" },
  { "cy", "Emblem of " BANK "|Signature of Maria López|" }, /* the bank has no words in it */
};

static void
test_figures_are_told_in_the_letters_language (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (AccLetter) letter = test_letter_of ("Thank you.", languages[i].language);
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autofree char *figures = read_figures (pages);

      g_assert_cmpstr (figures, ==, languages[i].figures);
    }
}

/* --- the facts --- */

static void
test_viewer_is_told_how_to_show_it (void)
{
  g_autoptr (GPtrArray) names = list_letters ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (AccLetter) letter = test_letter (g_ptr_array_index (names, i));
      g_autoptr (AccPages) pages = test_pages (letter);
      const char *language = acc_letter_get_fields (letter)->language;
      gboolean from_right = g_str_equal (language, "ar") || g_str_equal (language, "he");
      g_autoptr (File) file = file_new_of (pages);
      JsonObject *catalogue = get_catalogue (file), *viewer = look_dictionary (file, catalogue, "/ViewerPreferences");

      g_assert_cmpstr (look_text (file, catalogue, "/Lang"), ==, language);
      g_assert_true (json_object_get_boolean_member (look_dictionary (file, catalogue, "/MarkInfo"), "/Marked"));
      g_assert_true (json_object_get_boolean_member (viewer, "/DisplayDocTitle"));
      g_assert_cmpstr (look_text (file, viewer, "/Direction"), ==, from_right ? "/R2L" : NULL);
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (get_trailer (file), "/ID")), ==, 2);
    }
}

static void
test_tab_follows_the_structure_on_each_page (void)
{
  g_autoptr (AccPages) pages = test_pages_named ("three-pages");
  g_autoptr (File) file = file_new_of (pages);
  g_autoptr (GList) objects = json_object_get_values (file->objects);
  guint n = 0;

  for (GList *at = objects; at != NULL; at = at->next)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (at->data), "value");

      if (value == NULL || !JSON_NODE_HOLDS_OBJECT (value)
          || g_strcmp0 (look_text (file, json_node_get_object (value), "/Type"), "/Page") != 0)
        continue;
      g_assert_cmpstr (look_text (file, json_node_get_object (value), "/Tabs"), ==, "/S");
      n++;
    }
  g_assert_cmpuint (n, ==, acc_pages_get_count (pages));
}

/* What the XMP says below the element's name. */
static char *
read_xmp (const char *path, const char *element)
{
  g_autofree char *query = g_strdup_printf ("normalize-space(//*[local-name()='%s'])", element);

  return g_strchomp (run ("xmllint", "--xpath", query, path, NULL));
}

static char *
keep_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

/* Where the information dictionary has what the XMP has. */
static const struct {
  const char *key, *element;
} agreeing[] = {
  { "/Title", "title" },
  { "/Author", "creator" },
  { "/Creator", "CreatorTool" },
  { "/Producer", "Producer" },
};

static void
assert_metadata (const char *name)
{
  g_autoptr (AccLetter) letter = test_letter (name);
  g_autoptr (AccPages) pages = test_pages (letter);
  g_autoptr (File) file = file_new_of (pages);
  JsonObject *information = look_dictionary (file, get_trailer (file), "/Info");
  g_autofree char *xmp = run ("pdfinfo", "-meta", file->path, NULL);
  g_autofree char *path = g_build_filename (file->folder, "meta.xml", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, xmp, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (agreeing); i++)
    {
      g_autofree char *value = read_xmp (path, agreeing[i].element);

      g_assert_cmpstr (value, ==, look_text (file, information, agreeing[i].key));
      g_assert_cmpstr (value, !=, "");
    }

  g_autofree char *language = read_xmp (path, "language"), *created = read_xmp (path, "CreateDate");
  g_autofree char *xmp_date = keep_digits (created);
  g_autofree char *date = g_strdup_printf ("D:%sZ", xmp_date);

  g_assert_cmpstr (language, ==, acc_letter_get_fields (letter)->language);
  g_assert_true (g_str_has_prefix (created, acc_letter_get_fields (letter)->date));
  g_assert_cmpstr (look_text (file, information, "/CreationDate"), ==, date);
}

static void
test_metadata_agrees_with_itself (void)
{
  g_autoptr (GPtrArray) names = list_letters ();

  for (guint i = 0; i < names->len; i++)
    assert_metadata (g_ptr_array_index (names, i));
}

/* --- what is not there, and what is said in which order --- */

static const char *const acting[] = {
  "/Link", "/JavaScript", "/JS",      "/Launch",       "/URI",   "/OpenAction", "/AA",       "/A",
  "/Annots", "/AcroForm", "/GoToR",   "/EmbeddedFile", "/EF",    "/SubmitForm", "/RichMedia", "/Names",
};

static void
test_nothing_acts (void)
{
  g_autoptr (GPtrArray) names = list_letters ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (g_ptr_array_index (names, i));
      g_autoptr (File) file = file_new_of (pages);
      g_autofree char *json = json_to_string (json_parser_get_root (file->parser), FALSE);
      g_autofree char *checked = run ("qpdf", "--check", file->path, NULL);

      g_assert_nonnull (strstr (json, "\"/StructTreeRoot\"")); /* so would the others be found */
      for (guint k = 0; k < G_N_ELEMENTS (acting); k++)
        {
          g_autofree char *word = g_strdup_printf ("\"%s\"", acting[k]);

          g_assert_null (strstr (json, word));
        }
    }
}

/* Finds the beginning of @text in what was read, after what was found before it. */
static void
assert_follows (const GArray *read, const char *text, guint *from)
{
  g_autofree char *beginning = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 24));
  g_autoptr (GArray) wanted = acc_reading_new (beginning, G_NORMALIZE_NFKC);

  if (!acc_reading_find (read, *from, wanted, from))
    g_error ("“%s” is not read where it should be", beginning);
}

static void
test_text_selects_in_reading_order (void)
{
  g_autoptr (GPtrArray) names = list_letters ();

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (g_ptr_array_index (names, i));
      AccComposition *composition = acc_pages_get_composition (pages);
      g_autoptr (File) file = file_new_of (pages);
      g_autofree char *text = run ("pdftotext", "-enc", "UTF-8", file->path, "-", NULL);
      g_autoptr (GArray) read = acc_reading_new (text, G_NORMALIZE_NFKC);
      guint from = 0;

      assert_follows (read, BANK, &from);
      for (guint k = 0; k < acc_composition_get_n_blocks (composition); k++)
        {
          const AccBlock *block = acc_composition_get_block (composition, k);

          if (!acc_text_is_complex (block->text))
            assert_follows (read, block->text, &from);
        }
    }
}

/* As newer cairo writes them, and as what is finished has them. */
static void
test_objects_within_others_are_finished_too (void)
{
  static const char *const figures[] = { "One", "Two", NULL };
  const AccPdfFacts facts = {
    .language = "pl", .title = "A", .author = "B", .date = "2026-11-21", .figures = figures,
  };
  g_autoptr (AccPages) pages = test_pages_named ("two-sentences");
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) finished = acc_pdf_finish (pdf, &facts, &error);
  g_autoptr (File) file = NULL;

  g_assert_no_error (error);
  file = file_new (finished);
  g_assert_cmpstr (look_text (file, get_catalogue (file), "/Lang"), ==, "pl");
}

#define MANY 70000 /* more than two bytes count */

/* A PDF of one empty page, whose objects come after many others. */
static GBytes *
many_objects_new (void)
{
  static const char *const last[]
    = { "<< /Type /Catalog /Pages 70002 0 R >>", "<< /Type /Pages /Kids [70003 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 70002 0 R /MediaBox [0 0 9 9] >>", "<< /Creator (A) /Producer (B) >>" };
  const guint n = MANY + G_N_ELEMENTS (last);
  GString *pdf = g_string_new ("%PDF-1.5\n");
  g_autoptr (GString) table = g_string_new ("0000000000 65535 f \n");
  gsize begin;

  for (guint number = 1; number <= n; number++)
    {
      g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", pdf->len);
      g_string_append_printf (pdf, "%u 0 obj\n%s\nendobj\n", number, number > MANY ? last[number - MANY - 1] : "null");
    }
  begin = pdf->len;
  g_string_append_printf (pdf, "xref\n0 %u\n%strailer\n<< /Size %u /Root 70001 0 R /Info 70004 0 R >>\nstartxref\n"
                          "%" G_GSIZE_FORMAT "\n%%%%EOF\n", n + 1, table->str, n + 1, begin);
  return g_string_free_to_bytes (pdf);
}

static void
test_the_last_of_very_many_objects_is_found (void)
{
  static const char *const none[] = { NULL };
  const AccPdfFacts facts = { .language = "en", .title = "A", .author = "B", .date = "2026-11-21", .figures = none };
  g_autoptr (GBytes) pdf = many_objects_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) finished = acc_pdf_finish (pdf, &facts, &error);
  g_autoptr (File) file = NULL;
  g_autofree char *shown = NULL;

  g_assert_no_error (error);
  file = file_new (finished);
  shown = run ("pdfinfo", file->path, NULL); /* poppler takes an object by its place, qpdf by its number */
  g_assert_nonnull (strstr (shown, "9 x 9 pts"));
}

/* --- how large it is --- */

/* Of one page, in scripts that a face or two write. Those with accents take the most: their letters come as two fonts. */
static const char *const alphabetic[] = { "full-page", "accents", "polish", "greek", "cyrillic" };

static void
test_a_page_of_an_alphabet_takes_30_kilobytes_at_most (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (alphabetic); i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (alphabetic[i]);
      g_autoptr (GBytes) pdf = test_pdf (pages);

      g_test_message ("%s", alphabetic[i]);
      g_assert_cmpuint (acc_pages_get_count (pages), ==, 1);
      g_assert_cmpuint (g_bytes_get_size (pdf), <=, 30 * 1000);
    }
}

/* --- what cannot be finished --- */

/* The same, with each object on its own and a table of lines, as cairo 1.16 writes it. */
static GBytes *
unpack_objects (GBytes *pdf)
{
  char *folder = test_folder_new ();
  g_autofree char *packed = g_build_filename (folder, "packed.pdf", NULL);
  g_autofree char *plain = g_build_filename (folder, "plain.pdf", NULL);
  g_autofree char *nothing = NULL;
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_set_contents (packed, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  nothing = run ("qpdf", "--object-streams=disable", packed, plain, NULL);
  g_file_get_contents (plain, &data, &length, &error);
  g_assert_no_error (error);
  test_folder_free (folder);
  return g_bytes_new_take (data, length);
}

static void
assert_unfinished (const char *data, gsize length, const char *const *figures)
{
  const AccPdfFacts facts = {
    .language = "en", .title = "A", .author = "B", .date = "2026-11-21", .figures = figures,
  };
  g_autoptr (GBytes) pdf = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_pdf_finish (pdf, &facts, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_true (g_str_has_prefix (error->message, "The letter cannot be written as a PDF: "));
}

/* An object nowhere, and two in one place. */
static void
assert_wrong_tables_are_unfinished (GBytes *pdf, const char *const *figures)
{
  g_autoptr (GBytes) plain = unpack_objects (pdf);
  gsize length;
  const char *data = g_bytes_get_data (plain, &length);
  g_autofree char *nowhere = g_memdup2 (data, length), *twice = g_memdup2 (data, length);
  const char *table = memmem (data, length, "\nxref\n", 6);
  gsize first = strchr (table + 6, '\n') + 1 + XREF_LINE - data;

  nowhere[first] = '9';
  memcpy (twice + first + XREF_LINE, twice + first, XREF_LINE);
  assert_unfinished (nowhere, length, figures);
  assert_unfinished (twice, length, figures);
}

/* No PDF, half of one, one whose table of objects is wrong, and figures of which nobody has told, or too many. */
static void
test_errors_are_told_and_standard_error_is_left_alone (void)
{
  static const char *const none[] = { NULL }, *const right[] = { "One", "Two", NULL };
  static const char *const many[] = { "One", "Two", "Three", NULL };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      g_test_trap_assert_stderr ("");
      return;
    }

  g_autoptr (AccPages) pages = test_pages_named ("two-sentences");
  g_autoptr (GBytes) pdf = test_pdf (pages);
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);

  assert_unfinished ("", 0, right);
  assert_unfinished ("Dear Jessica,", 13, right);
  assert_unfinished (data, length / 2, right);
  assert_wrong_tables_are_unfinished (pdf, right);
  assert_unfinished (data, length, none);
  assert_unfinished (data, length, many);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf-tags/structure-is-the-letter", test_structure_is_the_letter);
  g_test_add_func ("/pdf-tags/structure-of-a-cover", test_structure_of_a_cover);
  g_test_add_func ("/pdf-tags/figures-are-told-in-order", test_figures_are_told_in_order);
  g_test_add_func ("/pdf-tags/figures-are-told-in-the-letters-language", test_figures_are_told_in_the_letters_language);
  g_test_add_func ("/pdf-tags/viewer-is-told-how-to-show-it", test_viewer_is_told_how_to_show_it);
  g_test_add_func ("/pdf-tags/tab-follows-the-structure-on-each-page", test_tab_follows_the_structure_on_each_page);
  g_test_add_func ("/pdf-tags/metadata-agrees-with-itself", test_metadata_agrees_with_itself);
  g_test_add_func ("/pdf-tags/nothing-acts", test_nothing_acts);
  g_test_add_func ("/pdf-tags/text-selects-in-reading-order", test_text_selects_in_reading_order);
  g_test_add_func ("/pdf-tags/objects-within-others-are-finished-too", test_objects_within_others_are_finished_too);
  g_test_add_func ("/pdf-tags/the-last-of-very-many-objects-is-found", test_the_last_of_very_many_objects_is_found);
  g_test_add_func ("/pdf-tags/a-page-of-an-alphabet-takes-30-kilobytes-at-most",
                   test_a_page_of_an_alphabet_takes_30_kilobytes_at_most);
  g_test_add_func ("/pdf-tags/errors-are-told-and-standard-error-is-left-alone",
                   test_errors_are_told_and_standard_error_is_left_alone);
  return g_test_run ();
}
