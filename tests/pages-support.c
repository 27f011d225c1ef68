/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages-support.h"

#include <glib/gstdio.h>

#include "inbox/exit-code.h"
#include "inbox/inbox.h"
#include "inbox/slip.h"
#include "kiosk/draft-keeper.h"
#include "kiosk/kiosk-window.h"
#include "kiosk/staff-page.h"
#include "kit/ask.h"
#include "letter/handover-watch.h"
#include "store/statement.h"
#include "support.h"
#include "window-support.h"

#define QUESTIONS_MOST 40 /* more than the kiosk has: it goes round in circles */

#define EXIT_CODE "20261122"
#define NAME "Imani Okoro"
#define STORY "When I called, she went through all of our statements line by line until it was solved."

/* What would rather be kept apart, in the letter's language. */
static const struct {
  const char *language, *sentence;
} complaints[] = {
  { "en", "The first man was rude to me." },           { "es", "El primer hombre fue grosero conmigo." },
  { "fr", "Le premier homme était impoli avec moi." }, { "de", "Der erste Mann war unhöflich zu mir." },
  { "pl", "Pierwszy pan był nieuprzejmy." },           { "ar", "كان الرجل الأول وقحا معي." },
};

typedef struct {
  Kiosk kiosk;
  char *memory; /* where drafts are kept */
  char *shared; /* where the desk leaves what a banker has prepared */
  PageLook look;
  gpointer data;
} Walk;

static gboolean
has_file (gpointer folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return g_dir_read_name (dir) != NULL;
}

/* What a kiosk keeps while somebody writes, and what a crash would leave of it. */
static void
leave_draft (Walk *walk, const char *language)
{
  AccDraftKeeper *keeper = acc_draft_keeper_new (walk->memory, walk->kiosk.store_dir);
  g_autoptr (AccForm) empty = acc_form_new (language, ACC_PAPER_LETTER);
  g_autoptr (AccForm) form = acc_form_with_text (empty, ACC_FIELD_TO_NAME, 0, NAME);
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL, *draft = NULL;
  gsize length;

  acc_draft_keeper_set_form (keeper, form);
  test_wait (has_file, walk->memory);
  dir = g_dir_open (walk->memory, 0, NULL);
  path = g_build_filename (walk->memory, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_get_contents (path, &draft, &length, NULL));
  g_object_unref (keeper);
  g_assert_true (g_file_set_contents_full (path, draft, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static char *
make_memory (int mode)
{
  char *folder = g_strdup ("/dev/shm/accolade-pages-XXXXXX");

  g_assert_nonnull (g_mkdtemp (folder));
  g_assert_cmpint (g_chmod (folder, mode), ==, 0);
  return folder;
}

static void
remove_memory (char *folder)
{
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

static void
open_at (Walk *walk, const PageScreen *screen)
{
  Kiosk *kiosk = &walk->kiosk;
  g_autofree char *config = NULL, *path = NULL;

  *kiosk = (Kiosk){ .store_dir = make_branch (), .width = screen->width, .height = screen->height };
  walk->memory = make_memory (0700);
  walk->shared = make_memory (02770);
  config = g_strdup_printf ("[kiosk]\nidle=600\nlanguages=%s;en;es;fr;de;pl;ar\nkeyboard=%s\ndrafts=%s\nhandover=%s\n",
                            screen->language, screen->keyboard, walk->memory, walk->shared);
  write_branch_key (kiosk->store_dir);
  path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  g_assert_true (acc_exit_code_set (kiosk->store_dir, EXIT_CODE, NULL));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * screen->text_scale), NULL);
  leave_draft (walk, screen->language);
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
    acc_answer_set_text (ACC_ANSWER (widget), acc_answer_get_text_view (ACC_ANSWER (widget)) != NULL ? STORY : NAME);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    answer_all (child);
}

static void
complain (Walk *walk)
{
  const char *language = acc_form_get_fields (form_of (&walk->kiosk))->language;

  for (guint i = 0; i < G_N_ELEMENTS (complaints); i++)
    if (g_str_equal (complaints[i].language, language))
      {
        g_autofree char *text = g_strconcat (STORY " ", complaints[i].sentence, NULL);

        acc_answer_set_text (answer_of (&walk->kiosk, "difference"), text);
        return; /* the form is another now, and its language with it */
      }
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
      if (g_str_has_suffix (question, "department"))
        look_at (walk, "1 departments");
      if (g_str_has_suffix (question, "consent"))
        tick (kiosk, "contact");
      answer_all (page_of (kiosk));
      if (g_str_equal (question, "2 difference"))
        complain (walk);
      look_at (walk, question);
      act (kiosk, "letter.next");
    }
}

static gboolean
is_looked_up (gpointer slip)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (test_find (slip, "pages"))), "state");
}

