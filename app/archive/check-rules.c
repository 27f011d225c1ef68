/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive/check-private.h"

#include <glib/gi18n-lib.h>

#define FACT(name) ACC_RULES_FACT ("j", name)
#define LETTER "LEFT JOIN letter l ON l.number = x.number "
#define ORIGINAL \
  "LEFT JOIN document d ON d.id = (SELECT min (id) FROM document WHERE number = x.number AND kind = 'original') "
#define KEY "LEFT JOIN letter_key k ON k.number = x.number "
#define TAKEN_IN \
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number = x.number AND +writer = 'desk' " \
  "AND kind = 'taken in' LIMIT 1) "
#define SUBMITTED(letter) \
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number = " letter ".number " \
  "AND +writer = 'kiosk:' || " letter ".kiosk AND kind = 'submitted' LIMIT 1) "
/* The newest entry that tells of the key counts: a key is wrapped anew when the branch's key changes. */
#define KEY_TOLD \
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number = x.number AND +writer = 'desk' " \
  "AND instr (facts, '\"key_hash\"') > 0 ORDER BY +sequence DESC LIMIT 1) "

#define SECRET_TOLD \
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number IS NULL AND +writer = 'desk' " \
  "AND kind IN ('secret set', 'secret encrypted anew', 'secret erased') " \
  "AND " ACC_RULES_FACT ("journal", "secret") " = x.name ORDER BY +sequence DESC LIMIT 1) "

/* ---- desk.db ---- */

static const AccRule desk_letters[] = {
  /* their parts */
  { "x.state NOT IN ('waiting', 'claimed', 'approved', 'routed', 'acknowledged', 'held', 'declined', 'withdrawn', "
    "'erased')",
    N_ ("its state is not known") },
  { "d.id IS NULL", N_ ("its original is missing") },
  { "(SELECT count (*) FROM document WHERE number = x.number AND kind = 'original') > 1",
    N_ ("it has more than one original") },
  { "x.state <> 'erased' AND k.number IS NULL", N_ ("its key is missing") },
  { "x.state = 'erased' AND k.number IS NOT NULL", N_ ("it is erased, but its key is still there") },
  /* their banker */
  { "x.claimed_by NOT IN (SELECT id FROM banker)", N_ ("it is claimed by nobody known") },
  { "x.state = 'claimed' AND x.claimed_by IS NULL", N_ ("it is claimed, but by nobody") },
  /* what the journal says */
  { "j.rowid IS NULL", N_ ("no journal entry says that it was taken in") },
  { "j.rowid IS NOT NULL AND (" FACT ("kiosk") " IS NOT x.kiosk OR " FACT ("submitted_at") " IS NOT x.submitted_at OR "
    FACT ("taken_at") " IS NOT x.taken_at OR " FACT ("pages") " IS NOT x.pages OR " FACT ("pdf_hash")
    " IS NOT x.pdf_hash)",
    N_ ("its kiosk, times, pages or PDF are not those of the journal") },
};

static const AccRule desk_documents[] = {
  { "x.kind NOT IN ('original', 'blacked-out', 'large-print', 'cover')", N_ ("its kind is not known") },
  { "x.format <> 1", N_ ("its format is not known") },
  { "l.number IS NULL", N_ ("it belongs to no letter") },
  { "l.state = 'erased' AND length (x.body) > 0", N_ ("its letter is erased, but its words are still there") },
  /* what the journal says; of covers, route/ knows */
  { "x.kind = 'original' AND j.rowid IS NOT NULL AND (" FACT ("body_hash") " IS NOT x.body_hash OR " FACT ("pdf_hash")
    " IS NOT x.pdf_hash OR " FACT ("taken_at") " IS NOT x.made_at)",
    N_ ("it is not the original that the journal says was taken in") },
  { "x.kind IN ('blacked-out', 'large-print') AND NOT EXISTS (SELECT 1 FROM journal e WHERE e.number = x.number "
    "AND +e.writer = 'desk' AND e.kind = 'edition' AND " ACC_RULES_FACT ("e", "edition") " IS x.kind AND "
    ACC_RULES_FACT ("e", "document") " IS x.body_hash AND " ACC_RULES_FACT ("e", "pdf_hash") " IS x.pdf_hash AND "
    ACC_RULES_FACT ("e", "made_at") " IS x.made_at)",
    N_ ("it is an edition that the journal does not tell of") },
};

static const AccRule desk_keys[] = {
  { "l.number IS NULL", N_ ("it belongs to no letter") },
  { "x.branch_key NOT IN (SELECT id FROM branch_key)", N_ ("it is sealed for an unknown key") },
};

