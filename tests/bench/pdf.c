/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a letter's PDF costs beside what Pango and cairo cost by themselves, in one process and in turn:
 *
 *   bench-pdf fresh COUNT LETTER.json…    each time every paragraph is another than ever before
 *   bench-pdf changed COUNT LETTER.json…  each time one paragraph is another than the time before
 *
 * Prints a line for each time and letter, microseconds of processor time in the order of the table below. */
#include <cairo-pdf.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "letter/letter-json.h"
#include "paper/composition-private.h"
#include "paper/pages-private.h"
#include "paper/pdf-writer.h"
#include "paper/qr-code-private.h"

#define JSON_MAX (1024 * 1024)
#define WARMING 5
#define BRANCH "Market Street branch"
#define NUMBER "6f1c2f0e-3b1a-4c57-9d7e-2a4b6c8d0e1f"

/* A letter, and its pages as any program would set them that knows what stands where. */
typedef struct {
  AccLetter *original, *letter;
  AccPages *pages;
  AccPages *previous; /* of the letter before one paragraph was changed; NULL for a fresh one */
  guint *line_of;     /* for each line of the pages, its number in its layout */
  GPtrArray *layouts; /* one for each text of the pages */
} Bench;

static AccLetterhead *letterhead;

static void
stop (const GError *error)
{
  g_printerr ("bench-pdf: %s\n", error->message);
  exit (1);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* A PDF of which each page is drawn by @draw. */
static void
write_pdf (AccPages *pages, void (*draw) (gpointer data, guint page, cairo_t *cr), gpointer data, const char *tag)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, bytes, acc_pages_get_width (pages),
                                                                  acc_pages_get_height (pages));
  cairo_t *cr = cairo_create (surface);

  if (tag != NULL)
    cairo_tag_begin (cr, tag, NULL);
  for (guint page = 0; page < acc_pages_get_count (pages); page++)
    {
      draw (data, page, cr);
      cairo_show_page (cr);
    }
  if (tag != NULL)
    cairo_tag_end (cr, tag);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    g_error ("%s", cairo_status_to_string (cairo_surface_status (surface)));
  cairo_surface_destroy (surface);
}

static void
draw_pages (gpointer data, guint page, cairo_t *cr)
{
  acc_pages_draw (data, page, cr);
}

static PangoLayout *
lay_out (PangoContext *context, PangoLayout *model)
{
  PangoLayout *layout = pango_layout_new (context);

  pango_layout_set_font_description (layout, pango_layout_get_font_description (model));
  pango_layout_set_auto_dir (layout, pango_layout_get_auto_dir (model));
  pango_layout_set_wrap (layout, pango_layout_get_wrap (model));
  pango_layout_set_width (layout, pango_layout_get_width (model));
  pango_layout_set_text (layout, pango_layout_get_text (model), -1);
  pango_layout_set_attributes (layout, pango_layout_get_attributes (model));
  pango_layout_get_line_count (layout);
  return layout;
}

static void
clear_layouts (Bench *self)
{
  g_clear_pointer (&self->line_of, g_free);
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
}

/* Not timed: a program of its own would have them in order. */
static void
number_lines (Bench *self)
{
  self->line_of = g_new0 (guint, self->pages->lines->len);
  for (guint i = 0; i < self->pages->lines->len; i++)
    {
      const AccSetLine *line = acc_pages_line (self->pages, i);
      PangoLayout *layout = acc_pages_text (self->pages, line->text)->layout;

      while (pango_layout_get_line_readonly (layout, self->line_of[i]) != line->drawn)
        self->line_of[i]++;
    }
}

static void
set_colour (cairo_t *cr, const AccColour *colour)
{
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
}

