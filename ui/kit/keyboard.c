/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/keyboard.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "kit/field-watch.h"
#include "base/language.h"
#include "kit/key-presses.h"
#include "kit/keyboard-layout.h"
#include "kit/keystroke.h"
#include "kit/real-size.h"

#define GAP 8 /* pixels between keys */
#define AIR 12 /* … round all of them */
#define LINES 4
#define KEY_MM 15.0
#define KEY_SHARE 0.066  /* a key's height, of the shorter side of a large screen */
#define PANEL_SHARE 0.4  /* no more of the window's height */
#define KEY_ASPECT 2.0   /* a key is no wider than that */
#define WIDEST 13        /* keys in a line */
#define NARROWEST 10
#define WIDE_KEY 1.25    /* of a letter's: those at the ends of the last line */
#define LEAST_SPACE 1.5  /* … and the bar between them */
#define USUAL_HEIGHT 57  /* until the screen is known */

typedef enum { USE_AUTO, USE_ON, USE_OFF } Use;
typedef enum { SHIFT_OFF, SHIFT_ONCE, SHIFT_LOCKED, N_SHIFTS } Shift;

struct _AccKeyboard {
  GtkWidget parent_instance;

  AccKey *shift, *more, *delete, *other, *script, *accents, *space, *enter, *hide;
  GtkBox *choices;
  GPtrArray *rows[ACC_KEYBOARD_N_ROWS]; /* of AccKey, lent */
  AccKeyPresses *presses;
  AccFieldWatch *watch;

  char *language, *offered;  /* as they were given */
  GPtrArray *layouts;        /* NULL until they are needed */
  AccKeyboardLayout *layout; /* one of them */
  guint chosen;              /* … by this client, for the fields that take any */

  Use use;
  AccKeyboardPage page; /* letters, digits or signs */
  Shift shifted;
  gboolean accented; /* the next key offers its choices */
  AccKey *offering;  /* whose choices are open; NULL for none */
  GtkWidget *field;  /* typed into last, never looked into */
  int key_height;
  guint update; /* source */
};

G_DEFINE_FINAL_TYPE (AccKeyboard, acc_keyboard, GTK_TYPE_WIDGET)

static const char *const use_names[] = { [USE_AUTO] = "auto", [USE_ON] = "on", [USE_OFF] = "off" };

/* Size and place */

/* As high as a fingertip where there is room, and no lower than can be touched. */
static void
update_key_height (AccKeyboard *self)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self)));
  const int width = gdk_surface_get_width (surface), height = gdk_surface_get_height (surface);
  const double wanted = MAX (KEY_MM * acc_real_size_of (GTK_WIDGET (self)), KEY_SHARE * MIN (width, height));
  const double room = (PANEL_SHARE * height - 2 * AIR - (LINES - 1) * GAP) / LINES;
  const int key_height = MAX (ACC_KEY_LEAST, (int) ceil (MIN (wanted, room)));

  if (self->key_height == key_height)
    return;
  self->key_height = key_height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
acc_keyboard_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (acc_keyboard_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "layout",
                           G_CALLBACK (update_key_height), widget, G_CONNECT_SWAPPED);
  update_key_height (ACC_KEYBOARD (widget));
}

static void
acc_keyboard_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_native_get_surface (gtk_widget_get_native (widget)), update_key_height,
                                        widget);
  GTK_WIDGET_CLASS (acc_keyboard_parent_class)->unrealize (widget);
}

static void
acc_keyboard_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  const gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  const int key = across ? ACC_KEY_LEAST : ACC_KEYBOARD (widget)->key_height;
  const int n = across ? WIDEST : LINES;

  *minimum = *natural = n * key + (n - 1) * GAP + 2 * AIR;
}

/* The keys' lattice: letters are one unit wide. */
typedef struct {
  double left, unit; /* pixels */
  double units;      /* in a line */
  int height;
} Lattice;

/* In units. */
static double
count_last_line (AccKeyboard *self)
{
  GtkWidget *wide[] = { GTK_WIDGET (self->other), GTK_WIDGET (self->script), GTK_WIDGET (self->accents),
                        GTK_WIDGET (self->enter), GTK_WIDGET (self->hide) };
  double units = LEAST_SPACE + self->rows[ACC_KEYBOARD_LEFT]->len + self->rows[ACC_KEYBOARD_RIGHT]->len;

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    units += gtk_widget_get_visible (wide[i]) ? WIDE_KEY : 0;
  return units;
}

