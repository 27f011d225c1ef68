/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pages-private.h"

G_DEFINE_FINAL_TYPE (AccPages, acc_pages, G_TYPE_OBJECT)

static void
clear_text (gpointer data)
{
  g_object_unref (((AccSetText *) data)->layout);
}

static void
clear_line (gpointer data)
{
  AccSetLine *set = data;

  pango_layout_line_unref (set->drawn);
  g_free ((char *) set->line.text);
}

static void
acc_pages_finalize (GObject *object)
{
  AccPages *self = ACC_PAGES (object);

  acc_fonts_lock ();
  g_array_unref (self->lines);
  g_array_unref (self->texts);
  acc_fonts_unlock ();
  g_array_unref (self->signatures);
  g_object_unref (self->composition);
  g_object_unref (self->letterhead);
  G_OBJECT_CLASS (acc_pages_parent_class)->finalize (object);
}

static void
acc_pages_class_init (AccPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_pages_finalize;
}

static void
acc_pages_init (AccPages *self)
{
  self->texts = g_array_new (FALSE, FALSE, sizeof (AccSetText));
  self->lines = g_array_new (FALSE, FALSE, sizeof (AccSetLine));
  self->signatures = g_array_new (FALSE, FALSE, sizeof (AccSetSignature));
  g_array_set_clear_func (self->texts, clear_text);
  g_array_set_clear_func (self->lines, clear_line);
}

AccPages *
acc_pages_new (AccComposition *composition, AccLetterhead *letterhead)
{
  AccPages *self = g_object_new (ACC_TYPE_PAGES, NULL);

  self->composition = g_object_ref (composition);
  self->letterhead = g_object_ref (letterhead);
  return self;
}

guint
acc_pages_get_count (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), 0);
  return self->n_pages;
}

double
acc_pages_get_width (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), 0);
  return self->width;
}

double
acc_pages_get_height (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), 0);
  return self->height;
}

AccComposition *
acc_pages_get_composition (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), NULL);
  return self->composition;
}

AccLetterhead *
acc_pages_get_letterhead (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), NULL);
  return self->letterhead;
}

guint
acc_pages_get_n_lines (AccPages *self)
{
  g_return_val_if_fail (ACC_IS_PAGES (self), 0);
  return self->lines->len;
}

void
acc_pages_get_line (AccPages *self, guint line, AccLine *out)
{
  g_return_if_fail (ACC_IS_PAGES (self));
  g_return_if_fail (line < self->lines->len);
  g_return_if_fail (out != NULL);

  *out = acc_pages_line (self, line)->line;
}

double
acc_pages_get_rule (AccPages *self, guint page)
{
  return acc_letterhead_get_margins (self->letterhead)->top + (page == 0 ? ACC_RULE_FIRST : ACC_RULE_NEXT);
}

static void
set_colour (cairo_t *cr, const AccColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

static void
draw_head (AccPages *self, guint page, cairo_t *cr)
{
  const AccMargins *margins = acc_letterhead_get_margins (self->letterhead);
  double y = acc_pages_get_rule (self, page);

  if (page == 0)
    acc_letterhead_draw_emblem (self->letterhead, cr, self->emblem_x, margins->top, ACC_EMBLEM_SIZE);
  set_colour (cr, acc_letterhead_get_gold (self->letterhead));
  cairo_set_line_width (cr, ACC_RULE_WEIGHT);
  cairo_move_to (cr, margins->left, y);
  cairo_line_to (cr, self->width - margins->right, y);
  cairo_stroke (cr);
}

/* Headers and feet that every page repeats have no tag, so that they are not read out again and again. */
static const char *
get_tag (const AccSetText *text)
{
  static const char *const names[] = {
    [ACC_TAG_NONE] = NULL,
    [ACC_TAG_PARAGRAPH] = "P",
    [ACC_TAG_TITLE] = "H1",
    [ACC_TAG_SUBJECT] = "H2",
  };

  return names[text->tag];
}

static void
draw_line (AccPages *self, const AccSetLine *line, cairo_t *cr)
{
  const AccSetText *text = acc_pages_text (self, line->text);

  set_colour (cr, text->quiet ? acc_letterhead_get_quiet (self->letterhead)
                              : acc_letterhead_get_ink (self->letterhead));
  cairo_move_to (cr, line->x, line->line.baseline);
  if (!text->path)
    {
      pango_cairo_show_layout_line (cr, line->drawn);
      return;
    }
  pango_cairo_layout_line_path (cr, line->drawn);
  cairo_fill (cr);
}

static void
draw_lines (AccPages *self, guint page, cairo_t *cr)
{
  const char *tag = NULL;
  guint text = G_MAXUINT;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self, i);

      if (line->line.page != page)
        continue;
      if (line->text != text)
        {
          if (tag != NULL)
            cairo_tag_end (cr, tag);
          text = line->text;
          tag = get_tag (acc_pages_text (self, text));
          if (tag != NULL)
            cairo_tag_begin (cr, tag, NULL);
        }
      draw_line (self, line, cr);
    }
  if (tag != NULL)
    cairo_tag_end (cr, tag);
}

void
acc_pages_draw (AccPages *self, guint page, cairo_t *cr)
{
  g_return_if_fail (ACC_IS_PAGES (self));
  g_return_if_fail (page < self->n_pages);
  g_return_if_fail (cr != NULL);

  acc_fonts_lock ();
  cairo_save (cr);
  draw_head (self, page, cr);
  draw_lines (self, page, cr);
  set_colour (cr, acc_letterhead_get_ink (self->letterhead));
  for (guint i = 0; i < self->signatures->len; i++)
    {
      const AccSetSignature *set = &g_array_index (self->signatures, AccSetSignature, i);

      if (set->page == page)
        acc_strokes_draw (set->signature, cr, &set->box);
    }
  cairo_restore (cr);
  acc_fonts_unlock ();
}
