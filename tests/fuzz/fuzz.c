/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

static void
turn_into_abort (int number)
{
  abort ();
}

/* GLib ends a program by a trap, which libFuzzer does not know: it would not keep the input. */
int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  signal (SIGTRAP, turn_into_abort);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  return 0;
}

guint8
fuzz_take_byte (FuzzInput *input)
{
  if (input->left == 0)
    return 0;
  input->left--;
  return *input->at++;
}

char *
fuzz_take_text (FuzzInput *input)
{
  const guint8 *end = input->left > 0 ? memchr (input->at, '\0', input->left) : NULL;
  gsize size = end != NULL ? (gsize) (end - input->at) : input->left;
  char *text = g_malloc (size + 1);

  if (size > 0)
    memcpy (text, input->at, size);
  text[size] = '\0';
  if (input->left > 0)
    input->at += end != NULL ? size + 1 : size;
  input->left -= end != NULL ? size + 1 : size;
  return text;
}

GBytes *
fuzz_take_rest (FuzzInput *input)
{
  GBytes *rest = g_bytes_new (input->at, input->left);

  input->left = 0;
  return rest;
}

void
fuzz_check_refusal (const GError *error)
{
  g_autofree char *sentence = NULL;

  g_assert_nonnull (error);
  g_assert_true (error->domain == ACC_ERROR);
  g_assert_true (error->message[0] != '\0' && g_utf8_validate (error->message, -1, NULL));
  sentence = acc_error_sentence (error);
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
}

void
fuzz_write (const char *path, gconstpointer data, gsize size)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  close (fd);
}