static Lattice
make_lattice (AccKeyboard *self, int width)
{
  const guint widest = MAX (MAX (self->rows[ACC_KEYBOARD_ROW_1]->len, self->rows[ACC_KEYBOARD_ROW_2]->len),
                            self->rows[ACC_KEYBOARD_ROW_3]->len + 2);
  const double last = count_last_line (self);
  Lattice lattice = { .units = MAX (MAX (widest, NARROWEST), last), .height = self->key_height };

  lattice.unit = MIN ((width - 2 * AIR + GAP) / lattice.units - GAP, KEY_ASPECT * self->key_height);
  lattice.left = (width - lattice.units * (lattice.unit + GAP) + GAP) / 2;
  return lattice;
}

/* Gives back where the next key of the line stands. */
static double
place_key (const Lattice *lattice, AccKey *key, guint line, double at, double units)
{
  const int x = (int) round (lattice->left + at * (lattice->unit + GAP));
  const int end = (int) round (lattice->left + (at + units) * (lattice->unit + GAP)) - GAP;
  const GtkAllocation place = { x, AIR + (int) line * (lattice->height + GAP), end - x, lattice->height };

  if (!gtk_widget_get_visible (GTK_WIDGET (key)))
    return at;
  gtk_widget_size_allocate (GTK_WIDGET (key), &place, -1);
  return at + units;
}

static double
place_row (const Lattice *lattice, GPtrArray *keys, guint line, double at)
{
  for (guint i = 0; i < keys->len; i++)
    at = place_key (lattice, g_ptr_array_index (keys, i), line, at, 1);
  return at;
}

static void
place_last_line (AccKeyboard *self, const Lattice *lattice)
{
  const double enter = gtk_widget_get_visible (GTK_WIDGET (self->enter)) ? WIDE_KEY : 0;
  const double end = lattice->units - WIDE_KEY - enter - self->rows[ACC_KEYBOARD_RIGHT]->len;
  double at = place_key (lattice, self->other, LINES - 1, 0, WIDE_KEY);

  at = place_key (lattice, self->script, LINES - 1, at, WIDE_KEY);
  at = place_key (lattice, self->accents, LINES - 1, at, WIDE_KEY);
  at = place_row (lattice, self->rows[ACC_KEYBOARD_LEFT], LINES - 1, at);
  at = place_key (lattice, self->space, LINES - 1, at, end - at);
  at = place_row (lattice, self->rows[ACC_KEYBOARD_RIGHT], LINES - 1, at);
  at = place_key (lattice, self->enter, LINES - 1, at, WIDE_KEY);
  place_key (lattice, self->hide, LINES - 1, at, WIDE_KEY);
}

/* The first one above its key where there is room, and all of them within the keyboard. */
static void
place_choices (AccKeyboard *self, int width)
{
  GtkRequisition size;
  graphene_rect_t key;
  GtkAllocation place;

  if (self->offering == NULL
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->offering), GTK_WIDGET (self), &key))
    return;
  gtk_widget_get_preferred_size (GTK_WIDGET (self->choices), NULL, &size);
  place = (GtkAllocation){ (int) key.origin.x - GAP, (int) key.origin.y - size.height, size.width,
                           size.height };
  place.x = MAX (MIN (place.x, width - size.width - GAP), GAP);
  gtk_widget_size_allocate (GTK_WIDGET (self->choices), &place, -1);
}

static void
acc_keyboard_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  AccKeyboard *self = ACC_KEYBOARD (widget);
  const Lattice lattice = make_lattice (self, width);
  const double side = (lattice.units - self->rows[ACC_KEYBOARD_ROW_3]->len) / 2;

  for (guint row = ACC_KEYBOARD_ROW_1; row <= ACC_KEYBOARD_ROW_2; row++)
    place_row (&lattice, self->rows[row], row, (lattice.units - self->rows[row]->len) / 2);
  place_key (&lattice, self->shift, ACC_KEYBOARD_ROW_3, 0, side);
  place_key (&lattice, self->more, ACC_KEYBOARD_ROW_3, 0, side);
  place_row (&lattice, self->rows[ACC_KEYBOARD_ROW_3], ACC_KEYBOARD_ROW_3, side);
  place_key (&lattice, self->delete, ACC_KEYBOARD_ROW_3, lattice.units - side, side);
  place_last_line (self, &lattice);
  place_choices (self, width);
}

