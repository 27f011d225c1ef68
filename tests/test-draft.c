/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter in the making, for the moments after a crash: its bytes, and the file in memory that holds them. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory-file.h"
#include "base/text.h"
#include "letter/draft.h"
#include "support.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define CARD "4111 1111 1111 1111"
#define IBAN "GB82 WEST 1234 5698 7654 32"

/* ---- the bytes ---- */

/* Every text has something of its own. */
static AccForm *
new_form (void)
{
  g_auto (AccLetterFields) fields;
  char **const texts[] = {
    &fields.to[0].name, &fields.to[0].called, &fields.to[0].department, &fields.to[1].name, &fields.to[1].department,
    &fields.need, &fields.act, &fields.difference, &fields.banker_name, &fields.banker_words, &fields.from[0].name,
    &fields.consent_contact, &fields.apart,
  };

  acc_letter_fields_init (&fields);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i]);
      *texts[i] = g_strdup_printf ("Wörd %u “said” \\ </b>", i);
    }
  fields.n_to = 2;
  fields.to[1].reached = ACC_REACHED_ONLINE;
  fields.thanks_banker = TRUE;
  fields.consent_share = TRUE;
  fields.asked_by_staff = ACC_ASKED_NO;
  fields.paper = ACC_PAPER_A4;
  fields.from[0].signature = acc_signature_new_typed ("Sign Canary");
  return acc_form_new_from_answers (&fields, TRUE, TRUE);
}

static AccForm *
read_draft (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  AccForm *form = acc_draft_from_bytes (bytes, &error);

  g_assert_no_error (error);
  return form;
}

static gboolean
holds (GBytes *bytes, const char *words)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_strstr_len (data, (gssize) size, words) != NULL;
}

static void
every_answer_comes_back_but_the_signature (void)
{
  g_autoptr (AccForm) form = new_form ();
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autoptr (AccForm) back = read_draft (bytes);
  g_autoptr (GBytes) again = acc_draft_to_bytes (back);
  const AccLetterFields *fields = acc_form_get_fields (back);

  g_assert_true (g_bytes_equal (bytes, again));
  for (AccField field = ACC_FIELD_NONE; field < ACC_FIELD_N; field++)
    for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
      g_assert_cmpstr (acc_form_get_text (back, field, i), ==, acc_form_get_text (form, field, i));
  g_assert_cmpuint (fields->n_to, ==, 2);
  g_assert_cmpint (fields->to[1].reached, ==, ACC_REACHED_ONLINE);
  g_assert_true (fields->thanks_banker && fields->consent_share && !fields->consent_file);
  g_assert_cmpint (fields->asked_by_staff, ==, ACC_ASKED_NO);
  g_assert_cmpint (fields->paper, ==, ACC_PAPER_A4);
  g_assert_true (acc_form_is_first_name_only (back) && acc_form_is_one_piece (back));
  g_assert_null (fields->from[0].signature);
  g_assert_false (holds (bytes, "Sign Canary"));
}

static void
an_empty_form_comes_back_empty (void)
{
  g_autoptr (AccForm) form = acc_form_new ("ar", ACC_PAPER_LETTER);
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autoptr (AccForm) back = read_draft (bytes);

  g_assert_cmpstr (acc_form_get_fields (back)->language, ==, "ar");
  g_assert_false (acc_form_get_fields (back)->thanks_banker);
  g_assert_cmpstr (acc_form_get_text (back, ACC_FIELD_TO_NAME, 0), ==, "");
}

