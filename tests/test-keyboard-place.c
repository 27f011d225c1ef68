/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard on the screen: when it is there, in which script, and how large its keys are. */
#include "keyboard-support.h"
#include "keyboard-window-support.h"
#include "kit/key.h"
#include "kit/keyboard.h"
#include "kit/look.h"
#include "window-support.h"

static gboolean
is_shown (Fixture *fixture)
{
  return gtk_widget_get_mapped (fixture->keyboard);
}

static void
touch (Fixture *fixture, GtkWidget *widget)
{
  test_click (widget, gtk_widget_get_width (widget) / 2.0, 20);
}

static void
test_it_steps_aside_for_keys_until_a_field_is_touched (Fixture *fixture, gconstpointer data)
{
  test_key (fixture->window, "k");
  g_assert_false (is_shown (fixture));
  assert_story (fixture, "k");
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
  touch (fixture, fixture->other);
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
  touch (fixture, fixture->story);
  g_assert_true (is_shown (fixture));
}

static void
test_it_can_be_hidden_until_a_field_is_touched (Fixture *fixture, gconstpointer data)
{
  tap (fixture, "Hide");
  g_assert_false (is_shown (fixture));
  touch (fixture, fixture->story);
  g_assert_true (is_shown (fixture));
}

static void
test_it_is_there_for_fields_alone (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->other);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
  gtk_widget_grab_focus (fixture->line);
  test_settle (fixture->window);
  g_assert_true (is_shown (fixture));
  gtk_editable_set_editable (GTK_EDITABLE (fixture->digits), FALSE);
  gtk_widget_grab_focus (fixture->digits);
  test_settle (fixture->window);
  g_assert_false (is_shown (fixture));
}

static void
test_a_mouse_is_no_finger_unless_it_is_said_to_be (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  acc_keyboard_set_use (ACC_KEYBOARD (fixture->keyboard), "auto");
  touch (fixture, fixture->story);
  g_assert_false (is_shown (fixture));
  acc_keyboard_set_use (ACC_KEYBOARD (fixture->keyboard), "off");
  touch (fixture, fixture->story);
  g_assert_false (is_shown (fixture));
}

static void
test_a_wipe_leaves_nothing_of_the_client_before (Fixture *fixture, gconstpointer data)
{
  tap_all (fixture, "⇧ ⇧");
  hold_open (fixture, "A");
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_release (fixture->window);
  assert_story (fixture, "");
  g_assert_false (is_open (fixture->keyboard));
  g_assert_null (gtk_widget_get_first_child (test_find (fixture->keyboard, "choices")));
  tap (fixture, "a");
  tap (fixture, "123");
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_settle (fixture->window);
  tap (fixture, "a");
  test_key (fixture->window, "k");
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_settle (fixture->window);
  g_assert_true (is_shown (fixture));
}

/* What Tab goes through, once round. */
static void
test_keys_never_take_the_focus (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 12; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
      g_assert_true (focus == NULL || !gtk_widget_is_ancestor (focus, fixture->keyboard));
    }
  g_assert_false (gtk_widget_grab_focus (fixture->keyboard));
}

/* Row by row from the left, as the file has them: a keyboard is not mirrored. */
static void
test_arabic_runs_from_the_right_and_its_keys_from_the_left (Fixture *fixture, gconstpointer data)
{
  graphene_point_t first, last;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  test_settle (fixture->window);
  g_assert_true (gtk_widget_compute_point (key (fixture, "ض"), fixture->window, &GRAPHENE_POINT_INIT (0, 0), &first));
  g_assert_true (gtk_widget_compute_point (key (fixture, "د"), fixture->window, &GRAPHENE_POINT_INIT (0, 0), &last));
  g_assert_cmpfloat (first.x, <, last.x);
  tap_all (fixture, "ش ك ر ا space ل ك ⌫");
  assert_story (fixture, "شكرا ل");
  tap (fixture, "⇧");
  tap (fixture, "أ");
  assert_story (fixture, "شكرا لأ");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
focus (Fixture *fixture, GtkWidget *field)
{
  gtk_widget_grab_focus (field);
  test_settle (fixture->window);
}

static void
test_a_key_leads_to_the_other_script_and_back (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *language, *own, *theirs;
    const char *to, *back;             /* what stands on the key */
    const char *to_named, *back_named; /* … and what is read out */
  } rows[] = {
    { "ar", "ش ك ر ا", "a n a", "abc", "أبج", "Keyboard: English", "Keyboard: العربية" },
    { "pl", "ó w", "ش ك", "أبج", "abc", "Keyboard: العربية", "Keyboard: Polski" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *keys = g_strconcat (rows[i].own, " ", rows[i].theirs, " ", rows[i].own, NULL);
      g_auto (GStrv) parts = g_strsplit (keys, " ", -1);
      g_autofree char *wanted = g_strjoinv ("", parts);
      GtkWidget *script = test_find (fixture->keyboard, "script");

      set_story (fixture, "");
      acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), rows[i].language);
      test_settle (fixture->window);
      gtk_test_accessible_assert_property (script, GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].to_named);
      tap_all (fixture, rows[i].own);
      tap (fixture, rows[i].to);
      gtk_test_accessible_assert_property (script, GTK_ACCESSIBLE_PROPERTY_LABEL, rows[i].back_named);
      tap_all (fixture, rows[i].theirs);
      tap (fixture, rows[i].back);
      tap_all (fixture, rows[i].own);
      assert_story (fixture, wanted);
    }
}

