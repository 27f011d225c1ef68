/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's check of the mail: the server is asked for real, but nothing is sent; where the answers arrive. */
#include "cli/doctor-private.h"

#include "base/mail-address.h"
#include "route/smtp.h"

/* What accolade.conf must say beside the server, and what to do where it does not. */
static const struct {
  AccConfigKey key;
  const char *sentence, *remedy;
} needed[] = {
  /* without it nothing is mailed */
  { ACC_CONFIG_MAIL_FROM, "Nothing goes by mail: no address is named that letters come from.",
    "Set from= under [mail] of accolade.conf." },
  { ACC_CONFIG_MAIL_DOMAINS, "Nothing goes by mail: no domain is named that letters may be mailed to.",
    "Set allowed_domains= under [mail] of accolade.conf." },
};

static void
check_personnel (AccDoctor *self)
{
  const char *address = acc_config_get (self->config, ACC_CONFIG_MAIL_PERSONNEL);

  if (*address != '\0' && !acc_mail_address_is_in (address, acc_config_get (self->config, ACC_CONFIG_MAIL_DOMAINS)))
    acc_doctor_say (self, ACC_FINDING_LOOK, "Add its domain to allowed_domains= under [mail] of accolade.conf.",
                    "Letters for the personnel files go by no mail: %s is in no domain that may be mailed to.",
                    address);
}

static void
ask_server (AccDoctor *self)
{
  const char *server = acc_config_get (self->config, ACC_CONFIG_MAIL_SERVER);
  gboolean has_account = *acc_config_get (self->config, ACC_CONFIG_MAIL_USER) != '\0';
  gboolean plain = g_str_equal (acc_config_get (self->config, ACC_CONFIG_MAIL_SECURITY), "none");
  const char *how = plain ? "on this machine answers" : "answers over a secured connection";
  g_autoptr (GError) error = NULL;

  if (!acc_smtp_check (self->config, self->mail_password, &error))
    acc_doctor_say_error (self, ACC_FINDING_ACT,
                          "See [mail] of accolade.conf, and whether this machine may reach the server.", error);
  else if (!has_account)
    acc_doctor_say (self, ACC_FINDING_OK, "", "The mail server %s %s.", server, how);
  else if (self->mail_password != NULL)
    acc_doctor_say (self, ACC_FINDING_OK, "", "The mail server %s %s, and accepts the account and its password.",
                    server, how);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "With --passphrase-file doctor tries the password, too.",
                    "The mail server %s %s. The account's password was not tried.", server, how);
}

/* ---- answers ---- */

/* NULL: it is a maildir that this user may read; else why not. */
static char *
find_maildir_fault (const char *maildir)
{
  static const char *const folders[] = { "new", "cur" }; /* maildir(5); the program never writes to tmp/ */

  if (!g_file_test (maildir, G_FILE_TEST_EXISTS))
    return g_strdup_printf ("Answers by mail are not read: %s is not there.", maildir);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (maildir, folders[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_strdup_printf ("Answers by mail are not read: %s is no maildir, it has no folder “%s”.", maildir,
                                folders[i]);
    }
  return NULL;
}

static gboolean
is_maildir_denied (const char *maildir)
{
  g_autofree char *new_mail = g_build_filename (maildir, "new", NULL), *read_mail = g_build_filename (maildir, "cur", NULL);

  return acc_doctor_is_denied (maildir) || acc_doctor_is_denied (new_mail) || acc_doctor_is_denied (read_mail);
}

static void
check_replies (AccDoctor *self)
{
  const char *maildir = acc_config_get (self->config, ACC_CONFIG_MAIL_REPLIES);
  g_autofree char *fault = NULL;

  if (*maildir == '\0')
    return;
  if (is_maildir_denied (maildir))
    acc_doctor_say (self, ACC_FINDING_LOOK, "Let the desk’s user read it, and run doctor as that user.",
                    "%s, where answers by mail arrive, cannot be read by this user.", maildir);
  else if ((fault = find_maildir_fault (maildir)) != NULL)
    acc_doctor_say (self, ACC_FINDING_ACT, "Correct replies= under [mail] of accolade.conf.", "%s", fault);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "Answers by mail are read from %s.", maildir);
}

/* ---- letters ---- */

void
acc_doctor_check_mail (AccDoctor *self)
{
  if (self->config == NULL) /* "configuration" says why */
    return;
  check_replies (self);
  if (*acc_config_get (self->config, ACC_CONFIG_MAIL_SERVER) == '\0')
    {
      acc_doctor_say (self, ACC_FINDING_OK, "", *acc_config_get (self->config, ACC_CONFIG_PRINT_PRINTER) != '\0'
                        ? "No mail server is set: letters are printed."
                        : "No mail server is set: letters go into the outbox.");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (*acc_config_get (self->config, needed[i].key) == '\0')
      {
        acc_doctor_say (self, ACC_FINDING_ACT, needed[i].remedy, "%s", needed[i].sentence);
        return;
      }
  check_personnel (self);
  ask_server (self);
}
