/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers in a real maildir: which are receipts, which are left alone and why, and what a hostile one can do. */
#include "route-support.h"
#include "support.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "route/receipts.h"
#include "route/replies.h"
#include "route/routing.h"
#include "staff/directory-table.h"
#include "store/statement.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)
#define ID_SUPERVISOR "<" ROUTE_NUMBER ".supervisor.1@harbourvale.example>"
#define ID_EMPLOYEE "<" ROUTE_NUMBER ".employee.2@harbourvale.example>"
#define FROM_EMPLOYEE "From: Person J <j@harbourvale.example>\r\n"
#define ANSWERS_EMPLOYEE "In-Reply-To: " ID_EMPLOYEE "\r\n"
#define PLAIN "Content-Type: text/plain; charset=utf-8\r\n\r\n"

/* ---- one routed letter, and a maildir ---- */

typedef struct {
  RouteBranch branch;
  RouteSession session;
  char *maildir;
} Scene;

static void
route (const RouteSession *session, const char *outbox)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccDirectory) directory = acc_directory_table_load (session->desk, session->identity, NULL, &error);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J"), NULL };
  g_autoptr (AccPlan) plan = acc_plan_new (acc_opened_letter_get_letter (session->letter), directory, employees,
                                           acc_identity_get_banker (session->identity));
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 cover", 14);
  char paragraph[] = "Please read.";
  const AccCoverDone covers[] = { { paragraph, pdf }, { paragraph, pdf }, { paragraph, pdf } };
  g_autoptr (AccDoor) door = acc_folder_door_new (outbox);
  g_autoptr (AccDoors) doors = acc_doors_new_of (door);

  acc_routing_prepare (session->desk, session->identity, session->letter, plan, covers, doors, &error);
  g_assert_no_error (error);
  acc_routing_hand_over (session->desk, session->identity, session->letter, doors, &error);
  g_assert_no_error (error);
}

static void
scene_set_up (Scene *scene, gconstpointer data)
{
  static const char *const folders[] = { "new", "cur", "tmp" };

  route_freeze_clock ();
  route_branch_set_up_approved (&scene->branch, FALSE);
  route_session_open (&scene->session, &scene->branch);
  route (&scene->session, scene->branch.outbox);
  acc_clock_freeze (acc_clock_now () + 2 * DAY, acc_clock_boot () + 2 * DAY);
  scene->maildir = g_build_filename (scene->branch.folder, "maildir", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (scene->maildir, folders[i], NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
    }
}

static void
scene_tear_down (Scene *scene, gconstpointer data)
{
  g_free (scene->maildir);
  route_session_close (&scene->session);
  route_branch_remove (&scene->branch);
}

static char *
put (const Scene *scene, const char *folder, const char *name, const char *mail, gssize size)
{
  char *path = g_build_filename (scene->maildir, folder, name, NULL);

  g_assert_true (g_file_set_contents (path, mail, size, NULL));
  return path;
}

static AccReplies *
read_replies (const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  AccReplies *replies = acc_replies_read (scene->session.desk, scene->session.identity, scene->maildir, &error);

  g_assert_no_error (error);
  return replies;
}

/* "FILE: why", one after the other. */
static char *
join_left (const AccReplies *replies, const char *separator)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < replies->left->len; i++)
    {
      const AccReplyLeft *left = g_ptr_array_index (replies->left, i);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? separator : "", left->file, left->why);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GPtrArray *
list_receipts (const Scene *scene)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *receipts = acc_receipts_list (scene->session.desk, scene->session.letter, &error);

  g_assert_no_error (error);
  return receipts;
}

