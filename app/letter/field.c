/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/field.h"

typedef struct {
  const char *list; /* the list that the field's person stands in, or NULL */
  const char *name;
} FieldRow;

static const FieldRow field_rows[ACC_FIELD_N] = {
  [ACC_FIELD_NONE] = { NULL, "" },
  [ACC_FIELD_TO_NAME] = { "to", "name" },
  [ACC_FIELD_TO_CALLED] = { "to", "called" },
  [ACC_FIELD_TO_DEPARTMENT] = { "to", "department" },
  [ACC_FIELD_TO_REACHED] = { "to", "reached" },
  [ACC_FIELD_STORY_NEED] = { NULL, "story.need" },
  [ACC_FIELD_STORY_ACT] = { NULL, "story.act" },
  [ACC_FIELD_STORY_DIFFERENCE] = { NULL, "story.difference" },
  [ACC_FIELD_BANKER_NAME] = { NULL, "banker.name" },
  [ACC_FIELD_BANKER_WORDS] = { NULL, "banker.words" },
  [ACC_FIELD_FROM_NAME] = { "from", "name" },
  [ACC_FIELD_FROM_SIGNATURE] = { "from", "signature" },
  [ACC_FIELD_CONSENT_FILE] = { NULL, "consent.file" },
  [ACC_FIELD_CONSENT_SHARE] = { NULL, "consent.share" },
  [ACC_FIELD_CONSENT_CONTACT] = { NULL, "consent.contact" },
  [ACC_FIELD_ASKED_BY_STAFF] = { NULL, "asked_by_staff" },
  [ACC_FIELD_APART] = { NULL, "apart" },
  [ACC_FIELD_SERVED_ON] = { NULL, "served_on" },
};

char *
acc_field_path (AccField field, guint index)
{
  const FieldRow *row;

  g_return_val_if_fail ((guint) field < ACC_FIELD_N, NULL);

  row = &field_rows[field];
  if (row->list == NULL)
    return g_strdup (row->name);
  return g_strdup_printf ("%s[%u].%s", row->list, index, row->name);
}
