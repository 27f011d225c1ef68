/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks become texts laid out by Pango, texts become rows, rows fill pages. */
#include "paper/typesetter-private.h"

#include "paper/composition-private.h"

#define SIGNATURE_WIDTH 150.0
#define SIGNATURE_HEIGHT (SIGNATURE_WIDTH / ACC_SIGNATURE_PAD_ASPECT)
#define TYPED_AIR 20.0 /* around a typed signature, for which the room grows where it needs several lines */
#define TYPED_BELOW 6.0
#define TYPED_SIZE_MIN 13.0
#define COLUMN_GAP 28.0
#define TEXT_NONE G_MAXUINT
#define COLUMNS_MAX 2
#define TIGHT 0.92 /* of the leading and all spaces, where that makes one page of two */
#define SINK_SHARE 0.25 /* of the room that a short letter leaves, by which its text stands lower */
#define SINK_MAX 48.0

static const AccTextStyle styles[] = {
  [ACC_BLOCK_EDITION] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .bold = TRUE, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_EDITION_NOTE] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .quiet = TRUE, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_DATE] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 8, .to_end = TRUE, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_ADDRESSEE] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 10, .tag = ACC_TAG_TITLE },
  [ACC_BLOCK_QUIET] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .quiet = TRUE, .tag = ACC_TAG_ADDRESS },
  [ACC_BLOCK_DAY] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 10, .quiet = TRUE, .tag = ACC_TAG_ADDRESS },
  [ACC_BLOCK_SALUTATION] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 20, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_HEADING] = { .size = 13, .leading = 18, .before = 22, .bold = TRUE, .tag = ACC_TAG_SUBJECT },
  [ACC_BLOCK_PARAGRAPH] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 9, .auto_dir = TRUE,
                            .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_CLOSING] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 22, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_SIGNATURE] = { .size = ACC_LETTER_SIZE, .leading = 16.5, .before = 8, .tag = ACC_TAG_PARAGRAPH },
};

#define LARGE 18.0 /* points: what those who print for readers with low vision call large print */
#define LARGE_LEADING 25.5

/* All in the one ink: large print is to be seen well. */
static const AccTextStyle large_styles[] = {
  [ACC_BLOCK_EDITION] = { .size = LARGE, .leading = LARGE_LEADING, .bold = TRUE, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_EDITION_NOTE] = { .size = LARGE, .leading = LARGE_LEADING, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_DATE] = { .size = LARGE, .leading = LARGE_LEADING, .before = 10, .to_end = TRUE,
                       .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_ADDRESSEE] = { .size = LARGE, .leading = LARGE_LEADING, .before = 14, .tag = ACC_TAG_TITLE },
  [ACC_BLOCK_QUIET] = { .size = LARGE, .leading = LARGE_LEADING, .tag = ACC_TAG_ADDRESS },
  [ACC_BLOCK_DAY] = { .size = LARGE, .leading = LARGE_LEADING, .before = 14, .tag = ACC_TAG_ADDRESS },
  [ACC_BLOCK_SALUTATION] = { .size = LARGE, .leading = LARGE_LEADING, .before = 26, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_HEADING] = { .size = 20, .leading = 28, .before = 30, .bold = TRUE, .tag = ACC_TAG_SUBJECT },
  [ACC_BLOCK_PARAGRAPH] = { .size = LARGE, .leading = LARGE_LEADING, .before = 14, .auto_dir = TRUE,
                            .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_CLOSING] = { .size = LARGE, .leading = LARGE_LEADING, .before = 30, .tag = ACC_TAG_PARAGRAPH },
  [ACC_BLOCK_SIGNATURE] = { .size = LARGE, .leading = LARGE_LEADING, .before = 12, .tag = ACC_TAG_PARAGRAPH },
};

static const AccTextStyle large_note_style = { .size = LARGE, .leading = LARGE_LEADING, .tag = ACC_TAG_PARAGRAPH };
static const AccTextStyle note_style = { .size = 9, .leading = 13, .quiet = TRUE, .tag = ACC_TAG_PARAGRAPH };

/* As curves: cairo 1.16 spoils letters of OpenType-CFF faces, such as this one's N, in some of the subsets that it
 * writes. The name stands below it as text. */
static const AccTextStyle typed_plain_style = { .size = 19, .leading = 24, .size_min = TYPED_SIZE_MIN, .italic = TRUE,
                                                .path = TRUE, .tag = ACC_TAG_FIGURE };
