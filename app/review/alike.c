/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "review/alike.h"

#include <string.h>

#include "base/file.h"
#include "base/key-file.h"
#include "base/places.h"
#include "base/text.h"

#define FILE_MAX ((gsize) 64 * 1024)
#define WORD_MAX 32      /* characters: a longer word is no name to compare */
#define ONE_FROM 4       /* characters from which one letter may differ … */
#define TWO_FROM 7       /* … and from which two may */
#define SOUND_FROM 3
#define SOUNDEX_LENGTH 4

/* A word of a name, folded. */
typedef struct {
  gunichar letters[WORD_MAX];
  guint n;
  char text[WORD_MAX * 6 + 1];
  char sound[SOUNDEX_LENGTH + 1]; /* "" where it is not in Latin letters */
} Word;

/* ---- a name as words ---- */

/* Letter by letter: the code of its sound; '0' for a vowel, '-' for what parts no sounds. */
static const char soundex_codes[] = "01230120022455012623010202";
/*                                   abcdefghijklmnopqrstuvwxyz */

/* The American Soundex of the National Archives: letters of one sound side by side, or with h or w between them, are told
 * once. */
static void
find_sound (Word *word)
{
  guint n = 0;
  char last = '\0';

  memset (word->sound, 0, sizeof word->sound);
  for (guint i = 0; i < word->n; i++)
    if (word->letters[i] < 'a' || word->letters[i] > 'z')
      return;
  for (guint i = 0; i < word->n && n < SOUNDEX_LENGTH; i++)
    {
      char letter = (char) word->letters[i], code = soundex_codes[letter - 'a'];

      if (i == 0)
        word->sound[n++] = letter;
      else if (code != '0' && code != last)
        word->sound[n++] = code;
      if (letter != 'h' && letter != 'w')
        last = code;
    }
  while (n > 0 && n < SOUNDEX_LENGTH)
    word->sound[n++] = '0';
}

/* The words of @name; what is longer than a name's word is cut. */
static GArray *
cut_name (const char *name)
{
  g_autofree char *folded = g_str_is_ascii (name) ? g_ascii_strdown (name, -1) : acc_text_fold (name);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  Word word = { .n = 0 };
  gsize length = 0;

  for (const char *at = folded;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\'' || c == 0x2019 || c == 0x02BC)
        continue;
      if ((g_unichar_isalnum (c) || g_unichar_ismark (c)) && word.n < WORD_MAX)
        {
          word.letters[word.n++] = c;
          length += (gsize) g_unichar_to_utf8 (c, word.text + length);
        }
      else if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && word.n > 0)
        {
          word.text[length] = '\0';
          find_sound (&word);
          g_array_append_val (words, word);
          word.n = 0;
          length = 0;
        }
      if (c == '\0')
        return words;
    }
}

/* ---- pet names ---- */

/* A folded word -> GArray of the numbers of the rows that it stands in. */
static void
note_row (GHashTable *rows, const char *name, guint row)
{
  g_autofree char *folded = acc_text_fold (name);
  GArray *of_word = g_hash_table_lookup (rows, folded);

  if (*folded == '\0')
    return;
  if (of_word == NULL)
    {
      of_word = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (rows, g_steal_pointer (&folded), of_word);
    }
  g_array_append_val (of_word, row);
}

static void
read_group (GHashTable *rows, GKeyFile *file, const char *group, guint *n)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++, (*n)++)
    {
      g_auto (GStrv) names = g_key_file_get_string_list (file, group, keys[i], NULL, NULL);

      note_row (rows, keys[i], *n);
      for (guint k = 0; names != NULL && names[k] != NULL; k++)
        note_row (rows, names[k], *n);
    }
}

static gpointer
read_pet_names (gpointer data)
{
  GHashTable *rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autofree char *path = acc_places_data ("nicknames.conf");
  g_autoptr (GBytes) bytes = acc_file_read (path, FILE_MAX, NULL);
  g_autoptr (GKeyFile) file = bytes != NULL ? acc_key_file_parse (bytes, G_KEY_FILE_NONE, NULL) : NULL;
  g_auto (GStrv) groups = file != NULL ? g_key_file_get_groups (file, NULL) : NULL;
  guint n = 0;

  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    read_group (rows, file, groups[i], &n);
  return rows;
}

static gboolean
are_pet_names (const Word *first, const Word *second)
{
  static GOnce once = G_ONCE_INIT;
  GHashTable *rows = g_once (&once, read_pet_names, NULL);
  const GArray *of_first = g_hash_table_lookup (rows, first->text);
  const GArray *of_second = of_first != NULL ? g_hash_table_lookup (rows, second->text) : NULL;

  for (guint i = 0; of_second != NULL && i < of_first->len; i++)
    for (guint k = 0; k < of_second->len; k++)
      if (g_array_index (of_first, guint, i) == g_array_index (of_second, guint, k))
        return TRUE;
  return FALSE;
}

/* ---- two words ---- */

