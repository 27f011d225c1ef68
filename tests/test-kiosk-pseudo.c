/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Languages that are files and nothing else: pseudo-languages, which show what nobody can translate and what has no room for
 * it, and a seventh one. On a screen of 1920x1920. */
#include "base/language.h"
#include "base/places.h"
#include "kiosk-support.h"
#include "kiosk/kiosk-app.h"
#include "kiosk/kiosk-window.h"
#include "kit/look.h"
#include "letter/prompts.h"
#include "paper/wording.h"
#include "support.h"
#include "window-support.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define QUESTIONS_MOST 60 /* more than the kiosk has: it goes round in circles */
#define ROUNDED 2         /* pixels */

/* A data folder: what is installed, and languages more. */
typedef struct {
  char *folder;
} Data;

static void
link_all (const char *from, const char *to)
{
  g_autoptr (GDir) files = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (files);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *target = g_build_filename (from, name, NULL), *link = g_build_filename (to, name, NULL);

      if (!g_file_test (link, G_FILE_TEST_EXISTS))
        g_assert_cmpint (symlink (target, link), ==, 0);
    }
}

static void
data_init (Data *data)
{
  static const char *const own[] = { "languages", "keyboards" };
  g_autofree char *installed = acc_places_data (""), *catalogues = acc_places_catalogues (), *to = NULL;

  data->folder = test_folder_new ();
  to = g_build_filename (data->folder, "catalogues", NULL);
  link_all (catalogues, to);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *from = acc_places_data (own[i]), *copy = g_build_filename (data->folder, own[i], NULL);

      link_all (from, copy);
    }
  link_all (installed, data->folder);
  acc_places_set_data (data->folder);
}

static void
data_clear (Data *data)
{
  acc_places_set_data (NULL);
  acc_language_use (ACC_LANGUAGE_OWN);
  test_folder_free (data->folder);
}

static char *
catalogue_path (Data *data, const char *tag)
{
  g_autofree char *folder = g_build_filename (data->folder, "catalogues", tag, "LC_MESSAGES", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return g_build_filename (folder, "accolade.mo", NULL);
}

/* The words of the letter in language @tag: English, with each of @changes ("from", "to", …, NULL). */
static void
add_words (Data *data, const char *tag, const char *const *changes)
{
  g_autofree char *english = acc_places_data ("languages/en.conf"), *text = NULL;
  g_autofree char *path = g_strdup_printf ("%s/languages/%s.conf", data->folder, tag);
  GString *words;

  g_assert_true (g_file_get_contents (english, &text, NULL, NULL));
  words = g_string_new (text);
  for (guint i = 0; changes[i] != NULL; i += 2)
    g_assert_cmpuint (g_string_replace (words, changes[i], changes[i + 1], 1), ==, 1);
  g_assert_true (g_file_set_contents (path, words->str, -1, NULL));
  g_string_free (words, TRUE);
}

static void
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
open_in (Kiosk *kiosk, const char *tag, int width, int height)
{
  g_autofree char *path = NULL, *lines = g_strdup_printf ("[kiosk]\nlanguages=%s\n", tag);

  *kiosk = (Kiosk){ .width = width, .height = height };
  kiosk->store_dir = make_branch ();
  write_branch_key (kiosk->store_dir);
  path = g_build_filename (kiosk->store_dir, "accolade.conf", NULL);
  g_assert_true (g_file_set_contents (path, lines, -1, NULL));
  open_kiosk (kiosk);
}

/* ---- what nobody can translate, and what has no room ---- */

/* What is no string of ours: the bank's, the branch's and the client's own words, and what stands on keys. */
static const char *const not_ours[] = { "Harbour & Vale Bank", "Card Disputes", "Fraud Operations", "Loan Servicing" };

/* A choice among languages, each of which has its own name. */
static gboolean
is_a_language (GtkWidget *widget)
{
  g_autoptr (AccLanguage) language
    = GTK_IS_CHECK_BUTTON (widget) ? acc_language_find (gtk_widget_get_name (widget)) : NULL;

  return language != NULL;
}

static gboolean
is_ours (GtkWidget *widget, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      {
        for (guint i = 0; i < G_N_ELEMENTS (not_ours); i++)
          if (g_str_equal (text, not_ours[i]))
            return FALSE;
        for (; widget != NULL; widget = gtk_widget_get_parent (widget))
          if (gtk_widget_has_css_class (widget, "number") || is_a_language (widget) || g_str_equal (G_OBJECT_TYPE_NAME (widget), "AccKeyboard")
              || GTK_IS_EDITABLE (widget))
            return FALSE;
        return TRUE;
      }
  return FALSE;
}

static void
look_at_label (GtkWidget *window, GtkLabel *label, const char *where, GPtrArray *problems)
{
  const char *text = gtk_label_get_text (label);
  PangoLayout *layout = gtk_label_get_layout (label);
  graphene_rect_t bounds;
  int width;

  if (!is_ours (GTK_WIDGET (label), text))
    return;
  if (strchr (text, '[') == NULL)
    g_ptr_array_add (problems, g_strdup_printf ("%s: not translated: “%s”", where, text));
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (pango_layout_is_ellipsized (layout) || width > gtk_widget_get_width (GTK_WIDGET (label)) + ROUNDED)
    g_ptr_array_add (problems, g_strdup_printf ("%s: cut: “%s”", where, text));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (label), window, &bounds));
  if (bounds.origin.x < -ROUNDED
      || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (window) + ROUNDED)
    g_ptr_array_add (problems, g_strdup_printf ("%s: beyond the screen: “%s”", where, text));
}

