/* SPDX-License-Identifier: GPL-3.0-or-later */
/* letterhead.conf: each key of the table, and the lines of the foot. */
#include "paper/letterhead-read-private.h"

#include "paper/wording-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FOOT_GROUP "foot"
#define FOOT_KEY "line-%u"

typedef enum { KEY_TEXT, KEY_COLOUR, KEY_LENGTH, KEY_WORD } KeyKind;

typedef struct {
  const char *group, *key;
  KeyKind kind;
  gsize place;          /* in the object */
  double low, high;     /* of a length, points; low: of a colour's contrast on white */
  const char *standard; /* where the key is left out; NULL: it must be there */
  const char *words;    /* that may stand there, in the order of their enumeration */
} Key;

#define PLACE(member) G_STRUCT_OFFSET (AccLetterhead, member)

static const Key keys[] = {
  { "bank", "name", KEY_TEXT, PLACE (bank) },
  { "colours", "ink", KEY_COLOUR, PLACE (ink), 7 },          /* text: WCAG 2.1, 1.4.6 */
  { "colours", "quiet", KEY_COLOUR, PLACE (quiet), 7 },      /* small text */
  { "colours", "gold", KEY_COLOUR, PLACE (gold) },           /* the rule, never text */
  { "colours", "accent", KEY_COLOUR, PLACE (accent), 4.5 },  /* the windows' buttons, with white words: 1.4.3 */
  { "fonts", "letter", KEY_TEXT, PLACE (letter_family) },
  { "fonts", "head", KEY_TEXT, PLACE (head_family) },        /* small type: branch, foot */
  { "fonts", "name", KEY_TEXT, PLACE (name_family), .standard = "" }, /* the bank's name: as the letter */
  { "head", "align", KEY_WORD, PLACE (head.align), .standard = "start", .words = "start centre" },
  { "head", "rule", KEY_WORD, PLACE (head.rule), .standard = "line", .words = "line band none" },
  { "head", "emblem", KEY_LENGTH, PLACE (head.emblem), 36, 84, .standard = "52" },
  { "margins", "top", KEY_LENGTH, PLACE (margins.top), 18, 144 },
  { "margins", "left", KEY_LENGTH, PLACE (margins.left), 54, 144 },
  { "margins", "right", KEY_LENGTH, PLACE (margins.right), 54, 144 },
  { "margins", "bottom", KEY_LENGTH, PLACE (margins.bottom), 63, 144 },
};

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (const AccColour *colour)
{
  return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

double
acc_colour_contrast (const AccColour *one, const AccColour *other)
{
  double a = luminance (one), b = luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static gboolean
parse_colour (const char *text, AccColour *colour)
{
  if (strlen (text) != 7 || text[0] != '#' || strspn (text + 1, "0123456789abcdefABCDEF") != 6)
    return FALSE;

  guint64 value = g_ascii_strtoull (text + 1, NULL, 16);
  *colour = (AccColour){ ((value >> 16) & 0xff) / 255.0, ((value >> 8) & 0xff) / 255.0, (value & 0xff) / 255.0 };
  return TRUE;
}

/* These say what is wrong with @value, or NULL. */
static char *
take_colour (const Key *key, const char *value, AccColour *colour)
{
  const AccColour white = { 1, 1, 1 };

  if (!parse_colour (value, colour))
    return g_strdup_printf (_ ("“%s” is not a colour; write it as #RRGGBB"), value);

  double contrast = acc_colour_contrast (colour, &white);

  if (contrast >= key->low)
    return NULL;
  return g_strdup_printf (_ ("%s is too faint; take a darker colour (its contrast with white is %.1f, and must be at "
                            "least %g)"),
                          value, floor (contrast * 10) / 10, key->low);
}

static char *
take_length (const Key *key, const char *value, double *length)
{
  char *end = NULL;
  double taken = g_ascii_strtod (value, &end);

  if (end == value || *end != '\0' || !(taken >= key->low && taken <= key->high))
    return g_strdup_printf (_ ("“%s” will not do; write a number from %g to %g (points)"), value, key->low, key->high);
  *length = taken;
  return NULL;
}

static char *
take_word (const Key *key, const char *value, guint *place)
{
  g_auto (GStrv) words = g_strsplit (key->words, " ", -1);
  g_autofree char *all = g_strjoinv (", ", words);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], value))
      {
        *place = i;
        return NULL;
      }
  return g_strdup_printf (_ ("“%s” will not do; write one of: %s"), value, all);
}

static char *
take_text (const char *value, char **text)
{
  char *wrong = acc_wording_check_text (value);

  if (wrong == NULL)
    *text = g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
  return wrong;
}

