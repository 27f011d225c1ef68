/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/review-draft.h"

#include "base/language.h"
#include "base/text.h"
#include "desk/desk-edition.h"
#include "desk/desk-outbox.h"
#include "letter/passages.h"
#include "review/alike.h"
#include "review/checks-cover.h"
#include "route/cover.h"
#include "route/routing.h"

#define ALIKE_OFFERED 6

typedef struct {
  char *text;
  char *proposal; /* what was proposed last; "" for nothing */
  gboolean edited;
} Paragraph;

struct _AccReviewDraft {
  GObject parent;
  AccDeskSession *session;
  AccDeskLetter *letter;
  AccDirectory *directory;                  /* keeps the people below alive */
  GPtrArray *earlier;                       /* directories, whose people may still be offered on the screen; NULL: none */
  const AccPerson *people[ACC_PEOPLE_MAX];
  AccPlan *plan;
  GPtrArray *checks;
  AccNamed named;
  GCancellable *opening;                    /* the letter is being opened once more */
  GHashTable *paragraphs;                   /* a recipient's id -> Paragraph: stays when the plan changes */
  GHashTable *words;                        /* a panel's name -> what was begun in it */
};

G_DEFINE_FINAL_TYPE (AccReviewDraft, acc_review_draft, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
paragraph_free (gpointer data)
{
  Paragraph *paragraph = data;

  g_free (paragraph->text);
  g_free (paragraph->proposal);
  g_free (paragraph);
}

static void
acc_review_draft_dispose (GObject *object)
{
  AccReviewDraft *self = ACC_REVIEW_DRAFT (object);

  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  G_OBJECT_CLASS (acc_review_draft_parent_class)->dispose (object);
}

static void
acc_review_draft_finalize (GObject *object)
{
  AccReviewDraft *self = ACC_REVIEW_DRAFT (object);

  g_clear_pointer (&self->paragraphs, g_hash_table_unref);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_object (&self->plan);
  g_clear_object (&self->letter);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (acc_review_draft_parent_class)->finalize (object);
}

static void
acc_review_draft_class_init (AccReviewDraftClass *class)
{
  G_OBJECT_CLASS (class)->dispose = acc_review_draft_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_review_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", ACC_TYPE_REVIEW_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
acc_review_draft_init (AccReviewDraft *self)
{
  self->paragraphs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, paragraph_free);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static const AccLetterFields *
get_fields (AccReviewDraft *self)
{
  return acc_letter_get_fields (acc_desk_letter_get_letter (self->letter));
}

/* Whoever is meant beyond doubt: the only one of that name, or the only one of that name in that department. */
static const AccPerson *
find_only_match (AccReviewDraft *self, const AccAddressee *addressee)
{
  g_autoptr (GPtrArray) matches
    = acc_directory_match (self->directory, addressee->name, addressee->department, get_fields (self)->served_on);
  g_autofree char *name = acc_text_fold (addressee->name);
  g_autofree char *department = acc_text_fold (addressee->department);
  const AccPerson *of_name = NULL, *in_department = NULL;
  guint n_of_name = 0, n_in_department = 0;

  for (guint i = 0; i < matches->len; i++)
    {
      const AccPerson *person = g_ptr_array_index (matches, i);
      g_autofree char *person_name = acc_text_fold (person->name);
      g_autofree char *person_department = acc_text_fold (person->department);

      if (strcmp (person_name, name) != 0)
        continue;
      of_name = person;
      n_of_name++;
      if (strcmp (person_department, department) == 0)
        {
          in_department = person;
          n_in_department++;
        }
    }
  return n_of_name == 1 ? of_name : n_in_department == 1 ? in_department : NULL;
}

static void
fill_facts (AccReviewDraft *self, AccCheckFacts *facts)
{
  *facts = (AccCheckFacts) { .letter = acc_desk_letter_get_letter (self->letter),
                             .read_back = acc_desk_letter_get_read_back (self->letter),
                             .unread_because = acc_desk_letter_get_unread_because (self->letter),
                             .directory = self->directory,
                             .banker = acc_desk_session_get_banker (self->session),
                             .employees = self->people,
                             .directory_refresh = acc_desk_session_get_directory_refresh (self->session),
                             .directory_from = acc_directory_get_imported_at (self->directory),
                             .second_approver_disclose = acc_desk_session_get_disclose (self->session),
                             .languages_read = acc_desk_session_get_languages (self->session),
                             .freed = acc_desk_letter_was_freed (self->letter),
                             .precedents = acc_desk_letter_get_precedents (self->letter),
                             .pair_limit = acc_desk_session_get_pair_limit (self->session),
                             .pair_days = acc_desk_session_get_pair_days (self->session) };
}

/* What follows from who was chosen. */
static void
derive (AccReviewDraft *self)
{
  AccCheckFacts facts;

  fill_facts (self, &facts);
  g_clear_object (&self->plan);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->plan = acc_plan_new_with_personnel (facts.letter, self->directory, self->people, facts.banker,
                                            acc_desk_session_get_personnel (self->session));
  self->checks = acc_checks_run (&facts);
  self->named = acc_checks_named (&facts);
}

/* ---- what is known of earlier letters ---- */

static void
on_opened_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (AccReviewDraft) self = data;
  g_autoptr (AccDeskLetter) letter = acc_desk_session_letter_finish (ACC_DESK_SESSION (source), result, NULL);

  g_clear_object (&self->opening);
  if (letter != NULL && acc_desk_session_get_banker (self->session) != NULL)
    acc_review_draft_set_letter (self, letter);
}

/* A letter that was opened while the earlier ones were still being read is looked at once more. */
static void
on_history_read (AccReviewDraft *self)
{
  const AccPrecedents *precedents = acc_desk_letter_get_precedents (self->letter);

  if (self->opening != NULL || (precedents != NULL && precedents->complete))
    return;
  self->opening = g_cancellable_new ();
  acc_desk_session_open_letter_async (self->session, acc_desk_letter_get_record (self->letter)->number, self->opening,
                                      on_opened_again, g_object_ref (self));
}

AccReviewDraft *
acc_review_draft_new (AccDeskSession *session, AccDeskLetter *letter, AccDirectory *directory)
{
  AccReviewDraft *self = g_object_new (ACC_TYPE_REVIEW_DRAFT, NULL);

  self->session = g_object_ref (session);
  self->letter = g_object_ref (letter);
  self->directory = g_object_ref (directory);
  for (guint i = 0; i < acc_review_draft_get_n_addressees (self); i++)
    self->people[i] = find_only_match (self, acc_review_draft_get_addressee (self, i));
  derive (self);
  g_signal_connect_object (session, "history-read", G_CALLBACK (on_history_read), self, G_CONNECT_SWAPPED);
  return self;
}

void
acc_review_draft_set_letter (AccReviewDraft *self, AccDeskLetter *letter)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && ACC_IS_DESK_LETTER (letter));
  if (g_set_object (&self->letter, letter))
    {
      derive (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
}

/* The same person in the directory of now; NULL where that has nobody, or somebody else, under the id. */
static const AccPerson *
find_again (AccReviewDraft *self, const AccPerson *person)
{
  const AccPerson *now = acc_directory_find_id (self->directory, person->id);

  return now != NULL && (strcmp (now->name, person->name) == 0 || strcmp (now->email, person->email) == 0) ? now : NULL;
}

void
acc_review_draft_set_directory (AccReviewDraft *self, AccDirectory *directory)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && ACC_IS_DIRECTORY (directory));

  if (directory == self->directory)
    return;
  if (self->earlier == NULL)
    self->earlier = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->earlier, g_steal_pointer (&self->directory));
  self->directory = g_object_ref (directory);
  for (guint i = 0; i < acc_review_draft_get_n_addressees (self); i++)
    {
      if (self->people[i] != NULL)
        self->people[i] = find_again (self, self->people[i]);
      if (self->people[i] == NULL)
        self->people[i] = find_only_match (self, acc_review_draft_get_addressee (self, i));
    }
  derive (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

AccDeskLetter *
acc_review_draft_get_letter (AccReviewDraft *self)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  return self->letter;
}

