/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/smtp.h"

#include "base/error.h"
#include "base/host.h"
#include "base/mail-address.h"
#include "vault/hash.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <string.h>

#define ALL_TIMES 5                  /* the whole of it may take so many times [mail] timeout */
#define ANSWERS_BYTES_MAX (64 * 1024) /* of all that the server says; a few lines are usual */
#define WORDS_MAX 200                /* bytes of the server's own words in a sentence */
#define CODE_MESSAGE_WANTED 354      /* RFC 5321, 4.2.3: the answer to DATA */
#define PUTS_OFF 4                   /* RFC 5321, 4.2.1: the first digit of an answer */
#define REFUSES 5
#define CODE_SIGNED_IN 235           /* RFC 4954, 6 */
#define CODE_NO_ROOM 452             /* RFC 1870, 6.1: as the next one, which may be said before a recipient is named */
#define CODE_TOO_LARGE 552
#define LAST_WORD (1 * G_USEC_PER_SEC) /* for the server to say, when the desk ends, what became of a whole message */
#define POLL_MS 1000                 /* libcurl's own times end the wait sooner */

/* One conversation with the server. */
typedef struct {
  const char *data; /* the message */
  gsize size, given; /* … and how much of it was given to libcurl */
  GCancellable *cancellable;
  gsize heard;       /* bytes of answers */
  char words[WORDS_MAX + 1]; /* of the last answer that put something off or refused it */
  gboolean wanted;   /* the server has asked for the message: what it answers next is about that */
  int verdict;       /* … and this is what it answered; 0: nothing yet */
  gboolean signed_in;
  gboolean named;    /* the recipient was: what failed before would have failed for anybody */
  gint64 ends_at;    /* monotonic, once the desk ends; 0: it does not */
} Talk;

/* How a talk has ended. */
typedef struct {
  CURLcode code;
  int answer; /* the server's last one but to the goodbye; 0: none */
} End;

/* What libcurl's codes mean, for a person. "%s" is the server. */
static const struct {
  CURLcode code;
  const char *sentence;
} failures[] = {
  /* no such host, nobody listens, or something in between */
  { CURLE_COULDNT_RESOLVE_HOST, N_ ("The mail server %s cannot be found: see [mail] server.") },
  { CURLE_COULDNT_CONNECT, N_ ("The mail server %s cannot be reached: see [mail] server and port.") },
  /* a certificate that is signed by another, of another host, or too old */
  { CURLE_PEER_FAILED_VERIFICATION,
    N_ ("The mail server %s has no certificate that can be trusted: see [mail] certificate_authority and server.") },
  { CURLE_SSL_CACERT_BADFILE, N_ ("The mail server %s cannot be trusted: the file of [mail] certificate_authority holds "
                                  "no certificates that can be used.") },
  { CURLE_USE_SSL_FAILED, N_ ("The mail server %s does not offer to secure the connection: see [mail] security.") },
  { CURLE_SSL_CONNECT_ERROR, N_ ("The mail server %s could not agree on a secure connection: see [mail] security and "
                                 "port.") },
  { CURLE_LOGIN_DENIED, N_ ("The mail server %s does not accept the account and its password: see [mail] user, and "
                            "“accolade secret set mail”.") },
  { CURLE_OPERATION_TIMEDOUT, N_ ("The mail server %s did not answer within [mail] timeout.") },
  { CURLE_WRITE_ERROR, N_ ("The mail server %s says more than a mail server has to say.") },
  { CURLE_ABORTED_BY_CALLBACK, N_ ("The desk ended before the mail server %s had the message.") },
  { CURLE_RECV_ERROR, N_ ("The mail server %s ended the connection.") },
  { CURLE_SEND_ERROR, N_ ("The mail server %s ended the connection.") },
  { CURLE_GOT_NOTHING, N_ ("The mail server %s ended the connection.") },
};

/* Answers that speak of our account, whenever they come (RFC 4954, 6). */
static const int about_the_account[] = { 530, 534, 535, 538 };

/* ---- memory ---- */

/* libcurl copies account and password, and what it makes of them to sign in, and wipes none of it. */
static void
wipe_and_free (void *memory)
{
  if (memory != NULL)
    acc_wipe (memory, malloc_usable_size (memory));
  free (memory);
}

static void *
wipe_and_realloc (void *memory, size_t size)
{
  gsize old = memory != NULL ? malloc_usable_size (memory) : 0;
  void *anew = malloc (size);

  if (anew == NULL)
    return NULL;
  if (old > 0)
    memcpy (anew, memory, MIN (old, size));
  wipe_and_free (memory);
  return anew;
}

