/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"

static char *
format_local (const char *text, const char *format)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, zone);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  return local != NULL ? g_date_time_format (local, format) : NULL;
}

char *
acc_words_date (const char *iso_date)
{
  g_autofree char *midnight = g_strconcat (iso_date, "T00:00:00", NULL);
  /* Translators: a day, as strftime; in figures alone, since the months have no names without a locale */
  char *words = format_local (midnight, _ ("%-d %b %Y"));

  return words != NULL ? words : g_strdup (iso_date);
}

char *
acc_words_moment (const char *stamp)
{
  /* Translators: a moment, as strftime; in figures alone, since the months have no names without a locale */
  char *words = format_local (stamp, _ ("%-d %b %Y, %H:%M"));

  return words != NULL ? words : g_strdup (stamp);
}

static gint
count_days (GDateTime *time)
{
  gint year, month, day;
  GDate date;

  g_date_time_get_ymd (time, &year, &month, &day);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (gint) g_date_get_julian (&date);
}

char *
acc_words_days_ago (const char *stamp)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (stamp, zone);
  g_autoptr (GDateTime) then = time != NULL ? g_date_time_to_local (time) : NULL;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (acc_clock_now () / G_USEC_PER_SEC);
  guint days = then != NULL ? (guint) MAX (count_days (now) - count_days (then), 0) : 0;

  if (then == NULL)
    return g_strdup (stamp);
  if (days < 2)
    return g_strdup (days == 0 ? _ ("today") : _ ("yesterday"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day ago", "%u days ago", days), days);
}

char *
acc_words_position (const AccPerson *person)
{
  return person->title[0] != '\0' ? g_strdup_printf ("%s · %s", person->title, person->department)
                                  : g_strdup (person->department);
}

#define ISOLATE "\xE2\x81\xA8" /* U+2068 */
#define ISOLATE_END "\xE2\x81\xA9" /* U+2069 */

/* The marks of the desk's languages. */
static const struct {
  const char *open, *close;
} quotes[] = {
  { "“", "”" },
  { "«", "»" },
  { "„", "“" },
  { "„", "”" },
};

/* The first quotation of @text: where its words begin and where they end, at its last mark that fits. */
static gboolean
find_quotation (const char *text, const char **start, const char **end)
{
  *start = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      const char *open = strstr (text, quotes[i].open);
      const char *words = open != NULL ? open + strlen (quotes[i].open) : NULL;
      const char *close = words != NULL ? g_strrstr (words, quotes[i].close) : NULL;

      if (close == NULL || (*start != NULL && (words > *start || (words == *start && close < *end))))
        continue;
      *start = words;
      *end = close;
    }
  return *start != NULL;
}

char *
acc_words_isolate_quotation (const char *text)
{
  const char *start, *end = NULL;
  int before;

  g_return_val_if_fail (text != NULL, NULL);
  if (!find_quotation (text, &start, &end))
    return g_strdup (text);
  before = (int) (start - text);
  return g_strdup_printf ("%.*s" ISOLATE "%.*s" ISOLATE_END "%s", before, text, (int) (end - start), start, end);
}

char *
acc_words_error (const GError *error)
{
  return acc_error_screen_sentence (error);
}
