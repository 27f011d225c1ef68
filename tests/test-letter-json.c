/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letter as JSON: what is read, what is refused and by which name, and that nothing changes on the way. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "letter/letter-json.h"
#include "support.h"

/* Every field that a letter may have, once. */
static const char whole[] = "{ \"format\": 1,"
                            "  \"to\": [ { \"name\": \"Jessica Okafor\", \"called\": \"Jessica\","
                            "              \"department\": \"Fraud Operations\", \"reached\": \"phone\" } ],"
                            "  \"story\": { \"need\": \"n\", \"act\": \"a\", \"difference\": \"d\" },"
                            "  \"banker\": { \"name\": \"Daniel Reyes\", \"words\": \"He waited with me.\" },"
                            "  \"from\": [ { \"name\": \"Maria L\\u00f3pez\","
                            "                \"signature\": { \"typed\": \"Maria L\\u00f3pez\" } } ],"
                            "  \"consent\": { \"version\": 1, \"file\": true, \"share\": false, \"contact\": \"c\" },"
                            "  \"asked_by_staff\": \"no\", \"apart\": \"p\","
                            "  \"served_on\": \"2026-11-20\", \"date\": \"2026-11-21\","
                            "  \"language\": \"en\", \"paper\": \"letter\" }";

typedef enum { TEXT, CHOICE, BOOLEAN, NUMBER, LIST, OBJECT } FieldType;

static const struct {
  const char *path;
  FieldType type;
  gboolean required;
} fields[] = {
  { "format", NUMBER, FALSE },
  { "to", LIST, TRUE },
  { "to[0].name", TEXT, TRUE },
  { "to[0].called", TEXT, FALSE },
  { "to[0].department", TEXT, TRUE },
  { "to[0].reached", CHOICE, TRUE },
  { "story", OBJECT, TRUE },
  { "story.need", TEXT, FALSE },
  { "story.act", TEXT, FALSE },
  { "story.difference", TEXT, FALSE },
  { "banker", OBJECT, FALSE },
  { "banker.name", TEXT, TRUE },
  { "banker.words", TEXT, FALSE },
  { "from", LIST, TRUE },
  { "from[0].name", TEXT, TRUE },
  { "from[0].signature", OBJECT, TRUE },
  { "consent", OBJECT, TRUE },
  { "consent.version", NUMBER, FALSE },
  { "consent.file", BOOLEAN, TRUE },
  { "consent.share", BOOLEAN, TRUE },
  { "consent.contact", TEXT, FALSE },
  { "asked_by_staff", CHOICE, FALSE },
  { "apart", TEXT, FALSE },
  { "served_on", TEXT, FALSE },
  { "date", TEXT, TRUE },
  { "language", TEXT, TRUE },
  { "paper", CHOICE, TRUE },
};

/* The object that holds the last member of @path, and that member's name. */
static JsonObject *
find_holder (JsonNode *root, const char *path, char **name)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  JsonObject *object = json_node_get_object (root);

  for (guint i = 0; parts[i + 1] != NULL; i++)
    {
      char *bracket = strchr (parts[i], '[');

      if (bracket == NULL)
        {
          object = json_object_get_object_member (object, parts[i]);
          continue;
        }
      *bracket = '\0';
      object = json_array_get_object_element (json_object_get_array_member (object, parts[i]),
                                              (guint) g_ascii_strtoull (bracket + 1, NULL, 10));
    }
  *name = g_strdup (parts[g_strv_length (parts) - 1]);
  return object;
}

/* The whole letter with @path set to the JSON @value, or taken away where it is NULL. */
static char *
with (const char *path, const char *value)
{
  g_autoptr (JsonNode) root = json_from_string (whole, NULL);
  g_autofree char *name = NULL;
  JsonObject *holder = find_holder (root, path, &name);

  if (value != NULL)
    json_object_set_member (holder, name, json_from_string (value, NULL));
  else
    json_object_remove_member (holder, name);
  return json_to_string (root, FALSE);
}

