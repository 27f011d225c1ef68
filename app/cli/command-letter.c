/* SPDX-License-Identifier: GPL-3.0-or-later */
/* accolade letterhead check | render | submit */
#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/terminal.h"
#include "inbox/slip-code.h"
#include "inbox/submit.h"
#include "letter/number.h"
#include "paper/edition.h"
#include "paper/pdf-process.h"

#define PICTURE_SCALE (150.0 / 72.0) /* 150 dots an inch */

/* Of one fault the error itself tells; of several each has its line, and the error counts them. */
static void
tell_faults (GPtrArray *faults, const char *folder, GError **error)
{
  if (faults->len == 1)
    {
      g_propagate_error (error, g_error_copy (g_ptr_array_index (faults, 0)));
      return;
    }
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *sentence = acc_error_sentence (g_ptr_array_index (faults, i));

      acc_cli_print ("%s\n", sentence);
    }
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "%s: the letterhead has %u faults, which are listed. Mend them, then check again.",
               folder, faults->len);
}

/* Prints what could be better, too, a sentence a line. */
gboolean
acc_command_letterhead_check (const AccOptions *options, GError **error)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  g_autoptr (GPtrArray) advice = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (AccLetterhead) letterhead = acc_letterhead_check (options->rest[0], faults, advice);

  if (letterhead == NULL)
    tell_faults (faults, options->rest[0], error);
  for (guint i = 0; i < advice->len; i++)
    {
      g_autofree char *line = acc_text_to_line (g_ptr_array_index (advice, i));

      acc_cli_print ("Advice: %s\n", line);
    }
  if (letterhead != NULL)
    acc_cli_print ("The letterhead of %s can be used.\n", acc_letterhead_get_bank (letterhead));
  return letterhead != NULL;
}

/* The letter, typeset and proofread under @number; NULL makes a specimen. */
static AccReadyLetter *
make_ready (const AccOptions *options, AccConfig *config, const char *number, GError **error)
{
  g_autoptr (AccLetter) letter = acc_cli_read_letter (options->rest[0], error);
  g_autoptr (AccLetterhead) letterhead = NULL;

  if (letter == NULL || (letterhead = acc_cli_load_letterhead (options, config, error)) == NULL)
    return NULL;
  return acc_ready_letter_new (letter, number, letterhead, acc_config_get (config, ACC_CONFIG_BRANCH_NAME), error);
}

static char *
parse_number (const char *text, GError **error)
{
  char *number = acc_number_parse (text, error);

  if (number == NULL)
    g_prefix_error (error, "--number: ");
  return number;
}

static gboolean
write_pictures (GBytes *pdf, const char *prefix, GError **error)
{
  g_autoptr (AccPdfProcess) process = acc_pdf_process_open (pdf, error);

  if (process == NULL)
    return FALSE;
  for (guint page = 0; page < acc_pdf_process_get_n_pages (process); page++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u.png", prefix, page + 1);
      cairo_surface_t *picture = acc_pdf_process_draw (process, page, PICTURE_SCALE, error);
      cairo_status_t status;

      if (picture == NULL)
        return FALSE;
      status = cairo_surface_write_to_png (picture, path);
      cairo_surface_destroy (picture);
      if (status != CAIRO_STATUS_SUCCESS)
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, "%s could not be written: %s.", path,
                       cairo_status_to_string (status));
          return FALSE;
        }
    }
  return TRUE;
}

static GBytes *
render_large_print (const AccOptions *options, AccConfig *config, const char *number, GError **error)
{
  g_autoptr (AccLetter) letter = acc_cli_read_letter (options->rest[0], error);
  g_autoptr (AccLetterhead) letterhead = letter != NULL ? acc_cli_load_letterhead (options, config, error) : NULL;
  const AccEdition edition = { letter, acc_config_get (config, ACC_CONFIG_BRANCH_NAME), number, TRUE, NULL };

  return letterhead != NULL ? acc_edition_write (&edition, letterhead, error) : NULL;
}

static GBytes *
render (const AccOptions *options, AccConfig *config, const char *number, GError **error)
{
  g_autoptr (AccReadyLetter) ready = NULL;

  if (options->large_print)
    return render_large_print (options, config, number, error);
  ready = make_ready (options, config, number, error);
  return ready != NULL ? g_bytes_ref (acc_ready_letter_get_pdf (ready)) : NULL;
}

gboolean
acc_command_render (const AccOptions *options, GError **error)
{
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *number = NULL;

  if (!acc_cli_need (options->output, "-o", error))
    return FALSE;
  if (options->number != NULL && (number = parse_number (options->number, error)) == NULL)
    return FALSE;
  if ((config = acc_config_load (options->store, error)) == NULL
      || (pdf = render (options, config, number, error)) == NULL || !acc_file_write (options->output, pdf, 0644, error))
    return FALSE;
  return options->png == NULL || write_pictures (pdf, options->png, error);
}

/* A slip is given out only where somebody is to read its code. */
static gboolean
add_slip (const AccOptions *options, AccReadyLetter *ready, GError **error)
{
  g_autoptr (GBytes) key = options->slip ? acc_slip_key_load (options->store, error) : NULL;

  if (key != NULL)
    acc_ready_letter_add_slip (ready, key);
  return key != NULL || !options->slip;
}

gboolean
acc_command_submit (const AccOptions *options, GError **error)
{
  g_autoptr (AccConfig) config = NULL;
  g_autoptr (AccBranchKey) branch_key = NULL;
  g_autoptr (AccStore) inbox = NULL;
  g_autoptr (AccReadyLetter) ready = NULL;
  g_autofree char *number = NULL, *key_path = NULL;

  if (!acc_cli_need (options->store, "--store", error))
    return FALSE;
  number = options->number ? parse_number (options->number, error) : acc_number_new ();
  if (number == NULL)
    return FALSE;
  key_path = acc_inbox_branch_key_path (options->store);
  if ((inbox = acc_inbox_open (options->store, ACC_STORE_WRITE, error)) == NULL
      || (branch_key = acc_branch_key_load (key_path, error)) == NULL
      || (config = acc_config_load (options->store, error)) == NULL
      || (ready = make_ready (options, config, number, error)) == NULL
      || !add_slip (options, ready, error)
      || !acc_submit (inbox, branch_key, acc_config_get (config, ACC_CONFIG_KIOSK_ID), ready, error))
    return FALSE;
  acc_cli_print ("%s\n", number);
  if (options->slip)
    acc_cli_print ("%s\n", acc_ready_letter_get_slip_code (ready));
  return TRUE;
}