static void
draw_line (Bench *self, guint number, cairo_t *cr)
{
  const AccSetLine *line = acc_pages_line (self->pages, number);
  const AccSetText *text = acc_pages_text (self->pages, line->text);
  PangoLayout *layout = g_ptr_array_index (self->layouts, line->text);
  PangoLayoutLine *drawn = pango_layout_get_line_readonly (layout, self->line_of[number]);

  set_colour (cr, text->quiet ? acc_letterhead_get_quiet (letterhead) : acc_letterhead_get_ink (letterhead));
  cairo_move_to (cr, line->x, line->line.baseline);
  if (text->path)
    {
      pango_cairo_layout_line_path (cr, drawn);
      cairo_fill (cr);
    }
  else
    {
      pango_cairo_show_layout_line (cr, drawn);
    }
}

static void
draw_figures (Bench *self, guint page, cairo_t *cr)
{
  const AccMargins *margins = acc_letterhead_get_margins (letterhead);
  const char *proof = acc_composition_get_proof (acc_pages_get_composition (self->pages));
  double rule = acc_pages_get_rule (self->pages, page);

  if (page == 0)
    acc_letterhead_draw_emblem (letterhead, cr, self->pages->emblem_x, margins->top,
                                acc_letterhead_get_head (letterhead)->emblem);
  set_colour (cr, acc_letterhead_get_gold (letterhead));
  cairo_move_to (cr, margins->left, rule);
  cairo_line_to (cr, self->pages->width - margins->right, rule);
  cairo_stroke (cr);
  set_colour (cr, acc_letterhead_get_ink (letterhead));
  acc_qr_code_path (proof, cr, &self->pages->code);
  cairo_fill (cr);
  for (guint i = 0; i < self->pages->signatures->len; i++)
    {
      const AccSetSignature *set = &g_array_index (self->pages->signatures, AccSetSignature, i);

      if (set->page == page)
        acc_strokes_draw (set->signature, cr, &set->box);
    }
}

static void
draw_text (gpointer data, guint page, cairo_t *cr)
{
  Bench *self = data;

  for (guint i = 0; i < self->pages->lines->len; i++)
    if (acc_pages_line (self->pages, i)->line.page == page)
      draw_line (self, i, cr);
}

static void
draw_page (gpointer data, guint page, cairo_t *cr)
{
  draw_figures (data, page, cr);
  draw_text (data, page, cr);
}

static void
do_typeset (Bench *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccWording) wording
    = acc_wording_load (letterhead, acc_letter_get_fields (self->letter)->language, &error);
  g_autoptr (AccComposition) composition
    = wording != NULL ? acc_composition_new_letter (self->letter, wording, BRANCH, NUMBER) : NULL;

  self->pages = composition != NULL ? acc_typeset_again (composition, letterhead, self->previous, &error) : NULL;
  if (self->pages == NULL)
    stop (error);
}

static void
do_write (Bench *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = acc_pdf_write (self->pages, &error);

  if (pdf == NULL)
    stop (error);
}

static void
do_write_unfinished (Bench *self)
{
  write_pdf (self->pages, draw_pages, self->pages, "Document");
}

static void
do_lay_out (Bench *self)
{
  AccComposition *composition = acc_pages_get_composition (self->pages);
  PangoContext *context = acc_fonts_new_context (acc_composition_get_language (composition), NULL);

  pango_context_set_base_dir (context, acc_composition_is_right_to_left (composition) ? PANGO_DIRECTION_RTL
                                                                                      : PANGO_DIRECTION_LTR);
  self->layouts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->pages->texts->len; i++)
    g_ptr_array_add (self->layouts, lay_out (context, acc_pages_text (self->pages, i)->layout));
  g_object_unref (context);
}

static void
do_draw (Bench *self)
{
  write_pdf (self->pages, draw_page, self, NULL);
}

static void
do_draw_text (Bench *self)
{
  write_pdf (self->pages, draw_text, self, NULL);
}

enum { TYPESET, WRITE, WRITE_UNFINISHED, LAY_OUT, DRAW, DRAW_TEXT, N_WORKS };

static void (*const works[N_WORKS]) (Bench *self) = {
  [TYPESET] = do_typeset,                   /* Accolade: letter to pages */
  [WRITE] = do_write,                       /* … to a finished PDF */
  [WRITE_UNFINISHED] = do_write_unfinished, /* … to cairo's PDF with its tags, without what is added to it after */
  [LAY_OUT] = do_lay_out,                   /* bare: the same texts, fonts and widths */
  [DRAW] = do_draw,                         /* … the same lines, emblem, rule, code and strokes; no tags */
  [DRAW_TEXT] = do_draw_text,               /* … the lines alone */
};

