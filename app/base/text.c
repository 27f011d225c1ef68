/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <string.h>

#include "base/text-characters-private.h"

#define COMPOSED_BLOCK 256 /* bytes */

typedef struct {
  guint characters;
  guint lines;
  guint marks;
} Limits;

static const Limits limits_of_kind[] = {
  [ACC_TEXT_LINE] = { ACC_NAME_MAX, 1, ACC_NAME_MARKS },
  [ACC_TEXT_STORY] = { ACC_STORY_MAX, ACC_STORY_LINES, ACC_STORY_MARKS },
};

typedef struct {
  const Limits *limits;
  AccTextKind kind;
  GString *kept;
  GArray *dropped; /* gunichar, or NULL where nobody asks */
  AccTextContext context;
  AccTextChange change;
  guint n_characters, n_lines, n_marks;
} Cleaner;

/* One spelling for what a keyboard or a clipboard calls a space or the end of a line. */
static gunichar
normalise_space (gunichar c, AccTextKind kind)
{
  if (c == '\t')
    return ' ';
  if (c == '\r' || c == 0x2028 || c == 0x2029)
    c = '\n';
  return c == '\n' && kind == ACC_TEXT_LINE ? ' ' : c;
}

/* Whether @c still fits. What is past the limits ends the text, but for a mark too many: that is left out alone. */
static gboolean
fits (Cleaner *self, gunichar c, gboolean *full)
{
  if (g_unichar_ismark (c) && self->n_marks >= self->limits->marks)
    return FALSE;
  *full = self->n_characters >= self->limits->characters || (c == '\n' && self->n_lines >= self->limits->lines);
  return !*full;
}

static void
keep (Cleaner *self, gunichar c)
{
  g_string_append_unichar (self->kept, c);
  acc_text_context_keep (&self->context, c);
  self->n_characters++;
  if (c == '\n')
    self->n_lines++;
  if (g_unichar_ismark (c))
    self->n_marks++;
  else if (!acc_text_is_joiner (c))
    self->n_marks = 0;
}

static void
drop (Cleaner *self, gunichar c)
{
  self->change |= ACC_TEXT_DROPPED;
  if (self->dropped != NULL && c != ACC_TEXT_INVALID)
    g_array_append_val (self->dropped, c);
}

static gunichar
take_last (GString *text)
{
  char *last = g_utf8_prev_char (text->str + text->len);
  gunichar c = g_utf8_get_char (last);

  g_string_truncate (text, (gsize) (last - text->str));
  return c;
}

/* Ends the text where @next does not fit: not between a base and its marks, nor after a joiner that joins nothing. */
static void
end_at_whole_character (GString *text, gunichar next)
{
  while (text->len > 0 && g_unichar_ismark (next))
    next = take_last (text);
  if (text->len > 0 && acc_text_is_joiner (g_utf8_get_char (g_utf8_prev_char (text->str + text->len))))
    take_last (text);
}

/* Reads @text once, keeping what may stay and fits. */
static void
sift (Cleaner *self, const char *text, gsize length)
{
  gboolean full = FALSE;
  gsize size;

  for (gsize at = 0; at < length && !full; at += size)
    {
      gsize next_size;
      gunichar c = acc_text_next (text + at, length - at, &size);
      gunichar next = at + size < length ? acc_text_next (text + at + size, length - at - size, &next_size) : 0;

      if (c == '\r' && next == '\n')
        continue;
      c = normalise_space (c, self->kind);
      if (c == ACC_TEXT_INVALID || !acc_text_may_stay (c, &self->context, next))
        {
          drop (self, c);
          continue;
        }
      if (fits (self, c, &full))
        {
          keep (self, c);
          continue;
        }
      self->change |= ACC_TEXT_CUT;
      if (full)
        end_at_whole_character (self->kept, c);
    }
}

static void
cleaner_init (Cleaner *self, AccTextKind kind, const Limits *limits, GArray *dropped)
{
  *self = (Cleaner){ .limits = limits, .kind = kind, .dropped = dropped, .n_lines = 1 };
  self->kept = g_string_new (NULL);
}

/* Whether @c never composes with what stands before it. */
static gboolean
starts_anew (gunichar c)
{
  gboolean is_vowel_or_final = c >= 0x1160 && c <= 0x11FF; /* conjoining Hangul */

  return !g_unichar_ismark (c) && !acc_text_is_joiner (c) && !is_vowel_or_final;
}

