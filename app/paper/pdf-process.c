/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/pdf-process.h"

#include "base/error.h"
#include "base/places.h"
#include "paper/pdf-protocol.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  int socket; /* -1 once the child is gone */
  GPid pid;
} Child;

struct _AccPdfProcess
{
  GObject parent_instance;

  Child child;
  gint64 deadline; /* of the request that is under way */
  guint n_pages;
  AccPdfSize *sizes;
};

G_DEFINE_FINAL_TYPE (AccPdfProcess, acc_pdf_process, G_TYPE_OBJECT)

static GMutex spare_lock;
static Child spare = { -1, 0 }; /* has shut itself in and waits for its one document */
static gboolean keeps_spare;

/* Our own child, by its number, and at once: what it was doing is of no more use. */
static void
end_child (Child *child)
{
  if (child->socket >= 0)
    close (child->socket);
  child->socket = -1;
  if (child->pid <= 0)
    return;
  kill (child->pid, SIGKILL);
  while (waitpid (child->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  child->pid = 0;
}

static gboolean
start_child (Child *child, GError **error)
{
  g_autofree char *program = acc_places_program ("accolade-pdf");
  const char *const arguments[] = { program, NULL };
  const char *const environment[] = { NULL };
  g_autoptr (GError) spawn_error = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      acc_error_set_from_errno (error, errno, "start", program);
      return FALSE;
    }
  child->socket = ends[0];
  /* The child itself changes its folder and closes what it has no use for: then GLib need not copy this process's memory
   * map, which takes as long as all the rest. */
  g_spawn_async_with_pipes_and_fds (NULL, arguments, environment,
                                    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL
                                      | G_SPAWN_LEAVE_DESCRIPTORS_OPEN,
                                    NULL, NULL, ends[1], ends[1], -1, NULL, NULL, 0, &child->pid, NULL, NULL, NULL,
                                    &spawn_error);
  close (ends[1]);
  if (spawn_error != NULL)
    {
      child->pid = 0;
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s cannot be started: %s."), program, spawn_error->message);
      return FALSE;
    }
  return g_unix_set_fd_nonblocking (child->socket, TRUE, error);
}

static void
start_spare (void)
{
  g_mutex_lock (&spare_lock);
  if (keeps_spare && spare.pid == 0 && !start_child (&spare, NULL))
    end_child (&spare);
  g_mutex_unlock (&spare_lock);
}

/* Nothing was asked yet: what can be read from it is its end. */
static gboolean
is_alive (const Child *child)
{
  char byte;

  return child->pid > 0 && recv (child->socket, &byte, 1, MSG_PEEK) < 0 && errno == EAGAIN;
}

static gboolean
take_child (AccPdfProcess *self, GError **error)
{
  g_mutex_lock (&spare_lock);
  self->child = spare;
  spare = (Child){ -1, 0 };
  g_mutex_unlock (&spare_lock);
  if (is_alive (&self->child))
    return TRUE;
  end_child (&self->child);
  return start_child (&self->child, error);
}

static void
acc_pdf_process_finalize (GObject *object)
{
  AccPdfProcess *self = ACC_PDF_PROCESS (object);

  start_spare ();
  end_child (&self->child);
  g_free (self->sizes);
  G_OBJECT_CLASS (acc_pdf_process_parent_class)->finalize (object);
}

static void
acc_pdf_process_class_init (AccPdfProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_pdf_process_finalize;
}

static void
acc_pdf_process_init (AccPdfProcess *self)
{
  self->child.socket = -1;
}

/* FALSE when the time is up. */
static gboolean
wait_for (AccPdfProcess *self, short events)
{
  gint64 left = self->deadline - g_get_monotonic_time ();
  struct pollfd end = { .fd = self->child.socket, .events = events };
  int ready = left <= 0 ? 0 : poll (&end, 1, left / G_TIME_SPAN_MILLISECOND + 1);

  return ready > 0 || (ready < 0 && errno == EINTR);
}

static gboolean
send_all (AccPdfProcess *self, gconstpointer data, gsize length)
{
  for (gsize done = 0; done < length;)
    {
      gssize n = send (self->child.socket, (const char *) data + done, length - done, MSG_NOSIGNAL);

      if (n < 0 && errno != EAGAIN && errno != EINTR)
        return FALSE;
      if (n < 0 && !wait_for (self, POLLOUT))
        return FALSE;
      done += MAX (n, 0);
    }
  return TRUE;
}

static gboolean
receive_all (AccPdfProcess *self, gpointer data, gsize length)
{
  for (gsize done = 0; done < length;)
    {
      gssize n = recv (self->child.socket, (char *) data + done, length - done, 0);

      if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        return FALSE;
      if (n < 0 && !wait_for (self, POLLIN))
        return FALSE;
      done += MAX (n, 0);
    }
  return TRUE;
}

/* The child's end, a request that takes too long and an answer that cannot be are one and the same: this document
 * is not to be had. */
static gboolean
give_up (AccPdfProcess *self, GError **error)
{
  gboolean late = self->child.socket >= 0 && g_get_monotonic_time () >= self->deadline;

  end_child (&self->child);
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_DOCUMENT,
                       late ? _ ("The document takes too long to read.") : _ ("The document cannot be read."));
  return FALSE;
}

