/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/ldap-server-private.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/host.h"
#include "base/file.h"
#include "staff/socket-watch-private.h"

#include <gio/gio.h>
#include <lber.h>
#include <ldap.h>
#include <signal.h>
#include <string.h>

#define PAGE 500                               /* entries: the least that servers give at once, as they are installed */
#define PATIENCE (10 * 60 * G_USEC_PER_SEC)    /* in all */
#define MESSAGE_BYTES_MAX ((ber_len_t) 1 << 20) /* of one entry; the attributes asked for are short */
#define WORDS_MAX 200                          /* bytes of the server's own words in a sentence */
#define CERTIFICATES_BYTES_MAX ((gsize) 4 << 20)

struct _AccLdapServer {
  LDAP *ld;
  AccSocketWatch *watch;
  GCancellable *cancellable; /* ends the connection; NULL: nobody will */
  gulong cancelling;
  sigset_t before; /* the thread's signals */
  AccConfig *config;
  const char *address; /* the following are lent by the configuration */
  const char *base;
  const char *filter;
  guint timeout;   /* seconds */
  gint64 deadline; /* since boot */
};

typedef enum { STEP_CONNECT, STEP_TLS, STEP_BIND, STEP_SEARCH, STEP_ANY } Step;

/* What a result code (RFC 4511, section 4.1.9, or one of libldap's own) means at each step, and what to do. The first
 * row that fits. */
static const struct {
  Step step;
  int code;
  AccError error;
  const char *sentence; /* after "the server ADDRESS" */
} failures[] = {
  /* nobody listens, or no such host */
  { STEP_CONNECT, LDAP_SERVER_DOWN, ACC_ERROR_SYSTEM, "cannot be reached: see [directory] address" },
  { STEP_CONNECT, LDAP_CONNECT_ERROR, ACC_ERROR_SYSTEM, "cannot be reached: see [directory] address" },
  /* a certificate that is signed by another, of another host, or too old */
  { STEP_TLS, LDAP_CONNECT_ERROR, ACC_ERROR_SYSTEM,
    "has no certificate that can be trusted: see [directory] certificate_authority, and the host in address" },
  { STEP_TLS, LDAP_PROTOCOL_ERROR, ACC_ERROR_SYSTEM, "does not offer StartTLS: try ldaps:// in [directory] address" },
  { STEP_TLS, LDAP_UNAVAILABLE, ACC_ERROR_SYSTEM, "does not offer StartTLS: try ldaps:// in [directory] address" },
  { STEP_TLS, LDAP_UNWILLING_TO_PERFORM, ACC_ERROR_SYSTEM,
    "does not offer StartTLS: try ldaps:// in [directory] address" },
  { STEP_TLS, LDAP_SERVER_DOWN, ACC_ERROR_SYSTEM, "ended the connection instead of securing it" },
  /* many servers say the same of a name and a password that they do not know */
  { STEP_BIND, LDAP_INVALID_CREDENTIALS, ACC_ERROR_INPUT,
    "does not know this account and password: see [directory] bind_name, and “accolade secret set directory”" },
  { STEP_BIND, LDAP_INVALID_DN_SYNTAX, ACC_ERROR_INPUT, "takes [directory] bind_name for no distinguished name" },
  { STEP_BIND, LDAP_INAPPROPRIATE_AUTH, ACC_ERROR_INPUT, "lets nobody in without an account: see [directory] bind_name" },
  { STEP_SEARCH, LDAP_NO_SUCH_OBJECT, ACC_ERROR_INPUT,
    "has no such [directory] base, or does not let the account see it" },
  { STEP_SEARCH, LDAP_INVALID_DN_SYNTAX, ACC_ERROR_INPUT, "takes [directory] base for no distinguished name" },
  { STEP_SEARCH, LDAP_FILTER_ERROR, ACC_ERROR_INPUT, "cannot be asked by this [directory] filter" },
  /* part of a directory would take the others away */
  { STEP_SEARCH, LDAP_SIZELIMIT_EXCEEDED, ACC_ERROR_SYSTEM,
    "gives this account only a part of the entries: its size limit must be raised" },
  { STEP_SEARCH, LDAP_ADMINLIMIT_EXCEEDED, ACC_ERROR_SYSTEM,
    "gives this account only a part of the entries: its size limit must be raised" },
  { STEP_SEARCH, LDAP_TIMELIMIT_EXCEEDED, ACC_ERROR_SYSTEM, "took longer than its own time limit: it must be raised" },
  { STEP_SEARCH, LDAP_UNAVAILABLE_CRITICAL_EXTENSION, ACC_ERROR_SYSTEM, "cannot give its entries page by page" },
  { STEP_ANY, LDAP_REFERRAL, ACC_ERROR_INPUT,
    "sends us to another one: name that in [directory] address, or a base that this one has" },
  { STEP_ANY, LDAP_CONFIDENTIALITY_REQUIRED, ACC_ERROR_INPUT, "asks for a secured connection: see [directory] security" },
  { STEP_ANY, LDAP_INSUFFICIENT_ACCESS, ACC_ERROR_SYSTEM, "does not let this account read people" },
  { STEP_ANY, LDAP_STRONG_AUTH_REQUIRED, ACC_ERROR_INPUT, "lets nobody in without an account: see [directory] bind_name" },
  { STEP_ANY, LDAP_TIMEOUT, ACC_ERROR_SYSTEM, "does not answer within [directory] timeout" },
  { STEP_ANY, LDAP_BUSY, ACC_ERROR_BUSY, "is busy" },
  { STEP_ANY, LDAP_UNAVAILABLE, ACC_ERROR_BUSY, "is shutting down" },
  { STEP_ANY, LDAP_SERVER_DOWN, ACC_ERROR_SYSTEM, "ended the connection" },
};

