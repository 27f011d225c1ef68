/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/letter.h"

#include "base/clock.h"
#include "base/text.h"
#include "letter/letter-private.h"

struct _AccLetter
{
  GObject parent_instance;

  AccLetterFields fields;
  gboolean is_sketch;
  AccField written; /* of a sketch: the answer, or ACC_FIELD_N for each */
};

G_DEFINE_FINAL_TYPE (AccLetter, acc_letter, G_TYPE_OBJECT)

#define TO(member) (G_STRUCT_OFFSET (AccLetterFields, to) + G_STRUCT_OFFSET (AccAddressee, member))
#define FROM(member) (G_STRUCT_OFFSET (AccLetterFields, from) + G_STRUCT_OFFSET (AccAuthor, member))
#define ONE(member) G_STRUCT_OFFSET (AccLetterFields, member)

static const AccTextField text_fields[] = {
  { ACC_FIELD_TO_NAME, ACC_TEXT_LINE, TRUE, TO (name), sizeof (AccAddressee) },
  { ACC_FIELD_TO_CALLED, ACC_TEXT_LINE, FALSE, TO (called), sizeof (AccAddressee) },
  { ACC_FIELD_TO_DEPARTMENT, ACC_TEXT_LINE, TRUE, TO (department), sizeof (AccAddressee) },
  { ACC_FIELD_STORY_NEED, ACC_TEXT_STORY, FALSE, ONE (need), 0 },
  { ACC_FIELD_STORY_ACT, ACC_TEXT_STORY, FALSE, ONE (act), 0 },
  { ACC_FIELD_STORY_DIFFERENCE, ACC_TEXT_STORY, FALSE, ONE (difference), 0 },
  { ACC_FIELD_BANKER_NAME, ACC_TEXT_LINE, FALSE, ONE (banker_name), 0 }, /* required where the banker is thanked */
  { ACC_FIELD_BANKER_WORDS, ACC_TEXT_STORY, FALSE, ONE (banker_words), 0 },
  { ACC_FIELD_FROM_NAME, ACC_TEXT_LINE, TRUE, FROM (name), sizeof (AccAuthor) },
  { ACC_FIELD_CONSENT_CONTACT, ACC_TEXT_LINE, FALSE, ONE (consent_contact), 0 },
  { ACC_FIELD_APART, ACC_TEXT_STORY, FALSE, ONE (apart), 0 },
  { ACC_FIELD_SERVED_ON, ACC_TEXT_LINE, FALSE, ONE (served_on), 0 },
};

const AccTextField *
acc_letter_text_fields (guint *n)
{
  *n = G_N_ELEMENTS (text_fields);
  return text_fields;
}

guint
acc_letter_text_count (const AccTextField *text, const AccLetterFields *fields)
{
  if (text->stride == 0)
    return 1;
  return text->field == ACC_FIELD_FROM_NAME ? fields->n_from : fields->n_to;
}

static char **
slot_at (const AccTextField *text, AccLetterFields *fields, guint index)
{
  return (char **) (void *) ((char *) fields + text->offset + text->stride * index);
}

char **
acc_letter_text_slot (AccLetterFields *fields, AccField field, guint index)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    if (text_fields[i].field == field)
      return slot_at (&text_fields[i], fields, index);
  return NULL;
}

void
acc_letter_fields_init (AccLetterFields *fields)
{
  g_return_if_fail (fields != NULL);

  *fields = (AccLetterFields){ .n_to = 1, .n_from = 1, .consent_version = ACC_CONSENT_VERSION };
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    for (guint j = 0; j < (text_fields[i].stride > 0 ? ACC_PEOPLE_MAX : 1); j++)
      *slot_at (&text_fields[i], fields, j) = g_strdup ("");
  fields->date = acc_clock_today ();
  g_free (fields->served_on);
  fields->served_on = g_strdup (fields->date);
  fields->language = g_strdup ("en");
}