static void
assert_sound (const Scene *scene)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  acc_routing_check (scene->session.desk, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* ---- an answer ---- */

static void
an_answer_is_a_receipt_once (Scene *scene, gconstpointer data)
{
  static const char mail[] = FROM_EMPLOYEE ANSWERS_EMPLOYEE "Date: Sun, 22 Nov 2026 09:00:00 +0000\r\n" PLAIN
    "Please tell them: thank you!\r\n\r\nOn Saturday Daniel Reyes wrote:\r\n> Dear Person J,\r\n> Please read.\r\n"
    "-- \r\nPerson J, Fraud Operations\r\n";
  g_autofree char *path = put (scene, "new", "1.mail", mail, -1);
  g_autofree char *moved = g_build_filename (scene->maildir, "cur", "1.mail:2,S", NULL);

  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (AccReplies) replies = NULL;
      g_autoptr (GPtrArray) receipts = NULL;
      const AccReceipt *receipt;

      if (round == 2) /* a mail program shows it as read */
        g_assert_cmpint (g_rename (path, moved), ==, 0);
      replies = read_replies (scene);
      g_assert_cmpuint (replies->n_recorded, ==, round == 0 ? 1 : 0);
      g_assert_cmpuint (g_strv_length (replies->numbers), ==, round == 0 ? 1 : 0);
      g_assert_cmpuint (replies->left->len, ==, 0);
      receipts = list_receipts (scene);
      g_assert_cmpuint (receipts->len, ==, 1);
      receipt = g_ptr_array_index (receipts, 0);
      g_assert_cmpuint (receipt->position, ==, 2);
      g_assert_cmpint (receipt->source, ==, ACC_RECEIPT_BY_REPLY);
      g_assert_cmpstr (receipt->heard_on, ==, "2026-11-22");
      g_assert_cmpstr (receipt->banker, ==, ROUTE_BANKER);
      g_assert_cmpstr (receipt->message, ==, "Please tell them: thank you!\n\nOn Saturday Daniel Reyes wrote:");
    }
  assert_sound (scene);
  g_assert_true (g_file_test (moved, G_FILE_TEST_EXISTS));
}

/* As two mailboxes of the branch may each have got it, with a header of the way it came. */
static void
an_answer_by_two_ways_counts_once (Scene *scene, gconstpointer data)
{
  static const char mail[] = "Message-ID: <answer@harbourvale.example>\r\n" FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n";
  g_autofree char *first = put (scene, "new", "1.mail", mail, -1);
  g_autofree char *other = g_strconcat ("Received: from elsewhere\r\n", mail, NULL);
  g_autofree char *second = put (scene, "cur", "2.mail:2,S", other, -1);
  g_autofree char *third = NULL;
  g_autoptr (GPtrArray) receipts = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (AccReplies) replies = read_replies (scene);

      g_assert_cmpuint (replies->n_recorded, ==, round == 0 ? 1 : 0);
      g_assert_cmpuint (replies->left->len, ==, 0);
    }
  third = put (scene, "new", "3.mail",
               "Message-ID: <another@harbourvale.example>\r\n" FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  {
    g_autoptr (AccReplies) replies = read_replies (scene);

    g_assert_cmpuint (replies->n_recorded, ==, 1); /* the same words, said again */
  }
  receipts = list_receipts (scene);
  g_assert_cmpuint (receipts->len, ==, 2);
  assert_sound (scene);
}

/* Known again under the name that a mail program gives it; and whether anybody is still waited for. */
static void
what_is_left_alone_keeps_its_name (Scene *scene, gconstpointer data)
{
  static const char away[] = FROM_EMPLOYEE ANSWERS_EMPLOYEE "Auto-Submitted: auto-replied\r\n" PLAIN "Away\r\n";
  g_autofree char *path = put (scene, "cur", "1.mail:2,RS", away, -1), *answer = NULL;

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (AccReplies) replies = read_replies (scene);
      const AccReplyLeft *left;

      g_assert_cmpuint (replies->left->len, ==, 1);
      left = g_ptr_array_index (replies->left, 0);
      g_assert_cmpstr (left->file, ==, "1.mail");
      g_assert_cmpint (left->settled, ==, round == 1);
      if (round == 0)
        answer = put (scene, "new", "2.mail", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
    }
}

