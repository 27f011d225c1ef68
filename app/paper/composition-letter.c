/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a letter, and in another edition of it. */
#include "base/text.h"
#include "letter/check-code.h"
#include "letter/number.h"
#include "paper/composition-blocks-private.h"
#include "paper/quotes.h"

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
static AccBlock *
add_with_bars (AccComposition *self, AccBlockRole role, AccField field, char *text)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (AccSpan));

  for (const char *at = strstr (text, BAR); at != NULL; at = strstr (at + 1, BAR))
    {
      const AccSpan span = { at - text, at - text + strlen (BAR) };

      g_array_append_val (spans, span);
    }
  return acc_composition_add_barred (self, role, field, text, spans);
}

/* The wording of @key around a name, or around the bar in its place. */
static void
add_name (AccComposition *self, const AccEditionText *edition, AccBlockRole role, AccField field, const char *key)
{
  if (is_marked (edition, field, 0))
    add_with_bars (self, role, field, acc_wording_fill (self->wording, key, "name", BAR, NULL));
  else
    acc_composition_add_around (self, role, field, key, acc_letter_get_text (edition->letter, field, 0));
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
        acc_composition_add_around (self, ACC_BLOCK_ADDRESSEE, ACC_FIELD_TO_NAME, "for", to->name)->index = i;
      else if (acc_letter_is_writing (letter, ACC_FIELD_TO_NAME))
        acc_composition_add (self, ACC_BLOCK_ADDRESSEE, ACC_FIELD_TO_NAME, g_strdup (""))->index = i;
      if (!acc_text_is_blank (to->department))
        acc_composition_add (self, ACC_BLOCK_QUIET, ACC_FIELD_TO_DEPARTMENT, g_strdup (to->department))->index = i;
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
    acc_composition_add_around (self, ACC_BLOCK_SALUTATION, ACC_FIELD_TO_CALLED, "salutation", joined);
  else if (called->len > 1)
    acc_composition_add (self, ACC_BLOCK_SALUTATION, ACC_FIELD_NONE,
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
        acc_composition_add_barred (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (lines[i]), spans);
      else if (!acc_text_is_blank (lines[i]))
        acc_composition_add (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (lines[i]))->offset = offset;
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
    acc_composition_add_paragraphs (self, field, text, acc_letter_is_writing (edition->letter, field));
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

  acc_composition_add (self, ACC_BLOCK_CLOSING, ACC_FIELD_NONE, acc_wording_fill (self->wording, "closing", NULL));

  for (guint i = 0; i < fields->n_from; i++)
    {
      const AccAuthor *from = &fields->from[i];
      gboolean marked = is_marked (edition, ACC_FIELD_FROM_NAME, i);
      AccBlock *block = marked
                          ? add_with_bars (self, ACC_BLOCK_SIGNATURE, ACC_FIELD_FROM_NAME, g_strdup (BAR))
                          : acc_composition_add (self, ACC_BLOCK_SIGNATURE, ACC_FIELD_FROM_NAME, g_strdup (from->name));

      block->index = i;
      if (from->signature == NULL)
        continue;
      block->signature = marked ? NULL : take_signature (self, from->signature);
      block->note = make_note (self, edition, from->signature);
    }
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
  for (guint i = 0; i < acc_composition_get_n_blocks (self); i++)
    addressees += acc_composition_get_block (self, i)->role == ACC_BLOCK_ADDRESSEE;

  g_autofree char *day = acc_wording_date (self->wording, fields->served_on);

  acc_composition_add (self, addressees > 1 ? ACC_BLOCK_DAY : ACC_BLOCK_QUIET, ACC_FIELD_SERVED_ON,
                       acc_wording_fill (self->wording, "served-on", "date", day, NULL));
}

/* Above all else, in each foot, and in the title that a list of files shows. */
static void
add_edition (AccComposition *self, const AccEditionText *edition)
{
  const char *const keys[]
    = { edition->marks != NULL ? "blacked-out" : NULL, edition->large_print ? "large-print" : NULL };
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
  acc_composition_add (self, ACC_BLOCK_EDITION, ACC_FIELD_NONE, names);
  if (edition->marks != NULL)
    acc_composition_add (self, ACC_BLOCK_EDITION_NOTE, ACC_FIELD_NONE,
                         acc_wording_fill (self->wording, "blacked-out-note", NULL));
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
  self->foot = acc_composition_make_foot (wording, number);
  if (number != NULL)
    add_proof (self, letter, number);
  self->language = g_strdup (fields->language);
  self->date = g_strdup (fields->date);
  self->title = make_title (wording, fields);
  self->keeps_signature_room = acc_letter_is_sketch (letter);

  add_edition (self, edition);
  acc_composition_add (self, ACC_BLOCK_DATE, ACC_FIELD_NONE, acc_wording_date (wording, fields->date));
  add_addressees (self, edition);
  add_day (self, fields);
  add_salutation (self, edition);
  add_story (self, edition);
  add_signatures (self, edition);
  return self;
}
