/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/message.h"

#include "base/error.h"
#include "base/mail-address.h"
#include "letter/number.h"

#include <gmime/gmime.h>
#include <string.h>

#define DOMAIN_UNKNOWN "accolade.invalid" /* RFC 2606: never anybody's */

void
acc_message_set_up (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      g_mime_init ();
      g_once_init_leave (&done, 1);
    }
}

/* One line, and no encoded word (RFC 2047) in disguise: a reader would decode it to something else. */
static gboolean
is_plain (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || strstr (text, "=?") != NULL)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_number (const char *text)
{
  g_autofree char *number = acc_number_parse (text, NULL);

  return g_strcmp0 (number, text) == 0;
}

static gboolean
is_role (const char *text)
{
  return g_regex_match_simple ("\\A[a-z]+(-[a-z]+)*\\z", text, G_REGEX_RAW, 0) && strlen (text) <= 20;
}

static gboolean
is_date (const char *text)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, NULL);

  return date != NULL;
}

static gboolean
is_text (const char *text)
{
  return g_utf8_validate (text, -1, NULL);
}

/* Every field that reaches the message, and what it has to be: nothing is put right, what does not fit is refused. */
static const struct {
  const char *name;
  gsize offset;
  gboolean optional;
  gboolean (*fits) (const char *text);
} fields[] = {
  /* Names and subject: any language, one line. */
  { "from_name", G_STRUCT_OFFSET (AccMessage, from_name), TRUE, is_plain },
  { "to_name", G_STRUCT_OFFSET (AccMessage, to_name), FALSE, is_plain },
  { "subject", G_STRUCT_OFFSET (AccMessage, subject), FALSE, is_plain },
  /* Addresses: exactly one. Without a sender's, the sender fills it in. */
  { "from_email", G_STRUCT_OFFSET (AccMessage, from_email), TRUE, acc_mail_address_is_valid },
  { "reply_to", G_STRUCT_OFFSET (AccMessage, reply_to), TRUE, acc_mail_address_is_valid },
  { "to_email", G_STRUCT_OFFSET (AccMessage, to_email), FALSE, acc_mail_address_is_valid },
  /* What the Message-ID, the boundary and the file names are made of. */
  { "number", G_STRUCT_OFFSET (AccMessage, number), FALSE, is_number },
  { "role", G_STRUCT_OFFSET (AccMessage, role), FALSE, is_role },
  { "date", G_STRUCT_OFFSET (AccMessage, date), FALSE, is_date },
  /* The body is encoded whole: only its UTF-8 has to be right. */
  { "text", G_STRUCT_OFFSET (AccMessage, text), FALSE, is_text },
};

static gboolean
check_fields (const AccMessage *message, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = G_STRUCT_MEMBER (const char *, message, fields[i].offset);

      if (value == NULL ? fields[i].optional : fields[i].fits (value))
        continue;
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "message.%s: %s cannot stand in a message; put it right in the directory.", fields[i].name,
                   value == NULL ? "nothing" : "this text");
      return FALSE;
    }
  return TRUE;
}

static void
add_mailbox (GMimeMessage *mime, GMimeAddressType type, const char *name, const char *email)
{
  InternetAddressList *list = g_mime_message_get_addresses (mime, type);
  InternetAddress *mailbox = internet_address_mailbox_new (name, email);

  /* Set, since GMime would choose by the locale, and the bytes have to be the same everywhere. */
  internet_address_set_charset (mailbox, "utf-8");
  internet_address_list_add (list, mailbox);
  g_object_unref (mailbox);
}

static void
set_content (GMimePart *part, GBytes *bytes, GMimeContentEncoding encoding)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (data, size);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, encoding);
  g_object_unref (content);
  g_object_unref (stream);
}

