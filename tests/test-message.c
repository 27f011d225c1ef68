/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages, and the folder into which they go: the bytes that leave. */
#include "route-support.h"
#include "support.h"

#include "base/error.h"
#include "route/folder-door.h"
#include "route/message.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* ---- messages ---- */

static AccMessage
message_of_facts (GBytes *letter_pdf, GBytes *cover_pdf)
{
  return (AccMessage){ .from_name = "Daniel Reyes",
                       .from_email = "daniel.reyes@harbourvale.example",
                       .to_name = "María “Mary” O'Neil, Lead",
                       .to_email = "maria@harbourvale.example",
                       .subject = "A client’s letter about Jessica Okafor",
                       .text = "Dear María,\n\n.\nFrom here = all.\n",
                       .number = ROUTE_NUMBER,
                       .role = "supervisor",
                       .position = 1,
                       .date = "2026-11-21T10:42:00+00:00",
                       .letter_pdf = letter_pdf,
                       .cover_pdf = cover_pdf };
}

/* What Python's email package, which shares no line with GMime, makes of @message. */
static char *
read_message (GBytes *message)
{
  static const char script[] = "import sys, email, hashlib\n"
                               "from email import policy\n"
                               "m = email.message_from_binary_file(sys.stdin.buffer, policy=policy.SMTP)\n"
                               "for k, v in m.items(): print(k + ': ' + str(v))\n"
                               "for a in m['to'].addresses: print('address', a.display_name, a.addr_spec)\n"
                               "for p in m.iter_parts():\n"
                               "  c = p.get_content()\n"
                               "  print('part', p.get_content_type(), p.get_filename(), p.get_content_disposition(),\n"
                               "        repr(c) if isinstance(c, str) else hashlib.sha256(c).hexdigest())\n"
                               "print('defects', m.defects, [p.defects for p in m.iter_parts()])\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                     &error, "/usr/bin/python3", "-X", "utf8", "-c", script, NULL);
  g_autoptr (GBytes) out = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (python, message, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));
  return g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
}

static void
assert_has_line (const char *text, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (!g_strv_contains ((const char *const *)lines, line))
    g_error ("no line “%s” in:\n%s", line, text);
}

static void
message_is_read_back_as_it_was_meant (void)
{
  static const char hostile[] = "%PDF-1.5\n\0\xff\r\n.\r\n--=_\n";
  g_autoptr (GBytes) letter_pdf = g_bytes_new_static (hostile, sizeof hostile - 1);
  g_autoptr (GBytes) cover_pdf = g_bytes_new_static ("%PDF-1.5\n", 9);
  AccMessage facts = message_of_facts (letter_pdf, cover_pdf);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = acc_message_build (&facts, &error);
  g_autofree char *letter_hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, letter_pdf);
  g_autofree char *cover_hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, cover_pdf);
  g_autofree char *letter_line
      = g_strdup_printf ("part application/pdf " ROUTE_NUMBER ".pdf attachment %s", letter_hash);
  g_autofree char *cover_line
      = g_strdup_printf ("part application/pdf " ROUTE_NUMBER "-cover.pdf attachment %s", cover_hash);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = read_message (message);
  assert_has_line (text, "From: Daniel Reyes <daniel.reyes@harbourvale.example>");
  assert_has_line (text, "address María “Mary” O'Neil, Lead maria@harbourvale.example");
  assert_has_line (text, "Subject: A client’s letter about Jessica Okafor");
  assert_has_line (text, "Date: Sat, 21 Nov 2026 10:42:00 +0000");
  assert_has_line (text, "Message-Id: <" ROUTE_NUMBER ".supervisor.1@harbourvale.example>");
  assert_has_line (text, "Auto-Submitted: auto-generated");
  assert_has_line (text, "MIME-Version: 1.0");
  assert_has_line (text, "part text/plain None None 'Dear María,\\n\\n.\\nFrom here = all.\\n'");
  assert_has_line (text, letter_line);
  assert_has_line (text, cover_line);
  assert_has_line (text, "defects [] [[], [], []]");
  g_assert_null (strstr (text, "X-Unsent"));
}

static void
message_has_only_cr_lf_and_repeats (void)
{
  g_autoptr (GBytes) pdf = g_bytes_new ("%PDF-1.5\n", 9);
  AccMessage facts = message_of_facts (pdf, pdf);
  g_autoptr (GBytes) message = acc_message_build (&facts, NULL);
  g_autoptr (GBytes) again = acc_message_build (&facts, NULL);
  gsize size;
  const char *data = g_bytes_get_data (message, &size);

  g_assert_true (g_bytes_equal (message, again));
  for (gsize i = 0; i < size; i++)
    {
      g_assert_cmpint (data[i], <, 0x7f);
      if (data[i] == '\n')
        g_assert_true (i > 0 && data[i - 1] == '\r');
      if (data[i] == '\r')
        g_assert_true (i + 1 < size && data[i + 1] == '\n');
    }
}