/* ---- failing ---- */

/* The server's own words are untrusted: one line of them, and no longer than a line. */
static void
set_failure (GError **error, const AccLdapServer *self, Step step, int code, const char *words)
{
  g_autofree char *detail = words != NULL ? g_utf8_make_valid (words, (gssize) strnlen (words, WORDS_MAX)) : NULL;
  AccError of = ACC_ERROR_SYSTEM;
  const char *sentence = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (failures) && sentence == NULL; i++)
    if (failures[i].code == code && (failures[i].step == step || failures[i].step == STEP_ANY))
      {
        sentence = failures[i].sentence;
        of = failures[i].error;
      }
  if (sentence == NULL && (detail == NULL || *detail == '\0'))
    detail = g_strdup (ldap_err2string (code));
  g_set_error (error, ACC_ERROR, (int) of, "the server %s %s%s%s%s.", self->address,
               sentence != NULL ? sentence : "refuses", detail != NULL && *detail != '\0' ? " (" : "",
               detail != NULL ? detail : "", detail != NULL && *detail != '\0' ? ")" : "");
}

/* With the words that libldap has of the last failure. */
static void
set_last_failure (GError **error, const AccLdapServer *self, Step step, int code)
{
  char *words = NULL;

  ldap_get_option (self->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &words);
  if (words != NULL && words[0] == '(') /* "(unknown error code)": GnuTLS has no words for it */
    words[0] = '\0';
  set_failure (error, self, step, code, words);
  ldap_memfree (words);
}

static void
set_input_error (GError **error, const char *message)
{
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, message);
}

/* ---- opening ---- */

/* What the configuration must say before anything is sent. */
static gboolean
check_settings (AccConfig *config, const char *password, GError **error)
{
  const char *address = acc_config_get (config, ACC_CONFIG_DIRECTORY_ADDRESS);
  gboolean plain = g_str_equal (acc_config_get (config, ACC_CONFIG_DIRECTORY_SECURITY), "none");
  gboolean named = *acc_config_get (config, ACC_CONFIG_DIRECTORY_BIND_NAME) != '\0';
  g_autofree char *host = NULL;

  if (*address == '\0')
    set_input_error (error, "accolade.conf: [directory] address names no LDAP server.");
  else if (*acc_config_get (config, ACC_CONFIG_DIRECTORY_BASE) == '\0')
    set_input_error (error, "accolade.conf: [directory] base does not say below what people are looked for.");
  else if (named && *password == '\0') /* an empty one signs in as nobody, and looks as if it were right: RFC 4513, 5.1.2 */
    set_input_error (error, "accolade.conf: [directory] bind_name has no password: set it with “accolade secret set"
                            " directory”.");
  else if (plain && (!g_uri_split_network (address, G_URI_FLAGS_NONE, NULL, &host, NULL, NULL) || !acc_host_is_this_machine (host)))
    set_input_error (error, "accolade.conf: [directory] security: “none” is for a server on this machine, and address"
                            " names another.");
  else
    return TRUE;
  return FALSE;
}

