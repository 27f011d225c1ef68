/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's check of the mail server: asked for real, but nothing is sent. */
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

void
acc_doctor_check_mail (AccDoctor *self)
{
  if (self->config == NULL) /* "configuration" says why */
    return;
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
