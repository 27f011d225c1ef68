/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyboard-support.h"

#include "kit/key.h"
#include "window-support.h"

#define SCRIPTS_MOST 4 /* more than the layouts have */

const char *const keyboard_languages[] = { "en", "es", "fr", "de", "pl", "ar", NULL };

AccKeyboardLayout *
load_layout (const char *language)
{
  g_autoptr (GError) error = NULL;
  AccKeyboardLayout *layout = acc_keyboard_layout_load (language, &error);

  g_assert_no_error (error);
  return layout;
}

GtkWidget *
find_key (GtkWidget *keyboard, const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (keyboard); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = NULL;

      if (!gtk_widget_get_mapped (child))
        continue;
      if (ACC_IS_KEY (child) && g_str_equal (acc_key_get_text (ACC_KEY (child)), text))
        return child;
      if (!ACC_IS_KEY (child))
        found = find_key (child, text);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
tap (GtkWidget *key)
{
  test_click (key, gtk_widget_get_width (key) / 2.0, gtk_widget_get_height (key) / 2.0);
}

void
tap_key (GtkWidget *keyboard, const char *text)
{
  GtkWidget *key = find_key (keyboard, text);

  if (key == NULL)
    g_error ("There is no key “%s” now", text);
  tap (key);
}

/* The first row's letters say which script is shown. */
static gboolean
shows_script (GtkWidget *keyboard, GUnicodeScript script)
{
  for (GtkWidget *key = gtk_widget_get_first_child (keyboard); key != NULL; key = gtk_widget_get_next_sibling (key))
    if (ACC_IS_KEY (key) && gtk_buildable_get_buildable_id (GTK_BUILDABLE (key)) == NULL
        && g_unichar_get_script (g_utf8_get_char (acc_key_get_text (ACC_KEY (key)))) == script)
      return TRUE;
  return FALSE;
}

static void
take_script (GtkWidget *keyboard, gunichar letter)
{
  const GUnicodeScript script = g_unichar_get_script (letter);

  for (guint i = 0; i < SCRIPTS_MOST && !shows_script (keyboard, script); i++)
    if (gtk_widget_get_mapped (test_find (keyboard, "script")))
      tap (test_find (keyboard, "script"));
}

void
tap_text (GtkWidget *keyboard, const char *text)
{
  static const char *const ways[] = { "shift", "other", "more" };

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_autofree char *wanted = g_strndup (at, (gsize) (g_utf8_next_char (at) - at));

      if (*at == ' ')
        tap (test_find (keyboard, "space"));
      else
        {
          if (g_unichar_isalpha (g_utf8_get_char (at)))
            take_script (keyboard, g_utf8_get_char (at));
          for (guint i = 0; i < G_N_ELEMENTS (ways) && find_key (keyboard, wanted) == NULL; i++)
            if (gtk_widget_get_mapped (test_find (keyboard, ways[i])))
              tap (test_find (keyboard, ways[i]));
          tap_key (keyboard, wanted);
          if (!gtk_widget_get_mapped (test_find (keyboard, "shift")))
            tap (test_find (keyboard, "other"));
        }
    }
}
