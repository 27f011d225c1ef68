/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Covers and receipts are the bank's own word: all of one is in the language that its desk speaks. */
#include "route-support.h"
#include "support.h"

#include "archive/state.h"
#include "base/language.h"
#include "review/checks-cover.h"
#include "route/cover.h"
#include "route/erasure-receipt.h"

#include <string.h>

#define TEAM "J,Fraud Operations,S,,|S,Fraud Operations,,,|B,Branch,M,,|M,Branch,S,,"

static const struct {
  const char *tag, *proposal, *day, *receipt;
} rows[] = {
  { "en", "A client of the Market Street branch wrote", "by phone on 20 November 2026",
    "erased on 22 November 2026, 10:42 by Ana Held" },
  { "es", "Un cliente de la sucursal Market Street escribió", "por teléfono el 20 de noviembre de 2026",
    "Ana Held la borró el 22 de noviembre de 2026, 10:42" },
  { "fr", "Un client de l’agence Market Street a écrit", "par téléphone le 20 novembre 2026",
    "effacée le 22 novembre 2026, 10:42 par Ana Held" },
  { "de", "Jemand aus der Kundschaft der Filiale Market Street hat", "am Telefon am 20. November 2026",
    "gelöscht am 22. November 2026, 10:42 von Ana Held" },
  { "pl", "Klient oddziału Market Street przesyła", "przez telefon dnia 20 listopada 2026",
    "usunięty 22 listopada 2026, 10:42" },
  { "ar", "كتب عميل لدى فرع Market Street", "بالهاتف في 20 نوفمبر 2026", "ومحاها Ana Held في 22 نوفمبر 2026" },
};

/* As the paper says it of itself, to whoever reads it aloud; qpdf unpacks what the paper packs. */
static void
assert_says_its_language (GBytes *pdf, const char *tag)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "cover.pdf", NULL);
  g_autofree char *entry = g_strdup_printf ("\"/Lang\": \"u:%s\"", tag), *told = NULL;
  const char *const arguments[] = { "qpdf", "--json=2", "--json-key=qpdf", path, NULL };
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &told, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (told, entry));
  test_folder_free (folder);
}

static void
a_cover_speaks_the_desk_s_language (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccDirectory) directory = route_directory_new (TEAM);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J") };
  AccBanker banker = { .name = (char *) "Ana Held", .staff_id = (char *) "B" };
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (AccPlan) plan = NULL;

      acc_language_use (rows[i].tag);
      plan = acc_plan_new (letter, directory, employees, &banker);
      for (guint j = 0; j < acc_plan_get_n_recipients (plan); j++)
        {
          const AccRecipient *recipient = acc_plan_get_recipient (plan, j);
          g_autofree char *text = acc_cover_propose (letter, recipient, "Market Street", NULL);
          g_autoptr (GBytes) pdf = NULL;

          g_test_message ("%s", text);
          g_assert_nonnull (strstr (text, rows[i].day));
          g_assert_true (j > 0 || strstr (text, rows[i].proposal) != NULL);
          pdf = acc_cover_write (letter, ROUTE_NUMBER, recipient, &banker, text, TRUE, letterhead, "Market Street", &error);
          g_assert_no_error (error);
          assert_says_its_language (pdf, rows[i].tag);
        }
    }
}

/* As many months as each form of a plural is for, and none before. */
static const struct {
  const char *tag, *last, *says;
} rarities[] = {
  { "en", NULL, " This is the first letter to Fraud Operations that this branch has passed on." },
  { "es", NULL, " Es la primera carta a Fraud Operations que ha transmitido esta sucursal." },
  { "fr", NULL, " C’est la première lettre que cette agence transmet à ce service : Fraud Operations." },
  { "de", NULL, " Es ist der erste Brief, den diese Filiale an diese Abteilung weitergegeben hat: Fraud Operations." },
  { "pl", NULL, " To pierwszy list, który ten oddział przekazał do działu: Fraud Operations." },
  { "ar", NULL, " هذه أول رسالة أوصلها هذا الفرع إلى قسم Fraud Operations." },
  { "en", "2025-09-21", " This is the first letter to Fraud Operations from this branch in 14 months." },
  { "es", "2025-09-21", " Es la primera carta de esta sucursal a Fraud Operations en 14 meses." },
  { "fr", "2025-09-21", " C’est la première lettre de cette agence à ce service en 14 mois : Fraud Operations." },
  { "de", "2025-09-21", " Es ist seit 14 Monaten der erste Brief dieser Filiale an diese Abteilung: Fraud Operations." },
  { "pl", "2026-04-21", " To pierwszy od 7 miesięcy list z tego oddziału do działu: Fraud Operations." },
  { "pl", "2025-01-21", " To pierwszy od 22 miesięcy list z tego oddziału do działu: Fraud Operations." },
  { "ar", "2026-04-21", " هذه أول رسالة من هذا الفرع إلى قسم Fraud Operations منذ 7 أشهر." },
  { "ar", "2025-09-21", " هذه أول رسالة من هذا الفرع إلى قسم Fraud Operations منذ 14 شهرًا." },
  { "ar", "2018-07-21", " هذه أول رسالة من هذا الفرع إلى قسم Fraud Operations منذ 100 شهر." },
};

