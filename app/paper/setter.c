/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/typesetter-private.h"

#include "paper/composition-private.h"
#include "paper/line-breaks-private.h"
#include "paper/scripts-private.h"

#define BASELINE_SHARE 0.73 /* of the leading lies above the baseline */
#define INK_AIR 0.5         /* between the ink of two lines that outgrow their leading */
#define HEAD_GAP 12.0       /* between emblem and name */
#define NAMES_BASELINE -1.0 /* of the bank's name, from the emblem's middle, which the middle of both names faces */
#define NAME_BASELINE 7.0   /* … where there is no branch's */
#define NAME_BELOW 25.0     /* from an emblem above it */
#define BRANCH_LEADING 17.0 /* from the name */
#define NEXT_BASELINE 14.0  /* from the top margin */
#define BELOW_RULE_FIRST 18.0
#define BELOW_RULE_NEXT 24.0
#define HEAD_SIZE_MIN 7.0
#define LARGE_FOOT_LEADING 12.5
#define LARGE_FOOT_FIRST 17.0
#define LARGE_FOOT_ROW 19.0 /* between the rows above the bank's lines */
#define LARGE_FOOT_AIR 26.0 /* from the text's bottom to the first row's baseline */
#define FOOT_ROW 11.5
#define FOOT_AIR 14.0
#define FOOT_GAP 8.0        /* at least, between the foot's text and the page's label */
#define PART_LETTERS 60     /* of a word without end that are shaped at once */
#define KEPT_SHARE 0.5      /* of a line that a word may fill, each letter an em, and is kept whole */

static const struct {
  double width, height;
} papers[] = {
  [ACC_PAPER_LETTER] = { 612, 792 },
  [ACC_PAPER_A4] = { 595.28, 841.89 },
};

static const AccTextStyle bank_style = { .size = 19.5, .leading = 24, .size_min = HEAD_SIZE_MIN, .name = TRUE,
                                         .bold = TRUE, .optical = TRUE, .tag = ACC_TAG_PARAGRAPH };
static const AccTextStyle branch_style = { .size = 10, .leading = 14, .size_min = HEAD_SIZE_MIN, .head = TRUE,
                                           .quiet = TRUE, .optical = TRUE, .tag = ACC_TAG_PARAGRAPH };
static const AccTextStyle next_style = { .size = 10.5, .leading = 14, .size_min = HEAD_SIZE_MIN, .name = TRUE,
                                         .bold = TRUE, .optical = TRUE };
static const AccTextStyle foot_style = { .size = 8.5, .leading = 12, .size_min = HEAD_SIZE_MIN, .head = TRUE,
                                         .quiet = TRUE };
static const AccTextStyle foot_end_style = { .size = 8.5, .leading = 12, .size_min = HEAD_SIZE_MIN, .head = TRUE,
                                             .quiet = TRUE, .to_end = TRUE };
static const AccTextStyle foot_line_style = { .size = ACC_FOOT_SIZE, .leading = ACC_FOOT_LEADING,
                                              .size_min = HEAD_SIZE_MIN, .head = TRUE, .quiet = TRUE,
                                              .auto_dir = TRUE };

/* What every page repeats, in the edition in large print. The bank's own lines are the smallest: they are the same on
 * everything that it writes. */
static const AccTextStyle large_bank_style = { .size = 22, .leading = 26, .size_min = 18, .name = TRUE, .bold = TRUE,
                                               .optical = TRUE, .tag = ACC_TAG_PARAGRAPH };
static const AccTextStyle large_branch_style = { .size = 14, .leading = 18, .size_min = HEAD_SIZE_MIN, .head = TRUE,
                                                 .quiet = TRUE, .optical = TRUE, .tag = ACC_TAG_PARAGRAPH };
static const AccTextStyle large_next_style = { .size = 14, .leading = 18, .size_min = HEAD_SIZE_MIN, .name = TRUE,
                                               .bold = TRUE, .optical = TRUE };
static const AccTextStyle large_foot_style = { .size = 14, .leading = 18, .size_min = HEAD_SIZE_MIN, .head = TRUE };
static const AccTextStyle large_foot_end_style = { .size = 14, .leading = 18, .size_min = HEAD_SIZE_MIN, .head = TRUE,
                                                   .to_end = TRUE };
static const AccTextStyle large_foot_line_style = { .size = 10, .leading = LARGE_FOOT_LEADING,
                                                    .size_min = HEAD_SIZE_MIN, .head = TRUE, .auto_dir = TRUE };