static void
numbers_are_masked_wherever_they_stand (void)
{
  static const AccField fields[]
    = { ACC_FIELD_TO_NAME,     ACC_FIELD_TO_CALLED,    ACC_FIELD_TO_DEPARTMENT,     ACC_FIELD_STORY_NEED,
        ACC_FIELD_STORY_ACT,   ACC_FIELD_STORY_DIFFERENCE, ACC_FIELD_BANKER_NAME,   ACC_FIELD_BANKER_WORDS,
        ACC_FIELD_FROM_NAME,   ACC_FIELD_CONSENT_CONTACT, ACC_FIELD_APART };
  static const char *const numbers[][2] = {
    { "My card " CARD " was lost.", "My card •••• •••• •••• •••• was lost." },
    { IBAN, "•••• •••• •••• •••• •••• ••" },
    { "á 078-05-1120, and " CARD, "á •••-••-••••, and •••• •••• •••• ••••" },
    { "On 20 November 2026 at 5 pm", "On 20 November 2026 at 5 pm" },
  };
  g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_LETTER);
  g_autoptr (AccForm) thanks = acc_form_with_thanks_banker (empty, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    for (guint j = 0; j < G_N_ELEMENTS (numbers); j++)
      {
        g_autoptr (AccForm) form = acc_form_with_text (thanks, fields[i], 0, numbers[j][0]);
        g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
        g_autoptr (AccForm) back = read_draft (bytes);

        g_assert_cmpstr (acc_form_get_text (back, fields[i], 0), ==, numbers[j][1]);
        g_assert_cmpint (holds (bytes, "1111"), ==, FALSE);
      }
}

static void
a_longest_letter_is_kept_whole (void)
{
  g_autofree char *story = g_strnfill (ACC_STORY_MAX * 4, 'x');
  g_autoptr (AccForm) form = acc_form_new ("en", ACC_PAPER_LETTER);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < ACC_STORY_MAX; i++)
    memcpy (story + i * 4, "\xF0\x9F\x91\xA7", 4);
  for (AccField field = ACC_FIELD_STORY_NEED; field <= ACC_FIELD_STORY_DIFFERENCE; field++)
    {
      g_autoptr (AccForm) next = acc_form_with_text (form, field, 0, story);

      g_set_object (&form, next);
    }
  bytes = acc_draft_to_bytes (form);
  g_assert_nonnull (bytes);
  g_clear_object (&form);
  form = read_draft (bytes);
  g_assert_cmpstr (acc_form_get_text (form, ACC_FIELD_STORY_ACT, 0), ==, story);
}