static void
set_up_curl (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      curl_global_init_mem (CURL_GLOBAL_DEFAULT, malloc, wipe_and_free, wipe_and_realloc, strdup, calloc);
      g_once_init_leave (&done, 1);
    }
}

/* ---- what the server says ---- */

/* The last line of an answer has a space after its code, or nothing but its end (RFC 5321, 4.2.1). libcurl goes by that
 * too, so whatever else is said before the connection is secured is no answer here either. */
static int
find_code (const char *line, gsize length)
{
  if (length < 4 || (line[3] != ' ' && length != strlen ("250\r\n")) || !g_ascii_isdigit (line[0])
      || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]))
    return 0;
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
}

static void
take_line (Talk *self, const char *line, gsize length)
{
  int code = find_code (line, length);
  gsize n = MIN (length, WORDS_MAX);

  if (code == 0)
    return;
  if (code / 100 == PUTS_OFF || code / 100 == REFUSES)
    {
      memcpy (self->words, line, n);
      self->words[n] = '\0';
    }
  if (self->wanted && self->verdict == 0) /* what follows is about the goodbye */
    self->verdict = code;
  self->wanted |= code == CODE_MESSAGE_WANTED;
  self->signed_in |= code == CODE_SIGNED_IN;
}

/* libcurl gives each line by itself. */
static size_t
on_line (char *line, size_t size, size_t n, void *data)
{
  Talk *self = data;
  gsize length = size * n;

  self->heard += length;
  if (self->heard > ANSWERS_BYTES_MAX)
    return 0;
  take_line (self, line, length);
  return length;
}

static size_t
on_wanted (char *buffer, size_t size, size_t n, void *data)
{
  Talk *self = data;
  gsize length = MIN (size * n, self->size - self->given);

  memcpy (buffer, self->data + self->given, length);
  self->given += length;
  return length;
}

/* libcurl tells by its record of the talk alone what it says itself. */
static int
on_record (CURL *curl, curl_infotype type, char *line, size_t size, void *data)
{
  Talk *self = data;

  self->named |= type == CURLINFO_HEADER_OUT && size >= strlen ("RCPT") && g_ascii_strncasecmp (line, "RCPT", 4) == 0;
  return 0;
}

/* When the desk ends, what cannot have arrived is given up at once; once all of the message is given away it may arrive,
 * and the server has a moment to say so. */
static gboolean
is_given_up (Talk *self)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (self->size == 0 || self->given < self->size || self->verdict != 0)
    return TRUE;
  if (self->ends_at == 0)
    self->ends_at = g_get_monotonic_time () + LAST_WORD;
  return g_get_monotonic_time () >= self->ends_at;
}

/* libcurl waits for the answer to the last byte without giving anything back but this, each second. */
static int
on_progress (void *data, curl_off_t download, curl_off_t downloaded, curl_off_t upload, curl_off_t uploaded)
{
  return is_given_up (data);
}

/* ---- how it ended ---- */

static End
find_end (CURL *curl, const Talk *talk, CURLcode code)
{
  long answer = 0;

  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &answer);
  return (End){ code, talk->verdict != 0 ? talk->verdict : (int)answer };
}

/* Whether it would have failed for anybody: it came before the recipient was named, or is about our account. */
static gboolean
is_about_the_door (const Talk *talk, const End *end)
{
  for (guint i = 0; i < G_N_ELEMENTS (about_the_account); i++)
    if (end->answer == about_the_account[i])
      return TRUE;
  return !talk->named && end->answer != CODE_NO_ROOM && end->answer != CODE_TOO_LARGE;
}

/* By the server's own word, where it has said one (RFC 5321, 4.2.1: 4yz may pass, 5yz will not); after the last byte,
 * without a word about it, nobody knows. */
static AccDoorResult
judge (const Talk *talk, const End *end)
{
  if (talk->verdict / 100 == 2 && talk->given == talk->size)
    return ACC_DOOR_HANDED_OVER;
  if (end->code == CURLE_ABORTED_BY_CALLBACK)
    return talk->wanted && talk->given == talk->size ? ACC_DOOR_UNSURE : ACC_DOOR_LATER;
  if (is_about_the_door (talk, end))
    return ACC_DOOR_SHUT;
  if (end->answer / 100 == REFUSES)
    return ACC_DOOR_REFUSED;
  if (end->answer / 100 == PUTS_OFF)
    return ACC_DOOR_LATER;
  return talk->wanted && talk->given == talk->size ? ACC_DOOR_UNSURE : ACC_DOOR_LATER;
}

/* One plain line of the server's words; whatever they are, they are no more than that. */
static char *
dup_words (const Talk *talk)
{
  g_autofree char *valid = g_utf8_make_valid (talk->words, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isprint (g_utf8_get_char (at)))
      g_string_append_unichar (line, g_utf8_get_char (at));
  g_strstrip (line->str);
  return g_string_free (line, FALSE);
}

