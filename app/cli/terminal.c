/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/terminal.h"

#include "base/text.h"

/* Takes @text. */
static void
print (void (*print_to) (const char *format, ...), char *text)
{
  g_autofree char *shown = acc_text_to_lines (text);

  print_to ("%s", shown);
  g_free (text);
}

void
acc_cli_print (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  print (g_print, g_strdup_vprintf (format, values));
  va_end (values);
}

void
acc_cli_print_error (const char *format, ...)
{
  va_list values;

  va_start (values, format);
  print (g_printerr, g_strdup_vprintf (format, values));
  va_end (values);
}

/* Control characters and those that turn the direction; joiners among them, which lose nothing by it. */
static gboolean
is_obeyed (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT;
}

/* Such a character can only stand within a string: all that JSON itself is made of can be seen. */
static void
append_escaped (GString *text, gunichar c)
{
  gunichar2 units[2];
  int n = c >= 0x10000 ? 2 : 1;

  units[0] = n == 2 ? (gunichar2) (0xD800 + ((c - 0x10000) >> 10)) : (gunichar2) c;
  units[1] = (gunichar2) (0xDC00 + ((c - 0x10000) & 0x3FF));
  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "\\u%04x", units[i]);
}

void
acc_cli_print_json (JsonNode *node)
{
  g_autofree char *json = json_to_string (node, TRUE);
  g_autofree char *valid = g_utf8_make_valid (json, -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c != '\n' && is_obeyed (c))
        append_escaped (text, c);
      else
        g_string_append_unichar (text, c);
    }
  g_print ("%s\n", text->str);
}
