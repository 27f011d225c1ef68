/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor's checks of what a letter is made with. */
#include "cli/doctor-private.h"

#include <string.h>

#include "base/language.h"
#include "base/places.h"
#include "paper/font-check.h"
#include "paper/letterhead.h"
#include "paper/pdf-process.h"
#include "paper/pdf-writer.h"

#define TRIAL_WORDS "Accolade reads this page back"

static AccLetterhead *
load_letterhead (AccDoctor *self, GError **error)
{
  g_autoptr (AccConfig) defaults = self->config == NULL ? acc_config_load (NULL, NULL) : NULL;
  AccConfig *config = self->config != NULL ? self->config : defaults;

  return acc_letterhead_load_named (config != NULL ? acc_config_get (config, ACC_CONFIG_BRANCH_LETTERHEAD) : "harbour-vale",
                                    error);
}

void
acc_doctor_check_letterhead (AccDoctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = load_letterhead (self, &error);

  if (letterhead == NULL)
    acc_doctor_say_error (self, ACC_FINDING_ACT,
                          "Correct it, or letterhead= under [branch] of accolade.conf; “accolade letterhead check” helps.",
                          error);
  else
    acc_doctor_say (self, ACC_FINDING_OK, "", "The letterhead of %s can be used.", acc_letterhead_get_bank (letterhead));
}

void
acc_doctor_check_fonts (AccDoctor *self)
{
  gboolean all = TRUE;

  for (guint i = 0; i < acc_font_n_rows; i++)
    {
      const AccFontRow *row = &acc_font_rows[i];
      g_autofree char *remedy = g_strdup_printf ("Install the package %s.", row->package);
      g_autoptr (GError) error = NULL;
      AccFontState state = ACC_FONT_FOUND;

      if (!acc_font_check (row, &state, &error))
        {
            acc_doctor_say_error (self, ACC_FINDING_ACT, "Install Accolade again.", error);
          return;
        }
      all = all && state == ACC_FONT_FOUND;
      if (state == ACC_FONT_MISSING)
        acc_doctor_say (self, row->needed ? ACC_FINDING_ACT : ACC_FINDING_LOOK, remedy,
                        "No font has the characters of %s: a letter with them is refused.", row->script);
      else if (state == ACC_FONT_REPLACED)
        acc_doctor_say (self, ACC_FINDING_LOOK, remedy, "The font for %s, %s, is missing: another one is used.",
                        row->script, row->family);
    }
  if (all)
    acc_doctor_say (self, ACC_FINDING_OK, "", "The letters' fonts are here.");
}

/* The kiosk passes silently over a language that it cannot offer. */
static gboolean
check_language (AccDoctor *self, const char *tag)
{
  g_autoptr (AccLanguage) language = acc_language_find (tag);

  if (language != NULL && language->is_translated)
    return TRUE;
  acc_doctor_say (self, ACC_FINDING_ACT, "Correct languages= under [kiosk] of accolade.conf, or install Accolade's files of it.",
                  "Clients are to be offered the language “%s”, which is not installed: the kiosk leaves it out.", tag);
  return FALSE;
}

/* … and types a language without keys of its own with the English ones. */
static gboolean
check_keys (AccDoctor *self, const AccLanguage *language)
{
  g_autofree char *below = g_strdup_printf ("keyboards/%s.conf", language->tag);
  g_autofree char *path = acc_places_data (below);

  if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  acc_doctor_say (self, ACC_FINDING_LOOK, "Put the file there, or install Accolade again.",
                  "%s is missing: the kiosk's own keyboard shows English keys to whoever chooses %s.", path, language->name);
  return FALSE;
}

void
acc_doctor_check_languages (AccDoctor *self)
{
  const char *wanted = self->config != NULL ? acc_config_get (self->config, ACC_CONFIG_KIOSK_LANGUAGES) : "";
  g_autoptr (GPtrArray) offered = acc_language_list_offered (wanted);
  g_auto (GStrv) tags = g_strsplit (wanted, ";", -1);
  gboolean all = TRUE;

  for (guint i = 0; tags[i] != NULL; i++)
    if (*g_strstrip (tags[i]) != '\0')
      all = check_language (self, tags[i]) && all;
  for (guint i = 0; i < offered->len; i++)
    all = check_keys (self, g_ptr_array_index (offered, i)) && all;
  if (all)
    acc_doctor_say (self, ACC_FINDING_OK, "", "Clients can be offered %u languages, each with keys of its own.", offered->len);
}

/* A page of our own, made as a letter is made. */
static GBytes *
make_trial_page (AccLetterhead *letterhead, GError **error)
{
  static const AccCoverText text = { .branch = "", .number = "", .date = "2026-01-01", .language = "en", .to_name = "",
                                     .to_line = "", .subject = "", .salutation = "", .paragraph = TRIAL_WORDS,
                                     .signed_name = "", .signed_line = "", .paper = ACC_PAPER_A4 };
  g_autoptr (AccWording) wording = acc_wording_load (letterhead, "en", error);
  g_autoptr (AccComposition) composition = wording != NULL ? acc_composition_new_cover (&text, wording) : NULL;
  g_autoptr (AccPages) pages = composition != NULL ? acc_typeset (composition, letterhead, error) : NULL;

  return pages != NULL ? acc_pdf_write (pages, error) : NULL;
}

/* What accolade-pdf says of its box, as one line; "" if it says nothing. */
static char *
ask_box (void)
{
  g_autofree char *program = acc_places_program ("accolade-pdf");
  const char *const words[] = { program, "--self-check", NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  g_autofree char *answer = NULL;
  g_auto (GStrv) lines = NULL;

  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &answer, NULL, NULL) || answer == NULL)
    return g_strdup ("");
  lines = g_strsplit (g_strchomp (answer), "\n", -1);
  return g_strjoinv ("; ", lines);
}

void
acc_doctor_check_pdf (AccDoctor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AccLetterhead) letterhead = load_letterhead (self, NULL);
  g_autoptr (GBytes) page = NULL;
  g_autoptr (AccPdfProcess) process = NULL;
  g_autofree char *text = NULL, *box = NULL;

  if (letterhead == NULL) /* its own check says why */
    letterhead = acc_letterhead_load_named ("harbour-vale", &error);
  page = letterhead != NULL ? make_trial_page (letterhead, &error) : NULL;
  process = page != NULL ? acc_pdf_process_open (page, &error) : NULL;
  text = process != NULL ? acc_pdf_process_read_text (process, 0, &error) : NULL;
  if (text == NULL)
    acc_doctor_say (self, ACC_FINDING_ACT,
                    "No letter can be sent. Install Accolade and its fonts again; where a container or an old kernel"
                    " forbids seccomp, allow it.",
                    "accolade-pdf cannot read a page of our own in its box: %s", error->message);
  else if (strstr (text, TRIAL_WORDS) == NULL)
    acc_doctor_say (self, ACC_FINDING_ACT, "No letter can be sent. Install Accolade's fonts and poppler again.",
                    "accolade-pdf reads something else on a page of our own than what was written.");
  else
    {
      box = ask_box ();
      acc_doctor_say (self, ACC_FINDING_OK, "", "accolade-pdf shut itself in and read a trial page back (%s).", box);
    }
}
