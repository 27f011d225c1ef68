/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bank's letterhead folder: letterhead.conf, a NUL, emblem.svg; or an emblem alone. What is loaded can be drawn. */
#include <string.h>

#include "fuzz.h"
#include "paper/letterhead.h"
#include "support.h"

static const char good_conf[] =
  "[bank]\nname=B\n[colours]\nink=#000000\nquiet=#000000\ngold=#000000\naccent=#000000\n[fonts]\nletter=Noto Serif\n"
  "head=Noto Sans\n[margins]\ntop=36\nleft=94\nright=94\nbottom=68\n";

static void
draw (AccLetterhead *letterhead)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 64, 64);
  cairo_t *cr = cairo_create (surface);

  acc_letterhead_draw_emblem (letterhead, cr, 4, 4, 56);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static char *folder, *conf_path, *emblem_path;
  FuzzInput input = { data, size };
  gboolean emblem_alone = size > 0 && data[0] == '<';
  g_autofree char *conf = emblem_alone ? g_strdup (good_conf) : fuzz_take_text (&input);
  g_autoptr (AccLetterhead) letterhead = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    {
      folder = test_folder_new ();
      conf_path = g_build_filename (folder, "letterhead.conf", NULL);
      emblem_path = g_build_filename (folder, "emblem.svg", NULL);
    }
  fuzz_write (conf_path, conf, strlen (conf));
  fuzz_write (emblem_path, input.at, input.left);
  letterhead = acc_letterhead_load (folder, &error);
  if (letterhead == NULL)
    {
      fuzz_check_refusal (error);
      return 0;
    }
  g_assert_true (g_utf8_validate (acc_letterhead_get_bank (letterhead), -1, NULL));
  g_assert_true (g_utf8_validate (acc_letterhead_get_family (letterhead), -1, NULL));
  g_assert_true (g_utf8_validate (acc_letterhead_get_head_family (letterhead), -1, NULL));
  draw (letterhead);
  return 0;
}
