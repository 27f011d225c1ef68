/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/text.h"
#include "letter/json-scan.h"
#include "letter/letter-json-private.h"
#include "letter/letter-words-private.h"

/* The first thing that is wrong stays in error; after it every reading gives its default. */
typedef struct {
  GError *error;
  GPtrArray *doubled;        /* Doubled */
  AccLetterAnswers *answers; /* of a letter in the making; NULL: it is a whole one */
} Reader;

typedef struct {
  JsonObject *object; /* only compared */
  char *name;
} Doubled;

/* An object of the letter and what it is called in a sentence: "", "to[0]", "story"… */
typedef struct {
  Reader *reader;
  JsonObject *object; /* lent; NULL after an error */
  char *path;
} Place;

static void
doubled_free (gpointer data)
{
  Doubled *doubled = data;

  g_free (doubled->name);
  g_free (doubled);
}

static void
place_clear (Place *place)
{
  g_free (place->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static char *
path_of (const Place *place, const char *name)
{
  return place->path[0] != '\0' ? g_strconcat (place->path, ".", name, NULL) : g_strdup (name);
}

static void
refuse (Reader *reader, const char *path, const char *what)
{
  if (reader->error == NULL)
    reader->error = g_error_new (ACC_ERROR, ACC_ERROR_INPUT, "%s %s", path, what);
}

static void
refuse_member (const Place *place, const char *name, const char *what)
{
  g_autofree char *shown = NULL, *path = NULL;

  if (place->reader->error != NULL) /* a hostile letter may have a hundred thousand wrong fields */
    return;
  shown = acc_text_clean (name, -1, ACC_TEXT_LINE, NULL);
  path = path_of (place, shown);
  refuse (place->reader, path, what);
}

/* Refuses what is no field here, and what stands here twice. */
static void
check_members (const Place *place, const char *const *known)
{
  g_autoptr (GList) names = place->object != NULL ? json_object_get_members (place->object) : NULL;
  GPtrArray *doubled = place->reader->doubled;

  for (const GList *name = names; name != NULL; name = name->next)
    if (!g_strv_contains (known, name->data))
      refuse_member (place, name->data, "is not a field of a letter");
  for (guint i = 0; i < doubled->len; i++)
    {
      const Doubled *twice = g_ptr_array_index (doubled, i);

      if (twice->object == place->object)
        refuse_member (place, twice->name, "stands there twice");
    }
}

/* The member if it is there and of @type; a missing one is refused where it is @required. */
static JsonNode *
find (const Place *place, const char *name, gboolean required, JsonNodeType type, const char *must_be)
{
  JsonNode *node = place->object != NULL ? json_object_get_member (place->object, name) : NULL;

  if (place->object == NULL)
    return NULL;
  if (node == NULL && required)
    refuse_member (place, name, "is missing");
  else if (node != NULL && json_node_get_node_type (node) != type)
    refuse_member (place, name, must_be);
  else
    return node;
  return NULL;
}

static void
read_string (const Place *place, const char *name, gboolean required, char **value)
{
  JsonNode *node = find (place, name, required, JSON_NODE_VALUE, "must be text");

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      refuse_member (place, name, "must be text");
      return;
    }
  g_free (*value);
  *value = g_strdup (json_node_get_string (node));
}

static void
read_boolean (const Place *place, const char *name, gboolean *value)
{
  JsonNode *node = find (place, name, TRUE, JSON_NODE_VALUE, "must be true or false");

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    refuse_member (place, name, "must be true or false");
  else
    *value = json_node_get_boolean (node);
}

static void
read_version (const Place *place, const char *name, guint known, guint *value)
{
  g_autofree char *must_be = g_strdup_printf ("must be a version that this program knows: 1 to %u", known);
  JsonNode *node = find (place, name, FALSE, JSON_NODE_VALUE, must_be);

  if (node == NULL)
    return;
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 1
      || json_node_get_int (node) > (gint64) known)
    refuse_member (place, name, must_be);
  else
    *value = (guint) json_node_get_int (node);
}

