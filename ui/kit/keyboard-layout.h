/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands on the keys in a language: resources/keyboards/LANGUAGE.conf. Immutable once read; any thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  ACC_KEYBOARD_LETTERS,
  ACC_KEYBOARD_CAPITALS, /* as many keys in each row as the letters have */
  ACC_KEYBOARD_DIGITS,
  ACC_KEYBOARD_SIGNS,
  ACC_KEYBOARD_N_PAGES
} AccKeyboardPage;

typedef enum {
  ACC_KEYBOARD_ROW_1,
  ACC_KEYBOARD_ROW_2,
  ACC_KEYBOARD_ROW_3, /* between Shift and Delete */
  ACC_KEYBOARD_LEFT,  /* before the space bar */
  ACC_KEYBOARD_RIGHT, /* behind it */
  ACC_KEYBOARD_N_ROWS
} AccKeyboardRow;

#define ACC_TYPE_KEYBOARD_LAYOUT (acc_keyboard_layout_get_type ())
G_DECLARE_FINAL_TYPE (AccKeyboardLayout, acc_keyboard_layout, ACC, KEYBOARD_LAYOUT, GObject)

/* The layout of the base of @language ("es-MX": es.conf); where there is none, English. A wrong file is
 * ACC_ERROR_INPUT and named with its line. */
AccKeyboardLayout *acc_keyboard_layout_load (const char *language, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same from a file's bytes; @path is only named in errors. */
AccKeyboardLayout *acc_keyboard_layout_parse (GBytes *bytes, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What one client can switch between (GPtrArray of AccKeyboardLayout): the keys of @language, then those of the first
 * language of each other script among those that @offered names (kiosk.languages): Latin is always there. A wrong file is
 * warned of, and left out. */
GPtrArray *acc_keyboard_layout_list (const char *language, const char *offered) G_GNUC_WARN_UNUSED_RESULT;

/* The keys of a row from the left, whatever the language's direction: each is what it types. */
const char *const *acc_keyboard_layout_get_row (AccKeyboardLayout *self, AccKeyboardPage page, AccKeyboardRow row);

/* The one that its letters are of. */
GUnicodeScript acc_keyboard_layout_get_script (AccKeyboardLayout *self);

/* The tag that the file is named after; NULL if it was none. */
const char *acc_keyboard_layout_get_language (AccKeyboardLayout *self);

/* What else a key that types @key offers; NULL if nothing. */
const char *const *acc_keyboard_layout_get_choices (AccKeyboardLayout *self, const char *key);

/* What stands on the key that leads to @page: letters, digits or signs. */
const char *acc_keyboard_layout_get_name (AccKeyboardLayout *self, AccKeyboardPage page);

/* … and on the one after which a tapped key offers its choices. */
const char *acc_keyboard_layout_get_accents (AccKeyboardLayout *self);

G_END_DECLS