/* @text as NFC. Done block by block: g_utf8_normalize() moves the rest of its text at each pair that it composes. */
static char *
compose (const char *text)
{
  GString *composed = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      const char *end = g_utf8_next_char (text);
      g_autofree char *block = NULL;

      while (*end != '\0' && (end - text < COMPOSED_BLOCK || !starts_anew (g_utf8_get_char (end))))
        end = g_utf8_next_char (end);
      block = g_utf8_normalize (text, end - text, G_NORMALIZE_NFC);
      g_string_append (composed, block);
      text = end;
    }
  return g_string_free (composed, FALSE);
}

/* The first reading bounds what is normalised (one run of 50,000 marks takes seconds to sort) and composing only
 * shortens it, so the second applies the limits to the text as it will be kept. */
static char *
clean (const char *text, gsize length, AccTextKind kind, AccTextChange *change, GArray *dropped)
{
  const Limits *limits = &limits_of_kind[kind];
  Limits raw_limits = *limits;
  g_autofree char *composed = NULL;
  Cleaner raw, final;

  raw_limits.characters = limits->characters * (limits->marks + 1);
  cleaner_init (&raw, kind, &raw_limits, dropped);
  sift (&raw, text, length);
  composed = compose (raw.kept->str);
  g_string_free (raw.kept, TRUE);

  cleaner_init (&final, kind, limits, NULL);
  sift (&final, composed, strlen (composed));
  *change = raw.change | final.change;
  return g_string_free (final.kept, FALSE);
}

char *
acc_text_clean (const char *text, gssize length, AccTextKind kind, AccTextChange *change)
{
  AccTextChange ignored;

  g_return_val_if_fail (text != NULL && (guint) kind < G_N_ELEMENTS (limits_of_kind), NULL);

  return clean (text, length < 0 ? strlen (text) : (gsize) length, kind, change != NULL ? change : &ignored, NULL);
}

GArray *
acc_text_list_dropped (const char *text, gssize length, AccTextKind kind)
{
  GArray *dropped = g_array_new (FALSE, FALSE, sizeof (gunichar));
  g_autofree char *cleaned = NULL;
  AccTextChange change;

  g_return_val_if_fail (text != NULL && (guint) kind < G_N_ELEMENTS (limits_of_kind), dropped);

  cleaned = clean (text, length < 0 ? strlen (text) : (gsize) length, kind, &change, dropped);
  return dropped;
}

gboolean
acc_text_is_blank (const char *text)
{
  gsize left = text != NULL ? strlen (text) : 0;
  gsize size;

  for (; left > 0; text += size, left -= size)
    {
      gunichar c = acc_text_next (text, left, &size);

      /* The empty braille cell is a character of its own, but nothing that can be seen. */
      if (c != ACC_TEXT_INVALID && c != 0x2800 && !g_unichar_isspace (c) && !acc_text_is_hidden (c))
        return FALSE;
    }
  return TRUE;
}

char *
acc_text_trim (const char *text)
{
  const char *end;

  g_return_val_if_fail (text != NULL, NULL);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  end = text + strlen (text);
  while (end > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);
  return g_strndup (text, (gsize) (end - text));
}

/* @text as it may be shown, on one line or with its @lines; what is hidden becomes U+FFFD, except what joins letters or
 * picks an emoji's look. */
static char *
to_shown (const char *text, gboolean lines)
{
  GString *shown = g_string_new (NULL);
  AccTextContext context = { 0 };
  gsize left, size;

  for (left = strlen (text); left > 0; text += size, left -= size)
    {
      gunichar c = acc_text_next (text, left, &size);
      gsize next_size;
      gunichar next = left > size ? acc_text_next (text + size, left - size, &next_size) : 0;

      if (lines && c == '\r' && next == '\n')
        continue;
      if (lines && (c == '\n' || c == '\t'))
        g_string_append_c (shown, (char) c);
      else if (c != ACC_TEXT_INVALID && g_unichar_isspace (c))
        g_string_append_c (shown, ' ');
      else if (c == ACC_TEXT_INVALID || (!acc_text_is_joiner (c) && !acc_text_may_stay (c, &context, next)))
        g_string_append (shown, "\xef\xbf\xbd");
      else
        g_string_append_unichar (shown, c);
      if (c != ACC_TEXT_INVALID)
        acc_text_context_keep (&context, c);
    }
  return g_string_free (shown, FALSE);
}

char *
acc_text_to_line (const char *text)
{
  g_return_val_if_fail (text != NULL, g_strdup (""));

  return to_shown (text, FALSE);
}

char *
acc_text_to_lines (const char *text)
{
  g_return_val_if_fail (text != NULL, g_strdup (""));

  return to_shown (text, TRUE);
}
