/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worst that can be pasted into each field of the kiosk: the window goes on. */
#include "kiosk/answer.h"
#include "kiosk/kiosk-app.h"
#include "hostile-text.h"
#include "kiosk-support.h"
#include "turns-support.h"
#include "window-support.h"

static void
paste_the_worst (Kiosk *kiosk, const char *id)
{
  GtkWidget *control = acc_answer_get_control (answer_of (kiosk, id));

  for (guint i = 0; i < n_hostile_texts; i++)
    {
      g_autofree char *text = hostile_text_make (&hostile_texts[i]);
      gint64 longest;

      answer (kiosk, id, "");
      test_settle (kiosk->window);
      turns_begin ();
      test_paste (control, text);
      longest = turns_end ();
      g_test_message ("%s, %s: %" G_GINT64_FORMAT " ms", id, hostile_texts[i].what, longest / 1000);
      if (longest >= TURN_MAX)
        g_test_fail_printf ("%s, %s: a turn of %" G_GINT64_FORMAT " ms", id, hostile_texts[i].what, longest / 1000);
    }
  answer (kiosk, id, "");
}

static void
test_who (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  act (&kiosk, "letter.next");
  paste_the_worst (&kiosk, "name");
  answer_and_go_on (&kiosk, "name", "Wilhelmina Quist");
  paste_the_worst (&kiosk, "called");
  answer_and_go_on (&kiosk, "called", "Wilhelmina");
  paste_the_worst (&kiosk, "department");
  kiosk_clear (&kiosk);
}

/* Each part after those before it have been filled to the brim: that is the longest letter. */
static void
test_story (void)
{
  g_autofree char *words = hostile_text_make (&hostile_texts[2]);
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  paste_the_worst (&kiosk, "need");
  answer_and_go_on (&kiosk, "need", words);
  paste_the_worst (&kiosk, "act");
  answer_and_go_on (&kiosk, "act", words);
  paste_the_worst (&kiosk, "difference");
  kiosk_clear (&kiosk);
}

static void
test_banker (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  tell_story (&kiosk);
  tick (&kiosk, "yes");
  act (&kiosk, "letter.next");
  paste_the_worst (&kiosk, "name");
  answer_and_go_on (&kiosk, "name", "Daniel Reyes");
  paste_the_worst (&kiosk, "words");
  kiosk_clear (&kiosk);
}

static void
test_sign (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  say_who (&kiosk);
  tell_story (&kiosk);
  act (&kiosk, "letter.next");
  paste_the_worst (&kiosk, "name");
  answer_and_go_on (&kiosk, "name", "Maria López");
  g_signal_emit_by_name (test_find (page_of (&kiosk), "type_instead"), "clicked");
  paste_the_worst (&kiosk, "typed");
  answer (&kiosk, "typed", "Maria López");
  act (&kiosk, "letter.next");
  tick (&kiosk, "contact");
  paste_the_worst (&kiosk, "contact_answer");
  kiosk_clear (&kiosk);
}

static void
begin_paste (GtkWidget *taker, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (taker), text);
  g_assert_true (gtk_widget_activate_action (taker, "clipboard.paste", NULL));
}

/* The clipboard may answer when the page has gone. */
static void
test_too_late (void)
{
  Kiosk kiosk;

  kiosk_init (&kiosk);
  act (&kiosk, "letter.next");
  begin_paste (GTK_WIDGET (gtk_editable_get_delegate (
                 GTK_EDITABLE (acc_answer_get_control (answer_of (&kiosk, "name"))))), "rung\a");
  kiosk_clear (&kiosk);

  kiosk_init (&kiosk);
  say_who (&kiosk);
  begin_paste (acc_answer_get_control (answer_of (&kiosk, "need")), "rung\a");
  kiosk_clear (&kiosk);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kiosk-paste/who", test_who);
  g_test_add_func ("/kiosk-paste/story", test_story);
  g_test_add_func ("/kiosk-paste/banker", test_banker);
  g_test_add_func ("/kiosk-paste/sign", test_sign);
  g_test_add_func ("/kiosk-paste/too-late", test_too_late);
  return g_test_run ();
}