static const AccRule desk_entries[] = {
  { "x.kind = 'taken in' AND coalesce (x.number, '') NOT IN (SELECT number FROM letter)",
    N_ ("the letter that it says was taken in is not there") },
  { "x.kind = 'edition' AND " ACC_RULES_FACT ("x", "edition") " IS NOT 'original' AND NOT EXISTS (SELECT 1 "
    "FROM document d WHERE d.number = x.number AND d.kind IS " ACC_RULES_FACT ("x", "edition") " AND d.body_hash IS "
    ACC_RULES_FACT ("x", "document") ")",
    N_ ("the edition that it tells of is not there") },
  { "x.kind = 'taken in' AND " ACC_RULES_FACT ("x", "count") " > 0 AND NOT EXISTS (SELECT 1 FROM kiosk_head h "
    "WHERE h.writer = " ACC_RULES_FACT ("x", "writer") " AND h.count = " ACC_RULES_FACT ("x", "count")
    " AND h.hash = " ACC_RULES_FACT ("x", "head") ")",
    N_ ("the head of the kiosk's journal that it tells of is not kept") },
  { "x.kind IN ('secret set', 'secret encrypted anew') AND " ACC_RULES_FACT ("x", "secret")
    " NOT IN (SELECT name FROM secret) AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.number IS NULL "
    "AND +j.writer = 'desk' AND j.kind = 'secret erased' AND +j.sequence > x.sequence AND " FACT ("secret") " = "
    ACC_RULES_FACT ("x", "secret") ")",
    N_ ("the secret that it tells of is not there") },
};

static const AccRule desk_bankers[] = {
  { "x.manager NOT IN (0, 1)", N_ ("whether this is a manager is neither yes nor no") },
  /* by which a letter that thanks the banker is known */
  { "x.staff_id IS NOT coalesce ((SELECT " FACT ("staff_id") " FROM journal j WHERE j.number IS NULL "
    "AND +j.writer = 'desk' AND " FACT ("banker") " = x.name AND " FACT ("staff_id") " IS NOT NULL "
    "ORDER BY +j.sequence DESC LIMIT 1), x.staff_id)",
    N_ ("the journal does not link it to this person of the directory") },
};

static const AccRule desk_branches[] = {
  { "x.id <> 1", N_ ("there is only one, of number 1") },
  { "NOT EXISTS (SELECT 1 FROM journal j WHERE j.kind = 'set up' AND " FACT ("branch") " IS x.name)",
    N_ ("no journal entry says that a branch of this name was set up") },
};

static const AccRule desk_secrets[] = {
  { "j.kind IS NULL OR j.kind = 'secret erased'", N_ ("no journal entry says that it was set") },
};

#define RECORD_LETTER "'letter ' || x.number"
#define RECORD_KEY "'key of letter ' || x.number"
#define RECORD_DOCUMENT "'document ' || x.id || ' of letter ' || x.number"
#define RECORD_ENTRY "'journal entry ' || x.sequence || ' of ' || x.writer"

static const AccRules letters
  = { "letter x " ORIGINAL KEY TAKEN_IN, RECORD_LETTER, desk_letters, G_N_ELEMENTS (desk_letters) };

const AccRules acc_check_documents = {
  "document x " LETTER TAKEN_IN, RECORD_DOCUMENT, desk_documents, G_N_ELEMENTS (desk_documents), "x.body",
  "iif (l.state = 'erased', NULL, x.body_hash)", N_ ("its body has been changed"),
};

static const AccRules keys = {
  "letter_key x " LETTER KEY_TOLD, RECORD_KEY, desk_keys, G_N_ELEMENTS (desk_keys), "x.key", FACT ("key_hash"),
  N_ ("it is not the key that the journal tells of"),
};

static const AccRules entries = { "journal x", RECORD_ENTRY, desk_entries, G_N_ELEMENTS (desk_entries) };
static const AccRules branches = { "branch x", "'branch'", desk_branches, G_N_ELEMENTS (desk_branches) };

static const AccRules bankers = { "banker x", "'banker ' || x.name", desk_bankers, G_N_ELEMENTS (desk_bankers) };

static const AccRules secrets = {
  "secret x " SECRET_TOLD, "'secret ' || x.name", desk_secrets, G_N_ELEMENTS (desk_secrets), "x.body",
  FACT ("body_hash"), N_ ("it is not the one that the journal tells of"),
};

static const AccRules *const desk_tables[]
  = { &letters, &acc_check_documents, &keys, &entries, &branches, &bankers, &secrets };

/* ---- inbox.db ---- */

#define WAITING_KEY "LEFT JOIN letter_key k ON k.sequence = x.sequence "
#define WAITING_LETTER "LEFT JOIN letter l ON l.sequence = x.sequence "