guint
acc_review_draft_get_n_addressees (AccReviewDraft *self)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), 0);
  return get_fields (self)->n_to;
}

const AccAddressee *
acc_review_draft_get_addressee (AccReviewDraft *self, guint addressee)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self) && addressee < get_fields (self)->n_to, NULL);
  return &get_fields (self)->to[addressee];
}

const AccPerson *
acc_review_draft_get_person (AccReviewDraft *self, guint addressee)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self) && addressee < ACC_PEOPLE_MAX, NULL);
  return self->people[addressee];
}

static gboolean
is_not_edited (gpointer key, gpointer value, gpointer data)
{
  return !((Paragraph *) value)->edited;
}

void
acc_review_draft_set_person (AccReviewDraft *self, guint addressee, const AccPerson *person)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && addressee < ACC_PEOPLE_MAX);
  if (person != NULL)
    person = find_again (self, person); /* it may have been offered before the directory was imported anew */
  if (self->people[addressee] == person)
    return;
  self->people[addressee] = person;
  /* A proposal is about the one who was chosen before. */
  g_hash_table_foreach_remove (self->paragraphs, is_not_edited, NULL);
  derive (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

GPtrArray *
acc_review_draft_find_people (AccReviewDraft *self, guint addressee, const char *text)
{
  const AccAddressee *meant = acc_review_draft_get_addressee (self, addressee);

  g_return_val_if_fail (meant != NULL, NULL);
  return acc_directory_match (self->directory, text, meant->department, get_fields (self)->served_on);
}

GPtrArray *
acc_review_draft_find_alike (AccReviewDraft *self, guint addressee, const char *text)
{
  const AccAddressee *meant = acc_review_draft_get_addressee (self, addressee);

  g_return_val_if_fail (meant != NULL, NULL);
  return acc_alike_find (self->directory, text, meant->department, get_fields (self)->served_on, ALIKE_OFFERED);
}

AccPlan *
acc_review_draft_get_plan (AccReviewDraft *self)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  return self->plan;
}

