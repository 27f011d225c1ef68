/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "base/language.h"
#include "kit/look.h"
#include "kiosk/steps.h"

struct _AccWelcomePage {
  AccStepPage parent_instance;

  GtkFlowBox *languages;
  GtkWidget *hint, *begin, *time; /* where nothing is prepared */
  GtkWidget *prepared, *with;
  GtkLabel *prepared_for;
};

G_DEFINE_FINAL_TYPE (AccWelcomePage, acc_welcome_page, ACC_TYPE_STEP_PAGE)

static void
acc_welcome_page_class_init (AccWelcomePageClass *class)
{
  ACC_STEP_PAGE_CLASS (class)->step = ACC_STEP_WELCOME;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (class), "/org/accolade/kiosk/step-welcome.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, languages);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, hint);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, begin);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, time);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, prepared);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, with);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (class), AccWelcomePage, prepared_for);
}

static void
acc_welcome_page_init (AccWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The name says which language it is in: for its font, and to whoever has it read aloud. */
static GtkWidget *
language_button_new (const AccLanguage *language)
{
  gboolean chosen = g_str_equal (language->tag, acc_language_get ());
  GtkWidget *button = gtk_button_new_with_label (language->name);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_language_new (pango_language_from_string (language->tag)));
  gtk_label_set_attributes (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), attributes);
  pango_attr_list_unref (attributes);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", language->tag);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "kiosk.speak");
  gtk_widget_add_css_class (button, "language");
  acc_look_set_class (button, "chosen", chosen);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                               chosen ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  return button;
}

void
acc_welcome_page_set_languages (AccWelcomePage *self, GPtrArray *languages)
{
  g_return_if_fail (ACC_IS_WELCOME_PAGE (self));
  g_return_if_fail (gtk_widget_get_first_child (GTK_WIDGET (self->languages)) == NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->languages), languages->len > 1);
  for (guint i = 0; languages->len > 1 && i < languages->len; i++)
    {
      /* The button takes the focus, not the place that it lies in. */
      GtkWidget *place = g_object_new (GTK_TYPE_FLOW_BOX_CHILD, "focusable", FALSE, "child",
                                       language_button_new (g_ptr_array_index (languages, i)), NULL);

      gtk_flow_box_append (self->languages, place);
    }
}

/* A name that runs in the other direction stays one piece. */
static char *
isolate (const char *name)
{
  return g_strconcat ("\xE2\x81\xA8", name, "\xE2\x81\xA9", NULL); /* U+2068, U+2069 */
}

static char *
describe (const AccHandover *handover)
{
  g_autofree char *name = isolate (handover->name), *department = isolate (handover->department);

  if (*handover->department == '\0')
    /* Translators: whom the letter is for, by name. */
    return g_strdup_printf (_ ("To thank %s"), name);
  /* Translators: whom the letter is for: name, then department. */
  return g_strdup_printf (_ ("To thank %s, %s"), name, department);
}

static gboolean
has_focus_in (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

void
acc_welcome_page_offer (AccWelcomePage *self, const AccHandover *handover)
{
  gboolean offers = handover != NULL;
  gboolean focused;

  g_return_if_fail (ACC_IS_WELCOME_PAGE (self));

  focused = has_focus_in (offers ? self->begin : self->prepared);
  if (offers)
    {
      g_autofree char *words = describe (handover);

      gtk_label_set_text (self->prepared_for, words);
    }
  else
    gtk_label_set_text (self->prepared_for, "");
  gtk_widget_set_visible (self->prepared, offers);
  gtk_widget_set_visible (self->hint, !offers);
  gtk_widget_set_visible (self->begin, !offers);
  gtk_widget_set_visible (self->time, !offers);
  if (focused)
    gtk_widget_grab_focus (offers ? self->with : self->begin);
}
