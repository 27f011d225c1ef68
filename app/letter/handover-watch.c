/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/handover-watch.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory-file.h"

#define LOOK_AGAIN 1000 /* milliseconds: a timer's clock stands still while the machine sleeps, the note's does not */

struct _AccHandoverWatch {
  GObject parent_instance;

  int folder;      /* -1: there is none */
  GError *problem; /* … and why not */
  char *file;
  GFileMonitor *monitor;
  guint due; /* source: while one waits or a mark stands there, or at the latest when its time is over */
  AccHandover *waiting;
  AccHandoverEnd end; /* of what waited before */
  AccHandover *ours;  /* left here last; it may wait no longer */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AccHandoverWatch, acc_handover_watch, G_TYPE_OBJECT)

static void look (AccHandoverWatch *self);

static gboolean
on_due (gpointer data)
{
  AccHandoverWatch *self = data;

  self->due = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static AccHandoverEnd
find_end (const AccHandover *ended, gint64 taken_back)
{
  if (taken_back == ended->expires)
    return ACC_HANDOVER_TAKEN_BACK;
  return acc_clock_boot () >= ended->expires ? ACC_HANDOVER_OVER : ACC_HANDOVER_BEGUN;
}

/* Takes @waiting. */
static void
set_waiting (AccHandoverWatch *self, AccHandover *waiting, gint64 taken_back)
{
  if (acc_handover_equal (self->waiting, waiting))
    {
      acc_handover_free (waiting);
      return;
    }
  if (self->waiting != NULL)
    self->end = find_end (self->waiting, taken_back);
  acc_handover_free (self->waiting);
  self->waiting = waiting;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* @expires: of what is there; 0: nothing is. */
static void
look_again_by (AccHandoverWatch *self, gint64 expires)
{
  g_clear_handle_id (&self->due, g_source_remove);
  if (expires != 0)
    self->due = g_timeout_add ((guint) MIN (MAX (expires - acc_clock_boot (), 0) / 1000 + 1, LOOK_AGAIN), on_due, self);
}

static void
look (AccHandoverWatch *self)
{
  g_autoptr (GError) error = NULL;
  gint64 taken_back;
  AccHandover *waiting = acc_handover_look (self->folder, self->file, &taken_back, &error);

  if (g_error_matches (error, ACC_ERROR, ACC_ERROR_INPUT))
    g_info ("What was handed over is not offered: %s", error->message);
  look_again_by (self, waiting != NULL ? waiting->expires : taken_back);
  set_waiting (self, waiting, taken_back);
}

static void
acc_handover_watch_dispose (GObject *object)
{
  AccHandoverWatch *self = ACC_HANDOVER_WATCH (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->due, g_source_remove);
  if (self->ours != NULL)
    acc_handover_take_back (self->folder, self->file, self->ours, NULL);
  g_clear_pointer (&self->ours, acc_handover_free);
  if (self->folder >= 0)
    close (self->folder);
  self->folder = -1;
  G_OBJECT_CLASS (acc_handover_watch_parent_class)->dispose (object);
}

static void
acc_handover_watch_finalize (GObject *object)
{
  AccHandoverWatch *self = ACC_HANDOVER_WATCH (object);

  acc_handover_free (self->waiting);
  g_clear_error (&self->problem);
  g_free (self->file);
  G_OBJECT_CLASS (acc_handover_watch_parent_class)->finalize (object);
}

static void
acc_handover_watch_class_init (AccHandoverWatchClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_handover_watch_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_handover_watch_finalize;
  signals[CHANGED] = g_signal_new ("changed", ACC_TYPE_HANDOVER_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
acc_handover_watch_init (AccHandoverWatch *self)
{
  self->folder = -1;
}

/* Another user's session would never see what is left in this one's. */
static gboolean
is_other_users (const char *inbox)
{
  struct stat status;

  return stat (inbox, &status) == 0 && status.st_uid != geteuid ();
}

static int
open_folder (const char *folder, const char *inbox, char **path, GError **error)
{
  if (*folder != '\0')
    *path = g_strdup (folder);
  else if (!is_other_users (inbox))
    *path = acc_memory_folder_path ();
  if (*path == NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                   _ ("There is no folder in which the kiosk would find it: set [kiosk] handover in accolade.conf"));
      return -1;
    }
  return *folder != '\0' ? acc_memory_folder_open_shared (*path, error) : acc_memory_folder_open (*path, error);
}

static void
watch (AccHandoverWatch *self, const char *path)
{
  g_autofree char *file = g_build_filename (path, self->file, NULL);
  g_autoptr (GFile) watched = g_file_new_for_path (file);

  self->monitor = g_file_monitor_file (watched, G_FILE_MONITOR_WATCH_MOVES, NULL, &self->problem);
  if (self->monitor == NULL)
    return;
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

AccHandoverWatch *
acc_handover_watch_new (const char *folder, const char *inbox)
{
  AccHandoverWatch *self;
  g_autofree char *path = NULL, *real = NULL;

  g_return_val_if_fail (folder != NULL && inbox != NULL, NULL);

  self = g_object_new (ACC_TYPE_HANDOVER_WATCH, NULL);
  real = realpath (inbox, NULL); /* kiosk and desk have a link each */
  self->file = acc_memory_file_name ("handover", real != NULL ? real : inbox);
  self->folder = open_folder (folder, inbox, &path, &self->problem);
  if (self->folder >= 0)
    watch (self, path);
  if (self->problem != NULL)
    g_info ("Nothing can be handed over: %s", self->problem->message);
  return self;
}

const AccHandover *
acc_handover_watch_get (AccHandoverWatch *self)
{
  g_return_val_if_fail (ACC_IS_HANDOVER_WATCH (self), NULL);

  return self->waiting;
}

/* The kiosk believes the folder's owner alone. */
static gboolean
check_owner (AccHandoverWatch *self, GError **error)
{
  struct stat status;

  if (fstat (self->folder, &status) == 0 && status.st_uid == geteuid ())
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
               _ ("The folder that [kiosk] handover names is not the desk’s own: give it to the desk’s user"));
  return FALSE;
}

gboolean
acc_handover_watch_leave (AccHandoverWatch *self, const AccHandover *handover, GError **error)
{
  g_autoptr (AccHandover) left = NULL;

  g_return_val_if_fail (ACC_IS_HANDOVER_WATCH (self), FALSE);
  g_return_val_if_fail (handover != NULL, FALSE);

  if (self->problem != NULL)
    {
      g_propagate_error (error, g_error_copy (self->problem));
      return FALSE;
    }
  left = acc_handover_copy (handover);
  if (!check_owner (self, error) || !acc_handover_leave (self->folder, self->file, left, error))
    return FALSE;
  acc_handover_free (self->ours);
  self->ours = g_steal_pointer (&left);
  look (self);
  return TRUE;
}

typedef gboolean (*Take) (int folder, const char *file, const AccHandover *handover, GError **error);

static AccHandover *
take_by (AccHandoverWatch *self, Take take)
{
  g_autoptr (AccHandover) seen = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken;

  if (self->waiting == NULL)
    return NULL;
  seen = acc_handover_copy (self->waiting);
  taken = take (self->folder, self->file, seen, &error);
  if (!taken)
    g_info ("What was handed over was not taken: %s", error->message);
  look (self);
  return taken ? g_steal_pointer (&seen) : NULL;
}

AccHandover *
acc_handover_watch_take (AccHandoverWatch *self)
{
  g_return_val_if_fail (ACC_IS_HANDOVER_WATCH (self), NULL);

  return take_by (self, acc_handover_take);
}

void
acc_handover_watch_erase (AccHandoverWatch *self)
{
  acc_handover_free (acc_handover_watch_take (self));
}

void
acc_handover_watch_take_back (AccHandoverWatch *self)
{
  g_return_if_fail (ACC_IS_HANDOVER_WATCH (self));

  acc_handover_free (take_by (self, acc_handover_take_back));
}

AccHandoverEnd
acc_handover_watch_get_end (AccHandoverWatch *self)
{
  g_return_val_if_fail (ACC_IS_HANDOVER_WATCH (self), ACC_HANDOVER_BEGUN);

  return self->end;
}
