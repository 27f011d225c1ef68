/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

typedef struct {
  AccOptionSet set;
  char letter;
  const char *name;
  GOptionArg kind;
  gsize place; /* in AccOptions */
  const char *help, *value;
} Row;

#define PLACE(member) G_STRUCT_OFFSET (AccOptions, member)

static const Row rows[] = {
  { ACC_OPTION_STORE, 0, "store", G_OPTION_ARG_FILENAME, PLACE (store), "the store's folder (or ACCOLADE_STORE)",
    "DIR" },
  { ACC_OPTION_PASSPHRASE, 0, "passphrase-file", G_OPTION_ARG_FILENAME, PLACE (passphrase_file),
    "a file whose first line is the banker's passphrase", "F" },
  { ACC_OPTION_PASSPHRASE | ACC_OPTION_BANKER, 0, "banker", G_OPTION_ARG_STRING, PLACE (banker),
    "who signs in, where several are set up; with setup, the first banker", "NAME" },
  { ACC_OPTION_JSON, 0, "json", G_OPTION_ARG_NONE, PLACE (json), "print JSON", NULL },
  { ACC_OPTION_BRANCH, 0, "branch", G_OPTION_ARG_STRING, PLACE (branch), "the branch's name, as on the letterhead",
    "NAME" },
  { ACC_OPTION_RECOVERY, 0, "recovery-file", G_OPTION_ARG_FILENAME, PLACE (recovery_file),
    "the file of the recovery key: setup writes it there instead of printing it, key rotate makes a new one there "
    "(- prints it), key recover reads it",
    "R" },
  { ACC_OPTION_NEW_BANKER | ACC_OPTION_NEW_PASSPHRASE, 0, "new-passphrase-file", G_OPTION_ARG_FILENAME,
    PLACE (new_passphrase_file), "a file whose first line is the new passphrase", "G" },
  { ACC_OPTION_NEW_BANKER, 0, "manager", G_OPTION_ARG_NONE, PLACE (manager), "the new banker is a manager", NULL },
  { ACC_OPTION_NEW_BANKER, 0, "staff-id", G_OPTION_ARG_STRING, PLACE (staff_id), "the banker's id in the directory",
    "ID" },
  { ACC_OPTION_IMPORT, 0, "dry-run", G_OPTION_ARG_NONE, PLACE (dry_run), "show the difference, import nothing", NULL },
  { ACC_OPTION_IMPORT, 0, "yes", G_OPTION_ARG_NONE, PLACE (yes),
    "import although many would go, or rows were set aside", NULL },
  { ACC_OPTION_IMPORT, 0, "quarantine", G_OPTION_ARG_FILENAME, PLACE (quarantine), "set bad rows aside in FILE",
    "FILE" },
  { ACC_OPTION_ON, 0, "on", G_OPTION_ARG_STRING, PLACE (on), "as of that day (YYYY-MM-DD); today if not given",
    "DATE" },
  { ACC_OPTION_NUMBER, 0, "number", G_OPTION_ARG_STRING, PLACE (number), "the letter's number, a UUID", "UUID" },
  { ACC_OPTION_SLIP, 0, "slip", G_OPTION_ARG_NONE, PLACE (slip),
    "also print the code of a slip, with which the client can ask for the letter at the kiosk", NULL },
  { ACC_OPTION_RENDER, 'o', "output", G_OPTION_ARG_FILENAME, PLACE (output), "the PDF to write", "OUT.pdf" },
  { ACC_OPTION_RENDER, 0, "png", G_OPTION_ARG_FILENAME, PLACE (png), "also write a picture of each page, PREFIX-1.png…",
    "PREFIX" },
  { ACC_OPTION_RENDER, 0, "letterhead", G_OPTION_ARG_FILENAME, PLACE (letterhead), "the letterhead's folder", "DIR" },
  { ACC_OPTION_RENDER, 0, "large-print", G_OPTION_ARG_NONE, PLACE (large_print),
    "the large-print edition, in 18 points, which says that it is one", NULL },
  { ACC_OPTION_PDF, 0, "pdf", G_OPTION_ARG_FILENAME, PLACE (pdf), "write the letter's PDF there", "OUT.pdf" },
  { ACC_OPTION_ERASE, 0, "reason", G_OPTION_ARG_STRING, PLACE (reason), "why, in a few words: for the receipt", "TEXT" },
  { ACC_OPTION_ERASE, 0, "receipt", G_OPTION_ARG_FILENAME, PLACE (receipt),
    "the receipt to print (NUMBER-receipt.pdf if not given)", "OUT.pdf" },
  { ACC_OPTION_RETAIN, 0, "yes", G_OPTION_ARG_NONE, PLACE (yes), "go on although the clock looks wrong", NULL },
  { ACC_OPTION_CODE, 0, "code-file", G_OPTION_ARG_FILENAME, PLACE (code_file),
    "a file whose first line is the code, in the place of standard input", "F" },
  { ACC_OPTION_SECRET, 0, "secret-file", G_OPTION_ARG_FILENAME, PLACE (secret_file),
    "a file whose first line is the secret, in the place of standard input; an empty line erases it", "F" },
  { ACC_OPTION_MESSAGE, 0, "message-file", G_OPTION_ARG_FILENAME, PLACE (message_file),
    "a file with the words that came back", "F" },
  { ACC_OPTION_DRY_RUN, 0, "dry-run", G_OPTION_ARG_NONE, PLACE (dry_run), "show it, change nothing", NULL },
  { ACC_OPTION_COVER, 0, "cover-file", G_OPTION_ARG_FILENAME, PLACE (cover_file),
    "a file with the covering paragraph, in the place of the proposed one", "F" },
};

static GArray *
entries_of (AccOptions *options, AccOptionSet set)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  GOptionEntry rest = { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->rest, NULL, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      GOptionEntry entry
          = { row->name, row->letter, 0, row->kind, G_STRUCT_MEMBER_P (options, row->place), row->help, row->value };

      if (row->set & set)
        g_array_append_val (entries, entry);
    }
  g_array_append_val (entries, rest);
  return entries;
}

gboolean
acc_options_parse (AccOptions *options, AccOptionSet set, GStrv arguments, GError **error)
{
  g_autoptr (GArray) entries = entries_of (options, set);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) vector = NULL;

  /* GOption takes the first word for the program's name. */
  g_strv_builder_add (builder, "accolade");
  g_strv_builder_addv (builder, (const char **)arguments);
  vector = g_strv_builder_end (builder);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, (const GOptionEntry *)entries->data, NULL);
  if (!g_option_context_parse_strv (context, &vector, error))
    return FALSE;
  if (options->store == NULL && (set & ACC_OPTION_STORE))
    options->store = g_strdup (g_getenv ("ACCOLADE_STORE"));
  if (options->rest == NULL)
    options->rest = g_new0 (char *, 1);
  return TRUE;
}

void
acc_options_clear (AccOptions *options)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].kind != G_OPTION_ARG_NONE)
      g_clear_pointer ((char **)G_STRUCT_MEMBER_P (options, rows[i].place), g_free);
  g_clear_pointer (&options->rest, g_strfreev);
}

char *
acc_options_describe (AccOptionSet set)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      g_autofree char *name = g_strdup_printf ("%s%s%s%s", row->letter ? "-o, --" : "--", row->name,
                                               row->value ? " " : "", row->value ? row->value : "");

      if (row->set & set)
        g_string_append_printf (text, "  %-26s %s\n", name, row->help);
    }
  return g_string_free (text, FALSE);
}