/* What stands on the keys */

static void on_letter (AccKeyboard *self, AccKey *key);

static AccKey *
add_key (AccKeyboard *self, GtkWidget *parent, GtkWidget *before)
{
  GtkWidget *key = acc_key_new ();

  gtk_widget_insert_before (key, parent, before);
  g_signal_connect_object (key, "struck", G_CALLBACK (on_letter), self, G_CONNECT_SWAPPED);
  acc_key_presses_watch (self->presses, ACC_KEY (key));
  return ACC_KEY (key);
}

static void
show_row (AccKeyboard *self, GPtrArray *keys, const char *const *texts)
{
  const guint n = g_strv_length ((char **) texts);

  while (keys->len > n)
    gtk_widget_unparent (GTK_WIDGET (g_ptr_array_steal_index (keys, keys->len - 1)));
  while (keys->len < n) /* below the choices */
    g_ptr_array_add (keys, add_key (self, GTK_WIDGET (self), GTK_WIDGET (self->choices)));
  for (guint i = 0; i < n; i++)
    acc_key_set_text (g_ptr_array_index (keys, i), texts[i]);
}

static void
update_shift (AccKeyboard *self)
{
  const gboolean locked = self->shifted == SHIFT_LOCKED;

  acc_key_set_text (self->shift, locked ? "⇪" : "⇧");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shift), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  locked ? _ ("Shift, locked") : _ ("Shift"), -1);
  acc_key_set_on (self->shift, self->shifted != SHIFT_OFF);
}

/* The one place that makes the keys what they are. */
static void
update_keys (AccKeyboard *self)
{
  const gboolean letters = self->page == ACC_KEYBOARD_LETTERS;
  const AccKeyboardPage shown = letters && self->shifted != SHIFT_OFF ? ACC_KEYBOARD_CAPITALS : self->page;
  const AccKeyboardPage more = self->page == ACC_KEYBOARD_SIGNS ? ACC_KEYBOARD_DIGITS : ACC_KEYBOARD_SIGNS;
  const AccKeyboardPage other = letters ? ACC_KEYBOARD_DIGITS : ACC_KEYBOARD_LETTERS;

  for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
    show_row (self, self->rows[row], acc_keyboard_layout_get_row (self->layout, shown, row));
  gtk_widget_set_visible (GTK_WIDGET (self->shift), letters);
  gtk_widget_set_visible (GTK_WIDGET (self->more), !letters);
  acc_key_set_text (self->more, acc_keyboard_layout_get_name (self->layout, more));
  acc_key_set_text (self->other, acc_keyboard_layout_get_name (self->layout, other));
  acc_key_set_text (self->accents, acc_keyboard_layout_get_accents (self->layout));
  acc_key_set_on (self->accents, self->accented);
  update_shift (self);
}

static void
close_choices (AccKeyboard *self)
{
  self->offering = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);
}

static gboolean
open_choices (AccKeyboard *self, AccKey *key)
{
  const char *const *texts = acc_keyboard_layout_get_choices (self->layout, acc_key_get_text (key));
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->choices));

  if (texts == NULL || gtk_widget_get_parent (GTK_WIDGET (key)) == GTK_WIDGET (self->choices))
    return FALSE;
  for (; *texts != NULL || child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (child == NULL)
        child = GTK_WIDGET (add_key (self, GTK_WIDGET (self->choices), NULL));
      gtk_widget_set_visible (child, *texts != NULL);
      if (*texts == NULL)
        continue;
      acc_key_set_text (ACC_KEY (child), *texts++);
      gtk_widget_set_size_request (child, MAX (gtk_widget_get_width (GTK_WIDGET (key)), ACC_KEY_LEAST),
                                   self->key_height);
    }
  self->offering = key;
  gtk_widget_set_visible (GTK_WIDGET (self->choices), TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return TRUE;
}

