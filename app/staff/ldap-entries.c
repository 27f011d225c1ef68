/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/ldap-entries-private.h"

#include "base/error.h"
#include "base/text.h"
#include "staff/csv-rows-private.h"
#include "staff/people-private.h"
#include "staff/person-private.h"
#include "staff/staff-csv.h"

#include <string.h>

#define VALUE_BYTES_MAX 1000 /* far more than any rule lets pass */
#define PLACE_MAX 200        /* characters of an entry's name in a sentence */
#define NOBODY G_MAXUINT

/* Which attributes say what. The configuration's go before. RFC 2798 and RFC 4519 name them. */
static const struct {
  const char *attributes; /* the first one that an entry has counts */
  int key;                /* of the configuration; -1: none */
} sources[ACC_STAFF_N_COLUMNS] = {
  [ACC_STAFF_ID] = { NULL, ACC_CONFIG_DIRECTORY_ID },
  [ACC_STAFF_NAME] = { "displayName;cn", -1 },
  [ACC_STAFF_EMAIL] = { "mail", -1 },
  [ACC_STAFF_DEPARTMENT] = { NULL, ACC_CONFIG_DIRECTORY_DEPARTMENT },
  /* a distinguished name, which is followed to that entry's id */
  [ACC_STAFF_SUPERVISOR_ID] = { "manager", -1 },
  [ACC_STAFF_TITLE] = { "title", -1 },
  /* never guessed: only where the configuration names an attribute */
  [ACC_STAFF_CALLED] = { NULL, ACC_CONFIG_DIRECTORY_CALLED },
  [ACC_STAFF_PRONUNCIATION] = { "", -1 },
  [ACC_STAFF_SINCE] = { "", -1 },
  [ACC_STAFF_UNTIL] = { "", -1 },
  [ACC_STAFF_THANKS] = { "", -1 },
};

typedef struct {
  char *dn;
  char *values[ACC_STAFF_N_COLUMNS]; /* the manager's name in the place of an id; NULL: a fault tells why there is none */
  char *manager_key;                 /* NULL: none is named */
  GPtrArray *faults;                 /* of char *; NULL: none */
} Entry;

struct _AccLdapEntries {
  GStrv attributes[ACC_STAFF_N_COLUMNS];
  char *labels[ACC_STAFF_N_COLUMNS + 1];
  GStrv all_attributes;
  GPtrArray *entries;
  GHashTable *by_key; /* of a name -> position + 1; NOBODY: the server has no such entry for us */
  gsize bytes;
  guint asked; /* the position of whose manager is looked for */
  guint taken; /* the position + 1 of what was found; 0: nothing yet */
};

static void
entry_free (Entry *entry)
{
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    g_free (entry->values[i]);
  g_free (entry->dn);
  g_free (entry->manager_key);
  g_clear_pointer (&entry->faults, g_ptr_array_unref);
  g_free (entry);
}

static GStrv
split_attributes (const char *text)
{
  GStrv attributes = g_strsplit (text, ";", -1);

  for (guint i = 0; attributes[i] != NULL; i++)
    g_strstrip (attributes[i]);
  return attributes;
}

AccLdapEntries *
acc_ldap_entries_new (AccConfig *config)
{
  AccLdapEntries *self;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  g_return_val_if_fail (ACC_IS_CONFIG (config), NULL);

  self = g_new0 (AccLdapEntries, 1);
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    {
      const char *text = sources[i].key < 0 ? sources[i].attributes : acc_config_get (config, sources[i].key);

      self->attributes[i] = split_attributes (text);
      self->labels[i] = *text != '\0' ? g_strjoinv (" or ", self->attributes[i]) : g_strdup (acc_staff_column_name (i));
      if (*text != '\0')
        g_strv_builder_addv (all, (const char **) self->attributes[i]);
    }
  self->all_attributes = g_strv_builder_end (all);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
acc_ldap_entries_free (AccLdapEntries *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    {
      g_strfreev (self->attributes[i]);
      g_free (self->labels[i]);
    }
  g_strfreev (self->all_attributes);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->by_key);
  g_free (self);
}

const char *const *
acc_ldap_entries_get_attributes (AccLdapEntries *self)
{
  return (const char *const *) self->all_attributes;
}

guint
acc_ldap_entries_get_n (AccLdapEntries *self)
{
  return self->entries->len;
}

/* ---- one entry ---- */