static void
message_without_sender_is_a_draft (void)
{
  g_autoptr (GBytes) pdf = g_bytes_new ("%PDF-1.5\n", 9);
  AccMessage facts = message_of_facts (pdf, pdf);
  g_autoptr (GBytes) message = NULL;
  g_autofree char *text = NULL;

  facts.from_email = NULL;
  message = acc_message_build (&facts, NULL);
  text = read_message (message);
  assert_has_line (text, "X-Unsent: 1");
  assert_has_line (text, "Message-Id: <" ROUTE_NUMBER ".supervisor.1@accolade.invalid>");
  g_assert_null (strstr (text, "From: "));
}

/* What no header may hold; each is refused by name. */
static const struct {
  const char *field;
  gsize offset;
  const char *value;
} injections[] = {
  /* A second header through any text. */
  { "message.to_name", G_STRUCT_OFFSET (AccMessage, to_name), "Ana\nBcc: x@evil.test" },
  { "message.to_name", G_STRUCT_OFFSET (AccMessage, to_name), "Ana\rBcc: x@evil.test" },
  { "message.to_name", G_STRUCT_OFFSET (AccMessage, to_name), "Ana\302\205Bcc: x@evil.test" },
  { "message.to_name", G_STRUCT_OFFSET (AccMessage, to_name), "Ana\342\200\250Bcc: x@evil.test" },
  { "message.to_name", G_STRUCT_OFFSET (AccMessage, to_name), "Ana\377" },
  { "message.to_name", G_STRUCT_OFFSET (AccMessage, to_name), "=?utf-8?q?Ana=0ABcc?=" },
  { "message.from_name", G_STRUCT_OFFSET (AccMessage, from_name), "Daniel\r\nX-Evil: 1" },
  { "message.subject", G_STRUCT_OFFSET (AccMessage, subject), "A letter\r\nBcc: x@evil.test" },
  /* A second recipient, or none that can be. */
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "a@b.example,evil@x.example" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "a@b.example>, <evil@x.example" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "a@b.example\n" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "-oX/tmp/x@b.example" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "\"a b\"@b.example" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "a@@b.example" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), "" },
  { "message.to_email", G_STRUCT_OFFSET (AccMessage, to_email), NULL },
  { "message.from_email", G_STRUCT_OFFSET (AccMessage, from_email), "a@b.example\r\nX-Evil: 1" },
  /* File names, Message-ID and boundary. */
  { "message.number", G_STRUCT_OFFSET (AccMessage, number), "../../etc/passwd" },
  { "message.role", G_STRUCT_OFFSET (AccMessage, role), "supervisor\r\n" },
  { "message.role", G_STRUCT_OFFSET (AccMessage, role), "../x" },
  { "message.date", G_STRUCT_OFFSET (AccMessage, date), "yesterday\r\n" },
  { "message.text", G_STRUCT_OFFSET (AccMessage, text), "\377" },
};

static void
message_refuses_what_would_add_a_header (void)
{
  g_autoptr (GBytes) pdf = g_bytes_new ("%PDF-1.5\n", 9);

  for (guint i = 0; i < G_N_ELEMENTS (injections); i++)
    {
      AccMessage facts = message_of_facts (pdf, pdf);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) message = NULL;

      G_STRUCT_MEMBER (const char *, &facts, injections[i].offset) = injections[i].value;
      message = acc_message_build (&facts, &error);
      g_assert_null (message);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      g_assert_true (g_str_has_prefix (error->message, injections[i].field));
    }
}

static void
message_takes_any_name_as_a_name (void)
{
  static const char *const names[] = { "Bcc: x@evil.test",
                                       "\"<x@evil.test>\"",
                                       "a, b@evil.test",
                                       "王小明",
                                       "محمد",
                                       "X; \\ \" ()",
                                       "A very long name that goes on and on, Éléonore, until it "
                                       "has to be folded somewhere in the middle of it, all the same" };
  g_autoptr (GBytes) pdf = g_bytes_new ("%PDF-1.5\n", 9);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      AccMessage facts = message_of_facts (pdf, pdf);
      g_autofree char *line = g_strdup_printf ("address %s maria@harbourvale.example", names[i]);
      g_autoptr (GBytes) message = NULL;
      g_autofree char *text = NULL;

      facts.to_name = names[i];
      message = acc_message_build (&facts, NULL);
      text = read_message (message);
      assert_has_line (text, line);
      g_assert_null (strstr (text, "\nBcc: "));
    }
}

/* ---- the folder ---- */

static AccPackage
package_of (GBytes *bytes)
{
  return (AccPackage){
    .number = ROUTE_NUMBER, .role = "employee", .position = 2, .address = "j@harbourvale.example",
    .letter_pdf = bytes, .cover_pdf = bytes, .message = bytes
  };
}