static void
show_page (AccKeyboard *self, AccKeyboardPage page)
{
  close_choices (self);
  self->page = page;
  self->shifted = SHIFT_OFF;
  self->accented = FALSE;
  update_keys (self);
}

/* The layout that the key of the scripts leads to. */
static AccKeyboardLayout *
get_next_layout (AccKeyboard *self)
{
  guint at = 0;

  g_ptr_array_find (self->layouts, self->layout, &at);
  return g_ptr_array_index (self->layouts, (at + 1) % self->layouts->len);
}

/* It bears the other script's letters, and is called after its language. */
static void
update_script (AccKeyboard *self)
{
  AccKeyboardLayout *next = get_next_layout (self);
  g_autoptr (AccLanguage) language = acc_language_find (acc_keyboard_layout_get_language (next));
  g_autofree char *name = language != NULL ? g_strdup_printf (_ ("Keyboard: %s"), language->name) : NULL;

  acc_key_set_text (self->script, acc_keyboard_layout_get_name (next, ACC_KEYBOARD_LETTERS));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->script), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : acc_key_get_text (self->script), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->script), next != self->layout);
}

static void
show_layout (AccKeyboard *self, AccKeyboardLayout *layout, AccKeyboardPage page)
{
  self->layout = layout;
  update_script (self);
  show_page (self, page);
}

/* What keys do */

static void
type (AccKeyboard *self, const char *text)
{
  GtkWidget *field = acc_field_watch_get_field (self->watch);

  if (field != NULL)
    acc_keystroke_type (field, text);
}

static void
on_letter (AccKeyboard *self, AccKey *key)
{
  if (self->accented && open_choices (self, key))
    return;
  type (self, acc_key_get_text (key));
  close_choices (self);
  if (self->shifted != SHIFT_ONCE && !self->accented)
    return;
  self->accented = FALSE;
  if (self->shifted == SHIFT_ONCE)
    self->shifted = SHIFT_OFF;
  update_keys (self);
}

static void
on_shift (AccKeyboard *self)
{
  self->shifted = (self->shifted + 1) % N_SHIFTS;
  update_keys (self);
}

static void
on_more (AccKeyboard *self)
{
  show_page (self, self->page == ACC_KEYBOARD_SIGNS ? ACC_KEYBOARD_DIGITS : ACC_KEYBOARD_SIGNS);
}

static void
on_other (AccKeyboard *self)
{
  show_page (self, self->page == ACC_KEYBOARD_LETTERS ? ACC_KEYBOARD_DIGITS : ACC_KEYBOARD_LETTERS);
}

static void
on_script (AccKeyboard *self)
{
  show_layout (self, get_next_layout (self), ACC_KEYBOARD_LETTERS);
  g_ptr_array_find (self->layouts, self->layout, &self->chosen);
}

static void
on_accents (AccKeyboard *self)
{
  self->accented = !self->accented;
  update_keys (self);
}

static void
on_delete (AccKeyboard *self)
{
  GtkWidget *field = acc_field_watch_get_field (self->watch);

  if (field != NULL)
    acc_keystroke_delete (field);
}

static void
on_space (AccKeyboard *self)
{
  type (self, " ");
}

static void
on_enter (AccKeyboard *self)
{
  type (self, "\n");
}

static void
on_hide (AccKeyboard *self)
{
  acc_field_watch_step_aside (self->watch);
}

/* A finger that comes down elsewhere closes the choices. */
static void
on_pressed (AccKeyboard *self, AccKey *key)
{
  if (gtk_widget_get_parent (GTK_WIDGET (key)) != GTK_WIDGET (self->choices))
    close_choices (self);
}

static gboolean
on_held (AccKeyboard *self, AccKey *key)
{
  return open_choices (self, key);
}

/* Following the window */

static gboolean
is_wanted (AccKeyboard *self)
{
  if (acc_field_watch_get_field (self->watch) == NULL || acc_field_watch_is_aside (self->watch))
    return FALSE;
  return self->use == USE_ON
         || (self->use == USE_AUTO && acc_field_watch_is_touched (self->watch));
}

