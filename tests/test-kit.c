/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people answer with: a signature, yes or no, typed words; and what GTK does otherwise than this kit wishes. */
#include <math.h>

#include "kit/ask.h"
#include "kit/look.h"
#include "kit/signature-pad.h"
#include "kit/typing.h"
#include "window-support.h"

#define WIDTH 800
#define HEIGHT 1000

static void
test_pad_says_where_a_name_begins (void)
{
  GtkWidget *pad = acc_signature_pad_new ();
  GtkWidget *window = test_show (pad, WIDTH, HEIGHT), *cross = test_find (pad, "cross");
  graphene_rect_t left, right;

  g_assert_true (gtk_widget_compute_bounds (cross, pad, &left));
  gtk_widget_set_direction (pad, GTK_TEXT_DIR_RTL);
  test_settle (window);
  g_assert_true (gtk_widget_compute_bounds (cross, pad, &right));
  g_assert_cmpfloat (left.origin.x, <, WIDTH / 4);
  g_assert_cmpfloat_with_epsilon (right.origin.x + right.size.width, gtk_widget_get_width (pad) - left.origin.x, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_pad_keeps_what_is_drawn (void)
{
  static const graphene_point_t curve[] = { { 80, 120 }, { 160, 60 }, { 240, 140 }, { 320, 80 } };
  static const graphene_point_t dot[] = { { 400, 100 }, { 400, 100 } };
  static const graphene_point_t beyond[] = { { 500, 100 }, { 500, 600 } };
  GtkWidget *pad = acc_signature_pad_new ();
  GtkWidget *window;
  g_autoptr (AccSignature) none = NULL;
  g_autoptr (AccSignature) one_dot = NULL;
  g_autoptr (AccSignature) drawn = NULL;
  const AccPoint *points;
  guint n_points;

  gtk_widget_set_valign (pad, GTK_ALIGN_START);
  window = test_show (pad, WIDTH, HEIGHT);
  none = acc_signature_pad_dup_signature (ACC_SIGNATURE_PAD (pad));
  g_assert_null (none);

  test_drag (pad, dot, G_N_ELEMENTS (dot));
  one_dot = acc_signature_pad_dup_signature (ACC_SIGNATURE_PAD (pad));
  g_assert_cmpuint (acc_signature_get_n_strokes (one_dot), ==, 1);

  acc_signature_pad_clear (ACC_SIGNATURE_PAD (pad));
  test_drag (pad, curve, G_N_ELEMENTS (curve));
  test_drag (pad, beyond, G_N_ELEMENTS (beyond));
  drawn = acc_signature_pad_dup_signature (ACC_SIGNATURE_PAD (pad));
  g_assert_cmpuint (acc_signature_get_n_strokes (drawn), ==, 2);
  points = acc_signature_get_stroke (drawn, 0, &n_points);
  g_assert_cmpuint (n_points, >=, G_N_ELEMENTS (curve));
  g_assert_cmpfloat (fabs (points[0].x - 80.0 / gtk_widget_get_width (pad)), <, 0.01);
  points = acc_signature_get_stroke (drawn, 1, &n_points);
  g_assert_cmpfloat (points[n_points - 1].y, ==, 1);
  g_assert_cmpuint (test_count_dark (pad, &GRAPHENE_RECT_INIT (60, 40, 300, 120)), >, 200);

  g_assert_true (gtk_widget_activate_action (pad, "signature.clear", NULL));
  g_clear_pointer (&drawn, acc_signature_unref);
  drawn = acc_signature_pad_dup_signature (ACC_SIGNATURE_PAD (pad));
  g_assert_null (drawn);
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct {
  gboolean answered, yes;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->yes = acc_ask_finish (ACC_ASK (source), result, &error);
  answer->answered = TRUE;
  g_assert_no_error (error);
}

static gboolean
is_answered (gpointer answer)
{
  return ((Answer *) answer)->answered;
}

static const AccQuestion question = {
  .question = "Start again?",
  .explanation = "What is written will be gone.",
  .yes = "Start again",
  .no = "Go on",
};

static Answer
ask_and (GtkWidget *ask, void (*act) (GtkWidget *ask))
{
  Answer answer = { FALSE, FALSE };

  acc_ask_async (ACC_ASK (ask), &question, NULL, on_answer, &answer);
  test_settle (GTK_WIDGET (gtk_widget_get_root (ask)));
  g_assert_true (acc_ask_is_open (ACC_ASK (ask)));
  act (ask);
  test_wait (is_answered, &answer);
  g_assert_false (acc_ask_is_open (ACC_ASK (ask)));
  test_settle (GTK_WIDGET (gtk_widget_get_root (ask)));
  return answer;
}

static void
press_yes (GtkWidget *ask)
{
  GtkWidget *button = test_find_button (ask, "Start again");

  test_click (button, 20, 10);
}

static void
press_escape (GtkWidget *ask)
{
  test_key (GTK_WIDGET (gtk_widget_get_root (ask)), "Escape");
}

static void
press_return (GtkWidget *ask)
{
  test_key (GTK_WIDGET (gtk_widget_get_root (ask)), "Return");
}

static void
ask_once_more (GtkWidget *ask)
{
  Answer second = { FALSE, FALSE };

  acc_ask_async (ACC_ASK (ask), &question, NULL, on_answer, &second);
  acc_ask_answer (ACC_ASK (ask), TRUE);
  test_wait (is_answered, &second);
  g_assert_true (second.yes);
}

static void
test_ask_answers (void)
{
  static const struct {
    void (*act) (GtkWidget *ask);
    gboolean yes;
  } ways[] = {
    { press_yes, TRUE },      /* the button that does it */
    { press_escape, FALSE },  /* Escape is the safe answer */
    { press_return, FALSE },  /* so is Return: the safe button has the focus */
    { ask_once_more, FALSE }, /* a second question answers the first one safely */
  };
  GtkWidget *ask = acc_ask_new ();
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *window;

  acc_ask_set_child (ACC_ASK (ask), entry);
  window = test_show (ask, WIDTH, HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      gtk_widget_grab_focus (entry);
      g_assert_cmpint (ask_and (ask, ways[i].act).yes, ==, ways[i].yes);
      g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), entry));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whether the card is whole, and gone, in the very moment. */
static gboolean
opens_at_once (GtkWidget *ask)
{
  GtkRevealer *revealer = GTK_REVEALER (test_find (ask, "revealer"));
  Answer answer = { FALSE, FALSE };
  gboolean opened, closed;

  acc_ask_async (ACC_ASK (ask), &question, NULL, on_answer, &answer);
  opened = gtk_revealer_get_child_revealed (revealer);
  acc_ask_answer (ACC_ASK (ask), FALSE);
  closed = !gtk_revealer_get_child_revealed (revealer) && !gtk_widget_get_visible (GTK_WIDGET (revealer));
  test_wait (is_answered, &answer);
  test_settle (GTK_WIDGET (gtk_widget_get_root (ask)));
  return opened && closed;
}

static void
test_ask_moves_only_where_motion_is_wished_for (void)
{
  GtkWidget *ask = acc_ask_new ();
  GtkWidget *window;

  acc_ask_set_child (ACC_ASK (ask), gtk_entry_new ());
  window = test_show (ask, WIDTH, HEIGHT);
  g_assert_true (opens_at_once (ask));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  g_assert_false (opens_at_once (ask));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
walk_round (GtkWidget *ask)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (ask));

  for (guint i = 0; i < 5; i++)
    {
      test_key (window, i < 3 ? "Tab" : "shift+Tab");
      g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), test_find (ask, "card")));
    }
  acc_ask_answer (ACC_ASK (ask), FALSE);
}

