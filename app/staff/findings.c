/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/findings-private.h"

#include "base/error.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>

#define QUOTED_MAX 40

typedef struct {
  guint line;
  char *text;
} Finding;

struct _AccFindings {
  GArray *shown; /* of Finding */
  GHashTable *lines; /* set of line numbers */
  GPtrArray *places; /* NULL: lines have no other name */
  guint n;
};

static void
finding_clear (gpointer data)
{
  g_free (((Finding *) data)->text);
}

AccFindings *
acc_findings_new (void)
{
  AccFindings *self = g_new0 (AccFindings, 1);

  self->shown = g_array_new (FALSE, FALSE, sizeof (Finding));
  g_array_set_clear_func (self->shown, finding_clear);
  self->lines = g_hash_table_new (NULL, NULL);
  return self;
}

void
acc_findings_free (AccFindings *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->shown);
  g_hash_table_unref (self->lines);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self);
}

void
acc_findings_name_lines (AccFindings *self, GPtrArray *places)
{
  self->places = g_ptr_array_ref (places);
}

const char *
acc_findings_get_place (AccFindings *self, guint line)
{
  return self->places != NULL && line < self->places->len ? g_ptr_array_index (self->places, line) : NULL;
}

void
acc_findings_add (AccFindings *self, guint line, const char *format, ...)
{
  Finding finding = { line, NULL };
  va_list arguments;

  g_hash_table_add (self->lines, GUINT_TO_POINTER (line));
  if (self->n++ >= ACC_FINDINGS_SHOWN)
    return;
  va_start (arguments, format);
  finding.text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_array_append_val (self->shown, finding);
}

void
acc_findings_mark (AccFindings *self, guint line)
{
  g_hash_table_add (self->lines, GUINT_TO_POINTER (line));
}

gboolean
acc_findings_has_line (AccFindings *self, guint line)
{
  return g_hash_table_contains (self->lines, GUINT_TO_POINTER (line));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Finding *first = a, *second = b;

  return (first->line > second->line) - (first->line < second->line);
}

gboolean
acc_findings_none (AccFindings *self, GError **error)
{
  g_autoptr (GString) message = g_string_new (NULL);

  if (self->n == 0)
    return TRUE;
  g_array_sort (self->shown, compare_lines);
  for (guint i = 0; i < self->shown->len; i++)
    {
      const Finding *finding = &g_array_index (self->shown, Finding, i);
      const char *place = acc_findings_get_place (self, finding->line);

      if (i > 0)
        g_string_append_c (message, '\n');
      if (place != NULL)
        g_string_append_printf (message, "%s: %s", place, finding->text);
      else
        g_string_append_printf (message, _ ("line %u: %s"), finding->line, finding->text);
    }
  if (self->n > self->shown->len)
    g_string_append_printf (message, _ ("\nand %u more"), self->n - self->shown->len);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, message->str);
  return FALSE;
}

char *
acc_findings_quote (const char *text)
{
  g_autofree char *clean = acc_text_clean (text, -1, ACC_TEXT_LINE, NULL);
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (clean, -1) <= QUOTED_MAX)
    return g_steal_pointer (&clean);
  cut = g_utf8_substring (clean, 0, QUOTED_MAX);
  return g_strconcat (cut, "…", NULL);
}