static void
a_draft_that_was_cut_anywhere_is_refused (void)
{
  g_autoptr (AccForm) form = new_form ();
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);

  for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, size);
      g_autoptr (GError) error = NULL;

      g_assert_null (acc_draft_from_bytes (cut, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

/* What stands in the good draft, and what stands there instead. */
static const struct {
  const char *good, *bad;
} spoiled[] = {
  { "{\"format\":1", "{\"format\":2" },
  { "\"one_piece\":true", "\"one_piece\":1" },
  { "\"one_piece\":true", "\"one_piece\":true,\"one_piece\":true" },
  { ",\"one_piece\":true", "" },
  { "\"one_piece\":true", "\"one_piece\":true,\"more\":1" },
  { "\"from\":[{\"name\"", "\"from\":[{\"signature\":{\"typed\":\"x\"},\"name\"" },
  { "\"language\":\"en\"", "\"language\":\"../../etc/passwd\"" },
  { "\"language\":\"en\"", "\"language\":\"\"" },
  { "\"paper\":\"a4\"", "\"paper\":\"a0\"" },
  { "\"to\":[", "\"to\":[[" },
  { "Wörd 5", "W\\u0000rd 5" },
};

static void
a_spoiled_draft_is_refused (void)
{
  g_autoptr (AccForm) form = new_form ();
  g_autoptr (GBytes) bytes = acc_draft_to_bytes (form);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (guint i = 0; i < G_N_ELEMENTS (spoiled); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, spoiled[i].good, 2);
      g_autofree char *bad = g_strjoinv (spoiled[i].bad, parts);
      g_autoptr (GBytes) bad_bytes = g_bytes_new (bad, strlen (bad));
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_null (acc_draft_from_bytes (bad_bytes, &error));
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
    }
}

static void
a_huge_draft_is_refused (void)
{
  g_autofree char *text = g_strnfill (ACC_DRAFT_MAX + 1, ' ');
  g_autoptr (GBytes) bytes = g_bytes_new (text, ACC_DRAFT_MAX + 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_draft_from_bytes (bytes, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
}

static void
a_draft_of_yesterday_becomes_a_letter_of_today (void)
{
  g_autoptr (AccForm) form = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (AccForm) back = NULL;

  acc_clock_freeze (DAY * 11574, 0);
  form = new_form ();
  bytes = acc_draft_to_bytes (form);
  acc_clock_freeze (DAY * 11575, 0);
  back = read_draft (bytes);
  acc_clock_freeze (-1, -1);
  g_assert_cmpstr (acc_form_get_fields (back)->date, ==, "2001-09-10");
  g_assert_cmpstr (acc_form_get_fields (back)->served_on, ==, "2001-09-09");
}

/* ---- whose it is ---- */

static void
who_knows_the_name_may_have_it (void)
{
  static const struct {
    const char *written, *typed;
    gboolean same;
  } rows[] = {
    { "Łukasz Ó’Brien", "lukasz  ó’brien ", TRUE },
    { "Jessica", "JESSICA", TRUE },
    { "Jessica Okafor", "Jessica", FALSE },
    { "Jessica", "Jessica Okafor", FALSE },
    { "Ana", "Аna", FALSE }, /* a Cyrillic А */
    { "", "", FALSE },
    { "\xC2\xA0", " ", FALSE },
    { "Ana", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccForm) empty = acc_form_new ("en", ACC_PAPER_LETTER);
      g_autoptr (AccForm) form = acc_form_with_text (empty, ACC_FIELD_TO_NAME, 0, rows[i].written);
      g_autoptr (AccForm) two = acc_form_with_text (form, ACC_FIELD_TO_NAME, 1, "Somebody Else");

      g_assert_cmpint (acc_draft_names (two, rows[i].typed), ==, rows[i].same);
      g_assert_true (acc_draft_names (two, "somebody else"));
    }
}

/* ---- the file ---- */

typedef struct {
  char *home; /* below /dev/shm */
  char *path;
  int folder;
} Memory;

static void
memory_set_up (Memory *memory, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  memory->home = g_strdup ("/dev/shm/accolade-test-XXXXXX");
  g_assert_nonnull (g_mkdtemp (memory->home));
  memory->path = g_build_filename (memory->home, "accolade", NULL);
  memory->folder = acc_memory_folder_open (memory->path, &error);
  g_assert_no_error (error);
}

static void
memory_tear_down (Memory *memory, gconstpointer data)
{
  close (memory->folder);
  g_free (memory->path);
  test_folder_free (memory->home);
}

static guint
count_files (Memory *memory)
{
  g_autoptr (GDir) folder = g_dir_open (memory->path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
assert_refused (Memory *memory, AccError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_memory_file_read (memory->folder, "draft", 1000, &error));
  g_assert_error (error, ACC_ERROR, (int) code);
}

static void
what_is_written_is_read_and_erased (Memory *memory, gconstpointer data)
{
  static const char *const texts[] = { "one", "another, longer one", "" };
  g_autoptr (GError) error = NULL;
  struct stat status;

  assert_refused (memory, ACC_ERROR_NOT_FOUND);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autoptr (GBytes) back = NULL;

      g_assert_true (acc_memory_file_write (memory->folder, "draft", bytes, &error));
      back = acc_memory_file_read (memory->folder, "draft", 1000, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (bytes, back));
      g_assert_cmpuint (count_files (memory), ==, 1);
      g_assert_cmpint (fstatat (memory->folder, "draft", &status, 0), ==, 0);
      g_assert_cmpuint (status.st_mode, ==, S_IFREG | 0600);
    }
  acc_memory_file_erase (memory->folder, "draft");
  g_assert_cmpuint (count_files (memory), ==, 0);
  assert_refused (memory, ACC_ERROR_NOT_FOUND);
}

static void
put_link (Memory *memory)
{
  g_autofree char *secret = g_build_filename (memory->home, "elsewhere", NULL);

  g_assert_true (g_file_set_contents (secret, "{}", -1, NULL));
  g_assert_cmpint (symlinkat (secret, memory->folder, "draft"), ==, 0);
}

static void
put_second_name (Memory *memory)
{
  g_autofree char *other = g_build_filename (memory->home, "elsewhere", NULL);

  g_assert_true (g_file_set_contents (other, "{}", -1, NULL));
  g_assert_cmpint (linkat (AT_FDCWD, other, memory->folder, "draft", 0), ==, 0);
}

static void
put_fifo (Memory *memory)
{
  g_assert_cmpint (mkfifoat (memory->folder, "draft", 0600), ==, 0);
}

static void
put_folder (Memory *memory)
{
  g_assert_cmpint (mkdirat (memory->folder, "draft", 0700), ==, 0);
}

static void
put_gigabyte (Memory *memory)
{
  int fd = openat (memory->folder, "draft", O_WRONLY | O_CREAT, 0600);

  g_assert_cmpint (ftruncate (fd, 1 << 30), ==, 0);
  close (fd);
}

static void
what_is_no_file_of_ours_is_refused_and_erased (Memory *memory, gconstpointer data)
{
  static void (*const puts[]) (Memory *memory) = { put_link, put_second_name, put_fifo, put_folder, put_gigabyte };
  g_autofree char *elsewhere = g_build_filename (memory->home, "elsewhere", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  for (guint i = 0; i < G_N_ELEMENTS (puts); i++)
    {
      puts[i] (memory);
      assert_refused (memory, ACC_ERROR_INPUT);
      acc_memory_file_erase (memory->folder, "draft");
      g_assert_cmpuint (count_files (memory), ==, 0);
      g_assert_true (acc_memory_file_write (memory->folder, "draft", bytes, NULL));
      acc_memory_file_erase (memory->folder, "draft");
    }
  g_assert_true (g_file_test (elsewhere, G_FILE_TEST_EXISTS)); /* what a link leads to is not ours to take */
}

static void
what_a_killed_write_left_is_written_over_and_erased (Memory *memory, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  g_assert_cmpint (symlinkat ("/nowhere", memory->folder, "draft.new"), ==, 0);
  g_assert_true (acc_memory_file_write (memory->folder, "draft", bytes, NULL));
  g_assert_cmpuint (count_files (memory), ==, 1);
  g_assert_cmpint (mkfifoat (memory->folder, "draft.new", 0600), ==, 0);
  acc_memory_file_erase (memory->folder, "draft");
  g_assert_cmpuint (count_files (memory), ==, 0);
}

static void
a_folder_that_others_may_enter_or_a_disk_holds_is_refused (Memory *memory, gconstpointer data)
{
  g_autofree char *open_folder = g_build_filename (memory->home, "open", NULL);
  g_autofree char *linked = g_build_filename (memory->home, "linked", NULL);
  g_autofree char *file = g_build_filename (memory->home, "file", NULL);
  g_autofree char *nowhere = g_build_filename (memory->home, "no", "where", NULL);
  g_autofree char *on_disk = g_strdup ("/var/tmp/accolade-test-XXXXXX");
  const char *const folders[] = { open_folder, linked, file, nowhere, on_disk };

  g_assert_nonnull (g_mkdtemp (on_disk));
  g_assert_cmpint (g_mkdir (open_folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (open_folder, 0750), ==, 0);
  g_assert_cmpint (symlink (memory->path, linked), ==, 0);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (acc_memory_folder_open (folders[i], &error), ==, -1);
      g_assert_nonnull (error);
    }
  g_assert_cmpint (g_rmdir (on_disk), ==, 0);
}

#define ADD_IN_MEMORY(path, test) g_test_add (path, Memory, NULL, memory_set_up, test, memory_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/every-answer", every_answer_comes_back_but_the_signature);
  g_test_add_func ("/draft/empty", an_empty_form_comes_back_empty);
  g_test_add_func ("/draft/masked", numbers_are_masked_wherever_they_stand);
  g_test_add_func ("/draft/longest", a_longest_letter_is_kept_whole);
  g_test_add_func ("/draft/cut-anywhere", a_draft_that_was_cut_anywhere_is_refused);
  g_test_add_func ("/draft/spoiled", a_spoiled_draft_is_refused);
  g_test_add_func ("/draft/huge", a_huge_draft_is_refused);
  g_test_add_func ("/draft/yesterday", a_draft_of_yesterday_becomes_a_letter_of_today);
  g_test_add_func ("/draft/whose", who_knows_the_name_may_have_it);
  ADD_IN_MEMORY ("/memory-file/written-read-erased", what_is_written_is_read_and_erased);
  ADD_IN_MEMORY ("/memory-file/not-ours", what_is_no_file_of_ours_is_refused_and_erased);
  ADD_IN_MEMORY ("/memory-file/killed-write", what_a_killed_write_left_is_written_over_and_erased);
  ADD_IN_MEMORY ("/memory-file/folder", a_folder_that_others_may_enter_or_a_disk_holds_is_refused);
  return g_test_run ();
}