static void add_fault (Entry *entry, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_fault (Entry *entry, const char *format, ...)
{
  va_list arguments;

  if (entry->faults == NULL)
    entry->faults = g_ptr_array_new_with_free_func (g_free);
  va_start (arguments, format);
  g_ptr_array_add (entry->faults, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* The values of the first attribute of a column that the entry has; NULL if it has none. */
static GPtrArray *
find_values (const AccLdapEntries *self, const AccLdapEntry *given, AccStaffColumn column, const char **attribute)
{
  for (guint i = 0; self->attributes[column][i] != NULL; i++)
    {
      g_autofree char *key = g_ascii_strdown (self->attributes[column][i], -1);
      GPtrArray *values = g_hash_table_lookup (given->values, key);

      *attribute = self->attributes[column][i];
      if (values != NULL && values->len > 0)
        return values;
    }
  return NULL;
}

static gboolean
is_line_of_text (const char *data, gsize size)
{
  if (!g_utf8_validate (data, size, NULL)) /* which takes no NUL either */
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (g_ascii_iscntrl (data[i]))
      return FALSE;
  return TRUE;
}

/* Several are never chosen from: which comes first is the server's whim. */
static char *
read_value (const AccLdapEntries *self, Entry *entry, const AccLdapEntry *given, AccStaffColumn column)
{
  const char *attribute = NULL;
  GPtrArray *values = find_values (self, given, column, &attribute);
  gsize size = 0;
  const char *data;

  if (values == NULL)
    return g_strdup ("");
  data = g_bytes_get_data (g_ptr_array_index (values, 0), &size);
  if (values->len > 1)
    add_fault (entry, "%s: %u values are given, where there may be one.", attribute, values->len);
  else if (size > VALUE_BYTES_MAX)
    add_fault (entry, "%s: the value is longer than %d bytes.", attribute, VALUE_BYTES_MAX);
  else if (!is_line_of_text (data, size))
    add_fault (entry, "%s: the value is not a line of text.", attribute);
  else
    return g_strndup (size > 0 ? data : "", size);
  return NULL;
}

static void
read_manager (Entry *entry)
{
  char **manager = &entry->values[ACC_STAFF_SUPERVISOR_ID];

  if (*manager == NULL || **manager == '\0')
    return;
  entry->manager_key = acc_ldap_dn_to_key (*manager);
  if (entry->manager_key != NULL)
    return;
  add_fault (entry, "manager: “%s” is not the name of an entry.", *manager);
  g_clear_pointer (manager, g_free);
}

static Entry *
entry_new (const AccLdapEntries *self, const AccLdapEntry *given)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->dn = g_utf8_make_valid (given->dn, -1);
  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    entry->values[i] = read_value (self, entry, given, i);
  read_manager (entry);
  return entry;
}

static gsize
count_bytes (const Entry *entry)
{
  gsize bytes = sizeof *entry + strlen (entry->dn);

  for (guint i = 0; i < ACC_STAFF_N_COLUMNS; i++)
    bytes += entry->values[i] != NULL ? strlen (entry->values[i]) : 0;
  return bytes;
}

gboolean
acc_ldap_entries_take (const AccLdapEntry *given, gpointer entries, GError **error)
{
  AccLdapEntries *self = entries;
  g_autofree char *key = acc_ldap_dn_to_key (given->dn);
  Entry *entry;

  self->taken = key != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, key)) : 0;
  if (self->taken != 0)
    return TRUE; /* a manager whose name is written in another way, or an entry that moved from page to page */
  if (self->entries->len == ACC_STAFF_ROWS_MAX)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "there are more than %d people.", ACC_STAFF_ROWS_MAX);
      return FALSE;
    }
  entry = entry_new (self, given);
  g_ptr_array_add (self->entries, entry);
  self->taken = self->entries->len;
  if (key != NULL)
    g_hash_table_replace (self->by_key, g_steal_pointer (&key), GUINT_TO_POINTER (self->entries->len));
  self->bytes += count_bytes (entry);
  if (self->bytes <= ACC_STAFF_BYTES_MAX)
    return TRUE;
  g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "what the server tells of people grows larger than %d MB.",
               ACC_STAFF_BYTES_MAX / (1024 * 1024));
  return FALSE;
}

/* ---- their managers ---- */

const char *
acc_ldap_entries_next_manager (AccLdapEntries *self)
{
  for (; self->asked < self->entries->len; self->asked++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, self->asked);

      if (entry->manager_key != NULL && !g_hash_table_contains (self->by_key, entry->manager_key))
        {
          self->taken = 0;
          return entry->values[ACC_STAFF_SUPERVISOR_ID];
        }
    }
  return NULL;
}

void
acc_ldap_entries_end_manager (AccLdapEntries *self)
{
  const Entry *entry = g_ptr_array_index (self->entries, self->asked);

  if (!g_hash_table_contains (self->by_key, entry->manager_key))
    g_hash_table_insert (self->by_key, g_strdup (entry->manager_key),
                         GUINT_TO_POINTER (self->taken != 0 ? self->taken : NOBODY));
}