static char *
with_text (const char *path, const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *value = NULL;

  json_node_set_string (node, text);
  value = json_to_string (node, FALSE);
  return with (path, value);
}

static AccLetter *
read_text (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return acc_letter_from_json (bytes, error);
}

static void
assert_read (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = read_text (text, &error);

  g_assert_no_error (error);
  g_assert_true (ACC_IS_LETTER (letter));
}

static void
assert_refused (const char *text, const char *start, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = read_text (text, &error);

  g_assert_null (letter);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
  if (!g_str_has_prefix (error->message, start) || strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s … %s”", error->message, start, words);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* ---- what is read ---- */

static char *
write_letter (AccLetter *letter)
{
  g_autoptr (GBytes) bytes = acc_letter_to_json (letter);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
every_fixture_comes_back_as_it_was_written (void)
{
  g_autofree char *folder = test_fixture_path ("letters");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir), n++)
    {
      g_autofree char *path = g_build_filename ("letters", name, NULL);
      g_autoptr (GBytes) bytes = test_fixture (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (AccLetter) letter = acc_letter_from_json (bytes, &error);
      g_autoptr (AccLetter) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_again = NULL;

      g_test_message ("%s", name);
      g_assert_no_error (error);
      text = write_letter (letter);
      again = read_text (text, &error);
      g_assert_no_error (error);
      text_again = write_letter (again);
      g_assert_cmpstr (text, ==, text_again);
      if (strstr (text, "strokes") == NULL)
        {
          g_autofree char *source = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
          g_autoptr (JsonNode) written = json_from_string (source, NULL);
          g_autoptr (JsonNode) kept = acc_letter_to_json_node (letter);

          g_assert_true (json_node_equal (written, kept));
        }
    }
  g_assert_cmpuint (n, >=, 8);
}

static void
the_whole_letter_is_read_field_by_field (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = read_text (whole, &error);
  const AccLetterFields *read;

  g_assert_no_error (error);
  read = acc_letter_get_fields (letter);
  g_assert_cmpuint (read->n_to, ==, 1);
  g_assert_cmpstr (read->to[0].name, ==, "Jessica Okafor");
  g_assert_cmpstr (read->to[0].called, ==, "Jessica");
  g_assert_cmpstr (read->to[0].department, ==, "Fraud Operations");
  g_assert_cmpint (read->to[0].reached, ==, ACC_REACHED_PHONE);
  g_assert_cmpstr (read->need, ==, "n");
  g_assert_cmpstr (read->act, ==, "a");
  g_assert_cmpstr (read->difference, ==, "d");
  g_assert_true (read->thanks_banker);
  g_assert_cmpstr (read->banker_name, ==, "Daniel Reyes");
  g_assert_cmpstr (read->banker_words, ==, "He waited with me.");
  g_assert_cmpstr (read->from[0].name, ==, "Maria López");
  g_assert_cmpstr (acc_signature_get_text (read->from[0].signature), ==, "Maria López");
  g_assert_true (read->consent_file);
  g_assert_false (read->consent_share);
  g_assert_cmpstr (read->consent_contact, ==, "c");
  g_assert_cmpint (read->asked_by_staff, ==, ACC_ASKED_NO);
  g_assert_cmpstr (read->apart, ==, "p");
  g_assert_cmpstr (read->served_on, ==, "2026-11-20");
  g_assert_cmpstr (read->date, ==, "2026-11-21");
  g_assert_cmpint (read->paper, ==, ACC_PAPER_LETTER);
}

static void
what_is_left_out_has_its_default (void)
{
  static const char least[]
    = "{ \"to\": [ { \"name\": \"Jessica\", \"department\": \"Cards\", \"reached\": \"online\" } ],"
                              "  \"story\": { \"act\": \"a\" }, \"date\": \"2026-11-21\","
                              "  \"from\": [ { \"name\": \"Ana\", \"signature\": { \"witnessed\": \"Daniel\" } } ],"
                              "  \"consent\": { \"file\": false, \"share\": true },"
                              "  \"language\": \"es-MX\", \"paper\": \"a4\" }";
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetter) letter = read_text (least, &error);
  const AccLetterFields *read;

  g_assert_no_error (error);
  read = acc_letter_get_fields (letter);
  g_assert_cmpstr (read->to[0].called, ==, "Jessica");
  g_assert_cmpstr (read->need, ==, "");
  g_assert_false (read->thanks_banker);
  g_assert_cmpuint (read->consent_version, ==, ACC_CONSENT_VERSION);
  g_assert_cmpint (read->asked_by_staff, ==, ACC_ASKED_UNSAID);
  g_assert_cmpstr (read->apart, ==, "");
  g_assert_cmpstr (read->served_on, ==, "2026-11-21");
  g_assert_cmpint (acc_signature_get_kind (read->from[0].signature), ==, ACC_SIGNATURE_WITNESSED);
}

static void
a_banker_may_be_null_and_nothing_else_may (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = with (fields[i].path, "null");

      if (strcmp (fields[i].path, "banker") == 0)
        assert_read (text);
      else
        assert_refused (text, fields[i].path, "must");
    }
}