static const AccRule inbox_letters[] = {
  { "x.format <> 1", N_ ("its format is not known") },
  { "k.sequence IS NULL", N_ ("its key is missing") },
  { "j.rowid IS NULL", N_ ("no journal entry says that it was submitted") },
  { "j.rowid IS NOT NULL AND (" FACT ("body_hash") " IS NOT x.body_hash OR " FACT ("pdf_hash")
    " IS NOT x.pdf_hash OR " FACT ("submitted_at") " IS NOT x.submitted_at OR " FACT ("pages") " IS NOT x.pages)",
    N_ ("its body, PDF, time or pages are not those of the journal") },
};

static const AccRule inbox_keys[] = {
  { "l.sequence IS NULL", N_ ("it belongs to no letter") },
};

/* What the letter that is told of says of its slip. */
static const AccRule inbox_slips[] = {
  { "x.state NOT IN ('waiting', 'taken in', 'approved', 'on its way', 'arrived', 'declined', 'withdrawn', 'erased')",
    N_ ("its state is not known") },
  { "j.rowid IS NULL OR " FACT ("slip_hash") " IS NOT x.code_hash", N_ ("its code is not that of the journal") },
};

static const AccRule inbox_requests[] = {
  { "j.rowid IS NULL OR j.kind IS NOT 'asked to ' || x.kind OR " FACT ("at") " IS NOT x.asked_at",
    N_ ("it is not what the journal says was asked") },
  { "x.answer NOT IN ('done', 'too late', 'refused')", N_ ("its answer is not known") },
  { "(x.answer IS NULL) <> (x.answered_at IS NULL)", N_ ("it has an answer or a time of it, but not both") },
};

static const AccRule inbox_entries[] = {
  { "x.kind = 'submitted' AND " ACC_RULES_FACT ("x", "slip_hash") " IS NOT NULL "
    "AND coalesce (x.number, '') NOT IN (SELECT number FROM slip)",
    N_ ("the slip that it tells of is not there") },
  { "x.kind IN ('asked to withdraw', 'asked to erase') AND coalesce (x.number, '') NOT IN (SELECT number FROM request)",
    N_ ("the request that it tells of is not there") },
  { "x.kind IN ('withdrawn', 'erased') AND x.number IN (SELECT number FROM letter)",
    N_ ("the letter that it says was taken back is still there") },
  { "x.signer IS NOT NULL OR x.signature IS NOT NULL", N_ ("it is signed, but a kiosk has no key to sign with") },
};

const AccRules acc_check_inbox_letters = {
  "letter x " WAITING_KEY SUBMITTED ("x"), RECORD_LETTER, inbox_letters, G_N_ELEMENTS (inbox_letters), "x.body",
  "x.body_hash", N_ ("its body has been changed"),
};

static const AccRules waiting_keys = {
  "letter_key x " WAITING_LETTER SUBMITTED ("l"), "'key of letter ' || coalesce (l.number, x.sequence)", inbox_keys,
  G_N_ELEMENTS (inbox_keys), "x.key", FACT ("key_hash"), N_ ("it has been changed"),
};

#define SLIP_TOLD \
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number = x.number AND kind = 'submitted' LIMIT 1) "
/* The newest counts: a request takes the place of the one before. */
#define REQUEST_TOLD \
  "LEFT JOIN journal j ON j.rowid = (SELECT rowid FROM journal WHERE number = x.number " \
  "AND kind IN ('asked to withdraw', 'asked to erase') ORDER BY +rowid DESC LIMIT 1) "

static const AccRules slips
  = { "slip x " SLIP_TOLD, "'slip of letter ' || x.number", inbox_slips, G_N_ELEMENTS (inbox_slips) };
static const AccRules requests = { "request x " REQUEST_TOLD, "'request on letter ' || x.number", inbox_requests,
                                   G_N_ELEMENTS (inbox_requests) };

static const AccRules kiosk_entries = { "journal x", RECORD_ENTRY, inbox_entries, G_N_ELEMENTS (inbox_entries) };

static const AccRules *const inbox_tables[] 
  = { &acc_check_inbox_letters, &waiting_keys, &slips, &requests, &kiosk_entries };

gboolean
acc_check_desk_tables (AccCheck *self, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (desk_tables); i++)
    if (!acc_rules_check (self->desk, "desk.db", desk_tables[i], self->findings, error))
      return FALSE;
  return TRUE;
}

gboolean
acc_check_inbox_tables (AccCheck *self, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (inbox_tables); i++)
    if (!acc_rules_check (self->inbox, "inbox.db", inbox_tables[i], self->findings, error))
      return FALSE;
  return TRUE;
}
