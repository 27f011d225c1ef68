/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/font-check.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "paper/fonts-private.h"

#define NOTO "fonts-noto-core"

const AccFontRow acc_font_rows[] = {
  /* the bank's words, and most letters */
  { "Latin", "Noto Serif", NOTO, "en", "Thank you", TRUE },
  { "Greek", "Noto Serif", NOTO, "el", "ευχαριστώ", FALSE },
  { "Cyrillic", "Noto Serif", NOTO, "ru", "спасибо", FALSE },
  { "Hebrew", "Noto Serif Hebrew", NOTO, "he", "תודה", FALSE },
  { "Arabic", "Noto Naskh Arabic", NOTO, "ar", "شكرا", FALSE },
  { "Devanagari", "Noto Serif Devanagari", NOTO, "hi", "धन्यवाद", FALSE },
  { "Thai", "Noto Serif Thai", NOTO, "th", "ขอบคุณ", FALSE },
  { "Chinese", "WenQuanYi Micro Hei", "fonts-wqy-microhei", "zh", "谢谢", FALSE },
  { "Japanese", "Noto Serif CJK JP", "fonts-noto-cjk", "ja", "ありがとう", FALSE },
  { "Korean", "WenQuanYi Micro Hei", "fonts-wqy-microhei", "ko", "감사합니다", FALSE },
  /* a signature that was typed */
  { "handwriting", "Dancing Script", "fonts-dancingscript", "en", "Thank you", TRUE },
};

const guint acc_font_n_rows = G_N_ELEMENTS (acc_font_rows);

static gboolean
can_set (PangoContext *context, const char *sample)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);

  pango_layout_set_text (layout, sample, -1);
  return pango_layout_get_unknown_glyphs_count (layout) == 0;
}

gboolean
acc_font_check (const AccFontRow *row, AccFontState *state, GError **error)
{
  PangoContext *context;

  g_return_val_if_fail (row != NULL && state != NULL, FALSE);

  acc_fonts_lock ();
  context = acc_fonts_new_context (row->language, error);
  if (context != NULL)
    {
      *state = ACC_FONT_FOUND;
      if (!can_set (context, row->sample))
        *state = ACC_FONT_MISSING;
      else if (!acc_fonts_check_family (row->family, NULL))
        *state = ACC_FONT_REPLACED;
      g_object_unref (context);
    }
  acc_fonts_unlock ();
  return context != NULL;
}

/* "Noto Serif (fonts-noto-core)" for each family that is not installed; under the lock. */
static GPtrArray *
list_missing (GError **error)
{
  PangoContext *context = acc_fonts_new_context ("en", error); /* it reads which fonts there are */
  GPtrArray *missing;

  if (context == NULL)
    return NULL;
  g_object_unref (context);
  missing = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < acc_font_n_rows; i++)
    {
      const AccFontRow *row = &acc_font_rows[i];
      g_autofree char *named = g_strdup_printf ("%s (%s)", row->family, row->package);

      if (!acc_fonts_check_family (row->family, NULL)
          && !g_ptr_array_find_with_equal_func (missing, named, g_str_equal, NULL))
        g_ptr_array_add (missing, g_steal_pointer (&named));
    }
  return missing;
}

gboolean
acc_font_check_families (GError **error)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *names = NULL;

  acc_fonts_lock ();
  missing = list_missing (error);
  if (missing != NULL && missing->len > 0) /* when it was read last; it may be there by now */
    {
      g_ptr_array_unref (missing);
      acc_fonts_forget ();
      missing = list_missing (error);
    }
  acc_fonts_unlock ();
  if (missing == NULL || missing->len == 0)
    return missing != NULL;
  g_ptr_array_add (missing, NULL);
  names = g_strjoinv (", ", (char **) missing->pdata);
  g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
               /* Translators: families, each with the Debian package that brings it. */
               _ ("Fonts that letters are set in are missing: %s. Install the packages in brackets, or run app/run."),
               names);
  return FALSE;
}