/* Who goes first does so every other time; Accolade's typesetting alone meets each letter first. */
static const guint orders[][N_WORKS] = {
  { TYPESET, WRITE, WRITE_UNFINISHED, LAY_OUT, DRAW, DRAW_TEXT },
  { TYPESET, LAY_OUT, DRAW, DRAW_TEXT, WRITE_UNFINISHED, WRITE },
};

static void
number_last (char **text, guint time)
{
  char *numbered = g_strdup_printf ("%s %u.", *text, time);

  g_free (*text);
  *text = numbered;
}

static void
number_paragraphs (char **text, guint time)
{
  g_auto (GStrv) paragraphs = g_strsplit (*text, "\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (paragraphs[i][0] != '\0')
      number_last (&paragraphs[i], time);
  g_free (*text);
  *text = g_strjoinv ("\n", paragraphs);
}

static AccLetter *
change (AccLetter *letter, gboolean fresh, guint time)
{
  g_auto (AccLetterFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  AccLetter *changed;

  acc_letter_fields_copy (&fields, acc_letter_get_fields (letter));
  if (fresh)
    {
      number_paragraphs (&fields.need, time);
      number_paragraphs (&fields.act, time);
      number_paragraphs (&fields.difference, time);
      number_paragraphs (&fields.banker_words, time);
    }
  else
    {
      number_last (fields.difference[0] != '\0' ? &fields.difference : &fields.act, time);
    }
  changed = acc_letter_new (&fields, &error);
  if (changed == NULL)
    stop (error);
  return changed;
}

static double
get_microseconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e6 + (double) time.tv_nsec / 1e3;
}

static void
measure (Bench *self, gboolean fresh, guint time, double *took)
{
  g_clear_object (&self->letter);
  g_clear_object (&self->previous);
  self->previous = fresh ? NULL : g_steal_pointer (&self->pages);
  g_clear_object (&self->pages);
  self->letter = change (self->original, fresh, time);
  for (guint i = 0; i < N_WORKS; i++)
    {
      guint work = orders[time % G_N_ELEMENTS (orders)][i];
      double began = get_microseconds ();

      works[work](self);
      took[work] = get_microseconds () - began;
      if (work == TYPESET)
        number_lines (self);
    }
  clear_layouts (self);
}

static void
tell (const char *path, const double *took)
{
  g_autofree char *name = g_path_get_basename (path);

  g_print ("%s", name);
  for (guint i = 0; i < N_WORKS; i++)
    g_print (" %.1f", took[i]);
  g_print ("\n");
}

static AccLetter *
read_letter (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) json = acc_file_read (path, JSON_MAX, &error);
  AccLetter *letter = json != NULL ? acc_letter_from_json (json, &error) : NULL;

  if (letter == NULL)
    stop (error);
  return letter;
}

int
main (int argc, char *argv[])
{
  gboolean fresh = argc > 1 && g_str_equal (argv[1], "fresh");
  g_autofree Bench *benches = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 4 || (!fresh && !g_str_equal (argv[1], "changed")))
    return 2;
  letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  if (letterhead == NULL)
    stop (error);
  benches = g_new0 (Bench, argc);
  for (int i = 3; i < argc; i++)
    benches[i].original = read_letter (argv[i]);
  for (guint time = 0; time < WARMING + strtoul (argv[2], NULL, 10); time++)
    for (int i = 3; i < argc; i++)
      {
        double took[N_WORKS];

        measure (&benches[i], fresh, time, took);
        if (time >= WARMING)
          tell (argv[i], took);
      }
  for (int i = 3; i < argc; i++)
    {
      g_object_unref (benches[i].original);
      g_object_unref (benches[i].letter);
      g_object_unref (benches[i].pages);
      g_clear_object (&benches[i].previous);
    }
  g_object_unref (letterhead);
  return 0;
}
