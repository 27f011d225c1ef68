/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the inbox holds was written by the kiosk's user, so nothing of it is trusted: a letter that is not as a kiosk
 * writes it stays where it is, and the others are taken in all the same. */
#include "archive/archive.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "archive/heads.h"
#include "archive/record-table-private.h"
#include "archive/slips.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "inbox/inbox.h"
#include "letter/number.h"
#include "paper/pdf-process.h"
#include "store/statement.h"
#include "vault/hash.h"
#include "vault/journal.h"

#define LEFT_KIND "left in the inbox"

static gboolean
has_number (const AccInboxLetter *letter)
{
  g_autofree char *number = acc_number_parse (letter->sealed->number, NULL);

  return g_strcmp0 (number, letter->sealed->number) == 0;
}

static gboolean
has_known_format (const AccInboxLetter *letter)
{
  return letter->format == ACC_SEAL_FORMAT;
}

static gboolean
has_key (const AccInboxLetter *letter)
{
  return letter->sealed->key != NULL && letter->sealed->branch_key != NULL;
}

static gboolean
has_its_body (const AccInboxLetter *letter)
{
  g_autofree char *hash = acc_hash_bytes (letter->sealed->body);

  return g_strcmp0 (hash, letter->sealed->body_hash) == 0;
}

static gboolean
has_pdf_hash (const AccInboxLetter *letter)
{
  return strspn (letter->sealed->pdf_hash, "0123456789abcdef") == 2 * ACC_HASH_SIZE
         && letter->sealed->pdf_hash[2 * ACC_HASH_SIZE] == '\0';
}

static gboolean
has_kiosk (const AccInboxLetter *letter)
{
  AccTextChange change = ACC_TEXT_UNCHANGED;
  g_autofree char *kiosk = acc_text_clean (letter->kiosk, -1, ACC_TEXT_LINE, &change);

  return g_str_equal (kiosk, letter->kiosk) && !acc_text_is_blank (kiosk);
}

static gboolean
has_time (const AccInboxLetter *letter)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (letter->submitted_at, NULL);

  return time != NULL;
}

static gboolean
has_pages (const AccInboxLetter *letter)
{
  return letter->n_pages >= 1 && letter->n_pages <= ACC_PDF_PAGES_MAX;
}

static const struct {
  gboolean (*is_sound) (const AccInboxLetter *letter);
  const char *fault;
} rules[] = {
  { has_number, N_ ("its number is not a letter's number") }, /* first: the sentences name it */
  { has_known_format, N_ ("a newer Accolade has written it") },
  { has_key, N_ ("its key is missing") },
  { has_its_body, N_ ("its body has been changed") },
  { has_pdf_hash, N_ ("the hash of its PDF is none") },
  { has_kiosk, N_ ("its kiosk has no proper name") },
  { has_time, N_ ("the time of its sending is none") },
  { has_pages, N_ ("its number of pages cannot be") },
};

typedef struct {
  AccIdentity *identity;
  const AccInboxLetter *letter;
  const char *fault; /* why it stays in the inbox; NULL: it need not */
  gboolean added;
  char *writer, *head; /* the kiosk's journal */
  gint64 count;
} TakeIn;

static void
take_in_clear (TakeIn *self)
{
  g_free (self->writer);
  g_free (self->head);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TakeIn, take_in_clear)

/* All that the desk keeps in clear of the letter, signed, and where the kiosk's journal stood. */
static char *
write_facts (const TakeIn *self, const char *taken_at)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *key_hash = acc_hash_bytes (self->letter->sealed->key);
  const struct {
    const char *name, *value;
  } facts[] = {
    { "body_hash", self->letter->sealed->body_hash },
    { "pdf_hash", self->letter->sealed->pdf_hash },
    { "key_hash", key_hash },
    { "submitted_at", self->letter->submitted_at },
    { "taken_at", taken_at },
    { "kiosk", self->letter->kiosk },
    { "writer", self->writer },
    { "head", self->head },
  };

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      json_builder_set_member_name (builder, facts[i].name);
      json_builder_add_string_value (builder, facts[i].value);
    }
  json_builder_set_member_name (builder, "count");
  json_builder_add_int_value (builder, self->count);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, self->letter->n_pages);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static gboolean
add_letter (AccStore *desk, TakeIn *self, GError **error)
{
  g_autofree char *taken_at = acc_clock_stamp ();
  g_autofree char *facts = write_facts (self, taken_at);

  self->added = TRUE;
  return acc_record_table_insert (desk, self->letter, taken_at, error)
         && acc_archive_note (desk, self->identity, "taken in", self->letter->sealed->number, facts, error)
         && (self->count == 0
             || acc_record_table_insert_head (desk, self->writer, self->count, self->head, error));
}

