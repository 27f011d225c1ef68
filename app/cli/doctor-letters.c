/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's checks of what is under way. */
#include "cli/doctor-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/doctor-table.h"

#define WAITING_DAYS 7

/* --- letters --- */

/* Where letters wait, what for, and how one asks. */
static const struct {
  gboolean in_inbox;
  AccAsk count, oldest;
  const char *where, *remedy;
} queues[] = {
  /* nobody has signed in since */
  { TRUE, ACC_ASK_INBOX_COUNT, ACC_ASK_INBOX_OLDEST, "in the inbox", "A banker signs in at the desk: that takes them in." },
  /* nobody has decided, or routed */
  { FALSE, ACC_ASK_OPEN_COUNT, ACC_ASK_OPEN_OLDEST, "at the desk for a decision or for routing",
    "A banker decides about them at the desk." },
};

static gint64
count_days (const char *moment)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (moment, NULL);

  return then != NULL ? acc_doctor_count_days (g_date_time_to_unix (then)) : 0;
}

/* How many; -1, and a finding, where that cannot be read. */
static gint64
ask_count (AccDoctor *self, AccStore *store, AccAsk ask)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *count = acc_doctor_ask (store, ask, &error);

  if (count == NULL)
    acc_doctor_say_error (self, ACC_FINDING_ACT, NULL, error);
  return count != NULL ? g_ascii_strtoll (count, NULL, 10) : -1;
}

static void
check_queue (AccDoctor *self, gsize i)
{
  AccStore *store = queues[i].in_inbox ? self->inbox : self->desk;
  gint64 count = store != NULL ? ask_count (self, store, queues[i].count) : -1;
  g_autofree char *oldest = count > 0 ? acc_doctor_ask (store, queues[i].oldest, NULL) : NULL;
  gint64 days = oldest != NULL ? count_days (oldest) : 0;

  if (count < 0)
    return;
  if (count == 0)
    acc_doctor_say (self, ACC_FINDING_OK, "", "No letter waits %s.", queues[i].where);
  else
    acc_doctor_say (self, days > WAITING_DAYS ? ACC_FINDING_ACT : ACC_FINDING_OK,
                    days > WAITING_DAYS ? queues[i].remedy : "",
                    "Letters that wait %s: %" G_GINT64_FORMAT ", the oldest for %" G_GINT64_FORMAT " days.",
                    queues[i].where, count, days);
}

void
acc_doctor_check_letters (AccDoctor *self)
{
  gint64 held;

  for (gsize i = 0; i < G_N_ELEMENTS (queues); i++)
    check_queue (self, i);
  held = self->desk != NULL ? ask_count (self, self->desk, ACC_ASK_HELD_COUNT) : 0;
  if (held > 0)
    acc_doctor_say (self, ACC_FINDING_LOOK, "A manager looks at them at the desk, and frees them or not.",
                    "Letters that are held: %" G_GINT64_FORMAT ".", held);
}

/* --- deliveries --- */

static const struct {
  AccAsk ask;
  AccFindingState state;
  const char *what, *remedy;
} troubles[] = {
  /* tried again while somebody is signed in, longer each time */
  { ACC_ASK_DELIVERIES_WAITING, ACC_FINDING_LOOK, "wait to be tried again",
    "They are tried again by themselves; the letter says at the desk why they wait. See “mail”, “outbox” and “space”." },
  { ACC_ASK_DELIVERIES_REFUSED, ACC_FINDING_ACT, "were refused", "A banker opens the letter at the desk: it says why." },
  /* never sent again by itself */
  { ACC_ASK_DELIVERIES_UNSURE, ACC_FINDING_ACT, "may or may not have arrived",
    "A banker asks the recipient, and says at the desk whether it is to be sent again." },
};

void
acc_doctor_check_deliveries (AccDoctor *self)
{
  gboolean good = self->desk != NULL;

  for (gsize i = 0; self->desk != NULL && i < G_N_ELEMENTS (troubles); i++)
    {
      gint64 count = ask_count (self, self->desk, troubles[i].ask);

      good = good && count == 0;
      if (count > 0)
        acc_doctor_say (self, troubles[i].state, troubles[i].remedy, "Deliveries that %s: %" G_GINT64_FORMAT ".",
                        troubles[i].what, count);
    }
  if (good)
    acc_doctor_say (self, ACC_FINDING_OK, "", "No delivery is in trouble.");
}

/* Packages, without those that are still being made. */
static guint
count_packages (const char *outbox)
{
  g_autoptr (GDir) folder = g_dir_open (outbox, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += name[0] != '.';
  return n;
}

void
acc_doctor_check_outbox (AccDoctor *self)
{
  const char *outbox = self->config != NULL ? acc_config_get (self->config, ACC_CONFIG_FOLDER_OUTBOX) : NULL;
  g_autofree char *parent = outbox != NULL ? g_path_get_dirname (outbox) : NULL;

  if (outbox == NULL) /* "configuration" says why */
    return;
  if (!g_file_test (outbox, G_FILE_TEST_EXISTS))
    {
      if (faccessat (AT_FDCWD, parent, W_OK | X_OK, AT_EACCESS) == 0)
        acc_doctor_say (self, ACC_FINDING_OK, "", "The outbox %s is made with the first letter that is routed.", outbox);
      else
        acc_doctor_say (self, ACC_FINDING_ACT, "Make it, and give it to the desk's user.",
                        "The outbox %s is missing, and this user may not make it.", outbox);
    }
  else if (!g_file_test (outbox, G_FILE_TEST_IS_DIR))
    acc_doctor_say (self, ACC_FINDING_ACT, "Correct outbox= under [folder] of accolade.conf.", "%s is not a folder.", outbox);
  else if (faccessat (AT_FDCWD, outbox, R_OK | W_OK | X_OK, AT_EACCESS) != 0)
    acc_doctor_say (self, ACC_FINDING_ACT, "Give it to the desk's user (or run this as that user).",
                    "This user may not write in the outbox %s.", outbox);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "The outbox %s holds %u packages.", outbox, count_packages (outbox));
}
