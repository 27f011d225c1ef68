/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pages-private.h"

#include "paper/qr-code-private.h"

#include <math.h>

#define PATH_STEPS 16 /* to a point: 0.02 mm */

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
clear_signature (gpointer data)
{
  acc_ink_outline_unref (((AccSetSignature *) data)->outline);
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
  g_array_set_clear_func (self->signatures, clear_signature);
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
  const AccHead *head = acc_letterhead_get_head (self->letterhead);
  double top = acc_letterhead_get_margins (self->letterhead)->top;

  if (page > 0)
    return top + ACC_RULE_NEXT;
  return top + head->emblem + (head->align == ACC_ALIGN_CENTRE ? ACC_RULE_CENTRED : ACC_RULE_BELOW);
}

static void
set_colour (cairo_t *cr, const AccColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

/* Points; the pages after the first have a lighter one. */
static const double rule_weights[][2] = {
  [ACC_RULE_LINE] = { 1.1, 1.1 },
  [ACC_RULE_BAND] = { 5, 2.5 },
  [ACC_RULE_NONE] = { 0, 0 },
};

void
acc_pages_draw_emblem (AccPages *self, guint page, cairo_t *cr)
{
  double top = acc_letterhead_get_margins (self->letterhead)->top;

  if (page > 0)
    return;
  cairo_tag_begin (cr, "Figure", NULL);
  acc_letterhead_draw_emblem (self->letterhead, cr, self->emblem_x, top,
                              acc_letterhead_get_head (self->letterhead)->emblem);
  cairo_tag_end (cr, "Figure");
}

double
acc_pages_get_rule_weight (AccPages *self, guint page)
{
  return rule_weights[acc_letterhead_get_head (self->letterhead)->rule][page > 0];
}

void
acc_pages_draw_rule (AccPages *self, guint page, cairo_t *cr)
{
  const AccMargins *margins = acc_letterhead_get_margins (self->letterhead);
  double y = acc_pages_get_rule (self, page);
  double weight = acc_pages_get_rule_weight (self, page);

  if (weight == 0)
    return;
  set_colour (cr, acc_letterhead_get_gold (self->letterhead));
  cairo_set_line_width (cr, weight);
  cairo_move_to (cr, margins->left, y);
  cairo_line_to (cr, self->width - margins->right, y);
  cairo_stroke (cr);
}

void
acc_pages_draw_code (AccPages *self, guint page, cairo_t *cr)
{
  if (self->code.width == 0)
    return;
  set_colour (cr, acc_letterhead_get_ink (self->letterhead));
  acc_qr_code_path (acc_composition_get_proof (self->composition), cr, &self->code);
  cairo_fill (cr);
}

/* The structure that a reader meets who does not see the page, with the tags of tagged PDF (ISO 32000-1, 14.8.4).
 * Headers and feet that every page repeats have none, so that they are not read out again and again. */
static const struct {
  const char *name, *group; /* group: shared with the neighbours that have the same */
} tags[] = {
  [ACC_TAG_NONE] = { NULL, NULL },
  [ACC_TAG_PARAGRAPH] = { "P", NULL },
  [ACC_TAG_TITLE] = { "H1", "Div" },
  [ACC_TAG_ADDRESS] = { "P", "Div" },
  [ACC_TAG_SUBJECT] = { "H2", NULL },
  [ACC_TAG_FIGURE] = { "Figure", NULL },
};

static AccTag
get_tag (AccPages *self, guint line)
{
  const AccSetLine *set = acc_pages_line (self, line);

  return set->line.text[0] == '\0' ? ACC_TAG_NONE : acc_pages_text (self, set->text)->tag;
}

/* Numbers of few digits: a typed signature's outlines are much of a page's bytes, and this is finer than any printer. */
static void
round_path (cairo_t *cr)
{
  cairo_path_t *path = cairo_copy_path (cr);

  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    for (int j = 1; j < path->data[i].header.length; j++)
      {
        path->data[i + j].point.x = round (path->data[i + j].point.x * PATH_STEPS) / PATH_STEPS;
        path->data[i + j].point.y = round (path->data[i + j].point.y * PATH_STEPS) / PATH_STEPS;
      }
  cairo_new_path (cr);
  cairo_append_path (cr, path);
  cairo_path_destroy (path);
}

void
acc_pages_draw_line (AccPages *self, guint line, cairo_t *cr)
{
  const AccSetLine *set = acc_pages_line (self, line);
  const AccSetText *text = acc_pages_text (self, set->text);

  set_colour (cr, text->quiet ? acc_letterhead_get_quiet (self->letterhead)
                              : acc_letterhead_get_ink (self->letterhead));
  cairo_move_to (cr, set->x, set->line.baseline);
  if (!text->path)
    {
      pango_cairo_show_layout_line (cr, set->drawn);
      return;
    }
  pango_cairo_layout_line_path (cr, set->drawn);
  round_path (cr);
  cairo_fill (cr);
}

void
acc_pages_draw_strokes (AccPages *self, const AccSetSignature *set, cairo_t *cr)
{
  set_colour (cr, acc_letterhead_get_ink (self->letterhead));
  acc_ink_outline_draw (set->outline, cr, &set->box);
}

/* The tagged line after (@step 1) or before (-1) @line, perhaps on another page; G_MAXUINT where there is none. */
static guint
find_neighbour (AccPages *self, guint line, int step)
{
  for (line += step; line < self->lines->len; line += step)
    if (get_tag (self, line) != ACC_TAG_NONE)
      return line;
  return G_MAXUINT;
}

/* Which tags @line shares with its neighbour. A paragraph that goes on on the next page is one. */
static void
compare_neighbour (AccPages *self, guint line, int step, gboolean *same_group, gboolean *same_text)
{
  guint other = find_neighbour (self, line, step);
  const char *group = other == G_MAXUINT ? NULL : tags[get_tag (self, other)].group;

  *same_group = g_strcmp0 (group, tags[get_tag (self, line)].group) == 0;
  *same_text = other != G_MAXUINT && acc_pages_line (self, other)->text == acc_pages_line (self, line)->text;
}

/* The strokes that stand before @line. */
static void
draw_signatures (AccPages *self, guint line, cairo_t *cr)
{
  for (guint i = 0; i < self->signatures->len; i++)
    {
      const AccSetSignature *set = &g_array_index (self->signatures, AccSetSignature, i);

      if (set->line != line)
        continue;
      cairo_tag_begin (cr, tags[ACC_TAG_FIGURE].name, NULL);
      acc_pages_draw_strokes (self, set, cr);
      cairo_tag_end (cr, tags[ACC_TAG_FIGURE].name);
    }
}

static void
draw_tagged (AccPages *self, guint line, cairo_t *cr)
{
  AccTag tag = get_tag (self, line);
  gboolean same_group, same_text;

  compare_neighbour (self, line, -1, &same_group, &same_text);
  if (!same_group && tags[tag].group != NULL)
    cairo_tag_begin (cr, tags[tag].group, NULL);
  if (!same_text)
    cairo_tag_begin (cr, tags[tag].name, NULL);

  acc_pages_draw_line (self, line, cr);

  compare_neighbour (self, line, 1, &same_group, &same_text);
  if (!same_text)
    cairo_tag_end (cr, tags[tag].name);
  if (!same_group && tags[tag].group != NULL)
    cairo_tag_end (cr, tags[tag].group);
}

/* What has a tag comes first, in reading order: a paragraph's tag that is still open from the page before would take in
 * what is drawn before the paragraph. */
static void
draw_lines (AccPages *self, guint page, cairo_t *cr)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      if (acc_pages_line (self, i)->line.page != page)
        continue;
      draw_signatures (self, i, cr);
      if (get_tag (self, i) != ACC_TAG_NONE)
        draw_tagged (self, i, cr);
    }
  for (guint i = 0; i < self->lines->len; i++)
    if (acc_pages_line (self, i)->line.page == page && get_tag (self, i) == ACC_TAG_NONE)
      acc_pages_draw_line (self, i, cr);
}

void
acc_pages_draw (AccPages *self, guint page, cairo_t *cr)
{
  g_return_if_fail (ACC_IS_PAGES (self));
  g_return_if_fail (page < self->n_pages);
  g_return_if_fail (cr != NULL);

  acc_fonts_lock ();
  cairo_save (cr);
  acc_pages_draw_emblem (self, page, cr);
  draw_lines (self, page, cr);
  acc_pages_draw_rule (self, page, cr);
  acc_pages_draw_code (self, page, cr);
  cairo_restore (cr);
  acc_fonts_unlock ();
}
