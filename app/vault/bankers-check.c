/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of the journal that give keys are played again from set-up on: whoever signed one must have been
 * given their own key by an earlier one, and been allowed to. What the tables hold must be what comes out. A store of
 * schema step 1 pinned no key at set-up; where an entry pins none there, the table's key is taken for it. */
#include "vault/bankers.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "store/statement.h"
#include "vault/banker-note.h"
#include "vault/bankers-private.h"
#include "vault/branch-key-table.h"
#include "vault/hash.h"
#include "vault/recovery.h"

#define FACT(name) "json_extract (iif (json_valid (facts), facts, '{}'), '$." name "')"

/* An entry that gives keys; lent by the statement. */
typedef struct {
  gint64 sequence;
  const char *kind, *signer, *hash;
  GBytes *signature;
  const char *banker, *role, *sign_key, *branch_key, *recovery_sign, *recovery_copies, *proof;
} Entry;

/* A banker as the journal has it. */
typedef struct {
  char *name;
  gboolean manager, role_known, disabled;
  GPtrArray *keys; /* hexadecimal, oldest first; "" where none was pinned */
} Player;

typedef struct {
  GPtrArray *findings;
  GPtrArray *bankers;    /* of AccBanker, from the table */
  GPtrArray *players;    /* of Player */
  GPtrArray *branch_keys; /* their ids, in order */
  char *recovery_sign, *recovery_copies;
  gboolean pinned; /* set-up pinned a key: every later entry must */
} Replay;

static void
player_free (gpointer data)
{
  Player *player = data;

  g_free (player->name);
  g_ptr_array_unref (player->keys);
  g_free (player);
}

static gboolean
same_name (const char *a, const char *b)
{
  g_autofree char *folded_a = acc_text_fold (a);
  g_autofree char *folded_b = acc_text_fold (b);

  return g_str_equal (folded_a, folded_b);
}

static Player *
find_player (const Replay *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->players->len; i++)
    {
      Player *player = g_ptr_array_index (self->players, i);

      if (same_name (player->name, name))
        return player;
    }
  return NULL;
}

static const AccBanker *
find_banker (const Replay *self, const char *name)
{
  for (guint i = 0; i < self->bankers->len; i++)
    {
      const AccBanker *banker = g_ptr_array_index (self->bankers, i);

      if (same_name (banker->name, name))
        return banker;
    }
  return NULL;
}

static void
add_finding (const Replay *self, const Entry *entry, const char *what)
{
  g_ptr_array_add (self->findings, g_strdup_printf (_ ("desk.db journal entry %" PRId64 " of desk: %s"),
                                                    entry->sequence, what));
}

/* ---- who signed ---- */

static gboolean
verify_with (const char *sign_key, const Entry *entry)
{
  guint8 key[32];

  return acc_hexadecimal_read (sign_key, key, sizeof key)
         && acc_signature_verify (key, entry->hash, strlen (entry->hash), entry->signature);
}

/* By the key that @player had then. */
static gboolean
has_signed (const Replay *self, const Player *player, const Entry *entry)
{
  const char *sign_key = g_ptr_array_index (player->keys, player->keys->len - 1);
  const AccBanker *banker = find_banker (self, player->name);

  if (*sign_key != '\0')
    return verify_with (sign_key, entry);
  return banker != NULL && acc_banker_verify (banker, entry->hash, strlen (entry->hash), entry->signature);
}

static gboolean
is_manager (const Replay *self, const Player *player)
{
  const AccBanker *banker = find_banker (self, player->name);

  return !player->disabled && (player->role_known ? player->manager : banker != NULL && banker->manager);
}

static gboolean
signed_by_manager (const Replay *self, const Entry *entry)
{
  const Player *signer = find_player (self, entry->signer);

  return signer != NULL && is_manager (self, signer) && has_signed (self, signer, entry);
}

/* ---- what an entry gives ---- */

static void
add_key (Replay *self, Player *player, const Entry *entry)
{
  if (entry->sign_key == NULL && self->pinned)
    add_finding (self, entry, _ ("it does not say which key it gave"));
  g_ptr_array_add (player->keys, g_strdup (entry->sign_key != NULL ? entry->sign_key : ""));
}

static void
add_player (Replay *self, const char *name, const Entry *entry)
{
  Player *player = g_new0 (Player, 1);

  player->name = g_strdup (name);
  player->role_known = entry->role != NULL;
  player->manager = g_strcmp0 (entry->role, ACC_ROLE_MANAGER) == 0;
  player->keys = g_ptr_array_new_with_free_func (g_free);
  add_key (self, player, entry);
  g_ptr_array_add (self->players, player);
}

