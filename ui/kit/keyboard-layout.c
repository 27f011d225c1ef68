/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/keyboard-layout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/key-file.h"
#include "base/language.h"
#include "base/places.h"
#include "base/text.h"

#define FILE_MAX ((gsize) 64 * 1024)
#define KEY_CHARS_MAX 4 /* characters that one key types */
#define CHOICES_MAX 9

struct _AccKeyboardLayout {
  GObject parent_instance;

  char *language; /* NULL of bytes alone */
  char *names[ACC_KEYBOARD_N_PAGES]; /* NULL for the capitals: Shift leads there */
  char *accents;
  GStrv rows[ACC_KEYBOARD_N_PAGES][ACC_KEYBOARD_N_ROWS];
  GHashTable *choices; /* key → GStrv */
};

G_DEFINE_FINAL_TYPE (AccKeyboardLayout, acc_keyboard_layout, G_TYPE_OBJECT)

#define NAMES_GROUP "layout"
#define ACCENTS_KEY "accents"
#define CHOICES_GROUP "choices"

/* The file's group for each page. The one that may be missing is made of the capitals of the letters. */
static const char *const page_groups[ACC_KEYBOARD_N_PAGES] = {
  [ACC_KEYBOARD_LETTERS] = "letters",
  [ACC_KEYBOARD_CAPITALS] = "capitals",
  [ACC_KEYBOARD_DIGITS] = "digits",
  [ACC_KEYBOARD_SIGNS] = "signs",
};

/* The key for each row of a page, and how many keys there is room for on a screen of 1080 pixels. */
static const struct {
  const char *key;
  guint min, max;
} row_keys[ACC_KEYBOARD_N_ROWS] = {
  [ACC_KEYBOARD_ROW_1] = { "row-1", 1, 13 },
  [ACC_KEYBOARD_ROW_2] = { "row-2", 1, 13 },
  [ACC_KEYBOARD_ROW_3] = { "row-3", 1, 11 },
  [ACC_KEYBOARD_LEFT] = { "left", 0, 2 },
  [ACC_KEYBOARD_RIGHT] = { "right", 0, 3 },
};

/* A file that is being read. */
typedef struct {
  const char *path;
  GBytes *bytes;
  GKeyFile *file;
} Reading;

static void refuse (const Reading *reading, const char *group, const char *key, GError **error, const char *format,
                    ...) G_GNUC_PRINTF (5, 6);

/* @key is NULL for what is wrong with a whole group. */
static void
refuse (const Reading *reading, const char *group, const char *key, GError **error, const char *format, ...)
{
  const guint line = acc_key_file_find_line (reading->bytes, group, key);
  g_autofree char *shown = g_filename_display_name (reading->path);
  g_autofree char *at = line > 0 ? g_strdup_printf (_ (" line %u"), line) : g_strdup ("");
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s%s: [%s] %s%s%s.", shown, at, group, key != NULL ? key : "",
               key != NULL ? " " : "", what);
}

/* A key types what may stand in a letter; a mark alone stands on the letter before it. */
static gboolean
can_type (const char *key)
{
  const gboolean is_mark = g_unichar_ismark (g_utf8_get_char (key));
  g_autofree char *typed = g_strconcat (is_mark ? "ا" : "", key, NULL);
  g_autofree char *clean = acc_text_clean (typed, -1, ACC_TEXT_LINE, NULL);

  return g_utf8_strlen (key, -1) <= KEY_CHARS_MAX && g_str_equal (clean, typed);
}