/* ---- what is refused ---- */

static void
each_field_is_required_or_has_a_default (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = with (fields[i].path, NULL);

      g_test_message ("%s", fields[i].path);
      if (fields[i].required)
        assert_refused (text, fields[i].path, "is missing");
      else
        assert_read (text);
    }
}

/* A value of another type than the field's. */
static const struct {
  const char *value;
  guint fits; /* bits of FieldType */
} other_values[] = {
  { "true", 1 << BOOLEAN }, { "\"true\"", 1 << TEXT },  { "1", 1 << NUMBER },  { "1.0", 0 }, { "1e3", 0 },
  { "\"\"", 1 << TEXT },    { "[]", 0 },                { "{}", 0 },           { "[[]]", 0 }, { "[1]", 0 },
  { "-1", 0 },              { "99999999999999999999", 0 }, { "[null]", 0 },
};

static void
each_field_takes_its_own_type_only (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = 0; j < G_N_ELEMENTS (other_values); j++)
      {
        g_autofree char *text = with (fields[i].path, other_values[j].value);

        g_test_message ("%s = %s", fields[i].path, other_values[j].value);
        if ((other_values[j].fits & 1u << fields[i].type) == 0)
          assert_refused (text, fields[i].path, "");
      }
}

static void
an_unknown_field_is_refused_by_its_path (void)
{
  static const char *const paths[] = { "nickname", "to[0].nickname", "story.nickname", "banker.nickname",
                                       "from[0].nickname", "from[0].signature.nickname", "consent.nickname" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = with (paths[i], "1");

      assert_refused (text, paths[i], "is not a field of a letter");
    }
}

static void
a_hostile_field_s_name_stays_one_clean_line (void)
{
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *text = g_strdup_printf ("{ \"a\\n\\u202e%s\": 1 }", long_name);

  assert_refused (text, "a xxx", "is not a field of a letter");
}

static void
a_doubled_field_is_refused_by_its_path (void)
{
  static const char *const cases[][3] = {
    { "\"format\": 1,", "\"format\": 1, \"format\": 1,", "format" },
    { "\"called\": \"Jessica\",", "\"called\": \"Jessica\", \"called\": \"Jess\",", "to[0].called" },
    { "\"need\": \"n\",", "\"need\": \"n\", \"n\\u0065ed\": \"m\",", "story.need" },
    { "\"words\": \"He", "\"name\": \"x\", \"words\": \"He", "banker.name" },
    { "\"file\": true,", "\"file\": true, \"file\": false,", "consent.file" },
    { "{ \"typed\"", "{ \"typed\": \"y\", \"typed\"", "from[0].signature.typed" },
    { "\"apart\": \"p\",", "\"apart\": \"p\", \"story\": { \"act\": \"b\" },", "story" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) parts = g_strsplit (whole, cases[i][0], 2);
      g_autofree char *text = g_strjoinv (cases[i][1], parts);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      assert_refused (text, cases[i][2], "stands there twice");
    }
}