static void
folder_is_private_and_whole (void)
{
  char *folder = test_folder_new ();
  g_autofree char *outbox = g_build_filename (folder, "outbox", NULL);
  g_autofree char *remains = g_build_filename (outbox, "." ROUTE_NUMBER "-2-employee.tmp", NULL);
  g_autofree char *remain = g_build_filename (remains, "half", NULL);
  g_autoptr (AccDoor) door = acc_folder_door_new (outbox);
  g_autoptr (GBytes) bytes = g_bytes_new ("a letter", 8);
  AccPackage package = package_of (bytes);
  g_autofree char *place = NULL;
  g_autofree char *names = NULL;
  g_autofree char *files = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  /* A try that was cut short has left something. */
  g_assert_cmpint (g_mkdir_with_parents (remains, 0700), ==, 0);
  g_assert_true (g_file_set_contents (remain, "half", -1, NULL));
  g_assert_cmpint (acc_door_deliver (door, &package, NULL, &place, &error), ==, ACC_DOOR_HANDED_OVER);
  g_assert_no_error (error);

  names = route_list_folder (outbox);
  files = route_list_folder (place);
  g_assert_cmpstr (names, ==, ROUTE_NUMBER "-2-employee");
  g_assert_cmpstr (files, ==, ROUTE_NUMBER "-cover.pdf " ROUTE_NUMBER ".eml " ROUTE_NUMBER ".pdf");
  g_assert_cmpint (g_stat (place, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  test_folder_free (folder);
}

static void
folder_repeats_the_same_and_refuses_another (void)
{
  char *folder = test_folder_new ();
  g_autoptr (AccDoor) door = acc_folder_door_new (folder);
  g_autoptr (GBytes) bytes = g_bytes_new ("a letter", 8);
  g_autoptr (GBytes) others = g_bytes_new ("another!", 8);
  AccPackage package = package_of (bytes);
  AccPackage other = package_of (bytes);
  g_autofree char *place = NULL, *nowhere = NULL;
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (acc_door_repeats (door));
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&place, g_free);
      g_assert_cmpint (acc_door_deliver (door, &package, NULL, &place, &error), ==, ACC_DOOR_HANDED_OVER);
      g_assert_no_error (error);
    }

  other.message = others;
  g_assert_cmpint (acc_door_deliver (door, &other, NULL, &nowhere, &error), ==, ACC_DOOR_REFUSED);
  g_assert_null (nowhere);
  g_assert_error (error, ACC_ERROR, ACC_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, place));
  file = g_build_filename (place, ROUTE_NUMBER ".eml", NULL);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a letter");
  test_folder_free (folder);
}

static void
folder_takes_no_name_from_outside (void)
{
  static const struct {
    const char *number, *role;
    guint position;
  } wrong[] = {
    { "../../etc/passwd", "employee", 1 },
    { ROUTE_NUMBER "/..", "employee", 1 },
    { "0F8FAD5B-D9CB-469F-A165-70867728950E", "employee", 1 },
    { ROUTE_NUMBER, "../employee", 1 },
    { ROUTE_NUMBER, "", 1 },
    { ROUTE_NUMBER, "employee\n", 1 },
    { ROUTE_NUMBER, "employee", 0 },
  };
  char *folder = test_folder_new ();
  g_autoptr (AccDoor) door = acc_folder_door_new (folder);
  g_autoptr (GBytes) bytes = g_bytes_new ("a letter", 8);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      AccPackage package = package_of (bytes);
      g_autofree char *names = NULL, *place = NULL;
      g_autoptr (GError) error = NULL;

      package.number = wrong[i].number;
      package.role = wrong[i].role;
      package.position = wrong[i].position;
      g_assert_cmpint (acc_door_deliver (door, &package, NULL, &place, &error), ==, ACC_DOOR_REFUSED);
      g_assert_error (error, ACC_ERROR, ACC_ERROR_INPUT);
      names = route_list_folder (folder);
      g_assert_cmpstr (names, ==, "");
    }
  test_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  route_freeze_clock ();

  g_test_add_func ("/message/is-read-back-as-it-was-meant", message_is_read_back_as_it_was_meant);
  g_test_add_func ("/message/has-only-cr-lf-and-repeats", message_has_only_cr_lf_and_repeats);
  g_test_add_func ("/message/without-sender-is-a-draft", message_without_sender_is_a_draft);
  g_test_add_func ("/message/refuses-what-would-add-a-header", message_refuses_what_would_add_a_header);
  g_test_add_func ("/message/takes-any-name-as-a-name", message_takes_any_name_as_a_name);
  g_test_add_func ("/message/folder/is-private-and-whole", folder_is_private_and_whole);
  g_test_add_func ("/message/folder/repeats-the-same-and-refuses-another", folder_repeats_the_same_and_refuses_another);
  g_test_add_func ("/message/folder/takes-no-name-from-outside", folder_takes_no_name_from_outside);
  return g_test_run ();
}
