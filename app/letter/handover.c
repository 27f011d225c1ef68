/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/handover.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/memory-file.h"
#include "base/text.h"
#include "letter/guard.h"
#include "letter/json-scan.h"

#define FORMAT 1
#define TAKEN_BACK "taken_back" /* a mark's member, and no note's */
#define NOTE_MAX ((gsize) 8 * 1024) /* bytes: two names at their longest, with every mark */
#define PATIENCE 500 /* milliseconds: who holds the folder reads and writes a note, unless it is up to mischief */
#define LIFE (ACC_HANDOVER_MINUTES * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static char *
dup_clean (const char *text)
{
  g_autofree char *cleaned = acc_text_clean (text, -1, ACC_TEXT_LINE, NULL);

  return acc_text_trim (cleaned);
}

AccHandover *
acc_handover_new (const char *name, const char *department)
{
  AccHandover *handover = g_new0 (AccHandover, 1);

  handover->name = dup_clean (name);
  handover->department = dup_clean (department);
  return handover;
}

AccHandover *
acc_handover_copy (const AccHandover *handover)
{
  AccHandover *copy = acc_handover_new (handover->name, handover->department);

  copy->expires = handover->expires;
  return copy;
}

void
acc_handover_free (AccHandover *handover)
{
  if (handover == NULL)
    return;
  g_free (handover->name);
  g_free (handover->department);
  g_free (handover);
}

gboolean
acc_handover_equal (const AccHandover *a, const AccHandover *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->expires == b->expires && strcmp (a->name, b->name) == 0 && strcmp (a->department, b->department) == 0;
}

/* What a letter would not take in the end must not be offered to a client. */
static gboolean
check_text (const char *field, const char *text, gboolean required, GError **error)
{
  g_autofree char *wrong = NULL;
  AccGuardFind find;

  if (required && acc_text_is_blank (text))
    wrong = g_strdup_printf ("%s is missing", field);
  else if (acc_guard_find_certain (text, &find))
    wrong = acc_guard_sentence (text, &find);
  if (wrong != NULL)
    g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, wrong);
  return wrong == NULL;
}

