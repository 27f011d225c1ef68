/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "store/ballast.h"
#include "store/sqlite-error.h"
#include "store/statement.h"

#define BUSY_MILLISECONDS 5000
#define STEPS_BETWEEN_LOOKS 1000 /* of SQLite's machine: tens of microseconds */
#define UNLOCKED_TRIES 3 /* looks at a file that others keep writing to, before they have to wait */

struct _AccStore {
  GObject parent_instance;
  char *path;    /* absolute */
  char *ballast; /* its path; NULL: this store has none */
  sqlite3 *db;
  GHashTable *kept; /* of sqlite3_stmt, by their own SQL: at rest, to be run again */
  gboolean writes;
  gboolean in_memory;
  GCancellable *cancellable; /* of what runs now, or NULL */
};

static gint n_writers; /* connections of this process that may write; atomic */

G_DEFINE_FINAL_TYPE (AccStore, acc_store, G_TYPE_OBJECT)

/* Set on every connection, before any transaction, and read back: SQLite ignores in silence what it cannot do. */
static const struct {
  const char *name, *value, *reads;
} pragmas[] = {
  { "foreign_keys", "ON", "1" },          /* references are checked */
  { "trusted_schema", "OFF", "0" },       /* a planted trigger or view may call no function */
  { "cell_size_check", "ON", "1" },       /* damage is found where it is, not later */
  { "temp_store", "MEMORY", "2" },        /* no temporary file holds what was deleted */
  { "secure_delete", "ON", "1" },         /* what is deleted is overwritten */
  { "journal_mode", "DELETE", "delete" }, /* SQLite 3.40 has the write-ahead log's reset bug */
  { "synchronous", "EXTRA", "3" },        /* the folder is synced when the journal goes */
};

/* What the schema of a hostile file could abuse, and a typing error that SQLite would take for text. */
static const struct {
  int option, on;
} options[] = {
  { SQLITE_DBCONFIG_DEFENSIVE, 1 }, /* no writing of SQLite's own tables */
  { SQLITE_DBCONFIG_DQS_DML, 0 },   /* "x" is a name, never text */
  { SQLITE_DBCONFIG_DQS_DDL, 0 },
  { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 }, /* no code from elsewhere */
};

static void
acc_store_finalize (GObject *object)
{
  AccStore *self = ACC_STORE (object);

  g_hash_table_unref (self->kept);
  sqlite3_close_v2 (self->db);
  g_clear_object (&self->cancellable);
  if (self->writes)
    g_atomic_int_add (&n_writers, -1);
  g_free (self->path);
  g_free (self->ballast);
  G_OBJECT_CLASS (acc_store_parent_class)->finalize (object);
}

static void
acc_store_class_init (AccStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = acc_store_finalize;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static void
acc_store_init (AccStore *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, finalize_statement);
}

sqlite3_stmt *
acc_store_take_statement (AccStore *self, const char *sql)
{
  gpointer statement = NULL;

  g_hash_table_steal_extended (self->kept, sql, NULL, &statement);
  return statement;
}

void
acc_store_keep_statement (AccStore *self, sqlite3_stmt *statement)
{
  g_hash_table_replace (self->kept, (gpointer) sqlite3_sql (statement), statement);
}

sqlite3 *
acc_store_get_db (AccStore *self)
{
  return self->db;
}

const char *
acc_store_get_path (AccStore *self)
{
  g_return_val_if_fail (ACC_IS_STORE (self), NULL);
  return self->path;
}

char *
acc_store_dup_folder (AccStore *self)
{
  g_return_val_if_fail (ACC_IS_STORE (self), NULL);
  return g_path_get_dirname (sqlite3_db_filename (self->db, "main")); /* SQLite has followed the links */
}

void
acc_store_set_error (AccStore *self, int code, GError **error)
{
  if (code == SQLITE_INTERRUPT && g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return;
  acc_sqlite_error_set (error, self->db, code, self->path);
}

gboolean
acc_store_execute (AccStore *self, const char *sql, GError **error)
{
  int code;

  errno = 0;
  code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);
  if (code != SQLITE_OK)
    acc_store_set_error (self, code, error);
  return code == SQLITE_OK;
}

/* The one value that @sql gives, as text; NULL with @error. */
static char *
query_text (AccStore *self, const char *sql, GError **error)
{
  g_autoptr (AccStatement) query = acc_statement_new (self, sql, error);
  gboolean row = FALSE;

  if (!acc_statement_step (query, &row, error))
    return NULL;
  return g_strdup (row ? acc_statement_get_text (query, 0) : "");
}