static gboolean
ask (AccPdfProcess *self, AccPdfRequest request, gconstpointer payload, AccPdfAnswer *answer, GError **error)
{
  self->deadline = g_get_monotonic_time () + ACC_PDF_SECONDS * G_TIME_SPAN_SECOND;
  if (self->child.socket < 0 || !send_all (self, &request, sizeof request) || !send_all (self, payload, request.length) ||
      !receive_all (self, answer, sizeof *answer) || (answer->status != ACC_PDF_DONE && answer->length > 0))
    return give_up (self, error);

  if (answer->status == ACC_PDF_DONE)
    return TRUE;
  g_set_error_literal (error, ACC_ERROR, ACC_ERROR_DOCUMENT,
                       answer->status == ACC_PDF_TOO_LARGE ? _ ("The document is too large to be shown.")
                                                           : _ ("The document cannot be read."));
  return FALSE;
}

static gboolean
are_sizes_sane (const AccPdfSize *sizes, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!(sizes[i].width >= 1 && sizes[i].width <= ACC_PDF_POINTS_MAX && sizes[i].height >= 1 &&
          sizes[i].height <= ACC_PDF_POINTS_MAX))
      return FALSE;
  return TRUE;
}

static gboolean
open_document (AccPdfProcess *self, GBytes *pdf, GError **error)
{
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (pdf, &length);
  AccPdfAnswer answer;

  if (!ask (self, (AccPdfRequest){ .ask = ACC_PDF_OPEN, .length = length }, data, &answer, error))
    return FALSE;
  if (answer.count < 1 || answer.count > ACC_PDF_PAGES_MAX || answer.length != answer.count * sizeof *self->sizes)
    return give_up (self, error);

  self->sizes = g_new0 (AccPdfSize, answer.count);
  if (!receive_all (self, self->sizes, answer.length) || !are_sizes_sane (self->sizes, answer.count))
    return give_up (self, error);
  self->n_pages = answer.count;
  return TRUE;
}

void
acc_pdf_process_keep_spare (void)
{
  g_mutex_lock (&spare_lock);
  keeps_spare = TRUE;
  g_mutex_unlock (&spare_lock);
  start_spare ();
}

AccPdfProcess *
acc_pdf_process_open (GBytes *pdf, GError **error)
{
  g_return_val_if_fail (pdf != NULL, NULL);

  g_autoptr (AccPdfProcess) self = g_object_new (ACC_TYPE_PDF_PROCESS, NULL);

  if (g_bytes_get_size (pdf) > ACC_PDF_BYTES_MAX)
    {
      g_set_error_literal (error, ACC_ERROR, ACC_ERROR_DOCUMENT, _ ("The document is too large to be shown."));
      return NULL;
    }
  if (!take_child (self, error) || !open_document (self, pdf, error))
    return NULL;
  return g_steal_pointer (&self);
}

guint
acc_pdf_process_get_n_pages (AccPdfProcess *self)
{
  g_return_val_if_fail (ACC_IS_PDF_PROCESS (self), 0);
  return self->n_pages;
}

void
acc_pdf_process_get_page_size (AccPdfProcess *self, guint page, double *width, double *height)
{
  g_return_if_fail (ACC_IS_PDF_PROCESS (self));
  g_return_if_fail (page < self->n_pages);
  g_return_if_fail (width != NULL && height != NULL);

  *width = self->sizes[page].width;
  *height = self->sizes[page].height;
}

