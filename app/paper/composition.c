/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/composition-private.h"

#include "base/text.h"
#include "letter/check-code.h"
#include "letter/number.h"
#include "paper/quotes.h"

struct _AccComposition
{
  GObject parent_instance;

  GArray *entries; /* Entry */
  AccPaper paper;
  char *branch, *foot, *foot_edition, *foot_more, *proof, *language, *date, *title;
  AccWording *wording;
  gboolean keeps_signature_room, large_print;
};

/* A block, and where in what was typed the answer stands. */
typedef struct {
  AccBlock block;
  char *typed; /* NULL: the block's text */
  gsize lead, length;
} Entry;

G_DEFINE_FINAL_TYPE (AccComposition, acc_composition, G_TYPE_OBJECT)

static void
clear_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->block.text);
  g_free (entry->typed);
  g_free (entry->block.note);
  g_clear_pointer (&entry->block.bars, g_array_unref);
  g_clear_pointer (&entry->block.signature, acc_signature_unref);
}

static void
acc_composition_finalize (GObject *object)
{
  AccComposition *self = ACC_COMPOSITION (object);

  g_array_unref (self->entries);
  g_free (self->branch);
  g_free (self->foot);
  g_free (self->foot_edition);
  g_free (self->foot_more);
  g_free (self->proof);
  g_free (self->language);
  g_free (self->date);
  g_free (self->title);
  g_clear_object (&self->wording);
  G_OBJECT_CLASS (acc_composition_parent_class)->finalize (object);
}

static void
acc_composition_class_init (AccCompositionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_composition_finalize;
}

static void
acc_composition_init (AccComposition *self)
{
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
}

static const char *
get_typed (const Entry *entry)
{
  return entry->typed != NULL ? entry->typed : entry->block.text;
}

/* Takes @text. */
static Entry *
add (AccComposition *self, AccBlockRole role, AccField field, char *text)
{
  Entry entry = { .block = { .role = role, .field = field } };

  entry.block.text = g_str_is_ascii (text) ? g_strdup (text) : g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  if (entry.block.text == NULL)
    entry.block.text = g_utf8_make_valid (text, -1);
  g_free (text);
  entry.length = field == ACC_FIELD_NONE ? 0 : strlen (entry.block.text);

  char *set = acc_quotes_set (entry.block.text, self->language);

  if (set != NULL)
    {
      entry.typed = entry.block.text;
      entry.block.text = set;
    }
  g_array_append_val (self->entries, entry);
  return &g_array_index (self->entries, Entry, self->entries->len - 1);
}

/* The wording of @key around one answer, remembering where in it the answer stands. */
static Entry *
add_around (AccComposition *self, AccBlockRole role, AccField field, const char *key, const char *answer)
{
  g_autofree char *marked = acc_wording_fill (self->wording, key, "name", "\x01", NULL);
  Entry *entry = add (self, role, field, acc_wording_fill (self->wording, key, "name", answer, NULL));
  const char *mark = strchr (marked, '\x01');

  entry->lead = mark == NULL ? 0 : (gsize) (mark - marked);
  entry->length = MIN (strlen (answer), strlen (get_typed (entry)) - entry->lead);
  return entry;
}

/* Each line of @text that is not blank is a paragraph. While the answer is being written, the last line is one
 * even where it is blank: that is where the caret stands. */
static void
add_paragraphs (AccComposition *self, AccField field, const char *text, gboolean written)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);
  gsize offset = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!acc_text_is_blank (lines[i]) || (written && i + 1 == n))
        add (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (lines[i]))->block.offset = offset;
      offset += strlen (lines[i]) + 1;
    }
  if (n == 0 && written) /* an empty text splits into no line at all */
    add (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (""));
}

/* Puts the bar's words in the place of each mark of *@text; the spans then are the bars'. */
static void
put_bars (AccComposition *self, char **text, GArray *spans)
{
  g_autofree char *words = acc_wording_fill (self->wording, "bar", NULL);
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autofree char *joined = g_strjoinv ("\u00a0", parts); /* in one piece */
  g_autoptr (GString) set = g_string_new (NULL);
  gsize done = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      AccSpan *span = &g_array_index (spans, AccSpan, i);
      gsize end = span->end;

      g_string_append_len (set, *text + done, span->start - done);
      span->start = set->len;
      g_string_append_printf (set, "\u00a0%s\u00a0", joined);
      span->end = set->len;
      done = end;
    }
  g_string_append (set, *text + done);
  g_free (*text);
  *text = g_string_free (g_steal_pointer (&set), FALSE);
}

