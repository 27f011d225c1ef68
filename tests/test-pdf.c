/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PDF: written, read back in its box, compared with what was typed. */
#include "base/error.h"
#include "paper-support.h"
#include "paper/pdf-box-private.h"
#include "paper/proofreader.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <math.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- written --- */

static void
assert_qpdf_is_content (GBytes *pdf)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "letter.pdf", NULL);
  const char *const arguments[] = { "qpdf", "--check", path, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output,
                NULL, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s", output);
  g_assert_cmpint (status, ==, 0);
  test_folder_free (folder);
}

static gboolean
holds (GBytes *bytes, const char *text)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}

static void
test_letters_become_sound_pdfs (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      g_autoptr (GError) error = NULL;

      assert_qpdf_is_content (pdf);
      g_assert_false (holds (pdf, "/Subtype /Image")); /* the emblem, too, is drawn in lines */
      acc_proofread (pages, pdf, &error);
      g_assert_no_error (error);
    }
}

static void
test_same_letter_same_bytes (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) one = test_pages_named (test_letters[i].name);
      g_autoptr (AccPages) two = test_pages_named (test_letters[i].name);
      g_autoptr (GBytes) first = test_pdf (one);
      g_autoptr (GBytes) second = test_pdf (two);

      g_assert_true (g_bytes_equal (first, second));
    }
}

/* --- read back --- */

static AccPdfProcess *
open_pdf (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  AccPdfProcess *process = acc_pdf_process_open (pdf, &error);

  g_assert_no_error (error);
  return process;
}

static void
assert_no_child_left (void)
{
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
}

static void
test_process_reads_the_letter (void)
{
  g_autoptr (AccPages) pages = test_pages_named ("three-pages");
  g_autoptr (GBytes) pdf = test_pdf (pages);
  AccPdfProcess *process = open_pdf (pdf);
  g_autoptr (GError) error = NULL;
  double width, height;

  g_assert_cmpuint (acc_pdf_process_get_n_pages (process), ==, 3);
  acc_pdf_process_get_page_size (process, 2, &width, &height);
  g_assert_cmpfloat_with_epsilon (width, acc_pages_get_width (pages), 0.01);
  g_assert_cmpfloat_with_epsilon (height, acc_pages_get_height (pages), 0.01);

  g_autofree char *text = acc_pdf_process_read_text (process, 1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Page 2 of 3"));
  g_assert_null (strstr (text, "Market Street branch"));
  g_object_unref (process);
  assert_no_child_left ();
}

static void
test_process_draws_the_letter (void)
{
  g_autoptr (AccPages) pages = test_pages_named ("two-sentences");
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (AccPdfProcess) process = open_pdf (pdf);
  g_autoptr (GError) error = NULL;
  cairo_surface_t *picture = acc_pdf_process_draw (process, 0, 1.5, &error);
  guint dark = 0;

  g_assert_no_error (error);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, 918);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, 1188);
  g_assert_cmpint (cairo_image_surface_get_format (picture), ==, CAIRO_FORMAT_RGB24);
  for (int y = 0; y < 1188; y++)
    {
      guint8 *start = cairo_image_surface_get_data (picture) + y * cairo_image_surface_get_stride (picture);
      const guint32 *row = (const guint32 *) (void *) start;

      for (int x = 0; x < 918; x++)
        dark += (row[x] & 0xff) < 0x80;
    }
  g_assert_cmpuint (dark, >, 2000);
  cairo_surface_destroy (picture);

  picture = acc_pdf_process_draw (process, 0, 1000, &error); /* no larger than a picture may be */
  g_assert_no_error (error);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, 4000);
  cairo_surface_destroy (picture);
}

#define LOOK_SCALE 2
#define LOOK_BLOCK 4 /* pixels a side: antialiasing evens out in it, a wrong letter does not */

