/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From "Read your letter" to the picture of its first page: bench-reading COUNT LETTER.json
 * Writes the letter at a real kiosk, and COUNT times goes back, changes what the bank may do with it, and reads it
 * again: each time it is typeset, written, proofread, sealed, opened and drawn anew, which begins with the change; the
 * press follows two frames later, sooner than a hand's. Prints the microseconds from the press to the end of the frame
 * that shows the page, and the processor time of the main thread in them. */
#include <stdlib.h>

#include "bench/kiosk.h"
#include "kit/pdf-page.h"
#include "window-support.h"

static void
tell_all (Kiosk *kiosk, AccLetter *letter)
{
  const AccLetterFields *fields = acc_letter_get_fields (letter);

  bench_say_who (kiosk, letter);
  answer_and_go_on (kiosk, "need", fields->need);
  answer_and_go_on (kiosk, "act", fields->act);
  answer_and_go_on (kiosk, "difference", fields->difference);
  tick (kiosk, "no");
  act (kiosk, "letter.next");
  answer_and_go_on (kiosk, "name", fields->from[0].name);
  g_signal_emit_by_name (test_find (page_of (kiosk), "type_instead"), "clicked");
  answer (kiosk, "typed", fields->from[0].name);
  act (kiosk, "letter.next");
  g_assert_cmpstr (question_of (kiosk), ==, "asked");
  act (kiosk, "letter.next");
  g_assert_cmpstr (question_of (kiosk), ==, "consent");
}

static void
change (Kiosk *kiosk)
{
  GtkCheckButton *share = GTK_CHECK_BUTTON (test_find (page_of (kiosk), "share"));

  gtk_check_button_set_active (share, !gtk_check_button_get_active (share));
  test_settle (kiosk->window);
}

static void
press (gpointer data)
{
  Kiosk *kiosk = data;

  g_signal_emit_by_name (test_find (kiosk->window, "next"), "clicked");
}

static gboolean
shows_page (gpointer data)
{
  Kiosk *kiosk = data;
  GtkWidget *pages = test_find (test_find (kiosk->window, "pdf"), "pages");
  GtkWidget *first = gtk_widget_get_first_child (pages);

  return first != NULL && acc_pdf_page_has_picture (ACC_PDF_PAGE (first));
}

int
main (int argc, char **argv)
{
  Kiosk kiosk;
  g_autoptr (AccLetter) letter = NULL;

  if (argc != 3)
    return 2;
  letter = bench_kiosk_open (&kiosk, argv[2]);
  tell_all (&kiosk, letter);
  for (gulong i = strtoul (argv[1], NULL, 10); i > 0; i--)
    {
      BenchSeen seen;

      change (&kiosk);
      seen = bench_see (&kiosk, press, shows_page, &kiosk);
      g_print ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", seen.time, seen.processor_time);
      test_wait (can_send, kiosk.window);
      act (&kiosk, "letter.back");
    }
  kiosk_clear (&kiosk);
  return 0;
}
