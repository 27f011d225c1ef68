/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff-support.h"

#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "inbox/exit-code.h"
#include "window-support.h"

void
add_code (const char *store_dir)
{
  g_autofree char *text = acc_config_template ("Market Street branch");
  g_autofree char *path = g_build_filename (store_dir, "accolade.conf", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  acc_file_write (path, bytes, 0644, &error);
  g_assert_no_error (error);
  acc_exit_code_set (store_dir, STAFF_CODE, &error);
  g_assert_no_error (error);
}

AccStaffPage *
find_staff (GtkWidget *window)
{
  GtkWidget *shown = gtk_stack_get_visible_child (GTK_STACK (test_find (window, "layers")));

  return ACC_IS_STAFF_PAGE (shown) ? ACC_STAFF_PAGE (shown) : NULL;
}

gboolean
is_open (gpointer window)
{
  return find_staff (window) != NULL && acc_staff_page_is_open (find_staff (window));
}

gboolean
is_refused (gpointer window)
{
  return gtk_widget_get_opacity (test_find (window, "code_message")) > 0;
}

gboolean
is_checked (gpointer window)
{
  return is_open (window) && gtk_widget_is_sensitive (test_find (window, "check_button"));
}

void
ask_for_staff (Kiosk *kiosk)
{
  act (kiosk, "kiosk.staff");
  g_assert_nonnull (find_staff (kiosk->window));
  test_settle (kiosk->window);
}

void
press (Kiosk *kiosk, const char *id)
{
  GtkWidget *button = test_find (kiosk->window, id);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

void
type_code (Kiosk *kiosk, const char *code)
{
  for (; *code != '\0'; code++)
    {
      const char digit[] = { *code, '\0' };

      g_signal_emit_by_name (test_find_button (GTK_WIDGET (find_staff (kiosk->window)), digit), "clicked");
    }
  press (kiosk, "enter_code");
}

void
open_staff (Kiosk *kiosk)
{
  ask_for_staff (kiosk);
  type_code (kiosk, STAFF_CODE);
  test_wait (is_checked, kiosk->window);
}