static const AccTextStyle typed_style = { .size = 24, .leading = 24, .size_min = TYPED_SIZE_MIN,
                                          .family = "Dancing Script", .plain = &typed_plain_style, .path = TRUE,
                                          .tag = ACC_TAG_FIGURE };

/* What stands in one column of a row of signatures. */
typedef struct {
  guint block;
  guint typed, name, note; /* texts, or TEXT_NONE */
} Column;

/* What cannot be parted between two pages: a line, or one or two signatures side by side. */
typedef struct {
  guint text, line;
  double space;                /* before it, as the style says */
  double before, above, below; /* as it is measured now */
  gboolean keep; /* with the row after it */
  Column columns[COLUMNS_MAX];
  guint n_columns; /* 0: a line */
  double room;     /* for strokes or a typed name, above the names */
  guint across;    /* columns that share the measure */
} Row;

static const AccTextStyle *
get_style (AccSetter *setter, AccBlockRole role)
{
  return setter->large_print ? &large_styles[role] : &styles[role];
}

static double
text_height (AccSetter *setter, guint text)
{
  PangoLayout *layout = acc_pages_text (setter->pages, text)->layout;
  double height = 0;

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      double above, below;

      acc_setter_measure_line (setter, text, i, &above, &below);
      height += above + below;
    }
  return height;
}

static double
column_height (AccSetter *setter, const Column *column)
{
  double height = text_height (setter, column->name);

  if (column->note != TEXT_NONE)
    height += text_height (setter, column->note);
  return height;
}

/* Two lines at least on either side of a break; what is not a paragraph stays with what follows. */
static gboolean
keeps_with_next (AccBlockRole role, guint line, guint n_lines)
{
  return role != ACC_BLOCK_PARAGRAPH || (line == 0 && n_lines > 1) || line + 2 == n_lines;
}

static void
add_lines (AccSetter *setter, GArray *rows, guint block)
{
  const AccBlock *source = acc_composition_get_block (setter->pages->composition, block);
  const AccTextStyle *style = get_style (setter, source->role);
  guint text = acc_setter_add_text (setter, source->text, block, style, setter->measure);
  guint n_lines = pango_layout_get_line_count (acc_pages_text (setter->pages, text)->layout);

  for (guint i = 0; i < n_lines; i++)
    {
      Row row = { .text = text, .line = i, .space = i == 0 ? style->before : 0 };

      row.keep = keeps_with_next (source->role, i, n_lines);
      g_array_append_val (rows, row);
    }
}

/* The closing never comes alone to a page: the last two lines before it stay with it. */
static void
keep_last_lines (GArray *rows)
{
  for (guint i = 1; i <= 2 && i <= rows->len; i++)
    g_array_index (rows, Row, rows->len - i).keep = TRUE;
}

static double
measure_room (AccSetter *setter, const Column *column)
{
  const AccSignature *signature = acc_composition_get_block (setter->pages->composition, column->block)->signature;

  if (column->typed != TEXT_NONE)
    return MAX (SIGNATURE_HEIGHT, text_height (setter, column->typed) + TYPED_AIR);
  if (signature == NULL)
    return acc_composition_keeps_signature_room (setter->pages->composition) ? SIGNATURE_HEIGHT : 0;
  return acc_signature_get_kind (signature) == ACC_SIGNATURE_STROKES ? SIGNATURE_HEIGHT : 0;
}

static void
fill_column (AccSetter *setter, Column *column, guint block, double width)
{
  const AccBlock *source = acc_composition_get_block (setter->pages->composition, block);
  gboolean typed = source->signature != NULL &&
                   acc_signature_get_kind (source->signature) == ACC_SIGNATURE_TYPED;

  column->block = block;
  column->typed = !typed ? TEXT_NONE
                         : acc_setter_add_text (setter, acc_signature_get_text (source->signature), ACC_BLOCK_NONE,
                                                &typed_style, width);
  column->name = acc_setter_add_text (setter, source->text, block,
                                      get_style (setter, ACC_BLOCK_SIGNATURE), width);
  column->note = source->note == NULL ? TEXT_NONE
                                      : acc_setter_add_text (setter, source->note, ACC_BLOCK_NONE,
                                                             setter->large_print ? &large_note_style : &note_style,
                                                             width);
}

static void
add_signatures (AccSetter *setter, GArray *rows, guint first, guint n)
{
  guint across = MIN (n, COLUMNS_MAX);
  double width = (setter->measure + COLUMN_GAP) / across - COLUMN_GAP;

  for (guint i = 0; i < n; i += across)
    {
      Row row = { .space = get_style (setter, ACC_BLOCK_SIGNATURE)->before, .keep = i + across < n, .across = across };

      row.n_columns = MIN (n - i, across);
      for (guint c = 0; c < row.n_columns; c++)
        fill_column (setter, &row.columns[c], first + i + c, width);
      g_array_append_val (rows, row);
    }
}