static AccKeyboardLayout *
find_layout_for (AccKeyboard *self, GtkWidget *field)
{
  if (acc_keystroke_takes_latin (field))
    for (guint i = 0; i < self->layouts->len; i++)
      if (acc_keyboard_layout_get_script (g_ptr_array_index (self->layouts, i)) == G_UNICODE_SCRIPT_LATIN)
        return g_ptr_array_index (self->layouts, i);
  return g_ptr_array_index (self->layouts, self->chosen);
}

static void
begin_field (AccKeyboard *self, GtkWidget *field)
{
  if (self->layouts == NULL)
    self->layouts = acc_keyboard_layout_list (self->language, self->offered);
  g_return_if_fail (self->layouts->len > 0);
  show_layout (self, find_layout_for (self, field),
               acc_keystroke_takes_digits (field) ? ACC_KEYBOARD_DIGITS : ACC_KEYBOARD_LETTERS);
  gtk_widget_set_visible (GTK_WIDGET (self->enter), acc_keystroke_takes_lines (field));
  self->field = field;
}

static void
update_shown (AccKeyboard *self)
{
  GtkWidget *field = acc_field_watch_get_field (self->watch);
  const gboolean wanted = is_wanted (self);

  if (wanted && field != self->field)
    begin_field (self, field);
  if (!wanted)
    acc_key_presses_forget (self->presses);
  gtk_widget_set_visible (GTK_WIDGET (self), wanted);
}

/* Keys that suit other languages: a client begins with the first of them. */
static void
forget_layouts (AccKeyboard *self)
{
  acc_key_presses_forget (self->presses);
  self->layout = NULL;
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  self->chosen = 0;
  self->field = NULL;
  update_shown (self);
}

static gboolean
on_update (gpointer data)
{
  AccKeyboard *self = data;

  self->update = 0;
  update_shown (self);
  return G_SOURCE_REMOVE;
}

/* Aside at once; but the focus may be on its way from one field to the next, and the panel is not to flicker between. */
static void
on_watch_changed (AccKeyboard *self)
{
  if (acc_field_watch_is_aside (self->watch))
    update_shown (self);
  else if (self->update == 0)
    self->update = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_update, self, NULL);
}

static void
acc_keyboard_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (acc_keyboard_parent_class)->root (widget);
  acc_field_watch_set_root (ACC_KEYBOARD (widget)->watch, gtk_widget_get_root (widget));
}

static void
acc_keyboard_unroot (GtkWidget *widget)
{
  acc_field_watch_set_root (ACC_KEYBOARD (widget)->watch, NULL);
  GTK_WIDGET_CLASS (acc_keyboard_parent_class)->unroot (widget);
}

static void
acc_keyboard_dispose (GObject *object)
{
  AccKeyboard *self = ACC_KEYBOARD (object);

  g_clear_handle_id (&self->update, g_source_remove);
  if (self->presses != NULL)
    acc_key_presses_forget (self->presses);
  for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
    while (self->rows[row]->len > 0)
      gtk_widget_unparent (GTK_WIDGET (g_ptr_array_steal_index (self->rows[row], self->rows[row]->len - 1)));
  gtk_widget_dispose_template (GTK_WIDGET (self), ACC_TYPE_KEYBOARD);
  g_clear_object (&self->presses);
  g_clear_object (&self->watch);
  g_clear_pointer (&self->layouts, g_ptr_array_unref);
  G_OBJECT_CLASS (acc_keyboard_parent_class)->dispose (object);
}

static void
acc_keyboard_finalize (GObject *object)
{
  AccKeyboard *self = ACC_KEYBOARD (object);

  for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
    g_ptr_array_unref (self->rows[row]);
  g_free (self->language);
  g_free (self->offered);
  G_OBJECT_CLASS (acc_keyboard_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/accolade/kit/keyboard.ui");
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, shift);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, more);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, delete);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, other);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, script);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, accents);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, space);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, enter);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, hide);
  gtk_widget_class_bind_template_child (widget_class, AccKeyboard, choices);
  gtk_widget_class_bind_template_callback (widget_class, on_shift);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_other);
  gtk_widget_class_bind_template_callback (widget_class, on_script);
  gtk_widget_class_bind_template_callback (widget_class, on_accents);
  gtk_widget_class_bind_template_callback (widget_class, on_space);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_hide);
}