static void
take_branch_key (Replay *self, const Entry *entry)
{
  g_ptr_array_add (self->branch_keys, g_strdup (entry->branch_key));
  if (entry->recovery_sign != NULL)
    {
      g_free (self->recovery_sign);
      self->recovery_sign = g_strdup (entry->recovery_sign);
    }
  g_free (self->recovery_copies);
  self->recovery_copies = g_strdup (entry->recovery_copies);
}

/* Signed with the key that it pins itself. */
static gboolean
set_up (Replay *self, const Entry *entry)
{
  if (self->players->len > 0)
    return FALSE;
  self->pinned = entry->sign_key != NULL;
  add_player (self, entry->signer, entry);
  take_branch_key (self, entry);
  return has_signed (self, g_ptr_array_index (self->players, 0), entry);
}

static gboolean
add_banker (Replay *self, const Entry *entry)
{
  if (entry->banker == NULL)
    return TRUE;
  if (!signed_by_manager (self, entry) || find_player (self, entry->banker) != NULL)
    return FALSE;
  add_player (self, entry->banker, entry);
  return TRUE;
}

static gboolean
reset_key (Replay *self, const Entry *entry)
{
  Player *player = find_player (self, entry->banker);

  if (player == NULL || !signed_by_manager (self, entry))
    return FALSE;
  add_key (self, player, entry);
  return TRUE;
}

static gboolean
disable (Replay *self, const Entry *entry)
{
  Player *player = find_player (self, entry->banker);

  if (player == NULL || !signed_by_manager (self, entry))
    return FALSE;
  player->disabled = TRUE;
  return TRUE;
}

/* Signed with the key that it gives; the printed key proves that it might. */
static gboolean
recover (Replay *self, const Entry *entry)
{
  Player *player = find_player (self, entry->banker);

  if (player == NULL || entry->sign_key == NULL || !same_name (entry->signer, entry->banker)
      || (self->recovery_sign != NULL
          && !acc_recovery_proves (self->recovery_sign, entry->proof, entry->banker, entry->sign_key)))
    return FALSE;
  add_key (self, player, entry);
  player->disabled = FALSE;
  return has_signed (self, player, entry);
}

static gboolean
rotate (Replay *self, const Entry *entry)
{
  if (!signed_by_manager (self, entry))
    return FALSE;
  take_branch_key (self, entry);
  return TRUE;
}

/* FALSE if it was not rightful: then it gives nothing. */
static const struct {
  const char *kind;
  gboolean (*play) (Replay *self, const Entry *entry);
} kinds[] = {
  { ACC_KIND_SET_UP, set_up },      /* the first banker's and the branch's first key */
  { ACC_KIND_ADDED, add_banker },   /* a banker's first key */
  { ACC_KIND_RESET, reset_key },    /* a banker's next */
  { ACC_KIND_DISABLED, disable },   /* no key any more */
  { ACC_KIND_RECOVERED, recover },  /* a manager's next */
  { ACC_KIND_ROTATED, rotate },     /* the branch's next */
};

static void
play (Replay *self, const Entry *entry)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, entry->kind) == 0
        && (entry->signer == NULL || entry->hash == NULL || !kinds[i].play (self, entry)))
      add_finding (self, entry, _ ("whoever signed it could not give this key"));
}

static gboolean
play_all (Replay *self, AccStore *desk, GError **error)
{
  g_autoptr (AccStatement) list = acc_statement_new (
      desk,
      "SELECT sequence, kind, signer, hash, signature, " FACT ("banker") ", " FACT ("role") ", " FACT ("sign_key") ", "
      FACT ("branch_key") ", " FACT ("recovery_sign") ", " FACT ("recovery_copies") ", " FACT ("proof")
      " FROM journal WHERE number IS NULL AND +writer = '" ACC_DESK_WRITER "' ORDER BY +sequence", /* of no letter */
      error);
  gboolean more = FALSE;

  while (acc_statement_step (list, &more, error))
    {
      g_autoptr (GBytes) signature = NULL;
      Entry entry;

      if (!more)
        return TRUE;
      signature = acc_statement_dup_bytes (list, 4);
      entry = (Entry) {
        .sequence = acc_statement_get_int (list, 0),
        .kind = acc_statement_get_text (list, 1),
        .signer = acc_statement_get_text (list, 2),
        .hash = acc_statement_get_text (list, 3),
        .signature = signature,
        .banker = acc_statement_get_text (list, 5),
        .role = acc_statement_get_text (list, 6),
        .sign_key = acc_statement_get_text (list, 7),
        .branch_key = acc_statement_get_text (list, 8),
        .recovery_sign = acc_statement_get_text (list, 9),
        .recovery_copies = acc_statement_get_text (list, 10),
        .proof = acc_statement_get_text (list, 11),
      };
      play (self, &entry);
    }
  return FALSE;
}