static char *
describe_code (CURLcode code, const char *server)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].code == code)
      {
        g_autoptr (GString) sentence = g_string_new (_ (failures[i].sentence));

        g_string_replace (sentence, "%s", server, 1);
        return g_strdup (sentence->str);
      }
  return g_strdup_printf (_ ("The mail server %s cannot be used: %s."), server, curl_easy_strerror (code));
}

static void
set_failure (GError **error, const Talk *talk, const End *end, const char *server)
{
  g_autofree char *words = dup_words (talk);
  g_autofree char *sentence = describe_code (end->code, server);

  if (end->code == CURLE_LOGIN_DENIED && end->answer / 100 != PUTS_OFF)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, sentence);
  else if (end->answer / 100 == REFUSES)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("The mail server %s refuses it: “%s”"), server, words);
  else if (end->answer / 100 == PUTS_OFF)
    g_set_error (error, ACC_ERROR, ACC_ERROR_BUSY, _ ("The mail server %s puts it off: “%s”"), server, words);
  else if (judge (talk, end) == ACC_DOOR_UNSURE)
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                 _ ("The mail server %s was given the whole message, and has not said whether it took it."), server);
  else
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_SYSTEM, sentence);
}

/* ---- talking ---- */

static gboolean
set_settings_error (GError **error, const char *sentence)
{
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, sentence);
  return FALSE;
}

/* What the configuration must say before anything is sent. */
static gboolean
check_settings (AccConfig *config, const char *password, GError **error)
{
  const char *server = acc_config_get (config, ACC_CONFIG_MAIL_SERVER);

  if (*server == '\0')
    return set_settings_error (error, _ ("accolade.conf: [mail] server names no mail server."));
  if (*acc_config_get (config, ACC_CONFIG_MAIL_FROM) == '\0')
    return set_settings_error (error, _ ("accolade.conf: [mail] from does not say which address letters come from."));
  if (*acc_config_get (config, ACC_CONFIG_MAIL_USER) != '\0' && password != NULL && *password == '\0')
    return set_settings_error (error, _ ("accolade.conf: [mail] user has no password: set it with “accolade secret set "
                                         "mail”."));
  if (g_str_equal (acc_config_get (config, ACC_CONFIG_MAIL_SECURITY), "none") && !acc_host_is_this_machine (server))
    return set_settings_error (error, _ ("accolade.conf: [mail] security: “none” is for a mail server on this machine, "
                                         "and server names another."));
  return TRUE;
}

/* Nothing of the machine's own settings counts: no proxy, no password file. */
static void
set_connection (CURL *curl, AccConfig *config)
{
  const char *security = acc_config_get (config, ACC_CONFIG_MAIL_SECURITY);
  gboolean from_the_start = g_str_equal (security, "tls");
  gboolean plain = g_str_equal (security, "none");
  long timeout = (long)acc_config_get_int (config, ACC_CONFIG_MAIL_TIMEOUT);
  const char *scheme = from_the_start ? "smtps" : "smtp";
  g_autofree char *url = g_strdup_printf ("%s://%s:%u", scheme, acc_config_get (config, ACC_CONFIG_MAIL_SERVER),
                                          acc_config_get_int (config, ACC_CONFIG_MAIL_PORT));

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, scheme);
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_USE_SSL, plain ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (curl, CURLOPT_CAINFO, acc_config_get (config, ACC_CONFIG_MAIL_CERTIFICATES));
  curl_easy_setopt (curl, CURLOPT_CAPATH, NULL);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, timeout);
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt (curl, CURLOPT_LOW_SPEED_TIME, timeout);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, ALL_TIMES * timeout);
}

static void
set_account (CURL *curl, AccConfig *config, const char *password)
{
  const char *user = acc_config_get (config, ACC_CONFIG_MAIL_USER);

  if (*user == '\0' || password == NULL)
    return;
  curl_easy_setopt (curl, CURLOPT_USERNAME, user);
  curl_easy_setopt (curl, CURLOPT_PASSWORD, password);
  /* Not as whoever is signed in to the machine. */
  curl_easy_setopt (curl, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
}

static CURL *
open_talk (AccConfig *config, const char *password, Talk *talk)
{
  CURL *curl;

  set_up_curl ();
  curl = curl_easy_init ();
  g_assert (curl != NULL);
  set_connection (curl, config);
  set_account (curl, config, password);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, on_line);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, talk);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, on_line);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, talk);
  curl_easy_setopt (curl, CURLOPT_DEBUGFUNCTION, on_record);
  curl_easy_setopt (curl, CURLOPT_DEBUGDATA, talk);
  curl_easy_setopt (curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt (curl, CURLOPT_FORBID_REUSE, 1L); /* the goodbye is said while on_progress is still asked */
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, talk);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  return curl;
}

