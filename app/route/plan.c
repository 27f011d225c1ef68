/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/plan.h"

#include "base/clock.h"

#include <glib/gi18n-lib.h>

struct _AccPlan {
  GObject parent_instance;
  AccDirectory *directory; /* the people are its */
  GPtrArray *employees;    /* lent AccPerson or NULL, one for each addressee */
  const AccPerson *sender;
  AccPerson *personnel; /* NULL: nobody keeps a file of this letter */
  GPtrArray *recipients;
  GPtrArray *gaps;
  guint n_stopping; /* gaps that stop the routing */
};

G_DEFINE_FINAL_TYPE (AccPlan, acc_plan, G_TYPE_OBJECT)

/* What a role's function may look at. */
typedef struct {
  AccDirectory *directory;
  const AccPerson *employee;
  const AccPerson *sender;
  const AccPerson *personnel;
  const char *served_on, *today;
} Facts;

/* Whom it found, and what is missing; both where somebody stands in. */
typedef struct {
  const AccPerson *person;
  char *why, *gap;
  gboolean stops;
} Finding;

/* The first one above @employee who is here, past vacancies. */
static const AccPerson *
find_next_up (const Facts *facts)
{
  const AccPerson *person = facts->employee;

  for (guint left = acc_directory_get_n_people (facts->directory); left > 0 && person != NULL; left--)
    {
      person = acc_directory_find_id (facts->directory, person->supervisor_id);
      if (person == facts->employee)
        return NULL;
      if (person != NULL && acc_person_is_here (person, facts->today))
        return person;
    }
  return NULL;
}

static void
stand_in_for_supervisor (const Facts *facts, Finding *finding)
{
  const char *name = facts->employee->name;
  const AccPerson *vacant = acc_directory_find_id (facts->directory, facts->employee->supervisor_id);

  finding->person = vacant != NULL ? find_next_up (facts) : NULL;
  finding->stops = finding->person == NULL;
  if (vacant == NULL)
    finding->gap = g_strdup_printf (_ ("%s has no supervisor in the directory: have one entered there."), name);
  else if (finding->person == NULL)
    finding->gap
        = g_strdup_printf (_ ("%s, the direct supervisor of %s, is not here today, nor is anybody above: have the "
                              "directory brought up to date."),
                           vacant->name, name);
  else
    {
      finding->gap = g_strdup_printf (_ ("%s, the direct supervisor of %s, is not here today: %s, the next one up, is "
                                         "proposed instead."),
                                      vacant->name, name, finding->person->name);
      finding->why = g_strdup_printf (_ ("next one up from %s, whose direct supervisor is not here"), name);
    }
}

/* The day of service decides, as long as whoever it names still works here. */
static void
find_supervisor (const Facts *facts, Finding *finding)
{
  const AccPerson *then = acc_directory_find_supervisor (facts->directory, facts->employee, facts->served_on);
  const AccPerson *now = acc_directory_find_supervisor (facts->directory, facts->employee, facts->today);

  if (then != NULL && acc_person_is_here (then, facts->today))
    {
      finding->person = then;
      finding->why = g_strdup_printf (_ ("direct supervisor of %s"), facts->employee->name);
    }
  else if (now != NULL)
    {
      finding->person = now;
      finding->why
          = g_strdup_printf (_ ("direct supervisor of %s today, not yet on the day of service"), facts->employee->name);
    }
  else
    stand_in_for_supervisor (facts, finding);
}

static void
find_employee (const Facts *facts, Finding *finding)
{
  if (acc_person_is_here (facts->employee, facts->today))
    {
      finding->person = facts->employee;
      finding->why = g_strdup (_ ("thanked in the letter"));
    }
  else
    {
      finding->gap = g_strdup_printf (_ ("%s is not here any more and cannot get the letter."), facts->employee->name);
      finding->stops = TRUE;
    }
}

static void
find_own_supervisor (const Facts *facts, Finding *finding)
{
  if (facts->sender == NULL)
    {
      finding->gap
          = g_strdup (_ ("You are not linked to anybody in the directory today, so your own supervisor gets no "
                         "copy: a manager can link you."));
      return;
    }
  finding->person = acc_directory_find_supervisor (facts->directory, facts->sender, facts->today);
  if (finding->person != NULL)
    finding->why = g_strdup (_ ("your own supervisor"));
  else
    finding->gap = g_strdup (_ ("You have no supervisor in the directory today, so no copy goes there."));
}

/* Where the client has not agreed, or the branch has named nobody, nothing is missing. */
static void
find_personnel (const Facts *facts, Finding *finding)
{
  finding->person = facts->personnel;
  if (finding->person != NULL)
    finding->why = g_strdup (_ ("keeps the personnel file, to which the client has agreed"));
}