char *
acc_pdf_process_read_text (AccPdfProcess *self, guint page, GError **error)
{
  g_return_val_if_fail (ACC_IS_PDF_PROCESS (self), NULL);
  g_return_val_if_fail (page < self->n_pages, NULL);

  g_autofree char *text = NULL;
  AccPdfAnswer answer;

  if (!ask (self, (AccPdfRequest){ .ask = ACC_PDF_TEXT, .page = page }, NULL, &answer, error))
    return NULL;
  if (answer.length <= ACC_PDF_TEXT_MAX)
    text = g_malloc0 (answer.length + 1);
  if (text == NULL || !receive_all (self, text, answer.length) || !g_utf8_validate (text, answer.length, NULL))
    {
      give_up (self, error);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* On the page, and the right way round; a NaN is neither. */
static gboolean
are_boxes_sane (const AccPdfPlace *boxes, guint n, const AccPdfSize *size)
{
  for (guint i = 0; i < n; i++)
    if (!(boxes[i].left >= 0 && boxes[i].left <= boxes[i].right && boxes[i].right <= size->width && boxes[i].top >= 0
          && boxes[i].top <= boxes[i].bottom && boxes[i].bottom <= size->height))
      return FALSE;
  return TRUE;
}

/* Either no box, or one for each character. */
static gboolean
receive_layout (AccPdfProcess *self, const AccPdfAnswer *answer, const AccPdfSize *size, AccPdfLayout *layout)
{
  guint64 of_boxes = (guint64) answer->count * sizeof *layout->boxes;
  gsize length;

  if (answer->count > ACC_PDF_BOXES_MAX || answer->length < of_boxes || answer->length - of_boxes > ACC_PDF_TEXT_MAX)
    return FALSE;
  length = answer->length - of_boxes;
  layout->n = answer->count;
  layout->boxes = g_new0 (AccPdfPlace, MAX (layout->n, 1));
  layout->text = g_malloc0 (length + 1);
  return receive_all (self, layout->boxes, of_boxes) && receive_all (self, layout->text, length)
         && g_utf8_validate (layout->text, length, NULL)
         && (layout->n == 0 || g_utf8_strlen (layout->text, -1) == (glong) layout->n)
         && are_boxes_sane (layout->boxes, layout->n, size);
}

AccPdfLayout *
acc_pdf_process_read_layout (AccPdfProcess *self, guint page, GError **error)
{
  g_return_val_if_fail (ACC_IS_PDF_PROCESS (self), NULL);
  g_return_val_if_fail (page < self->n_pages, NULL);

  g_autoptr (AccPdfLayout) layout = g_new0 (AccPdfLayout, 1);
  AccPdfAnswer answer;

  if (!ask (self, (AccPdfRequest){ .ask = ACC_PDF_LAYOUT, .page = page }, NULL, &answer, error))
    return NULL;
  if (receive_layout (self, &answer, &self->sizes[page], layout))
    return g_steal_pointer (&layout);
  give_up (self, error);
  return NULL;
}

static cairo_surface_t *
receive_picture (AccPdfProcess *self, int width, int height)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  unsigned char *pixels = cairo_image_surface_get_data (picture);

  if (pixels != NULL && cairo_image_surface_get_stride (picture) == width * 4 &&
      receive_all (self, pixels, (gsize) width * height * 4))
    {
      cairo_surface_mark_dirty (picture);
      return picture;
    }
  cairo_surface_destroy (picture);
  return NULL;
}

cairo_surface_t *
acc_pdf_process_draw (AccPdfProcess *self, guint page, double scale, GError **error)
{
  g_return_val_if_fail (ACC_IS_PDF_PROCESS (self), NULL);
  g_return_val_if_fail (page < self->n_pages, NULL);
  g_return_val_if_fail (scale > 0, NULL);

  const AccPdfSize *size = &self->sizes[page];
  double longest = MAX (size->width, size->height);
  AccPdfRequest request = { .ask = ACC_PDF_DRAW, .page = page, .scale = MIN (scale, ACC_PDF_SIDE_MAX / longest) };
  AccPdfAnswer answer;

  if (!ask (self, request, NULL, &answer, error))
    return NULL;

  int width = ceil (size->width * request.scale), height = ceil (size->height * request.scale);
  cairo_surface_t *picture = NULL;

  if (answer.width == (guint) width && answer.height == (guint) height &&
      answer.length == (guint64) width * height * 4)
    picture = receive_picture (self, width, height);
  if (picture == NULL)
    give_up (self, error);
  return picture;
}
