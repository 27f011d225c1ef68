/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/letterhead-private.h"

#include "base/error.h"
#include "base/file.h"
#include "base/places.h"

#include <glib/gi18n-lib.h>
#include <librsvg/rsvg.h>
#include <math.h>

#define CONF_NAME "letterhead.conf"
#define EMBLEM_NAME "emblem.svg"
#define CONF_BYTES_MAX (64 * 1024)
#define EMBLEM_BYTES_MAX (256 * 1024)
#define TEXT_CONTRAST_MIN 7.0 /* WCAG 2.1, 1.4.6 */

struct _AccLetterhead
{
  GObject parent_instance;

  char *bank;
  char *letter_family;
  char *head_family;
  AccColour ink, quiet, gold, accent;
  AccMargins margins;
  RsvgHandle *emblem;
  GMutex emblem_lock; /* a handle draws on one thread at a time */
};

G_DEFINE_FINAL_TYPE (AccLetterhead, acc_letterhead, G_TYPE_OBJECT)

typedef enum { KEY_TEXT, KEY_COLOUR, KEY_TEXT_COLOUR, KEY_LENGTH } KeyKind;

typedef struct {
  const char *group, *key;
  KeyKind kind;
  gsize place;      /* in the object */
  double low, high; /* of a length */
} Key;

static const Key keys[] = {
  { "bank", "name", KEY_TEXT, G_STRUCT_OFFSET (AccLetterhead, bank) },
  { "colours", "ink", KEY_TEXT_COLOUR, G_STRUCT_OFFSET (AccLetterhead, ink) },
  { "colours", "quiet", KEY_TEXT_COLOUR, G_STRUCT_OFFSET (AccLetterhead, quiet) },
  { "colours", "gold", KEY_COLOUR, G_STRUCT_OFFSET (AccLetterhead, gold) },     /* emblem and rule, never text */
  { "colours", "accent", KEY_COLOUR, G_STRUCT_OFFSET (AccLetterhead, accent) }, /* the windows' */
  { "fonts", "letter", KEY_TEXT, G_STRUCT_OFFSET (AccLetterhead, letter_family) },
  { "fonts", "head", KEY_TEXT, G_STRUCT_OFFSET (AccLetterhead, head_family) },
  { "margins", "top", KEY_LENGTH, G_STRUCT_OFFSET (AccLetterhead, margins.top), 18, 144 },
  { "margins", "left", KEY_LENGTH, G_STRUCT_OFFSET (AccLetterhead, margins.left), 54, 144 },
  { "margins", "right", KEY_LENGTH, G_STRUCT_OFFSET (AccLetterhead, margins.right), 54, 144 },
  { "margins", "bottom", KEY_LENGTH, G_STRUCT_OFFSET (AccLetterhead, margins.bottom), 63, 144 },
};

static void
acc_letterhead_finalize (GObject *object)
{
  AccLetterhead *self = ACC_LETTERHEAD (object);

  g_free (self->bank);
  g_free (self->letter_family);
  g_free (self->head_family);
  g_clear_object (&self->emblem);
  g_mutex_clear (&self->emblem_lock);
  G_OBJECT_CLASS (acc_letterhead_parent_class)->finalize (object);
}

static void
acc_letterhead_class_init (AccLetterheadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_letterhead_finalize;
}

static void
acc_letterhead_init (AccLetterhead *self)
{
  g_mutex_init (&self->emblem_lock);
}

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

static gboolean
take_colour (const Key *key, const char *value, AccColour *colour, char **wrong)
{
  const AccColour white = { 1, 1, 1 };

  if (!parse_colour (value, colour))
    *wrong = g_strdup_printf (_ ("“%s” is not a colour; write it as #RRGGBB"), value);
  else if (key->kind == KEY_TEXT_COLOUR && acc_colour_contrast (colour, &white) < TEXT_CONTRAST_MIN)
    *wrong = g_strdup_printf (_ ("%s is too faint for text on white paper (contrast %.1f, at least %.0f is needed)"),
                              value, acc_colour_contrast (colour, &white), TEXT_CONTRAST_MIN);
  return *wrong == NULL;
}

static gboolean
take_length (const Key *key, const char *value, double *length, char **wrong)
{
  char *end = NULL;

  *length = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || !(*length >= key->low && *length <= key->high))
    *wrong = g_strdup_printf (_ ("“%s” is not a length of %.0f to %.0f points"), value, key->low, key->high);
  return *wrong == NULL;
}