typedef struct {
  const char *path;
  const char *value; /* text */
  const char *words; /* of the refusal; NULL: it is read */
} ValueCase;

static const ValueCase value_cases[] = {
  { "to[0].name", "", "is empty" },
  { "to[0].name", "   ", "is empty" },
  { "to[0].name", "\u00a0\u3000", "is empty" },
  { "to[0].name", "\u3164", "U+3164" },
  { "to[0].name", "\u2800", "is empty" },
  { "to[0].name", "Je\u200bssica", "U+200B" },
  { "to[0].name", "Jessica\u2060", "U+2060" },
  { "to[0].name", "\ufeffJessica", "U+FEFF" },
  { "to[0].name", "Jessica\u202e", "U+202E" },
  { "to[0].name", "\u0410nna", NULL },
  { "to[0].name", "<b>x</b> & \"Smith & Sons\" </span>", NULL },
  { "to[0].name", "%s%n", NULL },
  { "to[0].name", "'); DROP TABLE letters;--", NULL },
  { "to[0].name", "../../etc/passwd", NULL },
  { "to[0].name", "$(reboot)", NULL },
  { "to[0].name", "=HYPERLINK(\"http://x\",\"y\")", NULL },
  { "to[0].name", "+1", NULL },
  { "to[0].name", "4111 1111 1111 1111", "a card number" },
  { "to[0].department", " ", "is empty" },
  { "to[0].called", "AB123456C", "national insurance" },
  { "story.act", "a\u202eb\u202c", "U+202E, U+202C" },
  { "story.act", "\u2066\u2067\u2067", "U+2066, U+2067" },
  { "story.act", "a\uE000", "U+E000" },
  { "story.act", "a\xEF\xBF\xBE", "U+FFFE" },
  { "story.act", "a\u0378", "U+0378" },
  { "story.act", "a\U000E0041", "U+E0041" },
  { "story.act", "a\001b", "U+0001" },
  { "story.act", "a\u00adb", "U+00AD" },
  { "story.act", "Card 4111-1111-1111-1111.", "a card number" },
  { "story.need", "GB82 WEST 1234 5698 7654 32", "IBAN" },
  { "story.difference", "078-05-1120", "social security" },
  { "story.act", "می\u200cخواهم 👩\u200d👧", NULL },
  { "story.act", "one\n\ntwo\tthree\r\nfour", NULL },
  { "banker.name", " ", "is empty" },
  { "banker.words", "", NULL },
  { "banker.words", "x\u200e", "U+200E" },
  { "from[0].name", "\u2800", "is empty" },
  { "consent.contact", "DE89370400440532013000", "IBAN" },
  { "apart", "078-05-1120", "social security" },
  { "asked_by_staff", "No", "must be one of unsaid, yes, no" },
  { "to[0].reached", "fax", "must be one of phone, branch, online" },
  { "paper", "a5", "must be one of letter, a4" },
  { "date", "2026-02-30", "must be a day of the calendar" },
  { "date", "21.11.2026", "must be a day of the calendar" },
  { "served_on", "2026-11-31", "must be a day of the calendar" },
  { "served_on", "2026-11-22", "must not be after" },
  { "served_on", "2026-11-21", NULL },
  { "language", "", "must be a language tag" },
  { "language", "english please", "must be a language tag" },
  { "language", "../en", "must be a language tag" },
  { "language", "en_US", "must be a language tag" },
  { "language", "zh-Hant-TW", NULL },
};

static void
each_value_is_kept_or_refused_by_its_field (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      g_autofree char *text = with_text (value_cases[i].path, value_cases[i].value);

      g_test_message ("%s = %s", value_cases[i].path, value_cases[i].value);
      if (value_cases[i].words == NULL)
        assert_read (text);
      else
        assert_refused (text, value_cases[i].path, value_cases[i].words);
    }
}

static void
a_name_s_line_feed_reaches_nobody (void)
{
  g_autofree char *text = with_text ("to[0].name", "Ana\nBcc: x@evil.test");
  g_autoptr (AccLetter) letter = read_text (text, NULL);

  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_TO_NAME, 0), ==, "Ana Bcc: x@evil.test");
}