/* ldaps secures the connection before anything is said; which is told apart from connecting, to say what failed. */
static char *
make_plain_address (const char *address)
{
  g_autofree char *host = NULL;
  int port = -1;

  if (!g_str_has_prefix (address, "ldaps:"))
    return g_strdup (address);
  g_uri_split_network (address, G_URI_FLAGS_NONE, NULL, &host, &port, NULL);
  return g_strdup_printf (strchr (host, ':') != NULL ? "ldap://[%s]:%d" : "ldap://%s:%d", host,
                          port > 0 ? port : LDAPS_PORT);
}

/* Each of the server's answers is waited for between these two. What libldap says of a connection that was ended is that
 * it took too long. */
static void
begin_wait (AccLdapServer *self)
{
  gint64 left = (self->deadline - acc_clock_boot ()) / G_USEC_PER_SEC;

  acc_socket_watch_arm (self->watch, (guint) CLAMP (left, 0, (gint64) self->timeout));
}

static int
end_wait (AccLdapServer *self, int code)
{
  return acc_socket_watch_disarm (self->watch) && code != LDAP_SUCCESS ? LDAP_TIMEOUT : code;
}

/* The next message that answers request @id; NULL with @error where none comes in time. */
static LDAPMessage *
wait_for_message (AccLdapServer *self, int id, Step step, GError **error)
{
  struct timeval wait = { .tv_sec = (time_t) self->timeout };
  LDAPMessage *message = NULL;
  int code = LDAP_TIMEOUT, kind;

  begin_wait (self);
  kind = ldap_result (self->ld, id, LDAP_MSG_ONE, &wait, &message);
  if (kind < 0)
    ldap_get_option (self->ld, LDAP_OPT_RESULT_CODE, &code);
  code = end_wait (self, kind > 0 ? LDAP_SUCCESS : code);
  if (code != LDAP_SUCCESS)
    set_failure (error, self, step, code, NULL);
  return message;
}

/* The one message of @kind that answers request @id. libldap's own calls that wait would keep, without end, all that
 * comes before it. */
static gboolean
wait_for_result (AccLdapServer *self, int id, int kind, Step step, GError **error)
{
  LDAPMessage *message = wait_for_message (self, id, step, error);
  int code = LDAP_DECODING_ERROR, parsed = LDAP_SUCCESS;

  if (message == NULL)
    return FALSE;
  if (ldap_msgtype (message) == kind)
    parsed = ldap_parse_result (self->ld, message, &code, NULL, NULL, NULL, NULL, 0);
  ldap_msgfree (message);
  if (parsed != LDAP_SUCCESS)
    code = parsed;
  if (code != LDAP_SUCCESS)
    set_last_failure (error, self, step, code);
  return code == LDAP_SUCCESS;
}

/* Whatever the machine's own ldap.conf says is set over. */
static gboolean
set_options (AccLdapServer *self)
{
  const int version = LDAP_VERSION3, never = LDAP_DEREF_NEVER, no_limit = LDAP_NO_LIMIT;
  const struct timeval wait = { .tv_sec = (time_t) self->timeout };
  ber_len_t most = MESSAGE_BYTES_MAX;
  Sockbuf *buffer = NULL;

  return ldap_set_option (self->ld, LDAP_OPT_PROTOCOL_VERSION, &version) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_DEREF, &never) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_SIZELIMIT, &no_limit) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_TIMELIMIT, &no_limit) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_NETWORK_TIMEOUT, &wait) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_TIMEOUT, &wait) == LDAP_OPT_SUCCESS
         && ldap_get_option (self->ld, LDAP_OPT_SOCKBUF, &buffer) == LDAP_OPT_SUCCESS
         && ber_sockbuf_ctrl (buffer, LBER_SB_OPT_SET_MAX_INCOMING, &most) > 0;
}

/* A certificate's subject counts only where it has no other names (RFC 4513, 3.1.3): libldap by itself takes either. */
static gboolean
set_tls_options (AccLdapServer *self, const char *certificates)
{
  const int demand = LDAP_OPT_X_TLS_DEMAND, names_first = LDAP_OPT_X_TLS_TRY;
  const int tls_1_2 = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2, as_client = 0;

  return ldap_set_option (self->ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_X_TLS_REQUIRE_SAN, &names_first) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_X_TLS_PROTOCOL_MIN, &tls_1_2) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_X_TLS_CACERTDIR, NULL) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_X_TLS_CACERTFILE, certificates) == LDAP_OPT_SUCCESS
         && ldap_set_option (self->ld, LDAP_OPT_X_TLS_NEWCTX, &as_client) == LDAP_OPT_SUCCESS;
}

