/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"

G_DEFINE_QUARK (acc-error-quark, acc_error)

#define STATUS_REFUSED 1
#define STATUS_STORE 3

typedef struct {
  AccError code;
  int exit_status;
  const char *remedy;
} ErrorRow;

/* One row a code: how a command ends, and what to do about it. */
static const ErrorRow error_rows[] = {
  /* the message names the field and says what is wrong with it */
  { ACC_ERROR_INPUT, STATUS_REFUSED, "" },
  /* a letter is never filed with a box or without a character */
  { ACC_ERROR_CHARACTERS, STATUS_REFUSED, N_("Take them out, or install a font that has them.") },
  /* also while sign-in is locked: the message then says for how long */
  { ACC_ERROR_PASSPHRASE, STATUS_REFUSED, N_("Type it again.") },
  /* a manager may what a banker may not */
  { ACC_ERROR_NOT_ALLOWED, STATUS_REFUSED, N_("Ask a branch manager.") },
  /* a number or a name that is not known here */
  { ACC_ERROR_NOT_FOUND, STATUS_REFUSED, N_("Check how it is written.") },
  /* two bankers at once: one wins, the other is told */
  { ACC_ERROR_CONFLICT, STATUS_REFUSED, N_("Look at it again before you decide.") },
  /* another program holds the store */
  { ACC_ERROR_BUSY, STATUS_REFUSED, N_("Try again in a moment.") },
  /* a stored PDF is hostile until proved otherwise */
  { ACC_ERROR_DOCUMENT, STATUS_REFUSED, N_("Open another one, or ask your IT support to look at it.") },
  /* rights, missing programs, a broken disk */
  { ACC_ERROR_SYSTEM, STATUS_REFUSED, N_("Ask your IT support to look at it.") },
  /* nothing there is not a damaged store: the folder's name is wrong, or set-up is still to do */
  { ACC_ERROR_NO_STORE, STATUS_REFUSED, N_("Run “accolade setup”, or name the right folder with --store.") },
  /* what is left is never written to */
  { ACC_ERROR_STORE_DAMAGED, STATUS_STORE, N_("Restore a backup with “accolade restore”.") },
  /* another program's file is not ours to change */
  { ACC_ERROR_STORE_FOREIGN, STATUS_STORE, N_("Name the right folder with --store; nothing was changed.") },
  /* made by a later version of this program */
  { ACC_ERROR_STORE_NEWER, STATUS_STORE, N_("Update Accolade, or open it with the newer version that made it.") },
  /* a backup that is cut short, damaged, or none */
  { ACC_ERROR_BACKUP, STATUS_STORE, N_("Take another backup; nothing was restored.") },
  /* the disk, a quota, or SQLite's own limit */
  { ACC_ERROR_STORE_FULL, STATUS_STORE, N_("Make room on the disk, then try again.") },
};

static const ErrorRow *
find_row (const GError *error)
{
  if (error == NULL || error->domain != ACC_ERROR)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++)
    if ((int) error_rows[i].code == error->code)
      return &error_rows[i];
  return NULL;
}

int
acc_error_exit_status (const GError *error)
{
  const ErrorRow *row = find_row (error);

  if (error == NULL)
    return 0;
  return row != NULL ? row->exit_status : STATUS_REFUSED;
}

const char *
acc_error_remedy (const GError *error)
{
  const ErrorRow *row = find_row (error);

  return row != NULL && row->remedy[0] != '\0' ? _(row->remedy) : "";
}

/* Whether @text ends as a sentence does, in any of the scripts that a catalogue may bring. */
static gboolean
ends_a_sentence (const char *text)
{
  static const char *const ends[] = { ".", "…", "?", "!", "。", "۔", "।" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return FALSE;
}

char *
acc_error_sentence (const GError *error)
{
  const char *remedy = acc_error_remedy (error);
  g_autofree char *line = NULL;
  GString *sentence;

  g_return_val_if_fail (error != NULL, NULL);

  line = acc_text_to_line (error->message);
  sentence = g_string_new (g_strstrip (line));
  if (!ends_a_sentence (sentence->str))
    g_string_append_c (sentence, '.');
  if (remedy[0] != '\0')
    g_string_append_printf (sentence, " %s", remedy);
  return g_string_free (sentence, FALSE);
}

char *
acc_error_screen_sentence (const GError *error)
{
  char *sentence = acc_error_sentence (error);
  gsize word = sentence != NULL ? strcspn (sentence, " ") : 0;
  char first[7] = "";
  char *begun;

  if (word == 0 || strcspn (sentence, ".:/_") < word)
    return sentence;
  first[g_unichar_to_utf8 (g_unichar_totitle (g_utf8_get_char (sentence)), first)] = '\0';
  begun = g_strconcat (first, g_utf8_next_char (sentence), NULL);
  g_free (sentence);
  return begun;
}

static AccError
code_of_errno (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
      return ACC_ERROR_STORE_FULL;
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return ACC_ERROR_INPUT;
    default:
      return ACC_ERROR_SYSTEM;
    }
}

void
acc_error_set_from_errno (GError **error, int saved_errno, const char *doing, const char *path)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (doing != NULL && path != NULL);

  shown = g_filename_display_name (path);
  g_set_error (error, ACC_ERROR, code_of_errno (saved_errno), "Cannot %s “%s”: %s", doing, shown,
               g_strerror (saved_errno));
}