/* @n times @piece in @path. */
static char *
with_many (const char *path, const char *piece, guint n)
{
  GString *value = g_string_new (NULL);
  char *text;

  for (guint i = 0; i < n; i++)
    g_string_append (value, piece);
  text = with_text (path, value->str);
  g_string_free (value, TRUE);
  return text;
}

static const struct {
  const char *path, *piece;
  guint fits, too_many;
  const char *words;
} limit_cases[] = {
  { "to[0].name", "ł", ACC_NAME_MAX, ACC_NAME_MAX + 1, "is longer than 80 characters" },
  { "to[0].called", "e\u0301", ACC_NAME_MAX, ACC_NAME_MAX + 1, "is longer than 80 characters" },
  { "from[0].name", "👩\u200d👧", ACC_NAME_MAX / 3, ACC_NAME_MAX / 3 + 1, "is longer than 80 characters" },
  { "banker.name", "x", ACC_NAME_MAX, 5000, "is longer than 80 characters" },
  { "story.act", "ł", ACC_STORY_MAX - 2, ACC_STORY_MAX + 1, "is longer than 6000 characters" },
  { "story.act", "word ", 1000, 50000, "is longer than 6000 characters" },
  { "story.act", "x\n", ACC_STORY_LINES - 2, ACC_STORY_LINES + 1, "has more than 80 lines" },
  { "banker.words", "x", ACC_STORY_MAX, ACC_STORY_MAX + 1, "is longer than 6000 characters" },
  { "apart", "x\n", ACC_STORY_LINES, ACC_STORY_LINES + 1, "has more than 80 lines" },
  { "story.act", "\u0323", ACC_STORY_MARKS, ACC_STORY_MARKS + 1, "has more than 30 marks" },
  { "to[0].name", "\u0323", ACC_NAME_MARKS, 50, "has more than 8 marks" },
};

static void
limits_hold_and_nothing_is_cut_silently (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (limit_cases); i++)
    {
      g_autofree char *fits = with_many (limit_cases[i].path, limit_cases[i].piece, limit_cases[i].fits);
      g_autofree char *more = with_many (limit_cases[i].path, limit_cases[i].piece, limit_cases[i].too_many);

      g_test_message ("%s, %s", limit_cases[i].path, limit_cases[i].words);
      assert_read (fits);
      assert_refused (more, limit_cases[i].path, limit_cases[i].words);
    }
}

static void
a_story_needs_words_in_one_part_and_limits_all_three (void)
{
  static const char *const empty[] = { "{}", "{\"need\":\"\",\"act\":\" \",\"difference\":\"\\u2800\"}" };
  g_autofree char *half = g_strnfill (3001, 'x');
  g_autofree char *both = g_strdup_printf ("{\"need\":\"%s\",\"difference\":\"%s\"}", half, half);
  g_autofree char *long_text = with ("story", both);

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autofree char *text = with ("story", empty[i]);

      assert_refused (text, "story", "is empty");
    }
  assert_refused (long_text, "story is longer", "6000 characters in all");
}

static const struct {
  const char *value;
  const char *words; /* NULL: it is read */
} signature_cases[] = {
  { "{\"typed\":\"Ana\"}", NULL },
  { "{\"witnessed\":\"Daniel Reyes\"}", NULL },
  { "{\"strokes\":[[[0.1,0.2,0],[0.3,0.4,12]]]}", NULL },
  { "{\"strokes\":[[[0,1,0]]]}", NULL },
  { "{\"strokes\":[[],[[0.5,0.5,3.5]]]}", NULL },
  { "{\"strokes\":[[[-3,7,0],[2,-1,5]]]}", NULL },
  { "{}", "must have one of typed, strokes and witnessed" },
  { "{\"typed\":\"Ana\",\"witnessed\":\"Daniel\"}", "must have one of typed, strokes and witnessed" },
  { "{\"typed\":\" \"}", "is empty" },
  { "{\"typed\":1}", "must be text" },
  { "{\"witnessed\":\"\"}", "is empty" },
  { "{\"typed\":\"A\\u202e\"}", "U+202E" },
  { "{\"typed\":\"4111 1111 1111 1111\"}", "a card number" },
  { "{\"strokes\":[]}", "nothing was drawn" },
  { "{\"strokes\":[[],[]]}", "nothing was drawn" },
  { "{\"strokes\":\"x\"}", "must be a list of strokes" },
  { "{\"strokes\":[0.1]}", "must be a list of strokes" },
  { "{\"strokes\":[[0.1]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[0.1,0.2]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[0.1,0.2,3,4]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[\"0.1\",0.2,3]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[null,0.2,3]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[true,0.2,3]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[0.1,0.2,-1]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[0.1,0.2,99999999999]]]}", "must be a list of strokes" },
  { "{\"strokes\":[[[0.1,[],3]]]}", "must be a list of strokes" },
};