static void
test_ask_keeps_the_focus (void)
{
  GtkWidget *ask = acc_ask_new ();
  GtkWidget *window;

  acc_ask_set_child (ACC_ASK (ask), gtk_entry_new ());
  window = test_show (ask, WIDTH, HEIGHT);
  ask_and (ask, walk_round);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (test_find (ask, "card")), GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (test_find (ask, "card")), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                       test_find (ask, "question"), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_note (AccTextChange change, gpointer owner)
{
  guint before = GPOINTER_TO_UINT (g_object_get_data (owner, "noted"));

  g_object_set_data (owner, "noted", GUINT_TO_POINTER (before | change));
}

/* What @owner was told of so far. */
static AccTextChange
noted (gpointer owner)
{
  return GPOINTER_TO_UINT (g_object_get_data (owner, "noted"));
}

static char *
repeat (const char *text, guint n)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
test_typing_cleans_a_line (void)
{
  static const struct {
    const char *first, *then; /* typed one after the other, at the end */
    const char *expected;
    AccTextChange note;
  } rows[] = {
    { "Jessica", " Okafor", "Jessica Okafor", ACC_TEXT_UNCHANGED },
    { "Ana\nBcc: x@evil.test", "", "Ana Bcc: x@evil.test", ACC_TEXT_UNCHANGED }, /* one line */
    { "Jes\xE2\x80\x8Bsica", "", "Jessica", ACC_TEXT_DROPPED },                  /* zero width space */
    { "Jos", "e\xCC\x81", "Jos\xC3\xA9", ACC_TEXT_UNCHANGED },                   /* composed */
    { "Jose", "\xCC\x81", "Jos\xC3\xA9", ACC_TEXT_UNCHANGED },                   /* composed across two keys */
    { "a\xE2\x80\xAE"
      "b",
      "", "ab", ACC_TEXT_DROPPED }, /* direction override */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());
      int end = -1;

      acc_typing_watch_editable (GTK_EDITABLE (entry), on_note, entry);
      gtk_editable_set_text (GTK_EDITABLE (entry), rows[i].first);
      end = g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (entry)), -1);
      gtk_editable_insert_text (GTK_EDITABLE (entry), rows[i].then, -1, &end);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, rows[i].expected);
      g_assert_cmpint (end, ==, g_utf8_strlen (rows[i].expected, -1));
      g_assert_cmpuint (noted (entry) & rows[i].note, ==, rows[i].note);
      g_assert_false (gtk_editable_get_enable_undo (GTK_EDITABLE (entry)));
      g_object_unref (entry);
    }
}

