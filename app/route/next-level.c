/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "route/next-level.h"

#include "base/clock.h"
#include "base/error.h"
#include "route/outbox-private.h"
#include "staff/directory-table.h"

#include <glib/gi18n-lib.h>

struct _AccNextLevel {
  GObject parent_instance;
  AccIdentity *identity;
  AccOpenedLetter *letter;
  guint position; /* of the delivery after whose silence this is */
  AccDirectory *directory; /* the people are its */
  AccPerson *gone; /* whom the letter thanks, where the directory knows them no more */
  AccDeliveryNote *note; /* of that delivery */
  AccRecipient recipient;
  char *sentence;
};

G_DEFINE_FINAL_TYPE (AccNextLevel, acc_next_level, G_TYPE_OBJECT)

/* ---- who has it ---- */

/* The directory ids of all who have a delivery of the letter. */
static GHashTable *
list_recipients (AccStore *desk, AccOpenedLetter *letter, GError **error)
{
  AccRouting routing = { .letter = letter, .number = acc_opened_letter_get_record (letter)->number };
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, routing.number, error);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (AccDeliveryNote) note = acc_routing_open_note (&routing, g_ptr_array_index (rows, i), error);

      if (note == NULL)
        return NULL;
      g_hash_table_add (ids, g_steal_pointer (&note->staff_id));
    }
  return rows != NULL ? g_steal_pointer (&ids) : NULL;
}

/* ---- who is above ---- */

/* How the way up ended; @person is the first one who is here, or NULL. */
typedef struct {
  const AccPerson *person;
  const AccPerson *vacant; /* the first one passed over, who is not here today; NULL: none */
  gboolean loop;
} WayUp;

static WayUp
go_up (AccDirectory *directory, const AccPerson *from)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree char *today = acc_clock_today ();
  WayUp way = { NULL, NULL, FALSE };

  g_hash_table_add (seen, (gpointer) from);
  for (const AccPerson *next = acc_directory_find_id (directory, from->supervisor_id); next != NULL;
       next = acc_directory_find_id (directory, next->supervisor_id))
    {
      if (!g_hash_table_add (seen, (gpointer) next))
        {
          way.loop = TRUE;
          return way;
        }
      if (acc_person_is_here (next, today))
        {
          way.person = next;
          return way;
        }
      if (way.vacant == NULL)
        way.vacant = next;
    }
  return way;
}

/* Why nobody, from where the way up has ended. */
static char *
explain_nobody (const AccPerson *from, const WayUp *way)
{
  if (way->loop)
    return g_strdup_printf (_ ("The directory leads from %s up in a circle: have it put right there."), from->name);
  if (way->vacant != NULL)
    return g_strdup_printf (_ ("Nobody above %s is here today: have the directory brought up to date."), from->name);
  return g_strdup_printf (_ ("The directory has nobody above %s."), from->name);
}

/* Why not this one; NULL if nothing stands against it. */
static char *
explain_refusal (AccNextLevel *self, const AccPerson *next, GHashTable *recipients)
{
  const char *own = acc_identity_get_banker (self->identity)->staff_id;

  if (g_hash_table_contains (recipients, next->id))
    return g_strdup_printf (_ ("%s, the next one up from %s, has the letter already."), next->name, self->note->name);
  if (g_strcmp0 (next->id, own) == 0)
    return g_strdup_printf (_ ("The next one up from %s is you."), self->note->name);
  return NULL;
}

static char *
describe (const AccPerson *from, const WayUp *way)
{
  if (way->vacant != NULL)
    return g_strdup_printf (_ ("%s, above %s, is not here today: %s is the next one up."), way->vacant->name, from->name,
                            way->person->name);
  return g_strdup_printf (_ ("%s is the next one up from %s."), way->person->name, from->name);
}

/* ---- whom the letter is about ---- */

static AccPerson *
make_gone (const AccDeliveryNote *note)
{
  AccPerson *person = g_new0 (AccPerson, 1);

  person->id = g_strdup ("");
  person->name = g_strdup (note->employee);
  person->email = g_strdup ("");
  person->department = g_strdup (note->departments[0] != NULL ? note->departments[0] : "");
  person->supervisor_id = g_strdup ("");
  person->title = g_strdup ("");
  person->called = g_strdup ("");
  person->pronunciation = g_strdup ("");
  person->since = g_strdup ("");
  person->until = g_strdup ("");
  return person;
}

/* The one of the same name among those the letter was sent for. */
static const AccPerson *
find_employee (AccNextLevel *self, guint *addressee)
{
  for (guint i = 0; self->note->employees[i] != NULL; i++)
    {
      const AccPerson *person = acc_directory_find_id (self->directory, self->note->employees[i]);

      *addressee = i;
      if (person != NULL && g_str_equal (person->name, self->note->employee))
        return person;
    }
  *addressee = 0;
  self->gone = make_gone (self->note);
  return self->gone;
}