static void
a_signature_is_exactly_one_of_three (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (signature_cases); i++)
    {
      g_autofree char *text = with ("from[0].signature", signature_cases[i].value);

      g_test_message ("%s", signature_cases[i].value);
      if (signature_cases[i].words == NULL)
        assert_read (text);
      else
        assert_refused (text, "from[0].signature", signature_cases[i].words);
    }
}

static void
strokes_survive_writing_and_reading_to_the_bit (void)
{
  g_autofree char *text
    = with ("from[0].signature", "{\"strokes\":[[[0.1234567,0.9999999,1],[0.3333333,0.7,18]],[[1,0,4294967295]]]}");
  g_autoptr (AccLetter) letter = read_text (text, NULL);
  g_autofree char *written = write_letter (letter);
  g_autoptr (AccLetter) again = read_text (written, NULL);
  const AccSignature *one = acc_letter_get_fields (letter)->from[0].signature;
  const AccSignature *other = acc_letter_get_fields (again)->from[0].signature;

  g_assert_cmpuint (acc_signature_get_n_strokes (one), ==, 2);
  g_assert_cmpuint (acc_signature_get_n_strokes (other), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      guint n, n_other;
      const AccPoint *points = acc_signature_get_stroke (one, i, &n);
      const AccPoint *others = acc_signature_get_stroke (other, i, &n_other);

      g_assert_cmpmem (points, n * sizeof (AccPoint), others, n_other * sizeof (AccPoint));
    }
}

static void
lists_of_people_have_one_to_four (void)
{
  static const char *const person = "{\"name\":\"N\",\"department\":\"D\",\"reached\":\"branch\"}";
  static const char *const author = "{\"name\":\"N\",\"signature\":{\"typed\":\"N\"}}";

  for (guint n = 0; n <= ACC_PEOPLE_MAX + 1; n++)
    for (guint side = 0; side < 2; side++)
      {
        const char *path = side == 0 ? "to" : "from";
        GString *list = g_string_new ("[");
        g_autofree char *text = NULL;

        for (guint i = 0; i < n; i++)
          g_string_append_printf (list, "%s%s", i > 0 ? "," : "", side == 0 ? person : author);
        g_string_append_c (list, ']');
        text = with (path, list->str);
        g_string_free (list, TRUE);
        if (n >= 1 && n <= ACC_PEOPLE_MAX)
          assert_read (text);
        else
          assert_refused (text, path, "must have one to four people");
      }
}

/* ---- what is no JSON ---- */