void
acc_letter_fields_copy (AccLetterFields *to, const AccLetterFields *from)
{
  g_return_if_fail (to != NULL && from != NULL);

  *to = *from;
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    for (guint j = 0; j < (text_fields[i].stride > 0 ? ACC_PEOPLE_MAX : 1); j++)
      {
        char **slot = slot_at (&text_fields[i], to, j);

        *slot = g_strdup (*slot);
      }
  for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
    if (to->from[i].signature != NULL)
      acc_signature_ref (to->from[i].signature);
  to->date = g_strdup (from->date);
  to->language = g_strdup (from->language);
}

void
acc_letter_fields_clear (AccLetterFields *fields)
{
  g_return_if_fail (fields != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    for (guint j = 0; j < (text_fields[i].stride > 0 ? ACC_PEOPLE_MAX : 1); j++)
      g_free (*slot_at (&text_fields[i], fields, j));
  for (guint i = 0; i < ACC_PEOPLE_MAX; i++)
    g_clear_pointer (&fields->from[i].signature, acc_signature_unref);
  g_free (fields->date);
  g_free (fields->language);
  *fields = (AccLetterFields){ .n_to = 0 };
}

AccLetter *
acc_letter_new (const AccLetterFields *fields, GError **error)
{
  g_autoptr (AccLetter) self = NULL;

  g_return_val_if_fail (fields != NULL, NULL);

  self = g_object_new (ACC_TYPE_LETTER, NULL);
  acc_letter_fields_copy (&self->fields, fields);
  if (!acc_letter_rules_apply (&self->fields, error))
    return NULL;
  return g_steal_pointer (&self);
}

AccLetter *
acc_letter_new_sketch (const AccLetterFields *fields)
{
  return acc_letter_new_sketch_at (fields, ACC_FIELD_N);
}

AccLetter *
acc_letter_new_sketch_at (const AccLetterFields *fields, AccField written)
{
  AccLetter *self;

  g_return_val_if_fail (fields != NULL, NULL);

  self = g_object_new (ACC_TYPE_LETTER, NULL);
  self->is_sketch = TRUE;
  self->written = written;
  acc_letter_fields_copy (&self->fields, fields);
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    for (guint j = 0; j < acc_letter_text_count (&text_fields[i], fields); j++)
      {
        char **slot = slot_at (&text_fields[i], &self->fields, j);
        g_autofree char *typed = g_steal_pointer (slot);

        *slot = acc_text_clean (typed, -1, text_fields[i].kind, NULL);
      }
  return self;
}

gboolean
acc_letter_is_sketch (AccLetter *self)
{
  g_return_val_if_fail (ACC_IS_LETTER (self), TRUE);

  return self->is_sketch;
}

gboolean
acc_letter_is_writing (AccLetter *self, AccField field)
{
  g_return_val_if_fail (ACC_IS_LETTER (self), FALSE);

  return self->is_sketch && (self->written == field || self->written == ACC_FIELD_N);
}

const AccLetterFields *
acc_letter_get_fields (AccLetter *self)
{
  g_return_val_if_fail (ACC_IS_LETTER (self), NULL);

  return &self->fields;
}

const char *
acc_letter_get_text (AccLetter *self, AccField field, guint index)
{
  const char *text = NULL;
  char **slot;

  g_return_val_if_fail (ACC_IS_LETTER (self), "");
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, "");

  slot = acc_letter_text_slot (&self->fields, field, index);
  if (slot != NULL)
    text = *slot;
  else if (field == ACC_FIELD_FROM_SIGNATURE && self->fields.from[index].signature != NULL)
    text = acc_signature_get_text (self->fields.from[index].signature);
  return text != NULL ? text : "";
}

const char *
acc_letter_get_called (AccLetter *self, guint addressee)
{
  const AccAddressee *to;

  g_return_val_if_fail (ACC_IS_LETTER (self), "");
  g_return_val_if_fail (addressee < self->fields.n_to, "");

  to = &self->fields.to[addressee];
  return acc_text_is_blank (to->called) ? to->name : to->called;
}

static void
acc_letter_finalize (GObject *object)
{
  acc_letter_fields_clear (&ACC_LETTER (object)->fields);
  G_OBJECT_CLASS (acc_letter_parent_class)->finalize (object);
}

static void
acc_letter_class_init (AccLetterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_letter_finalize;
}

static void
acc_letter_init (AccLetter *self)
{
}