static cairo_surface_t *
draw_ourselves (AccPages *pages, guint page)
{
  int width = ceil (acc_pages_get_width (pages) * LOOK_SCALE);
  int height = ceil (acc_pages_get_height (pages) * LOOK_SCALE);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (picture);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, LOOK_SCALE, LOOK_SCALE);
  acc_pages_draw (pages, page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

static int
green_of_block (cairo_surface_t *picture, int x, int y)
{
  const guint8 *pixels = cairo_image_surface_get_data (picture);
  int sum = 0;

  for (int j = 0; j < LOOK_BLOCK; j++)
    for (int i = 0; i < LOOK_BLOCK; i++)
      sum += pixels[(y + j) * cairo_image_surface_get_stride (picture) + (x + i) * 4 + 1];
  return sum / (LOOK_BLOCK * LOOK_BLOCK);
}

/* Blocks in which one picture is dark and the other is not. */
static guint
count_different (cairo_surface_t *one, cairo_surface_t *other)
{
  guint different = 0;

  g_assert_cmpint (cairo_image_surface_get_width (one), ==, cairo_image_surface_get_width (other));
  g_assert_cmpint (cairo_image_surface_get_height (one), ==, cairo_image_surface_get_height (other));
  for (int y = 0; y + LOOK_BLOCK <= cairo_image_surface_get_height (one); y += LOOK_BLOCK)
    for (int x = 0; x + LOOK_BLOCK <= cairo_image_surface_get_width (one); x += LOOK_BLOCK)
      different += ABS (green_of_block (one, x, y) - green_of_block (other, x, y)) > 110;
  return different;
}

/* A face that cairo spoils on its way into the PDF would still read back well. */
static void
test_pdf_looks_like_the_sheet (void)
{
  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);
      g_autoptr (GBytes) pdf = test_pdf (pages);
      g_autoptr (AccPdfProcess) process = open_pdf (pdf);

      for (guint page = 0; page < acc_pages_get_count (pages); page++)
        {
          g_autoptr (GError) error = NULL;
          cairo_surface_t *printed = acc_pdf_process_draw (process, page, LOOK_SCALE, &error);
          cairo_surface_t *sheet = draw_ourselves (pages, page);
          guint different = count_different (printed, sheet);

          g_test_message ("%s %u: %u", test_letters[i].name, page, different);
          g_assert_cmpuint (different, <=, 2);
          cairo_surface_destroy (printed);
          cairo_surface_destroy (sheet);
        }
    }
}

/* A PDF of one page around @stream, which may be compressed (@filter ""). No table of objects: poppler mends that. */
static GBytes *
make_pdf (const char *filter, GBytes *stream, const char *pages)
{
  GByteArray *pdf = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf (
      "%%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj%sendobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj\n"
      "4 0 obj<</Length %" G_GSIZE_FORMAT "%s>>stream\n",
      pages, g_bytes_get_size (stream), filter);
  const char *tail = "\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF\n";

  g_byte_array_append (pdf, (const guint8 *) head, strlen (head));
  g_byte_array_append (pdf, g_bytes_get_data (stream, NULL), g_bytes_get_size (stream));
  g_byte_array_append (pdf, (const guint8 *) tail, strlen (tail));
  return g_byte_array_free_to_bytes (pdf);
}

#define ONE_PAGE "<</Type/Pages/Kids[3 0 R]/Count 1>>"
#define PATIENCE (ACC_PDF_SECONDS + 12) /* seconds; a machine that is busy with others needs some beyond the limit */

/* 400 MB of drawing in 400 kB. */
static GBytes *
make_bomb (void)
{
  g_autoptr (GConverter) zip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, zip);
  g_autoptr (GString) drawing = g_string_new (NULL);

  while (drawing->len < 1000000)
    g_string_append (drawing, "q 0 0 600 700 re W n 0 0 m 600 700 l S Q\n");
  for (guint i = 0; i < 400; i++)
    g_assert_true (g_output_stream_write_all (stream, drawing->str, drawing->len, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  g_autoptr (GBytes) bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return make_pdf ("/Filter/FlateDecode", bytes, ONE_PAGE);
}

static GBytes *
make_noise (gsize length)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  guint8 *noise = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    noise[i] = g_rand_int_range (random, 0, 256);
  return g_bytes_new_take (noise, length);
}

static GBytes *
make_hostile (const char *kind)
{
  g_autoptr (AccPages) pages = test_pages_named ("two-sentences");
  g_autoptr (GBytes) good = test_pdf (pages);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  if (g_str_equal (kind, "empty"))
    return g_bytes_new (NULL, 0);
  if (g_str_equal (kind, "noise"))
    return make_noise (100000);
  if (g_str_equal (kind, "cut"))
    return g_bytes_new (g_bytes_get_data (good, NULL), 500);
  if (g_str_equal (kind, "no-pages"))
    return make_pdf ("", empty, "<</Type/Pages/Kids[]/Count 0>>");
  if (g_str_equal (kind, "own-parent"))
    return make_pdf ("", empty, "<</Type/Pages/Kids[2 0 R]/Count 1>>");
  if (g_str_equal (kind, "many-pages"))
    return make_pdf ("", empty, "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>");
  g_assert_cmpstr (kind, ==, "bomb");
  return make_bomb ();
}

