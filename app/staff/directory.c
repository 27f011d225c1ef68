/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/person-private.h"

#include "base/text.h"

#include <string.h>

/* What finding needs, worked out once: folded, and with one space around each word. */
typedef struct {
  const AccPerson *person;
  char *name;             /* " jessica okafor " */
  char *id;
  char *words;            /* name, name as called and id, one after the other */
  const char *department; /* lent by the directory's departments */
} Entry;

struct _AccDirectory {
  GObject parent_instance;
  GPtrArray *people;       /* in the order of the file */
  GArray *by_name;         /* of Entry, in the order of names */
  GHashTable *by_id;       /* lent id -> lent AccPerson */
  GHashTable *departments; /* lent name -> its key */
  char *imported_at;
  gint64 sequence; /* of its snapshot; 0: it comes from no store */
  AccDirectorySource source;
};

G_DEFINE_FINAL_TYPE (AccDirectory, acc_directory, G_TYPE_OBJECT)

/* Folded; an apostrophe joins (O'Brien is one word), whatever else is no letter or digit parts. Words keep one
 * space before and after each, so that " x" finds where a word begins. */
static char *
make_key (const char *text)
{
  g_autofree char *folded = g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : acc_text_fold (text);
  char *key = g_malloc (strlen (folded) + 3), *end = key;

  *end++ = ' ';
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\'' || c == 0x2019 || c == 0x02BC)
        continue;
      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        end += g_unichar_to_utf8 (c, end);
      else if (end[-1] != ' ')
        *end++ = ' ';
    }
  if (end[-1] != ' ')
    *end++ = ' ';
  *end = '\0';
  return key;
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  g_free (entry->id);
  g_free (entry->words);
}

/* A bank has many people and few departments. */
static const char *
find_department_key (GHashTable *departments, const char *department)
{
  char *key = g_hash_table_lookup (departments, department);

  if (key == NULL)
    {
      key = make_key (department);
      g_hash_table_insert (departments, (gpointer) department, key);
    }
  return key;
}

static void
entry_init (Entry *entry, const AccPerson *person, GHashTable *departments)
{
  g_autofree char *called = make_key (person->called);

  entry->person = person;
  entry->name = make_key (person->name);
  entry->id = make_key (person->id);
  entry->department = find_department_key (departments, person->department);
  entry->words = g_strconcat (entry->name, called, entry->id, NULL);
}

static int
entry_compare (gconstpointer a, gconstpointer b)
{
  const Entry *first = a, *second = b;
  int order = strcmp (first->name, second->name);

  return order != 0 ? order : strcmp (first->person->id, second->person->id);
}

static void
acc_directory_finalize (GObject *object)
{
  AccDirectory *self = ACC_DIRECTORY (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_array_unref);
  g_clear_pointer (&self->departments, g_hash_table_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->imported_at, g_free);
  G_OBJECT_CLASS (acc_directory_parent_class)->finalize (object);
}

static void
acc_directory_class_init (AccDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_directory_finalize;
}

static void
acc_directory_init (AccDirectory *self)
{
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->departments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

AccDirectory *
acc_directory_new (GPtrArray *people)
{
  AccDirectory *self;

  g_return_val_if_fail (people != NULL, NULL);

  self = g_object_new (ACC_TYPE_DIRECTORY, NULL);
  g_ptr_array_set_free_func (people, (GDestroyNotify) acc_person_free);
  self->people = people;
  self->by_name = g_array_sized_new (FALSE, TRUE, sizeof (Entry), people->len);
  g_array_set_size (self->by_name, people->len);
  g_array_set_clear_func (self->by_name, entry_clear);
  for (guint i = 0; i < people->len; i++)
    {
      AccPerson *person = g_ptr_array_index (people, i);

      entry_init (&g_array_index (self->by_name, Entry, i), person, self->departments);
      g_hash_table_insert (self->by_id, person->id, person);
    }
  g_array_sort (self->by_name, entry_compare);
  return self;
}

guint
acc_directory_get_n_people (AccDirectory *self)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY (self), 0);
  return self->people->len;
}

const char *
acc_directory_get_imported_at (AccDirectory *self)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY (self), "");
  return self->imported_at != NULL ? self->imported_at : "";
}

gint64
acc_directory_get_sequence (AccDirectory *self)
{
  return self->sequence;
}

void
acc_directory_set_snapshot (AccDirectory *self, gint64 sequence, const char *moment)
{
  self->sequence = sequence;
  self->imported_at = g_strdup (moment);
}

AccDirectorySource
acc_directory_get_source (AccDirectory *self)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY (self), ACC_DIRECTORY_FROM_CSV);
  return self->source;
}

void
acc_directory_set_source (AccDirectory *self, AccDirectorySource source)
{
  self->source = source;
}

static const char *const source_words[ACC_DIRECTORY_N_SOURCES] = {
  [ACC_DIRECTORY_FROM_CSV] = "csv",
  [ACC_DIRECTORY_FROM_LDAP] = "ldap",
};

const char *
acc_directory_source_to_word (AccDirectorySource source)
{
  g_return_val_if_fail (source < ACC_DIRECTORY_N_SOURCES, "csv");
  return source_words[source];
}