/* The spans of @text as typed, in the block's text as it is set. */
static GArray *
find_set_spans (const Entry *entry, GArray *typed)
{
  GArray *spans = g_array_copy (typed);

  for (guint i = 0; i < spans->len; i++)
    {
      AccSpan *span = &g_array_index (spans, AccSpan, i);

      span->start = acc_quotes_find_set (get_typed (entry), entry->block.text, span->start);
      span->end = acc_quotes_find_set (get_typed (entry), entry->block.text, span->end);
    }
  return spans;
}

/* Takes @text, with a mark at each of @typed. The quotes around a mark are set as they are around a word, so the bar's
 * words come last. */
static Entry *
add_barred (AccComposition *self, AccBlockRole role, AccField field, char *text, GArray *typed)
{
  Entry *entry = add (self, role, field, text);

  entry->block.bars = find_set_spans (entry, typed);
  put_bars (self, &entry->block.text, entry->block.bars);
  if (entry->typed != NULL)
    put_bars (self, &entry->typed, typed);
  entry->length = strlen (get_typed (entry));
  return entry;
}

#define BAR "\x01" /* in the bank's wording, where a client can have written none */

static gboolean
is_marked (const AccEditionText *edition, AccField field, guint index)
{
  for (guint i = 0; edition->marks != NULL && i < edition->marks->len; i++)
    {
      const AccPassage *mark = &g_array_index (edition->marks, AccPassage, i);

      if (mark->field == field && mark->index == index)
        return TRUE;
    }
  return FALSE;
}

/* Takes @text, in which a bar stands at each BAR. */
static Entry *
add_with_bars (AccComposition *self, AccBlockRole role, AccField field, char *text)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (AccSpan));

  for (const char *at = strstr (text, BAR); at != NULL; at = strstr (at + 1, BAR))
    {
      const AccSpan span = { at - text, at - text + strlen (BAR) };

      g_array_append_val (spans, span);
    }
  return add_barred (self, role, field, text, spans);
}

/* The wording of @key around a name, or around the bar in its place. */
static void
add_name (AccComposition *self, const AccEditionText *edition, AccBlockRole role, AccField field, const char *key)
{
  if (is_marked (edition, field, 0))
    add_with_bars (self, role, field, acc_wording_fill (self->wording, key, "name", BAR, NULL));
  else
    add_around (self, role, field, key, acc_letter_get_text (edition->letter, field, 0));
}

static void
add_addressees (AccComposition *self, const AccEditionText *edition)
{
  AccLetter *letter = edition->letter;
  const AccLetterFields *fields = acc_letter_get_fields (letter);

  for (guint i = 0; i < fields->n_to; i++)
    {
      const AccAddressee *to = &fields->to[i];

      if (!acc_text_is_blank (to->name))
        add_around (self, ACC_BLOCK_ADDRESSEE, ACC_FIELD_TO_NAME, "for", to->name)->block.index = i;
      else if (acc_letter_is_writing (letter, ACC_FIELD_TO_NAME))
        add (self, ACC_BLOCK_ADDRESSEE, ACC_FIELD_TO_NAME, g_strdup (""))->block.index = i;
      if (!acc_text_is_blank (to->department))
        add (self, ACC_BLOCK_QUIET, ACC_FIELD_TO_DEPARTMENT, g_strdup (to->department))->block.index = i;
    }
  /* A banker who is thanked without a word is named here: no word is put into the client's mouth. */
  if (fields->thanks_banker && acc_text_is_blank (fields->banker_words) && !acc_text_is_blank (fields->banker_name)
      && !acc_letter_is_writing (letter, ACC_FIELD_BANKER_WORDS))
    add_name (self, edition, ACC_BLOCK_ADDRESSEE, ACC_FIELD_BANKER_NAME, "banker");
}

/* The names as one phrase: "Jessica, Tomasz and Ana". */
static char *
join_names (AccWording *wording, const GPtrArray *names)
{
  char *joined = g_strdup (names->len > 0 ? g_ptr_array_index (names, 0) : "");

  for (guint i = 1; i < names->len; i++)
    {
      const char *key = names->len == 2 ? "list-two" : i + 1 < names->len ? "list-separator" : "list-last";
      g_autofree char *first = joined;

      joined = acc_wording_fill (wording, key, "first", first, "second", g_ptr_array_index (names, i), NULL);
    }
  return joined;
}