static void
fill_recipient (AccNextLevel *self, const AccPerson *next)
{
  AccRecipient *recipient = &self->recipient;

  recipient->role = ACC_ROLE_SUPERVISOR;
  recipient->person = next;
  recipient->employee = find_employee (self, &recipient->addressee);
  recipient->employees = g_ptr_array_new ();
  g_ptr_array_add (recipient->employees, (gpointer) recipient->employee);
  recipient->why = g_strdup (self->sentence);
}

static void
find_next (AccNextLevel *self, GHashTable *recipients)
{
  const AccPerson *from = acc_directory_find_id (self->directory, self->note->staff_id);
  WayUp way = { NULL, NULL, FALSE };

  if (from == NULL)
    {
      self->sentence = g_strdup_printf (_ ("%s is not in the directory any more, so nobody above is known."),
                                        self->note->name);
      return;
    }
  way = go_up (self->directory, from);
  self->sentence = way.person == NULL ? explain_nobody (from, &way) : explain_refusal (self, way.person, recipients);
  if (self->sentence != NULL)
    return;
  self->sentence = describe (from, &way);
  fill_recipient (self, way.person);
}

AccNextLevel *
acc_next_level_new (AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter, guint position, GError **error)
{
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);

  g_autoptr (AccDirectory) directory = acc_directory_table_load (desk, identity, NULL, error);

  return directory != NULL ? acc_next_level_new_in (directory, desk, identity, letter, position, error) : NULL;
}

AccNextLevel *
acc_next_level_new_in (AccDirectory *directory, AccStore *desk, AccIdentity *identity, AccOpenedLetter *letter,
                       guint position, GError **error)
{
  g_return_val_if_fail (ACC_IS_DIRECTORY (directory), NULL);
  g_return_val_if_fail (ACC_IS_STORE (desk) && ACC_IS_IDENTITY (identity), NULL);
  g_return_val_if_fail (ACC_IS_OPENED_LETTER (letter), NULL);

  g_autoptr (AccNextLevel) self = g_object_new (ACC_TYPE_NEXT_LEVEL, NULL);
  AccRouting routing = { .letter = letter, .number = acc_opened_letter_get_record (letter)->number };
  g_autoptr (AccDeliveryRow) row = acc_outbox_find_row (desk, routing.number, position, error);
  g_autoptr (GHashTable) recipients = NULL;

  self->identity = g_object_ref (identity);
  self->letter = g_object_ref (letter);
  self->position = position;
  self->directory = g_object_ref (directory);
  if (row == NULL || (self->note = acc_routing_open_note (&routing, row, error)) == NULL
      || (recipients = list_recipients (desk, letter, error)) == NULL)
    return NULL;
  find_next (self, recipients);
  return g_steal_pointer (&self);
}

const AccRecipient *
acc_next_level_get_recipient (AccNextLevel *self)
{
  g_return_val_if_fail (ACC_IS_NEXT_LEVEL (self), NULL);

  return self->recipient.person != NULL ? &self->recipient : NULL;
}

const char *
acc_next_level_get_sentence (AccNextLevel *self)
{
  g_return_val_if_fail (ACC_IS_NEXT_LEVEL (self), NULL);

  return self->sentence;
}

gboolean
acc_next_level_find_named (AccNextLevel *self, AccStore *desk, gboolean may_disclose, AccNamed *named, GError **error)
{
  g_return_val_if_fail (ACC_IS_NEXT_LEVEL (self) && ACC_IS_STORE (desk) && named != NULL, FALSE);

  AccRouting routing = { .identity = self->identity,
                         .letter = self->letter,
                         .number = acc_opened_letter_get_record (self->letter)->number };
  gboolean found
    = acc_routing_find_named (desk, &routing, (const char *const *) self->note->employees, may_disclose, error);

  *named = routing.named;
  return found;
}

/* ---- the further delivery ---- */

typedef struct {
  AccNextLevel *self;
  AccFurther further;
} Preparing;

/* The banker's own supervisor and personnel are told, not asked: the queue's silences leave them out, too. */
static gboolean
is_asked (const AccDeliveryRow *row)
{
  return g_str_equal (row->role, acc_role_to_text (ACC_ROLE_SUPERVISOR))
         || g_str_equal (row->role, acc_role_to_text (ACC_ROLE_EMPLOYEE));
}

static gboolean
is_answered (AccNextLevel *self, GPtrArray *rows)
{
  gboolean waits = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);

      if (row->after == self->position)
        return TRUE;
      waits |= row->position == self->position && row->state == ACC_DELIVERY_HANDED_OVER && is_asked (row);
    }
  return !waits;
}

