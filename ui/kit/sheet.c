/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kit/sheet.h"

struct _AccSheet {
  GtkWidget parent_instance;
  AccPages *pages;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (AccSheet, acc_sheet, GTK_TYPE_WIDGET)

static void acc_sheet_class_init (AccSheetClass *class) {}
static void acc_sheet_init (AccSheet *self) {}
GtkWidget *acc_sheet_new (void) { return g_object_new (ACC_TYPE_SHEET, NULL); }
void acc_sheet_set_pages (AccSheet *self, AccPages *pages) { g_set_object (&self->pages, pages); }
AccPages *acc_sheet_get_pages (AccSheet *self) { return self->pages; }
void acc_sheet_set_focus_field (AccSheet *self, AccField field, guint index) {}
void acc_sheet_set_text_view (AccSheet *self, GtkTextView *view) { g_set_object (&self->view, view); }
GtkTextView *acc_sheet_get_text_view (AccSheet *self) { return self->view; }
gboolean acc_sheet_find_caret (AccSheet *self, gsize byte, graphene_rect_t *caret) { return FALSE; }
