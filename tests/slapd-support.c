/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slapd-support.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define SLAPD "/usr/sbin/slapd"
#define SLAPADD "/usr/sbin/slapadd"
#define ANSWERS_WITHIN (60 * G_USEC_PER_SEC)
#define BETWEEN_TRIES 20000 /* microseconds */
/* Below those that the kernel gives to whoever wants any: no connection of another program takes one meanwhile. */
#define FIRST_PORT 20000
#define LAST_PORT 30000

gboolean
slapd_is_here (void)
{
  return g_file_test (SLAPD, G_FILE_TEST_IS_EXECUTABLE) && g_file_test (SLAPADD, G_FILE_TEST_IS_EXECUTABLE);
}

GSocket *
slapd_new_silent (guint16 *port)
{
  g_autoptr (GInetAddress) here = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (here, 0), bound = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  bound = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

/* A port that nobody listens at, and that no other test is given: tests/ports.py keeps to the same marks. */
static void
take_port (Slapd *slapd)
{
  g_autoptr (GInetAddress) here = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  for (guint16 port = FIRST_PORT; port < LAST_PORT; port++)
    {
      g_autofree char *name = g_strdup_printf ("accolade-test-port-%u", port);
      g_autoptr (GSocketAddress) sign = g_unix_socket_address_new_with_type (name, -1, G_UNIX_SOCKET_ADDRESS_ABSTRACT);
      g_autoptr (GSocketAddress) address = g_inet_socket_address_new (here, port);
      g_autoptr (GSocket) mark
        = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
      g_autoptr (GSocket) taken
        = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

      if (g_socket_bind (mark, sign, FALSE, NULL) && g_socket_bind (taken, address, FALSE, NULL))
        {
          slapd->mark = g_steal_pointer (&mark);
          slapd->port = port;
          return;
        }
    }
  g_error ("every port is taken");
}

static char *
write_file (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
fill (const char *settings, const char *seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, SLAPADD, "-q", "-f", settings,
                                                      "-l", seed, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
wait_for_answer (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  gint64 deadline = g_get_monotonic_time () + ANSWERS_WITHIN;

  for (;;)
    {
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (connection != NULL)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_usleep (BETWEEN_TRIES); /* it tells nobody when it is ready */
    }
}

void
slapd_start (Slapd *slapd, const char *home, const char *ldif)
{
  static const char schemas[] = "include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n"
                                "include /etc/ldap/schema/inetorgperson.schema\n";
  g_autofree char *data = g_build_filename (home, "slapd", NULL), *text = NULL, *settings = NULL, *seed = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  text = g_strdup_printf ("%smodulepath /usr/lib/ldap\nmoduleload back_mdb\ndatabase mdb\nsuffix dc=bank,dc=example\n"
                          "directory %s\nmaxsize 104857600\naccess to * by * read\n",
                          schemas, data);
  settings = write_file (home, "slapd.conf", text);
  seed = write_file (home, "seed.ldif", ldif);
  fill (settings, seed);
  take_port (slapd);
  address = g_strdup_printf ("ldap://127.0.0.1:%u/", slapd->port);
  slapd->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, SLAPD, "-d", "0", "-f", settings, "-h", address,
                                     NULL);
  g_assert_no_error (error);
  wait_for_answer (slapd->port);
}

void
slapd_stop (Slapd *slapd)
{
  if (slapd->process == NULL)
    return;
  g_subprocess_send_signal (slapd->process, SIGTERM);
  g_subprocess_wait (slapd->process, NULL, NULL);
  g_clear_object (&slapd->process);
  g_clear_object (&slapd->mark);
}