static gboolean
set_pragmas (AccStore *self, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pragmas); i++)
    {
      g_autofree char *set = g_strdup_printf ("PRAGMA %s = %s", pragmas[i].name, pragmas[i].value);
      g_autofree char *get = g_strdup_printf ("PRAGMA %s", pragmas[i].name);
      g_autofree char *value = NULL;

      if (self->in_memory && strcmp (pragmas[i].name, "journal_mode") == 0) /* its journal is in memory, too */
        continue;

      if (!acc_store_execute (self, set, error))
        return FALSE;
      value = query_text (self, get, error);
      if (value == NULL)
        return FALSE;
      if (!g_str_equal (value, pragmas[i].reads))
        {
          g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s: SQLite on this machine refuses the setting %s"),
                       self->path, pragmas[i].name);
          return FALSE;
        }
    }
  return TRUE;
}

/* There is nothing to be woken by. SQLite's own handler waits longer each time, up to 100 ms: a client would wait for that
 * when the lock has long been free. */
static int
wait_for_lock (gpointer data, int tries)
{
  g_usleep (1000);
  return tries < BUSY_MILLISECONDS;
}

/* @path is absolute, so SQLite takes it neither for a URI nor for a store in memory. */
static AccStore *
connect_to (const char *path, int flags, GError **error)
{
  g_autoptr (AccStore) self = g_object_new (ACC_TYPE_STORE, NULL);
  int code;

  self->path = g_strdup (path);
  self->writes = (flags & SQLITE_OPEN_READWRITE) != 0;
  if (self->writes)
    g_atomic_int_inc (&n_writers);
  errno = 0;
  code = sqlite3_open_v2 (path, &self->db, flags, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  for (gsize i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (options); i++)
    code = sqlite3_db_config (self->db, options[i].option, options[i].on, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_busy_handler (self->db, wait_for_lock, NULL);
  if (code != SQLITE_OK)
    {
      acc_store_set_error (self, code, error);
      return NULL;
    }
  /* KiB: who only reads, reads all of it, and looks numbers up in an index that should stay in memory */
  if (!set_pragmas (self, error) || (!self->writes && !acc_store_execute (self, "PRAGMA cache_size = -16384", error)))
    return NULL;
  return g_steal_pointer (&self);
}

AccStore *
acc_store_create_in_memory (const char *schema, GError **error)
{
  g_autoptr (AccStore) self = g_object_new (ACC_TYPE_STORE, NULL);
  int code;

  g_return_val_if_fail (schema != NULL, NULL);

  self->path = g_strdup (":memory:");
  self->in_memory = TRUE;
  code = sqlite3_open_v2 (self->path, &self->db, SQLITE_OPEN_READWRITE, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  for (gsize i = 0; code == SQLITE_OK && i < G_N_ELEMENTS (options); i++)
    code = sqlite3_db_config (self->db, options[i].option, options[i].on, NULL);
  if (code != SQLITE_OK)
    acc_store_set_error (self, code, error);
  else if (set_pragmas (self, error) && acc_store_execute (self, schema, error))
    return g_steal_pointer (&self);
  return NULL;
}

static int
is_cancelled (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

void
acc_store_set_cancellable (AccStore *self, GCancellable *cancellable)
{
  g_return_if_fail (ACC_IS_STORE (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->db, STEPS_BETWEEN_LOOKS, cancellable != NULL ? is_cancelled : NULL, cancellable);
}

/* Room for what @self will write when the disk is full. */
static void
keep_ballast (AccStore *self, const AccStoreKind *kind)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (kind->ballast == NULL)
    return;
  self->ballast = g_build_filename (folder, kind->ballast, NULL);
  acc_ballast_keep (self->ballast);
}

/* SQLite would make the file with another mode, and over what is there. */
static gboolean
make_file (const char *path, GError **error)
{
  int descriptor = open (path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (descriptor >= 0)
    {
      close (descriptor);
      return TRUE;
    }
  if (errno == EEXIST)
    g_set_error (error, ACC_ERROR, ACC_ERROR_INPUT, _ ("%s: there is a file already, and it is left as it is"), path);
  else
    acc_error_set_from_errno (error, errno, "write", path);
  return FALSE;
}

/* Only what make_file has made. */
static void
remove_file (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  g_unlink (path);
  g_unlink (journal);
}

AccStore *
acc_store_create (const char *path, const AccStoreKind *kind, GError **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (AccStore) self = NULL;

  g_return_val_if_fail (path != NULL && kind != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  folder = g_path_get_dirname (absolute);
  if (!make_file (absolute, error))
    return NULL;

  self = connect_to (absolute, SQLITE_OPEN_READWRITE, error);
  if (self != NULL && acc_schema_upgrade (self, kind, 0, error) && acc_file_sync_folder (folder, error))
    {
      keep_ballast (self, kind);
      return g_steal_pointer (&self);
    }

  g_clear_object (&self);
  remove_file (absolute);
  return NULL;
}

static int
read_version (AccStore *self, GError **error)
{
  g_autofree char *version = query_text (self, "PRAGMA user_version", error);

  return version != NULL ? (int) g_ascii_strtoll (version, NULL, 10) : -1;
}

/* SQLite opens for reading what it may not write, and would say so only at the first change. */
static gboolean
check_writable (AccStore *self, GError **error)
{
  g_autofree char *folder = acc_store_dup_folder (self);
  int folder_errno = faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0 ? errno : 0;

  if (folder_errno == EROFS)
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s: its file system is read-only"), self->path);
  else if (sqlite3_db_readonly (self->db, "main") != 0)
    acc_store_set_error (self, SQLITE_READONLY, error);
  else if (folder_errno != 0)
    g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM, _ ("%s: this user may not write in the folder %s"), self->path,
                 folder);
  else
    return TRUE;
  return FALSE;
}

static gboolean
limit_cache (AccStore *self, const AccStoreKind *kind, GError **error)
{
  g_autofree char *set = g_strdup_printf ("PRAGMA cache_size = -%d", kind->cache);

  return kind->cache == 0 || acc_store_execute (self, set, error);
}

static AccStore *
open_to_write (const char *path, const AccStoreKind *kind, GError **error)
{
  g_autoptr (AccStore) self = connect_to (path, SQLITE_OPEN_READWRITE, error);
  int version;

  if (self == NULL || !check_writable (self, error))
    return NULL;
  version = read_version (self, error);
  if (version < 0 || !acc_header_check_version (path, kind, version, error) || !limit_cache (self, kind, error))
    return NULL;
  keep_ballast (self, kind);
  return acc_schema_upgrade (self, kind, version, error) ? g_steal_pointer (&self) : NULL;
}

static AccStore *
open_to_read (const char *path, const AccStoreKind *kind, GError **error)
{
  g_autoptr (AccStore) self = connect_to (path, SQLITE_OPEN_READONLY, error);
  int version;

  if (self == NULL)
    return NULL;
  version = read_version (self, error);
  if (version < 0 || !acc_header_check_version (path, kind, version, error))
    return NULL;
  if (version < kind->newest)
    {
      g_set_error (error, ACC_ERROR, ACC_ERROR_SYSTEM,
                   _ ("%s: an older Accolade has written this file, and nobody who may write it has brought it up to date"),
                   path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* A reader can neither undo an interrupted change nor run a schema step. Where this user may write the file,
 * that is done first; where not, what open_to_read meets tells what is missing. */
static void
settle (const char *path, const AccStoreKind *kind)
{
  g_autoptr (AccStore) writer = open_to_write (path, kind, NULL);
}

/* Where the file itself lies, if @path is a link to one: SQLite keeps the journal there. */
static char *
follow_links (const char *path)
{
  char resolved[PATH_MAX];

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) && realpath (path, resolved) != NULL
      && g_file_test (resolved, G_FILE_TEST_IS_REGULAR))
    return g_strdup (resolved);
  return g_strdup (path);
}

AccStore *
acc_store_open (const char *path, const AccStoreKind *kind, AccStoreMode mode, GError **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *file = NULL;
  g_autofree char *journal = NULL;
  int version = 0;

  g_return_val_if_fail (path != NULL && kind != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  file = follow_links (absolute);
  if (!acc_header_check (file, kind, &version, error))
    return NULL;
  if (mode == ACC_STORE_WRITE)
    return open_to_write (absolute, kind, error);

  journal = g_strconcat (file, "-journal", NULL);
  if (mode == ACC_STORE_READ && (version < kind->newest || g_file_test (journal, G_FILE_TEST_EXISTS)))
    settle (absolute, kind);
  return open_to_read (absolute, kind, error);
}

gint64
acc_store_data_version (AccStore *self)
{
  g_autofree char *version = NULL;

  g_return_val_if_fail (ACC_IS_STORE (self), -1);
  version = query_text (self, "PRAGMA data_version", NULL);
  return version != NULL ? g_ascii_strtoll (version, NULL, 10) : -1;
}

static gboolean
transact (AccStore *self, AccStoreWork work, gpointer data, GError **error)
{
  if (!acc_store_execute (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (work (self, data, error) && acc_store_execute (self, "COMMIT", error))
    return TRUE;
  if (!sqlite3_get_autocommit (self->db)) /* some errors have rolled back already */
    acc_store_execute (self, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
acc_store_transact (AccStore *self, AccStoreWork work, gpointer data, GError **error)
{
  GError *failure = NULL;

  g_return_val_if_fail (ACC_IS_STORE (self) && work != NULL, FALSE);
  g_return_val_if_fail (sqlite3_get_autocommit (self->db), FALSE);

  if (self->ballast != NULL)
    acc_ballast_give_when_short (self->ballast);
  if (transact (self, work, data, &failure))
    return TRUE;
  /* A quota, or work larger than expected: whoever tries again has room. */
  if (self->ballast != NULL && g_error_matches (failure, ACC_ERROR, ACC_ERROR_STORE_FULL))
    acc_ballast_give (self->ballast);
  g_propagate_error (error, failure);
  return FALSE;
}

/* The first finding of a check that gives rows until all is well: "" if there is none, NULL with @error. */
static char *
find_fault (AccStore *self, GError **error)
{
  g_autofree char *integrity = query_text (self, "PRAGMA integrity_check(1)", error);
  g_autoptr (AccStatement) references = NULL;
  gboolean row = FALSE;

  if (integrity == NULL)
    return NULL;
  if (!g_str_equal (integrity, "ok"))
    return g_strdup_printf (_ ("%s: SQLite finds damage: %s"), self->path, integrity);

  references = acc_statement_new (self, "PRAGMA foreign_key_check", error);
  if (!acc_statement_step (references, &row, error))
    return NULL;
  if (row)
    return g_strdup_printf (_ ("%s: row %" PRId64 " of the table %s names a row of %s that is not there"),
                            self->path, acc_statement_get_int (references, 1), acc_statement_get_text (references, 0),
                            acc_statement_get_text (references, 2));
  return g_strdup ("");
}

/* The same without a lock: the whole file is read, and a writer would have to wait as long. Closing such a connection
 * drops the locks of every other connection of this process (POSIX advisory locks), so this process must only read. */
static char *
find_fault_unlocked (AccStore *self, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, error);
  g_autofree char *immutable = uri != NULL ? g_strconcat (uri, "?immutable=1", NULL) : NULL;
  g_autoptr (AccStore) reader
    = immutable != NULL ? connect_to (immutable, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error) : NULL;

  if (reader == NULL)
    return NULL;
  g_free (reader->path);
  reader->path = g_strdup (self->path);
  return find_fault (reader, error);
}

/* Whether the file was found sound, or damaged while nobody wrote: what was written meanwhile looks like damage. */
static gboolean
look_unlocked (AccStore *self, char **fault)
{
  gint64 before = acc_store_data_version (self);

  g_free (*fault);
  *fault = find_fault_unlocked (self, NULL);
  return *fault != NULL && (**fault == '\0' || acc_store_data_version (self) == before);
}

char *
acc_store_check (AccStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;
  gboolean done = FALSE;

  g_return_val_if_fail (ACC_IS_STORE (self), NULL);

  for (guint i = 0; !done && i < UNLOCKED_TRIES && g_atomic_int_get (&n_writers) == 0; i++)
    done = look_unlocked (self, &fault);
  if (!done)
    {
      g_free (fault);
      fault = find_fault (self, &error);
    }
  if (fault == NULL)
    return g_strdup (error->message);
  return *fault != '\0' ? g_steal_pointer (&fault) : NULL;
}

char *
acc_store_check_quickly (AccStore *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *word = NULL;

  g_return_val_if_fail (ACC_IS_STORE (self), NULL);

  word = query_text (self, "PRAGMA quick_check(1)", &error);
  if (word == NULL)
    return g_strdup (error->message);
  if (g_str_equal (word, "ok"))
    return NULL;
  return g_strdup_printf (_ ("%s: SQLite finds damage: %s"), self->path, word);
}

const char *
acc_store_sqlite_version (void)
{
  return sqlite3_libversion ();
}
