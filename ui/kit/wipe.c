/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/wipe.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* The limit alone does not keep the kernel from handing the memory to a program that core_pattern names (core(5)). */
void
acc_wipe_forbid_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    g_warning ("A crash may leave what was typed in a core file");
}

void
acc_wipe_clipboards (GtkWidget *widget)
{
  GdkClipboard *clipboards[] = { gtk_widget_get_clipboard (widget), gtk_widget_get_primary_clipboard (widget) };

  for (guint i = 0; i < G_N_ELEMENTS (clipboards); i++)
    gdk_clipboard_set_content (clipboards[i], NULL);
}
