/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: whether all that the composition says stands on the pages, once, in real letters, on the paper. */
#include "paper/pages-private.h"

#include "base/error.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

#define OVERHANG 6.0  /* points by which a letter's ink may lean over the text's edge */
#define SHEET_EDGE 18.0 /* what most printers leave white */

/* "story.act", or the whole letter where the words are the bank's. */
static char *
name_place (const AccLine *line)
{
  return line->field == ACC_FIELD_NONE ? g_strdup (_ ("The text")) : acc_field_path (line->field, line->index);
}

static gboolean
refuse (GError **error, const AccLine *line, const char *what)
{
  g_autofree char *place = name_place (line);

  g_set_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS, "%s: %s", place, what);
  return FALSE;
}

static void
add_once (GArray *characters, gunichar c)
{
  for (guint i = 0; i < characters->len; i++)
    if (g_array_index (characters, gunichar, i) == c)
      return;
  g_array_append_val (characters, c);
}

/* Nothing that such a font has can be drawn: the machine is to blame, not the text. */
static gboolean
cannot_be_opened (PangoFont *font)
{
  cairo_scaled_font_t *scaled
    = PANGO_IS_CAIRO_FONT (font) ? pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font)) : NULL;

  return scaled == NULL || cairo_scaled_font_status (scaled) != CAIRO_STATUS_SUCCESS;
}

/* FALSE if a run's font cannot be opened. */
static gboolean
check_fonts (const AccSetLine *line, GError **error)
{
  for (const GSList *run = line->drawn->runs; run != NULL; run = run->next)
    if (cannot_be_opened (((const PangoGlyphItem *) run->data)->item->analysis.font))
      {
        g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("A font that is installed cannot be opened."));
        return FALSE;
      }
  return TRUE;
}

/* What is an emoji only together with another character, for which faces in ink have nothing but a box: a colour of skin,
 * half a flag, the cap of a key. */
static gboolean
is_part_of_emoji (gunichar c)
{
  return (c >= 0x1f3fb && c <= 0x1f3ff) || (c >= 0x1f1e6 && c <= 0x1f1ff) || c == 0x20e3;
}

static void
collect_unknown (const AccSetLine *line, GArray *characters)
{
  for (const char *at = line->line.text; *at != '\0'; at = g_utf8_next_char (at))
    if (is_part_of_emoji (g_utf8_get_char (at)))
      add_once (characters, g_utf8_get_char (at));
  for (const GSList *run = line->drawn->runs; run != NULL; run = run->next)
    {
      const PangoGlyphString *glyphs = ((const PangoGlyphItem *) run->data)->glyphs;

      for (int i = 0; i < glyphs->num_glyphs; i++)
        if (glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
          add_once (characters, glyphs->glyphs[i].glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
    }
}

static gboolean
check_glyphs (AccPages *self, GError **error)
{
  g_autoptr (GArray) unknown = g_array_new (FALSE, FALSE, sizeof (gunichar));

  for (guint i = 0; i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);

      collect_unknown (line, unknown);
      if (unknown->len == 0)
        continue;
      if (!check_fonts (line, error))
        return FALSE;

      g_autofree char *names = acc_text_name_characters ((const gunichar *) unknown->data, unknown->len);
      g_autofree char *what = g_strdup_printf (_ ("no font has %s."), names);
      return refuse (error, &line->line, what);
    }
  return TRUE;
}

/* Bytes of the line that a run of glyphs stands for. */
static gsize
count_drawn (const AccSetLine *line)
{
  gsize drawn = 0;

  for (const GSList *run = line->drawn->runs; run != NULL; run = run->next)
    drawn += ((const PangoGlyphItem *) run->data)->item->length;
  return drawn;
}

static gboolean
refuse_gap (AccPages *self, guint text, gsize from, GError **error)
{
  const AccSetText *set = acc_pages_text (self, text);
  const char *all = pango_layout_get_text (set->layout);
  AccLine place = { .field = ACC_FIELD_NONE };
  gunichar first = g_utf8_get_char (all + from);

  if (set->block != ACC_BLOCK_NONE)
    {
      const AccBlock *block = acc_composition_get_block (self->composition, set->block);

      place.field = block->field;
      place.index = block->index;
    }

  g_autofree char *name = acc_text_name_characters (&first, 1);
  g_autofree char *what = g_strdup_printf (_ ("the text cannot be set whole, from %s on."), name);
  return refuse (error, &place, what);
}

/* The lines of one text follow one another in the order of its bytes. */
static gboolean
check_text (AccPages *self, guint text, GError **error)
{
  gsize next = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);

      if (line->text != text)
        continue;
      if (line->line.start != next || count_drawn (line) != line->line.end - line->line.start)
        return refuse_gap (self, text, next, error);
      next = line->line.end;
    }
  if (next != strlen (pango_layout_get_text (acc_pages_text (self, text)->layout)))
    return refuse_gap (self, text, next, error);
  return TRUE;
}

static gboolean
check_texts (AccPages *self, GError **error)
{
  guint n_blocks = acc_composition_get_n_blocks (self->composition);
  guint block = 0;

  for (guint i = 0; i < self->texts->len; i++)
    {
      const AccSetText *set = acc_pages_text (self, i);

      if (!check_text (self, i, error))
        return FALSE;
      if (set->block == ACC_BLOCK_NONE)
        continue;

      /* A block that was left out or set twice, or set in other words, would be our own mistake. */
      g_assert (set->block == block);
      g_assert (g_str_equal (acc_composition_get_block (self->composition, block)->text,
                             pango_layout_get_text (set->layout)));
      block++;
    }
  g_assert (block == n_blocks);
  return TRUE;
}

static gboolean
is_inside (AccPages *self, const AccSetLine *line)
{
  const AccMargins *margins = acc_letterhead_get_margins (self->letterhead);
  double x = line->x + line->ink.x / (double) PANGO_SCALE;
  double y = line->line.baseline + line->ink.y / (double) PANGO_SCALE;
  double right = x + line->ink.width / (double) PANGO_SCALE;
  double low = y + line->ink.height / (double) PANGO_SCALE;
  gboolean body = line->line.block != ACC_BLOCK_NONE;

  if (line->ink.width == 0)
    return TRUE;
  return x >= margins->left - OVERHANG && right <= self->width - margins->right + OVERHANG &&
         y >= (body ? acc_pages_get_rule (self, line->line.page) : SHEET_EDGE) &&
         low <= self->height - (body ? margins->bottom : SHEET_EDGE);
}

static gboolean
check_places (AccPages *self, GError **error)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);
      gunichar first = g_utf8_get_char (line->line.text);

      if (is_inside (self, line))
        continue;

      g_autofree char *name = acc_text_name_characters (&first, 1);
      g_autofree char *what = g_strdup_printf (_ ("the line that begins with %s does not fit on the paper."), name);
      return refuse (error, &line->line, what);
    }
  return TRUE;
}

gboolean
acc_pages_check_ledger (AccPages *self, GError **error)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), FALSE);

  acc_fonts_lock ();
  gboolean right = check_glyphs (self, error) && check_texts (self, error) && check_places (self, error);
  acc_fonts_unlock ();
  return right;
}