/* In the order of the deliveries. A person found twice keeps the first role. */
static const struct {
  AccRole role;
  const char *text;
  const char *label;
  gboolean for_each_employee;
  void (*find) (const Facts *facts, Finding *finding);
} roles[] = {
  /* Keeps the file, and sees the work that the client could not. */
  { ACC_ROLE_SUPERVISOR, "supervisor", N_ ("direct supervisor"), TRUE, find_supervisor },
  /* Whom it is all about. */
  { ACC_ROLE_EMPLOYEE, "employee", N_ ("employee"), TRUE, find_employee },
  /* So that the branch knows what it has sent; once for the whole letter. */
  { ACC_ROLE_OWN_SUPERVISOR, "own-supervisor", N_ ("your own supervisor"), FALSE, find_own_supervisor },
  /* Where it counts for years; once for the whole letter. */
  { ACC_ROLE_PERSONNEL, "personnel", N_ ("personnel file"), FALSE, find_personnel },
};

G_STATIC_ASSERT (G_N_ELEMENTS (roles) == ACC_ROLE_N);

const char *
acc_role_to_text (AccRole role)
{
  g_return_val_if_fail (role < ACC_ROLE_N, NULL);

  return roles[role].text;
}

const char *
acc_role_to_label (AccRole role)
{
  g_return_val_if_fail (role < ACC_ROLE_N, NULL);

  return _ (roles[role].label);
}

static void
recipient_free (gpointer data)
{
  AccRecipient *recipient = data;

  g_ptr_array_unref (recipient->employees);
  g_free (recipient->why);
  g_free (recipient);
}

static AccRecipient *
find_recipient (AccPlan *self, const AccPerson *person)
{
  for (guint i = 0; i < self->recipients->len; i++)
    {
      AccRecipient *recipient = g_ptr_array_index (self->recipients, i);

      if (recipient->person == person)
        return recipient;
    }
  return NULL;
}

static void
add_employee (AccRecipient *recipient, const AccPerson *employee)
{
  if (!g_ptr_array_find (recipient->employees, employee, NULL))
    g_ptr_array_add (recipient->employees, (gpointer)employee);
}

/* One person gets one delivery, which tells every reason for it. */
static AccRecipient *
add_recipient (AccPlan *self, const AccRecipient *next)
{
  AccRecipient *recipient = find_recipient (self, next->person);

  if (recipient == NULL)
    {
      recipient = g_memdup2 (next, sizeof *next);
      recipient->why = g_strdup (next->why);
      recipient->employees = g_ptr_array_new ();
      g_ptr_array_add (self->recipients, recipient);
    }
  else
    {
      g_autofree char *first = g_steal_pointer (&recipient->why);

      recipient->why = g_strdup_printf (_ ("%s, and %s"), first, next->why);
    }
  return recipient;
}

/* A supervisor reads about those below; the banker's own, and personnel, about everybody. */
static void
add_employees (AccPlan *self, AccRecipient *recipient, AccRole role, const AccPerson *employee)
{
  add_employee (recipient, recipient->employee);
  if (role == ACC_ROLE_SUPERVISOR && recipient->role == role)
    add_employee (recipient, employee);
  for (guint i = 0;
       i < self->employees->len && (recipient->role == ACC_ROLE_OWN_SUPERVISOR || recipient->role == ACC_ROLE_PERSONNEL);
       i++)
    if (g_ptr_array_index (self->employees, i) != NULL)
      add_employee (recipient, g_ptr_array_index (self->employees, i));
}

static void
add_gap (AccPlan *self, char *gap, gboolean stops)
{
  g_ptr_array_add (self->gaps, gap);
  self->n_stopping += stops ? 1 : 0;
}

static void
plan_role (AccPlan *self, guint row, const Facts *facts, guint addressee)
{
  Finding finding = { NULL, NULL, NULL, FALSE };

  roles[row].find (facts, &finding);
  if (finding.person != NULL)
    {
      AccRecipient next = { .role = roles[row].role,
                            .person = finding.person,
                            .employee = facts->employee,
                            .addressee = addressee,
                            .why = finding.why };

      add_employees (self, add_recipient (self, &next), next.role, facts->employee);
    }
  if (finding.gap != NULL)
    add_gap (self, finding.gap, finding.stops);
  g_free (finding.why);
}

/* The first chosen employee: the banker's own supervisor gets one copy, which has to be about somebody. */
static gboolean
find_first_employee (AccPlan *self, guint *addressee)
{
  for (*addressee = 0; *addressee < self->employees->len; (*addressee)++)
    if (g_ptr_array_index (self->employees, *addressee) != NULL)
      return TRUE;
  return FALSE;
}

/* The same person may be chosen for two addressees. */
static gboolean
is_planned_before (AccPlan *self, guint addressee)
{
  guint first;

  return g_ptr_array_find (self->employees, g_ptr_array_index (self->employees, addressee), &first)
         && first < addressee;
}