/* The place of the word among @words, a NULL-terminated list; @otherwise where the member is missing. */
static int
read_choice (const Place *place, const char *name, gboolean required, const char *const *words, int otherwise)
{
  g_autofree char *list = g_strjoinv (", ", (char **) words);
  g_autofree char *must_be = g_strconcat ("must be one of ", list, NULL);
  JsonNode *node = find (place, name, required, JSON_NODE_VALUE, must_be);

  if (node == NULL)
    return otherwise;
  for (int i = 0; words[i] != NULL; i++)
    if (g_strcmp0 (json_node_get_string (node), words[i]) == 0)
      return i;
  refuse_member (place, name, must_be);
  return otherwise;
}

/* The object below @place, with its members checked; its own object is NULL where there is none. */
static Place
enter (const Place *place, const char *name, const char *const *known)
{
  JsonNode *node = find (place, name, TRUE, JSON_NODE_OBJECT, "must be an object, written { }");
  Place inside = { place->reader, node != NULL ? json_node_get_object (node) : NULL, path_of (place, name) };

  check_members (&inside, known);
  return inside;
}

static Place
enter_element (const Place *place, const char *name, JsonArray *list, guint index, const char *const *known)
{
  JsonNode *node = json_array_get_element (list, index);
  g_autofree char *path = path_of (place, name);
  Place inside = { place->reader, NULL, g_strdup_printf ("%s[%u]", path, index) };

  if (JSON_NODE_HOLDS_OBJECT (node))
    inside.object = json_node_get_object (node);
  else
    refuse (place->reader, inside.path, "must be an object, written { }");
  check_members (&inside, known);
  return inside;
}

static JsonArray *
find_people (const Place *letter, const char *name, guint *n)
{
  JsonNode *node = find (letter, name, TRUE, JSON_NODE_ARRAY, "must be a list, written [ ]");
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;

  *n = list != NULL ? json_array_get_length (list) : 0;
  if (list != NULL && (*n < 1 || *n > ACC_PEOPLE_MAX))
    {
      refuse_member (letter, name, "must have one to four people");
      *n = 0;
    }
  return list;
}

static void
read_to (const Place *letter, AccLetterFields *fields)
{
  static const char *const known[] = { "name", "called", "department", "reached", NULL };
  JsonArray *list = find_people (letter, "to", &fields->n_to);

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_auto (Place) person = enter_element (letter, "to", list, i, known);
      AccAddressee *to = &fields->to[i];

      read_string (&person, "name", TRUE, &to->name);
      read_string (&person, "called", FALSE, &to->called);
      read_string (&person, "department", TRUE, &to->department);
      to->reached = (AccReached) read_choice (&person, "reached", TRUE, acc_reached_words, ACC_REACHED_PHONE);
    }
}

static void
read_story (const Place *letter, AccLetterFields *fields)
{
  static const char *const known[] = { "need", "act", "difference", NULL };
  g_auto (Place) story = enter (letter, "story", known);

  read_string (&story, "need", FALSE, &fields->need);
  read_string (&story, "act", FALSE, &fields->act);
  read_string (&story, "difference", FALSE, &fields->difference);
}

static void
read_banker (const Place *letter, AccLetterFields *fields)
{
  static const char *const known[] = { "name", "words", NULL };
  JsonNode *node = letter->object != NULL ? json_object_get_member (letter->object, "banker") : NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return;
  {
    g_auto (Place) banker = enter (letter, "banker", known);

    fields->thanks_banker = TRUE;
    read_string (&banker, "name", TRUE, &fields->banker_name);
    read_string (&banker, "words", FALSE, &fields->banker_words);
  }
}

/* A point is [x, y, ms]. */
static gboolean
read_point (JsonNode *node, AccPoint *point)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  double values[3];

  if (list == NULL || json_array_get_length (list) != G_N_ELEMENTS (values))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      JsonNode *number = json_array_get_element (list, i);
      GType type = json_node_get_value_type (number);

      if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
        return FALSE;
      values[i] = type == G_TYPE_INT64 ? (double) json_node_get_int (number) : json_node_get_double (number);
      if (!isfinite (values[i]))
        return FALSE;
    }
  if (values[2] < 0 || values[2] > G_MAXUINT32)
    return FALSE;
  *point = (AccPoint){ (float) CLAMP (values[0], 0, 1), (float) CLAMP (values[1], 0, 1), (guint32) values[2] };
  return TRUE;
}