static void
test_typing_cuts_what_does_not_fit (void)
{
  GtkWidget *view = g_object_ref_sink (gtk_text_view_new ());
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *huge = repeat ("abcdefghij", 100000);
  g_autofree char *feeds = repeat ("\n", 100000);
  g_autofree char *tail = NULL;
  GtkTextIter start, end;

  acc_typing_watch_view (GTK_TEXT_VIEW (view), ACC_STORY_MAX, on_note, buffer);
  gtk_text_buffer_set_text (buffer, huge, -1);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, ACC_STORY_MAX);
  g_assert_cmpuint (noted (buffer) & ACC_TEXT_CUT, ==, ACC_TEXT_CUT);

  /* What stands already is never cut for what comes. */
  gtk_text_buffer_set_text (buffer, "the end", -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert (buffer, &start, huge, -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, ACC_STORY_MAX - 7);
  gtk_text_buffer_get_end_iter (buffer, &end);
  tail = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  g_assert_cmpstr (tail, ==, "the end");

  gtk_text_buffer_set_text (buffer, feeds, -1);
  g_assert_cmpint (gtk_text_buffer_get_line_count (buffer), ==, ACC_STORY_LINES);
  g_object_unref (view);
}

static void
test_typing_keeps_marks_in_bounds (void)
{
  GtkWidget *view = g_object_ref_sink (gtk_text_view_new ());
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *marks = repeat ("\xCC\xA7", 50000);
  GtkTextIter end;

  acc_typing_watch_view (GTK_TEXT_VIEW (view), ACC_STORY_MAX, on_note, buffer);
  gtk_text_buffer_set_text (buffer, "q", -1);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, marks, -1);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 1 + ACC_STORY_MARKS);
  g_assert_false (gtk_text_buffer_get_enable_undo (buffer));
  g_object_unref (view);
}

/* As the settings ask until a program says otherwise, though GTK's own carets are kept from it. */
static void
test_caret_blinks_as_the_settings_said (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean gtk_blinks = TRUE;

  acc_look_init (gdk_display_get_default ());
  g_object_get (settings, "gtk-cursor-blink", &gtk_blinks, NULL);
  g_assert_false (gtk_blinks);
  g_assert_true (acc_look_caret_blinks (settings));
}

/* GTK 4.8 leaves one behind for each; see kit/scrolled-windows.h. */
static void
test_scrolled_windows_leave_no_handler (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *window = test_show (scroller, WIDTH, HEIGHT);
  GtkSettings *settings = gtk_widget_get_settings (window);
  const GSignalMatchType by_data = G_SIGNAL_MATCH_DATA;

  g_assert_cmpuint (g_signal_handler_find (settings, by_data, 0, 0, NULL, NULL, scroller), !=, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpuint (g_signal_handler_find (settings, by_data, 0, 0, NULL, NULL, scroller), ==, 0);
}

/* GTK would give the page the width of a whole sentence; see kit/wrapped-labels.h. */
static void
test_a_page_that_is_too_high_is_no_wider (void)
{
  GtkWidget *stack = g_object_ref_sink (gtk_stack_new ());
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (page), g_object_new (GTK_TYPE_LABEL, "label", "As you would greet them, for instance Jessica or Ms Okafor. "
                                                  "Leave it empty to use the name as it is.", "wrap", TRUE, NULL));
  gtk_stack_add_child (GTK_STACK (stack), page);
  gtk_widget_size_allocate (stack, &(GtkAllocation){ 0, 0, 300, 60 }, -1);
  g_assert_cmpint (gtk_widget_get_width (page), ==, 300);
  g_object_unref (stack);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/kit/caret-blinks-as-the-settings-said", test_caret_blinks_as_the_settings_said);
  g_test_add_func ("/kit/scrolled-windows-leave-no-handler", test_scrolled_windows_leave_no_handler);
  g_test_add_func ("/kit/a-page-that-is-too-high-is-no-wider", test_a_page_that_is_too_high_is_no_wider);
  g_test_add_func ("/kit/pad-says-where-a-name-begins", test_pad_says_where_a_name_begins);
  g_test_add_func ("/kit/pad-keeps-what-is-drawn", test_pad_keeps_what_is_drawn);
  g_test_add_func ("/kit/ask-answers", test_ask_answers);
  g_test_add_func ("/kit/ask-moves-only-where-motion-is-wished-for", test_ask_moves_only_where_motion_is_wished_for);
  g_test_add_func ("/kit/ask-keeps-the-focus", test_ask_keeps_the_focus);
  g_test_add_func ("/kit/typing-cleans-a-line", test_typing_cleans_a_line);
  g_test_add_func ("/kit/typing-cuts-what-does-not-fit", test_typing_cuts_what_does_not_fit);
  g_test_add_func ("/kit/typing-keeps-marks-in-bounds", test_typing_keeps_marks_in_bounds);
  return g_test_run ();
}