/* Whether a text of the same style and width is laid out alike on both. */
static gboolean
are_alike (AccPages *one, AccPages *other)
{
  AccComposition *composition = one->composition;

  return one->letterhead == other->letterhead &&
         acc_composition_is_right_to_left (composition) == acc_composition_is_right_to_left (other->composition) &&
         g_str_equal (acc_composition_get_language (composition), acc_composition_get_language (other->composition));
}

/* The baseline of the row with the page's label. In large print the last of the bank's own lines stands where it does in any
 * letter, and the others above it. */
static double
find_foot (AccSetter *setter)
{
  g_auto (GStrv) lines = acc_letterhead_dup_foot (setter->pages->letterhead,
                                                  acc_composition_get_language (setter->pages->composition));
  guint n = g_strv_length (lines);
  double foot = ACC_FOOT_BASELINE + acc_letterhead_get_foot_lift (n);

  if (setter->large_print && n > 0)
    foot += LARGE_FOOT_FIRST - ACC_FOOT_FIRST + (n - 1) * (LARGE_FOOT_LEADING - ACC_FOOT_LEADING);
  return setter->pages->height - foot;
}

/* An edition has more in its foot than a letter, so its text ends higher. */
static double
find_bottom (AccSetter *setter, double bottom)
{
  if (setter->large_print)
    return MIN (bottom, find_foot (setter) - 2 * LARGE_FOOT_ROW - LARGE_FOOT_AIR);
  if (acc_composition_get_foot_edition (setter->pages->composition) != NULL)
    return MIN (bottom, find_foot (setter) - FOOT_ROW - FOOT_AIR);
  return bottom;
}

gboolean
acc_setter_init (AccSetter *setter, AccPages *pages, AccPages *previous, GError **error)
{
  AccComposition *composition = pages->composition;
  const AccMargins *margins = acc_letterhead_get_margins (pages->letterhead);
  AccPaper paper = acc_composition_get_paper (composition);
  PangoContext *context = acc_fonts_new_context (acc_composition_get_language (composition), error);

  if (context == NULL)
    return FALSE;

  pages->width = papers[paper].width;
  pages->height = papers[paper].height;
  *setter = (AccSetter){
    .pages = pages,
    .previous = previous != NULL && are_alike (previous, pages) ? previous : NULL,
    .context = context,
    .right_to_left = acc_composition_is_right_to_left (composition),
    .large_print = acc_composition_is_large_print (composition),
    .left = margins->left,
    .measure = pages->width - margins->left - margins->right,
    .bottom = pages->height - margins->bottom,
    .tightness = 1,
  };
  setter->bottom = find_bottom (setter, setter->bottom);
  pango_context_set_base_dir (context, setter->right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  return TRUE;
}

void
acc_setter_clear (AccSetter *setter)
{
  g_object_unref (setter->context);
}

static void
set_font (AccSetter *setter, PangoLayout *layout, const AccTextStyle *style, double size)
{
  AccLetterhead *letterhead = setter->pages->letterhead;
  const char *family = style->family != NULL ? style->family
                       : style->head         ? acc_letterhead_get_head_family (letterhead)
                       : style->name         ? acc_letterhead_get_name_family (letterhead)
                                             : acc_letterhead_get_family (letterhead);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (font, style->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

/* A script whose letters can be shaped apart: no letter's form hangs on what stands more than one letter before it. */
static gboolean
is_plain_script (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
      return g_unichar_isalnum (c);
    default:
      return FALSE;
    }
}

/* Where a word is too long for a line, Pango shapes the whole rest of it again for each line: the time is the square of
 * its length. Parts of such a word, no longer than a line, are items of their own. NULL where there is no such word. */
static PangoAttrList *
part_long_words (const char *text)
{
  PangoAttrList *parts = NULL;
  const char *start = text;
  guint n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        n = 0;
      else if (n++ == 0)
        start = at;
      else if (n > PART_LETTERS && is_plain_script (c))
        {
          PangoAttribute *part = pango_attr_rise_new (0);

          part->start_index = start - text;
          part->end_index = at - text;
          if (parts == NULL)
            parts = pango_attr_list_new ();
          pango_attr_list_insert (parts, part);
          start = at;
          n = 1;
        }
    }
  return parts;
}

/* Whether the style's own family has every glyph of the text. */
static gboolean
family_has (PangoLayout *layout)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_fallback_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  gboolean has = pango_layout_get_unknown_glyphs_count (layout) == 0;
  pango_layout_set_attributes (layout, NULL);
  pango_attr_list_unref (attributes);
  return has;
}