static GPtrArray *
list_called (const AccEditionText *edition)
{
  const AccLetterFields *fields = acc_letter_get_fields (edition->letter);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < fields->n_to; i++)
    if (is_marked (edition, ACC_FIELD_TO_CALLED, i))
      g_ptr_array_add (names, (gpointer) BAR);
    else if (!acc_text_is_blank (acc_letter_get_called (edition->letter, i)))
      g_ptr_array_add (names, (gpointer) acc_letter_get_called (edition->letter, i));
  return names;
}

static void
add_salutation (AccComposition *self, const AccEditionText *edition)
{
  g_autoptr (GPtrArray) called = list_called (edition);
  g_autofree char *joined = join_names (self->wording, called);

  if (strstr (joined, BAR) != NULL)
    add_with_bars (self, ACC_BLOCK_SALUTATION, called->len == 1 ? ACC_FIELD_TO_CALLED : ACC_FIELD_NONE,
                   acc_wording_fill (self->wording, "salutation", "name", joined, NULL));
  else if (called->len == 1)
    add_around (self, ACC_BLOCK_SALUTATION, ACC_FIELD_TO_CALLED, "salutation", joined);
  else if (called->len > 1)
    add (self, ACC_BLOCK_SALUTATION, ACC_FIELD_NONE,
         acc_wording_fill (self->wording, "salutation", "name", joined, NULL));
}

/* The marks within @line, which begins at byte @offset of the answer. */
static GArray *
find_marks (GArray *marks, AccField field, const char *line, gsize offset)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (AccSpan));

  for (guint i = 0; i < marks->len; i++)
    {
      const AccPassage *mark = &g_array_index (marks, AccPassage, i);
      const AccSpan span = { mark->start - offset, mark->end - offset };

      if (mark->field == field && mark->start >= offset && span.end <= strlen (line))
        g_array_append_val (spans, span);
    }
  return spans;
}

static void
add_answer_without (AccComposition *self, AccField field, const char *text, GArray *marks)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize offset = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GArray) spans = find_marks (marks, field, lines[i], offset);

      if (spans->len > 0)
        add_barred (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (lines[i]), spans);
      else if (!acc_text_is_blank (lines[i]))
        add (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (lines[i]))->block.offset = offset;
      offset += strlen (lines[i]) + 1;
    }
}

static void
add_answer (AccComposition *self, const AccEditionText *edition, AccField field)
{
  const char *text = acc_letter_get_text (edition->letter, field, 0);

  if (edition->marks != NULL)
    add_answer_without (self, field, text, edition->marks);
  else
    add_paragraphs (self, field, text, acc_letter_is_writing (edition->letter, field));
}

static void
add_story (AccComposition *self, const AccEditionText *edition)
{
  AccLetter *letter = edition->letter;
  const AccLetterFields *fields = acc_letter_get_fields (letter);

  add_answer (self, edition, ACC_FIELD_STORY_NEED);
  add_answer (self, edition, ACC_FIELD_STORY_ACT);
  add_answer (self, edition, ACC_FIELD_STORY_DIFFERENCE);

  if (!fields->thanks_banker
      || (acc_text_is_blank (fields->banker_words) && !acc_letter_is_writing (letter, ACC_FIELD_BANKER_WORDS)))
    return;
  if (!acc_text_is_blank (fields->banker_name))
    add_name (self, edition, ACC_BLOCK_SALUTATION, ACC_FIELD_BANKER_NAME, "banker-words");
  add_answer (self, edition, ACC_FIELD_BANKER_WORDS);
}

/* A typed name is signed with the marks that the name below it is set with. */
static AccSignature *
take_signature (AccComposition *self, AccSignature *signature)
{
  g_autofree char *set = NULL;

  if (acc_signature_get_kind (signature) == ACC_SIGNATURE_TYPED)
    set = acc_quotes_set (acc_signature_get_text (signature), self->language);
  return set != NULL ? acc_signature_new_typed (set) : acc_signature_ref (signature);
}

/* "Signed in the presence of …", in the marks that its language sets; NULL where it was not, or who was there was taken
 * out. */