static gboolean
ask_for_tls (AccLdapServer *self, GError **error)
{
  int id = -1, code = ldap_start_tls (self->ld, NULL, NULL, &id);

  if (code == LDAP_SUCCESS)
    return wait_for_result (self, id, LDAP_RES_EXTENDED, STEP_TLS, error);
  set_last_failure (error, self, STEP_TLS, code);
  return FALSE;
}

static gboolean
shake_hands (AccLdapServer *self, GError **error)
{
  int code;

  begin_wait (self);
  code = end_wait (self, ldap_install_tls (self->ld));
  if (code != LDAP_SUCCESS)
    set_last_failure (error, self, STEP_TLS, code);
  return code == LDAP_SUCCESS;
}

static gboolean
secure (AccLdapServer *self, GError **error)
{
  const char *certificates = acc_config_get (self->config, ACC_CONFIG_DIRECTORY_CERTIFICATES);
  gboolean by_ldaps = g_str_has_prefix (self->address, "ldaps:");
  g_autoptr (GBytes) readable = NULL;

  if (!by_ldaps && g_str_equal (acc_config_get (self->config, ACC_CONFIG_DIRECTORY_SECURITY), "none"))
    return TRUE;
  readable = acc_file_read (certificates, CERTIFICATES_BYTES_MAX, error);
  if (readable == NULL)
    {
      g_prefix_error (error, "[directory] certificate_authority: ");
      return FALSE;
    }
  if (!set_tls_options (self, certificates))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   "[directory] certificate_authority: %s holds no certificates that can be used.", certificates);
      return FALSE;
    }
  return (by_ldaps || ask_for_tls (self, error)) && shake_hands (self, error);
}

static gboolean
sign_in (AccLdapServer *self, const char *password, GError **error)
{
  const char *name = acc_config_get (self->config, ACC_CONFIG_DIRECTORY_BIND_NAME);
  struct berval credentials = { 0, NULL };
  int id = -1, code;

  if (*name != '\0')
    credentials = (struct berval){ strlen (password), (char *) password };
  code = ldap_sasl_bind (self->ld, name, LDAP_SASL_SIMPLE, &credentials, NULL, NULL, &id);
  if (code == LDAP_SUCCESS)
    return wait_for_result (self, id, LDAP_RES_BIND, STEP_BIND, error);
  set_last_failure (error, self, STEP_BIND, code);
  return FALSE;
}

/* libldap writes to a connection that is gone as if it were there: that is told by its result, not by a signal that would
 * end the program. Signals are a thread's own. */
static void
hold_broken_pipes (AccLdapServer *self)
{
  sigset_t broken;

  sigemptyset (&broken);
  sigaddset (&broken, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &broken, &self->before);
}

static void
let_signals_go (AccLdapServer *self)
{
  const struct timespec now = { 0 };
  sigset_t broken;

  sigemptyset (&broken);
  sigaddset (&broken, SIGPIPE);
  if (!sigismember (&self->before, SIGPIPE))
    while (sigtimedwait (&broken, NULL, &now) > 0)
      ;
  pthread_sigmask (SIG_SETMASK, &self->before, NULL);
}

/* While connecting, libldap minds the time itself. With that timeout it would try a handshake over and over without
 * waiting for anything. */
static void
on_cancelled (GCancellable *cancellable, gpointer watch)
{
  acc_socket_watch_end (watch);
}

static int
watch_connection (AccLdapServer *self)
{
  const struct timeval none = { .tv_sec = -1 };
  int socket = -1;

  if (ldap_get_option (self->ld, LDAP_OPT_DESC, &socket) != LDAP_OPT_SUCCESS
      || ldap_set_option (self->ld, LDAP_OPT_NETWORK_TIMEOUT, &none) != LDAP_OPT_SUCCESS)
    return LDAP_LOCAL_ERROR;
  self->watch = acc_socket_watch_new (socket);
  if (self->cancellable != NULL)
    self->cancelling = g_cancellable_connect (self->cancellable, G_CALLBACK (on_cancelled), self->watch, NULL);
  return LDAP_SUCCESS;
}