static GtkWidget *
slip_of (Walk *walk)
{
  return gtk_stack_get_child_by_name (GTK_STACK (test_find (walk->kiosk.window, "modes")), "slip");
}

/* Comes back with the code, and finds where the letter is. */
static void
look_up_slip (Walk *walk, const char *code)
{
  GtkWidget *slip = slip_of (walk);

  acc_answer_set_text (ACC_ANSWER (test_find (slip, "code")), code);
  g_assert_true (gtk_widget_activate_action (slip, "slip.look-up", NULL));
  test_wait (is_looked_up, slip);
}

/* What the desk tells once the person who is thanked has the letter; none but this one is there. */
static void
let_letter_arrive (Kiosk *kiosk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccStore) inbox = acc_inbox_open (kiosk->store_dir, ACC_STORE_WRITE, &error);
  g_autofree char *sql = g_strdup_printf ("UPDATE slip SET state = '%s'", acc_slip_state_to_text (ACC_SLIP_ARRIVED));
  g_autoptr (AccStatement) statement = acc_statement_new (inbox, sql, &error);

  acc_statement_run (statement, &error);
  g_assert_no_error (error);
}

static void
look_at_slip (Walk *walk, const char *code)
{
  Kiosk *kiosk = &walk->kiosk;

  act (kiosk, "letter.finish");
  test_settle (kiosk->window);
  act (kiosk, "kiosk.open-slip");
  look_at (walk, "slip");
  look_up_slip (walk, code);
  look_at (walk, "slip state");
  g_assert_true (gtk_widget_activate_action (slip_of (walk), "slip.leave", NULL));
  test_settle (kiosk->window);
  let_letter_arrive (kiosk);
  act (kiosk, "kiosk.open-slip");
  look_up_slip (walk, code);
  look_at (walk, "slip arrived");
}

static void
look_at_left_letter (Walk *walk)
{
  look_at (walk, "0 left letter");
  g_signal_emit_by_name (test_find (walk->kiosk.window, "refuse"), "clicked");
  test_settle (walk->kiosk.window);
}

static gboolean
is_offered (gpointer window)
{
  return gtk_widget_get_visible (test_find (window, "prepared"));
}

static gboolean
is_not_offered (gpointer window)
{
  return !is_offered (window);
}

/* What a banker has prepared, and then takes back. */
static void
look_at_prepared (Walk *walk)
{
  g_autofree char *inbox = acc_inbox_path (walk->kiosk.store_dir);
  g_autoptr (AccHandoverWatch) desk = acc_handover_watch_new (walk->shared, inbox);
  g_autoptr (AccHandover) handover = acc_handover_new (NAME, "Fraud Operations");

  g_assert_true (acc_handover_watch_leave (desk, handover, NULL));
  test_wait (is_offered, walk->kiosk.window);
  look_at (walk, "0 prepared");
  acc_handover_watch_erase (desk);
  test_wait (is_not_offered, walk->kiosk.window);
}

static gboolean
is_out_of_service (gpointer window)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (test_find (window, "modes"))), "out-of-service");
}

static gboolean
is_checked (gpointer staff)
{
  return acc_staff_page_is_open (staff) && gtk_widget_is_sensitive (test_find (staff, "check_button"));
}

/* With what a branch sees there that is in order, and then closes. */
static void
look_at_staff (Walk *walk)
{
  GtkWidget *window = walk->kiosk.window, *staff;

  act (&walk->kiosk, "kiosk.staff");
  look_at (walk, "staff code");
  staff = gtk_stack_get_visible_child (GTK_STACK (test_find (window, "layers")));
  gtk_editable_set_text (GTK_EDITABLE (test_find (staff, "exit_code")), EXIT_CODE);
  g_signal_emit_by_name (test_find (staff, "enter_code"), "clicked");
  test_wait (is_checked, staff);
  look_at (walk, "staff");
  g_signal_emit_by_name (test_find (staff, "close_button"), "clicked");
  g_signal_emit_by_name (test_find (window, "yes_button"), "clicked");
  test_wait (is_out_of_service, window);
  test_wait (is_checked, staff);
  g_signal_emit_by_name (test_find (staff, "leave_button"), "clicked");
  look_at (walk, "out of service");
}

void
walk_pages (const PageScreen *screen, PageLook look, gpointer data)
{
  Walk walk = { .look = look, .data = data };
  Kiosk *kiosk = &walk.kiosk;
  g_autofree char *code = NULL;

  open_at (&walk, screen);
  look_at_left_letter (&walk);
  look_at (&walk, "0 welcome");
  look_at_prepared (&walk);
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
  look_at_staff (&walk);
  kiosk_clear (kiosk);
  remove_memory (walk.memory);
  remove_memory (walk.shared);
}