/* *@is_here: whether the letter is in the archive already. */
static gboolean
find_fault (AccStore *desk, TakeIn *self, gboolean *is_here, GError **error)
{
  g_autofree char *body_hash = NULL;
  gboolean known = FALSE;

  if (!acc_record_table_find_body_hash (desk, self->letter->sealed->number, &body_hash, error)
      || !acc_record_table_knows_branch_key (desk, self->letter->sealed->branch_key, &known, error))
    return FALSE;
  if (body_hash != NULL && g_strcmp0 (body_hash, self->letter->sealed->body_hash) != 0)
    self->fault = N_ ("another letter of this number is in the archive");
  else if (body_hash == NULL && !known)
    self->fault = N_ ("it is sealed for a key that this branch does not have");
  *is_here = body_hash != NULL;
  return TRUE;
}

/* Looks inside the transaction, since another desk may be at work. */
static gboolean
copy_letter (AccStore *desk, gpointer data, GError **error)
{
  TakeIn *self = data;
  gboolean is_here;

  if (!find_fault (desk, self, &is_here, error))
    return FALSE;
  return self->fault != NULL || is_here || add_letter (desk, self, error);
}

/* One entry for each letter that stays, however often the desk comes by. */
static gboolean
note_left (AccStore *desk, gpointer data, GError **error)
{
  const TakeIn *self = data;
  g_autoptr (AccStatement) find = NULL;
  g_autofree char *facts = g_strdup_printf ("{\"sequence\":%" G_GINT64_FORMAT "}", self->letter->sequence);
  const char *number = has_number (self->letter) ? self->letter->sealed->number : NULL;
  gboolean noted = FALSE;

  find = acc_statement_new (desk, "SELECT 1 FROM journal WHERE number IS ?1 AND kind = ?2 AND facts = ?3", error);
  acc_statement_bind_text (find, 1, number);
  acc_statement_bind_text (find, 2, LEFT_KIND);
  acc_statement_bind_text (find, 3, facts);
  if (!acc_statement_step (find, &noted, error))
    return FALSE;
  return noted || acc_archive_note (desk, self->identity, LEFT_KIND, number, facts, error);
}

/* Sets self->fault and adds nothing if the letter must stay. */
static gboolean
take_in (AccStore *desk, AccStore *inbox, TakeIn *self, GError **error)
{
  gboolean is_here;

  for (gsize i = 0; i < G_N_ELEMENTS (rules) && self->fault == NULL; i++)
    if (!rules[i].is_sound (self->letter))
      self->fault = rules[i].fault;
  if (self->fault == NULL && !find_fault (desk, self, &is_here, error))
    return FALSE;
  if (self->fault == NULL)
    {
      gboolean still_there = FALSE;

      if (!acc_slips_begin_taking (inbox, self->letter->sealed->number, &still_there, error))
        return FALSE;
      if (!still_there) /* its client has taken it back since it was read */
        return TRUE;
      self->writer = g_strconcat ("kiosk:", self->letter->kiosk, NULL);
      self->head = acc_journal_head (inbox, self->writer, &self->count, error);
      if (self->head == NULL)
        return FALSE;
      if (!acc_store_transact (desk, copy_letter, self, error))
        {
          self->added = FALSE;
          return FALSE;
        }
    }
  if (self->fault != NULL)
    return acc_store_transact (desk, note_left, self, error);
  return acc_inbox_remove (inbox, self->letter->sealed->number, error);
}

/* The number only where it is one: anything may stand there. */
static char *
describe_left (const TakeIn *self)
{
  if (has_number (self->letter))
    return g_strdup_printf (_ ("letter %s was left in the inbox: %s"), self->letter->sealed->number,
                            _ (self->fault));
  return g_strdup_printf (_ ("letter %" PRId64 " of inbox.db was left in the inbox: %s"),
                          self->letter->sequence, _ (self->fault));
}

static gboolean
report_left (const char *first, guint n_left, GError **error)
{
  g_autofree char *more = NULL;

  if (n_left == 0)
    return TRUE;
  if (n_left > 1)
    more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, " (and %u more)", " (and %u more)", n_left - 1), n_left - 1);
  g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, "%s%s", first, more != NULL ? more : "");
  return FALSE;
}

gboolean
acc_archive_take_in (AccStore *desk, AccStore *inbox, AccIdentity *identity, guint *n_taken, GError **error)
{
  g_autofree char *first_left = NULL;
  g_autoptr (GError) local = NULL;
  guint taken = 0, n_left = 0;
  gint64 last = 0;

  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_STORE (inbox) && ACC_IS_IDENTITY (identity), FALSE);

  while (local == NULL)
    {
      g_autoptr (AccInboxLetter) letter = acc_inbox_next (inbox, last, &local);
      g_auto (TakeIn) one = { identity, letter };

      if (letter == NULL)
        break;
      last = letter->sequence;
      take_in (desk, inbox, &one, &local);
      taken += one.added;
      if (one.fault != NULL && n_left++ == 0)
        first_left = describe_left (&one);
    }
  if (n_taken != NULL)
    *n_taken = taken;
  if (taken > 0)
    acc_heads_keep (desk, inbox, NULL); /* must not hold the letters up: doctor tells if it cannot be done */
  if (local == NULL && acc_slips_tell_part (desk, inbox, &local))
    return report_left (first_left, n_left, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