static gboolean
connect_to (AccLdapServer *self, GError **error)
{
  g_autofree char *address = make_plain_address (self->address);
  int code = ldap_initialize (&self->ld, address);

  if (code == LDAP_SUCCESS && !set_options (self))
    code = LDAP_LOCAL_ERROR;
  if (code == LDAP_SUCCESS)
    code = ldap_connect (self->ld);
  if (code == LDAP_SUCCESS)
    code = watch_connection (self);
  if (code == LDAP_SUCCESS)
    return TRUE;
  set_failure (error, self, STEP_CONNECT, code, NULL);
  return FALSE;
}

AccLdapServer *
acc_ldap_server_open (AccConfig *config, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (AccLdapServer) self = NULL;

  g_return_val_if_fail (ACC_IS_CONFIG (config) && password != NULL, NULL);

  if (!check_settings (config, password, error))
    return NULL;
  self = g_new0 (AccLdapServer, 1);
  hold_broken_pipes (self);
  self->config = g_object_ref (config);
  g_set_object (&self->cancellable, cancellable);
  self->address = acc_config_get (config, ACC_CONFIG_DIRECTORY_ADDRESS);
  self->base = acc_config_get (config, ACC_CONFIG_DIRECTORY_BASE);
  self->filter = acc_config_get (config, ACC_CONFIG_DIRECTORY_FILTER);
  self->timeout = acc_config_get_int (config, ACC_CONFIG_DIRECTORY_TIMEOUT);
  self->deadline = acc_clock_boot () + PATIENCE;
  if (!connect_to (self, error) || !secure (self, error) || !sign_in (self, password, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
acc_ldap_server_close (AccLdapServer *self)
{
  if (self == NULL)
    return;
  g_cancellable_disconnect (self->cancellable, self->cancelling);
  g_clear_object (&self->cancellable);
  acc_socket_watch_free (self->watch);
  if (self->ld != NULL)
    ldap_unbind_ext (self->ld, NULL, NULL);
  let_signals_go (self);
  g_object_unref (self->config);
  g_free (self);
}

/* ---- reading ---- */

typedef struct {
  AccLdapTake take;
  gpointer data;
  const char *const *attributes;
  struct berval cookie; /* of the next page; none after the last */
} Reading;

static GPtrArray *
get_values (LDAP *ld, LDAPMessage *message, const char *attribute)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  struct berval **given = ldap_get_values_len (ld, message, attribute);

  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    g_ptr_array_add (values, g_bytes_new (given[i]->bv_val, given[i]->bv_len));
  ldap_value_free_len (given);
  return values;
}

static gboolean
take_entry (AccLdapServer *self, LDAPMessage *message, const Reading *reading, GError **error)
{
  g_autoptr (GHashTable) values
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  AccLdapEntry entry = { NULL, values };
  char *dn = ldap_get_dn (self->ld, message);
  BerElement *place = NULL;
  gboolean taken;

  for (char *attribute = ldap_first_attribute (self->ld, message, &place); attribute != NULL;
       attribute = ldap_next_attribute (self->ld, message, place))
    {
      g_hash_table_replace (values, g_ascii_strdown (attribute, -1), get_values (self->ld, message, attribute));
      ldap_memfree (attribute);
    }
  ber_free (place, 0);
  entry.dn = dn != NULL ? dn : "";
  taken = reading->take (&entry, reading->data, error);
  ldap_memfree (dn);
  return taken;
}

/* Part of the directory lies elsewhere, and is not followed: without it, people would seem to have left. */
static gboolean
refuse_reference (AccLdapServer *self, LDAPMessage *message, GError **error)
{
  char **references = NULL;

  ldap_parse_reference (self->ld, message, &references, NULL, 0);
  set_failure (error, self, STEP_SEARCH, LDAP_REFERRAL, references != NULL ? references[0] : NULL);
  ldap_memvfree ((void **) references);
  return FALSE;
}

static void
keep_cookie (AccLdapServer *self, LDAPControl **controls, Reading *reading)
{
  LDAPControl *control = ldap_control_find (LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
  ber_int_t estimate = 0;

  ber_memfree (reading->cookie.bv_val);
  reading->cookie = (struct berval){ 0, NULL };
  if (control != NULL)
    ldap_parse_pageresponse_control (self->ld, control, &estimate, &reading->cookie);
}

static gboolean
take_result (AccLdapServer *self, LDAPMessage *message, Reading *reading, int *code, GError **error)
{
  char *words = NULL, **referrals = NULL;
  LDAPControl **controls = NULL;
  int parsed = ldap_parse_result (self->ld, message, code, NULL, &words, &referrals, &controls, 0);

  if (parsed != LDAP_SUCCESS)
    *code = parsed;
  if (*code == LDAP_SUCCESS)
    keep_cookie (self, controls, reading);
  else
    set_failure (error, self, STEP_SEARCH, *code, referrals != NULL ? referrals[0] : words);
  ldap_memfree (words);
  ldap_memvfree ((void **) referrals);
  ldap_controls_free (controls);
  return *code == LDAP_SUCCESS;
}

/* One search to its end. *@code is the server's own answer where it failed by that. */
static gboolean
take_messages (AccLdapServer *self, int search, Reading *reading, int *code, GError **error)
{
  gboolean good = TRUE, ended = FALSE;

  while (good && !ended)
    {
      LDAPMessage *message = wait_for_message (self, search, STEP_SEARCH, error);

      if (message == NULL)
        return FALSE;
      switch (ldap_msgtype (message))
        {
        case LDAP_RES_SEARCH_ENTRY:
          good = take_entry (self, message, reading, error);
          break;
        case LDAP_RES_SEARCH_REFERENCE:
          good = refuse_reference (self, message, error);
          break;
        case LDAP_RES_SEARCH_RESULT:
          good = take_result (self, message, reading, code, error);
          ended = TRUE;
          break;
        default: /* an intermediate response (RFC 4511, section 4.13) tells nothing that was asked */
          break;
        }
      ldap_msgfree (message);
    }
  return good;
}

static gboolean
ask (AccLdapServer *self, const char *base, int scope, LDAPControl *control, Reading *reading, int *code, GError **error)
{
  LDAPControl *controls[] = { control, NULL };
  int search = -1;

  *code = ldap_search_ext (self->ld, base, scope, self->filter, (char **) reading->attributes, 0, controls, NULL, NULL,
                           LDAP_NO_LIMIT, &search);
  if (*code == LDAP_SUCCESS)
    return take_messages (self, search, reading, code, error);
  set_last_failure (error, self, STEP_SEARCH, *code);
  return FALSE;
}

static gboolean
ask_page (AccLdapServer *self, Reading *reading, GError **error)
{
  LDAPControl *control = NULL;
  int code = ldap_create_page_control (self->ld, PAGE, &reading->cookie, TRUE, &control);
  gboolean good;

  if (code != LDAP_SUCCESS)
    {
      set_last_failure (error, self, STEP_SEARCH, code);
      return FALSE;
    }
  good = ask (self, self->base, LDAP_SCOPE_SUBTREE, control, reading, &code, error);
  ldap_control_free (control);
  return good;
}

gboolean
acc_ldap_server_search (AccLdapServer *self, const char *const *attributes, AccLdapTake take, gpointer data,
                        GError **error)
{
  Reading reading = { take, data, attributes };
  gboolean good;

  g_return_val_if_fail (self != NULL && attributes != NULL && take != NULL, FALSE);

  do
    good = ask_page (self, &reading, error);
  while (good && reading.cookie.bv_len > 0);
  ber_memfree (reading.cookie.bv_val);
  return good;
}

gboolean
acc_ldap_server_read (AccLdapServer *self, const char *dn, const char *const *attributes, AccLdapTake take,
                      gpointer data, GError **error)
{
  Reading reading = { take, data, attributes };
  g_autoptr (GError) local = NULL;
  int code = LDAP_SUCCESS;

  g_return_val_if_fail (self != NULL && dn != NULL && attributes != NULL && take != NULL, FALSE);

  if (ask (self, dn, LDAP_SCOPE_BASE, NULL, &reading, &code, &local) || code == LDAP_NO_SUCH_OBJECT
      || code == LDAP_REFERRAL || code == LDAP_INSUFFICIENT_ACCESS)
    return TRUE; /* there is none for us, or it stands in another server */
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- names ---- */

char *
acc_ldap_dn_to_key (const char *dn)
{
  char *written = NULL, *key = NULL;

  g_return_val_if_fail (dn != NULL, NULL);

  if (*dn != '\0' && ldap_dn_normalize (dn, LDAP_DN_FORMAT_LDAPV3, &written, LDAP_DN_FORMAT_LDAPV3) == LDAP_SUCCESS)
    key = g_utf8_validate (written, -1, NULL) ? g_utf8_casefold (written, -1) : NULL;
  ldap_memfree (written);
  return key;
}
