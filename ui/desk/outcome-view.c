/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/outcome-view.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "desk/delivery-entry.h"
#include "desk/entry-row.h"
#include "desk/letter-passages.h"
#include "desk/words.h"
#include "review/decision.h"

struct _AccOutcomeView {
  GtkWidget parent;
  GtkWidget *deliveries_section, *deliveries_heading, *reason, *deliveries, *decisions_section, *decisions;
  AccDeskLetter *letter;
  GPtrArray *silences; /* AccSilence, of all letters; NULL: nothing is known */
};

G_DEFINE_FINAL_TYPE (AccOutcomeView, acc_outcome_view, GTK_TYPE_WIDGET)

/* What a banker did, one row a move. */
static const char *const move_words[ACC_MOVE_N] = {
  [ACC_MOVE_CLAIM] = N_ ("took it up"),
  [ACC_MOVE_RELEASE] = N_ ("gave it back"),
  [ACC_MOVE_APPROVE] = N_ ("approved it"),
  [ACC_MOVE_DECLINE] = N_ ("declined it"),
  [ACC_MOVE_ROUTE] = N_ ("routed it"),
  [ACC_MOVE_ACKNOWLEDGE] = N_ ("noted that it arrived"),
  [ACC_MOVE_HOLD] = N_ ("held it back"),
  [ACC_MOVE_FREE] = N_ ("let it go on"),
  [ACC_MOVE_WITHDRAW] = N_ ("withdrew it"),
  [ACC_MOVE_ERASE] = N_ ("erased it"),
  [ACC_MOVE_BLACK_OUT] = N_ ("took words out of it"),
  [ACC_MOVE_RESTORE] = N_ ("went back to the original"),
  [ACC_MOVE_TAKE_BACK] = N_ ("took back that it was declined"),
  [ACC_MOVE_REOPEN] = N_ ("let it wait again"),
};

static void
empty (GtkWidget *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list), row);
}

char *
acc_outcome_view_describe (const AccDecision *decision)
{
  g_return_val_if_fail (decision != NULL, NULL);
  if (decision->by_check) /* whoever was signed in did nothing */
    return g_strdup (_ ("A check held it back"));
  return g_strdup_printf ("%s %s", decision->banker, _ (move_words[decision->move]));
}

/* Where words were taken out and why, not which: those are in the letter, where the row leads to. */
static GtkWidget *
make_black_out_row (const char *title, const char *why, GArray *passages)
{
  g_autofree char *where = acc_letter_passages_describe (passages);
  g_autofree char *subtitle = g_strjoin ("\n", where, why[0] != '\0' ? why : NULL, NULL);
  const AccPassage *shown = NULL;
  GtkWidget *row;

  for (guint i = passages->len; i-- > 0;)
    if (!acc_passages_is_name (g_array_index (passages, AccPassage, i).field))
      shown = &g_array_index (passages, AccPassage, i);
  row = acc_entry_row_new (title, subtitle, shown != NULL ? _ ("Show in the letter") : "");
  if (shown == NULL)
    return row;
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), acc_letter_passages_to_target (shown));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "review.show-passage");
  return row;
}

/* Why it is held now stands above all else already. */
static void
add_decision (AccOutcomeView *self, const AccDecision *decision)
{
  gboolean told = decision->reason == acc_desk_letter_get_held_for (self->letter);
  g_autofree char *why = acc_words_isolate_quotation (told ? "" : decision->reason);
  g_autofree char *moment = acc_words_moment (decision->at);
  g_autofree char *title = acc_outcome_view_describe (decision);
  g_autoptr (GArray) passages
    = decision->passages[0] != '\0'
        ? acc_passages_from_text (acc_desk_letter_get_letter (self->letter), decision->passages, NULL)
        : NULL;
  GtkWidget *row = passages != NULL ? make_black_out_row (title, why, passages)
                                    : acc_entry_row_new (title, why[0] != '\0' ? why : moment, "");

  if (why[0] != '\0' || passages != NULL)
    acc_entry_row_set_detail (ACC_ENTRY_ROW (row), moment);
  gtk_list_box_append (GTK_LIST_BOX (self->decisions), row);
}

static const AccSilence *
find_silence (AccOutcomeView *self, GPtrArray *silences, const AccDelivery *delivery)
{
  for (guint i = 0; silences != NULL && i < silences->len; i++)
    {
      const AccSilence *silence = g_ptr_array_index (silences, i);

      if (silence->position == delivery->position
          && strcmp (silence->number, acc_desk_letter_get_record (self->letter)->number) == 0)
        return silence;
    }
  return NULL;
}

/* Why several deliveries are not there yet, where it is the same for all that are not; NULL: it is not. */
static char *
dup_shared_reason (GPtrArray *deliveries)
{
  g_autofree char *shared = NULL;
  guint n = 0;

  for (guint i = 0; i < deliveries->len; i++)
    {
      g_autofree char *reason = acc_delivery_entry_describe_reason (g_ptr_array_index (deliveries, i));

      if (reason[0] == '\0')
        continue;
      if (shared != NULL && strcmp (reason, shared) != 0)
        return NULL;
      g_free (shared);
      shared = g_steal_pointer (&reason);
      n++;
    }
  return n > 1 ? g_steal_pointer (&shared) : NULL;
}