static const char *const hostile[] = {
  "empty", "noise", "cut", "no-pages", "own-parent", "many-pages", "bomb",
};

/* Opens, reads and draws until something refuses. */
static void
use_whole (GBytes *pdf, GError **error)
{
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, error);

  if (process == NULL)
    return;

  g_autofree char *text = acc_pdf_process_read_text (process, 0, error);
  if (text == NULL)
    return;

  cairo_surface_t *picture = acc_pdf_process_draw (process, 0, 1, error);
  if (picture != NULL)
    cairo_surface_destroy (picture);
}

static void
test_process_survives_hostile_documents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GBytes) pdf = make_hostile (hostile[i]);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      use_whole (pdf, &error);
      g_test_message ("%s: %s", hostile[i], error != NULL ? error->message : "read");
      g_assert_error (error, ACC_ERROR, ACC_ERROR_DOCUMENT);
      g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE * G_TIME_SPAN_SECOND);
      assert_no_child_left ();
    }
}

static void
test_process_that_is_gone_is_an_error (void)
{
  g_autoptr (GBytes) pdf = make_bomb ();
  g_autoptr (AccPdfProcess) process = open_pdf (pdf);
  g_autoptr (GError) error = NULL;

  g_assert_null (acc_pdf_process_draw (process, 0, 1, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_DOCUMENT);
  g_clear_error (&error);
  g_assert_null (acc_pdf_process_read_text (process, 0, &error));
  g_assert_error (error, ACC_ERROR, ACC_ERROR_DOCUMENT);
  assert_no_child_left ();
}

static void
test_process_that_died_unused_costs_no_document (void)
{
  g_autofree char *list = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *spare = NULL;
  g_autoptr (AccPages) pages = test_pages_named ("two-sentences");
  g_autoptr (GBytes) pdf = test_pdf (pages);
  g_autoptr (AccPdfProcess) process = NULL;
  siginfo_t ended;

  acc_pdf_process_keep_spare ();
  g_assert_true (g_file_get_contents (list, &spare, NULL, NULL));
  g_assert_cmpint (kill (atoi (spare), SIGKILL), ==, 0);
  g_assert_cmpint (waitid (P_PID, (id_t) atoi (spare), &ended, WEXITED | WNOWAIT), ==, 0);
  process = open_pdf (pdf);
  g_assert_cmpuint (acc_pdf_process_get_n_pages (process), ==, 1);
}

/* --- proofread --- */

static void
test_proof_refuses_a_blank_page (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) blank = make_pdf ("", empty, ONE_PAGE);

  for (guint i = 0; i < test_n_letters; i++)
    {
      g_autoptr (AccPages) pages = test_pages_named (test_letters[i].name);
      g_autoptr (GError) error = NULL;

      g_assert_false (acc_proofread (pages, blank, &error));
      g_assert_nonnull (error);
      if (test_letters[i].n_pages == 1)
        g_assert_error (error, ACC_ERROR, ACC_ERROR_CHARACTERS);
    }
}

/* --- the box --- */

