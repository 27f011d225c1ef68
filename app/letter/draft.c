/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/draft.h"

#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "letter/guard.h"
#include "letter/letter-json-private.h"
#include "letter/letter-private.h"

#define LANGUAGE_MAX 35

static void
answers_clear (AccLetterAnswers *answers)
{
  acc_letter_fields_clear (&answers->fields);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AccLetterAnswers, answers_clear)

static void
mask_texts (AccLetterFields *fields)
{
  guint n;
  const AccTextField *texts = acc_letter_text_fields (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < acc_letter_text_count (&texts[i], fields); j++)
      {
        char **slot = acc_letter_text_slot (fields, texts[i].field, j);
        g_autofree char *typed = g_steal_pointer (slot);

        *slot = acc_guard_mask (typed);
      }
}

GBytes *
acc_draft_to_bytes (AccForm *form)
{
  g_auto (AccLetterAnswers) answers = { .fields = { .n_to = 0 } };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (ACC_IS_FORM (form), NULL);

  acc_letter_fields_copy (&answers.fields, acc_form_get_fields (form));
  for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
    g_clear_pointer (&answers.fields.from[i].signature, acc_signature_unref);
  mask_texts (&answers.fields);
  answers.first_name_only = acc_form_is_first_name_only (form);
  answers.one_piece = acc_form_is_one_piece (form);
  node = acc_letter_answers_to_json_node (&answers);
  text = json_to_string (node, FALSE);
  return strlen (text) <= ACC_DRAFT_MAX ? g_bytes_new (text, strlen (text)) : NULL;
}

/* It becomes a file's name. */
static gboolean
is_language (const char *language)
{
  gsize length = strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

  return length > 0 && length <= LANGUAGE_MAX && language[length] == '\0';
}

AccForm *
acc_draft_from_bytes (GBytes *bytes, GError **error)
{
  g_auto (AccLetterAnswers) answers = { .fields = { .n_to = 0 } };
  g_autoptr (AccLetter) sketch = NULL;

  acc_letter_fields_init (&answers.fields);
  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > ACC_DRAFT_MAX)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "The draft has more than %" G_GSIZE_FORMAT " bytes", ACC_DRAFT_MAX);
      return NULL;
    }
  if (!acc_letter_answers_read_json (&answers, bytes, error))
    return NULL;
  if (!is_language (answers.fields.language))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, "The draft’s language is no language tag");
      return NULL;
    }
  g_free (answers.fields.date);
  answers.fields.date = acc_clock_today ();
  sketch = acc_letter_new_sketch (&answers.fields);
  acc_letter_fields_clear (&answers.fields);
  acc_letter_fields_copy (&answers.fields, acc_letter_get_fields (sketch));
  mask_texts (&answers.fields); /* whoever wrote it */
  return acc_form_new_from_answers (&answers.fields, answers.first_name_only, answers.one_piece);
}

gboolean
acc_draft_names (AccForm *form, const char *typed)
{
  const AccLetterFields *fields;
  g_autofree char *sought = NULL;

  g_return_val_if_fail (ACC_IS_FORM (form), FALSE);
  g_return_val_if_fail (typed != NULL, FALSE);

  fields = acc_form_get_fields (form);
  sought = acc_text_fold (typed);
  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autofree char *name = acc_text_fold (fields->to[i].name);

      if (!acc_text_is_blank (name) && strcmp (name, sought) == 0)
        return TRUE;
    }
  return FALSE;
}