static GArray *
read_stroke (JsonNode *node)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (AccPoint));
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      AccPoint point;

      if (!read_point (json_array_get_element (list, i), &point))
        return NULL;
      g_array_append_val (points, point);
    }
  return g_steal_pointer (&points);
}

static AccSignature *
read_strokes (const Place *signature)
{
  JsonNode *node = find (signature, "strokes", TRUE, JSON_NODE_ARRAY, "must be a list of strokes");
  g_autoptr (GPtrArray) strokes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  JsonArray *list = node != NULL ? json_node_get_array (node) : NULL;
  AccSignature *drawn;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      GArray *stroke = read_stroke (json_array_get_element (list, i));

      if (stroke == NULL)
        {
          refuse_member (signature, "strokes", "must be a list of strokes, each a list of points [x, y, ms]");
          return NULL;
        }
      g_ptr_array_add (strokes, stroke);
    }
  drawn = acc_signature_new_strokes (strokes);
  if (drawn == NULL)
    refuse_member (signature, "strokes", "is empty: nothing was drawn");
  return drawn;
}

static AccSignature *
read_signature (const Place *person)
{
  g_auto (Place) signature = enter (person, "signature", acc_signature_words);
  g_autofree char *text = g_strdup ("");

  if (signature.object == NULL)
    return NULL;
  if (json_object_get_size (signature.object) != 1)
    {
      refuse (person->reader, signature.path, "must have one of typed, strokes and witnessed");
      return NULL;
    }
  if (json_object_has_member (signature.object, "strokes"))
    return read_strokes (&signature);
  if (json_object_has_member (signature.object, "typed"))
    {
      read_string (&signature, "typed", TRUE, &text);
      return acc_signature_new_typed (text);
    }
  read_string (&signature, "witnessed", TRUE, &text);
  return acc_signature_new_witnessed (text);
}

static void
read_from (const Place *letter, AccLetterFields *fields)
{
  static const char *const signed_by[] = { "name", "signature", NULL };
  static const char *const unsigned_by[] = { "name", NULL };
  gboolean whole = letter->reader->answers == NULL;
  JsonArray *list = find_people (letter, "from", &fields->n_from);

  for (guint i = 0; i < fields->n_from; i++)
    {
      g_auto (Place) person = enter_element (letter, "from", list, i, whole ? signed_by : unsigned_by);

      read_string (&person, "name", TRUE, &fields->from[i].name);
      if (whole)
        fields->from[i].signature = read_signature (&person);
    }
}

static void
read_consent (const Place *letter, AccLetterFields *fields)
{
  static const char *const known[] = { "version", "file", "share", "contact", NULL };
  g_auto (Place) consent = enter (letter, "consent", known);

  read_version (&consent, "version", ACC_CONSENT_VERSION, &fields->consent_version);
  read_boolean (&consent, "file", &fields->consent_file);
  read_boolean (&consent, "share", &fields->consent_share);
  read_string (&consent, "contact", FALSE, &fields->consent_contact);
}

static void
read_answers (const Place *letter, AccLetterAnswers *answers)
{
  read_boolean (letter, "first_name_only", &answers->first_name_only);
  read_boolean (letter, "one_piece", &answers->one_piece);
}

