/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/replies.h"

#include "base/error.h"
#include "base/text.h"
#include "letter/number.h"
#include "route/message.h"
#include "route/outbox-private.h"
#include "route/receipts-private.h"
#include "route/reply.h"
#include "vault/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NUMBER_LENGTH 36
#define LEFT_MAX 100 /* sentences */
#define HEAD_BYTES 65536

void
acc_replies_free (AccReplies *replies)
{
  if (replies == NULL)
    return;
  g_strfreev (replies->numbers);
  g_clear_pointer (&replies->left, g_ptr_array_unref);
  g_free (replies);
}

static void
free_left (gpointer data)
{
  AccReplyLeft *left = data;

  g_free (left->file);
  g_free (left->why);
  g_free (left);
}

typedef struct {
  AccStore *desk;
  AccIdentity *identity;
  AccReplies *replies;
  GPtrArray *numbers; /* of char * */
} Reading;

static void
add_left (Reading *self, const char *file, const char *why, gboolean settled)
{
  GPtrArray *left = self->replies->left;
  AccReplyLeft *one;

  if (left->len > LEFT_MAX)
    return;
  one = g_new0 (AccReplyLeft, 1);
  one->file = left->len < LEFT_MAX ? acc_text_to_line (file) : g_strdup ("");
  one->why = g_strdup (left->len < LEFT_MAX ? why : _ ("More was left alone than is told here."));
  one->settled = settled;
  g_ptr_array_add (left, one);
}

static void
leave (Reading *self, const char *file, const char *why)
{
  add_left (self, file, why, FALSE);
}

/* Without ":2,S": what a mail program has noted of it since (maildir(5)). */
static void
leave_mail (Reading *self, const char *name, const char *why, gboolean settled)
{
  const char *notes = strstr (name, ":2,");
  g_autofree char *file = notes != NULL ? g_strndup (name, (gsize) (notes - name)) : g_strdup (name);

  add_left (self, file, why, settled);
}

/* ---- which delivery is answered ---- */

typedef struct {
  char *number;
  guint position;
  const char *id; /* the Message-ID, lent */
} Answered;

/* NUMBER.ROLE.POSITION@…, as acc_message_id makes it; whether it is really one of ours, its delivery tells. */
static gboolean
read_id (const char *id, Answered *answered)
{
  g_autofree char *start = g_strndup (id, NUMBER_LENGTH);
  g_autofree char *number = acc_number_parse (start, NULL);
  const char *role = g_strcmp0 (number, start) == 0 && id[NUMBER_LENGTH] == '.' ? id + NUMBER_LENGTH + 1 : NULL;
  const char *position = role != NULL ? strchr (role, '.') : NULL;
  guint64 value = 0;
  g_autofree char *digits = NULL;

  if (position == NULL || strchr (position, '@') == NULL)
    return FALSE;
  digits = g_strndup (position + 1, strcspn (position + 1, "@"));
  if (!g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT, &value, NULL))
    return FALSE;
  answered->number = g_steal_pointer (&number);
  answered->position = (guint) value;
  answered->id = id;
  return TRUE;
}

static gboolean
find_answered (const AccReply *reply, Answered *answered)
{
  for (guint i = 0; reply->answers[i] != NULL; i++)
    if (read_id (reply->answers[i], answered))
      return TRUE;
  return FALSE;
}

static gboolean
is_damage (const GError *error)
{
  return !g_error_matches (error, ACC_ERROR, ACC_ERROR_NOT_FOUND) && !g_error_matches (error, ACC_ERROR, ACC_ERROR_INPUT)
         && !g_error_matches (error, ACC_ERROR, ACC_ERROR_CONFLICT);
}

/* NULL: it is written as ours are, but is not. *@settled: it has been acknowledged. */
static AccDeliveryNote *
open_delivery (AccStore *desk, AccOpenedLetter *letter, const Answered *answered, gboolean *settled, GError **error)
{
  AccRouting routing = { .letter = letter, .number = answered->number };
  g_autoptr (AccDeliveryRow) row = acc_outbox_find_row (desk, answered->number, answered->position, error);
  g_autoptr (AccDeliveryNote) note = row != NULL ? acc_routing_open_note (&routing, row, error) : NULL;
  g_autofree char *id
    = note != NULL ? acc_message_id (answered->number, note->role, answered->position, note->from_email) : NULL;

  *settled = row != NULL && row->state == ACC_DELIVERY_ACKNOWLEDGED;
  return g_strcmp0 (id, answered->id) == 0 ? g_steal_pointer (&note) : NULL;
}

/* ---- one mail ---- */

static gboolean
record (Reading *self, const char *file, GBytes *mail, const AccReply *reply, const Answered *answered,
        AccOpenedLetter *letter, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) id = g_bytes_new_static (reply->id, strlen (reply->id));
  g_autofree char *hash = acc_hash_bytes (mail), *id_hash = *reply->id != '\0' ? acc_hash_bytes (id) : g_strdup ("");
  const AccReplyMark mark = { hash, id_hash };
  const AccHeard heard = { answered->position, *reply->day != '\0' ? reply->day : NULL, reply->text };

  if (acc_receipts_record_reply (self->desk, self->identity, letter, &heard, &mark, &local))
    {
      self->replies->n_recorded++;
      g_ptr_array_add (self->numbers, g_strdup (answered->number));
      return TRUE;
    }
  if (is_damage (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!g_error_matches (local, ACC_ERROR, ACC_ERROR_CONFLICT)) /* else it was counted before, or brings nothing new */
    leave_mail (self, file, local->message, FALSE);
  return TRUE;
}

