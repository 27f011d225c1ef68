/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every page that a client meets, each once, for tests that look at all of them. Main thread. */
#pragma once

#include "kiosk-support.h"

/* A screen, the text size and the language on it. */
typedef struct {
  int width, height;
  double text_scale;
  const char *language;
  const char *keyboard; /* kiosk.keyboard's value */
} PageScreen;

typedef void (*PageLook) (Kiosk *kiosk, const char *page, gpointer data);

/* One letter from the welcome to the slip's page, with the questions that the window asks in between; before it the offer
 * of what a crash left, after it what staff see. Each page is drawn before @look is called. The kiosk is made for it, and
 * is gone afterwards. */
void walk_pages (const PageScreen *screen, PageLook look, gpointer data);