static void
plan_all (AccPlan *self, AccLetter *letter, Facts *facts)
{
  guint first;

  for (guint i = 0; i < self->employees->len; i++)
    {
      facts->employee = g_ptr_array_index (self->employees, i);
      if (facts->employee == NULL)
        add_gap (self,
                 g_strdup_printf (_ ("Nobody is chosen for %s yet: choose the person in the directory."),
                                  acc_letter_get_text (letter, ACC_FIELD_TO_NAME, i)),
                 TRUE);
      else if (!is_planned_before (self, i))
        for (guint row = 0; row < G_N_ELEMENTS (roles); row++)
          if (roles[row].for_each_employee)
            plan_role (self, row, facts, i);
    }
  if (!find_first_employee (self, &first))
    return;
  facts->employee = g_ptr_array_index (self->employees, first);
  for (guint row = 0; row < G_N_ELEMENTS (roles); row++)
    if (!roles[row].for_each_employee)
      plan_role (self, row, facts, first);
}

static AccPerson *
make_personnel (const char *address)
{
  AccPerson *person = g_new0 (AccPerson, 1);

  person->id = g_strdup ("");
  person->name = g_strdup (_ ("Personnel"));
  person->email = g_strdup (address);
  person->department = g_strdup (_ ("Personnel files"));
  person->supervisor_id = g_strdup ("");
  person->title = g_strdup ("");
  person->called = g_strdup ("");
  person->pronunciation = g_strdup ("");
  person->since = g_strdup ("");
  person->until = g_strdup ("");
  return person;
}

AccPlan *
acc_plan_new (AccLetter *letter, AccDirectory *directory, const AccPerson *const *employees, const AccBanker *banker)
{
  return acc_plan_new_with_personnel (letter, directory, employees, banker, "");
}

AccPlan *
acc_plan_new_with_personnel (AccLetter *letter, AccDirectory *directory, const AccPerson *const *employees,
                             const AccBanker *banker, const char *personnel)
{
  g_return_val_if_fail (ACC_IS_LETTER (letter), NULL);
  g_return_val_if_fail (ACC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (employees != NULL, NULL);
  g_return_val_if_fail (banker != NULL && personnel != NULL, NULL);

  AccPlan *self = g_object_new (ACC_TYPE_PLAN, NULL);
  const AccLetterFields *fields = acc_letter_get_fields (letter);
  g_autofree char *today = acc_clock_today ();
  const AccPerson *sender = banker->staff_id != NULL ? acc_directory_find_id (directory, banker->staff_id) : NULL;

  self->directory = g_object_ref (directory);
  for (guint i = 0; i < fields->n_to; i++)
    g_ptr_array_add (self->employees, (gpointer)employees[i]);
  if (sender != NULL && acc_person_is_here (sender, today))
    self->sender = sender;
  if (*personnel != '\0' && fields->consent_file)
    self->personnel = make_personnel (personnel);
  plan_all (self, letter,
            &(Facts){ .directory = directory,
                      .sender = self->sender,
                      .personnel = self->personnel,
                      .served_on = fields->served_on,
                      .today = today });
  return self;
}

guint
acc_plan_get_n_recipients (AccPlan *self)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), 0);

  return self->recipients->len;
}

const AccRecipient *
acc_plan_get_recipient (AccPlan *self, guint position)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), NULL);
  g_return_val_if_fail (position < self->recipients->len, NULL);

  return g_ptr_array_index (self->recipients, position);
}

guint
acc_plan_get_n_gaps (AccPlan *self)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), 0);

  return self->gaps->len;
}

const char *
acc_plan_get_gap (AccPlan *self, guint position)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), NULL);
  g_return_val_if_fail (position < self->gaps->len, NULL);

  return g_ptr_array_index (self->gaps, position);
}

gboolean
acc_plan_is_complete (AccPlan *self)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), FALSE);

  return self->n_stopping == 0 && self->recipients->len > 0;
}

const AccPerson *
acc_plan_get_sender (AccPlan *self)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), NULL);

  return self->sender;
}

guint
acc_plan_get_n_employees (AccPlan *self)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), 0);

  return self->employees->len;
}

const AccPerson *
acc_plan_get_employee (AccPlan *self, guint addressee)
{
  g_return_val_if_fail (ACC_IS_PLAN (self), NULL);
  g_return_val_if_fail (addressee < self->employees->len, NULL);

  return g_ptr_array_index (self->employees, addressee);
}

static void
acc_plan_finalize (GObject *object)
{
  AccPlan *self = ACC_PLAN (object);

  g_ptr_array_unref (self->employees);
  g_ptr_array_unref (self->recipients);
  g_ptr_array_unref (self->gaps);
  g_clear_pointer (&self->personnel, acc_person_free);
  g_clear_object (&self->directory);
  G_OBJECT_CLASS (acc_plan_parent_class)->finalize (object);
}

static void
acc_plan_class_init (AccPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_plan_finalize;
}

static void
acc_plan_init (AccPlan *self)
{
  self->employees = g_ptr_array_new ();
  self->recipients = g_ptr_array_new_with_free_func (recipient_free);
  self->gaps = g_ptr_array_new_with_free_func (g_free);
}
