/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/form.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/text.h"
#include "letter/guard.h"
#include "letter/letter-private.h"

struct _AccForm
{
  GObject parent_instance;

  AccLetterFields fields;
  gboolean first_name_only;
  gboolean one_piece;
  GStrv innocent; /* numbers that look like one that must not be here, and are none */
};

G_DEFINE_FINAL_TYPE (AccForm, acc_form, G_TYPE_OBJECT)

static AccForm *
dup_form (AccForm *self)
{
  AccForm *copy = g_object_new (ACC_TYPE_FORM, NULL);

  acc_letter_fields_copy (&copy->fields, &self->fields);
  copy->first_name_only = self->first_name_only;
  copy->one_piece = self->one_piece;
  copy->innocent = g_strdupv (self->innocent);
  return copy;
}

AccForm *
acc_form_new (const char *language, AccPaper paper)
{
  AccForm *self;

  g_return_val_if_fail (language != NULL, NULL);

  self = g_object_new (ACC_TYPE_FORM, NULL);
  acc_letter_fields_init (&self->fields);
  g_free (self->fields.language);
  self->fields.language = g_strdup (language);
  self->fields.paper = paper;
  return self;
}

AccForm *
acc_form_new_from_answers (const AccLetterFields *fields, gboolean first_name_only, gboolean one_piece)
{
  AccForm *self;

  g_return_val_if_fail (fields != NULL, NULL);

  self = g_object_new (ACC_TYPE_FORM, NULL);
  acc_letter_fields_copy (&self->fields, fields);
  self->first_name_only = first_name_only;
  self->one_piece = one_piece;
  return self;
}

const AccLetterFields *
acc_form_get_fields (AccForm *self)
{
  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  return &self->fields;
}

const char *
acc_form_get_text (AccForm *self, AccField field, guint index)
{
  char **slot;

  g_return_val_if_fail (ACC_IS_FORM (self), "");
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, "");

  slot = acc_letter_text_slot (&self->fields, field, index);
  return slot != NULL ? *slot : "";
}

guint
acc_form_count (AccForm *self, AccField field)
{
  g_return_val_if_fail (ACC_IS_FORM (self), 0);

  if (field <= ACC_FIELD_TO_REACHED)
    return self->fields.n_to;
  return field == ACC_FIELD_FROM_NAME || field == ACC_FIELD_FROM_SIGNATURE ? self->fields.n_from : 1;
}

/* ---- answers ---- */

AccForm *
acc_form_with_text (AccForm *self, AccField field, guint index, const char *text)
{
  AccForm *copy;
  char **slot;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, NULL);
  g_return_val_if_fail (text != NULL && g_utf8_validate (text, -1, NULL), NULL);
  g_return_val_if_fail (acc_letter_text_slot (&self->fields, field, index) != NULL, NULL);

  copy = dup_form (self);
  slot = acc_letter_text_slot (&copy->fields, field, index);
  g_free (*slot);
  *slot = g_strdup (text);
  if (field == ACC_FIELD_FROM_NAME)
    copy->fields.n_from = MAX (copy->fields.n_from, index + 1);
  else if (field <= ACC_FIELD_TO_REACHED)
    copy->fields.n_to = MAX (copy->fields.n_to, index + 1);
  return copy;
}

AccForm *
acc_form_with_reached (AccForm *self, guint index, AccReached reached)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, NULL);

  copy = dup_form (self);
  copy->fields.to[index].reached = reached;
  copy->fields.n_to = MAX (copy->fields.n_to, index + 1);
  return copy;
}

AccForm *
acc_form_with_another (AccForm *self, AccField field)
{
  AccForm *copy;
  guint *n;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (field == ACC_FIELD_TO_NAME || field == ACC_FIELD_FROM_NAME, NULL);

  copy = dup_form (self);
  n = field == ACC_FIELD_TO_NAME ? &copy->fields.n_to : &copy->fields.n_from;
  *n = MIN (*n + 1, ACC_PEOPLE_MAX);
  return copy;
}

/* The one at @index becomes the last, and is cleared. */
static void
drop_addressee (AccLetterFields *fields, guint index)
{
  AccAddressee gone = fields->to[index];

  memmove (&fields->to[index], &fields->to[index + 1], (fields->n_to - index - 1) * sizeof gone);
  g_free (gone.name);
  g_free (gone.called);
  g_free (gone.department);
  fields->to[--fields->n_to] = (AccAddressee){ g_strdup (""), g_strdup (""), g_strdup (""), ACC_REACHED_PHONE };
}

