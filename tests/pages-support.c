/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages-support.h"

#include "kiosk/kiosk-window.h"
#include "kit/ask.h"
#include "support.h"
#include "window-support.h"

#define QUESTIONS_MOST 40 /* more than the kiosk has: it goes round in circles */

typedef struct {
  Kiosk kiosk;
  PageLook look;
  gpointer data;
} Walk;

static void
open_at (Kiosk *kiosk, const PageScreen *screen)
{
  g_autofree char *config
    = g_strdup_printf ("[kiosk]\nlanguages=%s;en\nkeyboard=%s\n", screen->language, screen->keyboard);
  g_autofree char *path = NULL;

  *kiosk = (Kiosk){ .store_dir = make_branch (), .width = screen->width, .height = screen->height };
  write_branch_key (kiosk->store_dir);
  path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * screen->text_scale), NULL);
  open_kiosk (kiosk);
}

static void
look_at (Walk *walk, const char *page)
{
  test_settle (walk->kiosk.window);
  test_settle (walk->kiosk.window);
  walk->look (&walk->kiosk, page, walk->data);
}

static void
look_at_question (Walk *walk, const char *action, const char *page)
{
  g_assert_true (gtk_widget_activate_action (walk->kiosk.window, action, NULL)
                 || gtk_widget_activate_action (GTK_WIDGET (letter_of (&walk->kiosk)), action, NULL));
  look_at (walk, page);
  acc_ask_answer (ACC_ASK (test_find (walk->kiosk.window, "ask")), FALSE);
}

/* Gives each text that the question asks for. */
static void
answer_all (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (ACC_IS_ANSWER (widget))
    acc_answer_set_text (ACC_ANSWER (widget), "Imani Okoro");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    answer_all (child);
}

static void
look_at_questions (Walk *walk)
{
  Kiosk *kiosk = &walk->kiosk;
  gboolean has_missed = FALSE;

  act (kiosk, "letter.next");
  for (guint i = 0; step_of (kiosk) < ACC_STEP_READ; i++)
    {
      g_autofree char *question = g_strdup_printf ("%d %s", step_of (kiosk), question_of (kiosk));

      g_assert_cmpuint (i, <, QUESTIONS_MOST);
      if (!has_missed)
        {
          act (kiosk, "letter.next");
          look_at (walk, "1 missing");
          has_missed = TRUE;
        }
      if (step_of (kiosk) == ACC_STEP_BANKER)
        tick (kiosk, "yes");
      if (g_str_has_suffix (question, "signature"))
        {
          look_at (walk, "4 drawn");
          g_signal_emit_by_name (test_find (page_of (kiosk), "type_instead"), "clicked");
          test_settle (kiosk->window);
        }
      answer_all (page_of (kiosk));
      look_at (walk, question);
      act (kiosk, "letter.next");
    }
}

static gboolean
is_looked_up (gpointer slip)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (test_find (slip, "pages"))), "state");
}

static void
look_at_slip (Walk *walk, const char *code)
{
  Kiosk *kiosk = &walk->kiosk;
  GtkWidget *slip;

  act (kiosk, "letter.finish");
  test_settle (kiosk->window);
  act (kiosk, "kiosk.open-slip");
  look_at (walk, "slip");
  slip = gtk_stack_get_child_by_name (GTK_STACK (test_find (kiosk->window, "modes")), "slip");
  acc_answer_set_text (ACC_ANSWER (test_find (slip, "code")), code);
  g_assert_true (gtk_widget_activate_action (slip, "slip.look-up", NULL));
  test_wait (is_looked_up, slip);
  look_at (walk, "slip state");
}

void
walk_pages (const PageScreen *screen, PageLook look, gpointer data)
{
  Walk walk = { .look = look, .data = data };
  Kiosk *kiosk = &walk.kiosk;
  g_autofree char *code = NULL;

  open_at (kiosk, screen);
  look_at (&walk, "0 welcome");
  look_at_question (&walk, "kiosk.choose-look", "text and colours");
  look_at_questions (&walk);
  test_wait (can_send, kiosk->window);
  look_at (&walk, "5 read");
  look_at_question (&walk, "letter.start-again", "start again");
  act (kiosk, "letter.send");
  test_wait (is_sent, kiosk->window);
  look_at (&walk, "6 sent");
  code = g_strdup (gtk_label_get_text (GTK_LABEL (test_find (page_of (kiosk), "code"))));
  look_at_slip (&walk, code);
  kiosk_clear (kiosk);
}
