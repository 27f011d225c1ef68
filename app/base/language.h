/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages, which are data: resources/languages/TAG.conf says a language's own name, its direction and the letter's
 * few words; with a catalogue of translations (resources/po/TAG.po) it is one of the interface too.
 *
 * Which one the process speaks stands in LANGUAGE, as gettext has it. It is in the environment before the first thread
 * starts, so choosing another later only puts one pointer in the place of another: glibc keeps the string that was there
 * (setenv in stdlib/setenv.c), and a thread that asks gettext at that moment is answered in the one language or in the
 * other. The locale is never set again. C.UTF-8 is enough: up to glibc 2.38 LANGUAGE holds there. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ACC_LANGUAGE_OWN "en"     /* what the sources are written in */
#define ACC_LANGUAGE_UNKNOWN "und" /* BCP 47: a language that nobody named */

typedef struct {
  char *tag;  /* BCP 47: "es" */
  char *name; /* its own: "Español" */
  gboolean right_to_left;
  gboolean is_translated; /* the interface speaks it */
} AccLanguage;

void acc_language_free (AccLanguage *language);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AccLanguage, acc_language_free)

/* Before any thread is started: a locale that knows UTF-8, and the language that the user's environment asks for. */
void acc_language_init (void);

/* From now on the process speaks @tag; what is shown already stays as it is. Main thread. */
void acc_language_use (const char *tag);

/* What was chosen last, or else what the environment asks for, as far as there is a catalogue. Main thread; any thread of a
 * program that chooses no other after acc_language_init. */
const char *acc_language_get (void);

/* All languages of letters (GPtrArray of AccLanguage), English first, then by their own names. Any thread. */
GPtrArray *acc_language_list (void) G_GNUC_WARN_UNUSED_RESULT;

/* Those of the interface that @wanted (tags with ';' between them) names, in its order; all of them for "". What is not
 * there is left out; English is there always. Any thread. */
GPtrArray *acc_language_list_offered (const char *wanted) G_GNUC_WARN_UNUSED_RESULT;

/* The language of @tag or of its base ("es-MX": Spanish); NULL where there is no file of it. Any thread. */
AccLanguage *acc_language_find (const char *tag) G_GNUC_WARN_UNUSED_RESULT;

/* The words that the language of @tag has under @key of @group, with ';' between them; NULL where there are none. Any
 * thread. */
GStrv acc_language_list_words (const char *tag, const char *group, const char *key) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @tags, with ';' between them, name the language of @tag. Any thread. */
gboolean acc_language_is_among (const char *tag, const char *tags);

G_END_DECLS
