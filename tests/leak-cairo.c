/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cairo 1.16 keeps the names of a font for Han, kana or hangul when a PDF is finished, and nobody can give them back: the
 * leak sanitizer is not to look at what is allocated meanwhile. -Wl,--wrap (in meson.build) leads each call of ours here. */
#include <cairo.h>
#include <sanitizer/lsan_interface.h>

void __real_cairo_surface_finish (cairo_surface_t *surface);
void __wrap_cairo_surface_finish (cairo_surface_t *surface);

void
__wrap_cairo_surface_finish (cairo_surface_t *surface)
{
  __lsan_disable ();
  __real_cairo_surface_finish (surface);
  __lsan_enable ();
}