static gboolean
take_key (AccLetterhead *self, const Key *key, GKeyFile *file, char **wrong)
{
  g_autofree char *value = g_key_file_get_string (file, key->group, key->key, NULL);
  gpointer place = G_STRUCT_MEMBER_P (self, key->place);

  if (value == NULL || g_strstrip (value)[0] == '\0')
    {
      *wrong = g_strdup (_ ("there is no value"));
      return FALSE;
    }
  if (key->kind == KEY_LENGTH)
    return take_length (key, value, place, wrong);
  if (key->kind != KEY_TEXT)
    return take_colour (key, value, place, wrong);

  *(char **) place = g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
  return TRUE;
}

static gboolean
is_known (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].key, key))
      return TRUE;
  return FALSE;
}

static gboolean
check_no_unknown_key (GKeyFile *file, const char *path, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[g], NULL, NULL);

      for (guint k = 0; names != NULL && names[k] != NULL; k++)
        if (!is_known (groups[g], names[k]))
          {
            g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: [%s] %s is not a key of a letterhead."), path,
                         groups[g], names[k]);
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
load_conf (AccLetterhead *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GBytes) bytes = acc_file_read (path, CONF_BYTES_MAX, error);
  const char *text;
  gsize size;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  if (size > 0 && !g_utf8_validate_len (text, size, NULL))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s is not UTF-8."), path);
      return FALSE;
    }
  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &parse_error))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s cannot be read: %s"), path, parse_error->message);
      return FALSE;
    }
  if (!check_no_unknown_key (file, path, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *wrong = NULL;

      if (take_key (self, &keys[i], file, &wrong))
        continue;
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: [%s] %s: %s."), path, keys[i].group, keys[i].key, wrong);
      return FALSE;
    }
  return TRUE;
}

/* Draws it once, small: an emblem that cannot be drawn is found when it is loaded, not under a client's letter. */
static gboolean
try_emblem (RsvgHandle *emblem, GError **error)
{
  const RsvgRectangle square = { 0, 0, 32, 32 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 32, 32);
  cairo_t *cr = cairo_create (surface);
  gboolean drawn = rsvg_handle_render_document (emblem, cr, &square, error);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return drawn;
}

static gboolean
load_emblem (AccLetterhead *self, const char *path, GError **error)
{
  g_autoptr (GError) svg_error = NULL;
  g_autoptr (GBytes) bytes = acc_file_read (path, EMBLEM_BYTES_MAX, error);

  if (bytes == NULL)
    return FALSE;

  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  /* Without a base file, librsvg loads nothing that the emblem points to. */
  self->emblem = rsvg_handle_new_from_data (data, length, &svg_error);
  if (self->emblem == NULL || !try_emblem (self->emblem, &svg_error))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s cannot be drawn: %s"), path, svg_error->message);
      return FALSE;
    }
  return TRUE;
}

AccLetterhead *
acc_letterhead_load (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr (AccLetterhead) self = g_object_new (ACC_TYPE_LETTERHEAD, NULL);
  g_autofree char *conf = g_build_filename (folder, CONF_NAME, NULL);
  g_autofree char *emblem = g_build_filename (folder, EMBLEM_NAME, NULL);

  if (!load_conf (self, conf, error) || !load_emblem (self, emblem, error))
    return NULL;
  return g_steal_pointer (&self);
}

AccLetterhead *
acc_letterhead_load_named (const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (g_path_is_absolute (name))
    return acc_letterhead_load (name, error);
  if (name[0] == '\0' || name[0] == '.' || strchr (name, G_DIR_SEPARATOR) != NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   _ ("The letterhead “%s” is neither a name nor an absolute folder."), name);
      return NULL;
    }

  g_autofree char *below = g_build_filename ("letterheads", name, NULL);
  g_autofree char *folder = acc_places_data (below);

  return acc_letterhead_load (folder, error);
}

const char *
acc_letterhead_get_bank (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->bank;
}

const char *
acc_letterhead_get_family (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->letter_family;
}

const char *
acc_letterhead_get_head_family (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->head_family;
}

const AccColour *
acc_letterhead_get_ink (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->ink;
}

const AccColour *
acc_letterhead_get_quiet (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->quiet;
}

const AccColour *
acc_letterhead_get_gold (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->gold;
}

const AccColour *
acc_letterhead_get_accent (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->accent;
}

const AccMargins *
acc_letterhead_get_margins (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->margins;
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
