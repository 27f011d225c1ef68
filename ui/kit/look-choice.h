/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one client chooses of the look: the colours and the size of the text. It lasts until it is forgotten, and the
 * letter knows nothing of it. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { ACC_COLOURS_LIGHT, ACC_COLOURS_DARK, ACC_COLOURS_HIGH_CONTRAST, ACC_COLOURS_N } AccColours;
typedef enum { ACC_TEXT_USUAL, ACC_TEXT_LARGER, ACC_TEXT_LARGE, ACC_TEXT_LARGEST, ACC_TEXT_N } AccTextSize;

/* Another table of the colours' names, above the letterhead's: the light look alone has the bank's own accent. */
void acc_look_choose_colours (GdkDisplay *display, AccColours colours);
AccColours acc_look_get_chosen_colours (GdkDisplay *display);

/* 100, 125, 160 or 200 % of the platform's text, on a monitor of so many pixels a millimetre (kit/real-size.h). */
void acc_look_choose_text_size (GdkDisplay *display, AccTextSize size, double pixels_per_mm);
AccTextSize acc_look_get_chosen_text_size (GdkDisplay *display);

/* The text scale that this asks for where @platform is the one that the platform gives, 1.0 being 96 dots an inch: at
 * the two large sizes a capital of the least type is at least 4.8 mm high (36 CFR 1194, appendix C, 402.4). Pure. */
double acc_look_text_scale_for (AccTextSize size, double platform, double pixels_per_mm);

/* The next client finds the branch's own look. */
void acc_look_forget_choice (GdkDisplay *display);

G_END_DECLS