static gboolean
take (Reading *self, const char *file, GBytes *mail, const AccReply *reply, const Answered *answered, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (AccOpenedLetter) letter = acc_opened_letter_new (self->desk, self->identity, answered->number, &local);
  gboolean settled = FALSE;
  g_autoptr (AccDeliveryNote) note
    = letter != NULL ? open_delivery (self->desk, letter, answered, &settled, &local) : NULL;
  g_autofree char *why = NULL;

  if (local != NULL && is_damage (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (note == NULL)
    why = g_strdup (_ ("it answers a mail that this branch has not sent, or whose letter is erased."));
  else if (reply->automatic)
    why = g_strdup_printf (_ ("it answers for %s by itself, so nobody has read the letter yet."), note->name);
  else if (g_ascii_strcasecmp (reply->from, note->email) != 0)
    why = g_strdup_printf (_ ("it is not from %s, to whom the letter went: ask there."), note->name);
  if (why == NULL)
    return record (self, file, mail, reply, answered, letter, error);
  leave_mail (self, file, why, settled);
  return TRUE;
}

static gboolean
look_at (Reading *self, const char *file, GBytes *mail, GError **error)
{
  g_autoptr (AccReply) reply = acc_reply_parse (mail);
  Answered answered = { NULL };
  gboolean done = TRUE;

  if (reply == NULL)
    leave_mail (self, file, _ ("it cannot be read."), FALSE);
  else if (find_answered (reply, &answered))
    done = take (self, file, mail, reply, &answered, error);
  g_free (answered.number);
  return done;
}

/* ---- the folder ---- */

static gssize
read_bytes (int fd, char *data, gsize size)
{
  gsize done = 0;
  gssize n = 0;

  while (done < size && (n = read (fd, data + done, size - done)) > 0)
    done += (gsize) n;
  return n < 0 ? -1 : (gssize) done;
}

/* Whether its beginning has what might be a Message-ID of ours: most mails of a maildir have none, however large. */
static gboolean
may_answer (const char *data, gsize size)
{
  g_autoptr (GRegex) pattern
    = g_regex_new ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[a-z-]+\\.[0-9]+@", G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);

  return g_regex_match_full (pattern, data, (gssize) size, 0, 0, NULL, NULL);
}

/* The whole of an open file, or NULL: it answers nothing of ours, or, with *@why, is left alone. */
static GBytes *
read_whole (int fd, gsize size, const char **why)
{
  char head[HEAD_BYTES];
  gssize n = read_bytes (fd, head, MIN (size, sizeof head));
  g_autofree char *data = NULL;

  if (n >= 0 && !may_answer (head, (gsize) n))
    return NULL;
  if (n >= 0 && size > ACC_REPLIES_BYTES_MAX)
    {
      *why = _ ("it is too large for an answer.");
      return NULL;
    }
  data = g_malloc (size + 1);
  if (n >= 0)
    memcpy (data, head, (gsize) n);
  if (n >= 0 && (gsize) n < size)
    {
      gssize rest = read_bytes (fd, data + n, size - (gsize) n);

      n = rest < 0 ? -1 : n + rest;
    }
  if (n < 0)
    *why = _ ("it cannot be read.");
  return n < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&data), (gsize) n);
}

/* NULL as read_whole gives it. A link may lead anywhere, a pipe waits for ever. */
static GBytes *
read_file (int folder, const char *name, const char **why)
{
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat about;
  GBytes *mail = NULL;

  *why = NULL;
  if (fd < 0 && errno == ENOENT) /* a mail program has moved it just now */
    return NULL;
  if (fd < 0 || fstat (fd, &about) != 0)
    *why = _ ("it cannot be read.");
  else if (!S_ISREG (about.st_mode))
    *why = _ ("it is no file.");
  else
    mail = read_whole (fd, (gsize) about.st_size, why);
  if (fd >= 0)
    g_close (fd, NULL);
  return mail;
}

/* Names begin with the time: the newest first. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

static GPtrArray *
list_names (const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                   _ ("%s cannot be read: correct replies= under [mail] of accolade.conf, or let the desk’s user read it."),
                   path);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
read_folder (Reading *self, const char *maildir, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (maildir, folder, NULL);
  g_autoptr (GPtrArray) names = list_names (path, error);
  int fd = names != NULL ? open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  gboolean done = names != NULL;

  if (names != NULL && names->len > ACC_REPLIES_FILES_MAX)
    {
      g_autofree char *why = g_strdup_printf (_ ("of its %u mails only the newest %u were looked at: have the older ones "
                                                 "moved away."),
                                              names->len, ACC_REPLIES_FILES_MAX);

      leave (self, path, why);
    }
  for (guint i = 0; done && i < MIN (names->len, ACC_REPLIES_FILES_MAX); i++)
    {
      const char *name = g_ptr_array_index (names, i), *why = NULL;
      g_autoptr (GBytes) mail = read_file (fd, name, &why);

      self->replies->n_files++;
      if (why != NULL)
        leave_mail (self, name, why, FALSE);
      done = mail == NULL || look_at (self, name, mail, error);
    }
  if (fd >= 0)
    g_close (fd, NULL);
  return done;
}

AccReplies *
acc_replies_read (AccStore *desk, AccIdentity *identity, const char *maildir, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (maildir != NULL && g_path_is_absolute (maildir), NULL);

  g_autoptr (AccReplies) replies = g_new0 (AccReplies, 1);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  Reading reading = { desk, identity, replies, numbers };

  replies->left = g_ptr_array_new_with_free_func (free_left);
  if (!read_folder (&reading, maildir, "new", error) || !read_folder (&reading, maildir, "cur", error))
    return NULL;
  g_ptr_array_add (numbers, NULL);
  replies->numbers = g_strdupv ((GStrv) numbers->pdata);
  return g_steal_pointer (&replies);
}