static void
test_one_script_alone_needs_no_key_for_it (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_offered (ACC_KEYBOARD (fixture->keyboard), "en;de;pl");
  test_settle (fixture->window);
  g_assert_false (gtk_widget_get_mapped (test_find (fixture->keyboard, "script")));
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  test_settle (fixture->window);
  g_assert_true (gtk_widget_get_mapped (test_find (fixture->keyboard, "script")));
}

static void
test_mail_begins_with_latin_and_what_follows_with_what_was_chosen (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  focus (fixture, fixture->line);
  g_assert_nonnull (find_key (fixture->keyboard, "ش"));
  focus (fixture, fixture->mail);
  tap_all (fixture, "a 123 @ abc b . c");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (fixture->mail)), ==, "a@b.c");
  focus (fixture, fixture->story);
  g_assert_nonnull (find_key (fixture->keyboard, "ش"));
  tap (fixture, "abc");
  focus (fixture, fixture->line);
  tap (fixture, "q");
  assert_line (fixture, "q");
}

static void
test_a_wipe_goes_back_to_the_languages_own_script (Fixture *fixture, gconstpointer data)
{
  acc_keyboard_set_language (ACC_KEYBOARD (fixture->keyboard), "ar");
  test_settle (fixture->window);
  tap (fixture, "abc");
  g_assert_null (find_key (fixture->keyboard, "ش"));
  acc_keyboard_wipe (ACC_KEYBOARD (fixture->keyboard));
  test_settle (fixture->window);
  tap (fixture, "ش");
  focus (fixture, fixture->line);
  tap (fixture, "ش");
  assert_line (fixture, "ش");
}

/* ---- size ---- */

static void
list_keys (GtkWidget *root, GPtrArray *keys)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ACC_IS_KEY (child) && gtk_widget_get_mapped (child))
      g_ptr_array_add (keys, child);
}

static graphene_rect_t
place_of (GtkWidget *widget, GtkWidget *within)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (widget, within, &place));
  return place;
}

/* Each at least as large as a fingertip, none nearer than 8 pixels to another, its text within it. */
static void
assert_keys_are_far_enough_apart (Fixture *fixture, double least)
{
  const graphene_rect_t whole = place_of (fixture->keyboard, fixture->keyboard);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  list_keys (fixture->keyboard, keys);
  g_assert_cmpuint (keys->len, >, 30);
  for (guint i = 0; i < keys->len; i++)
    {
      GtkWidget *one = g_ptr_array_index (keys, i);
      const graphene_rect_t place = place_of (one, fixture->keyboard);
      const graphene_rect_t text = place_of (gtk_widget_get_first_child (one), fixture->keyboard);
      graphene_rect_t around = place;

      g_assert_cmpfloat (place.size.width, >=, least);
      g_assert_cmpfloat (place.size.height, >=, least);
      g_assert_true (graphene_rect_contains_rect (&whole, &place));
      graphene_rect_inset (&around, -1, -1);
      g_assert_true (graphene_rect_contains_rect (&around, &text));
      graphene_rect_inset (&around, -6.5, -6.5);
      for (guint j = 0; j < i; j++)
        {
          const graphene_rect_t other = place_of (g_ptr_array_index (keys, j), fixture->keyboard);

          g_assert_false (graphene_rect_intersection (&around, &other, NULL));
        }
    }
}

