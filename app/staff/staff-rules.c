/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "staff/staff-rules-private.h"

#include "base/clock.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOCAL_MAX 64    /* octets, RFC 5321 section 4.5.3.1.1 */
#define ADDRESS_MAX 254 /* octets, RFC 5321 section 4.5.3.1.3, without the angle brackets */
#define LABEL_MAX 63    /* octets, RFC 1035 section 2.3.4 */
#define CYCLE_SHOWN 6   /* ids of a cycle that a message spells out */

/* The words of the column "thanks", frozen. */
static const struct {
  const char *text;
  AccThanks thanks;
} thanks_words[] = {
  { "", ACC_THANKS_UNSAID },
  { "private", ACC_THANKS_PRIVATE },
  { "team", ACC_THANKS_TEAM },
  { "public", ACC_THANKS_PUBLIC },
};

static gboolean
is_plain_ascii (const char *value)
{
  for (; *value != '\0'; value++)
    if (!g_ascii_isprint (*value))
      return FALSE;
  return TRUE;
}

const char *
acc_staff_rule_text (const char *value)
{
  g_autofree char *clean = NULL, *composed = NULL;

  if (g_utf8_strlen (value, -1) > ACC_NAME_MAX)
    return _ ("is longer than 80 characters.");
  if (is_plain_ascii (value)) /* most are, and a file may hold two million of them */
    return NULL;
  clean = acc_text_clean (value, -1, ACC_TEXT_LINE, NULL);
  composed = g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
  if (composed == NULL || strcmp (clean, composed) != 0)
    return _ ("has a line feed, a tab or a hidden character.");
  return acc_text_is_blank (value) ? _ ("has nothing to read.") : NULL;
}

static gboolean
has_letter (const char *value)
{
  for (; *value != '\0'; value = g_utf8_next_char (value))
    {
      gunichar c = g_utf8_get_char (value);

      if (g_unichar_isalpha (c) && g_unichar_type (c) != G_UNICODE_MODIFIER_LETTER)
        return TRUE;
    }
  return FALSE;
}

const char *
acc_staff_rule_name (const char *value)
{
  const char *wrong = acc_staff_rule_text (value);

  if (wrong != NULL || has_letter (value))
    return wrong;
  return _ ("has no letter, so that nobody could find it.");
}

/* Letters, digits and marks with single dots between them (RFC 5322, dot-atom); without the marks ! % / ` | that old
 * mailers and shells give a meaning of their own. */