static void
measure_rows (AccSetter *setter, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      row->before = row->space * setter->tightness;
      row->above = row->below = 0;
      if (row->n_columns == 0)
        acc_setter_measure_line (setter, row->text, row->line, &row->above, &row->below);
      row->room = 0;
      for (guint c = 0; c < row->n_columns; c++)
        {
          row->room = MAX (row->room, measure_room (setter, &row->columns[c]));
          row->below = MAX (row->below, column_height (setter, &row->columns[c]));
        }
      row->above += row->room;
    }
}

static GArray *
make_rows (AccSetter *setter)
{
  AccComposition *composition = setter->pages->composition;
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (Row));
  guint n = acc_composition_get_n_blocks (composition);

  for (guint i = 0; i < n; i++)
    {
      AccBlockRole role = acc_composition_get_block (composition, i)->role;

      if (role == ACC_BLOCK_SIGNATURE)
        {
          add_signatures (setter, rows, i, n - i);
          break;
        }
      if (role == ACC_BLOCK_CLOSING)
        keep_last_lines (rows);
      add_lines (setter, rows, i);
    }
  measure_rows (setter, rows);
  return rows;
}

/* The row after the last one that goes on a page that begins with @first. */
static guint
find_page_end (GArray *rows, guint first, double room)
{
  guint end = first, i;
  double height = 0;

  for (i = first; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      height += (i == first ? 0 : row->before) + row->above + row->below;
      if (height > room)
        break;
      if (!row->keep)
        end = i + 1;
    }
  if (i == rows->len)
    return i;
  return end > first ? end : MAX (i, first + 1); /* all of it wants to stay together: break where it must */
}

static void
place_text (AccSetter *setter, guint text, const AccArea *column, double *y)
{
  PangoLayout *layout = acc_pages_text (setter->pages, text)->layout;

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    {
      double above, below;

      acc_setter_measure_line (setter, text, i, &above, &below);
      acc_setter_place_line (setter, text, i, column, *y + above);
      *y += above + below;
    }
}

/* Where the pad's left edge goes, so that the strokes begin where the name below them does, and not the pad. */
static double
find_pad (AccSetter *setter, const AccSignature *signature, const AccArea *area)
{
  double left = 1, right = 0;

  for (guint i = 0; i < acc_signature_get_n_strokes (signature); i++)
    {
      guint n = 0;
      const AccPoint *points = acc_signature_get_stroke (signature, i, &n);

      for (guint k = 0; k < n; k++)
        {
          left = MIN (left, points[k].x);
          right = MAX (right, points[k].x);
        }
    }
  return setter->right_to_left ? area->x + area->width - right * SIGNATURE_WIDTH : area->x - left * SIGNATURE_WIDTH;
}

/* As the previous pages have it, or worked out. */
static AccInkOutline *
find_outline (AccSetter *setter, AccSignature *signature)
{
  for (guint i = 0; setter->previous != NULL && i < setter->previous->signatures->len; i++)
    {
      const AccSetSignature *set = &g_array_index (setter->previous->signatures, AccSetSignature, i);

      if (set->signature == signature)
        return acc_ink_outline_ref (set->outline);
    }
  return acc_ink_outline_new (signature);
}

static void
place_column (AccSetter *setter, const Column *column, const AccArea *area, double room)
{
  const AccBlock *block = acc_composition_get_block (setter->pages->composition, column->block);
  double y = area->y + room;

  if (column->typed != TEXT_NONE)
    {
      double typed_y = y - TYPED_BELOW - text_height (setter, column->typed);

      place_text (setter, column->typed, area, &typed_y);
    }
  else if (block->signature != NULL && acc_signature_get_kind (block->signature) == ACC_SIGNATURE_STROKES)
    {
      const AccArea box = { find_pad (setter, block->signature, area), y - SIGNATURE_HEIGHT, SIGNATURE_WIDTH, SIGNATURE_HEIGHT };
      const AccSetSignature drawn = { setter->page, setter->pages->lines->len, block->signature,
                                      find_outline (setter, block->signature), box };

      g_array_append_val (setter->pages->signatures, drawn);
    }
  place_text (setter, column->name, area, &y);
  if (column->note != TEXT_NONE)
    place_text (setter, column->note, area, &y);
}