/* A banker has closed it: ACC_ERROR_CONFLICT then. */
static gboolean
check_not_left (AccNextLevel *self, AccStore *desk, GPtrArray *rows, GError **error)
{
  gboolean left = FALSE;

  for (guint i = 0; i < rows->len && !left; i++)
    {
      const AccDeliveryRow *row = g_ptr_array_index (rows, i);

      if (row->position == self->position && !acc_delivery_table_is_noted (desk, row, ACC_OUTBOX_LEFT, &left, error))
        return FALSE;
    }
  if (left)
    g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
                 _ ("Delivery %u of letter %s was left at that: nobody is asked further."), self->position,
                 acc_opened_letter_get_record (self->letter)->number);
  return !left;
}

/* The letter's deliveries, while its silence lasts; else ACC_ERROR_CONFLICT. */
static GPtrArray *
list_while_silent (AccNextLevel *self, AccStore *desk, GError **error)
{
  const char *number = acc_opened_letter_get_record (self->letter)->number;
  g_autoptr (GPtrArray) rows = acc_delivery_table_list (desk, number, error);
  g_autoptr (GHashTable) recipients = rows != NULL ? list_recipients (desk, self->letter, error) : NULL;

  if (recipients == NULL || !check_not_left (self, desk, rows, error))
    return NULL;
  if (!is_answered (self, rows) && !g_hash_table_contains (recipients, self->recipient.person->id))
    return g_steal_pointer (&rows);
  g_set_error (error, ACC_ERROR, ACC_ERROR_CONFLICT,
               _ ("Something was heard of delivery %u of letter %s meanwhile, or somebody else was asked."), self->position,
               number);
  return NULL;
}

gboolean
acc_next_level_check_silent (AccNextLevel *self, AccStore *desk, GError **error)
{
  g_return_val_if_fail (ACC_IS_NEXT_LEVEL (self) && self->recipient.person != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_STORE (desk), FALSE);

  g_autoptr (GPtrArray) rows = list_while_silent (self, desk, error);

  return rows != NULL;
}

static gboolean
prepare (AccStore *desk, gpointer data, GError **error)
{
  Preparing *job = data;
  g_autoptr (GPtrArray) rows = list_while_silent (job->self, desk, error);

  return rows != NULL && acc_routing_prepare_further_within (desk, &job->further, rows->len + 1, error);
}

static const AccPerson *
find_sender (AccNextLevel *self)
{
  const char *own = acc_identity_get_banker (self->identity)->staff_id;
  g_autofree char *today = acc_clock_today ();
  const AccPerson *sender = own != NULL ? acc_directory_find_id (self->directory, own) : NULL;

  return sender != NULL && acc_person_is_here (sender, today) ? sender : NULL;
}

gboolean
acc_next_level_prepare (AccNextLevel *self, AccStore *desk, const AccCoverDone *cover, AccDoors *doors, GError **error)
{
  g_return_val_if_fail (ACC_IS_NEXT_LEVEL (self) && self->recipient.person != NULL, FALSE);
  g_return_val_if_fail (ACC_IS_STORE (desk) && cover != NULL && ACC_IS_DOORS (doors), FALSE);

  Preparing job = { .self = self,
                    .further = { .routing = { .identity = self->identity,
                                              .letter = self->letter,
                                              .number = acc_opened_letter_get_record (self->letter)->number,
                                              .doors = doors,
                                              .further = TRUE },
                                 .recipient = &self->recipient,
                                 .sender = find_sender (self),
                                 .cover = cover,
                                 .after = self->position,
                                 .employees = self->note->employees,
                                 .departments = self->note->departments } };

  return acc_routing_find_named (desk, &job.further.routing, (const char *const *) self->note->employees,
                                 cover->disclosed, error)
         && acc_store_transact (desk, prepare, &job, error);
}

/* ---- the object ---- */

static void
acc_next_level_finalize (GObject *object)
{
  AccNextLevel *self = ACC_NEXT_LEVEL (object);

  g_clear_pointer (&self->recipient.employees, g_ptr_array_unref);
  g_free (self->recipient.why);
  g_free (self->sentence);
  g_clear_pointer (&self->note, acc_delivery_note_free);
  g_clear_pointer (&self->gone, acc_person_free);
  g_clear_object (&self->directory);
  g_clear_object (&self->letter);
  g_clear_object (&self->identity);
  G_OBJECT_CLASS (acc_next_level_parent_class)->finalize (object);
}

static void
acc_next_level_class_init (AccNextLevelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_next_level_finalize;
}

static void
acc_next_level_init (AccNextLevel *self)
{
}