static void
add_text (GMimeMultipart *multipart, const char *text)
{
  GMimePart *part = g_mime_part_new_with_type ("text", "plain");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  set_content (part, bytes, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_multipart_add (multipart, GMIME_OBJECT (part));
  g_object_unref (part);
}

static void
add_pdf (GMimeMultipart *multipart, GBytes *pdf, const char *number, const char *suffix)
{
  GMimePart *part = g_mime_part_new_with_type ("application", "pdf");
  g_autofree char *name = g_strconcat (number, suffix, NULL);

  set_content (part, pdf, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, name);
  g_mime_multipart_add (multipart, GMIME_OBJECT (part));
  g_object_unref (part);
}

/* "=_" occurs in neither base64 nor quoted-printable (RFC 2045, 6.7), so no content can end its part. */
static GMimeObject *
build_body (const AccMessage *message, const char *id)
{
  GMimeMultipart *multipart = g_mime_multipart_new_with_subtype ("mixed");
  g_autofree char *boundary = g_strconcat ("=_", id, NULL);

  g_mime_multipart_set_boundary (multipart, boundary);
  add_text (multipart, message->text);
  add_pdf (multipart, message->letter_pdf, message->number, ".pdf");
  add_pdf (multipart, message->cover_pdf, message->number, "-cover.pdf");
  return GMIME_OBJECT (multipart);
}

static char *
dup_local (const char *number, const char *role, guint position)
{
  return g_strdup_printf ("%s.%s.%u", number, role, position);
}

char *
acc_message_id (const char *number, const char *role, guint position, const char *from_email)
{
  g_return_val_if_fail (number != NULL && role != NULL, NULL);

  g_autofree char *local = dup_local (number, role, position);
  const char *at = from_email != NULL ? strchr (from_email, '@') : NULL;

  return g_strconcat (local, "@", at != NULL ? at + 1 : DOMAIN_UNKNOWN, NULL);
}

static GMimeMessage *
build_message (const AccMessage *message)
{
  GMimeMessage *mime = g_mime_message_new (FALSE);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (message->date, NULL);
  g_autofree char *id = dup_local (message->number, message->role, message->position);
  g_autofree char *message_id
    = acc_message_id (message->number, message->role, message->position, message->from_email);
  GMimeObject *body = build_body (message, id);

  if (message->from_email != NULL)
    add_mailbox (mime, GMIME_ADDRESS_TYPE_FROM, message->from_name, message->from_email);
  else
    g_mime_object_set_header (GMIME_OBJECT (mime), "X-Unsent", "1", NULL);
  if (message->reply_to != NULL)
    add_mailbox (mime, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, message->reply_to);
  add_mailbox (mime, GMIME_ADDRESS_TYPE_TO, message->to_name, message->to_email);
  g_mime_message_set_subject (mime, message->subject, "utf-8");
  g_mime_message_set_date (mime, date);
  g_mime_message_set_message_id (mime, message_id);
  /* RFC 3834: no out-of-office may answer. */
  g_mime_object_set_header (GMIME_OBJECT (mime), "Auto-Submitted", "auto-generated", NULL);
  g_mime_message_set_mime_part (mime, body);
  g_object_unref (body);
  return mime;
}

static GBytes *
write_message (GMimeMessage *mime)
{
  GMimeFormatOptions *options = g_mime_format_options_new ();
  GByteArray *bytes = g_byte_array_new ();
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array (bytes);

  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_object_write_to_stream (GMIME_OBJECT (mime), options, stream);
  g_object_unref (stream);
  g_mime_format_options_free (options);
  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
acc_message_build (const AccMessage *message, GError **error)
{
  g_return_val_if_fail (message != NULL, NULL);
  g_return_val_if_fail (message->letter_pdf != NULL && message->cover_pdf != NULL, NULL);

  if (!check_fields (message, error))
    return NULL;
  acc_message_set_up ();

  GMimeMessage *mime = build_message (message);
  GBytes *bytes = write_message (mime);

  g_object_unref (mime);
  return bytes;
}
