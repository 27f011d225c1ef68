/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database header, https://www.sqlite.org/fileformat2.html section 1.3. */
#include "store/store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "store/sqlite-error.h"

#define HEADER_SIZE 100
#define AT_PAGE_SIZE 16
#define AT_USER_VERSION 60
#define AT_APPLICATION_ID 68

static const char magic[16] = "SQLite format 3";

/* Bytes that are the same in every store of ours. Anything else there is damage, or was done by another tool. */
static const struct {
  guint8 offset, length;
  guint8 value[4];
} fixed_bytes[] = {
  { 18, 2, { 1, 1 } },       /* rollback journal, for writing and reading: never a write-ahead log */
  { 20, 1, { 0 } },          /* no bytes reserved in a page */
  { 21, 3, { 64, 32, 32 } }, /* payload fractions, as the format demands */
  { 44, 4, { 0, 0, 0, 4 } }, /* schema format */
  { 52, 4, { 0 } },          /* no automatic vacuum */
  { 56, 4, { 0, 0, 0, 1 } }, /* UTF-8 */
  { 64, 4, { 0 } },          /* no incremental vacuum */
  { 72, 4, { 0 } },          /* kept for later, must be zero: to byte 91 */
  { 76, 4, { 0 } },          { 80, 4, { 0 } }, { 84, 4, { 0 } }, { 88, 4, { 0 } },
};

static guint32
read_number (const guint8 *header, gsize offset)
{
  guint32 number;

  memcpy (&number, header + offset, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* Reads through SQLite's own file layer: closing a descriptor of ours would drop the locks that another
 * connection of this process holds on the file (POSIX advisory locks belong to the process). */
static gboolean
read_header (const char *path, guint8 *header, gint64 *size, GError **error)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);
  g_autofree sqlite3_file *file = g_malloc0 (vfs->szOsFile);
  g_autofree char *name = g_strconcat (path, "#", NULL); /* the layer reads on to a second NUL */
  sqlite3_int64 file_size = 0;
  int opened, code;

  name[strlen (path)] = '\0';
  errno = 0;
  opened = vfs->xOpen (vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);
  code = opened;
  if (code == SQLITE_OK)
    code = file->pMethods->xFileSize (file, &file_size);
  if (code == SQLITE_OK)
    code = file->pMethods->xRead (file, header, HEADER_SIZE, 0);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);

  if (opened != SQLITE_OK)
    acc_error_set_from_errno (error, errno, "read", path);
  else if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
    acc_sqlite_error_set (error, NULL, code, path);
  *size = file_size;
  return code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ;
}

/* Asked before the file is opened: opening a FIFO or a device may wait, or do something. */
static gboolean
check_regular (const char *path, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        g_set_error (error, ACC_ERROR, ACC_ERROR_NO_STORE, _ ("%s: there is no such file"), path);
      else
        acc_error_set_from_errno (error, errno, "read", path);
      return FALSE;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: this is not a file, but a folder or a device"),
                   path);
      return FALSE;
    }
  return TRUE;
}

/* 0 if it is none: a power of two from 512 to 65536, which is written as 1. */
static guint
read_page_size (const guint8 *header)
{
  guint page_size = header[AT_PAGE_SIZE] << 8 | header[AT_PAGE_SIZE + 1];

  if (page_size == 1)
    return 65536;
  return page_size >= 512 && (page_size & (page_size - 1)) == 0 ? page_size : 0;
}

static gboolean
has_fixed_bytes (const guint8 *header)
{
  if (read_page_size (header) == 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (fixed_bytes); i++)
    if (memcmp (header + fixed_bytes[i].offset, fixed_bytes[i].value, fixed_bytes[i].length) != 0)
      return FALSE;
  return TRUE;
}

/* SQLite takes what is missing of the last page for zeros. An interrupted change may have left such a file; its journal
 * puts that right. */
static gboolean
has_whole_pages (const char *path, const guint8 *header, gint64 size)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  return size % read_page_size (header) == 0 || g_file_test (journal, G_FILE_TEST_EXISTS);
}

static gboolean
check_fields (const char *path, const AccStoreKind *kind, const guint8 *header, gint64 size, GError **error)
{
  gboolean has_magic = memcmp (header, magic, sizeof magic) == 0;
  gboolean has_id = read_number (header, AT_APPLICATION_ID) == kind->application_id;

  if (size == 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: the file is empty"), path);
  else if (!has_magic && !has_id)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_FOREIGN, _ ("%s: this is not a file of Accolade"), path);
  else if (size < HEADER_SIZE)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: the file has been cut short"), path);
  else if (!has_id)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_FOREIGN,
                 _ ("%s: this is another program's database, not Accolade's %s store"), path, kind->name);
  else if (!has_magic || !has_fixed_bytes (header))
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: the head of the file is damaged"), path);
  else if (!has_whole_pages (path, header, size))
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: the file has been cut short"), path);
  else
    return TRUE;
  return FALSE;
}

gboolean
acc_header_check_version (const char *path, const AccStoreKind *kind, int version, GError **error)
{
  if (version > kind->newest)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_NEWER,
                 _ ("%s: a newer Accolade has written this file (version %d; this program knows %d)"), path, version,
                 kind->newest);
  else if (version < 1)
    g_set_error (error, ACC_ERROR, ACC_ERROR_STORE_DAMAGED, _ ("%s: the file has no version"), path);
  else
    return TRUE;
  return FALSE;
}

gboolean
acc_header_check (const char *path, const AccStoreKind *kind, int *version, GError **error)
{
  guint8 header[HEADER_SIZE] = { 0 };
  gint64 size = 0;

  if (!check_regular (path, error) || !read_header (path, header, &size, error)
      || !check_fields (path, kind, header, size, error))
    return FALSE;

  *version = (int) read_number (header, AT_USER_VERSION);
  return acc_header_check_version (path, kind, *version, error);
}