static char *
make_note (AccComposition *self, const AccEditionText *edition, const AccSignature *signature)
{
  g_autofree char *note = NULL;
  char *set;

  if (acc_signature_get_kind (signature) != ACC_SIGNATURE_WITNESSED
      || (is_marked (edition, ACC_FIELD_BANKER_NAME, 0)
          && g_str_equal (acc_signature_get_text (signature), ACC_PASSAGE_MARK)))
    return NULL;
  note = acc_wording_fill (self->wording, "witnessed", "name", acc_signature_get_text (signature), NULL);
  set = acc_quotes_set (note, self->language);
  return set != NULL ? set : g_steal_pointer (&note);
}

/* A name that is taken out leaves one bar, which stands for the signature as well. */
static void
add_signatures (AccComposition *self, const AccEditionText *edition)
{
  const AccLetterFields *fields = acc_letter_get_fields (edition->letter);

  add (self, ACC_BLOCK_CLOSING, ACC_FIELD_NONE, acc_wording_fill (self->wording, "closing", NULL));

  for (guint i = 0; i < fields->n_from; i++)
    {
      const AccAuthor *from = &fields->from[i];
      gboolean marked = is_marked (edition, ACC_FIELD_FROM_NAME, i);
      AccBlock *block = marked ? &add_with_bars (self, ACC_BLOCK_SIGNATURE, ACC_FIELD_FROM_NAME, g_strdup (BAR))->block
                               : &add (self, ACC_BLOCK_SIGNATURE, ACC_FIELD_FROM_NAME, g_strdup (from->name))->block;

      block->index = i;
      if (from->signature == NULL)
        continue;
      block->signature = marked ? NULL : take_signature (self, from->signature);
      block->note = make_note (self, edition, from->signature);
    }
}

static char *
make_foot (AccWording *wording, const char *number)
{
  if (number == NULL)
    return acc_wording_fill (wording, "specimen", NULL);

  g_autofree char *short_number = acc_number_short (number);
  return acc_wording_fill (wording, "number", "number", short_number, NULL);
}

/* What the client said of how the letter came about; nothing where nothing was said. */
static const char *const asked_keys[] = { [ACC_ASKED_YES] = "asked-yes", [ACC_ASKED_NO] = "asked-no" };

static void
append (char **text, const char *more)
{
  g_autofree char *before = *text;

  *text = before == NULL ? g_strdup (more) : g_strdup_printf ("%s · %s", before, more);
}

static void
add_asked (AccComposition *self, AccAsked asked)
{
  if (asked_keys[asked] == NULL)
    return;

  g_autofree char *told = acc_wording_fill (self->wording, asked_keys[asked], NULL);

  append (self->large_print ? &self->foot_more : &self->foot, told);
}

/* What the foot of a letter proves. */
static void
add_proof (AccComposition *self, AccLetter *letter, const char *number)
{
  g_autofree char *short_number = acc_number_short (number);
  g_autofree char *check = acc_check_code (letter, number);
  g_autofree char *told = acc_wording_fill (self->wording, "check", "check", check, NULL);
  g_autofree char *foot = self->foot;

  self->foot = g_strdup_printf ("%s · %s", foot, told);
  self->proof = g_strdup_printf ("LETTER %s CHECK %s", short_number, check);
  add_asked (self, acc_letter_get_fields (letter)->asked_by_staff);
}

static char *
make_title (AccWording *wording, const AccLetterFields *fields)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < fields->n_to; i++)
    g_ptr_array_add (names, fields->to[i].name);

  g_autofree char *joined = join_names (wording, names);
  return acc_wording_fill (wording, "title", "name", joined, NULL);
}

/* Under one addressee's department, or below all of several. */
static void
add_day (AccComposition *self, const AccLetterFields *fields)
{
  guint addressees = 0;

  if (fields->served_on[0] == '\0' || g_str_equal (fields->served_on, fields->date))
    return;
  for (guint i = 0; i < self->entries->len; i++)
    addressees += g_array_index (self->entries, Entry, i).block.role == ACC_BLOCK_ADDRESSEE;

  g_autofree char *day = acc_wording_date (self->wording, fields->served_on);

  add (self, addressees > 1 ? ACC_BLOCK_DAY : ACC_BLOCK_QUIET, ACC_FIELD_SERVED_ON,
       acc_wording_fill (self->wording, "served-on", "date", day, NULL));
}