static const Entry *
find_manager (const AccLdapEntries *self, const Entry *entry)
{
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, entry->manager_key));

  return position > 0 && position != NOBODY ? g_ptr_array_index (self->entries, position - 1) : NULL;
}

/* ---- people ---- */

/* The ids that several entries have. */
static GHashTable *
find_doubled (const AccLdapEntries *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *doubled = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const char *id = ((const Entry *) g_ptr_array_index (self->entries, i))->values[ACC_STAFF_ID];

      if (id != NULL && !g_hash_table_add (seen, (gpointer) id))
        g_hash_table_add (doubled, (gpointer) id);
    }
  return doubled;
}

/* By the manager's id. Where that is none, or not only the manager's, the entry is wrong for the manager's fault. */
static const char *
find_supervisor_id (const AccLdapEntries *self, const Entry *entry, GHashTable *doubled, AccFindings *findings, guint line)
{
  const Entry *manager;
  const char *id;

  if (entry->manager_key == NULL)
    return entry->values[ACC_STAFF_SUPERVISOR_ID];
  manager = find_manager (self, entry);
  if (manager == NULL)
    {
      acc_findings_add (findings, line, "manager: there is no entry “%s”, or the filter keeps it out.",
                        entry->values[ACC_STAFF_SUPERVISOR_ID]);
      return NULL;
    }
  id = manager->values[ACC_STAFF_ID];
  if (id != NULL && *id != '\0' && !g_hash_table_contains (doubled, id))
    return id;
  acc_findings_mark (findings, line);
  return NULL;
}

static void
add_people (const AccLdapEntries *self, AccPeople *people, AccFindings *findings)
{
  g_autoptr (GHashTable) doubled = find_doubled (self);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);
      const char *values[ACC_STAFF_N_COLUMNS];

      for (guint k = 0; entry->faults != NULL && k < entry->faults->len; k++)
        acc_findings_add (findings, i + 1, "%s", (const char *) g_ptr_array_index (entry->faults, k));
      memcpy (values, entry->values, sizeof values);
      values[ACC_STAFF_SUPERVISOR_ID] = find_supervisor_id (self, entry, doubled, findings, i + 1);
      acc_people_add (people, values, i + 1);
    }
}

/* What a sentence calls each entry, at the number that stands for a file's line. */
static GPtrArray *
name_entries (const AccLdapEntries *self)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (places, NULL);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      g_ptr_array_add (places, g_utf8_strlen (entry->dn, -1) > PLACE_MAX ? g_utf8_substring (entry->dn, 0, PLACE_MAX)
                                                                         : g_strdup (entry->dn));
    }
  return places;
}

static GBytes *
set_aside (const AccLdapEntries *self, AccFindings *findings, guint *n_bad)
{
  g_autoptr (GByteArray) aside = g_byte_array_new ();
  const char *fields[ACC_STAFF_N_COLUMNS + 1] = { "dn" };

  *n_bad = 0;
  memcpy (fields + 1, self->labels, sizeof fields - sizeof fields[0]);
  acc_csv_rows_write (aside, fields, G_N_ELEMENTS (fields));
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (!acc_findings_has_line (findings, i + 1))
        continue;
      fields[0] = entry->dn;
      for (guint column = 0; column < ACC_STAFF_N_COLUMNS; column++)
        fields[column + 1] = entry->values[column] != NULL ? entry->values[column] : "";
      acc_csv_rows_write (aside, fields, G_N_ELEMENTS (fields));
      (*n_bad)++;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&aside));
}

AccDirectory *
acc_ldap_entries_finish (AccLdapEntries *self, GBytes **bad, guint *n_bad, GError **error)
{
  g_autoptr (AccFindings) findings = acc_findings_new ();
  g_autoptr (GPtrArray) places = name_entries (self);
  g_autoptr (AccPeople) people = acc_people_new (findings, (const char *const *) self->labels);
  g_autoptr (AccDirectory) directory = NULL;

  acc_findings_name_lines (findings, places);
  add_people (self, people, findings);
  directory = acc_people_finish (people);
  if (directory != NULL)
    acc_directory_set_source (directory, ACC_DIRECTORY_FROM_LDAP);
  if (bad == NULL)
    return acc_findings_none (findings, error) ? g_steal_pointer (&directory) : NULL;
  if (directory == NULL)
    acc_findings_none (findings, error);
  else
    *bad = set_aside (self, findings, n_bad);
  return g_steal_pointer (&directory);
}