static const struct {
  const char *what;
  const char *text;
  const char *words;
} broken[] = {
  { "nothing", "", "" },
  { "a space", " ", "" },
  { "a list", "[]", "must be a JSON object" },
  { "a number", "7", "must be a JSON object" },
  { "null", "null", "must be a JSON object" },
  { "an open object", "{", "not JSON" },
  { "an open string", "{\n\n\"a", "line 3 of the letter: a string does not end" },
  { "a wrong bracket", "{]", "not JSON" },
  { "a bracket too many", "{}}", "line 1 of the letter: a bracket closes" },
  { "two letters in one", "{\"a\": [1]}\n{}", "line 2 of the letter: the letter has ended, yet more follows" },
  { "a word too many", "{} true", "line 1 of the letter: the letter has ended, yet more follows" },
  { "two objects", "{} {}", "" },
  { "an end too early", "[1", "line 1 of the letter: this is not JSON" },
  { "an end too early, further down", "{\n\"to\": [\n", "line 2 of the letter: this is not JSON" },
  { "a word before it", "true {}", "line 1 of the letter: this is not JSON" },
  { "a comment", "// hello\n{}", "line 1 of the letter: this is not JSON" },
  { "a comment inside", "{ /* x */ }", "this is not JSON" },
  { "single quotes", "{'a':1}", "this is not JSON" },
  { "no number", "{\"format\": NaN}", "this is not JSON" },
  { "a line feed in a string", "{\"a\n\":1}", "a control character" },
  { "an escaped NUL", "{\"to\":\"a\\u0000b\"}", "U+0000" },
  { "half a pair", "{\"a\":\"\\ud83d\"}", "half of a surrogate pair" },
  { "the other half", "{\"a\":\"\\ude00\"}", "half of a surrogate pair" },
  { "two first halves", "{\"a\":\"\\ud83d\\ud83d\"}", "half of a surrogate pair" },
  { "an unknown escape", "{\"a\":\"\\x41\"}", "an escape" },
  { "a short escape", "{\"a\":\"\\u12\"}", "four hexadecimal digits" },
  { "an escape at the end", "{\"a\":\"\\", "an escape" },
  { "a wrong byte", "{\n\"a\":\"\xff\"}", "line 2 of the letter: this is not UTF-8" },
  { "a surrogate as bytes", "{\"a\":\"\xED\xA0\x80\"}", "not UTF-8" },
};

static void
what_is_no_json_is_refused_by_its_line (void)
{
  static const char with_nul[] = "{\"a\":\"x\0y\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (with_nul, sizeof with_nul - 1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_test_message ("%s", broken[i].what);
      assert_refused (broken[i].text, "", broken[i].words);
    }
  g_assert_null (acc_letter_from_json (bytes, &error));
  g_assert_nonnull (strstr (error->message, "not UTF-8"));
}

static void
a_pair_of_surrogates_is_one_character (void)
{
  g_autofree char *escaped = with ("story.act", "\"ok \\ud83d\\ude00\"");
  g_autoptr (AccLetter) letter = read_text (escaped, NULL);

  g_assert_cmpstr (acc_letter_get_text (letter, ACC_FIELD_STORY_ACT, 0), ==, "ok 😀");
}

static void
a_hundred_thousand_brackets_are_refused_at_once (void)
{
  static const char *const brackets[] = { "[", "{\"a\":", "[{\"to\":" };

  for (guint i = 0; i < G_N_ELEMENTS (brackets); i++)
    {
      GString *text = g_string_new (NULL);

      for (guint j = 0; j < 50000; j++)
        g_string_append (text, brackets[i]);
      assert_refused (text->str, "line 1", "nested");
      g_string_free (text, TRUE);
    }
}

/* What a client has sent must open at the desk, however long four people have drawn. */
static void
the_longest_signatures_of_four_people_come_back (void)
{
  g_auto (AccLetterFields) drawn = { 0 };
  g_autoptr (AccLetter) model = read_text (whole, NULL);
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  GArray *stroke = g_array_new (FALSE, FALSE, sizeof (AccPoint));
  g_autoptr (AccSignature) signature = NULL;
  g_autoptr (AccLetter) letter = NULL, again = NULL;
  g_autoptr (GBytes) json = NULL, json_again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ACC_SIGNATURE_POINTS_MAX; i++)
    {
      AccPoint point = { (float) (i | 1) / 4096.0f, (float) (4095 - i / 2 * 2) / 4096.0f, G_MAXUINT32 - 4000 + i };

      g_array_append_val (stroke, point);
    }
  g_ptr_array_add (strokes, stroke);
  signature = acc_signature_new_strokes (strokes);
  acc_letter_fields_copy (&drawn, acc_letter_get_fields (model));
  drawn.n_from = ACC_PEOPLE_MAX;
  for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
    {
      g_free (drawn.from[i].name);
      drawn.from[i].name = g_strdup_printf ("Person %u", i);
      g_clear_pointer (&drawn.from[i].signature, acc_signature_unref);
      drawn.from[i].signature = acc_signature_ref (signature);
    }
  letter = acc_letter_new (&drawn, &error);
  g_assert_no_error (error);
  json = acc_letter_to_json (letter);
  g_test_message ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (json));
  again = acc_letter_from_json (json, &error);
  g_assert_no_error (error);
  json_again = acc_letter_to_json (again);
  g_assert_true (g_bytes_equal (json, json_again));
}