/* ---- what the tables hold ---- */

static gboolean
is_pinned (const Player *player, guint i, const guint8 *sign_key)
{
  const char *pinned = g_ptr_array_index (player->keys, i);
  g_autofree char *text = acc_hexadecimal (sign_key, 32);

  return *pinned == '\0' || g_str_equal (pinned, text);
}

static gboolean
has_pinned_keys (const Player *player, const AccBanker *banker)
{
  guint n_earlier = banker->earlier_keys != NULL ? banker->earlier_keys->len : 0;

  if (player->keys->len != n_earlier + 1)
    return FALSE;
  for (guint i = 0; i < n_earlier; i++)
    if (!is_pinned (player, i, g_bytes_get_data (g_ptr_array_index (banker->earlier_keys, i), NULL)))
      return FALSE;
  return is_pinned (player, n_earlier, banker->sign_public);
}

static void
check_banker (const Replay *self, const AccBanker *banker)
{
  const Player *player = find_player (self, banker->name);
  g_autofree char *shown = acc_text_clean (banker->name, -1, ACC_TEXT_LINE, NULL);
  const char *fault = NULL;

  if (player == NULL)
    fault = _ ("no manager's journal entry added this banker");
  else if (!has_pinned_keys (player, banker))
    fault = _ ("the keys are not those that the journal gave");
  else if (player->role_known && player->manager != banker->manager)
    fault = _ ("the journal does not say the same about being a manager");
  else if (player->disabled != banker->disabled)
    fault = _ ("the journal does not say the same about being disabled");
  if (fault != NULL)
    g_ptr_array_add (self->findings, g_strdup_printf ("desk.db banker %s: %s", shown, fault));
}

static gboolean
check_branch_keys (const Replay *self, AccStore *desk, GError **error)
{
  g_autoptr (GPtrArray) rows = acc_branch_key_table_list (desk, error);
  g_autofree char *copies = rows != NULL ? acc_branch_key_rows_hash_copies (rows) : NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < MAX (rows->len, self->branch_keys->len); i++)
    {
      const AccBranchKeyRow *row = i < rows->len ? g_ptr_array_index (rows, i) : NULL;
      const char *told = i < self->branch_keys->len ? g_ptr_array_index (self->branch_keys, i) : NULL;
      const char *id = row != NULL ? row->id : told;
      g_autofree char *shown = acc_text_clean (id != NULL ? id : "", -1, ACC_TEXT_LINE, NULL);

      if (row == NULL || g_strcmp0 (row->id, told) != 0)
        g_ptr_array_add (self->findings,
                         g_strdup_printf (_ ("desk.db branch key %s: it is not the key that a manager's entry gave"),
                                          shown));
    }
  if (self->recovery_copies != NULL && !g_str_equal (copies, self->recovery_copies))
    g_ptr_array_add (self->findings, g_strdup (_ ("desk.db branch keys: a recovery copy has been changed")));
  return TRUE;
}

gboolean
acc_bankers_check (AccStore *desk, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) bankers = NULL;
  g_autoptr (GPtrArray) players = g_ptr_array_new_with_free_func (player_free);
  g_autoptr (GPtrArray) branch_keys = g_ptr_array_new_with_free_func (g_free);
  Replay self = { findings, NULL, players, branch_keys };
  gboolean done;

  g_return_val_if_fail (ACC_IS_STORE (desk) && findings != NULL, FALSE);

  self.bankers = bankers = acc_bankers_list (desk, error);
  done = bankers != NULL && play_all (&self, desk, error);
  for (guint i = 0; done && i < bankers->len; i++)
    check_banker (&self, g_ptr_array_index (bankers, i));
  done = done && check_branch_keys (&self, desk, error);
  g_free (self.recovery_sign);
  g_free (self.recovery_copies);
  return done;
}