/* Waits for the server, libcurl's own times, or the desk's end. */
static void
wait_for_more (CURLM *multi, const Talk *talk, int wake)
{
  gboolean ends = g_cancellable_is_cancelled (talk->cancellable);
  struct curl_waitfd woken = { .fd = wake, .events = CURL_WAIT_POLLIN };
  gint64 left = ends ? CLAMP ((talk->ends_at - g_get_monotonic_time ()) / 1000, 0, POLL_MS) : POLL_MS;

  curl_multi_poll (multi, &woken, wake >= 0 && !ends ? 1 : 0, (int) left, NULL);
}

static CURLcode
read_result (CURLM *multi)
{
  int left;
  const CURLMsg *message = curl_multi_info_read (multi, &left);

  return message != NULL && message->msg == CURLMSG_DONE ? message->data.result : CURLE_OUT_OF_MEMORY;
}

/* As curl_easy_perform, but the end of the desk wakes it. */
static CURLcode
perform (CURL *curl, Talk *talk)
{
  CURLM *multi = curl_multi_init ();
  int wake = g_cancellable_get_fd (talk->cancellable);
  int running = 1;
  CURLcode code;

  g_assert (multi != NULL);
  curl_multi_add_handle (multi, curl);
  while (!is_given_up (talk) && curl_multi_perform (multi, &running) == CURLM_OK && running > 0 && !is_given_up (talk))
    wait_for_more (multi, talk, wake);
  code = running > 0 && is_given_up (talk) ? CURLE_ABORTED_BY_CALLBACK : read_result (multi);
  if (code == CURLE_ABORTED_BY_CALLBACK)
    curl_easy_setopt (curl, CURLOPT_QUICK_EXIT, 1L); /* a name that is still being looked up is waited for no longer */
  curl_multi_remove_handle (multi, curl);
  curl_multi_cleanup (multi);
  if (wake >= 0)
    g_cancellable_release_fd (talk->cancellable);
  return code;
}

AccDoorResult
acc_smtp_send (AccConfig *config, const char *password, const char *address, GBytes *message, GCancellable *cancellable,
               GError **error)
{
  g_return_val_if_fail (ACC_IS_CONFIG (config) && password != NULL, ACC_DOOR_LATER);
  g_return_val_if_fail (address != NULL && acc_mail_address_is_valid (address), ACC_DOOR_REFUSED);
  g_return_val_if_fail (message != NULL, ACC_DOOR_LATER);

  Talk talk = { .cancellable = cancellable };
  struct curl_slist *recipients = NULL;
  AccDoorResult result;
  CURL *curl;
  End end;

  if (!check_settings (config, password, error))
    return ACC_DOOR_SHUT;
  talk.data = g_bytes_get_data (message, &talk.size);
  curl = open_talk (config, password, &talk);
  recipients = curl_slist_append (NULL, address);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, acc_config_get (config, ACC_CONFIG_MAIL_FROM));
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, on_wanted);
  curl_easy_setopt (curl, CURLOPT_READDATA, &talk);
  curl_easy_setopt (curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)talk.size); /* a server may refuse it by its size */
  end = find_end (curl, &talk, perform (curl, &talk));
  result = judge (&talk, &end);
  if (result != ACC_DOOR_HANDED_OVER)
    set_failure (error, &talk, &end, acc_config_get (config, ACC_CONFIG_MAIL_SERVER));
  curl_easy_cleanup (curl);
  curl_slist_free_all (recipients);
  return result;
}

gboolean
acc_smtp_check (AccConfig *config, const char *password, GError **error)
{
  g_return_val_if_fail (ACC_IS_CONFIG (config), FALSE);

  gboolean signs_in = password != NULL && *acc_config_get (config, ACC_CONFIG_MAIL_USER) != '\0';
  const char *server = acc_config_get (config, ACC_CONFIG_MAIL_SERVER);
  Talk talk = { NULL };
  CURL *curl;
  End end;

  if (!check_settings (config, password, error))
    return FALSE;
  curl = open_talk (config, password, &talk);
  curl_easy_setopt (curl, CURLOPT_CONNECT_ONLY, 1L);
  end = find_end (curl, &talk, curl_easy_perform (curl));
  curl_easy_cleanup (curl);
  if (end.code != CURLE_OK)
    set_failure (error, &talk, &end, server);
  else if (signs_in && !talk.signed_in)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                 _ ("The mail server %s offers no way to sign in with a password: see [mail] user."), server);
  return end.code == CURLE_OK && (!signs_in || talk.signed_in);
}