static void
drop_author (AccLetterFields *fields, guint index)
{
  AccAuthor gone = fields->from[index];

  memmove (&fields->from[index], &fields->from[index + 1], (fields->n_from - index - 1) * sizeof gone);
  g_free (gone.name);
  g_clear_pointer (&gone.signature, acc_signature_unref);
  fields->from[--fields->n_from] = (AccAuthor){ g_strdup (""), NULL };
}

AccForm *
acc_form_without (AccForm *self, AccField field, guint index)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (index < acc_form_count (self, field) && acc_form_count (self, field) > 1, NULL);

  copy = dup_form (self);
  if (field == ACC_FIELD_TO_NAME)
    drop_addressee (&copy->fields, index);
  else
    drop_author (&copy->fields, index);
  return copy;
}

AccForm *
acc_form_with_first_name_only (AccForm *self, gboolean first_name_only)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  copy = dup_form (self);
  copy->first_name_only = first_name_only;
  return copy;
}

AccForm *
acc_form_with_innocent (AccForm *self, const char *number)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (number != NULL, NULL);

  copy = dup_form (self);
  if (self->innocent != NULL)
    g_strv_builder_addv (builder, (const char **) self->innocent);
  g_strv_builder_add (builder, number);
  g_strfreev (copy->innocent);
  copy->innocent = g_strv_builder_end (builder);
  return copy;
}

const char *const *
acc_form_get_innocent (AccForm *self)
{
  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  return (const char *const *) self->innocent;
}

static void
join_story (AccLetterFields *fields)
{
  char **const parts[] = { &fields->need, &fields->act, &fields->difference };
  GString *piece = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (!acc_text_is_blank (*parts[i]))
        g_string_append_printf (piece, "%s%s", piece->len > 0 ? "\n\n" : "", *parts[i]);
      g_free (*parts[i]);
      *parts[i] = g_strdup ("");
    }
  g_free (fields->act);
  fields->act = g_string_free (piece, FALSE);
}

AccForm *
acc_form_with_one_piece (AccForm *self, gboolean one_piece)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  copy = dup_form (self);
  if (one_piece && !copy->one_piece)
    join_story (&copy->fields);
  copy->one_piece = one_piece;
  return copy;
}

AccForm *
acc_form_with_thanks_banker (AccForm *self, gboolean thanks)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  copy = dup_form (self);
  copy->fields.thanks_banker = thanks;
  return copy;
}

AccForm *
acc_form_with_signature (AccForm *self, guint index, AccSignature *signature)
{
  AccForm *copy;
  AccAuthor *author;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, NULL);

  copy = dup_form (self);
  author = &copy->fields.from[index];
  g_clear_pointer (&author->signature, acc_signature_unref);
  author->signature = signature != NULL ? acc_signature_ref (signature) : NULL;
  copy->fields.n_from = MAX (copy->fields.n_from, index + 1);
  return copy;
}

AccForm *
acc_form_with_language (AccForm *self, const char *language)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (language != NULL, NULL);

  copy = dup_form (self);
  g_free (copy->fields.language);
  copy->fields.language = g_strdup (language);
  return copy;
}

AccForm *
acc_form_with_asked (AccForm *self, AccAsked asked)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  copy = dup_form (self);
  copy->fields.asked_by_staff = asked;
  return copy;
}

AccForm *
acc_form_with_consent (AccForm *self, AccField field, gboolean given)
{
  AccForm *copy;

  g_return_val_if_fail (ACC_IS_FORM (self), NULL);
  g_return_val_if_fail (field == ACC_FIELD_CONSENT_FILE || field == ACC_FIELD_CONSENT_SHARE, NULL);

  copy = dup_form (self);
  if (field == ACC_FIELD_CONSENT_FILE)
    copy->fields.consent_file = given;
  else
    copy->fields.consent_share = given;
  return copy;
}