static void
place_signatures (AccSetter *setter, const Row *row, double y)
{
  double step = (setter->measure + COLUMN_GAP) / row->across;

  for (guint c = 0; c < row->n_columns; c++)
    {
      guint place = setter->right_to_left ? row->across - 1 - c : c;
      const AccArea area = { setter->left + step * place, y, step - COLUMN_GAP, row->above + row->below };

      place_column (setter, &row->columns[c], &area, row->room);
    }
}

/* A short letter does not hang from its head. While it is being written, it only rises once the page fills up. */
static double
find_sink (AccSetter *setter, GArray *rows)
{
  double room = setter->bottom - acc_setter_get_top (setter, 0);

  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      room -= (i == 0 ? 0 : row->before) + row->above + row->below;
    }
  return CLAMP (room * SINK_SHARE, 0, SINK_MAX);
}

static void
place_rows (AccSetter *setter, GArray *rows, guint first, guint end)
{
  double y = acc_setter_get_top (setter, setter->page) + (setter->pages->n_pages == 1 ? find_sink (setter, rows) : 0);

  for (guint i = first; i < end; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      const AccArea column = { setter->left, y, setter->measure, 0 };

      y += i == first ? 0 : row->before;
      if (row->n_columns > 0)
        place_signatures (setter, row, y);
      else
        acc_setter_place_line (setter, row->text, row->line, &column, y + row->above);
      y += row->above + row->below;
    }
}

/* Where each page ends, as numbers of rows. */
static GArray *
find_page_ends (AccSetter *setter, GArray *rows)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint first = 0; first < rows->len;)
    {
      double room = setter->bottom - acc_setter_get_top (setter, ends->len);
      guint end = find_page_end (rows, first, room);

      g_array_append_val (ends, end);
      first = end;
    }
  return ends;
}

static void
place_pages (AccSetter *setter, GArray *rows, GArray *ends)
{
  setter->pages->n_pages = ends->len;
  for (guint page = 0, first = 0; page < ends->len; page++)
    {
      guint end = g_array_index (ends, guint, page);

      setter->page = page;
      acc_setter_place_head (setter);
      place_rows (setter, rows, first, end);
      acc_setter_place_foot (setter);
      first = end;
    }
}

/* A second page with a few lines and the signature is a page too many: set a little tighter, if that saves it. Large print
 * needs its leading more than it needs to be short. */
static void
fill_pages (AccSetter *setter)
{
  g_autoptr (GArray) rows = make_rows (setter);
  g_autoptr (GArray) ends = find_page_ends (setter, rows);

  if (ends->len == 2 && !setter->large_print)
    {
      setter->tightness = TIGHT;
      measure_rows (setter, rows);

      g_autoptr (GArray) tight = find_page_ends (setter, rows);
      if (tight->len == 1)
        {
          place_pages (setter, rows, tight);
          return;
        }
      setter->tightness = 1;
      measure_rows (setter, rows);
    }
  place_pages (setter, rows, ends);
}

AccPages *
acc_typeset (AccComposition *composition, AccLetterhead *letterhead, GError **error)
{
  return acc_typeset_again (composition, letterhead, NULL, error);
}

AccPages *
acc_typeset_again (AccComposition *composition, AccLetterhead *letterhead, AccPages *previous, GError **error)
{
  g_return_val_if_fail (ACC_IS_COMPOSITION (composition), NULL);
  g_return_val_if_fail (ACC_IS_LETTERHEAD (letterhead), NULL);
  g_return_val_if_fail (previous == NULL || ACC_IS_PAGES (previous), NULL);

  g_autoptr (AccPages) pages = acc_pages_new (composition, letterhead);
  AccSetter setter;

  acc_fonts_lock ();
  gboolean ready = acc_setter_init (&setter, pages, previous, error);
  if (ready)
    {
      fill_pages (&setter);
      acc_setter_clear (&setter);
    }
  acc_fonts_unlock ();
  return ready ? g_steal_pointer (&pages) : NULL;
}

AccPages *
acc_typeset_letter (AccLetter *letter, const char *branch, const char *number, AccLetterhead *letterhead, GError **error)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);

  g_autoptr (AccWording) wording = acc_wording_load (letterhead, acc_letter_get_fields (letter)->language, error);
  g_autoptr (AccComposition) composition = NULL;

  if (wording == NULL)
    return NULL;
  composition = acc_composition_new_letter (letter, wording, branch, number);
  return acc_typeset (composition, letterhead, error);
}
