/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/composition-blocks-private.h"

#include "base/text.h"
#include "letter/number.h"
#include "paper/composition-private.h"
#include "paper/quotes.h"

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

/* ---- composing ---- */

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

AccBlock *
acc_composition_add (AccComposition *self, AccBlockRole role, AccField field, char *text)
{
  return &add (self, role, field, text)->block;
}

AccBlock *
acc_composition_add_around (AccComposition *self, AccBlockRole role, AccField field, const char *key, const char *answer)
{
  g_autofree char *marked = acc_wording_fill (self->wording, key, "name", "\x01", NULL);
  Entry *entry = add (self, role, field, acc_wording_fill (self->wording, key, "name", answer, NULL));
  const char *mark = strchr (marked, '\x01');

  entry->lead = mark == NULL ? 0 : (gsize) (mark - marked);
  entry->length = MIN (strlen (answer), strlen (get_typed (entry)) - entry->lead);
  return &entry->block;
}

void
acc_composition_add_paragraphs (AccComposition *self, AccField field, const char *text, gboolean written)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);
  gsize offset = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!acc_text_is_blank (lines[i]) || (written && i + 1 == n))
        acc_composition_add (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (lines[i]))->offset = offset;
      offset += strlen (lines[i]) + 1;
    }
  if (n == 0 && written) /* an empty text splits into no line at all */
    acc_composition_add (self, ACC_BLOCK_PARAGRAPH, field, g_strdup (""));
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

AccBlock *
acc_composition_add_barred (AccComposition *self, AccBlockRole role, AccField field, char *text, GArray *typed)
{
  Entry *entry = add (self, role, field, text);

  entry->block.bars = find_set_spans (entry, typed);
  put_bars (self, &entry->block.text, entry->block.bars);
  if (entry->typed != NULL)
    put_bars (self, &entry->typed, typed);
  entry->length = strlen (get_typed (entry));
  return &entry->block;
}

char *
acc_composition_make_foot (AccWording *wording, const char *number)
{
  if (number == NULL)
    return acc_wording_fill (wording, "specimen", NULL);

  g_autofree char *short_number = acc_number_short (number);
  return acc_wording_fill (wording, "number", "number", short_number, NULL);
}

/* ---- reading ---- */

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