static void
show_deliveries (AccOutcomeView *self)
{
  GPtrArray *deliveries = acc_desk_letter_get_deliveries (self->letter);
  g_autofree char *reason = dup_shared_reason (deliveries);

  empty (self->deliveries);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);
      GtkWidget *entry = acc_delivery_entry_new (delivery, self->letter, find_silence (self, self->silences, delivery));

      if (reason != NULL)
        acc_delivery_entry_hide_reason (ACC_DELIVERY_ENTRY (entry));
      gtk_list_box_append (GTK_LIST_BOX (self->deliveries), entry);
    }
  gtk_label_set_text (GTK_LABEL (self->deliveries_heading),
                      acc_desk_letter_get_record (self->letter)->state == ACC_STATE_APPROVED ? _ ("Goes to") : _ ("Went to"));
  gtk_label_set_text (GTK_LABEL (self->reason), reason != NULL ? reason : "");
  gtk_widget_set_visible (self->reason, reason != NULL);
  gtk_widget_set_visible (self->deliveries_section, deliveries->len > 0);
}

static gboolean
is_same_silence (const AccSilence *one, const AccSilence *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return one->days == other->days && strcmp (one->next, other->next) == 0
         && strcmp (one->sentence, other->sentence) == 0;
}

/* Whether the open letter's deliveries look otherwise than with the silences @before. */
static gboolean
has_changed (AccOutcomeView *self, GPtrArray *before)
{
  GPtrArray *deliveries = acc_desk_letter_get_deliveries (self->letter);

  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!is_same_silence (find_silence (self, before, delivery), find_silence (self, self->silences, delivery)))
        return TRUE;
    }
  return FALSE;
}

/* As a rule it is the same: then the entries stay, and the focus with them. */
void
acc_outcome_view_set_silences (AccOutcomeView *self, GPtrArray *silences)
{
  g_autoptr (GPtrArray) before = NULL;

  g_return_if_fail (ACC_IS_OUTCOME_VIEW (self));

  before = g_steal_pointer (&self->silences);
  self->silences = silences != NULL ? g_ptr_array_ref (silences) : NULL;
  if (self->letter != NULL && has_changed (self, before))
    show_deliveries (self);
}

gboolean
acc_outcome_view_tells (AccOutcomeView *self, const char *problem)
{
  GPtrArray *deliveries;

  g_return_val_if_fail (ACC_IS_OUTCOME_VIEW (self) && problem != NULL, FALSE);
  if (self->letter == NULL)
    return FALSE;
  deliveries = acc_desk_letter_get_deliveries (self->letter);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const char *reason = ((const AccDelivery *) g_ptr_array_index (deliveries, i))->reason;

      if (reason[0] != '\0' && g_str_has_prefix (problem, reason)) /* what may be done follows in both */
        return TRUE;
    }
  return FALSE;
}

void
acc_outcome_view_set_letter (AccOutcomeView *self, AccDeskLetter *letter)
{
  GPtrArray *decisions;

  g_return_if_fail (ACC_IS_OUTCOME_VIEW (self) && (letter == NULL || ACC_IS_DESK_LETTER (letter)));
  if (!g_set_object (&self->letter, letter))
    return;
  empty (self->deliveries);
  empty (self->decisions);
  gtk_label_set_text (GTK_LABEL (self->reason), "");
  if (letter == NULL)
    return;
  decisions = acc_desk_letter_get_decisions (letter);
  show_deliveries (self);
  for (guint i = 0; i < decisions->len; i++)
    add_decision (self, g_ptr_array_index (decisions, i));
  gtk_widget_set_visible (self->decisions_section, decisions->len > 0);
}

static void
acc_outcome_view_dispose (GObject *object)
{
  AccOutcomeView *self = ACC_OUTCOME_VIEW (object);

  g_clear_pointer (&self->deliveries_section, gtk_widget_unparent);
  g_clear_pointer (&self->decisions_section, gtk_widget_unparent);
  g_clear_object (&self->letter);
  g_clear_pointer (&self->silences, g_ptr_array_unref);
  G_OBJECT_CLASS (acc_outcome_view_parent_class)->dispose (object);
}

static void
acc_outcome_view_class_init (AccOutcomeViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_outcome_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/outcome-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AccOutcomeView, deliveries_section);
  gtk_widget_class_bind_template_child (widget_class, AccOutcomeView, deliveries_heading);
  gtk_widget_class_bind_template_child (widget_class, AccOutcomeView, reason);
  gtk_widget_class_bind_template_child (widget_class, AccOutcomeView, deliveries);
  gtk_widget_class_bind_template_child (widget_class, AccOutcomeView, decisions_section);
  gtk_widget_class_bind_template_child (widget_class, AccOutcomeView, decisions);
}

static void
acc_outcome_view_init (AccOutcomeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