/* … and the checks of covers have nothing against it: it compares nobody, and what was proposed is no repetition. */
static void
that_a_letter_is_rare_is_said_in_the_desk_s_language (void)
{
  g_autoptr (AccLetter) letter = route_letter_new (FALSE);
  g_autoptr (AccDirectory) directory = route_directory_new (TEAM);
  const AccPerson *employees[] = { acc_directory_find_id (directory, "J") };
  AccBanker banker = { .name = (char *) "Ana Held", .staff_id = (char *) "B" };

  for (guint i = 0; i < G_N_ELEMENTS (rarities); i++)
    {
      g_autoptr (GHashTable) departments = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (AccPlan) plan = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) seen = NULL;

      acc_language_use (rarities[i].tag);
      plan = acc_plan_new (letter, directory, employees, &banker);
      if (rarities[i].last != NULL)
        g_hash_table_insert (departments, (char *) "fraud operations", (char *) rarities[i].last);
      text = acc_cover_propose (letter, acc_plan_get_recipient (plan, 0), "Market Street", departments);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, rarities[i].says));
      seen = acc_checks_run_cover (&(AccCoverFacts){ .paragraph = text, .proposal = "", .language = rarities[i].tag });
      g_assert_cmpuint (seen->len, ==, 0);
    }
}

static void
a_receipt_speaks_the_desk_s_language (void)
{
  g_autoptr (AccLetterhead) letterhead = route_letterhead ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  AccErasure erasure = { .number = (char *) ROUTE_NUMBER,
                         .sent_at = (char *) "2026-11-21T10:42:00+00:00",
                         .erased_at = (char *) "2026-11-22T10:42:00+00:00",
                         .banker = (char *) "Ana Held",
                         .reason = (char *) "–",
                         .entry_hash = (char *) "0123456789abcdef",
                         .deliveries = none };
  AccErasureReceiptPlace place = { .branch = "Market Street", .paper = ACC_PAPER_A4, .backup_days = 90 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (GBytes) pdf = NULL;
      g_autoptr (GError) error = NULL;

      acc_language_use (rows[i].tag);
      text = acc_erasure_receipt_text (&erasure, &place);
      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, rows[i].receipt));
      pdf = acc_erasure_receipt_write (&erasure, &place, letterhead, &error);
      g_assert_no_error (error);
      assert_says_its_language (pdf, rows[i].tag);
    }
}

/* What a banker is told of a letter that cannot go out is a whole sentence. */
static void
a_state_is_a_word_of_the_sentence (void)
{
  static const struct {
    const char *tag, *held, *approved;
  } words[] = {
    { "en", "held", "approved" },         { "es", "retenida", "aprobada" },     { "fr", "retenue", "approuvée" },
    { "de", "angehalten", "genehmigt" }, { "pl", "wstrzymany", "zatwierdzony" }, { "ar", "موقوفة", "معتمدة" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      acc_language_use (words[i].tag);
      g_assert_cmpstr (acc_state_to_word (ACC_STATE_HELD), ==, words[i].held);
      g_assert_cmpstr (acc_state_to_word (ACC_STATE_APPROVED), ==, words[i].approved);
    }
}

int
main (int argc, char **argv)
{
  acc_language_init ();
  g_test_init (&argc, &argv, NULL);
  route_freeze_clock ();
  g_test_add_func ("/route-language/a-cover-speaks-the-desk-s", a_cover_speaks_the_desk_s_language);
  g_test_add_func ("/route-language/a-rare-letter", that_a_letter_is_rare_is_said_in_the_desk_s_language);
  g_test_add_func ("/route-language/a-receipt-speaks-the-desk-s", a_receipt_speaks_the_desk_s_language);
  g_test_add_func ("/route-language/a-state-is-a-word-of-the-sentence", a_state_is_a_word_of_the_sentence);
  return g_test_run ();
}
