/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk/heard-panel.h"

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/text.h"
#include "desk/words.h"
#include "kit/drop-down-name.h"
#include "kit/typing.h"
#include "route/delivery-table.h"
#include "route/routing.h"

#define DAYS_MAX 400 /* that are offered */

struct _AccHeardPanel {
  GtkWidget parent;
  GtkWidget *who, *day, *words, *told;
  GArray *positions; /* guint, of the recipients who can be chosen */
  GPtrArray *days;   /* YYYY-MM-DD, the latest first */
  char *today;
  GPtrArray *from;   /* for each of @positions the day on which it was handed over */
};

G_DEFINE_FINAL_TYPE (AccHeardPanel, acc_heard_panel, GTK_TYPE_WIDGET)

enum { HEARD, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- who ---- */

/* What has left the branch, or may have. */
static gboolean
may_be_heard (const AccDelivery *delivery)
{
  AccDeliveryState state;

  return acc_delivery_state_from_text (delivery->state, &state)
         && (acc_delivery_state_is_done (state) || state == ACC_DELIVERY_UNSURE);
}

static gboolean
is_acknowledged (const AccDelivery *delivery)
{
  AccDeliveryState state;

  return acc_delivery_state_from_text (delivery->state, &state) && state == ACC_DELIVERY_ACKNOWLEDGED;
}

gboolean
acc_heard_panel_can_begin (AccDeskLetter *letter)
{
  GPtrArray *deliveries;
  gboolean can = FALSE;

  g_return_val_if_fail (ACC_IS_DESK_LETTER (letter), FALSE);
  deliveries = acc_desk_letter_get_deliveries (letter);
  for (guint i = 0; i < deliveries->len; i++)
    can = can || may_be_heard (g_ptr_array_index (deliveries, i));
  return can;
}

static char *
dup_day_of (const char *stamp)
{
  return g_strndup (stamp, strlen ("2026-11-23"));
}

/* Chosen beforehand: @position, or the first whom nobody has heard from. */
static guint
list_people (AccHeardPanel *self, GPtrArray *deliveries, guint position)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint chosen = G_MAXUINT;

  g_array_set_size (self->positions, 0);
  g_ptr_array_set_size (self->from, 0);
  for (guint i = 0; i < deliveries->len; i++)
    {
      const AccDelivery *delivery = g_ptr_array_index (deliveries, i);

      if (!may_be_heard (delivery))
        continue;
      if (position == delivery->position || (position == 0 && chosen == G_MAXUINT && !is_acknowledged (delivery)))
        chosen = self->positions->len;
      g_array_append_val (self->positions, delivery->position);
      g_ptr_array_add (self->from, dup_day_of (delivery->at));
      gtk_string_list_append (names, delivery->name);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
  return chosen != G_MAXUINT ? chosen : 0;
}

/* ---- when ---- */

static char *
describe_day (const char *day, guint ago)
{
  g_autofree char *words = acc_words_date (day);

  if (ago == 0)
    return g_strdup_printf (_ ("Today, %s"), words);
  return ago == 1 ? g_strdup_printf (_ ("Yesterday, %s"), words) : g_steal_pointer (&words);
}

/* From today back to the day on which it was handed over. */
static void
list_days (AccHeardPanel *self, const char *first)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *noon = g_strconcat (self->today, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) today = g_date_time_new_from_iso8601 (noon, NULL);

  g_ptr_array_set_size (self->days, 0);
  for (guint ago = 0; ago < DAYS_MAX; ago++)
    {
      g_autoptr (GDateTime) time = g_date_time_add_days (today, -(int) ago);
      g_autofree char *day = g_date_time_format (time, "%Y-%m-%d");
      g_autofree char *name = describe_day (day, ago);

      if (ago > 0 && strcmp (day, first) < 0)
        break;
      gtk_string_list_append (names, name);
      g_ptr_array_add (self->days, g_steal_pointer (&day));
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->day), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->day), 0);
}

static void
on_person_chosen (AccHeardPanel *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who));

  if (chosen < self->from->len)
    list_days (self, g_ptr_array_index (self->from, chosen));
}

/* ---- what they said ---- */

static GtkTextBuffer *
get_buffer (AccHeardPanel *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->words));
}

static void
set_told (AccHeardPanel *self, const char *sentence)
{
  gtk_label_set_text (GTK_LABEL (self->told), sentence);
  gtk_widget_set_visible (self->told, sentence[0] != '\0');
}

static void
on_left_out (AccTextChange change, gpointer data)
{
  set_told (data, _ ("What may not stand here, or did not fit, was left out."));
}