gboolean
acc_form_is_begun (AccForm *self)
{
  guint n;
  const AccTextField *texts = acc_letter_text_fields (&n);

  g_return_val_if_fail (ACC_IS_FORM (self), FALSE);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < acc_letter_text_count (&texts[i], &self->fields); j++)
      if (texts[i].field != ACC_FIELD_SERVED_ON && *acc_form_get_text (self, texts[i].field, j) != '\0')
        return TRUE;
  return self->fields.from[0].signature != NULL;
}

gboolean
acc_form_is_first_name_only (AccForm *self)
{
  g_return_val_if_fail (ACC_IS_FORM (self), FALSE);

  return self->first_name_only;
}

gboolean
acc_form_is_one_piece (AccForm *self)
{
  g_return_val_if_fail (ACC_IS_FORM (self), FALSE);

  return self->one_piece;
}

/* ---- what is missing ---- */

static const char *
lack_name (AccForm *self, guint index)
{
  if (!acc_text_is_blank (self->fields.to[index].name))
    return NULL;
  return self->first_name_only ? _("Write the first name.")
                               : _("Tell us the name, or tick “I only know the first name”.");
}

static const char *
lack_department (AccForm *self, guint index)
{
  if (!acc_text_is_blank (self->fields.to[index].department))
    return NULL;
  return _("Choose a department, or write what you know of it.");
}

static const char *
lack_day (AccForm *self, guint index)
{
  if (acc_clock_is_date (self->fields.served_on) && g_strcmp0 (self->fields.served_on, self->fields.date) <= 0)
    return NULL;
  return _("Choose the day on which it happened, today or earlier.");
}

static gboolean
has_story (AccForm *self)
{
  return !acc_text_is_blank (self->fields.need) || !acc_text_is_blank (self->fields.act)
         || !acc_text_is_blank (self->fields.difference);
}

static const char *
lack_parts (AccForm *self, guint index)
{
  return self->one_piece || has_story (self) ? NULL : _("Write a few words in at least one of the three answers.");
}

/* Each answer is bounded as it is typed; together they may still be more than a letter holds. */
static const char *
lack_room (AccForm *self)
{
  g_autofree char *whole = g_strconcat (self->fields.need, "\n", self->fields.act, "\n", self->fields.difference, NULL);
  guint lines = 1;

  if (g_utf8_strlen (whole, -1) - 2 > ACC_STORY_MAX)
    return _("A letter holds 6,000 characters. Shorten your story a little.");
  for (const char *at = whole; *at != '\0'; at++)
    lines += *at == '\n';
  return lines > ACC_STORY_LINES ? _("A letter holds 80 lines. Shorten your story a little.") : NULL;
}

static const char *
lack_act (AccForm *self, guint index)
{
  if (self->one_piece && !has_story (self))
    return _("Write a few words about what happened.");
  return lack_room (self);
}

static const char *
lack_banker (AccForm *self, guint index)
{
  if (!self->fields.thanks_banker || !acc_text_is_blank (self->fields.banker_name))
    return NULL;
  return _("Write your banker’s name, or choose to leave this out.");
}

static const char *
lack_author (AccForm *self, guint index)
{
  return acc_text_is_blank (self->fields.from[index].name) ? _("Write your name.") : NULL;
}

static const char *
lack_signature (AccForm *self, guint index)
{
  const AccSignature *signature = self->fields.from[index].signature;

  if (signature == NULL)
    return _("Sign with your finger or a pen, or type your name.");
  if (acc_signature_get_text (signature) != NULL && acc_text_is_blank (acc_signature_get_text (signature)))
    return _("Type your name as your signature.");
  return NULL;
}

typedef struct {
  AccStep step;
  AccField field;
  const char *(*lack) (AccForm *self, guint index); /* what to do, or NULL; a NULL function asks for nothing */
} PageRow;

