/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF that has taken accolade-pdf over: the input is all that the child answers, and then it is gone. The desk must
 * believe none of it. The child is not started; its end of the socket is written here (-Wl,--wrap in meson.build). */
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "paper/pdf-process.h"
#include "paper/pdf-protocol.h"

#define PAGES_READ 4

static struct {
  const guint8 *data;
  gsize size;
  int end; /* of the socket: what the desk sends is not read, and must not fail */
} child;

gboolean __wrap_g_spawn_async_with_pipes_and_fds (const char *folder, const char *const *arguments,
                                                  const char *const *environment, GSpawnFlags flags,
                                                  GSpawnChildSetupFunc setup, gpointer data, int in, int out, int err,
                                                  const int *from, const int *to, gsize n, GPid *pid, int *in_pipe,
                                                  int *out_pipe, int *err_pipe, GError **error);

gboolean
__wrap_g_spawn_async_with_pipes_and_fds (const char *folder, const char *const *arguments,
                                         const char *const *environment, GSpawnFlags flags, GSpawnChildSetupFunc setup,
                                         gpointer data, int in, int out, int err, const int *from, const int *to,
                                         gsize n, GPid *pid, int *in_pipe, int *out_pipe, int *err_pipe, GError **error)
{
  child.end = dup (in);
  *pid = 0;
  if (child.size > 0)
    g_assert_cmpint (send (child.end, child.data, child.size, MSG_DONTWAIT), ==, (gssize) child.size);
  shutdown (child.end, SHUT_WR);
  return TRUE;
}

static void
read_page (AccPdfProcess *process, guint page)
{
  double width, height;
  g_autofree char *text = acc_pdf_process_read_text (process, page, NULL);
  cairo_surface_t *picture = acc_pdf_process_draw (process, page, 1, NULL);

  acc_pdf_process_get_page_size (process, page, &width, &height);
  g_assert_true (width >= 1 && width <= ACC_PDF_POINTS_MAX && height >= 1 && height <= ACC_PDF_POINTS_MAX);
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  if (picture == NULL)
    return;
  g_assert_cmpint (cairo_image_surface_get_width (picture), <=, ACC_PDF_SIDE_MAX);
  g_assert_cmpint (cairo_image_surface_get_height (picture), <=, ACC_PDF_SIDE_MAX);
  cairo_surface_destroy (picture);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-", 5);
  g_autoptr (AccPdfProcess) process = NULL;
  g_autoptr (GError) error = NULL;

  child.data = data;
  child.size = size;
  process = acc_pdf_process_open (pdf, &error);
  if (process == NULL)
    fuzz_check_refusal (error);
  else
    {
      g_assert_cmpuint (acc_pdf_process_get_n_pages (process), <=, ACC_PDF_PAGES_MAX);
      for (guint page = 0; page < MIN (acc_pdf_process_get_n_pages (process), PAGES_READ); page++)
        read_page (process, page);
    }
  close (child.end);
  return 0;
}