static void
more_than_a_megabyte_is_refused_unread (void)
{
  g_autofree char *text = g_strnfill (ACC_LETTER_JSON_MAX + 1, ' ');
  g_autofree char *spaces = g_strnfill (ACC_LETTER_JSON_MAX - strlen (whole), ' ');
  g_autofree char *padded = g_strconcat (whole, spaces, NULL);

  assert_refused (text, "The letter", "1 MB");
  assert_read (padded);
}

/* Whatever byte is changed or missing, an answer comes: a letter or one sentence. */
static void
every_byte_may_be_wrong (void)
{
  gsize length = strlen (whole);

  for (gsize at = 0; at < length; at++)
    for (guint flip = 0; flip < 3; flip++)
      {
        g_autofree char *text = g_strdup (whole);
        g_autoptr (GError) error = NULL;
        g_autoptr (AccLetter) letter = NULL;

        text[at] = flip == 0 ? '\0' : flip == 1 ? (char) (text[at] ^ 0x80) : (char) (text[at] ^ 1);
        letter = read_text (text, &error);
        g_assert_true ((letter == NULL) == (error != NULL));
        if (error != NULL)
          g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-json/fixtures", every_fixture_comes_back_as_it_was_written);
  g_test_add_func ("/letter-json/field-by-field", the_whole_letter_is_read_field_by_field);
  g_test_add_func ("/letter-json/defaults", what_is_left_out_has_its_default);
  g_test_add_func ("/letter-json/null", a_banker_may_be_null_and_nothing_else_may);
  g_test_add_func ("/letter-json/required", each_field_is_required_or_has_a_default);
  g_test_add_func ("/letter-json/types", each_field_takes_its_own_type_only);
  g_test_add_func ("/letter-json/unknown", an_unknown_field_is_refused_by_its_path);
  g_test_add_func ("/letter-json/hostile-name", a_hostile_field_s_name_stays_one_clean_line);
  g_test_add_func ("/letter-json/doubled", a_doubled_field_is_refused_by_its_path);
  g_test_add_func ("/letter-json/values", each_value_is_kept_or_refused_by_its_field);
  g_test_add_func ("/letter-json/line-feed-in-a-name", a_name_s_line_feed_reaches_nobody);
  g_test_add_func ("/letter-json/limits", limits_hold_and_nothing_is_cut_silently);
  g_test_add_func ("/letter-json/story", a_story_needs_words_in_one_part_and_limits_all_three);
  g_test_add_func ("/letter-json/signature", a_signature_is_exactly_one_of_three);
  g_test_add_func ("/letter-json/strokes", strokes_survive_writing_and_reading_to_the_bit);
  g_test_add_func ("/letter-json/people", lists_of_people_have_one_to_four);
  g_test_add_func ("/letter-json/broken", what_is_no_json_is_refused_by_its_line);
  g_test_add_func ("/letter-json/surrogates", a_pair_of_surrogates_is_one_character);
  g_test_add_func ("/letter-json/depth", a_hundred_thousand_brackets_are_refused_at_once);
  g_test_add_func ("/letter-json/size", more_than_a_megabyte_is_refused_unread);
  g_test_add_func ("/letter-json/longest-signatures", the_longest_signatures_of_four_people_come_back);
  g_test_add_func ("/letter-json/every-byte", every_byte_may_be_wrong);
  return g_test_run ();
}