static char *
take_key (AccLetterhead *self, const Key *key)
{
  gboolean left_out = key->standard != NULL && !g_key_file_has_key (self->conf, key->group, key->key, NULL);
  g_autofree char *value
    = left_out ? g_strdup (key->standard) : g_key_file_get_string (self->conf, key->group, key->key, NULL);
  gpointer place = G_STRUCT_MEMBER_P (self, key->place);

  if (value == NULL)
    return g_strdup (_ ("it is missing; add it"));
  if (g_strstrip (value)[0] == '\0' && !left_out)
    return g_strdup (_ ("it has no value; write one"));

  switch (key->kind)
    {
    case KEY_COLOUR:
      return take_colour (key, value, place);
    case KEY_LENGTH:
      return take_length (key, value, place);
    case KEY_WORD:
      return take_word (key, value, place);
    case KEY_TEXT:
    default:
      return take_text (value, place);
    }
}

static gboolean
is_known (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].key, key))
      return TRUE;
  return FALSE;
}

static char *
check_foot_line (GKeyFile *conf, const char *key)
{
  g_autofree char *line = g_key_file_get_string (conf, FOOT_GROUP, key, NULL);

  if (line == NULL || g_strstrip (line)[0] == '\0')
    return g_strdup (_ ("it has no value; write one"));
  return acc_wording_check_text (line);
}

/* "line-2" or, in a language, "line-2[ar]"; which must have one without a language to fall back to. */
static char *
check_foot_key (GKeyFile *conf, const char *key)
{
  g_auto (GStrv) parts = g_strsplit_set (key, "[]", -1);

  for (guint n = 1; n <= ACC_FOOT_LINES_MAX; n++)
    {
      g_autofree char *line = g_strdup_printf (FOOT_KEY, n);

      if (!g_str_equal (parts[0], line))
        continue;
      if (parts[1] != NULL && !acc_wording_has_language (parts[1]))
        return g_strdup_printf (_ ("there is no language “%s”; write a tag such as es"), parts[1]);
      return g_key_file_has_key (conf, FOOT_GROUP, line, NULL)
               ? check_foot_line (conf, key)
               : g_strdup_printf (_ ("there is no %s for the other languages; add it"), line);
    }
  return g_strdup (_ ("a letterhead has no such key; correct its name or take it out"));
}

static void
check_names (AccLetterhead *self, const AccKeySource *source)
{
  g_auto (GStrv) groups = g_key_file_get_groups (self->conf, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (self->conf, groups[g], NULL, NULL);

      for (guint k = 0; names != NULL && names[k] != NULL; k++)
        {
          char *wrong = NULL;

          if (g_str_equal (groups[g], FOOT_GROUP))
            wrong = check_foot_key (self->conf, names[k]);
          else if (!is_known (groups[g], names[k]))
            wrong = g_strdup (_ ("a letterhead has no such key; correct its name or take it out"));
          acc_key_source_add_fault (source, ACC_ERROR_INPUT, groups[g], names[k], wrong);
        }
    }
}

double
acc_letterhead_get_foot_lift (guint n_lines)
{
  return n_lines > ACC_FOOT_LINES_LOW ? (n_lines - ACC_FOOT_LINES_LOW) * ACC_FOOT_LEADING : 0;
}

GStrv
acc_letterhead_dup_foot (AccLetterhead *self, const char *language)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self) && language != NULL, NULL);

  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_autofree char *base = g_ascii_strdown (language, strcspn (language, "-_"));

  for (guint n = 1; n <= ACC_FOOT_LINES_MAX; n++)
    {
      g_autofree char *key = g_strdup_printf (FOOT_KEY, n);
      g_autofree char *line = g_key_file_get_locale_string (self->conf, FOOT_GROUP, key, base, NULL);
      g_autofree char *composed = line != NULL ? g_utf8_normalize (g_strstrip (line), -1, G_NORMALIZE_NFC) : NULL;

      if (composed != NULL && composed[0] != '\0')
        g_strv_builder_add (lines, composed);
    }
  return g_strv_builder_end (lines);
}

static void
check_foot_room (AccLetterhead *self, const AccKeySource *source)
{
  g_auto (GStrv) lines = acc_letterhead_dup_foot (self, "");
  guint n_lines = g_strv_length (lines);
  const Key *bottom = &keys[G_N_ELEMENTS (keys) - 1];
  double least = bottom->low + acc_letterhead_get_foot_lift (n_lines);

  if (self->margins.bottom == 0 || self->margins.bottom >= least)
    return;

  acc_key_source_add_fault (source, ACC_ERROR_INPUT, bottom->group, bottom->key,
                            g_strdup_printf (_ ("%g points are too few for %u lines in the foot; write at least %g"),
                                             self->margins.bottom, n_lines, least));
}

void
acc_letterhead_read_conf (AccLetterhead *self, AccKeySource *source)
{
  self->conf = acc_key_source_read (source);
  if (self->conf == NULL)
    return;

  check_names (self, source);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    acc_key_source_add_fault (source, ACC_ERROR_INPUT, keys[i].group, keys[i].key, take_key (self, &keys[i]));
  check_foot_room (self, source);
}
