/* SPDX-License-Identifier: GPL-3.0-or-later */
/* emblem.svg: small, drawn from itself alone, and not empty. */
#include "paper/letterhead-read-private.h"

#include "base/file.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>
#include <string.h>

#define EMBLEM_BYTES_MAX (256 * 1024)
#define TRIAL_SIZE 128 /* pixels: edges to a half of a point at the largest size */
#define USES_MAX 12    /* <use> of a part that uses others: 81 times one drawing at most (three times, four deep) */
#define NO_SVG N_ ("%s is no SVG that can be read (%s); save it again as plain SVG.")

typedef struct {
  const char *path;
  GPtrArray *faults;
  GMarkupParseContext *context; /* NULL after the last line */
  guint uses;
} Scan;

static void
add_fault (const Scan *scan, const char *wrong)
{
  g_autofree char *at = NULL;
  int line = 0;

  if (scan->context != NULL)
    g_markup_parse_context_get_position (scan->context, &line, NULL);
  at = line > 0 ? g_strdup_printf (_ (" line %u"), (guint) line) : g_strdup ("");
  acc_letterhead_add_fault (scan->faults, ACC_ERROR_INPUT, "%s%s: %s.", scan->path, at, wrong);
}

/* What runs or leads elsewhere; what can be made to take very long, alone or within itself; and what is not vectors. */
static const char *const refused_elements[] = { "script",  "foreignObject", "a",        "animate", "set",  "filter",
                                                "pattern", "marker",        "clipPath", "mask",    "image", NULL };

/* Properties of the same kind, in attributes and styles: each dash is a step, and filters need no element of their own. */
static const char *const refused_properties[] = { "filter", "stroke-dasharray", NULL };

static const char *
skip_prefix (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
check_address (const Scan *scan, const char *element, const char *address)
{
  g_autofree char *wrong = NULL;

  if (address[0] == '#')
    return;
  wrong = g_strdup_printf (_ ("<%s> points to “%s”; put what it shows into the file"), element, address);
  add_fault (scan, wrong);
}

static void
refuse_property (const Scan *scan, const char *element, const char *property)
{
  g_autofree char *wrong = g_strdup_printf (_ ("<%s> has “%s”; take it out"), element, property);

  add_fault (scan, wrong);
}

/* url(…), @import and what is refused, in a style, or in an attribute such as fill. */
static void
check_style (const Scan *scan, const char *element, const char *style)
{
  g_autofree char *lower = g_ascii_strdown (style, -1);

  if (strstr (lower, "@import") != NULL)
    {
      g_autofree char *wrong = g_strdup_printf (_ ("<%s> imports a style sheet; put its rules into the file"), element);

      add_fault (scan, wrong);
    }
  for (guint i = 0; refused_properties[i] != NULL; i++)
    if (strstr (lower, refused_properties[i]) != NULL)
      refuse_property (scan, element, refused_properties[i]);
  for (const char *at = strstr (lower, "url("); at != NULL; at = strstr (at + 1, "url("))
    {
      const char *start = style + (at - lower) + strlen ("url(");
      g_autofree char *address = NULL;

      start += strspn (start, " \t\r\n\"'");
      address = g_strndup (start, strcspn (start, " \t\r\n\"')"));
      check_address (scan, element, address);
    }
}

static void
start_element (GMarkupParseContext *context, const char *element, const char **names, const char **values,
               gpointer data, GError **error)
{
  Scan *scan = data;

  if (g_str_equal (skip_prefix (element), "use") && ++scan->uses == USES_MAX + 1)
    add_fault (scan, _ ("it uses its own parts too often; write some of them out instead of <use>"));
  if (g_strv_contains (refused_elements, skip_prefix (element)))
    {
      g_autofree char *wrong = g_strdup_printf (_ ("an emblem cannot have <%s>; take it out"), element);

      add_fault (scan, wrong);
    }
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = skip_prefix (names[i]);

      if (g_str_equal (name, "href") || g_str_equal (name, "src"))
        check_address (scan, element, values[i]);
      else if (g_str_has_prefix (name, "on"))
        {
          g_autofree char *wrong = g_strdup_printf (_ ("<%s> has a script, %s; take it out"), element, names[i]);

          add_fault (scan, wrong);
        }
      else if (g_strv_contains (refused_properties, name))
        refuse_property (scan, element, name);
      else if (!g_str_has_prefix (names[i], "xmlns"))
        check_style (scan, element, values[i]);
    }
}

static void
read_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  const char *element = g_markup_parse_context_get_element (context);

  if (element != NULL && g_str_equal (skip_prefix (element), "style"))
    {
      g_autofree char *style = g_strndup (text, length);

      check_style (data, element, style);
    }
}

