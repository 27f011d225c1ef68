/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/wording-private.h"

#include "base/error.h"
#include "base/file.h"
#include "base/key-file.h"
#include "base/places.h"
#include "base/text.h"
#include "paper/letterhead-private.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <stdio.h>

#define WORDING_BYTES_MAX (64 * 1024)
#define TEXT_MAX 300 /* characters of one of the bank's sentences */
#define N_MONTHS 12
#define DATE_GROUP "date"
#define DATE_PLACES "day month year"

struct _AccWording
{
  GObject parent_instance;

  char *language;
  GHashTable *templates; /* key → template */
  char *date_format;
  GStrv months;
};

G_DEFINE_FINAL_TYPE (AccWording, acc_wording, G_TYPE_OBJECT)

/* Where each key stands in the file: a key of the group [cover] is asked for with "cover-" before it. */
static const struct {
  const char *key, *group, *name;
  const char *places; /* the {placeholders} that its text has, each of them */
} keys[] = {
  { "for", "letter", "for", "name" },                                /* above the addressee */
  { "salutation", "letter", "salutation", "name" },                  /* one, or a list of names */
  { "list-two", "letter", "list-two", "first second" },              /* two names */
  { "list-separator", "letter", "list-separator", "first second" },  /* three and more, up to the last */
  { "list-last", "letter", "list-last", "first second" },            /* … and the last */
  { "banker-words", "letter", "banker-words", "name" },              /* above the words for the banker */
  { "banker", "letter", "banker", "name" },                          /* … below the addressees, without words */
  { "served-on", "letter", "served-on", "date" },
  { "closing", "letter", "closing", "" },
  { "witnessed", "letter", "witnessed", "name" },                    /* below the author's name */
  { "number", "letter", "number", "number" },                        /* in the foot */
  { "check", "letter", "check", "check" },                           /* … and its code */
  { "asked-yes", "letter", "asked-yes", "" },                        /* … and whether the bank asked for it */
  { "asked-no", "letter", "asked-no", "" },
  { "specimen", "letter", "specimen", "" },                          /* … where there is none */
  { "page", "letter", "page", "page pages" },
  { "title", "letter", "title", "name" },                            /* the document's */
  { "emblem", "letter", "emblem", "name" },                          /* what a figure shows; the bank's name */
  { "signature", "letter", "signature", "name" },
  { "large-print", "letter", "large-print", "" },                    /* what an edition calls itself */
  { "blacked-out", "letter", "blacked-out", "" },
  { "blacked-out-note", "letter", "blacked-out-note", "" },          /* … and what was done to it */
  { "bar", "letter", "bar", "" },                                    /* on the bar in a passage's place */
  { "cover-for", "cover", "for", "name" },
  { "cover-salutation", "cover", "salutation", "name" },
  { "cover-subject", "cover", "subject", "name" },                   /* the employee */
  { "cover-closing", "cover", "closing", "" },
  { "cover-title", "cover", "title", "name" },
  { "cover-facts-phone", "cover", "facts-phone", "name department date" },
  { "cover-facts-branch", "cover", "facts-branch", "name department date" },
  { "cover-facts-online", "cover", "facts-online", "name department date" },
  { "cover-first", "cover", "first", "department" },
  { "cover-count", "cover", "count", "department count" },
  { "cover-disclosed", "cover", "disclosed", "name" },               /* the banker, where named in the letter */
};

static void
acc_wording_finalize (GObject *object)
{
  AccWording *self = ACC_WORDING (object);

  g_free (self->language);
  g_hash_table_unref (self->templates);
  g_free (self->date_format);
  g_strfreev (self->months);
  G_OBJECT_CLASS (acc_wording_parent_class)->finalize (object);
}

static void
acc_wording_class_init (AccWordingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_wording_finalize;
}