/* Above all else, in each foot, and in the title that a list of files shows. */
static void
add_edition (AccComposition *self, const AccEditionText *edition)
{
  const char *const keys[] = { edition->marks != NULL ? "blacked-out" : NULL,
                               edition->large_print ? "large-print" : NULL };
  char *names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] != NULL)
      {
        g_autofree char *name = acc_wording_fill (self->wording, keys[i], NULL);

        append (&names, name);
      }
  if (names == NULL)
    return;
  self->foot_edition = g_strdup (names);
  append (&self->title, names);
  add (self, ACC_BLOCK_EDITION, ACC_FIELD_NONE, names);
  if (edition->marks != NULL)
    add (self, ACC_BLOCK_EDITION_NOTE, ACC_FIELD_NONE, acc_wording_fill (self->wording, "blacked-out-note", NULL));
}

AccComposition *
acc_composition_new_letter (AccLetter *letter, AccWording *wording, const char *branch, const char *number)
{
  const AccEditionText itself = { .letter = letter };

  return acc_composition_new_edition (&itself, wording, branch, number);
}

AccComposition *
acc_composition_new_edition (const AccEditionText *edition, AccWording *wording, const char *branch, const char *number)
{
  g_return_val_if_fail (edition != NULL && ACC_IS_LETTER (edition->letter), NULL);
  g_return_val_if_fail (ACC_IS_WORDING (wording), NULL);
  g_return_val_if_fail (branch != NULL, NULL);

  AccLetter *letter = edition->letter;
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  AccComposition *self = g_object_new (ACC_TYPE_COMPOSITION, NULL);

  self->large_print = edition->large_print;

  self->wording = g_object_ref (wording);
  self->paper = fields->paper;
  self->branch = g_utf8_normalize (branch, -1, G_NORMALIZE_NFC);
  self->foot = make_foot (wording, number);
  if (number != NULL)
    add_proof (self, letter, number);
  self->language = g_strdup (fields->language);
  self->date = g_strdup (fields->date);
  self->title = make_title (wording, fields);
  self->keeps_signature_room = acc_letter_is_sketch (letter);

  add_edition (self, edition);
  add (self, ACC_BLOCK_DATE, ACC_FIELD_NONE, acc_wording_date (wording, fields->date));
  add_addressees (self, edition);
  add_day (self, fields);
  add_salutation (self, edition);
  add_story (self, edition);
  add_signatures (self, edition);
  return self;
}

static void
add_unless_blank (AccComposition *self, AccBlockRole role, const char *text)
{
  if (!acc_text_is_blank (text))
    add (self, role, ACC_FIELD_NONE, g_strdup (text));
}

AccComposition *
acc_composition_new_cover (const AccCoverText *cover, AccWording *wording)
{
  g_return_val_if_fail (cover != NULL, NULL);
  g_return_val_if_fail (ACC_IS_WORDING (wording), NULL);

  AccComposition *self = g_object_new (ACC_TYPE_COMPOSITION, NULL);

  self->wording = g_object_ref (wording);
  self->paper = cover->paper;
  self->branch = g_utf8_normalize (cover->branch, -1, G_NORMALIZE_NFC);
  self->foot = make_foot (wording, cover->number);
  self->language = g_strdup (cover->language);
  self->date = g_strdup (cover->date);
  self->title = cover->title != NULL ? g_strdup (cover->title)
                                     : acc_wording_fill (wording, "cover-title", "name", cover->to_name, NULL);

  add (self, ACC_BLOCK_DATE, ACC_FIELD_NONE, acc_wording_date (wording, cover->date));
  add (self, ACC_BLOCK_ADDRESSEE, ACC_FIELD_NONE,
       acc_wording_fill (wording, "cover-for", "name", cover->to_name, NULL));
  add_unless_blank (self, ACC_BLOCK_QUIET, cover->to_line);
  add_unless_blank (self, ACC_BLOCK_HEADING, cover->subject);
  add_unless_blank (self, ACC_BLOCK_SALUTATION, cover->salutation);
  add_paragraphs (self, ACC_FIELD_NONE, cover->paragraph, FALSE);
  add (self, ACC_BLOCK_CLOSING, ACC_FIELD_NONE, acc_wording_fill (wording, "cover-closing", NULL));

  AccBlock *signed_by = &add (self, ACC_BLOCK_SIGNATURE, ACC_FIELD_NONE, g_strdup (cover->signed_name))->block;
  if (!acc_text_is_blank (cover->signed_line))
    signed_by->note = g_utf8_normalize (cover->signed_line, -1, G_NORMALIZE_NFC);
  return self;
}