/* Every answer in the order of the pages. */
static const PageRow page_rows[] = {
  { ACC_STEP_WHO, ACC_FIELD_TO_NAME, lack_name },             /* the first name alone is enough */
  { ACC_STEP_WHO, ACC_FIELD_TO_CALLED, NULL },                /* else the name as written */
  { ACC_STEP_WHO, ACC_FIELD_TO_DEPARTMENT, lack_department }, /* without it nobody is found */
  { ACC_STEP_WHO, ACC_FIELD_SERVED_ON, lack_day },            /* today unless told otherwise */
  { ACC_STEP_STORY, ACC_FIELD_STORY_NEED, lack_parts },       /* one of three is enough */
  { ACC_STEP_STORY, ACC_FIELD_STORY_ACT, lack_act },          /* on the page in either way of telling */
  { ACC_STEP_STORY, ACC_FIELD_STORY_DIFFERENCE, NULL },       /* one of three */
  { ACC_STEP_STORY, ACC_FIELD_APART, NULL },                  /* said to the bank alone */
  { ACC_STEP_BANKER, ACC_FIELD_BANKER_NAME, lack_banker },    /* only where thanks are wanted */
  { ACC_STEP_BANKER, ACC_FIELD_BANKER_WORDS, NULL },          /* a name alone is thanks too */
  { ACC_STEP_SIGN, ACC_FIELD_FROM_NAME, lack_author },        /* who thanks */
  { ACC_STEP_SIGN, ACC_FIELD_FROM_SIGNATURE, lack_signature }, /* drawn, typed or witnessed */
  { ACC_STEP_SIGN, ACC_FIELD_CONSENT_CONTACT, NULL },         /* an answer is welcome, not needed */
};

static void
missing_free (gpointer data)
{
  AccMissing *missing = data;

  g_free (missing->message);
  g_free (missing);
}

static void
add_missing (GPtrArray *list, AccField field, guint index, const char *message)
{
  AccMissing *missing = g_new (AccMissing, 1);

  *missing = (AccMissing){ field, index, g_strdup (message) };
  g_ptr_array_add (list, missing);
}

/* What is not sent needs no guard. */
static gboolean
is_left_out (AccForm *self, const PageRow *row)
{
  return row->step == ACC_STEP_BANKER && !self->fields.thanks_banker;
}

static const char *
text_of (AccForm *self, const PageRow *row, guint index)
{
  const AccSignature *signature = self->fields.from[index].signature;

  if (row->field != ACC_FIELD_FROM_SIGNATURE)
    return acc_form_get_text (self, row->field, index);
  return signature != NULL && acc_signature_get_text (signature) != NULL ? acc_signature_get_text (signature) : "";
}

static void
look_at (AccForm *self, const PageRow *row, guint index, GPtrArray *list)
{
  const char *message = row->lack != NULL ? row->lack (self, index) : NULL;
  const char *text = text_of (self, row, index);
  AccGuardFind find;

  if (message != NULL)
    {
      add_missing (list, row->field, index, message);
    }
  else if (acc_guard_find_open (text, acc_form_get_innocent (self), &find))
    {
      g_autofree char *sentence = acc_guard_sentence (text, &find);

      add_missing (list, row->field, index, sentence);
    }
}

GPtrArray *
acc_form_list_missing (AccForm *self, AccStep step)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (missing_free);

  g_return_val_if_fail (ACC_IS_FORM (self), list);

  for (guint i = 0; i < G_N_ELEMENTS (page_rows); i++)
    for (guint j = 0; j < acc_form_count (self, page_rows[i].field); j++)
      if (page_rows[i].step == step && !is_left_out (self, &page_rows[i]))
        look_at (self, &page_rows[i], j, list);
  return list;
}

/* ---- the letter ---- */

AccLetter *
acc_form_dup_sketch (AccForm *self, AccField written)
{
  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  return acc_letter_new_sketch_at (&self->fields, written);
}

AccLetter *
acc_form_dup_letter (AccForm *self, GError **error)
{
  g_return_val_if_fail (ACC_IS_FORM (self), NULL);

  for (AccStep step = ACC_STEP_WELCOME; step < ACC_STEP_N; step++)
    {
      g_autoptr (GPtrArray) missing = acc_form_list_missing (self, step);

      if (missing->len > 0)
        {
          const AccMissing *first = g_ptr_array_index (missing, 0);

          g_set_error_literal (error, ACC_ERROR, ACC_ERROR_INPUT, first->message);
          return NULL;
        }
    }
  return acc_letter_new (&self->fields, error);
}

static void
acc_form_finalize (GObject *object)
{
  acc_letter_fields_clear (&ACC_FORM (object)->fields);
  g_strfreev (ACC_FORM (object)->innocent);
  G_OBJECT_CLASS (acc_form_parent_class)->finalize (object);
}

static void
acc_form_class_init (AccFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_form_finalize;
}

static void
acc_form_init (AccForm *self)
{
}