static void
acc_wording_init (AccWording *self)
{
  self->templates = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

char *
acc_wording_check_text (const char *text)
{
  g_autoptr (GArray) dropped = acc_text_list_dropped (text, -1, ACC_TEXT_LINE);
  g_autofree char *names = NULL;

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      return g_strdup (_ ("it is more than one line, or has a tab; write it on one line"));
  if (g_utf8_strlen (text, -1) > TEXT_MAX)
    return g_strdup_printf (_ ("it has more than %d characters; shorten it"), TEXT_MAX);
  if (dropped->len == 0)
    return NULL;
  names = acc_text_name_characters ((const gunichar *) dropped->data, dropped->len);
  return g_strdup_printf (_ ("it has %s, which cannot be seen; take it out"), names);
}

/* Each placeholder is there, and nothing else in braces. */
static char *
check_places (const char *text, const char *places)
{
  g_auto (GStrv) names = g_strsplit (places, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *place = g_strdup_printf ("{%s}", names[i]);

      if (strstr (text, place) == NULL)
        return g_strdup_printf (_ ("%s is missing; put it in its place"), place);
    }
  for (const char *open = strchr (text, '{'); open != NULL; open = strchr (open + 1, '{'))
    {
      g_autofree char *name = g_strndup (open + 1, strcspn (open + 1, "}"));

      if (!g_strv_contains ((const char *const *) names, name))
        return g_strdup_printf (_ ("{%s} is none of its placeholders; take it out"), name);
    }
  return NULL;
}

static gboolean
has_months (char *const *months)
{
  guint n = 0;

  while (months != NULL && months[n] != NULL && !acc_text_is_blank (months[n]))
    n++;
  return n == N_MONTHS && months[n] == NULL;
}

static char *
check_text (GKeyFile *words, const char *group, const char *name, const char *places)
{
  g_autofree char *text = g_key_file_get_string (words, group, name, NULL);
  char *wrong;

  if (text == NULL || text[0] == '\0')
    return g_strdup (_ ("it has no value; write one"));
  wrong = acc_wording_check_text (text);
  return wrong != NULL ? wrong : check_places (text, places);
}

char *
acc_wording_check_key (GKeyFile *words, const char *group, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].name, name))
      return check_text (words, group, name, keys[i].places);
  if (!g_str_equal (group, DATE_GROUP) || !(g_str_equal (name, "format") || g_str_equal (name, "months")))
    return g_strdup (_ ("the wording has no such key; correct its name or take it out"));
  if (g_str_equal (name, "format"))
    return check_text (words, group, name, DATE_PLACES);

  g_auto (GStrv) months = g_key_file_get_string_list (words, group, name, NULL, NULL);

  return has_months (months) ? NULL : g_strdup (_ ("name twelve months, with ; between them"));
}

static char *
take_text (GKeyFile *file, const char *path, const char *group, const char *name, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, name, NULL);

  if (text != NULL && text[0] != '\0')
    return g_str_is_ascii (text) ? g_steal_pointer (&text) : g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s: [%s] %s has no value."), path, group, name);
  return NULL;
}

static gboolean
take_date (AccWording *self, GKeyFile *file, const char *path, GError **error)
{
  self->date_format = take_text (file, path, DATE_GROUP, "format", error);
  if (self->date_format == NULL)
    return FALSE;

  self->months = g_key_file_get_string_list (file, DATE_GROUP, "months", NULL, NULL);
  if (has_months (self->months))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s: [date] months must name twelve months."), path);
  return FALSE;
}

static gboolean
take_file (AccWording *self, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GBytes) bytes = acc_file_read (path, WORDING_BYTES_MAX, error);

  if (bytes == NULL)
    return FALSE;
  file = acc_key_file_parse (bytes, G_KEY_FILE_NONE, &parse_error);
  if (file == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s cannot be read: %s"), path, parse_error->message);
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      char *text = take_text (file, path, keys[i].group, keys[i].name, error);

      if (text == NULL)
        return FALSE;
      g_hash_table_insert (self->templates, (gpointer) keys[i].key, text);
    }
  return take_date (self, file, path, error);
}

/* The file of the base of @language ("es-MX": es.conf). NULL where there is none, or where @language is no tag. */
static char *
find_file (const char *language, char **base)
{
  gsize length = strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

  if (length < 2 || length > 8 || (language[length] != '\0' && language[length] != '-' && language[length] != '_'))
    return NULL;

  g_autofree char *lower = g_ascii_strdown (language, length);
  g_autofree char *below = g_strdup_printf ("languages/%s.conf", lower);
  g_autofree char *path = acc_places_data (below);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  *base = g_steal_pointer (&lower);
  return g_steal_pointer (&path);
}