static gboolean
is_local_part (const char *text, gsize length)
{
  if (length == 0 || length > LOCAL_MAX || text[0] == '-' || text[0] == '.' || text[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("._+-'&=~#", text[i]) == NULL)
      return FALSE;
  return g_strstr_len (text, length, "..") == NULL;
}

static gboolean
is_domain_label (const char *label, gsize length)
{
  if (length == 0 || length > LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_domain (const char *domain)
{
  guint n_labels = 1;

  for (const char *dot = strchr (domain, '.'); dot != NULL; dot = strchr (domain, '.'))
    {
      if (!is_domain_label (domain, dot - domain))
        return FALSE;
      domain = dot + 1;
      n_labels++;
    }
  return n_labels >= 2 && is_domain_label (domain, strlen (domain));
}

const char *
acc_staff_rule_address (const char *value)
{
  const char *at = strchr (value, '@');

  if (at == NULL || strlen (value) > ADDRESS_MAX || !is_local_part (value, at - value) || !is_domain (at + 1))
    return _ ("is not one e-mail address.");
  return NULL;
}

const char *
acc_staff_rule_date (const char *value)
{
  return acc_clock_is_date (value) ? NULL : _ ("is not a date; write it as 2026-11-20.");
}

gboolean
acc_staff_thanks_from_text (const char *text, AccThanks *thanks)
{
  for (gsize i = 0; i < G_N_ELEMENTS (thanks_words); i++)
    if (strcmp (thanks_words[i].text, text) == 0)
      {
        *thanks = thanks_words[i].thanks;
        return TRUE;
      }
  return FALSE;
}

const char *
acc_staff_thanks_to_text (AccThanks thanks)
{
  for (gsize i = 0; i < G_N_ELEMENTS (thanks_words); i++)
    if (thanks_words[i].thanks == thanks)
      return thanks_words[i].text;
  g_assert_not_reached ();
}

const char *
acc_staff_rule_thanks (const char *value)
{
  AccThanks thanks;

  return acc_staff_thanks_from_text (value, &thanks) ? NULL : _ ("is not private, team or public.");
}

/* A walk up from each person; a walk that meets itself has found a cycle. */
typedef struct {
  GPtrArray *people;
  GArray *lines;
  GHashTable *by_id;
  const char *label;
  guint *walk; /* by position: the walk that came by first, 0 for none */
  AccFindings *findings;
} Walks;

#define NOBODY G_MAXUINT

static guint
position_above (const Walks *walks, guint position)
{
  const AccPerson *person = g_ptr_array_index (walks->people, position);

  return GPOINTER_TO_UINT (g_hash_table_lookup (walks->by_id, person->supervisor_id)) - 1;
}

/* As whoever mends it calls a person: by the entry's name, or by the id. */
static const char *
name_person (const Walks *walks, guint position)
{
  const char *place = acc_findings_get_place (walks->findings, g_array_index (walks->lines, guint, position));

  return place != NULL ? place : ((const AccPerson *) g_ptr_array_index (walks->people, position))->id;
}

static void
report_on_cycle (const Walks *walks, guint position)
{
  g_autoptr (GString) way = g_string_new (NULL);
  guint shown = 0;

  for (guint above = position_above (walks, position); above != position; above = position_above (walks, above))
    {
      if (shown++ == CYCLE_SHOWN)
        {
          g_string_append (way, ", …");
          break;
        }
      g_string_append_printf (way, "%s“%s”", way->len > 0 ? ", " : "", name_person (walks, above));
    }
  if (shown == 0)
    acc_findings_add (walks->findings, g_array_index (walks->lines, guint, position),
                      _ ("%s: “%s” is this person's own id."), walks->label, name_person (walks, position));
  else
    acc_findings_add (walks->findings, g_array_index (walks->lines, guint, position),
                      _ ("%s: “%s” stands above itself, by way of %s."), walks->label, name_person (walks, position),
                      way->str);
}

static void
walk_up (const Walks *walks, guint from)
{
  guint at = from, end;

  for (; at != NOBODY && walks->walk[at] == 0; at = position_above (walks, at))
    walks->walk[at] = from + 1;
  if (at == NOBODY || walks->walk[at] != from + 1)
    return;
  end = at;
  do
    {
      report_on_cycle (walks, at);
      at = position_above (walks, at);
    }
  while (at != end);
}

void
acc_staff_check_supervisors (GPtrArray *people, GArray *lines, GHashTable *by_id, const char *label,
                             AccFindings *findings)
{
  g_autofree guint *walk = g_new0 (guint, people->len);
  Walks walks = { people, lines, by_id, label, walk, findings };

  for (guint i = 0; i < people->len; i++)
    {
      const AccPerson *person = g_ptr_array_index (people, i);

      if (*person->supervisor_id != '\0' && !g_hash_table_contains (by_id, person->supervisor_id))
        {
          g_autofree char *id = acc_findings_quote (person->supervisor_id);

          acc_findings_add (findings, g_array_index (lines, guint, i),
                            _ ("supervisor_id: nobody in this file has the id “%s”."), id);
        }
      walk_up (&walks, i);
    }
}

/* Up from @from to the first who is wrong or was passed before; if wrong, so are all on the @way, which is only lent
 * for it. */
static void
mark_way_up (const Walks *walks, guint from, GArray *way)
{
  guint at = from;

  g_array_set_size (way, 0);
  while (at != NOBODY && walks->walk[at] == 0
         && !acc_findings_has_line (walks->findings, g_array_index (walks->lines, guint, at)))
    {
      walks->walk[at] = from + 1;
      g_array_append_val (way, at);
      at = position_above (walks, at);
    }
  if (at == NOBODY || !acc_findings_has_line (walks->findings, g_array_index (walks->lines, guint, at)))
    return;
  for (guint i = 0; i < way->len; i++)
    acc_findings_mark (walks->findings, g_array_index (walks->lines, guint, g_array_index (way, guint, i)));
}

void
acc_staff_mark_reports (GPtrArray *people, GArray *lines, GHashTable *by_id, AccFindings *findings)
{
  g_autofree guint *walk = g_new0 (guint, people->len);
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (guint));
  Walks walks = { people, lines, by_id, NULL, walk, findings };

  for (guint i = 0; i < people->len; i++)
    mark_way_up (&walks, i, way);
}