static void
look_below (GtkWidget *window, GtkWidget *widget, const char *where, GPtrArray *problems)
{
  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) == 0)
    return;
  if (GTK_IS_LABEL (widget))
    look_at_label (window, GTK_LABEL (widget), where, problems);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_below (window, child, where, problems);
}

static void
look (Kiosk *kiosk, const char *where, GPtrArray *problems)
{
  g_autofree char *place
    = g_strdup_printf ("%s, %dx%d, text %.1f, %s", where, kiosk->width, kiosk->height,
                       acc_look_get_text_scale (gtk_settings_get_default ()), acc_language_get ());

  test_settle (kiosk->window);
  if (gtk_widget_get_width (kiosk->window) > kiosk->width || gtk_widget_get_height (kiosk->window) > kiosk->height)
    g_ptr_array_add (problems, g_strdup_printf ("%s: the window grows to %dx%d", place,
                                                gtk_widget_get_width (kiosk->window),
                                                gtk_widget_get_height (kiosk->window)));
  look_below (kiosk->window, kiosk->window, place, problems);
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

/* Presses what opens a question's other side, where it is there. */
static void
open_other_sides (Kiosk *kiosk)
{
  const char *question = question_of (kiosk);

  if (step_of (kiosk) == ACC_STEP_BANKER)
    tick (kiosk, "yes");
  if (step_of (kiosk) == ACC_STEP_SIGN && g_str_equal (question, "signature"))
    g_signal_emit_by_name (test_find (page_of (kiosk), "type_instead"), "clicked");
}

/* A whole letter; at each question first without an answer, so that what is missing is said there or at the step's end. */
static void
walk (Kiosk *kiosk, GPtrArray *problems)
{
  g_autoptr (GHashTable) tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  look (kiosk, "welcome", problems);
  act (kiosk, "letter.next");
  for (guint i = 0; step_of (kiosk) < ACC_STEP_READ; i++)
    {
      char *question = g_strdup_printf ("%d %s", step_of (kiosk), question_of (kiosk));

      g_assert_cmpuint (i, <, QUESTIONS_MOST);
      look (kiosk, question, problems);
      if (g_hash_table_contains (tried, question))
        answer_all (page_of (kiosk));
      else
        open_other_sides (kiosk);
      look (kiosk, question, problems);
      g_hash_table_add (tried, question);
      act (kiosk, "letter.next");
    }
  look (kiosk, "reading", problems);
  test_wait (can_send, kiosk->window);
  look (kiosk, "read", problems);
  act (kiosk, "letter.start-again");
  look (kiosk, "start again", problems);
  act (kiosk, "letter.send");
  test_wait (is_sent, kiosk->window);
  look (kiosk, "sent", problems);
}

static const struct {
  int width, height;
  double text_scale;
} screens[] = {
  { 1366, 768, 1 },
  { 1080, 1920, 1 },
  { 1366, 768, 2 },
  { 1080, 1920, 2 },
};

static void
every_string_can_be_translated_and_has_room (void)
{
  static const char *const changes[][5] = {
    { "name=English", "name=[Pseudo]", NULL },
    { "name=English", "name=[Pseudo]\ndirection=rtl", NULL },
  };
  static const char *const tags[] = { "qps", "qpr" }; /* ISO 639-2: kept for local use */
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  Data data;

  data_init (&data);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *path = catalogue_path (&data, tags[i]);
      const char *const command[] = { "/usr/bin/python3", TEST_FIXTURES "/../pseudo.py", path, NULL };

      add_words (&data, tags[i], changes[i]);
      run (command);
      for (guint j = 0; j < G_N_ELEMENTS (screens); j++)
        {
          Kiosk kiosk;

          g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (96 * PANGO_SCALE * screens[j].text_scale), NULL);
          open_in (&kiosk, tags[i], screens[j].width, screens[j].height);
          walk (&kiosk, problems);
          kiosk_clear (&kiosk);
        }
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE, NULL);
  data_clear (&data);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* ---- a seventh language ---- */