AccDirectorySource
acc_directory_source_from_word (const char *word)
{
  for (AccDirectorySource source = 0; source < ACC_DIRECTORY_N_SOURCES; source++)
    if (g_strcmp0 (source_words[source], word) == 0)
      return source;
  return ACC_DIRECTORY_FROM_CSV;
}

const AccPerson *
acc_directory_get_person (AccDirectory *self, guint position)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY (self) && position < self->people->len, NULL);
  return g_ptr_array_index (self->people, position);
}

const AccPerson *
acc_directory_find_id (AccDirectory *self, const char *id)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY (self) && id != NULL, NULL);
  return g_hash_table_lookup (self->by_id, id);
}

/* @query: " jes ok ", cut into " jes" and " ok", each of which must stand in the entry's words. */
static GStrv
cut_query (const char *query)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (query, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_autofree char *beginning = g_strconcat (" ", words[i], NULL);

        g_strv_builder_add (builder, beginning);
      }
  return g_strv_builder_end (builder);
}

static gboolean
entry_fits (const Entry *entry, const char *const *beginnings)
{
  for (guint i = 0; beginnings[i] != NULL; i++)
    if (strstr (entry->words, beginnings[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* The smaller, the better: the whole name before part of it, then the department asked for. */
enum { RANK_WHOLE_HERE, RANK_WHOLE, RANK_PART_HERE, RANK_PART, N_RANKS };

static guint
entry_rank (const Entry *entry, const char *query, const char *department)
{
  gboolean whole = strcmp (entry->name, query) == 0 || strcmp (entry->id, query) == 0;
  gboolean here = department != NULL && strcmp (entry->department, department) == 0;

  return (whole ? RANK_WHOLE_HERE : RANK_PART_HERE) + (here ? 0 : 1);
}

GPtrArray *
acc_directory_find (AccDirectory *self, const char *text, const char *department)
{
  g_autofree char *query = NULL, *department_key = NULL;
  g_auto (GStrv) beginnings = NULL;
  GPtrArray *ranks[N_RANKS];

  g_return_val_if_fail (ACC_IS_DIRECTORY (self) && text != NULL, NULL);

  query = make_key (text);
  department_key = department != NULL ? make_key (department) : NULL;
  beginnings = cut_query (query);
  for (guint i = 0; i < N_RANKS; i++)
    ranks[i] = g_ptr_array_new ();

  for (guint i = 0; beginnings[0] != NULL && i < self->by_name->len; i++)
    {
      const Entry *entry = &g_array_index (self->by_name, Entry, i);

      if (entry_fits (entry, (const char *const *) beginnings))
        g_ptr_array_add (ranks[entry_rank (entry, query, department_key)], (gpointer) entry->person);
    }
  for (guint i = 1; i < N_RANKS; i++)
    g_ptr_array_extend_and_steal (ranks[0], ranks[i]);
  return ranks[0];
}

GPtrArray *
acc_directory_match (AccDirectory *self, const char *name, const char *department, const char *on)
{
  g_autoptr (GPtrArray) found = NULL;
  GPtrArray *here;

  g_return_val_if_fail (on != NULL, NULL);

  found = acc_directory_find (self, name, department);
  here = g_ptr_array_new ();
  for (guint i = 0; found != NULL && i < found->len; i++)
    if (acc_person_is_here (g_ptr_array_index (found, i), on))
      g_ptr_array_add (here, g_ptr_array_index (found, i));
  return here;
}

const AccPerson *
acc_directory_find_supervisor (AccDirectory *self, const AccPerson *person, const char *on)
{
  const AccPerson *supervisor;

  g_return_val_if_fail (ACC_IS_DIRECTORY (self) && person != NULL && on != NULL, NULL);

  supervisor = g_hash_table_lookup (self->by_id, person->supervisor_id);
  return supervisor != NULL && supervisor != person && acc_person_is_here (supervisor, on) ? supervisor : NULL;
}

GPtrArray *
acc_directory_find_chain (AccDirectory *self, const AccPerson *person, const char *on)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *chain = g_ptr_array_new ();

  g_hash_table_add (seen, (gpointer) person);
  for (const AccPerson *next = acc_directory_find_supervisor (self, person, on);
       next != NULL && g_hash_table_add (seen, (gpointer) next);
       next = acc_directory_find_supervisor (self, next, on))
    g_ptr_array_add (chain, (gpointer) next);
  return chain;
}

static int
compare_departments (gconstpointer a, gconstpointer b)
{
  const Entry *first = *(const Entry *const *) a, *second = *(const Entry *const *) b;

  return strcmp (first->department, second->department);
}

GStrv
acc_directory_list_departments (AccDirectory *self)
{
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;

  g_return_val_if_fail (ACC_IS_DIRECTORY (self), NULL);

  seen = g_hash_table_new (g_str_hash, g_str_equal);
  entries = g_ptr_array_new ();
  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->by_name->len; i++)
    {
      Entry *entry = &g_array_index (self->by_name, Entry, i);

      if (g_hash_table_add (seen, (gpointer) entry->department))
        g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_departments);
  for (guint i = 0; i < entries->len; i++)
    g_strv_builder_add (builder, ((const Entry *) g_ptr_array_index (entries, i))->person->department);
  return g_strv_builder_end (builder);
}