guint
acc_composition_get_n_blocks (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), 0);
  return self->entries->len;
}

const AccBlock *
acc_composition_get_block (AccComposition *self, guint block)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  g_return_val_if_fail (block < self->entries->len, NULL);
  return &g_array_index (self->entries, Entry, block).block;
}

void
acc_composition_get_answer (AccComposition *self, guint block, gsize *lead, gsize *length)
{
  g_return_if_fail (ACC_IS_COMPOSITION (self));
  g_return_if_fail (block < self->entries->len);

  const Entry *entry = &g_array_index (self->entries, Entry, block);
  gsize end = acc_quotes_find_set (get_typed (entry), entry->block.text, entry->lead + entry->length);

  *lead = acc_quotes_find_set (get_typed (entry), entry->block.text, entry->lead);
  *length = end - *lead;
}

gsize
acc_composition_find_set (AccComposition *self, guint block, gsize byte)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), 0);
  g_return_val_if_fail (block < self->entries->len, 0);

  const Entry *entry = &g_array_index (self->entries, Entry, block);
  gsize within = byte > entry->block.offset ? MIN (byte - entry->block.offset, entry->length) : 0;

  return acc_quotes_find_set (get_typed (entry), entry->block.text, entry->lead + within);
}

gsize
acc_composition_find_typed (AccComposition *self, guint block, gsize byte)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), 0);
  g_return_val_if_fail (block < self->entries->len, 0);

  const Entry *entry = &g_array_index (self->entries, Entry, block);
  gsize typed = acc_quotes_find_typed (get_typed (entry), entry->block.text, byte);

  return entry->block.offset + CLAMP (typed, entry->lead, entry->lead + entry->length) - entry->lead;
}

gboolean
acc_composition_is_right_to_left (AccComposition *self)
{
  static const char *const languages[] = { "ar", "fa", "he", "ur", NULL };

  g_return_val_if_fail (ACC_IS_COMPOSITION (self), FALSE);
  return g_strv_contains (languages, acc_wording_get_language (self->wording));
}

gboolean
acc_composition_keeps_signature_room (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), FALSE);
  return self->keeps_signature_room;
}

AccPaper
acc_composition_get_paper (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), ACC_PAPER_LETTER);
  return self->paper;
}

const char *
acc_composition_get_branch (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->branch;
}

const char *
acc_composition_get_foot (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->foot;
}

const char *
acc_composition_get_foot_edition (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->foot_edition;
}

const char *
acc_composition_get_foot_more (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->foot_more;
}

gboolean
acc_composition_is_large_print (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), FALSE);
  return self->large_print;
}

const char *
acc_composition_get_proof (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->proof;
}

const char *
acc_composition_get_language (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->language;
}

const char *
acc_composition_get_date (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return self->date;
}

char *
acc_composition_dup_page_label (AccComposition *self, guint page, guint n_pages)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);

  g_autofree char *page_text = g_strdup_printf ("%u", page + 1);
  g_autofree char *pages_text = g_strdup_printf ("%u", n_pages);

  return acc_wording_fill (self->wording, "page", "page", page_text, "pages", pages_text, NULL);
}

char *
acc_composition_dup_title (AccComposition *self)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  return g_strdup (self->title);
}

GStrv
acc_composition_dup_figures (AccComposition *self, const char *bank)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (self), NULL);
  g_return_val_if_fail (bank != NULL, NULL);

  g_autoptr (GStrvBuilder) figures = g_strv_builder_new ();
  g_autofree char *emblem = acc_wording_fill (self->wording, "emblem", "name", bank, NULL);

  g_strv_builder_add (figures, emblem);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const AccBlock *block = acc_composition_get_block (self, i);

      if (block->signature == NULL || acc_signature_get_kind (block->signature) == ACC_SIGNATURE_WITNESSED)
        continue;

      g_autofree char *signature = acc_wording_fill (self->wording, "signature", "name", block->text, NULL);
      g_strv_builder_add (figures, signature);
    }
  return g_strv_builder_end (figures);
}