static void
a_seventh_language_is_files_and_nothing_else (void)
{
  static const char *const changes[]
    = { "name=English", "name=Português", "salutation=Dear {name},", "salutation=Olá, {name},", NULL };
  static const char po[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"
                           "msgid \"Write a letter\"\nmsgstr \"Escrever uma carta\"\n\n"
                           "msgid \"What did {name} do?\"\nmsgstr \"O que fez {name}?\"\n";
  g_autofree char *catalogue = NULL, *source = NULL, *keys = NULL, *english_keys = NULL, *question = NULL, *hello = NULL;
  g_autoptr (AccForm) form = NULL, named = NULL;
  g_autoptr (AccWording) wording = NULL;
  g_autoptr (GError) error = NULL;
  Kiosk kiosk;
  Data data;

  data_init (&data);
  add_words (&data, "pt", changes);
  source = g_build_filename (data.folder, "pt.po", NULL);
  g_assert_true (g_file_set_contents (source, po, -1, NULL));
  catalogue = catalogue_path (&data, "pt");
  run ((const char *const[]){ "msgfmt", "-o", catalogue, source, NULL });
  keys = g_build_filename (data.folder, "keyboards", "pt.conf", NULL);
  english_keys = g_build_filename (data.folder, "keyboards", "en.conf", NULL);
  g_assert_cmpint (symlink (english_keys, keys), ==, 0);

  open_in (&kiosk, "", 1366, 768);
  g_signal_emit_by_name (test_find_button (kiosk.window, "Português"), "clicked");
  test_settle (kiosk.window);
  g_assert_nonnull (test_find_button (kiosk.window, "Escrever uma carta"));
  g_assert_cmpstr (acc_form_get_fields (form_of (&kiosk))->language, ==, "pt");

  form = acc_form_new ("pt", ACC_PAPER_A4);
  named = acc_form_with_text (form, ACC_FIELD_TO_NAME, 0, "Jessica");
  question = acc_prompts_question (named, ACC_FIELD_STORY_ACT, 0);
  g_assert_cmpstr (question, ==, "O que fez Jessica?");
  wording = acc_wording_load (NULL, "pt-BR", &error);
  g_assert_no_error (error);
  hello = acc_wording_fill (wording, "salutation", "name", "Jessica", NULL);
  g_assert_cmpstr (hello, ==, "Olá, Jessica,");
  kiosk_clear (&kiosk);
  data_clear (&data);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  acc_language_init (); /* GTK's tests are in the locale C, where nothing is translated */
  acc_kiosk_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/kiosk-pseudo/every-string-can-be-translated-and-has-room", every_string_can_be_translated_and_has_room);
  g_test_add_func ("/kiosk-pseudo/a-seventh-language-is-files-and-nothing-else", a_seventh_language_is_files_and_nothing_else);
  return g_test_run ();
}