/* How many letters must be changed, added, left out or swapped with the next: the distance of F. Damerau, 1964, in its
 * restricted form (optimal string alignment). */
static guint
count_edits (const Word *first, const Word *second)
{
  guint rows[3][WORD_MAX + 1];
  guint *before = rows[0], *last = rows[1], *row = rows[2];

  for (guint k = 0; k <= second->n; k++)
    last[k] = k;
  for (guint i = 1; i <= first->n; i++)
    {
      guint *free_row = before;

      row[0] = i;
      for (guint k = 1; k <= second->n; k++)
        {
          gboolean same = first->letters[i - 1] == second->letters[k - 1];

          row[k] = MIN (MIN (last[k], row[k - 1]) + 1, last[k - 1] + !same);
          if (i > 1 && k > 1 && first->letters[i - 1] == second->letters[k - 2]
              && first->letters[i - 2] == second->letters[k - 1])
            row[k] = MIN (row[k], before[k - 2] + 1);
        }
      before = last;
      last = row;
      row = free_row;
    }
  return last[second->n];
}

static AccAlike
compare_words (const Word *first, const Word *second)
{
  guint longer = MAX (first->n, second->n), shorter = MIN (first->n, second->n);
  guint may_differ = longer >= TWO_FROM ? 2 : longer >= ONE_FROM ? 1 : 0;
  gboolean sound = shorter >= SOUND_FROM && *first->sound != '\0' && strcmp (first->sound, second->sound) == 0;
  guint edits;

  if (strcmp (first->text, second->text) == 0)
    return ACC_ALIKE_SAME;
  if (are_pet_names (first, second))
    return ACC_ALIKE_PET_NAME;
  if (longer - shorter > may_differ && !sound)
    return ACC_ALIKE_NOT;
  edits = count_edits (first, second);
  if (edits <= may_differ)
    return ACC_ALIKE_SPELLING;
  return sound && edits <= longer / 2 ? ACC_ALIKE_SOUND : ACC_ALIKE_NOT;
}

AccAlike
acc_alike_words (const char *first, const char *second)
{
  g_return_val_if_fail (first != NULL && second != NULL, ACC_ALIKE_NOT);

  g_autoptr (GArray) of_first = cut_name (first);
  g_autoptr (GArray) of_second = cut_name (second);

  if (of_first->len != 1 || of_second->len != 1)
    return ACC_ALIKE_NOT;
  return compare_words (&g_array_index (of_first, Word, 0), &g_array_index (of_second, Word, 0));
}

/* ---- a name among many ---- */

typedef struct {
  const AccPerson *person;
  guint distance; /* the sum over the words */
  gboolean elsewhere;
} Candidate;

/* Gives each word of @name the word of @theirs that fits best and is still free; G_MAXUINT where one has none. */
static guint
measure (GArray *name, GArray *theirs)
{
  guint64 taken = 0;
  guint distance = 0;

  for (guint i = 0; i < name->len; i++)
    {
      AccAlike best = ACC_ALIKE_NOT;
      guint best_at = 0;

      for (guint k = 0; k < theirs->len && k < 64; k++)
        {
          AccAlike alike = taken >> k & 1 ? ACC_ALIKE_NOT
                                          : compare_words (&g_array_index (name, Word, i), &g_array_index (theirs, Word, k));

          if (alike < best)
            {
              best = alike;
              best_at = k;
            }
        }
      if (best == ACC_ALIKE_NOT)
        return G_MAXUINT;
      taken |= (guint64) 1 << best_at;
      distance += best;
    }
  return distance;
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *first = a, *second = b;

  if (first->distance != second->distance)
    return first->distance < second->distance ? -1 : 1;
  if (first->elsewhere != second->elsewhere)
    return first->elsewhere ? 1 : -1;
  return strcmp (first->person->name, second->person->name);
}

static void
try_person (GArray *candidates, GArray *name, const AccPerson *person, const char *department)
{
  g_autofree char *all = g_strconcat (person->name, " ", person->called, NULL);
  g_autoptr (GArray) theirs = cut_name (all);
  Candidate candidate = { person, measure (name, theirs), g_strcmp0 (person->department, department) != 0 };

  if (candidate.distance != G_MAXUINT && candidate.distance > 0)
    g_array_append_val (candidates, candidate);
}

GPtrArray *
acc_alike_find (AccDirectory *directory, const char *name, const char *department, const char *on, guint most)
{
  GPtrArray *people = g_ptr_array_new ();
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr (GArray) words = NULL;

  g_return_val_if_fail (ACC_IS_DIRECTORY (directory) && name != NULL && on != NULL, people);

  words = cut_name (name);
  for (guint i = 0; words->len > 0 && i < acc_directory_get_n_people (directory); i++)
    {
      const AccPerson *person = acc_directory_get_person (directory, i);

      if (acc_person_is_here (person, on))
        try_person (candidates, words, person, department);
    }
  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < MIN (candidates->len, most); i++)
    g_ptr_array_add (people, (gpointer) g_array_index (candidates, Candidate, i).person);
  return people;
}
