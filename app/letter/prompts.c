/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letter/prompts.h"

#include <glib/gi18n-lib.h>

#include "base/text.h"

static const char *const step_names[ACC_STEP_N] = {
  [ACC_STEP_WELCOME] = N_("Welcome"), [ACC_STEP_WHO] = N_("Who"),   [ACC_STEP_STORY] = N_("Story"),
  [ACC_STEP_BANKER] = N_("Banker"),   [ACC_STEP_SIGN] = N_("Sign"), [ACC_STEP_READ] = N_("Read"),
  [ACC_STEP_SENT] = N_("Sent"),
};

typedef enum { WHENEVER, ANOTHER, FIRST_NAME_ONLY, ONE_PIECE } Condition;

typedef struct {
  AccField field;
  Condition when;
  const char *question;       /* {name}: the person */
  const char *question_early; /* before the name is known; NULL: the same */
  const char *hint;
} Prompt;

/* Of a field's rows the first that holds is asked. They ask for what happened, never for praise. */
static const Prompt prompts[] = {
  { ACC_FIELD_TO_NAME, ANOTHER, N_("Who else helped you?"), NULL, N_("First name and surname, as well as you know them.") },
  { ACC_FIELD_TO_NAME, FIRST_NAME_ONLY, N_("What is their first name?"), NULL,
    N_("The branch finds the person by the first name and the department.") },
  { ACC_FIELD_TO_NAME, WHENEVER, N_("Who helped you?"), NULL, N_("First name and surname, as well as you know them.") },
  { ACC_FIELD_TO_CALLED, WHENEVER, N_("What should we call them?"), NULL,
    N_("As you would greet them, for instance Jessica or Ms Okafor. Leave it empty to use the name as it is.") },
  { ACC_FIELD_TO_DEPARTMENT, WHENEVER, N_("Which department does {name} work in?"),
    N_("Which department do they work in?"), N_("Choose one, or write what you know of it.") },
  { ACC_FIELD_TO_REACHED, WHENEVER, N_("How did you reach {name}?"), N_("How did you reach them?"), "" },
  { ACC_FIELD_STORY_NEED, WHENEVER, N_("What were you trying to do?"), NULL,
    N_("What did you need? You can also tell it to somebody who types for you.") },
  { ACC_FIELD_STORY_ACT, ONE_PIECE, N_("What happened?"), NULL,
    N_("Tell it as you would tell a friend, or to somebody who types for you.") },
  { ACC_FIELD_STORY_ACT, WHENEVER, N_("What did {name} do?"), N_("What did they do?"),
    N_("What did you see or hear? What surprised you? You can leave this empty.") },
  { ACC_FIELD_STORY_DIFFERENCE, WHENEVER, N_("What could you do afterwards?"), NULL,
    N_("What changed for you, if anything did? You can leave this empty.") },
  { ACC_FIELD_BANKER_NAME, WHENEVER, N_("What is your banker’s name?"), NULL,
    N_("The person here in the branch. Write the name as well as you know it.") },
  { ACC_FIELD_BANKER_WORDS, WHENEVER, N_("What would you like to say to {name}?"),
    N_("What would you like to say to your banker?"), N_("One sentence is plenty. You can leave this empty.") },
  { ACC_FIELD_FROM_NAME, ANOTHER, N_("What is the other person’s name?"), NULL,
    N_("As it should stand under the letter, beside yours.") },
  { ACC_FIELD_FROM_NAME, WHENEVER, N_("What is your name?"), NULL, N_("As it should stand under your letter.") },
  { ACC_FIELD_FROM_SIGNATURE, ANOTHER, N_("Now {name} signs"), N_("Now the other person signs"),
    N_("With a finger, a pen or the mouse. Or type the name.") },
  { ACC_FIELD_FROM_SIGNATURE, WHENEVER, N_("Sign your letter"), NULL,
    N_("With your finger, a pen or the mouse. Or type your name.") },
  { ACC_FIELD_CONSENT_FILE, WHENEVER, N_("What may the bank do with your letter?"), NULL,
    N_("Tick what you agree to. Your letter is sent either way.") },
  { ACC_FIELD_CONSENT_SHARE, WHENEVER, N_("May the bank show your letter to others?"), NULL,
    N_("Only if you tick this.") },
  { ACC_FIELD_CONSENT_CONTACT, WHENEVER, N_("How may the bank answer you?"), NULL,
    N_("A telephone number or an address. You can leave this empty.") },
  { ACC_FIELD_ASKED_BY_STAFF, WHENEVER, N_("Did someone at the bank ask you to write?"), NULL,
    N_("It changes nothing for you. Your answer stands at the foot of the letter.") },
  { ACC_FIELD_APART, WHENEVER, N_("Is there something that should not stand in the letter?"), NULL,
    N_("The branch reads it; it is never part of the letter.") },
  { ACC_FIELD_SERVED_ON, WHENEVER, N_("When was it?"), NULL, N_("The day is enough.") },
};

