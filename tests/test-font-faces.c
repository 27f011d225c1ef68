/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters are set while a window is drawn, both in more faces than cairo keeps open. */
#include "generated-support.h"
#include "paper-support.h"
#include "support.h"

#include <pango/pangocairo.h>

#define LETTERS 40
#define LINES 12

/* ---- a window's texts ---- */

typedef struct {
  GPtrArray *families; /* their names */
  GRand *random;
  gint done; /* the letters are; atomic */
  guint n_drawn;
} Window;

static void
draw_line (Window *window, cairo_t *cr)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *description = pango_font_description_new ();
  guint family = (guint) g_rand_int_range (window->random, 0, (gint32) window->families->len);
  char text[30];

  for (guint i = 0; i < sizeof text - 1; i++)
    text[i] = (char) g_rand_int_range (window->random, '!', '~');
  text[sizeof text - 1] = '\0';
  pango_font_description_set_family (description, g_ptr_array_index (window->families, family));
  pango_font_description_set_size (description, g_rand_int_range (window->random, 8, 30) * PANGO_SCALE);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (description);
}

static gpointer
draw_until_done (gpointer data)
{
  Window *window = data;

  while (!g_atomic_int_get (&window->done))
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 600, 60);
      cairo_t *cr = cairo_create (surface);

      for (guint i = 0; i < LINES; i++)
        draw_line (window, cr);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
      window->n_drawn++;
    }
  return NULL;
}

static GPtrArray *
list_families (void)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  PangoFontFamily **families;
  int n;

  pango_font_map_list_families (pango_cairo_font_map_get_default (), &families, &n);
  for (int i = 0; i < n; i++)
    g_ptr_array_add (names, g_strdup (pango_font_family_get_name (families[i])));
  g_free (families);
  return names;
}

static void
letters_are_set_beside_a_window (void)
{
  g_autoptr (GRand) random = test_random ();
  Window window = { list_families (), g_rand_new_with_seed (g_rand_int (random)), FALSE, 0 };
  GThread *thread = g_thread_new ("window", draw_until_done, &window);

  for (guint i = 0; i < LETTERS; i++)
    {
      g_autoptr (AccLetter) letter = test_generate_letter (random);
      g_autoptr (AccPages) pages = test_pages (letter);
      g_autoptr (GBytes) pdf = test_pdf (pages);

      g_assert_cmpuint (g_bytes_get_size (pdf), >, 0);
    }
  g_atomic_int_set (&window.done, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (window.families->len, >, 20);
  g_assert_cmpuint (window.n_drawn, >, 0);
  g_rand_free (window.random);
  g_ptr_array_unref (window.families);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/font-faces/letters-are-set-beside-a-window", letters_are_set_beside_a_window);
  return g_test_run ();
}