GPtrArray *
acc_review_draft_get_checks (AccReviewDraft *self)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  return self->checks;
}

/* ---- paragraphs ---- */

static const char *
get_recipient_id (AccPlan *plan, guint recipient)
{
  return acc_plan_get_recipient (plan, recipient)->person->id;
}

static void
keep_paragraph (AccReviewDraft *self, const char *id, const char *text, const char *proposal, gboolean edited)
{
  const Paragraph *present = g_hash_table_lookup (self->paragraphs, id);
  Paragraph *paragraph = g_new (Paragraph, 1);

  paragraph->text = g_strdup (text);
  paragraph->proposal = g_strdup (proposal != NULL ? proposal : present != NULL ? present->proposal : "");
  paragraph->edited = edited;
  g_hash_table_insert (self->paragraphs, g_strdup (id), paragraph);
}

const char *
acc_review_draft_get_paragraph (AccReviewDraft *self, guint recipient)
{
  const Paragraph *paragraph;

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), "");
  paragraph = g_hash_table_lookup (self->paragraphs, get_recipient_id (self->plan, recipient));
  return paragraph != NULL ? paragraph->text : "";
}

void
acc_review_draft_set_paragraph (AccReviewDraft *self, guint recipient, const char *text)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && text != NULL);
  if (strcmp (acc_review_draft_get_paragraph (self, recipient), text) == 0)
    return;
  keep_paragraph (self, get_recipient_id (self->plan, recipient), text, NULL, TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
acc_review_draft_add_words (AccReviewDraft *self, guint recipient, const char *words)
{
  g_autofree char *present = NULL, *text = NULL;

  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && words != NULL);
  present = acc_text_trim (acc_review_draft_get_paragraph (self, recipient));
  text = g_strconcat (present, *present != '\0' ? " " : "", words, NULL);
  acc_review_draft_set_paragraph (self, recipient, text);
}