static void
read_letter (Reader *reader, JsonObject *object, AccLetterFields *fields)
{
  /* The last two only in the making. */
  static const char *const known[]
    = { "format", "to", "story", "banker", "from", "consent", "asked_by_staff", "apart", "served_on", "date", "language",
        "paper", "first_name_only", "one_piece", NULL };
  static const char *const known_whole[] = { "format", "to", "story", "banker", "from", "consent", "asked_by_staff",
                                             "apart", "served_on", "date", "language", "paper", NULL };
  g_auto (Place) letter = { reader, object, g_strdup ("") };
  guint format = ACC_LETTER_FORMAT;

  read_version (&letter, "format", ACC_LETTER_FORMAT, &format);
  check_members (&letter, reader->answers != NULL ? known : known_whole);
  if (reader->answers != NULL)
    read_answers (&letter, reader->answers);
  read_to (&letter, fields);
  read_story (&letter, fields);
  read_banker (&letter, fields);
  read_from (&letter, fields);
  read_consent (&letter, fields);
  fields->asked_by_staff
    = (AccAsked) read_choice (&letter, "asked_by_staff", FALSE, acc_asked_words, ACC_ASKED_UNSAID);
  read_string (&letter, "apart", FALSE, &fields->apart);
  read_string (&letter, "date", TRUE, &fields->date);
  g_free (fields->served_on);
  fields->served_on = g_strdup (fields->date);
  read_string (&letter, "served_on", FALSE, &fields->served_on);
  read_string (&letter, "language", TRUE, &fields->language);
  fields->paper = (AccPaper) read_choice (&letter, "paper", TRUE, acc_paper_words, ACC_PAPER_LETTER);
}

/* json-glib keeps the last of doubled members without a word: each is met here, and the second is noted. */
typedef struct {
  Reader *reader;
  GHashTable *met; /* "object address name" */
} Meeting;

static void
meet_member (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  Meeting *meeting = data;

  if (!g_hash_table_add (meeting->met, g_strdup_printf ("%p %s", (void *) object, name)))
    {
      Doubled *doubled = g_new (Doubled, 1);

      doubled->object = object;
      doubled->name = g_strdup (name);
      g_ptr_array_add (meeting->reader->doubled, doubled);
    }
}

/* The parser knows of no line where the text has ended too early. */
static guint
find_fault_line (JsonParser *parser, const char *text, gsize length)
{
  guint line = json_parser_get_current_line (parser);

  if (line > 0)
    return line;
  for (gsize at = 0; at + 1 < length; at++)
    line += text[at] == '\n';
  return line + 1;
}

static JsonNode *
parse (Reader *reader, const char *text, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) met = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Meeting meeting = { reader, met };
  JsonNode *root;

  if (!acc_json_scan (text, length, &reader->error))
    return NULL;
  g_signal_connect (parser, "object-member", G_CALLBACK (meet_member), &meeting);
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      reader->error = g_error_new (ACC_ERROR, ACC_ERROR_INPUT, "line %u of the letter: this is not JSON",
                                   find_fault_line (parser, text, length));
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    refuse (reader, "The letter", "must be a JSON object, written { }");
  return root;
}

static gboolean
read_json (GBytes *json, AccLetterFields *fields, AccLetterAnswers *answers, GError **error)
{
  g_autoptr (GPtrArray) doubled = g_ptr_array_new_with_free_func (doubled_free);
  Reader reader = { NULL, doubled, answers };
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  const char *text = g_bytes_get_data (json, &length);

  if (length > ACC_LETTER_JSON_MAX)
    refuse (&reader, "The letter", "has more than 1 MB");
  else
    root = parse (&reader, text != NULL ? text : "", length);
  if (reader.error == NULL)
    read_letter (&reader, json_node_get_object (root), fields);
  if (reader.error == NULL)
    return TRUE;
  g_propagate_error (error, reader.error);
  return FALSE;
}

AccLetter *
acc_letter_from_json (GBytes *json, GError **error)
{
  g_auto (AccLetterFields) fields;

  acc_letter_fields_init (&fields);
  g_return_val_if_fail (json != NULL, NULL);

  return read_json (json, &fields, NULL, error) ? acc_letter_new (&fields, error) : NULL;
}

gboolean
acc_letter_answers_read_json (AccLetterAnswers *answers, GBytes *json, GError **error)
{
  g_return_val_if_fail (answers != NULL && json != NULL, FALSE);

  return read_json (json, &answers->fields, answers, error);
}