static gboolean
check (const AccHandover *handover, GError **error)
{
  return check_text ("name", handover->name, TRUE, error)
         && check_text ("department", handover->department, FALSE, error);
}

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *member, gint64 value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static GBytes *
finish (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  char *text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

/* One spelling only. */
static GBytes *
to_bytes (const AccHandover *handover, const char *boot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_number (builder, "format", FORMAT);
  add_string (builder, "name", handover->name);
  add_string (builder, "department", handover->department);
  add_string (builder, "boot", boot);
  add_number (builder, "expires", handover->expires);
  json_builder_end_object (builder);
  return finish (builder);
}

/* What stands in its place once a desk has taken it back; one spelling only, too. */
static GBytes *
mark_to_bytes (gint64 taken_back, const char *boot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_number (builder, "format", FORMAT);
  add_string (builder, "boot", boot);
  add_number (builder, TAKEN_BACK, taken_back);
  json_builder_end_object (builder);
  return finish (builder);
}

static const char *
get_string (JsonObject *note, const char *member)
{
  JsonNode *node = json_object_get_member (note, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : "";
}

static JsonNode *
parse (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (text == NULL || !acc_json_scan (text, size, NULL) || !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static gint64
get_number (JsonObject *note, const char *member)
{
  JsonNode *node = json_object_get_member (note, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

/* Takes anything, and gives what is only right if to_bytes writes the same of it. */
static AccHandover *
read_loosely (JsonObject *note)
{
  AccHandover *handover = acc_handover_new (get_string (note, "name"), get_string (note, "department"));

  handover->expires = get_number (note, "expires");
  return handover;
}

static gboolean
is_in_time (gint64 expires, const char *note_boot, GError **error)
{
  g_autofree char *boot = acc_clock_boot_id ();
  gint64 left = expires - acc_clock_boot ();

  if (strcmp (note_boot, boot) == 0 && left > 0 && left <= LIFE)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "The time of the letter that was prepared is over");
  return FALSE;
}

static gboolean
check_spelling (GBytes *bytes, GBytes *again, GError **error)
{
  if (again != NULL && g_bytes_equal (bytes, again))
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "The note is none that the desk wrote");
  return FALSE;
}

/* Always an error: no note waits. */
static void
read_mark (GBytes *bytes, JsonObject *mark, gint64 *taken_back, GError **error)
{
  const char *boot = get_string (mark, "boot");
  gint64 expires = get_number (mark, TAKEN_BACK);
  g_autoptr (GBytes) again = mark_to_bytes (expires, boot);

  if (!check_spelling (bytes, again, error) || !is_in_time (expires, boot, error))
    return;
  *taken_back = expires;
  g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "The letter that was prepared was taken back");
}

static AccHandover *
from_bytes (GBytes *bytes, gint64 *taken_back, GError **error)
{
  g_autoptr (JsonNode) root = parse (bytes);
  JsonObject *note = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  g_autoptr (AccHandover) handover = note != NULL ? read_loosely (note) : NULL;
  g_autoptr (GBytes) again = note != NULL ? to_bytes (handover, get_string (note, "boot")) : NULL;

  if (note != NULL && json_object_has_member (note, TAKEN_BACK))
    {
      read_mark (bytes, note, taken_back, error);
      return NULL;
    }
  if (!check_spelling (bytes, again, error) || !check (handover, error)
      || !is_in_time (handover->expires, get_string (note, "boot"), error))
    return NULL;
  return g_steal_pointer (&handover);
}

static AccHandover *
read_note (int folder, const char *file, gint64 *taken_back, GError **error)
{
  g_autoptr (GBytes) bytes = acc_memory_file_read (folder, file, NOTE_MAX, error);

  *taken_back = 0;
  return bytes != NULL ? from_bytes (bytes, taken_back, error) : NULL;
}

/* While the folder is held. What is no note, or no longer one, is no file that anybody else has a use for. */
static AccHandover *
read_or_erase (int folder, const char *file, gint64 *taken_back, GError **error)
{
  AccHandover *waiting = read_note (folder, file, taken_back, error);

  if (waiting == NULL && *taken_back == 0)
    acc_memory_file_erase (folder, file);
  return waiting;
}

static gboolean
leave (int folder, const char *file, const AccHandover *handover, GError **error)
{
  gint64 taken_back;
  g_autoptr (AccHandover) waiting = read_or_erase (folder, file, &taken_back, NULL);
  g_autofree char *boot = acc_clock_boot_id ();
  g_autoptr (GBytes) bytes = to_bytes (handover, boot);

  if (taken_back != 0)
    acc_memory_file_erase (folder, file);
  if (waiting == NULL)
    return acc_memory_file_create (folder, file, bytes, error);
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT, _ ("Another prepared letter waits at the kiosk"));
  return FALSE;
}

gboolean
acc_handover_leave (int folder, const char *file, AccHandover *handover, GError **error)
{
  gboolean left;
  int lock;

  g_return_val_if_fail (folder >= 0 && file != NULL && handover != NULL, FALSE);

  handover->expires = acc_clock_boot () + LIFE;
  if (!check (handover, error))
    return FALSE;
  lock = acc_memory_folder_lock (folder, PATIENCE, error);
  if (lock < 0)
    return FALSE;
  left = leave (folder, file, handover, error);
  close (lock);
  return left;
}

AccHandover *
acc_handover_look (int folder, const char *file, gint64 *taken_back, GError **error)
{
  g_autoptr (GError) problem = NULL;
  AccHandover *waiting;
  int lock;

  g_return_val_if_fail (folder >= 0 && file != NULL && taken_back != NULL, NULL);

  waiting = read_note (folder, file, taken_back, &problem);
  if (waiting != NULL)
    return waiting;
  lock = *taken_back == 0 ? acc_memory_folder_lock (folder, 0, NULL) : -1;
  if (lock < 0)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  waiting = read_or_erase (folder, file, taken_back, error);
  close (lock);
  return waiting;
}

/* The note must go, even where there is no room for the mark. */
static gboolean
put_mark (int folder, const char *file, const AccHandover *handover)
{
  g_autofree char *boot = acc_clock_boot_id ();
  g_autoptr (GBytes) mark = mark_to_bytes (handover->expires, boot);

  return acc_memory_file_write (folder, file, mark, NULL) || acc_memory_file_erase (folder, file);
}

static gboolean
erase (int folder, const char *file, const AccHandover *handover)
{
  return acc_memory_file_erase (folder, file);
}

typedef gboolean (*End) (int folder, const char *file, const AccHandover *handover);

static gboolean
take (int folder, const char *file, const AccHandover *handover, End end)
{
  gint64 taken_back;
  g_autoptr (AccHandover) waiting = read_or_erase (folder, file, &taken_back, NULL);

  return acc_handover_equal (waiting, handover) && end (folder, file, handover);
}

static gboolean
hold_and_take (int folder, const char *file, const AccHandover *handover, End end, GError **error)
{
  int lock = acc_memory_folder_lock (folder, PATIENCE, error);
  gboolean taken;

  if (lock < 0)
    return FALSE;
  taken = take (folder, file, handover, end);
  close (lock);
  if (!taken)
    g_set_error (error, ACC_ERROR, ACC_ERROR_NOT_FOUND, "The letter that was prepared waits no longer");
  return taken;
}

gboolean
acc_handover_take (int folder, const char *file, const AccHandover *handover, GError **error)
{
  g_return_val_if_fail (folder >= 0 && file != NULL && handover != NULL, FALSE);

  return hold_and_take (folder, file, handover, erase, error);
}

gboolean
acc_handover_take_back (int folder, const char *file, const AccHandover *handover, GError **error)
{
  g_return_val_if_fail (folder >= 0 && file != NULL && handover != NULL, FALSE);

  return hold_and_take (folder, file, handover, put_mark, error);
}