static long
try_read_file (void)
{
  return syscall (SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}

static long
try_write_file (void)
{
  return syscall (SYS_openat, AT_FDCWD, "/dev/null", O_WRONLY);
}

static long
try_local_socket (void)
{
  return syscall (SYS_socket, AF_UNIX, SOCK_STREAM, 0);
}

static long
try_internet_socket (void)
{
  return syscall (SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static long
try_fork (void)
{
  long child = syscall (SYS_clone, SIGCHLD, 0, 0, 0, 0);

  if (child == 0)
    _exit (0);
  if (child > 0) /* waited for: the signal of its end would stop for good whoever is traced, as try_trace will be */
    waitpid (child, NULL, 0);
  return child;
}

static long
try_signal (void)
{
  return syscall (SYS_kill, getppid (), 0);
}

static long
try_read_limits (void)
{
  struct rlimit limit;

  return syscall (SYS_prlimit64, 0, RLIMIT_CPU, NULL, &limit);
}

static long
try_runnable_memory (void)
{
  return syscall (SYS_mmap, NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Whether a call that asks for nothing that could be got came as far as finding that out; ENOSYS: there is none here. */
static long
reached (long result)
{
  return result == -1 && errno != EPERM ? 0 : result;
}

static long
try_new_program (void)
{
  char *const none[] = { NULL };

  return reached (syscall (SYS_execve, "/nowhere", none, none));
}

static long
try_new_program_by_descriptor (void)
{
  char *const none[] = { NULL };

  return reached (syscall (SYS_execveat, -1, "nowhere", none, none, 0));
}

static long
try_open_otherwise (void)
{
  return reached (syscall (SYS_openat2, AT_FDCWD, "/etc/passwd", NULL, 0));
}

static long
try_connect (void)
{
  return reached (syscall (SYS_connect, STDIN_FILENO, NULL, 0));
}

static long
try_thread (void)
{
  return reached (syscall (SYS_clone3, NULL, 0));
}

static long
try_memory_file (void)
{
  return syscall (SYS_memfd_create, "box", 0);
}

static long
try_ring (void)
{
  return reached (syscall (SYS_io_uring_setup, 0, NULL));
}

static long
try_remove (void)
{
  return reached (syscall (SYS_unlink, "/nowhere/nothing"));
}

static long
try_look_into_a_process (void)
{
  return reached (syscall (SYS_process_vm_readv, getpid (), NULL, 0, NULL, 0, 0));
}

static long
try_raise_limit (void)
{
  return reached (syscall (SYS_setrlimit, RLIMIT_CPU, NULL));
}

static long
try_be_dumped (void)
{
  return syscall (SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static long
try_terminal (void)
{
  return reached (syscall (SYS_ioctl, STDIN_FILENO, TIOCSTI, NULL));
}

static long
try_new_namespace (void)
{
  return reached (syscall (SYS_unshare, 0x1));
}

static long
try_trace (void)
{
  return syscall (SYS_ptrace, PTRACE_TRACEME, 0, NULL, NULL);
}

/* What works outside the box and is refused inside. */
static const struct {
  const char *what;
  long (*attempt) (void);
} attempts[] = {
  { "read a file", try_read_file },
  { "write a file", try_write_file },
  { "open a local socket", try_local_socket },
  { "open an internet socket", try_internet_socket },
  { "fork", try_fork },
  { "signal another process", try_signal },
  { "ask for its limits", try_read_limits },
  { "get memory that can be run", try_runnable_memory },
  { "start a program", try_new_program },
  { "start a program by its descriptor", try_new_program_by_descriptor },
  { "open a file in the newer way", try_open_otherwise },
  { "connect", try_connect },
  { "start a thread", try_thread },
  { "make a file in memory", try_memory_file },
  { "set up a ring of requests", try_ring },
  { "remove a file", try_remove },
  { "look into a process", try_look_into_a_process },
  { "raise its limits", try_raise_limit },
  { "be dumped", try_be_dumped },
  { "type into a terminal", try_terminal },
  { "leave its namespace", try_new_namespace },
  { "be traced", try_trace }, /* last: outside, it is from then on */
};

static void
test_box_attempts_work_outside (void)
{
  if (g_test_subprocess ())
    {
      for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
        if (attempts[i].attempt () == -1)
          g_error ("outside the box, too, it cannot %s", attempts[i].what);
      _exit (0);
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_box_refuses_each_attempt (void)
{
  if (g_test_subprocess ())
    {
      AccPdfBox box;

      if (!acc_pdf_box_close (&box))
        _exit (1);
      for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
        if (attempts[i].attempt () != -1 || errno != EPERM)
          {
            (void) !write (STDERR_FILENO, attempts[i].what, strlen (attempts[i].what));
            _exit (2);
          }
      _exit (0);
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf/letters-become-sound-pdfs", test_letters_become_sound_pdfs);
  g_test_add_func ("/pdf/same-letter-same-bytes", test_same_letter_same_bytes);
  g_test_add_func ("/pdf/process/reads-the-letter", test_process_reads_the_letter);
  g_test_add_func ("/pdf/process/draws-the-letter", test_process_draws_the_letter);
  g_test_add_func ("/pdf/looks-like-the-sheet", test_pdf_looks_like_the_sheet);
  g_test_add_func ("/pdf/process/survives-hostile-documents", test_process_survives_hostile_documents);
  g_test_add_func ("/pdf/process/that-is-gone-is-an-error", test_process_that_is_gone_is_an_error);
  g_test_add_func ("/pdf/proof/refuses-a-blank-page", test_proof_refuses_a_blank_page);
  g_test_add_func ("/pdf/box/attempts-work-outside", test_box_attempts_work_outside);
  g_test_add_func ("/pdf/box/refuses-each-attempt", test_box_refuses_each_attempt);
  /* The last one: from then on there is always a child. */
  g_test_add_func ("/pdf/process/that-died-unused-costs-no-document", test_process_that_died_unused_costs_no_document);
  return g_test_run ();
}
