/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/reply.h"

#include "base/text.h"
#include "route/message.h"

#include <gmime/gmime.h>
#include <string.h>

#define ANSWERS_MAX 100          /* Message-IDs that are looked at */
#define TEXT_BYTES_MAX 65536     /* of the text that is looked at */
#define DEPTH_MAX 8              /* parts within parts */
#define PARTS_MAX 64             /* of one multipart */
#define PARSED_BYTES_MAX 262144  /* the text stands before what is attached: GMime takes very long over many parts */
#define COLONS_MAX 1000          /* of one header field: GMime reads groups of addresses within groups by recursion */

void
acc_reply_free (AccReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->from);
  g_free (reply->id);
  g_strfreev (reply->answers);
  g_free (reply->day);
  g_free (reply->text);
  g_free (reply);
}

/* ---- who, and to what ---- */

static char *
read_from (GMimeMessage *message)
{
  InternetAddressList *list = g_mime_message_get_from (message);
  InternetAddress *address = list != NULL && internet_address_list_length (list) == 1
                               ? internet_address_list_get_address (list, 0)
                               : NULL;
  const char *found
    = INTERNET_ADDRESS_IS_MAILBOX (address) ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)) : NULL;

  return found != NULL && g_utf8_validate (found, -1, NULL) ? g_strdup (found) : g_strdup ("");
}

static char *
read_id (GMimeMessage *message)
{
  const char *id = g_mime_message_get_message_id (message);

  return g_strdup (id != NULL ? id : "");
}

static void
add_answers (GMimeMessage *message, const char *header, GStrvBuilder *answers, guint *n)
{
  const char *value = g_mime_object_get_header (GMIME_OBJECT (message), header);
  GMimeReferences *references = value != NULL ? g_mime_references_parse (NULL, value) : NULL;

  for (int i = 0; references != NULL && i < g_mime_references_length (references) && *n < ANSWERS_MAX; i++, (*n)++)
    g_strv_builder_add (answers, g_mime_references_get_message_id (references, i));
  if (references != NULL)
    g_mime_references_free (references);
}

/* ---- whether a person wrote it ---- */

static gboolean
is_submitted_by_machine (const char *value)
{
  g_autofree char *folded = g_ascii_strdown (value, -1);

  g_strstrip (folded);
  return !(g_str_has_prefix (folded, "no") && !g_ascii_isalnum (folded[2]) && folded[2] != '-');
}

static gboolean
is_there (const char *value)
{
  return TRUE;
}

static gboolean
is_bulk (const char *value)
{
  static const char *const words[] = { "bulk", "junk", "list", "auto_reply", NULL };
  g_autofree char *folded = g_ascii_strdown (value, -1);

  return g_strv_contains (words, g_strstrip (folded));
}

static gboolean
is_nobody (const char *value)
{
  g_autofree char *copy = g_strdup (value);

  return g_str_equal (g_strstrip (copy), "<>");
}

/* What says that no person wrote it. */
static const struct {
  const char *header;
  gboolean (*tells) (const char *value);
} machines[] = {
  { "Auto-Submitted", is_submitted_by_machine }, /* RFC 3834 */
  { "X-Autoreply", is_there },                   /* what came before it */
  { "X-Autorespond", is_there },
  { "Precedence", is_bulk },
  { "List-Id", is_there },                       /* RFC 2919 */
  { "Return-Path", is_nobody },                  /* RFC 5321, 4.5.5: a notice, which nobody may answer */
};

static gboolean
is_report (GMimeMessage *message)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (message));
  GMimeObject *body = g_mime_message_get_mime_part (message);

  if (body != NULL)
    type = g_mime_object_get_content_type (body);
  return type != NULL
         && (g_mime_content_type_is_type (type, "multipart", "report")
             || g_mime_content_type_is_type (type, "message", "delivery-status")
             || g_mime_content_type_is_type (type, "message", "disposition-notification"));
}

static gboolean
is_automatic (GMimeMessage *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      const char *value = g_mime_object_get_header (GMIME_OBJECT (message), machines[i].header);

      if (value != NULL && machines[i].tells (value))
        return TRUE;
    }
  return is_report (message);
}