char *
acc_heard_panel_dup_words (AccHeardPanel *self)
{
  GtkTextIter start, end;
  g_autofree char *typed = NULL, *clean = NULL;

  g_return_val_if_fail (ACC_IS_HEARD_PANEL (self), NULL);
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  typed = gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
  clean = acc_text_clean (typed, -1, ACC_TEXT_STORY, NULL);
  return acc_text_trim (clean);
}

void
acc_heard_panel_set_words (AccHeardPanel *self, const char *words)
{
  g_return_if_fail (ACC_IS_HEARD_PANEL (self) && words != NULL);
  gtk_text_buffer_set_text (get_buffer (self), words, -1);
}

/* ---- the panel ---- */

void
acc_heard_panel_begin (AccHeardPanel *self, AccDeskLetter *letter, guint position)
{
  guint chosen;

  g_return_if_fail (ACC_IS_HEARD_PANEL (self) && ACC_IS_DESK_LETTER (letter));
  g_free (self->today);
  self->today = acc_clock_today ();
  chosen = list_people (self, acc_desk_letter_get_deliveries (letter), position);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->who), chosen);
  on_person_chosen (self);
  gtk_text_buffer_set_text (get_buffer (self), "", 0);
  set_told (self, "");
  gtk_widget_grab_focus (self->who);
}

void
acc_heard_panel_end (AccHeardPanel *self)
{
  static const char *const nobody[] = { "", NULL }; /* an empty list would go on showing whoever was chosen */
  g_autoptr (GtkStringList) names = NULL;

  g_return_if_fail (ACC_IS_HEARD_PANEL (self));
  names = gtk_string_list_new (nobody);
  gtk_text_buffer_set_text (get_buffer (self), "", 0);
  g_array_set_size (self->positions, 0);
  g_ptr_array_set_size (self->from, 0);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->who), G_LIST_MODEL (names));
}

guint
acc_heard_panel_get_position (AccHeardPanel *self)
{
  guint chosen;

  g_return_val_if_fail (ACC_IS_HEARD_PANEL (self), 0);
  chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->who));
  return chosen < self->positions->len ? g_array_index (self->positions, guint, chosen) : 0;
}

const char *
acc_heard_panel_get_day (AccHeardPanel *self)
{
  guint chosen;

  g_return_val_if_fail (ACC_IS_HEARD_PANEL (self), NULL);
  chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->day));
  return chosen < self->days->len ? g_ptr_array_index (self->days, chosen) : self->today;
}

void
acc_heard_panel_set_day (AccHeardPanel *self, const char *day)
{
  guint found;

  g_return_if_fail (ACC_IS_HEARD_PANEL (self) && day != NULL);
  if (g_ptr_array_find_with_equal_func (self->days, day, g_str_equal, &found))
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->day), found);
}

static void
record (AccHeardPanel *self)
{
  g_signal_emit (self, signals[HEARD], 0);
}

static void
go_back (AccHeardPanel *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
acc_heard_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (acc_heard_panel_parent_class)->dispose (object);
}

static void
acc_heard_panel_finalize (GObject *object)
{
  AccHeardPanel *self = ACC_HEARD_PANEL (object);

  g_array_unref (self->positions);
  g_ptr_array_unref (self->days);
  g_ptr_array_unref (self->from);
  g_free (self->today);
  G_OBJECT_CLASS (acc_heard_panel_parent_class)->finalize (object);
}

static void
acc_heard_panel_class_init (AccHeardPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = acc_heard_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = acc_heard_panel_finalize;
  signals[HEARD] = g_signal_new ("heard", ACC_TYPE_HEARD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", ACC_TYPE_HEARD_PANEL, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/desk/heard-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AccHeardPanel, who);
  gtk_widget_class_bind_template_child (widget_class, AccHeardPanel, day);
  gtk_widget_class_bind_template_child (widget_class, AccHeardPanel, words);
  gtk_widget_class_bind_template_child (widget_class, AccHeardPanel, told);
  gtk_widget_class_bind_template_callback (widget_class, on_person_chosen);
  gtk_widget_class_bind_template_callback (widget_class, record);
  gtk_widget_class_bind_template_callback (widget_class, go_back);
}

static void
acc_heard_panel_init (AccHeardPanel *self)
{
  self->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->days = g_ptr_array_new_with_free_func (g_free);
  self->from = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  acc_drop_down_name (GTK_DROP_DOWN (self->who), _ ("Who was heard from"));
  acc_drop_down_name (GTK_DROP_DOWN (self->day), _ ("On which day"));
  acc_typing_watch_view (GTK_TEXT_VIEW (self->words), ACC_STORY_MAX, on_left_out, self);
}