static void
acc_keyboard_class_init (AccKeyboardClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = acc_keyboard_dispose;
  object_class->finalize = acc_keyboard_finalize;
  widget_class->root = acc_keyboard_root;
  widget_class->unroot = acc_keyboard_unroot;
  widget_class->realize = acc_keyboard_realize;
  widget_class->unrealize = acc_keyboard_unrealize;
  widget_class->measure = acc_keyboard_measure;
  widget_class->size_allocate = acc_keyboard_size_allocate;

  g_type_ensure (ACC_TYPE_KEY);
  gtk_widget_class_set_css_name (widget_class, "keyboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  bind_template (widget_class);
}

static void
acc_keyboard_init (AccKeyboard *self)
{
  self->key_height = USUAL_HEIGHT;
  self->language = g_strdup (ACC_LANGUAGE_OWN);
  self->offered = g_strdup ("");
  for (guint row = 0; row < ACC_KEYBOARD_N_ROWS; row++)
    self->rows[row] = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Keys stand where they stand, whichever way the language runs. */
  gtk_widget_set_direction (GTK_WIDGET (self->choices), GTK_TEXT_DIR_LTR);
  self->presses = acc_key_presses_new (GTK_WIDGET (self->choices));
  g_signal_connect_object (self->presses, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->presses, "held", G_CALLBACK (on_held), self, G_CONNECT_SWAPPED);
  self->watch = acc_field_watch_new ();
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_watch_changed), self, G_CONNECT_SWAPPED);
  for (GtkWidget *key = gtk_widget_get_first_child (GTK_WIDGET (self)); key != NULL;
       key = gtk_widget_get_next_sibling (key))
    if (ACC_IS_KEY (key))
      acc_key_presses_watch (self->presses, ACC_KEY (key));
}

GtkWidget *
acc_keyboard_new (void)
{
  return g_object_new (ACC_TYPE_KEYBOARD, NULL);
}

void
acc_keyboard_set_language (AccKeyboard *self, const char *language)
{
  g_return_if_fail (ACC_IS_KEYBOARD (self) && language != NULL);

  g_free (self->language);
  self->language = g_strdup (language);
  forget_layouts (self);
}

void
acc_keyboard_set_offered (AccKeyboard *self, const char *languages)
{
  g_return_if_fail (ACC_IS_KEYBOARD (self) && languages != NULL);

  g_free (self->offered);
  self->offered = g_strdup (languages);
  forget_layouts (self);
}

void
acc_keyboard_set_use (AccKeyboard *self, const char *use)
{
  g_return_if_fail (ACC_IS_KEYBOARD (self) && use != NULL);

  self->use = USE_AUTO;
  for (guint i = 0; i < G_N_ELEMENTS (use_names); i++)
    if (g_str_equal (use_names[i], use))
      self->use = i;
  acc_field_watch_set_any_pointer (self->watch, self->use == USE_ON);
  update_shown (self);
}

void
acc_keyboard_set_timing (AccKeyboard *self, guint repeat, guint double_strike)
{
  g_return_if_fail (ACC_IS_KEYBOARD (self));

  acc_key_presses_set_timing (self->presses, repeat, double_strike);
}

void
acc_keyboard_take_config (AccKeyboard *self, AccConfig *config)
{
  g_return_if_fail (ACC_IS_KEYBOARD (self) && config != NULL);

  acc_keyboard_set_offered (self, acc_config_get (config, ACC_CONFIG_KIOSK_LANGUAGES));
  acc_keyboard_set_use (self, acc_config_get (config, ACC_CONFIG_KIOSK_KEYBOARD));
  acc_keyboard_set_timing (self, acc_config_get_int (config, ACC_CONFIG_KIOSK_KEYBOARD_REPEAT),
                           acc_config_get_int (config, ACC_CONFIG_KIOSK_KEYBOARD_DOUBLE_STRIKE));
}

void
acc_keyboard_wipe (AccKeyboard *self)
{
  GtkWidget *choice;

  g_return_if_fail (ACC_IS_KEYBOARD (self));

  close_choices (self);
  acc_field_watch_forget (self->watch);
  forget_layouts (self);
  while ((choice = gtk_widget_get_first_child (GTK_WIDGET (self->choices))) != NULL)
    gtk_box_remove (self->choices, choice);
}
