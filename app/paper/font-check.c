/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/font-check.h"

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