/* A mail, whether it is a receipt, and what is said of it where it is left alone ("": nothing). */
static const struct {
  const char *what, *mail;
  gboolean counts;
  const char *left, *message;
} mails[] = {
  /* answers */
  { "by References alone", "From: j@harbourvale.example\r\nReferences: <a@b> " ID_EMPLOYEE "\r\n" PLAIN "Yes\r\n", TRUE, "",
    "Yes" },
  { "capitals in the address", "From: J@HarbourVale.example\r\n" ANSWERS_EMPLOYEE PLAIN "Yes\r\n", TRUE, "", "Yes" },
  { "sent by a person, says so", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Auto-Submitted: no (really)\r\n" PLAIN "Yes\r\n", TRUE, "",
    "Yes" },
  { "line feeds alone", "From: j@harbourvale.example\nIn-Reply-To: " ID_EMPLOYEE "\n\nYes\n", TRUE, "", "Yes" },
  { "Latin 1", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nMerci Ren\xe9\r\n", TRUE, "",
    "Merci René" },
  { "plain text within parts",
    FROM_EMPLOYEE ANSWERS_EMPLOYEE
    "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>No</b>\r\n--x\r\n" PLAIN
    "Yes\r\n--x--\r\n",
    TRUE, "", "Yes" },
  { "no plain text", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: text/html\r\n\r\n<b>Yes</b>\r\n", TRUE, "", "" },
  { "a date to come", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Date: Fri, 1 Jan 2038 09:00:00 +0000\r\n" PLAIN "Yes\r\n", TRUE, "",
    "Yes" },
  { "a date that is none", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Date: yesterday\r\n" PLAIN "Yes\r\n", TRUE, "", "Yes" },
  { "hidden characters", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Y\342\200\256es\007\r\n", TRUE, "", "Yes" },
  /* broken, and still an answer */
  { "a charset that is none", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: text/plain; charset=no-such\r\n\r\nYes\r\n", TRUE, "",
    NULL },
  { "a wrong charset", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Ye\xff\xfes\r\n", TRUE, "", NULL },
  { "a boundary that never comes",
    FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: multipart/mixed; boundary=never\r\n\r\nYes\r\n", TRUE, "", "" },
  { "base64 that is none",
    FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%=\r\n", TRUE, "",
    NULL },
  /* nobody wrote it */
  { "out of office", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Auto-Submitted: auto-replied\r\n" PLAIN "Away\r\n", FALSE, "by itself", NULL },
  { "notification", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Auto-Submitted: No-one\r\n" PLAIN "Away\r\n", FALSE, "by itself", NULL },
  { "an older way", FROM_EMPLOYEE ANSWERS_EMPLOYEE "X-Autoreply: yes\r\n" PLAIN "Away\r\n", FALSE, "by itself", NULL },
  { "bulk", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Precedence: BULK\r\n" PLAIN "Away\r\n", FALSE, "by itself", NULL },
  { "a bounce", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Return-Path: <>\r\n" PLAIN "Away\r\n", FALSE, "by itself", NULL },
  { "a report",
    FROM_EMPLOYEE ANSWERS_EMPLOYEE
    "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n" PLAIN "Late\r\n--x--\r\n",
    FALSE, "by itself", NULL },
  /* not from whom it went to */
  { "somebody else", "From: t@harbourvale.example\r\n" ANSWERS_EMPLOYEE PLAIN "Yes\r\n", FALSE, "not from Person J", NULL },
  { "their name alone", "From: \"j@harbourvale.example\" <x@evil.example>\r\n" ANSWERS_EMPLOYEE PLAIN "Yes\r\n", FALSE,
    "not from Person J", NULL },
  { "several senders", "From: j@harbourvale.example, x@evil.example\r\n" ANSWERS_EMPLOYEE PLAIN "Yes\r\n", FALSE,
    "not from Person J", NULL },
  { "no sender", ANSWERS_EMPLOYEE PLAIN "Yes\r\n", FALSE, "not from Person J", NULL },
  { "one recipient for another", FROM_EMPLOYEE "In-Reply-To: " ID_SUPERVISOR "\r\n" PLAIN "Yes\r\n", FALSE, "not from Person S",
    NULL },
  /* no mail of ours */
  { "another domain", FROM_EMPLOYEE "In-Reply-To: <" ROUTE_NUMBER ".employee.2@evil.example>\r\n" PLAIN "Yes\r\n", FALSE,
    "has not sent", NULL },
  { "another role", FROM_EMPLOYEE "In-Reply-To: <" ROUTE_NUMBER ".supervisor.2@harbourvale.example>\r\n" PLAIN "Yes\r\n", FALSE,
    "has not sent", NULL },
  { "no such delivery", FROM_EMPLOYEE "In-Reply-To: <" ROUTE_NUMBER ".employee.9@harbourvale.example>\r\n" PLAIN "Yes\r\n",
    FALSE, "has not sent", NULL },
  { "no such letter",
    FROM_EMPLOYEE "In-Reply-To: <20000000-0000-4000-8000-000000000002.employee.2@harbourvale.example>\r\n" PLAIN "Yes\r\n",
    FALSE, "has not sent", NULL },
  { "something else", FROM_EMPLOYEE "In-Reply-To: <lunch@harbourvale.example>\r\n" PLAIN "Yes\r\n", FALSE, "", NULL },
  { "a number that is none", FROM_EMPLOYEE "In-Reply-To: <" ROUTE_NUMBER ".employee.99999999999@x>\r\n" PLAIN, FALSE, "", NULL },
  { "nothing", "", FALSE, "", NULL },
  { "no mail", "\0\0\0\0", FALSE, "", NULL },
};

static void
each_mail_is_what_it_is (Scene *scene, gconstpointer data)
{
  guint n_counted = 0;

  for (guint i = 0; i < G_N_ELEMENTS (mails); i++)
    {
      g_autofree char *path = put (scene, i % 2 == 0 ? "new" : "cur", "a.mail", mails[i].mail, -1);
      g_autoptr (AccReplies) replies = NULL;
      g_autoptr (GPtrArray) receipts = NULL;
      g_autofree char *left = NULL;

      g_test_message ("%s", mails[i].what);
      /* one without words, after the first, brings nothing new */
      if (mails[i].counts && mails[i].message != NULL && *mails[i].message == '\0')
        n_counted += 0;
      else if (mails[i].counts && mails[i].message != NULL)
        n_counted++;
      replies = read_replies (scene);
      left = join_left (replies, " ");
      g_assert_cmpuint (replies->n_files, ==, 1);
      if (!mails[i].counts)
        g_assert_cmpuint (replies->n_recorded, ==, 0);
      g_assert_cmpint (*left == '\0', ==, *mails[i].left == '\0');
      g_assert_nonnull (strstr (left, mails[i].left));
      receipts = list_receipts (scene);
      if (mails[i].message == NULL && mails[i].counts)
        n_counted = receipts->len; /* what is read of broken text is GMime's affair, if anything is */
      g_assert_cmpuint (receipts->len, ==, n_counted);
      if (mails[i].counts && mails[i].message != NULL && *mails[i].message != '\0')
        g_assert_cmpstr (((const AccReceipt *) g_ptr_array_index (receipts, receipts->len - 1))->message, ==,
                         mails[i].message);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  assert_sound (scene);
}

/* Without words it is a receipt all the same, of today where its clock is wrong. */
static void
an_answer_without_words_counts (Scene *scene, gconstpointer data)
{
  g_autofree char *path = put (
    scene, "cur", "a", FROM_EMPLOYEE ANSWERS_EMPLOYEE "Date: Fri, 1 Jan 2038 09:00:00 +0000\r\n\r\n> Please read.\r\n", -1);
  g_autoptr (AccReplies) replies = read_replies (scene);
  g_autoptr (GPtrArray) receipts = list_receipts (scene);
  g_autoptr (AccRecord) record = acc_archive_find (scene->session.desk, ROUTE_NUMBER, NULL);

  g_assert_cmpuint (replies->n_recorded, ==, 1);
  g_assert_cmpstr (((const AccReceipt *) g_ptr_array_index (receipts, 0))->message, ==, "");
  g_assert_cmpstr (((const AccReceipt *) g_ptr_array_index (receipts, 0))->heard_on, ==, "2026-11-23");
  g_assert_cmpint (record->state, ==, ACC_STATE_ACKNOWLEDGED);
}

/* ---- what lies there ---- */

static void
only_files_are_read (Scene *scene, gconstpointer data)
{
  g_autofree char *target = put (scene, "tmp", "mail", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  g_autofree char *link = g_build_filename (scene->maildir, "new", "a-link", NULL);
  g_autofree char *pipe = g_build_filename (scene->maildir, "new", "b-pipe", NULL);
  g_autofree char *folder = g_build_filename (scene->maildir, "new", "c-folder", NULL);
  g_autofree char *large = put (scene, "new", "d-large", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  g_autofree char *other = put (scene, "new", "f-large", "From: x@y.example\r\n\r\nlunch", -1);
  g_autofree char *hidden = put (scene, "new", ".hidden", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  g_autofree char *good = put (scene, "new", "e-good", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  g_autoptr (AccReplies) replies = NULL;
  g_autofree char *left = NULL;

  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (truncate (large, ACC_REPLIES_BYTES_MAX + 1), ==, 0);
  g_assert_cmpint (truncate (other, ACC_REPLIES_BYTES_MAX + 1), ==, 0); /* somebody else's affair */
  replies = read_replies (scene);
  left = join_left (replies, "\n");
  g_assert_cmpstr (left, ==,
                   "d-large: it is too large for an answer.\nc-folder: it is no file.\nb-pipe: it is no file.\n"
                   "a-link: it cannot be read.");
  g_assert_cmpuint (replies->n_recorded, ==, 1);
}

/* Its sentence goes to a terminal as well. */
static void
a_name_is_no_command_to_a_terminal (Scene *scene, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (scene->maildir, "new", "a\033[2J\nb", NULL), *left = NULL;
  g_autoptr (AccReplies) replies = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  replies = read_replies (scene);
  left = join_left (replies, "");
  g_assert_cmpuint (replies->left->len, ==, 1);
  g_assert_null (strpbrk (left, "\033\n"));
  g_assert_nonnull (strstr (left, "it is no file."));
}

static void
thousands_are_bounded (Scene *scene, gconstpointer data)
{
  g_autoptr (AccReplies) replies = NULL;
  g_autofree char *last = NULL, *left = NULL;

  for (guint i = 0; i < ACC_REPLIES_FILES_MAX; i++)
    {
      g_autofree char *name = g_strdup_printf ("%05u", i);
      g_autofree char *path = g_build_filename (scene->maildir, "new", name, NULL);
      int fd = g_creat (path, 0600);

      g_assert_cmpint (fd, >=, 0);
      g_close (fd, NULL);
    }
  last = put (scene, "new", "!oldest", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  replies = read_replies (scene);
  g_assert_cmpuint (replies->n_files, ==, ACC_REPLIES_FILES_MAX);
  g_assert_cmpuint (replies->n_recorded, ==, 0);
  g_assert_cmpuint (replies->left->len, ==, 1);
  left = join_left (replies, "");
  g_assert_nonnull (strstr (left, "newest 10000"));
}

/* Deep in parts, and long: bounded, and never more than is kept. */
static void
a_huge_mail_is_bounded (Scene *scene, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new (FROM_EMPLOYEE ANSWERS_EMPLOYEE);
  g_autoptr (GString) lines = g_string_new (FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN);
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (AccReplies) replies = NULL;
  g_autoptr (GPtrArray) receipts = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (deep, "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n--b%u\r\n", i, i);
  for (guint i = 0; i < 800000; i++)
    g_string_append (lines, "ha ha ha\r\n");
  first = put (scene, "new", "z-deep", deep->str, (gssize) deep->len);
  second = put (scene, "new", "long", lines->str, (gssize) lines->len);
  replies = read_replies (scene);
  g_assert_cmpuint (replies->n_recorded, ==, 2);
  receipts = list_receipts (scene);
  g_assert_cmpint (g_utf8_strlen (((const AccReceipt *) g_ptr_array_index (receipts, 1))->message, -1), <=, ACC_STORY_MAX);
  assert_sound (scene);
}

/* Groups of addresses within groups: GMime follows them by recursion, wherever in the mail they stand. */
static void
a_bottomless_address_is_left_alone (Scene *scene, gconstpointer data)
{
  g_autoptr (GString) groups = g_string_new ("From: ");
  g_autofree char *within = NULL, *folded = NULL, *first = NULL, *second = NULL, *third = NULL, *left = NULL;
  g_autoptr (AccReplies) replies = NULL;

  for (guint i = 0; i < 120000; i++)
    g_string_append (groups, i % 30 == 29 ? "a:\r\n " : "a:");
  g_string_append (groups, "\r\n");
  folded = g_strconcat (ANSWERS_EMPLOYEE, groups->str, PLAIN "Yes\r\n", NULL);
  within = g_strconcat (FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: message/rfc822\r\n\r\n", groups->str,
                        "\r\nYes\r\n", NULL);
  first = put (scene, "new", "c-folded", folded, -1);
  second = put (scene, "new", "b-within", within, -1);
  third = put (scene, "new", "a-good", FROM_EMPLOYEE ANSWERS_EMPLOYEE PLAIN "Yes\r\n", -1);
  replies = read_replies (scene);
  left = join_left (replies, "\n");
  g_assert_cmpstr (left, ==, "c-folded: it cannot be read.\nb-within: it cannot be read.");
  g_assert_cmpuint (replies->n_recorded, ==, 1);
}

/* Parts take GMime longer than linearly, so there is an end to them. */
static void
only_the_beginning_is_read (Scene *scene, gconstpointer data)
{
  g_autoptr (GString) mail
    = g_string_new (FROM_EMPLOYEE ANSWERS_EMPLOYEE "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
                                                   "Content-Type: image/png\r\n\r\n");
  g_autofree char *path = NULL;
  g_autoptr (AccReplies) replies = NULL;
  g_autoptr (GPtrArray) receipts = NULL;

  while (mail->len < 500000)
    g_string_append (mail, "iVBORw0KGgoAAAANSUhEUgAA\r\n");
  g_string_append (mail, "--x\r\n" PLAIN "Too late\r\n--x--\r\n");
  path = put (scene, "new", "parts", mail->str, (gssize) mail->len);
  replies = read_replies (scene);
  receipts = list_receipts (scene);
  g_assert_cmpuint (replies->n_recorded, ==, 1);
  g_assert_cmpstr (((const AccReceipt *) g_ptr_array_index (receipts, 0))->message, ==, "");
}

static void
a_folder_that_is_no_maildir_is_named (Scene *scene, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *none = g_build_filename (scene->maildir, "tmp", NULL);

  g_assert_null (acc_replies_read (scene->session.desk, scene->session.identity, none, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_SYSTEM);
  g_assert_nonnull (strstr (error->message, none));
  g_assert_nonnull (strstr (error->message, "replies="));
}

#define ADD(path, test) g_test_add ("/replies/" path, Scene, NULL, scene_set_up, test, scene_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("an-answer-is-a-receipt-once", an_answer_is_a_receipt_once);
  ADD ("an-answer-by-two-ways-counts-once", an_answer_by_two_ways_counts_once);
  ADD ("what-is-left-alone-keeps-its-name", what_is_left_alone_keeps_its_name);
  ADD ("each-mail-is-what-it-is", each_mail_is_what_it_is);
  ADD ("an-answer-without-words-counts", an_answer_without_words_counts);
  ADD ("only-files-are-read", only_files_are_read);
  ADD ("a-name-is-no-command-to-a-terminal", a_name_is_no_command_to_a_terminal);
  ADD ("thousands-are-bounded", thousands_are_bounded);
  ADD ("a-huge-mail-is-bounded", a_huge_mail_is_bounded);
  ADD ("a-bottomless-address-is-left-alone", a_bottomless_address_is_left_alone);
  ADD ("only-the-beginning-is-read", only_the_beginning_is_read);
  ADD ("a-folder-that-is-no-maildir-is-named", a_folder_that_is_no_maildir_is_named);
  return g_test_run ();
}
