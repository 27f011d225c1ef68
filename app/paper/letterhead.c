/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper/letterhead-read-private.h"

#include "base/places.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>

G_DEFINE_FINAL_TYPE (AccLetterhead, acc_letterhead, G_TYPE_OBJECT)

static void
acc_letterhead_finalize (GObject *object)
{
  AccLetterhead *self = ACC_LETTERHEAD (object);

  g_free (self->bank);
  g_free (self->letter_family);
  g_free (self->head_family);
  g_free (self->name_family);
  g_clear_pointer (&self->conf, g_key_file_unref);
  g_hash_table_unref (self->words);
  g_clear_object (&self->emblem);
  g_mutex_clear (&self->emblem_lock);
  G_OBJECT_CLASS (acc_letterhead_parent_class)->finalize (object);
}

static void
acc_letterhead_class_init (AccLetterheadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = acc_letterhead_finalize;
}

static void
acc_letterhead_init (AccLetterhead *self)
{
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_key_file_unref);
  g_mutex_init (&self->emblem_lock);
}

void
acc_letterhead_add_fault (GPtrArray *faults, AccError code, const char *format, ...)
{
  g_autofree char *told = NULL, *whole = NULL;
  va_list values;

  va_start (values, format);
  told = g_strdup_vprintf (format, values);
  va_end (values);
  whole = g_utf8_make_valid (told, -1); /* a library's own words may end within a character */
  g_ptr_array_add (faults, g_error_new_literal (ACC_ERROR, code, whole));
}

AccLetterhead *
acc_letterhead_check (const char *folder, GPtrArray *faults, GPtrArray *advice)
{
  g_return_val_if_fail (folder != NULL && faults != NULL, NULL);

  g_autoptr (AccLetterhead) self = g_object_new (ACC_TYPE_LETTERHEAD, NULL);
  g_autofree char *path = g_build_filename (folder, ACC_LETTERHEAD_CONF, NULL);
  g_auto (AccKeySource) conf = { path, faults };
  guint before = faults->len;

  if (g_file_test (folder, G_FILE_TEST_EXISTS) && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      acc_letterhead_add_fault (faults, ACC_ERROR_INPUT, _ ("%s is not a folder; name the folder that has letterhead.conf."),
                                folder);
      return NULL;
    }
  acc_letterhead_read_conf (self, &conf);
  acc_letterhead_read_emblem (self, folder, faults);
  acc_letterhead_read_words (self, folder, faults);
  acc_letterhead_check_type (self, &conf, advice);
  return faults->len == before ? g_steal_pointer (&self) : NULL;
}

AccLetterhead *
acc_letterhead_load (const char *folder, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  AccLetterhead *self = acc_letterhead_check (folder, faults, NULL);

  if (self == NULL)
    g_propagate_error (error, g_error_copy (g_ptr_array_index (faults, 0)));
  return self;
}

AccLetterhead *
acc_letterhead_load_named (const char *name, GError **error)
{
  g_return_val_if_fail (name != NULL, NULL);

  if (g_path_is_absolute (name))
    return acc_letterhead_load (name, error);
  if (name[0] == '\0' || name[0] == '.' || strchr (name, G_DIR_SEPARATOR) != NULL)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT,
                   _ ("The letterhead “%s” is neither a name nor an absolute folder."), name);
      return NULL;
    }

  g_autofree char *below = g_build_filename ("letterheads", name, NULL);
  g_autofree char *folder = acc_places_data (below);

  return acc_letterhead_load (folder, error);
}

const char *
acc_letterhead_get_bank (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->bank;
}

const char *
acc_letterhead_get_family (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->letter_family;
}

const char *
acc_letterhead_get_head_family (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->head_family;
}

const AccColour *
acc_letterhead_get_ink (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->ink;
}

const AccColour *
acc_letterhead_get_quiet (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->quiet;
}

const AccColour *
acc_letterhead_get_gold (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->gold;
}

const AccColour *
acc_letterhead_get_accent (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->accent;
}

const char *
acc_letterhead_get_name_family (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return self->name_family[0] != '\0' ? self->name_family : self->letter_family;
}

const AccMargins *
acc_letterhead_get_margins (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->margins;
}

const AccHead *
acc_letterhead_get_head (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->head;
}

const AccEmblemInk *
acc_letterhead_get_emblem_ink (AccLetterhead *self)
{
  g_return_val_if_fail (ACC_IS_LETTERHEAD (self), NULL);
  return &self->emblem_ink;
}