/* Comments, <?…?> and <!DOCTYPE …>. */
static void
read_aside (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  g_autofree char *aside = g_strndup (text, length);

  if (g_str_has_prefix (aside, "<?xml-stylesheet"))
    add_fault (data, _ ("it names a style sheet; put its rules into the file"));
  else if (strstr (aside, "<!ENTITY") != NULL)
    add_fault (data, _ ("it declares entities; write out what they stand for"));
}

/* FALSE where it is no XML. librsvg loads nothing from outside without a base file: what an emblem points to would be
 * missing from every letter, so it is named here. GLib 2.74 tells of a comment that is not UTF-8, and goes on. */
static gboolean
scan_emblem (Scan *scan, GBytes *bytes, GError **error)
{
  guint bad_line = acc_letterhead_find_line_of_bad_text (bytes);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  static const GMarkupParser parser = { .start_element = start_element, .text = read_text, .passthrough = read_aside };
  gboolean parsed;

  if (bad_line > 0)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("line %u is not UTF-8"), bad_line);
      return FALSE;
    }
  scan->context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, scan, NULL);
  parsed = g_markup_parse_context_parse (scan->context, length > 0 ? text : "", length, error)
           && g_markup_parse_context_end_parse (scan->context, error);
  g_clear_pointer (&scan->context, g_markup_parse_context_free);
  return parsed;
}

/* Which columns of the trial have ink. FALSE if none has. */
static gboolean
find_ink (cairo_surface_t *trial, AccEmblemInk *ink)
{
  const guint8 *row = cairo_image_surface_get_data (trial);
  int left = TRIAL_SIZE, right = -1;

  for (int y = 0; y < TRIAL_SIZE; y++, row += cairo_image_surface_get_stride (trial))
    for (int x = 0; x < TRIAL_SIZE; x++)
      if (((const guint32 *) row)[x] >> 24 != 0)
        {
          left = MIN (left, x);
          right = MAX (right, x);
        }
  *ink = (AccEmblemInk){ left / (double) TRIAL_SIZE, (right + 1) / (double) TRIAL_SIZE };
  return right >= 0;
}

/* Draws it once, small: an emblem that cannot be drawn is found when it is loaded, not under a client's letter. */
static void
try_emblem (AccLetterhead *self, const Scan *scan)
{
  const RsvgRectangle square = { 0, 0, TRIAL_SIZE, TRIAL_SIZE };
  cairo_surface_t *trial = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, TRIAL_SIZE, TRIAL_SIZE);
  cairo_t *cr = cairo_create (trial);
  g_autoptr (GError) error = NULL;

  rsvg_handle_render_document (self->emblem, cr, &square, &error);
  cairo_destroy (cr);
  cairo_surface_flush (trial);
  if (error != NULL)
    acc_letterhead_add_fault (scan->faults, ACC_ERROR_INPUT, _ ("%s cannot be drawn (%s); make it simpler."), scan->path,
                              error->message);
  else if (!find_ink (trial, &self->emblem_ink))
    add_fault (scan, _ ("it draws nothing; draw its shapes inside of its viewBox, and fill them"));
  cairo_surface_destroy (trial);
}

void
acc_letterhead_read_emblem (AccLetterhead *self, const char *folder, GPtrArray *faults)
{
  g_autofree char *path = g_build_filename (folder, ACC_LETTERHEAD_EMBLEM, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = acc_file_read (path, EMBLEM_BYTES_MAX, &error);
  Scan scan = { path, faults };
  guint before = faults->len;

  if (bytes == NULL)
    {
      g_ptr_array_add (faults, g_steal_pointer (&error));
      return;
    }
  if (!scan_emblem (&scan, bytes, &error))
    acc_letterhead_add_fault (faults, ACC_ERROR_INPUT, _ (NO_SVG), path, g_strstrip (error->message));
  if (faults->len > before) /* what is refused already is not handed to librsvg */
    return;
  self->emblem = rsvg_handle_new_from_data (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  if (self->emblem != NULL)
    try_emblem (self, &scan);
  else
    acc_letterhead_add_fault (faults, ACC_ERROR_INPUT, _ (NO_SVG), path, g_strstrip (error->message));
}

void
acc_letterhead_draw_emblem (AccLetterhead *self, cairo_t *cr, double x, double y, double size)
{
  g_return_if_fail (ACC_IS_LETTERHEAD (self));
  g_return_if_fail (cr != NULL);

  const RsvgRectangle square = { x, y, size, size };
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->emblem_lock);
  if (!rsvg_handle_render_document (self->emblem, cr, &square, &error))
    g_warning ("emblem: %s", error->message); /* it was drawn when loaded: only memory can be short now */
  g_mutex_unlock (&self->emblem_lock);
}