char *
acc_review_draft_dup_addition (AccReviewDraft *self, guint recipient)
{
  const AccRecipient *to;
  AccCheckFacts facts;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  to = acc_plan_get_recipient (self->plan, recipient);
  fill_facts (self, &facts);
  for (guint i = 0; i < to->employees->len; i++)
    {
      const AccPerson *employee = g_ptr_array_index (to->employees, i);
      guint n = acc_checks_count_pair (&facts, employee);
      g_autofree char *sentence = n > 0 ? acc_cover_tell_pair (to, facts.banker, employee, n, facts.pair_days) : NULL;

      if (sentence != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
    }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/* As it goes out, but for what is disclosed. */
static char *
dup_whole_paragraph (AccReviewDraft *self, guint recipient)
{
  g_autofree char *addition = acc_review_draft_dup_addition (self, recipient);
  const char *text = acc_review_draft_get_paragraph (self, recipient);

  return addition != NULL && !acc_text_is_blank (text) ? g_strconcat (text, "\n\n", addition, NULL) : g_strdup (text);
}

char *
acc_review_draft_find_fault (AccReviewDraft *self, guint recipient)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = NULL, *text = NULL;

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  whole = dup_whole_paragraph (self, recipient);
  text = acc_cover_text (whole, acc_desk_session_get_banker (self->session), self->named == ACC_NAMED_DISCLOSED, &error);
  return text == NULL ? g_strdup (error->message) : NULL;
}

GStrv
acc_review_draft_list_names (AccReviewDraft *self)
{
  g_autoptr (GStrvBuilder) names = NULL;

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  names = g_strv_builder_new ();
  for (guint i = 0; i < acc_plan_get_n_recipients (self->plan); i++)
    {
      const AccRecipient *recipient = acc_plan_get_recipient (self->plan, i);
      const AccPerson *people[] = { recipient->person, recipient->employee };

      for (guint k = 0; k < G_N_ELEMENTS (people); k++)
        g_strv_builder_add_many (names, people[k]->name, people[k]->called, people[k]->title, people[k]->department, NULL);
    }
  g_strv_builder_add (names, acc_desk_session_get_branch (self->session));
  return g_strv_builder_end (names);
}

/* What was taken out of the letter, as the checks of a cover want it; both NULL: nothing. */
typedef struct {
  GStrv words, names;
} Taken;

static void
taken_clear (Taken *taken)
{
  g_clear_pointer (&taken->words, g_strfreev);
  g_clear_pointer (&taken->names, g_strfreev);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Taken, taken_clear)

static void
list_taken (AccReviewDraft *self, Taken *taken)
{
  const AccDecision *decision = acc_desk_edition_find_black_out (self->letter);
  AccLetter *letter = acc_desk_letter_get_letter (self->letter);
  g_autoptr (GArray) passages = decision != NULL ? acc_passages_from_text (letter, decision->passages, NULL) : NULL;

  *taken = (Taken){ NULL };
  if (passages == NULL)
    return;
  taken->words = acc_passages_dup_words (passages, letter, FALSE);
  taken->names = acc_passages_dup_words (passages, letter, TRUE);
}

static GPtrArray *
check_cover (AccReviewDraft *self, guint recipient, const Taken *taken)
{
  const AccPrecedents *precedents = acc_desk_letter_get_precedents (self->letter);
  const Paragraph *paragraph = g_hash_table_lookup (self->paragraphs, get_recipient_id (self->plan, recipient));
  g_auto (GStrv) names = acc_review_draft_list_names (self);

  return acc_checks_run_cover (
    &(AccCoverFacts) { .paragraph = paragraph != NULL ? paragraph->text : "",
                       .proposal = paragraph != NULL ? paragraph->proposal : "",
                       .language = acc_language_get (),
                       .names = (const char *const *) names,
                       .covers = precedents != NULL ? (const char *const *) precedents->covers : NULL,
                       .taken = (const char *const *) taken->words,
                       .taken_names = (const char *const *) taken->names });
}

GPtrArray *
acc_review_draft_check_cover (AccReviewDraft *self, guint recipient)
{
  g_auto (Taken) taken = { NULL };

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  list_taken (self, &taken);
  return check_cover (self, recipient, &taken);
}

gboolean
acc_review_draft_needs_proposals (AccReviewDraft *self)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), FALSE);
  for (guint i = 0; i < acc_plan_get_n_recipients (self->plan); i++)
    if (!g_hash_table_contains (self->paragraphs, get_recipient_id (self->plan, i)))
      return TRUE;
  return FALSE;
}

gboolean
acc_review_draft_is_edited (AccReviewDraft *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), FALSE);
  g_hash_table_iter_init (&iter, self->paragraphs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Paragraph *) value)->edited)
      return TRUE;
  return g_hash_table_size (self->words) > 0;
}

void
acc_review_draft_forget_covers (AccReviewDraft *self)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self));
  g_hash_table_remove_all (self->paragraphs);
}

const char *
acc_review_draft_get_words (AccReviewDraft *self, const char *panel)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self) && panel != NULL, NULL);
  return g_hash_table_lookup (self->words, panel);
}

void
acc_review_draft_set_words (AccReviewDraft *self, const char *panel, const char *words)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && panel != NULL);
  if (words == NULL || acc_text_is_blank (words))
    g_hash_table_remove (self->words, panel);
  else
    g_hash_table_insert (self->words, g_strdup (panel), g_strdup (words));
}