/* What fits stays as it is laid out: a width that does not break it is none. */
static void
shrink (AccSetter *setter, PangoLayout *layout, const AccTextStyle *style, double width)
{
  int natural = 0;

  pango_layout_get_size (layout, &natural, NULL);
  if (natural <= width * PANGO_SCALE)
    return;
  set_font (setter, layout, style, MAX (style->size_min, style->size * 0.99 * width * PANGO_SCALE / natural));
  pango_layout_set_width (layout, width * PANGO_SCALE);
}

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, const AccSpan *span)
{
  attribute->start_index = span->start;
  attribute->end_index = span->end;
  pango_attr_list_insert (attributes, attribute);
}

/* White on the letter's ink, and never parted between two lines. */
static PangoAttrList *
add_bars (AccSetter *setter, PangoAttrList *attributes, GArray *bars)
{
  const AccColour *ink = acc_letterhead_get_ink (setter->pages->letterhead);

  if (bars == NULL)
    return attributes;
  if (attributes == NULL)
    attributes = pango_attr_list_new ();
  for (guint i = 0; i < bars->len; i++)
    {
      const AccSpan *bar = &g_array_index (bars, AccSpan, i);

      add_attribute (attributes, pango_attr_allow_breaks_new (FALSE), bar);
      add_attribute (attributes, pango_attr_foreground_new (G_MAXUINT16, G_MAXUINT16, G_MAXUINT16), bar);
      add_attribute (attributes, pango_attr_background_new ((guint16) (ink->red * G_MAXUINT16),
                                                            (guint16) (ink->green * G_MAXUINT16),
                                                            (guint16) (ink->blue * G_MAXUINT16)), bar);
    }
  return attributes;
}