static void
assert_pages_are_large_enough (Fixture *fixture, double least)
{
  test_settle (fixture->window);
  assert_keys_are_far_enough_apart (fixture, least);
  tap (fixture, "123");
  assert_keys_are_far_enough_apart (fixture, least);
  tap (fixture, "#+=");
  assert_keys_are_far_enough_apart (fixture, least);
}

static void
test_keys_are_large_enough_on_every_screen (void)
{
  static const struct {
    int width, height;
    double text;
    double least; /* pixels: 15 mm where there is room; these screens have 96 pixels an inch */
  } screens[] = {
    { 1920, 1080, 1, 57 }, { 1920, 1080, 2, 57 }, { 1366, 768, 1, 57 },
    { 1366, 768, 2, 57 },  { 1080, 1080, 1, 57 }, { 800, 480, 1, 44 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    {
      Fixture fixture;

      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * screens[i].text), NULL);
      keyboard_open (&fixture, screens[i].width, screens[i].height);
      for (guint j = 0; keyboard_languages[j] != NULL; j++)
        {
          acc_keyboard_set_language (ACC_KEYBOARD (fixture.keyboard), keyboard_languages[j]);
          assert_pages_are_large_enough (&fixture, screens[i].least);
        }
      keyboard_tear_down (&fixture, NULL);
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
}

/* Above their key, the first one nearest, all on the screen. */
static void
test_accents_stand_above_their_key (Fixture *fixture, gconstpointer data)
{
  static const char *const keys[] = { "a", "e", "o", "z", "n" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkWidget *choices = test_find (fixture->keyboard, "choices");
      graphene_rect_t box, pressed;

      hold_open (fixture, keys[i]);
      box = place_of (choices, fixture->window);
      pressed = place_of (key (fixture, keys[i]), fixture->window);
      g_assert_cmpfloat (box.origin.x, >=, 0);
      g_assert_cmpfloat (box.origin.x + box.size.width, <=, gtk_widget_get_width (fixture->window));
      g_assert_cmpfloat (box.origin.y + box.size.height, <=, pressed.origin.y + 1);
      g_assert_true (box.origin.x <= pressed.origin.x && box.origin.x + box.size.width >= pressed.origin.x);
      test_release (fixture->window);
      tap (fixture, keys[i]);
    }
}

static const struct {
  const char *path;
  void (*test) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "accents-stand-above-their-key", test_accents_stand_above_their_key },
  { "it-steps-aside-for-keys-until-a-field-is-touched", test_it_steps_aside_for_keys_until_a_field_is_touched },
  { "it-can-be-hidden-until-a-field-is-touched", test_it_can_be_hidden_until_a_field_is_touched },
  { "it-is-there-for-fields-alone", test_it_is_there_for_fields_alone },
  { "a-mouse-is-no-finger-unless-it-is-said-to-be", test_a_mouse_is_no_finger_unless_it_is_said_to_be },
  { "a-wipe-leaves-nothing-of-the-client-before", test_a_wipe_leaves_nothing_of_the_client_before },
  { "keys-never-take-the-focus", test_keys_never_take_the_focus },
  { "arabic-runs-from-the-right-and-its-keys-from-the-left",
    test_arabic_runs_from_the_right_and_its_keys_from_the_left },
  { "a-key-leads-to-the-other-script-and-back", test_a_key_leads_to_the_other_script_and_back },
  { "one-script-alone-needs-no-key-for-it", test_one_script_alone_needs_no_key_for_it },
  { "mail-begins-with-latin-and-what-follows-with-what-was-chosen",
    test_mail_begins_with_latin_and_what_follows_with_what_was_chosen },
  { "a-wipe-goes-back-to-the-languages-own-script", test_a_wipe_goes_back_to_the_languages_own_script },
};

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_look_init (gdk_display_get_default ());

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/keyboard-place/", tests[i].path, NULL);

      g_test_add (path, Fixture, NULL, keyboard_set_up, tests[i].test, keyboard_tear_down);
    }
  g_test_add_func ("/keyboard-place/keys-are-large-enough-on-every-screen", test_keys_are_large_enough_on_every_screen);
  return g_test_run ();
}