/* The keys that stand in a value, parted by spaces. NULL with @error if there is none, or a wrong one. */
static GStrv
take_keys (const Reading *reading, const char *group, const char *key, guint max, GError **error)
{
  g_autofree char *value = g_key_file_get_string (reading->file, group, key, NULL);
  g_auto (GStrv) keys = g_strsplit (value != NULL ? g_strstrip (value) : "", " ", -1);
  const guint n = g_strv_length (keys);

  if (n == 0 || n > max)
    {
      refuse (reading, group, key, error, n == 0 ? _ ("names no key") : _ ("has %u keys, and %u is the most"), n, max);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    if (keys[i][0] == '\0' || !can_type (keys[i]))
      {
        refuse (reading, group, key, error, _ ("has “%s”, which a key cannot type"), keys[i]);
        return NULL;
      }
  return g_steal_pointer (&keys);
}

static gboolean
take_name (const Reading *reading, const char *key, char **name, GError **error)
{
  *name = g_key_file_get_string (reading->file, NAMES_GROUP, key, NULL);
  if (*name != NULL && !acc_text_is_blank (*name))
    return TRUE;
  refuse (reading, NAMES_GROUP, key, error, _ ("has no value"));
  return FALSE;
}

static gboolean
take_names (AccKeyboardLayout *self, const Reading *reading, GError **error)
{
  for (guint page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
    if (page != ACC_KEYBOARD_CAPITALS && !take_name (reading, page_groups[page], &self->names[page], error))
      return FALSE;
  return take_name (reading, ACCENTS_KEY, &self->accents, error);
}

/* Each letter by itself: ß has no capital of one letter, and stays. */
static char *
dup_capital (const char *key)
{
  GString *capital = g_string_new (NULL);

  for (const char *at = key; *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (capital, g_unichar_toupper (g_utf8_get_char (at)));
  return g_string_free (capital, FALSE);
}

static GStrv
dup_capitals (const char *const *keys)
{
  g_autoptr (GStrvBuilder) capitals = g_strv_builder_new ();

  for (; *keys != NULL; keys++)
    {
      g_autofree char *capital = dup_capital (*keys);

      g_strv_builder_add (capitals, capital);
    }
  return g_strv_builder_end (capitals);
}

/* A key that stands twice on a page is one that is missing; but two letters may have one capital, as σ and ς have. */
static gboolean
check_keys_differ (AccKeyboardLayout *self, const Reading *reading, AccKeyboardPage page, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!g_key_file_has_group (reading->file, page_groups[page]))
    return TRUE;
  for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
    for (guint i = 0; self->rows[page][row][i] != NULL; i++)
      if (!g_hash_table_add (seen, self->rows[page][row][i]))
        {
          refuse (reading, page_groups[page], row_keys[row].key, error, _ ("has “%s”, which is on this page already"),
                  self->rows[page][row][i]);
          return FALSE;
        }
  return TRUE;
}

static gboolean
take_row (AccKeyboardLayout *self, const Reading *reading, AccKeyboardPage page, AccKeyboardRow row, GError **error)
{
  const char *group = page_groups[page];
  const char *key = row_keys[row].key;
  GStrv *keys = &self->rows[page][row];

  if (page == ACC_KEYBOARD_CAPITALS && !g_key_file_has_group (reading->file, group))
    *keys = dup_capitals ((const char *const *) self->rows[ACC_KEYBOARD_LETTERS][row]);
  else if (row_keys[row].min == 0 && !g_key_file_has_key (reading->file, group, key, NULL))
    *keys = g_new0 (char *, 1);
  else
    *keys = take_keys (reading, group, key, row_keys[row].max, error);
  if (*keys == NULL)
    return FALSE;
  if (page != ACC_KEYBOARD_CAPITALS
      || g_strv_length (*keys) == g_strv_length (self->rows[ACC_KEYBOARD_LETTERS][row]))
    return TRUE;
  refuse (reading, group, key, error, _ ("must have as many keys as the letters there: %u"),
          g_strv_length (self->rows[ACC_KEYBOARD_LETTERS][row]));
  return FALSE;
}

static gboolean
take_pages (AccKeyboardLayout *self, const Reading *reading, GError **error)
{
  for (guint page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
    {
      for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
        if (!take_row (self, reading, page, row, error))
          return FALSE;
      if (!check_keys_differ (self, reading, page, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_key (AccKeyboardLayout *self, const char *key)
{
  for (guint page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
    for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
      if (g_strv_contains ((const char *const *) self->rows[page][row], key))
        return TRUE;
  return FALSE;
}

/* A capital offers the capitals of what its letter offers. */
static void
add_choices (AccKeyboardLayout *self, const Reading *reading, char *key, GStrv choices)
{
  g_autofree char *capital = dup_capital (key);

  g_hash_table_insert (self->choices, g_strdup (key), choices);
  if (!g_str_equal (capital, key) && !g_key_file_has_key (reading->file, CHOICES_GROUP, capital, NULL))
    g_hash_table_insert (self->choices, g_steal_pointer (&capital), dup_capitals ((const char *const *) choices));
}

static gboolean
take_choices (AccKeyboardLayout *self, const Reading *reading, GError **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reading->file, CHOICES_GROUP, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      GStrv choices = take_keys (reading, CHOICES_GROUP, keys[i], CHOICES_MAX, error);

      if (choices == NULL)
        return FALSE;
      add_choices (self, reading, keys[i], choices);
      if (!has_key (self, keys[i]))
        {
          refuse (reading, CHOICES_GROUP, keys[i], error, _ ("is a key of no page"));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
is_own_key (const char *group, const char *key)
{
  if (g_str_equal (group, CHOICES_GROUP))
    return TRUE;
  if (g_str_equal (group, NAMES_GROUP))
    return g_str_equal (key, ACCENTS_KEY)
           || (g_strv_contains ((const char *const[]){ page_groups[ACC_KEYBOARD_LETTERS], page_groups[ACC_KEYBOARD_DIGITS],
                                                       page_groups[ACC_KEYBOARD_SIGNS], NULL },
                                key));
  for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
    if (g_str_equal (row_keys[row].key, key))
      return TRUE;
  return FALSE;
}

static gboolean
is_own_group (const char *group)
{
  for (guint page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
    if (g_str_equal (page_groups[page], group))
      return TRUE;
  return g_str_equal (group, NAMES_GROUP) || g_str_equal (group, CHOICES_GROUP);
}

static gboolean
check_names (const Reading *reading, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reading->file, NULL);

  for (guint g = 0; groups[g] != NULL; g++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (reading->file, groups[g], NULL, NULL);

      if (!is_own_group (groups[g]))
        {
          refuse (reading, groups[g], NULL, error, _ ("is not a group of a keyboard’s layout"));
          return FALSE;
        }
      for (guint k = 0; keys != NULL && keys[k] != NULL; k++)
        if (!is_own_key (groups[g], keys[k]))
          {
            refuse (reading, groups[g], keys[k], error, _ ("is not a key of this group"));
            return FALSE;
          }
    }
  return TRUE;
}

AccKeyboardLayout *
acc_keyboard_layout_parse (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (AccKeyboardLayout) self = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (bytes != NULL && path != NULL, NULL);

  file = acc_key_file_parse (bytes, G_KEY_FILE_NONE, &reason);
  if (file == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s cannot be read: %s"), shown, reason->message);
      return NULL;
    }
  self = g_object_new (ACC_TYPE_KEYBOARD_LAYOUT, NULL);

  const Reading reading = { path, bytes, file };

  if (!check_names (&reading, error) || !take_names (self, &reading, error) || !take_pages (self, &reading, error)
      || !take_choices (self, &reading, error))
    return NULL;
  return g_steal_pointer (&self);
}

static char *
dup_path (const char *language)
{
  g_autofree char *below = g_strdup_printf ("keyboards/%s.conf", language);

  return acc_places_data (below);
}

/* The tag of the file: English where there is no such file, or @language is no tag. */
static char *
find_base (const char *language)
{
  const gsize length = strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  g_autofree char *base = g_ascii_strdown (language, (gssize) length);
  g_autofree char *path = dup_path (base);

  return length > 0 && g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&base) : g_strdup (ACC_LANGUAGE_OWN);
}

AccKeyboardLayout *
acc_keyboard_layout_load (const char *language, GError **error)
{
  g_autofree char *base = NULL, *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  AccKeyboardLayout *self;

  g_return_val_if_fail (language != NULL, NULL);

  base = find_base (language);
  path = dup_path (base);
  bytes = acc_file_read (path, FILE_MAX, error);
  self = bytes != NULL ? acc_keyboard_layout_parse (bytes, path, error) : NULL;
  if (self != NULL)
    self->language = g_steal_pointer (&base);
  return self;
}

static gboolean
has_script (GPtrArray *layouts, GUnicodeScript script)
{
  for (guint i = 0; i < layouts->len; i++)
    if (acc_keyboard_layout_get_script (g_ptr_array_index (layouts, i)) == script)
      return TRUE;
  return FALSE;
}

static void
add_layout (GPtrArray *layouts, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccKeyboardLayout) layout = acc_keyboard_layout_load (language, &error);

  if (layout == NULL)
    g_warning ("%s", error->message);
  else if (!has_script (layouts, acc_keyboard_layout_get_script (layout)))
    g_ptr_array_add (layouts, g_steal_pointer (&layout));
}

GPtrArray *
acc_keyboard_layout_list (const char *language, const char *offered)
{
  g_autoptr (GPtrArray) layouts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) languages = NULL;

  g_return_val_if_fail (language != NULL && offered != NULL, NULL);

  languages = acc_language_list_offered (offered);
  add_layout (layouts, language);
  for (guint i = 0; i < languages->len; i++)
    add_layout (layouts, ((AccLanguage *) g_ptr_array_index (languages, i))->tag);
  add_layout (layouts, ACC_LANGUAGE_OWN); /* for Latin */
  return g_steal_pointer (&layouts);
}

const char *const *
acc_keyboard_layout_get_row (AccKeyboardLayout *self, AccKeyboardPage page, AccKeyboardRow row)
{
  g_return_val_if_fail (ACC_IS_KEYBOARD_LAYOUT (self), NULL);
  g_return_val_if_fail ((guint) page < ACC_KEYBOARD_N_PAGES && (guint) row < ACC_KEYBOARD_N_ROWS, NULL);

  return (const char *const *) self->rows[page][row];
}

GUnicodeScript
acc_keyboard_layout_get_script (AccKeyboardLayout *self)
{
  g_return_val_if_fail (ACC_IS_KEYBOARD_LAYOUT (self), G_UNICODE_SCRIPT_UNKNOWN);

  return g_unichar_get_script (g_utf8_get_char (self->rows[ACC_KEYBOARD_LETTERS][ACC_KEYBOARD_ROW_1][0]));
}

const char *
acc_keyboard_layout_get_language (AccKeyboardLayout *self)
{
  g_return_val_if_fail (ACC_IS_KEYBOARD_LAYOUT (self), NULL);

  return self->language;
}

const char *const *
acc_keyboard_layout_get_choices (AccKeyboardLayout *self, const char *key)
{
  g_return_val_if_fail (ACC_IS_KEYBOARD_LAYOUT (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_hash_table_lookup (self->choices, key);
}

const char *
acc_keyboard_layout_get_name (AccKeyboardLayout *self, AccKeyboardPage page)
{
  g_return_val_if_fail (ACC_IS_KEYBOARD_LAYOUT (self), NULL);
  g_return_val_if_fail ((guint) page < ACC_KEYBOARD_N_PAGES && page != ACC_KEYBOARD_CAPITALS, NULL);

  return self->names[page];
}

const char *
acc_keyboard_layout_get_accents (AccKeyboardLayout *self)
{
  g_return_val_if_fail (ACC_IS_KEYBOARD_LAYOUT (self), NULL);

  return self->accents;
}

static void
acc_keyboard_layout_finalize (GObject *object)
{
  AccKeyboardLayout *self = ACC_KEYBOARD_LAYOUT (object);

  for (guint page = 0; page < ACC_KEYBOARD_N_PAGES; page++)
    {
      g_free (self->names[page]);
      for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
        g_strfreev (self->rows[page][row]);
    }
  g_free (self->language);
  g_free (self->accents);
  g_hash_table_unref (self->choices);
  G_OBJECT_CLASS (acc_keyboard_layout_parent_class)->finalize (object);
}

static void
acc_keyboard_layout_class_init (AccKeyboardLayoutClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_keyboard_layout_finalize;
}

static void
acc_keyboard_layout_init (AccKeyboardLayout *self)
{
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
}