gboolean
acc_wording_has_language (const char *language)
{
  g_autofree char *base = NULL;
  g_autofree char *path = find_file (language, &base);

  return path != NULL && g_str_equal (base, language);
}

/* The bank's own text, checked when its letterhead was loaded; NULL where it has none. */
static char *
get_own (GKeyFile *words, const char *group, const char *name)
{
  g_autofree char *text = g_key_file_get_string (words, group, name, NULL);

  return text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;
}

static void
take_own (AccWording *self, GKeyFile *words)
{
  char *format = get_own (words, DATE_GROUP, "format");
  GStrv months = g_key_file_get_string_list (words, DATE_GROUP, "months", NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      char *text = get_own (words, keys[i].group, keys[i].name);

      if (text != NULL)
        g_hash_table_insert (self->templates, (gpointer) keys[i].key, text);
    }
  if (format != NULL)
    {
      g_free (self->date_format);
      self->date_format = format;
    }
  if (months != NULL)
    {
      g_strfreev (self->months);
      self->months = months;
    }
}

AccWording *
acc_wording_load (AccLetterhead *letterhead, const char *language, GError **error)
{
  g_return_val_if_fail (letterhead == NULL || ACC_IS_LETTERHEAD (letterhead), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  g_autoptr (AccWording) self = g_object_new (ACC_TYPE_WORDING, NULL);
  g_autofree char *path = find_file (language, &self->language);

  if (path == NULL)
    {
      self->language = g_strdup ("en");
      path = acc_places_data ("languages/en.conf");
    }
  if (!take_file (self, path, error))
    return NULL;

  GKeyFile *own = letterhead != NULL ? acc_letterhead_get_words (letterhead, self->language) : NULL;

  if (own != NULL)
    take_own (self, own);
  return g_steal_pointer (&self);
}

/* In one pass, so that a name that looks like a placeholder stays a name. */
static char *
fill (const char *template, GHashTable *values)
{
  GString *text = g_string_new (NULL);
  const char *at = template, *open;

  while ((open = strchr (at, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      if (close == NULL)
        break;

      g_autofree char *name = g_strndup (open + 1, close - open - 1);
      const char *value = g_hash_table_lookup (values, name);

      g_string_append_len (text, at, open - at);
      if (value != NULL)
        g_string_append (text, value);
      else
        g_string_append_len (text, open, close + 1 - open);
      at = close + 1;
    }
  g_string_append (text, at);
  return g_string_free (text, FALSE);
}

char *
acc_wording_fill (AccWording *self, const char *key, ...)
{
  g_return_val_if_fail (ACC_IS_WORDING (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  const char *template = g_hash_table_lookup (self->templates, key);
  g_return_val_if_fail (template != NULL, NULL);

  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  va_list pairs;

  va_start (pairs, key);
  for (const char *name = va_arg (pairs, const char *); name != NULL; name = va_arg (pairs, const char *))
    g_hash_table_insert (values, (gpointer) name, (gpointer) va_arg (pairs, const char *));
  va_end (pairs);
  return fill (template, values);
}

char *
acc_wording_date (AccWording *self, const char *iso_date)
{
  g_return_val_if_fail (ACC_IS_WORDING (self), NULL);
  g_return_val_if_fail (iso_date != NULL, NULL);

  int year = 0, month = 0, day = 0;

  if (sscanf (iso_date, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > N_MONTHS)
    return g_strdup (iso_date);

  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *year_text = g_strdup_printf ("%d", year);
  g_autofree char *day_text = g_strdup_printf ("%d", day);

  g_hash_table_insert (values, (gpointer) "year", year_text);
  g_hash_table_insert (values, (gpointer) "month", self->months[month - 1]);
  g_hash_table_insert (values, (gpointer) "day", day_text);
  return fill (self->date_format, values);
}

const char *
acc_wording_get_language (AccWording *self)
{
  g_return_val_if_fail (ACC_IS_WORDING (self), NULL);
  return self->language;
}
