/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the machine's fonts can tell of a letterhead. */
#include "paper/letterhead-read-private.h"

#include "paper/fonts-private.h"
#include "paper/wording-private.h"

#include <glib/gi18n-lib.h>

#define CHARACTERS_MIN 60
#define CHARACTERS_MAX 75
#define GOLD_CONTRAST_MIN 3.0 /* of a line that is to be seen: WCAG 2.1, 1.4.11 */

static const struct {
  const char *name;
  double width;
} papers[] = {
  { "US Letter", 612 },
  { "A4", 595.28 },
};

/* Prose of common words, for the mean of characters in a line. */
static const char sample[] =
  "They stayed on the line with me for more than an hour, looked through each of the statements that I had brought, and "
  "found the two payments that nobody else could explain. By the end of the afternoon my mother had her card back, and "
  "she could pay for her medicine on the way home. I have been with this bank for many years, and nobody had ever taken "
  "so much time for us, or told us so plainly what would happen next and when we would hear from them again.";

static gboolean
check_family (const AccKeySource *source, const char *key, const char *family)
{
  if (family == NULL)
    return FALSE;
  if (family[0] == '\0' || acc_fonts_check_family (family, NULL))
    return TRUE;
  acc_key_source_add_fault (source, ACC_ERROR_SYSTEM, "fonts", key,
                            g_strdup_printf (_ ("the font “%s” is not installed; install it or name another"), family));
  return FALSE;
}

static PangoLayout *
lay_out (PangoContext *context, const char *text, const char *family, double size, double width)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family (font, family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

/* The mean of characters in a line, the last left out. */
static double
count_characters (PangoContext *context, const char *family, double measure)
{
  g_autoptr (PangoLayout) layout = lay_out (context, sample, family, ACC_LETTER_SIZE, measure);
  int last = pango_layout_get_line_count (layout) - 1;

  return last > 0 ? pango_layout_get_line_readonly (layout, last)->start_index / (double) last : 0;
}

static void
advise_measure (AccLetterhead *self, const char *path, PangoContext *context, GPtrArray *advice)
{
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      double measure = papers[i].width - self->margins.left - self->margins.right;
      double characters = count_characters (context, self->letter_family, measure);

      if (characters < CHARACTERS_MIN || characters > CHARACTERS_MAX)
        g_ptr_array_add (advice, g_strdup_printf (_ ("%s: [margins] left, right: on %s paper a line has about %.0f "
                                                     "characters; %d to %d read best."),
                                                  path, papers[i].name, characters, CHARACTERS_MIN, CHARACTERS_MAX));
    }
}

static void
advise_gold (AccLetterhead *self, const AccKeySource *source, GPtrArray *advice)
{
  const AccColour white = { 1, 1, 1 };
  double contrast = acc_colour_contrast (&self->gold, &white);

  if (contrast >= GOLD_CONTRAST_MIN)
    return;

  g_autofree char *faint = g_strdup_printf (_ ("a rule in this colour is hard to see (its contrast with white is %.1f; %g is "
                                               "clear)"),
                                            contrast, GOLD_CONTRAST_MIN);
  g_ptr_array_add (advice, acc_key_source_tell (source, "colours", "gold", faint));
}

/* A font that is not there is no fault of the letterhead's: it can be used for letters in other scripts. */
static void
check_foot_line (AccLetterhead *self, const AccKeySource *source, PangoLayout *layout, const char *key, GPtrArray *advice)
{
  double room = papers[G_N_ELEMENTS (papers) - 1].width - self->margins.left - self->margins.right - ACC_FOOT_CODE_SIZE
                - ACC_FOOT_CODE_GAP;
  int width = 0;

  if (pango_layout_get_unknown_glyphs_count (layout) > 0)
    {
      if (advice != NULL)
        g_ptr_array_add (advice, acc_key_source_tell (source, "foot", key, _ ("no font has all its characters")));
      return;
    }
  pango_layout_get_size (layout, &width, NULL);
  if (width > room * PANGO_SCALE)
    acc_key_source_add_fault (source, ACC_ERROR_INPUT, "foot", key,
                              g_strdup_printf (_ ("“%s” is too long (it takes %.0f points of %.0f); shorten it"),
                                               pango_layout_get_text (layout), width / (double) PANGO_SCALE, room));
}

static void
check_foot (AccLetterhead *self, const AccKeySource *source, PangoContext *context, GPtrArray *advice)
{
  g_auto (GStrv) keys = g_key_file_get_keys (self->conf, "foot", NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *line = g_key_file_get_string (self->conf, "foot", keys[i], NULL);

      g_autofree char *wrong = line != NULL ? acc_wording_check_text (line) : NULL;

      if (line == NULL || wrong != NULL) /* and has been told */
        continue;

      g_autoptr (PangoLayout) layout = lay_out (context, g_strstrip (line), self->head_family, ACC_FOOT_SIZE, -1);

      check_foot_line (self, source, layout, keys[i], advice);
    }
}

static void
check_with_fonts (AccLetterhead *self, const AccKeySource *source, PangoContext *context, GPtrArray *advice)
{
  gboolean letter = check_family (source, "letter", self->letter_family);
  gboolean head = check_family (source, "head", self->head_family);

  check_family (source, "name", self->name_family);
  if (self->margins.left == 0 || self->margins.right == 0)
    return;
  if (letter && advice != NULL)
    advise_measure (self, source->path, context, advice);
  if (head)
    check_foot (self, source, context, advice);
}

void
acc_letterhead_check_type (AccLetterhead *self, const AccKeySource *source, GPtrArray *advice)
{
  GError *error = NULL;

  if (self->conf == NULL)
    return;
  if (advice != NULL)
    advise_gold (self, source, advice);

  acc_fonts_lock ();
  PangoContext *context = acc_fonts_new_context ("en", &error);

  if (context != NULL)
    check_with_fonts (self, source, context, advice);
  else
    g_ptr_array_add (source->faults, error);
  g_clear_object (&context);
  acc_fonts_unlock ();
}