static PangoLayout *
lay_out (AccSetter *setter, const char *text, GArray *bars, const AccTextStyle *style, double width)
{
  PangoLayout *layout = pango_layout_new (setter->context);
  const char *language = acc_composition_get_language (setter->pages->composition);
  PangoAttrList *attributes = acc_line_breaks_keep (part_long_words (text), text, language,
                                                    KEPT_SHARE * width / style->size);

  attributes = add_bars (setter, attributes, bars);
  set_font (setter, layout, style, style->size);
  pango_layout_set_auto_dir (layout, style->auto_dir);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, style->size_min > 0 ? -1 : width * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  if (style->plain != NULL && !family_has (layout))
    {
      style = style->plain;
      set_font (setter, layout, style, style->size);
    }
  pango_layout_set_attributes (layout, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
  if (style->size_min > 0)
    shrink (setter, layout, style, width);
  return layout;
}

/* The layout of the same text, set alike, on the previous pages; NULL where there is none. Texts mostly come in the
 * order that they had there. */
static PangoLayout *
find_ready (AccSetter *setter, const char *text, const AccTextStyle *style, double width)
{
  guint n = setter->previous != NULL ? setter->previous->texts->len : 0;

  for (guint i = 0; i < n; i++)
    {
      guint at = (setter->next + i) % n;
      const AccSetText *set = acc_pages_text (setter->previous, at);

      if (set->style != style || set->width != width || !g_str_equal (pango_layout_get_text (set->layout), text))
        continue;
      setter->next = at + 1;
      return g_object_ref (set->layout);
    }
  return NULL;
}

guint
acc_setter_add_text (AccSetter *setter, const char *text, guint block, const AccTextStyle *style, double width)
{
  AccSetText set = { .style = style, .width = width, .block = block };
  GArray *bars = block == ACC_BLOCK_NONE ? NULL
                                         : acc_composition_get_block (setter->pages->composition, block)->bars;

  set.quiet = style->quiet;
  set.path = style->path;
  set.tag = style->tag;
  set.layout = bars == NULL ? find_ready (setter, text, style, width) : NULL;
  if (set.layout == NULL)
    set.layout = lay_out (setter, text, bars, style, width);
  g_array_append_val (setter->pages->texts, set);
  return setter->pages->texts->len - 1;
}

void
acc_setter_measure_line (AccSetter *setter, guint text, guint line, double *above, double *below)
{
  PangoLayoutLine *drawn = pango_layout_get_line_readonly (acc_pages_text (setter->pages, text)->layout, line);
  double leading = acc_pages_text (setter->pages, text)->style->leading * setter->tightness;
  PangoRectangle ink;

  pango_layout_line_get_extents (drawn, &ink, NULL);
  *above = MAX (leading * BASELINE_SHARE, -ink.y / (double) PANGO_SCALE + INK_AIR);
  *below = MAX (leading * (1 - BASELINE_SHARE), (ink.y + ink.height) / (double) PANGO_SCALE + INK_AIR);
}

/* The block's answer, for the line that shows it. */
static void
name_line (AccSetter *setter, guint block, AccLine *line)
{
  line->block = block;
  if (block == ACC_BLOCK_NONE)
    return;

  const AccBlock *source = acc_composition_get_block (setter->pages->composition, block);

  line->field = source->field;
  line->index = source->index;
}

void
acc_setter_place_line (AccSetter *setter, guint text, guint line, const AccArea *column, double baseline)
{
  const AccSetText *set = acc_pages_text (setter->pages, text);
  PangoLayoutLine *drawn = pango_layout_get_line_readonly (set->layout, line);
  AccSetLine placed = { .text = text, .drawn = pango_layout_line_ref (drawn) };
  gboolean from_right = drawn->resolved_dir == PANGO_DIRECTION_RTL;
  PangoRectangle logical;
  double above, below;

  pango_layout_line_get_extents (drawn, &placed.ink, &logical);
  acc_setter_measure_line (setter, text, line, &above, &below);

  double width = logical.width / (double) PANGO_SCALE;
  gboolean flush_right = from_right != set->style->to_end;

  placed.x = flush_right ? column->x + column->width - width : column->x;
  placed.line.page = setter->page;
  placed.line.start = drawn->start_index;
  placed.line.end = drawn->start_index + drawn->length;
  placed.line.area = (AccArea){ placed.x, baseline - above, width, above + below };
  placed.line.baseline = baseline;
  placed.line.text = g_strndup (pango_layout_get_text (set->layout) + drawn->start_index, drawn->length);
  placed.line.from_right = from_right;
  placed.line.complex = from_right || acc_text_is_complex (placed.line.text);
  name_line (setter, set->block, &placed.line);
  g_array_append_val (setter->pages->lines, placed);
}

double
acc_setter_get_top (AccSetter *setter, guint page)
{
  return acc_pages_get_rule (setter->pages, page) + (page == 0 ? BELOW_RULE_FIRST : BELOW_RULE_NEXT);
}

/* Where the text of the head or foot that was placed last begins: at the letter's side, whichever way it runs itself. In the
 * head, beside emblem and rule, by its visible edge, not by the blank at its first letter's side. */
static void
align_last (AccSetter *setter, const AccTextStyle *style, const AccArea *column, AccAlign align)
{
  AccSetLine *line = &g_array_index (setter->pages->lines, AccSetLine, setter->pages->lines->len - 1);
  double blank = style->optical ? line->ink.x / (double) PANGO_SCALE : 0;
  double width = style->optical ? line->ink.width / (double) PANGO_SCALE : line->line.area.width;
  double spare = column->width - width;
  double lead = align == ACC_ALIGN_CENTRE ? spare / 2 : setter->right_to_left != style->to_end ? spare : 0;

  line->x = column->x + lead - blank;
  line->line.area.x = column->x + lead;
  line->line.area.width = width;
}

static void
place_ready_text (AccSetter *setter, guint text, const AccArea *column, AccAlign align)
{
  acc_setter_place_line (setter, text, 0, column, column->y);
  align_last (setter, acc_pages_text (setter->pages, text)->style, column, align);
}

static void
place_head_text (AccSetter *setter, const char *text, const AccTextStyle *style, const AccArea *column, AccAlign align)
{
  place_ready_text (setter, acc_setter_add_text (setter, text, ACC_BLOCK_NONE, style, column->width), column, align);
}

/* The emblem's square, where its ink begins at the line's beginning, or is in the sheet's middle. */
static double
find_emblem (AccSetter *setter, const AccHead *head)
{
  const AccEmblemInk *ink = acc_letterhead_get_emblem_ink (setter->pages->letterhead);
  double spare = setter->measure - (ink->right - ink->left) * head->emblem;
  double lead = head->align == ACC_ALIGN_CENTRE ? spare / 2 : setter->right_to_left ? spare : 0;

  return setter->left + lead - ink->left * head->emblem;
}

void
acc_setter_place_head (AccSetter *setter)
{
  AccPages *pages = setter->pages;
  const AccHead *head = acc_letterhead_get_head (pages->letterhead);
  const char *bank = acc_letterhead_get_bank (pages->letterhead);
  const char *branch = acc_composition_get_branch (pages->composition);
  double top = acc_letterhead_get_margins (pages->letterhead)->top;
  AccArea column = { setter->left, 0, setter->measure, 0 };

  if (setter->page > 0)
    {
      column.y = top + NEXT_BASELINE;
      place_head_text (setter, bank, setter->large_print ? &large_next_style : &next_style, &column, head->align);
      return;
    }

  pages->emblem_x = find_emblem (setter, head);
  if (head->align == ACC_ALIGN_START)
    {
      /* The emblem stands where a line begins. */
      column.x += setter->right_to_left ? 0 : head->emblem + HEAD_GAP;
      column.width -= head->emblem + HEAD_GAP;
    }
  column.y = top + head->emblem / 2 + (branch[0] != '\0' ? NAMES_BASELINE : NAME_BASELINE);
  if (head->align == ACC_ALIGN_CENTRE)
    column.y = top + head->emblem + NAME_BELOW;
  place_head_text (setter, bank, setter->large_print ? &large_bank_style : &bank_style, &column, head->align);
  column.y += BRANCH_LEADING;
  place_head_text (setter, branch, setter->large_print ? &large_branch_style : &branch_style, &column, head->align);
}

static AccArea
find_code (AccSetter *setter)
{
  return (AccArea){ setter->left + (setter->right_to_left ? 0 : setter->measure - ACC_FOOT_CODE_SIZE),
                    setter->pages->height - ACC_FOOT_CODE_BELOW - ACC_FOOT_CODE_SIZE, ACC_FOOT_CODE_SIZE,
                    ACC_FOOT_CODE_SIZE };
}

static void
place_foot_lines (AccSetter *setter, AccArea *column)
{
  g_auto (GStrv) lines = acc_letterhead_dup_foot (setter->pages->letterhead,
                                                  acc_composition_get_language (setter->pages->composition));

  for (guint i = 0; lines[i] != NULL; i++)
    {
      place_head_text (setter, lines[i], setter->large_print ? &large_foot_line_style : &foot_line_style, column,
                       ACC_ALIGN_START);
      column->y += setter->large_print ? LARGE_FOOT_LEADING : ACC_FOOT_LEADING;
    }
}

/* A row with @text, or none, at its beginning and the page's label at its end, which is left its room. */
static void
place_foot_row (AccSetter *setter, const char *text, const char *label, const AccArea *column)
{
  gboolean large = setter->large_print;
  guint end = acc_setter_add_text (setter, label, ACC_BLOCK_NONE, large ? &large_foot_end_style : &foot_end_style,
                                   column->width);
  int taken = 0;
  AccArea left = *column;

  pango_layout_get_size (acc_pages_text (setter->pages, end)->layout, &taken, NULL);
  left.width -= taken / (double) PANGO_SCALE + FOOT_GAP;
  left.x = setter->right_to_left ? column->x + column->width - left.width : column->x;
  if (text != NULL)
    place_head_text (setter, text, large ? &large_foot_style : &foot_style, &left, ACC_ALIGN_START);
  place_ready_text (setter, end, column, ACC_ALIGN_START);
}

void
acc_setter_place_foot (AccSetter *setter)
{
  AccPages *pages = setter->pages;
  AccComposition *composition = pages->composition;
  const char *foot = acc_composition_get_foot (composition), *more = acc_composition_get_foot_more (composition);
  const char *edition = acc_composition_get_foot_edition (composition);
  g_autofree char *label = acc_composition_dup_page_label (composition, setter->page, pages->n_pages);
  gboolean proven = acc_composition_get_proof (composition) != NULL;
  double taken = proven ? ACC_FOOT_CODE_SIZE + ACC_FOOT_CODE_GAP : 0;
  AccArea column = { setter->left + (setter->right_to_left ? taken : 0), find_foot (setter), setter->measure - taken, 0 };

  if (proven)
    pages->code = find_code (setter);
  if (edition != NULL)
    {
      column.y -= setter->large_print ? 2 * LARGE_FOOT_ROW : FOOT_ROW;
      place_head_text (setter, edition, setter->large_print ? &large_foot_style : &foot_style, &column, ACC_ALIGN_START);
      column.y = find_foot (setter);
    }
  if (setter->large_print)
    {
      column.y -= LARGE_FOOT_ROW;
      place_head_text (setter, foot, &large_foot_style, &column, ACC_ALIGN_START);
      column.y += LARGE_FOOT_ROW;
    }
  place_foot_row (setter, setter->large_print ? more : foot, label, &column);
  column.y += setter->large_print ? LARGE_FOOT_FIRST : ACC_FOOT_FIRST;
  place_foot_lines (setter, &column);
}