const char *
acc_prompts_step_name (AccStep step)
{
  g_return_val_if_fail ((guint) step < ACC_STEP_N, "");

  return _(step_names[step]);
}

static gboolean
holds (AccForm *form, Condition when, guint index)
{
  switch (when)
    {
    case ANOTHER:
      return index > 0;
    case FIRST_NAME_ONLY:
      return acc_form_is_first_name_only (form);
    case ONE_PIECE:
      return acc_form_is_one_piece (form);
    default:
      return TRUE;
    }
}

static const Prompt *
find_prompt (AccForm *form, AccField field, guint index)
{
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    if (prompts[i].field == field && holds (form, prompts[i].when, index))
      return &prompts[i];
  return NULL;
}

/* How the addressee is called, trimmed; "" before anything is known. */
static char *
dup_called (const AccAddressee *to)
{
  return acc_text_trim (acc_text_is_blank (to->called) ? to->name : to->called);
}

/* @template with both names; a name that looks like a placeholder stays a name. */
static char *
join_names (const char *template, const char *first, const char *second)
{
  g_auto (GStrv) parts = g_strsplit (template, "{first}", 2);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      GString *part = g_string_new (parts[i]);

      g_string_replace (part, "{second}", second, 1);
      g_string_append_printf (joined, "%s%s", i > 0 ? first : "", part->str);
      g_string_free (part, TRUE);
    }
  return g_string_free (joined, FALSE);
}

/* "Jessica", "Jessica and Tom", "Jessica, Tom and Ada"; "" as soon as one of them is not known. */
static char *
dup_everybody (const AccLetterFields *fields)
{
  g_autofree char *names = g_strdup ("");

  for (guint i = 0; i < fields->n_to; i++)
    {
      g_autofree char *called = dup_called (&fields->to[i]);
      g_autofree char *before = g_steal_pointer (&names);

      if (acc_text_is_blank (called))
        return g_strdup ("");
      if (i == 0)
        names = g_steal_pointer (&called);
      else if (i + 1 < fields->n_to)
        names = join_names (_("{first}, {second}"), before, called); /* Translators: names in a list of three or four */
      else
        names = join_names (_("{first} and {second}"), before, called); /* Translators: the last of them, or two alone */
    }
  return g_steal_pointer (&names);
}

static char *
dup_name (AccForm *form, AccField field, guint index)
{
  const AccLetterFields *fields = acc_form_get_fields (form);

  switch (field)
    {
    case ACC_FIELD_TO_NAME:
    case ACC_FIELD_TO_CALLED:
    case ACC_FIELD_TO_DEPARTMENT:
    case ACC_FIELD_TO_REACHED:
      return dup_called (&fields->to[index]);
    case ACC_FIELD_FROM_SIGNATURE:
      return acc_text_trim (fields->from[index].name);
    case ACC_FIELD_BANKER_NAME:
    case ACC_FIELD_BANKER_WORDS:
      return acc_text_trim (fields->banker_name);
    default:
      return dup_everybody (fields);
    }
}

char *
acc_prompts_question (AccForm *form, AccField field, guint index)
{
  const Prompt *prompt;
  g_autofree char *name = NULL;
  GString *question;

  g_return_val_if_fail (ACC_IS_FORM (form), NULL);
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, NULL);

  prompt = find_prompt (form, field, index);
  if (prompt == NULL)
    return g_strdup ("");
  name = dup_name (form, field, index);
  if (prompt->question_early != NULL && acc_text_is_blank (name))
    return g_strdup (_(prompt->question_early));
  question = g_string_new (_(prompt->question));
  g_string_replace (question, "{name}", name, 1);
  return g_string_free (question, FALSE);
}

char *
acc_prompts_hint (AccForm *form, AccField field, guint index)
{
  const Prompt *prompt;

  g_return_val_if_fail (ACC_IS_FORM (form), NULL);
  g_return_val_if_fail (index < ACC_PEOPLE_MAX, NULL);

  prompt = find_prompt (form, field, index);
  return g_strdup (prompt != NULL && prompt->hint[0] != '\0' ? _(prompt->hint) : "");
}