static gboolean
goes_with (gpointer panel, gpointer words, gpointer prefix)
{
  return g_str_has_prefix (panel, prefix);
}

void
acc_review_draft_forget_words (AccReviewDraft *self, const char *panel)
{
  g_autofree char *prefix = NULL;

  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && panel != NULL);
  prefix = g_strconcat (panel, ":", NULL);
  g_hash_table_remove (self->words, panel);
  g_hash_table_foreach_remove (self->words, goes_with, prefix);
}

void
acc_review_draft_take_proposals (AccReviewDraft *self, AccPlan *plan, const char *const *paragraphs)
{
  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && paragraphs != NULL);
  for (guint i = 0; i < acc_plan_get_n_recipients (plan) && paragraphs[i] != NULL; i++)
    {
      const char *id = get_recipient_id (plan, i);
      const Paragraph *present = g_hash_table_lookup (self->paragraphs, id);

      if (present != NULL && present->edited)
        {
          g_autofree char *text = g_strdup (present->text);

          keep_paragraph (self, id, text, paragraphs[i], TRUE);
        }
      else
        keep_paragraph (self, id, paragraphs[i], paragraphs[i], FALSE);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- facts and orders ---- */

static gboolean
is_everybody_chosen (AccReviewDraft *self)
{
  for (guint i = 0; i < acc_review_draft_get_n_addressees (self); i++)
    if (self->people[i] == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
do_covers_fit (AccReviewDraft *self)
{
  for (guint i = 0; i < acc_plan_get_n_recipients (self->plan); i++)
    {
      g_autofree char *fault = acc_review_draft_find_fault (self, i);

      if (fault != NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_stop (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    if (((const AccCheckResult *) g_ptr_array_index (checks, i))->weight == ACC_CHECK_STOPS)
      return TRUE;
  return FALSE;
}

/* All that stops a cover is that it quotes what was taken out, so nothing is looked at where nothing was. */
static gboolean
do_covers_quote (AccReviewDraft *self)
{
  g_auto (Taken) taken = { NULL };

  list_taken (self, &taken);
  for (guint i = 0; taken.words != NULL && i < acc_plan_get_n_recipients (self->plan); i++)
    {
      g_autoptr (GPtrArray) checks = check_cover (self, i, &taken);

      if (has_stop (checks))
        return TRUE;
    }
  return FALSE;
}

void
acc_review_draft_get_facts (AccReviewDraft *self, gboolean busy, AccDeskFacts *facts)
{
  const AccRecord *record;

  g_return_if_fail (ACC_IS_REVIEW_DRAFT (self) && facts != NULL);
  record = acc_desk_letter_get_record (self->letter);
  *facts = (AccDeskFacts){ .banker = acc_desk_session_get_banker (self->session),
                           .open = TRUE,
                           .busy = busy,
                           .state = record->state,
                           .claimed_by = record->claimed_by,
                           .claimed_by_name = acc_desk_letter_get_claimed_by (self->letter),
                           .named = self->named,
                           .people_chosen = is_everybody_chosen (self),
                           .plan_complete = acc_plan_is_complete (self->plan),
                           .stopped = has_stop (self->checks),
                           .proposing = acc_review_draft_needs_proposals (self),
                           .covers_fit = do_covers_fit (self),
                           .covers_quote = do_covers_quote (self),
                           .prepared = acc_desk_letter_get_deliveries (self->letter)->len > 0 };
}

AccDeskOrder *
acc_review_draft_order (AccReviewDraft *self, AccMove move, gboolean with_covers)
{
  AccDeskOrder *order;
  g_autoptr (GStrvBuilder) paragraphs = g_strv_builder_new ();

  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  order = acc_desk_order_new (self->session, self->letter, move);
  order->named = self->named;
  if (!with_covers)
    return order;
  order->plan = g_object_ref (self->plan);
  for (guint i = 0; i < acc_plan_get_n_recipients (self->plan); i++)
    {
      g_autofree char *whole = dup_whole_paragraph (self, i);

      g_strv_builder_add (paragraphs, whole);
    }
  order->paragraphs = g_strv_builder_end (paragraphs);
  return order;
}

const char *
acc_review_draft_get_door (AccReviewDraft *self, guint recipient)
{
  g_return_val_if_fail (ACC_IS_REVIEW_DRAFT (self), NULL);
  return acc_desk_session_get_door (self->session, acc_plan_get_recipient (self->plan, recipient)->person->email);
}