/* ---- what it says ---- */

static char *
read_day (GMimeMessage *message)
{
  GDateTime *date = g_mime_message_get_date (message);
  g_autoptr (GDateTime) here = date != NULL ? g_date_time_to_local (date) : NULL;
  char *day = here != NULL ? g_date_time_format (here, "%Y-%m-%d") : NULL;

  return day != NULL ? day : g_strdup ("");
}

static GMimeObject *
find_text (GMimeObject *part, guint depth)
{
  if (GMIME_IS_TEXT_PART (part))
    return g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", "plain")
               && !g_mime_part_is_attachment (GMIME_PART (part))
             ? part
             : NULL;
  if (!GMIME_IS_MULTIPART (part) || depth == 0)
    return NULL;
  for (int i = 0; i < MIN (g_mime_multipart_get_count (GMIME_MULTIPART (part)), PARTS_MAX); i++)
    {
      GMimeObject *found = find_text (g_mime_multipart_get_part (GMIME_MULTIPART (part), i), depth - 1);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Without what it quotes of ours, and without the signature below "-- " (RFC 3676, 4.3). */
static char *
take_own_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) own = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL && !g_str_equal (g_strchomp (lines[i]), "--"); i++)
    if (lines[i][0] != '>')
      g_string_append_printf (own, "%s\n", lines[i]);
  return g_string_free (g_steal_pointer (&own), FALSE);
}

/* Its charset may be wrong or unknown: then nothing is read. */
static char *
read_text (GMimeMessage *message)
{
  GMimeObject *body = g_mime_message_get_mime_part (message);
  GMimeObject *part = body != NULL ? find_text (body, DEPTH_MAX) : NULL;
  g_autofree char *text = part != NULL ? g_mime_text_part_get_text (GMIME_TEXT_PART (part)) : NULL;
  gsize size = text != NULL ? MIN (strlen (text), TEXT_BYTES_MAX) : 0;
  g_autofree char *some = g_strndup (text != NULL ? text : "", size);
  g_autofree char *own = take_own_lines (some);
  g_autofree char *cleaned = acc_text_clean (own, -1, ACC_TEXT_STORY, NULL);

  return acc_text_trim (cleaned);
}

/* Whether one of its fields, also of a mail within it, could be groups within groups without end. */
static gboolean
is_bottomless (const char *data, gsize size)
{
  guint n_colons = 0;

  for (gsize i = 0; i < size; i++)
    if (data[i] == '\n' && (i + 1 == size || (data[i + 1] != ' ' && data[i + 1] != '\t')))
      n_colons = 0;
    else if (data[i] == ':' && ++n_colons > COLONS_MAX)
      return TRUE;
  return FALSE;
}

AccReply *
acc_reply_parse (GBytes *mail)
{
  gsize size;
  const char *data;
  GMimeStream *stream;
  GMimeParser *parser;
  GMimeMessage *message;
  AccReply *reply = NULL;

  g_return_val_if_fail (mail != NULL, NULL);

  acc_message_set_up ();
  data = g_bytes_get_data (mail, &size);
  size = MIN (size, PARSED_BYTES_MAX);
  if (is_bottomless (data, size))
    return NULL;
  stream = g_mime_stream_mem_new_with_buffer (data, size);
  parser = g_mime_parser_new_with_stream (stream);
  message = g_mime_parser_construct_message (parser, NULL);
  if (message != NULL)
    {
      g_autoptr (GStrvBuilder) answers = g_strv_builder_new ();
      guint n = 0;

      reply = g_new0 (AccReply, 1);
      add_answers (message, "In-Reply-To", answers, &n);
      add_answers (message, "References", answers, &n);
      reply->answers = g_strv_builder_end (answers);
      reply->from = read_from (message);
      reply->id = read_id (message);
      reply->automatic = is_automatic (message);
      reply->day = read_day (message);
      reply->text = read_text (message);
      g_object_unref (message);
    }
  g_object_unref (parser);
  g_object_unref (stream);
  return reply;
}
